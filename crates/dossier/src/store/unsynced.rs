//! What a power cut may take: files, names and folders that were written and not synced. For tests, which make the power go.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use super::FileAct;

/// How much of what was not synced is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    All,
    /// Names are on the disk, and of the bytes the first half.
    Torn,
    /// Every other write: what came later is on the disk, what came before is not.
    Reordered,
}

/// Writes that are not on the disk yet, in their order.
#[derive(Debug, Default)]
pub struct Unsynced(Vec<Write>);

#[derive(Debug)]
enum Write {
    /// What stands in a file.
    Bytes(PathBuf),
    /// That a file is called so; it took the place of one with these bytes.
    Name(PathBuf, Option<Vec<u8>>),
    Folder(PathBuf),
}

impl Unsynced {
    /// An operation was done; renaming is told by [`Unsynced::renamed`] before it is.
    pub fn done(&mut self, act: FileAct, path: &Path) {
        match act {
            FileAct::Create => self.0.extend([Write::Name(path.to_owned(), None), Write::Bytes(path.to_owned())]),
            FileAct::MakeFolder => self.0.push(Write::Folder(path.to_owned())),
            FileAct::Sync => self.0.retain(|write| !matches!(write, Write::Bytes(of) if of == path)),
            FileAct::SyncFolder => self.0.retain(|write| match write {
                Write::Name(name, _) | Write::Folder(name) => name.parent() != Some(path),
                Write::Bytes(_) => true,
            }),
            FileAct::Remove => self.0.retain(|write| !matches!(write, Write::Bytes(of) | Write::Name(of, _) if of == path)),
            FileAct::Write | FileAct::Rename | FileAct::Protect | FileAct::Read => {}
        }
    }

    /// A file will be called otherwise. Under neither name it is on the disk for sure until the folder is synced.
    pub fn renamed(&mut self, from: &Path, to: &Path) {
        for write in &mut self.0 {
            if let Write::Bytes(of) = write
                && of.as_path() == from
            {
                to.clone_into(of);
            }
        }
        self.0.retain(|write| !matches!(write, Write::Name(of, _) if of == from));
        self.0.push(Write::Name(to.to_owned(), fs::read(to).ok()));
    }

    /// The power goes.
    pub fn lose(self, loss: Loss) {
        let lost = self.0.into_iter().enumerate().filter(|(at, _)| loss != Loss::Reordered || at % 2 == 0);
        let mut lost: Vec<Write> = lost.map(|(_, write)| write).collect();
        if loss == Loss::Torn {
            lost.retain(|write| matches!(write, Write::Bytes(_)));
        }
        for write in lost.into_iter().rev() {
            // What can't be undone is on the disk.
            let _ = match write {
                Write::Bytes(path) => cut(&path, loss),
                Write::Name(path, None) => fs::remove_file(path),
                Write::Name(path, Some(before)) => fs::write(path, before),
                Write::Folder(path) => fs::remove_dir_all(path),
            };
        }
    }
}

fn cut(path: &Path, loss: Loss) -> std::io::Result<()> {
    let length = File::open(path)?.metadata()?.len();
    OpenOptions::new().write(true).open(path)?.set_len(if loss == Loss::Torn { length / 2 } else { 0 })
}
