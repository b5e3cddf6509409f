//! Paper to draw on: an RGB raster with a resolution, text, rules and seals.

use std::cell::RefCell;
use std::collections::HashMap;
use std::f32::consts::PI;

use ab_glyph::{Font, FontVec, OutlineCurve, Point, ScaleFont};
use ab_glyph_rasterizer::Rasterizer;

pub type Colour = [u8; 3];
pub const INK: Colour = [28, 28, 32];
pub const RED: Colour = [206, 28, 30];
pub const BLUE: Colour = [36, 52, 140];

/// The faces that samples are drawn with.
pub struct Faces {
    pub fang: FontVec,
    pub kai: FontVec,
    pub hei: FontVec,
    pub song: FontVec,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    Fang,
    Kai,
    Hei,
    Song,
}

impl Faces {
    fn of(&self, face: Face) -> &FontVec {
        match face {
            Face::Fang => &self.fang,
            Face::Kai => &self.kai,
            Face::Hei => &self.hei,
            Face::Song => &self.song,
        }
    }
}

/// Coverage of one glyph, and where it lies from the pen.
struct Mask {
    left: i32,
    top: i32,
    width: usize,
    coverage: Vec<u8>,
}

/// A line that was written, and the box around it in pixels: left, upper, right and lower edge.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    pub corners: [f32; 4],
}

/// A sheet; places are in mm from its upper left corner, sizes of letters in pt.
pub struct Canvas<'a> {
    pub width: usize,
    pub height: usize,
    pub dpi: f32,
    pub pixels: Vec<u8>,
    /// What can be read on it, in the order in which it was written; seals are not.
    pub written: Vec<Written>,
    faces: &'a Faces,
    /// Tangent of the skew with which the sheet lay on the glass.
    skew: f32,
    masks: RefCell<HashMap<(Face, char, u32), Option<std::rc::Rc<Mask>>>>,
}

impl<'a> Canvas<'a> {
    pub fn new(faces: &'a Faces, width_mm: f32, height_mm: f32, dpi: f32, paper: Colour) -> Self {
        let (width, height) = ((width_mm / 25.4 * dpi).round() as usize, (height_mm / 25.4 * dpi).round() as usize);
        let mut pixels = Vec::with_capacity(width * height * 3);
        for _ in 0..width * height {
            pixels.extend_from_slice(&paper);
        }
        Self { width, height, dpi, pixels, written: Vec::new(), faces, skew: 0.0, masks: RefCell::default() }
    }

    /// Everything drawn from here on lies askew by this many degrees.
    pub fn askew(&mut self, degrees: f32) {
        self.skew = degrees.to_radians().tan();
    }

    fn px(&self, mm: f32) -> f32 {
        mm / 25.4 * self.dpi
    }

    /// From mm on the sheet to pixels on the glass.
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (self.px(x), self.px(y));
        let (cx, cy) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        (x - (y - cy) * self.skew, y + (x - cx) * self.skew)
    }

    fn blend(&mut self, x: i32, y: i32, colour: Colour, coverage: u8) {
        if coverage == 0 || x < 0 || y < 0 || x as usize >= self.width || y as usize >= self.height {
            return;
        }
        let at = (y as usize * self.width + x as usize) * 3;
        let strength = u32::from(coverage);
        for (channel, ink) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            *channel = ((u32::from(*channel) * (255 - strength) + u32::from(ink) * strength) / 255) as u8;
        }
    }

    /// Width of a text in mm.
    pub fn measure(&self, face: Face, size: f32, text: &str) -> f32 {
        let font = self.faces.of(face).as_scaled(size / 72.0 * self.dpi);
        text.chars().map(|c| font.h_advance(font.glyph_id(c))).sum::<f32>() / self.dpi * 25.4
    }

    /// Draws a line of text with its baseline's start at `x`, `y`; gives its width in mm.
    pub fn text(&mut self, face: Face, size: f32, colour: Colour, x: f32, y: f32, text: &str) -> f32 {
        let pixels = size / 72.0 * self.dpi;
        let mut pen = 0.0;
        for character in text.chars() {
            let advance = {
                let font = self.faces.of(face).as_scaled(pixels);
                font.h_advance(font.glyph_id(character))
            };
            if let Some(mask) = self.mask(face, character, pixels) {
                let (left, base) = self.at(x + pen / self.dpi * 25.4, y);
                let (left, top) = (left.round() as i32 + mask.left, base.round() as i32 + mask.top);
                for (index, coverage) in mask.coverage.iter().enumerate() {
                    self.blend(left + (index % mask.width) as i32, top + (index / mask.width) as i32, colour, *coverage);
                }
            }
            pen += advance;
        }
        let wide = pen / self.dpi * 25.4;
        let ((left, base), (right, end)) = (self.at(x, y), self.at(x + wide, y));
        let corners = [left, base.min(end) - pixels * 0.88, right, base.max(end) + pixels * 0.12];
        self.written.push(Written { text: text.to_owned(), corners });
        wide
    }

    pub fn centred(&mut self, face: Face, size: f32, colour: Colour, centre: f32, y: f32, text: &str) {
        let width = self.measure(face, size, text);
        self.text(face, size, colour, centre - width / 2.0, y, text);
    }

    fn mask(&self, face: Face, character: char, pixels: f32) -> Option<std::rc::Rc<Mask>> {
        let key = (face, character, (pixels * 8.0) as u32);
        self.masks.borrow_mut().entry(key).or_insert_with(|| draw_mask(self.faces.of(face), character, pixels)).clone()
    }

    /// A straight rule from one place to another, `thick` mm.
    pub fn rule(&mut self, colour: Colour, from: (f32, f32), to: (f32, f32), thick: f32) {
        let (x0, y0) = self.at(from.0, from.1);
        let (x1, y1) = self.at(to.0, to.1);
        let half = (self.px(thick) / 2.0).max(0.5);
        let steps = ((x1 - x0).abs().max((y1 - y0).abs()).ceil() as i32).max(1);
        let upright = (x1 - x0).abs() < (y1 - y0).abs();
        for step in 0..=steps {
            let t = step as f32 / steps as f32;
            let (x, y) = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
            let centre = if upright { x } else { y };
            for across in (centre - half).floor() as i32..=(centre + half).ceil() as i32 {
                let inside = (half + 0.5 - (across as f32 - centre).abs()).clamp(0.0, 1.0);
                let coverage = (inside * 255.0) as u8;
                if upright {
                    self.blend(across, y.round() as i32, colour, coverage)
                } else {
                    self.blend(x.round() as i32, across, colour, coverage)
                }
            }
        }
    }

    /// Fills a box given by its upper left corner and its size.
    pub fn fill(&mut self, colour: Colour, x: f32, y: f32, width: f32, height: f32) {
        let (x0, y0) = (self.px(x).round() as i32, self.px(y).round() as i32);
        let (x1, y1) = (self.px(x + width).round() as i32, self.px(y + height).round() as i32);
        for row in y0..y1 {
            for column in x0..x1 {
                self.blend(column, row, colour, 255);
            }
        }
    }

    /// A round red seal of 42 mm: ring, star, the office's name on the arc (GB/T 9704-2012 7.3.5).
    pub fn seal(&mut self, x: f32, y: f32, name: &str) {
        const RADIUS: f32 = 21.0;
        let (centre_x, centre_y) = self.at(x, y);
        let (outer, width) = (self.px(RADIUS), self.px(1.2));
        let mut raster = Rasterizer::new(self.width.min((outer * 2.0) as usize + 8), (outer * 2.0) as usize + 8);
        let middle = outer + 4.0;
        let ring = |radius: f32, raster: &mut Rasterizer, forward: bool| {
            const SIDES: usize = 180;
            let corner = |index: usize| {
                let angle = index as f32 / SIDES as f32 * 2.0 * PI * if forward { 1.0 } else { -1.0 };
                ab_glyph_rasterizer::point(middle + radius * angle.cos(), middle + radius * angle.sin())
            };
            for index in 0..SIDES {
                raster.draw_line(corner(index), corner(index + 1));
            }
        };
        ring(outer, &mut raster, true);
        ring(outer - width, &mut raster, false);
        let tip = |index: usize| {
            let angle = index as f32 * 0.8 * PI - PI / 2.0;
            (angle, self.px(6.5))
        };
        // A star of five tips, as the outline of ten corners so that it is filled once.
        let corner = |index: usize| {
            let (angle, reach) = (index as f32 * PI / 5.0 - PI / 2.0, if index.is_multiple_of(2) { tip(0).1 } else { tip(0).1 * 0.382 });
            ab_glyph_rasterizer::point(middle + reach * angle.cos(), middle + reach * angle.sin())
        };
        for index in 0..10 {
            raster.draw_line(corner(index), corner((index + 1) % 10));
        }
        let letters: Vec<char> = name.chars().collect();
        let size = self.px((74.0 / letters.len().max(10) as f32).min(6.2));
        let spread = (letters.len() as f32 * 0.30).min(4.4);
        for (index, letter) in letters.iter().enumerate() {
            let angle = if letters.len() < 2 { 0.0 } else { (index as f32 / (letters.len() - 1) as f32 - 0.5) * spread };
            arc_letter(&mut raster, &self.faces.song, *letter, size, middle, outer - self.px(7.2), angle);
        }
        let (raster_width, _) = raster.dimensions();
        let (left, top) = ((centre_x - middle) as i32, (centre_y - middle) as i32);
        let mut marks = Vec::new();
        raster.for_each_pixel(|index, coverage| {
            if coverage > 0.02 {
                marks.push((index, (coverage.min(1.0) * 205.0) as u8));
            }
        });
        for (index, coverage) in marks {
            self.blend(left + (index % raster_width) as i32, top + (index / raster_width) as i32, RED, coverage);
        }
    }

    /// What a scanner adds: grain, and a soft shadow along the left edge.
    pub fn grain(&mut self, rng: &mut fastrand::Rng, strength: u8) {
        let shade = self.px(4.0) as usize;
        let span = u32::from(strength) * 2 + 1;
        for row in self.pixels.chunks_exact_mut(self.width * 3) {
            for (index, pixel) in row.chunks_exact_mut(3).enumerate() {
                let noise = (rng.u32(..) % span) as i32 - i32::from(strength);
                let shadow = if index < shade { ((shade - index) * 26 / shade.max(1)) as i32 } else { 0 };
                for channel in pixel {
                    *channel = (i32::from(*channel) + noise - shadow).clamp(0, 255) as u8;
                }
            }
        }
    }

    pub fn grey(&self) -> Vec<u8> {
        self.pixels.chunks_exact(3).map(|p| ((u32::from(p[0]) * 77 + u32::from(p[1]) * 151 + u32::from(p[2]) * 28) >> 8) as u8).collect()
    }

    /// Lays the sheet on its side, a quarter clockwise, with all that is on it.
    pub fn turn(&mut self) {
        let tall = self.height as f32;
        (self.width, self.height, self.pixels) = self.turned();
        for written in &mut self.written {
            let [left, top, right, bottom] = written.corners;
            written.corners = [tall - bottom, left, tall - top, right];
        }
    }

    /// Turned by a quarter, clockwise.
    pub fn turned(&self) -> (usize, usize, Vec<u8>) {
        let (width, height) = (self.height, self.width);
        let mut out = vec![0; self.pixels.len()];
        for y in 0..self.height {
            for x in 0..self.width {
                let (from, to) = ((y * self.width + x) * 3, (x * width + (self.height - 1 - y)) * 3);
                out[to..to + 3].copy_from_slice(&self.pixels[from..from + 3]);
            }
        }
        (width, height, out)
    }
}

fn draw_mask(font: &FontVec, character: char, pixels: f32) -> Option<std::rc::Rc<Mask>> {
    let glyph = font.glyph_id(character).with_scale(pixels);
    let outlined = font.outline_glyph(glyph)?;
    let bounds = outlined.px_bounds();
    let (width, height) = (bounds.width() as usize, bounds.height() as usize);
    let mut coverage = vec![0u8; width * height];
    outlined.draw(|x, y, c| {
        if let Some(cell) = coverage.get_mut(y as usize * width + x as usize) {
            *cell = (c.clamp(0.0, 1.0) * 255.0) as u8;
        }
    });
    Some(std::rc::Rc::new(Mask { left: bounds.min.x as i32, top: bounds.min.y as i32, width: width.max(1), coverage }))
}

/// A letter standing on a circle, its foot to the middle.
fn arc_letter(raster: &mut Rasterizer, font: &FontVec, letter: char, size: f32, middle: f32, radius: f32, angle: f32) {
    let Some(outline) = font.outline(font.glyph_id(letter)) else { return };
    let scale = size / font.units_per_em().unwrap_or(1000.0);
    let half = font.h_advance_unscaled(font.glyph_id(letter)) / 2.0;
    let place = |p: Point| {
        let (x, y) = ((p.x - half) * scale * 0.8, p.y * scale + radius);
        ab_glyph_rasterizer::point(middle + x * angle.cos() + y * angle.sin(), middle + x * angle.sin() - y * angle.cos())
    };
    for curve in &outline.curves {
        match curve {
            OutlineCurve::Line(a, b) => raster.draw_line(place(*a), place(*b)),
            OutlineCurve::Quad(a, b, c) => raster.draw_quad(place(*a), place(*b), place(*c)),
            OutlineCurve::Cubic(a, b, c, d) => raster.draw_cubic(place(*a), place(*b), place(*c), place(*d)),
        }
    }
}
