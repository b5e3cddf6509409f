//! 佐证红线 and 照片说明. Every act is one step of undoing.

use std::cell::Cell;

use crate::domain::{Caption, DocumentId, Line, MarkId, ProofMark};
use crate::error::{Error, Result};
use crate::store::{Deed, document, mark};

use super::Desk;
use super::arrange::present;

impl Desk {
    /// Red lines of a piece, page by page.
    pub fn marks(&self, id: DocumentId) -> Result<Vec<ProofMark>> {
        Ok(self.document(id)?.marks)
    }

    /// Draws a red line on a page.
    ///
    /// # Errors
    /// [`Error::NotALine`] for one without length or beyond the page.
    pub fn add_mark(&self, id: DocumentId, page: u32, line: Line) -> Result<MarkId> {
        if !line.is_drawn() {
            return Err(Error::NotALine);
        }
        let made = Cell::new(MarkId(0));
        self.act(
            |index| {
                let page = self.place(index, id, page)?;
                Ok(Deed::AddMark { pieces: present(index, &[id])?, page })
            },
            |index| {
                made.set(mark::add(index, id, page, line)?);
                Ok(())
            },
        )?;
        Ok(made.get())
    }

    /// Takes a red line away.
    pub fn remove_mark(&self, id: MarkId) -> Result<()> {
        self.act(
            |index| {
                let (document, standing) = mark::one(index, id)?;
                Ok(Deed::RemoveMark { pieces: present(index, &[document])?, page: self.place(index, document, standing.page)? })
            },
            |index| mark::take_away(index, id),
        )
    }

    /// Sets the caption (时间, 地点, 人物, 主题, 背景, 事由) of photos, the same for each. An empty one removes it.
    pub fn set_caption(&self, documents: &[DocumentId], caption: &Caption) -> Result<()> {
        self.act(
            |index| Ok(Deed::Caption { pieces: present(index, documents)? }),
            |index| documents.iter().try_for_each(|document| mark::caption(index, *document, caption)),
        )
    }

    /// Copies what is said in the caption of `like` to other pieces; of what it does not say, theirs stays.
    pub fn caption_alike(&self, like: DocumentId, pieces: &[DocumentId]) -> Result<()> {
        self.back_up_before(pieces.len());
        self.act(
            |index| Ok(Deed::Caption { pieces: present(index, pieces)? }),
            |index| {
                let said = document::one(index, like)?.caption;
                pieces.iter().try_for_each(|piece| {
                    let mut own = document::one(index, *piece)?.caption;
                    own.take(&said);
                    mark::caption(index, *piece, &own)
                })
            },
        )
    }
}
