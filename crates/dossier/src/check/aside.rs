//! Findings that were set aside, told from what is left to do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use scans::Digest;
use serde_json::{Value, json};

use super::Known;
use crate::domain::{Document, DocumentId, Dossier, Finding, FindingKey, FindingKind, Page, SetAside, Severity};

/// How a key names the piece that it is about.
const PIECE: &str = "piece-";

/// Keys of what was found of pieces, as told before: telling one takes a digest.
#[derive(Debug, Default)]
pub(super) struct Keys(HashMap<DocumentId, Told>);

#[derive(Debug)]
struct Told {
    /// Shared with the dossier until something of it changes.
    piece: Arc<Document>,
    keys: Vec<(FindingKind, Severity, FindingKey)>,
}

/// Splits findings into those left to do and those set aside, each in the order of `findings`. Keys already in `known` are not computed
/// again.
pub fn parted(findings: Vec<Finding>, dossier: &Dossier, known: &mut Known) -> (Vec<Finding>, Vec<(Finding, SetAside)>) {
    known.within(&dossier.assessment.cycle);
    let named: HashSet<DocumentId> = dossier.set_aside.keys().filter_map(piece_of).collect();
    known.keys.0.retain(|piece, _| named.contains(piece));
    let mut word = |finding: &Finding| match finding.document {
        Some(piece) if !named.contains(&piece) => None,
        Some(_) => known.keys.of(finding, dossier).and_then(|key| dossier.set_aside.get(&key)),
        None if dossier.set_aside.is_empty() => None,
        None => key(finding, dossier).and_then(|key| dossier.set_aside.get(&key)),
    };
    let (mut left, mut aside) = (Vec::new(), Vec::new());
    for finding in findings {
        match word(&finding) {
            Some(said) => aside.push((finding, said.clone())),
            None => left.push(finding),
        }
    }
    (left, aside)
}

impl Keys {
    fn of(&mut self, finding: &Finding, dossier: &Dossier) -> Option<FindingKey> {
        let piece = dossier.documents.get(&finding.document?)?;
        let told = self.0.entry(piece.id).or_insert_with(|| Told { piece: Arc::clone(piece), keys: Vec::new() });
        if !Arc::ptr_eq(&told.piece, piece) {
            *told = Told { piece: Arc::clone(piece), keys: Vec::new() };
        }
        let same = |(kind, severity, _): &&(FindingKind, Severity, FindingKey)| (kind, severity) == (&finding.kind, &finding.severity);
        if let Some((.., key)) = told.keys.iter().find(same) {
            return Some(key.clone());
        }
        let key = key(finding, dossier)?;
        told.keys.push((finding.kind.clone(), finding.severity, key.clone()));
        Some(key)
    }
}

/// The piece that a key is about.
fn piece_of(key: &FindingKey) -> Option<DocumentId> {
    key.0.split('/').nth(1)?.strip_prefix(PIECE)?.parse().ok().map(DocumentId)
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
        (Some(piece), _) => format!("{PIECE}{}", piece?.id.0),
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
