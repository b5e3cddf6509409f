//! Table `look` (derived): what the first page of a piece looks like; empty for a page that shows nothing.

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
