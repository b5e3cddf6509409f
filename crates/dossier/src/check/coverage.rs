//! How far every leaf is, year by year: what the tree shows beside an indicator.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::matching::{self, Found};
use crate::domain::{Dossier, Expected, Indicator, IndicatorCode, Leaf, YearState};

/// State of one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafCoverage {
    /// State in each year of the period; empty for a bonus item, of which nothing is owed.
    pub years: Vec<(i16, YearState)>,
    /// The worst of all that is asked, by year or once.
    pub whole: YearState,
}

/// State of every leaf in each year of the period.
///
/// What is asked each year decides its year. A leaf that asks for things only once (or a veto item) shows their state in
/// every year.
pub fn coverage(dossier: &Dossier, today: Date) -> BTreeMap<IndicatorCode, Vec<(i16, YearState)>> {
    leaves(dossier, today).into_iter().map(|(code, leaf)| (code, leaf.years)).collect()
}

/// The same with the state of the whole leaf.
pub fn leaves(dossier: &Dossier, today: Date) -> BTreeMap<IndicatorCode, LeafCoverage> {
    dossier.catalogue.leaves().map(|leaf| (leaf.code().clone(), of_leaf(dossier, leaf, today))).collect()
}

/// How much of one material that is asked for is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub expected: Expected,
    /// `None`: asked once in the period, or from each unit.
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
    pub state: YearState,
}

/// Everything an indicator asks for, in the order issued, year by year; what the sheet of the indicator ticks off.
pub fn slots(dossier: &Dossier, indicator: &Indicator, today: Date) -> Vec<Slot> {
    let slot = |slot: Found<'_>| Slot {
        state: state(dossier, &slot, today),
        expected: slot.expected.clone(),
        year: slot.year,
        asked: slot.asked,
        found: slot.found,
    };
    matching::found(dossier, indicator).into_iter().map(slot).collect()
}

/// State of one slot of what is asked.
pub(super) fn state(dossier: &Dossier, slot: &Found<'_>, today: Date) -> YearState {
    if slot.found >= slot.asked {
        YearState::Complete
    } else if slot.year.is_some_and(|year| is_open(dossier, year, today)) {
        YearState::NotDue
    } else {
        YearState::Missing
    }
}

/// The last year is open up to and on the day that the package is due.
fn is_open(dossier: &Dossier, year: i16, today: Date) -> bool {
    let cycle = &dossier.assessment.cycle;
    cycle.partial_years.contains(&year) && today <= cycle.submission_due
}

fn of_leaf(dossier: &Dossier, leaf: Leaf<'_>, today: Date) -> LeafCoverage {
    let years = &dossier.assessment.cycle.years;
    let all = |state| LeafCoverage { years: years.iter().map(|year| (*year, state)).collect(), whole: state };
    match leaf {
        Leaf::Bonus(_) => LeafCoverage { years: Vec::new(), whole: YearState::Complete },
        Leaf::Veto(veto) => {
            let proven = dossier.filed(&veto.code).next().is_some();
            all(if proven { YearState::Complete } else { YearState::Missing })
        }
        Leaf::Indicator(indicator) => {
            let slots = matching::found(dossier, indicator);
            let worst = |of: &mut dyn Iterator<Item = &Found<'_>>| of.map(|slot| state(dossier, slot, today)).max();
            let whole = worst(&mut slots.iter()).unwrap_or(YearState::Complete);
            let once = worst(&mut slots.iter().filter(|slot| slot.year.is_none())).unwrap_or(YearState::Complete);
            let of_year = |year: i16| worst(&mut slots.iter().filter(|slot| slot.year == Some(year))).unwrap_or(once);
            LeafCoverage { years: years.iter().map(|year| (*year, of_year(*year))).collect(), whole }
        }
    }
}
