//! Copies of the index, what 检查原件 found, and the next round.

use dossier::desk::{Damaged, Difference, Differs, Examined, NextRound, Saved};
use dossier::wording;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ids::id;
use super::{Id, file_name, local};

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

/// What 检查原件 came to.
#[derive(Serialize, Type)]
pub struct ExaminedView {
    pub summary: String,
    /// What to do whatever was found; empty where everything is sound.
    pub advice: String,
    pub damaged: Vec<DamagedView>,
}

/// An original that is not as it was received.
#[derive(Serialize, Type)]
pub struct DamagedView {
    /// What putting back names.
    pub digest: String,
    pub document: Id,
    pub sentence: String,
    /// A backup at hand has it whole.
    pub kept: bool,
}

impl From<Examined> for ExaminedView {
    fn from(examined: Examined) -> Self {
        let view = |damaged: &Damaged| DamagedView {
            digest: damaged.digest.to_string(),
            document: id(damaged.document.0),
            sentence: wording::examine::damaged(damaged),
            kept: damaged.copy.is_some(),
        };
        Self {
            summary: wording::examine::summary(&examined),
            advice: if examined.damaged.is_empty() { String::new() } else { wording::examine::ADVICE.to_owned() },
            damaged: examined.damaged.iter().map(view).collect(),
        }
    }
}
