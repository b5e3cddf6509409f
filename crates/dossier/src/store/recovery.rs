//! An index that is damaged or gone: the newest good backup takes its place, and what the vault holds besides is listed
//! to be taken in again from there.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use scans::Watch;

use crate::domain::{Assessment, Catalogue, Units};
use crate::error::{Error, Result};

use super::lock::Lock;
use super::{Deed, FileAct, Files, Index, Listed, Store, backup, batch, document, index, issued, journal, layout, notes};

/// Puts an index in place again. The old one is set aside in backups/, never written over.
///
/// # Errors
/// [`Error::InUse`], [`Error::NotAProject`] when the folder was never one of ours, what the disk says.
pub fn recover(dir: &Path, files: &Files, who: &str) -> Result<Store> {
    let issued = notes::issued(dir);
    if issued.is_none() && !dir.join(layout::BACKUPS).is_dir() {
        return Err(Error::NotAProject { dir: dir.to_owned() });
    }
    super::refuse_share(dir)?;
    let lock = Lock::take(dir)?;
    for folder in super::layout::FOLDERS {
        files.make_folder(&dir.join(folder))?;
    }
    let good = good_backup(dir)?;
    match (&good, issued) {
        (Some(good), _) => {
            set_aside(dir, files, "damaged")?;
            put_back(dir, files, good)?;
        }
        (None, Some((assessment, catalogue, units))) => {
            set_aside(dir, files, "damaged")?;
            Index::create(dir, files, |index| issued::write(index, &assessment, &catalogue, &units))?;
        }
        (None, None) => return Err(Error::NotAProject { dir: dir.to_owned() }),
    }
    drop(lock);
    reopen(dir, files, who, good.as_deref().map(moment))
}

/// Puts a copy of the index in the place of the present one, of which a checked copy is made first.
///
/// # Errors
/// [`Error::InUse`], [`Error::Damaged`] and [`Error::NotAProject`] of the copy: nothing was changed then.
pub fn restore(dir: &Path, files: &Files, who: &str, copy: &Path) -> Result<Store> {
    index::look_into(dir, files, copy, &Watch::silent(), |copy| issued::read(copy).map(drop))?;
    // Opened before a copy more makes it the oldest: what is open can still be read when its name is gone.
    let chosen = File::open(copy).map_err(|source| Error::file(FileAct::Read, copy, source))?;
    Store::open(dir, files, who)?.back_up()?;
    let lock = Lock::take(dir)?;
    set_aside(dir, files, "replaced")?;
    files.copy_whole(chosen, copy, &dir.join(layout::INDEX))?;
    drop(lock);
    reopen(dir, files, who, Some(moment(copy)))
}

/// Opens what was put in place, and lists scans that it does not know to be taken in again.
fn reopen(dir: &Path, files: &Files, who: &str, backup: Option<String>) -> Result<Store> {
    let store = Store::open(dir, files, who)?;
    let orphans = orphans(&store)?;
    let deed = Deed::Recover { backup, listed: orphans.len() as u32 };
    store.index.write(|index| {
        journal::append(index, who, &deed)?;
        if !orphans.is_empty() {
            let batch = batch::begin(index, &[dir.join(layout::VAULT)])?;
            batch::list(index, batch, &orphans)?;
        }
        Ok(())
    })?;
    Ok(store)
}

/// The newest backup that is sound and of a schema we know.
fn good_backup(dir: &Path) -> Result<Option<PathBuf>> {
    let folder = dir.join(layout::BACKUPS);
    if !folder.is_dir() {
        return Ok(None);
    }
    Ok(backup::kept(&folder)?.into_iter().rev().find(|path| {
        index::check_header(dir, path).is_ok()
            && Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
                .is_ok_and(|copy| index::examine(dir, &copy).is_ok() && issued::read(&copy).is_ok())
    }))
}

/// `20230401T083000.000000` of `index-20230401T083000.000000.sqlite`.
fn moment(backup: &Path) -> String {
    backup.file_stem().unwrap_or_default().to_string_lossy().trim_start_matches("index-").to_owned()
}

/// A write-ahead log that stays beside another index would be read into it.
pub(super) fn set_aside(dir: &Path, files: &Files, why: &str) -> Result<()> {
    let moment = backup::moment();
    for ending in ["-wal", "-shm", ""] {
        let old = dir.join(format!("{}{ending}", layout::INDEX));
        if old.exists() {
            files.rename(&old, &dir.join(layout::BACKUPS).join(format!("{why}-{moment}.index{ending}")))?;
        }
    }
    Ok(())
}

fn put_back(dir: &Path, files: &Files, backup: &Path) -> Result<()> {
    let source = File::open(backup).map_err(|source| Error::file(FileAct::Read, backup, source))?;
    files.copy_whole(source, backup, &dir.join(layout::INDEX))
}

/// Scans with a note that the index does not know, as files to be taken in from the vault. What it knows to be undone stays so,
/// and what was made here of others is no file that came in.
fn orphans(store: &Store) -> Result<Vec<Listed>> {
    let known = store.read(document::digests)?;
    let mut found = Vec::new();
    for note in notes::all(&store.dir)? {
        let source = store.vault.path(note.digest);
        if !note.is_made() && !known.contains(&note.digest) && source.is_file() {
            let path = if note.folder.is_empty() { note.name } else { format!("{}/{}", note.folder, note.name) };
            found.push((note.received_at, Listed { source, path, bytes: note.bytes }));
        }
    }
    found.sort_by(|(a, first), (b, second)| (a, &first.path).cmp(&(b, &second.path)));
    Ok(found.into_iter().map(|(_, listed)| listed).collect())
}

/// What was issued, as it stands in notes/.
pub(super) type Issued = (Assessment, Catalogue, Units);
