//! 并入: what a second clerk did on a copy of the project, on another computer, comes into this one. The 交换包 is the project's
//! folder there, or a backup of it, on a stick; it is only read.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;
use scans::Watch;

use super::Desk;
use crate::domain::merge::{self, ConflictKey, Left, Merge, Merging, Side, Why};
use crate::domain::{Assessment, Catalogue, Document, DocumentId, ReadMark, Units};
use crate::error::{Error, Result, Unmergeable};
use crate::intake::classified;
use crate::store::journal::Parting;
use crate::store::merge as stored;
use crate::store::{Deed, Recorded, copy, document, issued, journal, purge};

impl Desk {
    /// What merging the project in a folder would bring; nothing is written.
    ///
    /// # Errors
    /// [`Error::NotMergeable`] for what is no copy of this project, [`Error::LargeIndex`], [`Error::Outside`] for a stick that can't be
    /// read, [`Error::Cancelled`].
    pub fn preview_merge(&self, folder: &Path, watch: &Watch) -> Result<Merging> {
        let dir = self.store.bundle(folder)?;
        self.store.beside(&dir, watch, |theirs| {
            let other = self.opened_beside(&dir, theirs)?;
            let merge = self.foreseen(&other, &BTreeSet::new(), watch)?;
            other.told(&dir, theirs, merge)
        })
    }

    /// 并入: all of it is one act, and one step of undoing. In the conflicts that are `chosen` theirs is right, in all others ours. What
    /// was merged before, is not merged again; where nothing comes in, it is noted that theirs was looked at. A file whose bytes can't be
    /// had stays out and is named; the rest comes in.
    ///
    /// # Errors
    /// As [`Desk::preview_merge`]; [`Error::Cancelled`] and what our own disk says: nothing was merged then, and files that were
    /// copied are not copied again.
    pub fn merge(&self, folder: &Path, chosen: &BTreeSet<ConflictKey>, watch: &Watch) -> Result<Merging> {
        let dir = self.store.bundle(folder)?;
        self.store.beside(&dir, watch, |theirs| {
            let mut other = self.opened_beside(&dir, theirs)?;
            let foreseen = self.foreseen(&other, chosen, watch)?;
            let of_theirs = |error| stored::of_theirs(&dir, error);
            let wanted = stored::wanted(theirs, foreseen.brought()).map_err(of_theirs)?;
            other.barred.extend(self.store.fetch(&dir, &wanted, watch)?);
            watch.go_on()?;
            if !foreseen.is_nothing() {
                self.back_up_before(usize::MAX);
            }
            let merged = RefCell::new(Merge::default());
            let deed = |arrived: usize, changed: usize| {
                let (upto, at) = (other.last.id, other.last.at);
                Deed::Merge { from: stored::name(&dir), arrived: arrived as u32, changed: changed as u32, upto, at }
            };
            let act = self.store.act(
                |index| {
                    // Planned again on what stands now: nobody else's act is lost between.
                    let merge = self.compared(index, &other, chosen)?;
                    *merged.borrow_mut() = merge.clone();
                    Ok((deed(merge.arrivals.len(), merge.written()), merge))
                },
                |index, merge| stored::write(index, theirs, &merge.steps).map_err(of_theirs),
            )?;
            if act.is_none() && other.unknown {
                self.store.note(&deed(0, 0))?;
            }
            // Merged is merged: what can't be taken away now goes when the project is opened next.
            let _ = self.store.take_leftovers();
            other.told(&dir, theirs, merged.into_inner())
        })
    }

    fn opened_beside(&self, dir: &Path, theirs: &Connection) -> Result<Other> {
        let of_theirs = |error| stored::of_theirs(dir, error);
        let damaged = || Error::NotMergeable { place: dir.to_owned(), why: Unmergeable::Damaged };
        let (assessment, catalogue, units) = issued::read(theirs).map_err(of_theirs)?;
        if let Some(why) = differs((&self.assessment(), &self.catalogue, &self.units), (&assessment, &catalogue, &units)) {
            return Err(Error::NotMergeable { place: dir.to_owned(), why });
        }
        let side = stored::side(theirs, &self.catalogue, &self.units).map_err(of_theirs)?;
        if !stored::is_sound(theirs, &side, &self.catalogue).map_err(of_theirs)? {
            return Err(damaged());
        }
        let last = journal::last(theirs).map_err(of_theirs)?.ok_or_else(damaged)?;
        let unknown = !self.store.read(|ours| copy::is_known(ours, &last))?;
        // Going back over their history takes long; ours is not held for it.
        let base = match self.store.read(|ours| journal::parting(ours, theirs))? {
            None => None,
            Some(Parting::Theirs(at)) => stored::base(theirs, at, &self.catalogue, &self.units).map_err(of_theirs)?,
            Some(Parting::Ours(at)) => self.store.base(at, &self.catalogue, &self.units)?,
        };
        let barred = self.barred(theirs, &side, dir)?;
        let purged = purge::marks(theirs).map_err(of_theirs)?;
        Ok(Other { name: stored::name(dir), side, base, barred, purged, last, unknown, project: assessment.id })
    }

    /// What may not come in: what was purged here, and what is marked as classified; with all that holds its bytes.
    fn barred(&self, theirs: &Connection, side: &Side, dir: &Path) -> Result<BTreeMap<DocumentId, Why>> {
        let of_theirs = |error| stored::of_theirs(dir, error);
        let marks = self.store.read(purge::marks)?;
        let ours = self.store.read(document::shown_digests)?;
        let project = self.assessment().id;
        let mut barred = BTreeMap::new();
        for document in &side.documents {
            // What lies here is ours to judge.
            if ours.contains(&document.scan) {
                continue;
            }
            let why = if is_purged(document, &marks, &project) {
                Why::Purged
            } else if is_classified(theirs, document).map_err(of_theirs)? {
                Why::Classified
            } else {
                continue;
            };
            for held in purge::reach(theirs, &[document.id]).map_err(of_theirs)? {
                barred.entry(held).or_insert_with(|| why.clone());
            }
        }
        Ok(barred)
    }

    /// What would come in. All of ours is gone over for it, and the clerk goes on meanwhile.
    fn foreseen(&self, other: &Other, chosen: &BTreeSet<ConflictKey>, watch: &Watch) -> Result<Merge> {
        self.store.read_long(|index| {
            watch.go_on()?;
            watch.step(0, 0, other.name.as_str());
            self.compared(index, other, chosen)
        })
    }

    fn compared(&self, index: &Connection, other: &Other, chosen: &BTreeSet<ConflictKey>) -> Result<Merge> {
        let ours = stored::side(index, &self.catalogue, &self.units)?;
        let mut merge = merge::plan(&ours, &other.side, other.base.as_ref(), &other.barred, chosen);
        let there = ours.documents.iter().filter(|document| !document.removed && is_purged(document, &other.purged, &other.project));
        merge.left.extend(there.map(|document| Left { title: document.title().to_owned(), why: Why::PurgedThere }));
        Ok(merge)
    }
}

/// The project that is merged in, as it was read.
struct Other {
    name: String,
    side: Side,
    base: Option<Side>,
    barred: BTreeMap<DocumentId, Why>,
    /// Marks of what was purged there.
    purged: BTreeSet<String>,
    /// What was done there last.
    last: Recorded,
    /// It is not known here yet.
    unknown: bool,
    project: String,
}

impl Other {
    fn told(&self, dir: &Path, theirs: &Connection, merge: Merge) -> Result<Merging> {
        let last = (self.last.at, self.last.who.clone());
        Ok(Merging {
            from: self.name.clone(),
            last,
            unknown: self.unknown,
            waiting: stored::waiting(theirs).map_err(|error| stored::of_theirs(dir, error))?,
            merge,
        })
    }
}

fn is_purged(document: &Document, marks: &BTreeSet<String>, project: &str) -> bool {
    let known = |scan| marks.contains(&purge::mark(project, scan));
    !marks.is_empty() && (known(document.scan) || document.rendition.is_some_and(|made| known(made.digest)))
}

/// Whether a piece is marked as classified, by the rules of intake: its name, its text, and what was read off its pages.
fn is_classified(theirs: &Connection, document: &Document) -> Result<bool> {
    let read = document.read_marks.iter().any(|mark| matches!(mark, ReadMark::Classified { .. }));
    let named = classified::in_path(&document.original_folder, &document.original_name);
    Ok(read || named || classified::in_text(&document::text(theirs, document.id)?))
}

type Issued<'a> = (&'a Assessment, &'a Catalogue, &'a Units);

/// Why two projects are not copies of one; `None` where they are.
fn differs(ours: Issued<'_>, theirs: Issued<'_>) -> Option<Unmergeable> {
    if !ours.0.is_of_one_project(theirs.0) {
        return Some(Unmergeable::OtherProject { name: theirs.0.name.clone() });
    }
    let leaves = |catalogue: &Catalogue| catalogue.leaves().map(|leaf| leaf.code().to_string()).collect::<BTreeSet<_>>();
    let units = |units: &Units| units.units.iter().map(|unit| unit.code.0.clone()).collect::<BTreeSet<_>>();
    let (here, there) = (leaves(ours.1), leaves(theirs.1));
    if here != there {
        return Some(Unmergeable::OtherCatalogue { here: only(&here, &there), there: only(&there, &here) });
    }
    let (here, there) = (units(ours.2), units(theirs.2));
    (here != there).then(|| Unmergeable::OtherUnits { here: only(&here, &there), there: only(&there, &here) })
}

fn only(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Vec<String> {
    one.difference(other).cloned().collect()
}
