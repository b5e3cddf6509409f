//! What is drawn on one page or form, as a PDF writes it, and the resources it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use hayro::kurbo::{Affine, Point, Rect};

use crate::inspected::{Limit, Trouble};
use crate::limits;

/// Numbers from which on a reader of PDF need not go along.
const LARGEST: f64 = 1e8;

/// Operators and their operands.
#[derive(Debug, Default)]
pub(super) struct Written {
    content: String,
    /// A number that no page can show was met.
    absurd: bool,
}

impl Written {
    pub(super) fn say(&mut self, words: &str) {
        self.content.push_str(words);
    }

    pub(super) fn number(&mut self, value: f64) {
        if !value.is_finite() || value.abs() > LARGEST {
            self.absurd = true;
            return;
        }
        let from = self.content.len();
        let _ = write!(self.content, "{value:.5}");
        let kept = self.content.trim_end_matches('0').trim_end_matches('.').len();
        self.content.truncate(kept);
        if &self.content[from..] == "-0" {
            self.content.replace_range(from.., "0");
        }
    }

    /// Numbers, then the operator.
    pub(super) fn numbers(&mut self, values: &[f64], operator: &str) {
        for value in values {
            self.number(*value);
            self.content.push(' ');
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }

    pub(super) fn points(&mut self, placed: Affine, points: &[Point], operator: &str) {
        for point in points {
            let at = placed * *point;
            self.number(at.x);
            self.content.push(' ');
            self.number(at.y);
            self.content.push(' ');
        }
        self.content.push_str(operator);
        self.content.push('\n');
    }

    pub(super) fn matrix(&mut self, matrix: Affine, operator: &str) {
        self.numbers(&matrix.as_coeffs(), operator);
    }

    /// The four corners of a box, wherever they come to lie.
    pub(super) fn area(&mut self, placed: Affine, area: Rect) {
        let corners = [(area.x0, area.y0), (area.x1, area.y0), (area.x1, area.y1), (area.x0, area.y1)].map(Point::from);
        self.points(placed, &corners[..1], "m");
        corners[1..].iter().for_each(|corner| self.points(placed, &[*corner], "l"));
        self.say("h\n");
    }

    /// # Errors
    /// [`Trouble::Damaged`] where something lies beyond any paper, [`Trouble::OverLimit`].
    pub(super) fn finish(self) -> Result<String, Trouble> {
        if self.absurd {
            return Err(Trouble::damaged("something lies beyond any paper"));
        }
        Ok(self.content)
    }
}

#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) out: Written,
    /// By kind of resource and object number.
    named: BTreeMap<(&'static str, char), BTreeSet<u32>>,
    /// Whether anything was drawn.
    pub(super) marked: bool,
}

impl Canvas {
    /// The name, with its slash, of a resource that is object `number`.
    pub(super) fn name(&mut self, kind: Named, number: u32) -> String {
        let (list, letter) = kind.spelt();
        self.named.entry((list, letter)).or_default().insert(number);
        format!("/{letter}{number}")
    }

    /// Shows an image or a form in the square that `matrix` makes of 1 × 1.
    pub(super) fn show(&mut self, object: u32, matrix: Affine) {
        let name = self.name(Named::Shown, object);
        self.out.matrix(matrix, "cm");
        self.out.say(&format!("{name} Do\n"));
        self.marked = true;
    }

    /// Draws what follows with this graphics state.
    pub(super) fn apply(&mut self, state: u32) {
        let name = self.name(Named::State, state);
        self.out.say(&format!("{name} gs\n"));
    }

    /// The entries of its dictionary of resources, and the content.
    pub(super) fn finish(self) -> Result<(String, String), Trouble> {
        let mut entries = String::new();
        for ((list, letter), numbers) in &self.named {
            let _ = write!(entries, "/{list}<<");
            for number in numbers {
                let _ = write!(entries, "/{letter}{number} {number} 0 R");
            }
            entries.push_str(">>");
        }
        Ok((entries, self.out.finish()?))
    }

    /// Refuses a page whose content grows beyond any that was made to be read.
    pub(super) fn fits(&self) -> Result<(), Trouble> {
        let found = self.out.content.len() as u64;
        if found > limits::XML_BYTES { Err(Trouble::OverLimit { limit: Limit::Bytes, found, most: limits::XML_BYTES }) } else { Ok(()) }
    }
}

/// The kinds of resources that are named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Font,
    State,
    Shown,
    Pattern,
}

impl Named {
    fn spelt(self) -> (&'static str, char) {
        match self {
            Self::Font => ("Font", 'F'),
            Self::State => ("ExtGState", 'G'),
            Self::Shown => ("XObject", 'X'),
            Self::Pattern => ("Pattern", 'P'),
        }
    }
}
