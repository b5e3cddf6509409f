//! The project on disk: index, vault, notes, journal. The only place that knows SQL, and through which files are written.

pub mod assessed;
pub mod backup;
pub mod batch;
mod column;
pub mod condition;
pub mod copy;
pub mod declared;
pub mod demand;
pub mod derived;
pub mod document;
pub mod evidence;
mod examined;
pub mod files;
pub mod group;
mod holds;
pub mod index;
pub mod issue;
pub mod issued;
pub mod journal;
pub mod kit;
pub mod layout;
mod leftover;
pub mod lock;
pub mod look;
mod looking;
pub mod mark;
pub mod mask;
pub mod merge;
pub mod notes;
pub mod package;
pub mod page_order;
mod placing;
pub mod purge;
pub mod reading;
pub mod recovery;
pub mod reserve;
pub mod set_aside;
pub(crate) mod snapshot;
pub mod suggestion;
mod touched;
mod unsynced;
pub mod vault;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction};
use scans::{Condition, Digest, Watch};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::kit::FormRow;
use crate::domain::{Assessment, Catalogue, Document, DocumentId, IndicatorCode, Kit, Suggestion, Units, Verdict};
use crate::error::{Error, Result};

pub use backup::Saved;
pub use batch::{Batch, BatchId, Candidate, CandidateId, Listed, Within};
pub use copy::{Copied, shelf};
pub use examined::{Damaged, Examined, Unsound};
pub use files::{Fault, FileAct, Files, Loss};
pub(crate) use files::{free_path, part_of, wipe};
pub use group::{Accepted, Coming, Decided, Outcome};
pub use index::Index;
pub use journal::{ActId, Deed, Filled, Pieces, Recorded};
pub use kit::{CameBack, KitId};
pub use lock::Holder;
pub use looking::{Beside, Looking};
pub use vault::{Incoming, NotReceived, Receiving, Vault};

use lock::Lock;
use looking::Looked;
use placing::Placing;

/// An open project. Every method takes `&self`; one act writes at a time, reads go beside it.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    /// The project; where it is only looked at, a folder of this computer.
    work: PathBuf,
    files: Files,
    who: String,
    vault: Vault,
    index: Index,
    kept: snapshot::Kept,
    /// Let go last.
    _lock: Lock,
    /// Taken away after it was let go.
    looked: Option<Looked>,
}

/// Pieces, those in 回收站 too, and filings of one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Glimpse {
    pub documents: Vec<Document>,
    /// Those of them that were joined of others.
    pub made: BTreeSet<DocumentId>,
    pub evidence: Vec<(DocumentId, IndicatorCode)>,
}

impl Glimpse {
    fn of(index: &Connection) -> Result<Self> {
        Ok(Self { documents: document::all(index)?, made: document::joined(index)?, evidence: evidence::every(index)? })
    }
}

impl Store {
    /// Makes the folders and the index of a new project; `dir` is new, empty, or was left by a creation that failed.
    pub fn create(dir: &Path, files: &Files, who: &str, assessment: &Assessment, catalogue: &Catalogue, units: &Units) -> Result<()> {
        if dir.join(layout::INDEX).exists() {
            return Err(Error::AlreadyAProject { dir: dir.to_owned() });
        }
        if dir.exists() && !is_blank(dir)? {
            return Err(Error::NotEmpty { dir: dir.to_owned() });
        }
        refuse_share(dir)?;
        for folder in dir.ancestors().collect::<Vec<_>>().into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
            files.make_folder(folder)?;
        }
        let _lock = Lock::take(dir)?;
        for folder in layout::FOLDERS {
            files.make_folder(&dir.join(folder))?;
        }
        notes::write_issued(dir, files, (assessment, catalogue, units))?;
        Index::create(dir, files, |index| {
            issued::write(index, assessment, catalogue, units)?;
            journal::append(index, who, &Deed::Create { name: assessment.name.clone() })?;
            Ok(())
        })
    }

    /// Whether a folder holds a project, be its index damaged or gone: what [`Store::open`] does not call [`Error::NotAProject`].
    pub fn is_project(dir: &Path) -> bool {
        dir.join(layout::INDEX).is_file() || notes::issued(dir).is_some()
    }

    /// Opens a project. A folder that its notes tell to be ours, and whose index is gone or nothing of ours, has lost its index:
    /// it can be recovered, so it is told as damaged.
    ///
    /// # Errors
    /// [`Error::NotAProject`], [`Error::Damaged`], [`Error::NewerProject`], [`Error::InUse`], [`Error::OnShare`], what the disk says.
    pub fn open(dir: &Path, files: &Files, who: &str) -> Result<Self> {
        Self::opened(dir, files, who).map_err(|error| match error {
            Error::NotAProject { dir } if notes::issued(&dir).is_some() => Error::Damaged { dir, detail: "no index of ours".to_owned() },
            error => error,
        })
    }

    fn opened(dir: &Path, files: &Files, who: &str) -> Result<Self> {
        if !dir.join(layout::INDEX).is_file() {
            return Err(Error::NotAProject { dir: dir.to_owned() });
        }
        refuse_share(dir)?;
        let lock = Lock::take(dir)?;
        let index = Index::open(dir, files)?;
        for folder in layout::FOLDERS {
            files.make_folder(&dir.join(folder))?;
        }
        sweep(dir, files)?;
        // What can't be taken away now is met again at the next opening.
        let _ = derived::thin_out(dir, files);
        reserve::fill(dir, files)?;
        let vault = Vault::new(dir, files.clone());
        Ok(Self {
            dir: dir.to_owned(),
            work: dir.to_owned(),
            files: files.clone(),
            who: who.to_owned(),
            vault,
            index,
            kept: snapshot::Kept::default(),
            _lock: lock,
            looked: None,
        })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder below which `incoming/` and `derived/` lie: the project, or where the copy stands that is looked at.
    pub fn work(&self) -> &Path {
        &self.work
    }

    pub fn files(&self) -> &Files {
        &self.files
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Bytes that are free on the disk of the project, where the system says so.
    pub fn free_space(&self) -> Option<u64> {
        files::free_space(&self.dir)
    }

    pub fn issued(&self) -> Result<(Assessment, Catalogue, Units)> {
        self.index.read(|index| issued::read(index))
    }

    // Intake.

    pub fn begin_batch(&self, sources: &[PathBuf]) -> Result<BatchId> {
        self.index.write(|index| batch::begin(index, sources))
    }

    /// Begins a batch and lists its files, in one transaction: what is given may be named less exactly than what is listed.
    pub fn begin_listed(&self, sources: &[PathBuf], listed: &[Listed]) -> Result<BatchId> {
        self.index.write(|index| {
            let batch = batch::begin(index, sources)?;
            batch::list(index, batch, listed)?;
            Ok(batch)
        })
    }

    /// Pieces of a batch with a 分隔页 on top that are still to be split.
    pub fn piles(&self, batch: BatchId) -> Result<Vec<DocumentId>> {
        self.index.read(|index| batch::piles(index, batch))
    }

    /// Says that a piece is no pile any more.
    pub fn no_pile(&self, piece: DocumentId) -> Result<()> {
        self.index.write(|index| batch::no_pile(index, piece))
    }

    /// Verdicts of all that lies in an archive or a message, however deep.
    pub fn verdicts_below(&self, archive: CandidateId) -> Result<Vec<Verdict>> {
        self.index.read(|index| batch::verdicts_below(index, archive))
    }

    /// Lists files to be looked into, in one transaction.
    pub fn list(&self, batch: BatchId, listed: &[Listed]) -> Result<Vec<CandidateId>> {
        self.index.write(|index| batch::list(index, batch, listed))
    }

    pub fn candidates(&self, batch: BatchId) -> Result<Vec<Candidate>> {
        self.index.read(|index| batch::candidates(index, batch))
    }

    /// Lists the files of an archive, each with its place in it, in one transaction.
    pub fn list_members(&self, archive: &Candidate, members: &[(u32, Listed)]) -> Result<Vec<Candidate>> {
        self.index.write(|index| {
            batch::list_members(index, archive, members)?;
            batch::members(index, archive.id)
        })
    }

    /// The files of an archive that were listed before.
    pub fn members(&self, archive: CandidateId) -> Result<Vec<Candidate>> {
        self.index.read(|index| batch::members(index, archive))
    }

    pub fn candidate(&self, id: CandidateId) -> Result<Candidate> {
        self.index.read(|index| batch::candidate(index, id))
    }

    /// Writes a line into the journal for an act that changes nothing to be undone.
    pub fn note(&self, deed: &Deed) -> Result<()> {
        self.index.write(|index| journal::append(index, &self.who, deed).map(drop))
    }

    /// Ends a batch; `deed` is its line in the journal.
    pub fn finish_batch(&self, batch: BatchId, deed: &Deed) -> Result<()> {
        self.index.write(|index| {
            batch::finish(index, batch)?;
            journal::append(index, &self.who, deed)?;
            Ok(())
        })
    }

    /// All batches, the newest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        self.index.read(|index| batch::batches(index))
    }

    pub fn by_digest(&self, digest: Digest) -> Result<Option<DocumentId>> {
        self.index.read(|index| document::by_digest(index, digest))
    }

    pub fn suggestion(&self, document: DocumentId) -> Result<Option<Suggestion>> {
        self.index.read(|index| suggestion::of(index, document))
    }

    /// Writes suggestions anew, in one transaction.
    pub fn suggest(&self, suggestions: &[(DocumentId, Suggestion)]) -> Result<()> {
        self.index.write(|index| suggestions.iter().try_for_each(|(document, suggestion)| suggestion::put(index, *document, suggestion)))
    }

    /// Keeps what the 报送清单 of a 收集包 says.
    pub fn keep_form(&self, batch: BatchId, folder: &str, listed: &[FormRow]) -> Result<()> {
        self.index.write(|index| kit::put_form(index, batch, folder, listed))
    }

    /// Keeps that a 收集包 came back with a batch.
    pub fn keep_kit(&self, batch: BatchId, folder: &str, kit: &Kit) -> Result<()> {
        self.index.write(|index| kit::put(index, batch, folder, kit))
    }

    pub fn kits_of(&self, batch: BatchId) -> Result<Vec<CameBack>> {
        self.index.read(|index| kit::of_batch(index, batch))
    }

    /// The text of a piece: see [`document::text`].
    pub fn text(&self, document: DocumentId) -> Result<String> {
        self.index.read(|index| document::text(index, document))
    }

    /// Keeps what first pages look like.
    pub fn keep_looks(&self, looks: &[(DocumentId, Option<[u8; 32]>)]) -> Result<()> {
        self.index.write(|index| looks.iter().try_for_each(|(document, look)| look::put(index, *document, *look)))
    }

    /// Keeps which pairs looked alike when they were compared last.
    pub fn keep_alike(&self, pairs: &[(DocumentId, DocumentId)]) -> Result<()> {
        self.index.write(|index| look::keep_alike(index, pairs))
    }

    /// Keeps how pages were scanned.
    pub fn keep_conditions(&self, conditions: &[(DocumentId, u32, Condition)]) -> Result<()> {
        if conditions.is_empty() {
            return Ok(());
        }
        self.index.write(|index| conditions.iter().try_for_each(|(document, page, said)| condition::put(index, *document, *page, *said)))
    }

    /// Keeps what was read off pages, in one transaction.
    pub fn keep_readings(&self, pages: &[reading::PageRead]) -> Result<()> {
        if pages.is_empty() {
            return Ok(());
        }
        self.index.write(|index| reading::keep(index, pages))
    }

    // Compile.

    /// Keeps what was compiled, with its line in the journal.
    pub fn add_package(&self, package: &impl Serialize, deed: &Deed) -> Result<()> {
        self.index.write(|index| {
            package::put(index, package)?;
            journal::append(index, &self.who, deed)?;
            Ok(())
        })
    }

    /// All packages, the newest first.
    pub fn packages<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        self.index.read(|index| package::all(index))
    }

    // Arrange.

    /// Reads several things of one moment.
    pub(crate) fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.index.read(|index| act(index))
    }

    /// As `read`, for what takes long: nobody waits for it. It must not be asked within itself.
    pub(crate) fn read_long<T>(&self, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.index.read_long(act)
    }

    /// Runs an act of arranging in one transaction and records it. `prepare` reads what the deed says and refuses what
    /// can't be done; `act` writes. Where `act` changes nothing there was no act.
    pub(crate) fn act<P>(
        &self,
        prepare: impl Fn(&Transaction<'_>) -> Result<(Deed, P)>,
        act: impl Fn(&Transaction<'_>, &P) -> Result<()>,
    ) -> Result<Option<ActId>> {
        self.index.write(|index| {
            let (deed, prepared) = prepare(index)?;
            journal::record(index, &self.who, &deed, || act(index, &prepared))
        })
    }

    pub fn undo(&self) -> Result<Option<Recorded>> {
        self.index.write(|index| journal::undo(index, &self.who))
    }

    /// Takes back the last acts up to and with one of them, in one transaction, the newest first.
    pub fn undo_to(&self, act: ActId) -> Result<Vec<Recorded>> {
        self.index.write(|index| {
            let mut undone = Vec::new();
            while journal::next_undo(index)?.is_some_and(|next| next >= act) {
                undone.extend(journal::undo(index, &self.who)?);
            }
            Ok(undone)
        })
    }

    pub fn redo(&self) -> Result<Option<Recorded>> {
        self.index.write(|index| journal::redo(index, &self.who))
    }

    /// The pieces that an act was about.
    pub fn about(&self, act: ActId) -> Result<Vec<DocumentId>> {
        self.index.read(|index| journal::about(index, act))
    }

    /// Keeps what was issued beside the scans again, after the assessment was set.
    pub fn note_issued(&self) -> Result<()> {
        let (assessment, catalogue, units) = self.issued()?;
        notes::write_issued(&self.dir, &self.files, (&assessment, &catalogue, &units))
    }

    /// What [`Store::undo`] and [`Store::redo`] would take back and do again.
    pub fn at_hand(&self) -> Result<(Option<Recorded>, Option<Recorded>)> {
        self.index.read(|index| {
            let one = |id: Option<ActId>| id.map(|id| journal::one(index, id)).transpose();
            Ok((one(journal::next_undo(index)?)?, one(journal::next_redo(index)?)?))
        })
    }

    pub fn history(&self, most: usize) -> Result<Vec<Recorded>> {
        self.index.read(|index| journal::history(index, most))
    }

    // Keeping.

    /// A checked copy of the index into backups/.
    pub fn back_up(&self) -> Result<PathBuf> {
        self.writable()?;
        self.index.back_up(&self.files)
    }

    /// When the first act was done that no copy in backups/ knows; `None` where there is none. A copy of a moment that is still to
    /// come is by a clock that went wrong, and says nothing.
    pub fn unsaved_since(&self, now: jiff::Timestamp) -> Result<Option<jiff::Timestamp>> {
        let copies = self.saved().unwrap_or_default();
        let last = copies.into_iter().filter_map(|saved| saved.at).find(|at| *at <= now);
        self.index.read(|index| journal::first_since(index, last))
    }

    /// Copies of the index in backups/, the newest first.
    pub fn saved(&self) -> Result<Vec<Saved>> {
        backup::saved(&self.dir.join(layout::BACKUPS))
    }

    /// Reads all pieces and filings of a copy of the index, which is not touched.
    ///
    /// # Errors
    /// [`Error::NotAProject`] for what is no copy of ours, [`Error::Damaged`], [`Error::NewerProject`].
    pub fn glimpse(&self, copy: &Path) -> Result<Glimpse> {
        index::look_into(&self.work, &self.files, copy, &Watch::silent(), Glimpse::of)
    }

    /// As [`Store::glimpse`], of this index.
    pub fn now(&self) -> Result<Glimpse> {
        self.index.read(|index| Glimpse::of(index))
    }

    /// Checks the index, and the bytes of every scan; the pieces whose bytes are damaged or gone.
    pub fn examine(&self) -> Result<Vec<Document>> {
        let (_, unsound) = self.unsound(&Watch::silent())?;
        let mut documents: Vec<Document> = unsound.into_iter().flat_map(|unsound| unsound.pieces).collect();
        documents.sort_by_key(|document| document.id);
        documents.dedup_by_key(|document| document.id);
        Ok(documents)
    }

    /// Checks the index, and reads every scan and 转换件 once; how many they are, and those that are not as they were received, in
    /// the order received. `watch` counts in MB.
    ///
    /// # Errors
    /// [`Error::Damaged`] of the index, [`Error::Cancelled`].
    pub fn unsound(&self, watch: &Watch) -> Result<(u32, Vec<Unsound>)> {
        self.index.examine()?;
        let mut shown: BTreeMap<Digest, (u64, Vec<Document>)> = BTreeMap::new();
        for document in self.index.read(|index| document::all(index))? {
            let made = document.rendition.map(|made| (made.digest, made.bytes));
            for (digest, bytes) in [(document.scan, document.bytes)].into_iter().chain(made) {
                shown.entry(digest).or_insert_with(|| (bytes, Vec::new())).1.push(document.clone());
            }
        }
        let (files, all) = (shown.len() as u32, shown.values().map(|(bytes, _)| bytes).sum::<u64>());
        let (mut unsound, mut done) = (Vec::new(), 0);
        for (digest, (bytes, pieces)) in shown {
            watch.step(done >> 20, all >> 20, pieces[0].title());
            let path = self.vault.path(digest);
            if !vault::is(&path, digest, watch)? {
                unsound.push(Unsound { digest, pieces, is_gone: !path.exists() });
            }
            done += bytes;
        }
        watch.step(all >> 20, all >> 20, "");
        unsound.sort_by_key(|unsound| unsound.pieces[0].id);
        Ok((files, unsound))
    }

    /// Puts an original in its place again where it is damaged or gone; `false` where the file has other bytes by now.
    ///
    /// # Errors
    /// What the disk says, [`Error::Cancelled`]; what lies there stays then.
    pub fn put_back(&self, digest: Digest, from: &Path, watch: &Watch) -> Result<bool> {
        let failed = |source| Error::file(FileAct::Read, from, source);
        let incoming = self.vault.receive(File::open(from).map_err(failed)?, watch).map_err(|failure| match failure {
            NotReceived::Ours(error) => error,
            NotReceived::Source(source) => failed(source),
        })?;
        let is_it = incoming.digest == digest;
        if is_it {
            self.mend(incoming)?;
        } else {
            incoming.discard();
        }
        Ok(is_it)
    }

    /// Keeps bytes that should lie here already, where those that do are damaged or gone.
    pub fn mend(&self, incoming: Incoming) -> Result<()> {
        if self.vault.intact(incoming.digest) {
            incoming.discard();
            return Ok(());
        }
        let mut placing = Placing::default();
        self.vault.keep(incoming, &mut placing)?;
        placing.finish(&self.files)
    }
}

/// Several connections to an index share memory beside it (WAL), which no share of the network has.
fn refuse_share(dir: &Path) -> Result<()> {
    let there = dir.ancestors().find(|folder| folder.exists());
    if there.is_some_and(files::is_share) { Err(Error::OnShare { dir: dir.to_owned() }) } else { Ok(()) }
}

/// Whether a folder is empty, or holds only what a creation that failed has left.
fn is_blank(dir: &Path) -> Result<bool> {
    let failed = |source| Error::file(FileAct::Read, dir, source);
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy();
        let ours = name == layout::LOCK || layout::FOLDERS.contains(&name.as_ref());
        if !ours {
            return Ok(false);
        }
    }
    let holds = |folder: &str| std::fs::read_dir(dir.join(folder)).is_ok_and(|mut entries| entries.next().is_some());
    Ok(![layout::VAULT, layout::PACKAGES, layout::BACKUPS].into_iter().any(holds))
}

/// Endings of what is never left behind: a file that was not whole yet, and what SQLite lays beside one.
fn is_spare(ending: &str) -> bool {
    ending == "part" || ending.starts_with("part-")
}

/// Takes away what a crash left half written. What was coming in is overwritten: nobody had said yet that it may lie here.
fn sweep(dir: &Path, files: &Files) -> Result<()> {
    let incoming = dir.join(layout::INCOMING);
    for entry in walkdir::WalkDir::new(&incoming).follow_links(false).into_iter().flatten() {
        let is_spare = entry.path().extension().is_some_and(|ending| is_spare(&ending.to_string_lossy()));
        if entry.file_type().is_file() && (is_spare || entry.depth() > 1) {
            files.shred(entry.path())?;
        }
    }
    for entry in walkdir::WalkDir::new(&incoming).min_depth(1).max_depth(1).follow_links(false).into_iter().flatten() {
        // Where an office program worked.
        if entry.file_type().is_dir() {
            std::fs::remove_dir_all(entry.path()).map_err(|source| Error::file(FileAct::Remove, entry.path(), source))?;
        }
    }
    for entry in
        walkdir::WalkDir::new(dir).follow_links(false).into_iter().filter_entry(|entry| entry.file_name() != layout::VAULT).flatten()
    {
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| is_spare(&ending.to_string_lossy())) {
            files.remove(entry.path())?;
        }
    }
    Ok(())
}
