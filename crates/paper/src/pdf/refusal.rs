//! Why a page was not passed through.

use std::io;

use super::sink::CopyError;
use crate::manuscript::WriteError;

#[derive(Debug)]
pub enum Refusal {
    /// The package can't be written; nothing more to try.
    Output(io::Error),
    /// The scan can't be read, so it can't be drawn either.
    Source(io::Error),
    /// This page can't be passed through as it is; it can still be drawn.
    Unfit(String),
}

impl Refusal {
    pub fn unfit(why: impl Into<String>) -> Self {
        Self::Unfit(why.into())
    }

    /// Turns it into a write error where nothing else is tried; `page` makes the error of the page.
    pub fn into_error(self, page: impl FnOnce(String) -> WriteError) -> WriteError {
        match self {
            Self::Output(error) => WriteError::Output(error),
            Self::Source(error) => page(error.to_string()),
            Self::Unfit(why) => page(why),
        }
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
            CopyError::Source(error) => Self::Source(error),
            CopyError::Output(error) => Self::Output(error),
        }
    }
}
