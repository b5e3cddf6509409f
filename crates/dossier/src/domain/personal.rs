//! Numbers of persons that stand in a text: 公民身份号码 (GB 11643, with its check character) and bank cards (GB/T 17552
//! issuers, with Luhn's check digit). A number whose check fails is some other number.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Between the pages of a text layer.
pub const PAGE_BREAK: char = '\u{c}';
/// Numbers of a page that are named: every page that has one is, however many have.
const MOST: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// 公民身份号码
    Identity,
    /// 银行卡号
    BankCard,
}

/// A number that was found, and where; the number itself is not kept a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalNumber {
    pub kind: PersonalKind,
    /// Page within the scan, from 0; `None`: in the name of the file.
    pub page: Option<u32>,
    /// Its first and last characters, so that it can be found on the page.
    pub masked: String,
}

/// The numbers in the name of a file and in its text layer, in the order in which they stand.
pub fn numbers(name: &str, text: &str) -> Vec<PersonalNumber> {
    let in_name = found(name).into_iter().map(|(kind, number)| (None, kind, number));
    let pages = (0..).zip(text.split(PAGE_BREAK));
    let in_text = pages.flat_map(|(page, text)| found(text).into_iter().take(MOST).map(move |(kind, number)| (Some(page), kind, number)));
    in_name.chain(in_text).map(|(page, kind, number)| PersonalNumber { kind, page, masked: masked(kind, &number) }).collect()
}

/// Where the numbers stand in a text, as ranges of its characters.
pub fn places(text: &str) -> Vec<Range<usize>> {
    runs(text).into_iter().filter(|(run, _)| kind(run).is_some()).map(|(_, place)| place).collect()
}

fn found(text: &str) -> Vec<(PersonalKind, String)> {
    runs(text).into_iter().filter_map(|(run, _)| Some((kind(&run)?, run))).collect()
}

fn kind(run: &str) -> Option<PersonalKind> {
    if is_identity(run) { Some(PersonalKind::Identity) } else { is_bank_card(run).then_some(PersonalKind::BankCard) }
}

/// Unbroken runs of digits, and the ones of four digits each with one space or dash between, as cards are embossed; each with
/// the range of the characters that it is.
fn runs(text: &str) -> Vec<(String, Range<usize>)> {
    let characters: Vec<char> = text.chars().map(narrow).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        // Digits that are part of a word (an order number, a code) are no number of a person.
        let worded = at > 0 && (characters[at - 1].is_ascii_alphabetic() || matches!(characters[at - 1], '.' | '_'));
        let start = at;
        let mut run = String::new();
        let mut group = 0;
        while let Some(next) = characters.get(at) {
            match next {
                digit if digit.is_ascii_digit() => {
                    run.push(*digit);
                    group += 1;
                }
                ' ' | '-' if group == 4 && characters.get(at + 1).is_some_and(char::is_ascii_digit) => group = 0,
                'X' | 'x' if run.len() == 17 => {
                    run.push('X');
                    at += 1;
                    break;
                }
                _ => break,
            }
            at += 1;
        }
        let worded = worded || characters.get(at).is_some_and(char::is_ascii_alphabetic);
        if !worded {
            out.push((run, start..at));
        }
    }
    out
}

/// Full-width digits and letters are read as what they are.
fn narrow(character: char) -> char {
    match character {
        '０'..='９' | 'Ｘ' | 'ｘ' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '—' | '－' => '-',
        '\u{a0}' | '\u{3000}' => ' ',
        other => other,
    }
}

/// GB 11643-1999: region, day of birth, order, check character (ISO 7064, MOD 11-2).
fn is_identity(run: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes = run.as_bytes();
    if bytes.len() != 18 || !(b'1'..=b'8').contains(&bytes[0]) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| run[range].parse::<u16>().unwrap_or(0);
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    let born = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    born && bytes[..17].iter().all(u8::is_ascii_digit) && CHECKS[(sum % 11) as usize] == bytes[17]
}

/// Issuers' first digits and lengths as they are in use in the country, and the check digit.
fn is_bank_card(run: &str) -> bool {
    let issuer = match run.len() {
        16 => run.starts_with("62") || run.starts_with('4') || ('1'..='5').any(|second| run.starts_with(&format!("5{second}"))),
        17 | 18 => run.starts_with("62"),
        19 => ["62", "60", "9558"].iter().any(|first| run.starts_with(first)),
        _ => false,
    };
    let sum: u32 = run
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit.wrapping_sub(b'0'));
            let twice = digit * 2;
            if place % 2 == 0 { digit } else { twice / 10 + twice % 10 }
        })
        .sum();
    issuer && run.bytes().all(|byte| byte.is_ascii_digit()) && sum.is_multiple_of(10)
}

fn masked(kind: PersonalKind, number: &str) -> String {
    let first = match kind {
        PersonalKind::Identity => 6,
        PersonalKind::BankCard => 4,
    };
    format!("{}…{}", &number[..first], &number[number.len() - 4..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        numbers("", text).into_iter().map(|number| format!("{:?} {:?} {}", number.page, number.kind, number.masked)).collect()
    }

    /// Numbers made for this test: their checks are right, no person has them.
    #[test]
    fn numbers_of_persons_are_told_by_their_checks() {
        assert_eq!(said("身份证号：11010519491231002X，电话13800000000"), ["Some(0) Identity 110105…002X"]);
        assert_eq!(said("第一页\u{c}证号１１０１０５１９４９１２３１００２Ｘ。"), ["Some(1) Identity 110105…002X"]);
        assert_eq!(said("卡号 6222 0212 3456 7890 128"), ["Some(0) BankCard 6222…0128"]);
        // Another check character, no day, part of a word, the number of an office.
        for none in
            ["110105194912310021", "11010519491331002X", "A11010519491231002X", "51110000500000000X", "6222021234567890123", "20210403001"]
        {
            assert_eq!(said(none), Vec::<String>::new(), "{none}");
        }
        assert_eq!(numbers("11010519491231002X 示例.jpg", "").len(), 1);
        let register = vec!["证号11010519491231002X"; 60].join("\u{c}");
        assert_eq!(numbers("", &register).last().and_then(|number| number.page), Some(59), "no page of a long one is left out");
        assert_eq!(places("证号11010519491231002X，卡号6222 0212 3456 7890 128"), [2..20, 23..46]);
    }
}
