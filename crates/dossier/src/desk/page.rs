//! 裁剪 and 扶正: how a page is shown that was scanned askew, or with too much around it. A decision beside the scan, like its turn.

use scans::{Framing, Kind, Look, Scale, skew};

use crate::domain::DocumentId;
use crate::error::{Error, Result};
use crate::store::{Deed, document};

use super::Desk;
use super::arrange::present;

/// Longest side of the picture whose rows are looked at, one that the screen asks for too.
const LOOKED_AT: u32 = 1200;

impl Desk {
    /// Straightens and crops a page; a default framing shows all of it again, as it lay.
    ///
    /// # Errors
    /// [`Error::NotAFraming`] for one that leaves nothing, or is too steep; [`Error::Held`].
    pub fn frame_page(&self, id: DocumentId, page: u32, framing: Framing) -> Result<()> {
        if !framing.is_sound() {
            return Err(Error::NotAFraming);
        }
        if !framing.is_whole() {
            self.not_held(&[id])?;
        }
        self.act(
            |index| {
                let page = self.place(index, id, page)?;
                Ok(Deed::FramePage { pieces: present(index, &[id])?, page, whole: framing.is_whole() })
            },
            |index| document::frame(index, id, page, framing),
        )
    }

    /// The tilt that would make the rows of a page level, in hundredths of a degree, clockwise; `None` where they are, or where
    /// there are none.
    pub fn suggest_tilt(&self, id: DocumentId, page: u32) -> Result<Option<i16>> {
        let document = self.document(id)?;
        let turn = document.pages.iter().find(|found| found.index == page).ok_or(Error::NoSuchPage { document: id, page })?.turn;
        let (name, number) = (document.original_name.clone(), document.number_of(page).unwrap_or(1));
        // As it lies after the turn: rows that run down the page are none. Bars are level whatever the page is.
        let jpeg = self.picture_as(document, page, &Look { turn, ..Look::default() }, LOOKED_AT)?;
        let drawn = scans::draw(&jpeg, Kind::Jpeg, 0, Scale::Full);
        drawn.map(skew::tilt).map_err(|trouble| Error::NoPicture { name, number, detail: trouble.to_string() })
    }
}
