//! Lists of pieces as they are shown. A list is the numbers of its pieces; its lines are asked for as they come into sight, so
//! that a list of twenty thousand costs no more than what is looked at.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::fold::{self, Trace};
use crate::domain::{Demand, Document, DocumentId, Dossier, Evidence, EvidenceId, IndicatorCode, Suggestion};
use crate::error::{Error, Result};
use crate::store::suggestion::{self, Waiting};

use super::{Desk, Place};

/// The pieces of a list, in its order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct List {
    pub pieces: Vec<DocumentId>,
    /// In the list of one leaf: the filing of each; else empty.
    pub evidence: Vec<EvidenceId>,
    /// How many are filed nowhere, those in 回收站 left aside.
    pub unfiled: u32,
    /// Those of which it is suggested where they belong, while they are filed nowhere.
    pub suggested: Vec<DocumentId>,
    /// Those of them that may be accepted with the other sure ones.
    pub sure: Vec<DocumentId>,
}

/// One line of a list of pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub document: Document,
    /// Its filing under the leaf that is listed; `None` in every other list.
    pub evidence: Option<Evidence>,
    /// Every leaf it is filed under, in the order of their codes.
    pub filed: Vec<IndicatorCode>,
    /// Only of a piece that is filed nowhere.
    pub suggestion: Option<Suggestion>,
    /// 退回 or 待补 that is open.
    pub demand: Option<Demand>,
    /// Of what was looked for: where it stands.
    pub trace: Option<Trace>,
}

/// What is said of pieces before something is done with all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What the first is called.
    pub title: String,
    /// How many are filed under more than one leaf.
    pub several: u32,
    /// Leaves that are suggested for them.
    pub leaves: u32,
}

impl Desk {
    /// Pieces of a place, in the order of [`Desk::documents`].
    pub fn list(&self, place: &Place) -> Result<List> {
        let dossier = self.dossier()?;
        let pieces = self.standing_at(&dossier, place)?;
        match place {
            Place::Leaf(code) => {
                let evidence = dossier.filed(code).map(|(evidence, _)| evidence.id).collect();
                Ok(List { pieces, evidence, ..List::default() })
            }
            Place::Area(_) | Place::Vetoes | Place::Bonuses | Place::Removed => Ok(List { pieces, ..List::default() }),
            Place::Unit(_) | Place::Unfiled | Place::All => self.listed(&dossier, pieces),
        }
    }

    /// Pieces that hold every word, in the order of [`Desk::search`]; `within`: of those that stand at a place.
    pub fn found(&self, words: &str, within: Option<&Place>) -> Result<List> {
        let dossier = self.dossier()?;
        let mut pieces = self.holding(&dossier, &fold::words(words))?;
        if let Some(place) = within {
            let standing: HashSet<DocumentId> = self.standing_at(&dossier, place)?.into_iter().collect();
            pieces.retain(|piece| standing.contains(piece));
        }
        self.listed(&dossier, pieces)
    }

    fn listed(&self, dossier: &Dossier, pieces: Vec<DocumentId>) -> Result<List> {
        let filed = dossier.filed_anywhere();
        let unfiled = pieces.iter().filter(|piece| !filed.contains(piece)).count() as u32;
        let waiting = self.store.read(suggestion::waiting)?;
        let suggested = |sure: bool| {
            let wanted = |piece: &&DocumentId| waiting.get(piece).is_some_and(|waiting| waiting.sure || !sure);
            pieces.iter().filter(wanted).copied().collect()
        };
        Ok(List { suggested: suggested(false), sure: suggested(true), evidence: Vec::new(), unfiled, pieces })
    }

    /// Lines of pieces, in this order; a piece that is gone has none. `under` is the leaf whose list they are in, `words` what
    /// was looked for.
    pub fn rows(&self, pieces: &[DocumentId], under: Option<&IndicatorCode>, words: &str) -> Result<Vec<Row>> {
        let (dossier, sought) = (self.dossier()?, fold::words(words));
        let mut filed = filings(&dossier, pieces);
        let mut rows = Vec::new();
        for piece in pieces {
            let document = match self.of_moment(&dossier, *piece) {
                Err(Error::NoSuchDocument(_)) => continue,
                found => found?,
            };
            let filings = filed.remove(piece).unwrap_or_default();
            rows.push(Row {
                evidence: filings.iter().find(|evidence| Some(&evidence.indicator) == under).map(|evidence| (*evidence).clone()),
                filed: filings.iter().map(|evidence| evidence.indicator.clone()).collect(),
                suggestion: if filings.is_empty() { self.suggestion(*piece)? } else { None },
                demand: dossier.demand_on(*piece).cloned(),
                trace: if sought.is_empty() { None } else { Some(self.trace(&document, &sought)?) },
                document,
            });
        }
        Ok(rows)
    }

    pub fn row(&self, id: DocumentId) -> Result<Row> {
        self.rows(&[id], None, "")?.pop().ok_or(Error::NoSuchDocument(id))
    }

    /// What is said of pieces before something is done with all of them.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`] where the first is gone.
    pub fn chosen(&self, pieces: &[DocumentId]) -> Result<Chosen> {
        let dossier = self.dossier()?;
        let title = match pieces.first() {
            Some(first) => self.of_moment(&dossier, *first)?.title().to_owned(),
            None => String::new(),
        };
        let waiting = self.store.read(suggestion::waiting)?;
        let leaves: BTreeSet<_> = pieces.iter().filter_map(|piece| waiting.get(piece)).map(|Waiting { leaf, .. }| leaf).collect();
        let several = filings(&dossier, pieces).values().filter(|filed| filed.len() > 1).count();
        Ok(Chosen { title, several: several as u32, leaves: leaves.len() as u32 })
    }
}

/// Where pieces are filed, in the order of the leaves' codes.
pub(super) fn filings<'a>(dossier: &'a Dossier, pieces: &[DocumentId]) -> HashMap<DocumentId, Vec<&'a Evidence>> {
    let mut filed: HashMap<DocumentId, Vec<&Evidence>> = pieces.iter().map(|piece| (*piece, Vec::new())).collect();
    for evidence in dossier.evidence.values().flatten() {
        if let Some(filed) = filed.get_mut(&evidence.document) {
            filed.push(evidence);
        }
    }
    filed
}
