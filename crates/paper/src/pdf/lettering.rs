//! The letters of stamps: a font of their own for the whole package, cut to the characters that were used.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use subsetter::GlyphRemapper;
use ttf_parser::Tag;

use super::objects::{Id, Objects};
use super::syntax;
use crate::font::{Face, Fonts, drawn};
use crate::manuscript::WriteError;

pub struct Lettering<'a> {
    fonts: &'a Fonts,
    used: BTreeMap<Face, Used>,
}

struct Used {
    id: Id,
    glyphs: GlyphRemapper,
    /// By the glyph's number in the cut font: the character it was first used for.
    characters: BTreeMap<u16, char>,
}

impl<'a> Lettering<'a> {
    pub fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, used: BTreeMap::new() }
    }

    /// Width in pt.
    pub fn width(&self, face: Face, size: f64, text: &str) -> f64 {
        f64::from(self.fonts.width(face, text)) * size
    }

    /// Operators that show a line with its left end at `x`, `y`.
    pub fn show(&mut self, objects: &mut Objects, out: &mut String, (face, size): (Face, f64), (mut x, y): (f64, f64), text: &str) {
        for (face, range) in self.fonts.runs(face, text) {
            let part = &text[range];
            let at = format!("/{} {} Tf 1 0 0 1 {} {} Tm ", resource(face), syntax::number(size), syntax::number(x), syntax::number(y));
            *out += &at;
            self.letters(objects, out, face, part);
            x += self.width(face, size, part);
        }
    }

    fn letters(&mut self, objects: &mut Objects, out: &mut String, face: Face, text: &str) {
        let fonts = self.fonts;
        let used = self.used.entry(face).or_insert_with(|| Used {
            id: objects.reserve(),
            glyphs: GlyphRemapper::new(),
            characters: BTreeMap::new(),
        });
        let mut codes = String::new();
        for character in text.chars().filter_map(drawn) {
            let glyph = used.glyphs.remap(fonts.glyph(face, character).unwrap_or(0));
            let first = *used.characters.entry(glyph).or_insert(character);
            if first == character {
                write!(codes, "{glyph:04x}").expect("a String takes everything");
                continue;
            }
            // One glyph for two characters: what is meant has to be said beside it.
            flush(out, &mut codes);
            let meant = syntax::text(character.encode_utf8(&mut [0; 4]));
            write!(out, "/Span<</ActualText{meant}>>BDC <{glyph:04x}> Tj EMC ").expect("a String takes everything");
        }
        flush(out, &mut codes);
    }

    /// The fonts used so far, for the resources of a page; pages may name more than they use.
    pub fn resources(&self) -> String {
        self.used.iter().map(|(face, used)| format!("/{} {}", resource(*face), used.id)).collect()
    }

    pub fn write(&self, objects: &mut Objects) -> Result<(), WriteError> {
        for (face, used) in &self.used {
            let bytes = self.fonts.bytes(*face);
            let internal = |error: String| WriteError::Internal(format!("font of the stamps: {error}"));
            let cut = subsetter::subset(bytes.data, bytes.index, &used.glyphs).map_err(|error| internal(error.to_string()))?;
            let parsed = ttf_parser::Face::parse(bytes.data, bytes.index).map_err(|error| internal(error.to_string()))?;
            // A font with PostScript outlines is embedded as its bare table.
            let outlines = match ttf_parser::RawFace::parse(&cut, 0).ok().and_then(|raw| raw.table(Tag::from_bytes(b"CFF "))) {
                Some(table) => (table, "/Subtype/CIDFontType0C".to_owned(), "FontFile3", "/CIDFontType0"),
                None => (cut.as_slice(), format!("/Length1 {}", cut.len()), "FontFile2", "/CIDFontType2/CIDToGIDMap/Identity"),
            };
            write_font(objects, &parsed, used, outlines).map_err(WriteError::Output)?;
        }
        Ok(())
    }
}

/// Name of a face in the resources of a page.
fn resource(face: Face) -> &'static str {
    match face {
        Face::Song => "Song",
        Face::Fang => "Fang",
        Face::Kai => "Kai",
        Face::Hei => "Hei",
        Face::Folio => "Folio",
        Face::Plain => "Plain",
    }
}

fn flush(out: &mut String, codes: &mut String) {
    if !codes.is_empty() {
        write!(out, "<{codes}> Tj ").expect("a String takes everything");
        codes.clear();
    }
}

type Outlines<'a> = (&'a [u8], String, &'static str, &'static str);

fn write_font(objects: &mut Objects, face: &ttf_parser::Face<'_>, used: &Used, (data, about, key, kind): Outlines<'_>) -> io::Result<()> {
    let [file, descriptor, descendant, unicode] = [(); 4].map(|()| objects.reserve());
    let em = f64::from(face.units_per_em());
    let scaled = |value: i16| (f64::from(value) * 1000.0 / em).round();
    let name = name(face, used);
    objects.deflated(file, about, data)?;
    let frame = face.global_bounding_box();
    objects.object(
        descriptor,
        format!(
            "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{} {} {} {}]/ItalicAngle 0/Ascent {}/Descent {}/CapHeight {}\
             /StemV 80/{key} {file}>>",
            scaled(frame.x_min),
            scaled(frame.y_min),
            scaled(frame.x_max),
            scaled(frame.y_max),
            scaled(face.ascender()),
            scaled(face.descender()),
            scaled(face.capital_height().unwrap_or(face.ascender())),
        ),
    )?;
    let mut widths = String::new();
    for (glyph, character) in &used.characters {
        let advance = face.glyph_index(*character).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(face.units_per_em());
        write!(widths, "{glyph}[{}]", (f64::from(advance) * 1000.0 / em).round()).expect("a String takes everything");
    }
    objects.object(
        descendant,
        format!(
            "<</Type/Font/Subtype{kind}/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
             /FontDescriptor {descriptor}/DW 1000/W[{widths}]>>"
        ),
    )?;
    objects.deflated(unicode, "", to_unicode(&used.characters).as_bytes())?;
    objects.object(
        used.id,
        format!("<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"),
    )
}

/// A cut font carries a tag of six letters, made from what it was cut to.
fn name(face: &ttf_parser::Face<'_>, used: &Used) -> String {
    let characters: String = used.characters.values().collect();
    let tag: String = scans::Digest::of(characters.as_bytes()).0[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    let own = face.names().into_iter().find(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME && name.is_unicode());
    let own = own.and_then(|name| name.to_string()).unwrap_or_else(|| "Stamp".to_owned());
    let own: String = own.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    format!("{tag}+{own}")
}

pub(super) fn to_unicode(characters: &BTreeMap<u16, char>) -> String {
    /// Entries that one block may hold.
    const BLOCK: usize = 100;
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n\
         /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n",
    );
    let entries: Vec<_> = characters.iter().collect();
    for block in entries.chunks(BLOCK) {
        writeln!(map, "{} beginbfchar", block.len()).expect("a String takes everything");
        for (glyph, character) in block {
            let units: String = character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
            writeln!(map, "<{glyph:04x}><{units}>").expect("a String takes everything");
        }
        map += "endbfchar\n";
    }
    map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
}
