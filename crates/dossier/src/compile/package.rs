//! 申报材料: the finished files, and the report that lies beside them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::civil::Date;
use paper::manuscript::{Receipt, RemarkKind, UnseenText};
use scans::{Digest, Mask};
use serde::{Deserialize, Serialize};

use super::issue::History;
use super::ledger::{EvidenceOn, Ledger};
use super::plan::{LeftOut, PieceNumber, Plan};
use super::verify::{Claims, Verification};
use super::{Format, Options, Sections, Volumes};
use crate::domain::{Document, DocumentId, Dossier, IndicatorCode, PrintSetup, mask};
use crate::wording::package as words;

/// A compiled output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    pub name: String,
    /// A file a volume, in order.
    pub files: Vec<PathBuf>,
    /// 校验报告 as JSON.
    pub report: PathBuf,
    pub format: Format,
    pub volumes: Volumes,
    #[serde(default)]
    pub sections: Sections,
    pub made_on: Date,
    pub sheets: u32,
    pub pieces: u32,
    /// Pages of evidence.
    pub pages: u32,
    pub bytes: u64,
    pub verification: Verification,
    /// What is in the project but not in the package, a sentence each; empty in a list of packages.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// Pages that could not be passed through as they were, a sentence each.
    pub remarks: Vec<String>,
    /// 变更包 of an edition, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<u32>,
}

impl Package {
    /// What can be issued, and carried about: of a 变更包 only some leaves are there.
    pub fn is_whole_pdf(&self) -> bool {
        self.format == Format::Pdf && self.pack.is_none()
    }

    /// Whether it may become the edition.
    pub fn is_issuable(&self) -> bool {
        self.is_whole_pdf() && self.verification.ok
    }
}

/// 校验报告: all that is needed to check the files again, wherever they are carried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub schema: String,
    /// Name and version of the program.
    pub program: String,
    pub name: String,
    pub title: String,
    pub office: String,
    pub catalogue: String,
    pub official: bool,
    pub options: Options,
    #[serde(default)]
    pub setup: PrintSetup,
    /// Most bytes that a volume should have, see [`Plan::most_bytes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_bytes: Option<u64>,
    pub files: Vec<ReportedFile>,
    pub ledger: Ledger,
    pub pieces: Vec<ReportedPiece>,
    /// What was known to lack.
    #[serde(default)]
    pub lacking: Lacking,
    pub left_out: Vec<LeftOut>,
    pub remarks: Vec<ReportedRemark>,
    /// Pages of a 审阅版 whose pictures were reduced.
    #[serde(default)]
    pub reduced: u32,
    /// Pages with masks, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<ReportedMasks>,
    /// 文字层, in order; `None` in reports that were written before it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<Vec<ReportedLetters>>,
    /// Pages of evidence whose letters were still to be read.
    #[serde(default)]
    pub unread: u32,
    /// Files that waited for the clerk in their batches.
    #[serde(default)]
    pub pending: u32,
    pub verification: Verification,
    /// What is printed on each sheet of the ledger, see [`super::issue::print`].
    #[serde(default)]
    pub prints: Vec<Digest>,
    /// 变更包 of an edition, by its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<u32>,
    /// Of what was laid on the numbers of an edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedFile {
    /// Without its folder: report and files are carried together.
    pub name: String,
    pub volume: u32,
    pub bytes: u64,
    /// BLAKE3 of the file.
    pub digest: Digest,
}

/// A piece that is in the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedPiece {
    pub number: PieceNumber,
    pub title: String,
    /// Name of the file as it came.
    pub original_name: String,
    pub scan: Digest,
    pub pages: u32,
    /// Folio of its first page.
    pub folio: String,
    #[serde(default)]
    pub document: Option<DocumentId>,
    /// 另印: it stands under another number, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
}

/// What was known to lack when a package was made. It stops nothing: it is shown, and who knew of it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// Veto items that nothing proves.
    pub vetoes: Vec<LackingVeto>,
    /// 缺材料, in the order of the table.
    pub gaps: Vec<Gap>,
    /// Who said to know of the veto items; `None` where nobody did.
    pub accepted: Option<Accepted>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LackingVeto {
    pub code: IndicatorCode,
    /// The wording as issued.
    pub text: String,
}

/// A material of which too little is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub indicator: IndicatorCode,
    /// Empty where the table names no material.
    pub expected: String,
    /// `None`: asked once in the period, or from each unit.
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub who: String,
    pub on: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedRemark {
    pub piece: PieceNumber,
    pub page: u32,
    pub folio: String,
    pub kind: RemarkKind,
    /// In English, for the log.
    pub detail: String,
}

/// A page with masks, as it stands on a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedMasks {
    pub piece: PieceNumber,
    /// Page within the scan, from 0.
    pub page: u32,
    pub folio: String,
    /// What is covered, see [`mask::print`].
    pub masks: String,
    /// The bars themselves.
    #[serde(default)]
    pub bars: Vec<Mask>,
}

/// 文字层 of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedLetters {
    pub volume: u32,
    /// Position in the volume, from 0.
    pub sheet: u32,
    #[serde(flatten)]
    pub text: UnseenText,
}

pub const SCHEMA: &str = "package/1";

/// Why there is no package. Nothing is left under a final name.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// Characters that no font has, and the pieces or indicators in whose words they stand.
    #[error("no font has {characters:?}, in {places:?}")]
    NoGlyph { characters: String, places: Vec<String> },
    /// The written file failed its verification.
    #[error("not verified: {failed:?}")]
    NotVerified { failed: Vec<String> },
    #[error("{path} can't be read: {source}", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// The file is no PDF or DOCX, or is damaged.
    #[error("{path} is damaged: {detail}", path = path.display())]
    Damaged { path: PathBuf, detail: String },
    /// No report beside a package says anything about this file.
    #[error("no report of {path}", path = path.display())]
    NoReport { path: PathBuf },
    /// It is no PDF of a whole package, or its report does not say what is printed on its sheets.
    #[error("{name} can't be made an edition")]
    NotIssuable { name: String },
    /// Only a PDF can be made on the numbers of an edition.
    #[error("a Word document can't be made on the numbers of an edition")]
    KeptInPdf,
    /// What is filed now is what lies in the boxes.
    #[error("nothing changed since the edition was printed")]
    NothingChanged,
    #[error("no edition was issued")]
    NoIssue,
}

impl Report {
    pub fn new(plan: &Plan, options: &Options, name: &str, ledger: Ledger, receipts: &[Receipt]) -> Self {
        let pieces = pieces(plan, &ledger);
        let (remarks, masked) = (remarks(&ledger, receipts), masked(plan, &ledger, receipts));
        let history = plan.issue.as_ref().map(|issue| issue.history(plan, &ledger));
        let reduced = receipts.iter().flat_map(|receipt| &receipt.remarks).filter(|remark| remark.kind == RemarkKind::Reduced).count();
        Self {
            schema: SCHEMA.to_owned(),
            program: super::manuscript::PRODUCER.to_owned(),
            name: name.to_owned(),
            title: plan.name.clone(),
            office: plan.office.clone(),
            catalogue: plan.catalogue.clone(),
            official: plan.disclaimer.is_none(),
            options: *options,
            setup: plan.print.clone(),
            most_bytes: plan.most_bytes,
            files: Vec::new(),
            ledger,
            pieces,
            lacking: Lacking::default(),
            left_out: plan.left_out.clone(),
            remarks,
            reduced: reduced as u32,
            masked,
            letters: Some(letters(receipts)),
            unread: 0,
            pending: plan.pending,
            verification: Verification::default(),
            prints: Vec::new(),
            pack: None,
            history,
        }
    }

    /// What the sheets of a volume should show and hide.
    pub fn claims(&self, volume: u32) -> Claims {
        let masked: HashMap<(&PieceNumber, u32), &Vec<Mask>> =
            self.masked.iter().map(|masked| ((&masked.piece, masked.page), &masked.bars)).collect();
        let mut bars = BTreeMap::new();
        for (at, sheet) in self.ledger.of_volume(volume).enumerate() {
            let on = sheet.shows.evidence().into_iter().enumerate();
            let on: Vec<(usize, Vec<Mask>)> =
                on.filter_map(|(photo, on)| Some((photo, masked.get(&(on.piece, on.scan.1))?.to_vec()))).collect();
            if !on.is_empty() {
                bars.insert(at, on);
            }
        }
        let of_volume = |laid: &Vec<ReportedLetters>| {
            laid.iter().filter(|laid| laid.volume == volume).map(|laid| (laid.sheet as usize, laid.text)).collect()
        };
        Claims { bars, letters: self.letters.as_ref().map(of_volume) }
    }

    /// How many of its pages have masks now that they had not when it was compiled.
    pub fn uncovered(&self, dossier: &Dossier) -> usize {
        let documents: HashMap<&PieceNumber, DocumentId> =
            self.pieces.iter().filter_map(|piece| Some((&piece.number, piece.document?))).collect();
        let covered: HashSet<(&PieceNumber, u32, &str)> =
            self.masked.iter().map(|masked| (&masked.piece, masked.page, masked.masks.as_str())).collect();
        let pages: BTreeSet<(&PieceNumber, u32)> =
            self.ledger.sheets.iter().flat_map(|sheet| sheet.shows.evidence()).map(|on| (on.piece, on.scan.1)).collect();
        let open = pages.into_iter().filter(|(piece, page)| {
            let document = documents.get(piece).and_then(|id| dossier.documents.get(id));
            let masks = document.map(|document| mask::print(&document.masks_on(*page))).unwrap_or_default();
            !masks.is_empty() && !covered.contains(&(*piece, *page, masks.as_str()))
        });
        open.count()
    }

    /// How many of these pieces are in it. A report that does not name its pieces tells them by their scans.
    pub fn holding(&self, pieces: &[Document]) -> usize {
        let held = |piece: &&Document| {
            self.pieces.iter().any(|reported| match reported.document {
                Some(id) => piece.id == id,
                None => piece.shown().digest == reported.scan,
            })
        };
        pieces.iter().filter(held).count()
    }

    /// The report that speaks of a file, found beside it.
    ///
    /// # Errors
    /// [`CompileError::NoReport`] when none does; [`CompileError::Unreadable`] when the folder can't be read.
    pub fn of(file: &Path) -> Result<(Self, u32), CompileError> {
        let missing = || CompileError::NoReport { path: file.to_owned() };
        let name = file.file_name().ok_or_else(missing)?.to_string_lossy().into_owned();
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unreadable = |source| CompileError::Unreadable { path: folder.to_owned(), source };
        let mut beside: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.to_string_lossy().ends_with(words::REPORT) {
                beside.push(path);
            }
        }
        beside.sort();
        for path in beside {
            // A report that can't be read says nothing of this file.
            let Ok(bytes) = fs::read(&path) else { continue };
            let Ok(report) = serde_json::from_slice::<Self>(&bytes) else { continue };
            if let Some(volume) = report.files.iter().find(|file| file.name == name).map(|file| file.volume) {
                return Ok((report, volume));
            }
        }
        Err(missing())
    }
}

fn pieces(plan: &Plan, ledger: &Ledger) -> Vec<ReportedPiece> {
    let places = ledger.places();
    let entries = plan.leaves().flat_map(|leaf| &leaf.entries).filter_map(|entry| Some((entry, entry.piece()?)));
    entries
        .map(|(entry, piece)| ReportedPiece {
            number: piece.number.clone(),
            title: entry.title.clone(),
            original_name: piece.name.clone(),
            scan: piece.scan,
            pages: piece.pages.len() as u32,
            folio: places.get(&piece.anchor).map(|sheet| sheet.folio.label()).unwrap_or_default(),
            document: Some(entry.document),
            again: piece.again,
        })
        .collect()
}

/// Pages that the writers drew with masks.
fn masked(plan: &Plan, ledger: &Ledger, receipts: &[Receipt]) -> Vec<ReportedMasks> {
    let masks: HashMap<(&PieceNumber, u32), &Vec<Mask>> =
        plan.pieces().flat_map(|piece| piece.pages.iter().map(move |page| ((&piece.number, page.index), &page.masks))).collect();
    let mut out = Vec::new();
    for (receipt, volume) in receipts.iter().zip(1..) {
        let sheets: Vec<_> = ledger.of_volume(volume).collect();
        for remark in receipt.remarks.iter().filter(|remark| remark.kind == RemarkKind::Masked) {
            if let Some(sheet) = sheets.get(remark.sheet)
                && let Some(EvidenceOn { piece, scan: (_, page), .. }) = sheet.shows.evidence().get(remark.photo).copied()
            {
                let bars = masks.get(&(piece, page)).map(|bars| bars.to_vec()).unwrap_or_default();
                out.push(ReportedMasks { piece: piece.clone(), page, folio: sheet.folio.label(), masks: mask::print(&bars), bars });
            }
        }
    }
    out
}

fn letters(receipts: &[Receipt]) -> Vec<ReportedLetters> {
    let of_volume = |(receipt, volume): (&Receipt, u32)| {
        receipt.letters.iter().map(move |(sheet, text)| ReportedLetters { volume, sheet: *sheet as u32, text: *text }).collect::<Vec<_>>()
    };
    receipts.iter().zip(1..).flat_map(of_volume).collect()
}

fn remarks(ledger: &Ledger, receipts: &[Receipt]) -> Vec<ReportedRemark> {
    let mut out = Vec::new();
    for (receipt, volume) in receipts.iter().zip(1..) {
        let sheets: Vec<_> = ledger.of_volume(volume).collect();
        // Most pages of a 审阅版 are reduced, and pages with masks are meant to be: both are told in one sentence.
        let counted = |kind| matches!(kind, RemarkKind::Reduced | RemarkKind::Masked);
        for remark in receipt.remarks.iter().filter(|remark| !counted(remark.kind)) {
            if let Some(sheet) = sheets.get(remark.sheet)
                && let Some(EvidenceOn { piece, page, .. }) = sheet.shows.evidence().get(remark.photo).copied()
            {
                let (kind, detail) = (remark.kind, remark.detail.clone());
                out.push(ReportedRemark { piece: piece.clone(), page, folio: sheet.folio.label(), kind, detail });
            }
        }
    }
    out
}
