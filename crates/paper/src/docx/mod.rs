//! A manuscript as one Word document: docx-rs builds the elements, the package is written as a stream.
//!
//! Every sheet of the manuscript is one page, opened by a forced break, so the page numbers in the contents are right
//! before Word has seen them. Pictures of evidence are copied from where they lie.

mod attitude;
mod blocks;
mod bookmarks;
mod contents;
mod document;
mod evidence;
mod geometry;
mod heads;
mod order;
mod package;
mod parts;
mod pictures;
mod png;
pub mod reopen;
mod sections;
mod source;
mod styles;
mod text;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;

use scans::Watch;

use crate::manuscript::{Manuscript, Receipt, Shelf, WriteError};

pub use bookmarks::bookmark;
pub(crate) use evidence::room_for_words;
pub use reopen::{Flaw, FlawKind, Reopened, reopen};

/// Writes the manuscript to exactly this path and brings it to the disk.
///
/// The memory it takes does not grow with the evidence. The same manuscript and scans give the same bytes.
///
/// # Errors
/// Any [`WriteError`]; what was written so far is removed.
pub fn write(manuscript: &Manuscript, shelf: &dyn Shelf, out: &Path, watch: &Watch) -> Result<Receipt, WriteError> {
    put(manuscript, shelf, None, out, watch)
}

/// The same with every picture reduced to at most `dpi`; those that would not become smaller stay as they are. The
/// receipt remarks each page whose picture was reduced.
///
/// # Errors
/// Any [`WriteError`]; what was written so far is removed.
pub fn write_reduced(manuscript: &Manuscript, shelf: &dyn Shelf, dpi: u16, out: &Path, watch: &Watch) -> Result<Receipt, WriteError> {
    put(manuscript, shelf, Some(f32::from(dpi)), out, watch)
}

fn put(manuscript: &Manuscript, shelf: &dyn Shelf, dpi: Option<f32>, out: &Path, watch: &Watch) -> Result<Receipt, WriteError> {
    let sections = sections::divide(manuscript);
    let heads = heads::Heads::of(&sections, manuscript.setup.duplex);
    let mut package = package::Package::create(out)?;
    parts::write(&mut package, manuscript, &heads)?;
    let pictures = pictures::store(&mut package, manuscript, shelf, dpi, watch)?;
    parts::relationships(&mut package, &heads, &pictures)?;
    document::write(&mut package, manuscript, &sections, &heads, &pictures, watch)?;
    let bytes = package.finish()?;
    let sheets = u32::try_from(manuscript.sheets.len()).expect("a package has fewer sheets than a u32 counts");
    let remarks = [pictures.remarks, manuscript.cut_words()].concat();
    Ok(Receipt { sheets, bytes, remarks, letters: BTreeMap::new() })
}
