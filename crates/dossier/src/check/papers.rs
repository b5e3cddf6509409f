//! What is wrong with filed pieces themselves: no 文号 on a 红头文件, a photo without its caption, too coarse a scan, too long, used too often.

use std::collections::{HashMap, HashSet};

use crate::domain::{Document, DocumentId, Dossier, Finding, FindingKind, Severity};

/// Scans below this look broken on paper.
const COARSE_DPI: f32 = 200.0;
/// A page as large as A5 or larger is a paper, whose dpi mean something; a small picture is laid on a page.
const PAPER_PT: f32 = 400.0;
/// A box takes one piece more hardly than this.
const LONG: u32 = 200;
/// Filed under more leaves than this, one piece proves little of each.
const OFTEN: u32 = 3;
/// What issued papers are called in a catalogue of 载体形式.
const RED_HEAD: &str = "红头";
/// What photos are called there.
const PHOTO: &str = "照片";

/// What a piece does not say of itself.
struct Known {
    /// Leaves that it is filed under.
    times: HashMap<DocumentId, u32>,
    /// Pieces that others were split from.
    split: HashSet<DocumentId>,
}

/// Each piece is named once, at the first leaf it is filed under.
pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    let mut times = HashMap::new();
    for evidence in dossier.evidence.values().flatten() {
        *times.entry(evidence.document).or_default() += 1;
    }
    let known = Known { times, split: dossier.documents.values().filter_map(|document| document.part_of).collect() };
    for (code, document) in dossier.filed_once() {
        for (kind, severity) in of(dossier, document, &known) {
            findings.push(Finding { kind, severity, indicator: Some(code.clone()), document: Some(document.id) });
        }
    }
}

fn of(dossier: &Dossier, document: &Document, known: &Known) -> Vec<(FindingKind, Severity)> {
    let mut out = Vec::new();
    if is_photo(dossier, document) && !document.caption.is_whole() {
        out.push((FindingKind::NoCaption, Severity::Notice));
    }
    if is_red_head(dossier, document) && document.description.number.is_empty() {
        out.push((FindingKind::NoNumber, Severity::Warning));
    }
    let coarse = document.numbered_pages().filter_map(|(number, page)| {
        let paper = page.facts.width_pt.max(page.facts.height_pt) >= PAPER_PT;
        Some((number, page.facts.dpi.filter(|dpi| paper && dpi.round() < COARSE_DPI)?))
    });
    let coarse: Vec<(u32, f32)> = coarse.collect();
    if let Some(worst) = coarse.iter().map(|(_, dpi)| *dpi).min_by(f32::total_cmp) {
        let pages = coarse.iter().map(|(page, _)| *page).collect();
        out.push((FindingKind::Coarse { pages, dpi: worst.round() as u32 }, Severity::Notice));
    }
    let pages = document.printed_pages().count() as u32;
    if pages > LONG {
        out.push((FindingKind::TooLong { pages }, Severity::Notice));
    }
    if let Some(stated) = document.stated_pages().filter(|stated| *stated != document.pages.len() as u32)
        // Else the file's pages are those of several pieces.
        && document.part_of.is_none()
        && !known.split.contains(&document.id)
    {
        out.push((FindingKind::OtherPages { stated, found: document.pages.len() as u32 }, Severity::Warning));
    }
    if let Some(&times) = known.times.get(&document.id).filter(|times| **times > OFTEN) {
        out.push((FindingKind::UsedOften { times }, Severity::Notice));
    }
    out
}

pub(super) fn is_photo(dossier: &Dossier, document: &Document) -> bool {
    form(dossier, document).contains(PHOTO)
}

pub(super) fn is_red_head(dossier: &Dossier, document: &Document) -> bool {
    form(dossier, document).contains(RED_HEAD)
}

/// 载体形式 by its name, where the catalogue knows it.
fn form<'a>(dossier: &'a Dossier, document: &'a Document) -> &'a str {
    let form = &document.description.form;
    dossier.catalogue.carrier_forms.get(form).unwrap_or(form)
}
