//! A list in another order than that of the binder: by one of its columns.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::check;
use crate::domain::natural::{self, Key};
use crate::domain::{Demand, DemandKind, Document, DocumentId, Dossier, Evidence, IndicatorCode};
use crate::error::Result;
use crate::store::suggestion;

use super::row::filings;
use super::{Desk, List};

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    Title,
    /// 文号
    Number,
    Dated,
    /// 载体形式
    Form,
    /// Pages that are compiled.
    Pages,
    /// 来源单位, in the order issued.
    Unit,
    /// What is to be done first: 退回, 待补, 待归类, then what lacks something.
    State,
    /// The folder it came in.
    Folder,
    /// The leaf suggested.
    Suggested,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub by: OrderBy,
    pub descending: bool,
}

/// What two pieces are compared by; what nothing is said of comes behind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    place: usize,
    text: Key,
}

/// Behind everything that has a place.
const NOWHERE: usize = usize::MAX;

impl Desk {
    /// A list in another order. Of equals the one that stood before stays before, so a list sorted by one column and then by another is
    /// sorted by both.
    pub fn sorted(&self, list: List, order: Order) -> Result<List> {
        let dossier = self.dossier()?;
        let ranks = self.ranks(&dossier, &list.pieces, order.by)?;
        let mut places: Vec<usize> = (0..list.pieces.len()).collect();
        let rank = |at: &usize| ranks.get(&list.pieces[*at]);
        if order.descending {
            places.sort_by_key(|at| Reverse(rank(at)));
        } else {
            places.sort_by_key(rank);
        }
        let pieces = places.iter().map(|at| list.pieces[*at]).collect();
        let evidence = places.iter().filter_map(|at| list.evidence.get(*at)).copied().collect();
        Ok(List { pieces, evidence, ..list })
    }

    fn ranks(&self, dossier: &Dossier, pieces: &[DocumentId], by: OrderBy) -> Result<HashMap<DocumentId, Rank>> {
        let documents = || pieces.iter().filter_map(|piece| dossier.documents.get(piece));
        let ranked = |rank: &dyn Fn(&Document) -> Rank| documents().map(|document| (document.id, rank(document))).collect();
        Ok(match by {
            OrderBy::Title => ranked(&|document| Rank::text(document.title())),
            OrderBy::Number => ranked(&|document| Rank::text(&document.description.number)),
            OrderBy::Dated => ranked(&|document| Rank::text(&document.description.dated.map(|day| day.to_string()).unwrap_or_default())),
            OrderBy::Form => {
                let forms = &self.catalogue().carrier_forms;
                ranked(&|document| Rank::text(forms.get(&document.description.form).unwrap_or(&document.description.form)))
            }
            OrderBy::Pages => ranked(&|document| Rank::place(document.pages.iter().filter(|page| !page.left_out).count())),
            OrderBy::Unit => {
                let units = self.units();
                let issued: HashMap<_, _> = units.units.iter().enumerate().map(|(at, unit)| (&unit.code, at)).collect();
                ranked(&|document| {
                    let unit = document.description.unit.as_ref();
                    Rank::place(unit.map_or(NOWHERE, |unit| issued.get(unit).copied().unwrap_or(NOWHERE - 1)))
                })
            }
            OrderBy::State => {
                let (filed, catalogue) = (filings(dossier, pieces), self.catalogue());
                ranked(&|document| {
                    let filed = filed.get(&document.id).map(Vec::as_slice).unwrap_or_default();
                    let lacks = !check::lacking(document, &catalogue).is_empty();
                    state(dossier.demand_on(document.id), filed, lacks)
                })
            }
            OrderBy::Folder => ranked(&|document| Rank::text(&document.original_folder)),
            OrderBy::Suggested => {
                let waiting = self.store.read(suggestion::waiting)?;
                ranked(&|document| Rank::text(waiting.get(&document.id).map_or("", |waiting| waiting.leaf.0.as_str())))
            }
        })
    }
}

impl Rank {
    fn text(text: &str) -> Self {
        let place = if text.is_empty() { NOWHERE } else { 0 };
        Self { place, text: natural::key(text) }
    }

    fn place(place: usize) -> Self {
        Self { place, text: natural::key("") }
    }
}

/// What asks for an act comes first, then by where it is filed.
fn state(demand: Option<&Demand>, filed: &[&Evidence], lacks: bool) -> Rank {
    let place = match demand.map(|demand| demand.kind) {
        Some(DemandKind::Return) => 0,
        Some(DemandKind::Supplement) => 1,
        None if filed.is_empty() => 2,
        None if lacks => 3,
        None => 4,
    };
    let first: Option<&IndicatorCode> = filed.first().map(|evidence| &evidence.indicator);
    Rank { place, text: natural::key(first.map_or("", |code| code.0.as_str())) }
}
