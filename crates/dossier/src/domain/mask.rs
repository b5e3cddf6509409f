//! 遮盖: bars over what of a page nobody may read outside. A decision beside the scan, which stays as it came; every output is
//! drawn with them.

use scans::{Digest, Mask};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaskId(pub i64);

/// Short name of what is covered of a page, for addresses and names of files; empty where nothing is.
pub fn print(masks: &[Mask]) -> String {
    if masks.is_empty() {
        return String::new();
    }
    let corners: Vec<u8> =
        masks.iter().flat_map(|Mask { x0, y0, x1, y1 }| [x0, y0, x1, y1]).flat_map(|corner| corner.to_be_bytes()).collect();
    Digest::of(&corners).to_string().chars().take(16).collect()
}

/// One bar on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageMask {
    pub id: MaskId,
    /// Position of the page within the scan, from 0.
    pub page: u32,
    pub area: Mask,
}
