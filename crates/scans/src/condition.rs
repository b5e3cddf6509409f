//! What the pixels of a page say of how it was scanned: blank, near-black, on its side, askew, with a red seal or without.
//!
//! Told of a page as it lies in its file. Whatever can't be told well is not said: a page that is wrongly called blank costs
//! the clerk more than one that is overlooked.

use serde::{Deserialize, Serialize};

use crate::raster::Raster;
use crate::skew::{Ink, Runs};

/// Longer side of the page that is looked at, in pixels: 85 dpi on A4, where a stroke of a pencil is still a pixel wide.
pub const SIDE: u32 = 1000;
/// Of a picture with fewer pixels nothing can be told.
pub(crate) const LEAST_SIDE: u32 = 300;
/// Edge of a page that is not looked at, in parts of a side: the scanner's lid and shadows lie there.
const EDGE: u32 = 32;
/// Side of the squares whose paper is taken to be of one shade, in pixels: 1 cm of A4.
const SQUARE: usize = 32;

/// How a page was scanned, as it lies in its file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub ground: Ground,
    pub rows: Direction,
    /// What would make its rows level once they run across, in hundredths of a degree, clockwise; 0 where they are level, or
    /// where it can't be told.
    pub tilt: i16,
    pub seal: Seal,
}

/// What stands on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Something stands on it, or it can't be told.
    #[default]
    Marked,
    /// Paper with nothing on it, dust apart.
    Blank,
    /// Dark all over.
    Black,
}

/// Which way the lines of text run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Unsure,
    Across,
    /// The page lies on its side.
    Down,
}

/// Whether a red seal is on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// In black and white, or grey: a seal would not be red.
    #[default]
    Unsure,
    Seen,
    /// Something on it has a colour, and nothing is as large and as red as a seal.
    Absent,
    /// In colour, and all that stands on it is black: a copy looks so, and a seal on a copy is black, too.
    Colourless,
}

/// Looks at a page; one that was drawn with [`SIDE`] pixels is looked at as it is.
pub fn condition(page: Raster) -> Condition {
    let longest = page.width.max(page.height);
    if longest < LEAST_SIDE {
        return Condition::default();
    }
    let shrink = f64::from(SIDE.min(longest)) / f64::from(longest);
    let side = |length: u32| (f64::from(length) * shrink).round() as u32;
    let (width, height) = (side(page.width), side(page.height));
    let page = page.resized(width, height);
    let ground = ground(&page);
    if ground != Ground::Marked {
        return Condition { ground, ..Condition::default() };
    }
    let seal = seal(&page);
    let (rows, tilt) = if is_paper(&page) { lines(page) } else { (Direction::Unsure, 0) };
    Condition { ground, rows, tilt, seal }
}

// Ground.

/// The lightest channel below which a near-black page is everywhere, and how much lighter what stands on a dark one is.
const BLACK: u8 = 60;
const LIT: u8 = 50;
/// The darkest channel of white paper, and how far its shade may differ from one place to the other.
const PAPER: u8 = 120;
const EVEN: u8 = 48;
/// How much darker than the paper around it a pixel of the faintest pencil is.
const FAINT: u8 = 18;
/// The same bound in mean deviations of the scan's own grain; the larger of the two counts.
const GRAIN: f64 = 6.0;
/// Pixels that a mark measures at least across or down, or has in all: a digit of a page number, not a grain of dust.
const MARK: usize = 6;
const MARK_PIXELS: usize = 20;

fn ground(page: &Raster) -> Ground {
    if is_black(page) {
        Ground::Black
    } else if is_blank(page, FAINT) {
        Ground::Blank
    } else {
        Ground::Marked
    }
}

/// Dark, and nothing on it that is light: lit windows, or white letters on a title.
fn is_black(page: &Raster) -> bool {
    let darkness = Shades::of(page, |[red, green, blue]| 255 - red.max(green).max(blue));
    let squares = darkness.squares();
    squares.iter().all(|square| square.paper > 255 - BLACK) && !darkness.holds_a_mark(&squares, LIT)
}

/// Even paper, and nothing on it that is darker than it by `faint` but dust.
pub(crate) fn is_blank(page: &Raster, faint: u8) -> bool {
    // The darkest channel: a yellow marker and a faint seal are as dark in it as ink.
    let darkest = Shades::of(page, |[red, green, blue]| red.min(green).min(blue));
    let squares = darkest.squares();
    let papers = || squares.iter().map(|square| square.paper);
    let (least, most) = (papers().min().unwrap_or(0), papers().max().unwrap_or(0));
    if least < PAPER || most - least > EVEN {
        return false;
    }
    let mut grains: Vec<f64> = squares.iter().map(|square| square.grain).collect();
    let middle = grains.len() / 2;
    let grain = *grains.select_nth_unstable_by(middle, f64::total_cmp).1;
    !darkest.holds_a_mark(&squares, faint.max((grain * GRAIN) as u8))
}

/// One shade a pixel, of a page without its edges.
struct Shades {
    width: usize,
    shades: Vec<u8>,
}

/// A square of a page.
struct Square {
    /// Its usual shade.
    paper: u8,
    /// Mean distance of its pixels from `paper`, in shades.
    grain: f64,
}

impl Shades {
    fn of(page: &Raster, shade: impl Fn([u8; 3]) -> u8) -> Self {
        let (left, top) = (page.width / EDGE, page.height / EDGE);
        let (across, down) = (left..page.width - left, top..page.height - top);
        let shades = down.flat_map(|y| across.clone().map(move |x| (x, y))).map(|(x, y)| shade(page.colour(x, y))).collect();
        Self { width: across.len(), shades }
    }

    /// Squares row by row; what is left over at the right and below belongs to the last ones.
    fn squares(&self) -> Vec<Square> {
        let (across, down) = self.grid();
        let mut held: Vec<Vec<u8>> = vec![Vec::with_capacity(SQUARE * SQUARE); across * down];
        for (at, shade) in self.shades.iter().enumerate() {
            held[self.square_of(at)].push(*shade);
        }
        held.into_iter()
            .map(|mut shades| {
                let middle = shades.len() / 2;
                let paper = if shades.is_empty() { 255 } else { *shades.select_nth_unstable(middle).1 };
                let off: u64 = shades.iter().map(|shade| u64::from(shade.abs_diff(paper))).sum();
                Square { paper, grain: off as f64 / shades.len().max(1) as f64 }
            })
            .collect()
    }

    fn grid(&self) -> (usize, usize) {
        ((self.width / SQUARE).max(1), (self.shades.len() / self.width.max(1) / SQUARE).max(1))
    }

    fn square_of(&self, at: usize) -> usize {
        let (across, down) = self.grid();
        (at / self.width / SQUARE).min(down - 1) * across + (at % self.width / SQUARE).min(across - 1)
    }

    /// Whether pixels that hang together, each darker than its paper by `faint`, are more than dust.
    fn holds_a_mark(&self, squares: &[Square], faint: u8) -> bool {
        let mut dark: Vec<bool> =
            (0..self.shades.len()).map(|at| self.shades[at].saturating_add(faint) < squares[self.square_of(at)].paper).collect();
        (0..dark.len()).any(|at| dark[at] && Patch::taken(&mut dark, self.width, at, 1).is_mark())
    }
}

/// A connected patch of marked cells, by its bounding box, in cells.
pub(crate) struct Patch {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) across: usize,
    pub(crate) down: usize,
    pixels: usize,
}

impl Patch {
    /// Takes away what hangs together with one place of a map, over gaps of less than `reach` places.
    pub(crate) fn taken(map: &mut [bool], width: usize, from: usize, reach: usize) -> Self {
        let (mut left, mut right, mut top, mut bottom) = (usize::MAX, 0, usize::MAX, 0);
        let (mut waiting, mut pixels) = (vec![from], 0);
        map[from] = false;
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % width, at / width);
            (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
            pixels += 1;
            for ny in y.saturating_sub(reach)..=(y + reach).min(map.len() / width - 1) {
                for nx in x.saturating_sub(reach)..=(x + reach).min(width - 1) {
                    if std::mem::take(&mut map[ny * width + nx]) {
                        waiting.push(ny * width + nx);
                    }
                }
            }
        }
        Self { left, top, across: right - left + 1, down: bottom - top + 1, pixels }
    }

    fn is_mark(&self) -> bool {
        self.across >= MARK || self.down >= MARK || self.pixels >= MARK_PIXELS
    }
}

// Lines.

/// Share of the squares of a page of text that are paper for the most part.
const MOSTLY_PAPER: f64 = 0.8;
/// A square is paper if it is at most so many shades darker than the lightest one.
const SHADED: u8 = 56;
/// Gaps that are closed, in pixels of [`Ink`].
const CLOSE: [usize; 3] = [4, 7, 10];
/// How many times as far ink runs on along lines of text as across them at least, and the other way at most.
const PLAIN: f64 = 2.0;
const FAINTLY: f64 = 1.3;
/// Lines that must agree: a title may run down a cover.
const LEAST_LINES: f64 = 4.0;
/// How much the tilts may differ that both directions of a table tell, in hundredths of a degree.
const AGREE: u16 = 30;

/// Text on paper, not a photo: only there do lines mean anything.
fn is_paper(page: &Raster) -> bool {
    let squares = Shades::of(page, |[red, green, blue]| red.max(green).max(blue)).squares();
    let lightest = squares.iter().map(|square| square.paper).max().unwrap_or(0);
    let paper = squares.iter().filter(|square| lightest - square.paper <= SHADED).count();
    lightest > PAPER && paper as f64 >= squares.len() as f64 * MOSTLY_PAPER
}

/// Which way the lines run, and how far from level they are.
fn lines(page: Raster) -> (Direction, i16) {
    let Some(ink) = Ink::of(page) else { return (Direction::Unsure, 0) };
    let turned = ink.turned();
    let (Some(across), Some(down)) = (ink.rows(), turned.rows()) else { return (Direction::Unsure, 0) };
    let direction = direction(&ink);
    let tilt = match direction {
        Direction::Across => across.tilt(),
        Direction::Down => down.tilt(),
        // The rules of a table say it both ways.
        Direction::Unsure => across.tilt().filter(|tilt| down.tilt().is_some_and(|other| tilt.abs_diff(other) <= AGREE)),
    };
    (direction, tilt.unwrap_or(0))
}

fn direction(ink: &Ink) -> Direction {
    let text = ink.without_rules();
    let turned = text.turned();
    // Along lines ink runs on, across them it ends with the character, once the gaps within lines are closed and those
    // between them are not: which gaps these are depends on the size of the type.
    let (mut across, mut down) = (Lines::default(), Lines::default());
    for close in CLOSE {
        let (lying, standing) = (text.runs(close), turned.runs(close));
        across = across.plainer(Lines::of(lying, standing));
        down = down.plainer(Lines::of(standing, lying));
    }
    match (across.are_plain(down), down.are_plain(across)) {
        (true, false) => Direction::Across,
        (false, true) => Direction::Down,
        (true, true) | (false, false) => Direction::Unsure,
    }
}

/// Lines of text that may run in one direction.
#[derive(Debug, Clone, Copy, Default)]
struct Lines {
    /// Mean length of runs of ink along the lines, divided by that across them.
    ratio: f64,
    /// Estimated number of lines.
    count: f64,
}

impl Lines {
    fn of(along: Runs, across: Runs) -> Self {
        Self { ratio: along.mean / across.mean.max(1.0), count: along.long as f64 / across.mean.max(1.0) }
    }

    fn plainer(self, other: Self) -> Self {
        if other.ratio > self.ratio { other } else { self }
    }

    fn are_plain(self, other: Self) -> bool {
        self.ratio >= PLAIN && self.count >= LEAST_LINES && other.ratio <= FAINTLY
    }
}

// Seal.

/// How much redder than green and blue the ink of a seal is, and how red at least.
const REDDER: u8 = 40;
const RED: u8 = 100;
/// Difference of the channels of a pixel that has a colour.
const COLOURED: u8 = 60;
/// Share of a page that has a colour where something coloured stands on it, and the mean difference of channels of a page in
/// colour on which all is black: scanners see paper as a little yellow or blue.
const IN_COLOUR: f64 = 0.0005;
const TINTED: f64 = 1.5;
/// Side of the cells in which red is counted, in pixels: 2 mm of A4; the ring of a seal has 1.2 mm (GB/T 9704-2012 7.3.5).
const CELL: usize = 7;
/// Share of a cell that is red where the ring goes through it.
const REDDISH: f64 = 0.08;
/// Cells that a seal measures at least across and down: 25 mm, more than the letters of a red head. Several seals may overlap.
pub(crate) const SEAL: usize = 12;
/// Cells from which a ring that was inked badly goes on.
pub(crate) const RING_GAP: usize = 2;
/// Share of its box that is red at most: a seal is lines on paper, a banner on a photo is not.
pub(crate) const LINES_ON_PAPER: f64 = 0.4;

fn seal(page: &Raster) -> Seal {
    let reds = Reds::of(page);
    if reds.patches().iter().any(is_seal) {
        return Seal::Seen;
    }
    let (mut coloured, mut spread) = (0_u64, 0_u64);
    for y in 0..page.height {
        for x in 0..page.width {
            let [red, green, blue] = page.colour(x, y);
            let difference = red.max(green).max(blue) - red.min(green).min(blue);
            spread += u64::from(difference);
            coloured += u64::from(difference >= COLOURED);
        }
    }
    let pixels = f64::from(page.width) * f64::from(page.height);
    if coloured as f64 >= pixels * IN_COLOUR {
        Seal::Absent
    } else if spread as f64 >= pixels * TINTED {
        Seal::Colourless
    } else {
        Seal::Unsure
    }
}

/// A page as it would be without its red seals: within their boxes it is seen by red light, so strong that red ink is as white
/// as paper, and black ink stays dark.
pub(crate) fn without_seals(page: Raster) -> Raster {
    let longest = page.width.max(page.height);
    if page.channels() == 1 || longest < LEAST_SIDE {
        return page;
    }
    let shrink = (SIDE as f32 / longest as f32).min(1.0);
    let side = |length: u32| (length as f32 * shrink).round() as u32;
    let reds = Reds::of(&page.clone().resized(side(page.width), side(page.height)));
    let seals: Vec<Patch> = reds.patches().into_iter().filter(|patch| is_seal(patch) && reds.share(patch) <= LINES_ON_PAPER).collect();
    let (width, height, mut samples) = (page.width, page.height, page.into_samples());
    // A cell more on each side: the edge of the ring may be a thin part of it.
    let span = |from: usize, cells: usize, most: u32| {
        let at = |cell: usize| ((cell * CELL) as f32 / shrink) as usize;
        at(from.saturating_sub(1))..at(from + cells + 1).min(most as usize)
    };
    for seal in seals {
        let rows = span(seal.top, seal.down, height);
        let places = || rows.clone().flat_map(|y| span(seal.left, seal.across, width).map(move |x| (y * width as usize + x) * 3));
        let colour = |samples: &[u8], at: usize| [samples[at], samples[at + 1], samples[at + 2]];
        let mut inked: Vec<u8> = places().map(|at| colour(&samples, at)).filter(|colour| is_red(*colour)).map(|[red, ..]| red).collect();
        inked.sort_unstable();
        let ink = inked.get(inked.len() / 2).copied().unwrap_or(u8::MAX).max(1);
        for at in places() {
            let lit = (u32::from(samples[at]) * 255 / u32::from(ink)).min(255) as u8;
            samples[at..at + 3].fill(lit);
        }
    }
    Raster::new(width, height, 3, samples)
}

/// How many red pixels there are in each cell of a page.
struct Reds {
    across: usize,
    cells: Vec<u32>,
}

impl Reds {
    fn of(page: &Raster) -> Self {
        let (width, height) = (page.width as usize, page.height as usize);
        let across = width.div_ceil(CELL);
        let mut cells = vec![0_u32; across * height.div_ceil(CELL)];
        for y in 0..height {
            for x in 0..width {
                if is_red(page.colour(x as u32, y as u32)) {
                    cells[y / CELL * across + x / CELL] += 1;
                }
            }
        }
        Self { across, cells }
    }

    /// Connected patches of cells that are red enough.
    fn patches(&self) -> Vec<Patch> {
        let least = (CELL * CELL) as f64 * REDDISH;
        let mut reddish: Vec<bool> = self.cells.iter().map(|red| f64::from(*red) >= least).collect();
        let mut patches = Vec::new();
        for at in 0..reddish.len() {
            if reddish[at] {
                patches.push(Patch::taken(&mut reddish, self.across, at, RING_GAP));
            }
        }
        patches
    }

    /// Share of a patch's box that is red.
    fn share(&self, patch: &Patch) -> f64 {
        let rows = self.cells.chunks(self.across).skip(patch.top).take(patch.down);
        let red: u32 = rows.flat_map(|row| row.iter().skip(patch.left).take(patch.across)).sum();
        f64::from(red) / (patch.across * patch.down * CELL * CELL) as f64
    }
}

fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red >= RED && red.saturating_sub(green.max(blue)) >= REDDER
}

fn is_seal(red: &Patch) -> bool {
    red.across >= SEAL && red.down >= SEAL
}
