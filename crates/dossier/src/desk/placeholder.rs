//! 「本件另存，现场备查」: a page that stands for what may not lie on this computer.

use std::path::PathBuf;

use scans::{Kind, Watch};

use super::Desk;
use crate::domain::{Description, DocumentId, IndicatorCode};
use crate::error::{Error, Result};
use crate::intake::SLIP;
use crate::store::{Coming, FileAct, NotReceived};
use crate::wording::package as words;

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
        let name = format!("{}.txt", words::KEPT_ELSEWHERE);
        // The moment makes each of them a piece of its own.
        let bytes = format!("{}\n{code}　{title}\n{moment}\n", words::KEPT_ELSEWHERE);
        let source = PathBuf::from(&name);
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
        self.store.put(incoming, &coming, code)
    }
}
