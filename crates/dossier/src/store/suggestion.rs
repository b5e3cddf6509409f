//! Table `suggestion` (derived): 归类建议 of a piece.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::{DocumentId, Suggestion};
use crate::error::Result;

use super::column::{from_json, json};

/// Writes a suggestion; a later one takes the place of the earlier.
pub fn put(index: &Connection, document: DocumentId, suggestion: &Suggestion) -> Result<()> {
    index
        .prepare_cached(
            "INSERT INTO suggestion (document, json) VALUES (?1, ?2) ON CONFLICT (document) DO UPDATE SET json = excluded.json",
        )?
        .execute((document.0, json("suggestion", suggestion)?))?;
    Ok(())
}

pub fn of(index: &Connection, document: DocumentId) -> Result<Option<Suggestion>> {
    Ok(index
        .prepare_cached("SELECT json FROM suggestion WHERE document = ?1")?
        .query_row([document.0], |row| from_json(0, &row.get::<_, String>(0)?))
        .optional()?)
}

/// Suggestions of the pieces that are filed nowhere.
pub fn waiting(index: &Connection) -> Result<HashMap<DocumentId, Suggestion>> {
    let mut select = index.prepare_cached("SELECT document, json FROM suggestion WHERE document NOT IN (SELECT document FROM evidence)")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), from_json(1, &row.get::<_, String>(1)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
