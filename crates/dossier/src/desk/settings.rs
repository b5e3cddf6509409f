//! 项目设置: names, period, due date and 版式, as the city's own notice sets them. The catalogue stays as issued.

use crate::domain::Assessment;
use crate::error::{Error, Result, Unsaid};
use crate::store::{Deed, Recorded, issued};

use super::Desk;

impl Desk {
    /// Sets names, period and due date. Where the period is another, the years are those that it touches; what stays open until the due
    /// date are those of `partial_years` among them.
    ///
    /// # Errors
    /// [`Error::Unsaid`] without a name, [`Error::NoPeriod`] where another period or due date can't be,
    /// [`Error::OutOfBounds`] for margins or boxes that no package is printed with.
    pub fn set_assessment(&self, wanted: &Assessment) -> Result<()> {
        let mut wanted = wanted.clone();
        wanted.name = wanted.name.trim().to_owned();
        wanted.office = wanted.office.trim().to_owned();
        if wanted.name.is_empty() || wanted.office.is_empty() {
            return Err(Error::Unsaid { what: Unsaid::Name });
        }
        let before = self.assessment().cycle;
        let cycle = &mut wanted.cycle;
        let is_as_before = (cycle.period_from, cycle.period_to) == (before.period_from, before.period_to);
        // One that was let in by an older program keeps no other setting from being saved.
        if !is_as_before || cycle.submission_due != before.submission_due {
            cycle.examine().map_err(Error::NoPeriod)?;
        }
        // A catalogue may look at some of the years that its period touches.
        cycle.years = if is_as_before { before.years } else { (cycle.period_from.year()..=cycle.period_to.year()).collect() };
        cycle.partial_years.retain(|year| cycle.years.contains(year));
        wanted.print.boxes.sort_unstable();
        wanted.print.boxes.dedup();
        wanted.print.examine().map_err(Error::OutOfBounds)?;
        let deed = Deed::Set { name: wanted.name.clone(), due: wanted.cycle.submission_due };
        self.act(|_| Ok(deed.clone()), |index| issued::set_assessment(index, &wanted))?;
        self.store.note_issued()
    }

    /// The note beside the scans follows what was undone or done again.
    pub(super) fn noted(&self, act: Option<Recorded>) -> Result<Option<Recorded>> {
        if act.as_ref().is_some_and(|act| matches!(act.deed, Deed::Set { .. })) {
            self.store.note_issued()?;
        }
        Ok(act)
    }
}
