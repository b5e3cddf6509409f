//! 佐证红线: straight red lines under the words of a page that prove the point. A layer: the scan stays as it came.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MarkId(pub i64);

/// One red line on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofMark {
    pub id: MarkId,
    /// Position of the page within the scan, from 0.
    pub page: u32,
    pub line: Line,
}

/// From one point to another, in ten-thousandths of the width and height of the page as it came (upright by its own
/// orientation, before the clerk's turn), from its upper left corner. So a line stays under its words when the page is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl Line {
    /// The width and the height of the page.
    pub const WHOLE: u16 = 10_000;

    /// Whether the line lies on the page and has a length.
    pub fn is_drawn(self) -> bool {
        [self.x0, self.y0, self.x1, self.y1].into_iter().all(|share| share <= Self::WHOLE) && (self.x0, self.y0) != (self.x1, self.y1)
    }
}
