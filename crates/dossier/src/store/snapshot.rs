//! The dossier: everything at one moment, in one transaction, and kept until the index changes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::domain::{Catalogue, Dossier, Evidence, IndicatorCode, Units};
use crate::error::Result;

use super::{Store, assessed, declared, demand, document, evidence, issued};

/// The last dossier that was read, with SQLite's count of the commits that the reader has seen.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<(i64, Arc<Dossier>)>>);

impl Store {
    /// Documents that are not in 回收站, and where they are filed. Catalogue and units are passed in: they do not
    /// change while a project is open.
    ///
    /// Read again only after a commit: `data_version` tells the reader of every one that another connection made, and
    /// whatever is written goes through another one. Number and rows are of the same transaction.
    pub fn dossier(&self, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Arc<Dossier>> {
        self.read(|index| {
            let version: i64 = index.pragma_query_value(None, "data_version", |row| row.get(0))?;
            let mut kept = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, dossier)) = &*kept
                && *known == version
            {
                return Ok(Arc::clone(dossier));
            }
            let dossier = Arc::new(snapshot(index, catalogue, units)?);
            *kept = Some((version, Arc::clone(&dossier)));
            Ok(dossier)
        })
    }
}

fn snapshot(index: &Connection, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Dossier> {
    let documents = document::select(index, "removed = 0", [])?.into_iter().map(|document| (document.id, document)).collect();
    let mut by_leaf: BTreeMap<IndicatorCode, Vec<Evidence>> = BTreeMap::new();
    for evidence in evidence::all(index)? {
        by_leaf.entry(evidence.indicator.clone()).or_default().push(evidence);
    }
    Ok(Dossier {
        assessment: issued::assessment(index)?,
        catalogue: Arc::clone(catalogue),
        units: Arc::clone(units),
        documents,
        evidence: by_leaf,
        assessed: assessed::all(index)?,
        demands: demand::all(index)?,
        declared: declared::all(index)?,
    })
}
