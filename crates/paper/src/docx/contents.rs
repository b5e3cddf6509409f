//! Tables of contents: the first one is a real field whose result is written already.

use docx_rs::{FieldCharType, Hyperlink, HyperlinkType, Paragraph, Run};

use super::{styles, text};
use crate::manuscript::{Block, Body, Folio, Manuscript, Sheet};

/// The field takes up headings 1 to 3, links its lines, and can be brought up to date by 更新域 with the same result.
const FIELD: &str = " TOC \\o \"1-3\" \\h \\z \\u ";

/// Where the first table of contents of the manuscript begins and ends: (sheet, block).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub first: (usize, usize),
    pub last: (usize, usize),
}

/// It goes on as long as the sheets that follow have lines of contents.
pub fn first(manuscript: &Manuscript) -> Option<Extent> {
    let mut found: Option<Extent> = None;
    for (index, sheet) in manuscript.sheets.iter().enumerate() {
        match (lines(sheet), &mut found) {
            (Some((first, last)), None) => found = Some(Extent { first: (index, first), last: (index, last) }),
            (Some((_, last)), Some(extent)) => extent.last = (index, last),
            (None, Some(_)) => break,
            (None, None) => {}
        }
    }
    found
}

/// The first and the last line of contents on a sheet.
fn lines(sheet: &Sheet) -> Option<(usize, usize)> {
    let Body::Text(blocks) = &sheet.body else { return None };
    let is_line = |block: &Block| matches!(block, Block::Contents { .. });
    blocks.iter().position(is_line).zip(blocks.iter().rposition(is_line))
}

/// A line: text, dotted leader, folio; a link where its target is in this document.
pub fn line(level: u8, text: &str, folio: Folio, target: Option<String>, begins: bool) -> Paragraph {
    let mut paragraph = Paragraph::new().style(styles::contents(level));
    if begins {
        for run in [text::mark(FieldCharType::Begin), text::code(FIELD), text::mark(FieldCharType::Separate)] {
            paragraph = paragraph.add_run(run);
        }
    }
    let mut runs = vec![text::run(text)];
    let label = folio.label();
    if !label.is_empty() {
        runs.push(Run::new().add_tab());
        match &target {
            Some(bookmark) => runs.extend(reference(bookmark, &label)),
            None => runs.push(text::run(&label)),
        }
    }
    match target {
        Some(bookmark) => paragraph.add_hyperlink(link(&bookmark, runs)),
        None => runs.into_iter().fold(paragraph, Paragraph::add_run),
    }
}

/// The end of the field, in a paragraph that carries nothing else: Word loses a section break that stands within.
pub fn end() -> Paragraph {
    Paragraph::new().style(styles::SPACER).add_run(text::mark(FieldCharType::End))
}

/// The folio of a place, as a field.
pub fn reference(bookmark: &str, label: &str) -> [Run; 5] {
    text::field(&format!(" PAGEREF {bookmark} \\h "), label)
}

pub fn link(bookmark: &str, runs: impl IntoIterator<Item = Run>) -> Hyperlink {
    runs.into_iter().fold(Hyperlink::new(bookmark, HyperlinkType::Anchor), Hyperlink::add_run)
}
