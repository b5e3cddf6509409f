//! 核查 at the desk.

use std::path::{Path, PathBuf};

use scans::Watch;

use super::Desk;
use super::compile::{Loose, Shelved, written};
use super::labels::free_path;
use crate::check;
use crate::check::grid::{Grid, GridCell};
use crate::compile;
use crate::domain::Standing;
use crate::domain::{Finding, IndicatorCode, UnitCode, YearState};
use crate::error::Result;
use crate::wording;

impl Desk {
    /// What is missing or wrong at this moment, the gravest first.
    pub fn check(&self) -> Result<Vec<Finding>> {
        let dossier = self.dossier()?;
        Ok(check::examine(&dossier, self.today()))
    }

    /// The grid indicator × year × unit.
    pub fn grid(&self) -> Result<Grid> {
        let dossier = self.dossier()?;
        Ok(check::grid::grid(&dossier, self.today()))
    }

    /// Where the whole stands: what the leader reads.
    pub fn standing(&self) -> Result<Standing> {
        let dossier = self.dossier()?;
        Ok(check::standing::standing(&dossier, self.today()))
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
