//! Table `declaration` (decided): 未发生承诺 of the veto items.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::domain::{Declaration, DocumentId, IndicatorCode};
use crate::error::Result;

use super::column::parsed;

pub fn put(index: &Connection, code: &IndicatorCode, said: &Declaration) -> Result<()> {
    index
        .prepare_cached(
            "INSERT INTO declaration (indicator, signer, signed_on, document) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (indicator) DO UPDATE SET signer = excluded.signer, signed_on = excluded.signed_on, document = excluded.document",
        )?
        .execute((&code.0, &said.signer, said.signed_on.to_string(), said.document.map(|document| document.0)))?;
    Ok(())
}

/// The signed paper is now `to`, into which it went, or which is kept instead of it.
pub fn pass_on(index: &Connection, from: DocumentId, to: DocumentId) -> Result<()> {
    index.prepare_cached("UPDATE declaration SET document = ?2 WHERE document = ?1")?.execute((from.0, to.0))?;
    Ok(())
}

pub fn withdraw(index: &Connection, code: &IndicatorCode) -> Result<()> {
    index.prepare_cached("DELETE FROM declaration WHERE indicator = ?1")?.execute([&code.0])?;
    Ok(())
}

pub fn all(index: &Connection) -> Result<BTreeMap<IndicatorCode, Declaration>> {
    let mut select = index.prepare_cached("SELECT indicator, signer, signed_on, document FROM declaration")?;
    let rows = select.query_map([], |row| {
        let said = Declaration {
            signer: row.get(1)?,
            signed_on: parsed(2, &row.get::<_, String>(2)?)?,
            document: row.get::<_, Option<i64>>(3)?.map(DocumentId),
        };
        Ok((IndicatorCode(row.get(0)?), said))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
