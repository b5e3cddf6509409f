//! Pieces that look alike, for the clerk to compare side by side.

use std::collections::HashMap;

use rusqlite::Connection;
use scans::Watch;
use scans::likeness::distance;
use serde::Serialize;

use super::Desk;
use super::arrange::present;
use crate::domain::likeness::Comparable;
use crate::domain::personal::PAGE_BREAK;
use crate::domain::{Demand, Document, DocumentId, IndicatorCode};
use crate::error::{Error, Result};
use crate::store::{Deed, declared, document, evidence, look};

/// Bits in which a picture differs from itself saved again, in another quality or size.
const SAME: u32 = 12;
/// Bits up to which two pages may be the same one, printed or scanned anew; their texts tell. Pages of text share so much
/// that their looks alone tell nothing (measured on drawn forms: 323 pairs of 78 pieces lie within).
const CANDIDATE: u32 = 64;
/// Share of its text that a page must have in common with the other, either way.
const SAME_TEXT: f32 = 0.9;
/// Bits up to which pages without text are shown: beyond that everything printed is like everything.
const UNCONFIRMED: u32 = 20;
/// Two-character pieces that a text needs to be compared by.
const LEAST_TEXT: usize = 12;
/// Looks that are written down at a time.
const PART: usize = 50;

/// Two pieces whose first pages look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// The one received first, and the other.
    pub first: DocumentId,
    pub other: DocumentId,
    /// Bits of 256 in which they differ.
    pub distance: u32,
    /// 疑似同一图片: as near as a picture saved again, of as many pages; else 相似. Only the clerk can tell.
    pub same: bool,
}

impl Desk {
    /// Pairs of pieces that look alike, the nearest first; those in 回收站 are left out, and those that are both kept. 核查 counts them
    /// until they are settled.
    ///
    /// Pieces that came in since the last call are drawn first, which may take a while: `watch` tells of it, and what was
    /// drawn before a stop is kept.
    ///
    /// # Errors
    /// [`Error::Cancelled`], what the index says. A page that can't be drawn is like nothing.
    pub fn look_alikes(&self, watch: &Watch) -> Result<Vec<Alike>> {
        self.look_at_new(watch)?;
        let (documents, looks, kept) = self.store.read(|index| Ok((document::all(index)?, look::all(index)?, look::kept_both(index)?)))?;
        let documents: HashMap<DocumentId, Document> = documents.into_iter().map(|document| (document.id, document)).collect();
        let here = |id: &DocumentId| documents.get(id).filter(|document| !document.removed);
        let looks: Vec<_> = looks.iter().filter_map(|(id, bits)| Some((here(id)?, bits))).collect();
        let mut found = Vec::new();
        let mut texts = Texts { desk: self, known: vec![None; looks.len()] };
        for (at, (first, bits)) in looks.iter().enumerate() {
            watch.go_on()?;
            watch.step(at as u64, looks.len() as u64, first.original_name.as_str());
            for (beside, (other, others)) in looks.iter().enumerate().skip(at + 1) {
                let distance = distance(bits, others);
                // Of all pairs few come further: what is asked first has to cost nothing.
                if distance > CANDIDATE || kept.contains(&(first.id, other.id)) {
                    continue;
                }
                let same = distance <= SAME && first.pages.len() == other.pages.len();
                if same || texts.confirm((at, first), (beside, other), distance)? {
                    found.push(Alike { first: first.id, other: other.id, distance, same });
                }
            }
        }
        found.sort_by_key(|pair| (!pair.same, pair.distance, pair.first, pair.other));
        self.store.keep_alike(&found.iter().map(|pair| (pair.first, pair.other)).collect::<Vec<_>>())?;
        Ok(found)
    }

    /// 保留两份: the two are different papers, and the pair is not shown again.
    ///
    /// # Errors
    /// [`Error::Removed`] where one lies in 回收站.
    pub fn keep_both(&self, first: DocumentId, other: DocumentId) -> Result<()> {
        self.act(|index| Ok(Deed::KeepBoth { pieces: present(index, &[first, other])? }), |index| look::keep_both(index, first, other))
    }

    /// 留一份: `kept` stands where either of the two stood, and `other` goes to 回收站 with all that was said of it. One act,
    /// one step of undoing.
    ///
    /// # Errors
    /// [`Error::Removed`] where one lies in 回收站 already.
    pub fn keep_one(&self, kept: DocumentId, other: DocumentId) -> Result<()> {
        self.act(
            |index| {
                present(index, &[other])?;
                let instead_of = document::one(index, other)?.title().to_owned();
                Ok(Deed::KeepOne { pieces: present(index, &[kept])?, instead_of })
            },
            |index| {
                let unsettled = self.unsettled(index)?;
                let taken = take_places(index, kept, other)?;
                document::set_removed(index, other, true)?;
                declared::pass_on(index, other, kept)?;
                // Where `kept` stood already, it is another paper to the clerk, and may be the one that came for this.
                let goes = |asked: &Demand| asked.indicator.as_ref().is_none_or(|leaf| taken.contains(leaf));
                unsettled.pass_on(index, &[other], kept, self.today(), goes)
            },
        )
    }

    fn look_at_new(&self, watch: &Watch) -> Result<()> {
        let unknown = self.store.read(look::unknown)?;
        let total = unknown.len() as u64;
        for (part, ids) in unknown.chunks(PART).enumerate() {
            let mut looks = Vec::new();
            for (at, id) in ids.iter().enumerate() {
                watch.go_on()?;
                let document = self.document(*id)?;
                watch.step((part * PART + at) as u64, total, document.original_name.as_str());
                looks.push((*id, self.look_of(&document)?));
            }
            self.store.keep_looks(&looks)?;
        }
        Ok(())
    }

    fn look_of(&self, document: &Document) -> Result<Option<[u8; 32]>> {
        let shown = document.shown();
        let first = document.pages.first().map_or(0, |page| page.index);
        // A slip looks like every other slip.
        let Some(file) = self.store.vault().open(shown.digest).ok().filter(|_| !document.is_slip()) else { return Ok(None) };
        let looked = self.workers.draw(shown.digest, |worker| worker.likeness(&file, shown.bytes, first));
        looked.map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })
    }
}

/// Files a piece where another is filed, at its place; where it stands already it stays. The leaves that are new to it.
fn take_places(index: &Connection, kept: DocumentId, other: DocumentId) -> Result<Vec<IndicatorCode>> {
    let own: Vec<_> = evidence::of(index, kept)?.into_iter().map(|filed| filed.indicator).collect();
    let mut taken = Vec::new();
    for place in evidence::of(index, other)?.into_iter().filter(|filed| !own.contains(&filed.indicator)) {
        evidence::stand(index, kept, &place.indicator, place.position)?;
        evidence::reprint(index, kept, &place.indicator, place.reprinted)?;
        taken.push(place.indicator);
    }
    Ok(taken)
}

/// Texts of pieces that were compared, so that each is read once.
struct Texts<'d> {
    desk: &'d Desk,
    /// By the place of the piece among those compared.
    known: Vec<Option<Comparable>>,
}

impl Texts<'_> {
    /// Whether the texts say that two pages are one; where one has none, how near the looks are.
    fn confirm(&mut self, first: (usize, &Document), other: (usize, &Document), distance: u32) -> Result<bool> {
        for (at, document) in [first, other] {
            if self.known[at].is_none() {
                self.known[at] = Some(self.read(document)?);
            }
        }
        let [Some(first), Some(other)] = [first.0, other.0].map(|at| self.known[at].as_ref()) else { return Ok(false) };
        if first.pieces().len() < LEAST_TEXT || other.pieces().len() < LEAST_TEXT {
            return Ok(distance <= UNCONFIRMED);
        }
        Ok(first.is_within(other, SAME_TEXT))
    }

    /// The text of the first page, whose look was taken.
    fn read(&self, document: &Document) -> Result<Comparable> {
        let text = self.desk.store.text(document.part_of.unwrap_or(document.id))?;
        let first = document.pages.first().map_or(0, |page| page.index as usize);
        Ok(Comparable::of(text.split(PAGE_BREAK).nth(first).unwrap_or_default()))
    }
}
