//! 页面状况: how pages were scanned, looked at behind what the clerk is doing.

use std::fs::File;
use std::time::Duration;

use scans::worker::Worker;
use scans::{Condition, Watch};

use super::Desk;
use crate::domain::{Document, DocumentId};
use crate::error::{Error, Result};
use crate::store::condition;

/// Pages that are written down at a time.
const PART: usize = 64;
/// How long one page may take: the worker stands back, and may have to wait for others.
const PATIENCE: Duration = Duration::from_secs(60);

impl Desk {
    /// Looks at how pages were scanned that came in since the last time, in the order received; [`Desk::check`] knows it
    /// then. A worker of its own does it, so that nobody who asks for a picture waits. What was looked at before a stop is kept.
    ///
    /// # Errors
    /// [`Error::Cancelled`], what the index says. Of a page that can't be drawn nothing is said.
    pub fn look_over(&self, watch: &Watch) -> Result<()> {
        self.store.writable()?;
        let unknown = self.store.read(condition::unknown)?;
        let mut seen = Vec::new();
        let ended = self.look_at(&unknown, watch, &mut seen);
        self.store.keep_conditions(&seen)?;
        ended
    }

    fn look_at(&self, unknown: &[(DocumentId, u32)], watch: &Watch, seen: &mut Vec<(DocumentId, u32, Condition)>) -> Result<()> {
        let (mut worker, mut done) = (Worker::new(self.around.worker.clone()).with_patience(PATIENCE), 0);
        for pages in unknown.chunk_by(|(one, _), (other, _)| one == other) {
            let document = self.document(pages[0].0)?;
            // A slip is ours, and looks as it should.
            let scan = self.store.vault().open(document.shown().digest).ok().filter(|_| !document.is_slip());
            for (id, page) in pages {
                watch.go_on()?;
                watch.step(done, unknown.len() as u64, document.original_name.as_str());
                seen.push((*id, *page, self.condition(&mut worker, &document, scan.as_ref(), *page)?));
                done += 1;
                if seen.len() >= PART {
                    self.store.keep_conditions(&std::mem::take(seen))?;
                }
            }
        }
        Ok(())
    }

    fn condition(&self, worker: &mut Worker, document: &Document, scan: Option<&File>, page: u32) -> Result<Condition> {
        let Some(scan) = scan else { return Ok(Condition::default()) };
        let looked = worker.condition(scan, document.shown().bytes, page);
        let looked = looked.map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })?;
        Ok(looked.unwrap_or_default())
    }
}
