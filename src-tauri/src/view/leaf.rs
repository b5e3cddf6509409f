//! 指标页 on the screen: what is asked, and what is there.

use dossier::check::coverage;
use dossier::check::coverage::Slot;
use dossier::domain::{Demand, DemandKind, Expected, IndicatorCode, Leaf, Per, ScoringPart, UnitCode};
use dossier::{Desk, Result, wording};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ids::id;
use super::project::area;
use super::standing::DeclarationView;
use super::tree::StateView;
use super::{Id, hundredths};

/// 指标页 on the screen: what is asked, and what is there.
#[derive(Serialize, Type)]
pub struct LeafView {
    pub code: String,
    pub text: String,
    pub area: String,
    /// 分值, in words; empty where none was issued.
    pub score: String,
    pub scoring: String,
    pub parts: Vec<PartView>,
    /// 自评分, in words; empty before any was given.
    pub said: String,
    /// Steps of a self-score, in hundredths of a point.
    pub step: i32,
    /// Both numbers, where the parts do not add up to the score as issued, or more was given than issued.
    pub sums: Vec<String>,
    /// 自评说明
    pub narrative: String,
    /// Of a veto item.
    pub declaration: Option<DeclarationView>,
    pub veto: bool,
    /// 退回 and 待补 that are open here.
    pub demands: Vec<DemandView>,
    /// What is asked of each unit: who has handed it in.
    pub units: Vec<UnitTickView>,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub forms: Vec<String>,
    pub requirements: Vec<String>,
    pub expected: Vec<ExpectedView>,
}

impl LeafView {
    /// `None` for a code that the catalogue does not have.
    pub fn of(desk: &Desk, code: &IndicatorCode) -> Result<Option<Self>> {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let Some(leaf) = catalogue.leaf(code) else { return Ok(None) };
        let names = |codes: &[UnitCode]| codes.iter().map(|code| units.name_of(code).to_owned()).collect();
        let form = |code: &String| catalogue.form_name(code).to_owned();
        let mut out = Self {
            code: code.0.clone(),
            text: leaf.text().to_owned(),
            area: area(leaf, &catalogue),
            score: String::new(),
            scoring: String::new(),
            parts: Vec::new(),
            said: String::new(),
            step: hundredths(catalogue.score_step),
            sums: Vec::new(),
            narrative: String::new(),
            declaration: None,
            veto: matches!(leaf, Leaf::Veto(_)),
            demands: Vec::new(),
            units: Vec::new(),
            lead: Vec::new(),
            support: Vec::new(),
            forms: Vec::new(),
            requirements: Vec::new(),
            expected: Vec::new(),
        };
        let dossier = desk.dossier()?;
        let assessed = dossier.assessed.get(code).cloned().unwrap_or_default();
        let said = |at: usize| assessed.points.get(at).copied().flatten().map(hundredths);
        let part =
            |(at, part): (usize, &ScoringPart)| PartView { points: hundredths(part.points), text: part.condition.clone(), said: said(at) };
        out.parts = leaf.parts().iter().enumerate().map(part).collect();
        out.said = assessed.total().map(|points| points.to_string()).unwrap_or_default();
        out.narrative = assessed.narrative;
        out.declaration = dossier.declared.get(code).map(DeclarationView::from);
        let here = dossier.open_demands().filter(|demand| demand.indicator.as_ref() == Some(code));
        out.demands = here.map(|demand| DemandView::of(demand, wording::window::demand_about(demand, &dossier))).collect();
        let found = dossier::check::sums(&dossier);
        let own = found.iter().filter(|finding| finding.indicator.as_ref() == Some(code));
        out.sums = own.map(|finding| wording::finding::finding(finding, &dossier)).collect();
        match leaf {
            Leaf::Indicator(indicator) => {
                out.score = indicator.score.map(|points| points.to_string()).unwrap_or_default();
                out.scoring = indicator.scoring.clone();
                out.lead = names(&indicator.lead_units);
                out.support = names(&indicator.support_units);
                out.forms = indicator.carrier_forms.iter().map(form).collect();
                out.requirements = indicator.requirements.clone();
                let tick = |(code, done): (UnitCode, bool)| UnitTickView { name: units.name_of(&code).to_owned(), code: code.0, done };
                out.units = coverage::by_unit(&dossier, indicator).into_iter().map(tick).collect();
                out.expected = expected(coverage::slots(&dossier, indicator, desk.today()), &form);
            }
            Leaf::Veto(veto) => out.requirements = veto.typical_proof.clone(),
            Leaf::Bonus(bonus) => out.score = bonus.max_points.map(wording::package::at_most).unwrap_or_default(),
        }
        Ok(Some(out))
    }
}

/// 得分点 with its self-score, in hundredths of a point.
#[derive(Serialize, Type)]
pub struct PartView {
    pub points: i32,
    /// Its condition; empty for a leaf that is one part.
    pub text: String,
    pub said: Option<i32>,
}

#[derive(Serialize, Type)]
pub struct UnitTickView {
    pub code: String,
    pub name: String,
    pub done: bool,
}

/// 应报材料 with how much of it is there.
#[derive(Serialize, Type)]
pub struct ExpectedView {
    pub title: String,
    pub form: String,
    pub per: PerView,
    /// One for what is asked once, one a year for what is asked each year.
    pub slots: Vec<SlotView>,
}

/// Slots of one material stand together, in the order issued.
fn expected(slots: Vec<Slot>, form: &impl Fn(&String) -> String) -> Vec<ExpectedView> {
    let mut out: Vec<(Expected, ExpectedView)> = Vec::new();
    for slot in slots {
        let Slot { expected, year, asked, found, state } = slot;
        let view = SlotView { year, asked, found, state: state.into() };
        match out.iter_mut().find(|(known, _)| *known == expected) {
            Some((_, known)) => known.slots.push(view),
            None => {
                let per = match expected.per {
                    Per::Cycle => PerView::Cycle,
                    Per::Year => PerView::Year,
                    Per::Unit => PerView::Unit,
                };
                let made = ExpectedView { title: expected.title.clone(), form: form(&expected.form), per, slots: vec![view] };
                out.push((expected, made));
            }
        }
    }
    out.into_iter().map(|(_, view)| view).collect()
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PerView {
    Cycle,
    Year,
    Unit,
}

#[derive(Serialize, Type)]
pub struct SlotView {
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
    pub state: StateView,
}

/// 退回 or 待补
#[derive(Serialize, Type)]
pub struct DemandView {
    pub id: Id,
    pub kind: DemandKindView,
    pub reason: String,
    pub day: String,
    /// What it is about: the piece, the year, the unit; in words.
    pub about: String,
    pub document: Option<Id>,
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

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DemandKindView {
    /// 待补
    Supplement,
    /// 退回
    Return,
}

impl From<DemandKindView> for DemandKind {
    fn from(kind: DemandKindView) -> Self {
        match kind {
            DemandKindView::Supplement => Self::Supplement,
            DemandKindView::Return => Self::Return,
        }
    }
}
