//! 创建任务: opening, making and setting a project.

use dossier::desk::Looking;
use dossier::domain::catalogue::Cycle;
use dossier::domain::{Area, Assessment, Catalogue, Leaf};
use dossier::{Desk, wording};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::print::PrintView;
use super::{NamedCode, shown};
use crate::problem::Problem;

/// What the window finds when it starts.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpeningView {
    pub version: String,
    /// Open already: named when the program was started, or the last one.
    pub project: Option<ProjectView>,
    /// Why the last one did not open.
    pub problem: Option<Problem>,
    /// Opened before, the last first.
    pub recent: Vec<RecentView>,
    /// A long act runs already: the view was loaded anew under it.
    pub running: bool,
}

#[derive(Serialize, Type)]
pub struct RecentView {
    pub name: String,
    /// Folder, to be read; it is opened by its place in the list.
    pub place: String,
}

/// 创建任务: what does not change while a project is open.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProjectView {
    pub name: String,
    pub office: String,
    /// Folder, to be read.
    pub place: String,
    pub catalogue: String,
    /// 非官方 is shown wherever the catalogue is.
    pub official: bool,
    pub disclaimer: String,
    pub period_from: String,
    pub period_to: String,
    pub years: Vec<i16>,
    pub due: String,
    /// Years that are open until the due date.
    pub open_years: Vec<i16>,
    pub print: PrintView,
    pub today: String,
    /// Days until the package is due; negative after it.
    pub days_left: i32,
    pub units: Vec<NamedCode>,
    /// Letters are read off scans here.
    pub reads: bool,
    /// 只读查看; `null` where the project is open to be worked on.
    pub looking: Option<LookingView>,
    /// 载体形式
    pub forms: Vec<NamedCode>,
    pub leaves: Vec<LeafName>,
}

impl ProjectView {
    pub fn of(desk: &Desk) -> Self {
        let (assessment, catalogue, units, today) = (desk.assessment(), desk.catalogue(), desk.units(), desk.today());
        let named = |code: &str, name: &str, group: &str| NamedCode { code: code.into(), name: name.into(), group: group.into() };
        Self {
            name: assessment.name,
            office: assessment.office,
            place: shown(desk.dir()),
            catalogue: catalogue.name.clone(),
            official: catalogue.official,
            disclaimer: catalogue.disclaimer.clone(),
            period_from: assessment.cycle.period_from.to_string(),
            period_to: assessment.cycle.period_to.to_string(),
            years: assessment.cycle.years.clone(),
            due: assessment.cycle.submission_due.to_string(),
            open_years: assessment.cycle.partial_years.clone(),
            print: PrintView::from(assessment.print),
            today: today.to_string(),
            days_left: days_between(today, assessment.cycle.submission_due),
            units: units.units.iter().map(|unit| named(&unit.code.0, &unit.name, &unit.group)).collect(),
            reads: desk.can_read() && desk.looking().is_none(),
            looking: desk.looking().map(|looking| LookingView::of(looking, today)),
            forms: catalogue.carrier_forms.iter().map(|(code, name)| named(code, name, "")).collect(),
            leaves: catalogue.leaves().map(|leaf| LeafName::of(leaf, &catalogue)).collect(),
        }
    }
}

/// 只读查看: what stands in the banner.
#[derive(Serialize, Type)]
pub struct LookingView {
    pub sentence: String,
    /// Of which moment everything is, to be told from another.
    pub until: String,
}

impl LookingView {
    fn of(looking: &Looking, today: Date) -> Self {
        Self { sentence: wording::window::looking(looking, today, &TimeZone::system()), until: looking.until.to_string() }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// What evidence can be filed under.
#[derive(Serialize, Type)]
pub struct LeafName {
    pub code: String,
    /// The serial number through all areas, which inspectors say; of indicators only.
    pub serial: Option<u32>,
    pub text: String,
    /// Title of its area, or 一票否决项, 加分项.
    pub area: String,
}

impl LeafName {
    pub fn of(leaf: Leaf<'_>, catalogue: &Catalogue) -> Self {
        Self { code: leaf.code().0.clone(), serial: leaf.serial(), text: leaf.text().to_owned(), area: area(leaf, catalogue) }
    }
}

/// Title of the area that a leaf stands in.
pub(super) fn area(leaf: Leaf<'_>, catalogue: &Catalogue) -> String {
    match leaf {
        Leaf::Indicator(indicator) => {
            let areas = catalogue.all_areas();
            let holds = |area: &Area| area.indicators.iter().any(|held| held.code == indicator.code);
            areas.into_iter().find(|(_, area)| holds(area)).map(|(_, area)| area.title.clone()).unwrap_or_default()
        }
        Leaf::Veto(_) => wording::window::VETOES.to_owned(),
        Leaf::Bonus(_) => wording::window::BONUSES.to_owned(),
    }
}

/// A new project as the clerk describes it.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreationView {
    pub name: String,
    pub office: String,
    /// Name of the folder that is made in the place chosen.
    pub folder: String,
    pub catalogue: CatalogueSource,
    /// First and last year of the evidence.
    pub from: i16,
    pub to: i16,
    pub due: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CatalogueSource {
    /// The reference that comes with the program (非官方).
    Reference,
    /// The file chosen last.
    Chosen,
}

/// 项目设置
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    pub name: String,
    pub office: String,
    pub period_from: String,
    pub period_to: String,
    pub due: String,
    /// Years that are open until the due date.
    pub open_years: Vec<i16>,
    pub print: PrintView,
}

impl SettingsView {
    /// What `before` becomes; `None` for a day that is none.
    pub fn set(self, before: Assessment) -> Option<Assessment> {
        let Self { name, office, period_from, period_to, due, open_years, print } = self;
        let cycle = Cycle {
            period_from: period_from.parse().ok()?,
            period_to: period_to.parse().ok()?,
            submission_due: due.parse().ok()?,
            partial_years: open_years,
            ..before.cycle
        };
        Some(Assessment { id: before.id, name, office, cycle, print: print.into() })
    }
}
