//! reserve: ballast that is freed when the disk is full, so that a commit and a message still work.

use std::path::Path;

use crate::error::Result;

use super::{Files, layout};

/// Bytes of the ballast. A commit needs a few hundred KiB; the rest is room for the clerk to end an act in order.
pub const RESERVE: u64 = 64 << 20;

/// Puts the ballast in place where it is missing. Too little space for it is no error: then there is none.
pub fn fill(dir: &Path, files: &Files) -> Result<()> {
    let path = dir.join(layout::RESERVE);
    if std::fs::metadata(&path).is_ok_and(|found| found.len() == RESERVE) {
        return Ok(());
    }
    files.remove(&path)?;
    if super::files::free_space(dir).is_some_and(|free| free < 4 * RESERVE) {
        return Ok(());
    }
    match write(&path, files) {
        Err(error) if error.is_disk_full() => files.remove(&path),
        done => done,
    }
}

/// Gives the ballast back to the disk; `false` when there was none.
pub fn free(dir: &Path) -> bool {
    std::fs::remove_file(dir.join(layout::RESERVE)).is_ok()
}

#[cfg(target_os = "linux")]
fn write(path: &Path, files: &Files) -> Result<()> {
    let draft = files.create(path)?;
    // Blocks are set aside without writing them; a file system that can't do so gets no ballast.
    let set_aside = draft.set_aside(RESERVE);
    let finished = draft.finish()?;
    if set_aside { finished.keep() } else { Ok(()) }
}

#[cfg(not(target_os = "linux"))]
fn write(path: &Path, files: &Files) -> Result<()> {
    let mut draft = files.create(path)?;
    for _ in 0..RESERVE >> 20 {
        draft.write(&[0; 1 << 20])?;
    }
    draft.finish()?.keep()
}
