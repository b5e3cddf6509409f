//! Lists of pieces, and the lines of those in sight.

use dossier::desk::{Chosen, List, Order, OrderBy, Row, caption_time, unsaid};
use dossier::domain::{Catalogue, Document, DocumentId, Evidence, Leaf, Suggestion, Units};
use dossier::{Desk, check, wording};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Id;
use super::consult::TraceView;
use super::findings::{FindingKindView, kind_of};
use super::ids::id;
use super::leaf::DemandView;

/// The pieces of a list, in its order; the lines of those in sight are asked for.
#[derive(Serialize, Type)]
pub struct ListView {
    pub pieces: Vec<Id>,
    /// In the list of one leaf: what reordering names, for each.
    pub evidence: Vec<Id>,
    /// How many are filed nowhere, those in 回收站 left aside.
    pub unfiled: u32,
    /// Those that wait with a suggestion, and those of them that may be accepted with the other sure ones.
    pub suggested: Vec<Id>,
    pub sure: Vec<Id>,
}

impl From<List> for ListView {
    fn from(list: List) -> Self {
        let ids = |pieces: Vec<DocumentId>| pieces.into_iter().map(|piece| id(piece.0)).collect();
        let List { pieces, evidence, unfiled, suggested, sure } = list;
        Self {
            pieces: ids(pieces),
            evidence: evidence.into_iter().map(|evidence| id(evidence.0)).collect(),
            unfiled,
            suggested: ids(suggested),
            sure: ids(sure),
        }
    }
}

/// What a list is sorted by.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderByView {
    Title,
    Number,
    Dated,
    Form,
    Pages,
    Unit,
    State,
    Folder,
    Suggested,
}

#[derive(Clone, Copy, Deserialize, Type)]
pub struct OrderView {
    pub by: OrderByView,
    pub descending: bool,
}

impl From<OrderView> for Order {
    fn from(OrderView { by, descending }: OrderView) -> Self {
        let by = match by {
            OrderByView::Title => OrderBy::Title,
            OrderByView::Number => OrderBy::Number,
            OrderByView::Dated => OrderBy::Dated,
            OrderByView::Form => OrderBy::Form,
            OrderByView::Pages => OrderBy::Pages,
            OrderByView::Unit => OrderBy::Unit,
            OrderByView::State => OrderBy::State,
            OrderByView::Folder => OrderBy::Folder,
            OrderByView::Suggested => OrderBy::Suggested,
        };
        Self { by, descending }
    }
}

/// What is said of pieces before something is done with all of them.
#[derive(Serialize, Type)]
pub struct ChosenView {
    /// What the first is called.
    pub title: String,
    /// How many are filed under more than one leaf.
    pub several: u32,
    /// Leaves that are suggested for them.
    pub leaves: u32,
}

impl From<Chosen> for ChosenView {
    fn from(chosen: Chosen) -> Self {
        let Chosen { title, several, leaves } = chosen;
        Self { title, several, leaves }
    }
}

/// One line of a list of pieces.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    pub id: Id,
    /// Under one leaf: the position from 1.
    pub position: Option<u32>,
    /// 件号 as it stands under the leaf shown, `01-03-002`.
    pub piece: String,
    /// Title, or the name it came with.
    pub title: String,
    /// Nobody gave it a title yet.
    pub untitled: bool,
    pub number: String,
    pub issuer: String,
    pub dated: Option<String>,
    /// 载体形式 in words.
    pub form: String,
    /// 来源单位 in words.
    pub unit: String,
    pub name: String,
    pub folder: String,
    pub kind: String,
    pub pages: u32,
    pub left_out: u32,
    pub removed: bool,
    /// Codes of all leaves it is filed under.
    pub filed: Vec<String>,
    pub suggestion: Option<SuggestionView>,
    /// 退回 or 待补 that is open.
    pub demand: Option<DemandView>,
    /// What is not said of it yet, though it is filed: date, 文号, caption.
    pub lacks: Vec<FindingKindView>,
    /// In a list of what was looked for: where it stands.
    pub trace: Option<TraceView>,
}

impl RowView {
    /// Lines of a list, in its order.
    pub fn all(desk: &Desk, rows: Vec<Row>) -> Vec<Self> {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let words = Words { catalogue: &catalogue, units: &units };
        rows.into_iter().map(|row| Self::of(row, &words)).collect()
    }

    pub(super) fn of(row: Row, words: &Words<'_>) -> Self {
        let Row { document, evidence, filed, suggestion, demand, trace } = row;
        let said = &document.description;
        let untitled = said.title.is_empty();
        let lacks = if filed.is_empty() || document.removed { Vec::new() } else { check::lacking(&document, words.catalogue) };
        Self {
            id: id(document.id.0),
            lacks: lacks.iter().map(kind_of).collect(),
            position: evidence.as_ref().map(|evidence| evidence.position),
            piece: evidence.as_ref().map(Evidence::number).unwrap_or_default(),
            title: if untitled { document.original_name.clone() } else { said.title.clone() },
            untitled,
            number: said.number.clone(),
            issuer: said.issuer.clone(),
            dated: said.dated.map(|date| date.to_string()),
            form: words.catalogue.form_name(&said.form).to_owned(),
            unit: said.unit.as_ref().map(|code| words.units.name_of(code).to_owned()).unwrap_or_default(),
            kind: wording::verdict::kind(document.kind).to_owned(),
            pages: document.pages.len() as u32,
            left_out: document.pages.iter().filter(|page| page.left_out).count() as u32,
            removed: document.removed,
            filed: filed.into_iter().map(|code| code.0).collect(),
            suggestion: suggestion.map(|suggestion| SuggestionView::of(unsaid(suggestion, &document), &document, words)),
            demand: demand.map(|demand| DemandView::of(&demand, String::new())),
            name: document.original_name,
            folder: document.original_folder,
            trace: trace.map(TraceView::from),
        }
    }
}

/// The catalogue and the units, for turning codes into words.
pub(super) struct Words<'a> {
    pub catalogue: &'a Catalogue,
    pub units: &'a Units,
}

/// 归类建议
#[derive(Serialize, Type)]
pub struct SuggestionView {
    pub code: Option<String>,
    /// Wording of the leaf.
    pub leaf: String,
    /// What accepting it writes besides; empty where a person has said something.
    pub unit: String,
    pub title: String,
    pub number: String,
    pub issuer: String,
    /// It is only who owns the folder: of several pieces that are accepted at once none is taken over.
    #[serde(rename = "issuerGuessed")]
    pub is_issuer_guessed: bool,
    /// 载体形式 in words.
    pub form: String,
    pub dated: Option<String>,
    /// The date is written into 照片说明 as well.
    pub timed: bool,
    pub years: Vec<i16>,
    /// 0–100
    pub confidence: u8,
    pub sure: bool,
    /// Why, a sentence each.
    pub because: Vec<String>,
}

impl SuggestionView {
    /// `suggestion` is what of it is still to be written.
    fn of(suggestion: Suggestion, document: &Document, words: &Words<'_>) -> Self {
        let Words { catalogue, units } = words;
        let leaf = suggestion.indicator.as_ref().and_then(|code| catalogue.leaf(code)).map(Leaf::text).unwrap_or_default();
        Self {
            leaf: leaf.to_owned(),
            is_issuer_guessed: suggestion.is_issuer_guessed(),
            timed: caption_time(catalogue, &suggestion, document).is_some(),
            form: catalogue.form_name(&suggestion.form).to_owned(),
            because: suggestion.because.iter().map(|because| wording::verdict::because(because, catalogue, units)).collect(),
            sure: suggestion.indicator.is_some() && suggestion.confidence >= Suggestion::SURE,
            code: suggestion.indicator.map(|code| code.0),
            unit: suggestion.unit.as_ref().map(|code| units.name_of(code).to_owned()).unwrap_or_default(),
            title: suggestion.title,
            number: suggestion.number,
            issuer: suggestion.issuer,
            dated: suggestion.dated.map(|date| date.to_string()),
            years: suggestion.years,
            confidence: suggestion.confidence,
        }
    }
}
