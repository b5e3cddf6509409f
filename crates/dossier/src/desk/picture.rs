//! Pictures of pages, drawn by workers and kept under derived/.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use paper::Manuscript;
use paper::font::Face;
use scans::worker::Worker;
use scans::{Digest, Framing, Look, Watch};

use crate::compile;
use crate::domain::{Document, DocumentId, mask};
use crate::error::{Error, Made, Result};
use crate::store::{FileAct, layout};

use super::Desk;

/// Drawings that were made otherwise are not used any more once this is raised.
const VERSION: u32 = 1;
/// Longest side of a picture that is asked for, in pixels.
const SIDES: std::ops::RangeInclusive<u32> = 32..=4096;
/// Two draw at once: office computers have two cores.
const WORKERS: usize = 2;

/// Workers that draw pages; each is started when it is first needed. Whoever asked last is served first: a clerk who leafs on is
/// past the pages that were asked for before, and nobody takes those requests back.
pub(crate) struct Workers {
    queue: Mutex<Queue>,
    freed: Condvar,
}

struct Queue {
    free: [Option<Worker>; WORKERS],
    /// Numbers of those who wait; the greatest asked last.
    waiting: BTreeSet<u64>,
    next: u64,
}

impl Workers {
    pub(crate) fn new(program: &Path) -> Self {
        let free = std::array::from_fn(|_| Some(Worker::new(program.to_owned())));
        Self { queue: Mutex::new(Queue { free, waiting: BTreeSet::new(), next: 0 }), freed: Condvar::new() }
    }

    /// Pages of one scan go to the same worker while it is free, which then holds the scan already.
    pub(crate) fn draw<T>(&self, scan: Digest, act: impl FnOnce(&mut Worker) -> T) -> T {
        let mut taken = self.take(usize::from(scan.0[0]) % WORKERS);
        act(taken.worker.as_mut().expect("it is given back at the end"))
    }

    fn take(&self, first: usize) -> Taken<'_> {
        let mut queue = self.queue();
        let own = queue.next;
        queue.next += 1;
        queue.waiting.insert(own);
        loop {
            let free = (first..WORKERS).chain(0..first).find(|at| queue.free[*at].is_some());
            if let Some(at) = free
                && queue.waiting.last() == Some(&own)
            {
                queue.waiting.remove(&own);
                // The one who asked before may find the other worker free.
                self.freed.notify_all();
                return Taken { workers: self, at, worker: queue.free[at].take() };
            }
            queue = self.freed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A worker that draws; it goes back also when drawing panics.
struct Taken<'a> {
    workers: &'a Workers,
    at: usize,
    worker: Option<Worker>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.workers.queue().free[self.at] = self.worker.take();
        self.workers.freed.notify_all();
    }
}

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Workers")
    }
}

impl Desk {
    /// A page as it is shown, with the clerk's edits and bars, as JPEG whose longer side is at most `max_side` pixels.
    ///
    /// # Errors
    /// [`Error::NoPicture`] when the page can't be drawn, [`Error::DamagedScan`] when the scan is gone.
    pub fn picture(&self, id: DocumentId, page: u32, max_side: u32) -> Result<Vec<u8>> {
        let document = self.document(id)?;
        let found = document.pages.iter().find(|found| found.index == page).ok_or(Error::NoSuchPage { document: id, page })?;
        let look = document.look(found);
        self.picture_as(document, page, &look, max_side)
    }

    /// A page as it would be shown with a look that is not the clerk's, or not yet.
    ///
    /// # Errors
    /// As [`Desk::picture`].
    pub fn picture_as(&self, document: Document, page: u32, look: &Look, max_side: u32) -> Result<Vec<u8>> {
        let id = document.id;
        let max_side = max_side.clamp(*SIDES.start(), *SIDES.end());
        let shown = document.shown();
        if document.is_slip() {
            return self.slip_picture(&document, max_side);
        }
        let path = self.kept_picture(shown.digest, page, look, max_side);
        if let Some(jpeg) = std::fs::read(&path).ok().filter(|jpeg| is_whole(jpeg)) {
            return Ok(jpeg);
        }
        let gone = |_| Error::DamagedScan { document: id, name: document.original_name.clone() };
        let scan = self.store.vault().open(shown.digest).map_err(gone)?;
        let drawn = self.workers.draw(shown.digest, |worker| worker.picture(&scan, shown.bytes, page, max_side, look));
        let jpeg = drawn.map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })?.map_err(|trouble| {
            let number = document.number_of(page).unwrap_or(1);
            Error::NoPicture { name: document.original_name, number, detail: trouble.to_string() }
        })?;
        // A picture that can't be kept is drawn again next time.
        let _ = self.store.keep_derived(id, &path, &jpeg);
        Ok(jpeg)
    }

    /// The slip page of an attachment as it would be printed now.
    fn slip_picture(&self, document: &Document, max_side: u32) -> Result<Vec<u8>> {
        self.printed_picture(&compile::slip(document), max_side)
    }

    /// A manuscript of one sheet as it would be printed now, by the writer that compiles.
    pub(super) fn printed_picture(&self, manuscript: &Manuscript, max_side: u32) -> Result<Vec<u8>> {
        let max_side = max_side.clamp(*SIDES.start(), *SIDES.end());
        let fonts = self.fonts()?;
        let set_in: Vec<&Path> = Face::ALL.into_iter().map(|face| fonts.path(face)).collect();
        let said = serde_json::to_vec(&(manuscript, set_in)).map_err(|source| Error::Json { what: "manuscript", source })?;
        let key = Digest::of(&said);
        let path = self.kept_picture(key, 0, &Look::default(), max_side);
        if let Some(jpeg) = std::fs::read(&path).ok().filter(|jpeg| is_whole(jpeg)) {
            return Ok(jpeg);
        }
        let folder = self.store.work().join(layout::INCOMING);
        let failed = |source| Error::file(FileAct::Create, &folder, source);
        let written = tempfile::Builder::new().suffix(".part").tempfile_in(&folder).map_err(failed)?.into_temp_path();
        paper::pdf::write(manuscript, self.store.vault(), &fonts, &written, &Watch::silent())
            .map_err(|error| Error::writing(Made::Preview, error, &written))?;
        let file = std::fs::File::open(&written).map_err(failed)?;
        let bytes = file.metadata().map_err(failed)?.len();
        let drawn = self.workers.draw(key, |worker| worker.picture(&file, bytes, 0, max_side, &Look::default()));
        let jpeg = drawn
            .map_err(|source| Error::NoWorker { program: self.around.worker.clone(), source })?
            .map_err(|trouble| Error::NoPicture { name: manuscript.title.clone(), number: 1, detail: trouble.to_string() })?;
        let _ = self.keep_picture(&path, &jpeg);
        Ok(jpeg)
    }

    fn kept_picture(&self, scan: Digest, page: u32, Look { masks, framing, turn }: &Look, max_side: u32) -> PathBuf {
        let name = scan.to_string();
        let Framing { tilt, x0, y0, x1, y1 } = framing;
        let framed = if framing.is_whole() { String::new() } else { format!("-{tilt}_{x0}_{y0}_{x1}_{y1}") };
        let masked = if masks.is_empty() { String::new() } else { format!("-m{}", mask::print(masks)) };
        self.store
            .work()
            .join(layout::DERIVED)
            .join(&name[..2])
            .join(format!("{name}-{page}-{turn}{framed}{masked}-{max_side}-v{VERSION}.jpg"))
    }

    fn keep_picture(&self, path: &Path, jpeg: &[u8]) -> Result<()> {
        let files = self.store.files();
        files.make_folder(path.parent().expect("a picture lies in a folder"))?;
        files.write_derived(path, jpeg)
    }
}

/// What is derived is not synced, so a power cut may leave it torn: begin and end of a JPEG are looked at.
fn is_whole(jpeg: &[u8]) -> bool {
    jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9])
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_asked_last_is_served_first() {
        let workers = Workers::new(Path::new("none"));
        let scan = |first: u8| Digest([first; 32]);
        let (served, order) = mpsc::channel();
        thread::scope(|scope| {
            let busy: Vec<_> = (0..WORKERS as u8).map(|at| (at, mpsc::channel::<()>())).collect();
            let mut ends = Vec::new();
            for (at, (end, ended)) in busy {
                ends.push(end);
                let workers = &workers;
                scope.spawn(move || workers.draw(scan(at), |_| ended.recv().expect("it is ended below")));
            }
            let until = |done: &dyn Fn(&Queue) -> bool| {
                while !done(&workers.queue()) {
                    thread::sleep(Duration::from_millis(1));
                }
            };
            until(&|queue| queue.free.iter().all(Option::is_none));
            for asked in 0..3 {
                let (workers, served) = (&workers, served.clone());
                scope.spawn(move || workers.draw(scan(0), |_| served.send(asked).expect("it is heard below")));
                until(&|queue| queue.waiting.len() == asked + 1);
            }
            // One of them is free, and serves all three.
            ends.remove(0).send(()).expect("it waits");
            assert_eq!(order.iter().take(3).collect::<Vec<_>>(), [2, 1, 0]);
            ends.remove(0).send(()).expect("it waits");
        });
    }

    #[test]
    fn a_worker_comes_back_from_what_panics() {
        let workers = Workers::new(Path::new("none"));
        for _ in 0..=WORKERS {
            let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| workers.draw(Digest([0; 32]), |_| panic!("drawing"))));
            assert!(drawn.is_err());
        }
        assert!(workers.queue().free.iter().all(Option::is_some));
    }
}
