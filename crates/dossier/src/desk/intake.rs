//! 收集: taking in, the report of a batch, and files that wait for a yes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use scans::worker::Worker;
use scans::{Kind, Watch};
use serde::Serialize;

use super::Desk;
use crate::domain::{Document, DocumentId, Suggestion, Verdict};
use crate::error::Result;
use crate::intake::accept::{self, Door};
use crate::intake::{BatchReport, Known};
use crate::store::{Batch, BatchId, Candidate, CandidateId};
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
        self.at_the_door(seen, |door, seen| door.take_in(sources, watch, seen))
    }

    /// Goes on with a batch that was stopped, by the clerk or by a crash.
    ///
    /// # Errors
    /// As [`Desk::intake`].
    pub fn resume(&self, batch: BatchId, watch: &Watch, seen: &mut dyn FnMut(&Received)) -> Result<BatchReport> {
        self.at_the_door(seen, |door, seen| door.resume(batch, watch, seen))
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
        Ok(told.expect("a confirmed file has a verdict"))
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
        let candidates = self.store.candidates(id)?;
        let firsts: BTreeMap<DocumentId, Document> = if candidates.iter().any(|c| matches!(c.verdict, Some(Verdict::Duplicate { .. }))) {
            self.store.read(crate::store::document::all)?.into_iter().map(|document| (document.id, document)).collect()
        } else {
            BTreeMap::new()
        };
        let mut out = Vec::new();
        for candidate in candidates {
            let suggestion = match &candidate.verdict {
                Some(Verdict::Accepted { document }) => self.suggestion(*document)?,
                _ => None,
            };
            let first = match &candidate.verdict {
                Some(Verdict::Duplicate { of }) => firsts.get(of),
                _ => None,
            };
            out.extend(received(&candidate, first, suggestion));
        }
        Ok(out)
    }

    fn at_the_door<T>(
        &self,
        seen: &mut dyn FnMut(&Received),
        act: impl FnOnce(&mut Door<'_>, &mut accept::Seen<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut worker = Worker::new(self.around.worker.clone());
        let known = Known::new(&self.catalogue, &self.units);
        let mut door = Door { store: &self.store, worker: &mut worker, program: &self.around.worker, known: &known };
        act(&mut door, &mut |candidate, suggestion| {
            let first = match &candidate.verdict {
                Some(Verdict::Duplicate { of }) => Some(self.document(*of)?),
                _ => None,
            };
            if let Some(received) = received(candidate, first.as_ref(), suggestion.cloned()) {
                seen(&received);
            }
            Ok(())
        })
    }
}

/// `None` for a file that has no verdict yet.
fn received(candidate: &Candidate, first: Option<&Document>, suggestion: Option<Suggestion>) -> Option<Received> {
    let verdict = candidate.verdict.clone()?;
    let reason = match &verdict {
        Verdict::Accepted { .. } => String::new(),
        Verdict::Duplicate { .. } => first.map(wording::verdict::duplicate).unwrap_or_default(),
        Verdict::Refused { reason } | Verdict::Pending { reason } | Verdict::Ignored { reason } => wording::verdict::reason(reason),
    };
    let name = accept::split(&candidate.path).1.to_owned();
    let path = candidate.path.clone();
    Some(Received { candidate: candidate.id, path, name, verdict, kind: candidate.kind, pages: candidate.pages, reason, suggestion })
}
