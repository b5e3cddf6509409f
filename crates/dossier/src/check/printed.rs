//! Filed pieces of which every page is left out.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let unprinted = dossier.filed_once().into_iter().filter(|(_, document)| document.printed_pages().next().is_none());
    findings.extend(unprinted.map(|(code, document)| Finding {
        kind: FindingKind::NothingPrinted,
        severity: Severity::Error,
        indicator: Some(code.clone()),
        document: Some(document.id),
    }));
}
