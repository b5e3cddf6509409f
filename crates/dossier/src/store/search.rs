//! Finding pieces by words, the way a clerk types them.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::domain::fold::{folded, words};
use crate::domain::{Document, DocumentId, Dossier};
use crate::error::Result;

use super::document;

/// Pieces that hold every word, in what a person said of them, in the name, the unit or the text. Those with every
/// word in the title come first; what is removed is not found.
pub fn find(index: &Connection, dossier: &Dossier, typed: &str) -> Result<Vec<Document>> {
    let words = words(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let in_text: Vec<HashSet<DocumentId>> =
        words.iter().map(|word| Ok(document::with_text(index, word)?.into_iter().collect())).collect::<Result<_>>()?;
    let mut found: Vec<(bool, &Document)> = Vec::new();
    for document in dossier.documents.values() {
        let description = &document.description;
        let unit = description.unit.as_ref().map(|unit| dossier.units.name_of(unit)).unwrap_or_default();
        let title = folded(&description.title);
        let said = folded(
            &[&document.original_name, &document.original_folder, &description.number, &description.issuer, &description.note, unit]
                .join("\n"),
        );
        let hit = |(word, texts): (&String, &HashSet<DocumentId>)| {
            title.contains(word.as_str()) || said.contains(word.as_str()) || texts.contains(&document.id)
        };
        if words.iter().zip(&in_text).all(hit) {
            found.push((words.iter().all(|word| title.contains(word.as_str())), document));
        }
    }
    found.sort_by_key(|(in_title, document)| (!in_title, document.id));
    Ok(found.into_iter().map(|(_, document)| document.clone()).collect())
}
