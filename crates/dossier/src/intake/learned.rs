//! What the clerk's own filing teaches: pieces from folders of one name that went to one indicator.

use std::collections::BTreeMap;

use crate::domain::{Because, IndicatorCode, Suggestion};

/// Pieces that must agree before anything is learned of a folder.
const LEAST: u32 = 2;
/// From so many that all agree on, the suggestion is sure.
const SURE_FROM: u32 = 5;
/// Share of the pieces that must agree, of ten.
const AGREE: u32 = 8;
const LIKELY: u8 = 70;

/// Name of a folder → where most of its pieces were filed: how many, of how many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned(BTreeMap<String, (IndicatorCode, u32, u32)>);

impl Learned {
    /// From the folders that filed pieces came from, and where they were filed.
    pub fn of<'a>(filed: impl Iterator<Item = (&'a str, &'a IndicatorCode)>) -> Self {
        let mut counts: BTreeMap<&str, BTreeMap<&IndicatorCode, u32>> = BTreeMap::new();
        for (folder, code) in filed {
            if let Some(name) = named(folder) {
                *counts.entry(name).or_default().entry(code).or_default() += 1;
            }
        }
        let most = counts.into_iter().filter_map(|(name, codes)| {
            let all: u32 = codes.values().sum();
            let (code, count) = codes.into_iter().max_by_key(|(_, count)| *count)?;
            (count >= LEAST && count * 10 >= all * AGREE).then(|| (name.to_owned(), (code.clone(), count, all)))
        });
        Self(most.collect())
    }

    /// Puts what was learned in place of a suggestion that is less sure, or adds to its reasons.
    pub fn improve(&self, suggestion: &mut Suggestion, folder: &str) {
        let Some((name, (code, count, all))) = named(folder).and_then(|name| self.0.get_key_value(name)) else { return };
        let confidence = if count == all && *count >= SURE_FROM { Suggestion::SURE } else { LIKELY };
        if suggestion.indicator.as_ref() != Some(code) && suggestion.confidence >= confidence {
            return;
        }
        suggestion.indicator = Some(code.clone());
        suggestion.confidence = suggestion.confidence.max(confidence);
        suggestion.because.push(Because::FiledBefore { folder: name.clone(), code: code.clone(), count: *count });
    }
}

/// The folder that a file lies in, by its last name; files given one by one lie in none.
fn named(folder: &str) -> Option<&str> {
    folder.rsplit('/').next().map(str::trim).filter(|name| !name.is_empty())
}
