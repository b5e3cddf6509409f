//! 催办单, 通报, 责任分解表, 缺项清单 and 核查清单: letters and lists that leave the house. They change nothing in the project, so they
//! are no acts: the history does not know them, and there is nothing to undo.

use std::path::{Path, PathBuf};

use scans::Watch;

use super::Desk;
use crate::check::owed;
use crate::compile;
use crate::compile::manuscript::PRODUCER;
use crate::domain::{Debt, UnitCode};
use crate::error::{Error, Made, Result};
use crate::exchange::report::{self, Report};
use crate::store::free_path;
use crate::wording::report as words;

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// 催办单: to one unit.
    Reminder(UnitCode),
    /// 进度通报: all units.
    Progress,
    /// 责任分解表: of one unit, or of all.
    Duties(Option<UnitCode>),
    /// 缺项清单
    Gaps,
    /// 核查清单: what was found, and what of it was set aside.
    Findings,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    Docx,
    Xlsx,
}

impl ReportFormat {
    pub fn ending(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A unit that owes what is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub unit: UnitCode,
    pub name: String,
    /// Pieces that are missing.
    pub missing: u32,
}

impl Desk {
    /// Writes a report to a file that the clerk chose; one that is there already is replaced.
    ///
    /// # Errors
    /// [`Error::NoSuchUnit`], [`Error::NothingOwed`], or what the disk says; nothing is left half written.
    pub fn report(&self, about: &About, format: ReportFormat, to: &Path) -> Result<()> {
        let report = self.drawn_up(about, &self.owed()?)?;
        self.put_report(&report, format, to)
    }

    /// Name that is offered for the file of a report, with its ending.
    pub fn report_name(&self, about: &About, format: ReportFormat) -> String {
        let (name, unit) = match about {
            About::Reminder(unit) => (words::REMINDER, Some(unit)),
            About::Progress => (words::PROGRESS, None),
            About::Duties(unit) => (words::DUTIES, unit.as_ref()),
            About::Gaps => (words::GAPS, None),
            About::Findings => (words::FINDINGS, None),
        };
        let unit = unit.map(|unit| self.units.name_of(unit));
        format!("{}.{}", words::file_name(name, unit, self.today()), format.ending())
    }

    /// Units that owe what is due, in the order issued.
    ///
    /// # Errors
    /// What the index says.
    pub fn late(&self) -> Result<Vec<Late>> {
        let dossier = self.dossier()?;
        let late = report::reminder::late(&dossier, &self.owed()?);
        let named = |(unit, missing)| Late { name: dossier.units.name_of(&unit).to_owned(), unit, missing };
        Ok(late.into_iter().map(named).collect())
    }

    /// A 催办单 for every unit that is late, or for those of `units` that are, where any are named; as DOCX into a folder. What is there
    /// already stays.
    ///
    /// # Errors
    /// What the disk says; the letters that were written by then stay.
    pub fn remind_late(&self, units: &[UnitCode], folder: &Path) -> Result<Vec<PathBuf>> {
        let folder = &self.folder(Some(folder))?;
        let debts = self.owed()?;
        let mut out = Vec::new();
        let late = report::reminder::late(&*self.dossier()?, &debts).into_iter();
        for (unit, _) in late.filter(|(unit, _)| units.is_empty() || units.contains(unit)) {
            let about = About::Reminder(unit.clone());
            let report = self.drawn_up(&about, &debts)?;
            let name = words::file_name(words::REMINDER, Some(self.units.name_of(&unit)), self.today());
            let path = free_path(folder, &name, &format!(".{}", ReportFormat::Docx.ending()));
            self.put_report(&report, ReportFormat::Docx, &path)?;
            out.push(path);
        }
        Ok(out)
    }

    pub(super) fn owed(&self) -> Result<Vec<Debt>> {
        Ok(owed::owed(&*self.dossier()?, self.today()))
    }

    fn drawn_up(&self, about: &About, debts: &[Debt]) -> Result<Report> {
        let (dossier, today) = (self.dossier()?, self.today());
        if let About::Reminder(code) | About::Duties(Some(code)) = about
            && dossier.units.unit(code).is_none()
        {
            return Err(Error::NoSuchUnit { code: code.clone() });
        }
        Ok(match about {
            About::Reminder(unit) => report::reminder::report(&dossier, debts, unit, today)
                .ok_or_else(|| Error::NothingOwed { unit: dossier.units.name_of(unit).to_owned() })?,
            About::Progress => report::progress::report(&dossier, debts, &self.standing()?),
            About::Duties(unit) => {
                let opened = |codes: &[UnitCode]| owed::units(&dossier, codes);
                report::duties::report(&dossier, unit.as_ref(), &opened, today)
            }
            About::Gaps => report::gaps::report(&dossier, debts, &self.standing()?),
            About::Findings => {
                let checked = self.checked()?;
                report::findings::report(&checked.dossier, &checked.left, &checked.set_aside, today)
            }
        })
    }

    fn put_report(&self, report: &Report, format: ReportFormat, to: &Path) -> Result<()> {
        if format == ReportFormat::Xlsx {
            return self.store.files().write_whole(to, &report::sheet(report));
        }
        let manuscript = report::manuscript(report, &self.assessment().office, PRODUCER, &self.today().to_string());
        let write = |part: &Path| paper::docx::write(&manuscript, self.store.vault(), part, &Watch::silent());
        let part = self.beside(to, Made::Report, write)?;
        compile::sound(&part.0)?;
        self.store.files().rename(&part.0, to)
    }
}
