//! Tables `issue` and `issue_state` (decided): 定稿 and its 变更包, as JSON that `compile` knows.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::error::Result;

use super::column::json;

/// Stores the state of an edition from now on: as printed (`pack` 0), or after a 变更包.
pub fn put(index: &Connection, name: &str, pack: u32, day: Date, state: &impl Serialize) -> Result<()> {
    let state = index.prepare_cached("INSERT INTO issue_state (json) VALUES (?1)")?.insert([json("issue", state)?])?;
    index.prepare_cached("INSERT INTO issue (state, name, pack, day) VALUES (?1, ?2, ?3, ?4)")?.execute((
        state,
        name,
        pack,
        day.to_string(),
    ))?;
    Ok(())
}

/// No edition stands any more.
pub fn clear(index: &Connection) -> Result<()> {
    index.prepare_cached("DELETE FROM issue")?.execute([])?;
    Ok(())
}

/// Id of the state that stands; every state has its own.
pub fn state(index: &Connection) -> Result<Option<i64>> {
    let mut select = index.prepare_cached("SELECT state FROM issue ORDER BY id DESC LIMIT 1")?;
    Ok(select.query_row([], |row| row.get(0)).optional()?)
}

/// A state as it is stored: whoever reads it waits for nobody, and lets nobody wait.
pub fn stored(index: &Connection, state: i64) -> Result<String> {
    Ok(index.prepare_cached("SELECT json FROM issue_state WHERE id = ?1")?.query_row([state], |row| row.get(0))?)
}
