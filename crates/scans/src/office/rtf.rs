//! Characters of an RTF: `\uN` with what stands for it in old readers passed over, and `\'hh` in GBK; paragraphs end lines.

use crate::limits;

/// Destinations that hold no text of the paper. Shapes, headers, footers and notes are left in: a mark may stand there.
const UNSAID: [&str; 16] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "xmlnstbl",
    "latentstyles",
    "themedata",
    "colorschememapping",
    "datastore",
    "datafield",
    "generator",
    "info",
    "pict",
    "objdata",
];

/// What holds within a group (RTF 1.9.1, Unicode RTF).
#[derive(Clone, Copy)]
struct Group {
    /// How many characters stand for one `\uN`.
    fallback: usize,
    unsaid: bool,
}

pub(super) fn text(bytes: &[u8]) -> String {
    let mut out = Vec::new();
    let mut group = Group { fallback: 1, unsaid: false };
    let mut above = Vec::new();
    // Characters that are passed over, for they stand for the one before.
    let mut passed = 0;
    let mut rest = bytes;
    // A character takes at most four bytes.
    while let Some((first, after)) = rest.split_first().filter(|_| out.len() < limits::TEXT_KEPT * 4) {
        rest = after;
        let said = match first {
            b'{' => {
                above.push(group);
                passed = 0;
                None
            }
            b'}' => {
                group = above.pop().unwrap_or(group);
                passed = 0;
                None
            }
            b'\r' | b'\n' => None,
            b'\\' => match control(after) {
                (Control::Byte(byte), after) => {
                    rest = after;
                    Some(byte)
                }
                (Control::Word(word, number), after) => {
                    rest = after;
                    passed = 0;
                    match (word, number) {
                        ("u", Some(unit)) => {
                            if let Some(letter) = char::from_u32(u32::from(unit as u16)).filter(|_| !group.unsaid) {
                                out.extend_from_slice(&encoding_rs::GB18030.encode(letter.encode_utf8(&mut [0; 4])).0);
                            }
                            passed = group.fallback;
                        }
                        ("uc", Some(count)) => group.fallback = usize::try_from(count).unwrap_or_default(),
                        ("bin", Some(count)) => rest = rest.get(usize::try_from(count).unwrap_or_default()..).unwrap_or_default(),
                        ("par" | "line" | "cell" | "row" | "nestcell" | "nestrow" | "sect" | "page", _) if !group.unsaid => out.push(b'\n'),
                        ("tab", _) if !group.unsaid => out.push(b'\t'),
                        (destination, _) => group.unsaid |= UNSAID.contains(&destination),
                    }
                    None
                }
            },
            byte => Some(*byte),
        };
        match said {
            Some(_) if passed > 0 => passed -= 1,
            Some(byte) if !group.unsaid => out.push(byte),
            Some(_) | None => {}
        }
    }
    encoding_rs::GB18030.decode(&out).0.chars().take(limits::TEXT_KEPT).collect()
}

enum Control<'b> {
    /// A word with its number.
    Word(&'b str, Option<i32>),
    /// One character: `\'hh`, or a sign.
    Byte(u8),
}

/// What follows a backslash, and what follows that.
fn control(bytes: &[u8]) -> (Control<'_>, &[u8]) {
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > 0 {
        let sign = usize::from(bytes.get(letters) == Some(&b'-'));
        let digits = bytes[letters + sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits > 0 { letters + sign + digits } else { letters };
        let text = |range| std::str::from_utf8(&bytes[range]).expect("letters and digits of ASCII");
        let word = Control::Word(text(0..letters), text(letters..end).parse().ok());
        // One space ends the word and is part of it.
        return (word, &bytes[end + usize::from(bytes.get(end) == Some(&b' '))..]);
    }
    match bytes {
        [b'\'', rest @ ..] => {
            let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(b' ');
            (Control::Byte(byte), rest.get(2..).unwrap_or_default())
        }
        [sign @ (b'{' | b'}' | b'\\'), rest @ ..] => (Control::Byte(*sign), rest),
        // An optional destination; what it is called follows.
        [b'*', rest @ ..] => (Control::Word("*", None), rest),
        [b'~', rest @ ..] => (Control::Byte(b' '), rest),
        [b'\r' | b'\n', rest @ ..] => (Control::Word("par", None), rest),
        [_, rest @ ..] => (Control::Word("", None), rest),
        [] => (Control::Word("", None), bytes),
    }
}
