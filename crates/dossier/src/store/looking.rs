//! 只读查看: a project that is open elsewhere, or lies on a share, by the newest copy of its index. The copy stands in a folder of this
//! computer; of the project nothing is written, and its live index is not opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use scans::Watch;
use tempfile::TempDir;

use crate::error::{Error, Result};

use super::lock::{self, Lock};
use super::{FileAct, Files, Holder, Index, Store, Vault, backup, files, index, issued, layout, snapshot};

/// How the names of folders begin in which copies stand.
const PREFIX: &str = "huijuan-look-";

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    /// When the copy was made: everything is shown as of that moment.
    pub until: Timestamp,
    /// Who works on the project.
    pub beside: Beside,
}

/// Who works on a project that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// It is open elsewhere; by whom, where that can be read.
    Open(Option<Holder>),
    /// It lies on a share of the network, where nobody opens it.
    Share,
    Nobody,
}

/// What stands as long as somebody looks.
#[derive(Debug)]
pub(super) struct Looked {
    pub looking: Looking,
    /// With the copy, and the pictures that were drawn; taken away at the end.
    _home: TempDir,
}

impl Store {
    /// Opens the newest sound copy of the index, as it was when it was made. Whatever would write says [`Error::ReadOnly`].
    ///
    /// # Errors
    /// [`Error::NoCopy`], [`Error::NotAProject`], [`Error::NewerProject`], what the disk says.
    pub fn look(dir: &Path, files: &Files, who: &str) -> Result<Self> {
        if !Self::is_project(dir) {
            return Err(Error::NotAProject { dir: dir.to_owned() });
        }
        take_stale();
        let failed = |source| Error::file(FileAct::MakeFolder, &std::env::temp_dir(), source);
        let home = tempfile::Builder::new().prefix(PREFIX).tempdir().map_err(failed)?;
        // Called as the project is: sentences name it.
        let work = home.path().join(dir.file_name().unwrap_or("project".as_ref()));
        files.make_folder(&work)?;
        let lock = Lock::take(&work)?;
        for folder in layout::FOLDERS {
            files.make_folder(&work.join(folder))?;
        }
        let until = newest(dir, files, &work)?;
        let beside = match lock::holder(dir) {
            Some(holder) => Beside::Open(holder),
            None if files::is_share(dir) => Beside::Share,
            None => Beside::Nobody,
        };
        let index = Index::open(&work, files)?.only_looked_at(dir);
        let files = files.sealed(dir);
        let vault = Vault::new(dir, files.clone());
        let looked = Some(Looked { looking: Looking { until, beside }, _home: home });
        let (dir, who, kept) = (dir.to_owned(), who.to_owned(), snapshot::Kept::default());
        Ok(Self { dir, work, files, who, vault, index, kept, _lock: lock, looked })
    }

    /// What is looked at; `None` where the project is open to be worked on.
    pub fn looking(&self) -> Option<&Looking> {
        self.looked.as_ref().map(|looked| &looked.looking)
    }

    /// For what takes long before its first byte is written.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] where the project is only looked at.
    pub fn writable(&self) -> Result<()> {
        match &self.looked {
            None => Ok(()),
            Some(_) => Err(Error::ReadOnly { dir: self.dir.clone() }),
        }
    }
}

/// Copies the newest sound copy of the index into `work`; when it was made.
fn newest(dir: &Path, files: &Files, work: &Path) -> Result<Timestamp> {
    let to = work.join(layout::INDEX);
    let folder = dir.join(layout::BACKUPS);
    let saved = if folder.is_dir() { backup::saved(&folder)? } else { Vec::new() };
    for one in saved {
        match copied(dir, files, &one.path, &to) {
            Ok(()) => return Ok(one.at.or_else(|| modified(&one.path)).unwrap_or_else(Timestamp::now)),
            // Taken away since by whoever works there, or torn: the one before is as good.
            Err(Error::NotAProject { .. } | Error::Damaged { .. } | Error::Index(_) | Error::File { act: FileAct::Read, .. }) => {
                files.remove(&to)?
            }
            Err(error) => return Err(error),
        }
    }
    Err(Error::NoCopy { dir: dir.to_owned() })
}

fn copied(dir: &Path, files: &Files, from: &Path, to: &Path) -> Result<()> {
    index::check_header(dir, from)?;
    index::copy(files, from, to, &Watch::silent())?;
    let copy = Connection::open(to)?;
    index::examine(dir, &copy)?;
    issued::read(&copy).map(drop)
}

fn modified(path: &Path) -> Option<Timestamp> {
    Timestamp::try_from(std::fs::metadata(path).ok()?.modified().ok()?).ok()
}

/// Takes away what a program that was killed has left: pictures of papers must not lie about.
fn take_stale() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && is_stale(&entry.path()) {
            // What is not ours to take stays.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a folder was left by somebody who does not look any more; one without a lock is just being filled.
fn is_stale(home: &Path) -> bool {
    let mut below = std::fs::read_dir(home).into_iter().flatten().flatten().map(|entry| entry.path());
    below.next().is_some_and(|copy| copy.join(layout::LOCK).is_file() && lock::holder(&copy).is_none())
}

/// Whether a path lies in a folder that is only looked at, however it is written.
pub(super) fn lies_in(sealed: &Arc<PathBuf>, path: &Path) -> bool {
    let there = path.ancestors().find_map(|above| above.canonicalize().ok());
    path.starts_with(sealed.as_path()) || there.is_some_and(|there| there.starts_with(sealed.as_path()))
}
