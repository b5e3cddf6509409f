//! 页序: the pages of a piece in another order. The file stays as it was received, and what was decided of a page goes along with it.

use rusqlite::Connection;

use crate::domain::page_order::{arranged, moved};
use crate::domain::{Arrangement, DocumentId};
use crate::error::{Error, Result};
use crate::store::{Deed, document, page_order};

use super::Desk;
use super::arrange::present;

impl Desk {
    /// Moves pages of a piece one after the other, as they stood, in front of page `before`, or behind all others. Pages are told as
    /// by [`Page::index`](crate::domain::Page::index).
    ///
    /// # Errors
    /// [`Error::NoSuchPage`] for one that is not the piece's.
    pub fn move_pages(&self, id: DocumentId, pages: &[u32], before: Option<u32>) -> Result<()> {
        let Some(first) = pages.first() else { return Ok(()) };
        let to = |index: &Connection| {
            let order = order(index, id)?;
            match pages.iter().chain(&before).find(|page| !order.contains(page)) {
                Some(page) => Err(Error::NoSuchPage { document: id, page: *page }),
                None => Ok((moved(&order, pages, before), order)),
            }
        };
        self.act(
            |index| {
                let (after, before) = to(index)?;
                let lead = before.iter().find(|page| pages.contains(page)).unwrap_or(first);
                let place = |order: &[u32]| order.iter().position(|page| page == lead).unwrap_or(0) as u32;
                let count = before.iter().filter(|page| pages.contains(page)).count() as u32;
                Ok(Deed::MovePages { pieces: present(index, &[id])?, pages: count, page: place(&before), to: place(&after) })
            },
            |index| page_order::put(index, id, &to(index)?.0),
        )?;
        self.suggest_for_parts(&[id])
    }

    /// Puts all pages of a piece in an order that one word asks for.
    pub fn arrange_pages(&self, id: DocumentId, arrangement: Arrangement) -> Result<()> {
        self.act(
            |index| Ok(Deed::ArrangePages { pieces: present(index, &[id])?, arrangement }),
            |index| page_order::put(index, id, &arranged(&order(index, id)?, arrangement)),
        )?;
        self.suggest_for_parts(&[id])
    }
}

fn order(index: &Connection, id: DocumentId) -> Result<Vec<u32>> {
    Ok(document::one(index, id)?.page_order())
}
