//! Points of the issued table that do not add up: both numbers are shown, the text stays as issued.

use crate::domain::{Area, Dossier, Finding, FindingKind, Points, Scored, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let catalogue = &dossier.catalogue;
    let tops: Option<Vec<Points>> = catalogue.areas.iter().map(|area| area.score).collect();
    compare(Scored::Total, catalogue.total_score, tops, findings);
    for (_, area) in catalogue.all_areas() {
        compare(Scored::Area { code: area.code.clone() }, area.score, parts_of(area), findings);
    }
    for indicator in catalogue.indicators() {
        let parts = indicator.scoring_parts.iter().map(|part| part.points).collect();
        let before = findings.len();
        compare(Scored::Parts, indicator.score, Some(parts), findings);
        for finding in &mut findings[before..] {
            finding.indicator = Some(indicator.code.clone());
        }
    }
}

/// Scores of what stands directly in an area; `None` where one of them states no score.
fn parts_of(area: &Area) -> Option<Vec<Points>> {
    area.indicators.iter().map(|indicator| indicator.score).chain(area.areas.iter().map(|area| area.score)).collect()
}

fn compare(of: Scored, stated: Option<Points>, parts: Option<Vec<Points>>, findings: &mut Vec<Finding>) {
    let (Some(stated), Some(parts)) = (stated, parts) else { return };
    let sum: Points = parts.iter().copied().sum();
    if !parts.is_empty() && sum != stated {
        let kind = FindingKind::ScoreSum { of, stated, sum };
        findings.push(Finding { kind, severity: Severity::Warning, indicator: None, document: None });
    }
}
