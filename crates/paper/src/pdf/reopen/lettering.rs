//! Fonts of a package: which there are, whether they are embedded, which characters their codes stand for and how wide they are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};

use super::super::fonts;
use super::{Font, key};

#[derive(Default)]
pub struct Letters {
    maps: HashMap<ObjectIdentifier, Codes>,
    /// Resources that were looked at, so that shared ones are looked at once.
    seen: HashSet<ObjectIdentifier>,
    fonts: BTreeSet<Font>,
}

/// Codes of a font, of two bytes each.
struct Codes {
    characters: BTreeMap<u16, String>,
    /// Advance widths in em, and that of all others.
    widths: HashMap<u16, f64>,
    usual: f64,
    /// Half the way from the foot of a letter to its head, in em over the baseline.
    middle: f64,
}

impl Letters {
    /// The font of that name in a page's resources.
    pub fn font<'a>(&mut self, fonts: &Dict<'a>, name: &Name<'_>) -> Option<ObjectIdentifier> {
        let id = key(fonts.get_ref(name.as_ref())?);
        self.maps.entry(id).or_insert_with(|| codes(&fonts.get::<Dict<'a>>(name.as_ref()).unwrap_or_default()));
        Some(id)
    }

    /// The characters that two-byte codes stand for; U+FFFD for one that stands for none.
    pub fn read(&self, font: ObjectIdentifier, codes: &[u8]) -> String {
        let known = self.maps.get(&font);
        pairs(codes).map(|code| known.and_then(|known| known.characters.get(&code)).map_or("\u{fffd}", String::as_str)).collect()
    }

    /// The middles of letters that are set one after the other, in em from where the first begins.
    pub fn middles(&self, font: ObjectIdentifier, codes: &[u8]) -> Vec<(f64, f64)> {
        let Some(known) = self.maps.get(&font) else { return Vec::new() };
        let mut end = 0.0;
        let widths = pairs(codes).map(|code| known.widths.get(&code).copied().unwrap_or(known.usual));
        let middle = |width: f64| {
            end += width;
            (end - width / 2.0, known.middle)
        };
        widths.map(middle).collect()
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

fn pairs(codes: &[u8]) -> impl Iterator<Item = u16> {
    codes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}

fn codes(font: &Dict<'_>) -> Codes {
    let map = font
        .get::<Stream<'_>>(b"ToUnicode")
        .and_then(|map| map.decoded_data().ok().map(|text| String::from_utf8_lossy(&text).into_owned()));
    let descendant = font.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next()).unwrap_or_default();
    let about = descendant.get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
    let height = |key: &[u8]| about.get::<f64>(key).unwrap_or_default() / 1000.0;
    Codes {
        characters: map.map(|map| characters(&map)).unwrap_or_default(),
        widths: descendant.get::<Array<'_>>(b"W").map(|widths| self::widths(&widths)).unwrap_or_default(),
        usual: descendant.get::<f64>(b"DW").unwrap_or(1000.0) / 1000.0,
        middle: (height(b"Ascent") + height(b"Descent")) / 2.0,
    }
}

/// Widths as our writers list them: a code, and those of it and of the codes that follow it.
fn widths(list: &Array<'_>) -> HashMap<u16, f64> {
    let mut out = HashMap::new();
    let mut first = None;
    for item in list.iter::<Object<'_>>() {
        match (item, first) {
            (Object::Number(code), _) => first = u16::try_from(code.as_i64()).ok(),
            (Object::Array(widths), Some(code)) => out.extend((code..).zip(widths.iter::<f64>().map(|width| width / 1000.0))),
            _ => {}
        }
    }
    out
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
