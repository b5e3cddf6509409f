//! What stays asked for where pieces are split, joined, or put in each other's place: what is made of the same papers is filed
//! anew, and is no answer to a 退回 or 待补.

use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::Connection;

use super::Desk;
use crate::domain::{Catalogue, Demand, DemandKind, DocumentId, Units};
use crate::error::Result;
use crate::store::demand;
use crate::store::snapshot::Asked;

/// What is asked for before such an act.
pub(super) struct Unsettled {
    catalogue: Arc<Catalogue>,
    units: Arc<Units>,
    open: Vec<Demand>,
    /// Returns that something has come for: the piece is held back beside it.
    answered: Vec<Demand>,
}

impl Desk {
    pub(super) fn unsettled(&self, index: &Connection) -> Result<Unsettled> {
        let (catalogue, units) = (self.catalogue(), self.units());
        let asked = Asked::read(index, &catalogue, &units)?;
        let unsettled = asked.demands().iter().filter(|demand| demand.settled.is_none()).cloned();
        let (open, mut answered): (Vec<Demand>, Vec<Demand>) = unsettled.partition(|demand| asked.is_open(demand));
        answered.retain(|demand| demand.kind == DemandKind::Return);
        Ok(Unsettled { catalogue, units, open, answered })
    }
}

impl Unsettled {
    /// After a piece was split: a return holds every part back; what else is asked is asked on of the whole.
    pub(super) fn hold_parts(&self, index: &Connection, whole: DocumentId, parts: &[DocumentId]) -> Result<()> {
        for asked in self.open.iter().filter(|asked| asked.document == Some(whole)) {
            demand::ask_on(index, asked.id)?;
        }
        let returns = self.open.iter().chain(&self.answered).filter(|asked| asked.kind == DemandKind::Return);
        for asked in returns.filter(|asked| asked.document == Some(whole)) {
            parts.iter().try_for_each(|part| demand::make_too(index, asked.id, *part))?;
        }
        self.ask_on(index)
    }

    /// After `to` took the place of pieces: what is asked of them, as far as `goes` says so, is asked of it.
    pub(super) fn pass_on(
        &self,
        index: &Connection,
        from: &[DocumentId],
        to: DocumentId,
        today: Date,
        goes: impl Fn(&Demand) -> bool,
    ) -> Result<()> {
        let of_them = |asked: &&Demand| asked.document.is_some_and(|piece| from.contains(&piece)) && goes(asked);
        for asked in self.open.iter().filter(of_them) {
            demand::ask_on(index, asked.id)?;
        }
        for asked in self.open.iter().chain(&self.answered).filter(of_them) {
            demand::make_too(index, asked.id, to)?;
            demand::settle_alone(index, asked.id, today)?;
        }
        self.ask_on(index)
    }

    /// Others that were open are so still.
    fn ask_on(&self, index: &Connection) -> Result<()> {
        if self.open.is_empty() {
            return Ok(());
        }
        let now = Asked::read(index, &self.catalogue, &self.units)?;
        self.open.iter().filter(|asked| !now.is_open(asked)).try_for_each(|asked| demand::ask_on(index, asked.id))
    }
}
