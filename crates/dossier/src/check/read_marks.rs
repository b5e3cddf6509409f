//! Marks of classified and internal papers that were read off scans, which at the door had no text that could be read.

use crate::domain::{Dossier, Finding, FindingKind, ReadMark, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for document in dossier.documents.values().filter(|document| !document.read_marks.is_empty()) {
        findings.extend(Finding::classified(document));
        let pages = document.marked_pages(|mark| matches!(mark, ReadMark::Sensitive { .. }));
        if !pages.is_empty() {
            let kind = FindingKind::SensitiveRead { pages };
            findings.push(Finding { kind, severity: Severity::Warning, indicator: None, document: Some(document.id) });
        }
    }
}
