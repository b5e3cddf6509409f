//! 收集包: what goes to a unit, and how it is known again when it comes back.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::name::{self, legal};
use super::{Assessment, IndicatorCode, UnitCode, Units};

pub const SCHEMA: &str = "kit/1";

/// Every file that we put into a kit begins so; it is no material when it comes back.
const OURS: &str = "【收集包】";
pub const MANIFEST: &str = "【收集包】请勿删除.json";
pub const LETTER: &str = "【收集包】说明.txt";
pub const PRINTED_LETTER: &str = "【收集包】说明.pdf";
pub const FORM: &str = "【收集包】报送清单.xlsx";
const FORM_STEM: &str = "报送清单";
const FORM_ENDINGS: [&str; 3] = [".xlsx", ".xls", ".et"];

/// Columns of the 报送清单 by which it is read when it comes back.
pub mod column {
    pub const CODE: &str = "指标编号";
    pub const MATERIAL: &str = "应报材料";
    pub const YEAR: &str = "年度";
    pub const PIECES: &str = "本次件数";
    pub const PAGES: &str = "本次页数";
    pub const NOTE: &str = "备注";
}

/// Bytes of a manifest above which it is none of ours; 78 folders take 12 KB.
pub const MANIFEST_BYTES: u64 = 1 << 20;
/// Characters of an indicator's text in the name of its folder. With the names above it a path in a kit stays below 90
/// characters, of the 260 that Windows has: the rest is for the stick and for what the unit calls its files.
const SHORT_TEXT: usize = 20;
/// Characters of a unit's name in the name of its kit.
const SHORT_NAME: usize = 16;

/// What a kit says of itself, as JSON in [`MANIFEST`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kit {
    pub schema: String,
    /// Id of the project it was made by; empty where that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub project: String,
    /// Name and period of the assessment it was made for.
    pub assessment: String,
    pub period_from: Date,
    pub period_to: Date,
    /// Edition of the catalogue.
    #[serde(default)]
    pub edition: String,
    pub unit: UnitCode,
    pub unit_name: String,
    pub made_on: Date,
    pub due: Date,
    pub folders: Vec<KitFolder>,
}

/// A folder of a kit, and the indicator whose material it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KitFolder {
    pub name: String,
    pub indicator: IndicatorCode,
}

/// A file that we put into a kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KitFile {
    Manifest,
    /// Names the indicator of the folder it lies in, also when the folder was renamed.
    Marker,
    /// 报送清单, filled by the unit or not.
    Form,
    /// 说明
    Other,
}

/// What a unit wrote into a row of the 报送清单.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    pub indicator: IndicatorCode,
    /// 应报材料
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// 本次件数, 本次页数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// What stands in these columns and is no whole number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<(String, String)>,
    /// 备注
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl KitFile {
    /// Recognises a file of a kit by its name; `None` for what is not ours.
    pub fn named(name: &str) -> Option<Self> {
        let rest = name.strip_prefix(OURS)?;
        Some(match name {
            MANIFEST => Self::Manifest,
            LETTER | PRINTED_LETTER => Self::Other,
            // Saved by another program, or as a copy, it keeps its beginning.
            _ if rest.starts_with(FORM_STEM) && FORM_ENDINGS.iter().any(|ending| name.to_lowercase().ends_with(ending)) => Self::Form,
            _ if rest.ends_with(".txt") => Self::Marker,
            _ => return None,
        })
    }
}

/// Sums of the 报送清单 for one indicator, each with what came; `None` where the unit wrote no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    pub pieces: Option<(u32, u32)>,
    pub pages: Option<(u32, u32)>,
}

impl Listing {
    /// Other numbers came than the unit listed.
    pub fn differs(&self) -> bool {
        [self.pieces, self.pages].into_iter().flatten().any(|(listed, came)| listed != came)
    }
}

impl Kit {
    /// Reads a manifest that came back; `None` where it was spoiled, or is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|kit| kit.schema == SCHEMA)
    }

    /// Whether it was made for this round, and for one of its units. Name and period may have been set anew since.
    pub fn is_for(&self, assessment: &Assessment, units: &Units) -> bool {
        let cycle = &assessment.cycle;
        let same = if self.project.is_empty() || assessment.id.is_empty() {
            self.assessment == assessment.name && (self.period_from, self.period_to) == (cycle.period_from, cycle.period_to)
        } else {
            self.project == assessment.id
        };
        same && units.unit(&self.unit).is_some()
    }

    /// With its words as they may be shown: they come from outside.
    pub fn shown(self) -> Self {
        Self { assessment: legal(&self.assessment), unit_name: legal(&self.unit_name), ..self }
    }

    /// The indicator of a folder by the name we gave it.
    pub fn folder(&self, name: &str) -> Option<&IndicatorCode> {
        self.folders.iter().find(|folder| folder.name == name).map(|folder| &folder.indicator)
    }

    /// The indicator that a [`KitFile::Marker`] names.
    pub fn marked(&self, file: &str) -> Option<&IndicatorCode> {
        self.folders.iter().map(|folder| &folder.indicator).find(|code| marker(code) == file)
    }

    /// The folder of a kit: `收集包_T01_示例街道01`.
    pub fn name(&self) -> String {
        legal(&format!("收集包_{}_{}", short(&self.unit.0, 12), short(&self.unit_name, SHORT_NAME)))
    }
}

/// Name of the file that marks the folder of an indicator.
pub fn marker(code: &IndicatorCode) -> String {
    format!("{OURS}{}.txt", legal(&short(&code.0, 16)))
}

/// Names for the folders of a kit, each by code and the beginning of its text; no two are the same on a file system that does
/// not tell upper from lower case.
pub fn folders<'a>(leaves: impl Iterator<Item = (&'a IndicatorCode, &'a str)>) -> Vec<KitFolder> {
    let mut taken = HashSet::new();
    leaves
        .map(|(code, text)| {
            let base = legal(&format!(
                "{} {}",
                short(&code.0, 16),
                short(text.split(['；', '。', '，', ';', '\n']).next().unwrap_or_default(), SHORT_TEXT)
            ));
            let name = name::numbered(&base).find(|name| taken.insert(name.to_lowercase())).expect("there are more numbers than folders");
            KitFolder { name, indicator: code.clone() }
        })
        .collect()
}

fn short(text: &str, most: usize) -> String {
    // Characters beyond the basic plane count twice on Windows.
    let mut left = most;
    text.chars().take_while(|c| left.checked_sub(c.len_utf16()).map(|rest| left = rest).is_some()).collect()
}
