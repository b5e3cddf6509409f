//! Sheets that were placed by hand and hold no evidence, as a file of their own: labels, reports.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use scans::Digest;

use super::form;
use super::geometry::{MM, Rect};
use super::mapped::Mapped;
use super::objects::Objects;
use super::properties;
use super::sink::Sink;
use super::source::Source;
use super::text::{self, BATCH};
use super::tree::Tree;
use crate::font::Fonts;
use crate::layout::Placed;
use crate::manuscript::{Manuscript, Receipt, WriteError};

/// Writes sheets as they were placed; of `about` the paper and what the file says of itself are taken.
///
/// # Errors
/// [`WriteError::NoGlyph`] names what no font has; else what the disk says. Nothing is left then.
pub fn write_drawn(sheets: Vec<Placed>, about: &Manuscript, fonts: &Fonts, out: &Path) -> Result<Receipt, WriteError> {
    let mut objects = Objects::begin(Sink::create(out).map_err(WriteError::Output)?).map_err(WriteError::Output)?;
    let tree = Tree::reserve(&mut objects, sheets.len());
    let internal = |detail: String| WriteError::Internal(format!("drawn sheets: {detail}"));
    let setup = &about.setup;
    let paper = Rect { x0: 0.0, y0: 0.0, x1: f64::from(setup.width) * MM, y1: f64::from(setup.height) * MM };
    let mut mark = properties::mark(about);
    let count = sheets.len();
    let numbered: Vec<(usize, Placed)> = sheets.into_iter().enumerate().collect();
    for batch in numbered.chunks(BATCH) {
        let bytes = text::draw(batch, setup, fonts)?;
        let mut source = Source::open(Arc::new(Mapped::Memory(bytes))).map_err(internal)?;
        for (page, (index, placed)) in batch.iter().enumerate() {
            let (piece, _) = form::take_in(&mut objects, &mut source, page, false).map_err(|refusal| refusal.into_error(internal))?;
            mark = Digest::of(&[mark.0.as_slice(), format!("{placed:?}").as_bytes()].concat());
            let content = objects.reserve();
            let show = format!("q {} cm /S0 Do Q", piece.upright.spelt());
            let entries = format!(
                "<</Type/Page/Parent {}/MediaBox[{}]/Resources<</XObject<</S0 {}>>>>/Contents {content}>>",
                tree.parent(*index),
                paper.spelt(),
                piece.object,
            );
            objects.stream(content, "", show.as_bytes()).map_err(WriteError::Output)?;
            objects.object(tree.page(*index), entries).map_err(WriteError::Output)?;
        }
    }
    let bytes = close(objects, &tree, about, mark).map_err(WriteError::Output)?;
    Ok(Receipt { sheets: u32::try_from(count).expect("far below 2^32 sheets"), bytes, remarks: Vec::new(), letters: BTreeMap::new() })
}

/// Ends a file of pages without bookmarks; how long it is.
pub(super) fn close(mut objects: Objects, tree: &Tree, about: &Manuscript, mark: Digest) -> io::Result<u64> {
    tree.write(&mut objects)?;
    let (info, xmp) = properties::write(&mut objects, about)?;
    let catalogue = objects.reserve();
    let entries = format!(
        "<</Type/Catalog/Pages {}/Metadata {xmp}/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>",
        tree.root(),
    );
    objects.object(catalogue, entries)?;
    objects.finish(catalogue, info, mark)
}
