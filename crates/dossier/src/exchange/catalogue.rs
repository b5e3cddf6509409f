//! Reads a catalogue and its units, and says everything that is wrong with them at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::domain::catalogue::Cycle;
use crate::domain::{Catalogue, IndicatorCode, NoPeriod, Points, UnitCode, Units};

/// Largest file that is read.
const MOST_BYTES: u64 = 64 << 20;
/// Longest code; it is printed in a column, and is part of every piece's number.
const LONGEST_CODE: usize = 24;
/// Problems that are listed; more than that say the same.
const MOST_PROBLEMS: usize = 50;

const CATALOGUE: &str = "catalogue/1";
const UNITS: &str = "units/1";

#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    #[error("can't be read: {0}")]
    Unreadable(#[from] io::Error),
    #[error("larger than {most} bytes")]
    TooLarge { most: u64 },
    #[error("no JSON of the expected form, line {line}, column {column}: {fault:?}")]
    Form { line: usize, column: usize, fault: Fault },
    #[error("schema {found:?}, {wanted:?} is wanted")]
    Schema { found: String, wanted: &'static str },
    /// The issued table can't be read.
    #[error("no table: {0}")]
    Table(scans::Trouble),
    #[error("{problems:?}")]
    Problems { problems: Vec<Problem> },
}

/// Why a file is not of the expected form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It ends in the middle.
    Cut,
    /// It is no JSON.
    Syntax,
    Missing {
        field: String,
    },
    /// A value of a wrong type or out of range; in English, for the log.
    Value {
        detail: String,
    },
}

/// What is wrong with a catalogue that could be read. Points that do not add up are no problem: the text stays as issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No indicator, veto item or bonus item.
    NoLeaf,
    DuplicateCode {
        code: IndicatorCode,
    },
    DuplicateArea {
        code: String,
    },
    DuplicateUnit {
        code: UnitCode,
    },
    /// An area, or something to file under, without a code or with one that can't be printed.
    BadCode {
        code: String,
        text: String,
    },
    EmptyText {
        code: String,
    },
    EmptyArea {
        code: String,
        title: String,
    },
    UnknownUnit {
        indicator: IndicatorCode,
        unit: UnitCode,
    },
    NegativeScore {
        code: String,
        score: Points,
    },
    Period(NoPeriod),
    /// A year of the cycle that is not in its period.
    YearOutside {
        year: i16,
    },
}

/// The reference catalogue and its units: not official, and they say so.
pub fn reference() -> (Catalogue, Units) {
    let catalogue = catalogue(include_str!("../../../../assets/catalogue/reference.json")).expect("the bundled catalogue is sound");
    let units = units(include_str!("../../../../assets/catalogue/units.json")).expect("the bundled units are sound");
    (catalogue, units)
}

/// 载体形式 as they are met in every round, by code: those of the reference catalogue.
pub fn usual_forms() -> BTreeMap<String, String> {
    reference().0.carrier_forms
}

/// Text of a file of ours, at most 64 MiB; a byte-order mark is no part of it.
///
/// # Errors
/// [`CatalogueError::Unreadable`], [`CatalogueError::TooLarge`]
pub fn read(path: &Path) -> Result<String, CatalogueError> {
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(CatalogueError::TooLarge { most: MOST_BYTES });
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A catalogue from its JSON; any number of areas, any depth.
///
/// # Errors
/// The form is wrong, or there are [`Problem`]s.
pub fn catalogue(json: &str) -> Result<Catalogue, CatalogueError> {
    sound_catalogue(form(json, CATALOGUE)?)
}

/// The catalogue itself when nothing is wrong with it.
pub(super) fn sound_catalogue(catalogue: Catalogue) -> Result<Catalogue, CatalogueError> {
    let mut problems = Vec::new();
    codes(&catalogue, &mut problems);
    areas(&catalogue, &mut problems);
    scores(&catalogue, &mut problems);
    cycle(&catalogue.cycle, &mut problems);
    sound(catalogue, problems)
}

/// Units from their JSON.
///
/// # Errors
/// The form is wrong, or a code is there twice.
pub fn units(json: &str) -> Result<Units, CatalogueError> {
    let units: Units = form(json, UNITS)?;
    let mut problems = Vec::new();
    let mut seen: BTreeSet<&UnitCode> = units.groups.keys().collect();
    for unit in &units.units {
        printable(&unit.code.0, &unit.name, &mut problems);
        if !seen.insert(&unit.code) {
            problems.push(Problem::DuplicateUnit { code: unit.code.clone() });
        }
    }
    sound(units, problems)
}

/// Whether every unit that the catalogue names is known. A project without a list of units shows the names as issued.
///
/// # Errors
/// [`Problem::UnknownUnit`] for each that is not.
pub fn examine(catalogue: &Catalogue, units: &Units) -> Result<(), CatalogueError> {
    if units.units.is_empty() {
        return Ok(());
    }
    let known = |code: &UnitCode| units.unit(code).is_some() || units.groups.contains_key(code);
    let mut problems = Vec::new();
    for indicator in catalogue.indicators() {
        for unit in indicator.lead_units.iter().chain(&indicator.support_units).filter(|code| !known(code)) {
            problems.push(Problem::UnknownUnit { indicator: indicator.code.clone(), unit: unit.clone() });
        }
    }
    sound((), problems)
}

fn form<T: DeserializeOwned>(json: &str, wanted: &'static str) -> Result<T, CatalogueError> {
    #[derive(serde::Deserialize)]
    struct Named {
        #[serde(default)]
        schema: String,
    }
    let wrong = |error: serde_json::Error| CatalogueError::Form { line: error.line(), column: error.column(), fault: fault(&error) };
    let Named { schema } = serde_json::from_str(json).map_err(wrong)?;
    if schema != wanted {
        return Err(CatalogueError::Schema { found: schema, wanted });
    }
    serde_json::from_str(json).map_err(wrong)
}

fn fault(error: &serde_json::Error) -> Fault {
    let detail = error.to_string();
    match error.classify() {
        serde_json::error::Category::Eof => Fault::Cut,
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => Fault::Syntax,
        serde_json::error::Category::Data => match detail.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((field, _)) => Fault::Missing { field: field.to_owned() },
            None => Fault::Value { detail },
        },
    }
}

fn sound<T>(value: T, mut problems: Vec<Problem>) -> Result<T, CatalogueError> {
    problems.truncate(MOST_PROBLEMS);
    if problems.is_empty() { Ok(value) } else { Err(CatalogueError::Problems { problems }) }
}

fn codes(catalogue: &Catalogue, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&IndicatorCode, u32> = BTreeMap::new();
    for leaf in catalogue.leaves() {
        printable(&leaf.code().0, leaf.text(), problems);
        if leaf.text().trim().is_empty() {
            problems.push(Problem::EmptyText { code: leaf.code().0.clone() });
        }
        *seen.entry(leaf.code()).or_default() += 1;
    }
    if seen.is_empty() {
        problems.push(Problem::NoLeaf);
    }
    let twice = seen.into_iter().filter(|(_, count)| *count > 1);
    problems.extend(twice.map(|(code, _)| Problem::DuplicateCode { code: code.clone() }));
}

fn areas(catalogue: &Catalogue, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (_, area) in catalogue.all_areas() {
        printable(&area.code, &area.title, problems);
        if area.title.trim().is_empty() {
            problems.push(Problem::EmptyText { code: area.code.clone() });
        }
        if area.indicators.is_empty() && area.areas.is_empty() {
            problems.push(Problem::EmptyArea { code: area.code.clone(), title: area.title.clone() });
        }
        if !seen.insert(&area.code) {
            problems.push(Problem::DuplicateArea { code: area.code.clone() });
        }
    }
}

fn printable(code: &str, text: &str, problems: &mut Vec<Problem>) {
    let fits = !code.is_empty() && code.chars().count() <= LONGEST_CODE;
    if !fits || code.chars().any(|character| character.is_control() || character.is_whitespace() || matches!(character, '/' | '\\')) {
        problems.push(Problem::BadCode { code: code.to_owned(), text: text.to_owned() });
    }
}

fn scores(catalogue: &Catalogue, problems: &mut Vec<Problem>) {
    let areas = catalogue.all_areas().into_iter().map(|(_, area)| (&area.code, area.score));
    let indicators = catalogue.indicators().flat_map(|indicator| {
        let parts = indicator.scoring_parts.iter().map(|part| (&indicator.code.0, Some(part.points)));
        parts.chain([(&indicator.code.0, indicator.score)])
    });
    let bonuses = catalogue.bonus_items.iter().map(|bonus| (&bonus.code.0, bonus.max_points));
    for (code, score) in areas.chain(indicators).chain(bonuses) {
        if let Some(score) = score.filter(|score| score.0 < 0) {
            problems.push(Problem::NegativeScore { code: code.clone(), score });
        }
    }
}

fn cycle(cycle: &Cycle, problems: &mut Vec<Problem>) {
    if let Err(why) = cycle.examine() {
        problems.push(Problem::Period(why));
        return;
    }
    let years = cycle.period_from.year()..=cycle.period_to.year();
    let outside = cycle.years.iter().chain(&cycle.partial_years).filter(|year| !years.contains(year)).collect::<BTreeSet<_>>();
    problems.extend(outside.into_iter().map(|year| Problem::YearOutside { year: *year }));
}
