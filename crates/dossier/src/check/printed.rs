//! Filed pieces of which every page is left out.

use super::known::Said;
use crate::domain::{Document, FindingKind, Severity};

pub(super) fn of(document: &Document) -> Option<Said> {
    document.printed_pages().next().is_none().then_some((FindingKind::NothingPrinted, Severity::Error))
}
