//! 页码总账: every sheet of the package with its folio, volume and what it shows.

use std::collections::HashMap;
use std::fmt;

use paper::PageSetup;
use paper::manuscript::{Anchor, Folio, Slice};
use scans::Digest;
use serde::{Deserialize, Serialize};

use super::plan::{PieceNumber, Plan};
use super::{Section, boxes, kept, press};
use crate::domain::IndicatorCode;

/// Read by contents, stamps, outline, page labels, 互见 and the verification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    pub volumes: Vec<Volume>,
    /// In the order of the paper, volume after volume.
    pub sheets: Vec<LedgerSheet>,
    /// What the contents list.
    pub headings: Vec<Heading>,
}

/// 分册.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    /// From 1.
    pub number: u32,
    /// What it holds; empty when the package is one volume.
    pub title: String,
    pub sheets: u32,
    /// First and last folio of its body.
    pub folios: (u32, u32),
    pub pieces: u32,
    pub pages: u32,
    pub opens: Opening,
}

/// Where in the run of the package a volume opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Opening {
    pub item: usize,
    /// Page of a piece that is cut, else 0.
    pub page: usize,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerSheet {
    pub volume: u32,
    /// Position in the file of its volume, from 0.
    pub sheet: u32,
    pub folio: Folio,
    #[serde(flatten)]
    pub shows: Shows,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Anchor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<IndicatorCode>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shows", rename_all = "snake_case")]
pub enum Shows {
    /// 封面
    Cover,
    /// 编制说明
    Notes,
    /// 总目录
    Overview,
    /// 目录 or 本册目录
    Contents,
    /// 自评得分汇总
    Summary,
    /// 隔页
    Divider,
    /// 分目录, or the table of the veto items
    Listing,
    /// 指标页
    Indicator,
    /// 卷内目录 of a leaf, or of a section of it.
    Register {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        section: Option<Section>,
    },
    /// A page of evidence.
    Piece {
        piece: PieceNumber,
        /// Page within the piece, from 1, of so many.
        page: u32,
        of: u32,
        digest: Digest,
        /// Position within the scan, from 0.
        scan_page: u32,
        /// What of that page stands here; all of it where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slice: Option<Slice>,
        caption: String,
    },
    /// Photos one below the other, each a piece of one page.
    Photos { photos: Vec<PhotoOn> },
    /// 附件说明页: stands for a piece that can't be printed.
    Slip { piece: PieceNumber, caption: String },
    /// 备考表
    Closing,
    /// 此页空白
    Blank,
    /// 变更清单
    Changes,
}

/// A photo on a page of photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhotoOn {
    pub piece: PieceNumber,
    pub digest: Digest,
    pub scan_page: u32,
    pub caption: String,
}

/// A page of evidence as it stands on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvidenceOn<'a> {
    pub piece: &'a PieceNumber,
    /// Page within the piece, from 1.
    pub page: u32,
    /// The scan, and the page of it.
    pub scan: (Digest, u32),
    pub caption: &'a str,
}

impl Shows {
    /// The pages of evidence that stand here.
    pub fn evidence(&self) -> Vec<EvidenceOn<'_>> {
        match self {
            Self::Piece { piece, page, digest, scan_page, caption, .. } => {
                vec![EvidenceOn { piece, page: *page, scan: (*digest, *scan_page), caption }]
            }
            Self::Photos { photos } => {
                let on = |photo: &'_ PhotoOn| (photo.digest, photo.scan_page);
                photos.iter().map(|photo| EvidenceOn { piece: &photo.piece, page: 1, scan: on(photo), caption: &photo.caption }).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// A line of the contents; the same text stands on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// 0 for areas, 1 for what evidence is filed under, 2 for its sections.
    pub level: u8,
    pub text: String,
    pub anchor: Anchor,
    pub volume: u32,
    pub sheet: u32,
    pub folio: Folio,
}

/// Rounds of numbering after which we give up on the numbers settling. Two rounds do: one to number, one to see that the numbers moved no
/// line.
const ROUNDS: usize = 6;

/// Counts every sheet. Text pages are dealt out by `paper::layout`; their folios are known before anything is written.
pub fn ledger(plan: &Plan, setup: &PageSetup) -> Ledger {
    let openings = if plan.issue.is_some() { Vec::new() } else { boxes::openings(plan, setup) };
    let count = |before: Option<&Ledger>| match &plan.issue {
        Some(issue) => kept::ledger(&kept::lay(plan, setup, issue, before)),
        None => press::count(plan, setup, &openings, before),
    };
    let mut before = count(None);
    for _ in 0..ROUNDS {
        let after = count(Some(&before));
        if after == before {
            return after;
        }
        before = after;
    }
    panic!("folios stand in columns of fixed width, so numbering them moves no line");
}

impl Ledger {
    /// Sheets of one volume, in order.
    pub fn of_volume(&self, number: u32) -> impl Iterator<Item = &LedgerSheet> {
        self.sheets.iter().filter(move |sheet| sheet.volume == number)
    }

    /// What is printed on the sheets of a volume before its body; empty where nothing is.
    pub fn front(&self, number: u32) -> Vec<String> {
        let folios = self.of_volume(number).map(|sheet| sheet.folio);
        folios.take_while(|folio| !matches!(folio, Folio::Body(_))).map(Folio::label).collect()
    }

    /// Where each anchor lies.
    pub fn places(&self) -> HashMap<&Anchor, &LedgerSheet> {
        self.sheets.iter().flat_map(|sheet| sheet.anchors.iter().map(move |anchor| (anchor, sheet))).collect()
    }
}

/// One line a sheet, to be read and compared by a person.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for volume in &self.volumes {
            writeln!(
                f,
                "volume {} [{}] {} sheets, folios {}–{}, {} pieces of {} pages",
                volume.number, volume.title, volume.sheets, volume.folios.0, volume.folios.1, volume.pieces, volume.pages
            )?;
            for sheet in self.of_volume(volume.number) {
                write!(f, "{:>4} {:>5}  ", sheet.sheet + 1, sheet.folio.label())?;
                match &sheet.shows {
                    Shows::Piece { caption, .. } | Shows::Slip { caption, .. } => write!(f, "{caption}")?,
                    Shows::Photos { photos } => {
                        let captions: Vec<&str> = photos.iter().map(|photo| photo.caption.as_str()).collect();
                        write!(f, "photos: {}", captions.join(" + "))?;
                    }
                    Shows::Blank => write!(f, "blank")?,
                    Shows::Register { section } => {
                        let of = sheet.indicator.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
                        let section = section.map(|section| format!(" {section:?}").to_lowercase()).unwrap_or_default();
                        write!(f, "register{of}{section}")?;
                    }
                    other => {
                        let name = format!("{other:?}").to_lowercase();
                        let of = sheet.indicator.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
                        write!(f, "{name}{of}")?;
                    }
                }
                for heading in self.headings.iter().filter(|heading| (heading.volume, heading.sheet) == (sheet.volume, sheet.sheet)) {
                    write!(f, "  ‹{} {}›", heading.level, heading.text)?;
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}
