//! What crosses to the screen. The types of `domain` do not; these are made from them here, and only here.
//!
//! Exported to `ui/src/ipc/bindings.ts`; a test keeps the two alike. Days are `2023-04-20`; sizes are bytes.

pub mod made;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::problem::Problem;

/// Ids of rows. SQLite counts from 1, and no project has four thousand million pieces.
pub type Id = u32;

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
    pub today: String,
    /// Days until the package is due; negative after it.
    pub days_left: i32,
    pub units: Vec<NamedCode>,
    /// 载体形式
    pub forms: Vec<NamedCode>,
    pub leaves: Vec<LeafName>,
}

/// A code with what it means, and the group it stands in.
#[derive(Serialize, Type)]
pub struct NamedCode {
    pub code: String,
    pub name: String,
    pub group: String,
}

/// What evidence can be filed under.
#[derive(Serialize, Type)]
pub struct LeafName {
    pub code: String,
    pub text: String,
    /// Title of its area, or 一票否决项, 加分项.
    pub area: String,
}

/// What the frame shows all the time.
#[derive(Serialize, Type)]
pub struct StatusView {
    /// Indicators that are complete, of all.
    pub complete: u32,
    pub indicators: u32,
    /// Veto items that are proven, of all.
    pub proven: u32,
    pub vetoes: u32,
    pub pieces: u32,
    pub unfiled: u32,
    pub removed: u32,
    /// What 撤销 and 重做 would take back and do again.
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// Batches that were stopped and can be gone on with, the newest first.
    pub unfinished: Vec<BatchView>,
}

/// Where a list of pieces comes from.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "code", rename_all = "camelCase")]
pub enum PlaceView {
    Leaf(String),
    Area(String),
    Unit(String),
    Vetoes,
    Bonuses,
    All,
    Unfiled,
    Removed,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StateView {
    /// 齐
    Complete,
    /// 未到期
    NotDue,
    /// 缺
    Missing,
}

/// One line of the tree.
#[derive(Serialize, Type)]
pub struct NodeView {
    pub place: PlaceView,
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Pieces, each counted once.
    pub pieces: u32,
    pub years: Vec<YearView>,
    pub state: Option<StateView>,
    /// For areas and groups: leaves that are complete, of all.
    pub complete: u32,
    pub leaves: u32,
}

#[derive(Serialize, Type)]
pub struct YearView {
    pub year: i16,
    pub state: StateView,
}

/// One line of a list of pieces.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    pub id: Id,
    /// Under one leaf: what reordering names, and the position from 1.
    pub evidence: Option<Id>,
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
    /// Picture of its first page.
    pub picture: PictureView,
}

/// Names one page picture; `scan:` serves it.
#[derive(Serialize, Type)]
pub struct PictureView {
    /// BLAKE3 of the scan: what is at one address never changes.
    pub scan: String,
    pub document: Id,
    /// From 0.
    pub page: u32,
    /// The clerk's turn, clockwise, in degrees.
    pub turn: u16,
}

/// 归类建议
#[derive(Serialize, Type)]
pub struct SuggestionView {
    pub code: Option<String>,
    /// Wording of the leaf.
    pub leaf: String,
    pub unit: String,
    pub title: String,
    pub number: String,
    pub years: Vec<i16>,
    /// 0–100
    pub confidence: u8,
    pub sure: bool,
    /// Why, a sentence each.
    pub because: Vec<String>,
}

/// One piece, whole.
#[derive(Serialize, Type)]
pub struct PieceView {
    pub row: RowView,
    pub description: DescriptionView,
    pub caption: CaptionView,
    pub pages: Vec<PageView>,
    /// 佐证红线, page by page.
    pub marks: Vec<MarkView>,
    pub filed: Vec<FiledView>,
    pub bytes: f64,
}

/// What a person says of a piece; empty means not said yet.
#[derive(Serialize, Deserialize, Type)]
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

/// A red line on a page.
#[derive(Serialize, Type)]
pub struct MarkView {
    pub id: Id,
    /// From 0.
    pub page: u32,
    pub line: LineView,
}

/// From one point to another, in ten-thousandths (0–10000) of width and height of the page as it came, upright, before the
/// clerk's turn, from its upper left corner.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct LineView {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    pub picture: PictureView,
    pub left_out: bool,
    /// As it came, before the clerk's turn, in pt.
    pub width: f32,
    pub height: f32,
    pub dpi: Option<f32>,
}

#[derive(Serialize, Type)]
pub struct FiledView {
    pub code: String,
    pub text: String,
    pub position: u32,
}

/// 指标页 on the screen: what is asked, and what is there.
#[derive(Serialize, Type)]
pub struct LeafView {
    pub code: String,
    pub text: String,
    pub area: String,
    /// 分值, in words; empty where none was issued.
    pub score: String,
    pub scoring: String,
    pub parts: Vec<String>,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub forms: Vec<String>,
    pub requirements: Vec<String>,
    pub expected: Vec<ExpectedView>,
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

/// A line of the journal.
#[derive(Serialize, Type)]
pub struct ActView {
    /// `2023-04-12 15:30`, local time.
    pub at: String,
    pub who: String,
    pub sentence: String,
    pub undone: bool,
}

/// 批次
#[derive(Serialize, Type)]
pub struct BatchView {
    pub id: Id,
    /// Local time.
    pub started: String,
    pub finished: bool,
    /// Names of what was given.
    pub sources: Vec<String>,
    pub files: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VerdictView {
    Accepted,
    Duplicate,
    Refused,
    Pending,
    /// An archive: its files have verdicts of their own.
    Unpacked,
    Ignored,
}

/// A file of a batch with its verdict.
#[derive(Clone, Serialize, Type)]
pub struct ReceivedView {
    pub candidate: Id,
    pub path: String,
    pub name: String,
    pub verdict: VerdictView,
    /// 接收, 重复 …
    pub word: String,
    pub kind: String,
    pub pages: u32,
    pub reason: String,
    /// It waits for its password.
    pub locked: bool,
    /// The piece, or the one it is the same as.
    pub document: Option<Id>,
    /// Code of the suggestion, with how sure it is (0–100).
    pub suggested: Option<String>,
    pub confidence: u8,
}

/// 分隔页 that were made.
#[derive(Serialize, Type)]
pub struct SeparatorsView {
    pub file: String,
    pub sheets: u32,
}

/// What a batch came to.
#[derive(Clone, Serialize, Type)]
pub struct BatchEndView {
    pub accepted: u32,
    pub duplicate: u32,
    pub refused: u32,
    pub pending: u32,
    pub unpacked: u32,
    /// Pieces that piles were split into by the sheets in them.
    pub sorted: u32,
    pub ignored: u32,
    /// It was stopped; what is left waits.
    pub unfinished: bool,
}

#[derive(Clone, Serialize, Type)]
pub struct ProgressView {
    /// `total` is 0 while it is not known yet.
    pub done: u32,
    pub total: u32,
    /// What it is on.
    pub on: String,
}

/// Told while a long act runs; `ended` or `failed` is the last.
#[derive(Clone, Serialize, Type)]
#[serde(tag = "message", content = "with", rename_all = "camelCase")]
pub enum IntakeMessage {
    Progress(ProgressView),
    /// Files since the last message.
    Received(Vec<ReceivedView>),
    Ended(BatchEndView),
    Failed(Problem),
}

#[derive(Clone, Serialize, Type)]
#[serde(tag = "message", content = "with", rename_all = "camelCase")]
pub enum CompileMessage {
    Progress(ProgressView),
    Ended(PackageView),
    Stopped,
    Failed(Problem),
}

/// 核查发现
#[derive(Serialize, Type)]
pub struct FindingView {
    pub severity: SeverityView,
    pub kind: FindingKindView,
    pub sentence: String,
    pub code: Option<String>,
    pub document: Option<Id>,
    /// Title of the piece or wording of the leaf it is about.
    pub about: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeverityView {
    Error,
    Warning,
    Notice,
}

/// What findings are gathered by.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FindingKindView {
    VetoUnproven,
    Missing,
    NotDue,
    Unfiled,
    NoDate,
    OutOfPeriod,
    NothingPrinted,
    PersonalNumbers,
    ScoreSum,
}

/// What the clerk chooses before compiling.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptionsView {
    pub format: FormatView,
    pub volumes: VolumesView,
    pub duplex: bool,
    /// Thickness of the boxes in mm: 20, 30, 40 or 50.
    pub box_mm: u8,
}

/// Letters and lists to the units.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportView {
    /// 催办单, to one unit.
    Reminder,
    /// 进度通报
    Progress,
    /// 责任分解表, of one unit or of all.
    Duties,
    /// 缺项清单
    Gaps,
}

#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReportFormatView {
    Docx,
    Xlsx,
}

/// A unit that owes what is due.
#[derive(Serialize, Type)]
pub struct LateView {
    pub code: String,
    pub name: String,
    /// Pieces that are missing.
    pub missing: u32,
}

/// 盒脊 and 侧标签 that were made.
#[derive(Serialize, Type)]
pub struct LabelsView {
    /// Names of the files.
    pub spines: String,
    pub tabs: String,
    /// Boxes that have a spine, and headings that have a tab.
    pub volumes: u32,
    pub headings: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FormatView {
    Pdf,
    Docx,
}

#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VolumesView {
    One,
    Area,
    Box,
}

/// What a package would hold, before anything is written.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ForeseenView {
    pub sheets: u32,
    pub pieces: u32,
    pub pages: u32,
    pub volumes: Vec<VolumeView>,
    /// What is in the project but would not be in the package, a sentence each.
    pub left_out: Vec<String>,
    /// Veto items without proof, and the other gaps: they stop nothing, and are shown.
    pub unproven: u32,
    pub gaps: u32,
}

#[derive(Serialize, Type)]
pub struct VolumeView {
    pub number: u32,
    pub title: String,
    pub sheets: u32,
    pub pieces: u32,
    pub first: u32,
    pub last: u32,
}

/// 申报材料
#[derive(Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PackageView {
    /// Place in the list of packages, the newest first; what opening names.
    pub index: u32,
    pub name: String,
    pub made_on: String,
    pub format: String,
    pub files: Vec<String>,
    /// Folder, to be read.
    pub place: String,
    pub summary: String,
    pub proven: bool,
    pub checks: Vec<CheckView>,
    pub left_out: Vec<String>,
    pub remarks: Vec<String>,
}

#[derive(Clone, Serialize, Type)]
pub struct CheckView {
    pub name: String,
    pub passed: bool,
    pub detail: String,
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
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CatalogueSource {
    /// The reference that comes with the program (非官方).
    Reference,
    /// The file chosen last.
    Chosen,
}

/// A catalogue file that was chosen.
#[derive(Serialize, Type)]
pub struct CatalogueView {
    pub file: String,
    pub name: String,
    pub official: bool,
    pub areas: u32,
    pub indicators: u32,
    pub vetoes: u32,
    pub bonuses: u32,
    /// What to look at in a table that was taken over, a sentence each.
    pub warnings: Vec<String>,
    /// Why the table makes no catalogue as its columns are; empty when it does.
    pub problem: String,
    /// The tree that it makes.
    pub outline: Vec<OutlineView>,
    /// The issued table, whose columns can be corrected.
    pub table: Option<TableView>,
}

/// An area of a catalogue that is not taken over yet.
#[derive(Serialize, Type)]
pub struct OutlineView {
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Points as issued, and what its indicators add up to; empty where there are none.
    pub score: String,
    pub sum: String,
    pub indicators: Vec<OutlineLeaf>,
}

#[derive(Serialize, Type)]
pub struct OutlineLeaf {
    pub code: String,
    pub text: String,
    pub score: String,
    pub units: String,
}

/// The grid of an issued table.
#[derive(Serialize, Type)]
pub struct TableView {
    pub sheets: Vec<SheetView>,
}

#[derive(Serialize, Type)]
pub struct SheetView {
    pub name: String,
    pub layout: LayoutView,
    /// The first rows; text of a merged cell stands once.
    pub rows: Vec<Vec<String>>,
    /// All rows there are.
    pub total: u32,
}

/// How one sheet is taken.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct LayoutView {
    pub used: bool,
    /// Rows of titles and head above the first indicator.
    pub first: u32,
    pub roles: Vec<RoleView>,
}

/// What a column holds.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RoleView {
    Area,
    Number,
    Content,
    Score,
    Rule,
    Lead,
    Support,
    Forms,
    Requirements,
    Expected,
    Other,
}
