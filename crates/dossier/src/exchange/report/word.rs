//! A report as a Word document, by the writer of the package.

use paper::manuscript::{Align, Block, Body, Folio, Look, Sheet, Table};
use paper::{Manuscript, PageSetup, layout};

use super::{Cell, Report};

/// Number of columns from which a list is set in small type.
const MANY_COLUMNS: usize = 4;

/// Margins of a list across the paper, in mm.
const ACROSS: PageSetup = PageSetup { width: 297.0, height: 210.0, top: 30.0, bottom: 28.0, inner: 24.0, outer: 24.0, duplex: false };

/// The report as sheets; `producer` names the program, `made_on` is the day.
pub fn manuscript(report: &Report, office: &str, producer: &str, made_on: &str) -> Manuscript {
    let upright = PageSetup { duplex: false, ..PageSetup::default() };
    let setup = if report.wide { ACROSS } else { upright };
    let folios = (1..).map(Folio::Body);
    let sheet = |(blocks, folio)| Sheet { folio, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(blocks) };
    Manuscript {
        title: report.title.clone(),
        office: office.to_owned(),
        producer: producer.to_owned(),
        made_on: made_on.to_owned(),
        setup,
        sheets: layout::deal(&blocks(report), &setup).into_iter().zip(folios).map(sheet).collect(),
        outline: Vec::new(),
    }
}

fn blocks(report: &Report) -> Vec<Block> {
    let paragraph = |look, text: &String| Block::Paragraph { look, text: text.clone() };
    let mut out = vec![paragraph(Look::Title, &report.title)];
    if !report.to.is_empty() {
        out.push(paragraph(Look::BodyRest, &report.to));
    }
    out.extend(report.opening.iter().map(|text| paragraph(Look::Body, text)));
    for list in report.lists.iter().filter(|list| !list.rows.is_empty()) {
        if report.lists.len() > 1 {
            out.extend([Block::Space(3.0), paragraph(Look::Heading, &list.heading)]);
        }
        out.push(Block::Table(table(report, &list.rows)));
    }
    if !report.note.is_empty() {
        out.push(paragraph(Look::Note, &report.note));
    }
    if !report.signed.is_empty() {
        out.push(Block::Space(10.0));
        out.extend(report.signed.iter().map(|text| paragraph(Look::Signed, text)));
    }
    out
}

fn table(report: &Report, rows: &[Vec<Cell>]) -> Table {
    let total: f32 = report.columns.iter().map(|column| column.1).sum();
    let widths = report.columns.iter().map(|column| column.1 / total).collect();
    let head = report.columns.iter().map(|column| paper::manuscript::Cell::new(column.0, Align::Centre).strong()).collect();
    let cell = |cell: &Cell| {
        let align = if matches!(cell, Cell::Text(_)) { Align::Left } else { Align::Centre };
        paper::manuscript::Cell::new(cell.shown(), align)
    };
    let table = Table::new(widths, head).rows(rows.iter().map(|row| row.iter().map(cell).collect()).collect());
    if report.columns.len() > MANY_COLUMNS { table.dense() } else { table }
}
