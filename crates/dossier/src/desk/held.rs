//! Pieces on which a mark of a classified paper was read: nothing of them is covered or cut, and nothing of them leaves the house.

use crate::compile::Report;
use crate::domain::{DocumentId, Dossier};
use crate::error::{Error, Result};
use crate::store::document;

use super::Desk;

impl Desk {
    /// Refuses an act that would cover or cut what is held back, see [`Dossier::is_held`].
    pub(super) fn not_held(&self, ids: &[DocumentId]) -> Result<()> {
        let dossier = self.dossier()?;
        match ids.iter().filter_map(|id| dossier.document(*id)).find(|document| dossier.is_held(document)) {
            Some(held) => Err(Error::Held { name: held.title().to_owned() }),
            None => Ok(()),
        }
    }

    /// How many pieces of a package are held back by now; those that went to 回收站 since are among them.
    pub(super) fn held_of(&self, report: &Report, dossier: &Dossier) -> Result<usize> {
        let marked = self.store.read(document::marked)?;
        let held: Vec<_> = marked.into_iter().filter(|document| dossier.is_held(document)).collect();
        Ok(report.holding(&held))
    }
}
