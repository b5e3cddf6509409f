//! backups: copies of the index, each checked before it gets its name.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::{Error, Result};

use super::{FileAct, Files, index};

/// Copies that are kept; the oldest go.
const KEPT: usize = 10;

/// Copies the index as it stands, checks the copy, and names it by its moment.
pub fn make(dir: &Path, files: &Files, index: &Connection) -> Result<PathBuf> {
    let folder = dir.join("backups");
    let moment = moment();
    let part = folder.join(format!("{moment}.part"));
    let path = folder.join(format!("index-{moment}.sqlite"));
    let copied = copy(dir, files, index, &part);
    if let Err(error) = copied {
        // The failed copy is swept when the project is opened next, if it can't be removed now.
        let _ = files.remove(&part);
        return Err(error);
    }
    files.rename(&part, &path)?;
    for old in kept(&folder)?.iter().rev().skip(KEPT) {
        files.remove(old)?;
    }
    Ok(path)
}

/// Now, as it stands in file names; it sorts.
pub fn moment() -> String {
    jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%.6f").to_string()
}

fn copy(dir: &Path, files: &Files, index: &Connection, part: &Path) -> Result<()> {
    // The empty file comes from our own layer, so that tests can make it fail.
    files.create(part)?.finish()?.keep()?;
    let mut copy = Connection::open(part)?;
    Backup::new(index, &mut copy)?.run_to_completion(4096, Duration::ZERO, None)?;
    // A copy stands alone: no write-ahead log beside it.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    index::examine(dir, &copy)?;
    copy.close().map_err(|(_, error)| error)?;
    files.sync(part)
}

/// Backups by age, the oldest first.
pub fn kept(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::file(FileAct::Read, folder, source);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "sqlite") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
