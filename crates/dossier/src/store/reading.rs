//! Table `reading` (derived): letters that were read off pages, by the piece whose scan they are on.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::domain::fold::folded;
use crate::domain::{DocumentId, ReadMark, personal, sensitive};
use crate::error::Result;

use super::column::{from_json, json};
use super::document;

/// What was read off one page.
#[derive(Debug)]
pub struct PageRead {
    pub document: DocumentId,
    /// Position within the scan, from 0.
    pub page: u32,
    /// Empty where nothing is to be read, and where the letters must not be kept.
    pub text: String,
    pub marks: Vec<ReadMark>,
}

/// Pages that were not read yet, in the order received, by the piece whose scan they are on; one that only pieces in 回收站 show waits
/// until one of them is taken out.
pub fn unread(index: &Connection) -> Result<Vec<(DocumentId, u32)>> {
    let mut select = index.prepare(
        "SELECT page.document, page.idx FROM page JOIN document ON document.id = page.document
         LEFT JOIN reading ON reading.document = page.document AND reading.idx = page.idx
         WHERE document.origin IS NULL AND reading.text IS NULL AND EXISTS (
             SELECT 1 FROM document AS piece JOIN description ON description.document = piece.id
             JOIN page AS shown ON shown.document = piece.id AND shown.idx = page.idx
             LEFT JOIN extent ON extent.document = piece.id
             WHERE (piece.id = page.document OR piece.origin = page.document) AND description.removed = 0
                 AND (extent.first IS NULL OR page.idx >= extent.first AND page.idx < extent.first + extent.count))
         ORDER BY page.document, page.idx",
    )?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pages on which letters were read, in the order received.
pub fn lettered(index: &Connection) -> Result<Vec<(DocumentId, u32)>> {
    // The text itself is not looked at, and so not read from the disk.
    let mut select = index.prepare("SELECT document, idx FROM reading WHERE octet_length(text) > 0 ORDER BY document, idx")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes what was read, and what follows from it for the pieces that show it. Of a piece that was purged meanwhile nothing is kept.
pub fn keep(index: &Connection, pages: &[PageRead]) -> Result<()> {
    let mut known = index.prepare_cached("SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)")?;
    let mut still = Vec::new();
    for page in pages {
        if known.query_row([page.document.0], |row| row.get(0))? {
            still.push(page);
        }
    }
    let pages = still;
    let mut put = index.prepare_cached(
        "INSERT INTO reading (document, idx, text, folded) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (document, idx) DO UPDATE SET text = excluded.text, folded = excluded.folded",
    )?;
    for PageRead { document, page, text, .. } in &pages {
        put.execute((document.0, page, text, folded(text)))?;
    }
    let said: BTreeSet<DocumentId> = pages.iter().filter(|page| !page.text.is_empty()).map(|page| page.document).collect();
    said.into_iter().try_for_each(|id| tell_numbers(index, id))?;
    let mut marked: BTreeMap<DocumentId, Vec<ReadMark>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.marks.is_empty()) {
        marked.entry(page.document).or_default().extend(page.marks.iter().cloned());
    }
    marked.into_iter().try_for_each(|(id, marks)| tell_marks(index, id, marks))
}

/// Tells numbers and marks anew where a program before schema 18 has lost some: those of parts when the pages were read after the
/// split, and those of a long scan behind its first fifty.
pub fn tell_anew(index: &Connection) -> Result<()> {
    let mut select = index.prepare(
        "SELECT id FROM document WHERE origin IS NULL AND (json_array_length(numbers) >= 50
             OR id IN (SELECT origin FROM document WHERE origin IS NOT NULL))",
    )?;
    let scans = select.query_map([], |row| Ok(DocumentId(row.get(0)?)))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for id in scans {
        tell_numbers(index, id)?;
        let marks = of(index, id)?.iter().flat_map(|(page, text)| sensitive::read(*page, text)).collect();
        tell_marks(index, id, marks)?;
    }
    Ok(())
}

/// A scan and all parts of it name the numbers on all its pages; each is asked only for those that it shows.
fn tell_numbers(index: &Connection, id: DocumentId) -> Result<()> {
    let (name, text) = (name(index, id)?, document::scan_text(index, id)?);
    let numbers = json("numbers", &personal::numbers(&name, &text))?;
    index
        .prepare_cached("UPDATE document SET numbers = ?2 WHERE (id = ?1 OR origin = ?1) AND numbers IS NOT ?2")?
        .execute((id.0, numbers))?;
    Ok(())
}

/// The same with marks, which are added to those that were known of any of them.
fn tell_marks(index: &Connection, id: DocumentId, read: Vec<ReadMark>) -> Result<()> {
    let mut select = index.prepare_cached("SELECT marks FROM document WHERE (id = ?1 OR origin = ?1) AND marks IS NOT NULL ORDER BY id")?;
    let rows = select.query_map([id.0], |row| from_json::<Vec<ReadMark>>(0, &row.get::<_, String>(0)?))?;
    let known = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut all: Vec<ReadMark> = Vec::new();
    for mark in known.into_iter().flatten().chain(read) {
        if !all.contains(&mark) {
            all.push(mark);
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    // The sort is stable: marks of one page stay in the order read.
    all.sort_by_key(ReadMark::page);
    index
        .prepare_cached("UPDATE document SET marks = ?2 WHERE (id = ?1 OR origin = ?1) AND marks IS NOT ?2")?
        .execute((id.0, json("marks", &all)?))?;
    Ok(())
}

fn name(index: &Connection, id: DocumentId) -> Result<String> {
    Ok(index.prepare_cached("SELECT name FROM document WHERE id = ?1")?.query_row([id.0], |row| row.get(0))?)
}

/// Letters of a scan by its pages; pages without any are left out.
pub fn of(index: &Connection, document: DocumentId) -> Result<BTreeMap<u32, String>> {
    let mut select = index.prepare_cached("SELECT idx, text FROM reading WHERE document = ?1 AND text <> ''")?;
    let rows = select.query_map([document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pieces that show a page on which the words stand.
pub fn holding(index: &Connection, folded: &str) -> Result<Vec<DocumentId>> {
    let mut select = index.prepare_cached(
        "WITH hit AS MATERIALIZED (SELECT document, idx FROM reading WHERE holds(folded, ?1)),
         shown AS (SELECT document AS piece, idx FROM hit
             UNION ALL SELECT document.id, hit.idx FROM hit JOIN document ON document.origin = hit.document)
         SELECT DISTINCT piece FROM shown JOIN page ON page.document = piece AND page.idx = shown.idx
         LEFT JOIN extent ON extent.document = piece
         WHERE extent.first IS NULL OR shown.idx >= extent.first AND shown.idx < extent.first + extent.count",
    )?;
    let rows = select.query_map([folded], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
