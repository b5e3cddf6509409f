//! What is wrong with how pages were scanned: blank, near-black, on its side, askew, no seal where one belongs. What the clerk has
//! made of a page settles it.

use scans::condition::{Condition, Direction, Ground, Seal};

use crate::domain::{Conditions, Document, Dossier, FindingKind, Page, Severity};

use super::known::Said;

/// Rows that lie less askew than this, in hundredths of a degree, look level on paper.
const ASKEW: u16 = 100;
/// Word in a file name that promises a seal: `述职（盖章版）.pdf`.
const SEALED: &str = "盖章";
/// Issued with a red head and without a seal (GB/T 9704-2012 10.3).
const MINUTES: &str = "纪要";

pub(super) fn of(dossier: &Dossier, document: &Document, conditions: &Conditions) -> Vec<Said> {
    let known = |(number, page)| Some((number, page, conditions.of(document, page)?));
    let looked: Vec<(u32, &Page, Condition)> = document.numbered_pages().filter_map(known).collect();
    let those = |wanted: fn(&Page, Condition) -> bool| -> Vec<u32> {
        looked.iter().filter(|(_, page, condition)| wanted(page, *condition)).map(|(number, ..)| *number).collect()
    };
    let mut out = Vec::new();
    let mut say = |pages: Vec<u32>, severity, kind: fn(Vec<u32>) -> FindingKind| {
        if !pages.is_empty() {
            out.push((kind(pages), severity));
        }
    };
    say(those(|_, condition| condition.ground == Ground::Blank), Severity::Notice, |pages| FindingKind::Blank { pages });
    if !dossier.catalogue.is_photo(&document.description.form) {
        say(those(|_, condition| condition.ground == Ground::Black), Severity::Warning, |pages| FindingKind::Black { pages });
        say(those(is_sideways), Severity::Warning, |pages| FindingKind::Sideways { pages });
        let worst = looked.iter().filter(|(_, page, condition)| is_askew(page, *condition)).map(|(.., condition)| condition.tilt);
        if let Some(tilt) = worst.map(i16::unsigned_abs).max() {
            out.push((FindingKind::Askew { pages: those(is_askew), tilt }, Severity::Notice));
        }
    }
    let is_unsealed = match document.description.sealed {
        // A person has looked at the paper.
        Some(sealed) => !sealed,
        None => looked.len() == document.printed_pages().count() && is_unsealed(&looked),
    };
    if is_unsealed && shall_be_sealed(dossier, document) {
        out.push((FindingKind::NoSeal, Severity::Warning));
    }
    out
}

fn lies_on_its_side(page: &Page) -> bool {
    !page.turn.is_multiple_of(180)
}

fn is_sideways(page: &Page, condition: Condition) -> bool {
    condition.rows == Direction::Down && !lies_on_its_side(page)
}

/// A page on its side is turned first.
fn is_askew(page: &Page, condition: Condition) -> bool {
    condition.tilt.unsigned_abs() >= ASKEW && page.framing.tilt == 0 && !is_sideways(page, condition)
}

fn shall_be_sealed(dossier: &Dossier, document: &Document) -> bool {
    let named = |word: &str| document.original_name.contains(word) || document.description.title.contains(word);
    (dossier.catalogue.is_red_head(&document.description.form) || named(SEALED)) && !named(MINUTES)
}

/// Told only of a piece that came in colour from the first page to the last, and is no copy: its head, or a signature, has a
/// colour.
fn is_unsealed(looked: &[(u32, &Page, Condition)]) -> bool {
    let mut seals = looked.iter().map(|(.., condition)| condition.seal);
    seals.clone().all(|seal| matches!(seal, Seal::Absent | Seal::Colourless)) && seals.any(|seal| seal == Seal::Absent)
}
