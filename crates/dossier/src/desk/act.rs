//! 撤销, 重做 and the journal.

use crate::domain::DocumentId;
use crate::error::Result;
use crate::store::{ActId, Recorded};
use crate::wording;

use super::Desk;

/// An act as the clerk reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub id: ActId,
    pub at: jiff::Timestamp,
    pub who: String,
    /// 「将 3 件归入 01-03」
    pub sentence: String,
    /// It changed something that can be put back.
    pub undoable: bool,
    pub undone: bool,
}

impl From<Recorded> for Act {
    fn from(recorded: Recorded) -> Self {
        let Recorded { id, at, who, deed, undoable, undone } = recorded;
        Self { id, at, who, sentence: wording::act::sentence(&deed), undoable, undone }
    }
}

impl Desk {
    /// Takes the last act of arranging back, all of it in one step; `None` when there is none.
    pub fn undo(&self) -> Result<Option<Act>> {
        Ok(self.noted(self.store.undo()?)?.map(Act::from))
    }

    /// Takes back an act and all that came after it, each a step that [`Desk::redo`] does again; the newest first.
    pub fn undo_to(&self, act: ActId) -> Result<Vec<Act>> {
        let undone = self.store.undo_to(act)?;
        undone.into_iter().map(|one| Ok(self.noted(Some(one))?.map(Act::from))).filter_map(Result::transpose).collect()
    }

    /// Does the last undone act again. A new act after an undo leaves nothing to be done again.
    pub fn redo(&self) -> Result<Option<Act>> {
        Ok(self.noted(self.store.redo()?)?.map(Act::from))
    }

    /// The pieces that an act was about: what is looked at again once it was undone.
    pub fn about(&self, act: ActId) -> Result<Vec<DocumentId>> {
        self.store.about(act)
    }

    /// The acts that [`Desk::undo`] and [`Desk::redo`] would take back and do again.
    pub fn at_hand(&self) -> Result<(Option<Act>, Option<Act>)> {
        let (undo, redo) = self.store.at_hand()?;
        Ok((undo.map(Act::from), redo.map(Act::from)))
    }

    /// The last acts, the newest first.
    pub fn history(&self, most: usize) -> Result<Vec<Act>> {
        Ok(self.store.history(most)?.into_iter().map(Act::from).collect())
    }
}
