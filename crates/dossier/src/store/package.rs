//! Table `package` (decided): what was compiled, as JSON that `compile` knows.

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;

use super::column::{from_json, json, now};

pub fn put(index: &Connection, package: &impl Serialize) -> Result<()> {
    index.execute("INSERT INTO package (made_at, json) VALUES (?1, ?2)", (now(), json("package", package)?))?;
    Ok(())
}

/// By what a package is found again.
#[derive(Debug)]
pub struct Made {
    pub name: String,
    pub report: PathBuf,
    /// 变更包 of an edition, by its number.
    pub pack: Option<u32>,
}

/// The newest package that is wanted. Of those before it nothing is read: each may name thousands of pieces.
pub fn newest(index: &Connection, wanted: impl Fn(&Made) -> bool) -> Result<Option<Made>> {
    const MADE: &str = "SELECT json_extract(json, '$.name'), json_extract(json, '$.report'), json_extract(json, '$.pack')
        FROM package ORDER BY id DESC";
    let mut select = index.prepare_cached(MADE)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let made = Made { name: row.get(0)?, report: PathBuf::from(row.get::<_, String>(1)?), pack: row.get(2)? };
        if wanted(&made) {
            return Ok(Some(made));
        }
    }
    Ok(None)
}

/// What is not in a package, a sentence each, by its place among all, the newest first; `None` where there is no such package.
pub fn left_out(index: &Connection, at: usize) -> Result<Option<Vec<String>>> {
    const LEFT: &str = "SELECT coalesce(json_extract(json, '$.left_out'), '[]') FROM package ORDER BY id DESC LIMIT 1 OFFSET ?1";
    let mut select = index.prepare_cached(LEFT)?;
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Ok(select.query_row([at], |row| from_json(0, &row.get::<_, String>(0)?)).optional()?)
}

/// All packages, the newest first, without what is not in them: see [`left_out`].
pub fn all<T: DeserializeOwned>(index: &Connection) -> Result<Vec<T>> {
    let mut select = index.prepare_cached("SELECT json_remove(json, '$.left_out') FROM package ORDER BY id DESC")?;
    let rows = select.query_map([], |row| from_json(0, &row.get::<_, String>(0)?))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
