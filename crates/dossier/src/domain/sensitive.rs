//! What a clerk is asked about before it comes in: 内部 and 工作秘密, numbers of troops and their strengths, coordinates.
//!
//! None of it is classified by itself, and ordinary papers of a 双拥 office name units of the army every day; so the file
//! waits for a yes and is not refused. Only the form that gives something away is looked for: a mark in the head, a number
//! of five digits before 部队, degrees with minutes, 兵力 with a number.

use std::sync::OnceLock;

use regex_lite::Regex;

use super::personal::PAGE_BREAK;
use super::{Mark, ReadMark};

/// Lines of a page's text that count as its head: several papers may be one file.
const HEAD_LINES: usize = 12;
/// Marks of one kind that are named.
const NAMED: usize = 3;

/// What stands in the name, or in what was read of the file in one way or another, each kind once.
pub fn marks(name: &str, texts: &[&str]) -> Vec<Mark> {
    let mut lines = vec![tight(name)];
    let mut is_internal = internal().is_match(&lines[0]);
    for text in texts {
        for page in text.split(PAGE_BREAK) {
            let read: Vec<String> = page.lines().map(tight).collect();
            is_internal |= read.iter().take(HEAD_LINES).any(|line| internal().is_match(line));
            lines.extend(read);
        }
    }
    let mut out = Vec::new();
    if is_internal {
        out.push(Mark::Internal);
    }
    let all = |pattern: &Regex| {
        let mut found: Vec<String> = Vec::new();
        for text in lines.iter().filter_map(|line| pattern.captures(line)?.get(1)).map(|found| found.as_str().to_owned()) {
            if !found.contains(&text) && found.len() < NAMED {
                found.push(text);
            }
        }
        found
    };
    let troops = all(troops());
    if !troops.is_empty() {
        out.push(Mark::Troops { texts: troops });
    }
    let coordinates = all(coordinates());
    if !coordinates.is_empty() {
        out.push(Mark::Coordinates { texts: coordinates });
    }
    let strength = all(strength());
    if !strength.is_empty() {
        out.push(Mark::Strength { texts: strength });
    }
    out
}

/// The same of what was read off a page of a scan, counted from 0.
pub fn read(page: u32, text: &str) -> Vec<ReadMark> {
    marks("", &[text]).into_iter().map(|mark| ReadMark::Sensitive { page, mark }).collect()
}

/// Without spaces, digits half-width.
fn tight(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{3000}')
        .map(|c| if ('０'..='９').contains(&c) { char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c) } else { c })
        .collect()
}

/// The mark alone on its line, or in brackets in a name.
fn internal() -> &'static Regex {
    static ONCE: OnceLock<Regex> = OnceLock::new();
    ONCE.get_or_init(|| {
        regex("^[【（(〔\\[]?(内部|内部资料|内部文件|内部使用|内部资料注意保存|工作秘密)([★☆].*)?[】）)〕\\]]?$|[【（(\\[](内部|内部资料|内部文件|工作秘密)[】）)\\]]|工作秘密[★☆]")
    })
}

fn troops() -> &'static Regex {
    static ONCE: OnceLock<Regex> = OnceLock::new();
    ONCE.get_or_init(|| regex("(?:^|[^0-9])((?:中国人民解放军|武警)?(?:第)?[0-9]{5}部队)"))
}

fn coordinates() -> &'static Regex {
    static ONCE: OnceLock<Regex> = OnceLock::new();
    ONCE.get_or_init(|| regex("((?:东经|北纬|[EN])[0-9]{1,3}[°度][0-9]{1,2}[′'分]|[0-9]{2,3}\\.[0-9]{4,}[,，][0-9]{2}\\.[0-9]{4,})"))
}

/// How many a unit of troops is: 兵力 and 实力 with a number of persons, 编制 only of troops (服务站核定编制3名 is ordinary). What was sent
/// out to help (出动兵力200人, 300人次) says nothing of that.
fn strength() -> &'static Regex {
    static ONCE: OnceLock<Regex> = OnceLock::new();
    ONCE.get_or_init(|| {
        regex("(?:^|[^动入用出])((?:兵力|(?:兵员|部队|编制)实力|(?:部队|驻军|全[连营团旅]|[该本][连营团旅])(?:现有|实有|核定|人员|总)?编制)(?:员额|人数|总数)?[为达约共计有是：:]{0,3}[0-9]{2,}[余多]?[人名员])(?:[^次]|$)")
    })
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is written right")
}
