//! 退回 and 待补: what the office has sent back, or has asked to be made good, with its reason and its day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DocumentId, EvidenceId, IndicatorCode, UnitCode, YearState};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DemandId(pub i64);

/// A demand on a piece, or on a place of the grid indicator × year × unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    pub id: DemandId,
    pub kind: DemandKind,
    /// The piece it is about; `None` for what has not come at all.
    pub document: Option<DocumentId>,
    /// Where the piece is filed, or what is empty; `None` for a piece that was filed nowhere.
    pub indicator: Option<IndicatorCode>,
    /// `None`: every year, or what is asked once.
    pub year: Option<i16>,
    /// `None`: whoever owes it.
    pub unit: Option<UnitCode>,
    pub reason: String,
    pub day: Date,
    /// The day on which the clerk called it settled.
    pub settled: Option<Date>,
    /// The last filing when it was made: what is filed later may be the answer.
    pub after: EvidenceId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandKind {
    /// 待补: something is to be added or made good.
    Supplement,
    /// 退回: the piece does not count until another comes.
    Return,
}

impl DemandKind {
    /// How a place stands while the demand is open.
    pub fn state(self) -> YearState {
        match self {
            Self::Supplement => YearState::Awaited,
            Self::Return => YearState::Returned,
        }
    }
}
