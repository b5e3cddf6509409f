//! One archival item (件), its pages, and where it is filed.

use jiff::civil::Date;
use scans::{Digest, Framing, Look, Mask, PageFacts, Trouble};
use serde::{Deserialize, Serialize};

use super::{Caption, IndicatorCode, PageMask, PersonalNumber, ProofMark, ReadMark, UnitCode, fold};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EvidenceId(pub i64);

/// 件: one item as received; its scan is never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub id: DocumentId,
    pub scan: Digest,
    pub kind: scans::Kind,
    pub bytes: u64,
    /// Name of the file as it came, and the folder it came from (within the batch).
    pub original_name: String,
    pub original_folder: String,
    pub description: Description,
    /// 照片说明
    #[serde(default)]
    pub caption: Caption,
    /// The PDF that an office program made of it, kept beside the original.
    pub rendition: Option<Rendition>,
    pub pages: Vec<Page>,
    /// 佐证红线, page by page.
    #[serde(default)]
    pub marks: Vec<ProofMark>,
    /// 遮盖, page by page.
    #[serde(default)]
    pub masks: Vec<PageMask>,
    /// What was wrong with its scan when the clerk let it in nevertheless.
    #[serde(default)]
    pub trouble: Option<Trouble>,
    /// The piece it was split from: the scan is that one's, and `pages` are those of its range.
    pub part_of: Option<DocumentId>,
    /// The title that a split gave it.
    #[serde(default)]
    pub given_title: Option<String>,
    /// Pages of the scan as a whole, those of its other parts too.
    #[serde(default)]
    pub scan_pages: u32,
    /// Identity and bank numbers that were found in its name and its text layer.
    #[serde(default)]
    pub numbers: Vec<PersonalNumber>,
    /// Marks of classified and internal papers that were read off its pages.
    #[serde(default)]
    pub read_marks: Vec<ReadMark>,
    /// Lies in 回收站.
    pub removed: bool,
}

/// 转换件: a PDF that is shown and printed in place of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    pub digest: Digest,
    pub bytes: u64,
}

/// What a person says of a piece; empty means not said yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Description {
    /// 题名
    pub title: String,
    /// 文号
    pub number: String,
    /// 责任者
    pub issuer: String,
    /// 成文日期, confirmed by a person; a file's time is never this date.
    pub dated: Option<Date>,
    /// 载体形式: a code of the catalogue.
    pub form: String,
    /// 来源单位
    pub unit: Option<UnitCode>,
    /// 佐证年度; empty: the year of `dated`.
    pub years: Vec<i16>,
    /// 说明
    pub note: String,
    /// 印章有无, as a person sees it on the paper.
    pub sealed: Option<bool>,
    /// 密级声明: 无密级.
    pub secrecy: String,
    /// 原件位置: where the paper lies.
    pub lies_at: String,
    /// Units that handed in the same bytes, and are counted as having done so.
    pub also_from: Vec<UnitCode>,
}

/// What pieces of one batch often share of their descriptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Issuer,
    Form,
    Unit,
    Years,
    Sealed,
    Secrecy,
    LiesAt,
}

impl Description {
    /// Whether it counts as handed in by a unit.
    pub fn is_from(&self, unit: &UnitCode) -> bool {
        self.unit.as_ref() == Some(unit) || self.also_from.contains(unit)
    }

    /// Takes one field from another description.
    pub fn take(&mut self, field: Field, from: &Self) {
        match field {
            Field::Issuer => self.issuer.clone_from(&from.issuer),
            Field::Form => self.form.clone_from(&from.form),
            Field::Unit => self.unit.clone_from(&from.unit),
            Field::Years => self.years.clone_from(&from.years),
            Field::Sealed => self.sealed = from.sealed,
            Field::Secrecy => self.secrecy.clone_from(&from.secrecy),
            Field::LiesAt => self.lies_at.clone_from(&from.lies_at),
        }
    }
}

/// 页: one page of a document, in the order of its scan.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Position within the scan, from 0.
    pub index: u32,
    pub facts: PageFacts,
    /// The clerk's turn, clockwise: 0, 90, 180 or 270 degrees.
    pub turn: u16,
    /// How the clerk straightened and cropped it, before the turn.
    #[serde(default)]
    pub framing: Framing,
    pub left_out: bool,
}

/// 佐证材料: a document filed under an indicator, a veto item or a bonus item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub id: EvidenceId,
    pub document: DocumentId,
    pub indicator: IndicatorCode,
    /// Order within the indicator: 1, 2, 3 … without gaps.
    pub position: u32,
    /// 另印: it is printed here also where it is printed elsewhere, instead of 互见.
    #[serde(default)]
    pub reprinted: bool,
}

impl Evidence {
    /// 件号: `01-03-002`.
    pub fn number(&self) -> String {
        format!("{}-{:03}", self.indicator, self.position)
    }
}

impl Document {
    /// Its title, or the name it came with.
    pub fn title(&self) -> &str {
        if self.description.title.is_empty() { &self.original_name } else { &self.description.title }
    }

    /// The bytes whose pages are shown and printed.
    pub fn shown(&self) -> Rendition {
        self.rendition.unwrap_or(Rendition { digest: self.scan, bytes: self.bytes })
    }

    /// Nothing of it can be printed, and a slip page stands for it: an 附件, or a placeholder.
    pub fn is_slip(&self) -> bool {
        self.rendition.is_none() && (self.kind.is_attachment() || self.is_placeholder())
    }

    /// 「本件另存，现场备查」: a page for what may not lie on this computer. A text is never taken in otherwise.
    pub fn is_placeholder(&self) -> bool {
        self.kind == scans::Kind::Text
    }

    /// Pages that the name of its file says it has: `…（共12页）.pdf`. A 第12页 or 3-12页 says another thing.
    pub fn stated_pages(&self) -> Option<u32> {
        if self.is_slip() {
            return None;
        }
        let name = fold::folded(&self.original_name);
        name.match_indices('页').find_map(|(at, _)| {
            let before = name[..at].trim_end();
            let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
            let (head, number) = before.split_at(before.len() - digits);
            let other = head.trim_end().ends_with(['第', '-', '—', '–', '~', '至', '到', '.', '/']);
            number.parse().ok().filter(|pages| !other && (1..=20_000).contains(pages))
        })
    }

    /// Years this piece proves: as said, else the year of its date.
    pub fn years(&self) -> Vec<i16> {
        if self.description.years.is_empty() {
            self.description.dated.iter().map(|date| date.year()).collect()
        } else {
            self.description.years.clone()
        }
    }

    /// What is covered of a page, by its position within the scan.
    pub fn masks_on(&self, page: u32) -> Vec<Mask> {
        self.masks.iter().filter(|mask| mask.page == page).map(|mask| mask.area).collect()
    }

    /// Numbers of persons that stand on a page without masks, or in the name of the file.
    pub fn open_numbers(&self) -> impl Iterator<Item = &PersonalNumber> {
        self.numbers.iter().filter(|number| number.page.is_none_or(|page| self.masks_on(page).is_empty()))
    }

    /// Pages on which such marks were read, counted from 1 as the piece counts them.
    pub fn marked_pages(&self, wanted: impl Fn(&ReadMark) -> bool) -> Vec<u32> {
        let marked: Vec<u32> = self.read_marks.iter().filter(|mark| wanted(mark)).map(ReadMark::page).collect();
        if marked.is_empty() {
            return marked;
        }
        (1..).zip(&self.pages).filter(|(_, page)| marked.contains(&page.index)).map(|(number, _)| number).collect()
    }

    /// How a page of it is shown, and printed.
    pub fn look(&self, page: &Page) -> Look {
        Look { masks: self.masks_on(page.index), framing: page.framing, turn: page.turn }
    }

    /// Pages that are printed, each with its number as the piece counts its pages, from 1.
    pub fn numbered_pages(&self) -> impl Iterator<Item = (u32, &Page)> {
        (1..).zip(&self.pages).filter(|(_, page)| !page.left_out)
    }

    /// Every page of its scan is printed as a page of this piece.
    pub fn is_printed_whole(&self) -> bool {
        self.printed_pages().count() >= self.scan_pages as usize
    }

    /// Pages that are printed, in order.
    pub fn printed_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| !page.left_out)
    }
}
