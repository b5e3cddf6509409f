//! The verdict of one file: by its bytes, by what a look into it says, and by what may not be kept.

use scans::{Inspected, Kind, PageFacts, Shot, Trouble};

use super::ahead::{Come, Looked, look};
use super::copied::Copied;
use super::door::{Door, Run};
use super::path::{joined, split};
use super::suggest::{Clues, ask_for_form, suggest};
use super::{classified, sensitive, survey};
use crate::domain::{Description, KitFile, Mark, Paging, Reason, Verdict};
use crate::error::Result;
use crate::store::{Accepted, Candidate, Coming, Incoming, Outcome};

/// The page that stands for an attachment: A4.
pub const SLIP: PageFacts = PageFacts { width_pt: 595.28, height_pt: 841.89, pixels: None, dpi: None };

/// Where a file stands: which of its folder's files it is, and in how many archives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stand {
    pub place: usize,
    pub depth: u64,
}

/// Whether the clerk has said yes to a file that states more pages than it has, or is marked, and to what of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answer<'a> {
    None,
    Yes(&'a Reason),
}

impl Answer<'_> {
    /// Whether the clerk's yes covers what was found now: the file may be another one by now.
    fn covers_pages(self, found: &Trouble) -> bool {
        match self {
            Self::Yes(Reason::Trouble { trouble, .. }) => trouble == found,
            Self::Yes(Reason::Sensitive { fewer, .. }) => fewer.as_ref() == Some(found),
            Self::Yes(_) | Self::None => false,
        }
    }

    fn covers_marks(self, found: &[Mark]) -> bool {
        let asked: &[Mark] = match self {
            Self::Yes(Reason::Sensitive { marks, .. } | Reason::Attached { marks }) => marks,
            Self::Yes(_) | Self::None => &[],
        };
        found.iter().all(|mark| asked.contains(mark))
    }
}

/// What may be kept of a file for the sake of what lies in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attached {
    Plain,
    /// Something in it waits for the clerk.
    Doubtful,
    /// The clerk has said no to something in it.
    Declined,
    Classified,
}

/// What a piece is made of, beside its bytes.
pub(super) struct Piece {
    pub kind: Kind,
    pub pages: Vec<PageFacts>,
    pub text: String,
    pub note: String,
    pub rendition: Option<Incoming>,
    pub paging: Option<Paging>,
    /// What is wrong with it, to which the clerk has said yes.
    pub trouble: Option<Trouble>,
    /// A 分隔页 lies on top of it.
    pub pile: bool,
    /// Of a picture that a camera took.
    pub shot: Option<Shot>,
}

impl Door<'_> {
    /// Adds the verdict of one file to what is written down next, and the piece with it.
    pub(super) fn decide(
        &mut self,
        candidate: &Candidate,
        come: Come,
        answer: Answer<'_>,
        stand: Stand,
        run: &mut Run<'_, '_>,
    ) -> Result<()> {
        let outcome = match come.copied {
            Copied::Decided(verdict) => judged(verdict, None, 0),
            Copied::Here(incoming) => match self.by_bytes(candidate, &incoming, run)? {
                Some(outcome) => {
                    match outcome {
                        // What lies here may be damaged: the same bytes come as called.
                        Outcome::Judged { verdict: Verdict::Duplicate { .. }, .. } => self.store.mend(incoming)?,
                        _ => incoming.discard(),
                    }
                    outcome
                }
                None => {
                    let looked = match come.looked {
                        Some(looked) => looked,
                        None => look(self.worker, &incoming)?,
                    };
                    self.by_content(candidate, incoming, looked, answer, stand, run)?
                }
            },
        };
        run.group.add(candidate, outcome);
        Ok(())
    }

    /// What is decided without a look into the file: it is a kit's own, or here already.
    fn by_bytes(&mut self, candidate: &Candidate, incoming: &Incoming, run: &Run<'_, '_>) -> Result<Option<Outcome>> {
        if let Some(ours) = KitFile::named(split(&candidate.path).1) {
            match ours {
                KitFile::Manifest => self.meet_kit(candidate, incoming)?,
                KitFile::Form => self.meet_form(candidate, incoming)?,
                KitFile::Marker | KitFile::Other => {}
            }
            return Ok(Some(judged(Verdict::Ignored { reason: Reason::KitFile }, None, 0)));
        }
        if run.group.holds(incoming.digest) {
            return Ok(Some(Outcome::Same { digest: incoming.digest }));
        }
        let duplicate = self.store.by_digest(incoming.digest)?;
        Ok(duplicate.map(|of| judged(Verdict::Duplicate { of }, None, 0)))
    }

    fn by_content(
        &mut self,
        candidate: &Candidate,
        incoming: Incoming,
        looked: Looked,
        answer: Answer<'_>,
        stand: Stand,
        run: &mut Run<'_, '_>,
    ) -> Result<Outcome> {
        let Looked { inspected: Inspected { kind, pages, text, extent, shot, signed, trouble }, pile } = looked;
        let (folder, name) = split(&candidate.path);
        // Known and sound, but without pages of its own.
        let is_pageless = trouble == Some(Trouble::Unsupported);
        if kind.is_archive() && is_pageless {
            let verdict = self.open_archive(candidate, &incoming, kind, stand.depth, run)?;
            if self.told_of_attached(candidate, run)? == Attached::Plain {
                incoming.discard();
            }
            return Ok(judged(verdict, Some(kind), 0));
        }
        if kind == Kind::Text && candidate.source == self.store.vault().path(incoming.digest) {
            return self.held_place(candidate, incoming);
        }
        let classified = |reason| Outcome::Classified { shown: joined(folder, &survey::nameless(stand.place, name)), reason };
        if classified::in_text(&text) {
            return Ok(classified(Reason::Classified));
        }
        let paging = signed.then_some(Paging::Signed);
        let mut piece = Piece { kind, pages, text, note: String::new(), rendition: None, paging, trouble: None, pile, shot };
        let mut printed = String::new();
        let mut trouble = trouble;
        if kind.is_attachment() && is_pageless {
            trouble = None;
            // This takes long: what was decided before is told first.
            self.settle(run)?;
            printed = self.print(name, &incoming, &mut piece, run.watch)?;
            if classified::in_text(&printed) {
                return Ok(classified(Reason::Classified));
            }
        }
        let count = piece.pages.len() as u32;
        if let Some(verdict) = held_back(kind, trouble.as_ref(), count, answer) {
            return Ok(judged(verdict, Some(kind), count));
        }
        let marks = sensitive::marks(name, &[&piece.text, &printed]);
        if !answer.covers_marks(&marks) {
            return Ok(judged(Verdict::Pending { reason: Reason::Sensitive { marks, fewer: trouble } }, Some(kind), count));
        }
        if kind == Kind::Mail {
            // What is attached comes first: a stop within it leaves the message to be gone on with.
            match self.open_archive(candidate, &incoming, kind, stand.depth, run)? {
                Verdict::Unpacked { decorations, .. } => piece.paging = (decorations > 0).then_some(Paging::Opened { decorations }),
                opened => return Ok(judged(opened, Some(kind), 0)),
            }
            match self.told_of_attached(candidate, run)? {
                Attached::Classified => return Ok(classified(Reason::ClassifiedAttached)),
                Attached::Declined => return Ok(judged(Verdict::Refused { reason: Reason::DeclinedAttached }, Some(kind), count)),
                Attached::Doubtful => return Ok(judged(Verdict::Pending { reason: Reason::Attached { marks } }, Some(kind), count)),
                Attached::Plain => {}
            }
        }
        if piece.rendition.is_none() {
            piece.note = extent.map(self.extent).unwrap_or_default();
        }
        piece.trouble = trouble;
        Ok(self.let_in(candidate, incoming, piece))
    }

    /// What became of all that lies in a message or an archive, however deep: its bytes hold theirs.
    fn told_of_attached(&self, holder: &Candidate, run: &mut Run<'_, '_>) -> Result<Attached> {
        self.settle(run)?;
        let verdicts = self.store.verdicts_below(holder.id)?;
        Ok(if verdicts.iter().any(Verdict::is_classified) {
            Attached::Classified
        } else if verdicts.iter().any(Verdict::is_declined) {
            Attached::Declined
        } else if verdicts.iter().any(Verdict::is_doubtful) {
            Attached::Doubtful
        } else {
            Attached::Plain
        })
    }

    /// Makes a piece of what was looked into.
    pub(super) fn let_in(&self, candidate: &Candidate, incoming: Incoming, piece: Piece) -> Outcome {
        let Piece { kind, pages, text, note, rendition, paging, trouble, pile, shot } = piece;
        let (folder, name) = split(&candidate.path);
        let shot = shot.map(|shot| self.known.believed(shot, self.today));
        let mut suggestion = suggest(self.known, &Clues { folder, name, text: &text, kind, shot });
        if self.learned.improve(&mut suggestion, folder) {
            ask_for_form(self.known.catalogue(), &mut suggestion, kind);
        }
        let description = Description { title: suggestion.title.clone(), note, ..Description::default() };
        let (name, folder, suggestion) = (name.to_owned(), folder.to_owned(), Some(suggestion));
        let coming = Coming { kind, name, folder, pages, text, description, suggestion, trouble };
        Outcome::Accepted(Box::new(Accepted { incoming, rendition, paging, pile, coming }))
    }
}

/// The verdict of a file that is not let in, or not without a yes, for what is wrong with its pages.
fn held_back(kind: Kind, trouble: Option<&Trouble>, pages: u32, answer: Answer<'_>) -> Option<Verdict> {
    let is_short = matches!(trouble, Some(Trouble::FewerPages { .. })) && pages > 0;
    let reason = match trouble {
        // The clerk has said yes to the pages that are there.
        Some(trouble) if is_short && answer.covers_pages(trouble) => return None,
        Some(Trouble::Encrypted) if kind == Kind::Pdf => Reason::Locked { marks: Vec::new(), fewer: None },
        Some(trouble) => Reason::Trouble { kind, trouble: trouble.clone() },
        // 0 pages is never success, whatever a reader says.
        None if pages == 0 => Reason::Trouble { kind, trouble: Trouble::NoPages },
        None => return None,
    };
    let can_be_let_in = is_short || matches!(reason, Reason::Locked { .. });
    Some(if can_be_let_in { Verdict::Pending { reason } } else { Verdict::Refused { reason } })
}

/// The outcome of a file that does not become a piece.
pub(super) fn judged(verdict: Verdict, kind: Option<Kind>, pages: u32) -> Outcome {
    Outcome::Judged { verdict, kind, pages }
}
