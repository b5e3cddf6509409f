//! Files that were the same, byte by byte, as a piece that was here already: who else has handed it in.

use super::Desk;
use crate::domain::{DocumentId, UnitCode};
use crate::error::Result;
use crate::intake::{self, Kits, split};
use crate::store::{BatchId, batch};

/// A unit that handed in a piece once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlsoCame {
    pub unit: UnitCode,
    /// The first batch in which it did.
    pub batch: BatchId,
    /// It is counted as having done so, see [`Description::also_from`](crate::domain::Description::also_from).
    pub is_counted: bool,
}

impl Desk {
    /// Units other than its own that handed in the same bytes as a piece, in the order they came: by the kit that the file lay in, else
    /// by its path. A file of which neither tells is not named.
    pub fn also_came(&self, id: DocumentId) -> Result<Vec<AlsoCame>> {
        let document = self.document(id)?;
        let whole = document.part_of.unwrap_or(id);
        let mut out: Vec<AlsoCame> = Vec::new();
        for candidate in self.store.read(|index| batch::duplicates_of(index, whole))? {
            let (folder, name) = split(&candidate.path);
            let unit = match self.kit_unit(candidate.batch, &candidate.path)? {
                Some(unit) => Some(unit),
                None => intake::unit_of(&self.units, folder, name),
            };
            let is_known =
                |unit: &UnitCode| document.description.unit.as_ref() == Some(unit) || out.iter().any(|known| known.unit == *unit);
            if let Some(unit) = unit.filter(|unit| !is_known(unit)) {
                let is_counted = document.description.also_from.contains(&unit);
                out.push(AlsoCame { unit, batch: candidate.batch, is_counted });
            }
        }
        Ok(out)
    }

    /// The unit of the kit in which a file of a batch lay.
    fn kit_unit(&self, batch: BatchId, path: &str) -> Result<Option<UnitCode>> {
        let mut kits = self.store.kits_of(batch)?;
        kits.retain(|came| came.kit.is_for(&self.assessment(), &self.units));
        Ok(Kits::new(&self.catalogue, &kits, &[]).place(path).map(|placed| placed.unit))
    }
}
