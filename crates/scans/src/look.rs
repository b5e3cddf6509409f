//! How a page is shown: what the clerk made of it, beside a scan that stays as it came.

use serde::{Deserialize, Serialize};

use crate::framing::Framing;
use crate::mask::Mask;

/// The default shows a page as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Bars over the page as it came, which is then framed and turned.
    pub masks: Vec<Mask>,
    pub framing: Framing,
    /// Clockwise: 0, 90, 180 or 270 degrees.
    pub turn: u16,
}
