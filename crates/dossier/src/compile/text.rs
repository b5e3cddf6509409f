//! The text sheets: what stands on cover, contents, dividers, indicator sheets and forms, as blocks.

use paper::manuscript::{Align, Block, Cell, Look, Table};
use paper::{PageSetup, layout};

use super::ledger::{Heading, Volume};
use super::plan::{Entry, Group, GroupKind, LeafPlan, PieceNumber, Place, Plan, Slip};
use super::press::Known;
use crate::domain::Points;
use crate::wording::package as words;

pub(super) fn cover(plan: &Plan, number: u32, volumes: usize, holds: &str) -> Vec<Block> {
    let mut out = vec![Block::Space(35.0), paragraph(Look::CoverTitle, &plan.name), Block::Space(8.0)];
    out.push(paragraph(Look::CoverLine, words::package_kind()));
    out.push(paragraph(Look::CoverLine, words::cover_period(plan)));
    out.push(Block::Space(18.0));
    if volumes > 1 {
        out.push(paragraph(Look::CoverLine, words::volume_of(plan.volumes, number, volumes)));
        out.push(paragraph(Look::CoverLine, holds));
    }
    out.push(Block::Space(45.0));
    out.push(paragraph(Look::CoverLine, &plan.office));
    out.push(paragraph(Look::CoverLine, crate::wording::text::day(plan.made_on)));
    if plan.disclaimer.is_some() {
        out.extend([Block::Space(6.0), paragraph(Look::Centred, words::UNOFFICIAL)]);
    }
    out
}

pub(super) fn blank() -> Vec<Block> {
    vec![Block::Space(105.0), paragraph(Look::Centred, words::BLANK)]
}

pub(super) fn notes(plan: &Plan, volumes: &[Volume]) -> Vec<Block> {
    let mut out = title(words::NOTES);
    out.extend(words::notes(plan, volumes.len()).into_iter().map(|text| paragraph(Look::Body, text)));
    let withdrawn = plan.issue.as_ref().map(|issue| [issue.withdrawn.clone(), issue.withdrawn_by(plan)].concat()).unwrap_or_default();
    out.extend(crate::wording::issue::gaps(&withdrawn).map(|text| paragraph(Look::Body, text)));
    if let Some(disclaimer) = &plan.disclaimer {
        out.extend([Block::Space(4.0), paragraph(Look::Note, words::unofficial(disclaimer))]);
    }
    out
}

/// What lies in a volume, line by line; the whole stands in the 总目录.
pub(super) fn contents(number: u32, of: usize, known: &Known<'_>) -> Vec<Block> {
    let mut out = title(words::contents(of));
    let headings = known.ledger.map_or(&[][..], |ledger| &ledger.headings);
    out.extend(headings.iter().filter(|heading| heading.volume == number).map(|heading| line(heading, known)));
    out
}

fn line(heading: &Heading, known: &Known<'_>) -> Block {
    Block::Contents { level: heading.level, text: heading.text.clone(), folio: heading.folio, target: known.link(&heading.anchor) }
}

/// 自评得分汇总: a line for each top area; veto and bonus items in lines of their own. Where there is more than one volume,
/// what lies in each.
pub(super) fn summary(plan: &Plan, volumes: &[Volume]) -> Vec<Block> {
    let mut table = Table::new(vec![0.36, 0.11, 0.14, 0.11, 0.09, 0.09, 0.1], head(&words::SUMMARY_HEAD));
    let (mut leaves, mut points, mut said, mut pieces, mut pages, mut missing) = (0, Points::default(), None, 0, 0, 0);
    for at in (0..plan.groups.len()).filter(|at| plan.groups[*at].depth == 0) {
        let group = &plan.groups[at];
        let sum = Sum::of(&plan.groups[plan.with_inner(at)]);
        let score = match group.kind {
            GroupKind::Veto => "—".to_owned(),
            GroupKind::Area => words::stated(group.stated, sum.points, words::ITEMS),
            GroupKind::Bonus => group.stated.map(words::at_most).unwrap_or_default(),
        };
        let shown_said = match group.kind {
            GroupKind::Veto => "—".to_owned(),
            GroupKind::Area => words::said(sum.said),
            GroupKind::Bonus => words::capped(sum.said, group.stated),
        };
        if group.kind == GroupKind::Area {
            leaves += sum.leaves;
            points = Points(points.0 + group.stated.unwrap_or(sum.points).0);
            said = plus(said, sum.said);
            missing += sum.missing;
        }
        pieces += sum.pieces;
        pages += sum.pages;
        let shown = if group.kind == GroupKind::Bonus { "—".to_owned() } else { sum.missing.to_string() };
        table.rows.push(vec![
            cell(words::group(group)),
            centred(sum.leaves),
            centred(score),
            centred(shown_said),
            centred(sum.pieces),
            centred(sum.pages),
            centred(shown),
        ]);
    }
    let total = [leaves.to_string(), points.to_string(), words::said(said), pieces.to_string(), pages.to_string(), missing.to_string()];
    let mut row = vec![centred(words::TOTAL).strong()];
    row.extend(total.into_iter().map(|text| centred(text).strong()));
    table.rows.push(row);
    let mut out = title(words::SUMMARY);
    out.push(Block::Table(table));
    out.push(paragraph(Look::Note, words::summary_note(plan)));
    if volumes.len() > 1 {
        out.push(Block::Space(8.0));
        out.push(paragraph(Look::Heading, words::all_volumes(plan.volumes)));
        out.push(Block::Table(all_volumes(plan, volumes)));
    }
    out
}

fn plus(one: Option<Points>, other: Option<Points>) -> Option<Points> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Points(one.0 + other.0)),
        (one, other) => one.or(other),
    }
}

/// 分盒一览: which box to take down for what.
fn all_volumes(plan: &Plan, volumes: &[Volume]) -> Table {
    let row = |volume: &Volume| {
        vec![
            centred(volume.number),
            cell(&volume.title),
            centred(words::folios(volume.folios)),
            centred(volume.pieces),
            centred(volume.pages),
        ]
    };
    let table = Table::new(vec![0.1, 0.5, 0.16, 0.1, 0.14], head(&words::volumes_head(plan.volumes)));
    table.rows(volumes.iter().map(row).collect()).dense()
}

/// What a group and the areas in it add up to.
#[derive(Default)]
struct Sum {
    leaves: usize,
    points: Points,
    said: Option<Points>,
    pieces: usize,
    pages: u32,
    missing: usize,
}

impl Sum {
    fn of(groups: &[Group]) -> Self {
        let mut out = Self::default();
        for group in groups {
            out.leaves += group.leaves.len();
            out.points = Points(out.points.0 + group.sum().0);
            out.said = plus(out.said, group.said());
            for leaf in &group.leaves {
                out.pieces += leaf.pieces().count();
                out.pages += leaf.pages();
                out.missing += usize::from(leaf.entries.is_empty());
            }
        }
        out
    }
}

pub(super) fn divider(plan: &Plan, at: usize) -> Vec<Block> {
    let group = &plan.groups[at];
    let sum = Sum::of(&plan.groups[plan.with_inner(at)]);
    vec![
        Block::Space(75.0),
        paragraph(Look::AreaTitle, words::group(group)),
        Block::Space(12.0),
        paragraph(Look::Centred, words::group_account(group.kind, sum.leaves, sum.pieces, sum.pages)),
    ]
}

/// 分目录: the indicators of an area, and of the areas in it.
pub(super) fn listing(plan: &Plan, at: usize, known: &Known<'_>) -> Vec<Block> {
    let mut out = title(words::LISTING);
    for inner in plan.with_inner(at) {
        let group = &plan.groups[inner];
        if inner != at {
            out.push(contents_line(0, words::group(group), &group.anchor, known));
        }
        out.extend(group.leaves.iter().map(|leaf| contents_line(1, words::leaf(leaf), &leaf.anchor, known)));
    }
    out
}

fn contents_line(level: u8, text: String, anchor: &paper::manuscript::Anchor, known: &Known<'_>) -> Block {
    Block::Contents { level, text, folio: known.folio(anchor), target: known.link(anchor) }
}

/// The veto items with what proves them.
pub(super) fn vetoes(group: &Group, known: &Known<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![0.1, 0.46, 0.1, 0.1, 0.24], head(&words::VETO_HEAD));
    for leaf in &group.leaves {
        let folio = centred(known.folio(&leaf.anchor).label());
        table.rows.push(vec![
            centred(&leaf.code.0),
            cell(&leaf.text),
            centred(leaf.entries.len()),
            known.link(&leaf.anchor).map_or(folio.clone(), |anchor| folio.link(anchor)),
            centred(words::proof(leaf)),
        ]);
    }
    let mut out = title(words::LISTING);
    out.push(Block::Table(table));
    out
}

/// 指标页: the indicator as issued, who owes it, what is asked for, and which years are covered. Set smaller only where it
/// would not be one page.
pub(super) fn leaf(leaf: &LeafPlan, setup: &PageSetup) -> Vec<Block> {
    one_page([false, true].map(|dense| leaf_set(leaf, dense)), setup)
}

fn leaf_set(leaf: &LeafPlan, dense: bool) -> Vec<Block> {
    let parts: Vec<String> = leaf.parts.iter().map(words::part).collect();
    let expected: Vec<String> = leaf.expected.iter().map(words::expected).collect();
    let related: Vec<&str> = leaf.related.iter().map(|code| code.0.as_str()).collect();
    let declared = leaf.declared.as_ref().map(words::declared).unwrap_or_default();
    let mut scoring = leaf.scoring.clone();
    if !parts.is_empty() {
        scoring = [scoring, parts.join("\n")].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    }
    let rows = [
        (words::CODE, leaf.code.0.clone()),
        (words::content(leaf.kind), leaf.text.clone()),
        (words::SCORE, words::score(leaf)),
        (words::SCORING, scoring),
        (words::SAID, words::self_score(leaf)),
        (words::NARRATIVE, leaf.assessed.narrative.clone()),
        (words::DECLARED, declared),
        (words::DUTIES, words::duties(leaf)),
        (words::FORMS, leaf.forms.join("\n")),
        (words::requirements(leaf.kind), words::numbered(&leaf.requirements)),
        (words::EXPECTED, words::numbered(&expected)),
        (words::RELATED, related.join("、")),
    ];
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
    let table = Table::new(vec![0.18, 0.82], Vec::new()).rows(rows.map(|(label, text)| vec![label_cell(label), cell(text)]).collect());
    let set = |table: Table| Block::Table(Table { dense, ..table });
    let mut out = vec![paragraph(Look::IndicatorTitle, words::leaf(leaf)), Block::Space(2.0), set(table)];
    if !leaf.years.is_empty() {
        out.push(Block::Space(3.0));
        out.push(set(years(leaf)));
    }
    if leaf.entries.is_empty() {
        out.extend([Block::Space(4.0), paragraph(Look::Body, words::no_evidence(leaf.kind))]);
    }
    out
}

fn years(leaf: &LeafPlan) -> Table {
    let share = 0.82 / leaf.years.len() as f32;
    let mut widths = vec![0.18];
    widths.extend(leaf.years.iter().map(|_| share));
    let mut head = vec![label_cell(words::YEARS)];
    head.extend(leaf.years.iter().map(|year| centred(words::year_name(year.year)).strong()));
    let mut row = vec![label_cell(words::PIECES)];
    row.extend(leaf.years.iter().map(|year| centred(words::year(year))));
    Table::new(widths, head).rows(vec![row])
}

/// 卷内目录 of a leaf, or of one of its sections.
pub(super) fn register(plan: &Plan, leaf: &LeafPlan, entries: &[Entry], known: &Known<'_>) -> Vec<Block> {
    // 文号 holds `〔2022〕40号` on a line, 件号 `01-03-002`, 日期 eight digits, 备注 `第2盒`.
    let widths = vec![0.057, 0.12, 0.105, 0.155, 0.167, 0.11, 0.10, 0.057, 0.06, 0.069];
    let rows = entries.iter().map(|entry| register_row(plan, entry, known)).collect();
    let mut out = title(words::REGISTER);
    if let Some(section) = entries.first().and_then(|entry| entry.section) {
        out.push(paragraph(Look::SectionTitle, words::section(leaf, section)));
    }
    out.push(Block::Table(Table::new(widths, head(&words::REGISTER_HEAD)).rows(rows).dense()));
    out
}

fn register_row(plan: &Plan, entry: &Entry, known: &Known<'_>) -> Vec<Cell> {
    let (number, anchor, note) = match &entry.place {
        Place::Here(piece) => (&piece.number, &piece.anchor, words::again(piece)),
        Place::Elsewhere { piece, anchor } => (piece, anchor, words::cross_reference(plan.volumes, known.other_volume(anchor))),
    };
    let folio = centred(known.folio(anchor).label());
    vec![
        centred(entry.order),
        centred(&number.0),
        cell(&entry.issuer),
        cell(&entry.number),
        cell(&entry.title),
        centred(words::dated(entry.dated)),
        centred(&entry.form),
        centred(entry.pages),
        known.link(anchor).map_or(folio.clone(), |anchor| folio.link(anchor)),
        centred(note),
    ]
}

/// 附件说明页, one sheet: what is said at length is cut as far as that takes.
pub(super) fn slip(slip: &Slip, number: Option<&PieceNumber>, setup: &PageSetup) -> Vec<Block> {
    one_page(words::SLIP_LENGTHS.map(|most| slip_saying(slip, number, most)), setup)
}

fn slip_saying(slip: &Slip, number: Option<&PieceNumber>, most: usize) -> Vec<Block> {
    let said = words::SLIP_LABELS.into_iter().zip(words::slip(slip, number, most)).filter(|(_, text)| !text.is_empty());
    let rows: Vec<_> = said.map(|(label, text)| vec![label_cell(label), cell(text)]).collect();
    let (head, note) = match slip.kind {
        scans::Kind::Text => (words::KEPT_ELSEWHERE, words::KEPT_ELSEWHERE_NOTE),
        _ => (words::SLIP, words::SLIP_NOTE),
    };
    let mut out = title(head);
    if !rows.is_empty() {
        out.push(Block::Table(Table::new(vec![0.18, 0.82], Vec::new()).rows(rows)));
    }
    out.extend([Block::Space(4.0), paragraph(Look::Note, note)]);
    out
}

/// Free lines of 情况说明 in a 备考表, where the margins leave room for them.
const REMARK_LINES: usize = 18;

/// 备考表, one sheet whatever the margins: it is signed, and a printed one is never laid anew.
pub(super) fn closing(account: &words::Account, setup: &PageSetup) -> Vec<Block> {
    let forms = (1..=REMARK_LINES).rev().map(|free| closing_form(account, free));
    one_page(forms, setup)
}

/// The first that is one page, else the last.
fn one_page(candidates: impl IntoIterator<Item = Vec<Block>>, setup: &PageSetup) -> Vec<Block> {
    let mut last = Vec::new();
    for blocks in candidates {
        if layout::deal(&blocks, setup).len() <= 1 {
            return blocks;
        }
        last = blocks;
    }
    last
}

fn closing_form(account: &words::Account, free: usize) -> Vec<Block> {
    let mut rows = vec![vec![label_cell(words::ACCOUNT), cell(words::account(account)).span(3)]];
    rows.push(vec![label_cell(words::REMARKS), cell("\n".repeat(free)).span(3)]);
    for [who, when] in words::SIGNED {
        rows.push(vec![label_cell(who), cell(""), label_cell(when), cell("")]);
    }
    let mut out = title(words::CLOSING);
    out.push(Block::Table(Table::new(vec![0.18, 0.32, 0.18, 0.32], Vec::new()).rows(rows)));
    out
}

fn title(text: &str) -> Vec<Block> {
    vec![paragraph(Look::Title, words::spaced(text)), Block::Space(4.0)]
}

fn paragraph(look: Look, text: impl Into<String>) -> Block {
    Block::Paragraph { look, text: text.into() }
}

fn head(labels: &[&str]) -> Vec<Cell> {
    labels.iter().map(|label| centred(label).strong()).collect()
}

fn label_cell(text: &str) -> Cell {
    centred(text).strong()
}

fn cell(text: impl Into<String>) -> Cell {
    Cell::new(text, Align::Left)
}

fn centred(text: impl ToString) -> Cell {
    Cell::new(text.to_string(), Align::Centre)
}
