//! One piece, whole.

use dossier::compile::Printing;
use dossier::desk::{Alike, caption_time, unsaid};
use dossier::domain::{Caption, Catalogue, Description, Document, DocumentId, Field, Leaf, Suggestion, UnitCode, Units};
use dossier::{Desk, Result, wording};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Id;
use super::ids::id;
use super::list::{RowView, Words};
use super::page::{MarkView, MaskView, PageView, PictureView};

/// One piece, whole.
#[derive(Serialize, Type)]
pub struct PieceView {
    pub row: RowView,
    pub description: DescriptionView,
    pub caption: CaptionView,
    pub pages: Vec<PageView>,
    /// 佐证红线, page by page.
    pub marks: Vec<MarkView>,
    /// 遮盖, page by page.
    pub masks: Vec<MaskView>,
    pub filed: Vec<FiledView>,
    pub bytes: f64,
    /// What it says of itself where a person has said nothing yet.
    pub read: Option<ReadView>,
    /// Other units that handed in the same bytes.
    pub also: Vec<AlsoView>,
}

/// A unit that handed in a piece once more.
#[derive(Serialize, Type)]
pub struct AlsoView {
    /// Code of the unit.
    pub unit: String,
    pub name: String,
    /// Number of the batch in which it first did.
    pub batch: Id,
    /// It is counted as having done so.
    pub counted: bool,
}

impl PieceView {
    pub fn of(desk: &Desk, document: DocumentId) -> Result<Self> {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let row = desk.row(document)?;
        let filed = desk.printed_under(document)?;
        let pages = row.document.pages.iter().map(|page| PageView {
            picture: PictureView::of(&row.document, page),
            left_out: page.left_out,
            width: page.facts.width_pt,
            height: page.facts.height_pt,
            dpi: page.facts.dpi,
        });
        Ok(Self {
            pages: pages.collect(),
            read: desk.suggestion(document)?.and_then(|suggestion| ReadView::of(suggestion, &row.document, &catalogue, &units)),
            also: desk
                .also_came(document)?
                .into_iter()
                .map(|also| AlsoView {
                    name: units.name_of(&also.unit).to_owned(),
                    unit: also.unit.0,
                    batch: id(also.batch.0),
                    counted: also.is_counted,
                })
                .collect(),
            description: row.document.description.clone().into(),
            caption: row.document.caption.clone().into(),
            marks: row.document.marks.iter().copied().map(MarkView::from).collect(),
            masks: row.document.masks.iter().copied().map(MaskView::from).collect(),
            filed: filed
                .into_iter()
                .map(|(evidence, printing)| FiledView {
                    printing: printing.into(),
                    text: catalogue.leaf(&evidence.indicator).map(Leaf::text).unwrap_or_default().to_owned(),
                    code: evidence.indicator.0,
                    position: evidence.position,
                })
                .collect(),
            bytes: row.document.bytes as f64,
            row: RowView::of(row, &Words { catalogue: &catalogue, units: &units }),
        })
    }
}

/// What a piece says of itself; empty where it says nothing, or a person has said it.
#[derive(Serialize, Type)]
pub struct ReadView {
    pub title: String,
    /// Name of the 来源单位.
    pub unit: String,
    pub number: String,
    pub issuer: String,
    /// 载体形式 in words.
    pub form: String,
    pub dated: Option<String>,
    /// The date is written into 照片说明 as well.
    pub timed: bool,
    pub years: Vec<i16>,
}

impl ReadView {
    /// `None` where there is nothing to be taken over.
    fn of(suggestion: Suggestion, document: &Document, catalogue: &Catalogue, units: &Units) -> Option<Self> {
        let unsaid = unsaid(suggestion, document);
        let timed = caption_time(catalogue, &unsaid, document).is_some();
        let Suggestion { title, unit, number, issuer, form, dated, years, .. } = unsaid;
        let unit = unit.map(|code| units.name_of(&code).to_owned()).unwrap_or_default();
        let is_empty = [&title, &unit, &number, &issuer, &form].into_iter().all(String::is_empty) && dated.is_none() && years.is_empty();
        let form = catalogue.form_name(&form).to_owned();
        (!is_empty).then(|| Self { title, unit, number, issuer, form, dated: dated.map(|date| date.to_string()), timed, years })
    }
}

/// What a person says of a piece; empty means not said yet.
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DescriptionView {
    pub title: String,
    pub number: String,
    pub issuer: String,
    pub dated: Option<String>,
    /// Code of the 载体形式.
    pub form: String,
    /// Code of the 来源单位.
    pub unit: Option<String>,
    pub years: Vec<i16>,
    pub note: String,
    /// 印章有无
    pub sealed: Option<bool>,
    /// 密级声明
    pub secrecy: String,
    /// 原件位置
    pub lies_at: String,
    /// Codes of units that are counted as having handed in the same.
    pub also_from: Vec<String>,
}

impl From<Description> for DescriptionView {
    fn from(said: Description) -> Self {
        let Description { title, number, issuer, dated, form, unit, years, note, sealed, secrecy, lies_at, also_from } = said;
        let (dated, unit) = (dated.map(|date| date.to_string()), unit.map(|code| code.0));
        let also_from = also_from.into_iter().map(|code| code.0).collect();
        Self { title, number, issuer, dated, form, unit, years, note, sealed, secrecy, lies_at, also_from }
    }
}

impl DescriptionView {
    /// `None` for a day that is none.
    pub fn said(self) -> Option<Description> {
        let Self { title, number, issuer, dated, form, unit, years, note, sealed, secrecy, lies_at, also_from } = self;
        let dated = match dated.filter(|text| !text.is_empty()) {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        let unit = unit.filter(|code| !code.is_empty()).map(UnitCode);
        let also_from = also_from.into_iter().map(UnitCode).collect();
        Some(Description { title, number, issuer, dated, form, unit, years, note, sealed, secrecy, lies_at, also_from })
    }
}

/// What pieces of one batch often share.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FieldView {
    Issuer,
    Form,
    Unit,
    Years,
    Sealed,
    Secrecy,
    LiesAt,
}

impl From<FieldView> for Field {
    fn from(view: FieldView) -> Self {
        match view {
            FieldView::Issuer => Self::Issuer,
            FieldView::Form => Self::Form,
            FieldView::Unit => Self::Unit,
            FieldView::Years => Self::Years,
            FieldView::Sealed => Self::Sealed,
            FieldView::Secrecy => Self::Secrecy,
            FieldView::LiesAt => Self::LiesAt,
        }
    }
}

/// 照片说明 in its six parts; empty means not said yet.
#[derive(Serialize, Deserialize, Type)]
pub struct CaptionView {
    pub time: String,
    pub place: String,
    pub people: String,
    pub subject: String,
    pub background: String,
    pub cause: String,
}

impl From<Caption> for CaptionView {
    fn from(caption: Caption) -> Self {
        let Caption { time, place, people, subject, background, cause } = caption;
        Self { time, place, people, subject, background, cause }
    }
}

impl From<CaptionView> for Caption {
    fn from(view: CaptionView) -> Self {
        let CaptionView { time, place, people, subject, background, cause } = view;
        Self { time, place, people, subject, background, cause }
    }
}

#[derive(Serialize, Type)]
pub struct FiledView {
    pub code: String,
    pub text: String,
    pub position: u32,
    pub printing: PrintingView,
}

/// How a package prints a piece where it is filed.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PrintingView {
    /// Here first, whatever is said of it elsewhere.
    First,
    /// 另印
    Again,
    /// 互见
    Referred,
}

impl From<Printing> for PrintingView {
    fn from(printing: Printing) -> Self {
        match printing {
            Printing::First => Self::First,
            Printing::Again => Self::Again,
            Printing::Referred => Self::Referred,
        }
    }
}

/// Two pieces whose first pages look alike.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AlikeView {
    /// The one received first, and the other.
    pub first: Id,
    pub other: Id,
    /// Title, or the name it came with.
    pub first_title: String,
    pub other_title: String,
    /// 疑似同一图片 or 相似.
    pub word: String,
    pub same: bool,
}

impl AlikeView {
    pub fn of(desk: &Desk, pair: &Alike) -> Result<Self> {
        let title = |document: DocumentId| Ok::<_, dossier::Error>(desk.document(document)?.title().to_owned());
        Ok(Self {
            first: id(pair.first.0),
            other: id(pair.other.0),
            first_title: title(pair.first)?,
            other_title: title(pair.other)?,
            word: wording::verdict::alike(pair.same).to_owned(),
            same: pair.same,
        })
    }
}
