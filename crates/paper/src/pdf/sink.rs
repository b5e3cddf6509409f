//! The file that is being written: in order, with the position known, and removed unless it is finished.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes gathered before they go to the disk.
const HELD: usize = 1 << 20;
/// From this length on a range is copied from file to file (inside the kernel, where the system can).
const WORTH_A_CALL: u64 = 64 << 10;

pub struct Sink {
    file: File,
    path: PathBuf,
    held: Vec<u8>,
    written: u64,
    finished: bool,
}

/// Why a range was not copied.
#[derive(Debug)]
pub enum CopyError {
    /// The source is shorter than it was, or can't be read.
    Source(io::Error),
    Output(io::Error),
}

impl Sink {
    pub fn create(path: &Path) -> io::Result<Self> {
        let file = File::create(path)?;
        Ok(Self { file, path: path.to_owned(), held: Vec::with_capacity(HELD + (HELD >> 2)), written: 0, finished: false })
    }

    /// Where the next byte will stand.
    pub fn position(&self) -> u64 {
        self.written + self.held.len() as u64
    }

    pub fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() >= HELD {
            self.flush()?;
            self.file.write_all(bytes)?;
            self.written += bytes.len() as u64;
            return Ok(());
        }
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD { self.flush() } else { Ok(()) }
    }

    /// Copies `length` bytes from `from`, beginning at `offset`, without holding them.
    pub fn copy(&mut self, mut from: &File, offset: u64, length: u64) -> Result<(), CopyError> {
        from.seek(SeekFrom::Start(offset)).map_err(CopyError::Source)?;
        let mut range = from.take(length);
        let copied = if length < WORTH_A_CALL {
            let before = self.held.len();
            range.read_to_end(&mut self.held).map_err(CopyError::Source)?;
            (self.held.len() - before) as u64
        } else {
            self.flush().map_err(CopyError::Output)?;
            let copied = io::copy(&mut range, &mut &self.file).map_err(|error| blame(error, from, offset, length))?;
            self.written += copied;
            copied
        };
        if copied == length { Ok(()) } else { Err(CopyError::Source(io::ErrorKind::UnexpectedEof.into())) }
    }

    /// Everything is on the disk when this returns. A failed sync is never tried again.
    pub fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        self.file.sync_all()?;
        self.finished = true;
        Ok(self.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.held)?;
        self.written += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }
}

/// The system copies without saying which side failed: a source that can be read is not to blame.
fn blame(error: io::Error, mut from: &File, offset: u64, length: u64) -> CopyError {
    let read = from.seek(SeekFrom::Start(offset)).and_then(|_| io::copy(&mut from.take(length), &mut io::sink()));
    read.map_or_else(CopyError::Source, |_| CopyError::Output(error))
}

impl Drop for Sink {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing can be done about a file that will not go; the caller has the first error already.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_no_fault_of_the_source() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("source");
        std::fs::write(&path, vec![7; 1 << 20]).unwrap();
        let file = File::options().write(true).open("/dev/full").unwrap();
        let mut full = Sink { file, path: folder.path().join("out"), held: Vec::new(), written: 0, finished: false };
        let refused = full.copy(&File::open(&path).unwrap(), 10, 1 << 19);
        assert!(matches!(&refused, Err(CopyError::Output(error)) if error.kind() == io::ErrorKind::StorageFull), "{refused:?}");
    }
}
