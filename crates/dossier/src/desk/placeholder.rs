//! 「本件另存，现场备查」: a page that stands for what may not lie on this computer.

use std::path::PathBuf;

use scans::Watch;

use super::Desk;
use crate::domain::{DocumentId, IndicatorCode, Verdict};
use crate::error::{Error, Result};
use crate::intake::Placeholder;
use crate::store::{Accepted, Deed, FileAct, Listed, NotReceived};
use crate::wording::package::KEPT_ELSEWHERE;

impl Desk {
    /// Puts a placeholder page under a leaf. `title` is what may be said openly of the piece; empty is well.
    ///
    /// # Errors
    /// [`Error::NoSuchIndicator`], what the disk says.
    pub fn hold_place(&self, code: &IndicatorCode, title: &str) -> Result<DocumentId> {
        if self.catalogue.leaf(code).is_none() {
            return Err(Error::NoSuchIndicator { code: code.clone() });
        }
        let placeholder = Placeholder { words: KEPT_ELSEWHERE, code: code.clone(), title: title.to_owned() };
        let name = placeholder.name();
        let bytes = placeholder.bytes(jiff::Timestamp::now());
        let source = PathBuf::from(&name);
        let batch = self.store.begin_batch(std::slice::from_ref(&source))?;
        let listed = Listed { source: source.clone(), path: name.clone(), bytes: bytes.len() as u64 };
        let candidate = self.store.list(batch, &[listed])?[0];
        let incoming = self.store.vault().receive(bytes.as_slice(), &Watch::silent()).map_err(|failed| match failed {
            NotReceived::Ours(error) => error,
            NotReceived::Source(error) => Error::file(FileAct::Read, &source, error),
        })?;
        let coming = placeholder.coming(name, String::new(), None);
        let verdict = self.store.accept(candidate, Accepted { incoming, rendition: None, paging: None, pile: false, coming })?;
        self.store.finish_batch(batch, &Deed::Intake { batch, accepted: 1, duplicate: 0, refused: 0, pending: 0 })?;
        let (Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document }) = verdict else {
            return Err(Error::NoSuchCandidate);
        };
        self.file(&[document], code)?;
        Ok(document)
    }
}
