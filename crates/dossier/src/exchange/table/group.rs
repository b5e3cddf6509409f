//! Areas, veto items and bonus items from what was read, with codes that hold.

use std::collections::BTreeSet;

use super::leaf::Draft;
use super::text::{half_width, numbered, one_line, ordinal, scored, squeezed};
use super::{Summed, Warning, Warnings};
use crate::domain::{Area, Bonus, Catalogue, Expected, Indicator, IndicatorCode, Per, Points, ScoringPart, UnitCode, Veto};

/// Longest code that can be printed; see the catalogue's own check.
const LONGEST_CODE: usize = 24;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SectionKind {
    #[default]
    Area,
    Veto,
    Bonus,
}

/// What stands under one heading.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub kind: SectionKind,
    /// The heading as issued.
    pub issued: String,
    ordinal: Option<u32>,
    pub title: String,
    pub score: Option<Points>,
    /// What a line of 小计 says.
    pub stated: Option<Points>,
    pub leaves: Vec<Draft>,
}

impl Section {
    pub fn named(text: &str) -> Self {
        let issued = one_line(text);
        let words = squeezed(&issued);
        let kind = if words.contains("否决") {
            SectionKind::Veto
        } else if words.contains("加分") {
            SectionKind::Bonus
        } else {
            SectionKind::Area
        };
        let (number, rest) = match numbered(&issued) {
            Some((number, rest)) => (ordinal(&number), rest.to_owned()),
            None => (None, issued.clone()),
        };
        let (title, score) = scored(&rest);
        Self { kind, issued, ordinal: number, title, score, stated: None, leaves: Vec::new() }
    }
}

#[derive(Default)]
pub(super) struct Built {
    pub areas: Vec<Area>,
    pub vetoes: Vec<Veto>,
    pub bonuses: Vec<Bonus>,
    pub bonus_cap: Option<Points>,
}

pub(super) fn build(sections: Vec<Section>, name: &str, warnings: &mut Warnings) -> Built {
    let codes = Codes::of(&sections);
    let mut taken = BTreeSet::new();
    let mut out = Built::default();
    for section in sections {
        match section.kind {
            SectionKind::Area => {
                let at = out.areas.len() as u32 + 1;
                out.areas.push(area(section, at, &codes, name, &mut taken, warnings));
            }
            SectionKind::Veto => {
                for draft in section.leaves {
                    let code = lettered('V', &draft.number, out.vetoes.len(), &mut taken);
                    told(&draft, &code, warnings);
                    let typical_proof = rest_of(&draft);
                    out.vetoes.push(Veto {
                        code,
                        text: draft.content,
                        related_indicators: Vec::new(),
                        typical_proof,
                        source: String::new(),
                    });
                }
            }
            SectionKind::Bonus => {
                out.bonus_cap = out.bonus_cap.or(section.score).or(section.stated);
                for draft in section.leaves {
                    let code = lettered('J', &draft.number, out.bonuses.len(), &mut taken);
                    told(&draft, &code, warnings);
                    let max_points = (!draft.parts.is_empty()).then(|| draft.parts.iter().map(|(points, _)| *points).sum());
                    let source = rest_of(&draft).join("\n");
                    out.bonuses.push(Bonus { code, text: draft.content, max_points, related_indicators: Vec::new(), source });
                }
            }
        }
    }
    out
}

/// Everything of a leaf that has no field of its own.
fn rest_of(draft: &Draft) -> Vec<String> {
    let lists = [&draft.expected, &draft.forms, &draft.requirements, &draft.rules, &draft.unread, &draft.lead, &draft.support];
    lists.into_iter().flatten().cloned().collect()
}

fn area(section: Section, at: u32, codes: &Codes, name: &str, taken: &mut BTreeSet<String>, warnings: &mut Warnings) -> Area {
    let number = section.ordinal.filter(|_| codes.ordinals).unwrap_or(at);
    let code = format!("{number:02}");
    let mut indicators = Vec::new();
    for (place, draft) in section.leaves.into_iter().enumerate() {
        let leaf = codes.code(&draft, &code, place as u32 + 1, taken, warnings);
        told(&draft, &leaf, warnings);
        if section.title.is_empty() && indicators.is_empty() {
            warnings.push(Warning::NoArea { code: leaf.0.clone() });
        }
        if draft.lead.is_empty() && draft.support.is_empty() {
            warnings.push(Warning::NoDuty { code: leaf.0.clone() });
        }
        indicators.push(indicator(draft, leaf, codes.first_of(at) + place as u32));
    }
    let title = if section.title.is_empty() { name.to_owned() } else { section.title };
    Area { code, title, score: section.score.or(section.stated), indicators, areas: Vec::new() }
}

fn told(draft: &Draft, code: &IndicatorCode, warnings: &mut Warnings) {
    let code = &code.0;
    warnings.extend(draft.unread.iter().map(|text| Warning::ScoreUnread { code: code.clone(), text: text.clone() }));
    warnings.extend(draft.joined.iter().map(|text| Warning::Joined { code: code.clone(), text: text.clone() }));
}

fn indicator(draft: Draft, code: IndicatorCode, seq: u32) -> Indicator {
    let score = (!draft.parts.is_empty()).then(|| draft.parts.iter().map(|(points, _)| *points).sum());
    let several = draft.parts.len() > 1;
    let parts = draft.parts.into_iter().filter(|_| several).map(|(points, condition)| ScoringPart { points, condition });
    let units = |names: Vec<String>| names.into_iter().map(UnitCode).collect();
    // What is said of the parts stands with them, once.
    let rules: Vec<String> = draft.unread.into_iter().chain(draft.rules.into_iter().filter(|_| !several)).collect();
    let expected = |title| Expected { title, form: String::new(), per: Per::Cycle, min_count: 1 };
    let mut out = Indicator {
        seq,
        code,
        content: draft.content,
        score,
        scoring: rules.join("\n"),
        scoring_parts: parts.collect(),
        lead_units: units(draft.lead),
        support_units: units(draft.support),
        carrier_forms: draft.forms,
        requirements: draft.requirements,
        expected_evidence: draft.expected.into_iter().map(expected).collect(),
        sensitivity: String::new(),
        source: String::new(),
    };
    if several {
        out.scoring_parts.iter_mut().for_each(|part| part.condition = one_line(&part.condition));
    }
    out
}

/// How numbers become codes, seen over the whole table.
struct Codes {
    /// Every area states its own number, and no two the same.
    ordinals: bool,
    /// Numbers as issued tell the leaves apart; else they begin anew in every area and need its code in front.
    distinct: bool,
    /// Leaves before each area, from 1.
    before: Vec<u32>,
}

impl Codes {
    fn of(sections: &[Section]) -> Self {
        let areas: Vec<&Section> = sections.iter().filter(|section| section.kind == SectionKind::Area).collect();
        let ordinals: BTreeSet<u32> = areas.iter().filter_map(|section| section.ordinal).collect();
        let numbers: Vec<String> = areas.iter().flat_map(|section| &section.leaves).filter_map(number).collect();
        let mut before = vec![0];
        for section in &areas {
            before.push(before.last().copied().unwrap_or(0) + section.leaves.len() as u32);
        }
        let distinct = numbers.iter().collect::<BTreeSet<_>>().len() == numbers.len();
        Self { ordinals: ordinals.len() == areas.len(), distinct, before }
    }

    fn first_of(&self, area: u32) -> u32 {
        self.before.get(area as usize - 1).copied().unwrap_or(0) + 1
    }

    fn code(&self, draft: &Draft, area: &str, place: u32, taken: &mut BTreeSet<String>, warnings: &mut Warnings) -> IndicatorCode {
        let issued = number(draft);
        let plain = |text: &String| text.chars().all(|character| character.is_ascii_digit());
        let wanted = match &issued {
            Some(number) if self.distinct => number.clone(),
            Some(number) if plain(number) => format!("{area}-{number:0>2}"),
            Some(number) => number.clone(),
            None => format!("{area}-{place:02}"),
        };
        if taken.insert(wanted.clone()) {
            return IndicatorCode(wanted);
        }
        let free = (place..).map(|place| format!("{area}-{place:02}")).find(|code| !taken.contains(code)).expect("numbers do not end");
        warnings.push(Warning::Renumbered { issued: draft.number.clone(), code: free.clone() });
        taken.insert(free.clone());
        IndicatorCode(free)
    }
}

/// The number of a leaf as a code; from its own column, else in front of its content.
fn number(draft: &Draft) -> Option<String> {
    let issued = if draft.number.is_empty() { numbered(&draft.content)?.0 } else { half_width(&draft.number) };
    let bare: String = issued.chars().filter(|character| !character.is_whitespace()).collect();
    let bare = bare.trim_matches(|character| "()[]、.,:".contains(character)).replace(['/', '\\'], "-");
    let bare = ordinal(&bare).map_or(bare, |number| number.to_string());
    let fits = !bare.is_empty() && bare.chars().count() <= LONGEST_CODE && !bare.chars().any(char::is_control);
    fits.then_some(bare)
}

/// `V1`, `J2`: the letter and the number as issued, else the next.
fn lettered(letter: char, issued: &str, before: usize, taken: &mut BTreeSet<String>) -> IndicatorCode {
    let draft = Draft { number: issued.to_owned(), ..Draft::default() };
    let wanted = match number(&draft) {
        Some(number) if number.chars().all(|character| character.is_ascii_digit()) => format!("{letter}{number}"),
        Some(number) => number,
        None => format!("{letter}{}", before + 1),
    };
    let free = std::iter::once(wanted).chain((before + 1..).map(|number| format!("{letter}{number}")));
    let code = free.into_iter().find(|code| !taken.contains(code)).expect("numbers do not end");
    taken.insert(code.clone());
    IndicatorCode(code)
}

/// Points that do not add up; the numbers stay as issued.
pub(super) fn sums(catalogue: &Catalogue, warnings: &mut Warnings) {
    let mut compare = |of: Summed, stated: Option<Points>, parts: Option<Vec<Points>>| {
        let (Some(stated), Some(parts)) = (stated, parts) else { return };
        let sum: Points = parts.iter().copied().sum();
        if !parts.is_empty() && sum != stated {
            warnings.push(Warning::Sum { of, stated, sum });
        }
    };
    let score_of = |area: &Area| area.score.or_else(|| area.indicators.iter().map(|indicator| indicator.score).sum());
    compare(Summed::Total, catalogue.total_score, catalogue.areas.iter().map(score_of).collect());
    for area in &catalogue.areas {
        let parts = area.indicators.iter().map(|indicator| indicator.score).collect();
        compare(Summed::Area { code: area.code.clone(), title: area.title.clone() }, area.score, parts);
    }
}
