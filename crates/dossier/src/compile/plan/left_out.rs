//! What does not come into a package, and why.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::title;
use crate::domain::{Document, DocumentId, Dossier, IndicatorCode};

/// What is in the project but not in the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub document: DocumentId,
    /// Title, or the name of the file where it has none; empty of what is held back.
    pub title: String,
    #[serde(flatten)]
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Filed nowhere.
    Unfiled,
    /// A mark of a classified paper was read off it; its title is not said then.
    Held,
    /// Sent back to its unit, for this reason; whether another has come for it.
    Returned { reason: String, answered: bool },
    /// Filed under a code that the catalogue does not have.
    UnknownCode { code: IndicatorCode },
    /// The clerk left out every page.
    NothingPrinted,
    /// The clerk left out some pages; counted from 1.
    Pages { pages: Vec<u32> },
}

pub(super) fn left_out(dossier: &Dossier) -> Vec<LeftOut> {
    let mut filed: HashMap<DocumentId, bool> = HashMap::new();
    let mut out = Vec::new();
    let mut leave = |document: &Document, why| {
        let title = if why == Why::Held { String::new() } else { title(document) };
        out.push(LeftOut { document: document.id, title, why });
    };
    for (code, evidence) in &dossier.evidence {
        let known = dossier.catalogue.leaf(code).is_some();
        for document in evidence.iter().filter_map(|evidence| dossier.documents.get(&evidence.document)) {
            *filed.entry(document.id).or_default() |= known;
            if !known && !dossier.is_held(document) {
                leave(document, Why::UnknownCode { code: code.clone() });
            }
        }
    }
    for document in dossier.documents.values() {
        let pages: Vec<u32> = document.pages.iter().zip(1..).filter(|(page, _)| page.left_out).map(|(_, number)| number).collect();
        match filed.get(&document.id) {
            _ if dossier.is_held(document) => leave(document, Why::Held),
            None => leave(document, Why::Unfiled),
            Some(false) => {}
            Some(true) if let Some(demand) = dossier.returned(document.id) => {
                leave(document, Why::Returned { reason: demand.reason.clone(), answered: !dossier.is_open(demand) })
            }
            Some(true) if pages.len() == document.pages.len() => leave(document, Why::NothingPrinted),
            Some(true) if pages.is_empty() => {}
            Some(true) => leave(document, Why::Pages { pages }),
        }
    }
    out
}
