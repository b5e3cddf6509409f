//! How far the lines of a scanned page are from level, told by how sharply its rows of text stand apart.

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
/// Dark pixels that make rows at least.
const LEAST_INK: usize = 200;
/// Pixels that run straight on longer than any stroke of a character: a rule.
const RULE: usize = 28;
/// Pixels of a run that a line of some characters has, and no character has.
const LONG: f64 = 36.0;
/// Pixels beyond which a run is no longer than others: one bar code must not speak for a page.
const LONGEST: usize = 120;
/// An edge of the page is often the black of the scanner's lid.
const EDGE: f64 = 0.04;

/// The tilt that makes the rows level, as [`Framing::tilt`](crate::Framing::tilt); `None` where they are level, or there are none.
pub fn tilt(page: Raster) -> Option<i16> {
    Ink::of(page)?.rows()?.tilt()
}

/// What is dark on a page, so far as rows of text may be made of it.
pub(crate) struct Ink {
    dark: Vec<bool>,
    width: u32,
    height: u32,
}

/// Tilt of the rows of text that run across a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows {
    /// The tilt at which they stand apart most sharply, in hundredths of a degree.
    level: i16,
    /// How many times as sharply as at other tilts.
    clear: f64,
}

/// Statistics of the runs of ink in one direction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runs {
    /// Mean length in pixels, weighted by length.
    pub mean: f64,
    /// How many runs are longer than characters.
    pub long: usize,
}

impl Rows {
    /// `None` where they are level, where there are none, or where they lie worse than is looked for.
    pub fn tilt(self) -> Option<i16> {
        let found = self.clear >= CLEAR && self.level.abs() < STEEPEST;
        (found && self.level.abs() >= LEVEL).then_some(self.level)
    }
}

impl Ink {
    /// `None` where there is too little for rows, or so much that it is a photo.
    pub fn of(page: Raster) -> Option<Self> {
        let longest = page.width.max(page.height);
        let scale = f64::from(SIDE.min(longest)) / f64::from(longest);
        let side = |length: u32| (f64::from(length) * scale).round() as u32;
        let (width, height) = (side(page.width), side(page.height));
        let ink = dark(&page.resized(width, height));
        let count = ink.dark.iter().filter(|dark| **dark).count();
        (count >= LEAST_INK && count as f64 <= f64::from(width * height) * MOST_INK).then_some(ink)
    }

    /// How its rows stand; `None` where there is no ink.
    pub fn rows(&self) -> Option<Rows> {
        let dots = self.dots();
        let sharp = |tilt: i16| sharpness(&dots, tilt, self.width, self.height);
        let coarse: Vec<(i16, f64)> = (-STEEPEST..=STEEPEST).step_by(COARSE as usize).map(|tilt| (tilt, sharp(tilt))).collect();
        let best = coarse.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let usual = coarse.iter().map(|(_, sharp)| sharp).sum::<f64>() / coarse.len() as f64;
        let near = (best.0 - COARSE..=best.0 + COARSE).step_by(FINE as usize);
        let (level, _) = near.map(|tilt| (tilt, sharp(tilt))).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let level = if best.0.abs() == STEEPEST { best.0 } else { level };
        Some(Rows { level, clear: best.1 / usual.max(f64::EPSILON) })
    }

    /// How ink runs on across, where gaps of at most `close` pixels are taken for those between the characters of a line.
    pub fn runs(&self, close: usize) -> Runs {
        let (mut lengths, mut squares, mut long) = (0.0, 0.0, 0);
        let mut take = |run: (usize, usize)| {
            let length = (run.1 - run.0 + 1).min(LONGEST) as f64;
            lengths += length;
            squares += length * length;
            long += usize::from(length >= LONG);
        };
        for row in self.dark.chunks_exact(self.width as usize) {
            // From where it began to its last ink.
            let mut run: Option<(usize, usize)> = None;
            for at in (0..row.len()).filter(|at| row[*at]) {
                run = match run {
                    Some((from, last)) if at - last <= close => Some((from, at)),
                    ended => {
                        ended.into_iter().for_each(&mut take);
                        Some((at, at))
                    }
                };
            }
            run.into_iter().for_each(&mut take);
        }
        Runs { mean: squares / f64::max(lengths, 1.0), long }
    }

    /// The ink of the page turned clockwise by a quarter: what ran down runs across.
    #[must_use]
    pub fn turned(&self) -> Self {
        let (width, height) = (self.height, self.width);
        let at = |x: u32, y: u32| self.dark[((self.height - 1 - x) * self.width + y) as usize];
        let dark = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| at(x, y)).collect();
        Self { dark, width, height }
    }

    /// Without what runs straight on for longer than a character: the rules of a table stand in both directions.
    #[must_use]
    pub fn without_rules(&self) -> Self {
        let upright = self.turned();
        let (lying, standing) = (self.rules(), upright.rules());
        let mut dark = self.dark.clone();
        for (at, dark) in dark.iter_mut().enumerate() {
            let (x, y) = (at as u32 % self.width, at as u32 / self.width);
            // Where the pixel lies on the turned page.
            let there = x * upright.width + (self.height - 1 - y);
            *dark = *dark && !lying[at] && !standing[there as usize];
        }
        Self { dark, ..*self }
    }

    /// The pixels of long runs across.
    fn rules(&self) -> Vec<bool> {
        let mut found = vec![false; self.dark.len()];
        for (row, rule) in self.dark.chunks_exact(self.width as usize).zip(found.chunks_exact_mut(self.width as usize)) {
            let mut at = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] && run.len() >= RULE {
                    rule[at..at + run.len()].fill(true);
                }
                at += run.len();
            }
        }
        found
    }

    /// Its places, from the middle of the page.
    fn dots(&self) -> Vec<(f32, f32)> {
        let (middle, centre) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let dark = self.dark.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(|(at, _)| ((at as u32 % self.width) as f32 - middle, (at as u32 / self.width) as f32 - centre)).collect()
    }
}

fn dark(page: &Raster) -> Ink {
    let mean = |[red, green, blue]: [u8; 3]| (u32::from(red) + u32::from(green) * 2 + u32::from(blue)) / 4;
    let (width, height) = (page.width, page.height);
    let light: Vec<u32> = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(page.colour(x, y))).collect();
    let total: u64 = light.iter().map(|light| u64::from(*light)).sum();
    let most = (total / u64::from(width * height).max(1)) as u32 * 7 / 10;
    let within = |at: u32, of: u32| (f64::from(of) * EDGE..f64::from(of) * (1.0 - EDGE)).contains(&f64::from(at));
    let is_dark = |(at, light): (usize, u32)| light < most && within(at as u32 % width, width) && within(at as u32 / width, height);
    Ink { dark: light.into_iter().enumerate().map(is_dark).collect(), width, height }
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
    use crate::framing::Framing;

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
