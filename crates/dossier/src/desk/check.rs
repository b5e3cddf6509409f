//! 核查 at the desk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use scans::Watch;

use super::Desk;
use super::assess::said;
use crate::check;
use crate::check::Known;
use crate::check::grid::{Grid, GridCell};
use crate::compile;
use crate::domain::{Conditions, Dossier, Finding, FindingKey, IndicatorCode, SetAside, Standing, UnitCode, YearState};
use crate::error::{Error, Made, Result, Unsaid};
use crate::store::{Deed, condition, free_path, set_aside};
use crate::wording;

/// The last result, and what the next check can reuse of it.
#[derive(Debug, Default)]
pub(super) struct LastCheck(Mutex<Last>);

#[derive(Debug, Default)]
struct Last {
    checked: Option<Arc<Checked>>,
    conditions: Conditions,
    known: Known,
}

/// What was found at one moment.
#[derive(Debug)]
pub struct Checked {
    /// Another one for whatever was found anew: places of one check say nothing of the next.
    pub number: u32,
    /// In which it was found.
    pub dossier: Arc<Dossier>,
    /// What is left to do, the gravest first.
    pub left: Arc<[Finding]>,
    /// What was looked at and needs nothing, in the same order.
    pub set_aside: Vec<(Finding, SetAside)>,
    day: Date,
    /// Pages whose condition was known.
    seen: usize,
}

impl Checked {
    fn is_of(&self, dossier: &Arc<Dossier>, day: Date, seen: usize) -> bool {
        Arc::ptr_eq(&self.dossier, dossier) && (self.day, self.seen) == (day, seen)
    }

    /// The finding at an index, from 0: first those left to do, then those set aside, each of these with the reason it was set aside.
    pub fn at(&self, place: usize) -> Option<(&Finding, Option<&SetAside>)> {
        let left = self.left.iter().map(|finding| (finding, None));
        left.chain(self.set_aside.iter().map(|(finding, said)| (finding, Some(said)))).nth(place)
    }
}

impl Desk {
    /// What is missing or wrong at this moment and was not set aside: see [`Desk::checked`].
    pub fn check(&self) -> Result<Arc<[Finding]>> {
        Ok(Arc::clone(&self.checked()?.left))
    }

    /// What is missing or wrong at this moment, the gravest first, and what of it was set aside. How pages were scanned is known
    /// of those that [`Desk::look_over`] has looked at. While nothing is written, it is looked for once; then what changed is
    /// looked at.
    pub fn checked(&self) -> Result<Arc<Checked>> {
        let (dossier, day) = (self.dossier()?, self.today());
        let coverage = self.coverage(&dossier, day)?;
        let mut last = self.last_check.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Last { checked, conditions, known } = &mut *last;
        self.store.read(|index| condition::catch_up(index, conditions))?;
        let seen = conditions.count();
        if let Some(same) = checked.as_ref().filter(|last| last.is_of(&dossier, day, seen)) {
            return Ok(Arc::clone(same));
        }
        let findings = check::examine_after(&dossier, &coverage, conditions, known);
        let (left, set_aside) = check::aside::parted(findings, &dossier, known);
        let number = checked.as_ref().map_or(0, |before| before.number) + 1;
        let now = Arc::new(Checked { number, dossier, left: left.into(), set_aside, day, seen });
        *checked = Some(Arc::clone(&now));
        Ok(now)
    }

    /// 已核对，无需处理: findings that are right as they are. Each comes back by itself when what it judged changes: another turn,
    /// another description, other numbers.
    ///
    /// # Errors
    /// [`Error::NotAJudgement`] where one of them is a fact, [`Error::Unsaid`] without a reason; nothing was set aside.
    pub fn set_aside(&self, findings: &[Finding], reason: &str) -> Result<()> {
        let reason = said(reason, Unsaid::Grounds)?.to_owned();
        if !findings.iter().all(|finding| finding.kind.is_judgement()) {
            return Err(Error::NotAJudgement);
        }
        let (keys, first) = self.keys(findings)?;
        let word = SetAside { reason: reason.clone(), day: self.today(), who: self.around.who.clone() };
        self.act(
            |_| Ok(Deed::SetAside { findings: keys.len(), first: first.clone(), reason: reason.clone() }),
            |index| keys.iter().try_for_each(|key| set_aside::put(index, key, &word)),
        )
    }

    /// Lists findings again that were set aside.
    pub fn take_up_again(&self, findings: &[Finding]) -> Result<()> {
        let (keys, first) = self.keys(findings)?;
        self.act(
            |_| Ok(Deed::TakeUpAgain { findings: keys.len(), first: first.clone() }),
            |index| keys.iter().try_for_each(|key| set_aside::take_up(index, key)),
        )
    }

    /// The keys of findings, and what the first one is about. A finding whose piece is gone has no key.
    fn keys(&self, findings: &[Finding]) -> Result<(Vec<FindingKey>, String)> {
        let dossier = self.dossier()?;
        let keys = findings.iter().filter_map(|finding| FindingKey::of(finding, &dossier)).collect();
        Ok((keys, findings.first().map(|finding| wording::finding::about(finding, &dossier)).unwrap_or_default()))
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
        let path = free_path(&folder, &wording::leader::file_name(standing.today), ".pdf");
        let write = |part: &Path| paper::pdf::write(&manuscript, self.store.vault(), &fonts, part, &Watch::silent());
        self.put(&path, Made::Leader, write)?;
        Ok(path)
    }

    /// What one unit owes and has handed in, indicator by indicator, in the order issued.
    pub fn unit_duties(&self, unit: &UnitCode) -> Result<Vec<UnitDuty>> {
        let (grid, debts) = (self.grid()?, self.owed()?);
        let column = grid.units.iter().position(|code| code == unit);
        let cell = |cells: Vec<GridCell>| cells.into_iter().find(|cell| Some(cell.unit as usize) == column);
        let owes = |code: &IndicatorCode| {
            let due = debts.iter().filter(|debt| debt.indicator == *code && debt.is_of(unit) && debt.state.is_lacking());
            due.map(|debt| debt.state).max()
        };
        let duty = |code, whole, cells| Some(UnitDuty { owes: owes(&code), code, leaf: whole, cell: cell(cells)? });
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
    /// The worst of what is due and still to come from the unit, as letters and the leader's page count it: also of what is asked only
    /// once, and not of a piece that was sent back where enough is there without it.
    pub owes: Option<YearState>,
}
