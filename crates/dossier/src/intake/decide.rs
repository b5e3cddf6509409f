//! The verdict of one file: by its bytes, by what a look into it says, and by what may not be kept.

use scans::{Inspected, Kind, PageFacts, Trouble};

use super::ahead::{Come, look};
use super::copied::Copied;
use super::door::{Door, Run};
use super::path::{joined, split};
use super::suggest::suggest;
use super::{classified, sensitive, survey};
use crate::domain::{Description, KitFile, Paging, Reason, Verdict};
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

/// Whether the clerk has said yes to a file that states more pages than it has, or is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    None,
    Yes,
}

/// What a piece is made of, beside its bytes.
pub(super) struct Piece {
    pub kind: Kind,
    pub pages: Vec<PageFacts>,
    pub text: String,
    pub note: String,
    pub rendition: Option<Incoming>,
    pub paging: Option<Paging>,
}

impl Door<'_> {
    /// Adds the verdict of one file to what is written down next, and the piece with it.
    pub(super) fn decide(&mut self, candidate: &Candidate, come: Come, answer: Answer, stand: Stand, run: &mut Run<'_, '_>) -> Result<()> {
        let mut pile = false;
        let outcome = match come.copied {
            Copied::Decided(verdict) => judged(verdict, None, 0),
            Copied::Here(incoming) => match self.by_bytes(candidate, &incoming, run)? {
                Some(outcome) => outcome,
                None => {
                    let looked = match come.looked {
                        Some(looked) => looked,
                        None => look(self.worker, &incoming)?,
                    };
                    pile = looked.pile;
                    self.by_content(candidate, incoming, looked.inspected, answer, stand, run)?
                }
            },
        };
        run.group.add(candidate, outcome, pile);
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
        inspected: Inspected,
        answer: Answer,
        stand: Stand,
        run: &mut Run<'_, '_>,
    ) -> Result<Outcome> {
        let Inspected { kind, pages, text, extent, trouble } = inspected;
        let (folder, name) = split(&candidate.path);
        // Known and sound, but without pages of its own.
        let is_pageless = trouble == Some(Trouble::Unsupported);
        if kind.is_archive() && is_pageless {
            let verdict = self.open_archive(candidate, &incoming, kind, stand.depth, run)?;
            return Ok(judged(verdict, Some(kind), 0));
        }
        let classified = || Outcome::Classified { shown: joined(folder, &survey::nameless(stand.place, name)) };
        if classified::in_text(&text) {
            return Ok(classified());
        }
        let mut piece = Piece { kind, pages, text, note: String::new(), rendition: None, paging: None };
        let mut trouble = trouble;
        if kind.is_attachment() && is_pageless {
            trouble = None;
            // This takes long: what was decided before is told first.
            self.settle(run)?;
            self.print(name, &incoming, &mut piece, run.watch)?;
            if classified::in_text(&piece.text) {
                return Ok(classified());
            }
        }
        let count = piece.pages.len() as u32;
        if let Some(verdict) = held_back(kind, trouble, count, answer) {
            return Ok(judged(verdict, Some(kind), count));
        }
        let marks = sensitive::marks(name, &piece.text);
        if answer == Answer::None && !marks.is_empty() {
            return Ok(judged(Verdict::Pending { reason: Reason::Sensitive { marks } }, Some(kind), count));
        }
        if kind == Kind::Mail {
            // What is attached comes first: a stop within it leaves the message to be gone on with.
            match self.open_archive(candidate, &incoming, kind, stand.depth, run)? {
                Verdict::Unpacked { decorations, .. } => piece.paging = (decorations > 0).then_some(Paging::Opened { decorations }),
                opened => return Ok(judged(opened, Some(kind), 0)),
            }
        }
        if piece.rendition.is_none() {
            piece.note = extent.map(self.extent).unwrap_or_default();
        }
        Ok(self.let_in(candidate, incoming, piece))
    }

    /// Makes a piece of what was looked into.
    pub(super) fn let_in(&self, candidate: &Candidate, incoming: Incoming, piece: Piece) -> Outcome {
        let Piece { kind, pages, text, note, rendition, paging } = piece;
        let (folder, name) = split(&candidate.path);
        let mut suggestion = suggest(self.known, folder, name, &text);
        self.learned.improve(&mut suggestion, folder);
        let description = Description { title: suggestion.title.clone(), note, ..Description::default() };
        let (name, folder, suggestion) = (name.to_owned(), folder.to_owned(), Some(suggestion));
        let coming = Coming { kind, name, folder, pages, text, description, suggestion };
        Outcome::Accepted(Box::new(Accepted { incoming, rendition, paging, coming }))
    }
}

/// The verdict of a file that is not let in, or not without a yes, for what is wrong with its pages.
fn held_back(kind: Kind, trouble: Option<Trouble>, pages: u32, answer: Answer) -> Option<Verdict> {
    let is_short = matches!(trouble, Some(Trouble::FewerPages { .. })) && pages > 0;
    let reason = match trouble {
        // The clerk has said yes to the pages that are there.
        Some(_) if is_short && answer == Answer::Yes => return None,
        Some(Trouble::Encrypted) if kind == Kind::Pdf => Reason::Locked { marks: Vec::new() },
        Some(trouble) => Reason::Trouble { kind, trouble },
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
