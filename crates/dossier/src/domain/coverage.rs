//! How far what is owed is there, for one leaf and one year.

use serde::{Deserialize, Serialize};

/// 齐, 缺 or 未到期. The order is the one in which several states make one: the worst stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearState {
    /// 齐
    Complete,
    /// 未到期: still missing, but the year is open until the due date.
    NotDue,
    /// 缺
    Missing,
}
