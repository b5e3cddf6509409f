//! Pages of several scans, one after another, as a file of their own: nothing is stamped on them, and each keeps its size.

use std::collections::BTreeMap;
use std::path::Path;

use scans::{Digest, Watch};

use super::drawn::close;
use super::evidence::Evidence;
use super::geometry::Rect;
use super::objects::Objects;
use super::properties;
use super::sink::Sink;
use super::tree::Tree;
use crate::manuscript::{Manuscript, Receipt, ScanPage, Shelf, WriteError};

/// Writes the pages as they came: passed through where that can be, upright. Turn, lines and captions are left to whoever
/// prints them. Of `about` only what the file says of itself is taken.
///
/// # Errors
/// As [`super::write`]; what was written until then is left to the caller.
pub fn join(pages: &[ScanPage], about: &Manuscript, shelf: &dyn Shelf, out: &Path, watch: &Watch) -> Result<Receipt, WriteError> {
    let mut objects = Objects::begin(Sink::create(out).map_err(WriteError::Output)?).map_err(WriteError::Output)?;
    let tree = Tree::reserve(&mut objects, pages.len());
    let mut evidence = Evidence::new(shelf);
    let mut mark = properties::mark(about);
    let mut remarks = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        watch.go_on()?;
        watch.step(at as u64, pages.len() as u64, page.name.as_str());
        let piece = evidence.piece(&mut objects, (at, 0), page, &mut remarks)?;
        mark = Digest::of(&[mark.0.as_slice(), &page.digest.0, &page.page.to_be_bytes()].concat());
        let content = objects.reserve();
        let show = format!("q {} cm /S0 Do Q", piece.upright.spelt());
        let entries = format!(
            "<</Type/Page/Parent {}/MediaBox[{}]/Resources<</XObject<</S0 {}>>>>/Contents {content}{}>>",
            tree.parent(at),
            Rect { x0: 0.0, y0: 0.0, x1: piece.width, y1: piece.height }.spelt(),
            piece.object,
            piece.group,
        );
        objects.stream(content, "", show.as_bytes()).map_err(WriteError::Output)?;
        objects.object(tree.page(at), entries).map_err(WriteError::Output)?;
    }
    let bytes = close(objects, &tree, about, mark).map_err(WriteError::Output)?;
    Ok(Receipt { sheets: u32::try_from(pages.len()).expect("far below 2^32 pages"), bytes, remarks, letters: BTreeMap::new() })
}
