//! Where what was compiled lies: volume and folios of every piece, read back from the 校验报告 of a package.

use std::collections::HashMap;

use jiff::civil::Date;
use paper::manuscript::Folio;
use scans::Digest;

use super::Volumes;
use super::ledger::{LedgerSheet, Shows};
use super::package::Report;
use super::plan::PieceNumber;
use crate::domain::{Document, IndicatorCode};

/// The paper as it was made, by piece and by folio.
#[derive(Debug)]
pub struct Places {
    /// Name and day of the package.
    pub name: String,
    pub made_on: Date,
    pub volumes: Volumes,
    pub volume_count: usize,
    pieces: Vec<Lies>,
    by_number: HashMap<PieceNumber, usize>,
    by_scan: HashMap<Digest, Vec<usize>>,
    /// Sheets of the body by their folio.
    sheets: HashMap<u32, LedgerSheet>,
}

/// Where one piece lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Lies {
    pub number: PieceNumber,
    /// Bytes whose pages were printed.
    pub scan: Digest,
    /// Volume of its first sheet.
    pub volume: u32,
    /// What that volume holds; empty when the package is one volume.
    pub volume_title: String,
    /// Page of the scan, from 0, with its folio, in the order of the paper. The slip of an attachment stands for page 0.
    pub pages: Vec<(u32, Folio)>,
}

/// What an inspector asked for, as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Heading {
    Leaf(IndicatorCode),
    Piece(PieceNumber),
    /// With what stands on it in the package.
    Folio {
        folio: u32,
        sheet: Option<Box<LedgerSheet>>,
    },
    Words(String),
}

impl Places {
    pub fn of(report: Report) -> Self {
        let Report { name, options, ledger, pieces, .. } = report;
        let mut out = Self {
            name,
            made_on: options.made_on,
            volumes: options.volumes,
            volume_count: ledger.volumes.len(),
            pieces: Vec::new(),
            by_number: HashMap::new(),
            by_scan: HashMap::new(),
            sheets: HashMap::new(),
        };
        let scans: HashMap<PieceNumber, Digest> = pieces.into_iter().map(|piece| (piece.number, piece.scan)).collect();
        for sheet in ledger.sheets {
            let mut shown: Vec<(&PieceNumber, u32)> = sheet.shows.evidence().iter().map(|on| (on.piece, on.scan.1)).collect();
            if let Shows::Slip { piece, .. } = &sheet.shows {
                shown.push((piece, 0));
            }
            for (number, page) in shown {
                let Some(&scan) = scans.get(number) else { continue };
                let at = *out.by_number.entry(number.clone()).or_insert_with(|| {
                    let volume = ledger.volumes.iter().find(|volume| volume.number == sheet.volume);
                    let volume_title = volume.map(|volume| volume.title.clone()).unwrap_or_default();
                    out.pieces.push(Lies { number: number.clone(), scan, volume: sheet.volume, volume_title, pages: Vec::new() });
                    out.by_scan.entry(scan).or_default().push(out.pieces.len() - 1);
                    out.pieces.len() - 1
                });
                out.pieces[at].pages.push((page, sheet.folio));
            }
            if let Folio::Body(folio) = sheet.folio {
                out.sheets.insert(folio, sheet);
            }
        }
        out
    }

    pub fn numbered(&self, number: &PieceNumber) -> Option<&Lies> {
        self.by_number.get(number).map(|&at| &self.pieces[at])
    }

    /// The sheet on which a folio stands.
    pub fn sheet(&self, folio: u32) -> Option<&LedgerSheet> {
        self.sheets.get(&folio)
    }

    /// Where a document was printed; `None` when it is not in the package.
    pub fn holding(&self, document: &Document) -> Option<&Lies> {
        let printed = self.by_scan.get(&document.shown().digest)?.iter().map(|&at| &self.pieces[at]);
        // Pieces may be parts of one scan.
        let own = |lies: &&Lies| document.pages.iter().any(|page| lies.pages.iter().any(|(printed, _)| *printed == page.index));
        let mut printed = printed.filter(|lies| document.is_slip() || own(lies));
        printed.next()
    }
}

impl Lies {
    /// First and last folio.
    pub fn folios(&self) -> (Folio, Folio) {
        let folio = |page: Option<&(u32, Folio)>| page.map_or(Folio::None, |(_, folio)| *folio);
        (folio(self.pages.first()), folio(self.pages.last()))
    }
}
