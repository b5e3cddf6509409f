//! How far every leaf is, year by year: what the tree shows beside an indicator.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::matching::{self, Found};
use super::veto;
use crate::domain::{
    Demand, DemandId, DemandKind, DocumentId, Dossier, Expected, Indicator, IndicatorCode, Leaf, Per, UnitCode, YearState,
};

/// State of every leaf.
pub type Coverage = BTreeMap<IndicatorCode, LeafCoverage>;

/// State of one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeafCoverage {
    /// State in each year of the period; empty for a bonus item, of which nothing is owed.
    pub years: Vec<(i16, YearState)>,
    /// The worst of all that is asked, by year or once.
    pub whole: YearState,
    /// What is asked for and not there, in the order issued; of a veto item the finding says it.
    pub lacking: Vec<Slot>,
}

/// State of every leaf in each year of the period.
///
/// What is asked each year decides its year. A leaf that asks for things only once (or a veto item) shows their state in
/// every year.
pub fn coverage(dossier: &Dossier, today: Date) -> BTreeMap<IndicatorCode, Vec<(i16, YearState)>> {
    leaves(dossier, today).into_iter().map(|(code, leaf)| (code, leaf.years)).collect()
}

/// The state of every leaf as a whole, with its years.
pub fn leaves(dossier: &Dossier, today: Date) -> Coverage {
    dossier.catalogue.leaves().map(|leaf| (leaf.code().clone(), of_leaf(dossier, leaf, today))).collect()
}

/// As [`leaves`], reusing `known`, the coverage of the earlier dossier `before` on the same day: only changed leaves are looked at.
pub fn leaves_after(dossier: &Dossier, today: Date, before: &Dossier, known: &Coverage) -> Coverage {
    // A demand on a piece counts under every leaf of that piece, and so does what is said of a mark on it.
    if dossier.assessment.cycle != before.assessment.cycle
        || counting_demands(dossier) != counting_demands(before)
        || dossier.set_aside != before.set_aside && held(dossier) != held(before)
    {
        return leaves(dossier, today);
    }
    let state = |leaf: Leaf<'_>| {
        let as_before = known.get(leaf.code()).filter(|_| dossier.is_as_before(before, leaf.code()));
        as_before.cloned().unwrap_or_else(|| of_leaf(dossier, leaf, today))
    };
    dossier.catalogue.leaves().map(|leaf| (leaf.code().clone(), state(leaf))).collect()
}

/// Open demands, and returns that are not settled: the latter hold a piece back even after another came for it. What a demand is about
/// never changes, so comparing the ids is enough.
fn counting_demands(dossier: &Dossier) -> [Vec<DemandId>; 2] {
    let unsettled = dossier.demands.iter().filter(|demand| demand.kind == DemandKind::Return && demand.settled.is_none());
    [dossier.open_demands().map(|demand| demand.id).collect(), unsettled.map(|demand| demand.id).collect()]
}

/// Pieces that are held back.
fn held(dossier: &Dossier) -> Vec<DocumentId> {
    dossier.documents.values().filter(|document| dossier.is_held(document)).map(|document| document.id).collect()
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
        state: state(dossier, &indicator.code, &slot, today),
        expected: slot.expected.clone(),
        year: slot.year,
        asked: slot.asked,
        found: slot.found,
    };
    matching::found(dossier, indicator).into_iter().map(slot).collect()
}

/// The units that owe something each, and whether they have handed it in; empty where nothing is asked by unit.
pub fn by_unit(dossier: &Dossier, indicator: &Indicator) -> Vec<(UnitCode, bool)> {
    matching::by_unit(dossier, indicator)
}

/// State of one slot of what is asked. While a demand is open on what lacks, it says so in place of 缺.
pub(super) fn state(dossier: &Dossier, code: &IndicatorCode, slot: &Found<'_>, today: Date) -> YearState {
    if slot.found >= slot.asked {
        return YearState::Complete;
    }
    // What each unit owes is not all asked back by a demand on one of them.
    let demanded = (slot.expected.per != Per::Unit).then(|| demanded(dossier, code, slot.year)).flatten();
    demanded
        .unwrap_or_else(|| if slot.year.is_some_and(|year| is_open(dossier, year, today)) { YearState::NotDue } else { YearState::Missing })
}

/// What open demands say of a leaf in a year, or of what is asked once. A year that is none of the period stands for no year.
fn demanded(dossier: &Dossier, code: &IndicatorCode, year: Option<i16>) -> Option<YearState> {
    let years = &dossier.assessment.cycle.years;
    said(dossier, code, |demand| demand.year.filter(|of| years.contains(of)).is_none_or(|of| Some(of) == year))
}

/// What open demands on a leaf say, of those that `counts`.
fn said(dossier: &Dossier, code: &IndicatorCode, counts: impl Fn(&Demand) -> bool) -> Option<YearState> {
    let here = dossier.demands.iter().filter(|demand| demand.indicator.as_ref() == Some(code) && counts(demand));
    here.filter(|demand| dossier.is_open(demand)).map(|demand| demand.kind.state()).max()
}

/// The last year is open up to and on the day that the package is due.
fn is_open(dossier: &Dossier, year: i16, today: Date) -> bool {
    let cycle = &dossier.assessment.cycle;
    cycle.partial_years.contains(&year) && today <= cycle.submission_due
}

fn of_leaf(dossier: &Dossier, leaf: Leaf<'_>, today: Date) -> LeafCoverage {
    let years = &dossier.assessment.cycle.years;
    match leaf {
        Leaf::Bonus(_) => LeafCoverage { years: Vec::new(), whole: YearState::Complete, lacking: Vec::new() },
        Leaf::Veto(veto) => {
            let there = if veto::has_proof(dossier, &veto.code) { YearState::Complete } else { YearState::Missing };
            // Nothing is asked of it by year: what is asked of any of its papers is asked of it.
            let state = said(dossier, &veto.code, |_| true).unwrap_or(there);
            LeafCoverage { years: years.iter().map(|year| (*year, state)).collect(), whole: state, lacking: Vec::new() }
        }
        Leaf::Indicator(indicator) => {
            let slots = slots(dossier, indicator, today);
            let worst = |of: &mut dyn Iterator<Item = &Slot>| of.map(|slot| slot.state).max();
            let whole = worst(&mut slots.iter()).unwrap_or(YearState::Complete);
            let once = worst(&mut slots.iter().filter(|slot| slot.year.is_none())).unwrap_or(YearState::Complete);
            let of_year = |year: i16| {
                let counted = worst(&mut slots.iter().filter(|slot| slot.year == Some(year))).unwrap_or(once);
                // Also where the count is full: a piece that was sent back or is to be made good shows.
                demanded(dossier, &indicator.code, Some(year)).map_or(counted, |state| state.max(worse_only(counted)))
            };
            let years: Vec<(i16, YearState)> = years.iter().map(|year| (*year, of_year(*year))).collect();
            let shown = years.iter().map(|(_, state)| *state).filter(|state| is_demanded(*state)).max();
            let whole = shown.or_else(|| demanded(dossier, &indicator.code, None)).map_or(whole, |state| state.max(whole));
            let lacking = slots.into_iter().filter(|slot| slot.state != YearState::Complete).collect();
            LeafCoverage { years, whole, lacking }
        }
    }
}

/// 缺 that the clerk has asked for is 待补.
fn worse_only(counted: YearState) -> YearState {
    if counted == YearState::Missing { YearState::Awaited } else { counted }
}

fn is_demanded(state: YearState) -> bool {
    matches!(state, YearState::Awaited | YearState::Returned)
}
