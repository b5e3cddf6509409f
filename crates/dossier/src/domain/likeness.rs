//! How alike two short texts are: the share of two-character pieces they have in common.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization as _;

/// The two-character pieces of a text; punctuation, spaces and digits part them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bigrams(
    /// In order, each once: thousands of texts are held at a time.
    Box<[[char; 2]]>,
);

impl Bigrams {
    pub fn of(text: &str) -> Self {
        let mut out = Vec::new();
        let mut before = None;
        for character in text.nfkc().flat_map(char::to_lowercase) {
            let here = (character.is_alphabetic() && !matches!(character, '的' | '及' | '和' | '与')).then_some(character);
            if let (Some(first), Some(second)) = (before, here) {
                out.push([first, second]);
            }
            before = here;
        }
        out.sort_unstable();
        out.dedup();
        Self(out.into())
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
        self.0.binary_search(&piece).is_ok()
    }

    /// Share of `self` that stands in `other` as well: 0.0 to 1.0.
    pub fn share_in(&self, other: &Self) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.iter().filter(|piece| other.contains(**piece)).count() as f32 / self.0.len() as f32
    }

    /// Whether so many pieces stand in both; told as soon as it is known.
    fn has_in_common(&self, other: &Self, mut wanted: usize) -> bool {
        let (mut left, mut right) = (&*self.0, &*other.0);
        while wanted > 0 {
            if left.len().min(right.len()) < wanted {
                return false;
            }
            match left[0].cmp(&right[0]) {
                Ordering::Less => left = &left[1..],
                Ordering::Greater => right = &right[1..],
                Ordering::Equal => (left, right, wanted) = (&left[1..], &right[1..], wanted - 1),
            }
        }
        true
    }
}

/// A text that is compared with thousands of others: most are told to be unlike by a look at a few bits.
#[derive(Debug, Clone)]
pub struct Comparable {
    pieces: Bigrams,
    /// A bit for each piece, and several pieces may have the same: what has a bit that the other text lacks, lacks there.
    bits: [u64; WORDS],
}

/// A page of text sets a quarter of the bits, so that few of its pieces share one.
const WORDS: usize = 32;

impl Comparable {
    pub fn of(text: &str) -> Self {
        let pieces = Bigrams::of(text);
        let mut bits = [0; WORDS];
        for [first, second] in pieces.iter() {
            let bit = (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53;
            bits[bit as usize / 64] |= 1 << (bit % 64);
        }
        Self { pieces, bits }
    }

    pub fn pieces(&self) -> &Bigrams {
        &self.pieces
    }

    /// Whether at least this share of the pieces of each stands in the other, by [`Bigrams::share_in`].
    pub fn is_within(&self, other: &Self, share: f32) -> bool {
        let longer = self.pieces.len().max(other.pieces.len());
        let mut wanted = (share * longer as f32) as usize;
        while wanted < longer && (wanted as f32 / longer as f32) < share {
            wanted += 1;
        }
        let may_be = |one: &Self, another: &Self| one.lacking(another) + wanted <= one.pieces.len();
        longer > 0 && may_be(self, other) && may_be(other, self) && self.pieces.has_in_common(&other.pieces, wanted)
    }

    /// How many pieces at least do not stand in another text.
    fn lacking(&self, other: &Self) -> usize {
        self.bits.iter().zip(&other.bits).map(|(own, others)| (own & !others).count_ones() as usize).sum()
    }
}

/// The share of `asked` that is found in `there`, from 0 to 1.
pub fn share(asked: &str, there: &str) -> f32 {
    Bigrams::of(asked).share_in(&Bigrams::of(there))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_early_is_what_counting_tells() {
        // A generator of its own, so that a pair that fails is met again.
        let mut state = 7_u32;
        let mut below = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        let mut told = [0, 0];
        for _ in 0..2_000 {
            let text: Vec<char> = (0..1 + below(60)).map(|_| char::from_u32(0x4e00 + below(400)).expect("a letter")).collect();
            let mut other = text.clone();
            for _ in 0..below(5) {
                let at = below(other.len() as u32) as usize;
                if below(2) == 0 { other.truncate(at + 1) } else { other[at] = '双' }
            }
            let [one, other] = [text, other].map(|text| Comparable::of(&text.into_iter().collect::<String>()));
            for share in [0.5, 0.6, 0.9, 1.0] {
                let counted = one.pieces.share_in(&other.pieces) >= share && other.pieces.share_in(&one.pieces) >= share;
                assert_eq!(one.is_within(&other, share), counted, "{share}: {one:?} {other:?}");
                told[usize::from(counted)] += 1;
            }
        }
        assert!(told.iter().all(|told| *told > 500), "{told:?}");
    }
}
