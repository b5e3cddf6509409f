//! 收集: batches, and the verdict of each file.

use dossier::desk::{Batch, BatchReport, Received};
use dossier::domain::{Reason, Verdict};
use dossier::wording;
use serde::Serialize;
use specta::Type;

use super::ids::id;
use super::long::ProgressView;
use super::{Id, file_name, local};
use crate::problem::Problem;

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
    /// Refused as a classified paper: a page can stand for it.
    pub classified: bool,
    /// The piece, or the one it is the same as.
    pub document: Option<Id>,
    /// Code of the suggestion, with how sure it is (0–100).
    pub suggested: Option<String>,
    pub confidence: u8,
}

impl From<Received> for ReceivedView {
    fn from(received: Received) -> Self {
        let (verdict, document) = match &received.verdict {
            Verdict::Accepted { document, .. } => (VerdictView::Accepted, Some(*document)),
            Verdict::Duplicate { of } => (VerdictView::Duplicate, Some(*of)),
            Verdict::Refused { .. } => (VerdictView::Refused, None),
            Verdict::Pending { .. } => (VerdictView::Pending, None),
            Verdict::Unpacked { .. } => (VerdictView::Unpacked, None),
            Verdict::Ignored { .. } => (VerdictView::Ignored, None),
        };
        let locked = matches!(received.verdict, Verdict::Pending { reason: Reason::Locked { .. } });
        let classified = received.verdict.is_classified();
        let suggestion = received.suggestion.as_ref();
        Self {
            candidate: id(received.candidate.0),
            verdict,
            word: wording::verdict::verdict(&received.verdict).to_owned(),
            kind: received.kind.map(wording::verdict::kind).unwrap_or_default().to_owned(),
            pages: received.pages,
            document: document.map(|document| id(document.0)),
            suggested: suggestion.and_then(|suggestion| suggestion.indicator.as_ref()).map(|code| code.0.clone()),
            confidence: suggestion.map_or(0, |suggestion| suggestion.confidence),
            path: received.path,
            name: received.name,
            reason: received.reason,
            locked,
            classified,
        }
    }
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
    /// Sheets in them behind which nothing lies.
    pub bare: u32,
    pub ignored: u32,
    /// It was stopped; what is left waits.
    pub unfinished: bool,
}

impl From<BatchReport> for BatchEndView {
    fn from(report: BatchReport) -> Self {
        let BatchReport { accepted, duplicate, refused, pending, unpacked, sorted, bare, ignored, unfinished, .. } = report;
        Self { accepted, duplicate, refused, pending, unpacked, sorted, bare, ignored, unfinished }
    }
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
    /// Those of them that wait for the clerk.
    pub pending: u32,
}

impl BatchView {
    pub fn of(batch: &Batch) -> Self {
        Self {
            id: id(batch.id.0),
            started: local(batch.started_at),
            finished: batch.finished_at.is_some(),
            sources: batch.sources.iter().map(|path| file_name(path)).collect(),
            files: batch.files,
            pending: batch.pending,
        }
    }
}

/// 分隔页 that were made.
#[derive(Serialize, Type)]
pub struct SeparatorsView {
    pub file: String,
    pub sheets: u32,
}
