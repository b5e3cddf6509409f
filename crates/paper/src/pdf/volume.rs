//! One package file while it is written: its sheets, and what leads from one to another.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use scans::Watch;

use super::evidence::Evidence;
use super::geometry::{MM, Matrix, Rect, Side};
use super::lettering::Lettering;
use super::mapped::Mapped;
use super::objects::{Id, Objects};
use super::piece::Piece;
use super::sink::Sink;
use super::source::Source;
use super::stamp::{Stamp, screen_layer};
use super::syntax::number;
use super::text::{self, BATCH};
use super::tree::Tree;
use super::unseen::{Read, Unseen, Word};
use super::within::{self, Marks};
use super::{form, labels, looks, outline, photos, properties};
use crate::font::Fonts;
use crate::layout::{self, Placed};
use crate::manuscript::{
    Anchor, Block, Body, Folio, Manuscript, Photo, Receipt, Remark, ScanPage, Sheet, Shelf, Slice, Stroke, UnseenText, WriteError,
};

pub struct Volume<'m> {
    manuscript: &'m Manuscript,
    fonts: &'m Fonts,
    objects: Objects,
    tree: Tree,
    lettering: Lettering<'m>,
    unseen: Unseen,
    anchors: HashMap<&'m Anchor, usize>,
    /// The first sheet with contents: where the way back leads.
    contents: Option<usize>,
    /// Layer of what is not printed; in a file that has a way back.
    screen: Option<Id>,
    remarks: Vec<Remark>,
    /// Bookmarks that the scans have.
    marks: Marks,
    /// The text layer of each sheet that has one, by index of the sheet.
    letters: BTreeMap<usize, UnseenText>,
    done: u64,
}

/// A page before it is written.
#[derive(Default)]
struct Draft {
    content: String,
    /// Named objects of its resources.
    shown: Vec<Id>,
    annotations: Vec<Id>,
    /// Further entries.
    entries: String,
    /// Words that are laid over it unseen.
    unseen: Vec<String>,
    /// Transparency group of the first page on the sheet that has one, see [`Piece::group`].
    group: String,
}

impl<'m> Volume<'m> {
    pub fn begin(manuscript: &'m Manuscript, fonts: &'m Fonts, out: &Path) -> Result<Self, WriteError> {
        let sink = Sink::create(out).map_err(WriteError::Output)?;
        let mut objects = Objects::begin(sink).map_err(WriteError::Output)?;
        let tree = Tree::reserve(&mut objects, manuscript.sheets.len());
        let anchors =
            manuscript.sheets.iter().enumerate().rev().flat_map(|(index, sheet)| sheet.anchors.iter().map(move |anchor| (anchor, index)));
        let contents = manuscript.sheets.iter().position(leads_on);
        let screen = contents.map(|_| objects.reserve());
        Ok(Self {
            manuscript,
            fonts,
            objects,
            tree,
            lettering: Lettering::new(fonts),
            unseen: Unseen::default(),
            anchors: anchors.collect(),
            contents,
            screen,
            remarks: Vec::new(),
            marks: Marks::new(),
            letters: BTreeMap::new(),
            done: 0,
        })
    }

    /// Draws the sheets of text in batches and takes them in like any other PDF.
    pub fn text_sheets(&mut self, watch: &Watch) -> Result<(), WriteError> {
        let manuscript = self.manuscript;
        let texts: Vec<(usize, &Sheet)> =
            manuscript.sheets.iter().enumerate().filter(|(_, sheet)| matches!(sheet.body, Body::Text(_))).collect();
        for batch in texts.chunks(BATCH) {
            watch.go_on()?;
            let placed: Vec<(usize, Placed)> = batch.iter().map(|(index, sheet)| (*index, self.body_of(sheet))).collect();
            let bytes = text::draw(&placed, &manuscript.setup, self.fonts)?;
            let internal = |detail: String| WriteError::Internal(format!("text sheets: {detail}"));
            let mut source = Source::open(Arc::new(Mapped::Memory(bytes))).map_err(internal)?;
            for (page, ((index, sheet), (_, placed))) in batch.iter().zip(&placed).enumerate() {
                watch.go_on()?;
                let (piece, _) =
                    form::take_in(&mut self.objects, &mut source, page, false).map_err(|refusal| refusal.into_error(internal))?;
                self.text_sheet(*index, sheet, &piece, placed).map_err(WriteError::Output)?;
                self.step(watch, &sheet.header);
            }
        }
        Ok(())
    }

    pub fn evidence_sheets(&mut self, shelf: &dyn Shelf, watch: &Watch) -> Result<(), WriteError> {
        let mut evidence = Evidence::new(shelf);
        let manuscript = self.manuscript;
        for (index, sheet) in manuscript.sheets.iter().enumerate() {
            let scans = sheet.body.scans();
            let Some(last) = scans.last() else { continue };
            watch.go_on()?;
            let mut pieces = Vec::with_capacity(scans.len());
            for (at, page) in scans.iter().enumerate() {
                pieces.push(evidence.piece(&mut self.objects, (index, at), page, &mut self.remarks)?);
            }
            match &sheet.body {
                Body::Text(_) => {}
                Body::Scan(page) => self.evidence_sheet(index, sheet, (page, &pieces[0]), shelf).map_err(WriteError::Output)?,
                Body::Photos(photos) => self.photo_sheet(index, sheet, (photos, &pieces), shelf).map_err(WriteError::Output)?,
            }
            self.step(watch, &last.name);
        }
        self.marks = evidence.marks;
        Ok(())
    }

    pub fn finish(mut self) -> Result<Receipt, WriteError> {
        let manuscript = self.manuscript;
        self.lettering.write(&mut self.objects)?;
        self.unseen.write(&mut self.objects).map_err(WriteError::Output)?;
        let write_rest = |mut objects: Objects, tree: &Tree| {
            tree.write(&mut objects)?;
            let mut layers = String::new();
            if let Some(screen) = self.screen {
                let (layer, catalogue) = screen_layer(screen);
                objects.object(screen, layer)?;
                layers = catalogue;
            }
            let marks = within::hung(&manuscript.outline, &manuscript.sheets, &self.marks);
            let bookmarks = outline::write(&mut objects, tree, &marks)?;
            let bookmarks = bookmarks.map_or(String::new(), |root| format!("/Outlines {root}/PageMode/UseOutlines"));
            let (info, xmp) = properties::write(&mut objects, manuscript)?;
            let catalogue = objects.reserve();
            objects.object(
                catalogue,
                format!(
                    "<</Type/Catalog/Pages {}{bookmarks}/PageLabels{}/Metadata {xmp}/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>{layers}>>",
                    tree.root(),
                    labels::page_labels(&manuscript.sheets),
                ),
            )?;
            objects.finish(catalogue, info, properties::mark(manuscript))
        };
        let bytes = write_rest(self.objects, &self.tree).map_err(WriteError::Output)?;
        let sheets = u32::try_from(manuscript.sheets.len()).expect("the limits keep a package far below 2^32 sheets");
        self.remarks.extend(manuscript.cut_words());
        self.remarks.sort_by_key(|remark| remark.sheet);
        Ok(Receipt { sheets, bytes, remarks: self.remarks, letters: self.letters })
    }

    /// What layout places on a sheet besides head and foot, which are printed here on every sheet alike.
    fn body_of(&self, sheet: &Sheet) -> Placed {
        let bare = Sheet { header: String::new(), ..sheet.clone() };
        let mut placed = layout::place(&bare, &self.manuscript.setup, self.fonts);
        let foot = layout::place::folio(sheet.folio, &self.manuscript.setup, self.fonts);
        if placed.runs.ends_with(&foot) {
            placed.runs.truncate(placed.runs.len() - foot.len());
        }
        placed
    }

    fn text_sheet(&mut self, index: usize, sheet: &Sheet, piece: &Piece, placed: &Placed) -> std::io::Result<()> {
        let setup = &self.manuscript.setup;
        let side = Side::of(setup, sheet.folio);
        let mut draft = Draft::default();
        draft.show(piece, Matrix::IDENTITY);
        for (rect, anchor) in &placed.links {
            let Some(target) = self.anchors.get(anchor) else { continue };
            let (x, y) = (f64::from(rect.x_mm) * MM, f64::from(rect.y_mm) * MM);
            let rect = Rect { x0: x, y0: y, x1: x + f64::from(rect.width_mm) * MM, y1: y + f64::from(rect.height_mm) * MM };
            draft.annotations.push(self.inside_link(rect, *target)?);
        }
        let mut stamp = Stamp { lettering: &mut self.lettering, objects: &mut self.objects, out: &mut draft.content };
        stamp.running_head(side, setup, &sheet.header);
        stamp.folio_of_text(side, setup, sheet.folio);
        self.page(index, side, draft)
    }

    fn evidence_sheet(
        &mut self,
        index: usize,
        sheet: &Sheet,
        (page, piece): (&ScanPage, &Piece),
        shelf: &dyn Shelf,
    ) -> std::io::Result<()> {
        let side = Side::of(&self.manuscript.setup, sheet.folio);
        let (width, height) = shown_size(page, piece);
        let (above, below) = page.slice.map_or((0.0, 0.0), Slice::around);
        let seen = Rect { x0: 0.0, y0: height * below, x1: width, y1: height * (1.0 - above) };
        let placed = side.place(width, seen.height(), piece.measured);
        let placed = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -seen.y0]).then(placed);
        let clip = (page.slice.is_some() || !page.framing.is_whole()).then(|| placed.bounds(seen));
        let mut draft = Draft { entries: said(&[page]), ..Draft::default() };
        let placed = draft.evidence(page, piece, placed, clip);
        self.letters(&mut draft, (page, piece), placed, clip, shelf);
        for link in &piece.links {
            let rect = piece.upright.then(placed).bounds(link.rect);
            if clip.is_some_and(|clip| !clip.holds(rect)) {
                continue;
            }
            let id = self.objects.reserve();
            self.objects.object(id, looks::outside_link(rect, &link.uri))?;
            draft.annotations.push(id);
        }
        self.finish_evidence(index, sheet, side, &page.caption, draft)
    }

    /// Photos one below the other, upright, each with its words under it.
    fn photo_sheet(
        &mut self,
        index: usize,
        sheet: &Sheet,
        (photos, pieces): (&[Photo], &[Rc<Piece>]),
        shelf: &dyn Shelf,
    ) -> std::io::Result<()> {
        let side = Side::of(&self.manuscript.setup, sheet.folio);
        let scans = sheet.body.scans();
        let mut draft = Draft { entries: said(&scans), ..Draft::default() };
        for ((photo, piece), slot) in photos.iter().zip(pieces).zip(photos::slots(side, photos.len())) {
            let words = photos::words(photo, slot.width());
            let size = shown_size(&photo.scan, piece);
            let (placed, foot) = photos::place(slot, size, piece.measured, &words);
            let seen = Rect { x0: 0.0, y0: 0.0, x1: size.0, y1: size.1 };
            let clip = (!photo.scan.framing.is_whole()).then(|| placed.bounds(seen));
            let placed = draft.evidence(&photo.scan, piece, placed, clip);
            self.letters(&mut draft, (&photo.scan, piece), placed, clip, shelf);
            let mut stamp = Stamp { lettering: &mut self.lettering, objects: &mut self.objects, out: &mut draft.content };
            stamp.words((slot.x0, foot), &words);
        }
        let captions: Vec<&str> = scans.iter().map(|page| page.caption.as_str()).collect();
        self.finish_evidence(index, sheet, side, &captions.join("\n"), draft)
    }

    /// Lays what was read off a page over it, unseen; `placed` leads from the page as it came to the paper.
    fn letters(&mut self, draft: &mut Draft, (page, piece): (&ScanPage, &Piece), placed: Matrix, clip: Option<Rect>, shelf: &dyn Shelf) {
        let letters = &shelf.letters(page.digest, page.page);
        let read = Read { letters, width: piece.width, height: piece.height, masks: &page.masks, placed, clip };
        let words = read.words();
        self.unseen.show(&mut self.objects, &mut draft.content, &words, placed);
        draft.unseen.extend(words.into_iter().map(Word::into_text));
    }

    /// Prints head, foot and the way back.
    fn finish_evidence(&mut self, index: usize, sheet: &Sheet, side: Side, caption: &str, mut draft: Draft) -> std::io::Result<()> {
        let mut stamp = Stamp { lettering: &mut self.lettering, objects: &mut self.objects, out: &mut draft.content };
        stamp.caption(side, caption);
        if sheet.folio != Folio::None {
            stamp.folio_of_evidence(side, &self.manuscript.setup, sheet.folio);
        }
        if let Some(contents) = self.contents {
            let rect = stamp.back(side);
            draft.annotations.push(self.inside_link(rect, contents)?);
        }
        self.letters.extend(UnseenText::of(&draft.unseen).map(|text| (index, text)));
        self.page(index, side, draft)
    }

    fn inside_link(&mut self, rect: Rect, target: usize) -> std::io::Result<Id> {
        let id = self.objects.reserve();
        let target = self.tree.page(target);
        let link = format!("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{}]/Dest[{target}/XYZ null null null]>>", rect.spelt());
        self.objects.object(id, link)?;
        Ok(id)
    }

    fn page(&mut self, index: usize, side: Side, draft: Draft) -> std::io::Result<()> {
        let content = self.objects.reserve();
        self.objects.stream(content, "", draft.content.as_bytes())?;
        let shown: String = draft.shown.iter().enumerate().map(|(at, id)| format!("/S{at} {id}")).collect();
        let layer = self.screen.map(|screen| format!("/Properties<</Screen {screen}>>")).unwrap_or_default();
        let mut body = format!(
            "<</Type/Page/Parent {}/MediaBox[{}]/Resources<</Font<<{}{}>>/XObject<<{shown}>>{layer}>>/Contents {content}{}{}",
            self.tree.parent(index),
            Rect { x0: 0.0, y0: 0.0, x1: side.width, y1: side.height }.spelt(),
            self.lettering.resources(),
            self.unseen.resources(),
            draft.entries,
            draft.group,
        );
        if !draft.annotations.is_empty() {
            let annotations: Vec<String> = draft.annotations.iter().map(Id::to_string).collect();
            body += &format!("/Annots[{}]", annotations.join(" "));
        }
        self.objects.object(self.tree.page(index), body + ">>")
    }

    fn step(&mut self, watch: &Watch, on: &str) {
        self.done += 1;
        watch.step(self.done, self.manuscript.sheets.len() as u64, on);
    }
}

impl Draft {
    fn show(&mut self, piece: &Piece, placed: Matrix) {
        self.show_within(piece, placed, None);
    }

    /// A page of evidence with its red lines, `placed` as shown, framed and turned; gives its place as it came.
    fn evidence(&mut self, page: &ScanPage, piece: &Piece, placed: Matrix, clip: Option<Rect>) -> Matrix {
        let (width, height) = page.framing.size(piece.width, piece.height);
        let framed = Matrix::framed(page.framing, piece.width, piece.height);
        let placed = framed.then(Matrix::turned(page.turn, width, height)).then(placed);
        self.show_within(piece, placed, clip);
        let on_paper = |(x, y): (f64, f64)| placed.apply(x * piece.width, (1.0 - y) * piece.height);
        self.strokes(page.strokes.iter().map(|stroke| stroke.ends().map(on_paper)), clip);
        placed
    }

    /// Only what lies within `clip` is seen.
    fn show_within(&mut self, piece: &Piece, placed: Matrix, clip: Option<Rect>) {
        let clip = clipping(clip);
        self.content += &format!("q {clip}{} cm /S{} Do Q\n", piece.upright.then(placed).spelt(), self.shown.len());
        self.shown.push(piece.object);
        if self.group.is_empty() {
            self.group.clone_from(&piece.group);
        }
    }

    /// Red lines, over what was shown before.
    fn strokes(&mut self, lines: impl Iterator<Item = [(f64, f64); 2]>, clip: Option<Rect>) {
        let line = |[(x0, y0), (x1, y1)]: [(f64, f64); 2]| {
            let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(number);
            format!("{x0} {y0} m {x1} {y1} l S ")
        };
        let lines: String = lines.map(line).collect();
        if !lines.is_empty() {
            self.content += &format!("q {}{RED} {} w 1 J {lines}Q\n", clipping(clip), number(Stroke::THICK));
        }
    }
}

/// The red of a marking pen, for lines.
const RED: &str = "0.86 0.05 0.05 RG";

/// Operators that let only a box be seen.
fn clipping(clip: Option<Rect>) -> String {
    let numbers = |rect: Rect| [rect.x0, rect.y0, rect.width(), rect.height()].map(number).join(" ");
    clip.map(|rect| format!("{} re W n ", numbers(rect))).unwrap_or_default()
}

/// Width and height in pt of what is shown of a page, with the clerk's turn.
fn shown_size(page: &ScanPage, piece: &Piece) -> (f64, f64) {
    let (width, height) = page.framing.size(piece.width, piece.height);
    if page.turn % 180 == 90 { (height, width) } else { (width, height) }
}

/// What a sheet says of the scans on it, for verification.
fn said(scans: &[&ScanPage]) -> String {
    let scans: Vec<String> = scans.iter().map(|page| format!("<{}> {}", page.digest, page.page)).collect();
    format!("/HJScan[{}]", scans.join(" "))
}

/// Whether a sheet leads to others.
fn leads_on(sheet: &Sheet) -> bool {
    let Body::Text(blocks) = &sheet.body else { return false };
    blocks.iter().any(|block| match block {
        Block::Contents { target, .. } => target.is_some(),
        Block::Table(table) => table.rows.iter().flatten().any(|cell| cell.target.is_some()),
        Block::Space(_) | Block::Paragraph { .. } => false,
    })
}
