//! How much text fits under the photos of a sheet, in a PDF and in a Word document alike.

use crate::layout::lines::{Conservative, break_lines};
use crate::manuscript::PageSetup;
use crate::{docx, pdf};

/// Room for the words of one photo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Width of a line.
    pub em: f32,
    pub lines: usize,
}

const ELLIPSIS: &str = "……";

/// The paragraphs under one of `photos` photos on a sheet, cut to what fits in a PDF and in a Word document. Overlong text ends in an
/// ellipsis; the bool says whether anything was cut.
pub fn fitted(paragraphs: Vec<String>, photos: usize, setup: &PageSetup) -> (Vec<String>, bool) {
    let (one, other) = (pdf::room_for_words(setup, photos), docx::room_for_words(setup, photos));
    within(paragraphs, Room { em: one.em.min(other.em), lines: one.lines.min(other.lines).max(1) })
}

fn within(mut paragraphs: Vec<String>, room: Room) -> (Vec<String>, bool) {
    let lines = |text: &str| break_lines(text, room.em, room.em, &Conservative).len();
    let mut left = room.lines;
    let count = paragraphs.len();
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        let needed = lines(paragraph);
        if needed > left || needed == left && at + 1 < count {
            *paragraph = cut(paragraph, Room { lines: left, ..room });
            paragraphs.truncate(at + 1);
            return (paragraphs, true);
        }
        left -= needed;
    }
    (paragraphs, false)
}

fn cut(text: &str, room: Room) -> String {
    let lines = |text: &str| break_lines(text, room.em, room.em, &Conservative);
    let end = lines(text).get(room.lines - 1).map_or(text.len(), |last| last.end);
    let mut kept = text[..end].trim_end().to_owned();
    loop {
        let said = format!("{kept}{ELLIPSIS}");
        if kept.pop().is_none() || lines(&said).len() <= room.lines {
            return said;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_to(lines: usize, paragraphs: &[&str]) -> (Vec<String>, bool) {
        within(paragraphs.iter().map(|text| (*text).to_owned()).collect(), Room { em: 10.0, lines })
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let long = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
        assert_eq!(cut_to(4, &["题名", long]), (vec!["题名".to_owned(), long.to_owned()], false), "it fits");
        let cut = |kept: &[&str]| (kept.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), true);
        assert_eq!(cut_to(3, &["题名", long]), cut(&["题名", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未……"]));
        assert_eq!(cut_to(4, &["题名", long, "事由：慰问"]), cut(&["题名", &format!("{long}……")]), "something more would follow");
        assert_eq!(cut_to(1, &["题名", long]), cut(&["题名……"]));
        assert_eq!(cut_to(1, &[long]), cut(&["甲乙丙丁戊己庚辛……"]));
    }

    #[test]
    fn two_photos_have_half_of_a_sheet_each() {
        let setup = PageSetup::default();
        let words: String = "慰问驻区部队官兵".repeat(200);
        let lines = |photos| {
            let (said, cut) = fitted(vec![words.clone()], photos, &setup);
            assert!(cut);
            said[0].chars().count() / 40
        };
        assert!(lines(1) >= 2 * lines(2) && lines(2) >= 12, "{} {}", lines(1), lines(2));
    }
}
