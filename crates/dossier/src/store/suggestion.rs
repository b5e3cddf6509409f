//! Table `suggestion` (derived): 归类建议 of a piece.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::{DocumentId, IndicatorCode, Suggestion};
use crate::error::Result;

use super::batch::BatchId;
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

/// What was suggested of the pieces that a batch has brought.
pub fn of_batch(index: &Connection, batch: BatchId) -> Result<HashMap<DocumentId, Suggestion>> {
    let mut select = index.prepare_cached(
        "SELECT document, json FROM candidate JOIN suggestion ON document = json_extract(verdict, '$.document')
         WHERE batch = ?1 AND json_extract(verdict, '$.verdict') = 'accepted'",
    )?;
    let rows = select.query_map([batch.0], |row| Ok((DocumentId(row.get(0)?), from_json(1, &row.get::<_, String>(1)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The suggested leaf of a piece that is filed nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub leaf: IndicatorCode,
    /// From [`Suggestion::SURE`] on.
    pub sure: bool,
}

/// The pieces that are filed nowhere and have a leaf suggested.
pub fn waiting(index: &Connection) -> Result<HashMap<DocumentId, Waiting>> {
    let mut select = index.prepare_cached(
        "SELECT document, json ->> '$.indicator', json ->> '$.confidence' >= ?1 FROM suggestion
         WHERE document NOT IN (SELECT document FROM evidence)",
    )?;
    let rows = select.query_map([Suggestion::SURE], |row| {
        let (document, leaf, sure) = (DocumentId(row.get(0)?), row.get::<_, Option<String>>(1)?, row.get(2)?);
        Ok(leaf.map(|leaf| (document, Waiting { leaf: IndicatorCode(leaf), sure })))
    })?;
    Ok(rows.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<_>>()?)
}
