//! Why a page was not passed through.

use std::io;

use super::sink::CopyError;

#[derive(Debug)]
pub enum Refusal {
    /// The package can't be written; nothing more to try.
    Output(io::Error),
    /// This page can't be passed through as it is; it can still be drawn.
    Unfit(String),
}

impl Refusal {
    pub fn unfit(why: impl Into<String>) -> Self {
        Self::Unfit(why.into())
    }
}

/// Everything that is written goes to the package, so a bare error is one of its disk.
impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<CopyError> for Refusal {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Source(error) => Self::Unfit(error.to_string()),
            CopyError::Output(error) => Self::Output(error),
        }
    }
}
