//! Where the whole stands: areas, veto items, units that are late.

use dossier::domain::standing::{AreaStanding, LateUnit, Standing, VetoStanding};
use dossier::domain::{Declaration, DocumentId, Points, YearState};
use dossier::{Desk, Result, wording};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ids::id;
use super::tree::StateView;
use super::{Id, hundredths};

/// Where the whole stands.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandingView {
    pub today: String,
    pub due: String,
    pub days_left: i32,
    pub areas: Vec<AreaStandingView>,
    pub total: AreaStandingView,
    pub vetoes: Vec<VetoView>,
    /// 加分 in words, with the cap.
    pub bonus: String,
    pub late: Vec<LateUnitView>,
    pub pieces: u32,
    pub unfiled: u32,
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
        let total = AreaStandingView { title: wording::package::TOTAL.to_owned(), ..AreaStandingView::from(&standing.total()) };
        let Standing { today, due, days_left, areas, vetoes, bonus, bonus_cap, late: late_units, pieces, unfiled, .. } = standing;
        Ok(Self {
            today: today.to_string(),
            due: due.to_string(),
            days_left,
            total,
            areas: areas.iter().map(AreaStandingView::from).collect(),
            vetoes: vetoes.into_iter().map(VetoView::from).collect(),
            bonus: wording::package::capped((bonus != Points::default()).then_some(bonus), bonus_cap),
            late: late_units.into_iter().map(late).collect(),
            pieces,
            unfiled,
        })
    }
}

/// Points are hundredths.
#[derive(Serialize, Type)]
pub struct AreaStandingView {
    pub code: String,
    pub title: String,
    pub indicators: u32,
    pub complete: u32,
    /// 未到期
    pub open: u32,
    /// 待补 and 退回
    pub demanded: u32,
    pub missing: u32,
    pub points: i32,
    /// As issued, with the other number where it does not add up.
    pub stated: String,
    pub said: i32,
    pub assessed: u32,
    pub risk: i32,
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

#[derive(Serialize, Type)]
pub struct VetoView {
    pub code: String,
    pub text: String,
    pub pieces: u32,
    pub proven: bool,
    pub state: StateView,
    /// How it stands, in words.
    pub word: String,
    pub declaration: Option<DeclarationView>,
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

/// 未发生承诺
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeclarationView {
    pub signer: String,
    pub signed_on: String,
    /// The signed paper.
    pub document: Option<Id>,
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

#[derive(Serialize, Type)]
pub struct LateUnitView {
    pub code: String,
    pub name: String,
    pub group: String,
    pub owes: u32,
    pub demanded: u32,
    pub pieces: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_counts_each_state_in_its_column() {
        let states = [
            (YearState::Complete, 1),
            (YearState::NotDue, 10),
            (YearState::Awaited, 100),
            (YearState::Missing, 1_000),
            (YearState::Returned, 10_000),
        ];
        let area = AreaStanding {
            code: "01".to_owned(),
            title: "组织领导".to_owned(),
            indicators: 11_111,
            states: states.into(),
            stated: None,
            sum: Points(200),
            said: Points(150),
            assessed: 2,
            risk: Points(50),
        };
        let columns = |view: &AreaStandingView| {
            [view.indicators, view.complete, view.open, view.demanded, view.missing, view.assessed].map(i64::from)
        };
        let points = |view: &AreaStandingView| [view.points, view.said, view.risk];
        let view = AreaStandingView::from(&area);
        assert_eq!((columns(&view), points(&view)), ([11_111, 1, 10, 10_100, 1_000, 2], [200, 150, 50]));
    }
}
