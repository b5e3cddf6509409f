//! Tables `batch` and `candidate` (decided): acts of taking in, and the 接收结论 of every file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row};
use scans::Kind;
use serde::{Deserialize, Serialize};

pub use crate::domain::BatchId;
use crate::domain::{DocumentId, PendingFiles, Verdict};
use crate::error::{Error, Result};

use super::column::{bytes_path, from_json, json, now, parsed, path_bytes};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CandidateId(pub i64);

/// 批次
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: BatchId,
    pub started_at: jiff::Timestamp,
    /// `None`: it was stopped, by the clerk or by a crash, and can be gone on with.
    pub finished_at: Option<jiff::Timestamp>,
    pub sources: Vec<PathBuf>,
    /// Files listed so far.
    pub files: u32,
    /// Those of them that wait for the clerk.
    pub pending: u32,
}

/// 待收文件
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub id: CandidateId,
    pub batch: BatchId,
    /// Where the bytes are; empty for a classified paper.
    pub source: PathBuf,
    /// As it is shown: relative to what was dropped.
    pub path: String,
    pub bytes: u64,
    /// `None` until it was looked into.
    pub verdict: Option<Verdict>,
    pub kind: Option<Kind>,
    pub pages: u32,
    /// The archive it lies in; `source` is then where the outermost archive lies.
    pub within: Option<Within>,
}

/// A file's place in an archive of its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    pub archive: CandidateId,
    /// Which of the archive's entries it is.
    pub place: u32,
}

/// A file as the survey lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub source: PathBuf,
    pub path: String,
    pub bytes: u64,
}

pub fn begin(index: &Connection, sources: &[PathBuf]) -> Result<BatchId> {
    index.execute("INSERT INTO batch (started_at, sources) VALUES (?1, ?2)", (now(), sources_blob(sources)?))?;
    Ok(BatchId(index.last_insert_rowid()))
}

pub fn list(index: &Connection, batch: BatchId, listed: &[Listed]) -> Result<Vec<CandidateId>> {
    let mut insert = index.prepare_cached("INSERT INTO candidate (batch, source, path, bytes) VALUES (?1, ?2, ?3, ?4)")?;
    listed.iter().map(|file| Ok(CandidateId(insert.insert((batch.0, path_bytes(&file.source), &file.path, file.bytes as i64))?))).collect()
}

/// Lists the files of an archive, each with its place in it.
pub fn list_members(index: &Connection, archive: &Candidate, members: &[(u32, Listed)]) -> Result<()> {
    let mut insert =
        index.prepare_cached("INSERT INTO candidate (batch, source, path, bytes, archive, place) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (place, file) in members {
        insert.execute((archive.batch.0, path_bytes(&file.source), &file.path, file.bytes as i64, archive.id.0, place))?;
    }
    Ok(())
}

/// The files of an archive that were listed, in the order listed.
pub fn members(index: &Connection, archive: CandidateId) -> Result<Vec<Candidate>> {
    let mut select = index.prepare(&format!("SELECT {COLUMNS} FROM candidate WHERE archive = ?1 ORDER BY id"))?;
    let rows = select.query_map([archive.0], candidate_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What lies in an archive or a message (?1), however deep.
const BELOW: &str = "WITH RECURSIVE below (id) AS (
    SELECT id FROM candidate WHERE archive = ?1 UNION SELECT candidate.id FROM candidate JOIN below ON archive = below.id)";

/// Verdicts of all that lies in an archive or a message.
pub fn verdicts_below(index: &Connection, archive: CandidateId) -> Result<Vec<Verdict>> {
    let sql = format!("{BELOW} SELECT verdict FROM candidate WHERE id IN (SELECT id FROM below) AND verdict IS NOT NULL ORDER BY id");
    let mut select = index.prepare_cached(&sql)?;
    let rows = select.query_map([archive.0], |row| from_json(0, &row.get::<_, String>(0)?))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files that are still to be decided on, by the program or by the clerk, and the archives that they are drawn out of.
pub fn awaited(index: &Connection) -> Result<BTreeSet<CandidateId>> {
    const AWAITED: &str = "WITH RECURSIVE awaited (id) AS (
            SELECT id FROM candidate WHERE verdict IS NULL OR json_extract(verdict, '$.verdict') = 'pending'
            UNION SELECT archive FROM candidate JOIN awaited USING (id) WHERE archive IS NOT NULL)
        SELECT id FROM awaited";
    let mut select = index.prepare(AWAITED)?;
    let rows = select.query_map([], |row| Ok(CandidateId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Has files looked into again that are the same as a piece which is none any more, since the act was undone that brought it; their
/// batches are to be gone on with. What lies in a message that was kept can't be drawn out of it again, and stays as it is told.
pub fn ask_again(index: &Connection, taken: &[DocumentId]) -> Result<()> {
    let mut select = index.prepare_cached(&same_as_any())?;
    let same = select.query_map([json("pieces", &taken)?], |row| Ok(CandidateId(row.get(0)?)))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for file in same {
        let way = way_in(index, file)?;
        if way[1..].iter().all(|archive| matches!(archive.verdict, None | Some(Verdict::Unpacked { .. }))) {
            way.iter().try_for_each(|file| forget_verdict(index, file))?;
        }
    }
    Ok(())
}

/// As the index of what was a piece already has it, so that SQLite uses it.
const SAME: &str = "json_extract(candidate.verdict, '$.verdict') = 'duplicate' AND json_extract(candidate.verdict, '$.of')";

/// Files that are the same as one of these pieces, a JSON array of their numbers.
fn same_as_any() -> String {
    format!("SELECT id FROM candidate WHERE {SAME} IN (SELECT value FROM json_each(?1)) ORDER BY id")
}

fn same_as() -> String {
    format!("SELECT {COLUMNS} FROM candidate WHERE {SAME} = ?1 ORDER BY id")
}

/// A file, the archive it lies in, the one in which that lies, and so on.
fn way_in(index: &Connection, file: CandidateId) -> Result<Vec<Candidate>> {
    let mut way = vec![candidate(index, file)?];
    while let Some(within) = way.last().and_then(|last| last.within) {
        way.push(candidate(index, within.archive)?);
    }
    Ok(way)
}

fn forget_verdict(index: &Connection, file: &Candidate) -> Result<()> {
    index.execute("UPDATE candidate SET verdict = NULL, kind = NULL, pages = 0 WHERE id = ?1", [file.id.0])?;
    index.execute("UPDATE batch SET finished_at = NULL WHERE id = ?1", [file.batch.0])?;
    Ok(())
}

/// Writes what became of a file.
pub fn judge(index: &Connection, candidate: CandidateId, verdict: &Verdict, kind: Option<Kind>, pages: u32) -> Result<()> {
    let kind = kind.map(|kind| json("kind", &kind)).transpose()?;
    let changed = index.prepare_cached("UPDATE candidate SET verdict = ?2, kind = ?3, pages = ?4 WHERE id = ?1")?.execute((
        candidate.0,
        json("verdict", verdict)?,
        kind,
        pages,
    ))?;
    if changed == 0 {
        return Err(Error::NoSuchCandidate);
    }
    Ok(())
}

/// Of a classified paper neither its name nor where it lies is kept; `shown` stands for it in the report, and where it was given by
/// itself, the folder it lay in stands for it among what was given. What lies in it is named by it, and keeps only its own name.
pub fn hide(index: &Connection, candidate: CandidateId, shown: &str) -> Result<()> {
    let hide_below = format!(
        "{BELOW} UPDATE candidate SET source = x'',
            path = CASE substr(path, 1, ?3 + 1) WHEN ?4 THEN ?2 || substr(path, ?3 + 1) ELSE path END
        WHERE id IN (SELECT id FROM below)"
    );
    let hidden = self::candidate(index, candidate)?;
    index.execute("UPDATE candidate SET source = x'', path = ?2 WHERE id = ?1", (candidate.0, shown))?;
    index.execute(&hide_below, (candidate.0, shown, hidden.path.chars().count() as i64, format!("{}/", hidden.path)))?;
    if hidden.within.is_none() {
        hide_source(index, hidden.batch, &hidden.source)?;
    }
    Ok(())
}

fn hide_source(index: &Connection, batch: BatchId, hidden: &Path) -> Result<()> {
    let given = index.query_row("SELECT sources FROM batch WHERE id = ?1", [batch.0], |row| sources_of(0, &row.get::<_, Vec<u8>>(0)?))?;
    if !given.iter().any(|source| source == hidden) {
        return Ok(());
    }
    let kept = |source: PathBuf| if source == hidden { source.parent().map(Path::to_owned).unwrap_or_default() } else { source };
    put_sources(index, batch, &given.into_iter().map(kept).collect::<Vec<_>>())
}

/// Writes anew what a batch was begun with.
pub fn put_sources(index: &Connection, batch: BatchId, sources: &[PathBuf]) -> Result<()> {
    index.execute("UPDATE batch SET sources = ?2 WHERE id = ?1", (batch.0, sources_blob(sources)?))?;
    Ok(())
}

fn sources_blob(sources: &[PathBuf]) -> Result<Vec<u8>> {
    // Paths hold no NUL on any system.
    let joined: Vec<Vec<u8>> = sources.iter().map(|source| path_bytes(source)).collect();
    serde_json::to_vec(&joined).map_err(|source| Error::Json { what: "sources", source })
}

fn sources_of(column: usize, blob: &[u8]) -> rusqlite::Result<Vec<PathBuf>> {
    let sources: Vec<Vec<u8>> = from_json(column, &String::from_utf8_lossy(blob))?;
    Ok(sources.into_iter().map(bytes_path).collect())
}

/// Pieces of a batch with a 分隔页 on top that are still to be split, in the order listed.
pub fn piles(index: &Connection, batch: BatchId) -> Result<Vec<DocumentId>> {
    const PILES: &str = "SELECT json_extract(verdict, '$.document') FROM candidate
        WHERE batch = ?1 AND json_extract(verdict, '$.pile') ORDER BY id";
    let mut select = index.prepare_cached(PILES)?;
    let rows = select.query_map([batch.0], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Says that a piece is no pile any more: it was split, or can't be.
pub fn no_pile(index: &Connection, piece: DocumentId) -> Result<()> {
    const DONE: &str = "UPDATE candidate SET verdict = json_remove(verdict, '$.pile')
        WHERE json_extract(verdict, '$.pile') AND json_extract(verdict, '$.document') = ?1";
    index.execute(DONE, [piece.0])?;
    Ok(())
}

pub fn finish(index: &Connection, batch: BatchId) -> Result<()> {
    index.execute("UPDATE batch SET finished_at = ?2 WHERE id = ?1", (batch.0, now()))?;
    Ok(())
}

/// As the index of what waits has it, so that SQLite uses it.
const WAITS: &str = "json_extract(candidate.verdict, '$.verdict') = 'pending'";

/// Batches of which files wait for the clerk, in the order they were begun.
pub fn pending(index: &Connection) -> Result<Vec<PendingFiles>> {
    let sql = format!(
        "SELECT batch.id, batch.started_at, count(*) FROM candidate JOIN batch ON batch.id = candidate.batch WHERE {WAITS}
         GROUP BY batch.id ORDER BY batch.id"
    );
    let mut select = index.prepare_cached(&sql)?;
    let rows = select.query_map([], |row| {
        Ok(PendingFiles { batch: BatchId(row.get(0)?), began: parsed(1, &row.get::<_, String>(1)?)?, files: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All batches, the newest first.
pub fn batches(index: &Connection) -> Result<Vec<Batch>> {
    let sql = format!(
        "SELECT id, started_at, finished_at, sources, (SELECT count(*) FROM candidate WHERE batch = batch.id),
             (SELECT count(*) FROM candidate WHERE batch = batch.id AND {WAITS})
         FROM batch ORDER BY id DESC"
    );
    let mut select = index.prepare(&sql)?;
    let rows = select.query_map([], |row| {
        Ok(Batch {
            id: BatchId(row.get(0)?),
            started_at: parsed(1, &row.get::<_, String>(1)?)?,
            finished_at: row.get::<_, Option<String>>(2)?.map(|at| parsed(2, &at)).transpose()?,
            sources: sources_of(3, &row.get::<_, Vec<u8>>(3)?)?,
            files: row.get(4)?,
            pending: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files of a batch in the order listed; what lies in an archive stands behind it.
pub fn candidates(index: &Connection, batch: BatchId) -> Result<Vec<Candidate>> {
    let mut select = index.prepare(&format!("SELECT {COLUMNS} FROM candidate WHERE batch = ?1 ORDER BY id"))?;
    let mut of_archive: BTreeMap<Option<CandidateId>, Vec<Candidate>> = BTreeMap::new();
    for candidate in select.query_map([batch.0], candidate_of)? {
        let candidate = candidate?;
        of_archive.entry(candidate.within.map(|within| within.archive)).or_default().push(candidate);
    }
    // An archive is listed before what lies in it, so this ends.
    let mut stack: Vec<Candidate> = of_archive.remove(&None).unwrap_or_default().into_iter().rev().collect();
    let mut out = Vec::new();
    while let Some(candidate) = stack.pop() {
        stack.extend(of_archive.remove(&Some(candidate.id)).unwrap_or_default().into_iter().rev());
        out.push(candidate);
    }
    Ok(out)
}

pub fn candidate(index: &Connection, id: CandidateId) -> Result<Candidate> {
    index
        .query_row(&format!("SELECT {COLUMNS} FROM candidate WHERE id = ?1"), [id.0], candidate_of)
        .optional()?
        .ok_or(Error::NoSuchCandidate)
}

/// Files that were the same bytes as a piece, in the order they came.
pub fn duplicates_of(index: &Connection, piece: DocumentId) -> Result<Vec<Candidate>> {
    let mut select = index.prepare_cached(&same_as())?;
    let rows = select.query_map([piece.0], candidate_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const COLUMNS: &str = "id, batch, source, path, bytes, verdict, kind, pages, archive, place";

fn candidate_of(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        id: CandidateId(row.get(0)?),
        batch: BatchId(row.get(1)?),
        source: bytes_path(row.get(2)?),
        path: row.get(3)?,
        bytes: row.get::<_, i64>(4)?.unsigned_abs(),
        verdict: row.get::<_, Option<String>>(5)?.map(|text| from_json(5, &text)).transpose()?,
        kind: row.get::<_, Option<String>>(6)?.map(|text| from_json(6, &text)).transpose()?,
        pages: row.get(7)?,
        within: row.get::<_, Option<i64>>(8)?.map(CandidateId).zip(row.get(9)?).map(|(archive, place)| Within { archive, place }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::index;

    /// There may be tens of thousands of files, and this is asked for each piece that is shown.
    #[test]
    fn what_is_the_same_as_a_piece_is_found_by_its_index() {
        for question in [same_as(), same_as_any()] {
            let steps = index::plan(&question);
            assert!(steps[0].starts_with("SEARCH candidate USING INDEX candidate_duplicate"), "{question}: {steps:?}");
        }
    }
}
