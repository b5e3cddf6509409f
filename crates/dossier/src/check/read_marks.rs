//! Marks of classified and internal papers that were read off scans, which at the door had no text that could be read.

use crate::domain::{Document, Dossier, Finding, FindingKind, ReadMark, Severity};

pub(super) fn find(dossier: &Dossier, findings: &mut Vec<Finding>) {
    for document in dossier.documents.values().filter(|document| !document.read_marks.is_empty()) {
        let mut say = |pages: Vec<u32>, severity, kind: fn(Vec<u32>) -> FindingKind| {
            if !pages.is_empty() {
                findings.push(Finding { kind: kind(pages), severity, indicator: None, document: Some(document.id) });
            }
        };
        let classified = |mark: &ReadMark| matches!(mark, ReadMark::Classified { .. });
        say(pages(document, classified), Severity::Error, |pages| FindingKind::ClassifiedRead { pages });
        say(pages(document, |mark| !classified(mark)), Severity::Warning, |pages| FindingKind::SensitiveRead { pages });
    }
}

/// Pages with such marks, counted from 1 as the piece counts them.
fn pages(document: &Document, wanted: impl Fn(&ReadMark) -> bool) -> Vec<u32> {
    let marked: Vec<u32> = document.read_marks.iter().filter(|mark| wanted(mark)).map(ReadMark::page).collect();
    (1..).zip(&document.pages).filter(|(_, page)| marked.contains(&page.index)).map(|(number, _)| number).collect()
}
