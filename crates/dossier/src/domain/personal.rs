//! Numbers of persons that stand in a text: 公民身份号码 (GB 11643, with its check character) and bank cards (GB/T 17552
//! issuers, with Luhn's check digit). A number whose check fails is some other number.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Between the pages of a text layer.
pub const PAGE_BREAK: char = '\u{c}';
/// Numbers of a page that are named. Never of a piece: a page that is not named at all would count as free of them.
const MOST: usize = 20;

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
    let in_text = (0..).zip(text.split(PAGE_BREAK)).map(|(page, text)| (Some(page), text));
    let named = |(page, text)| {
        let one = move |found: Found| PersonalNumber { kind: found.kind, page, masked: masked(found.kind, &found.number) };
        found(text).into_iter().take(MOST).map(one)
    };
    std::iter::once((None, name)).chain(in_text).flat_map(named).collect()
}

/// Where the numbers stand in a text, as ranges of its characters.
pub fn places(text: &str) -> Vec<Range<usize>> {
    found(text).into_iter().map(|found| found.place).collect()
}

struct Found {
    kind: PersonalKind,
    number: String,
    /// The characters that it is.
    place: Range<usize>,
}

/// Unbroken digits, with the X that may end them.
struct Group {
    digits: String,
    place: Range<usize>,
}

/// Groups of the longest number: a card of 19 digits, embossed.
const MOST_GROUPS: usize = 5;

fn found(text: &str) -> Vec<Found> {
    let characters: Vec<char> = text.chars().map(narrow).collect();
    let groups = groups(&characters);
    let mut out = Vec::new();
    // Cells of a table follow each other as the groups of a number do: whichever groups of a row are a number, are one.
    for row in groups.chunk_by(|one, next| one.place.end + 1 == next.place.start) {
        let mut from = 0;
        while from < row.len() {
            let most = row.len().min(from + MOST_GROUPS);
            let longest = (from + 1..=most).rev().find_map(|to| Some((to, number(&characters, row, from..to)?)));
            let (next, number) = longest.map_or((from + 1, None), |(to, number)| (to, Some(number)));
            out.extend(number);
            from = next;
        }
    }
    out
}

fn groups(characters: &[char]) -> Vec<Group> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let start = at;
        while characters.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let mut digits: String = characters[start..at].iter().collect();
        if matches!(characters.get(at), Some('X' | 'x')) {
            digits.push('X');
            at += 1;
        }
        out.push(Group { digits, place: start..at });
    }
    out
}

/// The number that some groups of a row are together: one alone, a card as it is embossed, an identity number as it is typed.
fn number(characters: &[char], row: &[Group], range: Range<usize>) -> Option<Found> {
    let (whole, groups) = (range.len() == row.len(), &row[range]);
    let (first, last) = (groups.first()?, groups.last()?);
    let place = first.place.start..last.place.end;
    let parted = groups.windows(2).all(|pair| matches!(characters[pair[0].place.end], ' ' | '-'));
    let lengths: Vec<usize> = groups.iter().map(|group| group.digits.len()).collect();
    let (end, before) = lengths.split_last()?;
    let embossed = *end <= 4 && before.iter().all(|length| *length == 4) && (whole || first.digits.starts_with("62"));
    if !parted || !(groups.len() == 1 || embossed || lengths == [6, 8, 4]) || worded(characters, &place) {
        return None;
    }
    let number: String = groups.iter().map(|group| group.digits.as_str()).collect();
    Some(Found { kind: kind(&number)?, number, place })
}

/// Whether digits are part of a word, of a code or a fraction: then they are no number of a person. The full stop behind the
/// number of a row in a list is none of these.
fn worded(characters: &[char], place: &Range<usize>) -> bool {
    let listed = |stop: usize| {
        let digits = characters[..stop].iter().rev().take_while(|before| before.is_ascii_digit()).count();
        let free = characters[..stop - digits].last().is_none_or(|before| !before.is_ascii_alphanumeric() && !matches!(before, '.' | '_'));
        (1..=3).contains(&digits) && free && characters[stop - digits] != '0'
    };
    let before = place.start.checked_sub(1).is_some_and(|before| match characters[before] {
        '.' => !listed(before),
        other => other.is_ascii_alphabetic() || other == '_',
    });
    before || characters.get(place.end).is_some_and(char::is_ascii_alphabetic)
}

fn kind(number: &str) -> Option<PersonalKind> {
    if is_identity(number) { Some(PersonalKind::Identity) } else { is_bank_card(number).then_some(PersonalKind::BankCard) }
}

/// Full-width digits and letters are read as what they are.
fn narrow(character: char) -> char {
    match character {
        '０'..='９' | 'Ｘ' | 'ｘ' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '—' | '－' => '-',
        '．' => '.',
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
    let number = |range: Range<usize>| run[range].parse::<u16>().unwrap_or(0);
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
        // Beside other cells of a row, as they are typed, behind the number of a row.
        for one in [
            "3 张三 男 2019 11010519491231002X 13800000000",
            "2019-11010519491231002X",
            "11010519491231002X 2019",
            "110105 19491231 002X",
            "1.11010519491231002X",
            "12．11010519491231002X",
        ] {
            assert_eq!(said(one), ["Some(0) Identity 110105…002X"], "{one}");
        }
        for one in ["2021 6222 0212 3456 7890 128", "6222 0212 3456 7890 128 2000", "6222021234567890128 2000 500"] {
            assert_eq!(said(one), ["Some(0) BankCard 6222…0128"], "{one}");
        }
        // Another check character, no day, part of a word, the number of an office.
        for none in [
            "110105194912310021",
            "11010519491331002X",
            "A11010519491231002X",
            "51110000500000000X",
            "6222021234567890123",
            "20210403001",
            "0.11010519491231002X",
            "a1.11010519491231002X",
            "1.2.11010519491231002X",
            "11010519491231002XL",
        ] {
            assert_eq!(said(none), Vec::<String>::new(), "{none}");
        }
        assert_eq!(numbers("11010519491231002X 示例.jpg", "").len(), 1);
        let page = "11010519491231002X\n".repeat(30);
        let roster = numbers("", &[page.as_str(); 4].join("\u{c}"));
        for page in 0..4 {
            assert!(roster.iter().any(|number| number.page == Some(page)), "page {page} has numbers");
        }
        assert_eq!(places("证号11010519491231002X，卡号6222 0212 3456 7890 128"), [2..20, 23..46]);
    }
}
