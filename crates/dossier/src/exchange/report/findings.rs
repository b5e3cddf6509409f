//! 核查清单: what check found, and in a part of its own what of it was set aside, why, when and by whom.

use jiff::civil::Date;

use super::{Cell, List, Report};
use crate::domain::{Dossier, Finding, SetAside};
use crate::wording::{finding as said, report as words};

pub fn report(dossier: &Dossier, left: &[Finding], aside: &[(Finding, SetAside)], today: Date) -> Report {
    let open = left.iter().map(|finding| row(dossier, finding, String::new())).collect();
    let closed = aside.iter().map(|(finding, word)| row(dossier, finding, said::grounds(word))).collect();
    let lists = [(words::LEFT, open), (said::SET_ASIDE, closed)].map(|(heading, rows)| List { heading: heading.to_owned(), rows });
    Report {
        name: words::FINDINGS.to_owned(),
        title: words::titled(&dossier.assessment.name, words::FINDINGS),
        wide: true,
        to: String::new(),
        opening: words::findings(left, aside.len(), today),
        columns: words::FINDINGS_COLUMNS.to_vec(),
        grouped: words::STATE,
        lists: lists.into(),
        note: String::new(),
        signed: Vec::new(),
    }
}

fn row(dossier: &Dossier, finding: &Finding, grounds: String) -> Vec<Cell> {
    vec![
        Cell::centred(finding.indicator.as_ref().map(ToString::to_string).unwrap_or_default()),
        Cell::centred(said::severity(finding.severity)),
        Cell::text(said::finding(finding, dossier)),
        Cell::text(grounds),
    ]
}
