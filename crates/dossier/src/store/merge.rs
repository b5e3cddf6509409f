//! 并入: the index of another computer is read from a copy, bytes come from its vault as from any stick, and what was planned is
//! written as one act.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use scans::{Digest, Watch};

use crate::domain::merge::{Piece, Side, Step, Why};
use crate::domain::{Catalogue, Declaration, Document, DocumentId, Units};
use crate::error::{Error, Result, Unmergeable};

use super::column::parsed;
use super::placing::Placing;
use super::snapshot::Asked;
use super::{
    ActId, FileAct, Incoming, NotReceived, Store, assessed, condition, copy, declared, demand, document, evidence, index, journal, layout,
    look, mark, mask, notes, suggestion,
};

/// Files, and bytes, that are kept together before the next are copied.
const TOGETHER: usize = 64;
const TOGETHER_BYTES: u64 = 64 << 20;
/// Disk that is left free, in bytes.
const LEFT_FREE: u64 = 512 << 20;

/// A file of theirs that shall be copied.
#[derive(Debug)]
pub struct Wanted {
    document: DocumentId,
    note: notes::Note,
    /// 转换件, and its bytes.
    rendition: Option<(Digest, u64)>,
}

impl Wanted {
    fn bytes(&self) -> u64 {
        self.note.bytes.saturating_add(self.rendition.map_or(0, |(_, bytes)| bytes))
    }
}

/// Everything that is decided in an index, as far as it is merged.
pub fn side(index: &Connection, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Side> {
    let asked = Asked::read(index, catalogue, units)?;
    let answered = asked.demands().iter().filter(|demand| demand.settled.is_none() && !asked.is_open(demand));
    Ok(Side {
        answered: answered.map(|demand| demand.id).collect(),
        documents: document::all(index)?,
        filed: evidence::ranked(index)?,
        reprinted: evidence::reprinted(index)?,
        kept_both: look::kept_both(index)?.into_iter().collect(),
        assessed: assessed::all(index)?,
        declared: declared::all(index)?,
        demands: asked.into_demands(),
    })
}

/// Whether what an index of theirs decides can stand here: every part of a file has its file, and every leaf is one of the catalogue.
/// Our own program writes no other, but a stick may hold what anyone has made.
pub fn is_sound(theirs: &Connection, side: &Side, catalogue: &Catalogue) -> Result<bool> {
    const TORN: &str = "SELECT EXISTS (SELECT 1 FROM document AS part JOIN description ON description.document = part.id
        WHERE part.origin IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM document AS whole JOIN description AS said ON said.document = whole.id
            WHERE whole.id = part.origin AND whole.origin IS NULL))";
    let torn: bool = theirs.query_row(TORN, [], |row| row.get(0))?;
    let asked = side.demands.iter().filter_map(|demand| demand.indicator.as_ref());
    let mut leaves = side.filed.keys().chain(side.assessed.keys()).chain(side.declared.keys()).chain(asked);
    Ok(!torn && leaves.all(|leaf| catalogue.leaf(leaf).is_some()))
}

/// Says an error that reading their index gave, or writing what stands in it, of theirs: ours is sound.
pub fn of_theirs(dir: &Path, error: Error) -> Error {
    use rusqlite::ErrorCode::{ConstraintViolation, TypeMismatch, Unknown};
    let is_theirs = match &error {
        Error::Index(rusqlite::Error::SqliteFailure(failure, _)) => {
            matches!(failure.code, ConstraintViolation | TypeMismatch | Unknown)
        }
        Error::Index(_) | Error::Json { .. } | Error::NoSuchDocument(_) | Error::NoSuchPage { .. } => true,
        _ => false,
    };
    if is_theirs { Error::NotMergeable { place: dir.to_owned(), why: Unmergeable::Damaged } } else { error }
}

/// As both stood when they parted, after that act of its journal; `None` where that is not known any more. `copy` is left as it was.
pub fn base(copy: &Connection, parting: ActId, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Option<Side>> {
    copy.execute_batch("SAVEPOINT parting")?;
    // A history that can't be gone back over leaves us asking more, and no more than that.
    let rewound = journal::rewind(copy, parting).unwrap_or(false);
    let base = rewound.then(|| side(copy, catalogue, units)).transpose();
    copy.execute_batch("ROLLBACK TO parting; RELEASE parting")?;
    base
}

/// Files of theirs that still have no verdict, or wait for a yes.
pub fn waiting(index: &Connection) -> Result<u32> {
    const WAITING: &str = "SELECT count(*) FROM candidate WHERE verdict IS NULL OR json_extract(verdict, '$.verdict') = 'pending'";
    Ok(index.query_row(WAITING, [], |row| row.get(0))?)
}

/// What has to be copied for pieces of theirs to come in. Parts have no bytes of their own.
pub fn wanted(theirs: &Connection, brought: impl Iterator<Item = DocumentId>) -> Result<Vec<Wanted>> {
    let mut out = Vec::new();
    for id in brought {
        let Document { scan, kind, bytes, original_name, original_folder, description, rendition, part_of, .. } =
            document::one(theirs, id)?;
        if part_of.is_some() {
            continue;
        }
        const CAME: &str = "SELECT received_at, EXISTS (SELECT 1 FROM joined WHERE made = document.id) FROM document WHERE id = ?1";
        let (received_at, made_here) = theirs.query_row(CAME, [id.0], |row| Ok((parsed(0, &row.get::<_, String>(0)?)?, row.get(1)?)))?;
        let (name, folder, unit) = (original_name, original_folder, description.unit);
        let note = notes::Note { digest: scan, kind, bytes, name, folder, unit, received_at, made_here, made_of: None };
        out.push(Wanted { document: id, note, rendition: rendition.map(|made| (made.digest, made.bytes)) });
    }
    Ok(out)
}

impl Store {
    /// The project that lies in a folder, or in the only folder of it that holds one.
    ///
    /// # Errors
    /// [`Error::NotMergeable`] where there is none, or several, or this one.
    pub fn bundle(&self, folder: &Path) -> Result<PathBuf> {
        let failed = |why| Error::NotMergeable { place: folder.to_owned(), why };
        let holds = |dir: &Path| dir.join(layout::INDEX).is_file();
        let mut found = Vec::new();
        if holds(folder) {
            found.push(folder.to_owned());
        } else {
            let entries = std::fs::read_dir(folder).map_err(|source| Error::Outside { path: folder.to_owned(), source })?;
            found.extend(entries.flatten().map(|entry| entry.path()).filter(|dir| holds(dir)));
        }
        found.sort();
        match found.as_slice() {
            [] => Err(failed(Unmergeable::NoProject)),
            [one] if one.canonicalize().ok() == self.dir.canonicalize().ok() => Err(failed(Unmergeable::Itself)),
            [one] => Ok(one.clone()),
            several => Err(failed(Unmergeable::Several { names: several.iter().map(|dir| name(dir)).collect() })),
        }
    }

    /// As [`base`], of a copy of our own index.
    ///
    /// # Errors
    /// What the disk says.
    pub fn base(&self, parting: ActId, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Option<Side>> {
        self.index.spare(&self.files, |copy| base(copy, parting, catalogue, units))
    }

    /// Opens a copy of the index of another project; what lies there is only read.
    ///
    /// # Errors
    /// [`Error::NotMergeable`] where it can't be read, and what `act` says.
    pub fn beside<T>(&self, dir: &Path, watch: &Watch, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut done = None;
        let looked = index::look_into(&self.dir, &self.files, &dir.join(layout::INDEX), watch, |theirs| {
            done = Some(act(theirs));
            Ok(())
        });
        let failed = |why| Err(Error::NotMergeable { place: dir.to_owned(), why });
        match (looked, done) {
            (_, Some(done)) => done.map_err(index::stopped),
            (Err(Error::NotAProject { .. }), None) => failed(Unmergeable::NoProject),
            (Err(Error::NewerProject { found, known, .. }), None) => failed(Unmergeable::Newer { found, known }),
            (Err(Error::File { act: FileAct::Read, source, .. }), None) => Err(Error::Outside { path: dir.to_owned(), source }),
            (Err(Error::Damaged { .. } | Error::Index(_)), None) => failed(Unmergeable::Damaged),
            (Err(error), None) => Err(error),
            (Ok(()), None) => unreachable!("an index that was looked into was handed over"),
        }
    }

    /// Copies files out of the vault of another project into ours; what could not be had is said of each, by its number there.
    /// Stopped in the middle, what was copied lies in the vault without a row and is not copied again, until
    /// [`Store::take_leftovers`] takes it away.
    ///
    /// # Errors
    /// Of our own disk; [`Error::Outside`] where the other project is there no more.
    pub fn fetch(&self, dir: &Path, wanted: &[Wanted], watch: &Watch) -> Result<BTreeMap<DocumentId, Why>> {
        let needed = wanted.iter().map(Wanted::bytes).fold(LEFT_FREE, u64::saturating_add);
        if let Some(free) = self.free_space().filter(|free| !wanted.is_empty() && *free < needed) {
            return Err(Error::DiskFull { path: self.dir.clone(), needed: Some(needed - free) });
        }
        let scans = wanted.iter().flat_map(|one| std::iter::once(one.note.digest).chain(one.rendition.map(|(digest, _)| digest)));
        self.list_fetched(scans)?;
        let mut failed = BTreeMap::new();
        let mut placing = Placing::default();
        let (mut files, mut bytes) = (0, 0);
        for (one, done) in wanted.iter().zip(0..) {
            watch.go_on()?;
            watch.step(done, wanted.len() as u64, &one.note.name);
            match self.received_from(dir, one, &mut placing, watch)? {
                Ok(incoming) => {
                    incoming.into_iter().try_for_each(|incoming| self.vault.keep(incoming, &mut placing))?;
                    notes::keep(&self.dir, &self.vault, &one.note, &mut placing)?;
                }
                Err(_) if !dir.join(layout::INDEX).exists() => {
                    return Err(Error::Outside { path: dir.to_owned(), source: io::ErrorKind::NotFound.into() });
                }
                Err(why) => drop(failed.insert(one.document, why)),
            }
            (files, bytes) = (files + 1, one.bytes().saturating_add(bytes));
            if files >= TOGETHER || bytes >= TOGETHER_BYTES {
                std::mem::take(&mut placing).finish(&self.files)?;
                (files, bytes) = (0, 0);
            }
        }
        placing.finish(&self.files)?;
        watch.step(wanted.len() as u64, wanted.len() as u64, "");
        Ok(failed)
    }

    /// The bytes of one piece, original and 转换件; only those that do not lie in our vault already.
    fn received_from(&self, dir: &Path, one: &Wanted, placing: &mut Placing, watch: &Watch) -> Result<Result<Vec<Incoming>, Why>> {
        let mut out = Vec::new();
        for (digest, bytes) in std::iter::once((one.note.digest, one.note.bytes)).chain(one.rendition) {
            if self.vault.intact(digest) {
                placing.stands(&self.vault.path(digest));
                continue;
            }
            // A link may lead anywhere, and a pipe never ends.
            let path = copy::shelf(dir, digest);
            let found = path.symlink_metadata();
            if found.as_ref().is_ok_and(|found| !found.is_file() || found.len() != bytes) {
                return Ok(Err(Why::Damaged));
            }
            let source = match found.and_then(|_| File::open(&path)) {
                Ok(source) => source.take(bytes.saturating_add(1)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(Why::Missing)),
                Err(error) => return Ok(Err(Why::Unreadable { detail: error.to_string() })),
            };
            match self.vault.receive(source, watch) {
                Ok(incoming) if incoming.digest == digest => out.push(incoming),
                Ok(_) => return Ok(Err(Why::Damaged)),
                Err(NotReceived::Source(error)) => return Ok(Err(Why::Unreadable { detail: error.to_string() })),
                Err(NotReceived::Ours(error)) => return Err(error),
            }
        }
        Ok(Ok(out))
    }
}

/// Last part of a path.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Tables that say something of one piece alone, and their columns beside the one that names it.
const OF_PIECE: &[(&str, &str)] = &[
    ("page", "idx, facts"),
    ("text_layer", "text, folded"),
    ("look", "bits"),
    ("reading", "idx, text, folded"),
    ("description", "title, number, issuer, dated, form, unit, years, note, removed"),
    ("further", "sealed, secrecy, lies_at, also_from"),
    ("page_edit", "idx, turn, left_out"),
    ("framing", "idx, tilt, x0, y0, x1, y1"),
    ("extent", "first, count"),
    ("caption", "time, place, people, subject, background, cause"),
    ("proof_mark", "idx, x0, y0, x1, y1"),
    ("mask", "idx, x0, y0, x1, y1"),
];

/// Writes what was planned. The bytes lie in the vault already.
pub fn write(ours: &Connection, theirs: &Connection, steps: &[Step]) -> Result<()> {
    let mut writing = Writing { ours, theirs, numbers: BTreeMap::new() };
    steps.iter().try_for_each(|step| writing.step(step))?;
    writing.joined()
}

struct Writing<'a> {
    ours: &'a Connection,
    theirs: &'a Connection,
    /// Numbers here of pieces that came from there.
    numbers: BTreeMap<DocumentId, DocumentId>,
}

impl Writing<'_> {
    fn step(&mut self, step: &Step) -> Result<()> {
        let ours = self.ours;
        match step {
            Step::Bring(id) => self.bring(*id),
            Step::SplitOff { whole, part } => self.split_off(*whole, *part),
            Step::Describe(piece, said) => document::describe(ours, self.number(*piece)?, said),
            Step::Caption(piece, said) => mark::caption(ours, self.number(*piece)?, said),
            Step::Edit(piece, page) => {
                let id = self.number(*piece)?;
                document::edit_page(ours, id, page.index, page.turn, page.left_out)?;
                document::frame(ours, id, page.index, page.framing)
            }
            Step::Line(piece, page, line) => mark::add(ours, self.number(*piece)?, *page, *line).map(drop),
            Step::Cover(piece, page, area) => mask::add(ours, self.number(*piece)?, *page, *area).map(drop),
            Step::KeepBoth(one, other) => look::keep_both(ours, self.number(*one)?, self.number(*other)?),
            Step::Demand(asked, piece) => {
                let document = piece.map(|piece| self.number(piece)).transpose()?;
                let id = demand::make(ours, &crate::domain::Demand { document, ..asked.clone() })?;
                asked.settled.map_or(Ok(()), |day| demand::settle_alone(ours, id, day))
            }
            Step::Settle(id, day) => demand::settle_alone(ours, *id, *day),
            Step::AskOn(id) => demand::ask_on(ours, *id),
            Step::File(piece, leaf) => evidence::file(ours, self.number(*piece)?, leaf),
            Step::Reprint(piece, leaf, again) => evidence::reprint(ours, self.number(*piece)?, leaf, *again),
            Step::Unfile(piece, leaf) => evidence::unfile(ours, self.number(*piece)?, Some(leaf), None),
            Step::Remove(piece) => document::set_removed(ours, self.number(*piece)?, true),
            Step::Restore(piece) => document::set_removed(ours, self.number(*piece)?, false),
            Step::Assess(code, said) => assessed::put(ours, code, said),
            Step::Declare(code, said, paper) => {
                let document = paper.map(|paper| self.number(paper)).transpose()?;
                declared::put(ours, code, &Declaration { document, ..said.clone() })
            }
            Step::Withdraw(code) => declared::withdraw(ours, code),
        }
    }

    fn number(&self, piece: Piece) -> Result<DocumentId> {
        match piece {
            Piece::Ours(id) => Ok(id),
            Piece::Theirs(id) => self.numbers.get(&id).copied().ok_or(Error::NoSuchDocument(id)),
        }
    }

    /// A piece with its pages, texts and all that is decided of it alone.
    fn bring(&mut self, id: DocumentId) -> Result<()> {
        const COLUMNS: &str = "digest, kind, bytes, name, folder, received_at, rendition, numbers, marks, trouble, given_title";
        // Without its file, a part would stand here with a digest that is none.
        let whole = document::one(self.theirs, id)?.part_of.map(|whole| self.number(Piece::Theirs(whole))).transpose()?;
        let mut row: Vec<Value> = self
            .theirs
            .query_row(&format!("SELECT {COLUMNS} FROM document WHERE id = ?1"), [id.0], |row| (0..11).map(|at| row.get(at)).collect())?;
        if let Some(Value::Text(digest)) = row.first() {
            document::forget_undone(self.ours, digest)?;
        }
        row.push(whole.map_or(Value::Null, |whole| Value::Integer(whole.0)));
        let mut insert = self.ours.prepare_cached(&format!(
            "INSERT INTO document ({COLUMNS}, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ))?;
        let here = DocumentId(insert.insert(params_from_iter(row))?);
        self.numbers.insert(id, here);
        for (table, columns) in OF_PIECE {
            self.carry(table, columns, id, here)?;
        }
        // What is read back as one of our own types is read as such first.
        if let Some(suggested) = suggestion::of(self.theirs, id)? {
            suggestion::put(self.ours, here, &suggested)?;
        }
        condition::of(self.theirs, id)?.into_iter().try_for_each(|(page, said)| condition::put(self.ours, here, page, said))
    }

    fn carry(&self, table: &str, columns: &str, from: DocumentId, to: DocumentId) -> Result<()> {
        let count = columns.split(',').count();
        let places: String = (2..count + 2).map(|at| format!(", ?{at}")).collect();
        let mut select = self.theirs.prepare_cached(&format!("SELECT {columns} FROM {table} WHERE document = ?1"))?;
        let mut insert = self.ours.prepare_cached(&format!("INSERT INTO {table} (document, {columns}) VALUES (?1{places})"))?;
        let mut rows = select.query([from.0])?;
        while let Some(row) = rows.next()? {
            let cells = (0..count).map(|at| row.get::<_, Value>(at)).collect::<rusqlite::Result<Vec<_>>>()?;
            insert.execute(params_from_iter(std::iter::once(Value::Integer(to.0)).chain(cells)))?;
        }
        Ok(())
    }

    fn split_off(&mut self, whole: DocumentId, part: DocumentId) -> Result<()> {
        let theirs = document::one(self.theirs, part)?;
        let first = theirs.pages.first().map_or(0, |page| page.index);
        let here = document::split_off(self.ours, &document::one(self.ours, whole)?, first, theirs.given_title.as_deref())?;
        self.numbers.insert(part, here);
        Ok(())
    }

    /// Notes what joined pieces were made of, as far as that lies here, too; for a part of a file, the file.
    fn joined(&self) -> Result<()> {
        const MADE_OF: &str = "SELECT coalesce(source.digest, document.digest) FROM joined JOIN document ON document.id = joined.part
            LEFT JOIN document AS source ON source.id = document.origin WHERE joined.made = ?1";
        let mut select = self.theirs.prepare_cached(MADE_OF)?;
        for (there, here) in &self.numbers {
            for digest in select.query_map([there.0], |row| row.get::<_, String>(0))? {
                if let Some(part) = digest?.parse().ok().map(|digest| document::by_digest(self.ours, digest)).transpose()?.flatten() {
                    document::note_joined(self.ours, *here, part)?;
                }
            }
        }
        Ok(())
    }
}
