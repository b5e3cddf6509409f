//! 收集包: what goes out to the units, and what came back.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use scans::Watch;
use serde::Serialize;

use super::{Desk, Received};
use crate::check::owed;
use crate::domain::kit::{FormRow, Listing};
use crate::domain::{
    Debt, Document, DocumentId, Dossier, Duty, Evidence, EvidenceId, IndicatorCode, Kit, Per, Suggestion, Unit, UnitCode, Verdict,
    YearState, kit,
};
use crate::error::{Error, Result};
use crate::exchange::kit::{Ask, Draft, Folder, KitReceipt, MadeKit, Shape, entries, put};
use crate::intake::Kits;
use crate::store::{BatchId, CameBack, Candidate, CandidateId, Deed, KitId, Pieces, document, evidence, kit as kits};
use crate::wording::kit as words;

/// How much of what it owes a unit has handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitStanding {
    pub unit: UnitCode,
    /// Indicators that it has to prove, or helps to.
    pub indicators: u32,
    /// Pieces that are missing, and those that are not due yet.
    pub missing: u32,
    pub not_due: u32,
    /// Pieces that came from it.
    pub pieces: u32,
    /// [`Desk::make_kits`] makes a kit for it: it owes something, or helps where something is missing.
    pub kit: bool,
}

/// A 收集包 that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub id: KitId,
    pub batch: BatchId,
    pub at: jiff::Timestamp,
    pub kit: Kit,
    /// Made for this round; else it says nothing of where its files belong.
    pub ours: bool,
    /// Files in it that are material, and pieces among them that are filed nowhere yet.
    pub files: u32,
    pub unfiled: u32,
}

/// 核对: what came, what is still owed, what nobody expected.
#[derive(Debug, Clone, PartialEq)]
pub struct KitReview {
    pub returned: Returned,
    /// By indicator in the order issued: what came for it, or is still owed.
    pub lines: Vec<KitLine>,
    /// Belongs to no indicator that was asked, or was not taken in.
    pub others: Vec<KitPiece>,
    /// What [`Desk::file_kit`] would file.
    pub sure: u32,
    /// The 报送清单 came back and can be read.
    pub form: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct KitLine {
    pub indicator: IndicatorCode,
    pub text: String,
    pub came: Vec<KitPiece>,
    /// The unit has to hand something in itself; else it only helps.
    pub owes: bool,
    /// What is owed once all that came is filed.
    pub owed: Vec<Debt>,
    /// What the unit wrote into the 报送清单.
    pub listed: Vec<FormRow>,
}

impl KitLine {
    /// `None` where the unit listed nothing.
    pub fn listing(&self) -> Option<Listing> {
        let sum = |number: fn(&FormRow) -> Option<u32>| self.listed.iter().filter_map(number).reduce(u32::saturating_add);
        let came = (self.came.len() as u32, self.came.iter().map(|piece| piece.pages).sum());
        let listing = Listing {
            pieces: sum(|row| row.pieces).map(|listed| (listed, came.0)),
            pages: sum(|row| row.pages).map(|listed| (listed, came.1)),
        };
        (!self.listed.is_empty()).then_some(listing)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct KitPiece {
    pub received: Received,
    /// Of the piece it became or is the same as.
    pub pages: u32,
    /// Where the kit says that it belongs.
    pub indicator: Option<IndicatorCode>,
    pub document: Option<DocumentId>,
    /// Filed under that indicator.
    pub filed: bool,
    /// Where a person, or the sheet on top of it, has put it, and no folder of the kit does.
    pub elsewhere: Vec<IndicatorCode>,
    /// 佐证年度 that filing would write where none is said.
    pub years: Vec<i16>,
    /// [`Desk::file_kit`] files it, or counts it for this unit as well where it is filed.
    pub sure: bool,
}

impl KitPiece {
    /// Another file of the same bytes came before.
    fn is_copy(&self) -> bool {
        matches!(self.received.verdict, Verdict::Duplicate { .. })
    }
}

impl Desk {
    /// Every unit in the order issued, with what it owes.
    pub fn unit_standings(&self) -> Result<Vec<UnitStanding>> {
        let dossier = self.dossier()?;
        let debts = owed::owed(&dossier, self.today());
        let mut pieces: BTreeMap<&UnitCode, u32> = BTreeMap::new();
        for unit in dossier.documents.values().filter_map(|document| document.description.unit.as_ref()) {
            *pieces.entry(unit).or_default() += 1;
        }
        let standing = |unit: &Unit| {
            let lacking = |state| debts.iter().filter(|debt| debt.is_of(&unit.code) && debt.counts_as(state)).map(Debt::lacking).sum();
            UnitStanding {
                unit: unit.code.clone(),
                indicators: duties(&dossier, &unit.code).len() as u32,
                missing: lacking(YearState::Missing),
                not_due: lacking(YearState::NotDue),
                pieces: pieces.get(&unit.code).copied().unwrap_or(0),
                kit: self.kit_draft(&dossier, &debts, unit).is_some(),
            }
        };
        Ok(self.units.units.iter().map(standing).collect())
    }

    /// 收集包 for units, into a folder that the clerk chose; for all units that owe something where none is named. What is
    /// there already stays.
    ///
    /// # Errors
    /// [`Error::NoSuchUnit`]; [`Error::Outside`]: the kits that were made by then stay.
    pub fn make_kits(&self, units: &[UnitCode], shape: Shape, place: &Path, watch: &Watch) -> Result<KitReceipt> {
        if let Some(code) = units.iter().find(|code| self.units.unit(code).is_none()) {
            return Err(Error::NoSuchUnit { code: code.clone() });
        }
        let chosen: Vec<&Unit> = self.units.units.iter().filter(|unit| units.is_empty() || units.contains(&unit.code)).collect();
        let dossier = self.dossier()?;
        let debts = owed::owed(&dossier, self.today());
        let fonts = self.fonts()?;
        let spare = self.dir().join("incoming").join("kit.part");
        let mut receipt = KitReceipt { made: Vec::new(), passed: Vec::new() };
        for (unit, done) in chosen.iter().zip(0..) {
            watch.go_on()?;
            watch.step(done, chosen.len() as u64, &unit.name);
            let Some(draft) = self.kit_draft(&dossier, &debts, unit) else {
                receipt.passed.push(words::passed(&unit.name, !duties(&dossier, &unit.code).is_empty()));
                continue;
            };
            let entries = entries(&draft, &fonts, self.store.files(), &spare)?;
            let path = put::put(self.store.files(), &entries, place, &draft.kit.name(), shape).map_err(|error| error.outside(place))?;
            receipt.made.push(MadeKit {
                unit: unit.code.clone(),
                name: unit.name.clone(),
                path,
                indicators: draft.folders.len() as u32,
                lacking: draft.lacking(),
            });
        }
        watch.step(chosen.len() as u64, chosen.len() as u64, "");
        if let Some(first) = receipt.made.first() {
            self.store.note(&Deed::Kits { units: receipt.made.len() as u32, first: first.name.clone() })?;
        }
        Ok(receipt)
    }

    /// `None` where nothing is missing that this unit could hand in.
    fn kit_draft(&self, dossier: &Dossier, debts: &[Debt], unit: &Unit) -> Option<Draft> {
        let mut folders = Vec::new();
        for (code, duty) in duties(dossier, &unit.code) {
            let indicator = dossier.catalogue.indicators().find(|indicator| indicator.code == code)?;
            // Who supports is told all that is missing; what is asked from each unit only of itself.
            let helps = |debt: &Debt| duty == Duty::Support && debt.expected.per != Per::Unit;
            let mine = |debt: &&Debt| debt.indicator == code && (debt.is_of(&unit.code) || helps(debt));
            let asks: Vec<Ask> = debts.iter().filter(mine).map(|debt| self.ask(debt, &unit.code)).collect();
            if asks.iter().any(|ask| ask.state != YearState::Complete) {
                let (name, text) = (String::new(), indicator.content.clone());
                folders.push(Folder { name, indicator: code, text, duty, requirements: indicator.requirements.clone(), asks });
            }
        }
        if folders.is_empty() {
            return None;
        }
        let named = kit::folders(folders.iter().map(|folder| (&folder.indicator, folder.text.as_str())));
        folders.iter_mut().zip(&named).for_each(|(folder, named)| folder.name.clone_from(&named.name));
        let cycle = &dossier.assessment.cycle;
        let kit = Kit {
            schema: kit::SCHEMA.to_owned(),
            project: dossier.assessment.id.clone(),
            assessment: dossier.assessment.name.clone(),
            period_from: cycle.period_from,
            period_to: cycle.period_to,
            edition: dossier.catalogue.edition.clone(),
            unit: unit.code.clone(),
            unit_name: unit.name.clone(),
            made_on: self.today(),
            due: cycle.submission_due,
            folders: named,
        };
        Some(Draft { kit, office: dossier.assessment.office.clone(), folders })
    }

    fn ask(&self, debt: &Debt, unit: &UnitCode) -> Ask {
        let Debt { expected, year, asked, found, state, .. } = debt;
        let title = if expected.title.is_empty() { words::ANY.to_owned() } else { expected.title.clone() };
        let form = self.catalogue.form_name(&expected.form).to_owned();
        Ask { title, form, year: *year, asked: *asked, found: *found, state: *state, own: debt.is_of(unit) }
    }

    /// 收集包 that came back, the newest first.
    pub fn returned(&self) -> Result<Vec<Returned>> {
        let mut by_batch: BTreeMap<BatchId, Vec<CameBack>> = BTreeMap::new();
        for came in self.store.read(kits::all)? {
            by_batch.entry(came.batch).or_default().push(came);
        }
        let moment = self.moment()?;
        let mut returned = Vec::new();
        for (batch, came) in &by_batch {
            returned.extend(self.returned_in(*batch, came, &moment)?.into_iter().map(|(returned, _)| returned));
        }
        returned.sort_by_key(|returned| Reverse(returned.id));
        Ok(returned)
    }

    fn moment(&self) -> Result<Moment> {
        let dossier = self.dossier()?;
        let filed = dossier.filed_anywhere();
        let began = self.batches()?.into_iter().map(|batch| (batch.id, batch.started_at)).collect();
        Ok(Moment { dossier, filed, began })
    }

    /// The kits of a batch, each with its material.
    fn returned_in(&self, batch: BatchId, came: &[CameBack], moment: &Moment) -> Result<Vec<(Returned, Vec<PlacedFile>)>> {
        let Moment { dossier, filed, began } = moment;
        let at = *began.get(&batch).ok_or(Error::NoSuchCandidate)?;
        let told = |(came, placed): (&CameBack, Vec<PlacedFile>)| {
            let here = placed.iter().filter_map(|(candidate, _)| here(dossier, candidate.verdict.as_ref()?));
            let unfiled = here.filter(|document| !filed.contains(document)).count() as u32;
            let ours = came.kit.is_for(&dossier.assessment, &self.units);
            let files = placed.len() as u32;
            (Returned { id: came.id, batch, at, kit: came.kit.clone().shown(), ours, files, unfiled }, placed)
        };
        Ok(came.iter().zip(self.placed(batch, came)?).map(told).collect())
    }

    /// What came back in a kit, beside what is owed.
    ///
    /// # Errors
    /// [`Error::NoSuchCandidate`] for a kit that is not there.
    pub fn review_kit(&self, id: KitId) -> Result<KitReview> {
        let batch = self.store.read(|index| kits::one(index, id))?.batch;
        let (came, moment) = (self.store.kits_of(batch)?, self.moment()?);
        let mut kits = came.iter().zip(self.returned_in(batch, &came, &moment)?);
        let (came_back, (returned, placed)) = kits.find(|(came, _)| came.id == id).ok_or(Error::NoSuchCandidate)?;
        let unit = came_back.kit.unit.clone();
        let dossier = moment.dossier;
        let pieces = self.pieces_of(&dossier, came_back, returned.ours, placed)?;
        let after = owed::owed(&filed_as_it_came(&dossier, &unit, &pieces), self.today());
        let asked: Vec<IndicatorCode> = duties(&dossier, &unit).into_iter().map(|(code, _)| code).collect();
        let sure = pieces.iter().filter(|piece| piece.sure).count() as u32;
        let (mut expected, others): (Vec<KitPiece>, Vec<KitPiece>) = pieces.into_iter().partition(|piece| {
            piece.document.is_some() && piece.indicator.as_ref().is_some_and(|code| returned.ours && asked.contains(code))
        });
        let mut lines = Vec::new();
        for indicator in dossier.catalogue.indicators().filter(|indicator| asked.contains(&indicator.code)) {
            let (came, rest) = expected.into_iter().partition(|piece| piece.indicator.as_ref() == Some(&indicator.code));
            expected = rest;
            let own = || after.iter().filter(|debt| debt.indicator == indicator.code && debt.is_of(&unit));
            let owed: Vec<Debt> = own().filter(|debt| debt.state != YearState::Complete).cloned().collect();
            let owes = own().next().is_some();
            let came: Vec<KitPiece> = came;
            let rows = came_back.listed.iter().flatten().filter(|row| returned.ours && row.indicator == indicator.code);
            let listed: Vec<FormRow> = rows.cloned().collect();
            if !came.is_empty() || !owed.is_empty() || !listed.is_empty() {
                lines.push(KitLine { indicator: indicator.code.clone(), text: indicator.content.clone(), came, owes, owed, listed });
            }
        }
        Ok(KitReview { returned, lines, others, sure, form: came_back.listed.is_some() })
    }

    /// Files everything that lies in the folder of an indicator, in one act, and says where it comes from. What a person said
    /// already stays. Answers how many pieces were filed.
    ///
    /// # Errors
    /// As [`Desk::review_kit`].
    pub fn file_kit(&self, id: KitId) -> Result<u32> {
        let review = self.review_kit(id)?;
        let unit = review.returned.kit.unit.clone();
        let name = self.units.name_of(&unit).to_owned();
        let pieces = review.lines.iter().flat_map(|line| &line.came).chain(&review.others).filter(|piece| piece.sure);
        let placed: Vec<(DocumentId, IndicatorCode, &KitPiece)> =
            pieces.filter_map(|piece| Some((piece.document?, piece.indicator.clone()?, piece))).collect();
        if placed.is_empty() {
            return Ok(0);
        }
        self.back_up_before(placed.len());
        self.store.act(
            |index| {
                let documents: Vec<DocumentId> = placed.iter().map(|(document, ..)| *document).collect();
                let first = document::one(index, documents[0])?.description.title;
                Ok((Deed::FileKit { pieces: Pieces { documents, first }, unit: name.clone() }, ()))
            },
            |index, ()| {
                for (document, code, piece) in &placed {
                    if !piece.filed {
                        // Of a file that was here before, the suggestion knows nothing of the kit.
                        fill_unit(index, *document, &unit)?;
                        self.fill_as_suggested(index, *document, false)?;
                        evidence::file(index, *document, code)?;
                    }
                    if piece.is_copy() {
                        count_for(index, *document, &unit)?;
                    }
                }
                Ok(())
            },
        )?;
        Ok(placed.len() as u32)
    }

    /// Of each of the kits of a batch the files of material that lie in it and in no kit within.
    fn placed(&self, batch: BatchId, kits: &[CameBack]) -> Result<Vec<Vec<PlacedFile>>> {
        let candidates = self.store.candidates(batch)?;
        let known = Kits::new(&self.catalogue, kits, &candidates);
        let mut out = vec![Vec::new(); kits.len()];
        for candidate in &candidates {
            let passed = matches!(candidate.verdict, None | Some(Verdict::Unpacked { .. } | Verdict::Ignored { .. }));
            if let Some(placed) = known.place(&candidate.path).filter(|_| !passed) {
                out[placed.kit].push((candidate.clone(), placed.indicator.map(|(code, _)| code)));
            }
        }
        Ok(out)
    }

    fn pieces_of(&self, dossier: &Dossier, came: &CameBack, ours: bool, placed: Vec<PlacedFile>) -> Result<Vec<KitPiece>> {
        let mut received: HashMap<CandidateId, Received> =
            self.batch(came.batch)?.into_iter().map(|received| (received.candidate, received)).collect();
        let mut pieces = Vec::new();
        for (candidate, by_kit) in placed {
            let Some(received) = received.remove(&candidate.id) else { continue };
            let document = here(dossier, &received.verdict);
            let by_kit = by_kit.filter(|_| ours);
            let indicator = by_kit.clone().or_else(|| received.suggestion.as_ref().and_then(|suggestion| suggestion.indicator.clone()));
            let doubted = received.suggestion.as_ref().is_some_and(|suggestion| suggestion.confidence < Suggestion::SURE);
            let pages = document.and_then(|id| dossier.documents.get(&id)).map_or(received.pages, |one| one.pages.len() as u32);
            // Of a file that was here before, the batch knows no suggestion.
            let before = match (&received.suggestion, document) {
                (None, Some(id)) => self.suggestion(id)?,
                _ => None,
            };
            let years = received.suggestion.as_ref().or(before.as_ref()).map(|suggestion| suggestion.years.clone()).unwrap_or_default();
            let sure = by_kit.is_some() && document.is_some() && !doubted;
            pieces.push(KitPiece { received, pages, indicator, document, filed: false, elsewhere: Vec::new(), years, sure });
        }
        stand(dossier, &came.kit.unit, &mut pieces);
        Ok(pieces)
    }
}

/// A file that is material, with the indicator of its folder.
type PlacedFile = (Candidate, Option<IndicatorCode>);

/// By what it is told how a kit stands.
struct Moment {
    dossier: Arc<Dossier>,
    filed: HashSet<DocumentId>,
    began: HashMap<BatchId, jiff::Timestamp>,
}

/// Says of each piece where it is filed already. One that lies in two folders of the kit belongs in both; one that was put where no
/// folder says stays there. The same bytes that came from another unit before, and are filed, may still count for this one.
fn stand(dossier: &Dossier, unit: &UnitCode, pieces: &mut [KitPiece]) {
    let mut filed: HashMap<DocumentId, Vec<&IndicatorCode>> = HashMap::new();
    for (code, evidence) in dossier.evidence.iter().flat_map(|(code, all)| all.iter().map(move |evidence| (code, evidence))) {
        filed.entry(evidence.document).or_default().push(code);
    }
    let by_kit: HashSet<(DocumentId, IndicatorCode)> =
        pieces.iter().filter_map(|piece| Some((piece.document?, piece.indicator.clone()?))).collect();
    for piece in pieces {
        let Some(id) = piece.document else { continue };
        let places = filed.get(&id).map(Vec::as_slice).unwrap_or_default();
        piece.filed = places.iter().any(|code| piece.indicator.as_ref() == Some(*code));
        let is_elsewhere = |code: &&&IndicatorCode| !by_kit.contains(&(id, (**code).clone()));
        piece.elsewhere = places.iter().filter(is_elsewhere).map(|code| (*code).clone()).collect();
        let uncounted = piece.is_copy() && dossier.documents.get(&id).is_some_and(|one| !counts_for(one, unit));
        piece.sure &= (!piece.filed || uncounted) && piece.elsewhere.is_empty();
    }
}

/// Says that a piece comes from the unit of its kit, where nobody has said where it comes from.
fn fill_unit(index: &Connection, id: DocumentId, unit: &UnitCode) -> Result<()> {
    let mut description = document::one(index, id)?.description;
    if description.unit.is_some() {
        return Ok(());
    }
    description.unit = Some(unit.clone());
    document::describe(index, id, &description)
}

/// The piece that a file became or is the same as, where it does not lie in 回收站.
fn here(dossier: &Dossier, verdict: &Verdict) -> Option<DocumentId> {
    match verdict {
        Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document } => {
            dossier.documents.contains_key(document).then_some(*document)
        }
        Verdict::Refused { .. } | Verdict::Pending { .. } | Verdict::Unpacked { .. } | Verdict::Ignored { .. } => None,
    }
}

/// Whether a piece counts as handed in by a unit, or nobody has said by whom.
fn counts_for(document: &Document, unit: &UnitCode) -> bool {
    document.description.unit.is_none() || document.description.is_from(unit)
}

/// Counts a piece that another unit has handed in before as handed in by this one, too.
fn count_for(index: &Connection, id: DocumentId, unit: &UnitCode) -> Result<()> {
    let document = document::one(index, id)?;
    if counts_for(&document, unit) {
        return Ok(());
    }
    let mut said = document.description;
    said.also_from.push(unit.clone());
    document::describe(index, id, &said)
}

/// The dossier as it would be if all that came were filed where it lies, but for what was put elsewhere.
fn filed_as_it_came(dossier: &Dossier, unit: &UnitCode, pieces: &[KitPiece]) -> Dossier {
    let mut after = dossier.clone();
    for piece in pieces.iter().filter(|piece| (!piece.filed || piece.sure) && piece.elsewhere.is_empty()) {
        let (Some(id), Some(code)) = (piece.document, piece.indicator.clone()) else { continue };
        if let Some(document) = after.documents.get_mut(&id).map(Arc::make_mut) {
            document.description.unit.get_or_insert_with(|| unit.clone());
            if piece.is_copy() && !document.description.is_from(unit) {
                document.description.also_from.push(unit.clone());
            }
            if document.description.years.is_empty() {
                document.description.years.clone_from(&piece.years);
            }
        }
        if piece.filed {
            continue;
        }
        let filed = after.evidence.entry(code.clone()).or_default();
        let position = filed.len() as u32 + 1;
        filed.push(Evidence { id: EvidenceId(0), document: id, indicator: code, position, reprinted: false });
    }
    after
}

/// Indicators that a unit leads or supports, groups opened, in the order issued.
fn duties(dossier: &Dossier, unit: &UnitCode) -> Vec<(IndicatorCode, Duty)> {
    let names = |codes: &[UnitCode]| owed::units(dossier, codes).contains(unit);
    let duty = |indicator: &crate::domain::Indicator| {
        let duty = if names(&indicator.lead_units) { Some(Duty::Lead) } else { names(&indicator.support_units).then_some(Duty::Support) };
        duty.map(|duty| (indicator.code.clone(), duty))
    };
    dossier.catalogue.indicators().filter_map(duty).collect()
}
