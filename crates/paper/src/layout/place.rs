//! The place of every word on a sheet, with the widths of the fonts that draw it.
//!
//! Coordinates are mm from the lower left corner of the paper; sizes of type and thickness of lines are pt.

use super::lines::{self, Widths};
use super::measure::{self, PT_PER_MM, Setting};
use crate::font::{Face, Fonts, drawn};
use crate::manuscript::{Align, Anchor, Block, Body, Cell, Folio, Look, PageSetup, Sheet, Table};
use std::ops::Range;

/// A sheet of text, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Placed {
    pub runs: Vec<PlacedRun>,
    pub rules: Vec<Line>,
    pub links: Vec<(Rect, Anchor)>,
}

/// Text of one face on one line. `x_mm` is its left edge, `y_mm` its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedRun {
    pub x_mm: f32,
    pub y_mm: f32,
    pub size_pt: f32,
    /// Added behind every character, in pt.
    pub spacing_pt: f32,
    pub face: Face,
    pub text: String,
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    pub x1_mm: f32,
    pub y1_mm: f32,
    pub x2_mm: f32,
    pub y2_mm: f32,
    pub width_pt: f32,
}

/// `x_mm`, `y_mm` is the lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x_mm: f32,
    pub y_mm: f32,
    pub width_mm: f32,
    pub height_mm: f32,
}

/// Size of the folio: 4 号 (GB/T 9704-2012 7.5).
pub const FOLIO_SIZE: f32 = 14.0;
/// The dash of a folio stands so far below 版心.
pub const FOLIO_BELOW_MM: f32 = 7.0;
pub const HEADER_SIZE: f32 = 10.5;
/// The line under the running head stands so far above 版心.
pub const HEADER_ABOVE_MM: f32 = 5.0;

/// Middle of a Chinese character above its baseline, in em.
const MIDDLE: f32 = 0.38;

/// Places everything that stands on a sheet: its body, its running head and its folio. Of a scan page only head and folio.
pub fn place(sheet: &Sheet, setup: &PageSetup, fonts: &Fonts) -> Placed {
    let (width, _) = measure::text_area(setup);
    let left = left_margin(sheet.folio, setup) * PT_PER_MM;
    let top = (setup.height - setup.top) * PT_PER_MM;
    let mut pen = Pen { fonts, left, width, y: top, placed: Placed::default() };
    pen.header(&sheet.header, top);
    if let Body::Text(blocks) = &sheet.body {
        let used: f32 = blocks.iter().map(|block| measure::height(block, setup)).sum();
        let full = used + measure::BODY_PITCH > measure::room(setup);
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Space(mm) => pen.y -= mm.max(0.0) * PT_PER_MM,
                Block::Paragraph { look, text } => {
                    let goes_on = index + 1 == blocks.len() && full && !ends(text);
                    pen.paragraph(*look, text, goes_on);
                }
                Block::Contents { level, text, folio, target } => pen.contents(*level, text, *folio, target.as_ref()),
                Block::Table(table) => pen.table(table),
            }
        }
    }
    let mut placed = pen.placed;
    placed.runs.extend(folio(sheet.folio, setup, fonts));
    placed
}

/// The folio as it stands on paper, one character in from the outer edge of 版心; nothing for [`Folio::None`].
pub fn folio(folio: Folio, setup: &PageSetup, fonts: &Fonts) -> Vec<PlacedRun> {
    let text = folio.printed();
    if text.is_empty() {
        return Vec::new();
    }
    let (area, _) = measure::text_area(setup);
    let left = left_margin(folio, setup) * PT_PER_MM;
    let mut pen = Pen { fonts, left, width: area, y: 0.0, placed: Placed::default() };
    let width = fonts.width(Face::Folio, &text) * FOLIO_SIZE;
    let x = if measure::right_hand(folio, setup) { left + area - FOLIO_SIZE - width } else { left + FOLIO_SIZE };
    let baseline = (setup.bottom - FOLIO_BELOW_MM) * PT_PER_MM - MIDDLE * FOLIO_SIZE;
    pen.text(x, baseline, Face::Folio, FOLIO_SIZE, 0.0, &text);
    pen.placed.runs
}

/// Left margin of a sheet in mm: the binding edge is left on right-hand sides, right on the others.
pub fn left_margin(folio: Folio, setup: &PageSetup) -> f32 {
    if measure::right_hand(folio, setup) { setup.inner } else { setup.outer }
}

/// Real widths of a face, with what stands in for missing characters.
struct Real<'a> {
    fonts: &'a Fonts,
    face: Face,
}

impl Widths for Real<'_> {
    fn width(&self, _before: Option<char>, character: char) -> f32 {
        self.fonts.advance(self.face, character)
    }
}

/// Where a line goes, in pt.
struct Slot {
    left: f32,
    width: f32,
    bottom: f32,
    pitch: f32,
}

/// Writes downwards from `y`, in pt from the lower left corner.
struct Pen<'a> {
    fonts: &'a Fonts,
    left: f32,
    width: f32,
    y: f32,
    placed: Placed,
}

impl Pen<'_> {
    fn header(&mut self, text: &str, top: f32) {
        if text.is_empty() {
            return;
        }
        let rule = top + HEADER_ABOVE_MM * PT_PER_MM;
        let text = self.fitted(Face::Fang, HEADER_SIZE, text);
        self.text(self.left, rule + 4.0, Face::Fang, HEADER_SIZE, 0.0, &text);
        self.rule((self.left, rule), (self.left + self.width, rule));
    }

    /// The text, shortened to one line.
    fn fitted(&self, face: Face, size: f32, text: &str) -> String {
        let room = self.width / size;
        if self.fonts.width(face, text) <= room {
            return text.to_owned();
        }
        let (mut used, mut kept) = (self.fonts.advance(face, '…'), String::new());
        for character in text.chars() {
            used += self.fonts.advance(face, character);
            if used > room {
                break;
            }
            kept.push(character);
        }
        kept + "…"
    }

    /// One that goes on overleaf has its lines spread evenly, the last as well.
    fn paragraph(&mut self, look: Look, text: &str, goes_on: bool) {
        let setting = measure::setting(look);
        let planned = measure::paragraph_lines(&setting, text, self.width);
        let width = self.width - setting.right * setting.size;
        let em = width / setting.size;
        let mut lines = self.fewer(planned, text, setting.face, em - setting.indent, em);
        let goes_on = goes_on && setting.justified;
        // A title of two lines has no last line of one character.
        if goes_on || setting.align == Align::Centre {
            lines = self.even(lines, text, &setting);
        }
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let words = &text[line];
            let indent = if index == 0 { setting.indent * setting.size } else { 0.0 };
            self.y -= setting.pitch;
            let slot = Slot { left: self.left + indent, width: width - indent, bottom: self.y, pitch: setting.pitch };
            let spread = setting.justified && (index + 1 < count || goes_on) && !words.ends_with('\n');
            self.line(&slot, setting.face, setting.size, setting.align, spread, words.trim_end());
        }
        self.y -= setting.after;
    }

    /// Breaks a text into as many lines as `lines` has, of widths as even as possible.
    fn even(&self, mut lines: Vec<Range<usize>>, text: &str, setting: &Setting) -> Vec<Range<usize>> {
        let real = Real { fonts: self.fonts, face: setting.face };
        let (mut narrow, mut wide) = (0.0, self.width / setting.size);
        for _ in 0..10 {
            let em = (narrow + wide) / 2.0;
            let tried = lines::break_lines(text, em - setting.indent, em, &real);
            if tried.len() > lines.len() {
                narrow = em;
            } else {
                (lines, wide) = (tried, em);
            }
        }
        lines
    }

    /// Lines by real widths; by the planned ones, should a font be wider than was thought.
    fn fewer(&self, planned: Vec<Range<usize>>, text: &str, face: Face, first: f32, rest: f32) -> Vec<Range<usize>> {
        let real = lines::break_lines(text, first, rest, &Real { fonts: self.fonts, face });
        if real.len() <= planned.len() { real } else { planned }
    }

    /// One line of text in its slot.
    fn line(&mut self, slot: &Slot, face: Face, size: f32, align: Align, spread: bool, words: &str) {
        let free = slot.width - self.fonts.width(face, words) * size;
        let gaps = words.chars().filter(|&character| drawn(character).is_some()).count().saturating_sub(1);
        // A line that is much too short (before a long word) is left as it is.
        let spacing = if spread && gaps > 0 && free < 4.0 * size { free / gaps as f32 } else { 0.0 };
        let x = slot.left + if spread { 0.0 } else { shift(align, free) };
        self.text(x, baseline(slot.bottom, slot.pitch, size), face, size, spacing, words);
    }

    fn contents(&mut self, level: u8, text: &str, folio: Folio, target: Option<&Anchor>) {
        let setting = measure::contents(level);
        let planned = measure::contents_lines(&setting, text, self.width);
        let em = (self.width - setting.left - setting.right) / setting.size;
        let lines = self.fewer(planned, text, setting.face, em, em - setting.hang / setting.size);
        let (count, top) = (lines.len(), self.y);
        for (index, line) in lines.into_iter().enumerate() {
            let words = text[line].trim_end();
            self.y -= setting.pitch;
            let x = self.left + setting.left + if index == 0 { 0.0 } else { setting.hang };
            let y = baseline(self.y, setting.pitch, setting.size);
            self.text(x, y, setting.face, setting.size, 0.0, words);
            let label = folio.label();
            if index + 1 == count && !label.is_empty() {
                let end = x + self.fonts.width(setting.face, words) * setting.size;
                let start = self.left + self.width - self.fonts.width(Face::Fang, &label) * setting.size;
                self.leader(end, start, y, setting.size);
                self.text(start, y, Face::Fang, setting.size, 0.0, &label);
            }
        }
        if let Some(anchor) = target {
            self.link((self.left, self.y), (self.left + self.width, top), anchor);
        }
    }

    /// Dots on a grid that is the same in every line.
    fn leader(&mut self, from: f32, to: f32, y: f32, size: f32) {
        let own = self.fonts.advance(Face::Fang, '.') * size;
        let step = own + 0.3 * size;
        let right = self.left + self.width;
        let first = ((right - (from + 0.4 * size)) / step).floor() as i32;
        let last = ((right - (to - 0.3 * size)) / step).ceil() as i32;
        if first > last {
            let dots = ".".repeat((first - last) as usize);
            self.text(right - first as f32 * step, y, Face::Fang, size, step - own, &dots);
        }
    }

    fn table(&mut self, table: &Table) {
        self.y -= measure::TABLE_ROOM / 2.0;
        if table.continued {
            self.y -= measure::CONTINUED_PITCH;
            let width = self.fonts.width(Face::Fang, measure::CONTINUED) * measure::CONTINUED_SIZE;
            let y = baseline(self.y, measure::CONTINUED_PITCH, measure::CONTINUED_SIZE);
            self.text(self.left + self.width - width, y, Face::Fang, measure::CONTINUED_SIZE, 0.0, measure::CONTINUED);
        }
        let top = self.y;
        if !table.head.is_empty() {
            self.row(table, &table.head);
        }
        for row in &table.rows {
            self.row(table, row);
        }
        if self.y < top {
            self.rule((self.left, self.y), (self.left + self.width, self.y));
        }
        self.y -= measure::TABLE_ROOM / 2.0;
    }

    fn row(&mut self, table: &Table, row: &[Cell]) {
        let grid = measure::grid(table);
        let spans = measure::cell_spans(table, row);
        let face = |cell: &Cell| if cell.strong { Face::Hei } else { Face::Fang };
        let room = |(from, to): (f32, f32)| (to - from) * self.width - 2.0 * grid.pad_x;
        let planned = measure::row_lines(table, row, self.width);
        let lines: Vec<_> = (row.iter().zip(&spans).zip(planned))
            .map(|((cell, &span), planned)| self.fewer(planned, &cell.text, face(cell), room(span) / grid.size, room(span) / grid.size))
            .collect();
        // As high as what stands in it, which is at most what was planned.
        let height = measure::rows_height(&grid, lines.iter().map(Vec::len).max().unwrap_or(1));
        let (top, bottom) = (self.y, self.y - height);
        self.rule((self.left, top), (self.left + self.width, top));
        self.rule((self.left, top), (self.left, bottom));
        for ((cell, (from, to)), lines) in row.iter().zip(spans).zip(lines) {
            let (from, to) = (self.left + from * self.width, self.left + to * self.width);
            let (face, room) = (face(cell), to - from - 2.0 * grid.pad_x);
            let block = lines.len() as f32 * grid.pitch;
            let mut y = bottom + (height + block) / 2.0;
            let count = lines.len();
            // In narrow columns gaps would show.
            let justified = cell.align == Align::Left && room > 15.0 * grid.size;
            for (index, line) in lines.into_iter().enumerate() {
                let words = &cell.text[line];
                y -= grid.pitch;
                let slot = Slot { left: from + grid.pad_x, width: room, bottom: y, pitch: grid.pitch };
                let spread = justified && index + 1 < count && !words.ends_with('\n');
                self.line(&slot, face, grid.size, cell.align, spread, words.trim_end());
            }
            self.rule((to, top), (to, bottom));
            if let Some(anchor) = &cell.target {
                self.link((from, bottom), (to, top), anchor);
            }
        }
        self.y = bottom;
    }

    /// Text from `x` on, cut into runs of one face.
    fn text(&mut self, mut x: f32, y: f32, face: Face, size: f32, spacing: f32, text: &str) {
        for (face, range) in self.fonts.runs(face, text) {
            let text: String = text[range].chars().filter_map(drawn).collect();
            if text.is_empty() {
                continue;
            }
            let width = self.fonts.width(face, &text) * size + spacing * text.chars().count() as f32;
            self.placed.runs.push(PlacedRun { x_mm: mm(x), y_mm: mm(y), size_pt: size, spacing_pt: spacing, face, text });
            x += width;
        }
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        let width_pt = measure::RULE;
        self.placed.rules.push(Line { x1_mm: mm(from.0), y1_mm: mm(from.1), x2_mm: mm(to.0), y2_mm: mm(to.1), width_pt });
    }

    fn link(&mut self, from: (f32, f32), to: (f32, f32), anchor: &Anchor) {
        let rect = Rect { x_mm: mm(from.0), y_mm: mm(from.1), width_mm: mm(to.0 - from.0), height_mm: mm(to.1 - from.1) };
        self.placed.links.push((rect, anchor.clone()));
    }
}

/// Baseline of a line whose lower edge is at `bottom`.
fn baseline(bottom: f32, pitch: f32, size: f32) -> f32 {
    bottom + pitch / 2.0 - MIDDLE * size
}

/// Whether a text comes to an end: what has none and fills its page was cut by the page.
fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['。', '！', '？', '…', '：', '；', '”', '』', '」', '）', '.', '!', '?', ')'])
}

fn shift(align: Align, free: f32) -> f32 {
    match align {
        Align::Left => 0.0,
        Align::Centre => free / 2.0,
        Align::Right => free,
    }
}

fn mm(pt: f32) -> f32 {
    pt / PT_PER_MM
}
