//! What lies in a volume, and what it is called for that.

use super::ledger::{Ledger, Opening};
use super::plan::Plan;
use super::run::{Item, items};
use crate::domain::IndicatorCode;
use crate::wording::package as words;

/// What lies in a volume.
pub(super) struct Held<'a> {
    /// Its area, or the first where it holds all.
    pub top: Option<usize>,
    /// First and last item that has a sheet in it.
    pub codes: Option<(&'a IndicatorCode, &'a IndicatorCode)>,
    /// Nothing of its area lies in another volume.
    whole: bool,
}

/// What lies in a volume of the ledger.
pub(super) fn held<'a>(plan: &'a Plan, ledger: &Ledger, number: u32) -> Held<'a> {
    let items = items(plan);
    let opens = |number: usize| ledger.volumes.get(number).map(|volume| volume.opens);
    let end = Opening { item: items.len(), page: 0 };
    holds(plan, &items, opens(number as usize - 1).unwrap_or(end), opens(number as usize).unwrap_or(end))
}

fn holds<'a>(plan: &'a Plan, items: &[Item<'a>], from: Opening, to: Opening) -> Held<'a> {
    // What opens a volume that holds nothing any more lies in the next one.
    let empty = from == to;
    let seen = &items[..items.len().min(from.item + usize::from(!empty))];
    let top = seen.iter().rev().find_map(|item| match item {
        Item::Divider(group) if plan.groups[*group].depth == 0 => Some(*group),
        _ => None,
    });
    let last = if to.page > 0 { to.item + 1 } else { to.item };
    let mut codes = items[from.item..last].iter().filter_map(|item| match item {
        Item::Leaf(leaf) | Item::Register(leaf, _) | Item::Piece(leaf, ..) | Item::Photos(leaf, _) => Some(&leaf.code),
        Item::Divider(_) | Item::Listing(_) => None,
    });
    let first = codes.next();
    let codes = first.map(|first| (first, codes.next_back().unwrap_or(first)));
    let ends_with = |item: usize| items.get(item).is_none_or(|item| opens_top(plan, item));
    let whole =
        !empty && items.get(from.item).is_some_and(|item| opens_top(plan, item)) && from.page == 0 && to.page == 0 && ends_with(to.item);
    Held { top, codes, whole }
}

/// Whether a top area begins here.
pub(super) fn opens_top(plan: &Plan, item: &Item<'_>) -> bool {
    matches!(item, Item::Divider(group) if plan.groups[*group].depth == 0)
}

/// The area a volume holds, and the codes where it is only part of one.
pub(super) fn volume_title(plan: &Plan, items: &[Item<'_>], from: Opening, to: Opening) -> String {
    let held = holds(plan, items, from, to);
    held.top.map(|top| words::volume_holds(&plan.groups[top], held.codes.filter(|_| !held.whole))).unwrap_or_default()
}
