//! 批次报告: every file of a batch with what became of it.

use super::{Cell, List, Report};
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

pub fn report(title: String, counts: String, lines: Vec<Line>) -> Report {
    let row = |(number, line): (u32, Line)| {
        vec![
            Cell::Number(number),
            Cell::text(line.path),
            Cell::centred(line.verdict),
            Cell::text(line.kind),
            if line.pages > 0 { Cell::Number(line.pages) } else { Cell::centred("") },
            Cell::text(line.reason),
            Cell::text(line.suggested),
        ]
    };
    Report {
        name: words::BATCH.to_owned(),
        title,
        wide: true,
        to: String::new(),
        opening: vec![counts],
        columns: words::BATCH_COLUMNS.to_vec(),
        grouped: "",
        lists: vec![List { heading: String::new(), rows: (1..).zip(lines).map(row).collect() }],
        note: String::new(),
        signed: Vec::new(),
    }
}
