//! Verdicts that wait to be written down together, and how many of them may wait for how long.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use scans::Digest;

use super::door::{Door, Run};
use crate::domain::{Suggestion, Verdict};
use crate::error::Result;
use crate::store::{Candidate, Decided, Outcome};

/// Files whose verdicts wait at most.
const FILES: usize = 64;
/// Bytes that wait to be synced at most, by what is written behind the last file.
const BYTES: u64 = 64 << 20;
/// How long a verdict waits for others before it is told.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct Group {
    waiting: Vec<Waiting>,
    /// Of the pieces that wait.
    digests: HashSet<Digest>,
    bytes: u64,
    since: Option<Instant>,
}

#[derive(Debug)]
struct Waiting {
    decided: Decided,
    suggestion: Option<Suggestion>,
}

impl Group {
    pub fn add(&mut self, candidate: &Candidate, outcome: Outcome) {
        let mut suggestion = None;
        if let Outcome::Accepted(accepted) = &outcome {
            self.digests.insert(accepted.incoming.digest);
            self.bytes += accepted.incoming.bytes + accepted.rendition.as_ref().map_or(0, |made| made.bytes);
            suggestion.clone_from(&accepted.coming.suggestion);
        }
        self.since.get_or_insert_with(Instant::now);
        self.waiting.push(Waiting { decided: Decided { candidate: candidate.id, outcome }, suggestion });
    }

    /// Whether a piece of these bytes waits.
    pub fn holds(&self, digest: Digest) -> bool {
        self.digests.contains(&digest)
    }

    /// Whether it is to be written down now.
    pub fn is_due(&self) -> bool {
        self.waiting.len() >= FILES || self.bytes >= BYTES || self.since.is_some_and(|since| since.elapsed() >= PATIENCE)
    }
}

impl Door<'_> {
    /// Writes down what waits, and then tells it.
    ///
    /// # Errors
    /// Of the project's own disk: none of what waited has a verdict then.
    pub(super) fn settle(&self, run: &mut Run<'_, '_>) -> Result<()> {
        let Group { waiting, .. } = std::mem::take(&mut run.group);
        let (told, decided): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|one| ((one.decided.candidate, one.suggestion), one.decided)).unzip();
        let verdicts = self.store.settle(decided)?;
        for ((id, suggestion), verdict) in told.into_iter().zip(verdicts) {
            run.report.count(&verdict);
            let is_accepted = matches!(verdict, Verdict::Accepted { .. });
            (run.seen)(&self.store.candidate(id)?, suggestion.as_ref().filter(|_| is_accepted))?;
        }
        Ok(())
    }

    pub(super) fn settle_if_due(&self, run: &mut Run<'_, '_>) -> Result<()> {
        if run.group.is_due() { self.settle(run) } else { Ok(()) }
    }
}
