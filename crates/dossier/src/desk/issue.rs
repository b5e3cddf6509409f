//! 定稿, 变更包 and 新版.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use scans::Watch;

use super::Desk;
use super::compile::{Draft, free_name};
use crate::compile::package::{CompileError, Lacking};
use crate::compile::{self, Changes, Format, Issue, Ledger, Options, Package, Plan, Report};
use crate::domain::Dossier;
use crate::error::{Error, Result};
use crate::store::{Deed, issue, package};
use crate::wording::issue as words;

/// The edition that stands, as it was read last.
#[derive(Debug, Default)]
pub(super) struct LastEdition {
    issue: Mutex<Option<(i64, Arc<Issue>)>>,
    edition: Mutex<Option<Arc<Edition>>>,
}

impl LastEdition {
    /// None stands any more, or a purge has struck names in it.
    pub(super) fn forget(&self) {
        *self.issue.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.edition.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// 定稿 as it stands, with what a 变更包 would change.
#[derive(Debug)]
pub struct Edition {
    pub issue: Arc<Issue>,
    /// Number of the next 变更包.
    pub next: u32,
    /// A sentence each, in the order of the boxes.
    pub changes: Vec<String>,
    /// What was compared: while the desk gives the same one out, nothing was written.
    dossier: Arc<Dossier>,
}

impl Desk {
    /// 定稿: from now on every number of this package stays, and what comes later is numbered behind. `at` is its place among
    /// [`Desk::packages`], the newest first.
    ///
    /// # Errors
    /// [`CompileError::NotIssuable`] for what is no whole PDF, or has lost its report.
    pub fn issue_package(&self, at: usize) -> Result<()> {
        let packages = self.packages()?;
        let package = packages.get(at).ok_or(Error::NoPackage)?;
        let refused = || CompileError::NotIssuable { name: package.name.clone() };
        if !package.is_issuable() {
            return Err(refused().into());
        }
        let json = std::fs::read(&package.report).map_err(|_| refused())?;
        let report: Report = serde_json::from_slice(&json).map_err(|_| refused())?;
        let issued = Issue::of(&report)?;
        let today = self.today();
        self.act(
            |_| Ok(Deed::Issue { name: issued.name.clone() }),
            |index| {
                issue::clear(index)?;
                issue::put(index, &issued.name, 0, today, &issued)
            },
        )
    }

    /// The edition as it lies in the boxes, after its last 变更包.
    ///
    /// # Errors
    /// What the index says.
    pub fn issue(&self) -> Result<Option<Arc<Issue>>> {
        let Some(state) = self.store.read(issue::state)? else {
            self.last_edition.forget();
            return Ok(None);
        };
        let mut kept = self.last_edition.issue.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, issue)) = &*kept
            && *known == state
        {
            return Ok(Some(Arc::clone(issue)));
        }
        // Thousands of sheets: read once for each state, and not while the reader is held.
        let json = self.store.read(|index| issue::stored(index, state))?;
        let issue: Arc<Issue> = Arc::new(serde_json::from_str(&json).map_err(|source| Error::Json { what: "issue", source })?);
        *kept = Some((state, Arc::clone(&issue)));
        Ok(Some(issue))
    }

    /// The edition with what a 变更包 would change now; `None` where none stands. While nothing is written it is the same one.
    ///
    /// # Errors
    /// What the index says.
    pub fn edition(&self) -> Result<Option<Arc<Edition>>> {
        let Some(issue) = self.issue()? else { return Ok(None) };
        let dossier = self.dossier()?;
        let mut kept = self.last_edition.edition.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(edition) = &*kept
            && Arc::ptr_eq(&edition.issue, &issue)
            && Arc::ptr_eq(&edition.dossier, &dossier)
        {
            return Ok(Some(Arc::clone(edition)));
        }
        let (plan, ledger, changes) = compared(&dossier, &issue);
        let several = ledger.volumes.len() > 1;
        let lines = changes.changes.iter().map(|change| words::line(change, &changes, plan.volumes, several)).collect();
        let edition = Arc::new(Edition { issue, next: changes.number, changes: lines, dossier });
        *kept = Some(Arc::clone(&edition));
        Ok(Some(edition))
    }

    /// 新版: the edition stands no more, and the next package is numbered anew.
    ///
    /// # Errors
    /// [`CompileError::NoIssue`].
    pub fn begin_new_edition(&self) -> Result<()> {
        let standing = self.issue()?.ok_or(CompileError::NoIssue)?;
        self.act(|_| Ok(Deed::NewEdition { name: standing.name.clone() }), issue::clear)
    }

    /// What a 变更包 would change now, box by box.
    ///
    /// # Errors
    /// [`CompileError::NoIssue`].
    pub fn changes(&self) -> Result<(Plan, Ledger, Changes)> {
        let issue = self.issue()?.ok_or(CompileError::NoIssue)?;
        Ok(compared(&*self.dossier()?, &issue))
    }

    /// 变更包: a PDF of the leaves to insert and to swap with their 变更清单, into `out` (else `packages/`). It is read again
    /// like every package, and the edition then stands as if the list was carried out.
    ///
    /// # Errors
    /// [`CompileError::NoIssue`], [`CompileError::NothingChanged`], and those of [`Desk::compile`].
    pub fn make_change_pack(&self, out: Option<&Path>, watch: &Watch) -> Result<Package> {
        self.store.writable()?;
        let (plan, ledger, changes) = self.changes()?;
        if changes.changes.is_empty() {
            return Err(CompileError::NothingChanged.into());
        }
        let today = self.today();
        let options = Options { made_on: today, ..changes.after.options };
        let (manuscript, ledger) = changes.manuscript(&plan, &ledger);
        let fonts = self.fonts_of(&plan.print)?;
        let folder = self.folder(out)?;
        let (sheets, unread) = (ledger.sheets.len() as u64, self.to_be_read(&ledger, &options)?);
        let draft = Draft {
            desk: self,
            plan: &plan,
            options: &options,
            fonts: &fonts,
            watch,
            sheets,
            pack: Some(changes.number),
            unread,
            lacking: Lacking::default(),
        };
        let name = free_name(&folder, &words::pack_name(changes.number, today), Format::Pdf.ending());
        let part = draft.volume(&manuscript, &ledger, 1, folder.join(format!("{name}.1.pdf.part")), watch)?;
        let (package, named) = draft.name(&folder, name, ledger, vec![part])?;
        self.act(
            |_| Ok(Deed::ChangePack { name: changes.after.name.clone(), number: changes.number }),
            |index| {
                package::put(index, &package)?;
                issue::put(index, &changes.after.name, changes.number, today, &changes.after)
            },
        )?;
        named.keep();
        Ok(package)
    }
}

fn compared(dossier: &Dossier, issue: &Arc<Issue>) -> (Plan, Ledger, Changes) {
    let plan = compile::plan_on(dossier, issue);
    let ledger = compile::ledger(&plan, &plan.setup());
    let changes = compile::changes(&plan, issue, &ledger);
    (plan, ledger, changes)
}
