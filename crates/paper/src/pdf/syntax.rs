//! How names, strings and numbers are spelt in a PDF.

use std::fmt::Write as _;

/// `/Name`, with everything but regular characters as `#xx`.
pub fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte <= b' ' || byte >= 127 || b"()<>[]{}/%#".contains(&byte) {
            out.extend_from_slice(format!("#{byte:02x}").as_bytes());
        } else {
            out.push(byte);
        }
    }
}

/// A string of bytes, in hexadecimal, so that nothing has to be escaped.
pub fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(b'<');
    for byte in bytes {
        out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    out.push(b'>');
}

/// Text for titles and properties: UTF-16 with its mark.
pub fn text(text: &str) -> String {
    let mut out = String::from("<FEFF");
    for unit in text.encode_utf16() {
        write!(out, "{unit:04X}").expect("a String takes everything");
    }
    out.push('>');
    out
}

/// A number without an exponent and without needless zeros; five digits behind the point are far below a printer's dot.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return format!("{}", value as i64);
    }
    let long = format!("{value:.5}");
    let short = long.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_exponent() {
        assert_eq!(number(1e-9), "0");
        assert_eq!(number(-0.000_001), "0");
        assert_eq!(number(595.276), "595.276");
        assert_eq!(number(3_000_000_000.0), "3000000000");
    }
}
