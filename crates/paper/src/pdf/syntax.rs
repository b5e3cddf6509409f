//! How names, strings and numbers are spelt in a PDF.

use std::fmt::Write as _;

pub use scans::pdf::syntax::{bytes, name};

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
