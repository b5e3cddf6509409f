//! Numbers of persons in what is handed in: nobody's identity or bank number belongs into a package unasked.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for document in dossier.documents.values().filter(|document| !document.numbers.is_empty()) {
        findings.push(Finding {
            kind: FindingKind::PersonalNumbers,
            severity: Severity::Warning,
            indicator: None,
            document: Some(document.id),
        });
    }
}
