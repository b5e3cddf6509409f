//! Where the whole stands: complete by area, self-score with what is at risk, late units, veto items, days left.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Declaration, IndicatorCode, Points, UnitCode, YearState};

/// What the leader reads on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub today: Date,
    pub due: Date,
    /// Negative after the due date.
    pub days_left: i32,
    /// Top areas, in the order issued.
    pub areas: Vec<AreaStanding>,
    pub vetoes: Vec<VetoStanding>,
    /// Self-score of all bonus items, before and after the cap.
    pub bonus: Points,
    pub bonus_counted: Points,
    pub bonus_cap: Option<Points>,
    /// Units that owe something, the latest first.
    pub late: Vec<LateUnit>,
    pub pieces: u32,
    pub unfiled: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaStanding {
    pub code: String,
    pub title: String,
    pub indicators: u32,
    /// Indicators by state; what none is in is left out.
    pub states: BTreeMap<YearState, u32>,
    /// Points as issued in the heading of the area.
    pub stated: Option<Points>,
    /// Sum of the points of its indicators.
    pub sum: Points,
    /// Self-score, of the indicators that have one.
    pub said: Points,
    pub assessed: u32,
    /// Self-score given where something still lacks: 有分无据.
    pub risk: Points,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VetoStanding {
    pub code: IndicatorCode,
    pub text: String,
    pub pieces: u32,
    pub declared: Option<Declaration>,
    pub proven: bool,
    pub state: YearState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateUnit {
    pub unit: UnitCode,
    /// Indicators of which the unit owes something.
    pub owes: u32,
    /// Those among them that were sent back or asked for.
    pub demanded: u32,
    /// Pieces that came from it at all.
    pub pieces: u32,
}

impl AreaStanding {
    pub fn of(&self, state: YearState) -> u32 {
        self.states.get(&state).copied().unwrap_or_default()
    }

    /// Indicators of which something is missing, asked for or sent back.
    pub fn lacking(&self) -> u32 {
        self.of(YearState::Missing) + self.of(YearState::Awaited) + self.of(YearState::Returned)
    }
}

impl Standing {
    /// Complete indicators of all.
    pub fn complete(&self) -> (u32, u32) {
        let total = self.total();
        (total.of(YearState::Complete), total.indicators)
    }

    /// All areas as one, without code and title. Its points are those of each area as issued, else the sum of its indicators; the bonus
    /// is not among them.
    pub fn total(&self) -> AreaStanding {
        let mut states: BTreeMap<YearState, u32> = BTreeMap::new();
        for (state, count) in self.areas.iter().flat_map(|area| &area.states) {
            *states.entry(*state).or_default() += count;
        }
        let sum: Points = self.areas.iter().map(|area| area.stated.unwrap_or(area.sum)).sum();
        AreaStanding {
            code: String::new(),
            title: String::new(),
            indicators: self.areas.iter().map(|area| area.indicators).sum(),
            states,
            stated: Some(sum),
            sum,
            said: self.areas.iter().map(|area| area.said).sum(),
            assessed: self.areas.iter().map(|area| area.assessed).sum(),
            risk: self.areas.iter().map(|area| area.risk).sum(),
        }
    }
}
