//! The file that is being written: in order, with the position known, and removed unless it is finished.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

/// Bytes gathered before they go to the disk.
const HELD: usize = 1 << 20;
/// From this length on a range is copied from file to file (inside the kernel, where the system can).
const WORTH_A_CALL: u64 = 64 << 10;
/// Bytes after which what was written is brought to the disk beside the writing. Left to the end, the disk would stand idle while
/// pages are put together, and then be waited for.
const AHEAD: u64 = 128 << 20;

pub struct Sink {
    file: File,
    path: PathBuf,
    held: Vec<u8>,
    written: u64,
    /// What brings the file to the disk beside the writing, and the bytes that had been written when it last began.
    ahead: Option<JoinHandle<io::Result<()>>>,
    begun: u64,
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
        Ok(Self::of(File::create(path)?, path, Vec::with_capacity(HELD + (HELD >> 2))))
    }

    fn of(file: File, path: &Path, held: Vec<u8>) -> Self {
        Self { file, path: path.to_owned(), held, written: 0, ahead: None, begun: 0, finished: false }
    }

    /// Where the next byte will stand.
    pub fn position(&self) -> u64 {
        self.written + self.held.len() as u64
    }

    pub fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() >= HELD {
            self.flush()?;
            self.file.write_all(bytes)?;
            return self.went_out(bytes.len() as u64);
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
            self.went_out(copied).map_err(CopyError::Output)?;
            copied
        };
        if copied == length { Ok(()) } else { Err(CopyError::Source(io::ErrorKind::UnexpectedEof.into())) }
    }

    /// Everything is on the disk when this returns. A failed sync is never tried again.
    pub fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        self.settle()?;
        self.file.sync_all()?;
        self.finished = true;
        Ok(self.written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.held)?;
        let held = self.held.len() as u64;
        self.held.clear();
        self.went_out(held)
    }

    /// Counts what was handed to the system, and now and then sends it on to the disk.
    fn went_out(&mut self, bytes: u64) -> io::Result<()> {
        self.written += bytes;
        let busy = self.ahead.as_ref().is_some_and(|ahead| !ahead.is_finished());
        if busy || self.written - self.begun < AHEAD {
            return Ok(());
        }
        self.settle()?;
        let file = self.file.try_clone()?;
        self.ahead = Some(std::thread::Builder::new().spawn(move || file.sync_data())?);
        self.begun = self.written;
        Ok(())
    }

    /// Waits for what is on its way. The system tells a failure once, to whoever asked first, so it is passed on from there.
    fn settle(&mut self) -> io::Result<()> {
        let Some(ahead) = self.ahead.take() else { return Ok(()) };
        ahead.join().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs has ended")))
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
            // On some systems a file that is still open elsewhere keeps its name.
            let _ = self.settle();
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
        let mut full = Sink::of(file, &folder.path().join("out"), Vec::new());
        let refused = full.copy(&File::open(&path).unwrap(), 10, 1 << 19);
        assert!(matches!(&refused, Err(CopyError::Output(error)) if error.kind() == io::ErrorKind::StorageFull), "{refused:?}");
    }

    #[test]
    fn what_the_disk_refuses_beside_the_writing_is_no_finished_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut sink = Sink::create(&path).unwrap();
        sink.put(&vec![7; HELD]).unwrap();
        sink.ahead = Some(std::thread::spawn(|| Err(io::ErrorKind::StorageFull.into())));
        assert_eq!(sink.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert!(!path.exists());
    }
}
