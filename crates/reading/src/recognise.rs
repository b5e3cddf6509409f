//! Reads a strip: for every step along it, an eighth of its height wide, a network says which letter it is, or none (CTC).

use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use crate::network::Network;
use crate::picture::Picture;
use crate::strip::Strip;
use crate::{Corners, Error};

/// Height of what the network takes, in pixels.
const HEIGHT: usize = 48;
/// Its width: of less it makes nothing, more than this no line has, and it is a multiple of the last.
const WIDTH: (usize, usize, usize) = (64, 6144, 32);

pub(crate) struct Recogniser {
    network: Network,
    /// The letters by the network's class, less one: class 0 is no letter.
    letters: Vec<char>,
}

/// What was read from a strip.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    pub(crate) strip: Strip,
    /// Where its letters begin and end below the upper edge of the strip.
    pub(crate) tall: (f32, f32),
    pub(crate) letters: Vec<Letter>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter {
    pub(crate) character: char,
    /// From 0 to 1.
    pub(crate) sure: f32,
    /// Where it begins and ends along the strip.
    pub(crate) from: f32,
    pub(crate) to: f32,
}

impl Read {
    /// Mean confidence of the letters, 0 to 1; 0 where there are none.
    pub(crate) fn sure(&self) -> f32 {
        self.letters.iter().map(|letter| letter.sure).sum::<f32>() / self.letters.len().max(1) as f32
    }

    pub(crate) fn corners(&self, letter: &Letter) -> Corners {
        if letter.character == ' ' { Corners::default() } else { self.strip.corners((letter.from, letter.to), self.tall) }
    }
}

impl Recogniser {
    pub(crate) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Error> {
        let network = Network::load(bytes, threads)?;
        let lists = network.told("character").ok_or_else(|| Error::Model { detail: "it does not say which letters it knows".into() })?;
        // The space is the last that it knows, and not in the list.
        let letters = lists.lines().filter_map(|line| line.chars().next()).chain([' ']).collect();
        Ok(Self { network, letters })
    }

    pub(crate) fn read(&self, picture: &Picture<'_>, strip: &Strip) -> Result<Read, Error> {
        let (least, most, step) = WIDTH;
        let scale = HEIGHT as f32 / strip.height.max(1.0);
        let width = ((strip.length * scale).round() as usize).clamp(1, most);
        let padded = width.max(least).next_multiple_of(step);
        let level = picture.levelled(strip, width, HEIGHT);
        let input = NdTensor::from_fn([1, 3, HEIGHT, padded], |[_, channel, row, column]| {
            if column < width { level[row * width + column][2 - channel] / 127.5 - 1.0 } else { 0.0 }
        });
        let says: NdTensor<f32, 3> = self.network.run(input)?;
        let [_, steps, known] = says.shape();
        if known != self.letters.len() + 1 {
            return Err(Error::Run { detail: format!("{known} letters for a list of {}", self.letters.len()) });
        }
        // Along the strip, a step is so long.
        let pace = padded as f32 / steps as f32 * strip.length / width as f32;
        let said = said(&says.to_vec(), known);
        let (top, bottom) = inked(&level, width);
        let tall = (top as f32 / scale, bottom as f32 / scale);
        Ok(Read { strip: *strip, tall, letters: self.letters(&said, pace, strip.length, tall.1 - tall.0) })
    }

    /// The letters with their places: each reaches halfway to its neighbours, and as far on the other side where there is none.
    fn letters(&self, said: &[Said], pace: f32, length: f32, tall: f32) -> Vec<Letter> {
        let middles: Vec<f32> = said.iter().map(|said| ((said.first + said.last + 1) as f32 / 2.0 * pace).min(length)).collect();
        let place = |at: usize| {
            let here = middles[at];
            let before = at.checked_sub(1).map(|before| here - middles[before]);
            let behind = middles.get(at + 1).map(|behind| behind - here);
            let reach = |to: Option<f32>, or: Option<f32>| (to.or(or).unwrap_or(tall) / 2.0).min(tall * 0.6);
            ((here - reach(before, behind)).max(0.0), (here + reach(behind, before)).min(length))
        };
        let letter = |(at, said): (usize, &Said)| {
            let (from, to) = place(at);
            Letter { character: self.letters[said.what - 1], sure: said.sure, from, to }
        };
        let mut letters: Vec<Letter> = said.iter().enumerate().map(letter).collect();
        widen(&mut letters);
        letters
    }
}

/// How much a pixel differs from the paper at least where there is ink.
const INK: f32 = 48.0;
/// Share of a column or a row of pixels that is inked where a rule of a table runs along it, and of the fullest row where
/// letters are.
const RULE: (f32, f32) = (0.9, 0.7);
const ROW: f32 = 0.06;
/// Rows without ink that part a letter from what is above or below it.
const GAP: usize = 6;

/// The rows of a level strip between which its letters stand: the network marks small ones with much around them.
fn inked(level: &[[f32; 3]], width: usize) -> (usize, usize) {
    let light: Vec<f32> = level.iter().map(|[red, green, blue]| (red + green + blue) / 3.0).collect();
    let mut sorted = light.clone();
    let middle = sorted.len() / 2;
    let paper = *sorted.select_nth_unstable_by(middle, f32::total_cmp).1;
    let is_ink = |row: usize, column: usize| (light[row * width + column] - paper).abs() >= INK;
    let is_rule = |column: &usize| (0..HEIGHT).filter(|row| is_ink(*row, *column)).count() as f32 >= HEIGHT as f32 * RULE.0;
    let columns: Vec<usize> = (0..width).filter(|column| !is_rule(column)).collect();
    let ink = |row: usize| {
        let ink = columns.iter().filter(|column| is_ink(row, **column)).count();
        if ink as f32 > columns.len() as f32 * RULE.1 { 0 } else { ink }
    };
    let rows: Vec<usize> = (0..HEIGHT).map(ink).collect();
    let least = rows.iter().max().map_or(0.0, |fullest| *fullest as f32 * ROW);
    let mut bands: Vec<(usize, usize, usize)> = Vec::new();
    for (row, ink) in rows.into_iter().enumerate().filter(|(_, ink)| *ink > 0 && *ink as f32 >= least) {
        match bands.last_mut() {
            Some((_, bottom, sum)) if row < *bottom + GAP => (*bottom, *sum) = (row + 1, *sum + ink),
            _ => bands.push((row, row + 1, ink)),
        }
    }
    // What reaches in from above or below is no part of the line, however black.
    let within = bands.into_iter().filter(|(top, bottom, _)| *top < HEIGHT * 3 / 4 && *bottom > HEIGHT / 4);
    let (top, bottom, _) = within.max_by_key(|(_, _, ink)| *ink).unwrap_or((0, HEIGHT, 0));
    (top.saturating_sub(1), (bottom + 1).min(HEIGHT))
}

/// Which width a comma has between Chinese letters the network guesses, line by line; there it is always the wide one.
fn widen(letters: &mut [Letter]) {
    let is_wide = |letter: Option<&Letter>| {
        letter.is_some_and(|letter| matches!(letter.character, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff5e}'))
    };
    for at in 0..letters.len() {
        let beside = [at.checked_sub(1).and_then(|before| letters.get(before)), letters.get(at + 1)];
        let character = letters[at].character;
        if matches!(character, ',' | ':' | ';' | '?' | '!' | '(' | ')') && beside.into_iter().any(is_wide) {
            // The wide forms follow the ASCII ones in their order.
            letters[at].character = char::from_u32(character as u32 + 0xfee0).unwrap_or(character);
        }
    }
}

/// One letter, and the steps over which the network said it.
struct Said {
    what: usize,
    sure: f32,
    first: usize,
    last: usize,
}

fn said(says: &[f32], known: usize) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    let mut before = 0;
    for (at, step) in says.chunks_exact(known).enumerate() {
        let (what, sure) = step.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default();
        match all.last_mut() {
            Some(last) if what == before && what != 0 => {
                last.last = at;
                last.sure = last.sure.max(sure);
            }
            _ if what != 0 => all.push(Said { what, sure, first: at, last: at }),
            _ => {}
        }
        before = what;
    }
    all
}
