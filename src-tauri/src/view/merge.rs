//! 并入: what a 交换包 would bring.

use dossier::desk::Merging;
use dossier::domain::Units;
use dossier::wording::merge as words;
use serde::Serialize;
use specta::Type;

/// What a 交换包 would bring, a sentence each; of very long lists the first.
#[derive(Serialize, Type)]
pub struct MergingView {
    pub heading: String,
    pub arrivals: Vec<String>,
    /// How many there are, with those that are not listed.
    pub arriving: u32,
    pub changes: Vec<String>,
    pub changing: u32,
    pub conflicts: Vec<ConflictView>,
    /// What stays out, and files that wait there.
    pub left: Vec<String>,
    /// There is something to write, without any conflict that is chosen.
    pub brings: bool,
    /// What was done there is not known here yet: also where nothing comes in, the clerk says that it was looked at.
    pub unknown: bool,
}

/// Both said something else of the same thing.
#[derive(Serialize, Type)]
pub struct ConflictView {
    /// What [`merge_bundle`](crate::commands) names it by.
    pub key: String,
    pub about: String,
    pub field: String,
    pub ours: String,
    pub theirs: String,
}

/// Lines of a list that are shown.
const SHOWN: usize = 300;

impl MergingView {
    pub fn of(merging: &Merging, units: &Units) -> Self {
        let merge = &merging.merge;
        let line = |(title, what): (String, String)| format!("{title}　{what}");
        let conflicts = merge.conflicts.iter().map(|conflict| {
            let words::Conflicting { about, field, ours, theirs } = words::conflict(conflict, units);
            ConflictView { key: conflict.key.0.clone(), about, field, ours, theirs }
        });
        let waiting = Some(words::waiting(merging)).filter(|said| !said.is_empty());
        Self {
            heading: words::heading(merging),
            arrivals: merge.arrivals.iter().take(SHOWN).map(|arrival| line(words::arrival(arrival))).collect(),
            arriving: merge.arrivals.len() as u32,
            changes: merge.changes.iter().take(SHOWN).map(|change| line(words::change(change, units))).collect(),
            changing: merge.changes.len() as u32,
            conflicts: conflicts.collect(),
            left: merge.left.iter().map(words::left).chain(waiting).collect(),
            brings: !merge.is_nothing(),
            unknown: merging.unknown,
        }
    }
}
