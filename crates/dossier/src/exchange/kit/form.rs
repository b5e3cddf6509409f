//! 报送清单: a row for each material that is asked, with cells that the unit fills.

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::Draft;
use crate::wording::kit as words;

/// The bytes of the sheet. What comes from outside is written as text, also where it begins like a formula.
pub fn xlsx(draft: &Draft) -> Vec<u8> {
    write(draft).expect("texts are cut to what a cell holds, and the names are ours")
}

fn write(draft: &Draft) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::SHEET)?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter).set_num_format("@");
    let number = Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let head = number.clone().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E7_EDF4));
    let fill = Color::RGB(0x00FF_F8E1);
    let (filled, filled_number) = (cell.clone().set_background_color(fill), number.clone().set_background_color(fill));
    let last = words::COLUMNS.len() as u16 - 1;
    sheet.merge_range(
        0,
        0,
        0,
        last,
        &cut(&words::form_title(draft)),
        &Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
    )?;
    sheet.merge_range(1, 0, 1, last, &cut(&words::form_note(draft)), &Format::new().set_text_wrap())?;
    for (column, (label, width)) in (0_u16..).zip(words::COLUMNS) {
        sheet.write_string_with_format(2, column, label, &head)?;
        sheet.set_column_width(column, width)?;
    }
    let rows = draft.folders.iter().flat_map(|folder| folder.asks.iter().map(move |ask| (folder, ask)));
    let mut row = 3_u32;
    for (folder, ask) in rows {
        sheet.write_number_with_format(row, 0, f64::from(row - 2), &number)?;
        for (column, text) in [(1, &folder.indicator.0), (2, &folder.text), (3, &ask.title), (4, &ask.form)] {
            sheet.write_string_with_format(row, column, cut(text), &cell)?;
        }
        match ask.year {
            Some(year) => sheet.write_number_with_format(row, 5, f64::from(year), &number)?,
            None => sheet.write_string_with_format(row, 5, words::WHOLE_PERIOD, &number)?,
        };
        sheet.write_number_with_format(row, 6, f64::from(ask.asked), &number)?;
        sheet.write_number_with_format(row, 7, f64::from(ask.found), &number)?;
        sheet.write_string_with_format(row, 8, words::state(ask.state), &number)?;
        sheet.write_blank(row, 9, &filled_number)?;
        sheet.write_blank(row, 10, &filled_number)?;
        sheet.write_blank(row, 11, &filled)?;
        row += 1;
    }
    if row > 3 {
        let whole = DataValidation::new()
            .allow_whole_number(DataValidationRule::Between(0, 20_000))
            .set_error_title(words::SHEET)?
            .set_error_message(words::WHOLE_NUMBERS)?;
        sheet.add_data_validation(3, 9, row - 1, 10, &whole)?;
        sheet.autofilter(2, 0, row - 1, last)?;
    }
    sheet.set_row_height(1, 32)?;
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 2)?;
    workbook.save_to_buffer()
}

/// Cuts a text to what a cell can hold.
fn cut(text: &str) -> String {
    text.chars().take(crate::wording::report::CELL_MOST).collect()
}
