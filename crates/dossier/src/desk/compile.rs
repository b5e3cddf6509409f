//! 汇编: plan, ledger, files; read again, and only then named.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use paper::font::Fonts;
use paper::manuscript::{Manuscript, Receipt, Shelf};
use scans::pdf::Lettered;
use scans::{Digest, Watch};

use super::put::Loose;
use super::{Desk, fonts};
use crate::compile::package::{Accepted, CompileError, Gap, Lacking, LackingVeto, ReportedFile};
use crate::compile::{self, Claims, Format, Issue, Ledger, Options, Package, Plan, Report, Sections, Verification, Volumes};
use crate::domain::{Dossier, Finding, FindingKind, name};
use crate::error::{Error, Made, Result};
use crate::store::{Deed, FileAct, package};
use crate::wording::package as words;

/// The vault as the writer of a package sees it, with what was read off its scans if that is wanted.
struct Shelved<'a> {
    desk: &'a Desk,
    letters: bool,
}

impl Shelf for Shelved<'_> {
    fn open(&self, digest: Digest) -> io::Result<File> {
        self.desk.store.vault().open(digest)
    }

    fn letters(&self, digest: Digest, page: u32) -> Lettered {
        if self.letters { self.desk.kept_letters(digest, page).unwrap_or_default() } else { Lettered::default() }
    }
}

impl Desk {
    /// Compiles a package into `out` (else `packages/`), reads it again and names it only when it proved itself. A package
    /// that is there already stays; stopped or failed, nothing is left.
    ///
    /// # Errors
    /// [`Error::Compile`], what the disk says, or [`Error::Cancelled`].
    pub fn compile(&self, options: &Options, out: Option<&Path>, watch: &Watch) -> Result<Package> {
        self.compiled(options, self.lacking()?, out, watch)
    }

    /// The same by a clerk who has said to know which veto items nothing proves: who that was is kept with the package.
    ///
    /// # Errors
    /// As [`Desk::compile`].
    pub fn compile_accepting(&self, options: &Options, out: Option<&Path>, watch: &Watch) -> Result<Package> {
        let mut lacking = self.lacking()?;
        if !lacking.vetoes.is_empty() {
            lacking.accepted = Some(Accepted { who: self.around.who.clone(), on: self.today() });
        }
        self.compiled(options, lacking, out, watch)
    }

    /// Veto items that nothing proves, and what else is missing at this moment.
    ///
    /// # Errors
    /// What the index says.
    pub fn lacking(&self) -> Result<Lacking> {
        let (standing, checked) = (self.standing()?, self.checked()?);
        let unproven = standing.vetoes.into_iter().filter(|veto| !veto.proven);
        Ok(Lacking {
            vetoes: unproven.map(|veto| LackingVeto { code: veto.code, text: veto.text }).collect(),
            gaps: checked.left.iter().filter_map(gap).collect(),
            accepted: None,
        })
    }

    fn compiled(&self, options: &Options, lacking: Lacking, out: Option<&Path>, watch: &Watch) -> Result<Package> {
        let issue = self.issue()?;
        if issue.is_some() && options.format != Format::Pdf {
            return Err(CompileError::KeptInPdf.into());
        }
        let options = &issue.map_or(*options, |issue| {
            let Options { letters, made_on, .. } = *options;
            Options { format: Format::Pdf, letters, made_on, ..issue.options }
        });
        let (plan, ledger) = self.foresee(options)?;
        let fonts = self.fonts_of(&plan.print)?;
        let folder = self.folder(out)?;
        let (sheets, unread) = (ledger.sheets.len() as u64, self.to_be_read(&ledger, options)?);
        let draft = Draft { desk: self, plan: &plan, options, fonts: &fonts, watch, sheets, pack: None, unread, lacking };
        let name = free_name(&folder, &words::package_name(options.format, options.made_on), options.format.ending());
        let parts = draft.write(&folder, &name, &ledger)?;
        let (package, named) = draft.name(&folder, name, ledger, parts)?;
        let files = package.files.iter().map(|path| path.display().to_string()).collect();
        self.store.add_package(&package, &Deed::Compile { files, sheets: package.sheets })?;
        named.keep();
        Ok(package)
    }

    /// What [`Desk::compile`] would write at this moment: order, volumes and folios of every sheet. Nothing is written. While
    /// an edition stands it is laid on its numbers, as PDF, whatever the options say.
    ///
    /// # Errors
    /// What the index says.
    pub fn foresee(&self, options: &Options) -> Result<(Plan, Ledger)> {
        Ok(planned(&*self.dossier()?, self.issue()?.as_ref(), options))
    }

    /// What was compiled, the newest first, without what was left out: see [`Desk::left_out`].
    ///
    /// # Errors
    /// What the index says.
    pub fn packages(&self) -> Result<Vec<Package>> {
        self.store.packages()
    }

    /// How the indicators of the newest package were parted: what is compiled next is parted alike, unless the clerk says otherwise.
    ///
    /// # Errors
    /// What the index says.
    pub fn last_sections(&self) -> Result<Sections> {
        Ok(self.packages()?.into_iter().find(|package| package.pack.is_none()).map(|package| package.sections).unwrap_or_default())
    }

    /// What was in the project and is not in a package, a sentence each, by its place in [`Desk::packages`].
    ///
    /// # Errors
    /// [`Error::NoPackage`], what the index says.
    pub fn left_out(&self, at: usize) -> Result<Vec<String>> {
        self.store.read(|index| package::left_out(index, at))?.ok_or(Error::NoPackage)
    }
}

/// While a printed edition stands, all that is made keeps its numbers.
pub(super) fn planned(dossier: &Dossier, issue: Option<&Arc<Issue>>, options: &Options) -> (Plan, Ledger) {
    let plan = match issue {
        Some(issue) => compile::plan_on(dossier, issue),
        None => compile::plan(dossier, options),
    };
    let ledger = compile::ledger(&plan, &plan.setup());
    (plan, ledger)
}

/// What is missing and due.
fn gap(finding: &Finding) -> Option<Gap> {
    match (&finding.kind, &finding.indicator) {
        (FindingKind::Missing { expected, year, asked, found, not_due_yet: false }, Some(code)) => {
            Some(Gap { indicator: code.clone(), expected: expected.clone(), year: *year, asked: *asked, found: *found })
        }
        _ => None,
    }
}

/// A package while it is written.
pub(super) struct Draft<'a> {
    pub desk: &'a Desk,
    pub plan: &'a Plan,
    pub options: &'a Options,
    pub fonts: &'a Fonts,
    pub watch: &'a Watch,
    /// Sheets of all volumes.
    pub sheets: u64,
    /// 变更包 of an edition, by its number.
    pub pack: Option<u32>,
    /// Pages whose letters are still to be read.
    pub unread: u32,
    /// What is known to lack; nothing of a 变更包, which only swaps leaves.
    pub lacking: Lacking,
}

/// A volume that is written and has no name yet; dropped, it is taken away.
pub(super) struct Part {
    path: PathBuf,
    receipt: Receipt,
    claims: Claims,
    verification: Verification,
    digest: Digest,
    /// What is printed on each sheet.
    prints: Vec<Digest>,
    named: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.named {
            // What can't be removed now is swept when the project is opened next.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The result of a thread; a panic of it continues here.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Draft<'_> {
    /// Writes every volume beside its final name, and reads it again while the next one is written.
    fn write(&self, folder: &Path, name: &str, ledger: &Ledger) -> Result<Vec<Part>> {
        let setup = self.plan.setup();
        thread::scope(|scope| {
            let mut parts = Vec::new();
            let mut proving: Option<ScopedJoinHandle<'_, Result<Part>>> = None;
            let mut before = 0;
            for volume in &ledger.volumes {
                self.watch.go_on()?;
                let manuscript = compile::manuscript(self.plan, ledger, &setup, volume.number);
                let path = folder.join(format!("{name}.{}.{}.part", volume.number, self.options.format.ending()));
                let part = self.written(&manuscript, path, &self.watch.part(before, self.sheets))?;
                before += u64::from(volume.sheets);
                // One at a time: a third reader would only make the disk seek.
                parts.extend(proving.take().map(joined).transpose()?);
                proving = Some(scope.spawn(move || self.proven(part, ledger, volume.number)));
            }
            parts.extend(proving.map(joined).transpose()?);
            Ok(parts)
        })
    }

    /// Writes one volume and reads it again.
    pub fn volume(&self, manuscript: &Manuscript, ledger: &Ledger, number: u32, path: PathBuf, watch: &Watch) -> Result<Part> {
        self.proven(self.written(manuscript, path, watch)?, ledger, number)
    }

    fn written(&self, manuscript: &Manuscript, path: PathBuf, watch: &Watch) -> Result<Part> {
        self.every_glyph(manuscript)?;
        let shelf = Shelved { desk: self.desk, letters: self.options.letters };
        let written = match self.options.format {
            Format::Pdf => paper::pdf::write(manuscript, &shelf, self.fonts, &path, watch),
            Format::Docx => paper::docx::write(manuscript, &shelf, &path, watch),
            Format::Review => paper::docx::write_reduced(manuscript, &shelf, compile::REVIEW_DPI, &path, watch),
        };
        let receipt = written.map_err(|error| Error::writing(Made::Package, error, &path))?;
        let prints = manuscript.sheets.iter().map(compile::issue::print).collect();
        let claims = Claims::new(manuscript, &receipt);
        let part = Part { path, receipt, claims, verification: Verification::default(), digest: Digest([0; 32]), prints, named: false };
        self.desk.store.files().written(&part.path)?;
        Ok(part)
    }

    /// Reads a volume again: what is in it, and at the same time its bytes for the report.
    fn proven(&self, mut part: Part, ledger: &Ledger, number: u32) -> Result<Part> {
        self.watch.go_on()?;
        let path = part.path.as_path();
        let (examined, digest) = thread::scope(|scope| {
            let digest = scope.spawn(|| compile::digest(path).map_err(|source| Error::file(FileAct::Read, path, source)));
            (compile::examine(path, self.options.format, (ledger, number), &part.claims), joined(digest))
        });
        self.watch.go_on()?;
        part.verification = examined?;
        part.verification.proven()?;
        part.digest = digest?;
        Ok(part)
    }

    /// Names the volumes and lays the report beside them: all is written before the first has its name. What was named is the
    /// caller's to keep once the package has its row.
    pub fn name(&self, folder: &Path, name: String, ledger: Ledger, mut parts: Vec<Part>) -> Result<(Package, Named)> {
        let receipts: Vec<Receipt> = parts.iter().map(|part| part.receipt.clone()).collect();
        let mut report = Report::new(self.plan, self.options, &name, ledger, &receipts);
        report.prints = parts.iter().flat_map(|part| part.prints.iter().copied()).collect();
        (report.pack, report.unread, report.lacking) = (self.pack, self.unread, self.lacking.clone());
        if self.pack.is_some() {
            report.pieces.retain(|piece| report.ledger.sheets.iter().any(|sheet| sheet.shows.pieces().contains(&&piece.number)));
        }
        let ending = self.options.format.ending();
        for (part, volume) in parts.iter().zip(&report.ledger.volumes) {
            let file = words::file_name(&name, report.options.volumes, volume, report.ledger.volumes.len(), ending);
            report.files.push(ReportedFile { name: file, volume: volume.number, bytes: part.receipt.bytes, digest: part.digest });
        }
        report.verification = parts.iter().fold(Verification::default(), |all, part| all.and(part.verification.clone()));
        let files = self.desk.store.files();
        let printed = self.printed_report(folder, &name, &report)?;
        let json = serde_json::to_vec_pretty(&report).map_err(|source| Error::Json { what: "report", source })?;
        let path = folder.join(words::report_name(&name, ending));
        let readable_path = folder.join(words::readable_report_name(&name, ending));
        let readable = files.prepare(&readable_path, words::proof::report(&report).as_bytes())?;
        let machine = files.prepare(&path, &json)?;
        let mut named = Named::default();
        for (part, file) in parts.iter_mut().zip(&report.files) {
            files.rename(&part.path, named.add(folder.join(&file.name)))?;
            part.named = true;
        }
        files.rename(&printed.0, named.add(folder.join(words::printed_report_name(&name, ending))))?;
        readable.rename_to(named.add(readable_path))?;
        machine.rename_to(named.add(path.clone()))?;
        Ok((package(folder, path, report), named))
    }

    /// The report on paper, beside its final name.
    fn printed_report(&self, folder: &Path, name: &str, report: &Report) -> Result<Loose> {
        let manuscript = compile::report::manuscript(report, self.fonts);
        let to = folder.join(words::printed_report_name(name, self.options.format.ending()));
        let write = |part: &Path| paper::pdf::write(&manuscript, self.desk.store.vault(), self.fonts, part, &Watch::silent());
        self.desk.beside(&to, Made::Package, write)
    }

    /// Names every character that no font has before anything is written.
    fn every_glyph(&self, manuscript: &Manuscript) -> Result<()> {
        let missing = fonts::missing(self.fonts, manuscript);
        if missing.is_empty() { Ok(()) } else { Err(missing.into_error().into()) }
    }
}

/// Files of a package that were given their names; dropped, they are taken away again.
#[derive(Default)]
pub(super) struct Named(Vec<PathBuf>);

impl Named {
    /// Notes a name before it is given: where the folder can't be synced then, the file stands under it already.
    fn add(&mut self, path: PathBuf) -> &Path {
        self.0.push(path);
        self.0.last().expect("it was just added")
    }

    /// The package has its row.
    pub(super) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        for path in &self.0 {
            // The act has failed already, and its error is the one that is told.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// A name that neither a file nor a report has.
pub(super) fn free_name(folder: &Path, base: &str, ending: &str) -> String {
    let taken = |name: &str| {
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok()).any(|file| {
            file == format!("{name}.{ending}") || file == words::report_name(name, ending) || words::is_volume_of(&file, name, ending)
        })
    };
    name::numbered(base).find(|name| !taken(name)).expect("there are more numbers than files")
}

fn package(folder: &Path, path: PathBuf, report: Report) -> Package {
    let volumes = &report.ledger.volumes;
    let split = report.options.volumes == Volumes::One && volumes.len() > 1;
    let mut remarks: Vec<String> = split.then(|| words::proof::split(report.options.format, volumes.len())).into_iter().collect();
    remarks.extend(words::proof::oversized(&report));
    remarks.extend(words::proof::reduced(&report));
    remarks.extend(words::proof::masked(&report));
    remarks.extend(words::proof::unproven_vetoes(&report.lacking));
    remarks.extend(words::proof::unread(report.unread));
    remarks.extend(words::proof::pending(report.pending));
    remarks.extend(report.remarks.iter().map(words::proof::remark));
    Package {
        name: report.name.clone(),
        files: report.files.iter().map(|file| folder.join(&file.name)).collect(),
        report: path,
        format: report.options.format,
        volumes: report.options.volumes,
        sections: report.options.sections,
        made_on: report.options.made_on,
        sheets: volumes.iter().map(|volume| volume.sheets).sum(),
        pieces: volumes.iter().map(|volume| volume.pieces).sum(),
        pages: volumes.iter().map(|volume| volume.pages).sum(),
        bytes: report.files.iter().map(|file| file.bytes).sum(),
        left_out: report.left_out.iter().map(words::left_out).collect(),
        remarks,
        verification: report.verification,
        pack: report.pack,
    }
}
