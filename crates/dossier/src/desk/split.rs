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
    /// Splits a piece before each page of `starts` (told as by [`Page::index`](crate::domain::Page::index)), in the order in which it
    /// shows its pages; the parts stand behind it wherever it is filed. One act, one step of undoing; the new pieces in the order of
    /// their pages.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`] for a page that is not the piece's, or is its first: nothing would be split off. [`Error::Held`].
    pub fn split(&self, id: DocumentId, starts: &[u32]) -> Result<Vec<DocumentId>> {
        if starts.is_empty() {
            return Ok(Vec::new());
        }
        self.not_held(&[id])?;
        let made = std::cell::RefCell::new(Vec::new());
        self.act(
            |index| Ok(Deed::Split { pieces: present(index, &[id])?, parts: in_order(index, id, starts)?.len() as u32 + 1 }),
            |index| {
                let unsettled = self.unsettled(index)?;
                let parts = part(index, id, &in_order(index, id, starts)?)?;
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

/// Places in a piece where parts begin, ascending.
pub(super) fn in_order(index: &Connection, id: DocumentId, starts: &[u32]) -> Result<Vec<usize>> {
    let order = document::one(index, id)?.page_order();
    let place = |page: &u32| order.iter().position(|own| own == page).ok_or(Error::NoSuchPage { document: id, page: *page });
    let mut places = starts.iter().map(place).collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Splits off the parts from the last to the first, so that each takes what is the end then. `starts`: places in the piece, ascending.
pub(super) fn part(index: &Connection, id: DocumentId, starts: &[usize]) -> Result<Vec<DocumentId>> {
    let title = document::one(index, id)?.title().to_owned();
    let mut parts = Vec::new();
    for first in starts.iter().rev() {
        let whole = document::one(index, id)?;
        let goes = whole.page_order().split_off(*first);
        parts.push(document::split_off(index, &whole, &goes, Some(&wording::act::part(&title, &goes)))?);
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
