//! The text layer of a PDF's first pages, in the order in which it is drawn.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect};
use hayro_syntax::Pdf;

use crate::limits;

/// Pages whose text is read at most.
const PAGES: usize = 20;
/// Stands between the text of two pages.
const PAGE_BREAK: char = '\u{c}';
/// Outlines of glyphs are drawn on a square of so many units.
const GLYPH_UNITS: f64 = 1000.0;

pub(super) fn of_first_pages(pdf: &Pdf) -> String {
    let cache = InterpreterCache::new();
    let mut reading = Reading { text: String::new(), left: limits::TEXT_KEPT, last: None };
    for (at, page) in pdf.pages().iter().take(PAGES).enumerate() {
        if reading.left == 0 {
            break;
        }
        if at > 0 {
            reading.text.push(PAGE_BREAK);
        }
        let (width, height) = page.render_dimensions();
        let shown = Rect::new(0.0, 0.0, width.into(), height.into());
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(upright, shown, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut reading);
        reading.line();
        reading.last = None;
    }
    reading.text.truncate(reading.text.trim_end().len());
    reading.text
}

struct Reading {
    text: String,
    /// Characters that may still be kept.
    left: usize,
    /// Where the last glyph stood, and how tall it was.
    last: Option<(Point, f64)>,
}

impl Reading {
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', PAGE_BREAK]) {
            self.text.push('\n');
        }
    }

    fn add(&mut self, character: char) {
        if self.left > 0 && (character == ' ' || !character.is_control()) {
            self.text.push(character);
            self.left -= 1;
        }
    }
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
                    self.add(' ');
                }
            }
            self.last = Some((at, tall));
            match unicode {
                BfString::Char(character) => self.add(character),
                BfString::String(characters) => characters.chars().for_each(|character| self.add(character)),
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
