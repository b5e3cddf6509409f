//! Marks that were read off a page after it had come in: at the door only a name and a text layer are read.

use serde::{Deserialize, Serialize};

use super::Mark;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "read", rename_all = "snake_case")]
pub enum ReadMark {
    /// 绝密, 机密 or 秘密 as papers are marked with it. `page`: position within the scan, from 0.
    Classified { page: u32 },
    /// What a clerk is asked about at the door.
    Sensitive { page: u32, mark: Mark },
}

impl ReadMark {
    /// Position within the scan, from 0.
    pub fn page(&self) -> u32 {
        match self {
            Self::Classified { page } | Self::Sensitive { page, .. } => *page,
        }
    }
}
