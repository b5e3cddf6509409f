//! 遮盖: a bar over what nobody may read. What lies below it is gone from the picture, not hidden in it.

use serde::{Deserialize, Serialize};

use crate::raster::{Pixels, Raster};

/// A box of a page that is blackened, in ten-thousandths of the width and height of the page as it came (upright by its own
/// orientation, before any [`Framing`](crate::Framing) and turn), from its upper left to its lower right corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mask {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl Mask {
    /// The width and the height of the page.
    pub const WHOLE: u16 = 10_000;
    /// Least side, in ten-thousandths: less covers no letter.
    pub const NARROWEST: u16 = 20;
    /// Dots per inch at which a page with masks is drawn for paper.
    pub const DPI: f32 = 300.0;
    /// Quality of such a page where it is grey or in colour.
    pub const QUALITY: u8 = 92;

    /// It lies on the page and covers something of it.
    pub fn is_sound(self) -> bool {
        let wide = |from: u16, to: u16| to <= Self::WHOLE && from < to && to - from >= Self::NARROWEST;
        wide(self.x0, self.x1) && wide(self.y0, self.y1)
    }
}

impl Raster {
    /// The picture with each mask as a black bar. A pixel that a mask only touches is black too, and one more around it, so
    /// that nothing shines through where a letter was made smaller.
    #[must_use]
    pub fn masked(mut self, masks: &[Mask]) -> Self {
        let (width, height, channels) = (self.width as usize, self.height as usize, self.channels());
        let (Pixels::Grey(samples) | Pixels::Rgb(samples)) = &mut self.pixels;
        let pixels = |from: u16, to: u16, side: usize| {
            let part = |share: u16| f64::from(share.min(Mask::WHOLE)) / f64::from(Mask::WHOLE) * side as f64;
            let first = (part(from).floor() as usize).saturating_sub(1);
            first..(part(to).ceil() as usize + 1).clamp(first, side)
        };
        for mask in masks {
            let across = pixels(mask.x0, mask.x1, width);
            for y in pixels(mask.y0, mask.y1, height) {
                samples[(y * width + across.start) * channels..(y * width + across.end) * channels].fill(0);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_bar_is_gone() {
        for channels in [1, 3] {
            let page = Raster::new(100, 200, channels, vec![200; 100 * 200 * channels]);
            let masked = page.masked(&[Mask { x0: 1_000, y0: 2_500, x1: 3_000, y1: 3_000 }]);
            for (x, y, black) in [(10, 50, true), (29, 59, true), (9, 49, true), (8, 50, false), (31, 50, false), (20, 61, false)] {
                assert_eq!(masked.colour(x, y) == [0; 3], black, "{channels} {x} {y}");
            }
        }
    }

    #[test]
    fn a_bar_at_the_edge_stays_on_the_page() {
        let page = Raster::new(10, 10, 1, vec![255; 100]);
        let masked = page.masked(&[Mask { x0: 0, y0: 0, x1: 10_000, y1: 10_000 }]);
        assert!(masked.samples().iter().all(|sample| *sample == 0));
    }

    #[test]
    fn what_covers_nothing_is_not_sound() {
        let good = Mask { x0: 1_000, y0: 1_000, x1: 2_000, y1: 1_100 };
        assert!(good.is_sound());
        for wrong in [Mask { x1: 1_000, ..good }, Mask { y0: 1_090, ..good }, Mask { x1: 10_001, ..good }, Mask { y0: 1_200, ..good }] {
            assert!(!wrong.is_sound(), "{wrong:?}");
        }
    }
}
