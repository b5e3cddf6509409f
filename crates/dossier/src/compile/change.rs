//! 变更包: which leaves of paper are pulled, swapped and inserted so that the printed edition says what is filed now.
//!
//! Paper is changed by the leaf: where one side differs, both are printed.

use std::collections::{HashMap, HashSet};

use paper::layout;
use paper::manuscript::{Align, Block, Body, Cell, Folio, Look, Manuscript, Sheet, Table};
use scans::Digest;

use super::issue::{Issue, IssuedSheet, Withdrawn, print};
use super::kept;
use super::ledger::{Ledger, LedgerSheet, Opening, Shows, Volume};
use super::manuscript::PRODUCER;
use super::plan::Plan;
use super::{press, text};
use crate::domain::IndicatorCode;
use crate::wording::issue as words;

/// What is done at one place of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 抽出
    Pull,
    /// 换
    Swap,
    /// 插入
    Insert,
}

/// Leaves of one place in a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub act: Act,
    pub volume: u32,
    /// Sides that are taken out, and those that are put there.
    pub pulled: Vec<Folio>,
    pub put: Vec<Folio>,
    /// Leaves that are taken out, and those that are put there.
    pub leaves: (usize, usize),
    /// The side that inserted leaves follow.
    pub behind: Option<Folio>,
    /// What stands on the leaves that are put there, or stood on those that are only taken out.
    pub shows: Vec<(Shows, Option<IndicatorCode>)>,
    sides: Vec<(Sheet, LedgerSheet)>,
}

/// All changes in the order of the boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Of this 变更包, from 1.
    pub number: u32,
    pub changes: Vec<Change>,
    pub withdrawn: Vec<Withdrawn>,
    /// How the edition stands once they are carried out.
    pub after: Issue,
}

/// One leaf of paper, its sides in order.
struct Leaf<'a, S> {
    key: Vec<Folio>,
    sides: &'a [S],
}

/// A side as it should be.
struct Now {
    sheet: Sheet,
    fact: LedgerSheet,
    print: Digest,
}

/// Compares what is filed now, laid on the numbers of an edition, with what lies in the boxes.
pub fn changes(plan: &Plan, issue: &Issue, ledger: &Ledger) -> Changes {
    let setup = &plan.setup();
    let mut out = Vec::new();
    let mut prints = Vec::new();
    for (laid, number) in kept::lay(plan, setup, issue, Some(ledger)).into_iter().zip(1..) {
        let now: Vec<Now> =
            laid.sheets.into_iter().zip(laid.facts).map(|(sheet, fact)| Now { print: print(&sheet), sheet, fact }).collect();
        prints.extend(now.iter().map(|side| side.print));
        let before: Vec<IssuedSheet> = issue.of_volume(number).cloned().collect();
        let per = if setup.duplex { 2 } else { 1 };
        compare(&leaves(&before, per, |side| side.sheet.folio), &leaves(&now, per, |side| side.fact.folio), number, &mut out);
    }
    Changes { number: issue.packs + 1, changes: out, withdrawn: issue.withdrawn_by(plan), after: issue.after(plan, ledger, &prints) }
}

/// Cuts the sides of a volume into leaves. Those of the front matter are told by their place, all others by their folios.
fn leaves<S>(sides: &[S], per: usize, folio: impl Fn(&S) -> Folio) -> Vec<Leaf<'_, S>> {
    let of = |(at, sides): (usize, &'_ [S])| {
        let front = matches!(folio(&sides[0]), Folio::None | Folio::Front(_));
        if front { vec![Folio::Front(at as u32)] } else { sides.iter().map(&folio).collect() }
    };
    sides.chunks(per).enumerate().map(|(at, chunk)| Leaf { key: of((at, chunk)), sides: chunk }).collect()
}

fn compare(before: &[Leaf<'_, IssuedSheet>], now: &[Leaf<'_, Now>], volume: u32, out: &mut Vec<Change>) {
    let printed: HashMap<&[Folio], usize> = before.iter().enumerate().map(|(at, leaf)| (leaf.key.as_slice(), at)).collect();
    let (mut at, mut waiting) = (0, 0);
    let mut touching = false;
    for (place, leaf) in now.iter().enumerate() {
        let Some(&known) = printed.get(leaf.key.as_slice()).filter(|known| **known >= at) else { continue };
        if waiting < place || at < known {
            out.extend(change(&before[at..known], &now[waiting..place], last(&now[..waiting]), volume));
            touching = false;
        }
        if !same(&before[known], leaf) {
            let joins = touching && out.last().is_some_and(|last| last.act == Act::Swap && last.belongs() == belongs(leaf));
            let swapped = change(&before[known..=known], &now[place..=place], None, volume);
            match (swapped, out.last_mut().filter(|_| joins)) {
                (Some(more), Some(last)) => last.join(more),
                (more, _) => out.extend(more),
            }
            touching = true;
        } else {
            touching = false;
        }
        (at, waiting) = (known + 1, place + 1);
    }
    if waiting < now.len() || at < before.len() {
        out.extend(change(&before[at..], &now[waiting..], last(&now[..waiting]), volume));
    }
}

/// The last side of these leaves.
fn last(leaves: &[Leaf<'_, Now>]) -> Option<Folio> {
    leaves.last().and_then(|leaf| leaf.sides.last()).map(|side| side.fact.folio)
}

/// A 备考表 is signed by hand, and later changes are noted on it by hand; a blank side is a blank side.
fn same(before: &Leaf<'_, IssuedSheet>, now: &Leaf<'_, Now>) -> bool {
    let alike = |(before, now): (&IssuedSheet, &Now)| match (&before.sheet.shows, &now.fact.shows) {
        (Shows::Closing, Shows::Closing) | (Shows::Blank, Shows::Blank) => true,
        _ => before.print == now.print,
    };
    before.sides.len() == now.sides.len() && before.sides.iter().zip(now.sides).all(alike)
}

fn change(before: &[Leaf<'_, IssuedSheet>], now: &[Leaf<'_, Now>], behind: Option<Folio>, volume: u32) -> Option<Change> {
    let act = match (before.is_empty(), now.is_empty()) {
        (true, true) => return None,
        (true, false) => Act::Insert,
        (false, true) => Act::Pull,
        (false, false) => Act::Swap,
    };
    let pulled: Vec<&IssuedSheet> = before.iter().flat_map(|leaf| leaf.sides).collect();
    let put: Vec<&Now> = now.iter().flat_map(|leaf| leaf.sides).collect();
    let stood = || pulled.iter().map(|side| (side.sheet.shows.clone(), side.sheet.indicator.clone())).collect::<Vec<_>>();
    let stands = put.iter().map(|side| (side.fact.shows.clone(), side.fact.indicator.clone())).collect::<Vec<_>>();
    Some(Change {
        act,
        volume,
        pulled: pulled.iter().map(|side| side.sheet.folio).collect(),
        put: put.iter().map(|side| side.fact.folio).collect(),
        leaves: (before.len(), now.len()),
        behind: behind.filter(|_| act == Act::Insert),
        shows: if act == Act::Pull { stood() } else { stands },
        sides: put.iter().map(|side| (side.sheet.clone(), side.fact.clone())).collect(),
    })
}

/// The leaf of the table that a leaf of paper belongs to.
fn belongs<'a>(leaf: &'a Leaf<'_, Now>) -> Option<&'a IndicatorCode> {
    leaf.sides.first().and_then(|side| side.fact.indicator.as_ref())
}

impl Change {
    /// Leaves side by side that belong together are one line of the list.
    fn belongs(&self) -> Option<&IndicatorCode> {
        self.shows.first().and_then(|(_, indicator)| indicator.as_ref())
    }

    fn join(&mut self, more: Self) {
        self.pulled.extend(more.pulled);
        self.put.extend(more.put);
        self.leaves = (self.leaves.0 + more.leaves.0, self.leaves.1 + more.leaves.1);
        self.shows.extend(more.shows);
        self.sides.extend(more.sides);
    }
}

impl Changes {
    /// The pack, ready to be printed, with its ledger: the list first, then leaf after leaf.
    pub fn manuscript(&self, plan: &Plan, ledger: &Ledger) -> (Manuscript, Ledger) {
        let setup = &plan.setup();
        let list = layout::deal(&self.list(plan, ledger), setup);
        let of = list.len();
        let header = |page: usize| words::list_header(self.number, page, of);
        let bare = |header: String, blocks| Sheet { folio: Folio::None, header, anchors: Vec::new(), section: 0, body: Body::Text(blocks) };
        let fact = |shows| LedgerSheet { volume: 1, sheet: 0, folio: Folio::None, shows, anchors: Vec::new(), indicator: None };
        let mut sides: Vec<(Sheet, LedgerSheet)> =
            list.into_iter().zip(1..).map(|(blocks, page)| (bare(header(page), blocks), fact(Shows::Changes))).collect();
        if setup.duplex && sides.len() % 2 == 1 {
            sides.push((bare(String::new(), text::blank()), fact(Shows::Blank)));
        }
        sides.extend(self.changes.iter().flat_map(|change| change.sides.iter().cloned()));
        let mut section = 0;
        let mut facts = Vec::with_capacity(sides.len());
        let mut sheets: Vec<Sheet> = Vec::with_capacity(sides.len());
        for ((sheet, fact), at) in sides.into_iter().zip(0..) {
            section += u32::from(sheets.last().is_some_and(|last| last.header != sheet.header || last.folio != sheet.folio));
            sheets.push(Sheet { section, ..sheet });
            facts.push(LedgerSheet { volume: 1, sheet: at, ..fact });
        }
        press::set_apart(sheets.iter_mut().zip(facts.iter().map(|fact| &fact.shows)));
        let fresh: HashSet<_> = facts.iter().flat_map(|fact| fact.shows.pieces()).collect();
        let volume = Volume {
            number: 1,
            title: String::new(),
            sheets: sheets.len() as u32,
            folios: (0, 0),
            pieces: fresh.len() as u32,
            pages: facts.iter().map(|fact| fact.shows.evidence().len() as u32).sum(),
            opens: Opening { item: 0, page: 0 },
        };
        let manuscript = Manuscript {
            title: words::pack_title(&plan.name, self.number),
            office: plan.office.clone(),
            producer: PRODUCER.to_owned(),
            made_on: plan.made_on.to_string(),
            setup: *setup,
            sheets,
            outline: Vec::new(),
        };
        (manuscript, Ledger { volumes: vec![volume], sheets: facts, headings: Vec::new() })
    }

    /// 变更清单
    fn list(&self, plan: &Plan, ledger: &Ledger) -> Vec<Block> {
        let said = |look, text: String| Block::Paragraph { look, text };
        let mut out = vec![
            said(Look::Title, words::LIST.to_owned()),
            said(Look::Centred, words::of_edition(&self.after.name, self.number)),
            Block::Space(3.0),
        ];
        out.extend(words::how_to(self.number).into_iter().map(|text| said(Look::Note, text)));
        let mut volume = 0;
        let mut order = 0;
        for (at, change) in self.changes.iter().enumerate() {
            if change.volume != volume {
                volume = change.volume;
                let title = ledger.volumes.get(volume as usize - 1).map(|volume| volume.title.as_str()).unwrap_or_default();
                if ledger.volumes.len() > 1 {
                    out.push(Block::Space(2.0));
                    out.push(said(Look::Heading, words::volume(plan.volumes, volume, title)));
                }
                let own: Vec<&Change> = self.changes[at..].iter().take_while(|change| change.volume == volume).collect();
                out.push(Block::Table(table(&own, &mut order, self)));
            }
        }
        if !self.withdrawn.is_empty() {
            out.push(Block::Space(2.0));
            out.extend(self.withdrawn.iter().map(|gone| said(Look::Note, words::withdrawn(gone))));
        }
        out.push(Block::Space(6.0));
        out.push(said(Look::Note, words::SIGNED.to_owned()));
        out
    }
}

fn table(changes: &[&Change], order: &mut usize, all: &Changes) -> Table {
    let centred = |text: String| Cell::new(text, Align::Centre);
    let head = words::LIST_HEAD.iter().map(|label| centred((*label).to_owned()).strong()).collect();
    let rows = changes.iter().map(|change| {
        *order += 1;
        vec![
            centred(order.to_string()),
            centred(words::act(change.act).to_owned()),
            centred(words::pulled(change)),
            centred(words::put(change)),
            Cell::new(words::shows(change, &all.after), Align::Left),
        ]
    });
    Table::new(vec![0.07, 0.08, 0.26, 0.27, 0.32], head).rows(rows.collect()).dense()
}
