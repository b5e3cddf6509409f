//! Filed pieces without a date, or dated outside the evidence period.

use crate::domain::{Document, Dossier, Finding, FindingKind, Severity};

/// Each piece is named once, at the first leaf it is filed under.
pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for (code, document) in dossier.filed_once() {
        if let Some((kind, severity)) = of(dossier, document) {
            findings.push(Finding { kind, severity, indicator: Some(code.clone()), document: Some(document.id) });
        }
    }
}

fn of(dossier: &Dossier, document: &Document) -> Option<(FindingKind, Severity)> {
    let cycle = &dossier.assessment.cycle;
    match document.description.dated {
        Some(date) if date < cycle.period_from || date > cycle.period_to => Some((FindingKind::OutOfPeriod, Severity::Warning)),
        Some(_) => None,
        // With its year said it is still counted where it belongs; only the contents lack its date.
        None if document.years().is_empty() => Some((FindingKind::NoDate, Severity::Warning)),
        None => Some((FindingKind::NoDate, Severity::Notice)),
    }
}
