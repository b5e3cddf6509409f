//! Where a volume opens: never two areas in one box, never a piece cut that a box can hold.

use std::collections::HashMap;

use paper::PageSetup;

use super::held::opens_top;
use super::ledger::{Ledger, Opening};
use super::plan::{Entry, Plan};
use super::press;
use super::run::{Item, items};
use super::{BoxSize, Volumes};

/// Part of a box that stays free: cover, contents and closing sheet lie in it, and a hand must get in.
const FREE: usize = 10;

/// Printed sides that a box takes.
fn room(plan: &Plan, size: BoxSize) -> usize {
    size.leaves(plan.print.leaf) * (100 - FREE) / 100 * if plan.duplex { 2 } else { 1 }
}

/// The thinnest box that so many printed sides lie in with room to spare; the thickest where none is enough.
pub(super) fn fitting(plan: &Plan, sides: usize) -> BoxSize {
    let mut sizes = plan.print.boxes.iter().copied().map(BoxSize);
    let thickest = sizes.clone().max().unwrap_or_default();
    sizes.find(|size| sides <= room(plan, *size)).unwrap_or(thickest)
}

/// How a volume lies in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// The box that was chosen, else the thinnest that it fits into.
    pub size: BoxSize,
    /// Sheets of paper.
    pub leaves: usize,
    /// Sheets of paper that go into the box at all, without room to spare.
    pub holds: usize,
}

/// How the volumes of a ledger lie in their boxes, in order.
pub fn filled(plan: &Plan, ledger: &Ledger) -> Vec<Filled> {
    let sides = ledger.volumes.iter().map(|volume| volume.sheets as usize);
    let filled = |sides: usize| {
        let size = if plan.volumes == Volumes::Box { plan.boxes } else { fitting(plan, sides) };
        Filled { size, leaves: if plan.duplex { sides.div_ceil(2) } else { sides }, holds: size.leaves(plan.print.leaf) }
    };
    sides.map(filled).collect()
}

/// The openings of all volumes; the first is always the start of the package.
pub(super) fn openings(plan: &Plan, setup: &PageSetup) -> Vec<Opening> {
    let wanted = match plan.volumes {
        Volumes::One => vec![Opening { item: 0, page: 0 }],
        Volumes::Area => by_area(plan),
        Volumes::Box => by_box(plan, setup),
    };
    match plan.most_bytes {
        Some(most) => by_bytes(plan, wanted, most),
        None => wanted,
    }
}

/// Splits what is too large: the whole by areas, an area by leaves, a leaf by pieces, and only a piece by pages.
fn by_bytes(plan: &Plan, wanted: Vec<Opening>, most: u64) -> Vec<Opening> {
    let items = items(plan);
    let bytes = |item: &Item<'_>| match item {
        Item::Piece(_, _, piece) => piece.bytes,
        Item::Photos(_, entries) => entries.iter().filter_map(Entry::piece).map(|piece| piece.bytes).sum(),
        Item::Divider(_) | Item::Listing(_) | Item::Leaf(_) | Item::Register(..) => 0,
    };
    let all: u64 = items.iter().map(bytes).sum();
    let wanted = if plan.volumes == Volumes::One && all > most { by_area(plan) } else { wanted };
    let mut out = Vec::new();
    let mut used = 0;
    for (at, item) in items.iter().enumerate() {
        let whole: u64 = match item {
            Item::Leaf(_) | Item::Divider(_) => items[at..opens_with(plan, &items, at)].iter().map(bytes).sum(),
            // A 卷内目录 alone at the end of a volume would list what lies in the next one.
            other if other.opens_section() => items.get(at + 1).map_or(0, bytes),
            other => bytes(other),
        };
        if wanted.contains(&Opening { item: at, page: 0 }) || used > 0 && used + whole > most {
            out.push(Opening { item: at, page: 0 });
            used = 0;
        }
        let Item::Piece(_, _, piece) = item else {
            used += bytes(item);
            continue;
        };
        let a_page = piece.bytes / piece.pages.len().max(1) as u64;
        for page in 0..piece.pages.len() {
            let asked = wanted.contains(&Opening { item: at, page });
            if page > 0 && (asked || used > 0 && used + a_page > most) {
                out.push(Opening { item: at, page });
                used = 0;
            }
            used += a_page;
        }
    }
    if out.is_empty() { wanted } else { out }
}

fn by_area(plan: &Plan) -> Vec<Opening> {
    let tops = items(plan).into_iter().enumerate().filter(|(_, item)| opens_top(plan, item));
    let mut out: Vec<_> = tops.map(|(item, _)| Opening { item, page: 0 }).collect();
    if out.is_empty() {
        out.push(Opening { item: 0, page: 0 });
    }
    out
}

/// End of what belongs to an item at which a volume may open: what follows it, and where it is a divider the first leaf of its
/// area, with the dividers of areas between them. A divider alone at the end of a box would head nothing.
fn opens_with(plan: &Plan, items: &[Item<'_>], at: usize) -> usize {
    let unit = |from: usize| from + 1 + items[from + 1..].iter().take_while(|item| item.follows()).count();
    let mut last = at;
    let mut end = unit(at);
    while matches!(items[last], Item::Divider(_)) && items.get(end).is_some_and(|next| !opens_top(plan, next)) {
        last = end;
        end = unit(end);
    }
    end
}

/// Fills boxes leaf by leaf, and piece by piece only where one leaf is more than a box. The first box also takes what leads into
/// the whole package.
fn by_box(plan: &Plan, setup: &PageSetup) -> Vec<Opening> {
    let room = room(plan, plan.boxes);
    let items = items(plan);
    let mut size: HashMap<usize, usize> = HashMap::new();
    for item in press::run(plan, setup) {
        *size.entry(item).or_default() += 1;
    }
    let size = |item: usize| size.get(&item).copied().unwrap_or(0);
    let mut out = Vec::new();
    let (mut used, mut leaves) = (0, 0);
    let mut open = |item, page, used: &mut usize, leaves: &mut usize| {
        out.push(Opening { item, page });
        (*used, *leaves) = (0, 0);
    };
    let mut at = 0;
    while at < items.len() {
        if opens_top(plan, &items[at]) || at == 0 {
            open(at, 0, &mut used, &mut leaves);
            used = if at == 0 { press::front_sides(plan, setup) } else { 0 };
        }
        let end = at + 1 + items[at + 1..].iter().take_while(|item| item.follows()).count();
        let whole: usize = (at..end).map(size).sum();
        let together: usize = (at..opens_with(plan, &items, at)).map(size).sum();
        if used + together > room && leaves > 0 {
            open(at, 0, &mut used, &mut leaves);
        }
        leaves += usize::from(matches!(items[at], Item::Leaf(_)));
        if used + whole <= room {
            used += whole;
            at = end;
            continue;
        }
        for (item, kind) in items.iter().enumerate().take(end).skip(at) {
            let pages = size(item);
            let piece = matches!(kind, Item::Piece(..) | Item::Photos(..));
            // A 卷内目录 alone at the end of a box would list what lies in the next one.
            let first = items.get(item + 1).filter(|next| item + 1 < end && !next.opens_section()).map_or(0, |_| size(item + 1));
            let together = pages + first;
            if kind.opens_section() && used + together > room && used > 0 && (together <= room || used * 4 > room) {
                open(item, 0, &mut used, &mut leaves);
            }
            if piece && used + pages > room && used > 0 && (pages <= room || used * 4 > room) {
                open(item, 0, &mut used, &mut leaves);
            }
            let mut left = pages;
            while piece && used + left > room {
                let fits = room - used;
                left -= fits;
                open(item, pages - left, &mut used, &mut leaves);
            }
            used += left;
        }
        at = end;
    }
    out
}
