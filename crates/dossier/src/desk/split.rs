//! 拆分: a piece of many pages becomes several. The file that was received stays one and as it was; a part is a range of its
//! pages, which is written down beside it.

use rusqlite::Connection;

use crate::domain::{DocumentId, EvidenceId, IndicatorCode};
use crate::error::{Error, Result};
use crate::store::{Deed, document, evidence};
use crate::wording;

use super::Desk;
use super::arrange::present;

impl Desk {
    /// Splits a piece before each page of `starts` (counted from 0, as [`Page::index`](crate::domain::Page::index)); the
    /// parts stand behind it wherever it is filed. One act, one step of undoing; the new pieces in the order of their pages.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`] for a page that is not the piece's, or is its first: nothing would be split off. [`Error::Held`].
    pub fn split(&self, id: DocumentId, starts: &[u32]) -> Result<Vec<DocumentId>> {
        let starts = in_order(starts);
        if starts.is_empty() {
            return Ok(Vec::new());
        }
        self.not_held(&[id])?;
        let made = std::cell::RefCell::new(Vec::new());
        self.act(
            |index| Ok(Deed::Split { pieces: present(index, &[id])?, parts: starts.len() as u32 + 1 }),
            |index| {
                let unsettled = self.unsettled(index)?;
                let parts = part(index, id, &starts)?;
                for leaf in evidence::of(index, id)?.into_iter().map(|evidence| evidence.indicator) {
                    stand_behind(index, id, &parts, &leaf)?;
                }
                unsettled.hold_parts(index, id, &parts)?;
                *made.borrow_mut() = parts;
                Ok(())
            },
        )?;
        let parts = made.into_inner();
        self.suggest_for_parts(&parts)?;
        Ok(parts)
    }
}

fn in_order(starts: &[u32]) -> Vec<u32> {
    let mut starts = starts.to_vec();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Splits off the parts from the last to the first, so that each takes what is the end then.
pub(super) fn part(index: &Connection, id: DocumentId, starts: &[u32]) -> Result<Vec<DocumentId>> {
    let title = document::one(index, id)?.title().to_owned();
    let mut parts = Vec::new();
    for first in starts.iter().rev() {
        let whole = document::one(index, id)?;
        if !whole.pages.iter().any(|page| page.index == *first) {
            return Err(Error::NoSuchPage { document: id, page: *first });
        }
        let last = whole.pages.last().map_or(*first, |page| page.index);
        parts.push(document::split_off(index, &whole, *first, Some(&wording::act::part(&title, first + 1, last + 1)))?);
    }
    parts.reverse();
    Ok(parts)
}

/// Files parts under a leaf of the whole, one after another behind it.
fn stand_behind(index: &Connection, whole: DocumentId, parts: &[DocumentId], leaf: &IndicatorCode) -> Result<()> {
    parts.iter().try_for_each(|part| evidence::file(index, *part, leaf))?;
    let standing = evidence::under(index, leaf)?;
    let (place, again) =
        standing.iter().find(|evidence| evidence.document == whole).map_or((1, false), |evidence| (evidence.position, evidence.reprinted));
    parts.iter().try_for_each(|part| evidence::reprint(index, *part, leaf, again))?;
    let of = |part: &DocumentId| standing.iter().find(|evidence| evidence.document == *part).map(|evidence| evidence.id);
    let moved: Vec<EvidenceId> = parts.iter().filter_map(of).collect();
    evidence::reorder(index, &moved, place + 1)
}
