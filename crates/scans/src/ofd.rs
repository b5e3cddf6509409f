//! OFD (GB/T 33190-2016) written as a PDF of the same pages: text, paths, pictures, templates, annotations and seals, drawn as
//! lines and letters and not as pixels.
//!
//! What can't be drawn as it is ends the whole with [`Trouble::Undrawn`]: nothing may be missing from a page in silence.

mod canvas;
mod colour;
mod der;
mod document;
mod fonts;
mod glyphs;
mod image;
mod jbig2;
mod package;
mod page;
mod path;
mod resources;
mod runs;
mod seal;
mod shading;
mod signature;
mod stamp;
mod text;
mod tile;
mod value;
mod write;
mod xml;

use std::io;

use serde::{Deserialize, Serialize};

use crate::inspected::{Trouble, Undrawn};
use crate::pdf::objects::{Stopped, Tell};
use crate::picture::guarded;

use document::Document;
pub(crate) use fonts::Loan;
use page::Painter;
pub use signature::{Part, Signed, Unproven};
use write::Book;

/// What is to be said of the pages that were made of an OFD.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// Fonts that are not embedded, or lack glyphs, and were replaced.
    pub replaced: Vec<Replaced>,
    /// Seals that were drawn.
    pub seals: u32,
    /// The result for each signature. Empty in indexes that were written before signatures were checked.
    #[serde(default)]
    pub signed: Vec<Signed>,
    /// Files that are attached to the OFD, by their names.
    pub attached: Vec<String>,
    #[serde(default)]
    pub versions: Versions,
}

/// Versions that a file keeps besides the one that is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    pub others: u32,
    /// Whether one of them is marked as the current one.
    pub current: bool,
}

/// A font and those that stand in for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    pub font: String,
    pub by: Vec<String>,
}

/// Tells the PDF of an OFD, with `loans` for fonts that are not embedded.
///
/// # Errors
/// The outer one is of whom it is told; within, [`Trouble::Undrawn`] with what can't be drawn as it is, or what is wrong.
pub(crate) fn paginate(bytes: &[u8], loans: Vec<Loan>, tell: &mut Tell<'_>) -> io::Result<Result<Remarks, Trouble>> {
    match guarded(|| Ok(draw(bytes, loans, tell))) {
        Ok(Ok(remarks)) => Ok(Ok(remarks)),
        Ok(Err(Stopped::Telling(error))) => Err(error),
        Ok(Err(Stopped::Trouble(trouble))) | Err(trouble) => Ok(Err(trouble)),
    }
}

fn draw(bytes: &[u8], loans: Vec<Loan>, tell: &mut Tell<'_>) -> Result<Remarks, Stopped> {
    let mut document = Document::open(bytes)?;
    let mut book = Book::begin(tell, loans)?;
    let mut blank = true;
    for at in 0..document.pages.len() {
        let sheet = document.sheet(at)?;
        let stamps = document.stamps_of(at);
        let mut painter = Painter::new(&mut book, &mut document, false);
        let paper = painter.sheet(&sheet)?;
        for stamp in &stamps {
            painter.stamp(stamp, paper)?;
        }
        let canvas = painter.finish();
        blank &= !canvas.marked;
        book.page(sheet.width * page::MM, sheet.height * page::MM, canvas)?;
    }
    // A file of blank pages alone is one that was not understood.
    if blank && book.wanted.is_empty() {
        return Err(Trouble::from(Undrawn::Blank).into());
    }
    book.remarks.signed = signature::proven(&mut document);
    book.remarks.versions = document.versions;
    book.remarks.attached = std::mem::take(&mut document.attached);
    book.finish()
}
