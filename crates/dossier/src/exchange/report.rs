//! 批次报告: every file of a batch with what became of it, as XLSX.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::wording::report as words;

/// One line of the report, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub path: String,
    pub verdict: String,
    pub kind: String,
    pub pages: u32,
    pub reason: String,
    /// 归类建议, with its code.
    pub suggested: String,
}

/// The bytes of the sheet. What comes from outside is written as text, also where it begins like a formula.
pub fn batch(title: &str, counts: &str, lines: &[Line]) -> Vec<u8> {
    write(title, counts, lines).expect("texts are cut to what a cell holds, and the names are ours")
}

fn write(title: &str, counts: &str, lines: &[Line]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::SHEET)?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter).set_num_format("@");
    let number = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let head = number.clone().set_bold().set_background_color(Color::RGB(0x00E7_EDF4));
    sheet.merge_range(0, 0, 0, 6, title, &Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center))?;
    sheet.merge_range(1, 0, 1, 6, counts, &Format::new())?;
    for (column, (label, width)) in (0_u16..).zip(words::COLUMNS) {
        sheet.write_string_with_format(2, column, label, &head)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, line) in (3_u32..).zip(lines) {
        sheet.write_number_with_format(row, 0, f64::from(row - 2), &number)?;
        for (column, text) in [(1, &line.path), (2, &line.verdict), (3, &line.kind), (5, &line.reason), (6, &line.suggested)] {
            let text: String = text.chars().take(words::CELL_MOST).collect();
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
        if line.pages > 0 {
            sheet.write_number_with_format(row, 4, f64::from(line.pages), &number)?;
        } else {
            sheet.write_blank(row, 4, &number)?;
        }
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.autofilter(2, 0, 2 + lines.len() as u32, 6)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    workbook.save_to_buffer()
}
