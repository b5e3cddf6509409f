//! A copy of the whole project elsewhere: what is missing there is copied, and nothing there is written over. The copy is a
//! project of its own, and can be opened.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use scans::{Digest, Watch};
use serde::Serialize;

use crate::error::{Error, Result};

use super::{FileAct, Files, Store, backup, document, files, notes};

const CHUNK: usize = 1 << 20;
/// Bytes that are left free on a stick beside what is copied.
const LEFT_FREE: u64 = 16 << 20;

/// What a backup came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    pub dir: PathBuf,
    /// Scans that were copied, with their bytes, and those that lay there already.
    pub copied: u32,
    pub bytes: u64,
    pub present: u32,
    /// Scans that are damaged or gone here, by the names of their pieces.
    pub damaged: Vec<String>,
}

impl Store {
    /// Copies the project into a folder of its own within `place`, or brings the one that is there up to date.
    ///
    /// # Errors
    /// [`Error::WithinItself`] for a place in the project; [`Error::Outside`]: what was copied stays, and the next backup goes
    /// on from there.
    pub fn copy_to(&self, place: &Path, name: &str, watch: &Watch) -> Result<Copied> {
        if is_within(place, &self.dir) {
            return Err(Error::WithinItself { place: place.to_owned() });
        }
        // The copy of the index comes first: whatever it names lies in the vault by now.
        let index = self.back_up()?;
        let documents = self.read(document::all)?;
        let mut wanted: BTreeMap<Digest, (u64, &str)> = BTreeMap::new();
        for document in &documents {
            wanted.insert(document.scan, (document.bytes, &document.original_name));
            wanted.extend(document.rendition.map(|made| (made.digest, (made.bytes, document.original_name.as_str()))));
        }
        self.copy_all(place, name, &index, &wanted, watch).map_err(|error| error.outside(place))
    }

    fn copy_all(&self, place: &Path, name: &str, index: &Path, wanted: &BTreeMap<Digest, (u64, &str)>, watch: &Watch) -> Result<Copied> {
        let dir = home(place, name, &self.dir)?;
        for folder in std::iter::once(dir.clone()).chain(["vault", "notes", "backups"].map(|folder| dir.join(folder))) {
            self.files.make_folder(&folder)?;
        }
        sweep(&dir, &self.files)?;
        let there = |digest: Digest| shelf(&dir, digest);
        let missing = |digest: &Digest, bytes: u64| std::fs::metadata(there(*digest)).map_or(true, |found| found.len() != bytes);
        let needed: u64 = wanted.iter().filter(|(digest, (bytes, _))| missing(digest, *bytes)).map(|(_, (bytes, _))| bytes).sum();
        let index_bytes = std::fs::metadata(index).map_or(0, |found| found.len());
        if files::free_space(&dir).is_some_and(|free| free < needed + 2 * index_bytes + LEFT_FREE) {
            return Err(Error::DiskFull { path: dir, needed: None });
        }
        let mut copied = Copied { dir: dir.clone(), copied: 0, bytes: 0, present: 0, damaged: Vec::new() };
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
        put_missing(&self.files, &self.dir.join("notes/issued.json"), &dir.join("notes/issued.json"))?;
        let bytes = std::fs::read(index).map_err(|source| Error::file(FileAct::Read, index, source))?;
        let named = dir.join("backups").join(index.file_name().unwrap_or_default());
        self.files.write_whole(&named, &bytes)?;
        // The one that stood here lies in backups/ too, so nothing good is lost.
        self.files.write_whole(&dir.join("index.sqlite"), &bytes)?;
        backup::thin_out(&dir.join("backups"), &self.files)?;
        watch.step(wanted.len() as u64, wanted.len() as u64, "");
        Ok(copied)
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
pub(super) fn shelf(dir: &Path, digest: Digest) -> PathBuf {
    let name = digest.to_string();
    dir.join("vault").join(&name[..2]).join(name)
}

/// The folder of our backup within `place`: ours by what was issued, never that of another project.
fn home(place: &Path, name: &str, project: &Path) -> Result<PathBuf> {
    let issued = |dir: &Path| std::fs::read(dir.join("notes/issued.json")).ok();
    let ours = issued(project);
    let numbered = (2..).map(|number| format!("{name}({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered).map(|name| place.join(name));
    let is_ours = |dir: &Path| ours.is_some() && issued(dir) == ours;
    // Begun and broken off before anything was in it, it is as good as new.
    let is_empty =
        |dir: &Path| !dir.join("notes/issued.json").exists() && !dir.join("index.sqlite").exists() && dir.is_dir() && only_ours(dir);
    Ok(names.find(|dir| dir.symlink_metadata().is_err() || is_ours(dir) || is_empty(dir)).expect("there are more numbers than folders"))
}

fn only_ours(dir: &Path) -> bool {
    let names = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.into_iter().all(|name| ["vault", "notes", "backups"].iter().any(|ours| name == *ours))
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
