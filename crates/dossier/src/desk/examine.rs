//! 检查原件: whether every original is as it was received; one that is not is put back from a backup.

use std::path::{Path, PathBuf};

use scans::{Digest, Watch};

use super::Desk;
use crate::error::Result;
use crate::store::{Damaged, Deed, Examined, Unsound, layout, shelf, vault};

impl Desk {
    /// Reads the index and every original again, those of pieces in 回收站 too. `watch` counts in MB. Of what is damaged a copy is
    /// looked for in the places where the project was backed up to.
    ///
    /// # Errors
    /// [`Error::Damaged`](crate::Error::Damaged) of the index, [`Error::Cancelled`](crate::Error::Cancelled).
    pub fn examine_originals(&self, watch: &Watch) -> Result<Examined> {
        let (files, unsound) = self.store.unsound(watch)?;
        let places = if unsound.is_empty() { Vec::new() } else { self.backed_up_to()? };
        let damaged = unsound.into_iter().map(|Unsound { digest, pieces, is_gone }| {
            let first = &pieces[0];
            Ok(Damaged { digest, document: first.id, title: first.title().to_owned(), is_gone, copy: copy_in(&places, digest, watch)? })
        });
        Ok(Examined { files, damaged: damaged.collect::<Result<_>>()? })
    }

    /// Puts originals back that a backup at hand has whole; how many it were. What is sound, or is in no backup, stays as it is.
    ///
    /// # Errors
    /// [`Error::Cancelled`](crate::Error::Cancelled), what the disk says; what was put back stays.
    pub fn put_back(&self, originals: &[Digest], watch: &Watch) -> Result<u32> {
        let places = self.backed_up_to()?;
        let mut done = 0;
        for (at, digest) in (0..).zip(originals) {
            watch.go_on()?;
            watch.step(at, originals.len() as u64, "");
            if let Some(copy) = copy_in(&places, *digest, watch)?
                && self.store.put_back(*digest, &copy, watch)?
            {
                done += 1;
            }
        }
        if done > 0 {
            self.store.note(&Deed::PutBack { originals: done })?;
        }
        Ok(done)
    }

    /// Folders that backups were made into, the last first, as far as they are at hand.
    fn backed_up_to(&self) -> Result<Vec<PathBuf>> {
        let mut places: Vec<PathBuf> = Vec::new();
        for act in self.store.history(usize::MAX)? {
            if let Deed::BackUp { place, .. } = act.deed {
                let place = PathBuf::from(place);
                if place.is_dir() && !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        Ok(places)
    }
}

/// A whole copy of an original in one of the projects that lie in these places: its bytes prove it, whatever the folder is called.
fn copy_in(places: &[PathBuf], digest: Digest, watch: &Watch) -> Result<Option<PathBuf>> {
    for place in places {
        for copy in projects(place).into_iter().map(|project| shelf(&project, digest)) {
            if copy.is_file() && vault::is(&copy, digest, watch)? {
                return Ok(Some(copy));
            }
        }
    }
    Ok(None)
}

/// Folders with a vault, in the order of their names; a place that can't be read has none.
fn projects(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|dir| dir.join(layout::VAULT).is_dir()).collect();
    found.sort();
    found
}
