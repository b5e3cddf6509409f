//! Table `package` (decided): what was compiled, as JSON that `compile` knows.

use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;

use super::column::{from_json, json, now};

pub fn put(index: &Connection, package: &impl Serialize) -> Result<()> {
    index.execute("INSERT INTO package (made_at, json) VALUES (?1, ?2)", (now(), json("package", package)?))?;
    Ok(())
}

/// All packages, the newest first.
pub fn all<T: DeserializeOwned>(index: &Connection) -> Result<Vec<T>> {
    let mut select = index.prepare("SELECT json FROM package ORDER BY id DESC")?;
    let rows = select.query_map([], |row| from_json(0, &row.get::<_, String>(0)?))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
