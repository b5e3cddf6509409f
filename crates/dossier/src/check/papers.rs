//! What is wrong with filed pieces themselves: no 文号 on a 红头文件, a photo without its caption, too coarse a scan, too long.

use super::known::Said;
use crate::domain::{Catalogue, Document, Dossier, FindingKind, Severity};

/// Scans below this look broken on paper.
const COARSE_DPI: f32 = 200.0;
/// A page as large as A5 or larger is a paper, whose dpi mean something; a small picture is laid on a page.
const PAPER_PT: f32 = 400.0;
/// Most pages of a single piece that still fits comfortably into a box.
const LONG: u32 = 200;

pub(super) fn of(dossier: &Dossier, document: &Document) -> Vec<Said> {
    let mut out = Vec::new();
    out.extend(lacks_caption(document, &dossier.catalogue).then_some((FindingKind::NoCaption, Severity::Notice)));
    out.extend(lacks_number(document, &dossier.catalogue).then_some((FindingKind::NoNumber, Severity::Warning)));
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

/// The fields that a filed piece lacks: [`FindingKind::NoDate`], [`FindingKind::NoNumber`], [`FindingKind::NoCaption`].
pub fn lacking(document: &Document, catalogue: &Catalogue) -> Vec<FindingKind> {
    let lacks = [
        (document.description.dated.is_none(), FindingKind::NoDate),
        (lacks_number(document, catalogue), FindingKind::NoNumber),
        (lacks_caption(document, catalogue), FindingKind::NoCaption),
    ];
    lacks.into_iter().filter_map(|(lacks, kind)| lacks.then_some(kind)).collect()
}

fn lacks_caption(document: &Document, catalogue: &Catalogue) -> bool {
    catalogue.is_photo(&document.description.form) && !document.caption.is_whole()
}

fn lacks_number(document: &Document, catalogue: &Catalogue) -> bool {
    catalogue.is_red_head(&document.description.form) && document.description.number.is_empty()
}
