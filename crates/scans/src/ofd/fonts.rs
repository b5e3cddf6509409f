//! Fonts: glyphs of characters, and their outlines.

use std::sync::Arc;

use hayro::kurbo::BezPath;
use skrifa::font::Font;
use skrifa::{DrawMemory, GlyphId, PathSink, ScalerFont};

/// Units of the square that outlines are drawn on.
pub(super) const UNITS: f64 = 1000.0;

/// A font lent by the program for those that an OFD names and does not embed. The worker opens no files, so its bytes come
/// along.
pub(crate) struct Loan {
    /// Names that it stands in for.
    pub(crate) stands_for: Vec<String>,
    /// Name of the font, as the clerk is told of it.
    pub(crate) called: String,
    /// Its place in a collection.
    pub(crate) index: u32,
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// A font that can be drawn with.
pub(super) struct Face {
    scaler: ScalerFont,
    /// Factor from the font's own units to [`UNITS`].
    scale: f64,
    /// Number of the font within the document.
    pub(super) number: u32,
}

/// The shape of a glyph in [`UNITS`] above and right of its origin, and how far the next one stands from it.
pub(super) struct Outline {
    pub(super) path: BezPath,
    pub(super) advance: f64,
}

impl Face {
    /// TrueType, OpenType, bare CFF or Type 1; `None` for what is none of them.
    pub(super) fn open(bytes: Arc<Vec<u8>>, index: u32, number: u32) -> Option<Self> {
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Shared(bytes));
        let font = Font::new(bytes, index)?;
        let em = f64::from(font.units_per_em()).max(1.0);
        Some(Self { scaler: ScalerFont::unhinted(font, None), scale: UNITS / em, number })
    }

    pub(super) fn glyph(&self, character: char) -> Option<GlyphId> {
        self.scaler.font().charmap().map_unicode(character).filter(|glyph| glyph.to_u32() != 0)
    }

    /// A glyph by its number, where there are so many.
    pub(super) fn numbered(&self, number: u32) -> Option<GlyphId> {
        (number < self.scaler.font().num_glyphs()).then(|| GlyphId::new(number))
    }

    pub(super) fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.scaler.linear_glyph_metrics().h_advance(glyph)) * self.scale
    }

    /// `None` where the font is broken, or has no outline of the glyph.
    pub(super) fn outline(&self, glyph: GlyphId) -> Option<Outline> {
        let mut pen = Pen { path: BezPath::new(), scale: self.scale };
        self.scaler.outline(glyph)?.draw(DrawMemory::Scratch, &mut pen).ok()?;
        Some(Outline { path: pen.path, advance: self.advance(glyph) })
    }
}

struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

struct Pen {
    path: BezPath,
    scale: f64,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f64, f64) {
        (f64::from(x) * self.scale, f64::from(y) * self.scale)
    }
}

impl PathSink for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.path.quad_to(self.at(cx0, cy0), self.at(x, y));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.path.curve_to(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
