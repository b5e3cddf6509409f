//! Which leaves are offered while a clerk types where something belongs: from the first digit on, the likeliest first.

use super::catalogue::half_width;
use super::fold::{folded, words};
use super::{Catalogue, Leaf};

/// Why a leaf is offered, the best reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// What was typed names it ([`Catalogue::typed`]).
    Named,
    /// Its code goes on from what was typed.
    Code,
    /// Its serial number does.
    Serial,
    /// Its code does, without strokes and the nought at its head (`203` for `02-03`).
    Run,
    /// Every word stands in its wording.
    Words,
    /// Every word stands in its code, its area or its wording.
    Area,
}

impl Catalogue {
    /// Leaves that may be meant by what was typed so far: by code, by serial number, by words. All of them for nothing; within
    /// one reason in the order issued.
    pub fn offered(&self, typed: &str) -> Vec<Leaf<'_>> {
        let number: String = typed.trim().chars().map(half_width).map(|character| character.to_ascii_uppercase()).collect();
        let (named, sought) = (self.typed(typed), words(typed));
        let fit = |leaf: Leaf<'_>, area: &str| {
            let holds = |text: &str| !sought.is_empty() && sought.iter().all(|word| text.contains(word.as_str()));
            let by_number = number_fit(leaf, &number);
            // Who types a nought first is on the way to a code: `02` is not yet the second of all.
            if named == Some(leaf) && (by_number.is_some() || !number.starts_with('0')) {
                Some(Fit::Named)
            } else if by_number.is_some() {
                by_number
            } else if holds(&folded(leaf.text())) {
                Some(Fit::Words)
            } else {
                holds(&folded(&format!("{} {area} {}", leaf.code(), leaf.text()))).then_some(Fit::Area)
            }
        };
        let areas = self.all_areas().into_iter();
        let indicators = areas.flat_map(|(_, area)| area.indicators.iter().map(|held| (Leaf::Indicator(held), area.title.as_str())));
        let others = self.veto_items.iter().map(Leaf::Veto).chain(self.bonus_items.iter().map(Leaf::Bonus)).map(|leaf| (leaf, ""));
        let mut offered: Vec<(Fit, Leaf<'_>)> =
            indicators.chain(others).filter_map(|(leaf, area)| Some((fit(leaf, area)?, leaf))).collect();
        offered.sort_by_key(|(fit, _)| *fit);
        offered.into_iter().map(|(_, leaf)| leaf).collect()
    }
}

/// How the code or the serial number of a leaf goes on from what was typed, half-width and upper-case.
fn number_fit(leaf: Leaf<'_>, typed: &str) -> Option<Fit> {
    let code = leaf.code().0.to_ascii_uppercase();
    if code.starts_with(typed) {
        return Some(Fit::Code);
    }
    if !typed.is_ascii() {
        return None;
    }
    let run: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let serial = leaf.serial().map(|serial| serial.to_string()).unwrap_or_default();
    if parts_go_on(&code, typed) || run.starts_with(typed) {
        Some(Fit::Code)
    } else if serial.starts_with(typed) {
        Some(Fit::Serial)
    } else {
        run.trim_start_matches('0').starts_with(typed).then_some(Fit::Run)
    }
}

/// Whether a code goes on from what was typed, number by number: noughts at the head and the kind of stroke do not matter, and
/// the last number may be begun only (`2-`, `2.1`, `02-0`).
fn parts_go_on(code: &str, typed: &str) -> bool {
    let is_stroke = |character: char| !character.is_ascii_alphanumeric();
    let bare = |part: &str| part.trim_start_matches('0').to_owned();
    let (parts, begun): (Vec<&str>, Vec<&str>) = (code.split(is_stroke).collect(), typed.split(is_stroke).collect());
    let Some((last, whole)) = begun.split_last() else { return false };
    let Some(goes_on) = parts.get(whole.len()) else { return false };
    let last_fits = goes_on.starts_with(last) || bare(goes_on).starts_with(last) || !bare(last).is_empty() && bare(goes_on) == bare(last);
    last_fits && whole.iter().zip(&parts).all(|(begun, part)| bare(begun) == bare(part))
}
