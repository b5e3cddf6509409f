//! How far the lines of a scanned page are from level, told by how sharply its rows of text stand apart.

use crate::framing::Framing;
use crate::raster::Raster;

/// Longest side that is looked at, in pixels: rows of text still stand apart, and it costs a few milliseconds.
const SIDE: u32 = 800;
/// Steepest that is looked for, in hundredths of a degree; pages that lie worse are set by hand.
const STEEPEST: i16 = 700;
/// Steps of the first look and of the second, in hundredths of a degree.
const COARSE: i16 = 25;
const FINE: i16 = 5;
/// Less than this is level: nobody sees it, and straightening costs sharpness.
const LEVEL: i16 = 15;
/// How much sharper the rows must stand when straightened than at other angles for the page to have rows at all.
const CLEAR: f64 = 2.5;
/// Rows that are compared lie so many pixels apart: nearer ones differ by how the pixels fall, farther ones by what is printed.
const APART: usize = 3;
/// Share of a page that is ink on a page of text, at most; above, it is a photo.
const MOST_INK: f64 = 0.35;
/// An edge of the page is often the black of the scanner's lid.
const EDGE: f64 = 0.04;

/// The tilt that makes the rows level, as [`Framing::tilt`]; `None` where they are level, or there are none.
pub fn tilt(page: Raster) -> Option<i16> {
    let longest = page.width.max(page.height);
    let scale = f64::from(SIDE.min(longest)) / f64::from(longest);
    let side = |length: u32| (f64::from(length) * scale).round() as u32;
    let (width, height) = (side(page.width), side(page.height));
    let ink = ink(&page.resized(width, height));
    if ink.len() < 200 || ink.len() as f64 > f64::from(width * height) * MOST_INK {
        return None;
    }
    let sharp = |tilt: i16| sharpness(&ink, tilt, width, height);
    let coarse: Vec<(i16, f64)> = (-STEEPEST..=STEEPEST).step_by(COARSE as usize).map(|tilt| (tilt, sharp(tilt))).collect();
    let best = coarse.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let usual = coarse.iter().map(|(_, sharp)| sharp).sum::<f64>() / coarse.len() as f64;
    if best.1 < usual * CLEAR || best.0.abs() == STEEPEST {
        return None;
    }
    let near = (best.0 - COARSE..=best.0 + COARSE).step_by(FINE as usize);
    let (tilt, _) = near.map(|tilt| (tilt, sharp(tilt))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (tilt.abs() >= LEVEL && tilt.abs() <= Framing::STEEPEST).then_some(tilt)
}

/// Dark pixels, from the middle of the page.
fn ink(page: &Raster) -> Vec<(f32, f32)> {
    let mean = |[red, green, blue]: [u8; 3]| (u32::from(red) + u32::from(green) * 2 + u32::from(blue)) / 4;
    let (width, height) = (page.width, page.height);
    let total: u64 = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| u64::from(mean(page.colour(x, y)))).sum();
    let paper = (total / u64::from(width * height).max(1)) as u32;
    let dark = paper * 7 / 10;
    let within = |at: u32, of: u32| (f64::from(of) * EDGE..f64::from(of) * (1.0 - EDGE)).contains(&f64::from(at));
    let mut found = Vec::new();
    for y in (0..height).filter(|y| within(*y, height)) {
        for x in (0..width).filter(|x| within(*x, width)) {
            if mean(page.colour(x, y)) < dark {
                found.push((x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0));
            }
        }
    }
    found
}

/// How much the ink of rows that are near each other differs once the page is tilted.
fn sharpness(ink: &[(f32, f32)], tilt: i16, width: u32, height: u32) -> f64 {
    let (sin, cos) = (f32::from(tilt) / 100.0).to_radians().sin_cos();
    let half = (width + height) as f32 / 2.0;
    let mut rows = vec![0_u32; (width + height) as usize + 2];
    for (x, y) in ink {
        rows[(x * sin + y * cos + half) as usize] += 1;
    }
    rows.iter().zip(&rows[APART..]).map(|(above, below)| (f64::from(*above) - f64::from(*below)).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chance that is the same every time.
    struct Dice(u32);

    impl Dice {
        fn below(&mut self, most: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 17;
            self.0 ^= self.0 << 5;
            self.0 % most
        }
    }

    /// Rows of characters of uneven strokes, as text is.
    fn text() -> Raster {
        let (width, height) = (600_u32, 800_u32);
        let mut samples = vec![255; (width * height) as usize];
        let mut dice = Dice(7);
        for row in 4..26 {
            let mut left = 80;
            while left < 500 {
                let right = left + 5 + dice.below(8);
                for y in row * 28..row * 28 + 12 {
                    for x in left..right {
                        if dice.below(100) < 55 {
                            samples[(y * width + x) as usize] = 30;
                        }
                    }
                }
                left = right + 2 + dice.below(4);
            }
        }
        Raster::new(width, height, 1, samples)
    }

    #[test]
    fn a_page_that_lies_askew_is_told_how_to_stand() {
        assert_eq!(tilt(text()), None, "level already");
        for askew in [-450, -120, 80, 300] {
            let page = text().framed(Framing { tilt: askew, ..Framing::default() });
            let found = tilt(page).expect("its rows are clear");
            assert!((found + askew).abs() <= 20, "{askew}: {found}");
        }
    }

    #[test]
    fn what_has_no_rows_is_left_as_it_is() {
        assert_eq!(tilt(Raster::new(400, 500, 1, vec![255; 200_000])), None, "blank");
        let mut dice = Dice(3);
        let noise = (0..200_000).map(|_| dice.below(256) as u8).collect();
        assert_eq!(tilt(Raster::new(400, 500, 1, noise)), None, "a photo");
    }
}
