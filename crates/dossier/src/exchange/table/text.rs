//! How an issued text is read: digits of full width, scores like 2分, numbers like 一、 and （3）.

use std::sync::LazyLock;

use regex_lite::Regex;
use unicode_normalization::UnicodeNormalization as _;

use crate::domain::Points;
use crate::domain::natural;

/// Digits, letters and marks of half width; circled numbers as digits.
pub(super) fn half_width(text: &str) -> String {
    text.nfkc().collect()
}

/// For comparing words: no blanks, half width.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).nfkc().collect()
}

/// On one line, runs of blanks as one; those between Chinese characters, which only spread a title, are dropped.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.is_empty() {
            out.push_str(word);
            continue;
        }
        let ascii = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        if ascii(out.chars().next_back()) || ascii(word.chars().next()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `2`, `2分`, `0.5 分`, `（2分）`; `None` where anything else stands there.
pub(super) fn score(text: &str) -> Option<Points> {
    static SCORE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[(\[]?(?:满分)?(\d{1,4}(?:\.\d{1,4})?)分?[)\]]?$").expect("a fixed pattern"));
    number(&SCORE.captures(&squeezed(text))?[1])
}

/// A score in brackets at the end of a heading: `组织领导（10分）`; the heading without it.
pub(super) fn scored(text: &str) -> (String, Option<Points>) {
    static SCORED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(.*?)\s*[（(\[【]\s*(?:共|计|满分|本项)*\s*([0-9０-９]{1,4}(?:[.．][0-9０-９]{1,4})?)\s*分\s*[)）\]】]\s*$")
            .expect("a fixed pattern")
    });
    let line = one_line(text);
    match SCORED.captures(&line) {
        Some(found) => (found[1].to_owned(), number(&half_width(&found[2]))),
        None => (line, None),
    }
}

/// The first score that a text names: `合计100分` has 100.
pub(super) fn any_score(text: &str) -> Option<Points> {
    static ANY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\d{1,4}(?:\.\d{1,4})?)分").expect("a fixed pattern"));
    number(&ANY.captures(&squeezed(text))?[1])
}

fn number(text: &str) -> Option<Points> {
    text.parse::<f64>().ok().filter(|value| value.is_finite()).map(Points::of)
}

/// The number in front of a heading or a text, as issued and without its marks, and what follows it:
/// `一、组织领导`, `（三）走访`, `12．慰问`, `3.4 议军`, `A1-2 政策`. A plain quantity (`3个`) is none.
pub(super) fn numbered(text: &str) -> Option<(String, &str)> {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^\s*(?:[（(]\s*([0-9０-９一二三四五六七八九十百]{1,5})\s*[)）][、.．]?",
            r"|第?([一二三四五六七八九十百]{1,5})(?:[、.．]|方面[、：:]?)",
            r"|([0-9０-９]{1,3}(?:[.．\-－][0-9０-９]{1,3})+)(?:[、.．]|\s)",
            r"|([0-9０-９]{1,3})(?:[、．)）]|\.\s*)",
            r"|([A-Za-z][0-9]{1,3}(?:[.\-][0-9]{1,3})*)[、.．\s]",
            r"|([①-⑳]))\s*",
        ))
        .expect("a fixed pattern")
    });
    let found = NUMBERED.captures(text)?;
    let number = (1..=6).find_map(|group| found.get(group))?.as_str();
    let rest = &text[found.get(0)?.end()..];
    // `1.5万元` is a quantity.
    let quantity = rest.starts_with(|character: char| character.is_ascii_digit()) && found.get(4).is_some();
    (!rest.is_empty() && !quantity).then(|| (half_width(number), rest))
}

/// 一, （12）, 第三, ⑤ as a number.
pub(super) fn ordinal(text: &str) -> Option<u32> {
    let bare = squeezed(text);
    let bare = bare.trim_start_matches('第').trim_matches(|character| "()[]、.".contains(character));
    natural::number(bare).filter(|number| *number > 0)
}
