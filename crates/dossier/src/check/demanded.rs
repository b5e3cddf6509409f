//! 退回 and 待补 that are open.

use crate::domain::{DemandKind, Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    findings.extend(dossier.open_demands().map(|demand| Finding {
        kind: FindingKind::Demanded { demand: demand.id },
        severity: match demand.kind {
            DemandKind::Return => Severity::Error,
            DemandKind::Supplement => Severity::Warning,
        },
        indicator: demand.indicator.clone(),
        // A piece that lies in 回收站 leads nowhere.
        document: demand.document.filter(|piece| dossier.documents.contains_key(piece)),
    }));
}
