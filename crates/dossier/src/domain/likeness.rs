//! How alike two short texts are: the share of two-character pieces they have in common.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// The two-character pieces of a text; punctuation, spaces and digits part them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bigrams(BTreeSet<[char; 2]>);

impl Bigrams {
    pub fn of(text: &str) -> Self {
        let mut out = BTreeSet::new();
        let mut before = None;
        for character in text.nfkc().flat_map(char::to_lowercase) {
            let here = (character.is_alphabetic() && !matches!(character, '的' | '及' | '和' | '与')).then_some(character);
            if let (Some(first), Some(second)) = (before, here) {
                out.insert([first, second]);
            }
            before = here;
        }
        Self(out)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = [char; 2]> + '_ {
        self.0.iter().copied()
    }

    pub fn contains(&self, piece: [char; 2]) -> bool {
        self.0.contains(&piece)
    }

    /// Share of `self` that stands in `other` as well: 0.0 to 1.0.
    pub fn share_in(&self, other: &Self) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.intersection(&other.0).count() as f32 / self.0.len() as f32
    }
}

/// The share of `asked` that is found in `there`, from 0 to 1.
pub fn share(asked: &str, there: &str) -> f32 {
    Bigrams::of(asked).share_in(&Bigrams::of(there))
}
