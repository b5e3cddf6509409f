//! 收集包 that come back: unit and indicator are known from the folder that a file lies in.

use std::collections::HashMap;

use scans::Kind;

use super::door::Door;
use super::path::split;
use super::suggest::{Known, ask_for_form, own_folder};
use super::{code, form};
use crate::domain::{Because, Catalogue, DocumentId, IndicatorCode, Kit, KitFile, Suggestion, UnitCode, Verdict, kit};
use crate::error::{Error, Result};
use crate::store::{BatchId, CameBack, Candidate, FileAct, Incoming};

/// Above any other ground of a suggestion.
const IN_KIT: u8 = 98;
/// The folder of the kit says one indicator, the name of the file plainly another.
const CONTRADICTED: u8 = 60;

/// Where a file of a kit belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub unit: UnitCode,
    /// With the folder that says so.
    pub indicator: Option<(IndicatorCode, String)>,
    /// Index of the kit among those of the batch.
    pub kit: usize,
}

/// Reads the kits of one batch; those of another round say nothing.
pub struct Kits<'a> {
    catalogue: &'a Catalogue,
    kits: &'a [CameBack],
    /// Places among the kits, by their folders.
    by_folder: HashMap<&'a str, usize>,
    /// Folders that hold the mark of an indicator, whatever they are called now.
    marked: HashMap<&'a str, &'a IndicatorCode>,
}

impl<'a> Kits<'a> {
    pub fn new(catalogue: &'a Catalogue, kits: &'a [CameBack], candidates: &'a [Candidate]) -> Self {
        let by_folder = kits.iter().zip(0..).map(|(kit, at)| (kit.folder.as_str(), at)).collect();
        let mut markers = HashMap::new();
        for leaf in catalogue.leaves() {
            markers.entry(kit::marker(leaf.code())).or_insert(leaf.code());
        }
        let mut marked = HashMap::new();
        for candidate in candidates {
            let (folder, name) = split(&candidate.path);
            if KitFile::named(name) == Some(KitFile::Marker)
                && let Some(code) = markers.get(name)
            {
                marked.entry(folder).or_insert(*code);
            }
        }
        Self { catalogue, kits, by_folder, marked }
    }

    /// `None` for what lies in no kit.
    pub fn place(&self, path: &str) -> Option<Placed> {
        let (folder, _) = split(path);
        // A kit within a kit: the inner one speaks.
        let at = *outwards(folder).find_map(|folder| self.by_folder.get(folder))?;
        let came = &self.kits[at];
        Some(Placed { unit: came.kit.unit.clone(), indicator: self.indicator(came, folder), kit: at })
    }

    /// The innermost folder that says an indicator: by the mark in it, by the name we gave it, by a code at its head.
    fn indicator(&self, came: &CameBack, folder: &str) -> Option<(IndicatorCode, String)> {
        outwards(folder).take_while(|folder| *folder != came.folder).find_map(|folder| {
            let name = split(folder).1;
            let marked = self.marked.get(folder).map(|code| (*code).clone());
            let named = || came.kit.folder(name).filter(|code| self.catalogue.leaf(code).is_some()).cloned();
            let coded = || code::head(name)?.code(self.catalogue).filter(|code| !code.bare).map(|code| code.code);
            marked.or_else(named).or_else(coded).map(|code| (code, name.to_owned()))
        })
    }
}

/// A folder, the one it lies in, and so on; the last is what was given, which has no name.
fn outwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| split(folder).0))
}

impl Door<'_> {
    /// Keeps what a manifest says that came in with a batch; one that was spoiled says nothing.
    pub(super) fn meet_kit(&self, candidate: &Candidate, incoming: &Incoming) -> Result<()> {
        if incoming.bytes > kit::MANIFEST_BYTES {
            return Ok(());
        }
        let path = incoming.path();
        let bytes = std::fs::read(path).map_err(|source| Error::file(FileAct::Read, path, source))?;
        match Kit::read(&bytes) {
            Some(kit) => self.store.keep_kit(candidate.batch, split(&candidate.path).0, &kit),
            None => Ok(()),
        }
    }

    /// Keeps what a unit wrote into its 报送清单. One that can't be read says nothing: what came is counted anyway.
    pub(super) fn meet_form(&mut self, candidate: &Candidate, incoming: &Incoming) -> Result<()> {
        let file = incoming.open()?;
        let grid = self.worker.tables(&file, incoming.bytes);
        match grid.map_err(|source| Error::NoWorker { program: self.worker.program().to_owned(), source })? {
            Ok(grid) => self.store.keep_form(candidate.batch, split(&candidate.path).0, &form::read(&grid)),
            Err(_) => Ok(()),
        }
    }

    /// Puts what the kits of a batch say in place of what was guessed from names. Done once all files have come, because
    /// the manifest may be the last of an archive.
    pub(super) fn place_by_kits(&self, batch: BatchId) -> Result<()> {
        let mut kits = self.store.kits_of(batch)?;
        kits.retain(|came| came.kit.is_for(self.assessment, self.known.units()));
        if kits.is_empty() {
            return Ok(());
        }
        let candidates = self.store.candidates(batch)?;
        let known = Kits::new(self.known.catalogue(), &kits, &candidates);
        let mut suggestions: Vec<(DocumentId, Suggestion)> = Vec::new();
        for candidate in &candidates {
            let Some(Verdict::Accepted { document, .. }) = candidate.verdict else { continue };
            let Some(placed) = known.place(&candidate.path) else { continue };
            let Some(mut suggestion) = self.store.suggestion(document)? else { continue };
            if improve(&mut suggestion, placed, self.known, candidate.kind.unwrap_or(Kind::Unknown)) {
                suggestions.push((document, suggestion));
            }
        }
        self.store.suggest(&suggestions)
    }
}

/// `false`: it was said already.
fn improve(suggestion: &mut Suggestion, placed: Placed, known: &Known<'_>, kind: Kind) -> bool {
    if suggestion.because.iter().any(|because| matches!(because, Because::InKit { .. })) {
        return false;
    }
    let Placed { unit, indicator, .. } = placed;
    let (code, folder) = indicator.unzip();
    if let Some(code) = &code {
        let other = |because: &Because| matches!(because, Because::CodeInName { code: named, .. } if named != code);
        suggestion.confidence = if suggestion.because.iter().any(other) { CONTRADICTED } else { IN_KIT };
        suggestion.indicator = Some(code.clone());
    }
    ask_for_form(known.catalogue(), suggestion, kind);
    own_folder(known, suggestion, &unit);
    suggestion.unit = Some(unit.clone());
    suggestion.because.insert(0, Because::InKit { folder: folder.unwrap_or_default(), unit, code });
    true
}
