//! What earlier examinations of a project found, so that the next looks only at what changed. It is a value like any other: an
//! examination with it finds what one without it finds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::aside::Keys;
use super::filed::Filed;
use super::unfiled::Loose;
use super::{dates, pages, papers, printed};
use crate::domain::catalogue::Cycle;
use crate::domain::{Conditions, Document, DocumentId, Dossier, Finding, FindingKind, Severity};

/// What a rule finds on one piece.
pub(super) type Said = (FindingKind, Severity);

#[derive(Debug, Default)]
pub struct Known {
    /// The evidence period that the pieces were checked against.
    cycle: Option<Cycle>,
    /// Pages whose condition was known; there are never fewer.
    seen: usize,
    pieces: HashMap<DocumentId, Piece>,
    pub(super) loose: Loose,
    pub(super) keys: Keys,
}

/// What was found of a piece wherever it is filed.
#[derive(Debug)]
struct Piece {
    /// Shared with the dossier until something of it changes.
    document: Arc<Document>,
    /// Pages of its scan whose condition was known.
    seen: usize,
    said: Vec<Said>,
}

impl Known {
    /// Forgets everything that was found under another evidence period.
    pub(super) fn within(&mut self, cycle: &Cycle) {
        if self.cycle.as_ref() != Some(cycle) {
            *self = Self { cycle: Some(cycle.clone()), ..Self::default() };
        }
    }

    /// What the rules say of each filed piece by itself.
    pub(super) fn find(&mut self, dossier: &Dossier, filed: &Filed<'_>, conditions: &Conditions, findings: &mut Vec<Finding>) {
        self.see(conditions);
        // Their files hold the pages of several pieces.
        let split: HashSet<DocumentId> = dossier.documents.values().filter_map(|document| document.part_of).collect();
        for place in &filed.pieces {
            let document = place.document;
            let of = || Piece::of(dossier, document, conditions);
            let piece = self.pieces.entry(document.id).or_insert_with(of);
            if !Arc::ptr_eq(&piece.document, document) {
                *piece = of();
            }
            let holds = |(kind, _): &&Said| !(matches!(kind, FindingKind::OtherPages { .. }) && split.contains(&document.id));
            findings.extend(piece.said.iter().filter(holds).map(|(kind, severity)| place.finding(kind.clone(), *severity)));
        }
        if self.pieces.len() > filed.pieces.len() {
            self.pieces.retain(|piece, _| filed.contains(*piece));
        }
    }

    /// Forgets pieces of which more pages were looked at since.
    fn see(&mut self, conditions: &Conditions) {
        if self.seen != conditions.count() {
            self.seen = conditions.count();
            self.pieces.retain(|_, piece| piece.seen == conditions.seen_of(&piece.document));
        }
    }
}

impl Piece {
    fn of(dossier: &Dossier, document: &Arc<Document>, conditions: &Conditions) -> Self {
        let mut said: Vec<Said> = printed::of(document).into_iter().chain(dates::of(dossier, document)).collect();
        said.extend(papers::of(dossier, document));
        said.extend(pages::of(dossier, document, conditions));
        Self { document: Arc::clone(document), seen: conditions.seen_of(document), said }
    }
}
