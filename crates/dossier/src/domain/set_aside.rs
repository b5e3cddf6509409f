//! 已核对，无需处理: a finding that somebody has looked at and called right as it is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What tells a finding from one check to the next: its kind, what it is about, and a digest of what was judged. Another scan,
/// turn or description makes another key, so a finding comes back by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingKey(pub String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub reason: String,
    pub day: Date,
    pub who: String,
}
