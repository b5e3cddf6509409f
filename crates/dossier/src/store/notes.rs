//! notes: a sidecar for each scan, from which the index can be told again.

use std::path::{Path, PathBuf};

use scans::{Digest, Kind};
use serde::{Deserialize, Serialize};

use crate::domain::{Assessment, Catalogue, UnitCode, Units};
use crate::error::{Error, Result};

use super::placing::Placing;
use super::recovery::Issued;
use super::{FileAct, Files, Vault, layout};

/// What was known when the bytes came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub digest: Digest,
    pub kind: Kind,
    pub bytes: u64,
    pub name: String,
    pub folder: String,
    pub unit: Option<UnitCode>,
    pub received_at: jiff::Timestamp,
    /// An act of arranging made it of what lies here: nobody handed it in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made_here: bool,
    /// Of a 转换件: the scan it was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_of: Option<Digest>,
}

impl Note {
    /// Nobody handed it in: it can be made again, and is nothing without a row that names it.
    pub fn is_made(&self) -> bool {
        self.made_here || self.made_of.is_some()
    }
}

/// Adds a note to what gets its name next, once: the first one stays.
pub fn keep(dir: &Path, vault: &Vault, note: &Note, placing: &mut Placing) -> Result<()> {
    let path = path(dir, note.digest);
    if placing.holds(&path) {
        return Ok(());
    }
    if read(&path).is_some() {
        placing.stands(&path);
        return Ok(());
    }
    let bytes = serde_json::to_vec_pretty(note).map_err(|source| Error::Json { what: "note", source })?;
    let mut draft = vault.draft()?;
    draft.write(&bytes)?;
    placing.add(draft, path);
    Ok(())
}

/// Keeps what was issued beside the scans, for an index that has to be begun anew.
pub fn write_issued(dir: &Path, files: &Files, issued: (&Assessment, &Catalogue, &Units)) -> Result<()> {
    let bytes = serde_json::to_vec(&issued).map_err(|source| Error::Json { what: "issued", source })?;
    files.write_whole(&issued_path(dir), &bytes)
}

pub fn issued(dir: &Path) -> Option<Issued> {
    serde_json::from_slice(&std::fs::read(issued_path(dir)).ok()?).ok()
}

pub fn issued_path(dir: &Path) -> PathBuf {
    dir.join(layout::NOTES).join("issued.json")
}

/// Every note that can be read.
pub fn all(dir: &Path) -> Result<Vec<Note>> {
    let folder = dir.join(layout::NOTES);
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(&folder).min_depth(2).max_depth(2).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::file(FileAct::Read, &folder, error.into()))?;
        found.extend(read(entry.path()));
    }
    Ok(found)
}

pub fn path(dir: &Path, digest: Digest) -> PathBuf {
    let name = digest.to_string();
    dir.join(layout::NOTES).join(&name[..2]).join(format!("{name}.json"))
}

fn read(path: &Path) -> Option<Note> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
