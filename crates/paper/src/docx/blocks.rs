//! Text sheets: paragraphs and tables, set in the very sizes by which they were dealt out.

use docx_rs::{
    Paragraph, Table as TableElement, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType,
    TableRow, VAlignType, WidthType,
};

use super::bookmarks::Places;
use super::contents::{self, Extent};
use super::geometry::{text_width, twips};
use super::tree::{Element, Node};
use super::{styles, text};
use crate::layout::measure;
use crate::manuscript::{Block, Cell, Look, PageSetup, Table};

/// One element of the document's body.
#[expect(clippy::large_enum_variant, reason = "a handful is made a sheet, and written at once")]
pub enum Piece {
    Paragraph(Paragraph),
    Table { element: TableElement, headed: bool },
}

/// Free height before and after a table, in twips: Word joins tables that touch, and wants a paragraph behind the last.
const BESIDE_TABLE: i32 = (measure::TABLE_ROOM / 2.0 * 20.0) as i32;

/// The elements of a sheet, and which of them is its heading (or the first paragraph).
pub fn pieces(sheet: usize, blocks: &[Block], setup: &PageSetup, places: &Places, extent: Option<Extent>) -> (Vec<Piece>, usize) {
    let mut pieces = Vec::with_capacity(blocks.len() + 4);
    let mut heading = None;
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Space(mm) => pieces.extend(space(twips(*mm)).map(Piece::Paragraph)),
            Block::Paragraph { look, text } => {
                if heading.is_none() && is_heading(*look) {
                    heading = Some(pieces.len());
                }
                pieces.push(Piece::Paragraph(Paragraph::new().style(styles::of(*look)).add_run(text::run(text))));
            }
            Block::Contents { level, text, folio, target } => {
                let begins = extent.is_some_and(|extent| extent.first == (sheet, index));
                let target = places.here(target.as_ref());
                pieces.push(Piece::Paragraph(contents::line(*level, text, *folio, target, begins)));
            }
            Block::Table(table) => self::table(table, setup, places, &mut pieces),
        }
        if extent.is_some_and(|extent| extent.last == (sheet, index)) {
            pieces.push(Piece::Paragraph(contents::end()));
        }
    }
    if !matches!(pieces.first(), Some(Piece::Paragraph(_))) {
        pieces.insert(0, Piece::Paragraph(sliver(SLIVER)));
    }
    (pieces, heading.unwrap_or(0))
}

/// Height of the paragraphs that carry only a break, in twips: 1 pt.
const SLIVER: i32 = 20;

/// A paragraph that carries only a section's end.
pub fn closing() -> Paragraph {
    sliver(SLIVER)
}

fn is_heading(look: Look) -> bool {
    match look {
        Look::CoverTitle | Look::Title | Look::AreaTitle | Look::IndicatorTitle | Look::SectionTitle | Look::Heading => true,
        Look::CoverLine | Look::Body | Look::BodyRest | Look::Note | Look::Centred | Look::Signed => false,
    }
}

/// Free height as a paragraph of one exact line: space before a paragraph is lost at the head of a page.
fn space(height: i32) -> Option<Paragraph> {
    (height > 0).then(|| sliver(height))
}

fn sliver(height: i32) -> Paragraph {
    Paragraph::new().style(styles::SPACER).line_spacing(styles::exact(height))
}

fn table(table: &Table, setup: &PageSetup, places: &Places, pieces: &mut Vec<Piece>) {
    pieces.push(Piece::Paragraph(sliver(BESIDE_TABLE)));
    if table.continued {
        pieces.push(Piece::Paragraph(Paragraph::new().style(styles::CONTINUED).add_run(text::run(measure::CONTINUED))));
    }
    let columns = columns(table, text_width(setup));
    let rows = table.head.first().map(|_| &table.head).into_iter().chain(&table.rows);
    let rows: Vec<TableRow> = rows.map(|cells| row(table, cells, &columns, places)).collect();
    if rows.is_empty() {
        return;
    }
    let grid = measure::grid(table);
    let pad = |pt: f32| (pt * 20.0) as usize;
    let margins = TableCellMargins::new().margin(pad(grid.pad_y), pad(grid.pad_x), pad(grid.pad_y), pad(grid.pad_x));
    let element = TableElement::new(rows)
        .set_grid(columns.clone())
        .layout(TableLayoutType::Fixed)
        .width(columns.iter().sum(), WidthType::Dxa)
        .align(docx_rs::TableAlignmentType::Center)
        .margins(margins)
        .set_borders(borders());
    pieces.push(Piece::Table { element, headed: !table.head.is_empty() });
    pieces.push(Piece::Paragraph(sliver(BESIDE_TABLE)));
}

/// Marks the head row, so that Word repeats it should somebody let the table grow over its page.
pub fn repeat_head(table: &mut Element) {
    let head = table.children.iter_mut().find_map(|node| match node {
        Node::Element(row) if row.name == "w:tr" => Some(row),
        Node::Element(_) | Node::Text(_) => None,
    });
    if let Some(head) = head {
        head.ensure("w:trPr").push(Element::new("w:tblHeader"));
    }
}

/// Widths of the columns in twips; they add up to the text width.
fn columns(table: &Table, width: i32) -> Vec<usize> {
    let total: f32 = table.widths.iter().sum();
    let total = if total > 0.0 { total } else { 1.0 };
    let edge = |columns: usize| (table.widths.iter().take(columns).sum::<f32>() / total * width as f32).round() as usize;
    (0..table.widths.len()).map(|column| edge(column + 1) - edge(column)).collect()
}

fn row(table: &Table, cells: &[Cell], columns: &[usize], places: &Places) -> TableRow {
    let mut column = 0;
    let cells = cells.iter().map(|one| {
        let span = usize::from(one.span.max(1)).min(columns.len().saturating_sub(column).max(1));
        let width = columns.iter().skip(column).take(span).sum();
        column += span;
        cell(table, one, places).width(width, WidthType::Dxa).grid_span(span)
    });
    TableRow::new(cells.collect()).cant_split()
}

fn cell(table: &Table, cell: &Cell, places: &Places) -> TableCell {
    let style = if table.dense { styles::DENSE_CELL } else { styles::CELL };
    let paragraph = Paragraph::new().style(style).align(styles::align(cell.align, false));
    let run = |text: &str| {
        let run = text::run(text);
        if cell.strong { run.fonts(styles::fonts(styles::HEI)) } else { run }
    };
    let paragraph = match places.here(cell.target.as_ref()) {
        Some(bookmark) if is_number(&cell.text) => {
            contents::reference(&bookmark, cell.text.trim()).into_iter().fold(paragraph, Paragraph::add_run)
        }
        Some(bookmark) => paragraph.add_hyperlink(contents::link(&bookmark, [run(&cell.text)])),
        None => paragraph.add_run(run(&cell.text)),
    };
    TableCell::new().vertical_align(VAlignType::Center).add_paragraph(paragraph)
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let eighths = (measure::RULE * 8.0) as usize;
    [Top, Left, Bottom, Right, InsideH, InsideV]
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, position| borders.set(TableBorder::new(position).size(eighths)))
}
