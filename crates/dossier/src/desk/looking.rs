//! 只读查看: a project that somebody else works on, as of the moment of the newest copy of its index.

use std::path::Path;

use super::{Desk, Surroundings};
use crate::error::Result;
use crate::store::{Looking, Store};

impl Desk {
    /// Opens a project to be looked at: one that is open elsewhere, or lies on a share. Nothing of it is written, and nothing that
    /// is drawn stays after the desk is closed. Every act that would write says [`ReadOnly`](crate::Error::ReadOnly).
    ///
    /// # Errors
    /// [`NoCopy`](crate::Error::NoCopy), [`NotAProject`](crate::Error::NotAProject), [`NewerProject`](crate::Error::NewerProject).
    pub fn look(dir: &Path, around: Surroundings) -> Result<Self> {
        let store = Store::look(dir, &around.files, &around.who)?;
        let files = store.files().clone();
        Self::at(store, Surroundings { files, ..around })
    }

    /// What is looked at; `None` where the project is open to be worked on.
    pub fn looking(&self) -> Option<&Looking> {
        self.store.looking()
    }
}
