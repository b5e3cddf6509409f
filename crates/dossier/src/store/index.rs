//! The index: one SQLite file, one writer, and a reader that a long intake never keeps waiting.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use scans::Watch;

use crate::error::{Error, Result};

use super::files::Finished;
use super::touched::{self, Touched};
use super::{FileAct, Files, backup, document, holds, layout, reading, reserve};

/// `application_id` of our index: "HUIJ".
pub const APPLICATION: u32 = 0x4855_494a;
/// Each file makes the next schema; `user_version` counts them.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
    include_str!("migrations/0011.sql"),
    include_str!("migrations/0012.sql"),
    include_str!("migrations/0013.sql"),
    include_str!("migrations/0014.sql"),
    include_str!("migrations/0015.sql"),
    include_str!("migrations/0016.sql"),
    include_str!("migrations/0017.sql"),
    include_str!("migrations/0018.sql"),
    include_str!("migrations/0019.sql"),
    include_str!("migrations/0020.sql"),
    include_str!("migrations/0021.sql"),
    include_str!("migrations/0022.sql"),
    include_str!("migrations/0024.sql"),
];
/// The schema that this program knows.
pub const SCHEMA: u32 = MIGRATIONS.len() as u32;
/// Most bytes of an index that lies elsewhere, with its log: many times what the texts of the largest project come to.
pub const MOST_BESIDE: u64 = 2 << 30;
const CHUNK: usize = 1 << 20;
/// Steps of SQLite's machine between two looks whether the clerk has stopped.
const STEPS: i32 = 100_000;

#[derive(Debug)]
pub struct Index {
    dir: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    /// What was committed since [`Index::catch_up`]; held while something is committed.
    touched: Mutex<Touched>,
    /// Held by whoever reads long, and alone while the log is emptied: of what such a reader still sees, nothing can be.
    long: RwLock<()>,
}

impl Index {
    /// Makes a new index under a temporary name, filled by `fill`, and gives it its name when it is whole.
    pub fn create(dir: &Path, files: &Files, fill: impl FnOnce(&Transaction<'_>) -> Result<()>) -> Result<()> {
        let temp = dir.join(layout::INCOMING).join("index.part");
        files.remove(&temp)?;
        let mut connection = Connection::open(&temp)?;
        settle(&connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        migrate(&transaction, 0)?;
        fill(&transaction)?;
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)?;
        files.sync(&temp)?;
        files.rename(&temp, &dir.join(layout::INDEX))
    }

    /// Opens the index of a project, and migrates an older one after a checked backup.
    ///
    /// # Errors
    /// [`Error::NotAProject`], [`Error::NewerProject`]: nothing was touched. [`Error::Damaged`].
    pub fn open(dir: &Path, files: &Files) -> Result<Self> {
        Self::opened(dir, files).map_err(|error| told(dir, error))
    }

    fn opened(dir: &Path, files: &Files) -> Result<Self> {
        let path = dir.join(layout::INDEX);
        check_header(dir, &path)?;
        check_versions(dir, &path)?;
        let mut writer = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        settle(&writer)?;
        let version = user_version(&writer)?;
        if version < SCHEMA {
            backup::make(dir, files, &writer)?;
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            migrate(&transaction, version)?;
            document::look_for_numbers(&transaction)?;
            document::fold_texts(&transaction)?;
            reading::tell_anew(&transaction)?;
            transaction.commit()?;
        }
        let journal: String = writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if !journal.eq_ignore_ascii_case("wal") {
            return Err(Error::Damaged { dir: dir.to_owned(), detail: format!("journal mode {journal}") });
        }
        touched::watch(&writer)?;
        let reader = connect_reader(&path)?;
        let (writer, reader) = (Mutex::new(writer), Mutex::new(reader));
        Ok(Self { dir: dir.to_owned(), writer, reader, touched: Mutex::default(), long: RwLock::default() })
    }

    /// One transaction, whole or not at all. When the disk is full the ballast is freed and the act tried once more,
    /// so `act` must do the same when it runs again.
    pub fn write<T>(&self, mut act: impl FnMut(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = lock(&self.writer);
        match self.run(&mut connection, &mut act) {
            Err(error) if error.is_disk_full() && reserve::free(&self.dir) => self.run(&mut connection, &mut act),
            done => done,
        }
        .map_err(|error| told(&self.dir, error))
    }

    fn run<T>(&self, connection: &mut Connection, act: &mut impl FnMut(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = act(&transaction)?;
        let written = Touched::taken(&transaction)?;
        let mut touched = lock(&self.touched);
        transaction.commit()?;
        touched.add(written);
        Ok(done)
    }

    /// Several reads of one moment.
    pub fn read<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = lock(&self.reader);
        let read = connection.transaction().map_err(Error::from).and_then(|transaction| act(&transaction));
        read.map_err(|error| told(&self.dir, error))
    }

    /// Several reads of one moment, with all that was committed between the last call that went well and that moment.
    pub fn catch_up<T>(&self, act: impl FnOnce(&Transaction<'_>, &Touched) -> Result<T>) -> Result<T> {
        let mut connection = lock(&self.reader);
        // Nothing is committed while this is held, so the moment that is read and what is listed are the same.
        let mut touched = lock(&self.touched);
        let transaction = connection.transaction().map_err(Error::from).map_err(|error| told(&self.dir, error))?;
        let caught_up = act(&transaction, &touched).map_err(|error| told(&self.dir, error))?;
        *touched = Touched::default();
        Ok(caught_up)
    }

    /// Writes the index anew without what lies between its rows, and empties its write-ahead log.
    pub fn compact(&self) -> Result<()> {
        let _nobody = self.long.write().unwrap_or_else(PoisonError::into_inner);
        let (writer, _reader) = (lock(&self.writer), lock(&self.reader));
        let compacted = writer
            .execute_batch("VACUUM")
            .and_then(|()| writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).map(drop));
        compacted.map_err(Error::from).map_err(|error| told(&self.dir, error))
    }

    /// As [`Index::read`], by a connection of its own: however long it takes, nobody waits for it. It must not be asked within itself.
    pub fn read_long<T>(&self, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let _long = self.long.read().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let mut own = connect_reader(&self.dir.join(layout::INDEX))?;
            let moment = own.transaction()?;
            // SQLite begins to hold a moment with the first that is read of it.
            user_version(&moment)?;
            act(&moment)
        };
        read().map_err(|error| told(&self.dir, error))
    }

    /// A checked copy into backups/.
    pub fn back_up(&self, files: &Files) -> Result<PathBuf> {
        self.read_long(|index| backup::make(&self.dir, files, index))
    }

    /// Hands over a copy that is gone afterwards, so that what is done with it holds nobody up.
    pub fn spare<T>(&self, files: &Files, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let part = spare_path(&self.dir, "spare");
        let copied = self.read_long(|index| backup::copy(&self.dir, files, index, &part));
        let done = copied.and_then(|()| {
            let copy = Connection::open(&part)?;
            settle(&copy)?;
            act(&copy)
        });
        let removed = files.remove(&part);
        done.and_then(|done| removed.map(|()| done))
    }

    /// SQLite's own check, and ours: every row that points elsewhere finds it.
    pub fn examine(&self) -> Result<()> {
        self.read_long(|index| examine(&self.dir, index))
    }
}

/// SQLite's codes that mean more to a clerk than "the index".
fn told(dir: &Path, error: Error) -> Error {
    let Error::Index(rusqlite::Error::SqliteFailure(failure, message)) = &error else { return error };
    match failure.code {
        rusqlite::ErrorCode::DiskFull => Error::DiskFull { path: dir.join(layout::INDEX), needed: None },
        rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase => {
            Error::Damaged { dir: dir.to_owned(), detail: message.clone().unwrap_or_else(|| failure.to_string()) }
        }
        _ => error,
    }
}

/// A transaction that panicked was rolled back when it was dropped, so the connection is as good as before.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads an index that lies elsewhere as this program knows it: a copy is made, and what is older is migrated in the copy. What a
/// program that was killed has left in the write-ahead log beside it is read along.
///
/// # Errors
/// [`Error::NotAProject`], [`Error::NewerProject`], [`Error::Damaged`], [`Error::LargeIndex`], [`Error::Cancelled`], and what `read` says.
pub fn look_into<T>(dir: &Path, files: &Files, copy: &Path, watch: &Watch, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let beside =
        |path: &Path, ending: &str| path.with_file_name(format!("{}{ending}", path.file_name().unwrap_or_default().to_string_lossy()));
    let log = beside(copy, "-wal");
    let index_bytes = plain(copy)?.ok_or_else(|| Error::NotAProject { dir: dir.to_owned() })?;
    let total = index_bytes.saturating_add(plain(&log)?.unwrap_or(0));
    check_header(dir, copy)?;
    let spare = spare_path(dir, "glimpse");
    let mut sparing = Sparing { files, watch, done: 0, total };
    // Dropped, they are taken away.
    let _log = log.exists().then(|| sparing.copy(&log, &beside(&spare, "-wal"))).transpose()?;
    let finished = sparing.copy(copy, &spare)?;
    let mut connection = Connection::open(finished.path())?;
    settle(&connection)?;
    let asked = watch.clone();
    connection.progress_handler(STEPS, Some(move || asked.go_on().is_err()))?;
    let found = looked_into(dir, &mut connection, read);
    drop(connection);
    found.map_err(stopped)
}

/// Where a copy may stand for a while: several may at once, and what a crash leaves is swept at the next opening.
fn spare_path(dir: &Path, name: &str) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    dir.join(layout::INCOMING).join(format!("{name}-{}-{number}.part", std::process::id()))
}

/// SQLite's word for an act that the clerk has stopped.
pub fn stopped(error: Error) -> Error {
    match &error {
        Error::Index(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == rusqlite::ErrorCode::OperationInterrupted => {
            Error::Cancelled(scans::Cancelled)
        }
        _ => error,
    }
}

fn looked_into<T>(dir: &Path, connection: &mut Connection, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    examine(dir, connection)?;
    let version = user_version(connection)?;
    refuse_newer(dir, version)?;
    if version < SCHEMA {
        let transaction = connection.transaction()?;
        migrate(&transaction, version)?;
        transaction.commit()?;
    }
    read(connection)
}

/// Length of a file in bytes; `None` where there is none. What is no plain file may never end.
fn plain(path: &Path) -> Result<Option<u64>> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(found.len())),
        Ok(_) => Err(Error::NotAProject { dir: path.parent().unwrap_or(path).to_owned() }),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(Error::file(FileAct::Read, path, source)),
    }
}

/// Copies the files of an index that lies elsewhere.
struct Sparing<'a> {
    files: &'a Files,
    watch: &'a Watch,
    /// Bytes.
    done: u64,
    total: u64,
}

impl Sparing<'_> {
    fn copy(&mut self, from: &Path, to: &Path) -> Result<Finished> {
        let failed = |source| Error::file(FileAct::Read, from, source);
        let mut source = File::open(from).map_err(failed)?;
        let mut draft = self.files.create(to)?;
        let mut chunk = vec![0; CHUNK];
        loop {
            self.watch.go_on()?;
            // Counted in MB.
            self.watch.step(self.done >> 20, self.total >> 20, from.file_name().unwrap_or_default().to_string_lossy());
            // It may grow while it is read.
            if self.done.max(self.total) > MOST_BESIDE {
                return Err(Error::LargeIndex { path: from.parent().unwrap_or(from).to_owned(), most: MOST_BESIDE });
            }
            match source.read(&mut chunk) {
                Ok(0) => return draft.finish(),
                Ok(read) => {
                    draft.write(&chunk[..read])?;
                    self.done += read as u64;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(source) => return Err(failed(source)),
            }
        }
    }
}

/// Whether every page and every reference of an index is sound.
pub fn examine(dir: &Path, connection: &Connection) -> Result<()> {
    let damaged = |detail: String| Error::Damaged { dir: dir.to_owned(), detail };
    let word: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        return Err(damaged(word));
    }
    let mut dangling = connection.prepare("PRAGMA foreign_key_check")?;
    match dangling.query([])?.next()? {
        None => Ok(()),
        Some(row) => Err(damaged(format!("{} points to nothing", row.get::<_, String>(0)?))),
    }
}

fn connect_reader(path: &Path) -> Result<Connection> {
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settle(&reader)?;
    reader.pragma_update(None, "query_only", true)?;
    Ok(reader)
}

/// Sets the pragmas that every connection needs before its first statement.
fn settle(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(64);
    for (name, value) in [("foreign_keys", true), ("trusted_schema", false), ("cell_size_check", true), ("secure_delete", true)] {
        connection.pragma_update(None, name, value)?;
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    holds::offer(connection)?;
    Ok(())
}

pub(super) fn migrate(index: &Connection, from: u32) -> Result<()> {
    for sql in &MIGRATIONS[from as usize..] {
        index.execute_batch(sql)?;
    }
    index.pragma_update(None, "user_version", SCHEMA)?;
    Ok(())
}

/// What SQLite does to answer a question of an index of ours, a line each.
#[cfg(test)]
pub(super) fn plan(question: &str) -> Vec<String> {
    let index = Connection::open_in_memory().expect("SQLite has memory");
    migrate(&index, 0).expect("an empty index can be made");
    let mut explain = index.prepare(&format!("EXPLAIN QUERY PLAN {question}")).expect("the question is SQL");
    let steps = explain.raw_query().mapped(|row| row.get(3)).collect::<rusqlite::Result<_>>();
    steps.expect("a plan is text")
}

fn user_version(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Reads both version numbers from the file's header (SQLite file format, 1.3), so that SQLite never touches a file
/// that is not ours or is newer.
pub fn check_header(dir: &Path, path: &Path) -> Result<()> {
    let mut header = [0; 100];
    match File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => {}
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof | ErrorKind::NotADirectory) => {
            return Err(Error::NotAProject { dir: dir.to_owned() });
        }
        Err(source) => return Err(Error::file(FileAct::Read, path, source)),
    }
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let (version, application) = (number(60), number(68));
    if &header[..16] != b"SQLite format 3\0" || application != APPLICATION || version == 0 {
        return Err(Error::NotAProject { dir: dir.to_owned() });
    }
    refuse_newer(dir, version)
}

/// A migration that a crash left in the write-ahead log is not in the header yet: SQLite itself is asked, read-only.
fn check_versions(dir: &Path, path: &Path) -> Result<()> {
    if !path.with_file_name(format!("{}-wal", layout::INDEX)).exists() {
        return Ok(());
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    refuse_newer(dir, user_version(&connection)?)
}

fn refuse_newer(dir: &Path, found: u32) -> Result<()> {
    if found > SCHEMA { Err(Error::NewerProject { dir: dir.to_owned(), found, known: SCHEMA }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;

    /// The reader is the one that the window asks: it is held here, and what takes long ends nevertheless.
    #[test]
    fn what_takes_long_asks_for_no_reader() {
        let folder = tempfile::tempdir().expect("the system has room for a test");
        let dir = folder.path().to_owned();
        let files = Files::real();
        for made in [layout::INCOMING, layout::BACKUPS] {
            files.make_folder(&dir.join(made)).expect("a folder can be made");
        }
        Index::create(&dir, &files, |_| Ok(())).expect("an index can be made");
        let index = Arc::new(Index::open(&dir, &files).expect("it was just made"));
        let held = lock(&index.reader);
        let (told, heard) = mpsc::channel();
        let worked = Arc::clone(&index);
        let work = std::thread::spawn(move || {
            let done = worked
                .examine()
                .and_then(|()| worked.back_up(&files).map(drop))
                .and_then(|()| worked.spare(&files, user_version))
                .map_err(|error| error.to_string());
            told.send(done)
        });
        // Only what fails waits so long.
        let done = heard.recv_timeout(Duration::from_secs(60));
        drop(held);
        assert_eq!(done, Ok(Ok(SCHEMA)));
        assert!(work.join().is_ok_and(|sent| sent.is_ok()));
    }
}
