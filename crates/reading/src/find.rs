//! Finds lines of text: a network marks the middle of each, and each connected mark is one line (Liao et al., Real-time Scene Text
//! Detection with Differentiable Binarization, 2020).

use std::ops::Range;
use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::Error;
use crate::network::Network;
use crate::picture::{Part, Picture};
use crate::strip::{Point, Strip, hull};

/// Longer side at which a page is looked at first, in pixels, and sides at which it is looked at again where its lines are lower
/// than [`LOW`] then.
const SIDE: f32 = 960.0;
const CLOSER: (f32, f32) = (1280.0, 1600.0);
/// Height of lines that are found well, in pixels.
const LOW: f32 = 14.0;
/// Largest factor by which a small picture is enlarged before it is looked at.
const ENLARGED: f32 = 2.0;
/// A picture so many times as long as wide, a screenshot that was scrolled or a panorama, is looked at in tiles along its length,
/// and how long a tile is: as a page. Its letters would be too small otherwise.
const LONG: f32 = 2.5;
const TILE: f32 = 1.5;
/// Overlap of a tile beyond either end, in pixels of the map: the network judges a pixel by what is around it.
const BEYOND: usize = 96;
/// Pixels of the map of a long picture, which is held as a whole, at most.
const MAP: f32 = 16_000_000.0;
/// Sides of what the network takes are multiples of this.
const STEP: usize = 32;
/// How sure the network is of a pixel that is text, and of all of a line on the mean.
const PIXEL: f32 = 0.3;
const SURE: f32 = 0.6;
/// The network marks less than the line; this is how much it is grown, as a share of area by circumference.
const GROWN: f32 = 1.6;
/// Sides of a mark that is no line, in pixels of the map.
const LEAST: f32 = 2.5;
/// Lines of a page at most.
const MOST: usize = 3000;

pub(crate) struct Finder {
    network: Network,
}

/// What the network marked as one line: the corners of its hull in pixels of the picture, and how far a mark is to be grown
/// for its size.
pub(crate) struct Mark {
    hull: Vec<Point>,
}

impl Mark {
    /// The strip with the smallest area around it, along its longer side.
    pub(crate) fn smallest(&self) -> Strip {
        grown(Strip::smallest(&self.hull))
    }

    /// The strip around it in a direction that is known.
    pub(crate) fn along(&self, direction: Point) -> Strip {
        grown(Strip::around(&self.hull, direction))
    }
}

fn grown(strip: Strip) -> Strip {
    let by = strip.length * strip.height * GROWN / (2.0 * (strip.length + strip.height)).max(1.0);
    strip.grown(by)
}

impl Finder {
    pub(crate) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Error> {
        Ok(Self { network: Network::load(bytes, threads)? })
    }

    /// The marks of a page; `lying` says that it lies on its side, for the network knows lines that run across best.
    pub(crate) fn find(&self, picture: &Picture<'_>, lying: bool) -> Result<Vec<Mark>, Error> {
        let (width, height) = picture.size();
        let span = span(width, height);
        let most = ENLARGED.min((MAP / (width * height)).sqrt());
        let first = (SIDE / span).min(most);
        let marks = self.look(picture, first, lying)?;
        let mut heights: Vec<f32> = marks.iter().map(|mark| mark.smallest().height * first).collect();
        heights.sort_by(f32::total_cmp);
        let Some(low) = heights.get(heights.len() / 4).filter(|low| **low < LOW) else { return Ok(marks) };
        let closer = (first * LOW / low).clamp(CLOSER.0 / span, CLOSER.1 / span).min(most);
        if closer > first { self.look(picture, closer, lying) } else { Ok(marks) }
    }

    /// Looks at a picture so many times as large as it is.
    fn look(&self, picture: &Picture<'_>, factor: f32, lying: bool) -> Result<Vec<Mark>, Error> {
        let (width, height) = picture.size();
        let fitting = |length: f32| ((length * factor / STEP as f32).round() as usize).max(1) * STEP;
        let (across, down) = (fitting(width), fitting(height));
        let mut sure = vec![0.0; across * down];
        for tile in tiles(across, down, fitting(span(width, height))) {
            self.look_at(picture, (across, down), &tile, lying, &mut sure)?;
        }
        let (scale_x, scale_y) = (width / across as f32, height / down as f32);
        let placed = |point: Point| Point::new(point.x * scale_x, point.y * scale_y);
        Ok(marks(&sure, across).into_iter().map(|hull| Mark { hull: hull.into_iter().map(placed).collect() }).collect())
    }

    /// Looks at a tile of a picture of this size, and writes down how sure the network is of each pixel that it keeps.
    fn look_at(&self, picture: &Picture<'_>, whole: (usize, usize), tile: &Tile, lying: bool, sure: &mut [f32]) -> Result<(), Error> {
        let Tile { seen, kept } = tile;
        let (across, down) = seen.size();
        let (samples, channels) = picture.resized(whole, seen);
        let map = Turned { across, down, lying };
        let (columns, rows) = map.size();
        // The network takes blue, green and red.
        let input = NdTensor::from_fn([1, 3, rows, columns], |[_, channel, row, column]| {
            let (x, y) = map.at(column, row);
            let channel = if channels == 1 { 0 } else { 2 - channel };
            f32::from(samples[(y * across + x) * channels + channel]) / 127.5 - 1.0
        });
        let map_of: NdTensor<f32, 4> = self.network.run(input)?;
        let [_, _, rows_out, columns_out] = map_of.shape();
        if (rows_out, columns_out) != (rows, columns) {
            return Err(Error::Run { detail: format!("a map of {columns_out} × {rows_out} for {columns} × {rows}") });
        }
        for (at, said) in map_of.to_vec().into_iter().enumerate() {
            let (x, y) = map.at(at % columns, at / columns);
            let (x, y) = (seen.across.start + x, seen.down.start + y);
            if kept.across.contains(&x) && kept.down.contains(&y) {
                sure[y * whole.0 + x] = said;
            }
        }
        Ok(())
    }
}

/// How much of the longer side of a picture is looked at in one go, in its pixels.
fn span(width: f32, height: f32) -> f32 {
    let (longest, shortest) = (width.max(height), width.min(height));
    if longest <= shortest * LONG { longest } else { longest.min((shortest * TILE).max(SIDE)) }
}

/// A part of a picture that is looked at, and what is kept of it: its ends are seen better from the tiles beside.
struct Tile {
    seen: Part,
    kept: Part,
}

/// Tiles of this length along the longer side of a picture.
fn tiles(across: usize, down: usize, length: usize) -> Vec<Tile> {
    let part = |along: Range<usize>| {
        if across >= down { Part { across: along, down: 0..down } } else { Part { across: 0..across, down: along } }
    };
    let longest = across.max(down);
    let starts = (0..longest).step_by(length.max(STEP));
    let tile = |from: usize| {
        let to = (from + length).min(longest);
        Tile { seen: part(from.saturating_sub(BEYOND)..(to + BEYOND).min(longest)), kept: part(from..to) }
    };
    starts.map(tile).collect()
}

/// A picture of these sides that is looked at as it is, or turned clockwise by a quarter.
struct Turned {
    across: usize,
    down: usize,
    lying: bool,
}

impl Turned {
    fn size(&self) -> (usize, usize) {
        if self.lying { (self.down, self.across) } else { (self.across, self.down) }
    }

    /// The pixel of the picture that is seen here.
    fn at(&self, column: usize, row: usize) -> (usize, usize) {
        if self.lying { (row, self.down - 1 - column) } else { (column, row) }
    }
}

/// Hulls of the connected marks on a map of so many columns.
fn marks(sure: &[f32], columns: usize) -> Vec<Vec<Point>> {
    let mut waiting: Vec<bool> = sure.iter().map(|sure| *sure > PIXEL).collect();
    let mut found = Vec::new();
    for at in 0..sure.len() {
        if waiting[at]
            && let Some(hull) = taken(&mut waiting, sure, columns, at)
        {
            found.push(hull);
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Removes the connected mark around a pixel from the map; gives its hull, where it is a line.
fn taken(waiting: &mut [bool], sure: &[f32], columns: usize, from: usize) -> Option<Vec<Point>> {
    let mut next = vec![from];
    waiting[from] = false;
    let (mut pixels, mut sum) = (0_usize, 0.0_f32);
    // The first and last pixel of each row make the hull.
    let mut rows: std::collections::BTreeMap<usize, (usize, usize)> = std::collections::BTreeMap::new();
    while let Some(at) = next.pop() {
        let (x, y) = (at % columns, at / columns);
        pixels += 1;
        sum += sure[at];
        let row = rows.entry(y).or_insert((x, x));
        *row = (row.0.min(x), row.1.max(x));
        for ny in y.saturating_sub(1)..=(y + 1).min(waiting.len() / columns - 1) {
            for nx in x.saturating_sub(1)..=(x + 1).min(columns - 1) {
                if std::mem::take(&mut waiting[ny * columns + nx]) {
                    next.push(ny * columns + nx);
                }
            }
        }
    }
    if sum / (pixels as f32) < SURE {
        return None;
    }
    let ends = rows.into_iter().flat_map(|(y, (left, right))| {
        let (left, right, top) = (left as f32, right as f32 + 1.0, y as f32);
        [(left, top), (left, top + 1.0), (right, top), (right, top + 1.0)].map(|(x, y)| Point::new(x, y))
    });
    let hull = hull(ends.collect());
    let strip = Strip::smallest(&hull);
    (strip.height >= LEAST).then_some(hull)
}
