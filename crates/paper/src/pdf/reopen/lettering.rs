//! Fonts of a package: which there are, whether they are embedded, and which characters their codes stand for.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};

use super::{Font, key};

/// Depth of forms within forms whose fonts are looked at.
const DEEPEST: usize = 8;

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

    /// Notes the fonts of a page's resources, and of the forms on it.
    pub fn note_fonts(&mut self, resources: &Dict<'_>, depth: usize) {
        if let Some(fonts) = resources.get::<Dict<'_>>(b"Font") {
            for name in fonts.keys() {
                if self.is_new(&fonts, &name)
                    && let Some(font) = fonts.get::<Dict<'_>>(&*name)
                {
                    self.fonts.insert(described(&font));
                }
            }
        }
        let Some(shown) = resources.get::<Dict<'_>>(b"XObject").filter(|_| depth < DEEPEST) else { return };
        for name in shown.keys() {
            if !self.is_new(&shown, &name) {
                continue;
            }
            let inner = shown.get::<Stream<'_>>(&*name).and_then(|form| form.dict().get::<Dict<'_>>(b"Resources"));
            if let Some(inner) = inner {
                self.note_fonts(&inner, depth + 1);
            }
        }
    }

    fn is_new(&mut self, dict: &Dict<'_>, name: &Name<'_>) -> bool {
        dict.get_ref(name.as_ref()).is_none_or(|reference| self.seen.insert(key(reference)))
    }
}

fn described(font: &Dict<'_>) -> Font {
    let name = font.get::<Name<'_>>(b"BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    // The glyphs of a Type 3 font are drawn by the file itself.
    let drawn = font.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Type3");
    let descendant = font.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>(b"FontDescriptor");
    let embedded =
        descriptor.is_some_and(|found| [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| found.contains_key(key)));
    Font { name, embedded: embedded || drawn }
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
