//! Tables `proof_mark` and `caption` (decided): red lines on pages, and what is said of photos.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::{Caption, DocumentId, Line, MarkId, ProofMark};
use crate::error::{Error, Result};

pub fn add(index: &Connection, document: DocumentId, page: u32, line: Line) -> Result<MarkId> {
    let Line { x0, y0, x1, y1 } = line;
    let id = index
        .prepare_cached("INSERT INTO proof_mark (document, idx, x0, y0, x1, y1) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .insert((document.0, page, x0, y0, x1, y1))?;
    Ok(MarkId(id))
}

pub fn take_away(index: &Connection, mark: MarkId) -> Result<()> {
    match index.prepare_cached("DELETE FROM proof_mark WHERE id = ?1")?.execute([mark.0])? {
        0 => Err(Error::NoSuchMark(mark)),
        _ => Ok(()),
    }
}

/// A line, and the piece it stands on.
pub fn one(index: &Connection, mark: MarkId) -> Result<(DocumentId, ProofMark)> {
    let found = index.prepare_cached(&format!("{MARKS} WHERE id = ?1"))?.query_row([mark.0], mark_of).optional()?;
    found.ok_or(Error::NoSuchMark(mark))
}

/// Lines of a piece, page by page, in the order drawn.
pub fn of(index: &Connection, document: DocumentId) -> Result<Vec<ProofMark>> {
    let mut select = index.prepare_cached(&format!("{MARKS} WHERE document = ?1 ORDER BY idx, id"))?;
    let rows = select.query_map([document.0], mark_of)?;
    Ok(rows.map(|row| row.map(|(_, mark)| mark)).collect::<rusqlite::Result<_>>()?)
}

/// Lines of all pieces.
pub(super) fn all(index: &Connection) -> Result<BTreeMap<DocumentId, Vec<ProofMark>>> {
    let mut select = index.prepare_cached(&format!("{MARKS} ORDER BY document, idx, id"))?;
    let mut out: BTreeMap<DocumentId, Vec<ProofMark>> = BTreeMap::new();
    for row in select.query_map([], mark_of)? {
        let (document, mark) = row?;
        out.entry(document).or_default().push(mark);
    }
    Ok(out)
}

const MARKS: &str = "SELECT document, id, idx, x0, y0, x1, y1 FROM proof_mark";

fn mark_of(row: &Row<'_>) -> rusqlite::Result<(DocumentId, ProofMark)> {
    let line = Line { x0: row.get(3)?, y0: row.get(4)?, x1: row.get(5)?, y1: row.get(6)? };
    Ok((DocumentId(row.get(0)?), ProofMark { id: MarkId(row.get(1)?), page: row.get(2)?, line }))
}

/// Writes what is said of a photo; where nothing is said there is no row.
pub fn caption(index: &Connection, document: DocumentId, caption: &Caption) -> Result<()> {
    let Caption { time, place, people, subject, background, cause } = caption;
    if caption.is_empty() {
        index.prepare_cached("DELETE FROM caption WHERE document = ?1")?.execute([document.0])?;
    } else {
        index
            .prepare_cached(
                "INSERT INTO caption (document, time, place, people, subject, background, cause) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (document) DO UPDATE SET time = excluded.time, place = excluded.place, people = excluded.people,
                 subject = excluded.subject, background = excluded.background, cause = excluded.cause",
            )?
            .execute((document.0, time, place, people, subject, background, cause))?;
    }
    Ok(())
}

/// A caption from six columns on.
pub(super) fn caption_of(row: &Row<'_>, first: usize) -> rusqlite::Result<Caption> {
    let part = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(first + at)?.unwrap_or_default());
    Ok(Caption { time: part(0)?, place: part(1)?, people: part(2)?, subject: part(3)?, background: part(4)?, cause: part(5)? })
}
