//! Numbers, boxes and matrices as an OFD writes them. What is no number, or lies beyond any paper, is damage.

use hayro::kurbo::{Affine, Rect};

use super::xml::Element;
use crate::inspected::Trouble;

/// Millimetres beyond which nothing can be meant.
const FARTHEST: f64 = 1e6;

pub(super) fn number(text: &str) -> Result<f64, Trouble> {
    match text.trim().parse::<f64>() {
        Ok(value) if value.abs() <= FARTHEST => Ok(value),
        _ => Err(Trouble::damaged(format!("“{}” is no number", text.chars().take(20).collect::<String>()))),
    }
}

pub(super) fn numbers(text: &str) -> Result<Vec<f64>, Trouble> {
    text.split_whitespace().map(number).collect()
}

fn exactly<const N: usize>(text: &str) -> Result<[f64; N], Trouble> {
    numbers(text)?.try_into().map_err(|_| Trouble::damaged(format!("not {N} numbers")))
}

impl Element {
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, Trouble> {
        self.attribute(name).map(number).transpose()
    }

    /// A box (ST_Box) in mm.
    pub(super) fn area(&self, name: &str) -> Result<Option<Rect>, Trouble> {
        self.attribute(name).map(area).transpose()
    }

    /// The matrix that places an object in its boundary.
    pub(super) fn ctm(&self) -> Result<Affine, Trouble> {
        Ok(self.attribute("CTM").map(exactly::<6>).transpose()?.map_or(Affine::IDENTITY, Affine::new))
    }
}

/// A box: left, top, width and height.
pub(super) fn area(text: &str) -> Result<Rect, Trouble> {
    let [left, top, width, height] = exactly(text)?;
    Ok(Rect::new(left, top, left + width, top + height))
}

/// `g n v` stands for n times v; never more than `most` of them.
pub(super) fn deltas(text: &str, most: usize) -> Result<Vec<f64>, Trouble> {
    let mut out = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word != "g" {
            out.push(number(word)?);
        } else {
            let times = words.next().and_then(|word| word.parse::<usize>().ok());
            let (Some(times), Some(value)) = (times, words.next()) else { return Err(Trouble::damaged("a repetition that breaks off")) };
            out.extend(std::iter::repeat_n(number(value)?, times.min(most)));
        }
        if out.len() > most {
            break;
        }
    }
    out.truncate(most);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{deltas, number};

    #[test]
    fn repeated_distances_are_written_once() {
        assert_eq!(deltas("g 3 5.5 1", 9).unwrap(), [5.5, 5.5, 5.5, 1.0]);
        assert_eq!(deltas("g 4000000000 2", 3).unwrap(), [2.0; 3]);
        assert!(deltas("g 3", 9).is_err());
    }

    #[test]
    fn what_is_no_number_is_damage() {
        for text in ["", "NaN", "inf", "1e300", "12mm"] {
            assert!(number(text).is_err(), "{text}");
        }
        assert_eq!(number(" -1.5 ").unwrap(), -1.5);
    }
}
