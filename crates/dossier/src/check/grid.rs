//! The grid indicator × unit, with the state of each year in every place that someone owes or has filled.

use std::collections::HashMap;

use super::coverage::{Coverage, LeafCoverage};
use super::matching;
use crate::domain::{Demand, DocumentId, Dossier, Duty, Indicator, IndicatorCode, Per, UnitCode, YearState};

/// Everything the grid shows, in one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub years: Vec<i16>,
    /// Columns, in the order issued.
    pub units: Vec<UnitCode>,
    /// Rows, in the order issued.
    pub rows: Vec<GridRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    pub code: IndicatorCode,
    /// State of each year, whoever owes it.
    pub years: Vec<YearState>,
    pub whole: YearState,
    /// Places where something is owed or lies, by column.
    pub cells: Vec<GridCell>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// Place in [`Grid::units`].
    pub unit: u32,
    /// `None`: the unit owes nothing here, and has handed something in.
    pub duty: Option<Duty>,
    /// Pieces that came from the unit, and the first of them.
    pub pieces: u32,
    pub first: Option<DocumentId>,
    /// By year; `None` where the unit owes nothing and nothing came.
    pub years: Vec<Option<YearState>>,
}

impl GridCell {
    /// The worst of all years.
    pub fn whole(&self) -> Option<YearState> {
        self.years.iter().flatten().max().copied()
    }
}

/// A unit that leads owes what the indicator asks, and its own share of what is asked of each unit; one that supports owes only its
/// share, and shows what it has handed in.
pub fn grid(dossier: &Dossier, coverage: &Coverage) -> Grid {
    let units: Vec<UnitCode> = dossier.units.units.iter().map(|unit| unit.code.clone()).collect();
    let columns: HashMap<&UnitCode, u32> = units.iter().zip(0..).collect();
    let rows = dossier
        .catalogue
        .indicators()
        .map(|indicator| {
            let covered = &coverage[&indicator.code];
            let years: Vec<YearState> = covered.years.iter().map(|(_, state)| *state).collect();
            let cells = cells(dossier, indicator, covered, &columns);
            GridRow { code: indicator.code.clone(), years, whole: covered.whole, cells }
        })
        .collect();
    Grid { years: dossier.assessment.cycle.years.clone(), rows, units }
}

fn cells(dossier: &Dossier, indicator: &Indicator, covered: &LeafCoverage, columns: &HashMap<&UnitCode, u32>) -> Vec<GridCell> {
    let years = &dossier.assessment.cycle.years;
    let mut came: HashMap<&UnitCode, Vec<Option<YearState>>> = HashMap::new();
    let mut pieces: HashMap<&UnitCode, (u32, DocumentId)> = HashMap::new();
    for (_, document) in dossier.filed(&indicator.code) {
        let Some(unit) = &document.description.unit else { continue };
        pieces.entry(unit).or_insert((0, document.id)).0 += 1;
        if dossier.is_held(document) {
            continue;
        }
        let states = came.entry(unit).or_insert_with(|| vec![None; years.len()]);
        let said = document.years();
        let state = match dossier.returned(document.id) {
            None => YearState::Complete,
            Some(sent_back) if dossier.is_open(sent_back) => YearState::Returned,
            // What came for it stands here.
            Some(_) => continue,
        };
        for (known, year) in states.iter_mut().zip(years) {
            if said.contains(year) {
                *known = (*known).max(Some(state));
            }
        }
    }
    let own: HashMap<UnitCode, bool> = matching::by_unit(dossier, indicator).into_iter().collect();
    let shared = shared(covered, indicator);
    let lead = matching::owing_units(dossier, indicator.lead_units.iter());
    let support = matching::owing_units(dossier, indicator.support_units.iter());
    let mut all: Vec<&UnitCode> = lead.iter().chain(&support).chain(pieces.keys().copied()).collect();
    all.sort();
    all.dedup();
    let mut out: Vec<GridCell> = all
        .into_iter()
        .filter_map(|unit| {
            let duty = if lead.contains(unit) { Some(Duty::Lead) } else { support.contains(unit).then_some(Duty::Support) };
            let share = own.get(unit).map(|done| match done {
                true => YearState::Complete,
                false => demanded(dossier, indicator, unit).unwrap_or(YearState::Missing),
            });
            let state = |at: usize| match (share, duty) {
                (Some(share), Some(Duty::Lead)) => Some(share.max(shared[at])),
                (Some(share), _) => Some(share),
                (None, Some(Duty::Lead)) => Some(covered.years[at].1),
                (None, _) => came.get(unit).and_then(|states| states[at]),
            };
            Some(GridCell {
                unit: *columns.get(unit)?,
                duty,
                pieces: pieces.get(unit).map_or(0, |(count, _)| *count),
                first: pieces.get(unit).map(|(_, first)| *first),
                years: (0..years.len()).map(state).collect(),
            })
        })
        .collect();
    out.sort_by_key(|cell| cell.unit);
    out
}

/// By year, the worst of what is not asked of each unit; what is asked only once shows in every year where nothing is asked yearly.
fn shared(covered: &LeafCoverage, indicator: &Indicator) -> Vec<YearState> {
    let is_yearly = indicator.expected_evidence.iter().any(|item| item.per == Per::Year);
    let worst = |year: &i16| {
        let asked = is_yearly.then_some(*year);
        let slots = covered.lacking.iter().filter(|slot| slot.expected.per != Per::Unit && slot.year == asked);
        slots.map(|slot| slot.state).max().unwrap_or(YearState::Complete)
    };
    covered.years.iter().map(|(year, _)| worst(year)).collect()
}

/// What an open demand says of what one unit owes.
pub(super) fn demanded(dossier: &Dossier, indicator: &Indicator, unit: &UnitCode) -> Option<YearState> {
    let here = |demand: &&Demand| demand.indicator.as_ref() == Some(&indicator.code) && demand.unit.as_ref() == Some(unit);
    dossier.open_demands().filter(here).map(|demand| demand.kind.state()).max()
}
