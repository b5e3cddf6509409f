//! What is looked at: lists of pieces, one piece, and finding by words.

use std::collections::HashSet;

use crate::compile::{self, Printing};
use crate::domain::fold::words;
use crate::domain::natural;
use crate::domain::{Document, DocumentId, Dossier, Evidence, IndicatorCode, Suggestion};
use crate::error::{Error, Result};
use crate::store::{document, evidence};

use super::{Desk, Place};

impl Desk {
    /// Pieces of a place: under a leaf in their order, within an area leaf by leaf, elsewhere in the natural order of
    /// their titles.
    pub fn documents(&self, place: &Place) -> Result<Vec<Document>> {
        let dossier = self.dossier()?;
        self.standing_at(&dossier, place)?.into_iter().map(|id| self.of_moment(&dossier, id)).collect()
    }

    /// As [`Desk::documents`], ids only.
    pub(super) fn standing_at(&self, dossier: &Dossier, place: &Place) -> Result<Vec<DocumentId>> {
        let by_title = |wanted: &dyn Fn(&Document) -> bool| {
            let wanted = |document: &&Document| wanted(document);
            self.lines.of(dossier, |lines| lines.iter().map(|line| &*line.document).filter(wanted).map(|document| document.id).collect())
        };
        Ok(match place {
            Place::Leaf(code) => under(dossier, std::slice::from_ref(code)),
            Place::Area(code) => under(dossier, &self.leaves_of_area(code)),
            Place::Vetoes => under(dossier, &self.catalogue.veto_items.iter().map(|veto| veto.code.clone()).collect::<Vec<_>>()),
            Place::Bonuses => under(dossier, &self.catalogue.bonus_items.iter().map(|bonus| bonus.code.clone()).collect::<Vec<_>>()),
            Place::Unit(code) => by_title(&|document| document.description.unit.as_ref() == Some(code)),
            Place::All => by_title(&|_| true),
            Place::Unfiled => {
                let filed = dossier.filed_anywhere();
                by_title(&|document| !filed.contains(&document.id))
            }
            Place::Removed => {
                let mut removed = self.store.read(document::all_removed)?;
                removed.sort_by_cached_key(|document| (natural::key(document.title()), document.id));
                removed.into_iter().map(|document| document.id).collect()
            }
        })
    }

    /// A piece as a dossier has it; one that is in 回收站 is read.
    pub(super) fn of_moment(&self, dossier: &Dossier, id: DocumentId) -> Result<Document> {
        dossier.documents.get(&id).map_or_else(|| self.document(id), |document| Ok(Document::clone(document)))
    }

    pub fn document(&self, id: DocumentId) -> Result<Document> {
        self.store.read(|index| document::one(index, id))
    }

    /// Every place where a piece is filed; none while it lies in 回收站.
    pub fn filed_under(&self, id: DocumentId) -> Result<Vec<Evidence>> {
        self.store.read(|index| evidence::of(index, id))
    }

    /// The same, and how a package prints it there.
    ///
    /// # Errors
    /// What the index says.
    pub fn printed_under(&self, id: DocumentId) -> Result<Vec<(Evidence, Printing)>> {
        let filed = self.filed_under(id)?;
        let issue = if filed.len() > 1 { self.issue()? } else { None };
        let printing = compile::printing(&self.catalogue, issue.as_deref(), &filed);
        Ok(filed.into_iter().zip(printing).collect())
    }

    /// What is filed under a leaf, in order.
    pub fn evidence(&self, code: &IndicatorCode) -> Result<Vec<Evidence>> {
        self.store.read(|index| evidence::under(index, code))
    }

    pub fn suggestion(&self, document: DocumentId) -> Result<Option<Suggestion>> {
        self.store.suggestion(document)
    }

    /// Pieces that hold every word, in title, name, 文号, issuer, unit, note, 原件位置, caption or text; titles first.
    pub fn search(&self, typed: &str) -> Result<Vec<Document>> {
        let dossier = self.dossier()?;
        self.holding(&dossier, &words(typed))?.into_iter().map(|id| self.of_moment(&dossier, id)).collect()
    }

    /// As [`Desk::search`] for folded words, ids only. What is in 回收站 is not found.
    pub(super) fn holding(&self, dossier: &Dossier, words: &[String]) -> Result<Vec<DocumentId>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let in_text: Vec<HashSet<DocumentId>> = self.store.read(|index| {
            let holding = |word: &String| Ok(document::with_text(index, word)?.into_iter().collect());
            words.iter().map(holding).collect()
        })?;
        let mut found: Vec<(bool, DocumentId)> = self.lines.of(dossier, |lines| {
            let found = lines.iter().filter_map(|line| {
                let (id, said) = (line.document.id, line.words(&dossier.units));
                let in_title = |word: &String| said.title.contains(word.as_str());
                let hit = |(word, texts): (&String, &HashSet<DocumentId>)| {
                    in_title(word) || said.said.contains(word.as_str()) || texts.contains(&id)
                };
                words.iter().zip(&in_text).all(hit).then(|| (!words.iter().all(in_title), id))
            });
            found.collect()
        });
        found.sort();
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }

    /// Leaves of an area and of the areas within it, as issued.
    pub(crate) fn leaves_of_area(&self, code: &str) -> Vec<IndicatorCode> {
        let areas = self.catalogue.all_areas();
        let Some(start) = areas.iter().position(|(_, area)| area.code == code) else { return Vec::new() };
        let depth = areas[start].0;
        let within = areas[start + 1..].iter().take_while(|(below, _)| *below > depth).count();
        areas[start..=start + within].iter().flat_map(|(_, area)| &area.indicators).map(|indicator| indicator.code.clone()).collect()
    }

    /// The bytes of a piece as received.
    ///
    /// # Errors
    /// [`Error::DamagedScan`] when they are gone.
    pub fn scan(&self, id: DocumentId) -> Result<std::fs::File> {
        let document = self.document(id)?;
        self.store.vault().open(document.scan).map_err(|_| Error::DamagedScan { document: id, name: document.original_name })
    }
}

/// Pieces under leaves, each once, where it comes first.
fn under(dossier: &Dossier, leaves: &[IndicatorCode]) -> Vec<DocumentId> {
    let mut seen = HashSet::new();
    let filed = leaves.iter().flat_map(|code| dossier.filed(code)).map(|(_, document)| document.id);
    filed.filter(|id| seen.insert(*id)).collect()
}
