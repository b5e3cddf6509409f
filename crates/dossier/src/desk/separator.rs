//! 分隔页: printed per indicator and unit, laid into the pile before it is scanned, and read back to split and file it.

use std::path::{Path, PathBuf};

use paper::layout::{self, Separator};
use paper::manuscript::WriteError;
use paper::pdf;
use rusqlite::Connection;
use scans::Watch;
use serde::Serialize;

use super::Desk;
use super::arrange::present;
use super::split::{in_order, part};
use crate::compile::labels;
use crate::domain::{Document, DocumentId, IndicatorCode, Page, SheetCode, Suggestion, UnitCode};
use crate::error::{Error, Made, Result};
use crate::store::{Deed, batch, document, evidence, free_path, suggestion};
use crate::wording::package as words;

/// A pile that was split by its sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sorted {
    /// The pile, which keeps the pages up to the second sheet.
    pub pile: DocumentId,
    /// Every piece with its leaf; `None` where the sheet names none of this project, where nothing lies behind it, and before the
    /// first sheet.
    pub pieces: Vec<(DocumentId, Option<IndicatorCode>)>,
    /// What the sheets name behind which nothing lies: the papers are missing, and the piece was not filed.
    pub bare: Vec<IndicatorCode>,
    /// Pages on which nothing stands, as the file counts them from 1. Those behind a sheet are not printed, the others are:
    /// only the clerk can tell.
    pub blank: Vec<u32>,
}

fn too_long() -> Error {
    Error::NotMade { made: Made::Separators, source: WriteError::Internal("a code of a sheet is too long".to_owned()) }
}

/// A sheet found on a page.
struct Found {
    page: u32,
    code: SheetCode,
}

/// Where a piece went by its sheet.
enum Placed {
    Under(IndicatorCode),
    /// Nothing lies behind the sheet.
    Bare(IndicatorCode),
    /// The sheet names no leaf of this project.
    Nowhere,
}

impl Desk {
    /// Makes sheets for leaves, each for every one of `units` (none: for the leaf alone), as a PDF in `out` (else
    /// `packages/`). The file, and how many sheets it has.
    ///
    /// # Errors
    /// [`Error::NoSuchIndicator`], [`Error::NotMade`], or what the disk says; nothing is left then.
    pub fn separators(&self, leaves: &[IndicatorCode], units: &[UnitCode], out: Option<&Path>) -> Result<(PathBuf, usize)> {
        let mut sheets = Vec::new();
        for code in leaves {
            let leaf = self.catalogue.leaf(code).ok_or_else(|| Error::NoSuchIndicator { code: code.clone() })?;
            let for_whom: Vec<Option<&UnitCode>> = if units.is_empty() { vec![None] } else { units.iter().map(Some).collect() };
            sheets.extend(for_whom.into_iter().map(|unit| Separator {
                heading: words::SEPARATOR.to_owned(),
                leaf: format!("{code}　{}", leaf.text()),
                unit: unit.map(|unit| self.units.name_of(unit).to_owned()).unwrap_or_default(),
                advice: words::SEPARATOR_ADVICE.to_owned(),
                code: SheetCode { indicator: code.clone(), unit: unit.cloned() }.spelt(),
            }));
        }
        let fonts = self.fonts()?;
        let setup = labels::tab_paper();
        let placed = layout::separators(&sheets, &setup, &fonts).ok_or_else(too_long)?;
        let about = labels::sheet(&self.assessment(), words::SEPARATORS, (self.around.today)(), setup);
        let path = free_path(&self.folder(out)?, words::SEPARATORS, ".pdf");
        self.put(&path, Made::Separators, |part| pdf::write_drawn(placed, &about, &fonts, part))?;
        Ok((path, sheets.len()))
    }

    /// Looks for sheets on every page of a piece; splits it at them and files what follows each. One act, one step of
    /// undoing. `None` where there is no sheet.
    ///
    /// # Errors
    /// [`Error::Cancelled`], [`Error::DamagedScan`], what the index says.
    pub fn sort_by_sheets(&self, id: DocumentId, watch: &Watch) -> Result<Option<Sorted>> {
        let document = self.document(id)?;
        let total = document.pages.len() as u64;
        let (mut found, mut blank) = (Vec::new(), Vec::new());
        for (at, page) in (0..).zip(&document.pages) {
            watch.go_on()?;
            watch.step(at, total, document.original_name.as_str());
            let Some(sighted) = self.sight(&document, page.index)? else { continue };
            if sighted.blank {
                blank.push(page.index);
            }
            if let Some(code) = sighted.code.as_deref().and_then(SheetCode::read) {
                found.push(Found { page: page.index, code });
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        let first = document.pages[0].index;
        let starts: Vec<u32> = found.iter().map(|sheet| sheet.page).filter(|page| *page != first).collect();
        let made = std::cell::RefCell::new((Vec::new(), Vec::new()));
        self.act(
            |index| Ok(Deed::Sort { pieces: present(index, &[id])?, parts: starts.len() as u32 + 1 }),
            |index| {
                let unsettled = self.unsettled(index)?;
                let suggested = suggestion::of(index, id)?;
                let of_kit = suggested.as_ref().and_then(Suggestion::of_kit);
                let parts = part(index, id, &in_order(index, id, &starts)?)?;
                unsettled.hold_parts(index, id, &parts)?;
                batch::no_pile(index, id)?;
                let (mut pieces, mut bare) = (Vec::new(), Vec::new());
                let mut sheets = found.iter();
                for piece in std::iter::once(id).chain(parts) {
                    let pages = document::one(index, piece)?.pages;
                    let begins = pages.first().map(|page| page.index);
                    let sheet = if begins == Some(first) && found[0].page != first { None } else { sheets.next() };
                    let placed = sheet.map(|sheet| self.file_by_sheet(index, piece, (sheet, of_kit), &blank)).transpose()?;
                    let leaf = match placed {
                        Some(Placed::Under(leaf)) => Some(leaf),
                        Some(Placed::Bare(leaf)) => {
                            bare.push(leaf);
                            None
                        }
                        Some(Placed::Nowhere) | None => None,
                    };
                    pieces.push((piece, leaf));
                }
                *made.borrow_mut() = (pieces, bare);
                Ok(())
            },
        )?;
        let blank = blank.into_iter().filter_map(|page| document.number_of(page)).collect();
        let (pieces, bare) = made.into_inner();
        let parts: Vec<DocumentId> = pieces.iter().map(|(piece, _)| *piece).filter(|piece| *piece != id).collect();
        self.suggest_for_parts(&parts)?;
        Ok(Some(Sorted { pile: id, pieces, bare, blank }))
    }

    /// Files a piece as its sheet says; the sheet and its blank back are not printed. It comes from the unit that the sheet names,
    /// else from the one whose kit the pile came back in.
    fn file_by_sheet(
        &self,
        index: &Connection,
        piece: DocumentId,
        (sheet, of_kit): (&Found, Option<&UnitCode>),
        blank: &[u32],
    ) -> Result<Placed> {
        let Document { mut description, pages, .. } = document::one(index, piece)?;
        let back = pages.iter().skip_while(|page| page.index != sheet.page).nth(1).map(|page| page.index);
        let back = back.filter(|back| blank.contains(back));
        let (its_own, behind): (Vec<&Page>, Vec<&Page>) =
            pages.iter().partition(|page| page.index == sheet.page || Some(page.index) == back);
        for page in its_own {
            document::edit_page(index, piece, page.index, page.turn, true)?;
        }
        let named = sheet.code.unit.as_ref().filter(|unit| self.units.unit(unit).is_some()).or(of_kit);
        if let (None, Some(unit)) = (&description.unit, named) {
            description.unit = Some(unit.clone());
            document::describe(index, piece, &description)?;
        }
        if self.catalogue.leaf(&sheet.code.indicator).is_none() {
            return Ok(Placed::Nowhere);
        }
        let leaf = sheet.code.indicator.clone();
        if behind.is_empty() {
            return Ok(Placed::Bare(leaf));
        }
        evidence::file(index, piece, &leaf)?;
        Ok(Placed::Under(leaf))
    }

    fn sight(&self, document: &Document, page: u32) -> Result<Option<scans::Sighted>> {
        let shown = document.shown();
        let gone = |_| Error::DamagedScan { document: document.id, name: document.original_name.clone() };
        let file = self.store.vault().open(shown.digest).map_err(gone)?;
        let sighted = self.workers.draw(shown.digest, |worker| worker.sight(&file, shown.bytes, page));
        sighted.map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })
    }
}
