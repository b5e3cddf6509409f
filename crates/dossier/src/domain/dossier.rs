//! Everything at one moment, immutable: what check and compile see.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Assessment, Catalogue, Document, DocumentId, Evidence, IndicatorCode, Units};

/// 卷宗: read from the store in one transaction.
#[derive(Debug, Clone)]
pub struct Dossier {
    pub assessment: Assessment,
    pub catalogue: Arc<Catalogue>,
    pub units: Arc<Units>,
    /// Documents that are not in 回收站.
    pub documents: BTreeMap<DocumentId, Document>,
    /// Evidence of those documents by indicator, each list in its order.
    pub evidence: BTreeMap<IndicatorCode, Vec<Evidence>>,
}

impl Dossier {
    /// What is filed under a leaf, in order.
    pub fn filed(&self, code: &IndicatorCode) -> impl Iterator<Item = (&Evidence, &Document)> {
        self.evidence.get(code).into_iter().flatten().filter_map(|evidence| Some((evidence, self.documents.get(&evidence.document)?)))
    }
}
