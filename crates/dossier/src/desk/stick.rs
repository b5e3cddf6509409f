//! 查阅盘: a package as inspectors carry it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use scans::Watch;
use serde::Serialize;

use super::Desk;
use crate::compile::Report;
use crate::compile::ledger::Shows;
use crate::compile::package::{CompileError, ReportedPiece};
use crate::domain::name;
use crate::error::{Error, Result};
use crate::exchange::stick::{About, Entry, pages};
use crate::store::{FileAct, Files, free_path};
use crate::wording::stick as words;

const CHUNK: usize = 1 << 20;

/// A 查阅盘 that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stick {
    pub dir: PathBuf,
    pub files: usize,
    pub pieces: usize,
    pub bytes: u64,
}

impl Desk {
    /// 查阅盘 of the newest package that is a PDF, or of the one at this place in [`Desk::packages`], into a folder of its own
    /// within `place`. Every file is compared with its digest while it is copied.
    ///
    /// # Errors
    /// [`Error::NoPackage`]; [`Error::HeldSince`]; [`Error::MaskedSince`]; [`CompileError::Damaged`] where a PDF is not the one that was compiled; [`Error::Outside`]. Nothing is
    /// left then.
    pub fn make_stick(&self, at: Option<usize>, place: &Path, watch: &Watch) -> Result<Stick> {
        let packages = self.packages()?;
        let package = match at {
            Some(at) => packages.get(at).filter(|package| package.is_whole_pdf()),
            None => packages.iter().find(|package| package.is_whole_pdf()),
        };
        let package = package.ok_or(Error::NoPackage)?;
        let report = self.may_leave(package)?;
        let sources: Vec<&PathBuf> = package.files.iter().collect();
        if let Some(gone) = sources.iter().find(|path| !path.is_file()) {
            return Err(CompileError::Unreadable { path: gone.to_path_buf(), source: io::ErrorKind::NotFound.into() }.into());
        }
        let about = about(&report);
        let pieces = about.entries.iter().filter(|entry| entry.level == 2).count();
        let bytes = report.files.iter().map(|file| file.bytes).sum();
        let name = name::legal(&words::folder(&report.name));
        let part = free_path(place, &name, &format!(".{}.part", std::process::id()));
        let filled = self.fill_stick(&part, &report, &sources, &about, bytes, watch, place);
        let dir = free_path(place, &name, "");
        let named = filled.and_then(|()| self.store.files().rename(&part, &dir).map_err(|error| error.outside(place)));
        if let Err(error) = named {
            // A stick that was pulled out keeps the part; its name says what it is.
            let _ = std::fs::remove_dir_all(&part);
            return Err(error);
        }
        Ok(Stick { dir, files: sources.len(), pieces, bytes })
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one folder, handed on once")]
    fn fill_stick(
        &self,
        part: &Path,
        report: &Report,
        sources: &[&PathBuf],
        about: &About,
        bytes: u64,
        watch: &Watch,
        place: &Path,
    ) -> Result<()> {
        let files = self.store.files();
        let outside = |error: Error| error.outside(place);
        files.make_folder(part).map_err(outside)?;
        let mut done = 0;
        for (source, reported) in sources.iter().zip(&report.files) {
            let to = part.join(&reported.name);
            let digest = copy(files, source, &to, (&mut done, bytes), watch, place)?;
            if digest != reported.digest {
                return Err(CompileError::Damaged { path: source.to_path_buf(), detail: "its digest is another".to_owned() }.into());
            }
        }
        for (name, text) in pages(about) {
            files.write_whole(&part.join(name), &text).map_err(outside)?;
        }
        for entry in std::fs::read_dir(part).map_err(|source| Error::file(FileAct::Read, part, source)).map_err(outside)?.flatten() {
            // Some file systems of sticks know no such mark; the copy is as good without it.
            let _ = files.protect(&entry.path());
        }
        Ok(())
    }
}

fn copy(files: &Files, from: &Path, to: &Path, (done, all): (&mut u64, u64), watch: &Watch, place: &Path) -> Result<scans::Digest> {
    let unreadable = |source| CompileError::Unreadable { path: from.to_owned(), source };
    let mut source = File::open(from).map_err(unreadable)?;
    let mut draft = files.create(to).map_err(|error| error.outside(place))?;
    let mut hasher = scans::digest::Hasher::default();
    let mut chunk = vec![0; CHUNK];
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    loop {
        watch.go_on()?;
        // Counted in MB.
        watch.step(*done >> 20, all >> 20, &*name);
        let read = match source.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error).into()),
        };
        hasher.update(&chunk[..read]);
        draft.write(&chunk[..read]).map_err(|error| error.outside(place))?;
        *done += read as u64;
    }
    draft.finish().and_then(crate::store::files::Finished::keep).map_err(|error| error.outside(place))?;
    Ok(hasher.finish())
}

/// Areas, indicators and pieces in the order of the paper, each with its page.
fn about(report: &Report) -> About {
    let by_number: HashMap<_, &ReportedPiece> = report.pieces.iter().map(|piece| (&piece.number, piece)).collect();
    let file = |volume: u32| report.files.iter().find(|file| file.volume == volume).map(|file| file.name.clone()).unwrap_or_default();
    let mut entries = Vec::new();
    for sheet in &report.ledger.sheets {
        let here = |heading: &&crate::compile::ledger::Heading| (heading.volume, heading.sheet) == (sheet.volume, sheet.sheet);
        let entry = |level, text: &str, pages| Entry {
            level,
            text: text.to_owned(),
            file: file(sheet.volume),
            page: sheet.sheet + 1,
            folio: sheet.folio.label(),
            pages,
        };
        entries.extend(report.ledger.headings.iter().filter(here).map(|heading| entry(heading.level.min(1), &heading.text, 0)));
        let pieces: Vec<_> = match &sheet.shows {
            Shows::Piece { slice: Some(slice), .. } if slice.from != 0 => Vec::new(),
            Shows::Slip { piece, .. } => vec![piece],
            shows => shows.evidence().iter().filter(|on| on.page == 1).map(|on| on.piece).collect(),
        };
        for number in pieces {
            let known = by_number.get(number);
            let text = known.map_or_else(|| number.0.clone(), |piece| format!("{}　{}", number.0, piece.title));
            entries.push(entry(2, &text, known.map_or(1, |piece| piece.pages)));
        }
    }
    let files = report.files.iter().map(|file| (file.name.clone(), file.bytes, file.digest.to_string())).collect();
    About { title: report.title.clone(), office: report.office.clone(), made_on: report.options.made_on.to_string(), entries, files }
}
