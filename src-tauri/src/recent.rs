//! Projects that were opened before, the last first; kept in the folder that the system gives programs for such things.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

const MOST: usize = 8;

#[derive(Default)]
pub struct Recent {
    file: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    pub dir: PathBuf,
}

impl Recent {
    /// A list that can't be read is begun anew: nothing hangs on it.
    pub fn read(file: PathBuf) -> Self {
        let entries = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { file, entries }
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn opened(&mut self, name: &str, dir: &Path) {
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        self.entries.retain(|entry| entry.dir != dir);
        self.entries.insert(0, Entry { name: name.to_owned(), dir });
        self.entries.truncate(MOST);
        if let Err(error) = self.write() {
            log::warn!("the list of recent projects was not kept: {error}");
        }
    }

    fn write(&self) -> std::io::Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let part = self.file.with_extension("part");
        std::fs::write(&part, serde_json::to_vec_pretty(&self.entries)?)?;
        std::fs::rename(part, &self.file)
    }
}
