//! Received, but filed nowhere in the table.

use std::collections::HashSet;

use super::filed::Filed;
use crate::domain::{Document, DocumentId, Dossier, Finding, FindingKind, Severity, natural};

/// Pieces that were found unfiled, in the natural order of their folders and names. Neither ever changes, so what is known stays
/// in its order, and only what came since is put into it.
#[derive(Debug, Default)]
pub(super) struct Loose(Vec<Place>);

type Place = (Vec<natural::Key>, natural::Key, DocumentId);

impl Loose {
    pub fn find(&mut self, dossier: &Dossier, filed: &Filed<'_>, findings: &mut Vec<Finding>) {
        self.0.retain(|(.., piece)| dossier.documents.contains_key(piece) && !filed.contains(*piece));
        let known: HashSet<DocumentId> = self.0.iter().map(|(.., piece)| *piece).collect();
        let new = dossier.documents.values().filter(|document| !filed.contains(document.id) && !known.contains(&document.id));
        self.0.extend(new.map(|document| place(document)));
        self.0.sort();
        findings.extend(self.0.iter().map(|(.., piece)| Finding {
            kind: FindingKind::Unfiled,
            severity: Severity::Warning,
            indicator: None,
            document: Some(*piece),
        }));
    }
}

fn place(document: &Document) -> Place {
    (natural::path_key(&document.original_folder), natural::key(&document.original_name), document.id)
}
