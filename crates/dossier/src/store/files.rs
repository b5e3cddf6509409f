//! The one layer through which every file of a project is written, so that tests can make operations fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::looking::lies_in;
pub use super::unsynced::Loss;
use super::unsynced::Unsynced;
use crate::domain::name;
use crate::error::{Error, Result};

/// Bytes that are copied at a time.
const CHUNK: usize = 1 << 20;

/// One kind of operation on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileAct {
    MakeFolder,
    Create,
    Write,
    Sync,
    Rename,
    SyncFolder,
    Protect,
    Remove,
    Read,
}

/// What an operation is made to fail with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// ENOSPC
    NoSpace,
    /// EIO
    Broken,
    /// EACCES
    Denied,
}

impl Fault {
    fn error(self) -> io::Error {
        match self {
            Self::NoSpace => io::ErrorKind::StorageFull.into(),
            Self::Broken => io::Error::other("input/output error"),
            Self::Denied => io::ErrorKind::PermissionDenied.into(),
        }
    }
}

/// The file system, or one that fails by plan. Clones share the plan.
#[derive(Debug, Clone, Default)]
pub struct Files {
    plan: Option<Arc<Plan>>,
    hand: Option<Hand>,
    /// A project that is only looked at: nothing is written there.
    sealed: Option<Arc<PathBuf>>,
}

/// Somebody who gets at files behind our back.
#[derive(Clone)]
struct Hand(Arc<dyn Fn(&Path) + Send + Sync>);

impl std::fmt::Debug for Hand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hand")
    }
}

#[derive(Debug)]
struct Plan {
    at: u64,
    strike: Strike,
    done: AtomicU64,
}

#[derive(Debug)]
enum Strike {
    Fail {
        fault: Fault,
        ever: bool,
    },
    /// The process ends there, as killed.
    End,
    /// The power goes there: of what was not synced by then, so much is lost, and nothing is written any more.
    Power {
        loss: Loss,
        unsynced: Mutex<Unsynced>,
    },
}

impl Files {
    pub fn real() -> Self {
        Self::default()
    }

    /// Operation number `at` (from 1) fails, once or from then on for ever.
    pub fn failing(at: u64, fault: Fault, ever: bool) -> Self {
        Self::struck_at(at, Strike::Fail { fault, ever })
    }

    /// The process ends before operation number `at`.
    pub fn ending(at: u64) -> Self {
        Self::struck_at(at, Strike::End)
    }

    /// The power goes at operation number `at`, and what was written and not synced goes with it. What SQLite writes by itself stays: of
    /// that its own makers show the same.
    pub fn powerless(at: u64, loss: Loss) -> Self {
        Self::struck_at(at, Strike::Power { loss, unsynced: Mutex::default() })
    }

    fn struck_at(at: u64, strike: Strike) -> Self {
        Self { plan: Some(Arc::new(Plan { at, strike, done: AtomicU64::new(0) })), ..Self::default() }
    }

    /// Every output is handed to `hand` between its last byte and our reading it again.
    pub fn meddled(hand: impl Fn(&Path) + Send + Sync + 'static) -> Self {
        Self { hand: Some(Hand(Arc::new(hand))), ..Self::default() }
    }

    /// The same, but that all that would write into the project at `dir` says [`Error::ReadOnly`].
    pub(super) fn sealed(&self, dir: &Path) -> Self {
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        Self { sealed: Some(Arc::new(dir)), ..self.clone() }
    }

    /// # Errors
    /// [`Error::ReadOnly`] for a path in a project that is only looked at.
    pub fn may_write(&self, path: &Path) -> Result<()> {
        match &self.sealed {
            Some(dir) if lies_in(dir, path) => Err(Error::ReadOnly { dir: dir.to_path_buf() }),
            _ => Ok(()),
        }
    }

    /// Whether the plan came to its fault; a run that was not struck passed untouched.
    pub fn struck(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.done.load(Ordering::SeqCst) >= plan.at)
    }

    fn run<T>(&self, act: FileAct, path: &Path, work: impl FnOnce() -> io::Result<T>) -> Result<T> {
        if act != FileAct::Read {
            self.may_write(path)?;
        }
        if let Some(plan) = &self.plan {
            let number = plan.done.fetch_add(1, Ordering::SeqCst) + 1;
            match &plan.strike {
                Strike::Fail { fault, ever } if number == plan.at || (*ever && number > plan.at) => {
                    return Err(Error::file(act, path, fault.error()));
                }
                Strike::End if number == plan.at => std::process::abort(),
                Strike::Power { loss, unsynced } if number >= plan.at => {
                    std::mem::take(&mut *unsynced.lock().unwrap_or_else(PoisonError::into_inner)).lose(*loss);
                    return Err(Error::file(act, path, Fault::Broken.error()));
                }
                Strike::Fail { .. } | Strike::End | Strike::Power { .. } => {}
            }
        }
        let done = work().map_err(|source| Error::file(act, path, source))?;
        self.unsynced(|unsynced| unsynced.done(act, path));
        Ok(done)
    }

    /// What was written so far and is not synced, where anybody asks.
    fn unsynced(&self, note: impl FnOnce(&mut Unsynced)) {
        if let Some(Strike::Power { unsynced, .. }) = self.plan.as_ref().map(|plan| &plan.strike) {
            note(&mut unsynced.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn rename_unsynced(&self, from: &Path, to: &Path) -> Result<()> {
        self.unsynced(|unsynced| unsynced.renamed(from, to));
        self.run(FileAct::Rename, to, || fs::rename(from, to))
    }

    /// Makes a folder that may be there already; its parent must be there.
    pub fn make_folder(&self, path: &Path) -> Result<()> {
        match path.parent() {
            _ if !self.make_folder_unsynced(path)? => Ok(()),
            Some(parent) => self.sync_folder(parent),
            None => Ok(()),
        }
    }

    /// Whether the folder is new; its name is not on the disk before its parent is synced.
    pub(super) fn make_folder_unsynced(&self, path: &Path) -> Result<bool> {
        if path.is_dir() {
            return Ok(false);
        }
        self.run(FileAct::MakeFolder, path, || fs::create_dir(path))?;
        Ok(true)
    }

    /// A new file; one that is there already is an error.
    pub fn create(&self, path: &Path) -> Result<Draft> {
        let file = self.run(FileAct::Create, path, || OpenOptions::new().write(true).create_new(true).open(path))?;
        Ok(Draft { files: self.clone(), path: path.to_owned(), file, kept: false, wiped: false })
    }

    /// Gives a finished file its name; nothing good may stand there.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<()> {
        self.rename_unsynced(from, to)?;
        match to.parent() {
            Some(parent) => self.sync_folder(parent),
            None => Ok(()),
        }
    }

    pub fn sync_folder(&self, path: &Path) -> Result<()> {
        self.run(FileAct::SyncFolder, path, || sync_folder(path))
    }

    /// Syncs a file that something else wrote (SQLite's backup).
    pub fn sync(&self, path: &Path) -> Result<()> {
        self.run(FileAct::Sync, path, || OpenOptions::new().read(true).write(true).open(path)?.sync_all())
    }

    /// An output was written and synced by its writer, and is read again from here on.
    pub fn written(&self, path: &Path) -> Result<()> {
        if let Some(Hand(hand)) = &self.hand {
            hand(path);
        }
        self.run(FileAct::Read, path, || File::open(path).map(drop))
    }

    /// Makes a file read-only.
    pub fn protect(&self, path: &Path) -> Result<()> {
        self.run(FileAct::Protect, path, || {
            let mut permissions = fs::metadata(path)?.permissions();
            permissions.set_readonly(true);
            fs::set_permissions(path, permissions)
        })
    }

    /// Removes a file; one that is gone already is no error.
    pub fn remove(&self, path: &Path) -> Result<()> {
        self.run(FileAct::Remove, path, || match fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => remove_protected(path),
            done => done,
        })
    }

    /// Writes zeros over a file and removes it; one that is gone already is no error. What a disk keeps of its own accord can't be
    /// reached from here.
    pub fn shred(&self, path: &Path) -> Result<()> {
        self.run(FileAct::Write, path, || match overwrite(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        })?;
        self.remove(path)
    }

    /// Writes a whole file under its final name: temporary file in the same folder, sync, rename, sync of the folder.
    pub fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.prepare(path, bytes)?.rename_to(path)
    }

    /// Copies what is read of `source`, a file at `from`, as [`Files::write_whole`] writes it.
    pub fn copy_whole(&self, mut source: impl io::Read, from: &Path, path: &Path) -> Result<()> {
        let mut draft = self.create(&part_of(path))?;
        let mut chunk = vec![0; CHUNK];
        loop {
            match source.read(&mut chunk) {
                Ok(0) => return draft.finish()?.rename_to(path),
                Ok(read) => draft.write(&chunk[..read])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(Error::file(FileAct::Read, from, source)),
            }
        }
    }

    /// Writes a whole file beside the name that it will have.
    pub fn prepare(&self, path: &Path, bytes: &[u8]) -> Result<Finished> {
        let mut draft = self.create(&part_of(path))?;
        draft.write(bytes)?;
        draft.finish()
    }

    /// Writes a file that may be thrown away at any time; it is whole under its name, but not synced.
    pub fn write_derived(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let mut draft = self.create(&part_of(path))?;
        draft.write(bytes)?;
        Finished(draft).name(path)
    }
}

/// `name.part`, beside the file that it will be; the number keeps two threads apart, and what others put there.
pub fn part_of(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-{}.part", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    path.with_file_name(name)
}

/// Windows does not remove read-only files.
fn remove_protected(path: &Path) -> io::Result<()> {
    unprotect(path)?;
    fs::remove_file(path)
}

fn unprotect(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    #[cfg_attr(unix, expect(clippy::permissions_set_readonly_false, reason = "the file is removed next"))]
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions)
}

/// Writes zeros over a file that goes next, as far as it can be written.
pub(crate) fn wipe(path: &Path) {
    let _ = overwrite(path);
}

fn overwrite(path: &Path) -> io::Result<()> {
    unprotect(path)?;
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = file.metadata()?.len();
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Windows has no sync of a folder; NTFS journals names by itself.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that is being written and has no final name yet; dropped unfinished, it is taken away.
#[derive(Debug)]
pub struct Draft {
    files: Files,
    path: PathBuf,
    file: File,
    kept: bool,
    wiped: bool,
}

impl Draft {
    /// Whether zeros are written over it where it is not kept: nobody has said yet that it may lie here.
    pub(super) fn wiped(mut self, wiped: bool) -> Self {
        self.wiped = wiped;
        self
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let Self { files, path, file, .. } = self;
        files.run(FileAct::Write, path, || file.write_all(bytes))
    }

    /// Makes it read-only; what is open already can still be synced.
    pub fn protect(&self) -> Result<()> {
        self.files.protect(&self.path)
    }

    /// Sets blocks aside without writing them; `false` where the file system can't.
    #[cfg(target_os = "linux")]
    pub fn set_aside(&self, bytes: u64) -> bool {
        rustix::fs::fallocate(&self.file, rustix::fs::FallocateFlags::empty(), 0, bytes).is_ok()
    }

    /// Bytes are on the disk after this.
    pub fn finish(self) -> Result<Finished> {
        self.files.run(FileAct::Sync, &self.path, || self.file.sync_all())?;
        Ok(Finished(self))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            if self.wiped {
                wipe(&self.path);
            }
            // What can't be removed now is swept when the project is opened next.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A synced file that waits for its name; dropped without one, it is taken away.
#[derive(Debug)]
pub struct Finished(Draft);

impl Finished {
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    pub fn rename_to(self, path: &Path) -> Result<()> {
        // Where the folder can't be synced after the rename the file stands under its name, and no row follows.
        let files = self.0.files.clone();
        self.name(path)?;
        path.parent().map_or(Ok(()), |parent| files.sync_folder(parent))
    }

    /// Gives it its name, which is not on the disk before the folder is synced.
    pub(super) fn name(mut self, path: &Path) -> Result<()> {
        self.0.files.rename_unsynced(&self.0.path, path)?;
        self.0.kept = true;
        Ok(())
    }

    /// It was written under its final name.
    pub fn keep(mut self) -> Result<()> {
        self.0.kept = true;
        self.0.path.parent().map_or(Ok(()), |parent| self.0.files.sync_folder(parent))
    }
}

/// A path in a folder that nothing has: `name` and its ending (with the dot, or empty), with a number where that is taken.
pub fn free_path(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let mut paths = name::numbered(name).map(|name| folder.join(format!("{name}{ending}")));
    // A link that leads nowhere takes the name too.
    paths.find(|path| path.symlink_metadata().is_err()).expect("there are more numbers than files")
}

/// Bytes that are free for us on the disk of `path`; `None` where the system does not say.
#[cfg(unix)]
pub fn free_space(path: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    Some(told.f_bavail * told.f_frsize)
}

/// Bytes that are free for us on the disk of `path`; `None` where the system does not say.
#[cfg(windows)]
pub fn free_space(path: &Path) -> Option<u64> {
    use std::os::windows::ffi::OsStrExt as _;
    use windows_sys::Win32::Storage::FileSystem::GetDiskFreeSpaceExW;
    let path: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    let mut free = 0;
    // SAFETY: the path ends with a zero, and the two numbers that are not asked for may be null.
    let told = unsafe { GetDiskFreeSpaceExW(path.as_ptr(), &mut free, std::ptr::null_mut(), std::ptr::null_mut()) };
    (told != 0).then_some(free)
}

#[cfg(not(any(unix, windows)))]
pub fn free_space(_path: &Path) -> Option<u64> {
    None
}

/// Whether a folder that is there lies on a share of the network, as far as the system says so.
#[cfg(target_os = "linux")]
pub fn is_share(path: &Path) -> bool {
    /// What `statfs` calls NFS, SMB, CIFS and SMB2.
    const SHARES: [u32; 4] = [0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42];
    rustix::fs::statfs(path).is_ok_and(|told| SHARES.contains(&(told.f_type as u32)))
}

/// Whether a folder that is there lies on a share of the network: also one with a letter leads to a name of a server.
#[cfg(windows)]
pub fn is_share(path: &Path) -> bool {
    use std::path::{Component, Prefix};
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let first = whole.components().next();
    matches!(first, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

#[cfg(not(any(target_os = "linux", windows)))]
pub fn is_share(_path: &Path) -> bool {
    false
}
