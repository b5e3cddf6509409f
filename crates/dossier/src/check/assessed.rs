//! Self-scores that the issued table or the evidence does not bear out.

use super::coverage::Coverage;
use crate::domain::{Dossier, Finding, FindingKind, Leaf, Points, Severity};

pub(super) fn find(dossier: &Dossier, coverage: &Coverage, findings: &mut Vec<Finding>) {
    if dossier.assessed.is_empty() {
        return;
    }
    let mut bonus = Points::default();
    for leaf in dossier.catalogue.leaves() {
        let Some(said) = dossier.assessed.get(leaf.code()).and_then(|said| said.total()) else { continue };
        let stated = match leaf {
            Leaf::Indicator(indicator) => indicator.score,
            Leaf::Bonus(item) => {
                bonus = Points(bonus.0 + said.0);
                item.max_points
            }
            Leaf::Veto(_) => None,
        };
        let mut put = |kind, severity| findings.push(Finding { kind, severity, indicator: Some(leaf.code().clone()), document: None });
        if let Some(stated) = stated.filter(|stated| said > *stated) {
            put(FindingKind::ScoreAbove { said, stated }, Severity::Warning);
        }
        let nothing = dossier.filed(leaf.code()).next().is_none();
        let lacks = coverage.get(leaf.code()).is_some_and(|leaf| leaf.whole.is_lacking());
        if said.0 > 0 && (nothing || lacks) {
            put(FindingKind::ScoreUnproven { said }, if nothing { Severity::Warning } else { Severity::Notice });
        }
    }
    if let Some(cap) = dossier.catalogue.bonus_cap.filter(|cap| bonus > *cap) {
        let kind = FindingKind::BonusAbove { said: bonus, cap };
        findings.push(Finding { kind, severity: Severity::Notice, indicator: None, document: None });
    }
}
