//! A report as XLSX: one sheet that can be sorted and filtered.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::{Cell, Report};
use crate::wording::report as words;

/// The bytes of the sheet. What comes from outside is written as text, also where it begins like a formula.
pub fn sheet(report: &Report) -> Vec<u8> {
    write(report).expect("texts are cut to what a cell holds, and the names are ours")
}

fn write(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(&report.name)?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter).set_num_format("@");
    let centred = cell.clone().set_align(FormatAlign::Center);
    let number = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let head = centred.clone().set_bold().set_background_color(Color::RGB(0x00E7_EDF4));
    let is_grouped = report.lists.len() > 1;
    let shift = u16::from(is_grouped);
    let group = is_grouped.then_some((report.grouped, GROUP_WIDTH));
    let columns: Vec<(&str, f32)> = group.into_iter().chain(report.columns.iter().map(|column| (column.0, column.1))).collect();
    let last = columns.len() as u16 - 1;
    let width: f32 = columns.iter().map(|(_, width)| width).sum();
    sheet.merge_range(
        0,
        0,
        0,
        last,
        &cut(&report.title.replace('\n', "　")),
        &Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
    )?;
    let opening = report.opening.join("\n");
    sheet.merge_range(1, 0, 1, last, &cut(&opening), &Format::new().set_text_wrap().set_align(FormatAlign::VerticalCenter))?;
    let lines: f32 = opening.lines().map(|line| (line.chars().count() as f32 * 2.0 / width).ceil().max(1.0)).sum();
    sheet.set_row_height(1, f64::from(lines.max(1.0) * LINE))?;
    for (at, (label, width)) in (0..).zip(&columns) {
        sheet.write_string_with_format(2, at, *label, &head)?;
        sheet.set_column_width(at, f64::from(*width))?;
    }
    let mut at = 2;
    for list in &report.lists {
        for row in &list.rows {
            at += 1;
            if is_grouped {
                sheet.write_string_with_format(at, 0, cut(&list.heading), &cell)?;
            }
            for (column, value) in (shift..).zip(row) {
                match value {
                    Cell::Text(text) => sheet.write_string_with_format(at, column, cut(text), &cell)?,
                    Cell::Centred(text) => sheet.write_string_with_format(at, column, cut(text), &centred)?,
                    Cell::Number(value) => sheet.write_number_with_format(at, column, f64::from(*value), &number)?,
                };
            }
        }
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.autofilter(2, 0, at, last)?;
    sheet.set_landscape();
    sheet.set_paper_size(A4);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    workbook.save_to_buffer()
}

/// Width of the column that the headings become.
const GROUP_WIDTH: f32 = 22.0;
/// Height of a line, in pt.
const LINE: f32 = 15.0;
/// The number that the format gives to A4.
const A4: u8 = 9;

fn cut(text: &str) -> String {
    text.chars().take(words::CELL_MOST).collect()
}
