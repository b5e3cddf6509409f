//! The worker is asked, is slow, dies, and the next file is served all the same.
#![expect(clippy::unwrap_used, reason = "helpers of a test end it where the system fails")]

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::Duration;

use scans::{Kind, Trouble, Worker};

mod shelf;

fn worker() -> Worker {
    Worker::new(PathBuf::from(env!("CARGO_BIN_EXE_scans-worker")))
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    // Left in the middle on purpose: the worker reads from the start.
    file.seek(SeekFrom::Start(1)).unwrap();
    file
}

#[test]
fn a_file_is_inspected_and_its_pages_are_drawn() {
    let mut worker = worker();
    let bytes = shelf::pdf(3);
    let pdf = file(&bytes);
    let seen = worker.inspect(&pdf, bytes.len() as u64).unwrap();
    assert_eq!((seen.kind, seen.pages.len(), seen.trouble), (Kind::Pdf, 3, None));
    let started = worker.id();
    for page in 0..3 {
        let jpeg = worker.picture(&pdf, bytes.len() as u64, page, 400, &scans::Look { turn: 90, ..Default::default() }).unwrap().unwrap();
        let header = scans::jpeg::header(&jpeg).unwrap();
        // A4 upright, turned by the clerk.
        assert_eq!((header.width, header.height), (400, 283));
    }
    assert!(matches!(worker.picture(&pdf, bytes.len() as u64, 3, 400, &scans::Look::default()).unwrap(), Err(Trouble::Unreadable { .. })));
    assert_eq!(worker.id(), started, "one process serves all");
}

#[test]
fn a_large_file_is_read_from_disk() {
    let mut worker = worker();
    let mut bytes = shelf::jpeg(64, 48, 1);
    let rest = (70 << 20) - bytes.len();
    // What lies behind the end marker is no part of the picture.
    bytes.extend(std::iter::repeat_n(0, rest));
    let large = file(&bytes);
    for _ in 0..2 {
        let seen = worker.inspect(&large, bytes.len() as u64).unwrap();
        assert_eq!((seen.pages.len(), seen.trouble), (1, None));
        let small = file(&shelf::jpeg(16, 16, 1));
        assert_eq!(worker.inspect(&small, small.metadata().unwrap().len()).unwrap().pages[0].pixels, Some((16, 16)));
    }
}

#[test]
fn a_file_that_became_shorter_is_unreadable_and_the_next_is_served() {
    let mut worker = worker();
    let bytes = shelf::jpeg(64, 48, 1);
    let whole = file(&bytes);
    let seen = worker.inspect(&whole, bytes.len() as u64 + 10).unwrap();
    assert!(matches!(seen.trouble, Some(Trouble::Unreadable { .. })), "{seen:?}");
    assert_eq!(worker.inspect(&whole, bytes.len() as u64).unwrap().trouble, None);
}

#[test]
fn a_program_that_is_not_there_is_our_own_error() {
    let file = file(b"text");
    assert!(Worker::new(PathBuf::from("no/such/program")).inspect(&file, 4).is_err());
}

#[cfg(unix)]
fn signal(worker: &Worker, signal: i32) {
    let id = i32::try_from(worker.id().unwrap()).unwrap();
    // SAFETY: signals a child of this very test.
    assert_eq!(unsafe { libc::kill(id, signal) }, 0);
}

#[cfg(unix)]
#[test]
fn a_worker_that_hangs_is_ended_and_the_next_file_is_served() {
    // Long enough for a worker to start beside other work.
    let mut worker = worker().with_patience(Duration::from_secs(5));
    let bytes = shelf::jpeg(64, 48, 1);
    let good = file(&bytes);
    worker.inspect(&good, bytes.len() as u64).unwrap();
    let hung = worker.id();
    signal(&worker, libc::SIGSTOP);
    let seen = worker.inspect(&good, bytes.len() as u64).unwrap();
    assert_eq!(seen.trouble, Some(Trouble::TimedOut { seconds: 5 }));
    assert_eq!(seen.kind, Kind::Jpeg, "the kind is known by the head alone");
    assert_eq!(worker.inspect(&good, bytes.len() as u64).unwrap().trouble, None);
    assert_ne!(worker.id(), hung);
}

#[cfg(unix)]
#[test]
fn a_worker_that_was_killed_between_two_files_is_no_fault_of_the_next() {
    let mut worker = worker();
    let bytes = shelf::jpeg(64, 48, 1);
    let good = file(&bytes);
    for _ in 0..3 {
        assert_eq!(worker.inspect(&good, bytes.len() as u64).unwrap().trouble, None);
        signal(&worker, libc::SIGKILL);
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_eats_all_memory_kills_the_worker_and_nothing_else() {
    let mut worker = worker();
    let bomb = shelf::pdf_with_a_bomb();
    let seen = worker.inspect(&file(&bomb), bomb.len() as u64).unwrap();
    assert!(matches!(seen.trouble, Some(Trouble::WorkerDied | Trouble::TimedOut { .. } | Trouble::Damaged { .. })), "{seen:?}");
    let bytes = shelf::jpeg(64, 48, 1);
    assert_eq!(worker.inspect(&file(&bytes), bytes.len() as u64).unwrap().trouble, None);
}

#[cfg(target_os = "linux")]
#[test]
fn the_worker_ends_with_the_program_that_asks() {
    let mut worker = worker();
    let bytes = shelf::jpeg(64, 48, 1);
    worker.inspect(&file(&bytes), bytes.len() as u64).unwrap();
    let id = worker.id().unwrap();
    drop(worker);
    assert!(!std::path::Path::new(&format!("/proc/{id}")).exists());
}
