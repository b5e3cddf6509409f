//! Files that wait for the clerk, batch by batch: nobody has decided whether they come in.

use crate::domain::{Dossier, Finding, FindingKind, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    findings.extend(dossier.pending.iter().map(|pending| Finding {
        kind: FindingKind::Pending { batch: pending.batch, files: pending.files },
        severity: Severity::Warning,
        indicator: None,
        document: None,
    }));
}
