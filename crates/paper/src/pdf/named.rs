//! The names that a content stream speaks of. Programs like to give every page one and the same resources, with the pictures of
//! all pages in them: where a page of the scan is masked or not printed, another page must not bring its picture along.

use std::collections::HashSet;

use hayro_syntax::object::{Dict, Name, Stream};
use scans::limits;

use super::refusal::Refusal;

/// Kinds of resources of which only what is named is taken. Colour spaces hold no picture, and those of pictures that lie in
/// the content are named within it in a way of their own.
pub const THINNED: [&[u8]; 6] = [b"ExtGState", b"Font", b"Pattern", b"Properties", b"Shading", b"XObject"];

#[derive(Default)]
pub struct Names(HashSet<Vec<u8>>);

impl Names {
    pub fn has(&self, name: &[u8]) -> bool {
        self.0.contains(name)
    }

    /// Adds whatever looks like a name: one too many does no harm, and one too few would leave a hole in the page.
    pub fn add(&mut self, content: &[u8]) {
        let mut rest = content;
        while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
            rest = &rest[at + 1..];
            let end = rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
            self.0.insert(decoded(&rest[..end]));
            rest = &rest[end..];
        }
    }

    /// Adds what forms, patterns and drawn fonts speak of that have no resources of their own, and so take those of whoever
    /// shows them.
    pub fn add_borrowers<'a>(&mut self, resources: &Dict<'a>) -> Result<(), Refusal> {
        let of = |kind: &[u8]| resources.get::<Dict<'a>>(kind).unwrap_or_default();
        let (objects, patterns, fonts) = (of(b"XObject"), of(b"Pattern"), of(b"Font"));
        let mut read: HashSet<Vec<u8>> = HashSet::new();
        for _ in 0..limits::NESTING {
            let fresh: Vec<Vec<u8>> = self.0.iter().filter(|name| !read.contains(*name)).cloned().collect();
            if fresh.is_empty() {
                return Ok(());
            }
            for name in fresh {
                let shown = [&objects, &patterns].into_iter().filter_map(|all| all.get::<Stream<'a>>(name.as_slice()));
                for stream in shown.filter(|stream| borrows(stream.dict())) {
                    self.add(&content(&stream)?);
                }
                if let Some(font) = fonts.get::<Dict<'a>>(name.as_slice()).filter(|font| !font.contains_key(b"Resources")) {
                    self.add_letters(&font)?;
                }
                read.insert(name);
            }
        }
        Err(Refusal::unfit("forms are nested too deeply"))
    }

    /// Adds what the letters of a font speak of that are drawn like pages (Type 3); those of others are not.
    pub fn add_letters<'a>(&mut self, font: &Dict<'a>) -> Result<(), Refusal> {
        let letters = font.get::<Dict<'a>>(b"CharProcs").unwrap_or_default();
        for name in letters.keys() {
            if let Some(letter) = letters.get::<Stream<'a>>(name.as_ref()) {
                self.add(&content(&letter)?);
            }
        }
        Ok(())
    }
}

/// What a stream draws.
pub fn content(stream: &Stream<'_>) -> Result<Vec<u8>, Refusal> {
    let data = stream.decoded_data().map_err(|_| Refusal::unfit("the content of a form is damaged"))?;
    Ok(data.into_owned())
}

/// A form, or the tile of a pattern, without resources of its own.
fn borrows(dict: &Dict<'_>) -> bool {
    let is_form = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Form");
    (is_form || dict.contains_key(b"PatternType")) && !dict.contains_key(b"Resources")
}

/// ISO 32000-1 7.2.2.
fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// `#41` is `A` (ISO 32000-1 7.3.5).
fn decoded(name: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(name.len());
    let mut at = 0;
    while at < name.len() {
        match (name[at], digit(name.get(at + 1)), digit(name.get(at + 2))) {
            (b'#', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_spelt() {
        let mut names = Names::default();
        names.add(b"q /Im1 Do/G0 gs BT/F1 12 Tf(a)Tj ET /OC/MC#30 BDC EMC /x#4");
        for name in [b"Im1".as_slice(), b"G0", b"F1", b"OC", b"MC0", b"x#4"] {
            assert!(names.has(name), "{}", String::from_utf8_lossy(name));
        }
        assert_eq!(names.0.len(), 6);
    }
}
