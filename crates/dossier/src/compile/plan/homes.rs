//! Where each piece is printed, and under which number.

use std::collections::{HashMap, HashSet};

use paper::manuscript::Anchor;

use super::{PieceNumber, is_printed};
use crate::compile::issue::Issue;
use crate::compile::{Section, Sections};
use crate::domain::{Catalogue, Document, DocumentId, Dossier, Evidence, IndicatorCode};

/// Where each document is printed: the first place it is filed under, or where it was printed already; and wherever else it is said to
/// be printed again (另印).
pub(super) struct Homes<'d> {
    /// What stands under each leaf, in the order of the paper.
    pub lists: Vec<Vec<&'d Document>>,
    /// The leaf, from 1, at which 互见 points.
    pub home: HashMap<DocumentId, usize>,
    /// By leaf, from 1.
    of: HashMap<(usize, DocumentId), (PieceNumber, Anchor)>,
    sections: Sections,
    /// The sections in which an edition has printed what stands under a leaf, from 1.
    printed: HashMap<(usize, DocumentId), Section>,
}

/// How a piece stands where it is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printing {
    /// Printed here, whatever is said of it elsewhere.
    First,
    /// 另印
    Again,
    /// 互见
    Referred,
}

/// How a piece stands at each place where it is filed, in the order given.
pub fn printing(catalogue: &Catalogue, issue: Option<&Issue>, filed: &[Evidence]) -> Vec<Printing> {
    let here = |code: &IndicatorCode| filed.iter().position(|evidence| evidence.indicator == *code);
    let printed = || {
        let own = issue?.pieces.iter().filter(|piece| filed.first().is_some_and(|evidence| evidence.document == piece.document));
        own.map(|piece| &piece.indicator).find_map(here)
    };
    let home = printed().or_else(|| codes(catalogue).into_iter().find_map(here));
    let of = |(at, evidence): (usize, &Evidence)| match evidence.reprinted {
        _ if home == Some(at) => Printing::First,
        true => Printing::Again,
        false => Printing::Referred,
    };
    filed.iter().enumerate().map(of).collect()
}

/// Every leaf in the order of the package.
fn codes(catalogue: &Catalogue) -> Vec<&IndicatorCode> {
    let vetoes = catalogue.veto_items.iter().map(|veto| &veto.code);
    let areas = catalogue.all_areas().into_iter().flat_map(|(_, area)| &area.indicators).map(|indicator| &indicator.code);
    vetoes.chain(areas).chain(catalogue.bonus_items.iter().map(|bonus| &bonus.code)).collect()
}

impl<'d> Homes<'d> {
    pub fn of(dossier: &'d Dossier, sections: Sections, issue: Option<&Issue>) -> Self {
        let codes = codes(&dossier.catalogue);
        let mut again: HashSet<(usize, DocumentId)> = HashSet::new();
        let mut lists = Vec::with_capacity(codes.len());
        for (leaf, code) in (1..).zip(&codes) {
            let filed = dossier.filed(code).filter(|(_, document)| is_printed(dossier, document));
            let list = filed.map(|(evidence, document)| {
                again.extend(evidence.reprinted.then_some((leaf, document.id)));
                document
            });
            lists.push(list.collect::<Vec<_>>());
        }
        let mut out = Self { lists, home: HashMap::new(), of: HashMap::new(), sections, printed: HashMap::new() };
        if let Some(issue) = issue {
            out.stay(&codes, issue);
        }
        for (leaf, list) in (1..).zip(&out.lists) {
            for document in list {
                out.home.entry(document.id).or_insert(leaf);
            }
        }
        for (leaf, code) in (1..).zip(codes) {
            let stands = |id: &DocumentId| out.home[id] == leaf || again.contains(&(leaf, *id));
            let here: HashSet<DocumentId> = out.lists[leaf - 1].iter().map(|document| document.id).filter(stands).collect();
            out.number(leaf, code, &here, issue);
        }
        out
    }

    /// What an edition has printed under a leaf, and still stands there, is at home there.
    fn stay(&mut self, codes: &[&IndicatorCode], issue: &Issue) {
        let leaves: HashMap<&IndicatorCode, usize> = codes.iter().copied().zip(1..).collect();
        let sections = issue.sections();
        for piece in &issue.pieces {
            let Some(leaf) = leaves.get(&piece.indicator).copied() else { continue };
            if self.lists[leaf - 1].iter().any(|document| document.id == piece.document) {
                self.home.entry(piece.document).or_insert(leaf);
                self.printed.extend(sections.get(&piece.number).map(|section| ((leaf, piece.document), *section)));
            }
        }
    }

    /// Numbers go by the clerk's order, whatever section a piece stands in: so they are the same whether a leaf is parted by years or not.
    fn number(&mut self, leaf: usize, code: &IndicatorCode, here: &HashSet<DocumentId>, issue: Option<&Issue>) {
        let mut list = std::mem::take(&mut self.lists[leaf - 1]);
        let mut numbers = HashMap::new();
        if issue.is_none() {
            numbers = (1..).zip(&list).map(|(order, document)| (document.id, PieceNumber::of(code, order))).collect();
        }
        list.sort_by_key(|document| self.section(leaf, document));
        if let Some(issue) = issue {
            let section = list.chunk_by(|one, next| self.section(leaf, one) == self.section(leaf, next));
            list = section.flat_map(|section| on_paper(section, code, here, issue)).collect();
            numbers = self::numbers(&list, code, here, issue);
        }
        for (document, order) in list.iter().zip(1..) {
            if let Some(number) = numbers.remove(&document.id).filter(|_| here.contains(&document.id)) {
                self.of.insert((leaf, document.id), (number, Anchor(format!("piece_{leaf}_{order}"))));
            }
        }
        self.lists[leaf - 1] = list;
    }

    /// Number and anchor of what is printed under a leaf.
    pub fn at(&self, leaf: usize, document: DocumentId) -> Option<&(PieceNumber, Anchor)> {
        self.of.get(&(leaf, document))
    }

    /// The section in which a piece stands under a leaf; where it is printed already, that one.
    pub fn section(&self, leaf: usize, document: &Document) -> Option<Section> {
        (self.sections == Sections::Year).then(|| self.printed.get(&(leaf, document.id)).copied().unwrap_or_else(|| Section::of(document)))
    }
}

/// Puts printed pieces in the order of the paper, and what came later behind what is in front of it: after all that came
/// behind there before, and never between photos of one sheet.
fn on_paper<'d>(list: &[&'d Document], code: &IndicatorCode, here: &HashSet<DocumentId>, issue: &Issue) -> Vec<&'d Document> {
    let photos = issue.photo_sheets();
    let places: HashMap<DocumentId, _> = issue.under(code).zip(0..).map(|(piece, at)| (piece.document, (piece, at))).collect();
    let place = |document: &Document| places.get(&document.id).filter(|_| here.contains(&document.id));
    let mut printed: Vec<&Document> = list.iter().copied().filter(|document| place(document).is_some()).collect();
    printed.sort_by_key(|document| place(document).map(|(_, at)| *at));
    let mut printed = printed.into_iter();
    let (mut out, mut waiting) = (Vec::new(), Vec::new());
    let mut before = None;
    for document in list {
        let taken = if place(document).is_some() { printed.next() } else { None };
        let Some((taken, (piece, _))) = taken.and_then(|taken| Some((taken, place(taken)?))) else {
            waiting.push(*document);
            continue;
        };
        let sheet = photos.get(&piece.number);
        if !piece.late && (sheet.is_none() || sheet != before) {
            out.append(&mut waiting);
        }
        before = sheet;
        out.push(taken);
    }
    out.append(&mut waiting);
    out
}

fn numbers(list: &[&Document], code: &IndicatorCode, here: &HashSet<DocumentId>, issue: &Issue) -> HashMap<DocumentId, PieceNumber> {
    let printed: HashMap<DocumentId, &PieceNumber> = issue.under(code).map(|piece| (piece.document, &piece.number)).collect();
    let here: Vec<DocumentId> = list.iter().map(|document| document.id).filter(|id| here.contains(id)).collect();
    let last = here.iter().rposition(|id| printed.contains_key(id));
    let mut given: Vec<PieceNumber> = Vec::new();
    let mut front: Option<PieceNumber> = None;
    let mut out = HashMap::new();
    for (at, id) in here.iter().enumerate() {
        let number = match printed.get(id) {
            Some(number) => (*number).clone(),
            None => {
                let number = issue.number(code, front.as_ref(), last.is_none_or(|last| at > last), &given);
                given.push(number.clone());
                number
            }
        };
        front = Some(number.clone());
        out.insert(*id, number);
    }
    out
}
