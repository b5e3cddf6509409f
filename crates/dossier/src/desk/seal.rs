//! 加密打包: what is handed over on a stick that may be lost.

use std::path::{Path, PathBuf};

use scans::Watch;
use serde::Serialize;
use walkdir::WalkDir;

use super::Desk;
use crate::compile::package::CompileError;
use crate::compile::{Package, Report};
use crate::domain::name;
use crate::error::{Error, Result};
use crate::exchange::seal::{Item, is_password, write};
use crate::store::{Deed, files, free_path};
use crate::wording::{package as papers, seal as words};

/// Bytes that a disk needs beside what is packed.
const SPARE: u64 = 16 << 20;

/// What is packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// A package with its 校验报告, by its place in [`Desk::packages`]; the newest where none is said.
    Package(Option<usize>),
    /// All that lies in a folder outside the project: a 查阅盘, 收集包.
    Folder(PathBuf),
}

/// A ZIP that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sealed {
    pub path: PathBuf,
    pub files: usize,
    /// Of what lies in it.
    pub bytes: u64,
}

impl Desk {
    /// Packs into a ZIP in `place` that only the password opens; read again, and compared, before it has its name. The password is
    /// kept nowhere. What is there already stays.
    ///
    /// # Errors
    /// [`Error::NotAPassword`]; [`Error::NoPackage`]; [`Error::HeldSince`]; [`Error::MaskedSince`]; [`Error::NotSealable`];
    /// [`CompileError`] where a file of a package is gone; [`Error::Outside`]. Nothing is left then.
    pub fn seal(&self, what: &Contents, place: &Path, password: &str, watch: &Watch) -> Result<Sealed> {
        self.store.writable()?;
        if !is_password(password) {
            return Err(Error::NotAPassword);
        }
        let (name, items) = match what {
            Contents::Package(at) => self.packed(*at)?,
            Contents::Folder(folder) => self.in_folder(folder)?,
        };
        let sizes = items.iter().filter_map(|item| match item {
            Item::File { bytes, .. } => Some(*bytes),
            Item::Folder(_) => None,
        });
        let (files, bytes) = (sizes.clone().count(), sizes.sum());
        let needed = bytes + SPARE;
        if let Some(free) = files::free_space(place).filter(|free| *free < needed) {
            return Err(Error::OutsideFull { path: place.to_owned(), needed: needed - free });
        }
        let path = free_path(place, &name::legal(&words::file(&name)), ".zip");
        let outside = |error: Error| error.outside(place);
        let part = write(self.store.files(), &items, &path, password, watch).map_err(outside)?;
        part.rename_to(&path).map_err(outside)?;
        self.store.note(&Deed::Seal { files: files as u32, path: path.display().to_string() })?;
        Ok(Sealed { path, files, bytes })
    }

    /// A package with all that lies beside it, in a folder of its name.
    fn packed(&self, at: Option<usize>) -> Result<(String, Vec<Item>)> {
        let packages = self.packages()?;
        let package = packages.get(at.unwrap_or(0)).ok_or(Error::NoPackage)?;
        let report = self.may_leave(package)?;
        let ending = report.options.format.ending();
        let beside = [papers::printed_report_name(&report.name, ending), papers::readable_report_name(&report.name, ending)];
        let beside = beside.into_iter().map(|name| package.report.with_file_name(name)).chain([package.report.clone()]);
        let digests = report.files.iter().map(|file| Some(file.digest));
        let files = package.files.iter().cloned().zip(digests).chain(beside.map(|path| (path, None)));
        let item = |(from, digest): (PathBuf, _)| {
            let about = std::fs::metadata(&from).map_err(|source| CompileError::Unreadable { path: from.clone(), source })?;
            let name = format!("{}/{}", package.name, from.file_name().unwrap_or_default().to_string_lossy());
            Ok(Item::File { name, from, bytes: about.len(), digest })
        };
        Ok((package.name.clone(), files.map(item).collect::<Result<_>>()?))
    }

    /// Everything in a folder, in the order of its names; links are not followed.
    fn in_folder(&self, folder: &Path) -> Result<(String, Vec<Item>)> {
        let outside = |source| Error::Outside { path: folder.to_owned(), source };
        let (whole, own) = (folder.canonicalize().map_err(outside)?, self.dir().canonicalize().map_err(outside)?);
        let Some(name) = whole.file_name().filter(|_| !whole.starts_with(&own) && !own.starts_with(&whole)) else {
            return Err(Error::NotSealable { place: folder.to_owned() });
        };
        let name = name.to_string_lossy().into_owned();
        let mut items = Vec::new();
        for entry in WalkDir::new(&whole).min_depth(1).follow_links(false).sort_by_file_name() {
            let entry = entry.map_err(|error| outside(error.into()))?;
            let below = entry.path().strip_prefix(&whole).unwrap_or(entry.path());
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let shown = format!("{name}/{}", parts.join("/"));
            if entry.file_type().is_dir() {
                items.push(Item::Folder(shown));
            } else if entry.file_type().is_file() {
                let bytes = entry.metadata().map_err(|error| outside(error.into()))?.len();
                items.push(Item::File { name: shown, from: entry.into_path(), bytes, digest: None });
            }
        }
        if items.iter().any(|item| matches!(item, Item::File { .. })) {
            Ok((name, items))
        } else {
            Err(Error::NotSealable { place: folder.to_owned() })
        }
    }

    /// The report of a package that may be handed over: nothing in it was found to be classified, or covered, since.
    pub(super) fn may_leave(&self, package: &Package) -> Result<Report> {
        let json = std::fs::read(&package.report).map_err(|_| Error::NoPackage)?;
        let report: Report = serde_json::from_slice(&json).map_err(|source| Error::Json { what: "report", source })?;
        let dossier = self.dossier()?;
        match self.held_of(&report, &dossier)? {
            0 => {}
            pieces => return Err(Error::HeldSince { pieces }),
        }
        match report.uncovered(&dossier) {
            0 => Ok(report),
            pages => Err(Error::MaskedSince { pages }),
        }
    }
}
