//! What 核查 shows: grid, standing, duties of a unit, demands, declarations.

use dossier::check::grid::Grid;
use dossier::desk::UnitDuty;
use dossier::domain::standing::{AreaStanding, LateUnit, Standing, VetoStanding};
use dossier::domain::{Declaration, Demand, DemandKind, DocumentId, Dossier, Duty, IndicatorCode, Points, YearState};
use dossier::{Desk, Result, wording};

use super::super::*;
use super::{hundredths, id};

fn letter(state: Option<YearState>) -> char {
    match state {
        None => '-',
        Some(YearState::Complete) => 'c',
        Some(YearState::NotDue) => 'n',
        Some(YearState::Awaited) => 'a',
        Some(YearState::Missing) => 'm',
        Some(YearState::Returned) => 'r',
    }
}

impl GridView {
    pub fn of(grid: Grid, dossier: &Dossier) -> Self {
        let area_of = |code: &IndicatorCode| {
            let holds = |area: &dossier::domain::Area| under(area).any(|own| own == code);
            dossier.catalogue.areas.iter().find(|area| holds(area)).map(|area| format!("{} {}", area.code, area.title)).unwrap_or_default()
        };
        let unit = |code: &dossier::domain::UnitCode| NamedCode {
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

/// Codes of an area and of the areas within it.
fn under(area: &dossier::domain::Area) -> Box<dyn Iterator<Item = &IndicatorCode> + '_> {
    Box::new(area.indicators.iter().map(|indicator| &indicator.code).chain(area.areas.iter().flat_map(under)))
}

impl UnitDutyView {
    pub fn of(duty: UnitDuty, dossier: &Dossier) -> Self {
        let UnitDuty { code, leaf: _, cell } = duty;
        let years = dossier.assessment.cycle.years.iter().zip(&cell.years);
        Self {
            text: dossier.catalogue.leaf(&code).map(|leaf| leaf.text().to_owned()).unwrap_or_default(),
            lead: cell.duty == Some(Duty::Lead),
            support: cell.duty == Some(Duty::Support),
            pieces: cell.pieces,
            years: years.filter_map(|(year, state)| Some(YearView { year: *year, state: (*state)?.into() })).collect(),
            state: cell.whole().map(Into::into),
            code: code.0,
        }
    }
}

impl StandingView {
    pub fn of(desk: &Desk) -> Result<Self> {
        let (standing, units) = (desk.standing()?, desk.units());
        let late = |late: LateUnit| LateUnitView {
            name: units.name_of(&late.unit).to_owned(),
            group: units.unit(&late.unit).map(|unit| unit.group.clone()).unwrap_or_default(),
            code: late.unit.0,
            owes: late.owes,
            demanded: late.demanded,
            pieces: late.pieces,
        };
        let Standing { today, due, days_left, areas, vetoes, bonus, bonus_cap, late: late_units, pieces, unfiled, .. } = standing;
        let areas: Vec<AreaStandingView> = areas.iter().map(AreaStandingView::from).collect();
        Ok(Self {
            today: today.to_string(),
            due: due.to_string(),
            days_left,
            total: total(&areas),
            areas,
            vetoes: vetoes.into_iter().map(VetoView::from).collect(),
            bonus: wording::package::capped((bonus != Points::default()).then_some(bonus), bonus_cap),
            late: late_units.into_iter().map(late).collect(),
            pieces,
            unfiled,
        })
    }
}

impl From<&AreaStanding> for AreaStandingView {
    fn from(area: &AreaStanding) -> Self {
        Self {
            code: area.code.clone(),
            title: area.title.clone(),
            indicators: area.indicators,
            complete: area.of(YearState::Complete),
            open: area.of(YearState::NotDue),
            demanded: area.of(YearState::Awaited) + area.of(YearState::Returned),
            missing: area.of(YearState::Missing),
            points: hundredths(area.stated.unwrap_or(area.sum)),
            stated: wording::package::stated(area.stated, area.sum, wording::package::ITEMS),
            said: hundredths(area.said),
            assessed: area.assessed,
            risk: hundredths(area.risk),
        }
    }
}

fn total(areas: &[AreaStandingView]) -> AreaStandingView {
    let count = |of: fn(&AreaStandingView) -> u32| areas.iter().map(of).sum();
    let points = |of: fn(&AreaStandingView) -> i32| areas.iter().map(of).sum();
    let sum: i32 = points(|area| area.points);
    AreaStandingView {
        code: String::new(),
        title: wording::package::TOTAL.to_owned(),
        indicators: count(|area| area.indicators),
        complete: count(|area| area.complete),
        open: count(|area| area.open),
        demanded: count(|area| area.demanded),
        missing: count(|area| area.missing),
        points: sum,
        stated: Points(sum.into()).to_string(),
        said: points(|area| area.said),
        assessed: count(|area| area.assessed),
        risk: points(|area| area.risk),
    }
}

impl From<VetoStanding> for VetoView {
    fn from(veto: VetoStanding) -> Self {
        Self {
            word: wording::window::veto(&veto),
            state: veto.state.into(),
            code: veto.code.0,
            text: veto.text,
            pieces: veto.pieces,
            proven: veto.proven,
            declaration: veto.declared.as_ref().map(DeclarationView::from),
        }
    }
}

impl From<&Declaration> for DeclarationView {
    fn from(said: &Declaration) -> Self {
        Self { signer: said.signer.clone(), signed_on: said.signed_on.to_string(), document: said.document.map(|paper| id(paper.0)) }
    }
}

impl DeclarationView {
    /// `None` for a day that is none.
    pub fn said(self) -> Option<Declaration> {
        let document = self.document.map(|paper| DocumentId(i64::from(paper)));
        Some(Declaration { signed_on: self.signed_on.parse().ok()?, signer: self.signer, document })
    }
}

impl DemandView {
    pub fn of(demand: &Demand, about: String) -> Self {
        Self {
            id: id(demand.id.0),
            kind: match demand.kind {
                DemandKind::Supplement => DemandKindView::Supplement,
                DemandKind::Return => DemandKindView::Return,
            },
            reason: demand.reason.clone(),
            day: demand.day.to_string(),
            about,
            document: demand.document.map(|document| id(document.0)),
        }
    }
}

impl From<DemandKindView> for DemandKind {
    fn from(kind: DemandKindView) -> Self {
        match kind {
            DemandKindView::Supplement => Self::Supplement,
            DemandKindView::Return => Self::Return,
        }
    }
}
