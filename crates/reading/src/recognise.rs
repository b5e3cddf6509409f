//! What stands in a strip: a network says for every eighth of its height which letter it is, or none (CTC).

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
    /// By what the network calls them, one less: zero is no letter.
    letters: Vec<char>,
}

/// What was read from a strip.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    pub(crate) strip: Strip,
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
    /// How sure the network is of the letters, on the mean; 0 where there are none.
    pub(crate) fn sure(&self) -> f32 {
        self.letters.iter().map(|letter| letter.sure).sum::<f32>() / self.letters.len().max(1) as f32
    }

    pub(crate) fn corners(&self, letter: &Letter) -> Corners {
        if letter.character == ' ' { Corners::default() } else { self.strip.corners(letter.from, letter.to) }
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
        Ok(Read { strip: *strip, letters: self.letters(&said, pace, strip) })
    }

    fn letters(&self, said: &[Said], pace: f32, strip: &Strip) -> Vec<Letter> {
        let middle = |said: &Said| ((said.first + said.last + 1) as f32 / 2.0 * pace).min(strip.length);
        let reach = strip.height * 0.5;
        let place = |at: usize| {
            let here = middle(&said[at]);
            let before = at.checked_sub(1).map_or(0.0, |before| (middle(&said[before]) + here) / 2.0);
            let behind = said.get(at + 1).map_or(strip.length, |behind| (here + middle(behind)) / 2.0);
            (before.max(here - reach), behind.min(here + reach))
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
