//! The first step of every file: its bytes copied into the project, or why they can't be.

use std::io::Read as _;

use scans::inspected::Limit;
use scans::{Kind, Trouble, Watch, limits};

use super::path::split;
use super::survey;
use crate::domain::{Reason, Verdict};
use crate::error::Result;
use crate::store::{Candidate, Incoming, NotReceived, Store};

/// The result of copying a source.
pub(super) enum Copied {
    Here(Incoming),
    Decided(Verdict),
}

/// Copies one file into incoming/, or says why not.
pub(super) fn copy(store: &Store, candidate: &Candidate, watch: &Watch) -> Result<Copied> {
    if candidate.source.as_os_str().is_empty() {
        return Ok(Copied::Decided(Verdict::Refused { reason: Reason::Classified }));
    }
    let (file, before) = match survey::open(&candidate.source, split(&candidate.path).1) {
        Ok(opened) => opened,
        Err(verdict) => return Ok(Copied::Decided(verdict)),
    };
    if before.len() > limits::FILE_BYTES {
        let trouble = Trouble::OverLimit { limit: Limit::Bytes, found: before.len(), most: limits::FILE_BYTES };
        return Ok(Copied::Decided(Verdict::Refused { reason: Reason::Trouble { kind: Kind::Unknown, trouble } }));
    }
    // One byte more than it had shows that it grows; one that grows for ever is not followed.
    match store.vault().receive((&file).take(before.len() + 1), watch) {
        Ok(incoming) => {
            // A file that is still being written would be kept torn.
            let same = file.metadata().is_ok_and(|after| after.len() == incoming.bytes && after.modified().ok() == before.modified().ok());
            Ok(if same { Copied::Here(incoming) } else { Copied::Decided(Verdict::Refused { reason: Reason::Changed }) })
        }
        Err(NotReceived::Source(error)) => Ok(Copied::Decided(Verdict::Refused { reason: survey::trouble(&error) })),
        Err(NotReceived::Ours(error)) => Err(error),
    }
}
