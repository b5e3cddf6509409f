//! What is made gets its name once it is whole. A package names several files at once (`compile`).

use std::path::{Path, PathBuf};

use paper::manuscript::WriteError;

use super::Desk;
use crate::error::{Error, Made, Result};
use crate::store::{FileAct, layout, part_of};

/// A file without its name yet; what is still there when it is dropped is taken away.
pub(super) struct Loose(pub(super) PathBuf);

impl Drop for Loose {
    fn drop(&mut self) {
        // Renamed, it is not there any more.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Desk {
    /// The folder for what is made, `packages/` where none is said; it is made where it is missing. What a stopped program left in it
    /// is swept when the project is opened: until then a part may be of something that is being made.
    ///
    /// # Errors
    /// What the disk says.
    pub fn folder(&self, out: Option<&Path>) -> Result<PathBuf> {
        let own = self.dir().join(layout::PACKAGES);
        let folder = out.unwrap_or(&own);
        self.store.files().may_write(folder)?;
        std::fs::create_dir_all(folder).map_err(|source| Error::file(FileAct::MakeFolder, folder, source))?;
        Ok(folder.to_owned())
    }

    /// Makes a file; one that is there already is replaced.
    pub(super) fn put<T>(&self, to: &Path, made: Made, write: impl FnOnce(&Path) -> Result<T, WriteError>) -> Result<()> {
        let part = self.beside(to, made, write)?;
        self.store.files().rename(&part.0, to)
    }

    /// The same without the name.
    pub(super) fn beside<T>(&self, to: &Path, made: Made, write: impl FnOnce(&Path) -> Result<T, WriteError>) -> Result<Loose> {
        let part = Loose(part_of(to));
        write(&part.0).map_err(|error| Error::writing(made, error, to))?;
        self.store.files().written(&part.0)?;
        Ok(part)
    }
}
