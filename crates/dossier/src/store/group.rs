//! Verdicts that are written down together: the bytes of all files, their names, and then one transaction.
//!
//! A group costs the disk hardly more than one file. None of it is told to anybody before all of it is durable, and a kill
//! at any moment leaves files without rows at most, which are taken away or found again.

use std::path::PathBuf;

use rusqlite::Connection;
use scans::{Digest, Kind, PageFacts, Trouble};

use crate::domain::{Description, DocumentId, IndicatorCode, Paging, Reason, Rendition, Suggestion, Verdict};
use crate::error::Result;

use super::placing::Placing;
use super::{CandidateId, Deed, Incoming, Listed, Pieces, Store, batch, document, evidence, journal, notes, suggestion};

/// What became of a file, not written down yet.
#[derive(Debug)]
pub struct Decided {
    pub candidate: CandidateId,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub enum Outcome {
    /// The file does not become a piece.
    Judged {
        verdict: Verdict,
        kind: Option<Kind>,
        pages: u32,
    },
    /// A classified paper, whose name is forgotten; `shown` stands for it in the report.
    Classified {
        shown: String,
        /// [`Reason::Classified`], or [`Reason::ClassifiedAttached`].
        reason: Reason,
    },
    /// It has the bytes of a piece that stands before it in its group.
    Same {
        digest: Digest,
    },
    Accepted(Box<Accepted>),
}

impl Outcome {
    /// It may not be kept for what stands in it, or the clerk does not want it.
    fn is_unwanted(&self) -> bool {
        match self {
            Self::Judged { verdict, .. } => {
                let is_declined = matches!(verdict, Verdict::Refused { reason: Reason::Declined { .. } | Reason::DeclinedAttached });
                is_declined || verdict.is_classified()
            }
            Self::Classified { .. } => true,
            Self::Same { .. } | Self::Accepted(_) => false,
        }
    }
}

/// A file that was looked into and shall become a piece.
#[derive(Debug)]
pub struct Accepted {
    /// Bytes in incoming/; they are kept before the row is written.
    pub incoming: Incoming,
    /// The PDF made of it, whose pages are the piece's.
    pub rendition: Option<Incoming>,
    /// How an OFD came to pages, or why it did not.
    pub paging: Option<Paging>,
    /// A 分隔页 lies on top of it.
    pub pile: bool,
    pub coming: Coming,
}

/// What is known of a piece when it comes in.
#[derive(Debug, Clone)]
pub struct Coming {
    pub kind: Kind,
    /// Name of the file, and the folder within the batch.
    pub name: String,
    pub folder: String,
    pub pages: Vec<PageFacts>,
    /// The text layer; empty where there is none.
    pub text: String,
    /// What is said of the piece from the start; usually only its title.
    pub description: Description,
    pub suggestion: Option<Suggestion>,
    /// What is wrong with it, where the clerk let it in nevertheless.
    pub trouble: Option<Trouble>,
}

/// A verdict with what its row needs; the bytes are kept already.
enum Row {
    Judged { verdict: Verdict, kind: Option<Kind>, pages: u32 },
    Classified { shown: String, reason: Reason },
    Same { digest: Digest },
    Piece(Box<Kept>),
}

/// A piece whose bytes are kept.
struct Kept {
    arrived: document::Arrived,
    paging: Option<Paging>,
    pile: bool,
    coming: Coming,
}

impl Store {
    /// Keeps the bytes of a group, then writes its verdicts, pieces, pages, texts and suggestions in one transaction. When this
    /// returns, all of it survives a power cut. Bytes that are a piece already are its duplicate.
    ///
    /// # Errors
    /// What the disk says; no verdict of the group is written then.
    pub fn settle(&self, group: Vec<Decided>) -> Result<Vec<Verdict>> {
        if group.is_empty() {
            return Ok(Vec::new());
        }
        let received_at = jiff::Timestamp::now();
        let mut placing = Placing::default();
        let mut rows = Vec::with_capacity(group.len());
        for Decided { candidate, outcome } in group {
            if outcome.is_unwanted() {
                self.take_unwanted(candidate)?;
            }
            let row = match outcome {
                Outcome::Judged { verdict, kind, pages } => Row::Judged { verdict, kind, pages },
                Outcome::Classified { shown, reason } => Row::Classified { shown, reason },
                Outcome::Same { digest } => Row::Same { digest },
                Outcome::Accepted(accepted) => self.kept(*accepted, received_at, &mut placing)?,
            };
            rows.push((candidate, row));
        }
        placing.finish(&self.files)?;
        self.index.write(|index| rows.iter().map(|(candidate, row)| write(index, *candidate, row)).collect())
    }

    /// A piece by itself.
    ///
    /// # Errors
    /// As [`Store::settle`].
    pub fn accept(&self, candidate: CandidateId, accepted: Accepted) -> Result<Verdict> {
        let outcome = Outcome::Accepted(Box::new(accepted));
        Ok(self.settle(vec![Decided { candidate, outcome }])?.pop().expect("a verdict for every file"))
    }

    /// Keeps bytes that an act of arranging has made, with their note; the act writes the row.
    pub(crate) fn keep(&self, incoming: Incoming, coming: &Coming) -> Result<document::Arrived> {
        self.arrive(incoming, coming, true)
    }

    fn arrive(&self, incoming: Incoming, coming: &Coming, made_here: bool) -> Result<document::Arrived> {
        let arrived =
            document::Arrived { scan: incoming.digest, bytes: incoming.bytes, rendition: None, received_at: jiff::Timestamp::now() };
        let mut placing = Placing::default();
        notes::keep(&self.dir, &self.vault, &notes::Note { made_here, ..note(&arrived, coming) }, &mut placing)?;
        self.vault.keep(incoming, &mut placing)?;
        placing.finish(&self.files)?;
        Ok(arrived)
    }

    /// Takes in a page that the program itself has made, and files it: a batch of its own, all of its rows in one transaction. Bytes
    /// that are a piece already were put before, and that is the piece.
    pub(crate) fn put(&self, incoming: Incoming, coming: &Coming, under: &IndicatorCode) -> Result<DocumentId> {
        // Where the index is lost it comes back as what was handed in does: nothing else tells of it.
        let arrived = self.arrive(incoming, coming, false)?;
        let source = PathBuf::from(&coming.name);
        self.index.write(|index| {
            if let Some(there) = document::by_digest(index, arrived.scan)? {
                return Ok(there);
            }
            let batch = batch::begin(index, std::slice::from_ref(&source))?;
            let listed = Listed { source: source.clone(), path: coming.name.clone(), bytes: arrived.bytes };
            let candidate = batch::list(index, batch, &[listed])?[0];
            let document = document::insert(index, &arrived, coming)?;
            let verdict = Verdict::Accepted { document, paging: None, pile: false };
            batch::judge(index, candidate, &verdict, Some(coming.kind), coming.pages.len() as u32)?;
            batch::finish(index, batch)?;
            journal::append(index, &self.who, &Deed::Intake { batch, accepted: 1, duplicate: 0, refused: 0, pending: 0 })?;
            let pieces = Pieces { documents: vec![document], first: coming.description.title.clone() };
            let filed = Deed::File { pieces, under: under.clone() };
            journal::record(index, &self.who, &filed, || evidence::file(index, document, under))?;
            Ok(document)
        })
    }

    fn kept(&self, accepted: Accepted, received_at: jiff::Timestamp, placing: &mut Placing) -> Result<Row> {
        let Accepted { incoming, rendition, paging, pile, coming } = accepted;
        let (digest, bytes) = (incoming.digest, incoming.bytes);
        if let Some(of) = self.by_digest(digest)? {
            incoming.discard();
            let pages = coming.pages.len() as u32;
            return Ok(Row::Judged { verdict: Verdict::Duplicate { of }, kind: Some(coming.kind), pages });
        }
        let made = rendition.as_ref().map(|made| Rendition { digest: made.digest, bytes: made.bytes });
        let arrived = document::Arrived { scan: digest, bytes, rendition: made, received_at };
        let note = note(&arrived, &coming);
        if let Some(Rendition { digest: made, bytes }) = made {
            // It stands before the bytes: made another time they are others, and nothing but the note leads to these.
            let of_made = notes::Note { digest: made, kind: Kind::Pdf, bytes, made_of: Some(digest), ..note.clone() };
            notes::keep(&self.dir, &self.vault, &of_made, placing)?;
        }
        for incoming in std::iter::once(incoming).chain(rendition) {
            self.vault.keep(incoming, placing)?;
        }
        notes::keep(&self.dir, &self.vault, &note, placing)?;
        Ok(Row::Piece(Box::new(Kept { arrived, paging, pile, coming })))
    }
}

fn note(arrived: &document::Arrived, coming: &Coming) -> notes::Note {
    let document::Arrived { scan, bytes, received_at, .. } = *arrived;
    let unit = coming.suggestion.as_ref().and_then(|suggestion| suggestion.unit.clone());
    let (name, folder) = (coming.name.clone(), coming.folder.clone());
    notes::Note { digest: scan, kind: coming.kind, bytes, name, folder, unit, received_at, made_here: false, made_of: None }
}

fn write(index: &Connection, candidate: CandidateId, row: &Row) -> Result<Verdict> {
    let (verdict, kind, pages) = match row {
        Row::Judged { verdict, kind, pages } => (verdict.clone(), *kind, *pages),
        Row::Classified { shown, reason } => {
            batch::hide(index, candidate, shown)?;
            (Verdict::Refused { reason: reason.clone() }, None, 0)
        }
        Row::Same { digest } => {
            let of = document::by_digest(index, *digest)?.expect("the piece stands before its copy in the group");
            (Verdict::Duplicate { of }, None, 0)
        }
        Row::Piece(piece) => {
            let Kept { arrived, paging, pile, coming } = &**piece;
            let pages = coming.pages.len() as u32;
            let verdict = match document::by_digest(index, arrived.scan)? {
                Some(of) => Verdict::Duplicate { of },
                None => {
                    let document = document::insert(index, arrived, coming)?;
                    if let Some(suggestion) = &coming.suggestion {
                        suggestion::put(index, document, suggestion)?;
                    }
                    Verdict::Accepted { document, paging: paging.clone(), pile: *pile }
                }
            };
            (verdict, Some(coming.kind), pages)
        }
    };
    batch::judge(index, candidate, &verdict, kind, pages)?;
    Ok(verdict)
}
