//! Acts that stories strike at every operation: `test-worker` does them step by step and says what is safe.

use std::path::Path;

use dossier::domain::{Caption, DemandKind, Description, DocumentId, SelfAssessment};
use dossier::{Desk, Result};
use jiff::civil::date;
use scans::{Framing, Mask, Watch};

use crate::story::{code, options};

/// A step of an act; a folder beside the project is handed to it.
pub type Step = fn(&Desk, &Path) -> Result<()>;

/// The project of [`EDIT`] holds two pieces of two pages, with these numbers.
const FIRST: DocumentId = DocumentId(1);
const OTHER: DocumentId = DocumentId(2);

/// A morning of arranging.
pub const EDIT: &[Step] = &[
    |desk, _| desk.file(&[FIRST, OTHER], &code("01-01")),
    |desk, _| {
        let said =
            Description { title: "年度计划".to_owned(), dated: Some(date(2021, 3, 5)), years: vec![2021], ..Description::default() };
        desk.describe(FIRST, &said)
    },
    |desk, _| desk.turn_page(FIRST, 1, 90),
    |desk, _| desk.frame_page(OTHER, 0, Framing { tilt: 120, ..Framing::default() }),
    |desk, _| desk.add_mask(OTHER, 1, Mask { x0: 100, y0: 500, x1: 900, y1: 700 }).map(drop),
    |desk, _| desk.set_caption(&[OTHER], &Caption { subject: "慰问".to_owned(), ..Caption::default() }),
    |desk, _| desk.split(FIRST, &[1]).map(drop),
    |desk, _| desk.undo().map(drop),
    |desk, _| desk.demand(DemandKind::Return, &[OTHER], Some(&code("01-01")), "没有盖章"),
    |desk, _| desk.self_assess(&code("01-01"), &SelfAssessment { points: vec![None], narrative: "已做到".to_owned() }),
    |desk, _| desk.remove(&[OTHER]),
];

/// A package, and its text once more as DOCX.
pub const COMPILE: &[Step] = &[
    |desk, _| desk.compile(&options(), None, &Watch::silent()).map(drop),
    |desk, _| {
        desk.compile(&dossier::compile::Options { format: dossier::compile::Format::Docx, ..options() }, None, &Watch::silent()).map(drop)
    },
];

/// A copy of the index, and of everything on a stick.
pub const BACK_UP: &[Step] = &[|desk, _| desk.back_up(), |desk, beside| desk.back_up_to(beside, &Watch::silent()).map(drop)];

/// Opening alone: of an older project, its migration.
pub const OPEN: &[Step] = &[];

/// The steps of an act by its name.
pub fn of(name: &str) -> &'static [Step] {
    match name {
        "edit" => EDIT,
        "compile" => COMPILE,
        "back up" => BACK_UP,
        "open" => OPEN,
        other => unreachable!("no act is called {other}"),
    }
}
