//! Table `condition` (derived): how pages were scanned, by the piece whose scan it is.

use rusqlite::Connection;
use scans::Condition;

use crate::domain::{Conditions, DocumentId};
use crate::error::Result;

use super::column::{from_json, json};

/// Pages that were not looked at yet, in the order received.
pub fn unknown(index: &Connection) -> Result<Vec<(DocumentId, u32)>> {
    let mut select = index.prepare(
        "SELECT page.document, page.idx FROM page JOIN document ON document.id = page.document
         JOIN description ON description.document = page.document
         LEFT JOIN condition ON condition.document = page.document AND condition.idx = page.idx
         WHERE document.origin IS NULL AND condition.said IS NULL ORDER BY page.document, page.idx",
    )?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn put(index: &Connection, document: DocumentId, page: u32, condition: Condition) -> Result<()> {
    index
        .prepare_cached(
            "INSERT INTO condition (document, idx, said) VALUES (?1, ?2, ?3) ON CONFLICT (document, idx) DO UPDATE SET said = excluded.said",
        )?
        .execute((document.0, page, json("condition", &condition)?))?;
    Ok(())
}

/// How the pages of a scan were scanned.
pub fn of(index: &Connection, document: DocumentId) -> Result<Vec<(u32, Condition)>> {
    let mut select = index.prepare_cached("SELECT idx, said FROM condition WHERE document = ?1 ORDER BY idx")?;
    let rows = select.query_map([document.0], |row| Ok((row.get(0)?, from_json(1, &row.get::<_, String>(1)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads what was written since. Rows are only added, so their number tells whether there are others. Pages are looked at in
/// the order of the table, so the others lie behind the last that is known; where they do not, all is read again.
pub fn catch_up(index: &Connection, known: &mut Conditions) -> Result<()> {
    let (count, before) = (index.query_row("SELECT count(*) FROM condition", [], |row| row.get::<_, i64>(0))? as usize, known.count());
    if count == before {
        return Ok(());
    }
    let mut new = behind(index, known.last())?;
    if before + new.len() != count {
        new = behind(index, None)?;
        *known = Conditions::default();
    }
    known.extend(new);
    Ok(())
}

type Row = ((DocumentId, u32), Condition);

fn behind(index: &Connection, last: Option<(DocumentId, u32)>) -> Result<Vec<Row>> {
    let mut select = index.prepare_cached("SELECT document, idx, said FROM condition WHERE (document, idx) > (?1, ?2)")?;
    let (scan, page) = last.map_or((-1, 0), |(scan, page)| (scan.0, page));
    let rows =
        select.query_map((scan, page), |row| Ok(((DocumentId(row.get(0)?), row.get(1)?), from_json(2, &row.get::<_, String>(2)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
