//! 分隔页: a sheet that is laid into a pile of paper before it is scanned; its code tells the program what follows.

use qrcode::{Color, EcLevel, QrCode};

use super::labels::{Direction, Field, Label, labels};
use super::measure::PT_PER_MM;
use super::place::{Line, Placed};
use crate::font::{Face, Fonts};
use crate::manuscript::PageSetup;

/// What one sheet says to the reader and to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separator {
    /// `分隔页`
    pub heading: String,
    /// The leaf: code and words.
    pub leaf: String,
    /// The unit; may be empty.
    pub unit: String,
    /// How the sheet is used.
    pub advice: String,
    /// What stands in the code.
    pub code: String,
}

/// Side of the code with its quiet zone, in mm: large enough to be read from a scan of 100 dpi that is a little askew.
const CODE: f32 = 90.0;
/// Modules of white around a code (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// A sheet each. `None` for what is too long for a code.
pub fn separators(sheets: &[Separator], setup: &PageSetup, fonts: &Fonts) -> Option<Vec<Placed>> {
    sheets.iter().map(|sheet| separator(sheet, setup, fonts)).collect()
}

fn separator(sheet: &Separator, setup: &PageSetup, fonts: &Fonts) -> Option<Placed> {
    let field = |height_mm, text: &str, face, most_pt| Field {
        height_mm,
        text: text.to_owned(),
        face,
        most_pt,
        runs: Direction::Across,
        ruled: false,
    };
    let width_mm = setup.width - 16.0;
    let label = Label {
        width_mm,
        height_mm: setup.height - 16.0,
        fields: vec![
            field(30.0, &sheet.heading, Face::Hei, 42.0),
            field(45.0, &sheet.leaf, Face::Hei, 28.0),
            field(20.0, &sheet.unit, Face::Fang, 24.0),
            field(CODE + 6.0, "", Face::Fang, 12.0),
            field(30.0, &sheet.advice, Face::Fang, 14.0),
        ],
    };
    let mut placed = labels(&[label], setup, fonts).into_iter().next()?;
    let top = setup.height - 8.0 - 30.0 - 45.0 - 20.0 - 3.0;
    code(&sheet.code, (8.0 + (width_mm - CODE) / 2.0, top), &mut placed)?;
    Some(placed)
}

/// Draws a code as strips of its rows.
fn code(text: &str, (x, top): (f32, f32), placed: &mut Placed) -> Option<()> {
    let code = QrCode::with_error_correction_level(text, EcLevel::H).ok()?;
    let (side, dark) = (code.width(), code.to_colors());
    let module = CODE / (side + 2 * QUIET) as f32;
    for row in 0..side {
        let y = top - (row + QUIET) as f32 * module - module / 2.0;
        let mut column = 0;
        while column < side {
            let run = (column..side).take_while(|at| dark[row * side + at] == Color::Dark).count();
            if run > 0 {
                let from = x + (column + QUIET) as f32 * module;
                // A hair more, so that no white line shows between the strips.
                let width_pt = module * PT_PER_MM * 1.02;
                placed.rules.push(Line { x1_mm: from, y1_mm: y, x2_mm: from + run as f32 * module, y2_mm: y, width_pt });
            }
            column += run.max(1);
        }
    }
    Some(())
}
