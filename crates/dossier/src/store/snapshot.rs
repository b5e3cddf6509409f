//! The dossier: everything at one moment, in one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::domain::{Assessment, Catalogue, Dossier, Evidence, IndicatorCode, Units};
use crate::error::Result;

use super::{Store, document, evidence};

impl Store {
    /// Documents that are not in 回收站, and where they are filed. What was issued is passed in: it does not change
    /// while a project is open.
    pub fn dossier(&self, assessment: &Assessment, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Dossier> {
        self.read(|index| snapshot(index, assessment, catalogue, units))
    }
}

fn snapshot(index: &Connection, assessment: &Assessment, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Dossier> {
    let documents = document::select(index, "removed = 0", [])?.into_iter().map(|document| (document.id, document)).collect();
    let mut by_leaf: BTreeMap<IndicatorCode, Vec<Evidence>> = BTreeMap::new();
    for evidence in evidence::all(index)? {
        by_leaf.entry(evidence.indicator.clone()).or_default().push(evidence);
    }
    Ok(Dossier { assessment: assessment.clone(), catalogue: Arc::clone(catalogue), units: Arc::clone(units), documents, evidence: by_leaf })
}
