//! Progress out, cancel in: how long work is followed and stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The clerk stopped the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped by the clerk")]
pub struct Cancelled;

/// Progress of a long act.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// Steps done and steps in all (files, or sheets); `total` is 0 while it is not known yet.
    pub done: u64,
    pub total: u64,
    /// What it is on: a file name or a piece.
    pub on: String,
}

type Report = dyn Fn(Progress) + Send + Sync;

/// Carried through a long act; cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    report: Arc<Report>,
}

impl Watch {
    /// A watch that hands every step to `report`. The receiver throttles; the act does not.
    pub fn new(report: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self { stop: Arc::default(), report: Arc::new(report) }
    }

    /// For acts that nobody follows.
    pub fn silent() -> Self {
        Self::new(|_| {})
    }

    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Follows a part of a longer act: `before` steps are done already, of `total` in all. Cancelling one cancels both.
    pub fn part(&self, before: u64, total: u64) -> Self {
        let report = Arc::clone(&self.report);
        let whole = move |progress: Progress| report(Progress { done: before + progress.done, total, on: progress.on });
        Self { stop: Arc::clone(&self.stop), report: Arc::new(whole) }
    }

    /// Asked between steps.
    ///
    /// # Errors
    /// [`Cancelled`] once [`Watch::cancel`] was called.
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if self.stop.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    pub fn step(&self, done: u64, total: u64, on: impl Into<String>) {
        (self.report)(Progress { done, total, on: on.into() });
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::silent()
    }
}
