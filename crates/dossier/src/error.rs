//! A failed act, as facts; the sentence is made in [`crate::wording::error`].

use std::io;
use std::path::{Path, PathBuf};

use paper::manuscript::WriteError;

use crate::domain::{DemandId, DocumentId, EvidenceId, IndicatorCode, MarkId, MaskId, NoPeriod, OutOfBounds, Points, UnitCode};
use crate::store::{FileAct, Holder};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What stopped an act. A problem of the evidence is a `Finding` or a `Verdict`, never an `Error`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The project is open elsewhere.
    #[error("{dir} is in use by {holder:?}", dir = dir.display())]
    InUse { dir: PathBuf, holder: Option<Holder> },
    /// The project is only looked at; nothing was written.
    #[error("{dir} is only looked at", dir = dir.display())]
    ReadOnly { dir: PathBuf },
    /// There is no sound copy of the index to look at.
    #[error("{dir} holds no copy of its index", dir = dir.display())]
    NoCopy { dir: PathBuf },
    /// A backup that somebody has open as a project; nothing was written there.
    #[error("the backup {dir} is in use by {holder:?}", dir = dir.display())]
    CopyInUse { dir: PathBuf, holder: Option<Holder> },
    /// Made by a newer version of the program; nothing was touched.
    #[error("schema {found} is newer than {known}")]
    NewerProject { dir: PathBuf, found: u32, known: u32 },
    /// The folder holds no project of ours.
    #[error("{dir} is not a project", dir = dir.display())]
    NotAProject { dir: PathBuf },
    /// A new project was asked for where one is already.
    #[error("{dir} holds a project already", dir = dir.display())]
    AlreadyAProject { dir: PathBuf },
    /// A new project was asked for in a folder that holds something else.
    #[error("{dir} is not empty", dir = dir.display())]
    NotEmpty { dir: PathBuf },
    /// The index contradicts itself; `detail` is SQLite's own word.
    #[error("the index is damaged: {detail}")]
    Damaged { dir: PathBuf, detail: String },
    /// An index that lies elsewhere is larger than any of ours; `most` is in bytes. Nothing was read.
    #[error("the index in {path} is larger than {most} bytes", path = path.display())]
    LargeIndex { path: PathBuf, most: u64 },
    /// The bytes in the vault are not those that were received.
    #[error("the scan of {name} is damaged or gone")]
    DamagedScan { document: DocumentId, name: String },

    #[error("no leaf {code}")]
    NoSuchIndicator { code: IndicatorCode },
    #[error("no unit {code}")]
    NoSuchUnit { code: UnitCode },
    /// A 催办单 to a unit that owes nothing.
    #[error("{unit} owes nothing")]
    NothingOwed { unit: String },
    #[error("no document {}", .0.0)]
    NoSuchDocument(DocumentId),
    #[error("no evidence {}", .0.0)]
    NoSuchEvidence(EvidenceId),
    #[error("document {} has no page {page}", document.0)]
    NoSuchPage { document: DocumentId, page: u32 },
    #[error("{turn} is not a quarter turn")]
    NotAQuarterTurn { turn: u16 },
    #[error("a framing that leaves nothing of the page")]
    NotAFraming,
    #[error("no mark {}", .0.0)]
    NoSuchMark(MarkId),
    /// A red line without length, or beyond the page.
    #[error("not a line")]
    NotALine,
    #[error("no mask {}", .0.0)]
    NoSuchMask(MaskId),
    /// A mask that covers nothing, or reaches beyond the page.
    #[error("not a mask")]
    NotAMask,
    /// It bears a mark of a classified paper, and nobody has called that misread: nothing of it is covered or cut.
    #[error("{name} bears a mark of a classified paper")]
    Held { name: String },
    /// Marks of classified papers were read off pieces of a package after it was compiled.
    #[error("{pieces} pieces bear marks of classified papers")]
    HeldSince { pieces: usize },
    /// Pages of a package were given masks after it was compiled.
    #[error("{pages} pages were masked since")]
    MaskedSince { pages: usize },
    /// More points than a scoring part is worth, or no whole steps.
    #[error("{points} is no self-score for part {part} of {code}")]
    NotAScore { code: IndicatorCode, part: usize, points: Points, most: Points, step: Points },
    /// A demand without a reason, or a declaration without a signer.
    #[error("{what:?} is empty")]
    Unsaid { what: Unsaid },
    /// A period that can't be, or a due date before it.
    #[error("no period: {0:?}")]
    NoPeriod(NoPeriod),
    #[error("{0:?}")]
    OutOfBounds(OutOfBounds),
    #[error("no demand {}", .0.0)]
    NoSuchDemand(DemandId),
    /// Only a veto item is declared not to have happened.
    #[error("{code} is no veto item")]
    NotAVeto { code: IndicatorCode },
    /// A finding that no word answers, only the act that ends it.
    #[error("no judgement")]
    NotAJudgement,
    /// Fewer than two pieces, or one of them twice.
    #[error("nothing to join")]
    NothingToJoin,
    /// A piece without pages of its own: an 附件, or a placeholder.
    #[error("{name} has no pages to join")]
    NotJoinable { name: String },
    /// A piece was split, or put together again, while its pages were joined; nothing was changed.
    #[error("{name} shows other pages now")]
    OtherPages { name: String },
    /// Something lies in 回收站 and has to be restored first.
    #[error("{name} is removed")]
    Removed { document: DocumentId, name: String },
    /// A batch or a candidate that is not there (any more).
    #[error("no such batch or candidate")]
    NoSuchCandidate,
    /// A file that waits for the clerk does not lie where it lay; it waits on.
    #[error("the source of {name} is gone")]
    SourceGone { name: String },

    /// A 查阅盘 was asked for, and no PDF was compiled, or it is not where it was written.
    #[error("there is no package")]
    NoPackage,
    /// A backup was asked for in the folder of the project itself.
    #[error("{place} lies in the project", place = place.display())]
    WithinItself { place: PathBuf },
    /// A folder out of which nothing can be merged in; nothing was touched.
    #[error("{place}: {why:?}", place = place.display())]
    NotMergeable { place: PathBuf, why: Unmergeable },
    /// A stick or folder outside the project can't be written to or read; nothing of the project was touched.
    #[error("{path}: {source}", path = path.display())]
    Outside { path: PathBuf, source: io::Error },
    /// A stick or folder outside the project is too small; `needed` bytes more are missing. Nothing of the project was touched.
    #[error("{path} lacks {needed} bytes", path = path.display())]
    OutsideFull { path: PathBuf, needed: u64 },
    /// The folder lies on a share of the network, where an index is not safe; nothing was touched.
    #[error("{dir} lies on a share of the network", dir = dir.display())]
    OnShare { dir: PathBuf },
    /// A folder that holds nothing to be packed, or has to do with the project itself.
    #[error("{place} can't be sealed", place = place.display())]
    NotSealable { place: PathBuf },
    /// A password that is too short, or that not every program reads in the same way.
    #[error("not a password")]
    NotAPassword,
    /// The password does not open the file; it still waits.
    #[error("another password")]
    WrongPassword { name: String },

    /// The disk is full. `needed` bytes are missing, as far as that is known.
    #[error("the disk is full at {path}", path = path.display())]
    DiskFull { path: PathBuf, needed: Option<u64> },
    /// A file operation of ours failed.
    #[error("{act:?} {path}: {source}", path = path.display())]
    File { act: FileAct, path: PathBuf, source: io::Error },
    #[error("the index: {0}")]
    Index(#[from] rusqlite::Error),
    /// Something of ours that can't be read back; `what` names it for the log.
    #[error("{what}: {source}")]
    Json { what: &'static str, source: serde_json::Error },
    /// A picture could not be drawn; `number` as the piece counts its pages, from 1.
    #[error("page {number} of {name} can't be drawn: {detail}")]
    NoPicture { name: String, number: u32, detail: String },
    /// The program can't start itself as a worker.
    #[error("the worker {program} can't be started: {source}", program = program.display())]
    NoWorker { program: PathBuf, source: io::Error },
    /// Letters can't be read off scans: the models are unusable, or there is no room for them.
    #[error("letters of {name} were not read: {detail}")]
    NotRead { name: String, detail: String },
    /// A paper could not be made; nothing is left under its name.
    #[error("{made:?} was not made: {source}")]
    NotMade { made: Made, source: WriteError },
    /// There is no package; nothing is left under a final name.
    #[error(transparent)]
    Compile(#[from] crate::compile::CompileError),
    #[error(transparent)]
    Cancelled(#[from] scans::Cancelled),
}

/// Why a folder is no 交换包 for this project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmergeable {
    NoProject,
    /// Several projects lie in it.
    Several {
        names: Vec<String>,
    },
    /// It is this project.
    Itself,
    Damaged,
    /// Made by a newer version of the program.
    Newer {
        found: u32,
        known: u32,
    },
    /// No copy of this project, but one of this name.
    OtherProject {
        name: String,
    },
    /// Codes of leaves that only one of the two catalogues has.
    OtherCatalogue {
        here: Vec<String>,
        there: Vec<String>,
    },
    /// Codes of units that only one of the two has.
    OtherUnits {
        here: Vec<String>,
        there: Vec<String>,
    },
}

/// What was being made when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// 成品
    Package,
    /// 催办单, 通报 and such.
    Report,
    /// 盒脊 and 侧标签.
    Labels,
    /// 分隔页
    Separators,
    /// 进展一页
    Leader,
    /// 说明 of a 收集包.
    Letter,
    /// What several pieces are joined into.
    Joined,
    /// 预览
    Preview,
    /// 加密包
    Sealed,
}

/// The field that the clerk has to fill in first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaid {
    /// Of the assessment, or of its office.
    Name,
    Reason,
    Signer,
    /// Why a finding needs nothing.
    Grounds,
}

impl Error {
    /// A failed operation on a file; a full disk is told apart.
    pub fn file(act: FileAct, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path: path.to_owned(), needed: None },
            _ => Self::File { act, path: path.to_owned(), source },
        }
    }

    /// A writer that failed; a stop and the disk are told apart.
    pub fn writing(made: Made, error: WriteError, path: &Path) -> Self {
        match error {
            WriteError::Cancelled(cancelled) => Self::Cancelled(cancelled),
            WriteError::Output(source) => Self::file(FileAct::Write, path, source),
            source => Self::NotMade { made, source },
        }
    }

    /// A failed operation on what lies outside the project, told by the place that the clerk chose.
    pub fn outside(self, place: &Path) -> Self {
        match self {
            Self::File { source, .. } => Self::Outside { path: place.to_owned(), source },
            Self::DiskFull { needed: Some(needed), .. } => Self::OutsideFull { path: place.to_owned(), needed },
            Self::DiskFull { needed: None, .. } => Self::Outside { path: place.to_owned(), source: io::ErrorKind::StorageFull.into() },
            other => other,
        }
    }

    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::DiskFull { .. } => true,
            Self::Index(rusqlite::Error::SqliteFailure(failure, _)) => failure.code == rusqlite::ErrorCode::DiskFull,
            _ => false,
        }
    }

    /// What happened, to which material, what to do: one Chinese sentence.
    pub fn sentence(&self) -> String {
        crate::wording::error::sentence(self)
    }
}
