//! Glyphs as a PDF holds them: fonts whose letters are drawn by the file itself (Type 3), 256 letters each. Each letter is
//! written once however often it is shown, is drawn from the font's outline alone, so that no reader can choose another, and
//! says which characters it stands for.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;

use hayro::kurbo::{Affine, Rect, Shape};
use skrifa::GlyphId;

use super::canvas::Written;
use super::fonts::{Outline, UNITS};
use super::path;
use crate::inspected::Trouble;
use crate::pdf::objects::{Objects, Stopped};

/// Letters of one font.
const MOST: usize = 256;

#[derive(Default)]
pub(super) struct Glyphs {
    fonts: Vec<Drawn>,
    codes: HashMap<Letter, (u32, u8)>,
    /// The letter that shows nothing.
    blank: Option<u32>,
}

/// What makes a letter: its shape, and the characters that are read from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Letter {
    shape: Option<(u32, GlyphId)>,
    text: String,
}

struct Drawn {
    number: u32,
    letters: Vec<(u32, f64, String)>,
    reach: Rect,
}

impl Glyphs {
    /// The font (an object's number) and the code of a glyph that stands for `text`.
    pub(super) fn shown(
        &mut self,
        objects: &mut Objects<'_, '_>,
        (face, glyph): (u32, GlyphId),
        text: &str,
        outline: impl FnOnce() -> Result<Outline, Trouble>,
    ) -> Result<(u32, u8), Stopped> {
        let letter = Letter { shape: Some((face, glyph)), text: text.to_owned() };
        if let Some(known) = self.codes.get(&letter) {
            return Ok(*known);
        }
        let Outline { path, advance } = outline()?;
        let reach = path.bounding_box();
        let mut out = Written::default();
        out.numbers(&[advance, 0.0, reach.x0, reach.y0, reach.x1, reach.y1], "d1");
        path::write(&mut out, &path, Affine::IDENTITY);
        out.say("f");
        let number = objects.reserve();
        objects.packed(number, b"", out.finish()?.as_bytes())?;
        Ok(self.add(objects, letter, number, advance, reach))
    }

    /// The font and the code of a letter that is read as `text` and not seen.
    pub(super) fn unseen(&mut self, objects: &mut Objects<'_, '_>, text: &str) -> io::Result<(u32, u8)> {
        let letter = Letter { shape: None, text: text.to_owned() };
        if let Some(known) = self.codes.get(&letter) {
            return Ok(*known);
        }
        let number = match self.blank {
            Some(number) => number,
            None => {
                let number = objects.reserve();
                objects.stream(number, b"", format!("{UNITS} 0 0 0 0 0 d1").as_bytes())?;
                *self.blank.insert(number)
            }
        };
        Ok(self.add(objects, letter, number, UNITS, Rect::ZERO))
    }

    fn add(&mut self, objects: &mut Objects<'_, '_>, letter: Letter, number: u32, advance: f64, reach: Rect) -> (u32, u8) {
        if self.fonts.last().is_none_or(|font| font.letters.len() == MOST) {
            self.fonts.push(Drawn { number: objects.reserve(), letters: Vec::new(), reach });
        }
        let font = self.fonts.last_mut().expect("there is one with room");
        let place = (font.number, font.letters.len() as u8);
        font.letters.push((number, advance, letter.text.clone()));
        font.reach = font.reach.union(reach);
        self.codes.insert(letter, place);
        place
    }

    /// The fonts themselves, once no letter is added.
    pub(super) fn finish(self, objects: &mut Objects<'_, '_>) -> Result<(), Stopped> {
        for font in self.fonts {
            let unicode = objects.reserve();
            objects.packed(unicode, b"", to_unicode(&font.letters).as_bytes())?;
            let (mut drawn, mut named) = (String::new(), String::new());
            let mut widths = Written::default();
            for (code, (number, advance, _)) in font.letters.iter().enumerate() {
                let _ = write!(drawn, "/g{code} {number} 0 R");
                let _ = write!(named, "/g{code}");
                widths.numbers(&[*advance], "");
            }
            let mut reach = Written::default();
            reach.numbers(&[font.reach.x0, font.reach.y0, font.reach.x1, font.reach.y1], "");
            let entries = format!(
                "<</Type/Font/Subtype/Type3/FontBBox[{}]/FontMatrix[{scale} 0 0 {scale} 0 0]/CharProcs<<{drawn}>>\
                 /Encoding<</Type/Encoding/Differences[0{named}]>>/FirstChar 0/LastChar {}/Widths[{}]/ToUnicode {unicode} 0 R/Resources<<>>>>",
                reach.finish()?,
                font.letters.len() - 1,
                widths.finish()?,
                scale = 1.0 / UNITS,
            );
            objects.object(font.number, entries.as_bytes())?;
        }
        Ok(())
    }
}

/// The map from codes to characters (ISO 32000-1, 9.10.3).
fn to_unicode(letters: &[(u32, f64, String)]) -> String {
    /// As many as one block may have.
    const BLOCK: usize = 100;
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n",
    );
    let said: Vec<(usize, &String)> = letters.iter().map(|(.., text)| text).enumerate().filter(|(_, text)| !text.is_empty()).collect();
    for block in said.chunks(BLOCK) {
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, text) in block {
            let _ = write!(map, "<{code:02X}> <");
            text.encode_utf16().for_each(|unit| _ = write!(map, "{unit:04X}"));
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}
