//! What crosses to the screen. The types of `domain` do not; these are made from them here, and only here.
//!
//! Exported to `ui/src/ipc/bindings.ts`; a test keeps the two alike. Days are `2023-04-20`; sizes are bytes.

mod exchanged;
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
    /// Years that are open until the due date.
    pub open_years: Vec<i16>,
    pub print: PrintView,
    pub today: String,
    /// Days until the package is due; negative after it.
    pub days_left: i32,
    pub units: Vec<NamedCode>,
    /// Letters are read off scans here.
    pub reads: bool,
    /// 载体形式
    pub forms: Vec<NamedCode>,
    pub leaves: Vec<LeafName>,
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

/// 版式: margins and boxes in mm, a sheet of paper in µm.
#[derive(Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PrintView {
    pub top: u8,
    pub bottom: u8,
    pub inner: u8,
    pub outer: u8,
    /// The official faces where the computer has them.
    pub installed_fonts: bool,
    pub boxes: Vec<u8>,
    pub leaf: u16,
}

/// What text is set in, and what no font has.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FontsView {
    pub roles: Vec<FontRoleView>,
    /// Characters of the package that no font has, each with a text that it stands in.
    pub missing: Vec<MissingView>,
}

/// 小标宋, 仿宋, 楷体 or 黑体.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FontRoleView {
    pub role: String,
    /// What it is used for.
    pub purpose: String,
    /// Name of the font that comes with the program.
    pub bundled: String,
    /// Official fonts of this computer, the preferred one first.
    pub installed: Vec<InstalledFontView>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InstalledFontView {
    pub name: String,
    /// Else its maker does not allow it to lie in a file, and it is not used.
    pub may_be_embedded: bool,
}

#[derive(Serialize, Type)]
pub struct MissingView {
    pub character: String,
    pub place: String,
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
    /// 待补
    Awaited,
    /// 缺
    Missing,
    /// 退回
    Returned,
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
    /// In a list of what was looked for: where it stands.
    pub trace: Option<TraceView>,
}

/// A stretch of a text; `hit` where it is what was looked for.
#[derive(Serialize, Type)]
pub struct RunView {
    pub text: String,
    pub hit: bool,
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

/// What an inspector is answered.
#[derive(Serialize, Type)]
pub struct ConsultedView {
    /// The package that boxes and folios are of; `None` when nothing was compiled.
    pub source: Option<String>,
    pub answers: Vec<AnswerView>,
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
    /// `None` when it is not in the package.
    pub lies: Option<LiesView>,
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

#[derive(Serialize, Type)]
pub struct FolioView {
    /// From 0.
    pub page: u32,
    pub folio: String,
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
    pub framing: FramingView,
    /// What is covered, by a short name; empty where nothing is.
    pub masked: String,
}

/// How a page is straightened and cropped, before it is turned.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct FramingView {
    /// Hundredths of a degree, clockwise, about the middle of the page.
    pub tilt: i16,
    /// The box that is left, in ten-thousandths of width and height of the page as it came, from its upper left corner.
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
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
    pub dated: Option<String>,
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
    /// 遮盖, page by page.
    pub masks: Vec<MaskView>,
    pub filed: Vec<FiledView>,
    pub bytes: f64,
    /// What it says of itself where a person has said nothing yet.
    pub read: Option<ReadView>,
}

/// What a piece says of itself; empty where it says nothing, or a person has said it.
#[derive(Serialize, Type)]
pub struct ReadView {
    pub title: String,
    pub number: String,
    pub issuer: String,
    pub dated: Option<String>,
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

/// A bar on a page.
#[derive(Serialize, Type)]
pub struct MaskView {
    pub id: Id,
    /// From 0.
    pub page: u32,
    pub area: MaskAreaView,
}

/// A box from its upper left to its lower right corner, in ten-thousandths (0–10000) of width and height of the page as it
/// came, upright, before the clerk's turn.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct MaskAreaView {
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

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DemandKindView {
    /// 待补
    Supplement,
    /// 退回
    Return,
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

/// 未发生承诺
#[derive(Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeclarationView {
    pub signer: String,
    pub signed_on: String,
    /// The signed paper.
    pub document: Option<Id>,
}

/// The grid indicator × year × unit, in one answer.
#[derive(Serialize, Type)]
pub struct GridView {
    pub years: Vec<i16>,
    /// Columns.
    pub units: Vec<NamedCode>,
    pub rows: Vec<GridRowView>,
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
}

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

#[derive(Serialize, Type)]
pub struct LateUnitView {
    pub code: String,
    pub name: String,
    pub group: String,
    pub owes: u32,
    pub demanded: u32,
    pub pieces: u32,
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
    pub id: Id,
    /// `2023-04-12 15:30`, local time.
    pub at: String,
    pub who: String,
    pub sentence: String,
    /// It changed something that can be put back.
    pub undoable: bool,
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

/// Kind and severity of every finding, the gravest first; what is said of those in sight is asked for. What was set aside stands
/// behind what is left to do.
#[derive(Serialize, Type)]
pub struct FindingsView {
    /// Of the check; said with the places of findings that an act is about.
    pub check: u32,
    pub kinds: Vec<FindingKindView>,
    pub severities: Vec<SeverityView>,
    /// Which of them the program judged: those can be set aside.
    pub judged: Vec<bool>,
    /// So many, from the first on, are left to do.
    pub left: u32,
}

/// 核查发现
#[derive(Serialize, Type)]
pub struct FindingView {
    pub severity: SeverityView,
    pub kind: FindingKindView,
    pub sentence: String,
    pub code: Option<String>,
    pub document: Option<Id>,
    /// The page of its scan (from 0) that is to be looked at first.
    pub page: Option<u32>,
    /// Title of the piece or wording of the leaf it is about.
    pub about: String,
    /// The program judged it, and it can be set aside.
    pub judged: bool,
    /// Why it was set aside, when and by whom.
    pub aside: Option<String>,
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
    ClassifiedRead,
    SensitiveRead,
    PersonalNumbers,
    ScoreSum,
    /// 退回 and 待补
    Demanded,
    NoNumber,
    NoCaption,
    Coarse,
    Blank,
    Black,
    Sideways,
    Askew,
    NoSeal,
    UsedOften,
    TooLong,
    OtherPages,
    /// Self-scores that table or evidence do not bear out.
    SelfScore,
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
    /// Photos on a sheet: 1 or 2.
    pub photos: u8,
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
    /// 核查清单
    Findings,
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
    /// 审阅版
    Review,
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
    /// Number of the proof whose sheets can be looked at.
    pub proof: u32,
    pub sheets: u32,
    pub pieces: u32,
    pub pages: u32,
    pub volumes: Vec<VolumeView>,
    /// What is in the project but would not be in the package, a sentence each.
    pub left_out: Vec<String>,
    /// Veto items without proof, and the other gaps: they stop nothing, and are shown.
    pub unproven: u32,
    pub gaps: u32,
    /// What begins where, in the order of the paper.
    pub stops: Vec<StopView>,
}

/// A line by which a package is looked through.
#[derive(Serialize, Type)]
pub struct StopView {
    pub volume: u32,
    /// Position in the volume, from 0.
    pub sheet: u32,
    /// 0 for front matter and areas, 1 for indicators, 2 for what lies under one.
    pub level: u8,
    pub text: String,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VolumeView {
    pub number: u32,
    pub title: String,
    pub sheets: u32,
    pub pieces: u32,
    pub first: u32,
    pub last: u32,
    /// What is printed on the sheets before the body, `iii`; empty where nothing is.
    pub front: Vec<String>,
    /// Sheets of paper, and how many its box takes at all.
    pub leaves: u32,
    pub holds: u32,
    /// Thickness of its box in mm.
    pub box_mm: u8,
}

/// 定稿 as it stands, with what a 变更包 would change now.
#[derive(Serialize, Type)]
pub struct EditionView {
    pub name: String,
    pub standing: String,
    /// Number of the next 变更包.
    pub next: u32,
    /// A sentence each, in the order of the boxes.
    pub changes: Vec<String>,
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
    /// It can be made the edition: a whole PDF that proved itself.
    pub issuable: bool,
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

/// A unit, and how far it is.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnitStandingView {
    pub code: String,
    pub name: String,
    pub group: String,
    pub indicators: u32,
    /// Pieces that are missing, and those that are not due yet.
    pub missing: u32,
    pub not_due: u32,
    /// Pieces that came from it.
    pub pieces: u32,
}

/// A long act of exchanging, as it goes.
#[derive(Serialize, Type)]
#[serde(tag = "message", content = "with", rename_all = "camelCase")]
pub enum ExchangeMessage {
    Progress(ProgressView),
    Ended(DoneView),
    Stopped,
    Failed(Problem),
}

/// What an act made.
#[derive(Clone, Serialize, Type)]
pub struct DoneView {
    pub title: String,
    pub lines: Vec<String>,
}

/// A 收集包 that came back.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReturnedView {
    pub id: Id,
    pub unit: String,
    pub unit_name: String,
    pub at: String,
    pub made_on: String,
    /// Made for this round.
    pub ours: bool,
    pub files: u32,
    pub unfiled: u32,
    pub sentence: String,
}

/// 核对
#[derive(Serialize, Type)]
pub struct KitReviewView {
    pub returned: ReturnedView,
    pub lines: Vec<KitLineView>,
    pub others: Vec<KitPieceView>,
    /// Pieces that filing in one act would file.
    pub sure: u32,
    /// Why nothing is compared with the 报送清单; empty where it is.
    pub unlisted: String,
}

#[derive(Serialize, Type)]
pub struct KitLineView {
    pub code: String,
    pub text: String,
    pub came: Vec<KitPieceView>,
    /// The unit has to hand something in itself; else it only helps.
    pub owes: bool,
    /// What is still owed, a material each.
    pub owed: Vec<String>,
    /// What the unit listed beside what came, and its remarks.
    pub listed: String,
    pub remarks: Vec<String>,
    /// Other numbers came than it listed.
    pub differs: bool,
}

#[derive(Serialize, Type)]
pub struct KitPieceView {
    pub candidate: Id,
    pub name: String,
    pub path: String,
    /// 接收结论
    pub word: String,
    pub reason: String,
    pub pages: u32,
    pub document: Option<Id>,
    pub code: Option<String>,
    pub filed: bool,
    pub sure: bool,
}

/// A copy of the index.
#[derive(Serialize, Type)]
pub struct SavedView {
    /// Name of its file; what restoring names.
    pub file: String,
    pub at: String,
    pub bytes: u32,
}

/// What restoring would change, a sentence each.
#[derive(Serialize, Type)]
pub struct DifferenceView {
    pub unknown: Vec<String>,
    pub back: Vec<String>,
    pub unfiled: Vec<String>,
    pub filed: Vec<String>,
    pub described: Vec<String>,
}

/// The next round.
#[derive(Serialize, Deserialize, Type)]
pub struct NextRoundView {
    pub name: String,
    /// First and last year of the evidence.
    pub from: i16,
    pub to: i16,
    pub due: String,
}
