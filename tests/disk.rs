//! SQLite's own files, made to fail or to end the process by plan. SQLite writes past `dossier::store::Files`, so a story that
//! strikes what an act writes into the index strikes here. A plan is for a whole process: only `test-worker` makes one.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use dossier::store::Fault;
use rusqlite::ffi::{self, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs};

/// What becomes of the operation that is struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strike {
    /// The process ends there, in the middle of a write.
    End,
    /// It fails, once or from then on for ever; of a write half is done.
    Fail { fault: Fault, ever: bool },
}

struct Plan {
    at: u64,
    strike: Strike,
    done: AtomicU64,
    usual: *mut sqlite3_vfs,
    /// What a file of the usual layer is asked by.
    methods: OnceLock<sqlite3_io_methods>,
    /// The same with ours in front of all that writes.
    ours: OnceLock<sqlite3_io_methods>,
}

// SAFETY: the layer below is SQLite's own, which is there as long as the process and may be asked from any thread.
unsafe impl Send for Plan {}
// SAFETY: as above.
unsafe impl Sync for Plan {}

static PLAN: OnceLock<Plan> = OnceLock::new();

/// Strikes operation number `at` (from 1) of all that SQLite writes from now on.
pub fn strike(at: u64, strike: Strike) {
    // SAFETY: asked for no name, SQLite hands its usual layer, which lives as long as the process.
    let usual = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
    assert!(!usual.is_null(), "SQLite has a file system");
    let plan = Plan { at, strike, done: AtomicU64::new(0), usual, methods: OnceLock::new(), ours: OnceLock::new() };
    assert!(PLAN.set(plan).is_ok(), "one plan for a process");
    // SAFETY: it was just found; a copy keeps what its functions look for in it.
    let mut ours = unsafe { *usual };
    ours.pNext = ptr::null_mut();
    ours.zName = c"struck".as_ptr();
    ours.xOpen = Some(open);
    ours.xDelete = Some(delete);
    // SAFETY: it is leaked, so it lives as long as SQLite has it.
    let done = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1) };
    assert_eq!(done, ffi::SQLITE_OK);
}

/// Operations so far.
pub fn operations() -> u64 {
    PLAN.get().map_or(0, |plan| plan.done.load(Ordering::SeqCst))
}

fn plan() -> &'static Plan {
    PLAN.get().expect("files are opened by a plan")
}

/// Counts an operation; what it fails with, where it is struck.
fn falls(half: impl FnOnce()) -> Option<c_int> {
    let plan = plan();
    let number = plan.done.fetch_add(1, Ordering::SeqCst) + 1;
    match plan.strike {
        Strike::End if number == plan.at => {
            half();
            std::process::abort()
        }
        Strike::Fail { fault, ever } if number == plan.at || (ever && number > plan.at) => {
            half();
            Some(match fault {
                Fault::NoSpace => ffi::SQLITE_FULL,
                Fault::Broken => ffi::SQLITE_IOERR,
                Fault::Denied => ffi::SQLITE_PERM,
            })
        }
        Strike::End | Strike::Fail { .. } => None,
    }
}

fn methods() -> &'static sqlite3_io_methods {
    plan().methods.get().expect("a file was opened")
}

unsafe extern "C" fn open(_: *mut sqlite3_vfs, name: *const c_char, file: *mut sqlite3_file, flags: c_int, out: *mut c_int) -> c_int {
    let plan = plan();
    // SAFETY: SQLite's own arguments, handed on; what its layer says of the file is read after it said that it is open.
    unsafe {
        let open = (*plan.usual).xOpen.expect("every layer opens files");
        let done = open(plan.usual, name, file, flags, out);
        if done == ffi::SQLITE_OK {
            plan.methods.get_or_init(|| *(*file).pMethods);
            (*file).pMethods = plan.ours.get_or_init(|| sqlite3_io_methods {
                xWrite: Some(write),
                xTruncate: Some(truncate),
                xSync: Some(sync),
                ..*methods()
            });
        }
        done
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    let usual = plan().usual;
    // SAFETY: SQLite's own arguments, handed on.
    falls(|| ()).unwrap_or_else(|| unsafe { (*usual).xDelete.expect("every layer deletes")(usual, name, sync) })
}

unsafe extern "C" fn write(file: *mut sqlite3_file, bytes: *const c_void, count: c_int, at: sqlite3_int64) -> c_int {
    // SAFETY: as above; half of what may be read may be read.
    let put = |count| unsafe { methods().xWrite.expect("every file is written")(file, bytes, count, at) };
    let half = || {
        put(count / 2);
    };
    falls(half).unwrap_or_else(|| put(count))
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: as above.
    falls(|| ()).unwrap_or_else(|| unsafe { methods().xTruncate.expect("every file is cut")(file, size) })
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as above.
    falls(|| ()).unwrap_or_else(|| unsafe { methods().xSync.expect("every file is synced")(file, flags) })
}
