//! Scans that were known not to be whole when the clerk let them in: a yes at the door ends the question, not the damage.

use scans::Trouble;

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for document in dossier.documents.values() {
        if let Some(Trouble::FewerPages { stated, found }) = document.trouble {
            let kind = FindingKind::LetInShort { stated, found };
            findings.push(Finding { kind, severity: Severity::Warning, indicator: None, document: Some(document.id) });
        }
    }
}
