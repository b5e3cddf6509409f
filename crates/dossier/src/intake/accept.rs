//! From a listed batch to documents: copy, look into, decide, and write documents and verdicts down in groups.
//!
//! A batch is written down before its first file is opened, so it can be gone on with after a stop or a crash: whatever has
//! no verdict yet is looked into, in the order listed. Trouble of a source is that file's verdict; trouble of our own disk
//! ends the act, with all that was acknowledged kept.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use scans::inspected::{Extent, Limit};
use scans::worker::Worker;
use scans::{Inspected, Kind, Lent, PageFacts, Remarks, Rewriting, Told, Trouble, Undrawn, Watch, limits};
use serde::Serialize;

use super::ahead::{Come, Next, ahead, look};
use super::group::Group;
use super::learned::Learned;
use super::suggest::{Known, suggest};
use super::survey::{self, Places, survey};
use super::{classified, office, sensitive};
use crate::domain::{Assessment, Description, DocumentId, KitFile, Paging, Reason, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::store::{
    Accepted, BatchId, Candidate, CandidateId, Coming, Decided, Deed, Incoming, Listed, NotReceived, Outcome, Pieces, Store,
};

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
    /// Pieces that piles became, split by the sheets in them.
    pub sorted: u32,
    /// The clerk stopped it; what is left can be taken in later.
    pub unfinished: bool,
}

/// What taking in came to.
#[derive(Debug)]
pub struct Taken {
    pub report: BatchReport,
    /// Pieces with a 分隔页 on top.
    pub piles: Vec<DocumentId>,
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
    pub fn take_in(&mut self, sources: &[PathBuf], watch: &Watch, seen: &mut Seen<'_>) -> Result<Taken> {
        let found = survey(sources, self.store.dir(), watch)?;
        let batch = self.store.begin_batch(sources)?;
        self.store.list(batch, &listed(found))?;
        self.go_on(batch, watch, seen)
    }

    /// Takes in what a batch has left.
    pub fn resume(&mut self, batch: BatchId, watch: &Watch, seen: &mut Seen<'_>) -> Result<Taken> {
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
        let mut ignored = |_: &Candidate, _: Option<&Suggestion>| Ok(());
        let mut run = Run::new(BatchReport::of(candidate.batch), 1, &watch, &mut ignored);
        self.decide(&candidate, Come { copied, looked: None }, Answer::Yes, Stand::default(), &mut run)?;
        self.settle(&mut run)?;
        self.placed(&candidate)
    }

    /// What waited, as it stands now, with a line in the journal; what came back in a kit has its place by it.
    fn placed(&self, candidate: &Candidate) -> Result<(Candidate, Option<Suggestion>)> {
        self.place_by_kits(candidate.batch)?;
        let now = self.store.candidate(candidate.id)?;
        let Some(Verdict::Accepted { document, .. }) = now.verdict else { return Ok((now, None)) };
        let first = split(&candidate.path).1.to_owned();
        self.store.note(&Deed::Confirm { pieces: Pieces { documents: vec![document], first } })?;
        let suggestion = self.store.suggestion(document)?;
        Ok((now, suggestion))
    }

    /// Opens a PDF that waits for its password, and lets it in: the original as it came, and a copy without the password
    /// that is shown and printed. The password is not written down anywhere.
    ///
    /// # Errors
    /// [`Error::WrongPassword`]; [`Error::NoSuchCandidate`] for a file that does not wait for one; of the project's own disk.
    pub fn unlock(&mut self, id: CandidateId, password: &str) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason: Reason::Locked { marks } }) = &candidate.verdict else {
            return Err(Error::NoSuchCandidate);
        };
        let is_looked_at = !marks.is_empty();
        let outcome = match self.fetch(&candidate)? {
            Copied::Decided(verdict) => Outcome::Judged { verdict, kind: None, pages: 0 },
            Copied::Here(incoming) => self.unlocked(&candidate, incoming, password, is_looked_at)?,
        };
        self.store.settle(vec![Decided { candidate: id, outcome }])?;
        self.placed(&candidate)
    }

    fn unlocked(&mut self, candidate: &Candidate, incoming: Incoming, password: &str, is_looked_at: bool) -> Result<Outcome> {
        let (folder, name) = split(&candidate.path);
        let judged = |verdict: Verdict| Ok(Outcome::Judged { verdict, kind: Some(Kind::Pdf), pages: 0 });
        let refused = |trouble| Verdict::Refused { reason: Reason::Trouble { kind: Kind::Pdf, trouble } };
        if let Some(of) = self.store.by_digest(incoming.digest)? {
            return judged(Verdict::Duplicate { of });
        }
        let made = match self.rewritten(&incoming, Rewriting::Unlocked(password.to_owned()), &[])? {
            Ok((made, _)) => made,
            Err(Trouble::Encrypted) => return Err(Error::WrongPassword { name: name.to_owned() }),
            Err(trouble) => return judged(refused(trouble)),
        };
        let Inspected { pages, text, trouble, .. } = look(self.worker, &made)?.inspected;
        if let Some(trouble) = trouble {
            return judged(refused(trouble));
        }
        if classified::in_text(&text) {
            return Ok(Outcome::Classified { shown: joined(folder, &survey::nameless(1, name)) });
        }
        let marks = sensitive::marks(name, &text);
        if !is_looked_at && !marks.is_empty() {
            return judged(Verdict::Pending { reason: Reason::Locked { marks } });
        }
        Ok(self.let_in(
            candidate,
            incoming,
            Piece { kind: Kind::Pdf, pages, text, note: String::new(), rendition: Some(made), paging: None },
        ))
    }

    fn go_on(&mut self, batch: BatchId, watch: &Watch, seen: &mut Seen<'_>) -> Result<Taken> {
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
        let Run { report, piles, .. } = run;
        match ended {
            Ok(()) => settled?,
            Err(Error::Cancelled(_)) => {
                settled?;
                return Ok(Taken { report: BatchReport { unfinished: true, ..report }, piles });
            }
            Err(error) => return Err(error),
        }
        self.place_by_kits(batch)?;
        let BatchReport { accepted, duplicate, refused, pending, .. } = report;
        self.store.finish_batch(batch, &Deed::Intake { batch, accepted, duplicate, refused, pending })?;
        Ok(Taken { report, piles })
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

    /// Adds the verdict of one file to what is written down next, and the piece with it.
    fn decide(&mut self, candidate: &Candidate, come: Come, answer: Answer, stand: Stand, run: &mut Run<'_, '_>) -> Result<()> {
        let mut pile = false;
        let outcome = self.outcome(candidate, come, answer, stand, run, &mut pile)?;
        run.group.add(candidate, outcome, pile);
        Ok(())
    }

    fn outcome(
        &mut self,
        candidate: &Candidate,
        come: Come,
        answer: Answer,
        stand: Stand,
        run: &mut Run<'_, '_>,
        pile: &mut bool,
    ) -> Result<Outcome> {
        let judged = |verdict: Verdict, kind: Option<Kind>, pages: u32| Ok(Outcome::Judged { verdict, kind, pages });
        let incoming = match come.copied {
            Copied::Decided(verdict) => return judged(verdict, None, 0),
            Copied::Here(incoming) => incoming,
        };
        let (folder, name) = split(&candidate.path);
        if let Some(ours) = KitFile::named(name) {
            match ours {
                KitFile::Manifest => self.meet_kit(candidate, &incoming)?,
                KitFile::Form => self.meet_form(candidate, &incoming)?,
                KitFile::Marker | KitFile::Other => {}
            }
            return judged(Verdict::Ignored { reason: Reason::KitFile }, None, 0);
        }
        if run.group.holds(incoming.digest) {
            return Ok(Outcome::Same { digest: incoming.digest });
        }
        if let Some(of) = self.store.by_digest(incoming.digest)? {
            return judged(Verdict::Duplicate { of }, None, 0);
        }
        let looked = match come.looked {
            Some(looked) => looked,
            None => look(self.worker, &incoming)?,
        };
        *pile = looked.pile;
        let Inspected { kind, mut pages, mut text, extent, trouble } = looked.inspected;
        if kind.is_archive() && trouble == Some(Trouble::Unsupported) {
            let verdict = self.open_archive(candidate, &incoming, kind, stand.depth, run)?;
            return judged(verdict, Some(kind), 0);
        }
        if classified::in_text(&text) {
            return Ok(Outcome::Classified { shown: joined(folder, &survey::nameless(stand.place, name)) });
        }
        let mut rendition = None;
        let mut paging = None;
        let mut trouble = trouble;
        if kind.is_attachment() && trouble == Some(Trouble::Unsupported) {
            trouble = None;
            // This takes long: what was decided before is told first.
            self.settle(run)?;
            let printed = self.print(kind, name, &incoming, run.watch)?;
            match printed.made {
                Some((made, inspected)) => {
                    // Templates, annotations and glyphs exchanged say more than the file's own order of parts.
                    if kind == Kind::Ofd && !inspected.text.is_empty() {
                        text = inspected.text;
                    }
                    (rendition, pages) = (Some(made), inspected.pages);
                }
                None => pages = vec![SLIP],
            }
            paging = printed.paging;
            if classified::in_text(&text) {
                return Ok(Outcome::Classified { shown: joined(folder, &survey::nameless(stand.place, name)) });
            }
        }
        let count = pages.len() as u32;
        let is_short = matches!(trouble, Some(Trouble::FewerPages { .. })) && !pages.is_empty();
        match trouble {
            // The clerk has said yes to the pages that are there.
            Some(_) if is_short && answer == Answer::Yes => {}
            Some(Trouble::Encrypted) if kind == Kind::Pdf => {
                return judged(Verdict::Pending { reason: Reason::Locked { marks: Vec::new() } }, Some(kind), 0);
            }
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
        if kind == Kind::Mail {
            // What is attached comes first: a stop within it leaves the message to be gone on with.
            let opened = self.open_archive(candidate, &incoming, kind, stand.depth, run)?;
            match opened {
                Verdict::Unpacked { decorations, .. } => paging = (decorations > 0).then_some(Paging::Opened { decorations }),
                opened => return judged(opened, Some(kind), 0),
            }
        }
        let note = extent.filter(|_| rendition.is_none()).map(self.extent).unwrap_or_default();
        Ok(self.let_in(candidate, incoming, Piece { kind, pages, text, note, rendition, paging }))
    }

    /// Makes a piece of what was looked into.
    fn let_in(&self, candidate: &Candidate, incoming: Incoming, piece: Piece) -> Outcome {
        let Piece { kind, pages, text, note, rendition, paging } = piece;
        let (folder, name) = split(&candidate.path);
        let mut suggestion = suggest(self.known, folder, name, &text);
        self.learned.improve(&mut suggestion, folder);
        let description = Description { title: suggestion.title.clone(), note, ..Description::default() };
        let (name, folder, suggestion) = (name.to_owned(), folder.to_owned(), Some(suggestion));
        let coming = Coming { kind, name, folder, pages, text, description, suggestion };
        Outcome::Accepted(Box::new(Accepted { incoming, rendition, paging, coming }))
    }

    /// The PDF that is made of a file, where one can be made as it should be.
    fn print(&mut self, kind: Kind, name: &str, incoming: &Incoming, watch: &Watch) -> Result<Printed> {
        let (made, mut paging) = match kind {
            Kind::Ofd => match self.paged(incoming)? {
                Ok((made, remarks)) => (Some(made), Some(Paging::Drawn { remarks })),
                Err(trouble) => (None, Some(Paging::Undrawn { trouble })),
            },
            kind if kind.is_office() => (self.printed(name, incoming, watch)?, None),
            _ => (None, None),
        };
        let Some(made) = made else { return Ok(Printed { made: None, paging }) };
        let inspected = look(self.worker, &made)?.inspected;
        if inspected.kind == Kind::Pdf && inspected.trouble.is_none() {
            return Ok(Printed { made: Some((made, inspected)), paging });
        }
        if let (Some(paging), Some(trouble)) = (&mut paging, inspected.trouble) {
            *paging = Paging::Undrawn { trouble };
        }
        Ok(Printed { made: None, paging })
    }

    /// The PDF of an OFD: drawn with its own fonts, and where they are wanting with those that stand in for them.
    fn paged(&self, incoming: &Incoming) -> Result<Result<(Incoming, Remarks), Trouble>> {
        match self.rewritten(incoming, Rewriting::Paged, &[])? {
            Err(Trouble::Undrawn { part: Undrawn::Fonts { names } }) => {
                let lent = (self.fonts)(&names);
                self.rewritten(incoming, Rewriting::Paged, &lent)
            }
            told => Ok(told),
        }
    }

    /// The PDF that an office program makes, where there is one.
    fn printed(&self, name: &str, incoming: &Incoming, watch: &Watch) -> Result<Option<Incoming>> {
        let Some(program) = self.office else { return Ok(None) };
        let Some(made) = office::print(program, &self.store.dir().join("incoming"), incoming.path(), name, watch)? else {
            return Ok(None);
        };
        match self.store.vault().receive(made.open()?, watch) {
            Ok(made) => Ok(Some(made)),
            Err(NotReceived::Source(_)) => Ok(None),
            Err(NotReceived::Ours(error)) => Err(error),
        }
    }

    /// The PDF that the worker makes, and what is to be said of it.
    fn rewritten(&self, incoming: &Incoming, how: Rewriting, fonts: &[Lent]) -> Result<Result<(Incoming, Remarks), Trouble>> {
        let mut receiving = self.store.vault().begin()?;
        let mut failed = Ok(());
        let mut said = Remarks::default();
        let done = self.worker.another().rewrite(&incoming.open()?, incoming.bytes, how, fonts, &mut |told| {
            match told {
                Told::Bytes(part) => failed = receiving.write(part),
                Told::Remarks(remarks) => said = remarks,
                Told::Listed(_) | Told::Begin(_) | Told::End(_) => {}
            }
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        failed?;
        match self.started(done)? {
            Ok(()) => Ok(Ok((receiving.finish(), said))),
            Err(trouble) => Ok(Err(trouble)),
        }
    }
}

/// What came of making a PDF of a file.
struct Printed {
    made: Option<(Incoming, Inspected)>,
    paging: Option<Paging>,
}

/// What a piece is made of, beside its bytes.
struct Piece {
    kind: Kind,
    pages: Vec<PageFacts>,
    text: String,
    note: String,
    rendition: Option<Incoming>,
    paging: Option<Paging>,
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
    /// Verdicts that are not written down yet.
    pub group: Group,
    pub piles: Vec<DocumentId>,
    /// Files that were decided on, told or not.
    pub done: u64,
    pub total: u64,
    pub watch: &'r Watch,
    pub seen: &'r mut Seen<'s>,
}

impl<'r, 's> Run<'r, 's> {
    fn new(report: BatchReport, total: u64, watch: &'r Watch, seen: &'r mut Seen<'s>) -> Self {
        Self { report, group: Group::default(), piles: Vec::new(), done: 0, total, watch, seen }
    }
}

impl BatchReport {
    pub(crate) fn of(batch: BatchId) -> Self {
        Self { batch, accepted: 0, duplicate: 0, refused: 0, pending: 0, ignored: 0, unpacked: 0, sorted: 0, unfinished: false }
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
    // One byte more than it had shows that it grows; one that grows for ever is not followed.
    match store.vault().receive((&file).take(before.len() + 1), watch) {
        Ok(incoming) => {
            // A file that is still being written would be kept torn.
            let same = file.metadata().is_ok_and(|after| after.len() == incoming.bytes && after.modified().ok() == before.modified().ok());
            Ok(if same { Copied::Here(incoming) } else { Copied::Decided(Verdict::Refused { reason: Reason::Changed }) })
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
