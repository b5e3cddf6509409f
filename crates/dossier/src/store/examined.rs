//! What 检查原件 found.

use std::path::PathBuf;

use scans::Digest;
use serde::Serialize;

use crate::domain::{Document, DocumentId};

/// What was read, and what of it is not as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examined {
    /// Originals and 转换件.
    pub files: u32,
    pub damaged: Vec<Damaged>,
}

/// An original, or a 转换件, that is not as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Damaged {
    pub digest: Digest,
    /// The piece that shows it; of several that were split from one file the first.
    pub document: DocumentId,
    pub title: String,
    /// There is no such file; else its bytes are others.
    pub is_gone: bool,
    /// Where a whole copy of it lies in a backup that is at hand.
    pub copy: Option<PathBuf>,
}

/// The same before a copy of it was looked for.
#[derive(Debug)]
pub struct Unsound {
    pub digest: Digest,
    /// The pieces that show it, at least one, in the order received.
    pub pieces: Vec<Document>,
    /// There is no such file; else its bytes are others.
    pub is_gone: bool,
}
