//! How far what is owed is there, for one leaf and one year.

use serde::{Deserialize, Serialize};

/// 齐, 未到期, 待补, 缺 or 退回. The order is the one in which several states make one: the worst stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearState {
    /// 齐
    Complete,
    /// 未到期: still missing, but the year is open until the due date.
    NotDue,
    /// 待补: the clerk has asked for it.
    Awaited,
    /// 缺
    Missing,
    /// 退回: what came was sent back.
    Returned,
}

impl YearState {
    /// Something is still to come and due: 缺, 待补 or 退回.
    pub fn is_lacking(self) -> bool {
        match self {
            Self::Awaited | Self::Missing | Self::Returned => true,
            Self::Complete | Self::NotDue => false,
        }
    }
}
