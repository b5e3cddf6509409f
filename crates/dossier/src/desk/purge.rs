//! 彻底清除: what is found to be classified only after it came in is taken out of the project, and a placeholder stands where it was.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Desk;
use crate::compile::{Package, Report};
use crate::domain::{Document, DocumentId};
use crate::error::{Error, Result};
use crate::store::purge::{Condemned, Purged};
use crate::store::{Deed, FileAct, layout};
use crate::wording::package as words;

impl Desk {
    /// The pieces that go when one is purged, itself first: parts of the same file, what it was joined into, the message that it was
    /// attached to. They share its bytes, so none can stay.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], what the index says.
    pub fn purged_with(&self, id: DocumentId) -> Result<Vec<Document>> {
        let mut all = vec![self.document(id)?];
        for other in self.store.reach(&[id])?.into_iter().filter(|other| *other != id) {
            // A part whose split was undone is no piece, and goes silently.
            match self.document(other) {
                Err(Error::NoSuchDocument(_)) => {}
                found => all.push(found?),
            }
        }
        Ok(all)
    }

    /// Takes a piece out of the project for good, with all that shares its bytes: what was received, pictures, letters, text, names
    /// also in the journal, packages that it stands in, and copies of the index. A placeholder stands under its leaves instead.
    /// This can't be undone, and neither can any act before it. Stopped in the middle, it is ended when the project is opened next,
    /// or by another purge.
    ///
    /// # Errors
    /// [`Error::NoSuchDocument`], what the disk says: the project stays usable, and the purge can be asked for again.
    pub fn purge(&self, id: DocumentId) -> Result<Purged> {
        self.document(id)?;
        self.store.condemn(&[id])?;
        self.end_purge()
    }

    /// Ends a purge that was stopped.
    pub(super) fn end_purge(&self) -> Result<Purged> {
        let _no_copy = self.copying.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(gone) = self.store.condemned()? else { return Ok(Purged::default()) };
        let (own, mut elsewhere) = self.own_packages(&gone)?;
        let holding: Vec<&OwnPackage> = own.iter().filter(|package| package.holds).collect();
        holding.iter().flat_map(|package| &package.files).try_for_each(|path| self.store.files().shred(path))?;
        let made: Vec<Package> = self.packages()?;
        // A project that was moved says where its packages lay before.
        let is_of = |package: &Package, own: &OwnPackage| {
            package.report == own.report || (package.report.file_name() == own.report.file_name() && !package.report.exists())
        };
        let (gone_with, others): (Vec<&Package>, Vec<&Package>) =
            made.iter().partition(|package| holding.iter().any(|own| is_of(package, own)));
        let outside = others.into_iter().filter(|package| !own.iter().any(|own| is_of(package, own)) && holds(&package.report, &gone));
        elsewhere.extend(outside.flat_map(|package| package.files.iter().cloned()));
        for act in self.store.history(usize::MAX)? {
            if let Deed::BackUp { place, .. } | Deed::Seal { path: place, .. } = act.deed {
                elsewhere.insert(PathBuf::from(place));
            }
        }
        self.store.take_files(&gone)?;
        let reports = gone_with.iter().map(|package| package.report.display().to_string()).collect();
        self.store.take_rows(&gone, &reports)?;
        for leaf in &gone.leaves {
            self.placeholder(leaf, "", &gone.asked_at)?;
        }
        self.printed.forget();
        self.last_edition.forget();
        let pieces = gone.documents.len() as u32;
        self.store.end_purge(&Deed::Purge { pieces })?;
        elsewhere.retain(|place| place.exists());
        Ok(Purged { pieces, packages: holding.len() as u32, elsewhere: elsewhere.into_iter().collect() })
    }

    /// Packages that lie in the project, told by their reports; and what lies among them and is none, such as lists.
    fn own_packages(&self, gone: &Condemned) -> Result<(Vec<OwnPackage>, BTreeSet<PathBuf>)> {
        let folder = self.dir().join(layout::PACKAGES);
        let failed = |source| Error::file(FileAct::Read, &folder, source);
        let mut there = BTreeSet::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            there.insert(entry.map_err(failed)?.path());
        }
        let reports = there.iter().filter(|path| path.to_string_lossy().ends_with(words::REPORT));
        let own: Vec<OwnPackage> = reports.map(|report| OwnPackage::of(report, gone)).collect();
        there.retain(|path| path.is_file() && !own.iter().any(|package| package.files.contains(path)));
        Ok((own, there))
    }
}

/// A package in the project, with its report and all that lies beside it.
struct OwnPackage {
    report: PathBuf,
    files: Vec<PathBuf>,
    holds: bool,
}

impl OwnPackage {
    fn of(path: &Path, gone: &Condemned) -> Self {
        let report = std::fs::read(path).ok().and_then(|json| serde_json::from_slice::<Report>(&json).ok());
        let named = report.iter().flat_map(|report| {
            let ending = report.options.format.ending();
            let beside = [words::printed_report_name(&report.name, ending), words::readable_report_name(&report.name, ending)];
            report.files.iter().map(|file| file.name.clone()).chain(beside)
        });
        // Reports lie open to anyone: a name that leads out of their folder is followed no further than its last part.
        let beside = named.filter_map(|name| Some(path.with_file_name(Path::new(&name).file_name()?)));
        let files = beside.chain([path.to_owned()]).collect();
        Self { report: path.to_owned(), files, holds: holds(path, gone) }
    }
}

/// Whether a package shows, or names, what goes; one whose report can't be read may.
fn holds(report: &Path, gone: &Condemned) -> bool {
    let Ok(report) = std::fs::read_to_string(report) else { return true };
    gone.words.meet(&report) || gone.scans.iter().any(|scan| report.contains(&scan.to_string()))
}
