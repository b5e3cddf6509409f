//! Names of places in the document: anchors as Word can hold them.

use std::collections::HashSet;

use crate::manuscript::{Anchor, Manuscript};

/// The bookmark under which an anchor stands in the document. Word's names have letters, digits and `_` only, begin with
/// a letter, and end after 40 characters.
pub fn bookmark(anchor: &Anchor) -> String {
    let mut name: String = anchor.0.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert(0, 'p');
    }
    name.truncate(40);
    name
}

/// The anchors of one document.
pub struct Places<'a> {
    anchors: HashSet<&'a Anchor>,
}

impl<'a> Places<'a> {
    pub fn of(manuscript: &'a Manuscript) -> Self {
        Self { anchors: manuscript.sheets.iter().flat_map(|sheet| &sheet.anchors).collect() }
    }

    /// The bookmark of a target, when it is in this document and not in another volume.
    pub fn here(&self, target: Option<&Anchor>) -> Option<String> {
        target.filter(|anchor| self.anchors.contains(anchor)).map(bookmark)
    }
}
