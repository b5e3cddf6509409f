//! The issued table: areas, indicators, veto items, bonus items. Counts, depth and codes are data.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Points, UnitCode};

/// Code as issued: `01-03`, `37`, `3.4`, `A1-2-1`, `V1`, `J2`. What the clerk types and the inspector says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorCode(pub String);

impl fmt::Display for IndicatorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 考评目录. The text is kept as issued, even where its arithmetic is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    pub schema: String,
    pub name: String,
    #[serde(default)]
    pub edition: String,
    /// `false` for the reference: it says so wherever it is shown (非官方).
    #[serde(default)]
    pub official: bool,
    #[serde(default)]
    pub disclaimer: String,
    #[serde(default)]
    pub total_score: Option<Points>,
    #[serde(default = "quarter")]
    pub score_step: Points,
    pub cycle: Cycle,
    /// 载体形式 by code.
    #[serde(default)]
    pub carrier_forms: BTreeMap<String, String>,
    pub areas: Vec<Area>,
    #[serde(default)]
    pub veto_items: Vec<Veto>,
    #[serde(default)]
    pub bonus_items: Vec<Bonus>,
    #[serde(default)]
    pub bonus_cap: Option<Points>,
}

fn quarter() -> Points {
    Points(25)
}

/// The evidence period and its due dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    pub period_from: Date,
    pub period_to: Date,
    pub years: Vec<i16>,
    pub submission_due: Date,
    #[serde(default)]
    pub onsite_from: Option<Date>,
    /// Years that are still open at the due date: what is missing there is 未到期 until then.
    #[serde(default)]
    pub partial_years: Vec<i16>,
    #[serde(default)]
    pub note: String,
}

/// Why there is no period, or no due date for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPeriod {
    Reversed,
    /// It touches more years than `most`.
    TooLong {
        most: i16,
    },
    /// The package is due in a year before it begins.
    DueBefore,
}

impl Cycle {
    /// Most years that a period touches: each is a column of the grid.
    const MOST_YEARS: i16 = 20;

    /// Whether the period and its due date can be.
    pub fn examine(&self) -> Result<(), NoPeriod> {
        let (first, last) = (self.period_from.year(), self.period_to.year());
        if self.period_from > self.period_to {
            Err(NoPeriod::Reversed)
        } else if last - first >= Self::MOST_YEARS {
            Err(NoPeriod::TooLong { most: Self::MOST_YEARS })
        } else if self.submission_due.year() < first {
            Err(NoPeriod::DueBefore)
        } else {
            Ok(())
        }
    }

    /// Of the years of a period those that are open until the package is due: its last, and that in which it is due.
    pub fn open_years(from: i16, to: i16, due: Date) -> Vec<i16> {
        (from..=to).filter(|year| *year == to || *year == due.year()).collect()
    }
}

/// 方面; an area may hold areas of its own, to any depth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    pub code: String,
    pub title: String,
    #[serde(default)]
    pub score: Option<Points>,
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    #[serde(default)]
    pub areas: Vec<Area>,
}

/// 指标: a leaf of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Serial number that runs through the areas (1–78).
    #[serde(default)]
    pub seq: u32,
    pub code: IndicatorCode,
    pub content: String,
    #[serde(default)]
    pub score: Option<Points>,
    #[serde(default)]
    pub scoring: String,
    #[serde(default)]
    pub scoring_parts: Vec<ScoringPart>,
    #[serde(default)]
    pub lead_units: Vec<UnitCode>,
    #[serde(default)]
    pub support_units: Vec<UnitCode>,
    #[serde(default)]
    pub carrier_forms: Vec<String>,
    #[serde(default)]
    pub requirements: Vec<String>,
    #[serde(default)]
    pub expected_evidence: Vec<Expected>,
    #[serde(default)]
    pub sensitivity: String,
    #[serde(default)]
    pub source: String,
}

/// 得分点.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoringPart {
    pub points: Points,
    pub condition: String,
}

/// 应报材料: what an indicator asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub title: String,
    #[serde(default)]
    pub form: String,
    pub per: Per,
    #[serde(default = "one")]
    pub min_count: u32,
}

fn one() -> u32 {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Per {
    /// Once in the whole period.
    Cycle,
    /// In each year of the period.
    Year,
    /// From each unit that owes it.
    Unit,
}

/// 一票否决项: must be proven, or declared not to have happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Veto {
    pub code: IndicatorCode,
    pub text: String,
    #[serde(default)]
    pub related_indicators: Vec<IndicatorCode>,
    #[serde(default)]
    pub typical_proof: Vec<String>,
    #[serde(default)]
    pub source: String,
}

/// 加分项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bonus {
    pub code: IndicatorCode,
    pub text: String,
    #[serde(default)]
    pub max_points: Option<Points>,
    #[serde(default)]
    pub related_indicators: Vec<IndicatorCode>,
    #[serde(default)]
    pub source: String,
}

/// Anything that evidence can be filed under.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf<'a> {
    Indicator(&'a Indicator),
    Veto(&'a Veto),
    Bonus(&'a Bonus),
}

impl<'a> Leaf<'a> {
    pub fn code(self) -> &'a IndicatorCode {
        match self {
            Self::Indicator(indicator) => &indicator.code,
            Self::Veto(veto) => &veto.code,
            Self::Bonus(bonus) => &bonus.code,
        }
    }

    /// The wording as issued.
    pub fn text(self) -> &'a str {
        match self {
            Self::Indicator(indicator) => &indicator.content,
            Self::Veto(veto) => &veto.text,
            Self::Bonus(bonus) => &bonus.text,
        }
    }

    /// The serial number that runs through the areas, which inspectors say; of indicators that have one.
    pub fn serial(self) -> Option<u32> {
        match self {
            Self::Indicator(indicator) => Some(indicator.seq).filter(|serial| *serial > 0),
            Self::Veto(_) | Self::Bonus(_) => None,
        }
    }

    /// The scoring parts of a leaf. An indicator without 得分点, and a bonus item, is one part worth all of it.
    pub fn parts(self) -> Vec<ScoringPart> {
        let whole = |points: Option<Points>| points.map(|points| ScoringPart { points, condition: String::new() }).into_iter().collect();
        match self {
            Self::Indicator(indicator) if indicator.scoring_parts.is_empty() => whole(indicator.score),
            Self::Indicator(indicator) => indicator.scoring_parts.clone(),
            Self::Veto(_) => Vec::new(),
            Self::Bonus(bonus) => whole(bonus.max_points),
        }
    }
}

/// Walks areas depth first, in the order issued.
fn walk<'a>(areas: &'a [Area], depth: usize, out: &mut Vec<(usize, &'a Area)>) {
    for area in areas {
        out.push((depth, area));
        walk(&area.areas, depth + 1, out);
    }
}

impl Catalogue {
    /// All areas with their depth (0 for the top), depth first, in the order issued.
    pub fn all_areas(&self) -> Vec<(usize, &Area)> {
        let mut out = Vec::new();
        walk(&self.areas, 0, &mut out);
        out
    }

    /// All indicators in the order issued.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.all_areas().into_iter().flat_map(|(_, area)| &area.indicators)
    }

    /// Indicators, then veto items, then bonus items.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'_>> {
        self.indicators().map(Leaf::Indicator).chain(self.veto_items.iter().map(Leaf::Veto)).chain(self.bonus_items.iter().map(Leaf::Bonus))
    }

    /// A 载体形式 by its name; one that is no code of the catalogue is a name already.
    pub fn form_name<'a>(&'a self, form: &'a str) -> &'a str {
        self.carrier_forms.get(form).map_or(form, String::as_str)
    }

    /// Whether a 载体形式 means photos; told by its words, for codes are issued with the catalogue.
    pub fn is_photo(&self, form: &str) -> bool {
        self.form_name(form).contains("照片")
    }

    /// Whether a 载体形式 means papers issued under a red head, which have a 文号 and a seal.
    pub fn is_red_head(&self, form: &str) -> bool {
        self.form_name(form).contains("红头")
    }

    pub fn leaf(&self, code: &IndicatorCode) -> Option<Leaf<'_>> {
        self.leaves().find(|leaf| leaf.code() == code)
    }

    /// The leaf that a clerk's typing names: the code as issued, the serial number (`37`), or the code without leading zeros (`1-3`) or
    /// without strokes (`0103`); full-width digits and dots or strokes between the numbers are the same.
    pub fn typed(&self, text: &str) -> Option<Leaf<'_>> {
        let exact = IndicatorCode(text.trim().to_owned());
        if let Some(leaf) = self.leaf(&exact) {
            return Some(leaf);
        }
        let wanted = plain(text);
        if wanted.is_empty() {
            return None;
        }
        let mut by_code = self.leaves().filter(|leaf| plain(&leaf.code().0) == wanted);
        if let (Some(leaf), None) = (by_code.next(), by_code.next()) {
            return Some(leaf);
        }
        let run: String = text.trim().chars().map(half_width).collect();
        let strokes_left_out = |leaf: &Leaf<'_>| leaf.code().0.chars().filter(char::is_ascii_alphanumeric).eq(run.chars());
        // No serial number begins with a nought.
        if run.starts_with('0')
            && let Some(leaf) = self.leaves().find(strokes_left_out)
        {
            return Some(leaf);
        }
        let seq = run.parse::<u32>().ok()?;
        self.indicators().find(|indicator| indicator.seq == seq).map(Leaf::Indicator)
    }
}

pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        '\u{2013}' | '\u{2014}' | '\u{2212}' | '\u{3001}' => '-',
        other => other,
    }
}

/// Numbers without leading zeros, letters upper-case, one stroke between.
fn plain(code: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for piece in code.trim().chars().map(half_width).collect::<String>().split(|c: char| !c.is_ascii_alphanumeric()) {
        if piece.is_empty() {
            continue;
        }
        let trimmed = piece.trim_start_matches('0');
        parts.push(if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_ascii_uppercase() });
    }
    parts.join("-")
}
