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

/// The units of a cell. `牵头单位：甲；配合单位：乙、丙` and `甲牵头，乙、丙配合` say their duties themselves, else all are of
/// `support`'s kind.
pub(super) fn duties(text: &str, support: bool) -> Duties {
    const BEFORE: [(&str, bool); 10] = [
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
    ];
    const BEHIND: [(&str, bool); 4] = [("牵头", false), ("主办", false), ("配合", true), ("协办", true)];
    let mut out = Duties::default();
    let mut supports = support;
    let mut waiting: Vec<String> = Vec::new();
    for piece in cut(text).iter().flat_map(|piece| parted(piece)).map(|piece| one_line(&piece)) {
        let mut name = piece.as_str();
        let said = BEFORE.iter().find_map(|(word, is)| Some((*is, name.strip_prefix(word)?.strip_prefix(['：', ':'])?)));
        if let Some((is, rest)) = said {
            out.add(&mut waiting, supports);
            (supports, name) = (is, rest);
        }
        let trimmed =
            |name: &'_ str| name.trim_matches(|character: char| character.is_whitespace() || "。.".contains(character)).to_owned();
        let name = trimmed(name);
        let behind = BEHIND.iter().find_map(|(word, is)| Some((*is, name.strip_suffix(word).filter(|rest| !rest.is_empty())?.to_owned())));
        match behind {
            Some((is, name)) => {
                waiting.push(trimmed(&name));
                out.add(&mut waiting, is);
            }
            None => waiting.push(name),
        }
    }
    out.add(&mut waiting, supports);
    out
}

impl Duties {
    /// Each unit once.
    fn add(&mut self, names: &mut Vec<String>, support: bool) {
        let list = if support { &mut self.support } else { &mut self.lead };
        for name in names.drain(..) {
            if !name.is_empty() && !list.contains(&name) {
                list.push(name);
            }
        }
    }
}

/// A text cut at 、 ， ； and line ends, but not within brackets.
pub(super) fn pieces(text: &str) -> Vec<String> {
    cut(text).iter().map(|piece| one_line(piece)).filter(|piece| !piece.is_empty()).collect()
}

fn cut(text: &str) -> Vec<String> {
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
    out
}

/// Units with nothing but blanks between them, `区双拥办　区财政局`. A name that is spread over its cell, or has a blank of its own
/// before what many are called, is one.
fn parted(piece: &str) -> Vec<String> {
    const ENDINGS: [&str; 19] =
        ["局", "办", "部", "委", "院", "会", "镇", "乡", "街道", "中心", "公司", "队", "校", "所", "站", "台", "团", "办公室", "委员会"];
    const COMMON: [&str; 6] = ["办公室", "委员会", "政治部", "工作部", "管委会", "指挥部"];
    let parts: Vec<&str> = piece.split_whitespace().collect();
    let unit = |part: &&str| part.chars().count() >= 3 && ENDINGS.iter().any(|end| part.ends_with(end)) && !COMMON.contains(part);
    if parts.len() > 1 && parts.iter().all(unit) { parts.iter().map(|part| (*part).to_owned()).collect() } else { vec![piece.to_owned()] }
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

/// The keys that a name is found by: all of it, and without its brackets.
fn keys(name: &str) -> Vec<String> {
    let whole = squeezed(name);
    let bare = whole.split('(').next().unwrap_or_default().to_owned();
    if bare.is_empty() || bare == whole { vec![whole] } else { vec![whole, bare] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_its_units_in_many_ways() {
        for (cell, lead, support) in [
            ("区双拥办、区财政局", "区双拥办|区财政局", ""),
            ("区双拥办　区财政局", "区双拥办|区财政局", ""),
            ("区 财 政 局", "区财政局", ""),
            ("示例区委 办公室", "示例区委办公室", ""),
            ("驻区部队 甲", "驻区部队甲", ""),
            ("牵头单位：区人武部；配合单位：区财政局，各乡镇街道", "区人武部", "区财政局|各乡镇街道"),
            ("区双拥办牵头，区财政局、区人社局配合", "区双拥办", "区财政局|区人社局"),
            ("区双拥办、区民政局牵头；区财政局", "区双拥办|区民政局|区财政局", ""),
            ("区委办公室（区委督查室、保密局）、区双拥办", "区委办公室（区委督查室、保密局）|区双拥办", ""),
        ] {
            let said = duties(cell, false);
            assert_eq!((said.lead.join("|"), said.support.join("|")), (lead.to_owned(), support.to_owned()), "{cell}");
        }
    }
}
