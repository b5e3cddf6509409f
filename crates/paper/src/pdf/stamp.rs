//! Head, foot and the way back to the contents: what the assembler itself prints on a sheet.
//!
//! Marked as artifacts of pagination, so that a reader can tell them from what they stand on, and verification can find them.

use super::geometry::{MM, Rect, Side};
use super::lettering::Lettering;
use super::objects::{Id, Objects};
use super::photos;
use super::syntax::{number, text};
use crate::font::Face;
use crate::manuscript::{Folio, PageSetup};

/// 4 号 (GB/T 9704-2012 7.5).
const FOLIO: f64 = 14.0;
/// The dash of a folio of text stands so far below 版心, in mm.
const FOLIO_BELOW: f64 = 7.0;
/// Baseline of the folio under evidence, in mm above the edge of the paper.
const FOLIO_UNDER_EVIDENCE: f64 = 10.0;
/// Middle of a dash above the baseline, in em.
const MIDDLE: f64 = 0.38;

const CAPTION: f64 = 9.0;
/// Long captions are set smaller, in more lines, and never cut: verification reads them whole.
const CAPTION_LONG: f64 = 7.0;
/// Baseline of the last line of a caption, in mm above the evidence.
const CAPTION_ABOVE: f64 = 3.0;
const CAPTION_PITCH: f64 = 1.3;

const RUNNING_HEAD: f64 = 10.5;
/// The line under the running head stands so far above 版心, in mm.
const HEAD_ABOVE: f64 = 5.0;

const BACK: &str = "返回目录";
const BACK_SIZE: f64 = 8.0;

const HEADER: &str = "/Artifact<</Type/Pagination/Subtype/Header>>BDC";
const FOOTER: &str = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC";
/// On the screen only: paper has nothing to press. See [`screen_layer`].
const ON_SCREEN: &str = "/OC/Screen BDC ";
/// Neither head nor foot.
const AID: &str = "/Artifact<</Type/Pagination>>BDC";

/// The layer that is seen and not printed: its own entries, and those of the catalogue (ISO 32000-1 8.11.4).
pub fn screen_layer(layer: Id) -> (String, String) {
    let usage = "/Usage<</View<</ViewState/ON>>/Print<</PrintState/OFF>>>>";
    let by = |event: &str| format!("<</Event/{event}/Category[/{event}]/OCGs[{layer}]>>");
    (
        format!("<</Type/OCG/Name{}{usage}>>", text(BACK)),
        format!("/OCProperties<</OCGs[{layer}]/D<</Name{}/ON[{layer}]/AS[{}{}]>>>>", text(BACK), by("View"), by("Print")),
    )
}

/// Prints on one sheet, into the operators `out`.
pub struct Stamp<'s, 'f> {
    pub lettering: &'s mut Lettering<'f>,
    pub objects: &'s mut Objects,
    pub out: &'s mut String,
}

impl Stamp<'_, '_> {
    /// The caption above a page of evidence.
    pub fn caption(&mut self, side: Side, text: &str) {
        if text.is_empty() {
            return;
        }
        let area = side.evidence();
        let short = self.lines(CAPTION, area.width(), text);
        let (size, lines) = if short.len() <= 2 { (CAPTION, short) } else { (CAPTION_LONG, self.lines(CAPTION_LONG, area.width(), text)) };
        let mut y = area.y1 + CAPTION_ABOVE * MM + (lines.len() - 1) as f64 * size * CAPTION_PITCH;
        self.open(HEADER);
        for line in lines {
            self.show((Face::Hei, size), (area.x0, y), line);
            y -= size * CAPTION_PITCH;
        }
        self.close();
    }

    /// The running head of a text sheet, over a thin line.
    pub fn running_head(&mut self, side: Side, setup: &PageSetup, text: &str) {
        if text.is_empty() {
            return;
        }
        let (left, right) = side.between(f64::from(setup.inner) * MM, f64::from(setup.outer) * MM);
        let y = side.height - (f64::from(setup.top) - HEAD_ABOVE) * MM;
        let lines = self.lines(RUNNING_HEAD, right - left, text);
        self.open(HEADER);
        // A head is one line; what follows is dropped, for the same words stand in full on the sheet.
        if let Some(first) = lines.first() {
            self.show((Face::Fang, RUNNING_HEAD), (left, y + 4.0), first);
        }
        self.close();
        *self.out += &format!("{AID} q 0.5 w {} {} m {} {} l S Q EMC\n", number(left), number(y), number(right), number(y));
    }

    /// The folio, one character in from the outer edge of 版心 and `y` pt above the edge of the paper.
    fn folio_at(&mut self, side: Side, setup: &PageSetup, folio: Folio, y: f64) {
        let text = folio.printed();
        if text.is_empty() {
            return;
        }
        let (left, right) = side.between(f64::from(setup.inner) * MM, f64::from(setup.outer) * MM);
        let width = self.lettering.width(Face::Folio, FOLIO, &text);
        let x = if side.right_hand { right - FOLIO - width } else { left + FOLIO };
        self.open(FOOTER);
        self.show((Face::Folio, FOLIO), (x, y), &text);
        self.close();
    }

    pub fn folio_of_text(&mut self, side: Side, setup: &PageSetup, folio: Folio) {
        self.folio_at(side, setup, folio, (f64::from(setup.bottom) - FOLIO_BELOW) * MM - MIDDLE * FOLIO);
    }

    pub fn folio_of_evidence(&mut self, side: Side, setup: &PageSetup, folio: Folio) {
        self.folio_at(side, setup, folio, FOLIO_UNDER_EVIDENCE * MM);
    }

    /// The words that lead back to the contents, at the foot opposite the folio; returns where they stand.
    pub fn back(&mut self, side: Side) -> Rect {
        let area = side.evidence();
        let width = self.lettering.width(Face::Hei, BACK_SIZE, BACK);
        let x = if side.right_hand { area.x0 } else { area.x1 - width };
        let y = FOLIO_UNDER_EVIDENCE * MM;
        *self.out += ON_SCREEN;
        *self.out += "q 0.45 g ";
        self.open(AID);
        self.show((Face::Hei, BACK_SIZE), (x, y), BACK);
        self.close();
        *self.out += "Q EMC\n";
        Rect { x0: x - 2.0, y0: y - 3.0, x1: x + width + 2.0, y1: y + BACK_SIZE + 1.0 }
    }

    /// Lines one below the other from a baseline; titles in 黑体.
    pub fn words(&mut self, (x, mut y): (f64, f64), lines: &[(bool, String)]) {
        for (title, line) in lines {
            *self.out += "BT ";
            self.show((if *title { Face::Hei } else { Face::Fang }, photos::SIZE), (x, y), line);
            *self.out += "ET\n";
            y -= photos::PITCH;
        }
    }

    fn open(&mut self, mark: &str) {
        *self.out += mark;
        *self.out += " BT ";
    }

    fn close(&mut self) {
        *self.out += "ET EMC\n";
    }

    fn show(&mut self, letters: (Face, f64), at: (f64, f64), text: &str) {
        self.lettering.show(self.objects, self.out, letters, at, text);
    }

    /// The text in lines of at most `width`, broken at `\n` and between any two characters.
    fn lines<'t>(&self, size: f64, width: f64, text: &'t str) -> Vec<&'t str> {
        let mut lines = Vec::new();
        let (mut begin, mut used) = (0, 0.0);
        for (at, character) in text.char_indices() {
            if character == '\n' {
                lines.push(&text[begin..at]);
                (begin, used) = (at + 1, 0.0);
                continue;
            }
            let own = self.lettering.width(Face::Hei, size, character.encode_utf8(&mut [0; 4]));
            if used + own > width && at > begin {
                lines.push(&text[begin..at]);
                (begin, used) = (at, 0.0);
            }
            used += own;
        }
        lines.push(&text[begin..]);
        lines
    }
}
