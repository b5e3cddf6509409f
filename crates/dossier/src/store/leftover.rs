//! What a merge leaves behind that nothing leads to: bytes of one that was stopped, and pieces of one that was undone and can't be done
//! again. The clerk does not see them, so no purge could name them: they are taken away unasked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use scans::Digest;

use crate::domain::{DocumentId, Rendition};
use crate::error::{Error, Result};

use super::column::{bytes_path, from_json};
use super::notes::Note;
use super::{CandidateId, Store, document, notes};

#[derive(Debug, Default)]
struct Leftover {
    documents: Vec<DocumentId>,
    scans: BTreeSet<Digest>,
    /// The first of the merges that brought the pieces.
    since: i64,
}

/// Names what a merge is about to copy, until it is merged.
fn list_path(dir: &Path) -> PathBuf {
    dir.join("incoming").join("fetched.json")
}

/// A list that can't be read names nothing: what it named lies in the vault without a row, as before there were lists.
fn listed(dir: &Path) -> BTreeSet<Digest> {
    std::fs::read(list_path(dir)).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

/// Pieces of merges that were undone and can't be done again, each with its merge. By the acts, which have an index: what else was
/// ever changed is not looked at.
const UNDONE: &str = "SELECT DISTINCT document.id, change.act FROM change
        JOIN document ON document.id = json_extract(change.after, '$.document')
    WHERE change.act IN (SELECT act.id FROM act JOIN standing ON standing.act = act.id
            WHERE standing.state = 'cut' AND json_extract(act.deed, '$.deed') = 'merge')
        AND change.tbl = 'description' AND change.before IS NULL
        AND NOT EXISTS (SELECT 1 FROM description WHERE description.document = document.id)";

/// Pieces of merges that were undone and can't be done again, each with its bytes; and of listed bytes those that are no piece's. What
/// waits to be taken in out of the vault, after 恢复, is left to the clerk.
fn leftover(index: &Connection, listed: BTreeSet<Digest>) -> Result<Leftover> {
    let mut select = index.prepare(UNDONE)?;
    let undone = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<BTreeMap<i64, i64>>>()?;
    let mut out = Leftover { documents: Vec::new(), scans: listed, since: 0 };
    if undone.is_empty() && out.scans.is_empty() {
        return Ok(out);
    }
    let mut kept = waiting(index)?;
    let mut gone = Vec::new();
    let mut select = index.prepare("SELECT id, digest, rendition FROM document")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        // A part has no bytes of its own.
        let mut scans: Vec<Digest> = row.get::<_, String>(1)?.parse().into_iter().collect();
        scans.extend(row.get::<_, Option<String>>(2)?.map(|text| from_json::<Rendition>(2, &text)).transpose()?.map(|made| made.digest));
        if undone.contains_key(&id) { gone.push((id, scans)) } else { kept.extend(scans) }
    }
    gone.retain(|(_, scans)| !scans.first().is_some_and(|scan| kept.contains(scan)));
    out.scans.extend(gone.iter().flat_map(|(_, scans)| scans));
    out.scans.retain(|scan| !kept.contains(scan));
    out.since = gone.iter().map(|(id, _)| undone[id]).min().unwrap_or_default();
    out.documents.extend(gone.into_iter().map(|(id, _)| DocumentId(id)));
    Ok(out)
}

/// Scans in the vault that wait to be taken in from there.
fn waiting(index: &Connection) -> Result<BTreeSet<Digest>> {
    let mut select =
        index.prepare("SELECT source FROM candidate WHERE verdict IS NULL OR json_extract(verdict, '$.verdict') = 'pending'")?;
    let sources = select.query_map([], |row| Ok(bytes_path(row.get(0)?)))?.collect::<rusqlite::Result<Vec<PathBuf>>>()?;
    Ok(sources.iter().filter_map(|source| source.file_name()?.to_str()?.parse().ok()).collect())
}

/// Whether two paths lead to one file: the project may be opened under another name of its folder.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Deletes the rows of the pieces, and from the journal the changes that would restore them: they hold their names.
fn forget(index: &Connection, left: &Leftover) -> Result<()> {
    let mut select = index.prepare("SELECT act FROM standing WHERE state = 'cut' AND act >= ?1")?;
    let acts = select.query_map([left.since], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    for act in acts {
        // Only an act that is under way may take its own back.
        index.execute("UPDATE recording SET act = ?1", [act])?;
        index.execute("DELETE FROM change WHERE act = ?1", [act])?;
    }
    index.execute("UPDATE recording SET act = NULL", [])?;
    left.documents.iter().try_for_each(|id| document::take_with_parts(index, *id))
}

impl Store {
    /// Names bytes that are about to be copied into the vault, as far as they do not lie there.
    pub(super) fn list_fetched(&self, scans: impl Iterator<Item = Digest>) -> Result<()> {
        let mut all = listed(&self.dir);
        all.extend(scans.filter(|scan| !self.vault.path(*scan).exists()));
        if all.is_empty() {
            return Ok(());
        }
        let json = serde_json::to_vec(&all).map_err(|source| Error::Json { what: "fetched", source })?;
        self.files.write_whole(&list_path(&self.dir), &json)
    }

    /// Takes away what merges have left, bytes first: the rows lead to them.
    ///
    /// # Errors
    /// What the disk says; it is gone on with when this is asked for again.
    pub fn take_leftovers(&self) -> Result<()> {
        let left = self.read(|index| leftover(index, listed(&self.dir)))?;
        for scan in &left.scans {
            self.take_scan(*scan)?;
        }
        if !left.scans.is_empty() {
            self.take_drawn(&left.scans)?;
        }
        if !left.documents.is_empty() {
            self.index.write(|index| forget(index, &left))?;
        }
        self.files.remove(&list_path(&self.dir))
    }

    /// Takes bytes away that lie in the vault since the index was made anew, when the file that waits there is refused. It is said
    /// only then: until that it waits, and is refused again.
    pub(super) fn take_unwanted(&self, candidate: CandidateId) -> Result<()> {
        let file = self.candidate(candidate)?;
        let scan = file.source.file_name().and_then(|name| name.to_str()?.parse().ok());
        // What lies in an archive is drawn out of its bytes, and goes with them.
        let lies_here = |scan: &Digest| file.within.is_none() && is_same(&self.vault.path(*scan), &file.source);
        match scan.filter(lies_here) {
            Some(scan) => {
                self.take_made(|note| note.made_of == Some(scan))?;
                self.take_unnamed(scan)
            }
            None => Ok(()),
        }
    }

    /// Takes bytes away that were kept for an act which then failed.
    pub(crate) fn take_unnamed(&self, scan: Digest) -> Result<()> {
        if self.read(|index| document::names(index, scan))? { Ok(()) } else { self.take_scan(scan) }
    }

    /// Takes away what was made here and has no row: of what was wiped out of the index nothing else leads to it.
    pub(super) fn take_made(&self, goes: impl Fn(&Note) -> bool) -> Result<()> {
        for note in notes::all(&self.dir)?.into_iter().filter(|note| note.is_made() && goes(note)) {
            if !self.read(|index| document::names(index, note.digest))? {
                // The note leads to the bytes, and goes last.
                self.files.shred(&self.vault.path(note.digest))?;
                self.take_scan(note.digest)?;
            }
        }
        Ok(())
    }

    /// Takes the bytes of a scan away that a row, a list or a file that waits leads to: its note first, which nothing else leads to.
    pub(super) fn take_scan(&self, scan: Digest) -> Result<()> {
        self.files.shred(&notes::path(&self.dir, scan))?;
        self.files.shred(&self.vault.path(scan))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index;

    /// It is asked at every opening, and every change that was ever made lies in that table.
    #[test]
    fn what_undone_merges_have_left_is_found_without_a_look_at_every_change() {
        let steps = index::plan(UNDONE);
        assert!(steps.contains(&"SEARCH change USING INDEX change_by_act (act=?)".to_owned()), "{steps:?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN change")), "{steps:?}");
    }
}
