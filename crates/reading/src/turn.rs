//! Which way the page lies, told by the shape of its lines, and by reading a few both ways.

use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use crate::Error;
use crate::find::{Finder, Mark};
use crate::picture::Picture;
use crate::recognise::Recogniser;
use crate::strip::{Point, Strip};

/// Strips so many times as long as high have a direction; from the last on, one of their own that differs from the page's.
const SLENDER: f32 = 2.0;
const LONG: f32 = 5.0;
/// Lines that must agree for their shape to be believed, and which share of all.
const LINES: usize = 4;
const AGREE: f32 = 0.9;
/// Lines that are read both ways, and from how many letters on one counts.
const ASKED: usize = 3;
/// How sure of its letters the reader is where it reads the right way.
const RIGHT: f32 = 0.9;

/// A page whose lines are known.
pub(crate) struct Upright {
    /// The direction in which its lines run.
    pub(crate) across: Point,
    pub(crate) strips: Vec<Strip>,
}

/// Finds the lines of a page, and how they run.
pub(crate) fn upright(finder: &Finder, recogniser: &Recogniser, picture: &Picture<'_>) -> Result<Upright, Error> {
    let marks = finder.find(picture, false)?;
    let first = Lie::of(&marks);
    let (across, sure) = asked(recogniser, picture, &marks, first.across)?;
    let sideways = match first.lines {
        Lines::Across => None,
        Lines::Down => Some(across),
        // The other axis is tried where the likelier one makes no sense.
        Lines::Unsure if sure >= RIGHT => None,
        Lines::Unsure => {
            let (other, surer) = asked(recogniser, picture, &marks, first.across.quarter())?;
            (surer > sure).then_some(other)
        }
    };
    match sideways {
        None => Ok(Upright { across, strips: strips(&marks, across) }),
        Some(across) => {
            let marks = finder.find(picture, across.x.abs() < across.y.abs())?;
            Ok(Upright { across, strips: strips(&marks, across) })
        }
    }
}

enum Lines {
    Across,
    Down,
    Unsure,
}

struct Lie {
    lines: Lines,
    /// The direction of the lines; whether it is this or the opposite one, shape can't tell.
    across: Point,
}

impl Lie {
    fn of(marks: &[Mark]) -> Self {
        let strips: Vec<Strip> = marks.iter().map(Mark::smallest).filter(|strip| strip.slender() >= SLENDER).collect();
        let down = strips.iter().filter(|strip| strip.along.x.abs() < strip.along.y.abs());
        let (all, standing) = (strips.len() as f32, down.clone().count() as f32);
        let lines = match strips.len() {
            ..LINES => Lines::Unsure,
            _ if standing >= all * AGREE => Lines::Down,
            _ if standing <= all * (1.0 - AGREE) => Lines::Across,
            _ => Lines::Unsure,
        };
        let lengths: f32 = strips.iter().map(|strip| strip.length).sum();
        let mostly_down = down.map(|strip| strip.length).sum::<f32>() > lengths / 2.0;
        let axis = if mostly_down { FRAC_PI_2 } else { 0.0 };
        Self { lines, across: Point::towards(axis + tilt(&strips, axis)) }
    }
}

/// How far most of the text lies from an axis, in radians: the median, lines counting by their length.
fn tilt(strips: &[Strip], axis: f32) -> f32 {
    let mut tilts: Vec<(f32, f32)> = strips
        .iter()
        .map(|strip| ((strip.along.angle() - axis + FRAC_PI_2).rem_euclid(PI) - FRAC_PI_2, strip.length))
        .filter(|(tilt, _)| tilt.abs() < FRAC_PI_4)
        .collect();
    tilts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = tilts.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut behind = 0.0;
    let middle = tilts.iter().find(|(_, length)| {
        behind += length;
        behind >= half
    });
    middle.map_or(0.0, |(tilt, _)| *tilt)
}

/// Reads a few lines one way and, where that makes no sense, from their ends; the better way, and how sure the reader was.
fn asked(recogniser: &Recogniser, picture: &Picture<'_>, marks: &[Mark], across: Point) -> Result<(Point, f32), Error> {
    let mut strips = strips(marks, across);
    strips.sort_by(|a, b| b.slender().total_cmp(&a.slender()));
    // The longest lines say no more than middling ones, and take longer.
    let asked = strips.iter().skip(strips.len() / 4).take(ASKED);
    let (mut here, mut back) = (0.0, 0.0);
    for strip in asked.clone() {
        here += recogniser.read(picture, strip)?.sure();
    }
    let count = asked.len().max(1) as f32;
    if here / count >= RIGHT {
        return Ok((across, here / count));
    }
    for strip in asked {
        back += recogniser.read(picture, &strip.reversed())?.sure();
    }
    Ok(if back > here { (across.reversed(), back / count) } else { (across, here / count) })
}

/// The strips of a page that is read in this direction.
fn strips(marks: &[Mark], across: Point) -> Vec<Strip> {
    let strip = |mark: &Mark| {
        let own = mark.smallest();
        let own = if own.along.dot(across) < 0.0 { own.reversed() } else { own };
        // Of a short one the smallest box says nothing, and one at a right angle would be read down the page.
        if own.slender() >= LONG && own.along.dot(across) > FRAC_PI_4.cos() { own } else { mark.along(across) }
    };
    marks.iter().map(strip).collect()
}
