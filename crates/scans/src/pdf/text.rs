//! The text layer of a PDF's first pages, in the order in which it is drawn, and where its letters stand.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use serde::{Deserialize, Serialize};

use crate::limits;

/// Pages whose text is read at most.
const PAGES: usize = 20;
/// Stands between the text of two pages.
const PAGE_BREAK: char = '\u{c}';
/// Outlines of glyphs are drawn on a square of so many units.
const GLYPH_UNITS: f64 = 1000.0;

/// The text of one page, and the box of each of its characters in ten-thousandths of the page as it is shown, from its upper
/// left to its lower right corner; what only parts words and lines has an empty one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lettered {
    pub text: String,
    pub boxes: Vec<[u16; 4]>,
}

pub(super) fn of_first_pages(pdf: &Pdf) -> String {
    let cache = InterpreterCache::new();
    let mut reading = Reading { left: limits::TEXT_KEPT, ..Reading::default() };
    for (at, page) in pdf.pages().iter().take(PAGES).enumerate() {
        if reading.left == 0 {
            break;
        }
        if at > 0 {
            reading.part(PAGE_BREAK);
        }
        reading.read(pdf, page, &cache);
    }
    reading.text.truncate(reading.text.trim_end().len());
    reading.text
}

pub(super) fn of_page<'p>(pdf: &'p Pdf, page: &'p Page<'p>) -> Lettered {
    let mut reading = Reading { left: limits::TEXT_KEPT, ..Reading::default() };
    reading.read(pdf, page, &InterpreterCache::new());
    let (width, height) = page.render_dimensions();
    let share = |part: f64, of: f32| (part / f64::from(of) * 10_000.0).round().clamp(0.0, 10_000.0) as u16;
    let boxes = reading.boxes.iter().map(|at| [share(at.x0, width), share(at.y0, height), share(at.x1, width), share(at.y1, height)]);
    Lettered { boxes: boxes.collect(), text: reading.text }
}

#[derive(Default)]
struct Reading {
    text: String,
    /// Box of each character of `text`.
    boxes: Vec<Rect>,
    /// Characters that may still be kept.
    left: usize,
    /// Where the last glyph stood, and how tall it was.
    last: Option<(Point, f64)>,
}

impl Reading {
    fn read<'p>(&mut self, pdf: &'p Pdf, page: &'p Page<'p>, cache: &InterpreterCache<'p>) {
        let (width, height) = page.render_dimensions();
        let shown = Rect::new(0.0, 0.0, width.into(), height.into());
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(upright, shown, cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, self);
        self.line();
        self.last = None;
    }

    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', PAGE_BREAK]) {
            self.part('\n');
        }
    }

    /// What stands between lines and pages.
    fn part(&mut self, character: char) {
        self.text.push(character);
        self.boxes.push(Rect::ZERO);
    }

    fn add(&mut self, character: char, at: Rect) {
        if self.left > 0 && (character == ' ' || !character.is_control()) {
            self.text.push(character);
            self.boxes.push(at);
            self.left -= 1;
        }
    }
}

/// Where a letter stands, which says nothing of its width: Latin ones are narrow, all others as wide as tall.
fn reach(character: char, placed: Affine) -> Rect {
    let wide = if character.is_ascii() { 0.62 } else { 1.0 };
    placed.transform_rect_bbox(Rect::new(0.0, -0.25 * GLYPH_UNITS, wide * GLYPH_UNITS, 0.95 * GLYPH_UNITS))
}

impl Device<'_> for Reading {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let Some(unicode) = glyph.as_unicode() else { continue };
            let placed = props.transform * glyph.transform();
            let [_, _, c, d, ..] = placed.as_coeffs();
            let (at, tall) = (placed * Point::ZERO, c.hypot(d) * GLYPH_UNITS);
            if let Some((before, height)) = self.last {
                let height = height.max(tall);
                if (at.y - before.y).abs() > height * 0.5 {
                    self.line();
                } else if at.x - before.x > height * 1.6 && !self.text.ends_with([' ', '\n', PAGE_BREAK]) {
                    self.add(' ', Rect::ZERO);
                }
            }
            self.last = Some((at, tall));
            match unicode {
                BfString::Char(character) => self.add(character, reach(character, placed)),
                BfString::String(characters) => characters.chars().for_each(|character| self.add(character, reach(character, placed))),
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
