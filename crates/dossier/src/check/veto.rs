//! 一票否决项 that nothing proves: neither evidence nor a signed declaration.

use super::coverage::Coverage;
use crate::domain::{Dossier, Finding, FindingKind, IndicatorCode, Severity, Veto, YearState};

/// Whether a veto item is proven: something is filed under it that counts, and nothing was sent back or is to be made good. Whoever
/// says so, on the screen, in a letter or on the leader's page, says it by this.
pub fn is_proven(coverage: &Coverage, veto: &IndicatorCode) -> bool {
    coverage.get(veto).is_some_and(|leaf| leaf.whole == YearState::Complete)
}

/// Evidence, or the paper of a declaration, that was neither sent back nor is held back.
pub(super) fn has_proof(dossier: &Dossier, veto: &IndicatorCode) -> bool {
    dossier.filed(veto).any(|(_, document)| dossier.counts(document))
}

/// What was sent back, or is to be made good beside a proof that counts, has a finding of its own. A declaration without its paper is
/// not printed: that is told beside any proof.
pub(super) fn find(dossier: &Dossier, coverage: &Coverage, findings: &mut Vec<Finding>) {
    for Veto { code, .. } in &dossier.catalogue.veto_items {
        let is_shown = is_proven(coverage, code) || has_proof(dossier, code);
        let is_unsigned = dossier.declared.contains_key(code) && dossier.declared(code).is_none();
        let kind = match (is_unsigned, is_shown) {
            (true, _) => FindingKind::Unsigned,
            (false, false) => FindingKind::VetoUnproven,
            (false, true) => continue,
        };
        let severity = if is_shown { Severity::Warning } else { Severity::Error };
        findings.push(Finding { kind, severity, indicator: Some(code.clone()), document: None });
    }
}
