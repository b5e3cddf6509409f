//! Takes out of a page's content the `Q` that have no `q`.
//!
//! On a page readers pass over them; in a form some take back the state of the page around it, and nothing is seen.

/// Blanks what is too much; tells whether there was anything.
pub fn mend(content: &mut [u8]) -> bool {
    let mut surplus = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while at < content.len() {
        match content[at] {
            b'(' => at = end_of_string(content, at),
            b'<' if content.get(at + 1) != Some(&b'<') => at = end(content, at, |byte| byte == b'>'),
            b'%' => at = end(content, at, |byte| matches!(byte, b'\r' | b'\n')),
            byte if is_regular(byte) => {
                let from = at;
                at = end(content, at, |byte| !is_regular(byte)).max(from + 1);
                match &content[from..at] {
                    b"q" => depth += 1,
                    b"Q" if depth == 0 => surplus.push(from),
                    b"Q" => depth -= 1,
                    b"ID" => at = end_of_picture(content, at),
                    _ => {}
                }
            }
            // The name behind a slash is no operator, whatever it is called.
            b'/' => at = end(content, at + 1, |byte| !is_regular(byte)),
            _ => at += 1,
        }
    }
    for place in &surplus {
        content[*place] = b' ';
    }
    !surplus.is_empty()
}

fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The first place from `at` on where `stop` holds, or the end.
fn end(content: &[u8], at: usize, stop: impl Fn(u8) -> bool) -> usize {
    content.get(at..).and_then(|rest| rest.iter().position(|byte| stop(*byte))).map_or(content.len(), |length| at + length)
}

fn end_of_string(content: &[u8], mut at: usize) -> usize {
    let mut open = 0;
    while let Some(byte) = content.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => open += 1,
            b')' => open -= 1,
            _ => {}
        }
        at += 1;
        if open == 0 {
            break;
        }
    }
    at.min(content.len())
}

/// Offset behind the data of an inline picture, which ends with `EI` between two white spaces.
fn end_of_picture(content: &[u8], at: usize) -> usize {
    let is_white = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' '));
    let found = content.get(at..).unwrap_or_default().windows(3).enumerate();
    let mut ends = found.filter(|(_, three)| is_white(three.first()) && &three[1..] == b"EI").map(|(offset, _)| at + offset + 3);
    ends.find(|end| is_white(content.get(*end))).unwrap_or(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_much_is_taken_out() {
        let cases = [
            ("q 1 0 0 1 0 0 cm Q", "q 1 0 0 1 0 0 cm Q"),
            ("Q q Q Q\nq", "  q Q  \nq"),
            ("(Q \\) Q) Tj <51> Tj /Q gs % Q\nQ", "(Q \\) Q) Tj <51> Tj /Q gs % Q\n "),
            ("BI /W 1 ID Q Q EI Q", "BI /W 1 ID Q Q EI  "),
            ("q[(Q)]TJ Q(", "q[(Q)]TJ Q("),
        ];
        for (content, mended) in cases {
            let mut bytes = content.as_bytes().to_vec();
            assert_eq!(mend(&mut bytes), content != mended, "{content}");
            assert_eq!(String::from_utf8(bytes).unwrap(), mended);
        }
    }
}
