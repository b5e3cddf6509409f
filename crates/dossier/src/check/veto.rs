//! 一票否决项 that nothing proves: neither evidence nor a signed declaration.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for veto in &dossier.catalogue.veto_items {
        let indicator = Some(veto.code.clone());
        let proven = dossier.filed(&veto.code).any(|(_, document)| !dossier.is_returned(document.id));
        let unsigned = dossier.declared.contains_key(&veto.code) && dossier.declared(&veto.code).is_none();
        if unsigned {
            findings.push(Finding { kind: FindingKind::Unsigned, severity: Severity::Error, indicator, document: None });
        } else if !proven {
            findings.push(Finding { kind: FindingKind::VetoUnproven, severity: Severity::Error, indicator, document: None });
        }
    }
}
