//! 整理: filing, ordering, describing, page edits, 回收站. Every act is one transaction and one step of undoing.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::domain::{Caption, Catalogue, Description, Document, DocumentId, EvidenceId, Field, IndicatorCode, Suggestion};
use crate::error::{Error, Result};
use crate::store::{Deed, Filled, Pieces, document, evidence, mark, suggestion};
use crate::wording;

use super::Desk;

impl Desk {
    /// 同时归入: files pieces under a leaf and leaves them where they are filed already.
    pub fn file(&self, documents: &[DocumentId], under: &IndicatorCode) -> Result<()> {
        self.known(under)?;
        self.back_up_before(documents.len());
        self.act(
            |index| Ok(Deed::File { pieces: present(index, documents)?, under: under.clone() }),
            |index| documents.iter().try_for_each(|document| evidence::file(index, *document, under)),
        )
    }

    /// 归入: files pieces under a leaf, and takes them out of `from`, or of every other leaf. What is filed for the first time takes
    /// the suggested unit, 文号 and 载体形式 along where a person has said none: wherever it belongs, these stay true.
    pub fn move_to(&self, documents: &[DocumentId], from: Option<&IndicatorCode>, under: &IndicatorCode) -> Result<()> {
        self.known(under)?;
        if from == Some(under) {
            return Ok(());
        }
        self.back_up_before(documents.len());
        self.act(
            |index| {
                let filled = filled(index, documents, under)?;
                Ok(Deed::Move { pieces: present(index, documents)?, from: from.cloned(), under: under.clone(), filled })
            },
            |index| {
                documents.iter().try_for_each(|document| {
                    if let Some((description, _)) = with_origin(index, *document, under)? {
                        document::describe(index, *document, &description)?;
                    }
                    evidence::unfile(index, *document, from, Some(under))?;
                    evidence::file(index, *document, under)
                })
            },
        )
    }

    /// Takes pieces out of one leaf.
    pub fn unfile(&self, documents: &[DocumentId], from: &IndicatorCode) -> Result<()> {
        self.back_up_before(documents.len());
        self.act(
            |index| Ok(Deed::Unfile { pieces: present(index, documents)?, from: from.clone() }),
            |index| documents.iter().try_for_each(|document| evidence::unfile(index, *document, Some(from), None)),
        )
    }

    /// 另印: prints pieces under a leaf also where they are printed elsewhere; `again` false: they are 互见 there, as is usual. Where a piece
    /// is printed first it is printed either way.
    ///
    /// # Errors
    /// [`Error::NoSuchIndicator`], [`Error::Removed`], what the index says. A piece that is not filed there stays as it is.
    pub fn print_again(&self, documents: &[DocumentId], under: &IndicatorCode, again: bool) -> Result<()> {
        self.known(under)?;
        self.back_up_before(documents.len());
        self.act(
            |index| Ok(Deed::Reprint { pieces: present(index, documents)?, under: under.clone(), again }),
            |index| documents.iter().try_for_each(|document| evidence::reprint(index, *document, under, again)),
        )
    }

    /// Puts pieces of one leaf one after the other, the first at a position from 1; the others close up.
    ///
    /// # Errors
    /// [`Error::NoSuchEvidence`] for one of another leaf.
    pub fn reorder(&self, evidence: &[EvidenceId], position: u32) -> Result<()> {
        let Some(first) = evidence.first() else { return Ok(()) };
        self.act(
            |index| {
                let within = evidence::leaf_of(index, *first)?;
                let there: HashMap<_, _> = evidence::under(index, &within)?.into_iter().map(|filed| (filed.id, filed.document)).collect();
                let standing = evidence.iter().map(|id| there.get(id).copied().ok_or(Error::NoSuchEvidence(*id)));
                Ok(Deed::Reorder { pieces: present(index, &standing.collect::<Result<Vec<_>>>()?)?, within, position })
            },
            |index| evidence::reorder(index, evidence, position),
        )
    }

    /// Writes what is said of a piece.
    pub fn describe(&self, id: DocumentId, description: &Description) -> Result<()> {
        self.act(|index| Ok(Deed::Describe { pieces: present(index, &[id])? }), |index| document::describe(index, id, description))
    }

    /// Copies one field of `like`'s description to other pieces; their other fields stay.
    pub fn describe_alike(&self, like: DocumentId, field: Field, pieces: &[DocumentId]) -> Result<()> {
        self.back_up_before(pieces.len());
        self.act(
            |index| Ok(Deed::Describe { pieces: present(index, pieces)? }),
            |index| {
                let said = document::one(index, like)?.description;
                pieces.iter().try_for_each(|piece| {
                    let mut own = document::one(index, *piece)?.description;
                    own.take(field, &said);
                    document::describe(index, *piece, &own)
                })
            },
        )
    }

    /// Turns a page; `turn` is clockwise from the page as it came: 0, 90, 180 or 270 degrees.
    pub fn turn_page(&self, id: DocumentId, page: u32, turn: u16) -> Result<()> {
        if !matches!(turn, 0 | 90 | 180 | 270) {
            return Err(Error::NotAQuarterTurn { turn });
        }
        self.act(
            |index| Ok(Deed::TurnPage { pieces: present(index, &[id])?, page, turn }),
            |index| {
                let left_out = self.page(index, id, page)?.left_out;
                document::edit_page(index, id, page, turn, left_out)
            },
        )
    }

    /// Leaves a page out of what is printed, or takes it in again; the scan stays whole.
    ///
    /// # Errors
    /// [`Error::Held`] for a page of what bears a mark of a classified paper.
    pub fn leave_out(&self, id: DocumentId, page: u32, left_out: bool) -> Result<()> {
        if left_out {
            self.not_held(&[id])?;
        }
        self.act(
            |index| Ok(Deed::LeaveOut { pieces: present(index, &[id])?, page, left_out }),
            |index| {
                let turn = self.page(index, id, page)?.turn;
                document::edit_page(index, id, page, turn, left_out)
            },
        )
    }

    /// 移入回收站: filings are kept for the way back.
    pub fn remove(&self, documents: &[DocumentId]) -> Result<()> {
        self.back_up_before(documents.len());
        self.act(
            |index| Ok(Deed::Remove { pieces: pieces(index, documents)? }),
            |index| documents.iter().try_for_each(|document| document::set_removed(index, *document, true)),
        )
    }

    /// Takes pieces out of 回收站, back to their places.
    pub fn restore(&self, documents: &[DocumentId]) -> Result<()> {
        self.act(
            |index| Ok(Deed::Restore { pieces: pieces(index, documents)? }),
            |index| documents.iter().try_for_each(|document| document::set_removed(index, *document, false)),
        )
    }

    /// Files and names pieces as it was suggested, in one act. What a person said already stays; a piece without a
    /// suggestion is left as it is. A date, and an issuer by the folder alone, are taken over of one piece only, which the clerk sees: a
    /// person confirms them.
    pub fn accept_suggestion(&self, documents: &[DocumentId]) -> Result<()> {
        self.back_up_before(documents.len());
        self.act(
            |index| Ok(Deed::AcceptSuggestions { pieces: present(index, documents)? }),
            |index| {
                let is_seen = documents.len() == 1;
                for id in documents {
                    let Some(suggested) = self.fill_as_suggested(index, *id, is_seen)? else { continue };
                    if let Some(code) = suggested.indicator.as_ref().filter(|code| self.catalogue.leaf(code).is_some()) {
                        evidence::file(index, *id, code)?;
                    }
                }
                Ok(())
            },
        )
    }

    /// Writes what a piece says of itself where a person has said nothing: title, 文号, 载体形式, issuer and date, which the clerk sees.
    pub fn fill_as_read(&self, id: DocumentId) -> Result<()> {
        self.act(|index| Ok(Deed::FillAsRead { pieces: present(index, &[id])? }), |index| self.fill_as_suggested(index, id, true).map(drop))
    }

    /// Writes what was suggested of a piece where a person has said nothing; `None` where nothing was suggested. The date, and an
    /// issuer by the folder alone, only where the clerk sees it.
    pub(super) fn fill_as_suggested(&self, index: &Connection, id: DocumentId, is_seen: bool) -> Result<Option<Suggestion>> {
        let Some(suggested) = suggestion::of(index, id)? else { return Ok(None) };
        let document = document::one(index, id)?;
        let unsaid = unsaid(suggested.clone(), &document);
        if is_seen && let Some(time) = caption_time(&self.catalogue, &unsaid, &document) {
            mark::caption(index, id, &Caption { time, ..document.caption })?;
        }
        let mut description = document.description;
        fill(&mut description.title, unsaid.title);
        fill(&mut description.number, unsaid.number);
        fill(&mut description.form, unsaid.form);
        if is_seen || !suggested.is_issuer_guessed() {
            fill(&mut description.issuer, unsaid.issuer);
        }
        if is_seen {
            description.dated = description.dated.or(unsaid.dated);
        }
        description.unit = description.unit.or(unsaid.unit);
        description.years.extend(unsaid.years);
        document::describe(index, id, &description)?;
        Ok(Some(suggested))
    }

    pub(super) fn act(&self, deed: impl Fn(&Connection) -> Result<Deed>, act: impl Fn(&Connection) -> Result<()>) -> Result<()> {
        self.store.act(|index| Ok((deed(index)?, ())), |index, ()| act(index)).map(drop)
    }

    fn known(&self, code: &IndicatorCode) -> Result<()> {
        self.catalogue.leaf(code).map(drop).ok_or_else(|| Error::NoSuchIndicator { code: code.clone() })
    }

    pub(super) fn page(&self, index: &Connection, document: DocumentId, page: u32) -> Result<crate::domain::Page> {
        let found = document::one(index, document)?;
        found.pages.into_iter().find(|candidate| candidate.index == page).ok_or(Error::NoSuchPage { document, page })
    }
}

/// The part of a suggestion that is still to be written, see [`Suggestion::unsaid`]. A title that a split gave to a part was said by
/// nobody, so it counts as empty.
pub fn unsaid(suggestion: Suggestion, document: &Document) -> Suggestion {
    let said = &document.description;
    if document.given_title.as_ref() == Some(&said.title) {
        suggestion.unsaid(&Description { title: String::new(), ..said.clone() })
    } else {
        suggestion.unsaid(said)
    }
}

/// 时间 of a photo's 照片说明, where nobody has said it and the day of the photo is still to be written; `unsaid` is what is suggested.
pub fn caption_time(catalogue: &Catalogue, unsaid: &Suggestion, document: &Document) -> Option<String> {
    let is_photo = catalogue.is_photo(&unsaid.form) || catalogue.is_photo(&document.description.form);
    unsaid.dated.filter(|_| is_photo && document.caption.time.is_empty()).map(wording::text::day)
}

/// The description of a piece with the suggested unit, 文号 and 载体形式 filled in, and which of them are new; `None` where nothing is to be
/// written, or the piece was filed before.
fn with_origin(index: &Connection, id: DocumentId, under: &IndicatorCode) -> Result<Option<(Description, Filled)>> {
    let Some(suggested) = suggestion::of(index, id)? else { return Ok(None) };
    if evidence::is_filed(index, id)? {
        return Ok(None);
    }
    let document = document::one(index, id)?;
    let mut unsaid = unsaid(suggested, &document);
    let mut said = document.description;
    if unsaid.indicator.as_ref() != Some(under) && !unsaid.form_stays() {
        unsaid.form.clear();
    }
    let filled = Filled { unit: unsaid.unit.is_some(), number: !unsaid.number.is_empty(), form: !unsaid.form.is_empty() };
    said.unit = said.unit.or(unsaid.unit);
    fill(&mut said.number, unsaid.number);
    fill(&mut said.form, unsaid.form);
    Ok((filled != Filled::default()).then_some((said, filled)))
}

/// Which suggested fields filing these pieces would fill.
fn filled(index: &Connection, documents: &[DocumentId], under: &IndicatorCode) -> Result<Filled> {
    let mut all = Filled::default();
    for id in documents {
        let Some((_, Filled { unit, number, form })) = with_origin(index, *id, under)? else { continue };
        all = Filled { unit: all.unit || unit, number: all.number || number, form: all.form || form };
    }
    Ok(all)
}

fn fill(said: &mut String, unsaid: String) {
    if !unsaid.is_empty() {
        *said = unsaid;
    }
}

/// The pieces of an act, none of which lies in 回收站.
pub(super) fn present(index: &Connection, documents: &[DocumentId]) -> Result<Pieces> {
    for id in documents {
        let found = document::one(index, *id)?;
        if found.removed {
            return Err(Error::Removed { document: *id, name: found.title().to_owned() });
        }
    }
    pieces(index, documents)
}

fn pieces(index: &Connection, documents: &[DocumentId]) -> Result<Pieces> {
    let first = documents.first().map(|id| document::one(index, *id)).transpose()?;
    Ok(Pieces { documents: documents.to_vec(), first: first.map(|first| first.title().to_owned()).unwrap_or_default() })
}
