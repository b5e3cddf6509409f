//! Many files that get their final names together: all bytes first, then all names, then all folders.
//!
//! Each step is over for every file before the next begins for any, so the order of a single file holds for each of them.
//! Within a step the disk is asked by several threads: it then writes once for all that wait, and not once a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::thread;

use crate::error::Result;

use super::Files;
use super::files::Draft;

/// Threads that wait for the disk at the same time.
const WAITING: usize = 8;

#[derive(Debug, Default)]
pub struct Placing {
    drafts: Vec<(Draft, PathBuf)>,
    folders: BTreeSet<PathBuf>,
}

impl Placing {
    /// A file that shall stand under this name.
    pub fn add(&mut self, draft: Draft, path: PathBuf) {
        self.drafts.push((draft, path));
    }

    /// Whether a file is on its way to this name.
    pub fn holds(&self, path: &Path) -> bool {
        self.drafts.iter().any(|(_, known)| known == path)
    }

    /// A file that stands under this name already; whether the name is on the disk is not known.
    pub fn stands(&mut self, path: &Path) {
        self.folders.extend(path.parent().map(Path::to_owned));
    }

    /// When this returns, every file survives a power cut. After an error some may stand under their names, whole.
    ///
    /// # Errors
    /// What the disk says first; nothing that failed is tried again.
    pub fn finish(self, files: &Files) -> Result<()> {
        let Self { drafts, mut folders } = self;
        let finished = at_once(drafts, &|(draft, path)| Ok((draft.finish()?, path)))?;
        let parents: BTreeSet<PathBuf> = finished.iter().filter_map(|(_, path)| path.parent().map(Path::to_owned)).collect();
        for folder in parents {
            if files.make_folder_unsynced(&folder)? {
                folders.extend(folder.parent().map(Path::to_owned));
            }
            folders.insert(folder);
        }
        for (file, path) in finished {
            file.name(&path)?;
        }
        at_once(folders.into_iter().collect(), &|folder: PathBuf| files.sync_folder(&folder)).map(drop)
    }
}

/// Does the same with each, in [`WAITING`] threads; the first error in order.
fn at_once<T: Send, R: Send>(mut items: Vec<T>, act: &(impl Fn(T) -> Result<R> + Sync)) -> Result<Vec<R>> {
    let share = items.len().div_ceil(WAITING).max(1);
    let mut shares = Vec::new();
    while !items.is_empty() {
        let rest = items.split_off(share.min(items.len()));
        shares.push(std::mem::replace(&mut items, rest));
    }
    let done: Vec<Result<Vec<R>>> = thread::scope(|scope| {
        let threads: Vec<_> =
            shares.into_iter().map(|share| scope.spawn(move || share.into_iter().map(act).collect::<Result<Vec<R>>>())).collect();
        threads.into_iter().map(|thread| thread.join().expect("asking the disk does not panic")).collect()
    });
    done.into_iter().collect::<Result<Vec<_>>>().map(|parts| parts.into_iter().flatten().collect())
}
