//! LOCK: held by the operating system while a project is open, so that a crash leaves no stale one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

use super::{FileAct, layout};

/// How long somebody who holds it is waited for. A program that was killed while it started a worker still has its files
/// for an instant: the worker lets go of them once it runs.
const PATIENCE: Duration = Duration::from_millis(800);
const LOOKS: Duration = Duration::from_millis(20);

/// Who has a project open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    pub pid: u32,
    pub host: String,
    pub since: String,
}

/// Let go when dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// # Errors
    /// [`Error::InUse`] when somebody holds it.
    pub fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(layout::LOCK);
        let failed = |source| Error::file(FileAct::Create, &path, source);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        let since = Instant::now();
        while let Err(refused) = file.try_lock() {
            match refused {
                TryLockError::Error(source) => return Err(failed(source)),
                TryLockError::WouldBlock if since.elapsed() < PATIENCE => std::thread::sleep(LOOKS),
                TryLockError::WouldBlock => return Err(Error::InUse { dir: dir.to_owned(), holder: read(&mut file) }),
            }
        }
        let text = format!("{}\n{}\n{}\n", std::process::id(), host(), jiff::Timestamp::now());
        file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).map_err(failed)?;
        Ok(Self { file })
    }
}

/// Looks whether a copy of the project elsewhere is free to be written over. It is not written down that we do, and a disk that knows
/// no locks is believed.
///
/// # Errors
/// [`Error::CopyInUse`] when somebody has it open.
pub fn ask(dir: &Path) -> Result<()> {
    let Ok(mut file) = File::open(dir.join(layout::LOCK)) else { return Ok(()) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::CopyInUse { dir: dir.to_owned(), holder: read(&mut file) }),
        Err(TryLockError::Error(_)) => Ok(()),
        Ok(()) => {
            // As in [`Lock::drop`].
            let _ = file.unlock();
            Ok(())
        }
    }
}

/// Who has a project open; `None` where nobody has. It is not written down that we ask, and nobody is kept out by it for longer than
/// an instant.
pub fn holder(dir: &Path) -> Option<Option<Holder>> {
    let mut file = File::open(dir.join(layout::LOCK)).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Some(read(&mut file)),
        Err(TryLockError::Error(_)) => None,
        Ok(()) => {
            // As in [`Lock::drop`].
            let _ = file.unlock();
            None
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would not do: a worker that is being started at this moment has all our files for an instant.
        let _ = self.file.unlock();
    }
}

fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(4096).read_to_string(&mut text).ok()?;
    let mut lines = text.lines();
    Some(Holder { pid: lines.next()?.parse().ok()?, host: lines.next()?.to_owned(), since: lines.next()?.to_owned() })
}

fn host() -> String {
    std::env::var("COMPUTERNAME")
        .or_else(|_| std::fs::read_to_string("/proc/sys/kernel/hostname"))
        .or_else(|_| std::env::var("HOSTNAME"))
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}
