//! 说明 on paper: the same as the text, set like the package.

use std::path::Path;

use paper::font::Fonts;
use paper::layout;
use paper::manuscript::{Align, Block, Body, Cell, Folio, Look, Manuscript, Sheet, Shelf, Table};
use paper::{PageSetup, pdf};
use scans::{Digest, Watch};

use super::Draft;
use crate::error::{Error, Made, Result};
use crate::store::{FileAct, Files};
use crate::wording::kit as words;

/// Stands for a character that no font has.
const UNKNOWN: char = '〓';

/// The bytes of the PDF; `spare` is the file in which it is written, and which is removed again.
pub fn pdf(draft: &Draft, fonts: &Fonts, files: &Files, spare: &Path) -> Result<Vec<u8>> {
    files.remove(spare)?;
    let written = pdf::write(&manuscript(draft, fonts), &Bare, fonts, spare, &Watch::silent());
    let read = written
        .map_err(|error| Error::writing(Made::Letter, error, spare))
        .and_then(|_| std::fs::read(spare).map_err(|e| Error::file(FileAct::Read, spare, e)));
    files.remove(spare)?;
    read
}

/// A letter shows no scan.
struct Bare;

impl Shelf for Bare {
    fn open(&self, _digest: Digest) -> std::io::Result<std::fs::File> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}

fn manuscript(draft: &Draft, fonts: &Fonts) -> Manuscript {
    let setup = PageSetup { duplex: false, ..PageSetup::default() };
    let sheets = layout::deal(&blocks(draft, fonts), &setup).into_iter().zip(1..).map(|(blocks, number)| Sheet {
        folio: Folio::Body(number),
        header: String::new(),
        anchors: Vec::new(),
        section: 0,
        body: Body::Text(blocks),
    });
    Manuscript {
        title: words::title(draft),
        office: draft.office.clone(),
        producer: concat!("汇卷 ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_on: draft.kit.made_on.to_string(),
        setup,
        sheets: sheets.collect(),
        outline: Vec::new(),
    }
}

fn blocks(draft: &Draft, fonts: &Fonts) -> Vec<Block> {
    let plain = |text: String| {
        let missing = fonts.missing(&text);
        text.chars().map(|one| if missing.contains(one) { UNKNOWN } else { one }).collect::<String>()
    };
    let text = |look, text: String| Block::Paragraph { look, text: plain(text) };
    let cell = |text: String, align| Cell::new(plain(text), align);
    let mut out = vec![text(Look::Title, words::title(draft))];
    out.extend(words::paragraphs(draft).into_iter().map(|paragraph| text(Look::Body, paragraph)));
    out.push(text(Look::Heading, words::LISTED.to_owned()));
    let head = words::PRINTED_COLUMNS.map(|label| Cell::new(label, Align::Centre).strong()).to_vec();
    let mut table = Table::new(vec![0.3, 0.34, 0.2, 0.16], head);
    for folder in &draft.folders {
        for (at, line) in words::lines(folder).into_iter().enumerate() {
            table.rows.push(vec![
                cell(if at == 0 { words::indicator(folder) } else { String::new() }, Align::Left),
                cell(line.title, Align::Left),
                cell(line.form, Align::Left),
                cell(line.lacking, Align::Centre),
            ]);
        }
    }
    out.push(Block::Table(table.dense()));
    out
}
