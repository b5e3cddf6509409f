//! What a command rejects with: a sentence for the clerk, and a word for the screen to act on.

use dossier::exchange::CatalogueError;
use dossier::{Error, wording};
use serde::Serialize;
use specta::Type;

#[derive(Debug, Clone, Serialize, Type)]
pub struct Problem {
    pub sentence: String,
    pub code: ProblemCode,
}

/// What the screen can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProblemCode {
    /// The index is damaged: 恢复项目 is offered.
    Damaged,
    /// The project is open elsewhere, or lies on a share: 只读查看 is offered.
    Elsewhere,
    /// Nothing is open: the start screen comes up.
    NoProject,
    /// The clerk stopped it; no message is needed.
    Cancelled,
    Other,
}

impl Problem {
    pub fn saying(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: ProblemCode::Other }
    }

    pub fn no_project() -> Self {
        Self { sentence: wording::window::NO_PROJECT.to_owned(), code: ProblemCode::NoProject }
    }

    /// A broken promise of ours, caught at the command; the log has the rest.
    pub fn broken(error: &dyn std::fmt::Display) -> Self {
        log::error!("{error}");
        Self::saying(wording::window::BROKEN)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Damaged { .. } => ProblemCode::Damaged,
            Error::InUse { .. } | Error::OnShare { .. } => ProblemCode::Elsewhere,
            Error::Cancelled(_) => ProblemCode::Cancelled,
            _ => ProblemCode::Other,
        };
        log::warn!("{error}");
        Self { sentence: error.sentence(), code }
    }
}

impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        log::warn!("{error}");
        Self::saying(wording::catalogue::sentences(&error).join("\n"))
    }
}
