//! What the clerk's own filing teaches: pieces from folders of one name that went to one indicator.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Because, IndicatorCode, Suggestion};

/// Pieces that must agree before anything is learned of a folder.
const LEAST: u32 = 2;
/// From so many that all agree on, and that came from so many folders, the suggestion is sure: 照片 of one street says nothing of
/// 照片 of another.
const SURE_FROM: u32 = 5;
const SURE_PLACES: usize = 2;
/// Share of the pieces that must agree, of ten.
const AGREE: u32 = 8;
const LIKELY: u8 = 70;

/// Name of a folder → where most of its pieces were filed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned(BTreeMap<String, Habit>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Habit {
    code: IndicatorCode,
    /// Pieces that were filed there.
    count: u32,
    confidence: u8,
}

impl Learned {
    /// Learns from filed pieces: the folder each came from, and its leaf.
    pub fn of<'a>(filed: impl Iterator<Item = (&'a str, &'a IndicatorCode)>) -> Self {
        // By name and leaf: how many pieces, and from which folders.
        let mut counts: BTreeMap<&str, BTreeMap<&IndicatorCode, (u32, BTreeSet<&str>)>> = BTreeMap::new();
        for (folder, code) in filed {
            if let Some(name) = named(folder) {
                let (count, folders) = counts.entry(name).or_default().entry(code).or_default();
                *count += 1;
                folders.insert(folder);
            }
        }
        let most = counts.into_iter().filter_map(|(name, codes)| {
            let all: u32 = codes.values().map(|(count, _)| count).sum();
            let (code, (count, folders)) = codes.into_iter().max_by_key(|(_, (count, _))| *count)?;
            let is_sure = count == all && count >= SURE_FROM && folders.len() >= SURE_PLACES;
            let confidence = if is_sure { Suggestion::SURE } else { LIKELY };
            (count >= LEAST && count * 10 >= all * AGREE).then(|| (name.to_owned(), Habit { code: code.clone(), count, confidence }))
        });
        Self(most.collect())
    }

    /// Puts what was learned in place of a suggestion that is less sure, or adds to its reasons; `true` where it belongs elsewhere by
    /// that.
    pub fn improve(&self, suggestion: &mut Suggestion, folder: &str) -> bool {
        let Some((name, habit)) = named(folder).and_then(|name| self.0.get_key_value(name)) else { return false };
        let Habit { code, count, confidence } = habit;
        if suggestion.indicator.as_ref() != Some(code) && suggestion.confidence >= *confidence {
            return false;
        }
        let is_other = suggestion.indicator.as_ref() != Some(code);
        suggestion.indicator = Some(code.clone());
        suggestion.confidence = suggestion.confidence.max(*confidence);
        suggestion.because.push(Because::FiledBefore { folder: name.clone(), code: code.clone(), count: *count });
        is_other
    }
}

/// The folder that a file lies in, by its last name; files given one by one lie in none.
fn named(folder: &str) -> Option<&str> {
    folder.rsplit('/').next().map(str::trim).filter(|name| !name.is_empty())
}
