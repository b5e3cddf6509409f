//! Lists of pieces as they are shown: each with where it is filed and what is suggested, read in one moment.

use std::collections::HashMap;

use crate::domain::fold::{self, Trace};
use crate::domain::{Demand, Document, DocumentId, Evidence, IndicatorCode, Suggestion};
use crate::error::Result;
use crate::store::suggestion;

use super::{Desk, Place};

/// Rows of what was looked for that show where it stands.
const TRACED: usize = 200;

/// One line of a list of pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub document: Document,
    /// Its filing under the leaf that is listed; `None` in every other list.
    pub evidence: Option<Evidence>,
    /// Every leaf it is filed under, in the order of their codes.
    pub filed: Vec<IndicatorCode>,
    /// Only of a piece that is filed nowhere.
    pub suggestion: Option<Suggestion>,
    /// 退回 or 待补 that is open.
    pub demand: Option<Demand>,
    /// Of what was looked for: where it stands.
    pub trace: Option<Trace>,
}

impl Desk {
    /// Pieces of a place, in the order of [`Desk::documents`].
    pub fn rows(&self, place: &Place) -> Result<Vec<Row>> {
        let leaf = match place {
            Place::Leaf(code) => Some(code),
            Place::Area(_) | Place::Vetoes | Place::Bonuses | Place::Unit(_) | Place::Unfiled | Place::Removed | Place::All => None,
        };
        self.lines(self.documents(place)?, leaf)
    }

    /// Pieces that hold every word, in the order of [`Desk::search`].
    pub fn found(&self, words: &str) -> Result<Vec<Row>> {
        let mut rows = self.lines(self.search(words)?, None)?;
        let sought = fold::words(words);
        // Whoever gets more than these looks for another word.
        for row in rows.iter_mut().take(TRACED) {
            row.trace = Some(self.trace(&row.document, &sought)?);
        }
        Ok(rows)
    }

    pub fn row(&self, id: DocumentId) -> Result<Row> {
        let document = self.document(id)?;
        let filed: Vec<IndicatorCode> = self.filed_under(id)?.into_iter().map(|evidence| evidence.indicator).collect();
        let suggestion = if filed.is_empty() { self.suggestion(id)? } else { None };
        let demand = self.dossier()?.demand_on(id).cloned();
        Ok(Row { document, evidence: None, filed, suggestion, demand, trace: None })
    }

    fn lines(&self, documents: Vec<Document>, leaf: Option<&IndicatorCode>) -> Result<Vec<Row>> {
        let mut suggestions = self.store.read(suggestion::waiting)?;
        let mut filed: HashMap<DocumentId, Vec<Evidence>> = HashMap::new();
        let dossier = self.dossier()?;
        let mut demands: HashMap<DocumentId, Demand> = HashMap::new();
        for demand in dossier.open_demands() {
            let Some(document) = demand.document else { continue };
            // A return stands before anything else.
            let known = demands.entry(document).or_insert_with(|| demand.clone());
            if demand.kind > known.kind {
                known.clone_from(demand);
            }
        }
        for evidence in dossier.evidence.values().flatten() {
            filed.entry(evidence.document).or_default().push(evidence.clone());
        }
        let row = |document: Document| {
            let filings = filed.remove(&document.id).unwrap_or_default();
            Row {
                evidence: filings.iter().find(|evidence| Some(&evidence.indicator) == leaf).cloned(),
                filed: filings.into_iter().map(|evidence| evidence.indicator).collect(),
                suggestion: suggestions.remove(&document.id),
                demand: demands.remove(&document.id),
                trace: None,
                document,
            }
        };
        Ok(documents.into_iter().map(row).collect())
    }
}
