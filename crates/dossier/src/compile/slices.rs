//! A page much longer than paper (a screenshot of a whole conversation) is cut over several sheets.

use paper::manuscript::Slice;

use crate::domain::Page;

/// Ratio of height to width from which a page is cut into slices. Screens of telephones are up to 2.2 and stay whole.
const LONG: f32 = 2.5;
/// Height over width of a slice: a little less than the room on a sheet has in either format.
const SHAPE: f32 = 1.35;
/// Share of a slice that the next one shows again, so that no line of text is lost at the cut.
const OVERLAP: f32 = 0.04;
/// A strip that would need more sheets than this is no page to be read; its slices are taken larger.
const MOST: f32 = 40.0;

/// What of a page stands on each of its sheets; one `None` for a page that is printed whole.
pub(super) fn slices(page: &Page) -> Vec<Option<Slice>> {
    let (width, height) = page.framing.size(page.facts.width_pt.into(), page.facts.height_pt.into());
    let (width, height) = (width as f32, height as f32);
    let (width, height) = if page.turn % 180 == 90 { (height, width) } else { (width, height) };
    let shape = height / width;
    if !shape.is_finite() || shape <= LONG {
        return vec![None];
    }
    let count = ((shape - SHAPE * OVERLAP) / (SHAPE * (1.0 - OVERLAP))).ceil().clamp(2.0, MOST);
    // All of one height, in shares of the page.
    let slice = 1.0 / (count - (count - 1.0) * OVERLAP);
    let share = |part: f32| (part * f32::from(Slice::WHOLE)).round().clamp(0.0, f32::from(Slice::WHOLE)) as u16;
    let cut = |number: u16| {
        let from = f32::from(number) * slice * (1.0 - OVERLAP);
        Slice { from: share(from), to: share(from + slice) }
    };
    (0..count as u16).map(|number| Some(cut(number))).collect()
}

#[cfg(test)]
mod tests {
    use scans::{Framing, PageFacts};

    use super::*;

    fn page(width_pt: f32, height_pt: f32, turn: u16) -> Page {
        Page {
            index: 0,
            facts: PageFacts { width_pt, height_pt, pixels: None, dpi: None },
            turn,
            framing: Framing::default(),
            left_out: false,
        }
    }

    #[test]
    fn slices_cover_the_page_and_overlap_a_little() {
        for (width, height, turn) in [(100.0, 251.0, 0), (100.0, 700.0, 180), (9_000.0, 300.0, 90), (1.0, 10_000.0, 0)] {
            let cut: Vec<Slice> = slices(&page(width, height, turn)).into_iter().map(|slice| slice.expect("it is long")).collect();
            assert!(cut.len() >= 2 && cut.len() <= 40, "{}", cut.len());
            assert_eq!((cut[0].from, cut[cut.len() - 1].to), (0, Slice::WHOLE));
            for pair in cut.windows(2) {
                let (overlap, whole) = (f32::from(pair[0].to) - f32::from(pair[1].from), f32::from(pair[0].to - pair[0].from));
                assert!(overlap > 0.0 && overlap < whole / 10.0, "{pair:?}");
            }
        }
    }

    #[test]
    fn what_was_cropped_is_no_longer_long() {
        let half = Framing { y0: 5_000, ..Framing::default() };
        assert_eq!(slices(&Page { framing: half, ..page(100.0, 300.0, 0) }), [None]);
        let narrow = Framing { x0: 7_500, ..Framing::default() };
        assert!(slices(&Page { framing: narrow, ..page(100.0, 100.0, 0) }).len() > 1);
    }

    #[test]
    fn paper_and_telephones_stay_whole() {
        for (width, height) in [(210.0, 297.0), (297.0, 210.0), (1080.0, 2400.0), (0.0, 10.0), (800.0, 100.0)] {
            assert_eq!(slices(&page(width, height, 0)), [None]);
        }
    }
}
