//! What check found: subject, severity, what to do. Sentences are made in `wording`.

use serde::{Deserialize, Serialize};

use super::{BatchId, Document, DocumentId, IndicatorCode, ReadMark};

/// 核查发现.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    /// Where it leads: the leaf, the piece, or both.
    pub indicator: Option<IndicatorCode>,
    pub document: Option<DocumentId>,
}

impl Finding {
    /// Of a piece on which a mark of a classified paper was read.
    pub fn classified(document: &Document) -> Option<Self> {
        let pages = document.marked_pages(|mark| matches!(mark, ReadMark::Classified { .. }));
        let kind = FindingKind::ClassifiedRead { pages };
        (!kind.pages().is_empty()).then_some(Self { kind, severity: Severity::Error, indicator: None, document: Some(document.id) })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Stops nothing, but the package is wrong with it.
    Error,
    Warning,
    Notice,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FindingKind {
    /// 缺材料: nothing (or too little) for an indicator in a year; `year` is `None` for what is asked once a period.
    Missing {
        expected: String,
        year: Option<i16>,
        asked: u32,
        found: u32,
        not_due_yet: bool,
    },
    /// 一票否决项 without proof.
    VetoUnproven,
    /// A veto item was declared not to have happened, and the signed paper is not there.
    Unsigned,
    /// 退回 or 待补 that is open.
    Demanded {
        demand: super::DemandId,
    },
    /// A 红头文件 without its 文号.
    NoNumber,
    /// A photo whose 六要素 are not all said.
    NoCaption,
    /// Pages with nothing on them. Pages of findings are counted from 1, as the piece counts them.
    Blank {
        pages: Vec<u32>,
    },
    /// Pages that are dark all over.
    Black {
        pages: Vec<u32>,
    },
    /// Pages whose lines run down.
    Sideways {
        pages: Vec<u32>,
    },
    /// Pages that were scanned askew; the worst by so many hundredths of a degree.
    Askew {
        pages: Vec<u32>,
        tilt: u16,
    },
    /// A paper that should show a red seal came in colour, and none is on it.
    NoSeal,
    /// A piece of paper that was scanned too coarsely to be read on print.
    Coarse {
        pages: Vec<u32>,
        dpi: u32,
    },
    /// One piece stands for many indicators.
    UsedOften {
        times: u32,
    },
    /// One piece is longer than a box takes easily.
    TooLong {
        pages: u32,
    },
    /// The name of the file says how many pages it has, and others came.
    OtherPages {
        stated: u32,
        found: u32,
    },
    /// The clerk let in a scan with fewer pages than it states.
    LetInShort {
        stated: u32,
        found: u32,
    },
    /// More points were given than the issued table has for the indicator.
    ScoreAbove {
        said: super::Points,
        stated: super::Points,
    },
    /// Points were given for what is not proven yet.
    ScoreUnproven {
        said: super::Points,
    },
    /// More bonus points than the cap.
    BonusAbove {
        said: super::Points,
        cap: super::Points,
    },
    /// Dated outside the evidence period.
    OutOfPeriod,
    NoDate,
    /// Received, but filed nowhere.
    Unfiled,
    /// 待确认: files of a batch wait for the clerk, and are no pieces yet.
    Pending {
        batch: BatchId,
        files: u32,
    },
    /// Pairs of pieces look alike, and nobody has said whether they are one.
    Alike {
        pairs: u32,
    },
    /// The issued table does not add up: both numbers are shown, the text stays.
    ScoreSum {
        of: Scored,
        stated: super::Points,
        sum: super::Points,
    },
    /// Identity or bank numbers stand in a piece; which and where, the piece says.
    PersonalNumbers,
    /// 绝密, 机密 or 秘密 was read off pages of a piece that came in as a picture.
    ClassifiedRead {
        pages: Vec<u32>,
    },
    /// 内部, numbers of troops or coordinates were read off pages; which, the piece says.
    SensitiveRead {
        pages: Vec<u32>,
    },
    /// Every page of a piece is left out.
    NothingPrinted,
}

impl FindingKind {
    /// The page of the piece that it leads to, counted from 1.
    pub fn page(&self) -> Option<u32> {
        self.pages().first().copied()
    }

    /// The pages of the piece that it names, counted from 1.
    pub fn pages(&self) -> &[u32] {
        match self {
            Self::Blank { pages }
            | Self::Black { pages }
            | Self::Sideways { pages }
            | Self::Askew { pages, .. }
            | Self::Coarse { pages, .. }
            | Self::ClassifiedRead { pages }
            | Self::SensitiveRead { pages } => pages,
            Self::Missing { .. }
            | Self::VetoUnproven
            | Self::Unsigned
            | Self::Demanded { .. }
            | Self::NoNumber
            | Self::NoCaption
            | Self::NoSeal
            | Self::UsedOften { .. }
            | Self::TooLong { .. }
            | Self::OtherPages { .. }
            | Self::LetInShort { .. }
            | Self::ScoreAbove { .. }
            | Self::ScoreUnproven { .. }
            | Self::BonusAbove { .. }
            | Self::OutOfPeriod
            | Self::NoDate
            | Self::Unfiled
            | Self::Pending { .. }
            | Self::Alike { .. }
            | Self::ScoreSum { .. }
            | Self::PersonalNumbers
            | Self::NothingPrinted => &[],
        }
    }

    /// The program judged what a person may see otherwise: such a finding can be set aside. What is missing, was asked back,
    /// lies unfiled or is printed nowhere is a fact, and is answered by the act that ends it.
    pub fn is_judgement(&self) -> bool {
        match self {
            Self::Blank { .. }
            | Self::Black { .. }
            | Self::Sideways { .. }
            | Self::Askew { .. }
            | Self::Coarse { .. }
            | Self::NoNumber
            | Self::NoCaption
            | Self::NoSeal
            | Self::UsedOften { .. }
            | Self::TooLong { .. }
            | Self::OtherPages { .. }
            | Self::LetInShort { .. }
            | Self::ScoreAbove { .. }
            | Self::ScoreUnproven { .. }
            | Self::BonusAbove { .. }
            | Self::OutOfPeriod
            | Self::NoDate
            | Self::ScoreSum { .. }
            | Self::PersonalNumbers
            | Self::ClassifiedRead { .. }
            | Self::SensitiveRead { .. } => true,
            Self::Missing { .. }
            | Self::VetoUnproven
            | Self::Unsigned
            | Self::Demanded { .. }
            | Self::Unfiled
            | Self::Pending { .. }
            | Self::Alike { .. }
            | Self::NothingPrinted => false,
        }
    }
}

/// Whose points do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Scored {
    /// The areas against the total of the table.
    Total,
    /// The indicators of an area against the score in its heading.
    Area { code: String },
    /// The scoring parts of the finding's indicator against its score.
    Parts,
}
