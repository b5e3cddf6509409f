//! Where what was printed lies: volume and folios of every piece, as the edition in the boxes or a 校验报告 says.

use std::collections::HashMap;

use jiff::civil::Date;
use paper::manuscript::Folio;
use scans::Digest;

use super::Volumes;
use super::issue::Issue;
use super::ledger::{LedgerSheet, Shows};
use super::package::Report;
use super::plan::PieceNumber;
use crate::domain::fold::folded;
use crate::domain::{Document, DocumentId, IndicatorCode};

/// The paper as it was made, by piece and by folio.
#[derive(Debug)]
pub struct Places {
    /// Name and day of the package.
    pub name: String,
    pub made_on: Date,
    /// 变更包 that were carried out since, where the package is an edition.
    pub packs: Option<u32>,
    pub volumes: Volumes,
    pub volume_count: usize,
    pieces: Vec<Lies>,
    by_number: HashMap<PieceNumber, usize>,
    by_scan: HashMap<Digest, Vec<usize>>,
    /// Sheets of the body by their folio.
    sheets: HashMap<Folio, LedgerSheet>,
}

/// Where one piece lies; one that was printed again lies at several places.
#[derive(Debug, Clone, PartialEq)]
pub struct Lies {
    pub number: PieceNumber,
    /// Bytes whose pages were printed.
    pub scan: Digest,
    /// The leaf under which it lies; `None` where its sheets don't say.
    pub indicator: Option<IndicatorCode>,
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
        folio: Folio,
        sheet: Option<Box<LedgerSheet>>,
    },
    Words(String),
}

impl Places {
    /// The places in a compiled package.
    pub fn of(report: Report) -> Self {
        let Report { name, options, ledger, pieces, .. } = report;
        let titles: HashMap<u32, String> = ledger.volumes.into_iter().map(|volume| (volume.number, volume.title)).collect();
        let scans = pieces.into_iter().map(|piece| (piece.number, piece.scan)).collect();
        let out = Self::empty(name, options.made_on, options.volumes, titles.len());
        out.lay(ledger.sheets, &titles, &scans)
    }

    /// The places in a printed edition. An edition does not say what its volumes are called, nor which bytes stand behind a slip: `printed`
    /// is the report of its package where that is still there.
    pub fn in_boxes(issue: &Issue, printed: Option<Report>, bytes: impl Fn(DocumentId) -> Option<Digest>) -> Self {
        let volumes = printed.map(|report| report.ledger.volumes).unwrap_or_default();
        let titles = volumes.into_iter().map(|volume| (volume.number, volume.title)).collect();
        let scans = issue.pieces.iter().filter_map(|piece| Some((piece.number.clone(), bytes(piece.document)?))).collect();
        let empty = Self::empty(issue.name.clone(), issue.options.made_on, issue.options.volumes, issue.volumes() as usize);
        let out = Self { packs: Some(issue.packs), ..empty };
        out.lay(issue.sheets.iter().map(|issued| issued.sheet.clone()), &titles, &scans)
    }

    fn empty(name: String, made_on: Date, volumes: Volumes, volume_count: usize) -> Self {
        Self {
            name,
            made_on,
            packs: None,
            volumes,
            volume_count,
            pieces: Vec::new(),
            by_number: HashMap::new(),
            by_scan: HashMap::new(),
            sheets: HashMap::new(),
        }
    }

    fn lay(
        mut self,
        sheets: impl IntoIterator<Item = LedgerSheet>,
        titles: &HashMap<u32, String>,
        scans: &HashMap<PieceNumber, Digest>,
    ) -> Self {
        for sheet in sheets {
            // Of what was printed and lies in the project no more, the sheet is still there.
            for on in sheet.shows.evidence() {
                self.note(&sheet, on.piece, on.scan, titles);
            }
            if let Shows::Slip { piece, .. } = &sheet.shows
                && let Some(&scan) = scans.get(piece)
            {
                self.note(&sheet, piece, (scan, 0), titles);
            }
            if matches!(sheet.folio, Folio::Body(_) | Folio::Behind { .. }) {
                self.sheets.insert(sheet.folio, sheet);
            }
        }
        self
    }

    /// A page of a piece stands on this sheet.
    fn note(&mut self, sheet: &LedgerSheet, number: &PieceNumber, (scan, page): (Digest, u32), titles: &HashMap<u32, String>) {
        let at = *self.by_number.entry(number.clone()).or_insert_with(|| {
            let volume_title = titles.get(&sheet.volume).cloned().unwrap_or_default();
            let indicator = sheet.indicator.clone();
            self.pieces.push(Lies { number: number.clone(), scan, indicator, volume: sheet.volume, volume_title, pages: Vec::new() });
            self.by_scan.entry(scan).or_default().push(self.pieces.len() - 1);
            self.pieces.len() - 1
        });
        self.pieces[at].pages.push((page, sheet.folio));
    }

    pub fn numbered(&self, number: &PieceNumber) -> Option<&Lies> {
        self.by_number.get(number).map(|&at| &self.pieces[at])
    }

    /// A number that is printed so, but for what [`folded`] makes the same.
    pub fn reads(&self, said: &str) -> Option<&PieceNumber> {
        self.pieces.iter().map(|lies| &lies.number).find(|number| folded(&number.0) == said)
    }

    /// The sheet on which a folio stands.
    pub fn sheet(&self, folio: Folio) -> Option<&LedgerSheet> {
        self.sheets.get(&folio)
    }

    /// Every place where a document was printed, in the order of the paper; none when it is not in the package.
    pub fn holding<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a Lies> {
        let printed = self.by_scan.get(&document.shown().digest).into_iter().flatten().map(|&at| &self.pieces[at]);
        // Pieces may be parts of one scan.
        let own = |lies: &&Lies| document.pages.iter().any(|page| lies.pages.iter().any(|(printed, _)| *printed == page.index));
        printed.filter(move |lies| document.is_slip() || own(lies))
    }
}

impl Lies {
    /// First and last folio.
    pub fn folios(&self) -> (Folio, Folio) {
        let folio = |page: Option<&(u32, Folio)>| page.map_or(Folio::None, |(_, folio)| *folio);
        (folio(self.pages.first()), folio(self.pages.last()))
    }
}
