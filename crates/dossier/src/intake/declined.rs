//! Files that wait for the clerk, and are not wanted.

use super::decide::judged;
use super::door::Door;
use super::path::{joined, split};
use super::survey;
use crate::domain::{Reason, Verdict};
use crate::error::{Error, Result};
use crate::store::{Candidate, CandidateId, Decided, Outcome};

impl Door<'_> {
    /// 不收: refuses a file that waits, and the messages that hold it. Nothing of it was kept, and the original stays where it lies;
    /// handed in again, it waits again.
    ///
    /// # Errors
    /// Of the project's own disk; [`Error::NoSuchCandidate`] for a file that does not wait.
    pub fn decline(&self, id: CandidateId) -> Result<Candidate> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason }) = candidate.verdict else { return Err(Error::NoSuchCandidate) };
        let verdict = Verdict::Refused { reason: Reason::Declined { of: Box::new(reason) } };
        self.store.settle(vec![Decided { candidate: id, outcome: judged(verdict, candidate.kind, candidate.pages) }])?;
        self.refuse_above(id)?;
        self.store.candidate(id)
    }

    /// Refuses the messages that hold what was just refused for what stands in it, where they wait: their bytes hold it.
    pub(super) fn refuse_above(&self, refused: CandidateId) -> Result<()> {
        let refused = self.store.candidate(refused)?;
        let Some(verdict) = refused.verdict.filter(|verdict| verdict.is_classified() || verdict.is_declined()) else { return Ok(()) };
        let mut above = refused.within;
        while let Some(within) = above {
            let holder = self.store.candidate(within.archive)?;
            above = holder.within;
            if matches!(holder.verdict, Some(Verdict::Pending { .. })) {
                let outcome = if verdict.is_classified() {
                    let (folder, name) = split(&holder.path);
                    let shown = joined(folder, &survey::nameless(self.stand(&holder)?.place, name));
                    Outcome::Classified { shown, reason: Reason::ClassifiedAttached }
                } else {
                    judged(Verdict::Refused { reason: Reason::DeclinedAttached }, holder.kind, holder.pages)
                };
                self.store.settle(vec![Decided { candidate: holder.id, outcome }])?;
            }
        }
        Ok(())
    }
}
