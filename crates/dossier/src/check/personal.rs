//! Numbers of persons in what is handed in: nobody's identity or bank number belongs into a package unasked. Where every page
//! with numbers has a mask, only a reminder is left: whether it covers them, eyes have to tell.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for document in dossier.documents.values().filter(|document| !document.numbers.is_empty()) {
        let answered = document.open_numbers().next().is_none();
        findings.push(Finding {
            kind: FindingKind::PersonalNumbers,
            severity: if answered { Severity::Notice } else { Severity::Warning },
            indicator: None,
            document: Some(document.id),
        });
    }
}
