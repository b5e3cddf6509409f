//! Filed pieces without a date, or dated outside the evidence period.

use super::known::Said;
use crate::domain::{Document, Dossier, FindingKind, Severity};

pub(super) fn of(dossier: &Dossier, document: &Document) -> Option<Said> {
    let cycle = &dossier.assessment.cycle;
    match document.description.dated {
        Some(date) if date < cycle.period_from || date > cycle.period_to => Some((FindingKind::OutOfPeriod, Severity::Warning)),
        Some(_) => None,
        // With its year said it is still counted where it belongs; only the contents lack its date.
        None if document.years().is_empty() => Some((FindingKind::NoDate, Severity::Warning)),
        None => Some((FindingKind::NoDate, Severity::Notice)),
    }
}
