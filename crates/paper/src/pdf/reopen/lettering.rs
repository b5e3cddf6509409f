//! Fonts of a package: which there are, whether they are embedded, and which characters their codes stand for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};

use super::super::fonts;
use super::{Font, key};

#[derive(Default)]
pub struct Letters {
    maps: HashMap<ObjectIdentifier, BTreeMap<u16, String>>,
    /// Resources that were looked at, so that shared ones are looked at once.
    seen: HashSet<ObjectIdentifier>,
    fonts: BTreeSet<Font>,
}

impl Letters {
    /// The font of that name in a page's resources.
    pub fn font<'a>(&mut self, fonts: &Dict<'a>, name: &Name<'_>) -> Option<ObjectIdentifier> {
        let id = key(fonts.get_ref(name.as_ref())?);
        self.maps.entry(id).or_insert_with(|| {
            let map = fonts.get::<Dict<'a>>(name.as_ref()).and_then(|font| font.get::<Stream<'a>>(b"ToUnicode"));
            let map = map.and_then(|map| map.decoded_data().ok().map(|text| characters(&String::from_utf8_lossy(&text))));
            map.unwrap_or_default()
        });
        Some(id)
    }

    /// The characters that two-byte codes stand for; U+FFFD for one that stands for none.
    pub fn read(&self, font: ObjectIdentifier, codes: &[u8]) -> String {
        let map = self.maps.get(&font);
        let codes = codes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        codes.map(|code| map.and_then(|map| map.get(&code)).map_or("\u{fffd}", String::as_str)).collect()
    }

    pub fn fonts(self) -> Vec<Font> {
        self.fonts.into_iter().collect()
    }

    /// Notes the fonts of a page's resources, and, where the page is ours alone, of the forms on it: evidence is shown as a
    /// form, and its fonts are as they were handed in.
    pub fn note_fonts(&mut self, resources: &Dict<'_>, forms_too: bool) {
        self.fonts.extend(fonts::of(resources, if forms_too { fonts::DEEPEST } else { 0 }, &mut self.seen));
    }
}

/// The single characters of a ToUnicode map, as our stamps write it.
fn characters(map: &str) -> BTreeMap<u16, String> {
    let mut out = BTreeMap::new();
    let tokens: Vec<&str> = map.split(['<', '>']).collect();
    let mut values: Vec<&str> = Vec::new();
    // Every second part stood between brackets; between them stand the operators.
    for (index, part) in tokens.iter().enumerate() {
        if index % 2 == 1 {
            values.push(part);
        }
        if index % 2 == 1 {
            continue;
        }
        if part.contains("endbfchar") {
            for pair in values.chunks_exact(2) {
                if let (Ok(code), Some(text)) = (u16::from_str_radix(pair[0], 16), utf16(pair[1])) {
                    out.insert(code, text);
                }
            }
        }
        if part.contains("bf") || part.contains("codespacerange") {
            values.clear();
        }
    }
    out
}

fn utf16(digits: &str) -> Option<String> {
    let units: Option<Vec<u16>> = (0..digits.len() / 4).map(|at| u16::from_str_radix(digits.get(at * 4..at * 4 + 4)?, 16).ok()).collect();
    String::from_utf16(&units?).ok()
}
