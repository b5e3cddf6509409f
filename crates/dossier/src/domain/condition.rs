//! How pages were scanned, so far as they were looked at.

use std::collections::{BTreeMap, HashMap};

use scans::Condition;

use super::{Document, DocumentId, Page};

/// 页面状况, by the piece whose scan it is and the position within the scan.
#[derive(Debug, Default)]
pub struct Conditions(HashMap<DocumentId, BTreeMap<u32, Condition>>);

impl Conditions {
    /// `None` for a page that was not looked at yet.
    pub fn of(&self, document: &Document, page: &Page) -> Option<Condition> {
        self.of_scan(document)?.get(&page.index).copied()
    }

    /// How many pages of its scan were looked at.
    pub fn seen_of(&self, document: &Document) -> usize {
        self.of_scan(document).map_or(0, BTreeMap::len)
    }

    /// How many pages were looked at.
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// The last page that was looked at, in the order of pieces and pages.
    pub fn last(&self) -> Option<(DocumentId, u32)> {
        self.0.iter().filter_map(|(scan, pages)| Some((*scan, *pages.last_key_value()?.0))).max()
    }

    fn of_scan(&self, document: &Document) -> Option<&BTreeMap<u32, Condition>> {
        self.0.get(&document.part_of.unwrap_or(document.id))
    }
}

impl Extend<((DocumentId, u32), Condition)> for Conditions {
    fn extend<I: IntoIterator<Item = ((DocumentId, u32), Condition)>>(&mut self, pages: I) {
        for ((scan, page), condition) in pages {
            self.0.entry(scan).or_default().insert(page, condition);
        }
    }
}
