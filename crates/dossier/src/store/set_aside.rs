//! Table `set_aside` (decided): findings that were looked at and need nothing.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::domain::{FindingKey, SetAside};
use crate::error::Result;

use super::column::parsed;

/// The last word on a finding stands.
pub fn put(index: &Connection, key: &FindingKey, said: &SetAside) -> Result<()> {
    index
        .prepare_cached(
            "INSERT INTO set_aside (key, reason, day, who) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, day = excluded.day, who = excluded.who",
        )?
        .execute((&key.0, &said.reason, said.day.to_string(), &said.who))?;
    Ok(())
}

pub fn take_up(index: &Connection, key: &FindingKey) -> Result<()> {
    index.prepare_cached("DELETE FROM set_aside WHERE key = ?1")?.execute([&key.0])?;
    Ok(())
}

pub fn all(index: &Connection) -> Result<BTreeMap<FindingKey, SetAside>> {
    let mut select = index.prepare_cached("SELECT key, reason, day, who FROM set_aside")?;
    let rows = select.query_map([], |row| {
        let said = SetAside { reason: row.get(1)?, day: parsed(2, &row.get::<_, String>(2)?)?, who: row.get(3)? };
        Ok((FindingKey(row.get(0)?), said))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
