//! 分节: which pieces of a leaf stand together, under a 卷内目录 of their own.

use serde::{Deserialize, Serialize};

use crate::domain::Document;

/// Whether a leaf is one section, or one for each year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sections {
    /// In the order of the clerk.
    #[default]
    Indicator,
    /// By 佐证年度, and in the order of the clerk within each.
    Year,
}

/// The pieces of a leaf that prove one year; in the order of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// 跨年度: of several years.
    Several,
    Year(i16),
    /// 未注明年度
    Unsaid,
}

impl Section {
    pub fn of(document: &Document) -> Self {
        let mut years = document.years();
        years.sort_unstable();
        years.dedup();
        match years.as_slice() {
            [] => Self::Unsaid,
            [year] => Self::Year(*year),
            _ => Self::Several,
        }
    }

    /// Tells its anchor from those of the other sections of a leaf.
    pub(super) fn mark(self) -> String {
        match self {
            Self::Several => "several".to_owned(),
            // Anchors hold no minus.
            Self::Year(year) => year.unsigned_abs().to_string(),
            Self::Unsaid => "unsaid".to_owned(),
        }
    }
}
