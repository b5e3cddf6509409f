//! 缺材料: nothing, or too little, of what an indicator asks for.

use super::coverage::Coverage;
use crate::domain::{Dossier, Finding, FindingKind, Severity, YearState};

pub(super) fn find(dossier: &Dossier, coverage: &Coverage, findings: &mut Vec<Finding>) {
    for indicator in dossier.catalogue.indicators() {
        for slot in coverage.get(&indicator.code).into_iter().flat_map(|leaf| &leaf.lacking) {
            let (severity, not_due_yet) = match slot.state {
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
