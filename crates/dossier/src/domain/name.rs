//! Names of files: what every system allows, what stands before the ending, and what follows when a name is taken.

/// Longest ending of a file, in bytes; what is longer is part of the name.
const LONGEST_ENDING: usize = 5;

/// A name without its ending. In `2.8慰问` the dot begins none: an ending has up to five plain letters and digits.
pub fn stem(name: &str) -> &str {
    split(name).0
}

/// The ending of a name without its dot, as it is written.
pub fn ending(name: &str) -> Option<&str> {
    split(name).1
}

fn split(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => (stem, Some(ending)),
        _ => (name, None),
    }
}

fn is_ending(text: &str) -> bool {
    (1..=LONGEST_ENDING).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `name`, `name(2)`, `name(3)` and so on without end.
pub fn numbered(name: &str) -> impl Iterator<Item = String> {
    std::iter::once(name.to_owned()).chain((2..).map(move |number| format!("{name}({number})")))
}

/// A text as Windows takes it for a name: none of its signs, no control or direction marks, no dot or space at the end, no
/// name of a device (Naming Files, Paths, and Namespaces).
pub fn legal(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| match c {
            '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        })
        .collect();
    let kept = kept.trim_start().trim_end_matches([' ', '.']);
    let stem = kept.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()));
    let is_device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    if kept.is_empty() || is_device { format!("_{kept}") } else { kept.to_owned() }
}
