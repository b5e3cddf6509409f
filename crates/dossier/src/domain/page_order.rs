//! 页序: in which order a piece shows its pages. A decision beside the scan: a page goes on to be known by where it lies in its file.

use serde::{Deserialize, Serialize};

use super::Document;

/// An order that one word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrangement {
    /// 倒序: the last page first, as a feeder gives what was put in the other way up.
    Reversed,
    /// 正反面交错: first all fronts were scanned, then the pile turned over, so its backs came from the last to the first.
    Interleaved,
    /// 原页序: as the pages lie in the file.
    AsScanned,
}

/// Pages, by their positions within the scan, in another order.
pub fn arranged(order: &[u32], arrangement: Arrangement) -> Vec<u32> {
    let mut pages = order.to_vec();
    match arrangement {
        Arrangement::Reversed => pages.reverse(),
        Arrangement::AsScanned => pages.sort_unstable(),
        Arrangement::Interleaved => {
            // Of an odd number the last sheet has no back.
            let backs = pages.split_off(pages.len().div_ceil(2));
            let mut backs = backs.into_iter().rev();
            pages = pages.into_iter().flat_map(|front| std::iter::once(front).chain(backs.next())).collect();
        }
    }
    pages
}

/// Some pages one after the other, as they stood, in front of another, or behind all others; pages that the piece has not are passed
/// over.
pub fn moved(order: &[u32], pages: &[u32], before: Option<u32>) -> Vec<u32> {
    let is_moved = |page: &u32| pages.contains(page);
    let taken = || order.iter().copied().filter(is_moved);
    // In front of one that goes along: in front of the next that stays.
    let from = before.and_then(|before| order.iter().position(|page| *page == before)).unwrap_or(order.len());
    let (head, tail) = order.split_at(from);
    let stays = |part: &[u32]| part.iter().copied().filter(|page| !is_moved(page)).collect::<Vec<_>>();
    [stays(head), taken().collect(), stays(tail)].concat()
}

/// Positions within a scan as runs, counted from 1: `6, 5, 4, 1` are `6—4` and `1`.
pub fn runs(pages: &[u32]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for page in pages.iter().map(|page| page + 1) {
        match out.last_mut() {
            Some(run) if run.goes_on_with(page) => run.last = page,
            _ => out.push(Run { first: page, last: page }),
        }
    }
    out
}

/// A run of pages, up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub first: u32,
    pub last: u32,
}

impl Run {
    fn goes_on_with(self, page: u32) -> bool {
        let up = page == self.last + 1 && self.last >= self.first;
        let down = page + 1 == self.last && self.last <= self.first;
        up || down
    }
}

impl Document {
    /// Its pages by their positions within the scan, in the order shown.
    pub fn page_order(&self) -> Vec<u32> {
        self.pages.iter().map(|page| page.index).collect()
    }

    /// Positions of its pages within the scan, ascending: what stays when they are put in another order.
    pub fn page_set(&self) -> Vec<u32> {
        arranged(&self.page_order(), Arrangement::AsScanned)
    }

    /// Its first page as the scan has them; 0 where it has none.
    pub fn first_in_scan(&self) -> u32 {
        self.pages.iter().map(|page| page.index).min().unwrap_or(0)
    }

    /// The number of a page as the piece counts its pages, from 1, by its position within the scan.
    pub fn number_of(&self, page: u32) -> Option<u32> {
        (1..).zip(&self.pages).find(|(_, own)| own.index == page).map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_put_in_order() {
        let told = [0, 2, 4, 5, 3, 1];
        assert_eq!(arranged(&told, Arrangement::Interleaved), [0, 1, 2, 3, 4, 5]);
        assert_eq!(arranged(&[0, 2, 4, 3, 1], Arrangement::Interleaved), [0, 1, 2, 3, 4], "the last back was not scanned");
        assert_eq!(arranged(&told, Arrangement::Reversed), [1, 3, 5, 4, 2, 0]);
        assert_eq!(arranged(&told, Arrangement::AsScanned), [0, 1, 2, 3, 4, 5]);
        for few in [&[][..], &[7]] {
            assert_eq!(arranged(few, Arrangement::Interleaved), few);
        }
    }

    #[test]
    fn pages_are_moved_together() {
        let order = [4, 3, 2, 1, 0];
        assert_eq!(moved(&order, &[0], Some(4)), [0, 4, 3, 2, 1]);
        assert_eq!(moved(&order, &[4], None), [3, 2, 1, 0, 4]);
        assert_eq!(moved(&order, &[1, 4], Some(2)), [3, 4, 1, 2, 0], "as they stood");
        assert_eq!(moved(&order, &[3, 2], Some(2)), order);
        assert_eq!(moved(&order, &[9], Some(2)), order);
    }

    #[test]
    fn pages_of_a_file_are_told_in_runs() {
        let said = |pages: &[u32]| runs(pages).iter().map(|run| (run.first, run.last)).collect::<Vec<_>>();
        assert_eq!(said(&[0, 1, 2]), [(1, 3)]);
        assert_eq!(said(&[5, 4, 3, 0]), [(6, 4), (1, 1)]);
        assert_eq!(said(&[0, 2, 1]), [(1, 1), (3, 2)]);
    }
}
