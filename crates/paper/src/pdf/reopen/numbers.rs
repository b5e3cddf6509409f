//! The numbers that stand where a sheet of text leads to others, read off its letters as anybody sees them.

use hayro_syntax::Pdf;
use scans::pdf::{Lettered, lettered};

use super::Link;
use crate::pdf::geometry::Rect;

/// From this share of the page's width on a link is a line of contents, which has its number at its end; a narrower one is a
/// cell of a table, in which nothing else stands.
const WIDE: f64 = 0.5;
/// Letters of a number stand nearer to each other than so many of their heights.
const NEAR: f64 = 0.5;
/// Of two letters the lower one is on another line when it stands so many heights deeper.
const LINE: f64 = 0.6;
/// Between the first and the last number of a stretch.
const THROUGH: char = '—';
/// Leads to the number of a line.
const LEADER: char = '.';

/// A letter and its place on the page, in pt from the lower left corner.
#[derive(Clone, Copy)]
struct Letter {
    character: char,
    at: Rect,
}

/// Reads the numbers of links that stand on one page of `size` pt; where its letters can't be read, none is seen.
pub fn read(pdf: &Pdf, size: (f32, f32), links: &mut [Link]) {
    let Some(page) = links.first().map(|link| link.page as u32) else { return };
    let letters = letters(&lettered(pdf, page).unwrap_or_default(), (f64::from(size.0), f64::from(size.1)));
    for link in links {
        let [x0, y0, x1, y1] = link.rect.map(f64::from);
        let within = |letter: &&Letter| {
            let (x, y) = ((letter.at.x0 + letter.at.x1) / 2.0, (letter.at.y0 + letter.at.y1) / 2.0);
            (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
        };
        let held = lines(letters.iter().filter(within).copied().collect());
        let number = if x1 - x0 > f64::from(size.0) * WIDE { at_end(held.last()) } else { first(&held) };
        link.number = Some(number);
    }
}

fn letters(read: &Lettered, (width, height): (f64, f64)) -> Vec<Letter> {
    let place = |[x0, y0, x1, y1]: [u16; 4]| {
        let share = |part: u16, of: f64| f64::from(part) / 10_000.0 * of;
        Rect { x0: share(x0, width), y0: height - share(y1, height), x1: share(x1, width), y1: height - share(y0, height) }
    };
    let letters = read.text.chars().zip(&read.boxes).filter(|(character, _)| !character.is_whitespace());
    letters.map(|(character, at)| Letter { character, at: place(*at) }).collect()
}

/// From the top down, each from the left.
fn lines(mut letters: Vec<Letter>) -> Vec<Vec<Letter>> {
    letters.sort_by(|one, other| other.at.y0.total_cmp(&one.at.y0));
    let mut lines: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match lines.last_mut() {
            Some(line) if line[0].at.y0 - letter.at.y0 < line[0].at.height() * LINE => line.push(letter),
            _ => lines.push(vec![letter]),
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.at.x0.total_cmp(&other.at.x0));
    }
    lines
}

/// What stands together at the right end of a line.
fn at_end(line: Option<&Vec<Letter>>) -> String {
    let mut number: Vec<char> = Vec::new();
    let mut next: Option<Letter> = None;
    for letter in line.into_iter().flatten().rev() {
        let apart = next.is_some_and(|next| next.at.x0 - letter.at.x1 > next.at.height() * NEAR);
        if apart || letter.character == LEADER {
            break;
        }
        number.push(letter.character);
        next = Some(*letter);
    }
    number.iter().rev().collect()
}

/// The first number of a cell.
fn first(lines: &[Vec<Letter>]) -> String {
    lines.iter().flatten().map(|letter| letter.character).take_while(|character| *character != THROUGH).collect()
}
