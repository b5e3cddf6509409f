//! What was looked for, and where it lies.

use dossier::compile::{Lies, Places};
use dossier::desk::{Answer, Consulted, Hit};
use dossier::domain::fold::{Run, Trace};
use dossier::{Desk, wording};
use serde::Serialize;
use specta::Type;

use super::Id;
use super::ids::id;

/// A stretch of a text; `hit` where it is what was looked for.
#[derive(Serialize, Type)]
pub struct RunView {
    pub text: String,
    pub hit: bool,
}

fn runs(runs: Vec<Run>) -> Vec<RunView> {
    runs.into_iter().map(|Run { text, hit }| RunView { text, hit }).collect()
}

/// Where words stand in a piece.
#[derive(Serialize, Type)]
pub struct TraceView {
    /// The title as it is shown, whole.
    pub title: Vec<RunView>,
    /// 正文, 文号 …, where a word is not in the title; empty where all of them are.
    pub field: String,
    pub other: Vec<RunView>,
}

impl From<Trace> for TraceView {
    fn from(trace: Trace) -> Self {
        let (field, other) =
            trace.other.map_or((String::new(), Vec::new()), |(field, found)| (wording::consult::field(field).to_owned(), found));
        Self { title: runs(trace.title), field, other: runs(other) }
    }
}

/// What an inspector is answered.
#[derive(Serialize, Type)]
pub struct ConsultedView {
    /// The package that boxes and folios are of; `None` when nothing was compiled.
    pub source: Option<String>,
    pub answers: Vec<AnswerView>,
}

impl ConsultedView {
    pub fn of(desk: &Desk, consulted: Consulted) -> Self {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let Consulted { places, answers } = consulted;
        let hit = |hit: Hit| {
            let Hit { document, lies, also, page, trace } = hit;
            let said = document.description;
            HitView {
                id: id(document.id.0),
                number: said.number,
                unit: said.unit.as_ref().map(|code| units.name_of(code).to_owned()).unwrap_or_default(),
                dated: said.dated.map(|date| date.to_string()),
                pages: document.pages.len() as u32,
                page,
                trace: trace.into(),
                lies_at: said.lies_at,
                lies: places.as_deref().zip(lies.as_ref()).map(|(places, lies)| LiesView::of(places, lies)),
                also: places.as_deref().map(|places| wording::consult::also(places, &also)).unwrap_or_default(),
            }
        };
        let answers = answers.into_iter().map(|Answer { heading, hits }| AnswerView {
            heading: wording::consult::heading(&heading, &catalogue),
            hits: hits.into_iter().map(hit).collect(),
        });
        Self { answers: answers.collect(), source: places.as_deref().map(wording::consult::source) }
    }
}

#[derive(Serialize, Type)]
pub struct AnswerView {
    pub heading: String,
    pub hits: Vec<HitView>,
}

/// A piece that an inspector may mean.
#[derive(Serialize, Type)]
pub struct HitView {
    pub id: Id,
    pub number: String,
    pub unit: String,
    pub dated: Option<String>,
    pub pages: u32,
    /// Page that is shown first, from 0.
    pub page: u32,
    pub trace: TraceView,
    /// 原件位置
    #[serde(rename = "liesAt")]
    pub lies_at: String,
    /// `None` when it is not in the package.
    pub lies: Option<LiesView>,
    /// Where else it was printed, in a sentence; empty where it was printed once.
    pub also: String,
}

/// Where a piece lies.
#[derive(Serialize, Type)]
pub struct LiesView {
    /// 件号
    pub piece: String,
    /// `第03盒`
    pub volume: String,
    /// What that volume holds.
    pub holds: String,
    /// `25—31`
    pub folios: String,
    pub pages: Vec<FolioView>,
}

impl LiesView {
    fn of(places: &Places, lies: &Lies) -> Self {
        Self {
            piece: lies.number.to_string(),
            volume: wording::consult::volume(places, lies),
            holds: lies.volume_title.clone(),
            folios: wording::consult::folios(lies),
            pages: lies.pages.iter().map(|(page, folio)| FolioView { page: *page, folio: folio.label() }).collect(),
        }
    }
}

#[derive(Serialize, Type)]
pub struct FolioView {
    /// From 0.
    pub page: u32,
    pub folio: String,
}
