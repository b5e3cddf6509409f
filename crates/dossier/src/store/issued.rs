//! Table `issued` (decided): the assessment, the catalogue and the units as they were handed to the office.

use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::{Assessment, Catalogue, Units};
use crate::error::{Error, Result};

pub fn write(index: &Connection, assessment: &Assessment, catalogue: &Catalogue, units: &Units) -> Result<()> {
    put(index, "assessment", assessment)?;
    put(index, "catalogue", catalogue)?;
    put(index, "units", units)
}

pub fn read(index: &Connection) -> Result<(Assessment, Catalogue, Units)> {
    Ok((get(index, "assessment")?, get(index, "catalogue")?, get(index, "units")?))
}

/// The assessment as it stands now: period, due date and names may be set while the project is open.
pub fn assessment(index: &Connection) -> Result<Assessment> {
    get(index, "assessment")
}

pub fn set_assessment(index: &Connection, assessment: &Assessment) -> Result<()> {
    let json = serde_json::to_string(assessment).map_err(|source| Error::Json { what: "assessment", source })?;
    index.execute("UPDATE issued SET json = ?1 WHERE name = 'assessment'", [json])?;
    Ok(())
}

fn put(index: &Connection, name: &'static str, value: &impl Serialize) -> Result<()> {
    let json = serde_json::to_string(value).map_err(|source| Error::Json { what: name, source })?;
    index.execute("INSERT INTO issued (name, json) VALUES (?1, ?2)", (name, json))?;
    Ok(())
}

fn get<T: DeserializeOwned>(index: &Connection, name: &'static str) -> Result<T> {
    let json: String = index.query_row("SELECT json FROM issued WHERE name = ?1", [name], |row| row.get(0))?;
    serde_json::from_str(&json).map_err(|source| Error::Json { what: name, source })
}
