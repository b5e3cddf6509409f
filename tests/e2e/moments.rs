//! What calls for the dialogs that a clerk meets seldom: an issued table, a locked file, a picture that came twice, a saved index.

use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::desk::Surroundings;
use dossier::{Desk, exchange};
use rust_xlsxwriter::{Workbook, Worksheet};
use scans::Watch;

use crate::keeping::forwarded;

/// Whoever issues it writes the long texts into narrow columns.
const HEAD: [&str; 8] = ["考评项目", "序号", "考评内容", "分值", "评分标准", "责任单位", "载体形式", "要求"];

/// The reference catalogue as a spreadsheet, as a superior office would issue it.
pub fn issued_table(into: &Path) -> PathBuf {
    let path = into.join("示例区创建双拥模范城考评任务分解表（征求意见稿）.xlsx");
    let (catalogue, units) = exchange::reference();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("任务分解").expect("it is a name");
    line(sheet, 0, &["示例区创建双拥模范城考评任务分解表（2020—2023年）"]);
    line(sheet, 1, &HEAD);
    let mut row = 2;
    for area in &catalogue.areas {
        for (at, one) in area.indicators.iter().enumerate() {
            let heading = if at == 0 { area.title.as_str() } else { "" };
            let forms: Vec<&str> =
                one.carrier_forms.iter().filter_map(|form| catalogue.carrier_forms.get(form)).map(String::as_str).collect();
            let owing: Vec<&str> = one.lead_units.iter().map(|unit| units.name_of(unit)).collect();
            let (seq, score) = (one.seq.to_string(), one.score.map(|score| score.to_string()).unwrap_or_default());
            let cells = [&seq, &one.content, &score, &one.scoring, &owing.join("、"), &forms.join("、"), &one.requirements.join("\n")];
            line(sheet, row, &[&[heading][..], &cells.map(String::as_str)].concat());
            row += 1;
        }
    }
    let other = book.add_worksheet();
    other.set_name("联系人").expect("it is a name");
    line(other, 0, &["示例街道01", "0000-0000"]);
    book.save(&path).expect("it can be written");
    path
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write(row, column, *text).expect("it fits a cell");
    }
}

/// A copy of the index is laid aside; then comes a file that is locked, and a picture that is there already.
pub fn handed_in_late(desk: &Desk, home: &Path) {
    desk.back_up().expect("a copy can be laid aside");
    let folder = home.join("示例街道01补报");
    forwarded(desk, &folder);
    let faces = sample::Faces::load(&Surroundings::here().expect("the program knows where it lies").fonts).expect("the fonts are there");
    let sheet = sample::Canvas::new(&faces, 210.0, 297.0, 60.0, [250, 249, 245]);
    let plain = home.join("未加密.pdf");
    let page = (sample::files::jpeg(&sheet, 70, false), (sheet.width, sheet.height));
    std::fs::write(&plain, sample::files::pdf(&[page], 60.0, false, "会议纪要")).expect("it can be written");
    let locked = folder.join("2022年度议军会议纪要及落实情况（加密件，密码另告）.pdf");
    let done = Command::new("qpdf").args(["--encrypt", "123", "owner", "256", "--"]).args([&plain, &locked]).status();
    assert!(done.expect("qpdf is installed").success());
    desk.intake(&[folder], &Watch::silent(), &mut |_| {}).expect("it can be taken in");
}
