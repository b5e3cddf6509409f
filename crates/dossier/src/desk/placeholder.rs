//! 「本件另存，现场备查」: a page that stands for what may not lie on this computer.

use std::path::PathBuf;

use scans::{Kind, Watch};

use super::Desk;
use crate::domain::{Description, DocumentId, IndicatorCode, Verdict};
use crate::error::{Error, Result};
use crate::intake::SLIP;
use crate::store::{Accepted, Coming, Deed, FileAct, Listed, NotReceived};
use crate::wording::package as words;

impl Desk {
    /// Puts a placeholder page under a leaf. `title` is what may be said openly of the piece; empty is well.
    ///
    /// # Errors
    /// [`Error::NoSuchIndicator`], what the disk says.
    pub fn hold_place(&self, code: &IndicatorCode, title: &str) -> Result<DocumentId> {
        if self.catalogue.leaf(code).is_none() {
            return Err(Error::NoSuchIndicator { code: code.clone() });
        }
        let name = format!("{}.txt", words::KEPT_ELSEWHERE);
        // The moment makes each of them a piece of its own.
        let bytes = format!("{}\n{code}　{title}\n{}\n", words::KEPT_ELSEWHERE, jiff::Timestamp::now());
        let source = PathBuf::from(&name);
        let batch = self.store.begin_batch(std::slice::from_ref(&source))?;
        let listed = Listed { source: source.clone(), path: name.clone(), bytes: bytes.len() as u64 };
        let candidate = self.store.list(batch, &[listed])?[0];
        let incoming = self.store.vault().receive(bytes.as_bytes(), &Watch::silent()).map_err(|failed| match failed {
            NotReceived::Ours(error) => error,
            NotReceived::Source(error) => Error::file(FileAct::Read, &source, error),
        })?;
        let title = if title.is_empty() { words::KEPT_ELSEWHERE } else { title };
        let coming = Coming {
            kind: Kind::Text,
            name,
            folder: String::new(),
            pages: vec![SLIP],
            text: String::new(),
            description: Description { title: title.to_owned(), ..Description::default() },
            suggestion: None,
        };
        let verdict = self.store.accept(candidate, Accepted { incoming, rendition: None, paging: None, coming })?;
        self.store.finish_batch(batch, &Deed::Intake { batch, accepted: 1, duplicate: 0, refused: 0, pending: 0 })?;
        let (Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document }) = verdict else {
            return Err(Error::NoSuchCandidate);
        };
        self.file(&[document], code)?;
        Ok(document)
    }
}
