//! Every piece in the natural order of what is shown, with its words as they are compared; kept from one dossier to the next,
//! so that after an act only the pieces that it changed are read.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::domain::fold::folded;
use crate::domain::natural::{self, Key};
use crate::domain::{Document, DocumentId, Dossier, Units};

/// The lines of the dossier that was asked about last.
#[derive(Debug, Default)]
pub(super) struct Lines(Mutex<Vec<Line>>);

#[derive(Debug)]
pub(super) struct Line {
    pub document: Arc<Document>,
    key: Key,
    words: OnceLock<Words>,
}

/// What is looked through for words, folded.
#[derive(Debug)]
pub(super) struct Words {
    pub title: String,
    /// Name, folder, 文号, issuer, note, 原件位置, unit and caption.
    pub said: String,
}

impl Lines {
    /// Hands over the lines of a dossier, in their order.
    pub fn of<T>(&self, dossier: &Dossier, look: impl FnOnce(&[Line]) -> T) -> T {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| dossier.documents.get(&line.document.id).is_some_and(|now| Arc::ptr_eq(now, &line.document)));
        if lines.len() < dossier.documents.len() {
            let known: HashSet<DocumentId> = lines.iter().map(|line| line.document.id).collect();
            let new = dossier.documents.values().filter(|document| !known.contains(&document.id));
            lines.extend(new.map(|document| Line::of(Arc::clone(document))));
            lines.sort_by(|a, b| (&a.key, a.document.id).cmp(&(&b.key, b.document.id)));
        }
        look(&lines)
    }
}

impl Line {
    fn of(document: Arc<Document>) -> Self {
        Self { key: natural::key(document.title()), document, words: OnceLock::new() }
    }

    pub fn words(&self, units: &Units) -> &Words {
        self.words.get_or_init(|| {
            let Document { description, original_name, original_folder, caption, .. } = &*self.document;
            let unit = description.unit.as_ref().map(|unit| units.name_of(unit)).unwrap_or_default();
            let caption = caption.parts().join(" ");
            let said = [
                original_name,
                original_folder,
                &description.number,
                &description.issuer,
                &description.note,
                &description.lies_at,
                unit,
                &caption,
            ];
            Words { title: folded(&description.title), said: folded(&said.join("\n")) }
        })
    }
}
