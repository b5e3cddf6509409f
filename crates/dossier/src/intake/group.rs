//! Verdicts that wait to be written down together, and how many of them may wait for how long.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use scans::Digest;

use super::door::{Door, Run};
use crate::domain::{DocumentId, Suggestion, Verdict};
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
    pile: bool,
}

impl Group {
    pub fn add(&mut self, candidate: &Candidate, outcome: Outcome, pile: bool) {
        let mut suggestion = None;
        if let Outcome::Accepted(accepted) = &outcome {
            self.digests.insert(accepted.incoming.digest);
            self.bytes += accepted.incoming.bytes + accepted.rendition.as_ref().map_or(0, |made| made.bytes);
            suggestion.clone_from(&accepted.coming.suggestion);
        }
        self.since.get_or_insert_with(Instant::now);
        self.waiting.push(Waiting { decided: Decided { candidate: candidate.id, outcome }, suggestion, pile });
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
        let (decided, rest): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|one| ((one.decided.candidate, one.decided), (one.suggestion, one.pile))).unzip();
        let (ids, decided): (Vec<_>, Vec<_>) = decided.into_iter().unzip();
        let verdicts = self.store.settle(decided)?;
        for ((id, (suggestion, pile)), verdict) in ids.into_iter().zip(rest).zip(verdicts) {
            run.report.count(&verdict);
            let accepted: Option<DocumentId> = match verdict {
                Verdict::Accepted { document, .. } => Some(document),
                _ => None,
            };
            run.piles.extend(accepted.filter(|_| pile));
            (run.seen)(&self.store.candidate(id)?, suggestion.as_ref().filter(|_| accepted.is_some()))?;
        }
        Ok(())
    }

    pub(super) fn settle_if_due(&self, run: &mut Run<'_, '_>) -> Result<()> {
        if run.group.is_due() { self.settle(run) } else { Ok(()) }
    }
}
