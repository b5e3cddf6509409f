//! 分隔页: what the code on a sheet says that parts a pile of paper.

use super::{IndicatorCode, UnitCode};

/// First line of every code of ours; the number tells later forms apart.
const OURS: &str = "HUIJUAN1";

/// Where the paper that follows a sheet belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCode {
    pub indicator: IndicatorCode,
    pub unit: Option<UnitCode>,
}

impl SheetCode {
    pub fn spelt(&self) -> String {
        format!("{OURS}\n{}\n{}", self.indicator, self.unit.as_ref().map_or("", |unit| unit.0.as_str()))
    }

    /// `None` for a code that is not one of our sheets.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (OURS, indicator) = (lines.next()?, lines.next().filter(|code| !code.is_empty())?) else { return None };
        let unit = lines.next().filter(|code| !code.is_empty()).map(|code| UnitCode(code.to_owned()));
        Some(Self { indicator: IndicatorCode(indicator.to_owned()), unit })
    }
}
