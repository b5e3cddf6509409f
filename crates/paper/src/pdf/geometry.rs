//! Where a page of evidence stands on its sheet.

use scans::Framing;

use super::syntax::number;
use crate::layout::measure::right_hand;
use crate::manuscript::{Folio, PageSetup};

/// pt in a mm.
pub const MM: f64 = 72.0 / 25.4;

/// `[a b c d e f]` as in the operator `cm`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

/// Free edges of a sheet of evidence, in mm: less than those of text, so that a scan of A4 is shrunk as little as the
/// stamps and the holes of the binder allow.
const HEAD: f64 = 17.0;
const FOOT: f64 = 19.0;
const INNER: f64 = 20.0;
const OUTER: f64 = 10.0;
/// A page is turned for at least this gain in size; nearly square ones stay upright.
const WORTH_TURNING: f64 = 1.1;
/// A picture that states no resolution is not blown up beyond this many pixels an inch.
const COARSEST: f64 = 72.0;

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [m, n, o, p, q, r]) = (self.0, next.0);
        Self([a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r])
    }

    /// The way back; `None` where everything was brought to a line.
    pub fn inverse(self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        (area != 0.0).then(|| Self([d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area]))
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The smallest upright box around a box that was moved.
    pub fn bounds(self, rect: Rect) -> Rect {
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x1, rect.y1), (rect.x0, rect.y1)].map(|(x, y)| self.apply(x, y));
        Rect::around(&corners)
    }

    /// Turns a box of `width` × `height` with its corner at the origin clockwise, so that its corner is at the origin again.
    pub fn turned(turn: u16, width: f64, height: f64) -> Self {
        match turn % 360 {
            90 => Self([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            180 => Self([-1.0, 0.0, 0.0, -1.0, width, height]),
            270 => Self([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            _ => Self::IDENTITY,
        }
    }

    /// Straightens a box of `width` × `height` with its corner at the origin about its middle and brings what is left of it to the
    /// origin.
    pub fn framed(framing: Framing, width: f64, height: f64) -> Self {
        let [left, _, _, bottom] = framing.cut();
        let (x, y) = (width / 2.0, height / 2.0);
        let (sin, cos) = framing.angle().sin_cos();
        let straight = Self([cos, -sin, sin, cos, x - cos * x - sin * y, y + sin * x - cos * y]);
        straight.then(Self([1.0, 0.0, 0.0, 1.0, -left * width, -bottom * height]))
    }

    /// From the unit square of an image to `width` × `height`, upright by its EXIF orientation (1–8).
    /// `width` and `height` are those shown, after turning.
    pub fn upright(orientation: u8, width: f64, height: f64) -> Self {
        let (w, h) = (width, height);
        Self(match orientation {
            2 => [-w, 0.0, 0.0, h, w, 0.0],
            3 => [-w, 0.0, 0.0, -h, w, h],
            4 => [w, 0.0, 0.0, -h, 0.0, h],
            5 => [0.0, -h, -w, 0.0, w, h],
            6 => [0.0, -h, w, 0.0, 0.0, h],
            7 => [0.0, h, w, 0.0, 0.0, 0.0],
            8 => [0.0, h, -w, 0.0, w, 0.0],
            _ => [w, 0.0, 0.0, h, 0.0, 0.0],
        })
    }

    pub fn spelt(self) -> String {
        self.0.map(number).join(" ")
    }
}

impl Rect {
    pub fn around(points: &[(f64, f64)]) -> Self {
        let mut out = Self { x0: f64::MAX, y0: f64::MAX, x1: f64::MIN, y1: f64::MIN };
        for &(x, y) in points {
            out = Self { x0: out.x0.min(x), y0: out.y0.min(y), x1: out.x1.max(x), y1: out.y1.max(y) };
        }
        out
    }

    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    pub fn height(self) -> f64 {
        self.y1 - self.y0
    }

    pub fn holds(self, other: Self) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && self.x1 >= other.x1 && self.y1 >= other.y1
    }

    pub fn spelt(self) -> String {
        [self.x0, self.y0, self.x1, self.y1].map(number).join(" ")
    }
}

/// A sheet's paper and its two sides.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    pub width: f64,
    pub height: f64,
    /// Bound at the left, with the folio at the right: odd folios, and all where only one side is printed.
    pub right_hand: bool,
}

impl Side {
    /// The side that a folio stands on, as layout has it.
    pub fn of(setup: &PageSetup, folio: Folio) -> Self {
        let right_hand = right_hand(folio, setup);
        Self { width: f64::from(setup.width) * MM, height: f64::from(setup.height) * MM, right_hand }
    }

    /// Left and right edge of what lies between an inner and an outer margin (pt).
    pub fn between(self, inner: f64, outer: f64) -> (f64, f64) {
        if self.right_hand { (inner, self.width - outer) } else { (outer, self.width - inner) }
    }

    /// The box that evidence is fitted into.
    pub fn evidence(self) -> Rect {
        let (x0, x1) = self.between(INNER * MM, OUTER * MM);
        Rect { x0, y0: FOOT * MM, x1, y1: self.height - HEAD * MM }
    }

    /// Places a page of `width` × `height` pt (as shown, the clerk's turn applied) whose corner is at the origin: inside the
    /// box, never enlarged when its size is known, landscape with its head at the binding edge.
    pub fn place(self, width: f64, height: f64, measured: bool) -> Matrix {
        let area = self.evidence();
        let most = if measured { 1.0 } else { 200.0 / COARSEST };
        let scale = |w: f64, h: f64| (area.width() / w).min(area.height() / h).min(most);
        let (upright, sideways) = (scale(width, height), scale(height, width));
        let turn = match (width > height && sideways > upright * WORTH_TURNING, self.right_hand) {
            (false, _) => 0,
            (true, true) => 270,
            (true, false) => 90,
        };
        let (scale, w, h) = if turn == 0 { (upright, width, height) } else { (sideways, height, width) };
        let (x, y) = (area.x0 + (area.width() - w * scale) / 2.0, area.y0 + (area.height() - h * scale) / 2.0);
        Matrix::turned(turn, width, height).then(Matrix([scale, 0.0, 0.0, scale, x, y]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Rect, b: Rect) -> bool {
        [(a.x0, b.x0), (a.y0, b.y0), (a.x1, b.x1), (a.y1, b.y1)].iter().all(|(a, b)| (a - b).abs() < 1e-6)
    }

    #[test]
    fn turning_keeps_the_corner_at_the_origin() {
        for (turn, w, h) in [(0, 30.0, 20.0), (90, 20.0, 30.0), (180, 30.0, 20.0), (270, 20.0, 30.0)] {
            let moved = Matrix::turned(turn, 30.0, 20.0).bounds(Rect { x0: 0.0, y0: 0.0, x1: 30.0, y1: 20.0 });
            assert!(near(moved, Rect { x0: 0.0, y0: 0.0, x1: w, y1: h }), "{turn}: {moved:?}");
        }
    }

    #[test]
    fn a_page_is_straightened_clockwise_about_its_middle_and_then_cut() {
        let framing = Framing { tilt: 900, x0: 1_000, y0: 2_000, x1: 9_000, y1: 7_000 };
        let (x, y) = Matrix::framed(framing, 100.0, 200.0).apply(50.0, 100.0);
        assert!((x - 40.0).abs() < 1e-9 && (y - 40.0).abs() < 1e-9, "the middle stays: {x} {y}");
        let (_, right) = Matrix::framed(framing, 100.0, 200.0).apply(100.0, 100.0);
        assert!(right < y, "clockwise");
    }

    #[test]
    fn every_orientation_fills_its_box() {
        let unit = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
        for orientation in 1..=8 {
            assert!(near(Matrix::upright(orientation, 30.0, 20.0).bounds(unit), Rect { x0: 0.0, y0: 0.0, x1: 30.0, y1: 20.0 }));
        }
    }

    #[test]
    fn a_landscape_page_has_its_head_at_the_binding_edge() {
        let setup = PageSetup::default();
        for (folio, head_left) in [(Folio::Body(1), true), (Folio::Body(2), false)] {
            let side = Side::of(&setup, folio);
            let matrix = side.place(842.0, 595.0, true);
            let (top, _) = matrix.apply(421.0, 595.0);
            let (bottom, _) = matrix.apply(421.0, 0.0);
            assert_eq!(top < bottom, head_left);
        }
    }

    #[test]
    fn a_small_receipt_is_neither_enlarged_nor_turned() {
        let matrix = Side::of(&PageSetup::default(), Folio::Body(1)).place(300.0, 200.0, true);
        assert_eq!(matrix.0[..4], [1.0, 0.0, 0.0, 1.0]);
    }
}
