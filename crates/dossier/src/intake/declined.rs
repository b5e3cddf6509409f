//! Files that wait for the clerk, and are not wanted.

use super::decide::judged;
use super::door::Door;
use crate::domain::{Reason, Verdict};
use crate::error::{Error, Result};
use crate::store::{Candidate, CandidateId, Decided};

impl Door<'_> {
    /// 不收: refuses a file that waits. Nothing of it was kept, and the original stays where it lies; handed in again, it waits again.
    ///
    /// # Errors
    /// Of the project's own disk; [`Error::NoSuchCandidate`] for a file that does not wait.
    pub fn decline(&self, id: CandidateId) -> Result<Candidate> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason }) = candidate.verdict else { return Err(Error::NoSuchCandidate) };
        let verdict = Verdict::Refused { reason: Reason::Declined { of: Box::new(reason) } };
        self.store.settle(vec![Decided { candidate: id, outcome: judged(verdict, candidate.kind, candidate.pages) }])?;
        self.store.candidate(id)
    }
}
