//! Filed pieces of which every page is left out.

use std::collections::HashSet;

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let mut named = HashSet::new();
    for leaf in dossier.catalogue.leaves() {
        for (_, document) in dossier.filed(leaf.code()) {
            if document.printed_pages().next().is_none() && named.insert(document.id) {
                findings.push(Finding {
                    kind: FindingKind::NothingPrinted,
                    severity: Severity::Error,
                    indicator: Some(leaf.code().clone()),
                    document: Some(document.id),
                });
            }
        }
    }
}
