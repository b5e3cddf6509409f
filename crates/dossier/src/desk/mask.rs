//! 遮盖. Every act is one step of undoing.

use std::cell::Cell;

use scans::Mask;

use crate::domain::{DocumentId, MaskId, PageMask, personal};
use crate::error::{Error, Result};
use crate::store::{Deed, mask};

use super::Desk;
use super::arrange::present;

impl Desk {
    /// Bars of a piece, page by page.
    pub fn masks(&self, id: DocumentId) -> Result<Vec<PageMask>> {
        Ok(self.document(id)?.masks)
    }

    /// Covers a box of a page: every output shows a bar there, and the page as it came is in none of them.
    ///
    /// # Errors
    /// [`Error::NotAMask`] for one that covers nothing or reaches beyond the page, [`Error::Held`].
    pub fn add_mask(&self, id: DocumentId, page: u32, area: Mask) -> Result<MaskId> {
        if !area.is_sound() {
            return Err(Error::NotAMask);
        }
        self.not_held(&[id])?;
        let made = Cell::new(MaskId(0));
        self.act(
            |index| {
                let page = self.place(index, id, page)?;
                Ok(Deed::AddMask { pieces: present(index, &[id])?, page })
            },
            |index| {
                made.set(mask::add(index, id, page, area)?);
                Ok(())
            },
        )?;
        Ok(made.get())
    }

    /// Covers the numbers of persons in the text of a piece where no mask lies yet, in one act; how many. The places are
    /// those of the text: of a scan that was recognised they may lie beside what is seen, so eyes have to follow.
    ///
    /// # Errors
    /// [`Error::Held`], what the disk or the index says.
    pub fn mask_numbers(&self, id: DocumentId) -> Result<usize> {
        self.not_held(&[id])?;
        let document = self.document(id)?;
        let mut areas = Vec::new();
        for page in &document.pages {
            if document.open_numbers().any(|number| number.page == Some(page.index)) {
                let letters = self.letters(&document, page.index)?;
                let area = |place| Some((page.index, around(letters.boxes.get(place)?)?));
                areas.extend(personal::places(&letters.text).into_iter().filter_map(area));
            }
        }
        self.act(
            |index| Ok(Deed::MaskNumbers { pieces: present(index, &[id])?, masks: areas.len() }),
            |index| areas.iter().try_for_each(|(page, area)| mask::add(index, id, *page, *area).map(drop)),
        )?;
        Ok(areas.len())
    }

    /// Takes a bar away.
    pub fn remove_mask(&self, id: MaskId) -> Result<()> {
        self.act(
            |index| {
                let (document, standing) = mask::one(index, id)?;
                Ok(Deed::RemoveMask { pieces: present(index, &[document])?, page: self.place(index, document, standing.page)? })
            },
            |index| mask::take_away(index, id),
        )
    }
}

/// A mask over letters, a little wider than they are; `None` where they have no place on the page.
fn around(letters: &[[u16; 4]]) -> Option<Mask> {
    /// Width added on each side, in ten-thousandths of the page.
    const MARGIN: u16 = 20;
    let seen = || letters.iter().filter(|[x0, y0, x1, y1]| x0 < x1 && y0 < y1);
    let least = |at: usize| seen().map(|letter| letter[at]).min().map(|side| side.saturating_sub(MARGIN));
    let most = |at: usize| seen().map(|letter| letter[at]).max().map(|side| (side + MARGIN).min(Mask::WHOLE));
    let area = Mask { x0: least(0)?, y0: least(1)?, x1: most(2)?, y1: most(3)? };
    area.is_sound().then_some(area)
}
