//! Words of the report of a batch.

use crate::intake::BatchReport;

pub const SHEET: &str = "接收情况";
/// Longest text that a cell of XLSX holds, in characters.
pub const CELL_MOST: usize = 32_000;
/// Columns and their widths in characters.
pub const COLUMNS: [(&str, f64); 7] =
    [("序号", 6.0), ("文件", 52.0), ("结论", 8.0), ("类型", 16.0), ("页数", 6.0), ("说明", 60.0), ("建议归入", 30.0)];

/// Title of the sheet.
pub fn title(assessment: &str, batch: i64) -> String {
    format!("{assessment}　第{batch}批材料接收情况")
}

/// The line below the title.
pub fn counts(report: &BatchReport) -> String {
    let BatchReport { accepted, duplicate, refused, pending, ignored, unpacked, .. } = report;
    let archives = if *unpacked > 0 { format!("，解开压缩包{unpacked}个") } else { String::new() };
    format!("接收{accepted}件，重复{duplicate}件，拒收{refused}件，待确认{pending}件，略过{ignored}件{archives}。")
}
