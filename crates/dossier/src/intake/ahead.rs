//! Looking ahead: the next files are copied, hashed and looked into while the one before is decided on.
//!
//! One thread copies, [`LOOKERS`] workers look, and everything is handed on in the order listed. What is looked at ahead is
//! a fixed number of files, so memory does not grow with a batch.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use scans::worker::Worker;
use scans::{Inspected, Kind, Watch};

use super::copied::{Copied, copy};
use super::path::split;
use crate::domain::{KitFile, SheetCode, Verdict};
use crate::error::{Error, Result};
use crate::store::{Candidate, Incoming, Store};

/// Workers that look into files at the same time: as many as there are cores, but each may need some hundred MiB.
const LOOKERS: RangeInclusive<usize> = 2..=4;
/// Files that are copied before their turn comes.
const AHEAD: usize = 32;
/// How long the one who decides waits for a file before it does something else.
const IDLE: Duration = Duration::from_millis(500);
/// Pages that a pile has at least: a sheet, a piece, and another one.
const LEAST_PAGES: usize = 3;

/// What a worker saw of a file.
#[derive(Debug)]
pub(super) struct Looked {
    pub inspected: Inspected,
    /// Its first page is a 分隔页.
    pub pile: bool,
}

/// A file whose turn it is.
pub(super) struct Come {
    pub copied: Copied,
    /// `None` where the bytes alone decide, or have been looked into under another name.
    pub looked: Option<Looked>,
}

impl Come {
    /// Decided on without its bytes.
    pub fn decided(verdict: Verdict) -> Self {
        Self { copied: Copied::Decided(verdict), looked: None }
    }
}

/// Hands on every file in the order listed. `idle` is called while none is ready.
pub(super) fn ahead(
    store: &Store,
    worker: &Worker,
    waiting: &[(Candidate, usize)],
    watch: &Watch,
    mut take: impl FnMut(Next<'_>) -> Result<()>,
) -> Result<()> {
    thread::scope(|scope| {
        let (line_up, in_order) = sync_channel(AHEAD);
        let (hand_on, to_look) = sync_channel::<ToLook>(0);
        let to_look = Arc::new(Mutex::new(to_look));
        for _ in 0..lookers().min(waiting.len()) {
            let (to_look, worker) = (Arc::clone(&to_look), worker.another());
            scope.spawn(move || look_at_all(worker, &to_look));
        }
        // The lookers alone hold it: when none is left, nothing can be handed on.
        drop(to_look);
        let copier = scope.spawn(move || copy_all(store, waiting, watch, &line_up, &hand_on));
        for (candidate, place) in waiting {
            let Some(coming) = wait(&in_order, &mut take)? else { break };
            let Some(come) = wait(&coming, &mut take)? else { break };
            take(Next::File(candidate, *place, Box::new(come?)))?;
        }
        drop(in_order);
        copier.join().expect("copying does not panic")
    })
}

/// What comes next.
pub(super) enum Next<'c> {
    File(&'c Candidate, usize, Box<Come>),
    /// Nothing is ready yet.
    Idle,
}

/// A file that waits to be looked into, and where to tell what was seen.
type ToLook = (Incoming, SyncSender<Result<Come>>);

fn wait<T>(from: &Receiver<T>, take: &mut impl FnMut(Next<'_>) -> Result<()>) -> Result<Option<T>> {
    loop {
        match from.recv_timeout(IDLE) {
            Ok(come) => return Ok(Some(come)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => take(Next::Idle)?,
        }
    }
}

fn lookers() -> usize {
    let cores = thread::available_parallelism().map_or(*LOOKERS.start(), NonZeroUsize::get);
    cores.clamp(*LOOKERS.start(), *LOOKERS.end())
}

/// Copies in the order listed, until the clerk stops or nobody takes what was copied.
fn copy_all(
    store: &Store,
    waiting: &[(Candidate, usize)],
    watch: &Watch,
    line_up: &SyncSender<Receiver<Result<Come>>>,
    hand_on: &SyncSender<ToLook>,
) -> Result<()> {
    let mut seen = HashSet::new();
    for (candidate, _) in waiting {
        watch.go_on()?;
        let copied = copy(store, candidate, watch)?;
        let (tell, told) = sync_channel(1);
        if line_up.send(told).is_err() {
            break;
        }
        let looked_into = match &copied {
            Copied::Decided(_) => true,
            Copied::Here(incoming) => {
                KitFile::named(split(&candidate.path).1).is_some()
                    || !seen.insert(incoming.digest)
                    || store.by_digest(incoming.digest)?.is_some()
            }
        };
        let gone = match copied {
            Copied::Here(incoming) if !looked_into => hand_on.send((incoming, tell)).is_err(),
            copied => tell.send(Ok(Come { copied, looked: None })).is_err(),
        };
        if gone {
            break;
        }
    }
    Ok(())
}

fn look_at_all(mut worker: Worker, to_look: &Mutex<Receiver<ToLook>>) {
    loop {
        let next = to_look.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((incoming, tell)) = next else { return };
        let looked = look(&mut worker, &incoming);
        // Nobody listens any more when the act has ended.
        let _ = tell.send(looked.map(|looked| Come { copied: Copied::Here(incoming), looked: Some(looked) }));
    }
}

/// Looks into a file, and for a sheet on top of it.
pub(super) fn look(worker: &mut Worker, incoming: &Incoming) -> Result<Looked> {
    let file = incoming.open()?;
    let program = worker.program().to_owned();
    let started = |source| Error::NoWorker { program: program.clone(), source };
    let inspected = worker.inspect(&file, incoming.bytes).map_err(started)?;
    let scanned = matches!(inspected.kind, Kind::Pdf | Kind::Tiff) && inspected.trouble.is_none();
    let may_be_pile = scanned && inspected.pages.len() >= LEAST_PAGES && inspected.pages.iter().all(|page| page.pixels.is_some());
    let code = if may_be_pile { worker.code(&file, incoming.bytes, 0).map_err(started)? } else { None };
    let pile = code.and_then(|code| SheetCode::read(&code)).is_some();
    Ok(Looked { inspected, pile })
}
