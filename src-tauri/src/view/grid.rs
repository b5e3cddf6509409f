//! The grid indicator × year × unit, and the column of one unit.

use dossier::check::grid::Grid;
use dossier::desk::UnitDuty;
use dossier::domain::{Area, Dossier, Duty, IndicatorCode, UnitCode, YearState};
use serde::Serialize;
use specta::Type;

use super::ids::id;
use super::tree::{StateView, YearView};
use super::{Id, NamedCode};

/// The grid indicator × year × unit, in one answer.
#[derive(Serialize, Type)]
pub struct GridView {
    pub years: Vec<i16>,
    /// Columns.
    pub units: Vec<NamedCode>,
    pub rows: Vec<GridRowView>,
}

impl GridView {
    pub fn of(grid: Grid, dossier: &Dossier) -> Self {
        let area_of = |code: &IndicatorCode| {
            let holds = |area: &Area| under(area).any(|own| own == code);
            dossier.catalogue.areas.iter().find(|area| holds(area)).map(|area| format!("{} {}", area.code, area.title)).unwrap_or_default()
        };
        let unit = |code: &UnitCode| NamedCode {
            name: dossier.units.name_of(code).to_owned(),
            group: dossier.units.unit(code).map(|unit| unit.group.clone()).unwrap_or_default(),
            code: code.0.clone(),
        };
        let rows = grid.rows.into_iter().map(|row| GridRowView {
            text: dossier.catalogue.leaf(&row.code).map(|leaf| leaf.text().to_owned()).unwrap_or_default(),
            area: area_of(&row.code),
            years: row.years.iter().map(|state| letter(Some(*state))).collect(),
            cells: row
                .cells
                .into_iter()
                .map(|cell| GridCellView {
                    unit: cell.unit,
                    lead: cell.duty == Some(Duty::Lead),
                    support: cell.duty == Some(Duty::Support),
                    pieces: cell.pieces,
                    first: cell.first.map(|piece| id(piece.0)),
                    years: cell.years.iter().map(|state| letter(*state)).collect(),
                })
                .collect(),
            code: row.code.0,
        });
        Self { years: grid.years, rows: rows.collect(), units: grid.units.iter().map(unit).collect() }
    }
}

#[derive(Serialize, Type)]
pub struct GridRowView {
    pub code: String,
    pub text: String,
    /// Code and title of its top area.
    pub area: String,
    /// A letter a year: `c` complete, `n` not due, `a` awaited, `m` missing, `r` returned.
    pub years: String,
    pub cells: Vec<GridCellView>,
}

#[derive(Serialize, Type)]
pub struct GridCellView {
    /// Column, from 0.
    pub unit: u32,
    pub lead: bool,
    pub support: bool,
    pub pieces: u32,
    /// The first of them.
    pub first: Option<Id>,
    /// As for the row; `-` where the unit owes nothing and nothing came.
    pub years: String,
}

pub(super) fn letter(state: Option<YearState>) -> char {
    match state {
        None => '-',
        Some(YearState::Complete) => 'c',
        Some(YearState::NotDue) => 'n',
        Some(YearState::Awaited) => 'a',
        Some(YearState::Missing) => 'm',
        Some(YearState::Returned) => 'r',
    }
}

/// Codes of an area and of the areas within it.
fn under(area: &Area) -> Box<dyn Iterator<Item = &IndicatorCode> + '_> {
    Box::new(area.indicators.iter().map(|indicator| &indicator.code).chain(area.areas.iter().flat_map(under)))
}

/// A line of what a unit owes.
#[derive(Serialize, Type)]
pub struct UnitDutyView {
    pub code: String,
    pub text: String,
    pub lead: bool,
    pub support: bool,
    pub pieces: u32,
    pub years: Vec<YearView>,
    pub state: Option<StateView>,
    /// Something that is due is to come from it.
    pub owes: bool,
}

impl UnitDutyView {
    pub fn of(duty: UnitDuty, dossier: &Dossier) -> Self {
        let UnitDuty { code, leaf: _, cell, owes } = duty;
        let years = dossier.assessment.cycle.years.iter().zip(&cell.years);
        Self {
            text: dossier.catalogue.leaf(&code).map(|leaf| leaf.text().to_owned()).unwrap_or_default(),
            lead: cell.duty == Some(Duty::Lead),
            support: cell.duty == Some(Duty::Support),
            pieces: cell.pieces,
            years: years.filter_map(|(year, state)| Some(YearView { year: *year, state: (*state)?.into() })).collect(),
            state: cell.whole().max(owes).map(Into::into),
            owes: owes.is_some(),
            code: code.0,
        }
    }
}
