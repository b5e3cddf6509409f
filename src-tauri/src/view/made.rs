//! How what crosses is made from what the desk answers.

use std::path::Path;

use dossier::check::coverage::{self, Slot};
use dossier::compile::labels::Labels;
use dossier::compile::ledger::Volume;
use dossier::compile::{
    self, BoxSize, Changes, Filled, Format, Issue, Ledger, Lies, Options, Package, PhotoPages, Places, Plan, Stop, Volumes,
};
use dossier::desk::{
    Act, Alike, Answer, Batch, BatchReport, Checked, Chosen, Consulted, FontRole, Hit, Late, List, Missing, Node, Place, Proof, Received,
    ReportFormat, Row,
};
use dossier::domain::catalogue::Cycle;
use dossier::domain::fold::{Run, Trace};
use dossier::domain::{
    Area, Assessment, Caption, Catalogue, Description, Document, DocumentId, Expected, Finding, FindingKind, FontChoice, Indicator,
    IndicatorCode, Leaf, Line, Page, PageMask, Per, Points, PrintSetup, ProofMark, Reason, ScoringPart, Severity, Suggestion, UnitCode,
    Units, Verdict, YearState, mask,
};
use dossier::exchange::table::{Cell, Columns, Grid, Layout, Role, Sheet};
use dossier::{Desk, Result, wording};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use scans::{Framing, Mask};

use super::*;

mod checked;

/// SQLite counts rows from 1, and no project has four thousand million of anything.
pub fn id(row: i64) -> Id {
    Id::try_from(row).unwrap_or_default()
}

pub fn document(id: Id) -> DocumentId {
    DocumentId(i64::from(id))
}

pub fn documents(ids: &[Id]) -> Vec<DocumentId> {
    ids.iter().map(|id| document(*id)).collect()
}

pub fn code(text: String) -> IndicatorCode {
    IndicatorCode(text)
}

/// Points as the screen has them.
pub fn hundredths(points: Points) -> i32 {
    i32::try_from(points.0).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn local(at: jiff::Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

impl ProjectView {
    pub fn of(desk: &Desk) -> Self {
        let (assessment, catalogue, units, today) = (desk.assessment(), desk.catalogue(), desk.units(), desk.today());
        let named = |code: &str, name: &str, group: &str| NamedCode { code: code.into(), name: name.into(), group: group.into() };
        Self {
            name: assessment.name,
            office: assessment.office,
            place: shown(desk.dir()),
            catalogue: catalogue.name.clone(),
            official: catalogue.official,
            disclaimer: catalogue.disclaimer.clone(),
            period_from: assessment.cycle.period_from.to_string(),
            period_to: assessment.cycle.period_to.to_string(),
            years: assessment.cycle.years.clone(),
            due: assessment.cycle.submission_due.to_string(),
            open_years: assessment.cycle.partial_years.clone(),
            print: PrintView::from(assessment.print),
            today: today.to_string(),
            days_left: days_between(today, assessment.cycle.submission_due),
            units: units.units.iter().map(|unit| named(&unit.code.0, &unit.name, &unit.group)).collect(),
            reads: desk.can_read(),
            forms: catalogue.carrier_forms.iter().map(|(code, name)| named(code, name, "")).collect(),
            leaves: catalogue.leaves().map(|leaf| LeafName::of(leaf, &catalogue)).collect(),
        }
    }
}

impl SettingsView {
    /// What `before` becomes; `None` for a day that is none.
    pub fn set(self, before: Assessment) -> Option<Assessment> {
        let Self { name, office, period_from, period_to, due, open_years, print } = self;
        let cycle = Cycle {
            period_from: period_from.parse().ok()?,
            period_to: period_to.parse().ok()?,
            submission_due: due.parse().ok()?,
            partial_years: open_years,
            ..before.cycle
        };
        Some(Assessment { id: before.id, name, office, cycle, print: print.into() })
    }
}

impl From<PrintSetup> for PrintView {
    fn from(setup: PrintSetup) -> Self {
        let PrintSetup { top, bottom, inner, outer, fonts, boxes, leaf } = setup;
        Self { top, bottom, inner, outer, installed_fonts: fonts == FontChoice::Installed, boxes, leaf }
    }
}

impl From<PrintView> for PrintSetup {
    fn from(view: PrintView) -> Self {
        let PrintView { top, bottom, inner, outer, installed_fonts, boxes, leaf } = view;
        let fonts = if installed_fonts { FontChoice::Installed } else { FontChoice::Bundled };
        Self { top, bottom, inner, outer, fonts, boxes, leaf }
    }
}

impl FontsView {
    pub fn of(roles: Vec<FontRole>, missing: Missing) -> Self {
        let role = |role: FontRole| {
            let [name, purpose, bundled] = wording::print::role(role.face).map(str::to_owned);
            let installed = role.installed.into_iter();
            let installed = installed.map(|font| InstalledFontView { name: font.name.to_owned(), may_be_embedded: font.may_be_embedded });
            FontRoleView { role: name, purpose, bundled, installed: installed.collect() }
        };
        let missing = missing.0.into_iter().map(|(character, place)| MissingView { character: character.to_string(), place });
        Self { roles: roles.into_iter().map(role).collect(), missing: missing.collect() }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

impl LeafName {
    pub fn of(leaf: Leaf<'_>, catalogue: &Catalogue) -> Self {
        Self { code: leaf.code().0.clone(), text: leaf.text().to_owned(), area: area(leaf, catalogue) }
    }
}

fn area(leaf: Leaf<'_>, catalogue: &Catalogue) -> String {
    match leaf {
        Leaf::Indicator(indicator) => {
            let areas = catalogue.all_areas();
            let holds = |area: &dossier::domain::Area| area.indicators.iter().any(|held| held.code == indicator.code);
            areas.into_iter().find(|(_, area)| holds(area)).map(|(_, area)| area.title.clone()).unwrap_or_default()
        }
        Leaf::Veto(_) => wording::window::VETOES.to_owned(),
        Leaf::Bonus(_) => wording::window::BONUSES.to_owned(),
    }
}

impl StatusView {
    pub fn of(desk: &Desk) -> Result<Self> {
        let tree = desk.tree()?;
        let (undo, redo) = desk.at_hand()?;
        let count = |place: &Place| tree.iter().find(|node| node.key == *place).map_or(0, |node| node.documents);
        let vetoes = tree.iter().find(|node| node.key == Place::Vetoes);
        let areas = || tree.iter().filter(|node| node.depth == 0 && matches!(node.key, Place::Area(_)));
        Ok(Self {
            complete: areas().map(|area| area.complete).sum(),
            indicators: areas().map(|area| area.leaves).sum(),
            proven: vetoes.map_or(0, |group| group.complete),
            vetoes: vetoes.map_or(0, |group| group.leaves),
            pieces: count(&Place::All),
            unfiled: count(&Place::Unfiled),
            removed: count(&Place::Removed),
            undo: undo.map(|act| act.sentence),
            redo: redo.map(|act| act.sentence),
            unfinished: desk.unfinished_batches()?.iter().map(BatchView::of).collect(),
        })
    }
}

impl From<PlaceView> for Place {
    fn from(place: PlaceView) -> Self {
        match place {
            PlaceView::Leaf(code) => Self::Leaf(IndicatorCode(code)),
            PlaceView::Area(code) => Self::Area(code),
            PlaceView::Unit(code) => Self::Unit(UnitCode(code)),
            PlaceView::Vetoes => Self::Vetoes,
            PlaceView::Bonuses => Self::Bonuses,
            PlaceView::All => Self::All,
            PlaceView::Unfiled => Self::Unfiled,
            PlaceView::Removed => Self::Removed,
        }
    }
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        match place {
            Place::Leaf(code) => Self::Leaf(code.0),
            Place::Area(code) => Self::Area(code),
            Place::Unit(code) => Self::Unit(code.0),
            Place::Vetoes => Self::Vetoes,
            Place::Bonuses => Self::Bonuses,
            Place::All => Self::All,
            Place::Unfiled => Self::Unfiled,
            Place::Removed => Self::Removed,
        }
    }
}

impl From<YearState> for StateView {
    fn from(state: YearState) -> Self {
        match state {
            YearState::Complete => Self::Complete,
            YearState::NotDue => Self::NotDue,
            YearState::Awaited => Self::Awaited,
            YearState::Missing => Self::Missing,
            YearState::Returned => Self::Returned,
        }
    }
}

impl From<Node> for NodeView {
    fn from(node: Node) -> Self {
        Self {
            place: node.key.into(),
            depth: node.depth,
            code: node.code,
            title: node.title,
            pieces: node.documents,
            years: node.years.into_iter().map(|(year, state)| YearView { year, state: state.into() }).collect(),
            state: node.state.map(Into::into),
            complete: node.complete,
            leaves: node.leaves,
        }
    }
}

/// What rows are made with: the words for codes.
pub struct Words<'a> {
    pub catalogue: &'a Catalogue,
    pub units: &'a Units,
}

impl From<List> for ListView {
    fn from(list: List) -> Self {
        let ids = |pieces: Vec<DocumentId>| pieces.into_iter().map(|piece| id(piece.0)).collect();
        let List { pieces, evidence, unfiled, suggested, sure } = list;
        Self {
            pieces: ids(pieces),
            evidence: evidence.into_iter().map(|evidence| id(evidence.0)).collect(),
            unfiled,
            suggested: ids(suggested),
            sure: ids(sure),
        }
    }
}

impl From<Chosen> for ChosenView {
    fn from(chosen: Chosen) -> Self {
        let Chosen { title, several, leaves } = chosen;
        Self { title, several, leaves }
    }
}

/// Lines of a list, in its order.
pub fn rows(desk: &Desk, rows: Vec<Row>) -> Vec<RowView> {
    let (catalogue, units) = (desk.catalogue(), desk.units());
    let words = Words { catalogue: &catalogue, units: &units };
    rows.into_iter().map(|row| RowView::of(row, &words)).collect()
}

impl RowView {
    fn of(row: Row, words: &Words<'_>) -> Self {
        let Row { document, evidence, filed, suggestion, demand, trace } = row;
        let said = &document.description;
        let untitled = said.title.is_empty();
        Self {
            id: id(document.id.0),
            position: evidence.as_ref().map(|evidence| evidence.position),
            piece: evidence.as_ref().map(|evidence| format!("{}-{:03}", evidence.indicator, evidence.position)).unwrap_or_default(),
            title: if untitled { document.original_name.clone() } else { said.title.clone() },
            untitled,
            number: said.number.clone(),
            issuer: said.issuer.clone(),
            dated: said.dated.map(|date| date.to_string()),
            form: words.catalogue.carrier_forms.get(&said.form).unwrap_or(&said.form).clone(),
            unit: said.unit.as_ref().map(|code| words.units.name_of(code).to_owned()).unwrap_or_default(),
            kind: wording::verdict::kind(document.kind).to_owned(),
            pages: document.pages.len() as u32,
            left_out: document.pages.iter().filter(|page| page.left_out).count() as u32,
            removed: document.removed,
            filed: filed.into_iter().map(|code| code.0).collect(),
            suggestion: suggestion.map(|suggestion| SuggestionView::of(suggestion.unsaid(said), words)),
            demand: demand.map(|demand| DemandView::of(&demand, String::new())),
            name: document.original_name,
            folder: document.original_folder,
            trace: trace.map(TraceView::from),
        }
    }
}

fn runs(runs: Vec<Run>) -> Vec<RunView> {
    runs.into_iter().map(|Run { text, hit }| RunView { text, hit }).collect()
}

impl From<Trace> for TraceView {
    fn from(trace: Trace) -> Self {
        let (field, other) =
            trace.other.map_or((String::new(), Vec::new()), |(field, found)| (wording::consult::field(field).to_owned(), found));
        Self { title: runs(trace.title), field, other: runs(other) }
    }
}

impl ConsultedView {
    pub fn of(desk: &Desk, consulted: Consulted) -> Self {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let Consulted { places, answers } = consulted;
        let hit = |hit: Hit| {
            let Hit { document, lies, page, trace } = hit;
            let said = document.description;
            HitView {
                id: id(document.id.0),
                number: said.number,
                unit: said.unit.as_ref().map(|code| units.name_of(code).to_owned()).unwrap_or_default(),
                dated: said.dated.map(|date| date.to_string()),
                pages: document.pages.len() as u32,
                page,
                trace: trace.into(),
                lies: places.as_deref().zip(lies.as_ref()).map(|(places, lies)| LiesView::of(places, lies)),
            }
        };
        let answers = answers.into_iter().map(|Answer { heading, hits }| AnswerView {
            heading: wording::consult::heading(&heading, &catalogue),
            hits: hits.into_iter().map(hit).collect(),
        });
        Self { answers: answers.collect(), source: places.as_deref().map(wording::consult::source) }
    }
}

impl LiesView {
    fn of(places: &Places, lies: &Lies) -> Self {
        Self {
            piece: lies.number.to_string(),
            volume: wording::consult::volume(places, lies),
            holds: lies.volume_title.clone(),
            folios: wording::consult::folios(lies),
            pages: lies.pages.iter().map(|(page, folio)| FolioView { page: *page, folio: folio.label() }).collect(),
        }
    }
}

impl PictureView {
    fn of(document: &Document, page: &Page) -> Self {
        let Page { index, turn, framing, .. } = *page;
        let masked = mask::print(&document.masks_on(index));
        Self { scan: document.scan.to_string(), document: id(document.id.0), page: index, turn, framing: framing.into(), masked }
    }
}

impl From<Framing> for FramingView {
    fn from(framing: Framing) -> Self {
        let Framing { tilt, x0, y0, x1, y1 } = framing;
        Self { tilt, x0, y0, x1, y1 }
    }
}

impl From<FramingView> for Framing {
    fn from(view: FramingView) -> Self {
        let FramingView { tilt, x0, y0, x1, y1 } = view;
        Self { tilt, x0, y0, x1, y1 }
    }
}

impl SuggestionView {
    fn of(suggestion: Suggestion, words: &Words<'_>) -> Self {
        let Words { catalogue, units } = words;
        let leaf = suggestion.indicator.as_ref().and_then(|code| catalogue.leaf(code)).map(Leaf::text).unwrap_or_default();
        Self {
            leaf: leaf.to_owned(),
            because: suggestion.because.iter().map(|because| wording::verdict::because(because, catalogue, units)).collect(),
            sure: suggestion.indicator.is_some() && suggestion.confidence >= Suggestion::SURE,
            code: suggestion.indicator.map(|code| code.0),
            unit: suggestion.unit.as_ref().map(|code| units.name_of(code).to_owned()).unwrap_or_default(),
            title: suggestion.title,
            number: suggestion.number,
            issuer: suggestion.issuer,
            dated: suggestion.dated.map(|date| date.to_string()),
            years: suggestion.years,
            confidence: suggestion.confidence,
        }
    }
}

impl ReadView {
    /// `None` where there is nothing to be taken over.
    fn of(suggestion: Suggestion, said: &Description) -> Option<Self> {
        let Suggestion { title, number, issuer, dated, .. } = suggestion.unsaid(said);
        let read = Self { title, number, issuer, dated: dated.map(|date| date.to_string()) };
        let is_empty = read.title.is_empty() && read.number.is_empty() && read.issuer.is_empty() && read.dated.is_none();
        (!is_empty).then_some(read)
    }
}

impl PieceView {
    pub fn of(desk: &Desk, document: DocumentId) -> Result<Self> {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let row = desk.row(document)?;
        let filed = desk.filed_under(document)?;
        let pages = row.document.pages.iter().map(|page| PageView {
            picture: PictureView::of(&row.document, page),
            left_out: page.left_out,
            width: page.facts.width_pt,
            height: page.facts.height_pt,
            dpi: page.facts.dpi,
        });
        Ok(Self {
            pages: pages.collect(),
            read: desk.suggestion(document)?.and_then(|suggestion| ReadView::of(suggestion, &row.document.description)),
            description: row.document.description.clone().into(),
            caption: row.document.caption.clone().into(),
            marks: row.document.marks.iter().copied().map(MarkView::from).collect(),
            masks: row.document.masks.iter().copied().map(MaskView::from).collect(),
            filed: filed
                .into_iter()
                .map(|evidence| FiledView {
                    text: catalogue.leaf(&evidence.indicator).map(Leaf::text).unwrap_or_default().to_owned(),
                    code: evidence.indicator.0,
                    position: evidence.position,
                })
                .collect(),
            bytes: row.document.bytes as f64,
            row: RowView::of(row, &Words { catalogue: &catalogue, units: &units }),
        })
    }
}

impl AlikeView {
    pub fn of(desk: &Desk, pair: &Alike) -> Result<Self> {
        let title = |document: DocumentId| Ok::<_, dossier::Error>(desk.document(document)?.title().to_owned());
        Ok(Self {
            first: id(pair.first.0),
            other: id(pair.other.0),
            first_title: title(pair.first)?,
            other_title: title(pair.other)?,
            word: wording::verdict::alike(pair.same).to_owned(),
            same: pair.same,
        })
    }
}

impl From<Caption> for CaptionView {
    fn from(caption: Caption) -> Self {
        let Caption { time, place, people, subject, background, cause } = caption;
        Self { time, place, people, subject, background, cause }
    }
}

impl From<CaptionView> for Caption {
    fn from(view: CaptionView) -> Self {
        let CaptionView { time, place, people, subject, background, cause } = view;
        Self { time, place, people, subject, background, cause }
    }
}

impl From<ProofMark> for MarkView {
    fn from(mark: ProofMark) -> Self {
        let Line { x0, y0, x1, y1 } = mark.line;
        Self { id: id(mark.id.0), page: mark.page, line: LineView { x0, y0, x1, y1 } }
    }
}

impl From<PageMask> for MaskView {
    fn from(mask: PageMask) -> Self {
        let Mask { x0, y0, x1, y1 } = mask.area;
        Self { id: id(mask.id.0), page: mask.page, area: MaskAreaView { x0, y0, x1, y1 } }
    }
}

impl From<Mask> for MaskAreaView {
    fn from(Mask { x0, y0, x1, y1 }: Mask) -> Self {
        Self { x0, y0, x1, y1 }
    }
}

impl From<MaskAreaView> for Mask {
    fn from(view: MaskAreaView) -> Self {
        let MaskAreaView { x0, y0, x1, y1 } = view;
        Self { x0, y0, x1, y1 }
    }
}

impl From<LineView> for Line {
    fn from(view: LineView) -> Self {
        let LineView { x0, y0, x1, y1 } = view;
        Self { x0, y0, x1, y1 }
    }
}

impl From<Description> for DescriptionView {
    fn from(said: Description) -> Self {
        let Description { title, number, issuer, dated, form, unit, years, note } = said;
        Self { title, number, issuer, dated: dated.map(|date| date.to_string()), form, unit: unit.map(|code| code.0), years, note }
    }
}

impl DescriptionView {
    /// `None` for a day that is none.
    pub fn said(self) -> Option<Description> {
        let Self { title, number, issuer, dated, form, unit, years, note } = self;
        let dated = match dated.filter(|text| !text.is_empty()) {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        Some(Description { title, number, issuer, dated, form, unit: unit.filter(|code| !code.is_empty()).map(UnitCode), years, note })
    }
}

impl LeafView {
    /// `None` for a code that the catalogue does not have.
    pub fn of(desk: &Desk, code: &IndicatorCode) -> Result<Option<Self>> {
        let (catalogue, units) = (desk.catalogue(), desk.units());
        let Some(leaf) = catalogue.leaf(code) else { return Ok(None) };
        let names = |codes: &[UnitCode]| codes.iter().map(|code| units.name_of(code).to_owned()).collect();
        let form = |code: &String| catalogue.carrier_forms.get(code).unwrap_or(code).clone();
        let mut out = Self {
            code: code.0.clone(),
            text: leaf.text().to_owned(),
            area: area(leaf, &catalogue),
            score: String::new(),
            scoring: String::new(),
            parts: Vec::new(),
            said: String::new(),
            step: hundredths(catalogue.score_step),
            sums: Vec::new(),
            narrative: String::new(),
            declaration: None,
            veto: matches!(leaf, Leaf::Veto(_)),
            demands: Vec::new(),
            units: Vec::new(),
            lead: Vec::new(),
            support: Vec::new(),
            forms: Vec::new(),
            requirements: Vec::new(),
            expected: Vec::new(),
        };
        let dossier = desk.dossier()?;
        let assessed = dossier.assessed.get(code).cloned().unwrap_or_default();
        let said = |at: usize| assessed.points.get(at).copied().flatten().map(hundredths);
        let part =
            |(at, part): (usize, &ScoringPart)| PartView { points: hundredths(part.points), text: part.condition.clone(), said: said(at) };
        out.parts = leaf.parts().iter().enumerate().map(part).collect();
        out.said = assessed.total().map(|points| points.to_string()).unwrap_or_default();
        out.narrative = assessed.narrative;
        out.declaration = dossier.declared.get(code).map(DeclarationView::from);
        let here = dossier.open_demands().filter(|demand| demand.indicator.as_ref() == Some(code));
        out.demands = here.map(|demand| DemandView::of(demand, wording::window::demand_about(demand, &dossier))).collect();
        let found = dossier::check::sums(&dossier);
        let own = found.iter().filter(|finding| finding.indicator.as_ref() == Some(code));
        out.sums = own.map(|finding| wording::finding::finding(finding, &dossier)).collect();
        match leaf {
            Leaf::Indicator(indicator) => {
                out.score = indicator.score.map(|points| points.to_string()).unwrap_or_default();
                out.scoring = indicator.scoring.clone();
                out.lead = names(&indicator.lead_units);
                out.support = names(&indicator.support_units);
                out.forms = indicator.carrier_forms.iter().map(form).collect();
                out.requirements = indicator.requirements.clone();
                let tick = |(code, done): (UnitCode, bool)| UnitTickView { name: units.name_of(&code).to_owned(), code: code.0, done };
                out.units = coverage::by_unit(&dossier, indicator).into_iter().map(tick).collect();
                out.expected = expected(coverage::slots(&dossier, indicator, desk.today()), &form);
            }
            Leaf::Veto(veto) => out.requirements = veto.typical_proof.clone(),
            Leaf::Bonus(bonus) => out.score = bonus.max_points.map(wording::package::at_most).unwrap_or_default(),
        }
        Ok(Some(out))
    }
}

/// Slots of one material stand together, in the order issued.
fn expected(slots: Vec<Slot>, form: &impl Fn(&String) -> String) -> Vec<ExpectedView> {
    let mut out: Vec<(Expected, ExpectedView)> = Vec::new();
    for slot in slots {
        let Slot { expected, year, asked, found, state } = slot;
        let view = SlotView { year, asked, found, state: state.into() };
        match out.iter_mut().find(|(known, _)| *known == expected) {
            Some((_, known)) => known.slots.push(view),
            None => {
                let per = match expected.per {
                    Per::Cycle => PerView::Cycle,
                    Per::Year => PerView::Year,
                    Per::Unit => PerView::Unit,
                };
                let made = ExpectedView { title: expected.title.clone(), form: form(&expected.form), per, slots: vec![view] };
                out.push((expected, made));
            }
        }
    }
    out.into_iter().map(|(_, view)| view).collect()
}

impl From<Act> for ActView {
    fn from(act: Act) -> Self {
        Self { id: id(act.id.0), at: local(act.at), who: act.who, sentence: act.sentence, undoable: act.undoable, undone: act.undone }
    }
}

impl BatchView {
    pub fn of(batch: &Batch) -> Self {
        let name = |path: &std::path::PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self {
            id: id(batch.id.0),
            started: local(batch.started_at),
            finished: batch.finished_at.is_some(),
            sources: batch.sources.iter().map(name).collect(),
            files: batch.files,
        }
    }
}

impl From<Received> for ReceivedView {
    fn from(received: Received) -> Self {
        let (verdict, document) = match &received.verdict {
            Verdict::Accepted { document, .. } => (VerdictView::Accepted, Some(*document)),
            Verdict::Duplicate { of } => (VerdictView::Duplicate, Some(*of)),
            Verdict::Refused { .. } => (VerdictView::Refused, None),
            Verdict::Pending { .. } => (VerdictView::Pending, None),
            Verdict::Unpacked { .. } => (VerdictView::Unpacked, None),
            Verdict::Ignored { .. } => (VerdictView::Ignored, None),
        };
        let locked = matches!(received.verdict, Verdict::Pending { reason: Reason::Locked { .. } });
        let suggestion = received.suggestion.as_ref();
        Self {
            candidate: id(received.candidate.0),
            verdict,
            word: wording::verdict::verdict(&received.verdict).to_owned(),
            kind: received.kind.map(wording::verdict::kind).unwrap_or_default().to_owned(),
            pages: received.pages,
            document: document.map(|document| id(document.0)),
            suggested: suggestion.and_then(|suggestion| suggestion.indicator.as_ref()).map(|code| code.0.clone()),
            confidence: suggestion.map_or(0, |suggestion| suggestion.confidence),
            path: received.path,
            name: received.name,
            reason: received.reason,
            locked,
        }
    }
}

impl From<BatchReport> for BatchEndView {
    fn from(report: BatchReport) -> Self {
        let BatchReport { accepted, duplicate, refused, pending, unpacked, sorted, ignored, unfinished, .. } = report;
        Self { accepted, duplicate, refused, pending, unpacked, sorted, ignored, unfinished }
    }
}

impl From<scans::watch::Progress> for ProgressView {
    fn from(progress: scans::watch::Progress) -> Self {
        Self { done: progress.done as u32, total: progress.total as u32, on: progress.on }
    }
}

impl FindingsView {
    pub fn of(checked: &Checked) -> Self {
        let all = || checked.left.iter().chain(checked.set_aside.iter().map(|(finding, _)| finding));
        Self {
            check: checked.number,
            kinds: all().map(kind_of).collect(),
            severities: all().map(severity_of).collect(),
            judged: all().map(|finding| finding.kind.is_judgement()).collect(),
            left: checked.left.len() as u32,
        }
    }
}

fn kind_of(finding: &Finding) -> FindingKindView {
    match &finding.kind {
        FindingKind::VetoUnproven | FindingKind::Unsigned => FindingKindView::VetoUnproven,
        FindingKind::Demanded { .. } => FindingKindView::Demanded,
        FindingKind::NoNumber => FindingKindView::NoNumber,
        FindingKind::NoCaption => FindingKindView::NoCaption,
        FindingKind::Coarse { .. } => FindingKindView::Coarse,
        FindingKind::Blank { .. } => FindingKindView::Blank,
        FindingKind::Black { .. } => FindingKindView::Black,
        FindingKind::Sideways { .. } => FindingKindView::Sideways,
        FindingKind::Askew { .. } => FindingKindView::Askew,
        FindingKind::NoSeal => FindingKindView::NoSeal,
        FindingKind::UsedOften { .. } => FindingKindView::UsedOften,
        FindingKind::TooLong { .. } => FindingKindView::TooLong,
        FindingKind::OtherPages { .. } => FindingKindView::OtherPages,
        FindingKind::ScoreAbove { .. } | FindingKind::ScoreUnproven { .. } | FindingKind::BonusAbove { .. } => FindingKindView::SelfScore,
        FindingKind::Missing { not_due_yet: true, .. } => FindingKindView::NotDue,
        FindingKind::Missing { .. } => FindingKindView::Missing,
        FindingKind::Unfiled => FindingKindView::Unfiled,
        FindingKind::NoDate => FindingKindView::NoDate,
        FindingKind::OutOfPeriod => FindingKindView::OutOfPeriod,
        FindingKind::NothingPrinted => FindingKindView::NothingPrinted,
        FindingKind::ClassifiedRead { .. } => FindingKindView::ClassifiedRead,
        FindingKind::SensitiveRead { .. } => FindingKindView::SensitiveRead,
        FindingKind::PersonalNumbers => FindingKindView::PersonalNumbers,
        FindingKind::ScoreSum { .. } => FindingKindView::ScoreSum,
    }
}

/// The page of the scan that is to be looked at first.
fn leads_to(finding: &Finding, document: &Document) -> Option<u32> {
    if finding.kind == FindingKind::PersonalNumbers {
        let open = document.open_numbers().find_map(|number| number.page);
        return open.or_else(|| document.numbers.iter().find_map(|number| number.page));
    }
    document.pages.get(finding.kind.page()? as usize - 1).map(|page| page.index)
}

fn severity_of(finding: &Finding) -> SeverityView {
    match finding.severity {
        Severity::Error => SeverityView::Error,
        Severity::Warning => SeverityView::Warning,
        Severity::Notice => SeverityView::Notice,
    }
}

impl FindingView {
    /// The finding at a place of [`FindingsView`].
    pub fn of(checked: &Checked, at: usize) -> Option<Self> {
        let (finding, aside) = checked.at(at)?;
        let dossier = &*checked.dossier;
        let document = finding.document.and_then(|id| dossier.document(id));
        let piece = document.map(|document| {
            let title = &document.description.title;
            if title.is_empty() { document.original_name.clone() } else { title.clone() }
        });
        let leaf = || finding.indicator.as_ref().and_then(|code| dossier.catalogue.leaf(code)).map(|leaf| leaf.text().to_owned());
        Some(Self {
            severity: severity_of(finding),
            kind: kind_of(finding),
            judged: finding.kind.is_judgement(),
            aside: aside.map(wording::finding::grounds),
            sentence: wording::finding::finding(finding, dossier),
            about: piece.or_else(leaf).unwrap_or_default(),
            code: finding.indicator.as_ref().map(|code| code.0.clone()),
            document: finding.document.map(|document| id(document.0)),
            page: document.and_then(|document| leads_to(finding, document)),
        })
    }
}

impl OptionsView {
    pub fn on(self, made_on: Date) -> Options {
        let format = match self.format {
            FormatView::Pdf => Format::Pdf,
            FormatView::Docx => Format::Docx,
            FormatView::Review => Format::Review,
        };
        let volumes = match self.volumes {
            VolumesView::One => Volumes::One,
            VolumesView::Area => Volumes::Area,
            VolumesView::Box => Volumes::Box,
        };
        let boxes = BoxSize(self.box_mm);
        let photos = if self.photos == 2 { PhotoPages::Two } else { PhotoPages::One };
        Options { format, volumes, boxes, duplex: self.duplex, photos, made_on }
    }
}

impl From<Late> for LateView {
    fn from(late: Late) -> Self {
        let Late { unit, name, missing } = late;
        Self { code: unit.0, name, missing }
    }
}

impl From<ReportFormatView> for ReportFormat {
    fn from(format: ReportFormatView) -> Self {
        match format {
            ReportFormatView::Docx => Self::Docx,
            ReportFormatView::Xlsx => Self::Xlsx,
        }
    }
}

impl From<Labels> for LabelsView {
    fn from(labels: Labels) -> Self {
        let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self { spines: name(&labels.spines), tabs: name(&labels.tabs), volumes: labels.volumes as u32, headings: labels.headings as u32 }
    }
}

impl ForeseenView {
    pub fn of(proof: &Proof, findings: &[Finding]) -> Self {
        let (plan, ledger) = (&proof.plan, &proof.ledger);
        let count = |wanted: fn(&FindingKind) -> bool| findings.iter().filter(|finding| wanted(&finding.kind)).count() as u32;
        Self {
            proof: proof.number,
            sheets: ledger.sheets.len() as u32,
            pieces: ledger.volumes.iter().map(|volume| volume.pieces).sum(),
            pages: ledger.volumes.iter().map(|volume| volume.pages).sum(),
            volumes: ledger.volumes.iter().zip(compile::filled(plan, ledger)).map(|of| VolumeView::of(of, ledger)).collect(),
            left_out: plan.left_out.iter().map(wording::package::left_out).collect(),
            unproven: count(|kind| matches!(kind, FindingKind::VetoUnproven | FindingKind::Unsigned)),
            gaps: count(|kind| matches!(kind, FindingKind::Missing { not_due_yet: false, .. })),
            stops: compile::guide(plan, ledger).into_iter().map(StopView::from).collect(),
        }
    }
}

impl VolumeView {
    fn of((volume, filled): (&Volume, Filled), ledger: &Ledger) -> Self {
        Self {
            number: volume.number,
            title: volume.title.clone(),
            sheets: volume.sheets,
            pieces: volume.pieces,
            first: volume.folios.0,
            last: volume.folios.1,
            front: ledger.front(volume.number),
            leaves: filled.leaves as u32,
            holds: filled.holds as u32,
            box_mm: filled.size.mm(),
        }
    }
}

impl EditionView {
    pub fn of(issue: &Issue, plan: &Plan, ledger: &Ledger, changes: &Changes) -> Self {
        let several = ledger.volumes.len() > 1;
        Self {
            name: issue.name.clone(),
            standing: wording::issue::standing(issue),
            next: changes.number,
            changes: changes.changes.iter().map(|change| wording::issue::line(change, changes, plan.volumes, several)).collect(),
        }
    }
}

impl From<Stop> for StopView {
    fn from(stop: Stop) -> Self {
        let Stop { volume, sheet, level, folio: _, text } = stop;
        Self { volume, sheet, level, text }
    }
}

impl PackageView {
    pub fn of(package: &Package, index: u32) -> Self {
        let name = |path: &std::path::PathBuf| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self {
            index,
            name: package.name.clone(),
            made_on: package.made_on.to_string(),
            format: package.format.ending().to_uppercase(),
            files: package.files.iter().map(name).collect(),
            place: package.report.parent().map(shown).unwrap_or_default(),
            summary: wording::package::proof::summary(package),
            proven: package.verification.ok,
            checks: package
                .verification
                .checks
                .iter()
                .map(|check| CheckView { name: check.name.clone(), passed: check.passed, detail: check.detail.clone() })
                .collect(),
            left_out: package.left_out.clone(),
            remarks: package.remarks.clone(),
            issuable: package.format == Format::Pdf && package.pack.is_none() && package.verification.ok,
        }
    }
}

impl CatalogueView {
    pub fn of(catalogue: &Catalogue, units: &Units, file: &str) -> Self {
        let outline = catalogue.all_areas().into_iter().map(|(depth, area)| OutlineView::of(depth, area, units));
        Self {
            warnings: Vec::new(),
            file: file.to_owned(),
            name: catalogue.name.clone(),
            official: catalogue.official,
            areas: catalogue.areas.len() as u32,
            indicators: catalogue.indicators().count() as u32,
            vetoes: catalogue.veto_items.len() as u32,
            bonuses: catalogue.bonus_items.len() as u32,
            problem: String::new(),
            outline: outline.collect(),
            table: None,
        }
    }

    /// A table that makes no catalogue as its columns are.
    pub fn none(problem: String, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            name: String::new(),
            official: true,
            areas: 0,
            indicators: 0,
            vetoes: 0,
            bonuses: 0,
            warnings: Vec::new(),
            problem,
            outline: Vec::new(),
            table: None,
        }
    }
}

impl OutlineView {
    fn of(depth: usize, area: &Area, units: &Units) -> Self {
        let score = |points: Option<Points>| points.map(|points| points.to_string()).unwrap_or_default();
        let leaf = |indicator: &Indicator| OutlineLeaf {
            code: indicator.code.0.clone(),
            text: indicator.content.clone(),
            score: score(indicator.score),
            units: indicator.lead_units.iter().map(|unit| units.name_of(unit)).collect::<Vec<_>>().join("、"),
        };
        let sum: Points = area.indicators.iter().filter_map(|indicator| indicator.score).sum();
        Self {
            depth: depth as u32,
            code: area.code.clone(),
            title: area.title.clone(),
            score: score(area.score),
            sum: if area.indicators.is_empty() { String::new() } else { sum.to_string() },
            indicators: area.indicators.iter().map(leaf).collect(),
        }
    }
}

/// Rows of a sheet that are shown.
const SHOWN_ROWS: usize = 60;

impl TableView {
    pub fn of(grid: &Grid, columns: &Columns) -> Self {
        let cell = |cell: &Cell| if cell.above || cell.left { String::new() } else { cell.text.clone() };
        let sheet = |(sheet, layout): (&Sheet, &Layout)| SheetView {
            name: sheet.name.clone(),
            layout: LayoutView {
                used: layout.used,
                first: layout.first as u32,
                roles: layout.roles.iter().map(|role| RoleView::from(*role)).collect(),
            },
            rows: sheet.rows.iter().take(SHOWN_ROWS).map(|row| row.iter().map(cell).collect()).collect(),
            total: sheet.rows.len() as u32,
        };
        Self { sheets: grid.sheets.iter().zip(&columns.layouts).map(sheet).collect() }
    }
}

impl LayoutView {
    /// Takes the sheet as the clerk says; labels of columns stay.
    pub fn lay(&self, layout: &mut Layout) {
        layout.used = self.used;
        layout.first = self.first as usize;
        for (role, said) in layout.roles.iter_mut().zip(&self.roles) {
            *role = (*said).into();
        }
    }
}

/// The same words on both sides.
macro_rules! roles {
    ($($role:ident),*) => {
        impl From<Role> for RoleView {
            fn from(role: Role) -> Self {
                match role { $(Role::$role => Self::$role),* }
            }
        }

        impl From<RoleView> for Role {
            fn from(role: RoleView) -> Self {
                match role { $(RoleView::$role => Self::$role),* }
            }
        }
    };
}

roles!(Area, Number, Content, Score, Rule, Lead, Support, Forms, Requirements, Expected, Other);
