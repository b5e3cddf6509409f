//! What is owed, and by whom.

use super::{Expected, IndicatorCode, UnitCode, YearState};

/// One material that an indicator asks for, in one year or once, from these units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debt {
    pub indicator: IndicatorCode,
    pub expected: Expected,
    /// `None`: asked once in the period, or from each unit.
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
    pub state: YearState,
    /// Who hands it in: those who lead, else those who support; one unit where it is asked from each.
    pub by: Vec<UnitCode>,
}

impl Debt {
    /// Pieces that are still to come.
    pub fn lacking(&self) -> u32 {
        self.asked.saturating_sub(self.found)
    }

    /// Whether it counts towards a unit as `state`: what was asked for or sent back counts as missing.
    pub fn counts_as(&self, state: YearState) -> bool {
        state == if self.state.is_lacking() { YearState::Missing } else { self.state }
    }

    pub fn is_of(&self, unit: &UnitCode) -> bool {
        self.by.contains(unit)
    }
}
