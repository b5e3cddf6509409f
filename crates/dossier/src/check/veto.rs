//! 一票否决项 that nothing proves: neither evidence nor a signed declaration.

use super::coverage::Coverage;
use crate::domain::{Dossier, Finding, FindingKind, IndicatorCode, Severity, YearState};

/// Whether a veto item is proven: something is filed under it that counts, and nothing was sent back or is to be made good. Whoever
/// says so, on the screen, in a letter or on the leader's page, says it by this.
pub fn is_proven(coverage: &Coverage, veto: &IndicatorCode) -> bool {
    coverage.get(veto).is_some_and(|leaf| leaf.whole == YearState::Complete)
}

/// Evidence, or the paper of a declaration, that was neither sent back nor is held back.
pub(super) fn has_proof(dossier: &Dossier, veto: &IndicatorCode) -> bool {
    dossier.filed(veto).any(|(_, document)| dossier.counts(document))
}

/// What was sent back, or is to be made good beside a proof that counts, has a finding of its own.
pub(super) fn find(dossier: &Dossier, coverage: &Coverage, findings: &mut Vec<Finding>) {
    for veto in dossier.catalogue.veto_items.iter().filter(|veto| !is_proven(coverage, &veto.code) && !has_proof(dossier, &veto.code)) {
        let is_unsigned = dossier.declared.contains_key(&veto.code) && dossier.declared(&veto.code).is_none();
        let kind = if is_unsigned { FindingKind::Unsigned } else { FindingKind::VetoUnproven };
        findings.push(Finding { kind, severity: Severity::Error, indicator: Some(veto.code.clone()), document: None });
    }
}
