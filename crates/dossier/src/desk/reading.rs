//! 文字识别: letters are read off pages whose files do not say them, behind what the clerk is doing.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::Duration;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::Connection;
use scans::pdf::Lettered;
use scans::worker::Worker;
use scans::{Digest, Kind, Mask, Models, Trouble, Watch};

use super::Desk;
use crate::compile::{Format, Ledger, Options};
use crate::domain::personal::PAGE_BREAK;
use crate::domain::{Document, DocumentId, Dossier, ReadMark, fold, name, sensitive};
use crate::error::{Error, Result};
use crate::intake::{Clues, Known, classified, improved, suggest};
use crate::store::derived::LETTERS;
use crate::store::reading::PageRead;
use crate::store::{document, reading, suggestion};

/// Letters that were read otherwise are not used any more once this is raised.
const VERSION: u32 = 1;
/// Pages that are written down at a time: at about two seconds a page, little is read twice after a stop.
const PART: usize = 8;
/// How long one page may take: the worker stands back, and may have to wait for others.
const PATIENCE: Duration = Duration::from_secs(180);
/// Letters of a page that are kept are no more bytes than this.
const KEPT: u64 = 8 << 20;

impl Desk {
    /// Whether letters can be read off scans here.
    pub fn can_read(&self) -> bool {
        self.around.models.is_some()
    }

    /// How many pages were not looked at for letters yet, or have to be looked at again for where they stand.
    ///
    /// # Errors
    /// What the index says.
    pub fn unread(&self) -> Result<usize> {
        Ok(self.store.read(reading::unread)?.len() + self.lost()?.len())
    }

    /// How many pages of evidence a package with this ledger would show without the letters that are yet to be read off them;
    /// none where nothing is read here, and where no letters are asked for.
    ///
    /// # Errors
    /// What the index says.
    pub fn to_be_read(&self, ledger: &Ledger, options: &Options) -> Result<u32> {
        if !(self.can_read() && options.letters && options.format == Format::Pdf) {
            return Ok(0);
        }
        let dossier = self.dossier()?;
        let scans = scans(&dossier);
        let mut wanting: HashSet<(Digest, u32)> = HashSet::new();
        // Of thousands of scans it takes a while.
        self.store.read_long(|index| {
            for pages in reading::unread(index)?.chunk_by(|(one, _), (other, _)| one == other) {
                let Some(document) = scans.get(&pages[0].0) else { continue };
                let said = Said::of(index, document)?;
                wanting.extend(pages.iter().filter(|(_, page)| !said.on(*page)).map(|(_, page)| (document.shown().digest, *page)));
            }
            Ok(())
        })?;
        wanting.extend(self.lost()?.iter().filter_map(|(id, page)| Some((scans.get(id)?.shown().digest, *page))));
        let shown: HashSet<(Digest, u32)> = ledger.sheets.iter().flat_map(|sheet| sheet.shows.evidence()).map(|on| on.scan).collect();
        Ok(shown.intersection(&wanting).count() as u32)
    }

    /// Pages that were read, of which it is not known any more where the letters stand: `derived/` may be thrown away.
    fn lost(&self) -> Result<Vec<(DocumentId, u32)>> {
        let mut read = self.store.read(reading::lettered)?;
        if read.is_empty() {
            return Ok(read);
        }
        let (dossier, kept) = (self.dossier()?, self.all_kept());
        let scans = scans(&dossier);
        let is_lost = |document: &Document, page: u32| !document.is_slip() && !kept.contains(&letters_name(document.shown().digest, page));
        read.retain(|(id, page)| scans.get(id).is_some_and(|document| is_lost(document, *page)));
        Ok(read)
    }

    /// Names of all files of letters.
    fn all_kept(&self) -> HashSet<String> {
        let folders = std::fs::read_dir(self.dir().join("derived")).into_iter().flatten().flatten();
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten());
        let names = files.filter_map(|file| file.file_name().into_string().ok());
        names.filter(|name| name.ends_with(LETTERS)).collect()
    }

    /// The text of a page: as its file says it, else as it was read off; empty where there is none, or it was not read yet.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], what the index says.
    pub fn page_text(&self, id: DocumentId, page: u32) -> Result<String> {
        let document = self.document(id)?;
        let text = self.store.text(id)?;
        let text = super::consult::shown_text(&document, &text);
        Ok(text.split(PAGE_BREAK).nth(page as usize).unwrap_or_default().to_owned())
    }

    /// The clerk looks at a piece: its pages are the next that [`Desk::read_pages`] reads, also where it runs already.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], what the index says.
    pub fn read_first(&self, id: DocumentId) -> Result<()> {
        let document = self.document(id)?;
        *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(document.part_of.unwrap_or(id));
        Ok(())
    }

    /// Reads the letters off pages that came in since the last time, in the order received, but for those of
    /// [`Desk::read_first`]. From then on they are searched,
    /// numbers of persons and marks of classified papers on them are known to [`Desk::check`], and what a paper says of itself is
    /// suggested. A worker of its own does it, behind everything else. What was read before a stop is kept.
    ///
    /// # Errors
    /// [`Error::Cancelled`], [`Error::NotRead`] where the models are unusable, what the index says. A page that can't be drawn has
    /// no text.
    pub fn read_pages(&self, watch: &Watch) -> Result<()> {
        self.store.writable()?;
        let Some(models) = &self.around.models else { return Ok(()) };
        let (unread, lost) = (self.store.read(reading::unread)?, self.lost()?);
        let total = unread.len() + lost.len();
        let mut reader =
            Reader { desk: self, models, worker: Worker::new(self.around.worker.clone()).with_patience(PATIENCE), read: Vec::new() };
        let known = Known::new(&self.catalogue, &self.units);
        let mut done = 0;
        let mut waiting: VecDeque<_> = unread.chunk_by(|(one, _), (other, _)| one == other).flat_map(|pages| pages.chunks(PART)).collect();
        while let Some(pages) = self.next_to_read(&mut waiting) {
            let Some(document) = self.still_there(pages[0].0)? else {
                done += pages.len();
                continue;
            };
            let ended = reader.stretch(&document, pages, (done, total), watch);
            done += pages.len();
            reader.keep()?;
            ended?;
            if waiting.iter().any(|rest| rest[0].0 == document.id) {
                continue;
            }
            let pieces = self.store.read(|index| document::showing(index, document.id))?;
            pieces.iter().try_for_each(|piece| self.suggest_from_text(&known, piece))?;
        }
        for (id, page) in lost {
            if let Some(document) = self.still_there(id)? {
                watch.step(done as u64, total as u64, document.original_name.as_str());
                watch.go_on()?;
                reader.again(&document, page)?;
            }
            done += 1;
        }
        Ok(())
    }

    /// The next pages of what is looked at, else of what came in first.
    fn next_to_read<'p>(&self, waiting: &mut VecDeque<&'p [(DocumentId, u32)]>) -> Option<&'p [(DocumentId, u32)]> {
        let looked_at = *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let at = waiting.iter().position(|pages| Some(pages[0].0) == looked_at);
        waiting.remove(at.unwrap_or(0))
    }

    /// A piece that was to be read, if it was not purged since.
    fn still_there(&self, id: DocumentId) -> Result<Option<Document>> {
        if self.store.stands(id)? { self.document(id).map(Some) } else { Ok(None) }
    }

    /// Pages of a piece (within its scan, from 0) on which one of the words stands; none of those with bars.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], what the index says.
    pub fn pages_holding(&self, id: DocumentId, typed: &str) -> Result<Vec<u32>> {
        let (document, text) = (self.document(id)?, self.store.text(id)?);
        let sought = fold::words(typed);
        let text = super::consult::shown_text(&document, &text);
        let pages = (0..).zip(text.split(PAGE_BREAK)).filter(|(_, text)| {
            let folded = fold::folded(text);
            sought.iter().any(|word| folded.contains(word.as_str()))
        });
        Ok(pages.map(|(page, _)| page).collect())
    }

    /// Where words stand on a page that is looked at, letter by letter, in ten-thousandths of the page as it came; none on a page
    /// with bars, and none where letters are still to be read.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], [`Error::DamagedScan`] when the scan is gone.
    pub fn hits(&self, id: DocumentId, page: u32, typed: &str) -> Result<Vec<Mask>> {
        let document = self.document(id)?;
        if !document.masks_on(page).is_empty() || document.is_slip() {
            return Ok(Vec::new());
        }
        let letters = self.known_letters(&document, &self.shown_scan(&document)?, page)?;
        let sought = fold::words(typed);
        let found = fold::places(&letters.text, &sought).into_iter();
        Ok(found.flat_map(|(from, to)| boxes(&letters, from, to)).collect())
    }

    /// The letters of a page with their places: those of the file, else those that were read off it, else it is read now.
    pub(super) fn letters(&self, document: &Document, page: u32) -> Result<Lettered> {
        let scan = self.shown_scan(document)?;
        let known = self.known_letters(document, &scan, page)?;
        let Some(models) = self.around.models.as_ref().filter(|_| known.text.is_empty()) else { return Ok(known) };
        let mut worker = Worker::new(self.around.worker.clone()).with_patience(PATIENCE);
        let read = worker.read(models, &scan, document.shown().bytes, page);
        Ok(read.map_err(|source| self.no_worker(source))?.unwrap_or_default())
    }

    fn known_letters(&self, document: &Document, scan: &File, page: u32) -> Result<Lettered> {
        let shown = document.shown();
        let own = self.workers.draw(shown.digest, |worker| worker.letters(scan, shown.bytes, page));
        let own = own.map_err(|source| self.no_worker(source))?;
        let is_said = !own.text.trim().is_empty();
        Ok(if is_said { own } else { self.kept_letters(shown.digest, page).unwrap_or_default() })
    }

    fn shown_scan(&self, document: &Document) -> Result<File> {
        let gone = |_| Error::DamagedScan { document: document.id, name: document.original_name.clone() };
        self.store.vault().open(document.shown().digest).map_err(gone)
    }

    fn no_worker(&self, source: std::io::Error) -> Error {
        Error::NoWorker { program: self.around.worker.clone(), source }
    }

    fn letters_path(&self, scan: Digest, page: u32) -> PathBuf {
        let name = letters_name(scan, page);
        self.dir().join("derived").join(&name[..2]).join(name)
    }

    /// `None` where they were not kept, or lie there torn.
    pub(super) fn kept_letters(&self, scan: Digest, page: u32) -> Option<Lettered> {
        let file = File::open(self.letters_path(scan, page)).ok()?;
        let mut json = Vec::new();
        DeflateDecoder::new(file).take(KEPT).read_to_end(&mut json).ok()?;
        serde_json::from_slice(&json).ok()
    }

    /// Their places are wanted again when numbers are covered and words are marked. Letters that can't be kept are read again
    /// for the first, and words stay unmarked.
    fn keep_letters(&self, of: &Document, page: u32, letters: &Lettered) {
        let (whole, scan) = (of.part_of.unwrap_or(of.id), of.shown().digest);
        let path = self.letters_path(scan, page);
        let written = || -> Result<()> {
            let json = serde_json::to_vec(letters).map_err(|source| Error::Json { what: "letters", source })?;
            let mut deflated = DeflateEncoder::new(Vec::new(), Compression::fast());
            let failed = |source| Error::file(crate::store::FileAct::Write, &path, source);
            deflated.write_all(&json).map_err(failed)?;
            self.store.keep_derived(whole, &path, &deflated.finish().map_err(failed)?)
        };
        let _ = written();
    }

    /// Suggests what parts that were split off say of themselves, as far as their pages are read.
    pub(super) fn suggest_for_parts(&self, parts: &[DocumentId]) -> Result<()> {
        let known = Known::new(&self.catalogue, &self.units);
        parts.iter().try_for_each(|part| self.suggest_from_text(&known, &self.document(*part)?))
    }

    /// Suggests what the text says where nothing, or less, was suggested. What a kit or a folder said stays.
    fn suggest_from_text(&self, known: &Known<'_>, document: &Document) -> Result<()> {
        let (text, before) = self.store.read(|index| Ok((document::text(index, document.id)?, suggestion::of(index, document.id)?)))?;
        // Before those of a part stand the pages that others show, which are told as empty.
        let text = as_shown(document, &text);
        let text = text.trim_start();
        if text.is_empty() {
            return Ok(());
        }
        let (folder, name) = (&document.original_folder, &document.original_name);
        let own = Clues { folder, name, text, kind: document.kind, shot: None };
        let read = match document.part_of {
            None => suggest(known, &own),
            // What the file of a pile is called is said of all that lies in it, as by a folder.
            Some(_) => suggest(known, &Clues { folder: &format!("{folder}/{}", name::stem(name)), name: "", ..own }),
        };
        let better = match before {
            Some(before) => improved(before, read, &self.catalogue, text),
            None => Some(read),
        };
        match better {
            Some(better) => self.store.suggest(&[(document.id, better)]),
            None => Ok(()),
        }
    }
}

/// The text of a piece, told in the order of its scan, in the order in which it shows its pages.
pub(super) fn as_shown<'a>(document: &Document, text: &'a str) -> Cow<'a, str> {
    if document.pages.is_sorted_by_key(|page| page.index) {
        return Cow::Borrowed(text);
    }
    let pages: Vec<&str> = text.split(PAGE_BREAK).collect();
    let shown = document.pages.iter().map(|page| pages.get(page.index as usize).copied().unwrap_or_default());
    Cow::Owned(shown.collect::<Vec<_>>().join(&PAGE_BREAK.to_string()))
}

/// By the piece whose scan it is, one that shows pages of it and does not lie in 回收站: any of them names the bytes.
fn scans(dossier: &Dossier) -> HashMap<DocumentId, &Document> {
    dossier.documents.values().map(|document| (document.part_of.unwrap_or(document.id), &**document)).collect()
}

/// The text that a file itself has.
struct Said {
    /// Its text is told page by page.
    paged: bool,
    text: String,
}

impl Said {
    fn of(index: &Connection, document: &Document) -> Result<Self> {
        let text = document::own_text(index, document.part_of.unwrap_or(document.id))?;
        Ok(Self { paged: matches!(document.kind, Kind::Pdf | Kind::Ofd), text })
    }

    /// Whether it says something on a page; of a text that is not told page by page nobody knows.
    fn on(&self, page: u32) -> bool {
        let page = if self.paged { self.text.split(PAGE_BREAK).nth(page as usize) } else { Some(self.text.as_str()) };
        page.is_some_and(|text| !text.trim().is_empty())
    }
}

fn letters_name(scan: Digest, page: u32) -> String {
    format!("{scan}-{page}-v{VERSION}{LETTERS}")
}

/// The letters of a stretch of the text (in bytes), side by side in one box where they stand in one line.
fn boxes(letters: &Lettered, from: usize, to: usize) -> Vec<Mask> {
    let first = letters.text[..from].chars().count();
    let count = letters.text[from..to].chars().count();
    let mut lines: Vec<Mask> = Vec::new();
    for [x0, y0, x1, y1] in letters.boxes.iter().skip(first).take(count).copied().filter(|[x0, y0, x1, y1]| x0 < x1 && y0 < y1) {
        match lines.last_mut().filter(|line| y0 < line.y1 && line.y0 < y1 && x0 <= line.x1 + (y1 - y0)) {
            Some(line) => *line = Mask { x0: line.x0.min(x0), y0: line.y0.min(y0), x1: line.x1.max(x1), y1: line.y1.max(y1) },
            None => lines.push(Mask { x0, y0, x1, y1 }),
        }
    }
    lines
}

/// A worker that reads, with the pages it has read that are not stored yet.
struct Reader<'d> {
    desk: &'d Desk,
    models: &'d Models,
    worker: Worker,
    read: Vec<PageRead>,
}

impl Reader<'_> {
    /// Pages of one piece, no more than are written down at a time.
    fn stretch(&mut self, document: &Document, pages: &[(DocumentId, u32)], (done, total): (usize, usize), watch: &Watch) -> Result<()> {
        let said = self.desk.store.read(|index| Said::of(index, document))?;
        let scan = self.desk.store.vault().open(document.shown().digest).ok().filter(|_| !document.is_slip());
        for (at, (id, page)) in pages.iter().enumerate() {
            watch.step((done + at) as u64, total as u64, document.original_name.as_str());
            watch.go_on()?;
            if !self.desk.store.stands(document.id)? {
                break;
            }
            let letters = match &scan {
                Some(scan) if !said.on(*page) => self.page(document, scan, *page)?,
                _ => Lettered::default(),
            };
            self.read.push(told(*id, *page, letters.text));
        }
        Ok(())
    }

    /// A page that was read before: its letters are kept again. One that can't be opened stays without.
    fn again(&mut self, document: &Document, page: u32) -> Result<()> {
        let Ok(scan) = self.desk.store.vault().open(document.shown().digest) else { return Ok(()) };
        self.page(document, &scan, page).map(drop)
    }

    /// The file's own letters first: only those of its first pages were kept when it came in.
    fn page(&mut self, document: &Document, scan: &File, page: u32) -> Result<Lettered> {
        let (shown, desk) = (document.shown(), self.desk);
        let own = self.worker.letters(scan, shown.bytes, page).map_err(|source| desk.no_worker(source))?;
        if !own.text.trim().is_empty() {
            // Nothing has to be laid over it, and it is not to be looked at again.
            desk.keep_letters(document, page, &Lettered::default());
            return Ok(own);
        }
        let read = self.worker.read(self.models, scan, shown.bytes, page).map_err(|source| desk.no_worker(source))?;
        let letters = match read {
            Ok(letters) => letters,
            // It is not the page that is wrong: it waits until the models are there again.
            Err(Trouble::Unreadable { detail }) => return Err(Error::NotRead { name: document.original_name.clone(), detail }),
            Err(_) => Lettered::default(),
        };
        if !letters.text.is_empty() && !classified::in_text(&letters.text) {
            desk.keep_letters(document, page, &letters);
        }
        Ok(letters)
    }

    fn keep(&mut self) -> Result<()> {
        self.desk.store.keep_readings(&std::mem::take(&mut self.read))
    }
}

/// What is stored of a page that was read; of one with the mark of a classified paper, only the mark.
fn told(document: DocumentId, page: u32, text: String) -> PageRead {
    if classified::in_text(&text) {
        return PageRead { document, page, text: String::new(), marks: vec![ReadMark::Classified { page }] };
    }
    let marks = sensitive::read(page, &text);
    PageRead { document, page, text, marks }
}
