//! Files that wait for the clerk: a yes, or a password.

use scans::{Inspected, Kind, Rewriting, Trouble, Watch};

use super::ahead::{Come, Looked, look};
use super::copied::Copied;
use super::decide::{Answer, Piece, Stand, judged};
use super::door::{BatchReport, Door, Run};
use super::path::{joined, split};
use super::survey::Places;
use super::{classified, sensitive, survey};
use crate::domain::{Mark, Reason, Suggestion, Verdict};
use crate::error::{Error, Result};
use crate::store::{Candidate, CandidateId, Decided, Deed, Incoming, Outcome, Pieces};

impl Door<'_> {
    /// Lets in a file that waits for the clerk's yes; it is read again from where it lies. Where something else is found than what
    /// was asked, the clerk is asked again.
    ///
    /// # Errors
    /// Of the project's own disk; [`Error::NoSuchCandidate`] for a file that does not wait; [`Error::SourceGone`].
    pub fn confirm(&mut self, id: CandidateId) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason: asked }) = &candidate.verdict else { return Err(Error::NoSuchCandidate) };
        still_there(&candidate)?;
        let copied = self.fetch(&candidate)?;
        let watch = Watch::silent();
        let mut ignored = |_: &Candidate, _: Option<&Suggestion>| Ok(());
        let mut run = Run::new(BatchReport::of(candidate.batch), 1, &watch, &mut ignored);
        self.decide(&candidate, Come { copied, looked: None }, Answer::Yes(asked), self.stand(&candidate)?, &mut run)?;
        self.settle(&mut run)?;
        self.placed(&candidate)
    }

    /// The [`Stand`] that a file had in its batch.
    pub(super) fn stand(&self, candidate: &Candidate) -> Result<Stand> {
        let mut depth = 0;
        let mut above = candidate.within;
        while let Some(within) = above {
            depth += 1;
            above = self.store.candidate(within.archive)?.within;
        }
        let beside = match candidate.within {
            Some(within) => self.store.members(within.archive)?,
            None => self.store.candidates(candidate.batch)?.into_iter().filter(|other| other.within.is_none()).collect(),
        };
        let mut places = Places::default();
        let stands = beside.iter().find_map(|file| {
            let (folder, name) = split(&file.path);
            let place = places.next(folder, name);
            (file.id == candidate.id).then_some(place)
        });
        Ok(Stand { place: stands.unwrap_or_default(), depth })
    }

    /// What waited, as it stands now, with a line in the journal; what came back in a kit has its place by it.
    fn placed(&mut self, candidate: &Candidate) -> Result<(Candidate, Option<Suggestion>)> {
        self.refuse_above(candidate.id)?;
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
    /// [`Error::WrongPassword`]; [`Error::SourceGone`]; [`Error::NoSuchCandidate`] for a file that does not wait for one; of the project's own disk.
    pub fn unlock(&mut self, id: CandidateId, password: &str) -> Result<(Candidate, Option<Suggestion>)> {
        let candidate = self.store.candidate(id)?;
        let Some(Verdict::Pending { reason: Reason::Locked { marks, fewer } }) = &candidate.verdict else {
            return Err(Error::NoSuchCandidate);
        };
        still_there(&candidate)?;
        let outcome = match self.fetch(&candidate)? {
            Copied::Decided(verdict) => judged(verdict, None, 0),
            Copied::Here(incoming) => self.unlocked(&candidate, incoming, password, (marks, fewer.as_ref()))?,
        };
        self.store.settle(vec![Decided { candidate: id, outcome }])?;
        self.placed(&candidate)
    }

    /// `asked`: what the clerk was told of the file before giving its password again.
    fn unlocked(
        &mut self,
        candidate: &Candidate,
        incoming: Incoming,
        password: &str,
        asked: (&[Mark], Option<&Trouble>),
    ) -> Result<Outcome> {
        let (folder, name) = split(&candidate.path);
        let judged = |verdict: Verdict| Ok(judged(verdict, Some(Kind::Pdf), 0));
        let refused = |trouble| Verdict::Refused { reason: Reason::Trouble { kind: Kind::Pdf, trouble } };
        if let Some(of) = self.store.by_digest(incoming.digest)? {
            incoming.discard();
            return judged(Verdict::Duplicate { of });
        }
        let made = match self.rewritten(&incoming, Rewriting::Unlocked(password.to_owned()), &[])? {
            Ok((made, _)) => made,
            Err(Trouble::Encrypted) => return Err(Error::WrongPassword { name: name.to_owned() }),
            Err(trouble) => return judged(refused(trouble)),
        };
        let Looked { inspected: Inspected { pages, text, trouble, .. }, pile } = look(self.worker, &made)?;
        let is_short = matches!(trouble, Some(Trouble::FewerPages { .. })) && !pages.is_empty();
        let fewer = match trouble {
            Some(trouble) if !is_short => return judged(refused(trouble)),
            fewer => fewer,
        };
        if classified::in_text(&text) {
            let shown = joined(folder, &survey::nameless(self.stand(candidate)?.place, name));
            return Ok(Outcome::Classified { shown, reason: Reason::Classified });
        }
        let marks = sensitive::marks(name, &[&text]);
        let is_known = marks.iter().all(|mark| asked.0.contains(mark)) && (fewer.is_none() || fewer.as_ref() == asked.1);
        if !is_known {
            return judged(Verdict::Pending { reason: Reason::Locked { marks, fewer } });
        }
        let piece = Piece {
            kind: Kind::Pdf,
            pages,
            text,
            note: String::new(),
            rendition: Some(made),
            paging: None,
            trouble: None,
            pile,
            shot: None,
        };
        Ok(self.let_in(candidate, incoming, piece))
    }
}

/// A stick that was pulled out is no reason to refuse what the clerk has just said yes to.
fn still_there(candidate: &Candidate) -> Result<()> {
    let source = &candidate.source;
    if source.as_os_str().is_empty() || source.exists() {
        Ok(())
    } else {
        Err(Error::SourceGone { name: split(&candidate.path).1.to_owned() })
    }
}
