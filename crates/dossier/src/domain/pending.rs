//! 待确认: files that wait for the clerk in a batch, and are no pieces yet.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub i64);

/// How many files of one batch wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingFiles {
    pub batch: BatchId,
    /// When the batch was begun.
    pub began: jiff::Timestamp,
    /// At least one.
    pub files: u32,
}
