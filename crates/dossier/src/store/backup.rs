//! backups: copies of the index, each checked before it gets its name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use serde::Serialize;

use crate::error::{Error, Result};

use super::{FileAct, Files, index, layout};

/// The newest copies, all of which are kept: what was done this morning.
const KEPT: usize = 10;
/// Days of which the last copy is kept beside them.
const DAYS: usize = 14;

/// Copies the index as it stands, checks the copy, and names it by its moment.
pub fn make(dir: &Path, files: &Files, index: &Connection) -> Result<PathBuf> {
    let folder = dir.join(layout::BACKUPS);
    // Clerks clear out what seems useless, and an older index is migrated before the folders are looked after.
    files.make_folder(&folder)?;
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
    thin_out(&folder, files, &TimeZone::system())?;
    Ok(path)
}

/// Removes old copies, but for the last of each day of the clerk.
pub fn thin_out(folder: &Path, files: &Files, zone: &TimeZone) -> Result<()> {
    let mut days = BTreeSet::new();
    for (age, copy) in kept(folder)?.into_iter().rev().enumerate() {
        let day = told(&copy).map(|at| at.to_zoned_datetime(zone.clone()).date());
        let is_last_of_day = day.is_some_and(|day| days.len() < DAYS && days.insert(day));
        if age >= KEPT && !is_last_of_day {
            files.remove(&copy)?;
        }
    }
    Ok(())
}

/// A copy of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    pub path: PathBuf,
    /// When it was made; `None` where its name does not say.
    pub at: Option<Timestamp>,
    pub bytes: u64,
}

/// Copies that lie in a folder, the newest first.
pub fn saved(folder: &Path) -> Result<Vec<Saved>> {
    let one = |path: PathBuf| {
        let bytes = std::fs::metadata(&path).map_or(0, |found| found.len());
        Saved { at: told(&path), bytes, path }
    };
    Ok(kept(folder)?.into_iter().rev().map(one).collect())
}

/// The moment that the name of a copy says.
fn told(path: &Path) -> Option<Timestamp> {
    let stem = path.file_stem()?.to_str()?;
    let moment = DateTime::strptime("%Y%m%dT%H%M%S%.f", stem.strip_prefix("index-")?).ok()?;
    moment.to_zoned_datetime(TimeZone::UTC).ok().map(|at| at.timestamp())
}

/// Now, as it stands in file names; it sorts.
pub fn moment() -> String {
    jiff::Timestamp::now().strftime("%Y%m%dT%H%M%S%.6f").to_string()
}

/// A checked copy that stands alone.
pub(super) fn copy(dir: &Path, files: &Files, index: &Connection, part: &Path) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz;

    use super::*;

    /// In China the day changes at four in the afternoon of UTC, and what is saved before eight in the morning is of the day before
    /// there.
    #[test]
    fn of_each_day_of_the_clerk_the_last_copy_is_kept() {
        for zone in [-8, 0, 8].map(|hours| TimeZone::fixed(tz::offset(hours))) {
            let folder = tempfile::tempdir().unwrap();
            let copy = |(day, hour): (i8, i8)| {
                let at = date(2023, 3, day).at(hour, 0, 0, 0).to_zoned_datetime(zone.clone()).unwrap().timestamp();
                folder.path().join(at.strftime("index-%Y%m%dT%H%M%S%.6f.sqlite").to_string())
            };
            (1..=20).flat_map(|day| [(day, 7), (day, 17)]).for_each(|at| std::fs::write(copy(at), "").unwrap());
            thin_out(folder.path(), &Files::real(), &zone).unwrap();
            // Both of the five newest days, and of nine days more the last.
            let left = (7..=15).map(|day| (day, 17)).chain((16..=20).flat_map(|day| [(day, 7), (day, 17)]));
            assert_eq!(kept(folder.path()).unwrap(), left.map(copy).collect::<Vec<_>>(), "{zone:?}");
        }
    }
}
