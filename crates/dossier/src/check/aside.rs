//! Findings that were set aside, told from what is left to do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Known;
use crate::domain::{Document, DocumentId, Dossier, Finding, FindingKey, FindingKind, SetAside, Severity};

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
    let named: HashSet<DocumentId> = dossier.set_aside.keys().filter_map(FindingKey::piece).collect();
    known.keys.0.retain(|piece, _| named.contains(piece));
    let mut word = |finding: &Finding| match finding.document {
        Some(piece) if !named.contains(&piece) => None,
        Some(_) => known.keys.of(finding, dossier).and_then(|key| dossier.set_aside.get(&key)),
        None if dossier.set_aside.is_empty() => None,
        None => FindingKey::of(finding, dossier).and_then(|key| dossier.set_aside.get(&key)),
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
        let key = FindingKey::of(finding, dossier)?;
        told.keys.push((finding.kind.clone(), finding.severity, key.clone()));
        Some(key)
    }
}
