//! 收集: taking in, the report of a batch, and files that wait for a yes.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use paper::font::{self, StandIn};
use scans::worker::Worker;
use scans::{Kind, Lent, Watch};
use serde::Serialize;

use super::Desk;
use crate::domain::{Document, DocumentId, Paging, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::exchange::report::{self, batch::Line};
use crate::intake::{self, BatchReport, Door, Known, Learned};
use crate::store::{Batch, BatchId, Candidate, CandidateId, batch, document, suggestion};
use crate::wording;

/// A file of a batch with its verdict, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Received {
    pub candidate: CandidateId,
    /// Relative to what was given, with `/`.
    pub path: String,
    pub name: String,
    pub verdict: Verdict,
    pub kind: Option<Kind>,
    pub pages: u32,
    /// Why, and what to do; empty where it was simply taken in.
    pub reason: String,
    pub suggestion: Option<Suggestion>,
}

impl Desk {
    /// Takes in files and folders. `seen` is told of each file once its verdict is on the disk; `watch` of what is done, of
    /// how many, and the current file. A clerk's stop leaves the batch to be gone on with.
    ///
    /// # Errors
    /// Only of the project's own disk; trouble of a file is its verdict.
    pub fn intake(&self, sources: &[PathBuf], watch: &Watch, seen: &mut dyn FnMut(&Received)) -> Result<BatchReport> {
        self.sorting(seen, watch, |door, seen| door.take_in(sources, watch, seen))
    }

    /// Goes on with a batch that was stopped, by the clerk or by a crash.
    ///
    /// # Errors
    /// As [`Desk::intake`].
    pub fn resume(&self, batch: BatchId, watch: &Watch, seen: &mut dyn FnMut(&Received)) -> Result<BatchReport> {
        self.sorting(seen, watch, |door, seen| door.resume(batch, watch, seen))
    }

    /// Lets in a file that waits for the clerk's yes.
    ///
    /// # Errors
    /// [`NoSuchCandidate`](crate::Error::NoSuchCandidate) for a file that does not wait.
    pub fn confirm_pending(&self, candidate: CandidateId) -> Result<Received> {
        let mut told = None;
        self.at_the_door(&mut |received| told = Some(received.clone()), |door, seen| {
            let (candidate, suggestion) = door.confirm(candidate)?;
            seen(&candidate, suggestion.as_ref())
        })?;
        self.let_in(told.expect("a confirmed file has a verdict"))
    }

    /// 不收: refuses a file that waits for the clerk.
    ///
    /// # Errors
    /// [`NoSuchCandidate`](crate::Error::NoSuchCandidate) for a file that does not wait.
    pub fn decline_pending(&self, candidate: CandidateId) -> Result<Received> {
        let mut told = None;
        self.at_the_door(&mut |received| told = Some(received.clone()), |door, seen| seen(&door.decline(candidate)?, None))?;
        Ok(told.expect("a declined file has a verdict"))
    }

    /// Where a file of a batch lies, to be opened by the system; of one within an archive, the outermost archive.
    ///
    /// # Errors
    /// [`NoSuchCandidate`](crate::Error::NoSuchCandidate): a classified paper has no place here.
    pub fn source_of(&self, candidate: CandidateId) -> Result<PathBuf> {
        let source = self.store.candidate(candidate)?.source;
        if source.as_os_str().is_empty() { Err(Error::NoSuchCandidate) } else { Ok(source) }
    }

    /// Gives a PDF that waits for it its password, and lets it in.
    ///
    /// # Errors
    /// [`WrongPassword`](crate::Error::WrongPassword): the file still waits. [`NoSuchCandidate`](crate::Error::NoSuchCandidate)
    /// for a file that does not wait for one.
    pub fn unlock_pending(&self, candidate: CandidateId, password: &str) -> Result<Received> {
        let mut told = None;
        self.at_the_door(&mut |received| told = Some(received.clone()), |door, seen| {
            let (candidate, suggestion) = door.unlock(candidate, password)?;
            seen(&candidate, suggestion.as_ref())
        })?;
        self.let_in(told.expect("a file that was opened has a verdict"))
    }

    /// Splits what was let in by itself, where it has a sheet on top.
    fn let_in(&self, received: Received) -> Result<Received> {
        if let Verdict::Accepted { document, pile: true, .. } = received.verdict {
            self.sort_by_sheets(document, &Watch::silent())?;
        }
        Ok(received)
    }

    /// All batches, the newest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        self.store.batches()
    }

    /// Batches that were stopped, the newest first.
    pub fn unfinished_batches(&self) -> Result<Vec<Batch>> {
        Ok(self.batches()?.into_iter().filter(|batch| batch.finished_at.is_none()).collect())
    }

    /// The report of a batch: every file that has its verdict, in the order listed.
    pub fn batch(&self, id: BatchId) -> Result<Vec<Received>> {
        let (candidates, pieces, mut suggestions) = self.store.read(|index| {
            let candidates = batch::candidates(index, id)?;
            let pieces: Vec<DocumentId> = candidates.iter().filter_map(spoken_of).collect();
            let pieces = document::these(index, &pieces)?;
            Ok((candidates, pieces, suggestion::of_batch(index, id)?))
        })?;
        let pieces: HashMap<DocumentId, Document> = pieces.into_iter().map(|document| (document.id, document)).collect();
        let told = |candidate: &Candidate| {
            let suggestion = match &candidate.verdict {
                Some(Verdict::Accepted { document, .. }) => suggestions.remove(document),
                _ => None,
            };
            received(candidate, spoken_of(candidate).and_then(|id| pieces.get(&id)), suggestion)
        };
        Ok(candidates.iter().filter_map(told).collect())
    }

    /// 批次报告: the report of a batch as XLSX, to a file that the clerk chose.
    ///
    /// # Errors
    /// [`NoSuchCandidate`](crate::Error::NoSuchCandidate) for a batch that is not there, what the disk says.
    pub fn write_batch_report(&self, id: BatchId, to: &Path) -> Result<()> {
        if !self.batches()?.iter().any(|batch| batch.id == id) {
            return Err(Error::NoSuchCandidate);
        }
        let received = self.batch(id)?;
        let mut counts = BatchReport::of(id);
        received.iter().for_each(|received| counts.count(&received.verdict));
        let suggested = |suggestion: &Suggestion| {
            let leaf = suggestion.indicator.as_ref().and_then(|code| self.catalogue.leaf(code))?;
            Some(format!("{} {}", leaf.code(), leaf.text()))
        };
        let lines: Vec<Line> = received
            .into_iter()
            .map(|received| Line {
                verdict: wording::verdict::verdict(&received.verdict).to_owned(),
                kind: received.kind.map(wording::verdict::kind).unwrap_or_default().to_owned(),
                pages: received.pages,
                suggested: received.suggestion.as_ref().and_then(suggested).unwrap_or_default(),
                path: received.path,
                reason: received.reason,
            })
            .collect();
        let title = wording::report::title(&self.assessment().name, id.0);
        let report = report::batch::report(title, wording::report::counts(&counts), lines);
        self.store.files().write_whole(to, &report::sheet(&report))
    }

    /// Takes in, and then splits the piles that have a sheet on top. The batch ends behind that: what a stop or a crash leaves
    /// unsplit is split when the batch is gone on with.
    fn sorting(
        &self,
        seen: &mut dyn FnMut(&Received),
        watch: &Watch,
        act: impl FnOnce(&mut Door<'_>, &mut intake::Seen<'_>) -> Result<BatchReport>,
    ) -> Result<BatchReport> {
        let mut report = self.at_the_door(seen, act)?;
        if report.unfinished {
            return Ok(report);
        }
        let stopped = self.sort_piles(&mut report, watch);
        match stopped {
            Ok(()) => self.store.finish_batch(report.batch, &report.deed())?,
            Err(Error::Cancelled(_)) => report.unfinished = true,
            Err(error) => return Err(error),
        }
        Ok(report)
    }

    /// Splits the piles of a batch, and counts what they became.
    fn sort_piles(&self, report: &mut BatchReport, watch: &Watch) -> Result<()> {
        for pile in self.store.piles(report.batch)? {
            watch.go_on()?;
            match self.sort_by_sheets(pile, watch) {
                Ok(Some(sorted)) => {
                    report.sorted += sorted.pieces.len() as u32;
                    report.bare += sorted.bare.len() as u32;
                }
                // The clerk has put it away, or its bytes are damaged, which is said of it elsewhere: it stays as it is.
                Ok(None) | Err(Error::Removed { .. } | Error::NoSuchDocument(_) | Error::DamagedScan { .. }) => self.store.no_pile(pile)?,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn at_the_door<T>(
        &self,
        seen: &mut dyn FnMut(&Received),
        act: impl FnOnce(&mut Door<'_>, &mut intake::Seen<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut worker = Worker::new(self.around.worker.clone());
        let known = Known::new(&self.catalogue, &self.units);
        let dossier = self.dossier()?;
        let filed = dossier.evidence.iter().flat_map(|(code, evidence)| evidence.iter().map(move |evidence| (code, evidence.document)));
        let filed = filed.filter_map(|(code, id)| Some((dossier.documents.get(&id)?.original_folder.as_str(), code)));
        let learned = Learned::of(filed);
        let mut door = Door {
            store: &self.store,
            worker: &mut worker,
            known: &known,
            assessment: &self.assessment(),
            learned: &learned,
            office: self.around.office.as_deref(),
            fonts: &|names| lent(&self.around.fonts, names),
            extent: wording::verdict::extent,
            today: self.today(),
            kept_elsewhere: wording::package::KEPT_ELSEWHERE,
        };
        act(&mut door, &mut |candidate, suggestion| {
            let piece = spoken_of(candidate).map(|id| self.document(id)).transpose()?;
            if let Some(received) = received(candidate, piece.as_ref(), suggestion.cloned()) {
                seen(&received);
            }
            Ok(())
        })
    }
}

/// Fonts of this computer and of the program for text that is set in fonts of these names.
fn lent(bundled: &Path, names: &[String]) -> Vec<Lent> {
    let found = font::stand_ins(bundled, names);
    let opened = found
        .into_iter()
        .filter_map(|StandIn { stands_for, called, path, index }| Some(Lent { stands_for, called, file: File::open(path).ok()?, index }));
    opened.collect()
}

/// The piece that a verdict speaks of, where its sentence needs it: the one that a duplicate is of, or an attachment.
fn spoken_of(candidate: &Candidate) -> Option<DocumentId> {
    match &candidate.verdict {
        Some(Verdict::Duplicate { of }) => Some(*of),
        Some(Verdict::Accepted { document, .. }) if candidate.kind.is_some_and(may_be_kept_beside) => Some(*document),
        _ => None,
    }
}

/// Attachments, and PDF that had a password: what is printed of them is another file, or a slip.
fn may_be_kept_beside(kind: Kind) -> bool {
    kind.is_attachment() || kind == Kind::Pdf
}

/// `None` for a file that has no verdict yet.
fn received(candidate: &Candidate, piece: Option<&Document>, suggestion: Option<Suggestion>) -> Option<Received> {
    let verdict = candidate.verdict.clone()?;
    let reason = match &verdict {
        Verdict::Accepted { paging, .. } => match candidate.kind {
            Some(kind) if kind.is_attachment() || piece.is_some_and(|piece| piece.rendition.is_some()) => {
                piece.map(|piece| wording::verdict::attachment(piece, paging.as_ref())).unwrap_or_default()
            }
            _ if *paging == Some(Paging::Signed) => wording::verdict::signed(),
            _ => String::new(),
        },
        Verdict::Duplicate { .. } => piece.map_or_else(wording::verdict::duplicate_of_none, wording::verdict::duplicate),
        Verdict::Unpacked { files, .. } => wording::verdict::unpacked(*files),
        Verdict::Refused { reason } | Verdict::Pending { reason } | Verdict::Ignored { reason } => wording::verdict::reason(reason),
    };
    let name = intake::split(&candidate.path).1.to_owned();
    let path = candidate.path.clone();
    Some(Received { candidate: candidate.id, path, name, verdict, kind: candidate.kind, pages: candidate.pages, reason, suggestion })
}
