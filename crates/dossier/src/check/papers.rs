//! What is wrong with filed pieces themselves: no 文号 on a 红头文件, a photo without its caption, too coarse a scan, too long.

use super::known::Said;
use crate::domain::{Document, Dossier, FindingKind, Severity};

/// Scans below this look broken on paper.
const COARSE_DPI: f32 = 200.0;
/// A page as large as A5 or larger is a paper, whose dpi mean something; a small picture is laid on a page.
const PAPER_PT: f32 = 400.0;
/// A box takes one piece more hardly than this.
const LONG: u32 = 200;
/// What issued papers are called in a catalogue of 载体形式.
const RED_HEAD: &str = "红头";
/// What photos are called there.
const PHOTO: &str = "照片";

pub(super) fn of(dossier: &Dossier, document: &Document) -> Vec<Said> {
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
    // Else the file's pages are those of several pieces; of the whole that others were split from, `known` can tell.
    let whole = document.part_of.is_none();
    if let Some(stated) = document.stated_pages().filter(|stated| whole && *stated != document.pages.len() as u32) {
        out.push((FindingKind::OtherPages { stated, found: document.pages.len() as u32 }, Severity::Warning));
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
