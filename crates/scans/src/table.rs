//! Tables of spreadsheets and Word documents as grids of text: merged cells are filled, nothing is interpreted.
//!
//! The program itself reads them only in the worker: see [`crate::worker`].

mod part;
mod sheets;
mod word;

use serde::{Deserialize, Serialize};

use crate::Kind;
use crate::inspected::{Limit, Trouble};
use crate::limits;
use crate::picture::guarded;

/// Every table of a file, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    pub sheets: Vec<Sheet>,
    /// Text behind the last table of a Word document, a paragraph a line.
    #[serde(default)]
    pub after: String,
}

/// One sheet of a spreadsheet, or one table of a Word document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Name on the tab; empty in a Word document.
    pub name: String,
    /// Text between the table before and this one, a paragraph a line; empty in a spreadsheet.
    #[serde(default)]
    pub before: String,
    /// All of one length.
    pub rows: Vec<Vec<Cell>>,
}

/// The text of one place of the grid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    /// Merged with the cell above.
    #[serde(default, skip_serializing_if = "is_false")]
    pub above: bool,
    /// Merged with the cell to the left.
    #[serde(default, skip_serializing_if = "is_false")]
    pub left: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The tables of an XLSX, XLS or DOCX that is at hand.
///
/// # Errors
/// [`Trouble::Unsupported`] for any other kind, [`Trouble::Encrypted`], damage, or a limit.
pub fn read(bytes: &[u8]) -> Result<Grid, Trouble> {
    guarded(|| match Kind::of(bytes) {
        Kind::Ooxml | Kind::Zip => match part::main(bytes)? {
            part::Main::Sheets => sheets::xlsx(bytes),
            part::Main::Word(path) => word::docx(bytes, &path),
        },
        Kind::Ole if part::is_locked(bytes) => Err(Trouble::Encrypted),
        Kind::Ole if part::is_old_word(bytes) => Err(Trouble::Unsupported),
        Kind::Ole => sheets::xls(bytes),
        _ => Err(Trouble::Unsupported),
    })
}

/// Places and characters that were read so far, against what a table may have.
#[derive(Default)]
struct Measure {
    cells: u64,
    characters: u64,
}

impl Measure {
    fn cells(&mut self, more: usize) -> Result<(), Trouble> {
        self.cells += more as u64;
        within(Limit::Cells, self.cells, limits::TABLE_CELLS)
    }

    fn text(&mut self, text: &str) -> Result<(), Trouble> {
        self.characters += text.len() as u64;
        within(Limit::TableText, self.characters, limits::TABLE_TEXT)
    }
}

fn within(limit: Limit, found: u64, most: u64) -> Result<(), Trouble> {
    if found > most { Err(Trouble::OverLimit { limit, found, most }) } else { Ok(()) }
}
