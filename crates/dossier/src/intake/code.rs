//! The code at the head of a name: `1-3 述职`, `02－06标语牌`, `【3.4】`, `第37项`, `V2`.

use crate::domain::{Catalogue, IndicatorCode};

/// The code-like beginning of a name, read without knowing the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// As written, without brackets.
    pub text: &'a str,
    /// Numbers of the code, half-width, each with its letters: `["02", "06"]`, `["V2"]`.
    pub parts: Vec<String>,
    /// Said to be a number of the table: 第37项, 指标1-3.
    pub announced: bool,
    /// The name behind the code and its strokes.
    pub rest: &'a str,
}

/// A code that the table knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub code: IndicatorCode,
    /// A single number without letters: a serial number of the table, or only the place in a list.
    pub bare: bool,
}

impl Head<'_> {
    /// Looks the code up; what follows it as a piece number (`01-03-2`) is left away.
    pub fn code(&self, catalogue: &Catalogue) -> Option<Code> {
        (1..=self.parts.len()).rev().find_map(|count| {
            let leaf = catalogue.typed(&self.parts[..count].join("-"))?;
            let bare = count == 1 && self.parts[0].bytes().all(|byte| byte.is_ascii_digit());
            // `37-2` is piece 2 of number 37 only where it is said so; `12-13日` and the like are not.
            if bare && self.parts.len() > 1 && !self.announced {
                return None;
            }
            Some(Code { code: leaf.code().clone(), bare })
        })
    }

    /// The single number, for folders that are numbered within their area.
    pub fn number(&self) -> Option<u32> {
        if let [only] = self.parts.as_slice() { only.parse().ok() } else { None }
    }
}

/// Reads the head of a file's stem or of a folder's name; `None` where it begins with no number, or with a date, a count
/// or a size (2021年, 12张, 3D).
pub(super) fn head(name: &str) -> Option<Head<'_>> {
    let mut rest = name.trim_start();
    let mut announced = false;
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "【[(（〔「『#".contains(c));
        for word in ["指标", "序号", "编号", "考评项", "任务", "第", "No.", "NO.", "№"] {
            if let Some(behind) = rest.strip_prefix(word) {
                announced = true;
                rest = behind;
            }
        }
        if rest == before {
            break;
        }
    }
    let start = rest;
    let (mut parts, mut used) = (Vec::new(), 0);
    while let Some((part, length)) = part(&start[used..], announced) {
        parts.push(part);
        used += length;
        let Some(stroke) = stroke(&start[used..]) else { break };
        let behind = &start[used + stroke..];
        if self::part(behind, announced).is_none() {
            // 1-3月, 5-10日: a span of days or months.
            let figures = behind.chars().take_while(|c| half_width(*c).is_ascii_digit()).count();
            let next = behind.chars().nth(figures);
            if parts.len() == 1 && (1..=2).contains(&figures) && next.is_some_and(|c| "月日号季周年天".contains(c)) {
                return None;
            }
            break;
        }
        used += stroke;
    }
    if parts.is_empty() {
        return None;
    }
    let mut rest = &start[used..];
    if announced {
        rest = rest.strip_prefix(['项', '条', '号']).unwrap_or(rest);
    }
    Some(Head { text: &start[..used], parts, announced, rest: rest.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c)) })
}

fn is_mark(character: char) -> bool {
    "】])）〕」』-–—－−_.．、:：·，,;；~～ ".contains(character)
}

/// One number with at most two letters before it, at most three digits; and how many bytes it takes.
fn part(text: &str, announced: bool) -> Option<(String, usize)> {
    let (mut letters, mut digits, mut length) = (String::new(), String::new(), 0);
    let mut rest = text.chars();
    let mut next = None;
    for character in rest.by_ref() {
        let half = half_width(character);
        if half.is_ascii_digit() {
            digits.push(half);
        } else if half.is_ascii_alphabetic() && digits.is_empty() {
            letters.push(half);
        } else {
            next = Some(half);
            break;
        }
        length += character.len_utf8();
    }
    let counted = next.is_some_and(|c| COUNTED.contains(c) || (!announced && "项条号".contains(c)));
    let runs_on = next.is_some_and(|c| c.is_ascii_alphabetic() || c == '%');
    if digits.is_empty() || digits.len() > 3 || letters.len() > 2 || counted || runs_on {
        return None;
    }
    Some((letters + &digits, length))
}

/// Characters behind a number that make it a date, a count or a measure instead of a code.
const COUNTED: &str = "年月日时分秒张份个名届次周人期季页岁元万亿楼室班级连路块处场位户家天米多余折件";

/// The stroke between two numbers, with spaces around it.
fn stroke(text: &str) -> Option<usize> {
    let behind = text.trim_start();
    let first = behind.chars().next().filter(|c| "-–—－−‐‑_.．·・".contains(*c))?;
    let after = &behind[first.len_utf8()..];
    Some(text.len() - after.trim_start().len())
}

pub(super) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        other => other,
    }
}
