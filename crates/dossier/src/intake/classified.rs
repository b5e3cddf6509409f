//! Marks of classified papers, read in names and in the text layer.
//!
//! A mark is 绝密, 机密 or 秘密 with ★ or with a term (`秘密★10年`, `机密 20年`), the mark standing alone in the head of a
//! paper (GB/T 9704-2012 7.2.2), or after 密级. The same characters inside a sentence (保守国家秘密) are no mark: a paper
//! about secrecy is not a secret paper.

use std::path::{Component, Path};
use std::sync::OnceLock;

use regex_lite::Regex;

use crate::domain::name;

/// Lines of the text that count as the head of a paper: 份号, 密级, 紧急程度 and the red head stand here.
const HEAD_LINES: usize = 12;

/// Stands between pages, and between the parts of an office file.
const PART_BREAK: char = '\u{c}';

/// A mark in the name of a file or of a folder it lies in.
pub fn in_path(folder: &str, name: &str) -> bool {
    in_name(name) || folder.split('/').any(in_name)
}

/// The part of a given path that may be stored: the file or folder, or the first above it without a mark in its name.
pub fn unmarked(given: &Path) -> &Path {
    let is_marked = |part: Component<'_>| in_name(&part.as_os_str().to_string_lossy());
    given.ancestors().find(|above| !above.components().any(is_marked)).unwrap_or(Path::new(""))
}

/// A mark in one name: with ★ or a term, in brackets, or set off at the head or the end of the name.
pub fn in_name(name: &str) -> bool {
    let stem = tight(name::stem(name));
    has_star_or_term(&stem) || set_off().is_match(&stem) || states_level(&stem)
}

/// A mark in the text layer: with ★ or a term anywhere, or alone on a line of the head of any page. Several papers may be one file,
/// and a mark may stand in the header of a Word document.
pub fn in_text(text: &str) -> bool {
    text.split(PART_BREAK).any(on_page)
}

fn on_page(text: &str) -> bool {
    let lines: Vec<String> = text.lines().map(tight).filter(|line| !line.is_empty()).collect();
    let with_star = |place: usize, line: &str| {
        // The star and its term may stand on the line below the mark, where a reader broke them apart.
        let below = lines.get(place + 1).map(String::as_str).unwrap_or_default();
        has_star_or_term(line) || (is_alone(line) && star_and_term().is_match(below))
    };
    lines.iter().enumerate().any(|(place, line)| with_star(place, line))
        || lines.iter().take(HEAD_LINES).any(|line| is_alone(line) || states_level(line))
}

/// Without any space: readers put spaces between the characters of a mark (`机 密`).
fn tight(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{3000}'))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            other => other,
        })
        .collect()
}

const STARS: &str = "★☆✭✮✯⭐⋆✩*＊";

fn has_star_or_term(line: &str) -> bool {
    static STAR: OnceLock<Regex> = OnceLock::new();
    static TERM: OnceLock<Regex> = OnceLock::new();
    let star = STAR.get_or_init(|| regex(&format!("(绝密|机密|秘密)级?[（(]?[{STARS}]")));
    // 商业秘密5年 and the like speak of terms without being marked by them.
    let term = TERM.get_or_init(|| {
        regex(r"(^|[^业作人家术事守泄露、和])(绝密|机密|秘密)[（(]?(\d{1,2}年|\d{1,2}个月|长期)([）)]|$|[^以之内前后来间起])")
    });
    star.is_match(line) || term.is_match(line)
}

/// `机密`, `000012机密`, `机密特急`, `【秘密】`: a line that holds nothing else.
fn is_alone(line: &str) -> bool {
    static ALONE: OnceLock<Regex> = OnceLock::new();
    ALONE.get_or_init(|| regex(r"^(№?\d{1,8})?[【\[（(]?(绝密|机密|秘密)(件|级)?[】\]）)]?(特急|加急|急件|平急)?$")).is_match(line)
}

fn star_and_term() -> &'static Regex {
    static BELOW: OnceLock<Regex> = OnceLock::new();
    BELOW.get_or_init(|| regex(&format!("^[{STARS}](\\d{{1,2}}(年|个月)|长期)?(特急|加急)?$")))
}

/// 密级：机密. A form that offers all of them (密级：绝密、机密、秘密) states none.
fn states_level(line: &str) -> bool {
    static LEVEL: OnceLock<Regex> = OnceLock::new();
    LEVEL.get_or_init(|| regex(r"(密级|密级和保密期限)[:：_-]?[【\[（(]?(绝密|机密|秘密)级?($|[^级、/／|□，,及和或绝机秘])")).is_match(line)
}

/// `【机密】…`, `…（秘密）`, `机密_…`, `…-绝密`: in brackets of its own or parted off at an end of the name.
fn set_off() -> &'static Regex {
    static SET_OFF: OnceLock<Regex> = OnceLock::new();
    SET_OFF.get_or_init(|| {
        regex(r"[【\[（(〔「](绝密|机密|秘密)(件|级|文件)?[】\]）)〕」]|^(绝密|机密|秘密)(件|级)?([-_—–－·.、:：]|$)|[-_—–－·.、:：](绝密|机密|秘密)(件|级)?$")
    })
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("our own pattern is well formed")
}
