//! 缺材料: nothing, or too little, of what an indicator asks for.

use jiff::civil::Date;

use super::{coverage, matching};
use crate::domain::{Dossier, Finding, FindingKind, Severity, YearState};

pub(super) fn find(dossier: &Dossier, today: Date, findings: &mut Vec<Finding>) {
    for indicator in dossier.catalogue.indicators() {
        for slot in matching::found(dossier, indicator) {
            let (severity, not_due_yet) = match coverage::state(dossier, &indicator.code, &slot, today) {
                // What was asked back has a finding of its own.
                YearState::Complete | YearState::Awaited | YearState::Returned => continue,
                YearState::NotDue => (Severity::Notice, true),
                YearState::Missing if slot.found > 0 => (Severity::Warning, false),
                YearState::Missing => (Severity::Error, false),
            };
            let expected = slot.expected.title.clone();
            findings.push(Finding {
                kind: FindingKind::Missing { expected, year: slot.year, asked: slot.asked, found: slot.found, not_due_yet },
                severity,
                indicator: Some(indicator.code.clone()),
                document: None,
            });
        }
    }
}
