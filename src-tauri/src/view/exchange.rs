//! 交换: letters and lists to the units.

use dossier::desk::{Late, ReportFormat};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Letters and lists to the units.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportView {
    /// 催办单, to one unit.
    Reminder,
    /// 进度通报
    Progress,
    /// 责任分解表, of one unit or of all.
    Duties,
    /// 缺项清单
    Gaps,
    /// 核查清单
    Findings,
}

#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportFormatView {
    Docx,
    Xlsx,
}

impl From<ReportFormatView> for ReportFormat {
    fn from(format: ReportFormatView) -> Self {
        match format {
            ReportFormatView::Docx => Self::Docx,
            ReportFormatView::Xlsx => Self::Xlsx,
        }
    }
}

/// A unit that owes what is due.
#[derive(Serialize, Type)]
pub struct LateView {
    pub code: String,
    pub name: String,
    /// Pieces that are missing.
    pub missing: u32,
}

impl From<Late> for LateView {
    fn from(late: Late) -> Self {
        let Late { unit, name, missing } = late;
        Self { code: unit.0, name, missing }
    }
}
