//! Lays a package on the numbers of a printed edition: what is printed keeps its folio, what came later gets one behind
//! (`45-1`), and what was taken out leaves its folio empty.

use std::collections::HashMap;
use std::ops::Range;

use paper::PageSetup;
use paper::manuscript::{Anchor, Body, Folio, Sheet};

use super::held::volume_title;
use super::issue::{Issue, IssuedSheet};
use super::ledger::{Ledger, LedgerSheet, Opening, Shows};
use super::plan::{PieceNumber, Plan};
use super::press::{self, BodyLaid, Laid, Stands};
use super::run::items;
use super::sections::Section;
use super::stack::Stack;
use super::text;
use crate::domain::IndicatorCode;
use crate::wording::package as words;

/// All volumes as they lie once every change is carried out; numbers are taken from `before`.
pub(super) fn lay(plan: &Plan, setup: &PageSetup, issue: &Issue, before: Option<&Ledger>) -> Vec<Laid> {
    let run = press::unseated(plan, setup, before);
    let seats = Seats::of(&run, issue);
    let of = issue.volumes() as usize;
    (1..=issue.volumes()).map(|number| volume(plan, setup, issue, (number, of), &run, &seats, before)).collect()
}

/// Pieces on a sheet, with the page of the scan and where it is cut.
type On = Vec<(PieceNumber, u32, u16)>;

/// Identity of a sheet, independent of its folio.
#[derive(PartialEq, Eq, Hash, Clone)]
struct Key {
    /// The divider or the leaf it belongs to.
    below: String,
    shows: &'static str,
    /// Of a 卷内目录.
    section: Option<Section>,
    evidence: On,
    /// Number among sheets that are otherwise alike.
    nth: usize,
}

/// Names sheets one after the other.
#[derive(Default)]
struct Namer {
    divider: String,
    seen: HashMap<(String, &'static str, Option<Section>, On), usize>,
}

impl Namer {
    /// `None` for what belongs to a volume and not to the run.
    fn key(&mut self, shows: &Shows, indicator: Option<&IndicatorCode>, anchors: &[Anchor]) -> Option<Key> {
        let kind = match shows {
            Shows::Divider => {
                if let Some(anchor) = anchors.first() {
                    self.divider.clone_from(&anchor.0);
                }
                "divider"
            }
            Shows::Listing => "listing",
            Shows::Indicator => "indicator",
            Shows::Register { .. } => "register",
            Shows::Piece { .. } | Shows::Photos { .. } | Shows::Slip { .. } => "evidence",
            _ => return None,
        };
        let evidence = match shows {
            Shows::Piece { piece, scan_page, slice, .. } => vec![(piece.clone(), *scan_page, slice.map_or(0, |slice| slice.from))],
            // Of photos that share a sheet the first may be taken out.
            other => other.pieces().into_iter().map(|piece| (piece.clone(), 0, 0)).collect(),
        };
        let section = if let Shows::Register { section } = shows { *section } else { None };
        let below = indicator.map_or_else(|| self.divider.clone(), |code| code.0.clone());
        let count = self.seen.entry((below.clone(), kind, section, evidence.clone())).or_default();
        *count += 1;
        Some(Key { below, shows: kind, section, evidence, nth: *count })
    }
}

/// Which printed side each sheet of the run takes, and the volume it lies in.
struct Seats {
    /// By sheet of the run: position among the sides of the issue.
    taken: Vec<Option<usize>>,
    volume: Vec<u32>,
}

impl Seats {
    fn of(run: &BodyLaid<'_>, issue: &Issue) -> Self {
        let mut namer = Namer::default();
        let mut printed: HashMap<Key, usize> = HashMap::new();
        // A photo may stand beside others than it did: any one of them tells the sheet.
        let mut photos: HashMap<&PieceNumber, usize> = HashMap::new();
        for (at, IssuedSheet { sheet, .. }) in issue.sheets.iter().enumerate() {
            if let Some(key) = namer.key(&sheet.shows, sheet.indicator.as_ref(), &sheet.anchors) {
                printed.insert(key, at);
            }
            if let Shows::Photos { photos: on } = &sheet.shows {
                photos.extend(on.iter().map(|photo| (&photo.piece, at)));
            }
        }
        let mut namer = Namer::default();
        let (mut taken, mut volume) = (Vec::new(), Vec::new());
        let (mut last, mut lies) = (None, 1);
        for ((shows, indicator), sheet) in run.stack.facts.iter().zip(&run.stack.sheets) {
            let key = namer.key(shows, indicator.as_ref(), &sheet.anchors);
            let own = match shows {
                Shows::Photos { photos: on } => on.iter().find_map(|photo| photos.get(&photo.piece)).copied(),
                _ => key.and_then(|key| printed.get(&key).copied()),
            };
            // The order of the paper stands; what would have to go back is laid anew.
            let own = own.filter(|at| last.is_none_or(|last| *at > last));
            if let Some(at) = own {
                last = own;
                lies = issue.sheets[at].sheet.volume;
            }
            taken.push(own);
            volume.push(lies);
        }
        Self { taken, volume }
    }
}

/// A side of the paper of a volume.
enum Side {
    /// A sheet of the run.
    Sheet(usize, Folio),
    Closing(Folio),
    Blank(Folio),
    /// Taken out; blank where its other side stays.
    Gone(Folio),
}

fn volume(
    plan: &Plan,
    setup: &PageSetup,
    issue: &Issue,
    (number, of): (u32, usize),
    run: &BodyLaid<'_>,
    seats: &Seats,
    before: Option<&Ledger>,
) -> Laid {
    let sides = sides(issue, number, seats, setup);
    let folios = folios_of(issue, number);
    let next = seats.volume.iter().position(|lies| *lies > number).unwrap_or(run.stack.sheets.len());
    // A volume of which everything was taken out opens where the next one does.
    let first = seats.volume.iter().position(|lies| *lies == number).unwrap_or(next);
    let opening = |first: usize| {
        let item = run.stack.items.get(first).copied().unwrap_or_else(|| items(plan).len());
        Opening { item, page: run.stack.items[..first].iter().rev().take_while(|before| **before == item).count() }
    };
    let title = if of > 1 { volume_title(plan, &items(plan), opening(first), opening(next)) } else { String::new() };
    let (mut body, at_sheet) = filled(plan, setup, (number, of), (run, seats), sides, folios.0);
    body.title = title;
    let moved = |sheet: &usize| at_sheet.get(sheet).copied();
    let own = run.headings.iter().filter_map(|(level, text, anchor, sheet)| Some((*level, text.clone(), anchor.clone(), moved(sheet)?)));
    body.headings.extend(own);
    let own = run.marks.iter().filter_map(|(depth, title, sheet)| Some((*depth, title.clone(), moved(sheet)?)));
    let closing = std::mem::replace(&mut body.marks, resumed(run, first..next));
    body.marks.extend(own.chain(closing));
    press::bound(plan, setup, (number, of), opening(first), folios, body, before)
}

/// First and last folio. They run through the volumes; those of what was taken out stay with the volume whose spine bears them.
fn folios_of(issue: &Issue, number: u32) -> (u32, u32) {
    let most = |of: &dyn Fn(u32) -> bool| {
        let printed = issue.sheets.iter().filter(|issued| of(issued.sheet.volume));
        printed.filter_map(|issued| if let Folio::Body(at) = issued.sheet.folio { Some(at) } else { None }).max()
    };
    let first = most(&|volume| volume < number).unwrap_or(0) + 1;
    (first, most(&|volume| volume == number).unwrap_or(first))
}

/// The body with what stands on its sides, and where each sheet of the run lies in it; of bookmarks only that of 备考表.
fn filled<'a>(
    plan: &Plan,
    setup: &'a PageSetup,
    (number, of): (u32, usize),
    (run, seats): (&BodyLaid<'_>, &Seats),
    sides: Vec<Side>,
    first: u32,
) -> (BodyLaid<'a>, HashMap<usize, usize>) {
    let stack = Stack::new(setup, Folio::None);
    let mut body = BodyLaid { stack, headings: Vec::new(), marks: Vec::new(), title: String::new(), pieces: 0, pages: 0 };
    let mut at_sheet: HashMap<usize, usize> = HashMap::new();
    let mut last = first;
    for side in sides {
        let here = body.stack.sheets.len();
        match side {
            Side::Sheet(sheet, folio) => {
                let (shows, indicator) = &run.stack.facts[sheet];
                at_sheet.insert(sheet, here);
                body.pages += shows.evidence().len() as u32 + u32::from(matches!(shows, Shows::Slip { .. }));
                body.pieces += match shows {
                    Shows::Piece { page, .. } => u32::from(*page == 1),
                    other => other.pieces().len() as u32,
                };
                put(&mut body.stack, &run.stack.sheets[sheet], folio, shows.clone(), indicator.clone());
            }
            Side::Closing(folio) => {
                let leaves = run.headings.iter().filter(|(level, .., sheet)| *level == 1 && seats.volume[*sheet] == number).count();
                let account = words::Account {
                    volumes: plan.volumes,
                    volume: number,
                    of,
                    stands: Stands::of(&body.stack),
                    opened: Stands { leaves, pieces: body.pieces as usize },
                    pages: body.pages,
                    folios: (first, last),
                };
                body.marks.push((0, words::CLOSING.to_owned(), here));
                body.stack.folio = folio;
                body.stack.text(&plan.name, None, &text::closing(&account, setup), Shows::Closing, None);
            }
            Side::Blank(folio) | Side::Gone(folio) => {
                let header = body.stack.sheets.last().map(|sheet| sheet.header.clone()).unwrap_or_default();
                let indicator = body.stack.facts.last().and_then(|(_, indicator)| indicator.clone());
                let blank = Sheet { folio, header, anchors: Vec::new(), section: 0, body: Body::Text(text::blank()) };
                put(&mut body.stack, &blank, folio, Shows::Blank, indicator);
            }
        }
        if let Some(Folio::Body(number)) = body.stack.sheets.last().map(|sheet| sheet.folio) {
            last = number;
        }
    }
    (body, at_sheet)
}

fn put(stack: &mut Stack<'_>, sheet: &Sheet, folio: Folio, shows: Shows, indicator: Option<IndicatorCode>) {
    stack.folio = folio;
    stack.lay(&sheet.header, sheet.anchors.clone(), sheet.body.clone(), shows, indicator.as_ref());
}

/// The body of a volume, side after side.
fn sides(issue: &Issue, number: u32, seats: &Seats, setup: &PageSetup) -> Vec<Side> {
    let takers: HashMap<usize, usize> = seats.taken.iter().enumerate().filter_map(|(sheet, at)| Some(((*at)?, sheet))).collect();
    let own: Vec<usize> = (0..seats.volume.len()).filter(|sheet| seats.volume[*sheet] == number).collect();
    let mut waiting = own.into_iter().peekable();
    // Blank sides have numbers too, so what comes next begins on a leaf of its own.
    let mut used = issue.behind.clone();
    let mut out: Vec<Side> = Vec::new();
    let mut after = 0;
    for (at, IssuedSheet { sheet, .. }) in issue.sheets.iter().enumerate().filter(|(_, issued)| issued.sheet.volume == number) {
        let folio = sheet.folio;
        let (Folio::Body(base) | Folio::Behind { after: base, .. }) = folio else { continue };
        let taker = takers.get(&at).copied();
        // What came later stands in front of the next printed sheet that is still there.
        if taker.is_some() || sheet.shows == Shows::Closing {
            let mut late = Vec::new();
            while let Some(next) = waiting.next_if(|next| taker.is_none_or(|taker| *next < taker)) {
                late.push(next);
            }
            let count = if setup.duplex { late.len().next_multiple_of(2) } else { late.len() };
            for place in 0..count {
                let most = used.entry(after).or_default();
                *most += 1;
                let folio = Folio::Behind { after, number: *most };
                out.push(late.get(place).map_or(Side::Blank(folio), |sheet| Side::Sheet(*sheet, folio)));
            }
            waiting.next_if(|next| Some(*next) == taker);
        }
        out.push(match (taker, &sheet.shows) {
            (Some(taker), _) => Side::Sheet(taker, folio),
            (None, Shows::Closing) => Side::Closing(folio),
            (None, Shows::Blank) => Side::Blank(folio),
            (None, _) => Side::Gone(folio),
        });
        after = base;
    }
    // A leaf of which nothing is left is pulled.
    let leaf = if setup.duplex { 2 } else { 1 };
    let mut kept = Vec::with_capacity(out.len());
    let mut rest = out.into_iter().peekable();
    while rest.peek().is_some() {
        let leaf: Vec<Side> = rest.by_ref().take(leaf).collect();
        let empty = leaf.iter().all(|side| matches!(side, Side::Gone(_) | Side::Blank(_)));
        if !(empty && leaf.iter().any(|side| matches!(side, Side::Gone(_)))) {
            kept.extend(leaf);
        }
    }
    kept
}

/// Bookmarks of what a volume goes on with; it may hold nothing any more.
fn resumed(run: &BodyLaid<'_>, Range { start: first, end }: Range<usize>) -> Vec<(usize, String, usize)> {
    if first == end {
        return Vec::new();
    }
    let before = run.marks.iter().take_while(|(.., sheet)| *sheet < first).map(|(depth, title, _)| (*depth, title));
    let begins = run.marks.iter().find(|(.., sheet)| *sheet == first).map(|(depth, ..)| *depth);
    let open = press::still_open(before, begins).into_iter();
    open.map(|(depth, title)| (depth, words::continued(title), 0)).collect()
}

/// The ledger of what was laid.
pub(super) fn ledger(laid: &[Laid]) -> Ledger {
    let sheets: Vec<LedgerSheet> = laid.iter().flat_map(|laid| laid.facts.iter().cloned()).collect();
    let headings = laid.iter().flat_map(|laid| laid.headings.iter().cloned()).collect();
    Ledger { volumes: laid.iter().map(|laid| laid.volume.clone()).collect(), sheets, headings }
}
