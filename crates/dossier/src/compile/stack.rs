//! Sheets one upon the other, each with its folio and what it shows.

use paper::manuscript::{Anchor, Block, Body, Folio, Sheet};
use paper::{PageSetup, layout};

use super::ledger::Shows;
use super::text;
use crate::domain::IndicatorCode;

/// A stack that sheets are laid on.
pub(super) struct Stack<'a> {
    pub setup: &'a PageSetup,
    pub sheets: Vec<Sheet>,
    pub facts: Vec<(Shows, Option<IndicatorCode>)>,
    pub items: Vec<usize>,
    pub folio: Folio,
    pub section: u32,
    /// Of the run, that is being laid.
    pub item: usize,
    /// Whether blank sides are inserted so that something starts on an odd page.
    pub fills: bool,
}

impl<'a> Stack<'a> {
    pub fn new(setup: &'a PageSetup, folio: Folio) -> Self {
        Self { setup, sheets: Vec::new(), facts: Vec::new(), items: Vec::new(), folio, section: 0, item: 0, fills: true }
    }

    pub fn lay(&mut self, header: &str, anchors: Vec<Anchor>, body: Body, shows: Shows, indicator: Option<&IndicatorCode>) {
        // A head of its own makes a section; so does what opens an area or an indicator.
        if !anchors.is_empty() && !matches!(shows, Shows::Piece { .. } | Shows::Photos { .. } | Shows::Slip { .. })
            || self.sheets.last().is_some_and(|last| last.header != header)
        {
            self.section += 1;
        }
        self.sheets.push(Sheet { folio: self.folio, header: header.to_owned(), anchors, section: self.section, body });
        self.facts.push((shows, indicator.cloned()));
        self.items.push(self.item);
        self.folio = match self.folio {
            Folio::None => Folio::None,
            Folio::Front(number) => Folio::Front(number + 1),
            Folio::Body(number) => Folio::Body(number + 1),
            Folio::Behind { after, number } => Folio::Behind { after, number: number + 1 },
        };
    }

    /// Deals text out to as many sheets as it takes; the first carries the anchor.
    pub fn text(&mut self, header: &str, anchor: Option<&Anchor>, blocks: &[Block], shows: Shows, indicator: Option<&IndicatorCode>) {
        let mut anchors: Vec<Anchor> = anchor.into_iter().cloned().collect();
        for blocks in layout::deal(blocks, self.setup) {
            self.lay(header, std::mem::take(&mut anchors), Body::Text(blocks), shows.clone(), indicator);
        }
    }

    /// Fills up so that the next sheet is a right-hand page.
    pub fn fill_to_odd(&mut self) {
        if self.fills && self.setup.duplex && self.folio_number().is_multiple_of(2) {
            let header = self.sheets.last().map(|sheet| sheet.header.clone()).unwrap_or_default();
            let indicator = self.facts.last().and_then(|(_, indicator)| indicator.clone());
            self.lay(&header, Vec::new(), Body::Text(text::blank()), Shows::Blank, indicator.as_ref());
        }
    }

    pub fn folio_number(&self) -> u32 {
        match self.folio {
            Folio::None => self.sheets.len() as u32 + 1,
            Folio::Front(number) | Folio::Body(number) => number,
            Folio::Behind { after, number } => after + number,
        }
    }
}
