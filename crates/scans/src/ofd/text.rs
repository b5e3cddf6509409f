//! Text: where each glyph of a text object stands, and which characters it stands for (GB/T 33190-2016, 11).

use std::rc::Rc;
use std::sync::Arc;

use hayro::kurbo::{Affine, Vec2};
use skrifa::GlyphId;

use super::canvas::Named;
use super::colour::Colour;
use super::fonts::{Face, Outline, UNITS};
use super::page::{LINE, Painter, Unit};
use super::path;
use super::resources::{NamedFont, Scope};
use super::runs::{self, Exchange, HOLDER, Run};
use super::value;
use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};
use crate::limits;
use crate::pdf::objects::Stopped;

/// Font weight from which letters are emboldened.
const BOLD: f64 = 600.0;
/// Slant of artificially slanted letters, as a share of their height.
const LEAN: f64 = 0.21;
/// Width of the outline that makes a letter bolder, as a share of its size.
const BOLDER: f64 = 1.0 / 30.0;

/// A glyph at its place.
struct Placed {
    at: Vec2,
    /// What is read there; nothing for the second glyph of one character.
    text: String,
    glyph: Option<Glyph>,
}

/// A glyph of a font.
type Glyph = (Rc<Face>, GlyphId);
/// What is read, and the glyph that shows it.
type Read = (String, Option<Glyph>);

/// How the glyphs of an object are set.
struct Setting {
    font: Rc<NamedFont>,
    face: Option<Rc<Face>>,
    /// In mm.
    size: f64,
    /// Width as a part of what the font says.
    stretch: f64,
    /// Degrees, clockwise: where the next glyph stands, and how each is turned.
    reading: f64,
    turned: f64,
    look: Look,
}

/// How the glyphs of an object are seen.
struct Look {
    fill: Option<Colour>,
    /// A line about them, and its width in mm; one of their own colour makes them bolder.
    line: Option<(Colour, f64)>,
    leans: bool,
}

impl Look {
    fn of(object: &Element, unit: &Unit, font: &NamedFont, size: f64) -> Result<Self, Trouble> {
        let seen = |colour: &Colour| unit.alpha * colour.alpha > 0.0;
        let fill = unit.param.fill.clone().unwrap_or_else(Colour::black);
        let fill = Some(fill).filter(|colour| object.flag("Fill") != Some(false) && seen(colour));
        let stroke = unit.param.stroke.clone().unwrap_or_else(Colour::black);
        let stroke = Some(stroke).filter(|colour| object.flag("Stroke") == Some(true) && seen(colour));
        let is_bold = object.number("Weight")?.unwrap_or(0.0) >= BOLD && !font.bold;
        let line = match (stroke, &fill) {
            (Some(colour), _) => Some((colour, unit.param.width.unwrap_or(LINE))),
            (None, Some(colour)) if is_bold => Some((colour.clone(), size * BOLDER)),
            (None, _) => None,
        };
        Ok(Self { fill, line, leans: object.flag("Italic") == Some(true) && !font.italic })
    }

    /// Text that nobody sees is what recognition left over a scan: it is read.
    fn is_seen(&self) -> bool {
        self.fill.is_some() || self.line.is_some()
    }
}

impl Painter<'_, '_, '_, '_> {
    pub(super) fn text(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<(), Stopped> {
        let setting = self.setting(object, unit, scope)?;
        let glyphs = self.placed(object, &setting)?;
        self.show(object, unit, scope, &setting, &glyphs)
    }

    /// Adds the outlines of letters to the path; whether there are any.
    pub(super) fn letters(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<bool, Stopped> {
        let setting = self.setting(object, unit, scope)?;
        let mut any = false;
        for placed in self.placed(object, &setting)? {
            self.canvas.fits()?;
            let Some((face, glyph)) = &placed.glyph else { continue };
            let outline = setting.outline(face, *glyph)?;
            path::write(&mut self.canvas.out, &outline.path, setting.matrix(unit, &placed) * Affine::scale(setting.size / UNITS));
            any = true;
        }
        Ok(any)
    }

    fn setting(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<Setting, Trouble> {
        let font = scope.font(object.attribute("Font"))?;
        let size = object.number("Size")?.ok_or_else(|| Trouble::damaged("text without a size"))?;
        Ok(Setting {
            face: self.embedded(&font)?,
            size,
            stretch: object.number("HScale")?.unwrap_or(1.0),
            reading: object.number("ReadDirection")?.unwrap_or(0.0),
            turned: object.number("CharDirection")?.unwrap_or(0.0),
            look: Look::of(object, unit, &font, size)?,
            font,
        })
    }

    /// The font that lies in the file; `None` where there is none that can be read.
    fn embedded(&mut self, font: &NamedFont) -> Result<Option<Rc<Face>>, Trouble> {
        let Some(path) = &font.file else { return Ok(None) };
        if let Some(known) = self.document.faces.get(path) {
            return Ok(known.clone());
        }
        // One that is not there, or no font at all, is replaced as if it had never been named.
        let face = match self.document.package.raw(path, limits::HELD_IN_MEMORY) {
            Ok(bytes) => self.book.face(Arc::new(bytes), 0)?,
            Err(Trouble::Damaged { .. }) => None,
            Err(trouble) => return Err(trouble),
        };
        self.document.faces.insert(path.clone(), face.clone());
        Ok(face)
    }

    fn placed(&mut self, object: &Element, setting: &Setting) -> Result<Vec<Placed>, Trouble> {
        let mut out = Vec::new();
        let mut at = Vec2::ZERO;
        for Run { code, characters, exchanges } in runs::read(object)? {
            at = Vec2::new(code.number("X")?.unwrap_or(at.x), code.number("Y")?.unwrap_or(at.y));
            let glyphs = self.glyphs(&characters, setting, exchanges)?;
            place(code, setting, glyphs, at, &mut out)?;
        }
        Ok(out)
    }

    /// Each glyph with the characters that are read from it.
    fn glyphs(&mut self, characters: &[char], setting: &Setting, exchanges: Vec<Exchange>) -> Result<Vec<Read>, Trouble> {
        let Some(face) = setting.face.clone() else {
            // Numbers of glyphs say nothing where another font stands in, and what only holds their place is no letter.
            if exchanges.iter().any(|exchange| characters[exchange.from..exchange.to].contains(&HOLDER)) && setting.look.is_seen() {
                self.book.want(&setting.font.name);
            }
            return self.alone(characters, setting);
        };
        let mut out = Vec::new();
        let mut next = 0;
        for Exchange { from, to, glyphs } in exchanges {
            out.extend(self.alone(&characters[next..from], setting)?);
            let broken = || Undrawn::Font { name: setting.font.name.clone() };
            let one_each = glyphs.len() == to - from;
            for (at, number) in glyphs.iter().enumerate() {
                let glyph = face.numbered(*number).ok_or_else(broken)?;
                let text = match (one_each, at) {
                    (true, _) => &characters[from + at..=from + at],
                    (false, 0) => &characters[from..to],
                    (false, _) => &[],
                };
                let text = text.iter().filter(|character| **character != HOLDER).collect();
                out.push((text, Some((Rc::clone(&face), glyph))));
            }
            next = to;
        }
        out.extend(self.alone(&characters[next..], setting)?);
        Ok(out)
    }

    /// Glyphs of characters by themselves, from the font or from one that stands in for it.
    fn alone(&mut self, characters: &[char], setting: &Setting) -> Result<Vec<Read>, Trouble> {
        let mut out = Vec::new();
        for character in characters {
            let own = setting.face.clone().filter(|face| face.glyph(*character).is_some());
            let face = match own {
                Some(face) => Some(face),
                None if is_unseen(*character) || !setting.look.is_seen() => None,
                None => self.book.stand_in(&setting.font.name, *character)?,
            };
            let glyph = face.and_then(|face| face.glyph(*character).map(|glyph| (face, glyph)));
            out.push((character.to_string(), glyph));
        }
        Ok(out)
    }

    fn show(&mut self, object: &Element, unit: &Unit, scope: &Scope, setting: &Setting, glyphs: &[Placed]) -> Result<(), Stopped> {
        let Look { fill, line, .. } = &setting.look;
        let is_seen = setting.look.is_seen();
        self.canvas.out.say("q\n");
        self.blend(unit)?;
        self.clips(object, unit, scope)?;
        // Letters of a font that a PDF draws itself are of one colour with every reader; outlines are of any. The letters that
        // are read in their place are not seen, or some readers would lay the pattern over all of the page.
        let is_outline = line.is_some() || fill.as_ref().is_some_and(|fill| !fill.is_even());
        if is_seen {
            self.colours(unit, scope, fill.as_ref(), line.as_ref().map(|line| &line.0))?;
        }
        if !is_seen || is_outline {
            self.canvas.out.say("3 Tr\n");
        }
        for placed in glyphs {
            self.canvas.fits()?;
            let matrix = setting.matrix(unit, placed);
            let glyph = placed.glyph.as_ref().filter(|_| is_seen);
            if let Some((face, glyph)) = glyph.filter(|_| is_outline) {
                self.outlined(setting, face, *glyph, matrix)?;
            }
            let letter = match glyph {
                Some((face, glyph)) if !is_outline => {
                    let outline = || setting.outline(face, *glyph);
                    self.book.glyphs.shown(&mut self.book.objects, (face.number, *glyph), &placed.text, outline)?
                }
                _ => self.book.glyphs.unseen(&mut self.book.objects, &placed.text)?,
            };
            self.letter(letter, matrix, setting.size);
        }
        self.canvas.out.say("Q\n");
        self.canvas.marked |= is_seen && !glyphs.is_empty();
        Ok(())
    }

    fn letter(&mut self, (font, code): (u32, u8), matrix: Affine, size: f64) {
        let name = self.canvas.name(Named::Font, font);
        let out = &mut self.canvas.out;
        out.say(&format!("BT {name} "));
        out.numbers(&[size], "Tf");
        out.matrix(matrix, "Tm");
        out.say(&format!("<{code:02X}> Tj ET\n"));
    }

    /// A glyph as a path: with a line about it, filled, or both.
    fn outlined(&mut self, setting: &Setting, face: &Face, glyph: GlyphId, matrix: Affine) -> Result<(), Stopped> {
        let outline = setting.outline(face, glyph)?;
        let Look { fill, line, .. } = &setting.look;
        let out = &mut self.canvas.out;
        out.say("q\n");
        out.matrix(matrix, "cm");
        if let Some((_, width)) = line {
            out.numbers(&[*width], "w");
        }
        path::write(out, &outline.path, Affine::scale(setting.size / UNITS));
        out.say(match (fill, line) {
            (Some(_), Some(_)) => "B Q\n",
            (Some(_), None) => "f Q\n",
            (None, _) => "S Q\n",
        });
        Ok(())
    }
}

/// Adds the glyphs of a run of characters, the first at `at`.
fn place(code: &Element, setting: &Setting, glyphs: Vec<Read>, mut at: Vec2, out: &mut Vec<Placed>) -> Result<(), Trouble> {
    let steps = |name| code.attribute(name).map(|text| value::deltas(text, glyphs.len())).transpose();
    let (across, down) = (steps("DeltaX")?, steps("DeltaY")?);
    for (index, (text, glyph)) in glyphs.into_iter().enumerate() {
        let advance = glyph.as_ref().map_or(UNITS, |(face, glyph)| face.advance(*glyph)) / UNITS * setting.size * setting.stretch;
        out.push(Placed { at, text, glyph });
        // Where fewer steps are given than there are glyphs, the last goes on.
        let step = |steps: &Option<Vec<f64>>| steps.as_ref().and_then(|steps| steps.get(index).or(steps.last()).copied());
        at += match (step(&across), step(&down)) {
            (None, None) => Vec2::from_angle(setting.reading.to_radians()) * advance,
            (x, y) => Vec2::new(x.unwrap_or(0.0), y.unwrap_or(0.0)),
        };
    }
    Ok(())
}

impl Setting {
    /// From a glyph's own millimetres, its foot at 0, to the paper.
    fn matrix(&self, unit: &Unit, placed: &Placed) -> Affine {
        let lean = Affine::new([1.0, 0.0, if self.look.leans { LEAN } else { 0.0 }, 1.0, 0.0, 0.0]);
        let set = turn(self.turned) * Affine::scale_non_uniform(self.stretch, -1.0) * lean;
        unit.matrix * Affine::translate(placed.at) * set
    }

    fn outline(&self, face: &Face, glyph: GlyphId) -> Result<Outline, Trouble> {
        face.outline(glyph).ok_or_else(|| Undrawn::Font { name: self.font.name.clone() }.into())
    }
}

/// Clockwise, as the page is seen.
fn turn(degrees: f64) -> Affine {
    Affine::rotate(degrees.to_radians())
}

/// Whether a character leaves no mark on paper: white space, control and zero-width characters.
fn is_unseen(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
