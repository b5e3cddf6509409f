//! Labels that are cut out and stuck on: fields one under another in a frame, many frames on a sheet.
//!
//! Measures in mm, sizes of type in pt. A text is set as large as its field allows.

use super::lines::{self, Widths};
use super::measure::{self, PT_PER_MM};
use super::place::{Line, Placed, PlacedRun};
use crate::font::{Face, Fonts, drawn};
use crate::manuscript::PageSetup;

/// A frame of fixed size; fields stand in it from the top down.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub width_mm: f32,
    pub height_mm: f32,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub height_mm: f32,
    pub text: String,
    pub face: Face,
    /// Never set larger than this.
    pub most_pt: f32,
    pub runs: Direction,
    /// A line is drawn below it.
    pub ruled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In lines, centred; `\n` begins a new one.
    Across,
    /// One character under another, in columns from right to left.
    Down,
}

/// Smallest type that is still read at arm's length.
const LEAST_PT: f32 = 6.0;
/// Free within a frame, in mm at each side.
const PAD: f32 = 1.5;
/// Free edge of the sheet, in mm: what no printer reaches.
const EDGE: f32 = 8.0;
/// Between two labels, in mm.
const GAP: f32 = 3.0;
/// Line pitch within a field, in em.
const PITCH: f32 = 1.3;
/// Pitch of characters that stand under one another, in em.
const STEP: f32 = 1.08;
/// A line is set smaller by at most this factor before it is broken.
const UNBROKEN: f32 = 1.8;
/// A second column must gain at least this factor in size.
const ONE_COLUMN: f32 = 1.3;
/// Middle of a Chinese character above its baseline, in em.
const MIDDLE: f32 = 0.38;

/// Lays labels in rows on as many sheets as it takes. A label larger than the sheet stands alone and is cut by its edge.
pub fn labels(labels: &[Label], setup: &PageSetup, fonts: &Fonts) -> Vec<Placed> {
    let mut sheets = Vec::new();
    let mut sheet = Placed::default();
    let (mut x, mut y, mut row) = (EDGE, setup.height - EDGE, 0.0_f32);
    for label in labels {
        if x > EDGE && x + label.width_mm > setup.width - EDGE {
            (x, y, row) = (EDGE, y - row - GAP, 0.0);
        }
        if y - label.height_mm < EDGE && (x > EDGE || y < setup.height - EDGE) {
            sheets.push(std::mem::take(&mut sheet));
            (x, y, row) = (EDGE, setup.height - EDGE, 0.0);
        }
        draw(label, (x, y), fonts, &mut sheet);
        x += label.width_mm + GAP;
        row = row.max(label.height_mm);
    }
    if sheet != Placed::default() {
        sheets.push(sheet);
    }
    sheets
}

fn draw(label: &Label, (x, top): (f32, f32), fonts: &Fonts, sheet: &mut Placed) {
    let (right, bottom) = (x + label.width_mm, top - label.height_mm);
    let mut rule = |x1_mm, y1_mm, x2_mm, y2_mm| sheet.rules.push(Line { x1_mm, y1_mm, x2_mm, y2_mm, width_pt: measure::RULE });
    rule(x, top, right, top);
    rule(x, bottom, right, bottom);
    rule(x, top, x, bottom);
    rule(right, top, right, bottom);
    let mut y = top;
    for field in &label.fields {
        let below = y - field.height_mm;
        if field.ruled {
            rule(x, below, right, below);
        }
        y = below;
    }
    let mut y = top;
    for field in &label.fields {
        let slot = Slot { x: x + PAD, top: y - PAD, width: label.width_mm - 2.0 * PAD, height: field.height_mm - 2.0 * PAD };
        match field.runs {
            Direction::Across => across(field, &slot, fonts, sheet),
            Direction::Down => down(field, &slot, fonts, sheet),
        }
        y -= field.height_mm;
    }
}

/// Room for text, in mm.
struct Slot {
    x: f32,
    top: f32,
    width: f32,
    height: f32,
}

struct Real<'a>(&'a Fonts, Face);

impl Widths for Real<'_> {
    fn width(&self, _before: Option<char>, character: char) -> f32 {
        self.0.advance(self.1, character)
    }
}

/// Sizes to try, from the largest down.
fn sizes(most: f32) -> impl Iterator<Item = f32> {
    (0..).map(move |step| most - 0.5 * step as f32).take_while(|size| *size > LEAST_PT).chain([LEAST_PT])
}

fn across(field: &Field, slot: &Slot, fonts: &Fonts, sheet: &mut Placed) {
    let (width, height) = (slot.width * PT_PER_MM, slot.height * PT_PER_MM);
    let broken = |size: f32| lines::break_lines(&field.text, width / size, width / size, &Real(fonts, field.face));
    let fits = |size: &f32| {
        let lines = broken(*size);
        let widest = lines.iter().map(|line| fonts.width(field.face, field.text[line.clone()].trim_end()) * size).fold(0.0, f32::max);
        lines.len() as f32 * size * PITCH <= height && widest <= width + 0.01
    };
    let whole = |size: &f32| broken(*size).len() == field.text.split('\n').count();
    // Rather a little smaller than a line broken.
    let unbroken = sizes(field.most_pt).take_while(|size| size * UNBROKEN >= field.most_pt).find(|size| whole(size) && fits(size));
    let size = unbroken.or_else(|| sizes(field.most_pt).find(fits)).unwrap_or(LEAST_PT);
    let lines = broken(size);
    let pitch = size * PITCH;
    let mut y = slot.top * PT_PER_MM - (height - lines.len() as f32 * pitch) / 2.0;
    for line in lines {
        y -= pitch;
        let words = field.text[line].trim_end();
        let free = width - fonts.width(field.face, words) * size;
        run(sheet, fonts, field.face, size, (slot.x * PT_PER_MM + free / 2.0, y + pitch / 2.0 - MIDDLE * size), words);
    }
}

fn down(field: &Field, slot: &Slot, fonts: &Fonts, sheet: &mut Placed) {
    let units = units(field, fonts);
    if units.is_empty() {
        return;
    }
    let (width, height) = (slot.width * PT_PER_MM, slot.height * PT_PER_MM);
    let in_column = |size: f32| ((height / (size * STEP)) + 0.001).floor().max(1.0) as usize;
    let columns = |size: f32| units.len().div_ceil(in_column(size));
    let fits = |size: &f32| columns(*size) as f32 * size * PITCH <= width;
    let any = sizes(field.most_pt).find(fits).unwrap_or(LEAST_PT);
    let one = sizes(field.most_pt).find(|size| columns(*size) == 1 && fits(size)).filter(|one| one * ONE_COLUMN >= any);
    let size = one.unwrap_or(any);
    let columns = columns(size);
    // As even as can be, so that no column holds one character.
    let each = units.len().div_ceil(columns);
    let mut x = slot.x * PT_PER_MM + (width + columns as f32 * size * PITCH) / 2.0;
    for column in units.chunks(each) {
        x -= size * PITCH;
        let mut y = slot.top * PT_PER_MM - (height - each as f32 * size * STEP) / 2.0;
        for unit in column {
            y -= size * STEP;
            let own = fonts.width(field.face, unit) * size;
            // Two digits stand side by side; more are set narrower.
            let shown = if own > size * PITCH { size * size * PITCH / own } else { size };
            let own = fonts.width(field.face, unit) * shown;
            let at = (x + (size * PITCH - own) / 2.0, y + size * STEP / 2.0 - MIDDLE * shown);
            run(sheet, fonts, field.face, shown, at, unit);
        }
    }
}

/// Characters as they stand under one another: digits and letters of a word side by side, brackets and dashes turned.
fn units(field: &Field, fonts: &Fonts) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for character in field.text.chars().filter_map(drawn) {
        if character.is_whitespace() {
            continue;
        }
        let turned = upright(character).filter(|turned| fonts.face_for(field.face, *turned).is_some()).unwrap_or(character);
        match units.last_mut() {
            Some(last) if turned.is_ascii_alphanumeric() && last.chars().all(|one| one.is_ascii_alphanumeric()) && last.len() < 4 => {
                last.push(turned);
            }
            _ => units.push(turned.to_string()),
        }
    }
    units
}

/// What stands for a mark where text runs down (Unicode, vertical forms).
fn upright(character: char) -> Option<char> {
    Some(match character {
        '（' | '(' => '︵',
        '）' | ')' => '︶',
        '《' => '︽',
        '》' => '︾',
        '〈' => '︿',
        '〉' => '﹀',
        '“' | '「' => '﹁',
        '”' | '」' => '﹂',
        '〔' => '︹',
        '〕' => '︺',
        '—' | '－' | '-' => '︱',
        _ => return None,
    })
}

fn run(sheet: &mut Placed, fonts: &Fonts, face: Face, size: f32, (mut x, y): (f32, f32), text: &str) {
    for (face, range) in fonts.runs(face, text) {
        let text: String = text[range].chars().filter_map(drawn).collect();
        let width = fonts.width(face, &text) * size;
        sheet.runs.push(PlacedRun { x_mm: x / PT_PER_MM, y_mm: y / PT_PER_MM, size_pt: size, spacing_pt: 0.0, face, text });
        x += width;
    }
}
