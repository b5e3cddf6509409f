//! Findings that were set aside, told from what is left to do.

use serde_json::{Value, json};

use crate::domain::{Document, Dossier, Finding, FindingKey, FindingKind, Page, SetAside};
use scans::Digest;

/// What is left to do, and what was looked at and needs nothing; both in the order of `findings`.
pub fn parted(findings: Vec<Finding>, dossier: &Dossier) -> (Vec<Finding>, Vec<(Finding, SetAside)>) {
    if dossier.set_aside.is_empty() {
        return (findings, Vec::new());
    }
    let (mut left, mut aside) = (Vec::new(), Vec::new());
    for finding in findings {
        match key(&finding, dossier).and_then(|key| dossier.set_aside.get(&key)) {
            Some(said) => aside.push((finding, said.clone())),
            None => left.push(finding),
        }
    }
    (left, aside)
}

/// `None` for what is no judgement, and for a piece that is there no more.
pub fn key(finding: &Finding, dossier: &Dossier) -> Option<FindingKey> {
    let Finding { kind, severity, indicator, document } = finding;
    if !kind.is_judgement() {
        return None;
    }
    let piece = document.map(|id| dossier.document(id));
    let about = match (piece, indicator) {
        // The leaf is only where a piece is named: filed elsewhere it is the same piece.
        (Some(piece), _) => format!("piece-{}", piece?.id.0),
        (None, Some(code)) => format!("leaf-{code}"),
        (None, None) => "table".to_owned(),
    };
    let kind_said = json!(kind);
    let seen = piece.flatten().map(|piece| (piece.shown().digest, judged(kind, piece, dossier)));
    let digest = Digest::of(json!([kind_said, severity, seen]).to_string().as_bytes());
    let word = kind_said["kind"].as_str().unwrap_or_default();
    Some(FindingKey(format!("{word}/{about}/{digest}")))
}

/// What of a piece was judged besides its bytes and what the kind says itself.
fn judged(kind: &FindingKind, piece: &Document, dossier: &Dossier) -> Value {
    let said = &piece.description;
    let look = |page: &Page| (page.index, page.turn, page.framing);
    match kind {
        FindingKind::NoSeal => json!([piece.printed_pages().map(look).collect::<Vec<_>>(), said.title, said.form]),
        FindingKind::NoNumber => json!(said.form),
        FindingKind::NoCaption => json!([said.form, piece.caption]),
        FindingKind::NoDate => json!(said.years),
        FindingKind::OutOfPeriod => {
            let cycle = &dossier.assessment.cycle;
            json!([said.dated, cycle.period_from, cycle.period_to])
        }
        FindingKind::PersonalNumbers => json!([piece.numbers, piece.masks]),
        _ => {
            let shown = kind.pages().iter().filter_map(|number| piece.pages.get(*number as usize - 1));
            json!(shown.map(look).collect::<Vec<_>>())
        }
    }
}
