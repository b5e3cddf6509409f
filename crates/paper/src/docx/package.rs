//! The ZIP that a DOCX is: entries written one after another, nothing held in memory.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manuscript::WriteError;

/// Pictures are copied in pieces of this many bytes.
const PIECE: usize = 1 << 20;

/// A package that is being written. Dropped before [`Package::finish`], it takes the partial file with it.
pub struct Package {
    zip: Option<ZipWriter<BufWriter<File>>>,
    out: PathBuf,
    piece: Vec<u8>,
}

impl Package {
    pub fn create(out: &Path) -> Result<Self, WriteError> {
        let file = File::create(out).map_err(WriteError::Output)?;
        let zip = ZipWriter::new(BufWriter::with_capacity(PIECE, file));
        Ok(Self { zip: Some(zip), out: out.to_owned(), piece: vec![0; PIECE] })
    }

    /// A whole part at once.
    pub fn part(&mut self, name: &str, xml: &str) -> Result<(), WriteError> {
        self.open(name)?;
        self.write(xml)
    }

    /// Opens a compressed part, which [`Package::write`] then fills.
    pub fn open(&mut self, name: &str) -> Result<(), WriteError> {
        let options = options(CompressionMethod::Deflated).compression_level(Some(6));
        self.zip().start_file(name, options).map_err(refused)
    }

    pub fn write(&mut self, xml: &str) -> Result<(), WriteError> {
        self.zip().write_all(xml.as_bytes()).map_err(WriteError::Output)
    }

    /// A picture that lies on the disk, byte for byte; `Err` of the inner result is the source's fault.
    pub fn copy(&mut self, name: &str, source: &mut File) -> Result<std::io::Result<()>, WriteError> {
        self.zip().start_file(name, options(CompressionMethod::Stored)).map_err(refused)?;
        loop {
            let read = match source.read(&mut self.piece) {
                Ok(0) => return Ok(Ok(())),
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Ok(Err(error)),
            };
            let zip = self.zip.as_mut().expect("only finish takes the writer");
            zip.write_all(&self.piece[..read]).map_err(WriteError::Output)?;
        }
    }

    /// A picture that was drawn.
    pub fn picture(&mut self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.zip().start_file(name, options(CompressionMethod::Stored)).map_err(refused)?;
        self.zip().write_all(bytes).map_err(WriteError::Output)
    }

    /// Writes the directory and brings everything to the disk; gives the size in bytes.
    pub fn finish(mut self) -> Result<u64, WriteError> {
        let written = self.close();
        if written.is_err() {
            remove(&self.out);
        }
        written
    }

    fn close(&mut self) -> Result<u64, WriteError> {
        let zip = self.zip.take().expect("only finish takes the writer");
        let buffered = zip.finish().map_err(refused)?;
        let file = buffered.into_inner().map_err(|error| WriteError::Output(error.into_error()))?;
        file.sync_all().map_err(WriteError::Output)?;
        Ok(file.metadata().map_err(WriteError::Output)?.len())
    }

    fn zip(&mut self) -> &mut ZipWriter<BufWriter<File>> {
        self.zip.as_mut().expect("only finish takes the writer")
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        if let Some(zip) = self.zip.take() {
            drop(zip);
            remove(&self.out);
        }
    }
}

/// A fixed time, so that the same manuscript gives the same bytes.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default()).unix_permissions(0o644)
}

fn refused(error: zip::result::ZipError) -> WriteError {
    match error {
        zip::result::ZipError::Io(error) => WriteError::Output(error),
        other => WriteError::Internal(format!("package: {other}")),
    }
}

/// The act has failed already; a partial file that can't be removed either lies under a temporary name.
fn remove(out: &Path) {
    let _ = std::fs::remove_file(out);
}
