//! The sample project: papers are drawn, taken in by the real intake, and filed as a clerk would file them.

use std::collections::HashMap;
use std::path::Path;

use dossier::desk::{BatchReport, Cell, Creation, Surroundings};
use dossier::domain::{
    Catalogue, Declaration, DemandKind, Description, DocumentId, IndicatorCode, Points, SelfAssessment, Suggestion, Units, Verdict,
};
use dossier::error::{Error, Result};
use dossier::store::FileAct;
use dossier::{Desk, exchange};
use jiff::civil::Date;
use scans::Watch;

use crate::{Ask, Drawn, Faces};

/// Every so many-th piece is left as it came, is filed under a second indicator, has no date, or is dated too early, so that
/// every kind of finding has an example.
const UNFILED_EVERY: usize = 23;
const SHARED_EVERY: usize = 17;
const UNDATED_EVERY: usize = 19;
const EARLY_EVERY: usize = 37;
/// The indicator whose first piece is sent back.
const RETURNED_AT: usize = 4;
const NARRATIVE: &str = "按要求落实到位，材料齐全的年度按满分计，仍在补充的部分按一半计。";

/// A sample project as it stands.
#[derive(Debug)]
pub struct Made {
    pub desk: Desk,
    /// Pieces that were drawn; copies and spoiled files lie among them.
    pub drawn: usize,
    pub report: BatchReport,
    pub filed: usize,
}

/// Makes a project of the reference catalogue in a new folder, with `documents` pieces. `watch` is told of drawing, then of
/// taking in.
///
/// # Errors
/// The bundled fonts can't be read, the disk is full, it was stopped, or what [`Desk::create`] says. What was made by then is left.
pub fn make(dir: &Path, documents: usize, seed: u64, around: Surroundings, watch: &Watch) -> Result<Made> {
    let faces = Faces::load(&around.fonts).map_err(|source| Error::file(FileAct::Read, &around.fonts, source))?;
    let (catalogue, units) = exchange::reference();
    let asks = crate::asks::asks(&catalogue, &units, documents, seed);
    let (name, office) = ("示例区创建全国双拥模范城申报材料".to_owned(), "示例区双拥工作领导小组办公室".to_owned());
    let desk = Desk::create(dir, Creation { name, office, catalogue, units }, around)?;

    let temporary = std::env::temp_dir();
    let temporary = tempfile::tempdir().map_err(|source| Error::file(FileAct::MakeFolder, &temporary, source))?;
    let folder = temporary.path().join("各单位报送材料");
    let count = asks.len() as u64;
    let drawn = crate::draw(&folder, &faces, &asks, seed, &|done| watch.step(done as u64, count, "绘制示例材料"));
    let drawn = drawn.map_err(|source| Error::file(FileAct::Write, &folder, source))?;
    watch.go_on()?;
    let mut received = HashMap::new();
    let report = desk.intake(&[folder], watch, &mut |file| {
        // Of two same files the one that was met first is the piece.
        if let Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document } = &file.verdict {
            received.insert(file.path.clone(), (*document, file.suggestion.clone()));
        }
    })?;
    // A batch that is stopped ends well, but half a sample is none.
    watch.go_on()?;
    arrange(&desk, &drawn, &received)?;
    decide(&desk)?;
    let dossier = desk.dossier()?;
    let filed = dossier.documents.keys().filter(|id| dossier.evidence.values().flatten().any(|evidence| evidence.document == **id)).count();
    Ok(Made { desk, drawn: drawn.len(), report, filed })
}

/// Accepts the suggestions that are right, files the rest by hand, and says of each piece what its paper says.
fn arrange(desk: &Desk, drawn: &[Drawn], received: &HashMap<String, (DocumentId, Option<Suggestion>)>) -> Result<()> {
    let mut sure = Vec::new();
    let mut by_hand: Vec<(IndicatorCode, Vec<DocumentId>)> = Vec::new();
    let mut taken = Vec::new();
    for (at, piece) in drawn.iter().enumerate() {
        let path = shown(&piece.path);
        let Some((_, (document, suggestion))) = received.iter().find(|(received, _)| received.ends_with(&path)) else { continue };
        taken.push((at, *document, piece));
        if at % UNFILED_EVERY == UNFILED_EVERY - 1 {
            continue;
        }
        let code = IndicatorCode(piece.ask.code.clone());
        match suggestion {
            Some(suggestion) if suggestion.indicator.as_ref() == Some(&code) && suggestion.confidence >= Suggestion::SURE => {
                sure.push(*document);
            }
            _ => match by_hand.iter_mut().find(|(under, _)| *under == code) {
                Some((_, documents)) => documents.push(*document),
                None => by_hand.push((code, vec![*document])),
            },
        }
    }
    desk.accept_suggestion(&sure)?;
    for (code, documents) in &by_hand {
        desk.file(documents, code)?;
    }
    let (catalogue, units) = (desk.catalogue(), desk.units());
    for (at, document, piece) in taken {
        desk.describe(document, &description(at, piece, &catalogue, &units))?;
        let shared = at % SHARED_EVERY == SHARED_EVERY - 1 && at % UNFILED_EVERY != UNFILED_EVERY - 1;
        if let Some(other) = neighbour(&catalogue, &piece.ask).filter(|_| shared) {
            desk.file(&[document], &other)?;
        }
    }
    Ok(())
}

/// What an office decides: a self-score where something is filed (the last part of each only half), one piece sent back, one
/// gap asked for, one veto item declared.
fn decide(desk: &Desk) -> Result<()> {
    let (dossier, catalogue) = (desk.dossier()?, desk.catalogue());
    let step = catalogue.score_step.0.max(1);
    for leaf in catalogue.leaves().filter(|leaf| dossier.filed(leaf.code()).next().is_some()) {
        let mut points: Vec<Option<Points>> = leaf.parts().iter().map(|part| Some(part.points)).collect();
        let Some(Some(last)) = points.last_mut() else { continue };
        *last = Points(last.0 / 2 / step * step);
        desk.self_assess(leaf.code(), &SelfAssessment { points, narrative: NARRATIVE.to_owned() })?;
    }
    let returned = catalogue.indicators().nth(RETURNED_AT).and_then(|indicator| dossier.filed(&indicator.code).next());
    if let Some((evidence, document)) = returned {
        desk.demand(DemandKind::Return, &[document.id], Some(&evidence.indicator), "没有盖章，请补盖后重报")?;
    }
    let empty = catalogue.indicators().find(|indicator| dossier.filed(&indicator.code).next().is_none());
    if let Some(indicator) = empty {
        let cell = Cell { indicator: indicator.code.clone(), year: None, unit: None };
        desk.demand_at(DemandKind::Supplement, &cell, "已电话催报")?;
    }
    if let Some(veto) = catalogue.veto_items.iter().rfind(|veto| dossier.filed(&veto.code).next().is_some()) {
        let document = dossier.filed(&veto.code).next().map(|(_, document)| document.id);
        let declaration = Declaration { signer: desk.assessment().office, signed_on: catalogue.cycle.submission_due, document };
        desk.declare(&veto.code, Some(&declaration))?;
    }
    Ok(())
}

/// A path as the report of a batch shows it.
fn shown(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn description(at: usize, piece: &Drawn, catalogue: &Catalogue, units: &Units) -> Description {
    let Drawn { ask, subject, .. } = piece;
    let expected = catalogue.indicators().find(|indicator| indicator.code.0 == ask.code);
    let form = expected.and_then(|indicator| indicator.expected_evidence.iter().find(|expected| expected.title == ask.title));
    let year = if at % EARLY_EVERY == EARLY_EVERY - 1 { catalogue.cycle.period_from.year() - 2 } else { subject.year };
    let undated = at % UNDATED_EVERY == UNDATED_EVERY - 1;
    Description {
        title: subject.title.clone(),
        number: subject.number.clone(),
        issuer: subject.issuer.clone(),
        dated: if undated { None } else { Date::new(year, subject.month, subject.day).ok() },
        form: form.map(|expected| expected.form.clone()).unwrap_or_default(),
        unit: units.units.iter().find(|unit| unit.name == ask.unit).map(|unit| unit.code.clone()),
        ..Description::default()
    }
}

/// The next indicator of the same area: what proves one often proves its neighbour.
fn neighbour(catalogue: &Catalogue, ask: &Ask) -> Option<IndicatorCode> {
    let areas = catalogue.all_areas();
    let area = areas.iter().find(|(_, area)| area.indicators.iter().any(|indicator| indicator.code.0 == ask.code))?.1;
    let at = area.indicators.iter().position(|indicator| indicator.code.0 == ask.code)?;
    let next = &area.indicators[(at + 1) % area.indicators.len()];
    (next.code.0 != ask.code).then(|| next.code.clone())
}
