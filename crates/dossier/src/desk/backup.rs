//! 备份 and 恢复: the whole project elsewhere, and what an earlier index would change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{PoisonError, TryLockError};

use jiff::{SignedDuration, Timestamp};
use scans::{Digest, Watch};
use serde::Serialize;

use super::{Desk, Surroundings};
use crate::domain::{Document, IndicatorCode, name};
use crate::error::Result;
use crate::store::{Copied, Deed, Glimpse, Saved, recovery};
use crate::wording::backup as words;

/// After so long at most what was done is in a copy of the index, too.
const EVERY: SignedDuration = SignedDuration::from_mins(30);
/// Pieces of an act before which a copy is made.
const MANY: usize = 100;

/// What putting an earlier index in place would change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Files that it does not know: they wait to be taken in again, their scans stay.
    pub unknown: Vec<String>,
    /// Pieces that were joined here since: they go, and those that they were made of come back.
    pub made: Vec<String>,
    /// Pieces that it knows and the present index does not.
    pub back: Vec<String>,
    /// Filings that go, and filings that come back.
    pub unfiled: Vec<Differs>,
    pub filed: Vec<Differs>,
    /// Pieces that are described or turned otherwise, or lie in 回收站 in one of them.
    pub described: Vec<Differs>,
}

/// A piece by its title now, and what differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differs {
    pub title: String,
    pub what: String,
}

impl Difference {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Desk {
    /// 立即备份: the whole project into a folder of its own within `place`; what is there already is not copied again.
    ///
    /// # Errors
    /// [`Error::WithinItself`](crate::Error::WithinItself), [`Error::CopyInUse`](crate::Error::CopyInUse),
    /// [`Error::Outside`](crate::Error::Outside); the project is as it was.
    pub fn back_up_to(&self, place: &Path, watch: &Watch) -> Result<Copied> {
        let copied = self.store.copy_to(place, words::FOLDER, &name::legal(&words::folder(&self.assessment().name)), watch)?;
        self.store.note(&Deed::BackUp { scans: copied.copied + copied.present, place: place.display().to_string() })?;
        Ok(copied)
    }

    /// Lays a copy of the index into backups/ once something was done half an hour ago that no copy knows; whether it did. For a thread
    /// beside the clerk, who does not wait for it.
    ///
    /// # Errors
    /// What the disk says; the project is as it was.
    pub fn back_up_if_due(&self, now: Timestamp) -> Result<bool> {
        let _alone = match self.copying.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(held)) => held.into_inner(),
            Err(TryLockError::WouldBlock) => return Ok(false),
        };
        if self.store.unsaved_since(now)?.is_none_or(|since| now.duration_since(since) < EVERY) {
            return Ok(false);
        }
        self.store.back_up()?;
        Ok(true)
    }

    /// Lays a copy of the index into backups/ before an act on so many pieces, where none knows what was done last. One that can't be
    /// made keeps nobody from the act, which can be undone.
    pub(super) fn back_up_before(&self, pieces: usize) {
        if pieces < MANY {
            return;
        }
        let _alone = self.copying.lock().unwrap_or_else(PoisonError::into_inner);
        if self.store.unsaved_since(Timestamp::now()).is_ok_and(|since| since.is_some()) {
            let _ = self.store.back_up();
        }
    }

    /// Copies of the index that can be put in place again, the newest first.
    pub fn saved(&self) -> Result<Vec<Saved>> {
        self.store.saved()
    }

    /// What [`Desk::restore_index`] would change with this copy; nothing is changed yet.
    ///
    /// # Errors
    /// [`Error::NotAProject`](crate::Error::NotAProject), [`Error::Damaged`](crate::Error::Damaged) of the copy.
    pub fn preview_restore(&self, copy: &Path) -> Result<Difference> {
        Ok(difference(&self.store.now()?, &self.store.glimpse(copy)?))
    }

    /// 恢复: opens a project with an earlier index; the present one is copied into backups/ first. The desk must be closed.
    ///
    /// # Errors
    /// As [`Desk::preview_restore`], and [`Error::InUse`](crate::Error::InUse); the project is as it was then.
    pub fn restore_index(dir: &Path, copy: &Path, around: Surroundings) -> Result<Self> {
        let store = recovery::restore(dir, &around.files, &around.who, copy)?;
        Self::at(store, around)
    }
}

/// A piece in two indexes: its scan, and its first page within it (a file may have been split into several).
type Key = (Digest, u32);

fn key(document: &Document) -> Key {
    (document.scan, document.first_in_scan())
}

fn difference(now: &Glimpse, then: &Glimpse) -> Difference {
    let by_key = |glimpse: &Glimpse| glimpse.documents.iter().map(|document| (key(document), document.clone())).collect::<BTreeMap<_, _>>();
    let (present, earlier) = (by_key(now), by_key(then));
    let title = |document: &Document| {
        let said = &document.description.title;
        if said.is_empty() { document.original_name.clone() } else { said.clone() }
    };
    let mut out = Difference::default();
    for (key, document) in present.iter().filter(|(key, _)| !earlier.contains_key(key)) {
        match earlier.keys().any(|(scan, _)| *scan == key.0) {
            true => out.described.push(Differs { title: title(document), what: words::JOINED.to_owned() }),
            // Of a file that was split since, it is the file that waits.
            false if document.part_of.is_some() => {}
            false if now.made.contains(&document.id) => out.made.push(title(document)),
            false => out.unknown.push(title(document)),
        }
    }
    for (key, document) in earlier.iter().filter(|(key, _)| !present.contains_key(key)) {
        match present.keys().any(|(scan, _)| *scan == key.0) {
            true => out.described.push(Differs { title: title(document), what: words::SPLIT.to_owned() }),
            false => out.back.push(title(document)),
        }
    }
    let shown = |key: &Key| present.get(key).or(earlier.get(key)).map(title).unwrap_or_default();
    let (filed_now, filed_then) = (filings(now), filings(then));
    let differs = |(key, code): &(Key, IndicatorCode)| Differs { title: shown(key), what: code.0.clone() };
    out.unfiled = filed_now.difference(&filed_then).filter(|(key, _)| earlier.contains_key(key)).map(differs).collect();
    out.filed = filed_then.difference(&filed_now).filter(|(key, _)| present.contains_key(key)).map(differs).collect();
    for (key, after) in &earlier {
        let Some(before) = present.get(key) else { continue };
        let what = words::differs(before, after);
        if !what.is_empty() {
            out.described.push(Differs { title: title(before), what });
        }
    }
    out
}

fn filings(glimpse: &Glimpse) -> BTreeSet<(Key, IndicatorCode)> {
    let keys: BTreeMap<_, _> = glimpse.documents.iter().map(|document| (document.id, key(document))).collect();
    glimpse.evidence.iter().filter_map(|(document, code)| Some((*keys.get(document)?, code.clone()))).collect()
}
