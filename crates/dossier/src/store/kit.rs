//! Tables `kit` and `kit_form` (decided): 收集包 that came back, and what their 报送清单 say.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::domain::Kit;
use crate::domain::kit::FormRow;
use crate::error::{Error, Result};

use super::batch::BatchId;
use super::column::{from_json, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KitId(pub i64);

/// A kit as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameBack {
    pub id: KitId,
    pub batch: BatchId,
    /// Folder within the batch that held its manifest; what lies below is in it.
    pub folder: String,
    pub kit: Kit,
    /// What the unit wrote into the 报送清单; `None` where none came that can be read.
    pub listed: Option<Vec<FormRow>>,
}

/// Keeps what a 报送清单 says; of two in one folder the later one.
pub fn put_form(index: &Connection, batch: BatchId, folder: &str, listed: &[FormRow]) -> Result<()> {
    index.execute(
        "INSERT INTO kit_form (batch, folder, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (batch, folder) DO UPDATE SET json = excluded.json",
        (batch.0, folder, json("kit form", &listed)?),
    )?;
    Ok(())
}

/// Keeps what a manifest says; the first one of a folder stays.
pub fn put(index: &Connection, batch: BatchId, folder: &str, kit: &Kit) -> Result<()> {
    index.execute(
        "INSERT INTO kit (batch, folder, json) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        (batch.0, folder, json("kit", kit)?),
    )?;
    Ok(())
}

/// All kits that came back, the newest first.
pub fn all(index: &Connection) -> Result<Vec<CameBack>> {
    let mut select = index.prepare(&format!("{SELECT} ORDER BY id DESC"))?;
    let rows = select.query_map([], came_back_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The kits of a batch.
pub fn of_batch(index: &Connection, batch: BatchId) -> Result<Vec<CameBack>> {
    let mut select = index.prepare_cached(&format!("{SELECT} WHERE kit.batch = ?1 ORDER BY id"))?;
    let rows = select.query_map([batch.0], came_back_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn one(index: &Connection, id: KitId) -> Result<CameBack> {
    let found = index.query_row(&format!("{SELECT} WHERE id = ?1"), [id.0], came_back_of).optional()?;
    found.ok_or(Error::NoSuchCandidate)
}

const SELECT: &str = "SELECT id, kit.batch, kit.folder, kit.json, kit_form.json FROM kit
     LEFT JOIN kit_form ON kit_form.batch = kit.batch AND kit_form.folder = kit.folder";

fn came_back_of(row: &Row<'_>) -> rusqlite::Result<CameBack> {
    Ok(CameBack {
        id: KitId(row.get(0)?),
        batch: BatchId(row.get(1)?),
        folder: row.get(2)?,
        kit: from_json(3, &row.get::<_, String>(3)?)?,
        listed: row.get::<_, Option<String>>(4)?.map(|text| from_json(4, &text)).transpose()?,
    })
}
