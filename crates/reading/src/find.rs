//! Where lines of text are: a network marks the middle of each, and what hangs together is one (Liao et al., Real-time Scene
//! Text Detection with Differentiable Binarization, 2020).

use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::Error;
use crate::network::Network;
use crate::picture::Picture;
use crate::strip::{Point, Strip, hull};

/// Longer side at which a page is looked at first, in pixels, and sides at which it is looked at again where its lines are lower
/// than [`LOW`] then.
const SIDE: f32 = 960.0;
const CLOSER: (f32, f32) = (1280.0, 1600.0);
/// Height of lines that are found well, in pixels.
const LOW: f32 = 14.0;
/// How many times as large a small picture is looked at, at most.
const ENLARGED: f32 = 2.0;
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
        let longest = width.max(height);
        let first = SIDE.min(longest * ENLARGED);
        let marks = self.look(picture, first, lying)?;
        let mut heights: Vec<f32> = marks.iter().map(|mark| mark.smallest().height * first / longest).collect();
        heights.sort_by(f32::total_cmp);
        let Some(low) = heights.get(heights.len() / 4).filter(|low| **low < LOW) else { return Ok(marks) };
        let closer = (first * LOW / low).clamp(CLOSER.0, CLOSER.1).min(longest * ENLARGED);
        if closer > first { self.look(picture, closer, lying) } else { Ok(marks) }
    }

    fn look(&self, picture: &Picture<'_>, side: f32, lying: bool) -> Result<Vec<Mark>, Error> {
        let (width, height) = picture.size();
        let factor = side / width.max(height);
        let fitting = |length: f32| ((length * factor / STEP as f32).round() as usize).max(1) * STEP;
        let (across, down) = (fitting(width), fitting(height));
        let (samples, channels) = picture.resized(across, down);
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
        let sure = map_of.to_vec();
        let (scale_x, scale_y) = (width / across as f32, height / down as f32);
        let placed = |point: Point| {
            let point = map.back(point);
            Point::new(point.x * scale_x, point.y * scale_y)
        };
        Ok(marks(&sure, columns).into_iter().map(|hull| Mark { hull: hull.into_iter().map(placed).collect() }).collect())
    }
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

    /// The place on the picture that is seen here.
    fn back(&self, seen: Point) -> Point {
        if self.lying { Point::new(seen.y, self.down as f32 - seen.x) } else { seen }
    }
}

/// Hulls around what hangs together on a map of so many columns.
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

/// Takes what hangs together with a pixel off the map; its hull, where it is a line.
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
