//! 合并: several pieces become one, page after page, as when a paper was handed in as twelve pictures. A PDF of their pages is
//! made and kept as a scan of its own; the pieces themselves go to 回收站 with all that was said of them.

use std::fs::File;

use paper::manuscript::{Manuscript, PageSetup, ScanPage, WriteError};
use rusqlite::Connection;
use scans::{Framing, Inspected, Kind, Watch};

use super::Desk;
use super::arrange::present;
use crate::compile::manuscript::PRODUCER;
use crate::domain::{Description, Document, DocumentId, Page};
use crate::error::{Error, Made, Result};
use crate::store::{Coming, Deed, FileAct, Incoming, NotReceived, declared, document, evidence, layout, mark, mask};
use crate::wording;

impl Desk {
    /// Joins pieces in the order given; the new piece stands where the first of them stood, under every leaf of any of them.
    /// Pages that were left out stay so, turns and red lines stay on their pages. One act, one step of undoing.
    ///
    /// # Errors
    /// [`Error::NothingToJoin`] for fewer than two pieces; [`Error::NotJoinable`] where one has no pages of its own;
    /// [`Error::Removed`], [`Error::Held`], [`Error::Cancelled`], what the disk says.
    pub fn join(&self, ids: &[DocumentId], watch: &Watch) -> Result<DocumentId> {
        let documents = ids.iter().map(|id| self.document(*id)).collect::<Result<Vec<_>>>()?;
        if documents.len() < 2 || ids.iter().enumerate().any(|(at, id)| ids[..at].contains(id)) {
            return Err(Error::NothingToJoin);
        }
        if let Some(slip) = documents.iter().find(|document| document.is_slip()) {
            return Err(Error::NotJoinable { name: slip.title().to_owned() });
        }
        self.store.read(|index| present(index, ids))?;
        // What is made is a scan of its own, on which nothing was read yet.
        self.not_held(ids)?;
        let incoming = self.one_after_another(&documents, watch)?;
        let coming = self.coming(&documents, &incoming)?;
        let arrived = self.store.keep(incoming, &coming)?;
        let made = std::cell::Cell::new(DocumentId(0));
        let written = self.act(
            |index| Ok(Deed::Join { pieces: present(index, ids)? }),
            |index| {
                let unsettled = self.unsettled(index)?;
                // While the pages were written, more may have been said of the pieces, and covered on them.
                let now = as_written(index, &documents)?;
                let joined = document::insert(index, &arrived, &Coming { description: said(&now), ..coming.clone() })?;
                carry_over(index, &now, joined)?;
                unsettled.pass_on(index, ids, joined, self.today(), |_| true)?;
                ids.iter().try_for_each(|part| declared::pass_on(index, *part, joined))?;
                now.iter().try_for_each(|part| document::note_joined(index, joined, part.id))?;
                made.set(joined);
                Ok(())
            },
        );
        if let Err(error) = written {
            // Nothing leads to what was made; a purge takes it away where this fails.
            let _ = self.store.take_unnamed(arrived.scan);
            return Err(error);
        }
        Ok(made.get())
    }

    /// The PDF of all pages.
    fn one_after_another(&self, documents: &[Document], watch: &Watch) -> Result<Incoming> {
        let page = |document: &Document, page: &Page| ScanPage {
            digest: document.shown().digest,
            page: page.index,
            turn: 0,
            framing: Framing::default(),
            slice: None,
            masks: Vec::new(),
            // Of a scan that was split the other parts stay out of what is made.
            apart: document.pages.len() < document.scan_pages as usize,
            strokes: Vec::new(),
            caption: String::new(),
            name: document.original_name.clone(),
        };
        let pages: Vec<ScanPage> =
            documents.iter().flat_map(|document| document.pages.iter().map(move |one| page(document, one))).collect();
        let about = Manuscript {
            title: documents[0].title().to_owned(),
            office: String::new(),
            producer: PRODUCER.to_owned(),
            // The moment makes it a scan of its own, also where the same pieces were joined before.
            made_on: jiff::Timestamp::now().to_string(),
            setup: PageSetup::default(),
            sheets: Vec::new(),
            outline: Vec::new(),
        };
        let folder = self.dir().join(layout::INCOMING);
        let failed = |source| Error::file(FileAct::Create, &folder, source);
        let written = tempfile::Builder::new().suffix(".part").tempfile_in(&folder).map_err(failed)?.into_temp_path();
        paper::pdf::join(&pages, &about, self.store.vault(), &written, watch)
            .map_err(|error| Error::writing(Made::Joined, error, &written))?;
        let received = self.store.vault().receive(File::open(&written).map_err(failed)?, watch);
        received.map_err(|failed| match failed {
            NotReceived::Ours(error) => error,
            NotReceived::Source(error) => Error::file(FileAct::Read, &written, error),
        })
    }

    /// The new piece, after a reader of its own found every page in what was made.
    fn coming(&self, documents: &[Document], made: &Incoming) -> Result<Coming> {
        let file = made.open()?;
        let inspected = self.workers.draw(made.digest, |worker| worker.inspect(&file, made.bytes));
        let inspected = inspected.map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })?;
        let Inspected { pages, text, trouble, .. } = inspected;
        let asked: usize = documents.iter().map(|document| document.pages.len()).sum();
        if trouble.is_some() || pages.len() != asked {
            let broken = WriteError::Internal(format!("{asked} pages were joined, {} are there: {trouble:?}", pages.len()));
            return Err(Error::NotMade { made: Made::Joined, source: broken });
        }
        let first = &documents[0];
        Ok(Coming {
            kind: Kind::Pdf,
            name: wording::act::joined(first.title()),
            folder: first.original_folder.clone(),
            pages,
            text,
            description: said(documents),
            suggestion: None,
            // What was short stays short.
            trouble: documents.iter().find_map(|document| document.trouble.clone()),
        })
    }
}

/// The pieces as they stand now; refused where one does not show the pages any more that were written.
fn as_written(index: &Connection, documents: &[Document]) -> Result<Vec<Document>> {
    let shows = |document: &Document| document.pages.iter().map(|page| page.index).collect::<Vec<_>>();
    let still = |before: &Document| {
        let now = document::one(index, before.id)?;
        let is_same = now.shown().digest == before.shown().digest && shows(&now) == shows(before);
        if is_same { Ok(now) } else { Err(Error::OtherPages { name: now.title().to_owned() }) }
    };
    documents.iter().map(still).collect()
}

/// The description of the joined piece: each field is taken from the first piece that has it.
fn said(documents: &[Document]) -> Description {
    let all = || documents.iter().map(|document| &document.description);
    let text = |of: fn(&Description) -> &String| all().map(of).find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let mut years: Vec<i16> = all().flat_map(|said| said.years.iter().copied()).collect();
    years.sort_unstable();
    years.dedup();
    Description {
        title: documents[0].title().to_owned(),
        number: text(|said| &said.number),
        issuer: text(|said| &said.issuer),
        dated: all().find_map(|said| said.dated),
        form: text(|said| &said.form),
        unit: all().find_map(|said| said.unit.clone()),
        years,
        note: text(|said| &said.note),
        sealed: all().filter_map(|said| said.sealed).max(),
        secrecy: text(|said| &said.secrecy),
        lies_at: text(|said| &said.lies_at),
        // What was made of several is no unit's own file.
        also_from: Vec::new(),
    }
}

/// Gives a joined piece the clerk's edits and the places of its parts, which go to 回收站.
fn carry_over(index: &Connection, documents: &[Document], joined: DocumentId) -> Result<()> {
    let mut before = 0;
    let mut leaves = Vec::new();
    for document in documents {
        for (page, at) in document.pages.iter().zip(before..) {
            document::edit_page(index, joined, at, page.turn, page.left_out)?;
            document::frame(index, joined, at, page.framing)?;
            for line in document.marks.iter().filter(|mark| mark.page == page.index) {
                mark::add(index, joined, at, line.line)?;
            }
            for area in document.masks_on(page.index) {
                mask::add(index, joined, at, area)?;
            }
        }
        before += document.pages.len() as u32;
        for filed in evidence::of(index, document.id)? {
            if !leaves.contains(&filed.indicator) {
                leaves.push(filed.indicator);
            }
        }
    }
    if let Some(captioned) = documents.iter().find(|document| !document.caption.is_empty()) {
        mark::caption(index, joined, &captioned.caption)?;
    }
    for leaf in &leaves {
        let standing = evidence::under(index, leaf)?;
        let parts = || standing.iter().filter(|filed| documents.iter().any(|document| document.id == filed.document));
        evidence::stand(index, joined, leaf, parts().map(|filed| filed.position).min().unwrap_or(1))?;
        evidence::reprint(index, joined, leaf, parts().any(|filed| filed.reprinted))?;
    }
    documents.iter().try_for_each(|document| document::set_removed(index, document.id, true))
}
