//! Natural order: 1, 2, 10; 一, 二, 十; 第二, 第十二; ①, ②, ⑩; full-width digits count as digits.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization as _;

/// What a text is ordered by. Total and stable: texts that read the same are told apart by their characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    parts: Vec<Part>,
    raw: String,
}

/// Numbers come before words, as in the file manager.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Count of digits without leading zeros, then the digits: the order of the numbers at any length.
    Number(usize, String),
    Words(String),
}

/// The key of a text; use it where many texts are sorted (`sort_by_cached_key`).
pub fn key(text: &str) -> Key {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character.is_whitespace() || character == '\u{feff}' {
            continue;
        }
        let number = if let Some(enclosed) = enclosed(character) {
            Some(enclosed.to_string())
        } else if let Some(digit) = decimal(character) {
            let mut digits = String::from(digit);
            while let Some(next) = rest.peek().copied().and_then(decimal) {
                digits.push(next);
                rest.next();
            }
            Some(digits)
        } else if is_chinese_numeral(character) {
            let mut run = String::from(character);
            while let Some(next) = rest.peek().copied().filter(|next| is_chinese_numeral(*next)) {
                run.push(next);
                rest.next();
            }
            let read = chinese(&run);
            if read.is_none() {
                words.push_str(&run);
            }
            read
        } else {
            words.extend(std::iter::once(character).nfkc().flat_map(char::to_lowercase));
            None
        };
        if let Some(digits) = number {
            if !words.is_empty() {
                parts.push(Part::Words(std::mem::take(&mut words)));
            }
            let plain = digits.trim_start_matches('0');
            parts.push(Part::Number(plain.len(), plain.to_owned()));
        }
    }
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    Key { parts, raw: text.to_owned() }
}

/// The number that a text is, and nothing else: 12, １２, 十二, ⑫.
pub fn number(text: &str) -> Option<u32> {
    let mut characters = text.chars();
    if let (Some(value), None) = (characters.next().and_then(enclosed), characters.next()) {
        return Some(value);
    }
    if !text.is_empty() && text.chars().all(|character| decimal(character).is_some()) {
        return text.chars().filter_map(decimal).collect::<String>().parse().ok();
    }
    if !text.is_empty() && text.chars().all(is_chinese_numeral) { chinese(text)?.parse().ok() } else { None }
}

/// Compares two texts in natural order.
pub fn compare(a: &str, b: &str) -> Ordering {
    key(a).cmp(&key(b))
}

/// The number of a path's parts: folders by their natural order, a folder's own files after the folders before them.
pub fn path_key(path: &str) -> Vec<Key> {
    path.split(['/', '\\']).filter(|part| !part.is_empty()).map(key).collect()
}

/// ① ⑴ ⒈ ㈠ ㊀ Ⅳ: one character that is a number.
fn enclosed(character: char) -> Option<u32> {
    let code = character as u32;
    let (first, value) = match code {
        0x2460..=0x2473 => (0x2460, 1),
        0x2474..=0x2487 => (0x2474, 1),
        0x2488..=0x249b => (0x2488, 1),
        0x2160..=0x216b => (0x2160, 1),
        0x2170..=0x217b => (0x2170, 1),
        0x24eb..=0x24f4 => (0x24eb, 11),
        0x24f5..=0x24fe => (0x24f5, 1),
        0x2776..=0x277f => (0x2776, 1),
        0x3220..=0x3229 => (0x3220, 1),
        0x3251..=0x325f => (0x3251, 21),
        0x3280..=0x3289 => (0x3280, 1),
        0x32b1..=0x32bf => (0x32b1, 36),
        _ => return None,
    };
    Some(code - first + value)
}

fn decimal(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
        _ => None,
    }
}

fn is_chinese_numeral(character: char) -> bool {
    chinese_digit(character).is_some() || chinese_unit(character).is_some()
}

fn chinese_digit(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn chinese_unit(character: char) -> Option<u64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// 十二 → 12, 二〇二一 → 2021; `None` for 百 or 千 that stand alone, as in 百姓.
fn chinese(run: &str) -> Option<String> {
    if run.chars().all(|c| chinese_digit(c).is_some()) {
        return Some(run.chars().filter_map(chinese_digit).map(|digit| digit.to_string()).collect());
    }
    if matches!(run, "百" | "千" | "佰" | "仟") {
        return None;
    }
    let (mut total, mut digit) = (0_u64, None);
    for character in run.chars() {
        if let Some(value) = chinese_digit(character) {
            digit = Some(value);
        } else if let Some(unit) = chinese_unit(character) {
            total = total.saturating_add(digit.take().unwrap_or(1).saturating_mul(unit));
        }
    }
    Some(total.saturating_add(digit.unwrap_or(0)).to_string())
}
