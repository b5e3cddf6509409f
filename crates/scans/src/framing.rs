//! How a page is shown that was scanned askew, or with too much around it: straightened about its middle, then cut to a box.

use serde::{Deserialize, Serialize};

use crate::raster::Raster;

/// What is shown of a page, upright as it came and before any quarter turn. The frame keeps the size of the page while it is
/// straightened: corners that leave it are not seen, and what comes in is white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Framing {
    /// Turned about its middle by so many hundredths of a degree, clockwise.
    pub tilt: i16,
    /// The box that is left, from its upper left to its lower right corner, in ten-thousandths of width and height.
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl Default for Framing {
    fn default() -> Self {
        Self { tilt: 0, x0: 0, y0: 0, x1: Self::WHOLE, y1: Self::WHOLE }
    }
}

impl Framing {
    /// The width and the height of the page.
    pub const WHOLE: u16 = 10_000;
    /// What lies more askew than this, in hundredths of a degree, was not scanned but thrown.
    pub const STEEPEST: i16 = 1_500;
    /// Least side of the box, in ten-thousandths.
    pub const NARROWEST: u16 = 200;

    /// All of the page, level as it came.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }

    /// It shows something of the page.
    pub fn is_sound(self) -> bool {
        let wide = |from: u16, to: u16| to <= Self::WHOLE && from < to && to - from >= Self::NARROWEST;
        self.tilt.abs() <= Self::STEEPEST && wide(self.x0, self.x1) && wide(self.y0, self.y1)
    }

    /// What is cut off at the left, top, right and bottom, in shares of the page.
    pub fn cut(self) -> [f64; 4] {
        let share = |part: u16| f64::from(part.min(Self::WHOLE)) / f64::from(Self::WHOLE);
        [share(self.x0), share(self.y0), 1.0 - share(self.x1), 1.0 - share(self.y1)]
    }

    /// Width and height of what is left of a page.
    pub fn size(self, width: f64, height: f64) -> (f64, f64) {
        let [left, top, right, bottom] = self.cut();
        (width * (1.0 - left - right), height * (1.0 - top - bottom))
    }

    /// The tilt in radians, clockwise.
    pub fn angle(self) -> f64 {
        (f64::from(self.tilt) / 100.0).to_radians()
    }

    /// Without the cut.
    #[must_use]
    pub fn uncut(self) -> Self {
        Self { tilt: self.tilt, ..Self::default() }
    }
}

impl Raster {
    /// What a framing leaves of the picture.
    #[must_use]
    pub fn framed(self, framing: Framing) -> Self {
        if framing.is_whole() {
            return self;
        }
        let (width, height, channels) = (f64::from(self.width), f64::from(self.height), self.channels());
        let [left, top, ..] = framing.cut();
        let (across, down) = framing.size(width, height);
        let (across, down) = (across.round().max(1.0) as usize, down.round().max(1.0) as usize);
        let (x0, y0) = ((left * width).round(), (top * height).round());
        let mut samples = vec![255; across * down * channels];
        if framing.tilt == 0 {
            self.copy_box(x0 as usize, y0 as usize, across, &mut samples);
        } else {
            let (sin, cos) = framing.angle().sin_cos();
            let middle = (width / 2.0, height / 2.0);
            for (y, row) in samples.chunks_exact_mut(across * channels).enumerate() {
                for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                    // Where the pixel lay before the page was turned clockwise.
                    let (dx, dy) = (x0 + x as f64 + 0.5 - middle.0, y0 + y as f64 + 0.5 - middle.1);
                    self.sample(middle.0 + dx * cos + dy * sin - 0.5, middle.1 - dx * sin + dy * cos - 0.5, pixel);
                }
            }
        }
        Self::new(across as u32, down as u32, channels, samples)
    }

    fn copy_box(&self, x0: usize, y0: usize, across: usize, into: &mut [u8]) {
        let channels = self.channels();
        let stride = self.width as usize * channels;
        for (row, from) in into.chunks_exact_mut(across * channels).zip(self.samples().chunks_exact(stride).skip(y0)) {
            let from = &from[x0 * channels..];
            let length = row.len().min(from.len());
            row[..length].copy_from_slice(&from[..length]);
        }
    }

    /// The colour between four pixels; white beyond the picture.
    fn sample(&self, x: f64, y: f64, into: &mut [u8]) {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let channels = into.len();
        let at = |dx: f64, dy: f64, channel: usize| {
            let (x, y) = (left + dx, top + dy);
            if x < 0.0 || y < 0.0 || x >= f64::from(self.width) || y >= f64::from(self.height) {
                return 255.0;
            }
            f64::from(self.samples()[(y as usize * self.width as usize + x as usize) * channels + channel])
        };
        for (channel, sample) in into.iter_mut().enumerate() {
            let above = at(0.0, 0.0, channel) * (1.0 - right_share) + at(1.0, 0.0, channel) * right_share;
            let below = at(0.0, 1.0, channel) * (1.0 - right_share) + at(1.0, 1.0, channel) * right_share;
            *sample = (above * (1.0 - low_share) + below * low_share).round() as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White, with a black pixel at a place.
    fn dot(width: u32, height: u32, x: u32, y: u32) -> Raster {
        let mut samples = vec![255; (width * height) as usize];
        samples[(y * width + x) as usize] = 0;
        Raster::new(width, height, 1, samples)
    }

    fn darkest(raster: &Raster) -> (u32, u32) {
        let at = raster.samples().iter().enumerate().min_by_key(|(_, sample)| **sample).map_or(0, |(at, _)| at as u32);
        (at % raster.width, at / raster.width)
    }

    #[test]
    fn a_box_is_cut_out() {
        let cut = dot(100, 200, 30, 60).framed(Framing { tilt: 0, x0: 2_000, y0: 2_500, x1: 6_000, y1: 9_000 });
        assert_eq!((cut.width, cut.height, darkest(&cut)), (40, 130, (10, 10)));
    }

    #[test]
    fn a_page_is_turned_clockwise_about_its_middle() {
        // From the middle to the right; clockwise means that it goes down.
        let turned = dot(201, 201, 180, 100).framed(Framing { tilt: 1_000, ..Framing::default() });
        let (x, y) = darkest(&turned);
        assert_eq!((turned.width, turned.height), (201, 201));
        assert!((178..=180).contains(&x) && (113..=115).contains(&y), "{x} {y}");
        assert_eq!(turned.colour(0, 200), [255; 3], "what comes in is white");
    }

    #[test]
    fn what_shows_nothing_is_not_sound() {
        let whole = Framing::default();
        assert!(whole.is_sound() && whole.is_whole());
        for wrong in [
            Framing { x1: 0, ..whole },
            Framing { y0: 9_900, ..whole },
            Framing { x1: 10_001, ..whole },
            Framing { tilt: 1_501, ..whole },
            Framing { x0: 6_000, x1: 5_000, ..whole },
        ] {
            assert!(!wrong.is_sound(), "{wrong:?}");
        }
    }
}
