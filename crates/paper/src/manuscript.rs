//! What is handed to the writers: every sheet of the package, in order, with what stands on it.

use scans::pdf::Lettered;
use scans::{Digest, Framing, Mask};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;

/// A whole package, ready to be written. The same manuscript, and the same letters read off its scans, give the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Manuscript {
    pub title: String,
    /// The office that hands the package in.
    pub office: String,
    /// Name and version of the program, for the file's properties.
    pub producer: String,
    /// Day the package is made, `2023-04-18`; passed in, never read from a clock.
    pub made_on: String,
    pub setup: PageSetup,
    /// Every printed page in order. Index 0 is the cover.
    pub sheets: Vec<Sheet>,
    /// Bookmarks: area → indicator → piece. A PDF has those of its scans below them.
    pub outline: Vec<Bookmark>,
}

/// One printed page (a side of paper).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    pub folio: Folio,
    /// Running head, for instance `01-03 双拥工作领导小组`; empty for none.
    pub header: String,
    /// Names under which contents and links find this sheet; a sheet may have several.
    pub anchors: Vec<Anchor>,
    /// Which numbering and head this sheet belongs to; the DOCX opens a section where it changes.
    pub section: u32,
    pub body: Body,
}

/// The number printed on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "series", content = "number", rename_all = "snake_case")]
pub enum Folio {
    /// Covers: counted by nobody, nothing printed.
    None,
    /// Front matter, in lower-case roman numbers, from 1.
    Front(u32),
    /// The body, in digits, from 1 and through all volumes.
    Body(u32),
    /// What came after printing, counted behind a sheet of the body: `45-1`.
    Behind { after: u32, number: u32 },
}

/// A place that can be linked to; only `A–Z a–z 0–9 _ -`, at most 40 characters (the limit of Word's bookmarks).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor(pub String);

#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Body {
    /// Blocks that were dealt out to fit this one page (see `layout::deal`).
    Text(Vec<Block>),
    Scan(ScanPage),
    /// Photos one below the other, each with its words under it.
    Photos(Vec<Photo>),
}

/// A photo on a page of photos.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Photo {
    pub scan: ScanPage,
    /// Printed under it, a paragraph each; the first is its title.
    pub text: Vec<String>,
    /// More was said of it, see [`crate::photos::fitted`].
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// One page of evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScanPage {
    pub digest: Digest,
    /// Page within the scan, from 0.
    pub page: u32,
    /// Turn asked for by the clerk, clockwise, on top of the file's own: 0, 90, 180 or 270 degrees.
    pub turn: u16,
    /// How the page is straightened and cropped before it is turned.
    #[serde(skip_serializing_if = "Framing::is_whole")]
    pub framing: Framing,
    /// What of the page stands on this sheet, as shown and turned; all of it when `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slice: Option<Slice>,
    /// Bars over what nobody may read: the page is drawn anew with them, and nothing of it as it came is in the package.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Mask>,
    /// Other pages of the scan are masked or not printed, so nothing that this page does not show itself may come along with it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
    /// Red lines drawn over the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub strokes: Vec<Stroke>,
    /// Stamped at the head: `01-03-002  关于成立领导小组的通知（1/4）`. The folio is stamped at the foot.
    pub caption: String,
    /// Said in messages about this page: the name of the file as it came.
    pub name: String,
}

/// A band of a page over its full width, from the top down, in ten-thousandths of its height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slice {
    pub from: u16,
    pub to: u16,
}

/// A straight red line over a page, from one point to another in ten-thousandths of its width and height, from its upper
/// left corner; the page as it came, upright, before [`ScanPage::framing`] and [`ScanPage::turn`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stroke {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

/// What text sheets are made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Block {
    /// Free height in mm.
    Space(f32),
    /// A line or paragraph in one of the fixed looks.
    Paragraph {
        look: Look,
        text: String,
    },
    Table(Table),
    /// A line of a table of contents: text, dotted leader, folio; the whole line is a link where the target is in this
    /// file. A long text wraps, and the folio stands on its last line.
    Contents {
        level: u8,
        text: String,
        folio: Folio,
        target: Option<Anchor>,
    },
}

/// The looks of GB/T 9704-2012 and of binders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Look {
    /// Name of the package on its cover, 小标宋 26 pt, centred.
    CoverTitle,
    /// Other lines of the cover, 楷体 18 pt, centred.
    CoverLine,
    /// Title of a page, 2 号 (22 pt) 小标宋, centred. Outline level 1 in the DOCX only when used through [`Look::AreaTitle`].
    Title,
    /// Name of an area on its divider, 小标宋 26 pt, centred; heading 1 in the DOCX.
    AreaTitle,
    /// Head of an indicator sheet, 3 号 (16 pt) 黑体, left; heading 2 in the DOCX.
    IndicatorTitle,
    /// Head of one year of an indicator, 3 号 (16 pt) 黑体, centred; heading 3 in the DOCX.
    SectionTitle,
    /// 黑体 16 pt.
    Heading,
    /// 仿宋 16 pt, first line indented by two characters, line pitch 28.8 pt exact.
    Body,
    /// The rest of a [`Look::Body`] paragraph that began on the sheet before: the same without the indent.
    BodyRest,
    /// 仿宋 12 pt, no indent, for notes under tables.
    Note,
    /// 仿宋 12 pt, centred.
    Centred,
    /// Who signs a letter and its date, 仿宋 16 pt, right, two characters in.
    Signed,
}

/// A table whose head is repeated on every sheet it reaches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Share of the text width for each column; they add up to 1.
    pub widths: Vec<f32>,
    /// Head row; empty for a form without one.
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    /// `（续表）` stands above it when it goes on from the sheet before.
    pub continued: bool,
    /// Set in 10.5 pt (5 号) on 16 pt lines instead of 12 pt on 20: for tables of many columns.
    pub dense: bool,
}

/// Text of a cell or paragraph may hold `\n`, which begins a new line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    pub text: String,
    pub align: Align,
    /// 黑体 instead of 仿宋.
    pub strong: bool,
    /// Columns it covers, at least 1.
    pub span: u8,
    /// The cell is a link; in the DOCX a folio becomes a PAGEREF.
    pub target: Option<Anchor>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Align {
    Left,
    Centre,
    Right,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bookmark {
    pub title: String,
    /// Index into [`Manuscript::sheets`].
    pub sheet: usize,
    pub children: Vec<Bookmark>,
}

impl Bookmark {
    /// Hangs it below the last one of the depth above it, or as deep as there is one.
    pub fn hang(self, into: &mut Vec<Bookmark>, depth: usize) {
        match into.last_mut() {
            Some(last) if depth > 0 => self.hang(&mut last.children, depth - 1),
            _ => into.push(self),
        }
    }
}

/// Paper and margins, in mm (GB/T 9704-2012 5.2: A4, 天头 37, 订口 28, 版心 156 × 225).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageSetup {
    pub width: f32,
    pub height: f32,
    pub top: f32,
    pub bottom: f32,
    /// Margin at the binding edge, and at the other.
    pub inner: f32,
    pub outer: f32,
    /// Printed on both sides: margins mirror, odd folios stand right and even ones left.
    pub duplex: bool,
}

impl Default for PageSetup {
    fn default() -> Self {
        Self { width: 210.0, height: 297.0, top: 37.0, bottom: 35.0, inner: 28.0, outer: 26.0, duplex: true }
    }
}

impl Folio {
    /// As printed and as shown in a viewer's page box: `iii`, `12`, or nothing.
    pub fn label(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Front(number) => roman(number),
            Self::Body(number) => number.to_string(),
            Self::Behind { after, number } => format!("{after}-{number}"),
        }
    }

    /// As it stands on paper, with a dash each side (GB/T 9704-2012 7.5): `— 12 —`.
    pub fn printed(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Front(_) | Self::Body(_) | Self::Behind { .. } => format!("— {} —", self.label()),
        }
    }
}

/// Lower-case roman number; empty for 0.
fn roman(mut number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, letters) in STEPS {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

impl Manuscript {
    /// Every page of evidence with its sheet and its place on it.
    pub fn scans(&self) -> impl Iterator<Item = (usize, usize, &ScanPage)> {
        self.sheets
            .iter()
            .enumerate()
            .flat_map(|(sheet, on)| on.body.scans().into_iter().enumerate().map(move |(photo, scan)| (sheet, photo, scan)))
    }
}

impl Manuscript {
    /// What a receipt says of photos whose words were cut.
    pub(crate) fn cut_words(&self) -> Vec<Remark> {
        let photos = self.sheets.iter().enumerate().filter_map(|(sheet, on)| match &on.body {
            Body::Photos(photos) => Some(photos.iter().enumerate().map(move |(at, photo)| (sheet, at, photo.cut))),
            Body::Text(_) | Body::Scan(_) => None,
        });
        let cut = photos.flatten().filter(|(.., cut)| *cut);
        cut.map(|(sheet, photo, _)| Remark { sheet, photo, kind: RemarkKind::WordsCut, detail: "words under a photo were cut".to_owned() })
            .collect()
    }
}

impl Body {
    /// The pages of evidence that stand on the sheet, in order.
    pub fn scans(&self) -> Vec<&ScanPage> {
        match self {
            Self::Text(_) => Vec::new(),
            Self::Scan(page) => vec![page],
            Self::Photos(photos) => photos.iter().map(|photo| &photo.scan).collect(),
        }
    }
}

impl Slice {
    /// The height of the page.
    pub const WHOLE: u16 = 10_000;

    /// Shares of the height above the band and below it, from 0 to 1.
    pub fn around(self) -> (f64, f64) {
        let whole = f64::from(Self::WHOLE);
        (f64::from(self.from.min(Self::WHOLE)) / whole, 1.0 - f64::from(self.to.min(Self::WHOLE)) / whole)
    }
}

impl Stroke {
    /// Thickness on paper, in pt.
    pub const THICK: f64 = 1.5;

    /// Both ends in shares of width and height, from 0 to 1, y down the page.
    pub fn ends(self) -> [(f64, f64); 2] {
        let share = |part: u16| f64::from(part.min(Slice::WHOLE)) / f64::from(Slice::WHOLE);
        [(share(self.x0), share(self.y0)), (share(self.x1), share(self.y1))]
    }
}

impl Table {
    /// A table without rows yet; `widths` are shares of the text width.
    pub fn new(widths: Vec<f32>, head: Vec<Cell>) -> Self {
        Self { widths, head, rows: Vec::new(), continued: false, dense: false }
    }

    pub fn rows(mut self, rows: Vec<Vec<Cell>>) -> Self {
        self.rows = rows;
        self
    }

    pub fn dense(mut self) -> Self {
        self.dense = true;
        self
    }
}

impl Cell {
    pub fn new(text: impl Into<String>, align: Align) -> Self {
        Self { text: text.into(), align, strong: false, span: 1, target: None }
    }

    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    pub fn span(mut self, columns: u8) -> Self {
        self.span = columns;
        self
    }

    pub fn link(mut self, target: Anchor) -> Self {
        self.target = Some(target);
        self
    }
}

/// Hands out scans by digest. Bytes are read where they lie, so a package of 15 GB streams.
pub trait Shelf: Send + Sync {
    /// # Errors
    /// Whatever the disk says when the scan can't be opened.
    fn open(&self, digest: Digest) -> io::Result<File>;

    /// What was read off a page whose file does not say its letters; they are laid over the page unseen, and nothing that is
    /// printed depends on them. Asked for a page at a time, while it is written.
    fn letters(&self, _: Digest, _page: u32) -> Lettered {
        Lettered::default()
    }
}

/// What a writer reports of a finished file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub sheets: u32,
    pub bytes: u64,
    /// Pages that could not be passed through as they were.
    pub remarks: Vec<Remark>,
    /// 文字层 by the index of the sheet; sheets without any are left out.
    #[serde(default)]
    pub letters: BTreeMap<usize, UnseenText>,
}

/// 文字层 of a sheet: what was read off its evidence and is laid over it unseen. The words themselves are not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnseenText {
    pub letters: u32,
    /// BLAKE3 of the words, a line each.
    pub digest: Digest,
}

impl UnseenText {
    /// `None` where there are no words.
    pub fn of(words: &[String]) -> Option<Self> {
        let letters = words.iter().map(|word| word.chars().count() as u32).sum();
        (letters > 0).then(|| Self { letters, digest: Digest::of(words.join("\n").as_bytes()) })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Index of the sheet.
    pub sheet: usize,
    /// Which of the photos on it, from 0.
    #[serde(default)]
    pub photo: usize,
    pub kind: RemarkKind,
    /// In English, for the log.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemarkKind {
    /// Drawn as a picture (300 dpi in a PDF) because its objects can't be copied.
    Drawn,
    /// Reduced to the resolution that was asked for.
    Reduced,
    /// Drawn anew with bars over what nobody may read.
    Masked,
    /// Active content (script, launch, attachment) was left out.
    ActiveContentDropped,
    /// Its file is signed: the signature holds for the file, and for no copy of its pages.
    SignatureVoid,
    /// Annotations or filled fields that bring no look of their own, and so are not printed.
    LookMissing,
    /// Of a page that was drawn: annotations stand behind an entry that leads to none, and are not printed.
    LooksBroken,
    /// The words under a photo are longer than its sheet has room for, and end in an ellipsis.
    WordsCut,
    /// A font that the page uses does not lie in its file: another computer may show another one.
    FontNotEmbedded,
}

/// Why a package was not written. Nothing is left under the final name.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error(transparent)]
    Cancelled(#[from] scans::Cancelled),
    #[error("page {page} of {name} can't be put into the package: {detail}")]
    Scan { name: String, page: u32, detail: String },
    #[error("no font has {characters:?}")]
    NoGlyph { characters: String },
    #[error("fonts are missing in {dir}: {detail}")]
    Fonts { dir: String, detail: String },
    /// The disk where the package is written.
    #[error("{0}")]
    Output(#[source] io::Error),
    /// A promise of ours was broken (a library refused what we built); named for the log.
    #[error("internal: {0}")]
    Internal(String),
}
