//! The issued table (XLSX, XLS, DOCX): its grid, what its columns are, and the catalogue it makes.
//!
//! [`read`] → [`guess`] → the clerk corrects → [`taken`]: [`catalogue`], then [`assign`]. Text is kept as issued and nothing of it is
//! lost: what has no place of its own stands among the requirements or in the notes, and a [`Warning`] says so.

mod columns;
mod duties;
mod forms;
mod group;
mod leaf;
mod row;
mod text;

use std::fs::File;
use std::path::Path;

use scans::{Trouble, Worker};
use serde::{Deserialize, Serialize};

use super::CatalogueError;
use crate::domain::{Catalogue, Points, Units};

pub use columns::{Columns, Layout, Role, guess};
pub use duties::assign;
pub use leaf::catalogue;
pub use scans::table::{Cell, Grid, Sheet};

/// The tables of a file, opened in the worker process under its limits.
///
/// # Errors
/// [`CatalogueError::Unreadable`] when the file or the worker can't be opened, [`CatalogueError::Table`] with the
/// trouble of the file.
pub fn read(path: &Path, worker: &mut Worker) -> Result<Grid, CatalogueError> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let grid = worker.tables(&file, bytes)?.map_err(CatalogueError::Table)?;
    if grid.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(CatalogueError::Table(Trouble::NoPages));
    }
    Ok(grid)
}

/// The catalogue that a grid makes with these columns, its units (those that are listed, and whoever else is named), and
/// everything to look at.
///
/// # Errors
/// [`CatalogueError::Problems`]
pub fn taken(grid: &Grid, columns: &Columns, listed: Units) -> Result<(Catalogue, Units, Warnings), CatalogueError> {
    let (mut catalogue, mut warnings) = self::catalogue(grid, columns)?;
    let (units, added) = assign(&mut catalogue, listed);
    super::examine(&catalogue, &units)?;
    warnings.extend(added);
    Ok((catalogue, units, warnings))
}

/// What the clerk should look at in a table that was taken over. Nothing here stops anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// Points that do not add up: the stated number and the sum; both are kept.
    Sum { of: Summed, stated: Points, sum: Points },
    /// A table without the columns of a catalogue; its text went to the notes.
    PassedOver { table: String },
    /// Text that stands in no column that is known; it went to the notes.
    Noted { text: String },
    /// What stands under 分值 is no number; it was put in front of the rule.
    ScoreUnread { code: String, text: String },
    /// A number that can't be a code, or that is there twice; the leaf got another.
    Renumbered { issued: String, code: String },
    /// A row without a number and a score was joined to the text before it.
    Joined { code: String, text: String },
    /// An indicator before the first area, or in a table without areas.
    NoArea { code: String },
    /// Nobody is named who owes it.
    NoDuty { code: String },
    /// The period is not stated in the table; the years were assumed.
    PeriodAssumed { years: (i16, i16) },
    /// A unit that is not in the list was added to it.
    UnitAdded { name: String },
}

/// The heading whose points were added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Summed {
    Total,
    Area { code: String, title: String },
}

/// In the order of the table.
pub type Warnings = Vec<Warning>;
