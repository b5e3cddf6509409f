//! How pages were scanned, so far as they were looked at.

use std::collections::HashMap;

use scans::Condition;

use super::{Document, DocumentId, Page};

/// 页面状况, by the piece whose scan it is and the position within the scan.
#[derive(Debug, Default)]
pub struct Conditions(HashMap<(DocumentId, u32), Condition>);

impl Conditions {
    /// `None` for a page that was not looked at yet.
    pub fn of(&self, document: &Document, page: &Page) -> Option<Condition> {
        self.0.get(&(document.part_of.unwrap_or(document.id), page.index)).copied()
    }
}

impl FromIterator<((DocumentId, u32), Condition)> for Conditions {
    fn from_iter<I: IntoIterator<Item = ((DocumentId, u32), Condition)>>(pages: I) -> Self {
        Self(pages.into_iter().collect())
    }
}
