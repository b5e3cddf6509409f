//! Letters and lists that go out of the house: facts in, one [`Report`] out, written as DOCX or as XLSX.

pub mod batch;
pub mod duties;
pub mod findings;
pub mod gaps;
pub mod progress;
pub mod reminder;
mod sheet;
mod word;

use crate::domain::{Debt, Dossier, UnitCode};

pub use sheet::sheet;
pub use word::manuscript;

/// A letter with its list, or a list alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Name of the sheet and of the file.
    pub name: String,
    /// May have two lines.
    pub title: String,
    /// Printed across the paper.
    pub wide: bool,
    /// Whom a letter addresses; empty for a list.
    pub to: String,
    /// Paragraphs before the list.
    pub opening: Vec<String>,
    pub columns: Vec<Column>,
    /// What the headings of the lists are; in a sheet they are a column of that name.
    pub grouped: &'static str,
    pub lists: Vec<List>,
    /// Below the list; empty for none.
    pub note: String,
    /// Who signs, and the day; nothing for a list.
    pub signed: Vec<String>,
}

/// Label of a column, and its width in half-width characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column(pub &'static str, pub f32);

/// Rows under a heading; without one where there is only one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub heading: String,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Centred(String),
    Number(u32),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn centred(text: impl Into<String>) -> Self {
        Self::Centred(text.into())
    }

    /// The text of the cell.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Centred(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Names of these units, as they are read.
fn names(dossier: &Dossier, units: &[UnitCode]) -> String {
    units.iter().map(|unit| dossier.units.name_of(unit)).collect::<Vec<_>>().join("、")
}

/// Material still to come; a material that lacks in several years is one row.
struct Gap<'a> {
    debt: &'a Debt,
    years: Vec<i16>,
    asked: u32,
    found: u32,
}

impl<'a> Gap<'a> {
    fn all(open: &[&'a Debt]) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::new();
        for debt in open {
            let is_same = |gap: &&mut Self| {
                let Debt { indicator, expected, state, by, .. } = gap.debt;
                (indicator, expected, state, by) == (&debt.indicator, &debt.expected, &debt.state, &debt.by)
            };
            // Years of one material follow each other, but what is missing and what is not due are told apart.
            match out.iter_mut().rev().take_while(|gap| gap.debt.indicator == debt.indicator).find(is_same) {
                Some(gap) => {
                    gap.years.extend(debt.year);
                    gap.asked += debt.asked;
                    gap.found += debt.found;
                }
                None => out.push(Self { debt, years: debt.year.into_iter().collect(), asked: debt.asked, found: debt.found }),
            }
        }
        out
    }
}

/// What stands in the contents column for an indicator.
fn content<'a>(dossier: &'a Dossier, debt: &Debt) -> &'a str {
    dossier.catalogue.leaf(&debt.indicator).map(crate::domain::Leaf::text).unwrap_or_default()
}
