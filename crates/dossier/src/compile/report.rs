//! 校验报告 on paper: the same facts as the JSON, set like the package.

use paper::layout;
use paper::manuscript::{Align, Block, Body, Cell, Folio, Look, Manuscript, Sheet, Table};
use paper::{PageSetup, font::Fonts};

use super::package::Report;
use crate::wording::package as words;

/// Stands for a character that no font has: names of files hold what people type.
const UNKNOWN: char = '〓';

/// The report as it is printed, on one side of the paper. What no font has is shown as 〓.
pub fn manuscript(report: &Report, fonts: &Fonts) -> Manuscript {
    let setup = PageSetup { duplex: false, ..PageSetup::default() };
    let plain = |text: String| {
        let missing = fonts.missing(&text);
        if missing.is_empty() { text } else { text.chars().map(|one| if missing.contains(one) { UNKNOWN } else { one }).collect() }
    };
    let head = plain(words::proof::report_title(report));
    let sheets = layout::deal(&blocks(report, &plain), &setup).into_iter().zip(1..).map(|(blocks, number)| Sheet {
        folio: Folio::Body(number),
        header: head.clone(),
        anchors: Vec::new(),
        section: 0,
        body: Body::Text(blocks),
    });
    Manuscript {
        title: head.clone(),
        office: report.office.clone(),
        producer: report.program.clone(),
        made_on: report.options.made_on.to_string(),
        setup,
        sheets: sheets.collect(),
        outline: Vec::new(),
    }
}

fn blocks(report: &Report, plain: &impl Fn(String) -> String) -> Vec<Block> {
    let text = |look, text: String| Block::Paragraph { look, text: plain(text) };
    let table = |table: Table| Block::Table(table.dense());
    let left = |text: String| Cell::new(plain(text), Align::Left);
    let centred = |text: String| Cell::new(plain(text), Align::Centre);
    let head = |labels: &[&str]| labels.iter().map(|label| Cell::new(*label, Align::Centre).strong()).collect::<Vec<_>>();
    let mut out = vec![text(Look::Title, words::proof::REPORT_TITLE.to_owned())];

    let facts =
        words::proof::report_facts(report).into_iter().map(|(label, value)| vec![Cell::new(label, Align::Centre).strong(), left(value)]);
    out.push(table(Table::new(vec![0.2, 0.8], Vec::new()).rows(facts.collect())));

    out.push(text(Look::Heading, words::proof::report_files().to_owned()));
    let mut files = Table::new(vec![0.35, 0.09, 0.16, 0.14, 0.14, 0.12], head(&words::proof::REPORT_FILES_HEAD));
    for (file, volume) in report.files.iter().zip(&report.ledger.volumes) {
        files.rows.push(vec![
            left(file.name.clone()),
            centred(volume.sheets.to_string()),
            centred(words::folios(volume.folios)),
            centred(volume.pieces.to_string()),
            centred(volume.pages.to_string()),
            centred(crate::wording::text::size(file.bytes)),
        ]);
        files.rows.push(vec![left(words::proof::report_digest(file)).span(6)]);
    }
    out.push(table(files));

    out.push(text(Look::Heading, words::proof::report_checks().to_owned()));
    let mut checks = Table::new(vec![0.5, 0.12, 0.38], head(&words::proof::REPORT_CHECKS_HEAD));
    for check in &report.verification.checks {
        checks.rows.push(vec![
            left(check.name.clone()),
            centred(words::proof::passed(check.passed).to_owned()),
            left(check.detail.clone()),
        ]);
    }
    out.push(table(checks));
    out.push(text(Look::Body, words::proof::conclusion(report.verification.ok).to_owned()));

    out.push(text(Look::Heading, words::proof::report_lacking(&report.lacking)));
    out.extend(words::proof::lacking(&report.lacking).into_iter().map(|said| text(Look::Note, said)));
    out.push(text(Look::Heading, words::proof::report_left_out(report.left_out.len())));
    out.extend(report.left_out.iter().map(|left| text(Look::Note, words::left_out(left))));
    out.push(text(Look::Heading, words::proof::report_remarks(report.remarks.len())));
    out.extend(
        words::proof::oversized(report)
            .into_iter()
            .chain(words::proof::reduced(report))
            .chain(words::proof::masked(report))
            .chain(words::proof::unread(report.unread))
            .chain(words::proof::pending(report.pending))
            .map(|said| text(Look::Note, said)),
    );
    out.extend(report.remarks.iter().map(|remark| text(Look::Note, words::proof::remark(remark))));

    out.push(text(Look::Heading, words::proof::report_pieces(report.pieces.len())));
    let mut pieces = Table::new(vec![0.16, 0.37, 0.08, 0.08, 0.31], head(&words::proof::REPORT_PIECES_HEAD));
    for piece in &report.pieces {
        pieces.rows.push(vec![
            centred(piece.number.0.clone()),
            left(words::proof::reported(piece)),
            centred(piece.pages.to_string()),
            centred(piece.folio.clone()),
            left(piece.original_name.clone()),
        ]);
    }
    if !pieces.rows.is_empty() {
        out.push(table(pieces));
    }
    out
}
