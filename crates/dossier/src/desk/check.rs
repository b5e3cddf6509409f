//! 核查 at the desk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use scans::Watch;

use super::Desk;
use super::compile::{Loose, Shelved, written};
use super::labels::free_path;
use crate::check;
use crate::check::grid::{Grid, GridCell};
use crate::compile;
use crate::domain::Standing;
use crate::domain::{Dossier, Finding, IndicatorCode, UnitCode, YearState};
use crate::error::Result;
use crate::store::condition;
use crate::wording;

/// What was found last.
#[derive(Debug, Default)]
pub(super) struct LastCheck(Mutex<Option<Checked>>);

#[derive(Debug)]
struct Checked {
    dossier: Arc<Dossier>,
    day: Date,
    /// Pages whose condition was known.
    seen: u32,
    findings: Arc<[Finding]>,
}

impl Desk {
    /// What is missing or wrong at this moment, the gravest first. How pages were scanned is known of those that
    /// [`Desk::look_over`] has looked at. While nothing is written, it is looked for once.
    pub fn check(&self) -> Result<Arc<[Finding]>> {
        let (dossier, today) = (self.dossier()?, self.today());
        // Rows are only added, so their number tells whether there are others.
        let seen = self.store.read(condition::count)?;
        let mut last = self.last_check.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(known) if Arc::ptr_eq(&known.dossier, &dossier) && (known.day, known.seen) == (today, seen) => {
                Ok(Arc::clone(&known.findings))
            }
            _ => {
                let conditions = self.store.read(condition::all)?;
                let findings: Arc<[Finding]> = check::examine(&dossier, &conditions, today).into();
                *last = Some(Checked { dossier, day: today, seen, findings: Arc::clone(&findings) });
                Ok(findings)
            }
        }
    }

    /// The grid indicator × year × unit.
    pub fn grid(&self) -> Result<Grid> {
        let dossier = self.dossier()?;
        let coverage = self.coverage(&dossier, self.today())?;
        Ok(check::grid::grid(&dossier, &coverage))
    }

    /// Where the whole stands: what the leader reads.
    pub fn standing(&self) -> Result<Standing> {
        let dossier = self.dossier()?;
        let coverage = self.coverage(&dossier, self.today())?;
        Ok(check::standing::standing(&dossier, self.today(), &coverage))
    }

    /// 进展一页 as a PDF of one page, into `out` (else `packages/`). One that is there already stays.
    ///
    /// # Errors
    /// What the disk says; nothing is left then.
    pub fn leader(&self, out: Option<&Path>) -> Result<PathBuf> {
        let standing = self.standing()?;
        let fonts = self.fonts()?;
        let manuscript = compile::leader::manuscript(&standing, &self.assessment(), &self.units, &fonts);
        let folder = self.folder(out)?;
        let path = free_path(&folder, &wording::leader::file_name(standing.today), "pdf");
        let part = Loose(path.with_extension("part"));
        let shelf = Shelved(self.store.vault());
        let made = paper::pdf::write(&manuscript, &shelf, &fonts, &part.0, &Watch::silent());
        made.map_err(|error| written(error, &part.0))?;
        self.store.files().rename(&part.0, &path)?;
        Ok(path)
    }

    /// What one unit owes and has handed in, indicator by indicator, in the order issued.
    pub fn unit_duties(&self, unit: &UnitCode) -> Result<Vec<UnitDuty>> {
        let grid = self.grid()?;
        let column = grid.units.iter().position(|code| code == unit);
        let cell = |cells: Vec<GridCell>| cells.into_iter().find(|cell| Some(cell.unit as usize) == column);
        let duty = |code, whole, cells| Some(UnitDuty { code, leaf: whole, cell: cell(cells)? });
        Ok(grid.rows.into_iter().filter_map(|row| duty(row.code, row.whole, row.cells)).collect())
    }
}

/// A line of what a unit owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDuty {
    pub code: IndicatorCode,
    /// State of the whole indicator, whoever owes it.
    pub leaf: YearState,
    pub cell: GridCell,
}
