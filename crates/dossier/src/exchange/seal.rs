//! 加密打包: a ZIP that only its password opens (AES-256, WinZip AE-2), streamed, read back and compared before it has its name.
//!
//! What lies in it is stored as it is: papers are packed already. Names are not encrypted; the format has no way to.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use scans::{Digest, Watch, digest::Hasher};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{AesMode, CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::error::{Error, Made, Result};
use crate::store::files::{Draft, Finished};
use crate::store::{FileAct, Files, part_of};

const CHUNK: usize = 1 << 20;
/// Characters that a password has at least.
const LEAST: usize = 8;
/// From here on sizes are written in the way of ZIP64, in bytes; what encryption adds is far less than what is left to 4 GiB.
const LARGE: u64 = 0xff00_0000;

/// What lies in the ZIP, by its path with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Folder(String),
    File {
        name: String,
        from: PathBuf,
        bytes: u64,
        /// What it has to be, where that is known.
        digest: Option<Digest>,
    },
}

/// Whether every program that opens such files reads a password in the same way: of 8 characters or more, none beyond ASCII.
pub fn is_password(password: &str) -> bool {
    password.len() >= LEAST && password.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Writes the ZIP and reads it again; it waits for its name. `watch` counts in MB, each byte twice.
///
/// # Errors
/// [`Error::Outside`] of a source, what the disk says, [`Error::NotMade`] where it reads back otherwise, [`Error::Cancelled`].
/// Nothing is left then.
pub fn write(files: &Files, items: &[Item], to: &Path, password: &str, watch: &Watch) -> Result<Finished> {
    let bytes: u64 = items.iter().map(Item::bytes).sum();
    let mut told = Told { watch, done: 0, all: bytes * 2 };
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(CHUNK, Out(files.create(&part_of(to))?)));
    let written = items.iter().map(|item| add(&mut zip, item, password, &mut told)).collect::<Result<Vec<_>>>();
    // Dropped unfinished it would write its end into what is taken away.
    let ended = zip.finish().map_err(failed).map(StreamWriter::into_inner);
    let digests = written?;
    let Out(draft) = ended?.into_inner().map_err(|error| failed(error.into_error().into()))?;
    let part = draft.finish()?;
    files.written(part.path())?;
    read_back(part.path(), items, &digests, password, &mut told)?;
    Ok(part)
}

impl Item {
    fn bytes(&self) -> u64 {
        match self {
            Self::Folder(_) => 0,
            Self::File { bytes, .. } => *bytes,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Folder(name) | Self::File { name, .. } => name,
        }
    }
}

struct Told<'a> {
    watch: &'a Watch,
    done: u64,
    all: u64,
}

impl Told<'_> {
    fn on(&mut self, read: usize, name: &str) -> Result<()> {
        self.watch.go_on()?;
        self.done += read as u64;
        self.watch.step(self.done >> 20, self.all >> 20, name);
        Ok(())
    }
}

/// A file of ours as a writer wants it.
struct Out(Draft);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Zip = ZipWriter<StreamWriter<BufWriter<Out>>>;

/// The digest of what was packed; of a folder, of nothing.
fn add(zip: &mut Zip, item: &Item, password: &str, told: &mut Told<'_>) -> Result<Digest> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(DateTime::default());
    let Item::File { name, from, bytes, digest } = item else {
        zip.add_directory(item.name(), options).map_err(failed)?;
        return Ok(Hasher::default().finish());
    };
    let outside = |source| Error::Outside { path: from.clone(), source };
    let mut source = File::open(from).map_err(outside)?;
    let options = options.large_file(*bytes >= LARGE).with_aes_encryption(AesMode::Aes256, password);
    zip.start_file(name.as_str(), options).map_err(failed)?;
    let mut hasher = Hasher::default();
    pour(&mut source, told, name, outside, |part| {
        hasher.update(part);
        zip.write_all(part).map_err(|error| failed(error.into()))
    })?;
    let packed = hasher.finish();
    match digest {
        Some(known) if *known != packed => Err(other(format!("{name} is not what was compiled"))),
        _ => Ok(packed),
    }
}

/// Opens what was written as anyone would who has the password.
fn read_back(path: &Path, items: &[Item], digests: &[Digest], password: &str, told: &mut Told<'_>) -> Result<()> {
    let unread = |source| Error::file(FileAct::Read, path, source);
    let file = File::open(path).map_err(unread)?;
    let mut zip = ZipArchive::new(BufReader::with_capacity(CHUNK, file)).map_err(|error| other(error.to_string()))?;
    if zip.len() != items.len() {
        return Err(other(format!("{} entries instead of {}", zip.len(), items.len())));
    }
    for (at, (item, digest)) in items.iter().zip(digests).enumerate() {
        let Item::File { name, bytes, .. } = item else { continue };
        let mut entry = zip.by_index_decrypt(at, password.as_bytes()).map_err(|error| other(error.to_string()))?;
        let (mut hasher, mut read) = (Hasher::default(), 0);
        let is_it = entry.name().is_ok_and(|read| read == name.as_str()) && entry.encrypted();
        pour(
            &mut entry,
            told,
            name,
            |error| other(error.to_string()),
            |part| {
                hasher.update(part);
                read += part.len() as u64;
                Ok(())
            },
        )?;
        if !is_it || hasher.finish() != *digest || read != *bytes {
            return Err(other(format!("{name} reads back otherwise")));
        }
    }
    Ok(())
}

fn pour(
    source: &mut impl Read,
    told: &mut Told<'_>,
    name: &str,
    unread: impl Fn(io::Error) -> Error,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        told.on(0, name)?;
        match source.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(read) => {
                take(&chunk[..read])?;
                told.on(read, name)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unread(error)),
        }
    }
}

fn other(detail: String) -> Error {
    Error::NotMade { made: Made::Sealed, source: paper::manuscript::WriteError::Internal(detail) }
}

/// What our own layer said, on its way through the writer of ZIP.
fn failed(error: ZipError) -> Error {
    let ZipError::Io(error) = error else { return other(error.to_string()) };
    error.downcast::<Error>().unwrap_or_else(|error| other(error.to_string()))
}
