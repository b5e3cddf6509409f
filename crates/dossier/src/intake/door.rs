//! From a listed batch to documents: copied, looked into, decided on, and written down with their verdicts in groups.
//!
//! A batch is written down before its first file is opened, so it can be gone on with after a stop or a crash: whatever has
//! no verdict yet is looked into, in the order listed. Trouble of a source is that file's verdict; trouble of our own disk
//! ends the act, with all that was acknowledged kept.

use std::path::{self, Path, PathBuf};

use jiff::civil::Date;
use scans::inspected::Extent;
use scans::worker::Worker;
use scans::{Lent, Watch};
use serde::Serialize;

use super::ahead::{Come, Next, ahead};
use super::classified;
use super::decide::{Answer, Stand};
use super::group::Group;
use super::learned::Learned;
use super::path::{joined, split};
use super::suggest::Known;
use super::survey::{self, Places, survey};
use crate::domain::{Assessment, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::store::{BatchId, Candidate, Deed, Listed, Store};

/// Free disk that is left over beside what a batch brings, in bytes.
const LEFT_FREE: u64 = 512 << 20;

/// The counts of a batch, by verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BatchReport {
    pub batch: BatchId,
    pub accepted: u32,
    pub duplicate: u32,
    pub refused: u32,
    pub pending: u32,
    pub ignored: u32,
    /// Archives, whose files are counted one by one.
    pub unpacked: u32,
    /// Pieces that piles became, split by the sheets in them.
    pub sorted: u32,
    /// Sheets in them behind which nothing lies.
    pub bare: u32,
    /// The clerk stopped it; what is left can be taken in later.
    pub unfinished: bool,
}

/// The door of a project: what files are kept in, looked into and compared with.
pub struct Door<'a> {
    pub store: &'a Store,
    pub worker: &'a mut Worker,
    pub known: &'a Known<'a>,
    /// The round whose kits are known again.
    pub assessment: &'a Assessment,
    pub learned: &'a Learned,
    /// The office program that prints DOCX and the like, where there is one.
    pub office: Option<&'a Path>,
    /// Fonts that stand in for those of these names, which an OFD does not embed.
    pub fonts: &'a dyn Fn(&[String]) -> Vec<Lent>,
    /// What is said of a film's length, or of the pages of what can't be printed.
    pub extent: fn(Extent) -> String,
    /// No picture was taken later.
    pub today: Date,
    /// The words on a page that stands for what may not lie here, see [`Placeholder`](super::Placeholder).
    pub kept_elsewhere: &'static str,
}

/// Told of each verdict after it is on the disk.
pub type Seen<'a> = dyn FnMut(&Candidate, Option<&Suggestion>) -> Result<()> + 'a;

impl Door<'_> {
    /// Walks what was given, writes the list, and takes in file by file. Whoever called it ends the batch.
    ///
    /// # Errors
    /// Only of the project's own disk. A clerk's stop during the walk leaves nothing behind.
    pub fn take_in(&mut self, sources: &[PathBuf], watch: &Watch, seen: &mut Seen<'_>) -> Result<BatchReport> {
        // What waits is opened again later, by a program that may have been started in another folder.
        let sources: Vec<PathBuf> = sources.iter().map(|given| path::absolute(given).unwrap_or_else(|_| given.clone())).collect();
        let found = survey(&sources, self.store.dir(), watch)?;
        let given: Vec<PathBuf> = sources.iter().map(|given| classified::unmarked(given).to_owned()).collect();
        let batch = self.store.begin_listed(&given, &listed(found))?;
        self.go_on(batch, watch, seen)
    }

    /// Takes in what a batch has left.
    pub fn resume(&mut self, batch: BatchId, watch: &Watch, seen: &mut Seen<'_>) -> Result<BatchReport> {
        // Listed by a program that crashed between the batch and its list: walk again.
        if self.store.candidates(batch)?.is_empty() {
            let sources = self.store.batches()?.into_iter().find(|known| known.id == batch).ok_or(Error::NoSuchCandidate)?.sources;
            let found = survey(&sources, self.store.dir(), watch)?;
            self.store.list(batch, &listed(found))?;
        }
        self.go_on(batch, watch, seen)
    }

    fn go_on(&mut self, batch: BatchId, watch: &Watch, seen: &mut Seen<'_>) -> Result<BatchReport> {
        let candidates = self.store.candidates(batch)?;
        let total = candidates.len() as u64;
        let mut report = BatchReport::of(batch);
        let mut places = Places::default();
        let mut waiting = Vec::new();
        let mut done = 0;
        for candidate in candidates {
            if let Some(verdict) = &candidate.verdict {
                report.count(verdict);
                done += 1;
            }
            // What lies in an archive is come to when the archive is opened.
            if candidate.within.is_none() {
                let (folder, name) = split(&candidate.path);
                let place = places.next(folder, name);
                if candidate.verdict.is_none() {
                    waiting.push((candidate, place));
                }
            }
        }
        self.room_for(waiting.iter().map(|(candidate, _)| candidate.bytes).sum())?;
        let mut run = Run { done, ..Run::new(report, total, watch, seen) };
        let (store, looker) = (self.store, self.worker.another());
        let ended = ahead(store, &looker, &waiting, watch, |next| match next {
            Next::File(candidate, place, come) => self.take(candidate, *come, Stand { place, depth: 0 }, &mut run),
            Next::Idle => self.settle_if_due(&mut run),
        });
        // Whatever ended it: what was decided until then is kept.
        let settled = self.settle(&mut run);
        watch.step(run.done, run.total, "");
        let report = run.report;
        match ended {
            Ok(()) => settled?,
            Err(Error::Cancelled(_)) => {
                settled?;
                return Ok(BatchReport { unfinished: true, ..report });
            }
            Err(error) => return Err(error),
        }
        self.place_by_kits(batch)?;
        Ok(report)
    }

    /// Decides on one file that was copied; it is told once it is written down.
    pub(super) fn take(&mut self, candidate: &Candidate, come: Come, stand: Stand, run: &mut Run<'_, '_>) -> Result<()> {
        run.watch.step(run.done, run.total, split(&candidate.path).1);
        run.watch.go_on()?;
        self.decide(candidate, come, Answer::None, stand, run)?;
        run.done += 1;
        self.settle_if_due(run)
    }

    /// Disk that is needed × 1.2 and some more, before the first byte is copied.
    pub(super) fn room_for(&self, bytes: u64) -> Result<()> {
        let needed = bytes + bytes / 5 + LEFT_FREE;
        match self.store.free_space() {
            Some(free) if bytes > 0 && free < needed => {
                Err(Error::DiskFull { path: self.store.dir().to_owned(), needed: Some(needed - free) })
            }
            _ => Ok(()),
        }
    }
}

/// A batch under way.
pub(super) struct Run<'r, 's> {
    pub report: BatchReport,
    /// Verdicts that are not written down yet.
    pub group: Group,
    /// Files that were decided on, told or not.
    pub done: u64,
    pub total: u64,
    pub watch: &'r Watch,
    pub seen: &'r mut Seen<'s>,
}

impl<'r, 's> Run<'r, 's> {
    pub fn new(report: BatchReport, total: u64, watch: &'r Watch, seen: &'r mut Seen<'s>) -> Self {
        Self { report, group: Group::default(), done: 0, total, watch, seen }
    }
}

impl BatchReport {
    pub(crate) fn of(batch: BatchId) -> Self {
        Self { batch, accepted: 0, duplicate: 0, refused: 0, pending: 0, ignored: 0, unpacked: 0, sorted: 0, bare: 0, unfinished: false }
    }

    /// The line in the journal that ends the batch.
    pub(crate) fn deed(&self) -> Deed {
        let Self { batch, accepted, duplicate, refused, pending, .. } = *self;
        Deed::Intake { batch, accepted, duplicate, refused, pending }
    }

    pub(crate) fn count(&mut self, verdict: &Verdict) {
        *match verdict {
            Verdict::Accepted { .. } => &mut self.accepted,
            Verdict::Duplicate { .. } => &mut self.duplicate,
            Verdict::Refused { .. } => &mut self.refused,
            Verdict::Pending { .. } => &mut self.pending,
            Verdict::Unpacked { .. } => &mut self.unpacked,
            Verdict::Ignored { .. } => &mut self.ignored,
        } += 1;
    }
}

fn listed(found: Vec<survey::Found>) -> Vec<Listed> {
    found.into_iter().map(|file| Listed { path: joined(&file.folder, &file.name), source: file.source, bytes: file.bytes }).collect()
}
