//! 汇编方案: what is printed, in which order, and what is left out.

mod homes;
mod left_out;
mod weight;

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use paper::PageSetup;
use paper::manuscript::{Anchor, Slice, Stroke};
use scans::{Digest, Framing, Kind, Mask};
use serde::{Deserialize, Serialize};

pub use left_out::{LeftOut, Why};

pub use homes::{Printing, printing};

use homes::Homes;
use left_out::left_out;
use weight::{most_bytes, weight};

use super::issue::Issue;
use super::{BoxSize, Format, Options, PhotoPages, Section, Sections, Volumes, slices};
use crate::domain::{
    Area, Caption, Declaration, Document, DocumentId, Dossier, Expected, IndicatorCode, Leaf, Line, Per, Points, PrintSetup, ScoringPart,
    SelfAssessment, UnitCode, name,
};

/// Everything the sheets are made of, in the order of the package.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub name: String,
    pub office: String,
    pub catalogue: String,
    /// Said in the package when the catalogue is not the issued one.
    pub disclaimer: Option<String>,
    pub period: (Date, Date),
    pub made_on: Date,
    pub volumes: Volumes,
    pub boxes: BoxSize,
    /// Most bytes of evidence in one volume; `None` where the format sets no bound.
    pub most_bytes: Option<u64>,
    pub duplex: bool,
    pub photos: PhotoPages,
    pub sections: Sections,
    pub print: PrintSetup,
    /// Veto items, then areas depth first, then bonus items; a group without leaves of its own is an area of areas.
    pub groups: Vec<Group>,
    pub left_out: Vec<LeftOut>,
    /// Files that wait for the clerk, and are in no piece yet.
    pub pending: u32,
    /// The printed edition on whose numbers it is laid.
    pub issue: Option<Arc<Issue>>,
}

/// One divider with what follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub kind: GroupKind,
    /// 0 for a top area.
    pub depth: usize,
    pub code: String,
    pub title: String,
    pub anchor: Anchor,
    /// Score in the heading as issued.
    pub stated: Option<Points>,
    pub leaves: Vec<LeafPlan>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    Veto,
    Area,
    Bonus,
}

/// One indicator, veto item or bonus item with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct LeafPlan {
    pub kind: GroupKind,
    pub code: IndicatorCode,
    pub anchor: Anchor,
    /// The wording as issued.
    pub text: String,
    pub score: Option<Points>,
    pub scoring: String,
    pub parts: Vec<ScoringPart>,
    /// 自评; of parts as [`Leaf::parts`] has them.
    pub assessed: SelfAssessment,
    /// 未发生承诺 of a veto item, whose signed paper is among the entries.
    pub declared: Option<Declaration>,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub forms: Vec<String>,
    pub requirements: Vec<String>,
    pub expected: Vec<Expected>,
    pub related: Vec<IndicatorCode>,
    pub years: Vec<YearCount>,
    pub entries: Vec<Entry>,
}

/// 年度覆盖 of one indicator in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearCount {
    pub year: i16,
    pub pieces: u32,
    /// Something is asked for in each year.
    pub asked: bool,
    /// Not due on the day of the package.
    pub open: bool,
}

/// One line of a 卷内目录.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// 1, 2, 3 … within its section.
    pub order: u32,
    /// The section of the leaf in which it stands; `None` where a leaf is one.
    pub section: Option<Section>,
    pub document: DocumentId,
    pub title: String,
    pub number: String,
    pub issuer: String,
    pub dated: Option<Date>,
    /// 载体形式, in words.
    pub form: String,
    /// Number of pages of the piece, also where it is printed elsewhere.
    pub pages: u32,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Printed here.
    Here(Box<Piece>),
    /// 互见: printed where it is filed first.
    Elsewhere { piece: PieceNumber, anchor: Anchor },
}

/// A document as it is printed at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub number: PieceNumber,
    pub anchor: Anchor,
    /// 另印: it is printed elsewhere, too, and was counted there first.
    pub again: bool,
    /// Name of the file as it came.
    pub name: String,
    pub scan: Digest,
    pub pages: Vec<PiecePage>,
    /// Its pages bring along nothing that they don't show: some of its scan is masked, or is not printed with it.
    pub apart: bool,
    /// 附件说明页, which is printed in its place.
    pub slip: Option<Box<Slip>>,
    /// 照片说明 of a photo, which stands on a page of photos.
    pub photo: Option<Box<Caption>>,
    /// Bytes that its printed pages take in the file, estimated where they are written anew.
    pub bytes: u64,
}

/// What is said of an attachment on the page that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    pub title: String,
    pub name: String,
    pub kind: scans::Kind,
    pub bytes: u64,
    /// 说明, with the length of a film.
    pub note: String,
    /// Where it came from, within what was handed in.
    pub folder: String,
    /// 原件位置: where the paper, or the medium, lies; empty where nobody has said it.
    pub lies_at: String,
    /// The original in the project.
    pub original: Digest,
}

impl Slip {
    pub(super) fn of(document: &Document) -> Option<Self> {
        document.is_slip().then(|| Self {
            title: title(document),
            name: document.original_name.clone(),
            kind: document.kind,
            bytes: document.bytes,
            note: document.description.note.clone(),
            folder: document.original_folder.clone(),
            lies_at: document.description.lies_at.clone(),
            original: document.scan,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PiecePage {
    /// Position within the scan, from 0.
    pub index: u32,
    pub turn: u16,
    pub framing: Framing,
    /// The part of a long page that stands on one sheet; all of it when `None`.
    pub slice: Option<Slice>,
    /// 佐证红线
    pub strokes: Vec<Stroke>,
    /// 遮盖
    pub masks: Vec<Mask>,
}

/// Default citation of a piece, `01-03-002`: it stays when something is inserted elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PieceNumber(pub String);

impl fmt::Display for PieceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PieceNumber {
    pub fn of(code: &IndicatorCode, order: u32) -> Self {
        Self(format!("{code}-{order:03}"))
    }

    /// Of what came after printing, the `order`th in between (`03-04-012-1`).
    pub fn behind(front: &Self, order: u32) -> Self {
        Self(format!("{front}-{order}"))
    }
}

/// Fixes what is printed, and in which order.
pub fn plan(dossier: &Dossier, options: &Options) -> Plan {
    planned(dossier, options, None)
}

/// The same on the numbers of a printed edition, and made as it was made: what is printed keeps its place and its number.
pub fn plan_on(dossier: &Dossier, issue: &Arc<Issue>) -> Plan {
    planned(dossier, &issue.options, Some(issue))
}

fn planned(dossier: &Dossier, options: &Options, issue: Option<&Arc<Issue>>) -> Plan {
    let mut leaves = 0;
    let catalogue = &dossier.catalogue;
    let homes = Homes::of(dossier, options.sections, issue.map(AsRef::as_ref));
    let mut groups = Vec::new();
    let mut group = |kind, depth, code: &str, title: &str, stated, of: Vec<Leaf<'_>>| {
        let leaves = of
            .into_iter()
            .map(|leaf| {
                leaves += 1;
                leaf_plan(dossier, options, leaf, leaves, &homes)
            })
            .collect();
        let anchor = Anchor(format!("area_{}", groups.len() + 1));
        groups.push(Group { kind, depth, code: code.to_owned(), title: title.to_owned(), anchor, stated, leaves });
    };
    if !catalogue.veto_items.is_empty() {
        group(GroupKind::Veto, 0, "", "", None, catalogue.veto_items.iter().map(Leaf::Veto).collect());
    }
    for (depth, area) in catalogue.all_areas() {
        let Area { code, title, score, indicators, .. } = area;
        group(GroupKind::Area, depth, code, title, *score, indicators.iter().map(Leaf::Indicator).collect());
    }
    if !catalogue.bonus_items.is_empty() {
        group(GroupKind::Bonus, 0, "", "", catalogue.bonus_cap, catalogue.bonus_items.iter().map(Leaf::Bonus).collect());
    }
    Plan {
        name: dossier.assessment.name.clone(),
        office: dossier.assessment.office.clone(),
        catalogue: catalogue.name.clone(),
        disclaimer: (!catalogue.official).then(|| catalogue.disclaimer.clone()),
        period: (dossier.assessment.cycle.period_from, dossier.assessment.cycle.period_to),
        made_on: options.made_on,
        volumes: options.volumes,
        boxes: options.boxes,
        most_bytes: most_bytes(options),
        duplex: options.duplex,
        photos: options.photos,
        sections: options.sections,
        print: issue.map_or(&dossier.assessment.print, |issue| &issue.setup).clone(),
        groups,
        left_out: left_out(dossier),
        pending: dossier.pending_files(),
        issue: issue.cloned(),
    }
}

/// Some of it is printed, and it was neither sent back nor is held back.
fn is_printed(dossier: &Dossier, document: &Document) -> bool {
    document.printed_pages().next().is_some() && dossier.counts(document)
}

fn leaf_plan(dossier: &Dossier, options: &Options, leaf: Leaf<'_>, ordinal: usize, homes: &Homes<'_>) -> LeafPlan {
    let units = |codes: &[UnitCode]| codes.iter().map(|code| dossier.units.name_of(code).to_owned()).collect();
    let kind = match leaf {
        Leaf::Indicator(_) => GroupKind::Area,
        Leaf::Veto(_) => GroupKind::Veto,
        Leaf::Bonus(_) => GroupKind::Bonus,
    };
    let mut out = LeafPlan {
        kind,
        code: leaf.code().clone(),
        anchor: Anchor(format!("item_{ordinal}")),
        text: leaf.text().to_owned(),
        score: None,
        scoring: String::new(),
        parts: Vec::new(),
        assessed: dossier.assessed.get(leaf.code()).cloned().unwrap_or_default(),
        declared: dossier.declared(leaf.code()).cloned(),
        lead: Vec::new(),
        support: Vec::new(),
        forms: Vec::new(),
        requirements: Vec::new(),
        expected: Vec::new(),
        related: Vec::new(),
        years: Vec::new(),
        entries: Vec::new(),
    };
    match leaf {
        Leaf::Indicator(indicator) => {
            let name = |code: &String| dossier.catalogue.form_name(code).to_owned();
            out.score = indicator.score;
            out.scoring = indicator.scoring.clone();
            out.parts = indicator.scoring_parts.clone();
            out.lead = units(&indicator.lead_units);
            out.support = units(&indicator.support_units);
            out.forms = indicator.carrier_forms.iter().map(name).collect();
            out.requirements = indicator.requirements.clone();
            out.expected = indicator.expected_evidence.clone();
            out.years = year_counts(dossier, options, &indicator.code, &indicator.expected_evidence);
        }
        Leaf::Veto(veto) => {
            out.requirements = veto.typical_proof.clone();
            out.related = veto.related_indicators.clone();
        }
        Leaf::Bonus(bonus) => {
            out.score = bonus.max_points;
            out.related = bonus.related_indicators.clone();
        }
    }
    out.entries = entries(dossier, options.format, ordinal, homes);
    out
}

fn entries(dossier: &Dossier, format: Format, ordinal: usize, homes: &Homes<'_>) -> Vec<Entry> {
    let (mut order, mut before) = (0_u32, None);
    homes.lists[ordinal - 1]
        .iter()
        .map(|document| {
            let section = homes.section(ordinal, document);
            order = if before == Some(section) { order + 1 } else { 1 };
            before = Some(section);
            let place = if let Some((number, anchor)) = homes.at(ordinal, document.id) {
                Place::Here(Box::new(Piece {
                    number: number.clone(),
                    anchor: anchor.clone(),
                    again: homes.home[&document.id] != ordinal,
                    name: document.original_name.clone(),
                    scan: document.shown().digest,
                    pages: sheets(document).collect(),
                    apart: !document.masks.is_empty() || !document.is_printed_whole(),
                    slip: Slip::of(document).map(Box::new),
                    photo: photo(dossier, document).map(Box::new),
                    bytes: weight(document, format),
                }))
            } else {
                let (number, anchor) = homes.at(homes.home[&document.id], document.id).expect("a piece is printed where it is at home");
                Place::Elsewhere { piece: number.clone(), anchor: anchor.clone() }
            };
            Entry {
                order,
                section,
                document: document.id,
                title: title(document),
                number: document.description.number.clone(),
                issuer: document.description.issuer.clone(),
                dated: document.description.dated,
                form: dossier.catalogue.form_name(&document.description.form).to_owned(),
                pages: sheets(document).count() as u32,
                place,
            }
        })
        .collect()
}

/// What stands on each sheet of a document.
fn sheets(document: &Document) -> impl Iterator<Item = PiecePage> {
    document.printed_pages().flat_map(|page| {
        let strokes: Vec<Stroke> = document.marks.iter().filter(|mark| mark.page == page.index).map(|mark| stroke(mark.line)).collect();
        let masks = document.masks_on(page.index);
        slices::slices(page).into_iter().map(move |slice| PiecePage {
            index: page.index,
            turn: page.turn,
            framing: page.framing,
            slice,
            strokes: strokes.clone(),
            masks: masks.clone(),
        })
    })
}

/// 照片说明 of what is printed as a photo: one picture that is said to be a photo, or has a caption.
fn photo(dossier: &Dossier, document: &Document) -> Option<Caption> {
    let is_picture = matches!(document.kind, Kind::Jpeg | Kind::Png | Kind::Bmp | Kind::Gif | Kind::Webp | Kind::Heic);
    let said = dossier.catalogue.is_photo(&document.description.form) || !document.caption.is_empty();
    (is_picture && said && sheets(document).count() == 1).then(|| document.caption.clone())
}

fn stroke(line: Line) -> Stroke {
    let Line { x0, y0, x1, y1 } = line;
    Stroke { x0, y0, x1, y1 }
}

fn year_counts(dossier: &Dossier, options: &Options, code: &IndicatorCode, expected: &[Expected]) -> Vec<YearCount> {
    let cycle = &dossier.assessment.cycle;
    let asked = expected.iter().any(|expected| expected.per == Per::Year);
    let proves = |document: &Document, year| document.years().contains(&year) && is_printed(dossier, document);
    let count = |year| dossier.filed(code).filter(|(_, document)| proves(document, year)).count() as u32;
    let open = |year| cycle.partial_years.contains(&year) && options.made_on <= cycle.submission_due;
    cycle.years.iter().map(|&year| YearCount { year, pieces: count(year), asked, open: open(year) }).collect()
}

/// The title said by a person, else the name of the file without its ending.
fn title(document: &Document) -> String {
    if !document.description.title.is_empty() {
        return document.description.title.clone();
    }
    name::stem(&document.original_name).to_owned()
}

impl Plan {
    /// The paper that its text is set on.
    pub fn setup(&self) -> PageSetup {
        let PrintSetup { top, bottom, inner, outer, .. } = self.print;
        let [top, bottom, inner, outer] = [top, bottom, inner, outer].map(f32::from);
        PageSetup { top, bottom, inner, outer, duplex: self.duplex, ..PageSetup::default() }
    }

    pub fn leaves(&self) -> impl Iterator<Item = &LeafPlan> {
        self.groups.iter().flat_map(|group| &group.leaves)
    }

    /// Indices of a group and of all areas below it.
    pub fn with_inner(&self, group: usize) -> std::ops::Range<usize> {
        let depth = self.groups[group].depth;
        let inner = self.groups[group + 1..].iter().take_while(|inner| inner.depth > depth).count();
        group..group + 1 + inner
    }

    /// Pieces and pages that are printed once more (另印).
    pub fn again(&self) -> (usize, usize) {
        let again: Vec<&Piece> = self.pieces().filter(|piece| piece.again).collect();
        (again.len(), again.iter().map(|piece| piece.pages.len()).sum())
    }

    /// Every piece that is printed, in the order of the package; at each place where it is.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.leaves().flat_map(LeafPlan::pieces)
    }
}

impl Group {
    /// Sum of what its own leaves are worth.
    pub fn sum(&self) -> Points {
        self.leaves.iter().filter_map(|leaf| leaf.score).sum()
    }

    /// Sum of what its own leaves were given; `None` before any was.
    pub fn said(&self) -> Option<Points> {
        let mut said = self.leaves.iter().filter_map(|leaf| leaf.assessed.total()).peekable();
        said.peek().is_some().then(|| said.sum())
    }
}

impl LeafPlan {
    /// What is printed here.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.entries.iter().filter_map(Entry::piece)
    }

    /// Its sections in order; one where it is not parted by years, none where nothing is filed.
    pub fn sections(&self) -> impl Iterator<Item = &[Entry]> {
        self.entries.chunk_by(|one, next| one.section == next.section)
    }

    /// Whether its sections are years.
    pub(super) fn is_parted(&self) -> bool {
        self.entries.first().is_some_and(|entry| entry.section.is_some())
    }

    /// Where a section begins.
    pub(super) fn section_anchor(&self, section: Section) -> Anchor {
        Anchor(format!("{}_{}", self.anchor.0, section.mark()))
    }

    pub fn pages(&self) -> u32 {
        self.pieces().map(|piece| piece.pages.len() as u32).sum()
    }
}

impl Entry {
    pub fn piece(&self) -> Option<&Piece> {
        match &self.place {
            Place::Here(piece) => Some(piece),
            Place::Elsewhere { .. } => None,
        }
    }
}
