//! What is looked at: lists of pieces, one piece, and finding by words.

use std::collections::HashSet;

use crate::domain::natural;
use crate::domain::{Document, DocumentId, Evidence, IndicatorCode, Suggestion};
use crate::error::{Error, Result};
use crate::store::{document, evidence, search};

use super::{Desk, Place};

impl Desk {
    /// Pieces of a place: under a leaf in their order, within an area leaf by leaf, elsewhere in the natural order of
    /// their titles.
    pub fn documents(&self, place: &Place) -> Result<Vec<Document>> {
        match place {
            Place::Leaf(code) => self.under(std::slice::from_ref(code)),
            Place::Area(code) => self.under(&self.leaves_of_area(code)),
            Place::Vetoes => self.under(&self.catalogue.veto_items.iter().map(|veto| veto.code.clone()).collect::<Vec<_>>()),
            Place::Bonuses => self.under(&self.catalogue.bonus_items.iter().map(|bonus| bonus.code.clone()).collect::<Vec<_>>()),
            Place::Unit(code) => self.those(|document| document.description.unit.as_ref() == Some(code)),
            Place::Removed => Ok(by_title(self.store.read(document::all_removed)?)),
            Place::All => self.those(|_| true),
            Place::Unfiled => {
                let dossier = self.dossier()?;
                let filed: HashSet<DocumentId> = dossier.evidence.values().flatten().map(|evidence| evidence.document).collect();
                self.those(|document| !filed.contains(&document.id))
            }
        }
    }

    pub fn document(&self, id: DocumentId) -> Result<Document> {
        self.store.read(|index| document::one(index, id))
    }

    /// Every place where a piece is filed; none while it lies in 回收站.
    pub fn filed_under(&self, id: DocumentId) -> Result<Vec<Evidence>> {
        self.store.read(|index| evidence::of(index, id))
    }

    /// What is filed under a leaf, in order.
    pub fn evidence(&self, code: &IndicatorCode) -> Result<Vec<Evidence>> {
        self.store.read(|index| evidence::under(index, code))
    }

    pub fn suggestion(&self, document: DocumentId) -> Result<Option<Suggestion>> {
        self.store.suggestion(document)
    }

    /// Pieces that hold every word, in title, name, 文号, issuer, unit, note or text; titles first.
    pub fn search(&self, words: &str) -> Result<Vec<Document>> {
        let dossier = self.dossier()?;
        self.store.read(|index| search::find(index, &dossier, words))
    }

    /// Leaves of an area and of the areas within it, as issued.
    pub(crate) fn leaves_of_area(&self, code: &str) -> Vec<IndicatorCode> {
        let areas = self.catalogue.all_areas();
        let Some(start) = areas.iter().position(|(_, area)| area.code == code) else { return Vec::new() };
        let depth = areas[start].0;
        let within = areas[start + 1..].iter().take_while(|(below, _)| *below > depth).count();
        areas[start..=start + within].iter().flat_map(|(_, area)| &area.indicators).map(|indicator| indicator.code.clone()).collect()
    }

    /// Pieces under leaves, each once, where it comes first.
    fn under(&self, leaves: &[IndicatorCode]) -> Result<Vec<Document>> {
        let dossier = self.dossier()?;
        let mut seen = HashSet::new();
        let filed = leaves.iter().flat_map(|code| dossier.filed(code));
        Ok(filed.filter(|(_, document)| seen.insert(document.id)).map(|(_, document)| document.clone()).collect())
    }

    /// Pieces that are not in 回收站.
    fn those(&self, wanted: impl Fn(&Document) -> bool) -> Result<Vec<Document>> {
        Ok(by_title(self.dossier()?.documents.values().filter(|document| wanted(document)).cloned().collect()))
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

/// In the natural order of what is shown.
fn by_title(mut found: Vec<Document>) -> Vec<Document> {
    found.sort_by_cached_key(|document| (natural::key(document.title()), document.id));
    found
}
