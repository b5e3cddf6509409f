//! 定稿: a printed edition, side by side as it lies in the boxes. Nothing in it is ever numbered anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use paper::manuscript::{Block, Body, Folio, ScanPage, Sheet};
use scans::{Digest, Mask};
use serde::{Deserialize, Serialize};

use super::ledger::{Ledger, LedgerSheet, Shows};
use super::package::{CompileError, Report};
use super::plan::{PieceNumber, Plan};
use super::{Options, Section};
use crate::domain::{DocumentId, IndicatorCode, PrintSetup};

/// What lies in the boxes: as it was printed, or as it stands after its last 变更包.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// Name of the package that was printed.
    pub name: String,
    /// How it was made; later packages on its numbers are made alike.
    pub options: Options,
    /// The margins, fonts and boxes it was printed with.
    pub setup: PrintSetup,
    /// How many 变更包 were made for it.
    pub packs: u32,
    /// In the order of the paper.
    pub sheets: Vec<IssuedSheet>,
    /// In the order of the paper.
    pub pieces: Vec<IssuedPiece>,
    /// What was printed and taken out again; its numbers are given to nothing else.
    pub withdrawn: Vec<Withdrawn>,
    /// The highest number that was ever given behind a folio.
    pub behind: BTreeMap<u32, u32>,
}

/// A side of paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssuedSheet {
    #[serde(flatten)]
    pub sheet: LedgerSheet,
    /// What is printed on it, see [`print`].
    pub print: Digest,
}

/// A piece by the number that is printed on its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedPiece {
    pub document: DocumentId,
    pub indicator: IndicatorCode,
    pub number: PieceNumber,
    pub title: String,
    /// Its first folio is one behind another.
    pub late: bool,
}

/// What no sheet says of a package that was laid on the numbers of an edition: with it, its print is an edition that gives none of
/// these numbers to anything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Day that stands on its sheets.
    pub made_on: Date,
    pub withdrawn: Vec<Withdrawn>,
    pub behind: BTreeMap<u32, u32>,
}

/// 撤出的材料, whose folios stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub indicator: IndicatorCode,
    pub number: PieceNumber,
    pub title: String,
    /// First and last.
    pub folios: (Folio, Folio),
}

impl Issue {
    /// Freezes a package as its report says it was printed.
    ///
    /// # Errors
    /// [`CompileError::NotIssuable`] for one that was made before a report said what stands on each sheet.
    pub fn of(report: &Report) -> Result<Self, CompileError> {
        let refused = || CompileError::NotIssuable { name: report.name.clone() };
        if report.prints.len() != report.ledger.sheets.len() {
            return Err(refused());
        }
        let first = firsts(&report.ledger);
        let pieces = report.pieces.iter().map(|piece| {
            let (indicator, late) = first.get(&piece.number).cloned()?;
            Some(IssuedPiece { document: piece.document?, indicator, number: piece.number.clone(), title: piece.title.clone(), late })
        });
        let before = report.history.clone();
        let made_on = before.as_ref().map_or(report.options.made_on, |before| before.made_on);
        let (withdrawn, behind) = before.map(|before| (before.withdrawn, before.behind)).unwrap_or_default();
        Ok(Self {
            name: report.name.clone(),
            options: Options { made_on, ..report.options },
            setup: report.setup.clone(),
            packs: 0,
            sheets: issued(&report.ledger, &report.prints),
            pieces: pieces.collect::<Option<_>>().ok_or_else(refused)?,
            withdrawn,
            behind: given_behind(behind, &report.ledger),
        })
    }

    /// How it stands once the sheets of a plan made on it lie in the boxes.
    pub(super) fn after(&self, plan: &Plan, ledger: &Ledger, prints: &[Digest]) -> Self {
        let first = firsts(ledger);
        let entries = plan.leaves().flat_map(|leaf| &leaf.entries).filter_map(|entry| Some((entry, entry.piece()?)));
        let pieces: Vec<IssuedPiece> = entries
            .filter_map(|(entry, piece)| {
                let (indicator, late) = first.get(&piece.number).cloned()?;
                Some(IssuedPiece { document: entry.document, indicator, number: piece.number.clone(), title: entry.title.clone(), late })
            })
            .collect();
        let History { withdrawn, behind, .. } = self.history(plan, ledger);
        Self { packs: self.packs + 1, sheets: issued(ledger, prints), pieces, withdrawn, behind, ..self.clone() }
    }

    /// What a package on its numbers has to remember.
    pub(super) fn history(&self, plan: &Plan, ledger: &Ledger) -> History {
        let withdrawn = [self.withdrawn.clone(), self.withdrawn_by(plan)].concat();
        History { made_on: plan.made_on, withdrawn, behind: given_behind(self.behind.clone(), ledger) }
    }

    /// What is printed and is in a plan no more.
    pub fn withdrawn_by(&self, plan: &Plan) -> Vec<Withdrawn> {
        let kept: HashSet<&PieceNumber> = plan.pieces().map(|piece| &piece.number).collect();
        let gone = self.pieces.iter().filter(|piece| !kept.contains(&piece.number));
        gone.map(|piece| Withdrawn {
            indicator: piece.indicator.clone(),
            number: piece.number.clone(),
            title: piece.title.clone(),
            folios: self.folios(&piece.number),
        })
        .collect()
    }

    fn folios(&self, number: &PieceNumber) -> (Folio, Folio) {
        let mut own = self.sheets.iter().filter(|issued| issued.sheet.shows.pieces().contains(&number)).map(|issued| issued.sheet.folio);
        let first = own.next().unwrap_or(Folio::None);
        (first, own.next_back().unwrap_or(first))
    }

    /// The section in which each piece is printed, where leaves are parted by years.
    pub(super) fn sections(&self) -> HashMap<&PieceNumber, Section> {
        let mut out = HashMap::new();
        let mut open = None;
        for IssuedSheet { sheet, .. } in &self.sheets {
            match &sheet.shows {
                Shows::Register { section } => open = *section,
                Shows::Divider | Shows::Indicator => open = None,
                other => {
                    out.extend(other.pieces().into_iter().zip(std::iter::repeat(open)).filter_map(|(piece, open)| Some((piece, open?))))
                }
            }
        }
        out
    }

    /// Pieces printed under a leaf, in the order of the paper.
    pub fn under<'a>(&'a self, code: &'a IndicatorCode) -> impl Iterator<Item = &'a IssuedPiece> {
        self.pieces.iter().filter(move |piece| piece.indicator == *code)
    }

    pub fn title(&self, number: &PieceNumber) -> Option<&str> {
        let gone = self.withdrawn.iter().map(|gone| (&gone.number, gone.title.as_str()));
        let mut all = self.pieces.iter().map(|piece| (&piece.number, piece.title.as_str())).chain(gone);
        all.find(|(known, _)| *known == number).map(|(_, title)| title)
    }

    /// The side on which each photo is printed.
    pub(super) fn photo_sheets(&self) -> HashMap<&PieceNumber, usize> {
        let photos = |(at, issued): (usize, &'_ IssuedSheet)| matches!(issued.sheet.shows, Shows::Photos { .. }).then_some(at);
        let sides = self.sheets.iter().enumerate().filter_map(|(at, issued)| Some((photos((at, issued))?, issued)));
        sides.flat_map(|(at, issued)| issued.sheet.shows.pieces().into_iter().map(move |piece| (piece, at))).collect()
    }

    /// Sides of one volume, in order.
    pub(super) fn of_volume(&self, number: u32) -> impl Iterator<Item = &IssuedSheet> {
        self.sheets.iter().filter(move |issued| issued.sheet.volume == number)
    }

    pub(super) fn volumes(&self) -> u32 {
        self.sheets.last().map_or(0, |issued| issued.sheet.volume)
    }

    /// The number of a piece that came after printing. Where printed ones follow it, one behind the piece in front of it
    /// (`03-04-012-1`); at the end the next that was never used.
    pub(super) fn number(&self, code: &IndicatorCode, front: Option<&PieceNumber>, last: bool, given: &[PieceNumber]) -> PieceNumber {
        let plain =
            |number: &PieceNumber| -> Option<u32> { number.0.strip_prefix(&code.0)?.strip_prefix('-')?.split('-').next()?.parse().ok() };
        let gone = self.withdrawn.iter().filter(|gone| gone.indicator == *code).map(|gone| &gone.number);
        let used: Vec<&PieceNumber> = self.under(code).map(|piece| &piece.number).chain(gone).chain(given).collect();
        if last {
            let highest = used.iter().filter_map(|number| plain(number)).max().unwrap_or(0);
            return PieceNumber::of(code, highest + 1);
        }
        let front = PieceNumber::of(code, front.and_then(plain).unwrap_or(0));
        let behind = (1_u32..).map(|number| PieceNumber::behind(&front, number));
        behind.into_iter().find(|number| !used.contains(&number)).expect("there are more numbers than pieces")
    }
}

/// The leaf of each piece, and whether its first folio is one behind another.
fn firsts(ledger: &Ledger) -> BTreeMap<PieceNumber, (IndicatorCode, bool)> {
    let mut out = BTreeMap::new();
    for sheet in &ledger.sheets {
        for piece in sheet.shows.pieces() {
            if let Some(code) = &sheet.indicator {
                out.entry(piece.clone()).or_insert_with(|| (code.clone(), matches!(sheet.folio, Folio::Behind { .. })));
            }
        }
    }
    out
}

/// The highest numbers behind folios, with those that a ledger gives.
fn given_behind(mut behind: BTreeMap<u32, u32>, ledger: &Ledger) -> BTreeMap<u32, u32> {
    for sheet in &ledger.sheets {
        if let Folio::Behind { after, number } = sheet.folio {
            let most = behind.entry(after).or_default();
            *most = number.max(*most);
        }
    }
    behind
}

fn issued(ledger: &Ledger, prints: &[Digest]) -> Vec<IssuedSheet> {
    ledger.sheets.iter().zip(prints).map(|(sheet, print)| IssuedSheet { sheet: sheet.clone(), print: *print }).collect()
}

/// Digest of all that is seen on a sheet, except its folio. Targets of links and names of files are not seen, so they are not part of it.
pub fn print(sheet: &Sheet) -> Digest {
    let seen = match &sheet.body {
        Body::Text(blocks) => serde_json::to_vec(&(&sheet.header, blocks.iter().map(unlinked).collect::<Vec<_>>())),
        Body::Scan(page) => serde_json::to_vec(&(&sheet.header, scan(page))),
        Body::Photos(photos) => {
            let photos: Vec<_> = photos.iter().map(|photo| (scan(&photo.scan), &photo.text)).collect();
            serde_json::to_vec(&(&sheet.header, photos))
        }
    };
    Digest::of(&seen.expect("a sheet is plain data"))
}

/// A page without masks is serialised as before masks existed, so that digests of older editions stay valid.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<S> {
    Bare(S),
    Masked(S, Vec<Mask>),
}

fn scan(page: &ScanPage) -> impl Serialize {
    let bare = bare(page);
    if page.masks.is_empty() { Shown::Bare(bare) } else { Shown::Masked(bare, page.masks.clone()) }
}

fn bare(page: &ScanPage) -> impl Serialize {
    let strokes: Vec<_> = page.strokes.iter().map(|stroke| (stroke.x0, stroke.y0, stroke.x1, stroke.y1)).collect();
    (page.digest, page.page, page.turn, page.framing, page.slice.map(|slice| (slice.from, slice.to)), strokes, page.caption.clone())
}

fn unlinked(block: &Block) -> Block {
    let mut block = block.clone();
    match &mut block {
        Block::Contents { target, .. } => *target = None,
        Block::Table(table) => table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| cell.target = None),
        Block::Space(_) | Block::Paragraph { .. } => {}
    }
    block
}

impl Shows {
    /// Numbers of the pieces that stand here.
    pub fn pieces(&self) -> Vec<&PieceNumber> {
        match self {
            Self::Piece { piece, .. } | Self::Slip { piece, .. } => vec![piece],
            Self::Photos { photos } => photos.iter().map(|photo| &photo.piece).collect(),
            _ => Vec::new(),
        }
    }
}
