//! What a reader sees of a finished file, in the terms of the ledger.

use std::path::Path;

use paper::{docx, pdf};

use super::package::CompileError;
use super::verify::{Seen, SeenLine, SeenPage};
use crate::wording::package as words;

pub(super) fn pdf(path: &Path, bars: &pdf::Bars) -> Result<Seen, CompileError> {
    let found = pdf::reopen(path, bars).map_err(|error| match error {
        pdf::ReopenError::Unreadable(source) => CompileError::Unreadable { path: path.to_owned(), source },
        pdf::ReopenError::Damaged(detail) => CompileError::Damaged { path: path.to_owned(), detail: detail.to_owned() },
    })?;
    let pages = found.pages.iter().map(|page| SeenPage {
        label: Some(page.label.clone()),
        folio: bare(&page.foot),
        caption: (!page.scans.is_empty()).then(|| page.head.clone()),
        evidence: if page.shows { page.scans.len() } else { 0 },
        scans: Some(page.scans.clone()),
        jpeg: page.jpeg,
        redrawn: Some(page.pictured && !page.scans.iter().any(|(digest, _)| page.jpeg == Some(*digest))),
        letters: page.unseen,
        covered: page.covered,
    });
    let mut links: Vec<_> = found.links.iter().collect();
    // As they are read: down the page.
    links.sort_by(|a, b| a.page.cmp(&b.page).then(b.rect[3].total_cmp(&a.rect[3])));
    let active =
        [(found.scripts, words::proof::SCRIPTS), (found.launches, words::proof::LAUNCHES), (found.attachments, words::proof::ATTACHMENTS)];
    Ok(Seen {
        pages: pages.collect(),
        contents: links
            .into_iter()
            .map(|link| SeenLine { on: Some(link.page), text: None, number: link.number.clone(), page: link.target })
            .collect(),
        outline: found.outline.into_iter().map(|mark| (mark.title, mark.page)).collect(),
        active: active.into_iter().filter(|(is, _)| *is).map(|(_, name)| name.to_owned()).collect(),
        loose_fonts: found.fonts.into_iter().filter(|font| !font.embedded).map(|font| font.name).collect(),
        flaws: Vec::new(),
    })
}

pub(super) fn docx(path: &Path) -> Result<Seen, CompileError> {
    let found = docx::reopen(path).map_err(|error| match error {
        docx::reopen::ReopenError::Disk(source) => CompileError::Unreadable { path: path.to_owned(), source },
        docx::reopen::ReopenError::Package(_) => {
            CompileError::Damaged { path: path.to_owned(), detail: words::proof::BROKEN_PACKAGE.to_owned() }
        }
        docx::reopen::ReopenError::Part { part, .. } => {
            CompileError::Damaged { path: path.to_owned(), detail: words::proof::broken_part(&part) }
        }
    })?;
    let mut pages: Vec<SeenPage> = found.folios.iter().map(|folio| SeenPage { folio: folio.label(), ..SeenPage::default() }).collect();
    for (page, _) in &found.shown {
        if let Some(page) = pages.get_mut(*page) {
            page.evidence += 1;
        }
    }
    let contents = found.contents.into_iter().map(|line| {
        let (bookmark, number) = line.folio.unzip();
        SeenLine { on: None, text: Some(line.text), number, page: bookmark.and_then(|name| found.bookmarks.get(&name).copied()) }
    });
    Ok(Seen {
        pages,
        contents: contents.collect(),
        outline: found.headings.into_iter().map(|heading| (heading.text, Some(heading.page))).collect(),
        active: found.outward,
        loose_fonts: Vec::new(),
        flaws: found.flaws.iter().map(words::proof::flaw).collect(),
    })
}

/// `— 12 —` → `12`
fn bare(printed: &str) -> String {
    printed.trim_matches(|character: char| character.is_whitespace() || matches!(character, '—' | '-' | '－')).to_owned()
}
