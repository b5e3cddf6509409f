//! 查阅: an inspector asks for an indicator, a piece, a folio or a word, and is told where it lies in the boxes.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::compile::ledger::Shows;
use crate::compile::places::Heading;
use crate::compile::plan::PieceNumber;
use crate::compile::{Lies, Package, Places, Report};
use crate::domain::Document;
use crate::domain::fold::{Field, Trace, excerpt, folded, marked, words};
use crate::error::Result;
use crate::store::document;

use super::Desk;

/// Pieces that are shown for a word; whoever finds more types another word.
const MOST: usize = 200;
/// Characters of a line around what was found.
const LINE: usize = 60;

/// The package that was read last for its places, so that its report is read once.
#[derive(Debug, Default)]
pub(super) struct Printed(Mutex<Option<(PathBuf, Arc<Places>)>>);

/// What was asked for, and the package that the numbers are of.
#[derive(Debug)]
pub struct Consulted {
    /// The newest package whose report is still there.
    pub places: Option<Arc<Places>>,
    pub answers: Vec<Answer>,
}

/// What one reading of the question found.
#[derive(Debug)]
pub struct Answer {
    pub heading: Heading,
    pub hits: Vec<Hit>,
}

#[derive(Debug)]
pub struct Hit {
    pub document: Document,
    pub lies: Option<Lies>,
    /// Page of the scan that is to be shown first, from 0.
    pub page: u32,
    pub trace: Trace,
}

impl Desk {
    /// Answers what an inspector says: the number of an indicator as issued (`37`, `01-03`), a piece (`03-04-012`), a
    /// folio, else words. A bare number may be both an indicator and a folio; the indicator comes first.
    ///
    /// # Errors
    /// What the index says.
    pub fn consult(&self, asked: &str) -> Result<Consulted> {
        let places = self.places()?;
        let mut answers = Vec::new();
        let asked = asked.trim();
        if let Some(leaf) = self.catalogue.typed(asked) {
            let code = leaf.code().clone();
            let dossier = self.dossier()?;
            let hits = dossier.filed(&code).map(|(_, document)| hit(document, places.as_deref())).collect();
            answers.push(Answer { heading: Heading::Leaf(code), hits });
        }
        if let Some(number) = self.piece_number(asked) {
            let hits = self.numbered(&number, places.as_deref())?;
            answers.push(Answer { heading: Heading::Piece(number), hits });
        }
        if let (Some(folio), Some(places)) = (folio(asked), &places) {
            let answer = self.on_folio(folio, places)?;
            // A number that is an indicator, and no sheet of the package, was not meant as a folio.
            if answers.is_empty() || !answer.hits.is_empty() {
                answers.push(answer);
            }
        }
        let found = answers.iter().any(|answer| !answer.hits.is_empty());
        let sought = words(asked);
        if !found && !sought.is_empty() {
            let mut hits = Vec::new();
            for document in self.search(asked)?.into_iter().take(MOST) {
                let trace = self.trace(&document, &sought)?;
                hits.push(Hit { trace, ..hit(&document, places.as_deref()) });
            }
            answers.push(Answer { heading: Heading::Words(asked.to_owned()), hits });
        }
        Ok(Consulted { places, answers })
    }

    /// Where the words stand in what is said of a piece, in its name, or in its text.
    ///
    /// # Errors
    /// What the index says.
    pub fn trace(&self, document: &Document, sought: &[String]) -> Result<Trace> {
        let said = &document.description;
        let title = shown_title(document);
        let in_title = folded(title);
        let left: Vec<String> = sought.iter().filter(|word| !in_title.contains(word.as_str())).cloned().collect();
        let unit = said.unit.as_ref().map(|code| self.units.name_of(code)).unwrap_or_default();
        let fields = [
            (Field::Number, said.number.as_str()),
            (Field::Issuer, &said.issuer),
            (Field::Unit, unit),
            (Field::Note, &said.note),
            (Field::Name, &document.original_name),
            (Field::Folder, &document.original_folder),
        ];
        let mut other = None;
        if !left.is_empty() {
            other = fields.into_iter().find_map(|(field, text)| Some((field, excerpt(text, &left, LINE)?)));
            if other.is_none() {
                let text = self.store.read(|index| document::text(index, document.id))?;
                other = excerpt(&text, &left, LINE).map(|runs| (Field::Text, runs));
            }
        }
        Ok(Trace { title: marked(title, sought), other })
    }

    /// Places of the newest package whose report can still be read.
    fn places(&self) -> Result<Option<Arc<Places>>> {
        let mut kept = self.printed.0.lock().unwrap_or_else(PoisonError::into_inner);
        let packages: Vec<Package> = self.packages()?;
        // A 变更包 holds only some leaves.
        for Package { report, .. } in packages.into_iter().filter(|package| package.pack.is_none()) {
            if let Some((known, places)) = &*kept
                && *known == report
            {
                return Ok(Some(Arc::clone(places)));
            }
            // A package that was taken away says nothing; the one before it may.
            let Some(read) = fs::read(&report).ok().and_then(|json| serde_json::from_slice::<Report>(&json).ok()) else { continue };
            let places = Arc::new(Places::of(read));
            *kept = Some((report, Arc::clone(&places)));
            return Ok(Some(places));
        }
        Ok(None)
    }

    /// `03-04-012`, `3-4-12`, `37-2`: a leaf as it is typed, and an order under it.
    fn piece_number(&self, asked: &str) -> Option<PieceNumber> {
        let asked = folded(asked);
        let (leaf, order) = asked.rsplit_once(['-', '－', '—', '–', '.', ' '])?;
        let order: u32 = order.parse().ok().filter(|order| *order > 0)?;
        Some(PieceNumber::of(self.catalogue.typed(leaf)?.code(), order))
    }

    /// The piece that has this number in the package; before anything is compiled, the one that stands there now.
    fn numbered(&self, number: &PieceNumber, places: Option<&Places>) -> Result<Vec<Hit>> {
        let dossier = self.dossier()?;
        if let Some(lies) = places.and_then(|places| places.numbered(number)) {
            let held = |document: &&Document| places.and_then(|places| places.holding(document)).is_some_and(|own| own.number == *number);
            let hits: Vec<Hit> = dossier
                .documents
                .values()
                .filter(|document| document.shown().digest == lies.scan)
                .filter(held)
                .map(|document| hit(document, places))
                .collect();
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        let stands =
            dossier.evidence.values().flatten().find(|evidence| PieceNumber::of(&evidence.indicator, evidence.position) == *number);
        let document = stands.and_then(|evidence| dossier.documents.get(&evidence.document));
        Ok(document.map(|document| hit(document, places)).into_iter().collect())
    }

    /// The piece on a sheet, opened at its page; of any other sheet, the pieces of its indicator.
    fn on_folio(&self, folio: u32, places: &Places) -> Result<Answer> {
        let sheet = places.sheet(folio);
        let mut hits = Vec::new();
        if let Some(sheet) = sheet {
            match &sheet.shows {
                Shows::Piece { .. } | Shows::Photos { .. } => {
                    for on in sheet.shows.evidence() {
                        let found = self.numbered(on.piece, Some(places))?;
                        hits.extend(found.into_iter().map(|hit| Hit { page: on.scan.1, ..hit }));
                    }
                }
                Shows::Slip { piece, .. } => hits = self.numbered(piece, Some(places))?,
                _ => {
                    if let Some(code) = &sheet.indicator {
                        let dossier = self.dossier()?;
                        hits = dossier.filed(code).map(|(_, document)| hit(document, Some(places))).collect();
                    }
                }
            }
        }
        Ok(Answer { heading: Heading::Folio { folio, sheet: sheet.cloned().map(Box::new) }, hits })
    }
}

fn hit(document: &Document, places: Option<&Places>) -> Hit {
    Hit {
        lies: places.and_then(|places| places.holding(document)).cloned(),
        page: document.printed_pages().next().or(document.pages.first()).map_or(0, |page| page.index),
        trace: Trace { title: marked(shown_title(document), &[]), other: None },
        document: document.clone(),
    }
}

/// Title, or the name it came with.
fn shown_title(document: &Document) -> &str {
    let Document { description, original_name, .. } = document;
    if description.title.is_empty() { original_name } else { &description.title }
}

/// `37`, `p37`, `第37页`, `— 37 —`.
fn folio(asked: &str) -> Option<u32> {
    let asked = folded(asked);
    let bare =
        asked.trim_matches(|character: char| matches!(character, 'p' | '.' | '第' | '页' | '-' | '—' | '–') || character.is_whitespace());
    bare.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folio_is_read_as_it_is_said() {
        for said in ["37", "３７", "p37", "P.37", "第37页", "第 37 页", "— 37 —", "-37-"] {
            assert_eq!(folio(said), Some(37), "{said}");
        }
        for said in ["", "3-7", "01-03-002", "议军", "37号"] {
            assert_eq!(folio(said), None, "{said}");
        }
    }
}
