//! Received, but filed nowhere in the table.

use std::collections::HashSet;

use crate::domain::{Dossier, Finding, FindingKind, Severity, natural};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let filed: HashSet<_> = dossier.filed_once().into_iter().map(|(_, document)| document.id).collect();
    let mut loose: Vec<_> = dossier.documents.values().filter(|document| !filed.contains(&document.id)).collect();
    loose.sort_by_cached_key(|document| (natural::path_key(&document.original_folder), natural::key(&document.original_name), document.id));
    findings.extend(loose.into_iter().map(|document| Finding {
        kind: FindingKind::Unfiled,
        severity: Severity::Warning,
        indicator: None,
        document: Some(document.id),
    }));
}
