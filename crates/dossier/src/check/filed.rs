//! Where the pieces are filed, told once for all rules.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::domain::{Document, DocumentId, Dossier, Finding, FindingKind, IndicatorCode, Severity};

/// Filed under more leaves than this, one piece proves little of each.
const OFTEN: u32 = 3;

pub(super) struct Filed<'a> {
    /// Every filed piece once, in the order of the table.
    pub pieces: Vec<FiledPiece<'a>>,
    /// Index into `pieces`, by document.
    places: HashMap<DocumentId, usize>,
}

pub(super) struct FiledPiece<'a> {
    /// The first leaf that it is filed under: there it is named.
    pub code: &'a IndicatorCode,
    pub document: &'a Arc<Document>,
    /// Leaves that it is filed under.
    times: u32,
}

impl<'a> Filed<'a> {
    pub fn of(dossier: &'a Dossier) -> Self {
        let mut filed = Self { pieces: Vec::new(), places: HashMap::with_capacity(dossier.documents.len()) };
        for leaf in dossier.catalogue.leaves() {
            let pieces = dossier.evidence.get(leaf.code()).into_iter().flatten();
            for document in pieces.filter_map(|evidence| dossier.documents.get(&evidence.document)) {
                filed.add(leaf.code(), document);
            }
        }
        filed
    }

    fn add(&mut self, code: &'a IndicatorCode, document: &'a Arc<Document>) {
        match self.places.entry(document.id) {
            Entry::Occupied(known) => self.pieces[*known.get()].times += 1,
            Entry::Vacant(new) => {
                new.insert(self.pieces.len());
                self.pieces.push(FiledPiece { code, document, times: 1 });
            }
        }
    }

    pub fn contains(&self, piece: DocumentId) -> bool {
        self.places.contains_key(&piece)
    }

    /// Pieces that stand for many leaves.
    pub fn used_often(&self, findings: &mut Vec<Finding>) {
        let often = self.pieces.iter().filter(|piece| piece.times > OFTEN);
        findings.extend(often.map(|piece| piece.finding(FindingKind::UsedOften { times: piece.times }, Severity::Notice)));
    }
}

impl FiledPiece<'_> {
    pub fn finding(&self, kind: FindingKind, severity: Severity) -> Finding {
        Finding { kind, severity, indicator: Some(self.code.clone()), document: Some(self.document.id) }
    }
}
