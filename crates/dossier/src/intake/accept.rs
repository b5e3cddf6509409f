//! From a listed batch to documents: copy, look into, decide, and write document and verdict in one transaction.
//!
//! A batch is written down before its first file is opened, so it can be gone on with after a stop or a crash: whatever has
//! no verdict yet is looked into, in the order listed. Trouble of a source is that file's verdict; trouble of our own disk
//! ends the act, with all that was acknowledged kept.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use scans::inspected::{Extent, Limit};
use scans::worker::Worker;
use scans::{Inspected, Kind, PageFacts, Trouble, Watch, limits};
use serde::Serialize;

use super::learned::Learned;
use super::suggest::{Known, suggest};
use super::survey::{self, Places, survey};
use super::{classified, office, sensitive};
use crate::domain::{Assessment, Description, KitFile, Reason, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::store::{Accepted, BatchId, Candidate, CandidateId, Deed, FileAct, Incoming, Listed, NotReceived, Pieces, Store};

/// Free disk that is left over beside what a batch brings, in bytes.
const LEFT_FREE: u64 = 512 << 20;

/// What a batch came to.
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
    /// The clerk stopped it; what is left can be taken in later.
    pub unfinished: bool,
}

/// The door of a project: what files are kept in, looked into and compared with.
pub struct Door<'a> {
    pub store: &'a Store,
    pub worker: &'a mut Worker,
    /// Name of the worker's program, for the message when it can't be started.
    pub program: &'a Path,
    pub known: &'a Known<'a>,
    /// The round whose kits are known again.
    pub assessment: &'a Assessment,
    pub learned: &'a Learned,
    /// The office program that prints DOCX and the like, where there is one.
    pub office: Option<&'a Path>,
    /// What is said of a film's length, or of the pages of what can't be printed.
    pub extent: fn(Extent) -> String,
}

/// The page that stands for an attachment: A4.
pub const SLIP: PageFacts = PageFacts { width_pt: 595.28, height_pt: 841.89, pixels: None, dpi: None };

/// Told of each verdict after it is on the disk.
pub type Seen<'a> = dyn FnMut(&Candidate, Option<&Suggestion>) -> Result<()> + 'a;

impl Door<'_> {
    /// Walks what was given, writes the list, and takes in file by file.
    ///
    /// # Errors
    /// Only of the project's own disk. A clerk's stop during the walk leaves nothing behind.
    pub fn take_in(&mut self, sources: &[PathBuf], watch: &Watch, seen: &mut Seen<'_>) -> Result<BatchReport> {
        let found = survey(sources, self.store.dir(), watch)?;
        let batch = self.store.begin_batch(sources)?;
        self.store.list(batch, &listed(found))?;
        self.go_on(batch, watch, seen)
    }

    /// Takes in what a batch has left.
    pub fn resume(&mut self, batch: BatchId, watch: &Watch, seen: &mut Seen<'_>) -> Result<BatchReport> {
        // A crash between the batch and its list: walk again.
        if self.store.candidates(batch)?.is_empty() {
            let sources = self.store.batches()?.into_iter().find(|known| known.id == batch).ok_or(Error::NoSuchCandidate)?.sources;
            let found = survey(&sources, self.store.dir(), watch)?;
            self.store.list(batch, &listed(found))?;
        }
        self.go_on(batch, watch, seen)
    }

    /// Lets in a file that waits for the clerk's yes; it is read again from where it lies.
    ///
    /// # Errors
    /// Of the project's own disk; [`Error::NoSuchCandidate`] for a file that does not wait.
    pub fn confirm(&mut self, id: CandidateId) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        if !matches!(candidate.verdict, Some(Verdict::Pending { .. })) {
            return Err(Error::NoSuchCandidate);
        }
        let copied = self.fetch(&candidate)?;
        let watch = Watch::silent();
        let mut run = Run { report: BatchReport::of(candidate.batch), done: 0, total: 1, watch: &watch, seen: &mut |_, _| Ok(()) };
        let (verdict, suggestion) = self.decide(&candidate, copied, Answer::Yes, Stand::default(), &mut run)?;
        if let Verdict::Accepted { document } = verdict {
            let first = split(&candidate.path).1.to_owned();
            self.store.note(&Deed::Confirm { pieces: Pieces { documents: vec![document], first } })?;
            self.place_by_kits(candidate.batch)?;
            return Ok((self.store.candidate(id)?, self.store.suggestion(document)?));
        }
        Ok((self.store.candidate(id)?, suggestion))
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
        let mut run = Run { report, done, total, watch, seen };
        // The next file is copied while this one is looked into: two in flight, never more.
        let ended = thread::scope(|scope| {
            let (hand_on, coming) = sync_channel(0);
            let (store, waiting) = (self.store, &waiting);
            let copier = scope.spawn(move || copy_all(store, waiting, watch, &hand_on));
            for (at, copied) in coming {
                let (candidate, place): &(Candidate, usize) = &waiting[at];
                self.take(candidate, copied, Stand { place: *place, depth: 0 }, &mut run)?;
            }
            copier.join().expect("copying does not panic")?;
            watch.step(run.done, run.total, "");
            Ok(())
        });
        let report = run.report;
        match ended {
            Ok(()) => {}
            Err(Error::Cancelled(_)) => return Ok(BatchReport { unfinished: true, ..report }),
            Err(error) => return Err(error),
        }
        self.place_by_kits(batch)?;
        let BatchReport { accepted, duplicate, refused, pending, .. } = report;
        self.store.finish_batch(batch, &Deed::Intake { batch, accepted, duplicate, refused, pending })?;
        Ok(report)
    }

    /// Decides on one file that was copied, and tells it.
    pub(super) fn take(&mut self, candidate: &Candidate, copied: Copied, stand: Stand, run: &mut Run<'_, '_>) -> Result<()> {
        run.watch.go_on()?;
        run.watch.step(run.done, run.total, split(&candidate.path).1);
        let (verdict, suggestion) = self.decide(candidate, copied, Answer::None, stand, run)?;
        run.report.count(&verdict);
        run.done += 1;
        (run.seen)(&self.store.candidate(candidate.id)?, suggestion.as_ref())
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

    /// Writes the verdict of one file, and the piece with it.
    fn decide(
        &mut self,
        candidate: &Candidate,
        copied: Copied,
        answer: Answer,
        stand: Stand,
        run: &mut Run<'_, '_>,
    ) -> Result<(Verdict, Option<Suggestion>)> {
        let store = self.store;
        let judged = |verdict: Verdict, kind: Option<Kind>, pages: u32| {
            store.judge(candidate.id, &verdict, kind, pages)?;
            Ok((verdict, None))
        };
        let incoming = match copied {
            Copied::Decided(verdict) => return judged(verdict, None, 0),
            Copied::Here(incoming) => incoming,
        };
        let (folder, name) = split(&candidate.path);
        if let Some(ours) = KitFile::named(name) {
            if ours == KitFile::Manifest {
                self.meet_kit(candidate, &incoming)?;
            }
            return judged(Verdict::Ignored { reason: Reason::KitFile }, None, 0);
        }
        if let Some(of) = self.store.by_digest(incoming.digest)? {
            return judged(Verdict::Duplicate { of }, None, 0);
        }
        let inspected = self.worker.inspect(&incoming.open()?, incoming.bytes);
        let Inspected { kind, mut pages, text, extent, trouble } =
            inspected.map_err(|source| Error::File { act: FileAct::Read, path: self.program.to_owned(), source })?;
        if kind.is_archive() && trouble == Some(Trouble::Unsupported) {
            let verdict = self.open_archive(candidate, &incoming, kind, stand.depth, run)?;
            return judged(verdict, Some(kind), 0);
        }
        if classified::in_text(&text) {
            self.store.refuse_classified(candidate.id, &joined(folder, &survey::nameless(stand.place, name)))?;
            return Ok((Verdict::Refused { reason: Reason::Classified }, None));
        }
        let mut rendition = None;
        let mut trouble = trouble;
        if kind.is_attachment() && trouble == Some(Trouble::Unsupported) {
            trouble = None;
            match self.print(kind, name, &incoming, run.watch)? {
                Some((made, printed)) => (rendition, pages) = (Some(made), printed),
                None => pages = vec![SLIP],
            }
        }
        let count = pages.len() as u32;
        let is_short = matches!(trouble, Some(Trouble::FewerPages { .. })) && !pages.is_empty();
        match trouble {
            // The clerk has said yes to the pages that are there.
            Some(_) if is_short && answer == Answer::Yes => {}
            Some(trouble) if is_short => {
                return judged(Verdict::Pending { reason: Reason::Trouble { kind, trouble } }, Some(kind), count);
            }
            Some(trouble) => return judged(Verdict::Refused { reason: Reason::Trouble { kind, trouble } }, Some(kind), count),
            // 0 pages is never success, whatever a reader says.
            None if pages.is_empty() => {
                let reason = Reason::Trouble { kind, trouble: Trouble::NoPages };
                return judged(Verdict::Refused { reason }, Some(kind), 0);
            }
            None => {}
        }
        let marks = sensitive::marks(name, &text);
        if answer == Answer::None && !marks.is_empty() {
            return judged(Verdict::Pending { reason: Reason::Sensitive { marks } }, Some(kind), count);
        }
        let mut suggestion = suggest(self.known, folder, name, &text);
        self.learned.improve(&mut suggestion, folder);
        let note = extent.filter(|_| rendition.is_none()).map(self.extent).unwrap_or_default();
        let description = Description { title: suggestion.title.clone(), note, ..Description::default() };
        let accepted = Accepted {
            candidate: candidate.id,
            incoming,
            kind,
            name,
            folder,
            pages: &pages,
            text: &text,
            rendition,
            description,
            suggestion: Some(&suggestion),
        };
        let verdict = self.store.accept(accepted)?;
        Ok((verdict, Some(suggestion)))
    }
}

impl Door<'_> {
    /// The PDF that an office program makes of a file, with its pages; `None` where there is no program or it fails.
    fn print(&mut self, kind: Kind, name: &str, incoming: &Incoming, watch: &Watch) -> Result<Option<(Incoming, Vec<PageFacts>)>> {
        let Some(program) = self.office.filter(|_| kind.is_office()) else { return Ok(None) };
        let Some(made) = office::print(program, &self.store.dir().join("incoming"), incoming.path(), name, watch)? else {
            return Ok(None);
        };
        let made = match self.store.vault().receive(made.open()?, watch) {
            Ok(made) => made,
            Err(NotReceived::Source(_)) => return Ok(None),
            Err(NotReceived::Ours(error)) => return Err(error),
        };
        let inspected = self.worker.inspect(&made.open()?, made.bytes);
        let inspected = inspected.map_err(|source| Error::File { act: FileAct::Read, path: self.program.to_owned(), source })?;
        let good = inspected.kind == Kind::Pdf && inspected.trouble.is_none();
        Ok(good.then_some((made, inspected.pages)))
    }
}

/// Where a file stands: which of its folder's files it is, and in how many archives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stand {
    pub place: usize,
    pub depth: u64,
}

/// A batch under way.
pub(super) struct Run<'r, 's> {
    pub report: BatchReport,
    pub done: u64,
    pub total: u64,
    pub watch: &'r Watch,
    pub seen: &'r mut Seen<'s>,
}

impl BatchReport {
    pub(crate) fn of(batch: BatchId) -> Self {
        Self { batch, accepted: 0, duplicate: 0, refused: 0, pending: 0, ignored: 0, unpacked: 0, unfinished: false }
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

/// What copying a source came to.
pub(super) enum Copied {
    Here(Incoming),
    Decided(Verdict),
}

/// Whether the clerk has said yes to a file that states more pages than it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    None,
    Yes,
}

/// Copies in the order listed, until the clerk stops or nobody takes what was copied.
fn copy_all(store: &Store, waiting: &[(Candidate, usize)], watch: &Watch, hand_on: &SyncSender<(usize, Copied)>) -> Result<()> {
    for (at, (candidate, _)) in waiting.iter().enumerate() {
        watch.go_on()?;
        let copied = copy(store, candidate, watch)?;
        if hand_on.send((at, copied)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Copies one file into incoming/, or says why not.
pub(super) fn copy(store: &Store, candidate: &Candidate, watch: &Watch) -> Result<Copied> {
    if candidate.source.as_os_str().is_empty() {
        return Ok(Copied::Decided(Verdict::Refused { reason: Reason::Classified }));
    }
    let (file, before) = match survey::open(&candidate.source, split(&candidate.path).1) {
        Ok(opened) => opened,
        Err(verdict) => return Ok(Copied::Decided(verdict)),
    };
    if before.len() > limits::FILE_BYTES {
        let trouble = Trouble::OverLimit { limit: Limit::Bytes, found: before.len(), most: limits::FILE_BYTES };
        return Ok(Copied::Decided(Verdict::Refused { reason: Reason::Trouble { kind: Kind::Unknown, trouble } }));
    }
    match store.vault().receive(&file, watch) {
        Ok(incoming) => {
            // A file that is still being written would be kept torn.
            let same = file.metadata().is_ok_and(|after| after.len() == incoming.bytes && after.modified().ok() == before.modified().ok());
            let changed = Reason::Unreadable { detail: "changed while it was read".to_owned() };
            Ok(if same { Copied::Here(incoming) } else { Copied::Decided(Verdict::Refused { reason: changed }) })
        }
        Err(NotReceived::Source(error)) => Ok(Copied::Decided(Verdict::Refused { reason: survey::trouble(&error) })),
        Err(NotReceived::Ours(error)) => Err(error),
    }
}

fn listed(found: Vec<survey::Found>) -> Vec<Listed> {
    found.into_iter().map(|file| Listed { path: joined(&file.folder, &file.name), source: file.source, bytes: file.bytes }).collect()
}

pub(super) fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Folder and name of a path as shown.
pub(crate) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
