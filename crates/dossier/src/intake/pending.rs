//! Files that wait for the clerk: a yes, or a password.

use scans::{Inspected, Kind, Rewriting, Trouble, Watch};

use super::ahead::{Come, look};
use super::copied::Copied;
use super::decide::{Answer, Piece, Stand, judged};
use super::door::{BatchReport, Door, Run};
use super::path::{joined, split};
use super::{classified, sensitive, survey};
use crate::domain::{Reason, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::store::{Candidate, CandidateId, Decided, Deed, Incoming, Outcome, Pieces};

impl Door<'_> {
    /// Lets in a file that waits for the clerk's yes; it is read again from where it lies.
    ///
    /// # Errors
    /// Of the project's own disk; [`Error::NoSuchCandidate`] for a file that does not wait.
    pub fn confirm(&mut self, id: CandidateId) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        if !matches!(candidate.verdict, Some(Verdict::Pending { .. })) {
            return Err(Error::NoSuchCandidate);
        }
        let copied = self.fetch(&candidate)?;
        let watch = Watch::silent();
        let mut ignored = |_: &Candidate, _: Option<&Suggestion>| Ok(());
        let mut run = Run::new(BatchReport::of(candidate.batch), 1, &watch, &mut ignored);
        self.decide(&candidate, Come { copied, looked: None }, Answer::Yes, Stand::default(), &mut run)?;
        self.settle(&mut run)?;
        self.placed(&candidate)
    }

    /// What waited, as it stands now, with a line in the journal; what came back in a kit has its place by it.
    fn placed(&self, candidate: &Candidate) -> Result<(Candidate, Option<Suggestion>)> {
        self.place_by_kits(candidate.batch)?;
        let now = self.store.candidate(candidate.id)?;
        let Some(Verdict::Accepted { document, .. }) = now.verdict else { return Ok((now, None)) };
        let first = split(&candidate.path).1.to_owned();
        self.store.note(&Deed::Confirm { pieces: Pieces { documents: vec![document], first } })?;
        let suggestion = self.store.suggestion(document)?;
        Ok((now, suggestion))
    }

    /// Opens a PDF that waits for its password, and lets it in: the original as it came, and a copy without the password
    /// that is shown and printed. The password is not written down anywhere.
    ///
    /// # Errors
    /// [`Error::WrongPassword`]; [`Error::NoSuchCandidate`] for a file that does not wait for one; of the project's own disk.
    pub fn unlock(&mut self, id: CandidateId, password: &str) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason: Reason::Locked { marks } }) = &candidate.verdict else {
            return Err(Error::NoSuchCandidate);
        };
        let is_looked_at = !marks.is_empty();
        let outcome = match self.fetch(&candidate)? {
            Copied::Decided(verdict) => judged(verdict, None, 0),
            Copied::Here(incoming) => self.unlocked(&candidate, incoming, password, is_looked_at)?,
        };
        self.store.settle(vec![Decided { candidate: id, outcome }])?;
        self.placed(&candidate)
    }

    fn unlocked(&mut self, candidate: &Candidate, incoming: Incoming, password: &str, is_looked_at: bool) -> Result<Outcome> {
        let (folder, name) = split(&candidate.path);
        let judged = |verdict: Verdict| Ok(judged(verdict, Some(Kind::Pdf), 0));
        let refused = |trouble| Verdict::Refused { reason: Reason::Trouble { kind: Kind::Pdf, trouble } };
        if let Some(of) = self.store.by_digest(incoming.digest)? {
            return judged(Verdict::Duplicate { of });
        }
        let made = match self.rewritten(&incoming, Rewriting::Unlocked(password.to_owned()), &[])? {
            Ok((made, _)) => made,
            Err(Trouble::Encrypted) => return Err(Error::WrongPassword { name: name.to_owned() }),
            Err(trouble) => return judged(refused(trouble)),
        };
        let Inspected { pages, text, trouble, .. } = look(self.worker, &made)?.inspected;
        if let Some(trouble) = trouble {
            return judged(refused(trouble));
        }
        if classified::in_text(&text) {
            return Ok(Outcome::Classified { shown: joined(folder, &survey::nameless(1, name)) });
        }
        let marks = sensitive::marks(name, &text);
        if !is_looked_at && !marks.is_empty() {
            return judged(Verdict::Pending { reason: Reason::Locked { marks } });
        }
        Ok(self.let_in(
            candidate,
            incoming,
            Piece { kind: Kind::Pdf, pages, text, note: String::new(), rendition: Some(made), paging: None },
        ))
    }
}
