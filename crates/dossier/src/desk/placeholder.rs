//! 「本件另存，现场备查」: a page that stands for what may not lie on this computer.

use std::path::PathBuf;

use scans::Watch;

use super::Desk;
use crate::domain::{DocumentId, IndicatorCode};
use crate::error::{Error, Result};
use crate::intake::Placeholder;
use crate::store::{FileAct, NotReceived};
use crate::wording::package::KEPT_ELSEWHERE;

impl Desk {
    /// Puts a placeholder page under a leaf. `title` is what may be said openly of the piece; empty is well.
    ///
    /// # Errors
    /// [`Error::NoSuchIndicator`], what the disk says.
    pub fn hold_place(&self, code: &IndicatorCode, title: &str) -> Result<DocumentId> {
        self.placeholder(code, title, &jiff::Timestamp::now().to_string())
    }

    /// The same for what happened at a moment: put again, it is the one that stands there.
    pub(super) fn placeholder(&self, code: &IndicatorCode, title: &str, moment: &str) -> Result<DocumentId> {
        if self.catalogue.leaf(code).is_none() {
            return Err(Error::NoSuchIndicator { code: code.clone() });
        }
        let placeholder = Placeholder { words: KEPT_ELSEWHERE, code: code.clone(), title: title.to_owned() };
        let name = placeholder.name();
        let bytes = placeholder.bytes(moment);
        let source = PathBuf::from(&name);
        let incoming = self.store.vault().receive(bytes.as_slice(), &Watch::silent()).map_err(|failed| match failed {
            NotReceived::Ours(error) => error,
            NotReceived::Source(error) => Error::file(FileAct::Read, &source, error),
        })?;
        self.store.put(incoming, &placeholder.coming(name, String::new(), None), code)
    }
}
