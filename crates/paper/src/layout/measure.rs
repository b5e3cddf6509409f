//! The sizes everything is set in, and how high a block is; the DOCX writer uses these very numbers.

use super::lines::{self, Conservative};
use crate::font::Face;
use crate::manuscript::{Align, Block, Cell, Folio, Look, PageSetup, Table};

pub const PT_PER_MM: f32 = 72.0 / 25.4;

/// Line pitch of body text: 22 lines on 225 mm.
pub const BODY_PITCH: f32 = 28.8;

/// Kept free on every page, in pt: Word and LibreOffice round each line.
pub const PAGE_SLACK: f32 = 3.6;

/// Height that a table takes besides its rows, in pt: the tiny paragraphs that a DOCX needs before and after it.
pub const TABLE_ROOM: f32 = 8.0;

/// Thickness of the lines of a table, in pt.
pub const RULE: f32 = 0.5;

/// Line of `（续表）`, in pt.
pub const CONTINUED_PITCH: f32 = 20.0;
pub const CONTINUED_SIZE: f32 = 10.5;
pub const CONTINUED: &str = "（续表）";

/// Words under a photo, in pt: as in a dense table.
pub const PHOTO_SIZE: f32 = 10.5;
pub const PHOTO_PITCH: f32 = 16.0;

/// How a paragraph is set. Sizes in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    pub face: Face,
    pub size: f32,
    /// Exact line pitch.
    pub pitch: f32,
    /// Indent of the first line, in em.
    pub indent: f32,
    /// Kept free at the right of every line, in em.
    pub right: f32,
    /// Free height after the last line.
    pub after: f32,
    pub align: Align,
    /// Lines but the last are spread to the full width.
    pub justified: bool,
    /// Never the last thing on a page.
    pub keeps_next: bool,
}

/// How a look is set.
pub const fn setting(look: Look) -> Setting {
    let text = Setting {
        face: Face::Fang,
        size: 16.0,
        pitch: BODY_PITCH,
        indent: 0.0,
        right: 0.0,
        after: 0.0,
        align: Align::Left,
        justified: false,
        keeps_next: false,
    };
    match look {
        Look::CoverTitle => {
            Setting { face: Face::Song, size: 26.0, pitch: 44.0, after: 12.0, align: Align::Centre, keeps_next: true, ..text }
        }
        Look::CoverLine => Setting { face: Face::Kai, size: 18.0, pitch: 32.0, align: Align::Centre, ..text },
        Look::Title => Setting { face: Face::Song, size: 22.0, pitch: 36.0, after: 14.4, align: Align::Centre, keeps_next: true, ..text },
        Look::AreaTitle => {
            Setting { face: Face::Song, size: 26.0, pitch: 44.0, after: 14.4, align: Align::Centre, keeps_next: true, ..text }
        }
        Look::IndicatorTitle => Setting { face: Face::Hei, after: 6.0, keeps_next: true, ..text },
        Look::SectionTitle => Setting { face: Face::Hei, after: 6.0, align: Align::Centre, keeps_next: true, ..text },
        Look::Heading => Setting { face: Face::Hei, keeps_next: true, ..text },
        Look::Body => Setting { indent: 2.0, justified: true, ..text },
        Look::BodyRest => Setting { justified: true, ..text },
        Look::Note => Setting { size: 12.0, pitch: 20.0, ..text },
        Look::Centred => Setting { size: 12.0, pitch: 20.0, align: Align::Centre, ..text },
        Look::Signed => Setting { right: 2.0, align: Align::Right, ..text },
    }
}

/// How a line of contents is set. Sizes in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContentsSetting {
    pub face: Face,
    pub size: f32,
    pub pitch: f32,
    /// Left indent of every line; a line that wraps starts one [`ContentsSetting::hang`] further in.
    pub left: f32,
    pub hang: f32,
    /// Kept free of text at the right for leader and folio.
    pub right: f32,
    pub keeps_next: bool,
}

/// How a line of contents of a level (0 is the highest) is set.
pub const fn contents(level: u8) -> ContentsSetting {
    let size = 14.0;
    let step = size * if level > 3 { 3.0 } else { level as f32 };
    ContentsSetting {
        face: if level == 0 { Face::Hei } else { Face::Fang },
        size,
        pitch: 25.0,
        left: step,
        hang: 2.0 * size,
        right: 4.5 * size,
        keeps_next: level == 0,
    }
}

/// How a table is set. Sizes in pt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    pub size: f32,
    /// Exact line pitch within cells.
    pub pitch: f32,
    /// Free width at the left and at the right of a cell's text.
    pub pad_x: f32,
    /// Free height above and below a cell's text.
    pub pad_y: f32,
}

pub const fn grid(table: &Table) -> Grid {
    if table.dense {
        Grid { size: 10.5, pitch: 16.0, pad_x: 2.0, pad_y: 3.0 }
    } else {
        Grid { size: 12.0, pitch: 20.0, pad_x: 4.0, pad_y: 3.0 }
    }
}

/// Width and height of 版心, in pt.
pub fn text_area(setup: &PageSetup) -> (f32, f32) {
    ((setup.width - setup.inner - setup.outer) * PT_PER_MM, (setup.height - setup.top - setup.bottom) * PT_PER_MM)
}

/// Height of a page that [`super::deal`] fills, in pt.
pub fn room(setup: &PageSetup) -> f32 {
    text_area(setup).1 - PAGE_SLACK
}

/// Height of a block as it is dealt out, in pt; no writer needs more.
pub fn height(block: &Block, setup: &PageSetup) -> f32 {
    let width = text_area(setup).0;
    match block {
        Block::Space(mm) => mm.max(0.0) * PT_PER_MM,
        Block::Paragraph { look, text } => {
            let setting = setting(*look);
            paragraph_lines(&setting, text, width).len() as f32 * setting.pitch + setting.after
        }
        Block::Contents { level, text, .. } => {
            let setting = contents(*level);
            contents_lines(&setting, text, width).len() as f32 * setting.pitch
        }
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| row_height(table, row, width)).sum::<f32>();
            table_frame(table, width) + if table.continued { CONTINUED_PITCH } else { 0.0 } + rows
        }
    }
}

/// Everything of a table but its rows and the line of `（续表）`.
pub(super) fn table_frame(table: &Table, width: f32) -> f32 {
    let head = if table.head.is_empty() { 0.0 } else { row_height(table, &table.head, width) };
    TABLE_ROOM + RULE + head
}

pub(super) fn row_height(table: &Table, row: &[Cell], width: f32) -> f32 {
    let lines = row_lines(table, row, width).iter().map(Vec::len).max().unwrap_or(1);
    rows_height(&grid(table), lines)
}

/// Height of a row whose highest cell has so many lines.
pub(super) fn rows_height(grid: &Grid, lines: usize) -> f32 {
    lines as f32 * grid.pitch + 2.0 * grid.pad_y + RULE
}

/// The lines of every cell of a row.
pub(super) fn row_lines(table: &Table, row: &[Cell], width: f32) -> Vec<Vec<std::ops::Range<usize>>> {
    let grid = grid(table);
    let spans = cell_spans(table, row);
    let of = |(cell, (left, right)): (&Cell, &(f32, f32))| {
        let free = cell_measure(&grid, (right - left) * width);
        lines::break_lines(&cell.text, free, free, &Conservative)
    };
    row.iter().zip(&spans).map(of).collect()
}

/// Width for the text of a cell in em, a little of it kept free where there is enough; narrow columns can't spare much.
fn cell_measure(grid: &Grid, width: f32) -> f32 {
    let em = (width - 2.0 * grid.pad_x) / grid.size;
    (em - (em / 16.0).min(1.0)).max(1.0)
}

/// Left and right edge of each cell, as shares of the text width.
pub fn cell_spans(table: &Table, row: &[Cell]) -> Vec<(f32, f32)> {
    let total: f32 = table.widths.iter().sum();
    let total = if total > 0.0 { total } else { 1.0 };
    let edge = |column: usize| table.widths.iter().take(column).sum::<f32>() / total;
    let mut column = 0;
    row.iter()
        .map(|cell| {
            let left = column;
            column += usize::from(cell.span.max(1));
            (edge(left), edge(column))
        })
        .collect()
}

pub(super) fn paragraph_lines(setting: &Setting, text: &str, width: f32) -> Vec<std::ops::Range<usize>> {
    // One em is kept free, so that the line holds in any font.
    let em = width / setting.size - setting.right - 1.0;
    lines::break_lines(text, em - setting.indent, em, &Conservative)
}

pub(super) fn contents_lines(setting: &ContentsSetting, text: &str, width: f32) -> Vec<std::ops::Range<usize>> {
    let em = (width - setting.left - setting.right) / setting.size - 1.0;
    lines::break_lines(text, em, em - setting.hang / setting.size, &Conservative)
}

/// Whether a folio stands on a right-hand side.
pub fn right_hand(folio: Folio, setup: &PageSetup) -> bool {
    match folio {
        Folio::None => true,
        Folio::Front(number) | Folio::Body(number) => !setup.duplex || number % 2 == 1,
        // Sides go on behind the one they follow.
        Folio::Behind { after, number } => !setup.duplex || (after + number) % 2 == 1,
    }
}
