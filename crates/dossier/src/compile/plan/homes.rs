//! Where each piece is printed, and under which number.

use std::collections::{HashMap, HashSet};

use paper::manuscript::Anchor;

use super::{PieceNumber, is_printed};
use crate::compile::issue::Issue;
use crate::domain::{Document, DocumentId, Dossier, IndicatorCode};

/// Where each document is printed: the first place it is filed under, or where it was printed already.
pub(super) struct Homes<'d> {
    /// What stands under each leaf, in order.
    pub lists: Vec<Vec<&'d Document>>,
    /// The leaf, from 1, with number and anchor.
    pub of: HashMap<DocumentId, (usize, PieceNumber, Anchor)>,
}

impl<'d> Homes<'d> {
    pub fn of(dossier: &'d Dossier, issue: Option<&Issue>) -> Self {
        let catalogue = &dossier.catalogue;
        let vetoes = catalogue.veto_items.iter().map(|veto| &veto.code);
        let areas = catalogue.all_areas().into_iter().flat_map(|(_, area)| &area.indicators).map(|indicator| &indicator.code);
        let codes: Vec<&IndicatorCode> = vetoes.chain(areas).chain(catalogue.bonus_items.iter().map(|bonus| &bonus.code)).collect();
        let list = |code: &&IndicatorCode| {
            dossier.filed(code).map(|(_, document)| document).filter(|document| is_printed(dossier, document)).collect()
        };
        let mut lists: Vec<Vec<&Document>> = codes.iter().map(list).collect();
        let mut home: HashMap<DocumentId, usize> = HashMap::new();
        if let Some(issue) = issue {
            let at: HashMap<&IndicatorCode, usize> = codes.iter().zip(0..).map(|(code, at)| (*code, at)).collect();
            let stand: HashSet<(usize, DocumentId)> =
                lists.iter().enumerate().flat_map(|(at, list)| list.iter().map(move |document| (at, document.id))).collect();
            let kept = issue.pieces.iter().filter_map(|piece| Some((*at.get(&piece.indicator)?, piece.document)));
            home.extend(kept.filter(|place| stand.contains(place)).map(|(at, document)| (document, at)));
        }
        for (at, list) in lists.iter().enumerate() {
            for document in list {
                home.entry(document.id).or_insert(at);
            }
        }
        let mut of = HashMap::new();
        for (at, (list, code)) in lists.iter_mut().zip(codes).enumerate() {
            let here: HashSet<DocumentId> = list.iter().map(|document| document.id).filter(|id| home[id] == at).collect();
            let numbers = match issue {
                None => (1..).zip(&*list).map(|(order, document)| (document.id, PieceNumber::of(code, order))).collect(),
                Some(issue) => {
                    *list = on_paper(list, code, &here, issue);
                    numbers(list, code, &here, issue)
                }
            };
            for (document, order) in list.iter().zip(1..) {
                if let Some(number) = numbers.get(&document.id).filter(|_| here.contains(&document.id)) {
                    let anchor = Anchor(format!("piece_{}_{order}", at + 1));
                    of.insert(document.id, (at + 1, number.clone(), anchor));
                }
            }
        }
        Self { lists, of }
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
