//! The package as a PDF: text sheets drawn by printpdf, evidence passed through, all put together as a stream.
//!
//! Nothing of the evidence is held in memory: inputs are read where they lie and copied range by range.

mod balance;
mod bookmarks;
mod copy;
mod drawn;
mod evidence;
mod fonts;
mod form;
mod g4;
mod geometry;
mod joined;
mod jpeg;
mod labels;
mod lettering;
mod looks;
mod mapped;
mod named;
mod objects;
mod outline;
mod photos;
mod piece;
mod png;
mod properties;
mod raster;
mod refusal;
mod reopen;
mod sfnt;
mod sink;
mod source;
mod stamp;
mod syntax;
pub mod text;
mod tiff;
mod tree;
mod unseen;
mod volume;
mod within;

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use scans::Watch;

use crate::font::{Fonts, drawn};
use crate::manuscript::{Manuscript, Receipt, Shelf, WriteError};
use volume::Volume;

pub use bookmarks::Bookmark;
pub use drawn::write_drawn;
pub(crate) use evidence::SIGNED;
pub use joined::join;
pub(crate) use looks::{BROKEN, break_off};
pub(crate) use photos::room_for_words;
pub use reopen::{Bars, Font, Link, Page, ReopenError, Reopened, reopen};

/// Writes the package to `out`, in order, and returns when it is on the disk.
///
/// The caller names a file that is not the final one. On any error, and when the clerk stops it, the file is removed.
///
/// # Errors
/// See [`WriteError`]; a page that can't be passed through is drawn, and only fails when that fails too.
pub fn write(manuscript: &Manuscript, shelf: &dyn Shelf, fonts: &Fonts, out: &Path, watch: &Watch) -> Result<Receipt, WriteError> {
    let mut volume = Volume::begin(manuscript, fonts, out)?;
    volume.text_sheets(watch)?;
    volume.evidence_sheets(shelf, watch)?;
    volume.finish()
}

/// What is seen of a text when it is printed: invisible characters gone, odd spaces plain. Head and foot of a package
/// that is read again compare with this.
pub fn printed(text: &str) -> String {
    text.chars().filter_map(drawn).collect()
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 2 + 64), Compression::new(6));
    encoder.write_all(data).and_then(|()| encoder.finish()).expect("a Vec takes everything")
}
