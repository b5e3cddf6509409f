//! A copy of the whole project elsewhere: what is missing there is copied, and nothing there is written over. The copy is a
//! project of its own, and can be opened.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rusqlite::Connection;
use scans::{Digest, Watch};
use serde::Serialize;

use crate::domain::name;
use crate::error::{Error, Result};

use super::column::moment;
use super::{Deed, FileAct, Files, Recorded, Store, backup, document, files, index, journal, layout, lock, notes, recovery};

const CHUNK: usize = 1 << 20;
/// Bytes that are left free on a stick beside what is copied.
const LEFT_FREE: u64 = 16 << 20;

/// The result of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    pub dir: PathBuf,
    /// Scans that were copied, with their bytes, and those that lay there already.
    pub copied: u32,
    pub bytes: u64,
    pub present: u32,
    /// Scans that are damaged or gone here, by the names of their pieces.
    pub damaged: Vec<String>,
    /// Folders that were passed by: copies of this project in which something was done that is not known here, or that can't be read.
    pub unmerged: Vec<String>,
}

/// Whose act is the last one in a copy of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    /// Here, or nothing at all: the copy holds nothing that ours does not.
    Ours,
    /// There, and it was merged in.
    Merged,
    /// There, or it can't be read.
    Other,
}

/// Where a backup goes.
struct Home {
    dir: PathBuf,
    kin: Kin,
    passed: Vec<String>,
}

impl Store {
    /// Copies the project into a folder of its own within `place`, or brings the one that is there up to date. A copy on which a
    /// colleague has worked stays as it is until it was merged in: the backup then goes into the next folder. A new folder is called
    /// `name`; `begins` is what the name of any backup begins with.
    ///
    /// # Errors
    /// [`Error::WithinItself`] for a place in the project; [`Error::CopyInUse`]; [`Error::Outside`]: what was copied stays, and the
    /// next backup goes on from there.
    pub fn copy_to(&self, place: &Path, begins: &str, name: &str, watch: &Watch) -> Result<Copied> {
        if is_within(place, &self.dir) {
            return Err(Error::WithinItself { place: place.to_owned() });
        }
        // The copy of the index comes first: whatever it names lies in the vault by now.
        let index = self.back_up()?;
        let (documents, undone) = self.read(|index| Ok((document::all(index)?, document::undone(index)?)))?;
        let mut wanted: BTreeMap<Digest, (u64, &str)> = BTreeMap::new();
        for document in &documents {
            wanted.insert(document.scan, (document.bytes, &document.original_name));
            wanted.extend(document.rendition.map(|made| (made.digest, (made.bytes, document.original_name.as_str()))));
        }
        for (name, scans) in &undone {
            wanted.extend(scans.iter().map(|(digest, bytes)| (*digest, (*bytes, name.as_str()))));
        }
        let copied = self.home(place, begins, name, watch).and_then(|home| self.copy_all(home, &index, &wanted, watch));
        copied.map_err(|error| error.outside(place))
    }

    fn copy_all(&self, home: Home, index: &Path, wanted: &BTreeMap<Digest, (u64, &str)>, watch: &Watch) -> Result<Copied> {
        let Home { dir, kin, passed } = home;
        lock::ask(&dir)?;
        for folder in std::iter::once(dir.clone()).chain([layout::VAULT, layout::NOTES, layout::BACKUPS].map(|folder| dir.join(folder))) {
            self.files.make_folder(&folder)?;
        }
        sweep(&dir, &self.files)?;
        let there = |digest: Digest| shelf(&dir, digest);
        let missing = |digest: &Digest, bytes: u64| std::fs::metadata(there(*digest)).map_or(true, |found| found.len() != bytes);
        let needed: u64 = wanted.iter().filter(|(digest, (bytes, _))| missing(digest, *bytes)).map(|(_, (bytes, _))| bytes).sum();
        let index_bytes = std::fs::metadata(index).map_or(0, |found| found.len());
        let needed = needed.saturating_add(2 * index_bytes + LEFT_FREE);
        if let Some(free) = files::free_space(&dir).filter(|free| *free < needed) {
            return Err(Error::DiskFull { path: dir, needed: Some(needed - free) });
        }
        let mut copied = Copied { dir: dir.clone(), copied: 0, bytes: 0, present: 0, damaged: Vec::new(), unmerged: passed };
        for ((digest, (bytes, name)), done) in wanted.iter().zip(0..) {
            watch.go_on()?;
            watch.step(done, wanted.len() as u64, *name);
            let note = notes::path(&self.dir, *digest);
            put_missing(&self.files, &note, &notes::path(&dir, *digest))?;
            if !missing(digest, *bytes) {
                copied.present += 1;
            } else if self.copy_scan(*digest, &there(*digest), watch)? {
                copied.copied += 1;
                copied.bytes += bytes;
            } else {
                copied.damaged.push((*name).to_owned());
            }
        }
        let (assessment, catalogue, units) = self.issued()?;
        notes::write_issued(&dir, &self.files, (&assessment, &catalogue, &units))?;
        let put = |path: &Path| {
            let source = File::open(index).map_err(|source| Error::file(FileAct::Read, index, source))?;
            self.files.copy_whole(source, index, path)
        };
        put(&dir.join(layout::BACKUPS).join(index.file_name().unwrap_or_default()))?;
        // A log beside it would be read into the new one, and what was done there may lie in no copy.
        let is_beside = |ending: &str| dir.join(format!("{}{ending}", layout::INDEX)).exists();
        if kin == Kin::Merged || is_beside("-wal") || is_beside("-shm") {
            recovery::set_aside(&dir, &self.files, "replaced")?;
        }
        // Otherwise the one that stood here lies in backups/ too, so nothing good is lost.
        put(&dir.join(layout::INDEX))?;
        backup::thin_out(&dir.join(layout::BACKUPS), &self.files, &TimeZone::system())?;
        watch.step(wanted.len() as u64, wanted.len() as u64, "");
        Ok(copied)
    }

    /// The folder of our backup within `place`: one of this project, also under a name that it had before, never that of another
    /// project, nor one with acts that are not known here. Where there is none, a new one.
    fn home(&self, place: &Path, begins: &str, name: &str, watch: &Watch) -> Result<Home> {
        let ours = self.issued()?.0;
        let is_ours = |dir: &Path| notes::issued(dir).is_some_and(|(there, ..)| there.is_of_one_project(&ours));
        let mut passed = Vec::new();
        for folder in folders(place, begins, name) {
            let dir = place.join(&folder);
            // A backup may have been opened, and be the project itself.
            if is_within(&dir, &self.dir) || !is_ours(&dir) {
                continue;
            }
            match self.kin(&dir, watch)? {
                Kin::Other => passed.push(folder),
                kin => return Ok(Home { dir, kin, passed }),
            }
        }
        // Begun and broken off before anything was in it, it is as good as new.
        let is_empty =
            |dir: &Path| !notes::issued_path(dir).exists() && !dir.join(layout::INDEX).exists() && dir.is_dir() && only_ours(dir);
        let free = name::numbered(name).find(|name| {
            let dir = place.join(name);
            dir.symlink_metadata().is_err() || is_empty(&dir)
        });
        Ok(Home { dir: place.join(free.expect("there are more numbers than folders")), kin: Kin::Ours, passed })
    }

    fn kin(&self, dir: &Path, watch: &Watch) -> Result<Kin> {
        let there = dir.join(layout::INDEX);
        if !there.exists() {
            return Ok(Kin::Ours);
        }
        match index::look_into(&self.dir, &self.files, &there, watch, journal::last) {
            Ok(None) => Ok(Kin::Ours),
            Ok(Some(last)) => self.read(|index| kin_of(index, &last)),
            Err(
                Error::NotAProject { .. } | Error::NewerProject { .. } | Error::Damaged { .. } | Error::LargeIndex { .. } | Error::Index(_),
            ) => Ok(Kin::Other),
            Err(error) => Err(error),
        }
    }

    /// `false` where our own bytes are damaged or gone: then nothing is put there.
    fn copy_scan(&self, digest: Digest, to: &Path, watch: &Watch) -> Result<bool> {
        let Ok(mut source) = self.vault.open(digest) else { return Ok(false) };
        self.files.make_folder(to.parent().expect("a scan lies in a folder"))?;
        let part = to.with_extension("part");
        self.files.remove(&part)?;
        let mut draft = self.files.create(&part)?;
        let mut hasher = scans::digest::Hasher::default();
        let mut chunk = vec![0; CHUNK];
        loop {
            watch.go_on()?;
            let read = match source.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Ok(false),
            };
            hasher.update(&chunk[..read]);
            draft.write(&chunk[..read])?;
        }
        if hasher.finish() != digest {
            return Ok(false);
        }
        let finished = draft.finish()?;
        if read_back(finished.path()).map_err(|source| Error::file(FileAct::Read, to, source))? != digest {
            return Err(Error::file(FileAct::Read, to, io::Error::other("the copy is not what was written")));
        }
        // A copy of another length that stood there was cut short.
        self.files.remove(to)?;
        finished.rename_to(to)?;
        Ok(true)
    }
}

fn read_back(path: &Path) -> io::Result<Digest> {
    let mut file = File::open(path)?;
    let mut hasher = scans::digest::Hasher::default();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(read) => hasher.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Where the bytes of a digest lie in the vault of a project.
pub fn shelf(dir: &Path, digest: Digest) -> PathBuf {
    let name = digest.to_string();
    dir.join(layout::VAULT).join(&name[..2]).join(name)
}

/// Whether the last act of a copy is known here: it was done here, or merged in.
pub fn is_known(ours: &Connection, last: &Recorded) -> Result<bool> {
    Ok(kin_of(ours, last)? != Kin::Other)
}

/// Compares the last act of a copy with our journal.
fn kin_of(ours: &Connection, last: &Recorded) -> Result<Kin> {
    const KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM act WHERE id = ?1 AND at = ?2 AND who = ?3)";
    if ours.query_row(KNOWN, (last.id.0, moment(last.at), &last.who), |row| row.get(0))? {
        return Ok(Kin::Ours);
    }
    let is_merge = |deed: &Deed| matches!(deed, Deed::Merge { upto, at, .. } if (*upto, *at) == (last.id, last.at));
    let merged = journal::history(ours, usize::MAX)?.iter().any(|act| !act.undone && is_merge(&act.deed));
    Ok(if merged { Kin::Merged } else { Kin::Other })
}

/// Folders that are backups by their names, those called as the project is now first, then by name.
fn folders(place: &Path, begins: &str, name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<String> = names.filter(|folder| folder.starts_with(begins)).collect();
    found.sort_by_cached_key(|folder| (!folder.starts_with(name), folder.chars().count(), folder.clone()));
    found
}

fn only_ours(dir: &Path) -> bool {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.into_iter().all(|name| [layout::VAULT, layout::NOTES, layout::BACKUPS].iter().any(|ours| name == *ours))
}

/// Small files, whole.
fn put_missing(files: &Files, from: &Path, to: &Path) -> Result<()> {
    if to.exists() || !from.exists() {
        return Ok(());
    }
    files.make_folder(to.parent().expect("a note lies in a folder"))?;
    let bytes = std::fs::read(from).map_err(|source| Error::file(FileAct::Read, from, source))?;
    files.write_whole(to, &bytes)
}

/// Takes away what a stick that was pulled out has left half written.
fn sweep(dir: &Path, files: &Files) -> Result<()> {
    for entry in walkdir::WalkDir::new(dir).max_depth(3).follow_links(false).into_iter().flatten() {
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == "part") {
            files.remove(entry.path())?;
        }
    }
    Ok(())
}

/// A place that is not there lies nowhere.
fn is_within(place: &Path, dir: &Path) -> bool {
    let whole = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    place.canonicalize().is_ok_and(|place| place.starts_with(whole))
}
