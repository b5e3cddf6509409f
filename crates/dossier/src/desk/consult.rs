//! 查阅: an inspector asks for an indicator, a piece, a folio or a word, and is told where it lies in the boxes.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use paper::manuscript::Folio;

use crate::compile::ledger::Shows;
use crate::compile::places::Heading;
use crate::compile::plan::PieceNumber;
use crate::compile::{Lies, Places, Report};
use crate::domain::fold::{Field, Trace, excerpt, folded, marked, words};
use crate::domain::personal::PAGE_BREAK;
use crate::domain::{Document, IndicatorCode};
use crate::error::Result;
use crate::store::{document, issue, package};

use super::Desk;

/// Pieces that are shown for a word; whoever finds more types another word.
const MOST: usize = 200;
/// Characters of a line around what was found.
const LINE: usize = 60;

/// The places of the edition or package that was read last.
#[derive(Debug, Default)]
pub(super) struct Printed(Mutex<Option<(Source, Arc<Places>)>>);

#[derive(Debug, PartialEq)]
enum Source {
    /// The edition in the boxes, in this state.
    Issue(i64),
    /// The report of a package.
    Report(PathBuf),
}

/// What was asked for, and the package that the numbers are of.
#[derive(Debug)]
pub struct Consulted {
    /// The edition in the boxes; without one, the newest package whose report is still there.
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
    /// Where it is meant to be taken from: under the leaf or number that was asked for, else where it was printed first.
    pub lies: Option<Lies>,
    /// Where else it was printed (另印).
    pub also: Vec<Lies>,
    /// Page of the scan that is to be shown first, from 0.
    pub page: u32,
    pub trace: Trace,
}

impl Desk {
    /// Answers what an inspector says: the number of an indicator as issued (`37`, `01-03`), a piece (`03-04-012`), a
    /// folio (`45`, `45-1`), else words. A bare number may be both an indicator and a folio; the indicator comes first.
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
            let hits = dossier.filed(&code).map(|(_, document)| hit(document, places.as_deref()).under(&code)).collect();
            answers.push(Answer { heading: Heading::Leaf(code), hits });
        }
        if let Some(number) = self.piece_number(asked, places.as_deref()) {
            let hits = self.numbered(&number, places.as_deref())?;
            answers.push(Answer { heading: Heading::Piece(number), hits });
        }
        if let (Some(folio), Some(places)) = (folio(asked), &places) {
            // A number that is an indicator or a piece, and no sheet of the package, was not meant as a folio.
            if answers.is_empty() || places.sheet(folio).is_some() {
                answers.push(self.on_folio(folio, places)?);
            }
        }
        let found = answers.iter().any(|answer| !answer.hits.is_empty());
        let sought = words(asked);
        if !found && !sought.is_empty() {
            let dossier = self.dossier()?;
            let mut hits = Vec::new();
            for id in self.holding(&dossier, &sought)?.into_iter().take(MOST) {
                let document = self.of_moment(&dossier, id)?;
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
        let title = document.title();
        let in_title = folded(title);
        let left: Vec<String> = sought.iter().filter(|word| !in_title.contains(word.as_str())).cloned().collect();
        let unit = said.unit.as_ref().map(|code| self.units.name_of(code)).unwrap_or_default();
        let caption = document.caption.parts().join(" ");
        let fields = [
            (Field::Number, said.number.as_str()),
            (Field::Issuer, &said.issuer),
            (Field::Unit, unit),
            (Field::Note, &said.note),
            (Field::LiesAt, &said.lies_at),
            (Field::Caption, &caption),
            (Field::Name, &document.original_name),
            (Field::Folder, &document.original_folder),
        ];
        let mut other = None;
        if !left.is_empty() {
            other = fields.into_iter().find_map(|(field, text)| Some((field, excerpt(text, &left, LINE)?)));
            if other.is_none() {
                let text = self.store.read(|index| document::text(index, document.id))?;
                other = excerpt(&shown_text(document, &text), &left, LINE).map(|runs| (Field::Text, runs));
            }
        }
        Ok(Trace { title: marked(title, sought), other })
    }

    /// Where everything lies: in the boxes where an edition stands, else in the newest package.
    fn places(&self) -> Result<Option<Arc<Places>>> {
        let mut kept = self.printed.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = self.store.read(issue::state)? {
            let source = Source::Issue(state);
            if let Some(places) = known(&kept, &source) {
                return Ok(Some(places));
            }
            let Some(issue) = self.issue()? else { return Ok(None) };
            let dossier = self.dossier()?;
            let printed = self.store.read(|index| package::newest(index, |made| made.name == issue.name))?;
            let printed = printed.and_then(|made| report(&made.report));
            let bytes = |id| dossier.documents.get(&id).map(|document| document.shown().digest);
            return Ok(Some(keep(&mut kept, source, Places::in_boxes(&issue, printed, bytes))));
        }
        let mut gone = HashSet::new();
        // A 变更包 holds only some leaves.
        while let Some(made) =
            self.store.read(|index| package::newest(index, |made| made.pack.is_none() && !gone.contains(&made.report)))?
        {
            let source = Source::Report(made.report.clone());
            if let Some(places) = known(&kept, &source) {
                return Ok(Some(places));
            }
            if let Some(read) = report(&made.report) {
                return Ok(Some(keep(&mut kept, source, Places::of(read))));
            }
            // A package that was taken away says nothing; the one before it may.
            gone.insert(made.report);
        }
        Ok(None)
    }

    /// A number as it is printed, else `03-04-012`, `3-4-12`, `37-2`: a leaf as it is typed, and an order under it; what came after
    /// printing has one more behind that (`3-4-12-1`).
    fn piece_number(&self, asked: &str, places: Option<&Places>) -> Option<PieceNumber> {
        let asked = folded(asked).replace(['—', '–', '.', ' '], "-");
        if let Some(printed) = places.and_then(|places| places.reads(&asked)) {
            return Some(printed.clone());
        }
        let (leaf, order) = split_order(&asked).filter(|(_, order)| *order > 0)?;
        if let Some(leaf) = self.catalogue.typed(leaf) {
            return Some(PieceNumber::of(leaf.code(), order));
        }
        let (leaf, front) = split_order(leaf)?;
        let behind = PieceNumber::behind(&PieceNumber::of(self.catalogue.typed(leaf)?.code(), front), order);
        places?.numbered(&behind).map(|lies| lies.number.clone())
    }

    /// The piece that has this number in the package; before anything is compiled, the one that stands there now.
    fn numbered(&self, number: &PieceNumber, places: Option<&Places>) -> Result<Vec<Hit>> {
        let dossier = self.dossier()?;
        if let Some(lies) = places.and_then(|places| places.numbered(number)) {
            let held = |document: &&Document| places.is_some_and(|places| places.holding(document).any(|own| own.number == *number));
            let hits: Vec<Hit> = dossier
                .documents
                .values()
                .map(AsRef::as_ref)
                .filter(|document: &&Document| document.shown().digest == lies.scan)
                .filter(held)
                .map(|document| hit(document, places).at(|own| own.number == *number))
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
    fn on_folio(&self, folio: Folio, places: &Places) -> Result<Answer> {
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
                        hits = dossier.filed(code).map(|(_, document)| hit(document, Some(places)).under(code)).collect();
                    }
                }
            }
        }
        Ok(Answer { heading: Heading::Folio { folio, sheet: sheet.cloned().map(Box::new) }, hits })
    }
}

/// What is typed of a leaf, and the number behind it.
fn split_order(asked: &str) -> Option<(&str, u32)> {
    let (leaf, order) = asked.rsplit_once('-')?;
    Some((leaf, order.parse().ok()?))
}

fn known(kept: &Option<(Source, Arc<Places>)>, source: &Source) -> Option<Arc<Places>> {
    kept.as_ref().filter(|(known, _)| known == source).map(|(_, places)| Arc::clone(places))
}

impl Printed {
    /// A purge strikes names where they stand.
    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn keep(kept: &mut Option<(Source, Arc<Places>)>, source: Source, places: Places) -> Arc<Places> {
    let places = Arc::new(places);
    *kept = Some((source, Arc::clone(&places)));
    places
}

fn report(path: &Path) -> Option<Report> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

impl Hit {
    /// Taken from the place that is asked for, where it was printed there.
    fn at(mut self, asked: impl Fn(&Lies) -> bool) -> Self {
        if let Some(at) = self.also.iter().position(&asked).filter(|_| self.lies.as_ref().is_some_and(|lies| !asked(lies))) {
            let first = self.lies.replace(self.also.remove(at));
            self.also.splice(0..0, first);
        }
        self
    }

    fn under(self, code: &IndicatorCode) -> Self {
        self.at(|lies| lies.indicator.as_ref() == Some(code))
    }
}

fn hit(document: &Document, places: Option<&Places>) -> Hit {
    let mut printed = places.into_iter().flat_map(|places| places.holding(document)).cloned();
    Hit {
        lies: printed.next(),
        also: printed.collect(),
        page: document.printed_pages().next().or(document.pages.first()).map_or(0, |page| page.index),
        trace: Trace { title: marked(document.title(), &[]), other: None },
        document: document.clone(),
    }
}

/// The text without that of pages with bars: nobody can tell which words lie below them.
pub(super) fn shown_text<'a>(document: &Document, text: &'a str) -> Cow<'a, str> {
    if document.masks.is_empty() {
        return Cow::Borrowed(text);
    }
    let pages = text.split(PAGE_BREAK).zip(0..);
    let shown = pages.map(|(text, page)| if document.masks_on(page).is_empty() { text } else { "" });
    Cow::Owned(shown.collect::<Vec<_>>().join(&PAGE_BREAK.to_string()))
}

/// `37`, `p37`, `第37页`, `— 37 —`, `45-1`.
fn folio(asked: &str) -> Option<Folio> {
    let asked = folded(asked);
    let bare =
        asked.trim_matches(|character: char| matches!(character, 'p' | '.' | '第' | '页' | '-' | '—' | '–') || character.is_whitespace());
    let number = |text: &str| text.trim().parse().ok().filter(|number| *number > 0);
    match bare.split_once(['-', '—', '–']) {
        Some((after, behind)) => Some(Folio::Behind { after: number(after)?, number: number(behind)? }),
        None => number(bare).map(Folio::Body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folio_is_read_as_it_is_said() {
        for said in ["37", "３７", "p37", "P.37", "第37页", "第 37 页", "— 37 —", "-37-"] {
            assert_eq!(folio(said), Some(Folio::Body(37)), "{said}");
        }
        for said in ["45-1", "４５－１", "第45-1页", "— 45—1 —", "p45-1"] {
            assert_eq!(folio(said), Some(Folio::Behind { after: 45, number: 1 }), "{said}");
        }
        for said in ["", "0", "3-0", "01-03-002", "议军", "37号"] {
            assert_eq!(folio(said), None, "{said}");
        }
    }
}
