//! 一票否决项 under which nothing is filed.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for veto in &dossier.catalogue.veto_items {
        if dossier.filed(&veto.code).next().is_none() {
            let indicator = Some(veto.code.clone());
            findings.push(Finding { kind: FindingKind::VetoUnproven, severity: Severity::Error, indicator, document: None });
        }
    }
}
