//! Who owes what: units parted by 、 as they stand in a cell, and their codes in a list of units.

use std::collections::BTreeMap;

use super::text::{one_line, squeezed};
use super::{Warning, Warnings};
use crate::domain::{Catalogue, Indicator, Unit, UnitCode, Units};

/// Schema of a list of units.
const UNITS: &str = "units/1";

/// Who leads and who supports.
#[derive(Debug, Default)]
pub(super) struct Duties {
    pub lead: Vec<String>,
    pub support: Vec<String>,
}

/// The units of a cell; `牵头单位：甲；配合单位：乙、丙` says its duties itself, else all are of `support`'s kind.
pub(super) fn duties(text: &str, support: bool) -> Duties {
    let mut out = Duties::default();
    let mut supports = support;
    for piece in pieces(text) {
        let mut name = piece.as_str();
        for (word, is) in [
            ("牵头单位", false),
            ("责任单位", false),
            ("牵头部门", false),
            ("主办单位", false),
            ("牵头", false),
            ("配合单位", true),
            ("协办单位", true),
            ("参与单位", true),
            ("配合部门", true),
            ("配合", true),
        ] {
            let Some(rest) = name.strip_prefix(word).and_then(|rest| rest.strip_prefix(['：', ':'])) else { continue };
            (supports, name) = (is, rest);
            break;
        }
        let name = name.trim_matches(|character: char| character.is_whitespace() || "。.".contains(character));
        let list = if supports { &mut out.support } else { &mut out.lead };
        if !name.is_empty() && !list.iter().any(|known| known == name) {
            list.push(name.to_owned());
        }
    }
    out
}

/// A text cut at 、 ， ； and line ends, but not within brackets.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_u32;
    for character in text.chars() {
        match character {
            '（' | '(' | '《' | '“' => depth += 1,
            '）' | ')' | '》' | '”' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | '\n' if depth == 0 => {
                out.push(String::new());
                continue;
            }
            _ => {}
        }
        out.last_mut().expect("it begins with one").push(character);
    }
    out.into_iter().map(|piece| one_line(&piece)).filter(|piece| !piece.is_empty()).collect()
}

/// Puts codes in the place of the names that stand in the table. Units of the list are found by their names, with or
/// without what stands in brackets; those that are not in it are added, so that nobody who owes something is lost.
pub fn assign(catalogue: &mut Catalogue, known: Units) -> (Units, Warnings) {
    let listed = !known.units.is_empty();
    let mut units = if listed { known } else { Units { schema: UNITS.to_owned(), ..known } };
    let mut codes: BTreeMap<String, UnitCode> = BTreeMap::new();
    for (code, name) in &units.groups {
        codes.extend(keys(name).into_iter().map(|key| (key, code.clone())));
    }
    for unit in &units.units {
        codes.extend(keys(&unit.name).into_iter().map(|key| (key, unit.code.clone())));
    }
    let mut warnings = Vec::new();
    let mut coded = |name: &UnitCode| {
        if units.unit(name).is_some() || units.groups.contains_key(name) {
            return name.clone();
        }
        if let Some(code) = keys(&name.0).iter().find_map(|key| codes.get(key)) {
            return code.clone();
        }
        let letter = if listed { 'X' } else { 'U' };
        let code = (1..).map(|number| UnitCode(format!("{letter}{number:02}"))).find(|code| units.unit(code).is_none());
        let code = code.expect("there are more numbers than units");
        codes.insert(squeezed(&name.0), code.clone());
        if listed {
            warnings.push(Warning::UnitAdded { name: name.0.clone() });
        }
        units.units.push(Unit { code: code.clone(), name: name.0.clone(), ..blank() });
        code
    };
    for indicator in indicators(&mut catalogue.areas) {
        for list in [&mut indicator.lead_units, &mut indicator.support_units] {
            *list = list.iter().map(&mut coded).collect();
        }
    }
    (units, warnings)
}

fn indicators(areas: &mut [crate::domain::Area]) -> Vec<&mut Indicator> {
    let mut out = Vec::new();
    for area in areas {
        out.extend(area.indicators.iter_mut());
        out.extend(indicators(&mut area.areas));
    }
    out
}

fn blank() -> Unit {
    Unit {
        code: UnitCode(String::new()),
        name: String::new(),
        group: String::new(),
        kind: String::new(),
        duty: String::new(),
        lead: Vec::new(),
        support: Vec::new(),
        alias_only: false,
    }
}

/// What a name is found by: all of it, and it without its brackets.
fn keys(name: &str) -> Vec<String> {
    let whole = squeezed(name);
    let bare = whole.split('(').next().unwrap_or_default().to_owned();
    if bare.is_empty() || bare == whole { vec![whole] } else { vec![whole, bare] }
}
