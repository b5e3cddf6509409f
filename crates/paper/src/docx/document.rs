//! `word/document.xml`: sheet after sheet, each opened by a forced break, each section closed by its last paragraph.

use docx_rs::{BookmarkEnd, BookmarkStart, BuildXML, Paragraph, ParagraphChild};
use scans::Watch;

use super::blocks::{self, Piece};
use super::bookmarks::{Places, bookmark};
use super::contents::{self, Extent};
use super::evidence;
use super::geometry::scan_room;
use super::heads::Heads;
use super::order::normalise;
use super::package::Package;
use super::parts::DECLARATION;
use super::pictures::{Picture, Pictures};
use super::sections::{self, Section};
use super::tree::{Element, parse};
use crate::manuscript::{Body, Manuscript, ScanPage, Sheet, WriteError};

const OPEN: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>"#;
/// The document goes to the package in pieces of about this size.
const PIECE: usize = 64 << 10;

pub fn write(
    package: &mut Package,
    manuscript: &Manuscript,
    sections: &[Section],
    heads: &Heads,
    pictures: &Pictures,
    watch: &Watch,
) -> Result<(), WriteError> {
    package.open("word/document.xml")?;
    let mut writer = Writer {
        package,
        manuscript,
        pictures,
        places: Places::of(manuscript),
        contents: contents::first(manuscript),
        pending: format!("{DECLARATION}{OPEN}"),
        drawings: 0,
        bookmarks: 0,
    };
    let total = manuscript.sheets.len() as u64;
    let mut done = manuscript.sheets.iter().filter(|sheet| !matches!(sheet.body, Body::Text(_))).count() as u64;
    for (number, section) in sections.iter().enumerate() {
        let property = sections::property(section, &manuscript.setup, heads)?;
        for index in section.sheets.clone() {
            watch.go_on()?;
            let closes = index + 1 == section.sheets.end && number + 1 < sections.len();
            writer.sheet(index, index > section.sheets.start, closes.then_some(&property))?;
            if matches!(manuscript.sheets[index].body, Body::Text(_)) {
                done += 1;
                watch.step(done, total, manuscript.sheets[index].header.as_str());
            }
        }
        if number + 1 == sections.len() {
            writer.put(&property)?;
        }
    }
    writer.finish()
}

struct Writer<'a> {
    package: &'a mut Package,
    manuscript: &'a Manuscript,
    pictures: &'a Pictures,
    places: Places<'a>,
    contents: Option<Extent>,
    pending: String,
    drawings: u32,
    bookmarks: usize,
}

impl Writer<'_> {
    /// One sheet; `turns` begins a new page, `closing` ends the section.
    fn sheet(&mut self, index: usize, turns: bool, closing: Option<&Element>) -> Result<(), WriteError> {
        let sheet = &self.manuscript.sheets[index];
        let (mut pieces, heading) = match &sheet.body {
            Body::Text(blocks) => blocks::pieces(index, blocks, &self.manuscript.setup, &self.places, self.contents),
            Body::Scan(scan) => {
                let picture = &self.pictures.on(index)[0];
                let pieces = [evidence::caption(scan), evidence::picture(picture, scan_room(&self.manuscript.setup))];
                (pieces.map(Piece::Paragraph).into(), 0)
            }
            Body::Photos(photos) => {
                let pieces = evidence::photos(photos, self.pictures.on(index), &self.manuscript.setup);
                (pieces.into_iter().map(Piece::Paragraph).collect(), 0)
            }
        };
        if turns && let Some(Piece::Paragraph(first)) = pieces.first_mut() {
            first.property.page_break_before = Some(true);
        }
        if let Some(Piece::Paragraph(paragraph)) = pieces.get_mut(heading) {
            self.mark(paragraph, sheet);
        }
        if closing.is_some() && !self.may_close(index, &pieces) {
            pieces.push(Piece::Paragraph(blocks::closing()));
        }
        let last = pieces.len() - 1;
        let scans = sheet.body.scans();
        let mut shown = scans.into_iter().zip(self.pictures.on(index)).peekable();
        for (number, piece) in pieces.iter().enumerate() {
            if self.piece(piece, shown.peek().copied(), closing.filter(|_| number == last))? {
                shown.next();
            }
        }
        Ok(())
    }

    /// Whether the last piece may carry the end of the section: a table can't, and the end of the contents must not.
    fn may_close(&self, index: usize, pieces: &[Piece]) -> bool {
        let within_contents = self.contents.is_some_and(|extent| (extent.first.0..=extent.last.0).contains(&index));
        matches!(pieces.last(), Some(Piece::Paragraph(_))) && !within_contents
    }

    /// Puts the sheet's bookmarks round the text of its heading.
    fn mark(&mut self, paragraph: &mut Paragraph, sheet: &Sheet) {
        for anchor in &sheet.anchors {
            let id = self.bookmarks;
            self.bookmarks += 1;
            paragraph.children.insert(0, ParagraphChild::BookmarkStart(BookmarkStart::new(id, bookmark(anchor))));
            paragraph.children.push(ParagraphChild::BookmarkEnd(BookmarkEnd::new(id)));
        }
    }

    /// Says whether it shows the picture that it was given.
    fn piece(&mut self, piece: &Piece, scan: Option<(&ScanPage, &Picture)>, closing: Option<&Element>) -> Result<bool, WriteError> {
        let mut element = parse(&match piece {
            Piece::Paragraph(paragraph) => paragraph.build(),
            Piece::Table { element, .. } => element.build(),
        })?;
        let shows = scan.is_some_and(|(scan, picture)| evidence::complete(&mut element, self.drawings + 1, scan, picture));
        self.drawings += u32::from(shows);
        if let Piece::Table { headed: true, .. } = piece {
            blocks::repeat_head(&mut element);
        }
        if let Some(property) = closing {
            element.ensure("w:pPr").push(property.clone());
        }
        normalise(&mut element);
        self.put(&element)?;
        Ok(shows)
    }

    fn put(&mut self, element: &Element) -> Result<(), WriteError> {
        element.write(&mut self.pending);
        if self.pending.len() >= PIECE {
            self.package.write(&self.pending)?;
            self.pending.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), WriteError> {
        self.pending.push_str("</w:body></w:document>");
        self.package.write(&self.pending)
    }
}
