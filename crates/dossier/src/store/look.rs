//! Tables `look` (derived): what the first page of a piece looks like, empty for a page that shows nothing; and `kept_both`
//! (decided): pairs that look alike and are two; `alike` (derived): pairs that looked alike when they were compared last.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::domain::DocumentId;
use crate::error::Result;

/// Pieces whose look is not known yet.
pub fn unknown(index: &Connection) -> Result<Vec<DocumentId>> {
    let mut select = index.prepare(
        "SELECT id FROM document JOIN description ON description.document = id WHERE id NOT IN (SELECT document FROM look) ORDER BY id",
    )?;
    let rows = select.query_map([], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn put(index: &Connection, document: DocumentId, look: Option<[u8; 32]>) -> Result<()> {
    index
        .prepare_cached("INSERT INTO look (document, bits) VALUES (?1, ?2) ON CONFLICT (document) DO UPDATE SET bits = excluded.bits")?
        .execute((document.0, look.as_ref().map_or(&[][..], |bits| &bits[..])))?;
    Ok(())
}

/// Every look that is known, by piece.
pub fn all(index: &Connection) -> Result<Vec<(DocumentId, [u8; 32])>> {
    let mut select = index.prepare("SELECT document, bits FROM look WHERE length(bits) = 32 ORDER BY document")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps which pairs looked alike when they were compared, instead of those of the last time.
pub fn keep_alike(index: &Connection, pairs: &[(DocumentId, DocumentId)]) -> Result<()> {
    index.execute("DELETE FROM alike", [])?;
    let mut insert = index.prepare_cached("INSERT OR IGNORE INTO alike (first, other) VALUES (?1, ?2)")?;
    for (first, other) in pairs {
        insert.execute((first.0, other.0))?;
    }
    Ok(())
}

/// How many of those pairs are still to be settled: both are there, and nobody has said that they are two.
pub fn alike(index: &Connection) -> Result<u32> {
    const OPEN: &str = "SELECT count(*) FROM alike
        JOIN description AS one ON one.document = first AND one.removed = 0
        JOIN description AS another ON another.document = other AND another.removed = 0
        WHERE NOT EXISTS (SELECT 1 FROM kept_both WHERE kept_both.first = alike.first AND kept_both.other = alike.other)";
    Ok(index.prepare_cached(OPEN)?.query_row([], |row| row.get(0))?)
}

/// 保留两份: from now on the pair is not asked about again.
pub fn keep_both(index: &Connection, one: DocumentId, another: DocumentId) -> Result<()> {
    let (first, other) = (one.min(another), one.max(another));
    index.prepare_cached("INSERT INTO kept_both (first, other) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?.execute((first.0, other.0))?;
    Ok(())
}

/// Pairs that are both kept, the one received first in front.
pub fn kept_both(index: &Connection) -> Result<HashSet<(DocumentId, DocumentId)>> {
    let mut select = index.prepare("SELECT first, other FROM kept_both")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), DocumentId(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
