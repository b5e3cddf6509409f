//! 总目录: every indicator of the package with its points, its box, its folios and its pieces. An inspector who asks for an
//! item finds here which box to take down, and where to open it.

use std::collections::HashMap;

use paper::manuscript::{Align, Anchor, Block, Cell, Folio, Look, Table};

use super::ledger::{Ledger, LedgerSheet, Shows};
use super::plan::{Group, GroupKind, LeafPlan, Plan};
use super::press::Known;
use crate::domain::{IndicatorCode, Points};
use crate::wording::package as words;

pub(super) fn overview(plan: &Plan, of: usize, known: &Known<'_>) -> Vec<Block> {
    let columns = Columns { boxes: of > 1 };
    let ends = known.ledger.map(ends).unwrap_or_default();
    let mut table = Table::new(columns.widths(), head(&words::overview_head(plan.volumes, of))).dense();
    for (at, group) in plan.groups.iter().enumerate() {
        let inner = &plan.groups[plan.with_inner(at)];
        let last = inner.iter().flat_map(|group| &group.leaves).filter_map(|leaf| ends.get(&leaf.code)).next_back();
        table.rows.push(columns.group(group, inner, Stretch::of(&group.anchor, last.copied(), known)));
        table.rows.extend(group.leaves.iter().map(|leaf| {
            let last = ends.get(&leaf.code).copied();
            columns.leaf(leaf, Stretch::of(&leaf.anchor, last, known))
        }));
    }
    vec![
        Block::Paragraph { look: Look::Title, text: words::OVERVIEW.to_owned() },
        Block::Space(4.0),
        Block::Table(table),
        Block::Paragraph { look: Look::Note, text: words::OVERVIEW_NOTE.to_owned() },
    ]
}

/// The last sheet of each leaf that has something on it.
fn ends(ledger: &Ledger) -> HashMap<&IndicatorCode, &LedgerSheet> {
    let printed = ledger.sheets.iter().filter(|sheet| sheet.shows != Shows::Blank);
    printed.filter_map(|sheet| Some((sheet.indicator.as_ref()?, sheet))).collect()
}

/// Where something lies, from its first sheet to its last.
struct Stretch<'a> {
    folios: (Folio, Folio),
    volumes: (u32, u32),
    link: Option<&'a Anchor>,
}

impl<'a> Stretch<'a> {
    fn of(anchor: &'a Anchor, last: Option<&LedgerSheet>, known: &Known<'_>) -> Self {
        let (first, volume) = (known.folio(anchor), known.volume_of(anchor));
        let (end, until) = last.map_or((first, volume), |sheet| (sheet.folio, sheet.volume));
        Self { folios: (first, end), volumes: (volume, until), link: known.link(anchor).map(|_| anchor) }
    }
}

struct Columns {
    /// There are several volumes to tell apart.
    boxes: bool,
}

impl Columns {
    fn widths(&self) -> Vec<f32> {
        // 起止页 holds `1024—1089` on a line.
        if self.boxes { vec![0.12, 0.40, 0.08, 0.09, 0.08, 0.16, 0.07] } else { vec![0.12, 0.48, 0.08, 0.09, 0.16, 0.07] }
    }

    fn group(&self, group: &Group, inner: &[Group], lies: Stretch<'_>) -> Vec<Cell> {
        let sum = inner.iter().map(Group::sum).sum::<Points>();
        let said = inner.iter().filter_map(Group::said).reduce(|one, more| Points(one.0 + more.0));
        let score = match group.kind {
            GroupKind::Veto => "—".to_owned(),
            GroupKind::Area | GroupKind::Bonus => group.stated.unwrap_or(sum).to_string(),
        };
        let pieces: usize = inner.iter().flat_map(|group| &group.leaves).map(|leaf| leaf.entries.len()).sum();
        let mut row = vec![Cell::new(words::group(group), Align::Left).span(2)];
        row.extend(self.rest(score, words::said(said), lies, pieces));
        row.into_iter().map(Cell::strong).collect()
    }

    fn leaf(&self, leaf: &LeafPlan, lies: Stretch<'_>) -> Vec<Cell> {
        let mut row = vec![Cell::new(&leaf.code.0, Align::Centre), Cell::new(words::row(leaf), Align::Left)];
        let score = leaf.score.map_or_else(|| "—".to_owned(), |points| points.to_string());
        row.extend(self.rest(score, words::said(leaf.assessed.total()), lies, leaf.entries.len()));
        row
    }

    fn rest(&self, score: String, said: String, lies: Stretch<'_>, pieces: usize) -> Vec<Cell> {
        let centred = |text: String| Cell::new(text, Align::Centre);
        let mut out = vec![centred(score), centred(said)];
        if self.boxes {
            out.push(centred(words::through(lies.volumes.0.to_string(), lies.volumes.1.to_string())));
        }
        let folios = centred(words::through(lies.folios.0.label(), lies.folios.1.label()));
        out.push(lies.link.map_or(folios.clone(), |anchor| folios.link(anchor.clone())));
        out.push(centred(pieces.to_string()));
        out
    }
}

fn head(labels: &[&str]) -> Vec<Cell> {
    labels.iter().map(|label| Cell::new(*label, Align::Centre).strong()).collect()
}
