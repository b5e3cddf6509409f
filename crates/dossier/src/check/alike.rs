//! Pieces that looked alike when they were compared: nobody has said yet whether they are one.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let pairs = dossier.alike;
    if pairs > 0 {
        findings.push(Finding { kind: FindingKind::Alike { pairs }, severity: Severity::Notice, indicator: None, document: None });
    }
}
