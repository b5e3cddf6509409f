//! Vault: the bytes as received, named by their digest, read-only, never written again.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use scans::{Digest, Watch};

use crate::error::{Error, Result};

use super::files::{Draft, FileAct, Files};
use super::layout;
use super::placing::Placing;

const CHUNK: usize = 1 << 18;

#[derive(Debug, Clone)]
pub struct Vault {
    dir: PathBuf,
    files: Files,
}

/// Bytes that were copied into incoming/ and wait to be kept, not synced yet; dropped, they are overwritten and taken away: what
/// was marked as classified, or was not looked into to the end, leaves nothing.
#[derive(Debug)]
pub struct Incoming {
    pub digest: Digest,
    pub bytes: u64,
    temp: Draft,
}

impl Incoming {
    /// Takes away bytes that lie here already, or of which every part was kept: they need not be overwritten.
    pub fn discard(self) {
        drop(self.temp.wiped(false));
    }

    /// Where the copy lies until it is kept.
    pub fn path(&self) -> &Path {
        self.temp.path()
    }

    /// The copy, to be looked into.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open(&self) -> Result<File> {
        File::open(self.path()).map_err(|source| Error::file(FileAct::Read, self.path(), source))
    }
}

/// Bytes on their way into incoming/; dropped, they are overwritten and taken away.
#[derive(Debug)]
pub struct Receiving {
    draft: Draft,
    hasher: scans::digest::Hasher,
    bytes: u64,
}

impl Receiving {
    pub fn write(&mut self, part: &[u8]) -> Result<()> {
        self.hasher.update(part);
        self.draft.write(part)?;
        self.bytes += part.len() as u64;
        Ok(())
    }

    /// The whole copy.
    pub fn finish(self) -> Incoming {
        Incoming { digest: self.hasher.finish(), bytes: self.bytes, temp: self.draft }
    }
}

/// Why bytes did not come in: the source's trouble is a verdict for that file, ours stops the act.
#[derive(Debug)]
pub enum NotReceived {
    Source(io::Error),
    Ours(Error),
}

impl From<Error> for NotReceived {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl Vault {
    pub(super) fn new(dir: &Path, files: Files) -> Self {
        Self { dir: dir.to_owned(), files }
    }

    /// Copies a source into incoming/ while hashing it. The copy is synced when it is kept.
    ///
    /// # Errors
    /// Told apart: the source can't be read, or our disk can't be written (or the clerk stopped).
    pub fn receive(&self, mut source: impl Read, watch: &Watch) -> Result<Incoming, NotReceived> {
        let mut receiving = self.begin()?;
        let mut chunk = vec![0; CHUNK];
        loop {
            watch.go_on().map_err(Error::from)?;
            let read = match source.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(NotReceived::Source(error)),
            };
            receiving.write(&chunk[..read])?;
        }
        Ok(receiving.finish())
    }

    /// Begins a copy in incoming/ of bytes that are handed over part by part.
    pub fn begin(&self) -> Result<Receiving> {
        Ok(Receiving { draft: self.draft()?.wiped(true), hasher: scans::digest::Hasher::default(), bytes: 0 })
    }

    /// An empty file in incoming/.
    pub(super) fn draft(&self) -> Result<Draft> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        self.files.create(&self.dir.join(layout::INCOMING).join(format!("{}-{number}.part", std::process::id())))
    }

    /// Adds received bytes to what gets its name next. Bytes that are kept already stay as they are.
    pub(super) fn keep(&self, incoming: Incoming, placing: &mut Placing) -> Result<()> {
        let path = self.path(incoming.digest);
        if placing.holds(&path) {
            incoming.discard();
            return Ok(());
        }
        if self.intact(incoming.digest) {
            // A crash between the file and its row: the file is there, and this time its row follows.
            placing.stands(&path);
            incoming.discard();
            return Ok(());
        }
        incoming.temp.protect()?;
        placing.add(incoming.temp, path);
        Ok(())
    }

    pub fn path(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        self.dir.join(layout::VAULT).join(&name[..2]).join(name)
    }

    /// # Errors
    /// When the scan is gone or can't be read.
    pub fn open(&self, digest: Digest) -> io::Result<File> {
        File::open(self.path(digest))
    }

    /// Whether the bytes are those that were received.
    pub fn intact(&self, digest: Digest) -> bool {
        is(&self.path(digest), digest, &Watch::silent()).unwrap_or_default()
    }
}

/// Whether a file has the bytes that a digest tells; one that can't be read has not.
///
/// # Errors
/// The clerk stopped.
pub fn is(path: &Path, digest: Digest, watch: &Watch) -> Result<bool, scans::Cancelled> {
    let Ok(mut file) = File::open(path) else { return Ok(false) };
    let mut hasher = scans::digest::Hasher::default();
    let mut chunk = vec![0; CHUNK];
    loop {
        watch.go_on()?;
        match file.read(&mut chunk) {
            Ok(0) => return Ok(hasher.finish() == digest),
            Ok(read) => hasher.update(&chunk[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Ok(false),
        }
    }
}

impl paper::manuscript::Shelf for Vault {
    fn open(&self, digest: Digest) -> io::Result<File> {
        Self::open(self, digest)
    }
}
