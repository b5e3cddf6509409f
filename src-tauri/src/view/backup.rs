//! Copies of the index, and the next round.

use dossier::desk::{Difference, Differs, NextRound, Saved};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{file_name, local};

/// A copy of the index.
#[derive(Serialize, Type)]
pub struct SavedView {
    /// Name of its file; what restoring names.
    pub file: String,
    pub at: String,
    pub bytes: u32,
}

impl From<&Saved> for SavedView {
    fn from(saved: &Saved) -> Self {
        Self {
            file: file_name(&saved.path),
            at: saved.at.map(local).unwrap_or_default(),
            bytes: u32::try_from(saved.bytes).unwrap_or(u32::MAX),
        }
    }
}

/// What restoring would change, a sentence each.
#[derive(Serialize, Type)]
pub struct DifferenceView {
    pub unknown: Vec<String>,
    /// Pieces that were joined here since.
    pub made: Vec<String>,
    pub back: Vec<String>,
    pub unfiled: Vec<String>,
    pub filed: Vec<String>,
    pub described: Vec<String>,
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        let said = |differs: Vec<Differs>| differs.into_iter().map(|one| format!("《{}》　{}", one.title, one.what)).collect();
        let Difference { unknown, made, back, unfiled, filed, described } = difference;
        Self { unknown, made, back, unfiled: said(unfiled), filed: said(filed), described: said(described) }
    }
}

/// The next round.
#[derive(Serialize, Deserialize, Type)]
pub struct NextRoundView {
    pub name: String,
    /// First and last year of the evidence.
    pub from: i16,
    pub to: i16,
    pub due: String,
}

impl From<NextRound> for NextRoundView {
    fn from(round: NextRound) -> Self {
        Self { name: round.name, from: round.years.0, to: round.years.1, due: round.due.to_string() }
    }
}
