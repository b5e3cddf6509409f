//! Bookmarks that a scan has, hung below the one of its piece.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use scans::Digest;

use super::bookmarks::{self, Places};
use crate::manuscript::{Body, Bookmark, ScanPage, Sheet};

/// Of one scan; more are a register of its own, which lies on its pages.
const MOST: usize = 1_000;
/// How deep they go; those below are told beside the deepest.
const DEEPEST: usize = 6;
/// Characters of a title.
const LONGEST: usize = 120;

/// Of each scan its bookmarks in order, with the page they lead to (from 0).
pub type Marks = HashMap<Digest, Vec<bookmarks::Bookmark>>;

/// The bookmarks of a scan that have a title and lead to a page.
pub fn of(pdf: &Pdf) -> Vec<bookmarks::Bookmark> {
    let found = bookmarks::read(pdf, &Places::of(pdf), MOST).into_iter();
    let clean = found.map(|mark| bookmarks::Bookmark { title: clean(&mark.title), depth: mark.depth.min(DEEPEST), ..mark });
    clean.filter(|mark| mark.page.is_some() && !mark.title.is_empty()).collect()
}

/// Without breaks, and without what is not seen.
fn clean(title: &str) -> String {
    let words: Vec<&str> = title.split(|character: char| character.is_whitespace() || character.is_control()).collect();
    let words = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    scans::archive::plain(&words).chars().take(LONGEST).collect()
}

/// Our bookmarks with those of the scans below them.
pub fn hung(outline: &[Bookmark], sheets: &[Sheet], marks: &Marks) -> Vec<Bookmark> {
    let with = |mark: &Bookmark| {
        let children = if mark.children.is_empty() { below(mark.sheet, sheets, marks) } else { hung(&mark.children, sheets, marks) };
        Bookmark { children, ..mark.clone() }
    };
    outline.iter().map(with).collect()
}

/// Those of the piece that begins on a sheet, as far as they lead to a page of it that is printed. A title may say what a bar
/// covers.
fn below(first: usize, sheets: &[Sheet], marks: &Marks) -> Vec<Bookmark> {
    let Some(begins) = sheets.get(first).filter(|sheet| !sheet.anchors.is_empty()).and_then(scan) else { return Vec::new() };
    let Some(found) = marks.get(&begins.digest) else { return Vec::new() };
    let mut printed: HashMap<usize, usize> = HashMap::new();
    // Whatever comes next has an anchor of its own; blank sides may lie between.
    let own = sheets.iter().enumerate().skip(first).take_while(|(at, sheet)| *at == first || sheet.anchors.is_empty());
    for (at, page) in own.filter_map(|(at, sheet)| Some((at, scan(sheet)?))).filter(|(_, page)| page.masks.is_empty()) {
        printed.entry(page.page as usize).or_insert(at);
    }
    let mut out = Vec::new();
    let mut above: Vec<usize> = Vec::new();
    for mark in found {
        let Some(sheet) = mark.page.and_then(|page| printed.get(&page)) else { continue };
        above.retain(|depth| *depth < mark.depth);
        Bookmark { title: mark.title.clone(), sheet: *sheet, children: Vec::new() }.hang(&mut out, above.len());
        above.push(mark.depth);
    }
    out
}

fn scan(sheet: &Sheet) -> Option<&ScanPage> {
    if let Body::Scan(page) = &sheet.body { Some(page) } else { None }
}
