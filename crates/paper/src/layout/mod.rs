//! From blocks to paper: lines, pages, and the place of every word.
//!
//! [`deal`] asks no font, so a PDF and a DOCX turn the page at the same word on every computer. [`place`] draws what was
//! dealt, with real widths.

pub mod deal;
pub mod labels;
pub mod lines;
pub mod measure;
pub mod place;
pub mod separator;

pub use deal::deal;
pub use labels::{Direction, Field, Label, labels};
pub use measure::height;
pub use place::{Line, Placed, PlacedRun, Rect, place};
pub use separator::{Separator, separators};
