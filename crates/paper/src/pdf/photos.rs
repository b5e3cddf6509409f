//! Where photos and their words stand on a sheet.

use super::geometry::{MM, Matrix, Rect, Side};
use crate::layout::lines::{Conservative, break_lines};
use crate::layout::measure;
use crate::manuscript::{Folio, PageSetup, Photo};
use crate::photos::Room;

/// Free height between two photos with their words, in pt.
const BETWEEN: f64 = 8.0 * MM;
/// Free height between a photo and its words.
const UNDER: f64 = 4.0;
pub const SIZE: f64 = measure::PHOTO_SIZE as f64;
pub const PITCH: f64 = measure::PHOTO_PITCH as f64;
/// Share of its part that a photo has, however much is said of it.
const LEAST: f64 = 0.25;
/// Pixels an inch below which a photo that states no resolution is not blown up, against those that are taken for it.
const MOST: f64 = 200.0 / 72.0;

/// A sheet in as many parts, from the top down.
pub fn slots(side: Side, count: usize) -> Vec<Rect> {
    let area = side.evidence();
    let height = (area.height() - BETWEEN * (count.max(1) - 1) as f64) / count.max(1) as f64;
    let slot = |at: usize| {
        let y1 = area.y1 - at as f64 * (height + BETWEEN);
        Rect { y0: y1 - height, y1, ..area }
    };
    (0..count).map(slot).collect()
}

/// Room for the words of each of so many photos: three quarters of its part.
pub fn room_for_words(setup: &PageSetup, photos: usize) -> Room {
    let slot = slots(Side::of(setup, Folio::Body(1)), photos)[0];
    let lines = (slot.height() * (1.0 - LEAST) - UNDER) / PITCH;
    Room { em: em(slot.width()), lines: lines as usize }
}

/// One em is kept free, so that the line holds in any font.
fn em(width: f64) -> f32 {
    (width / SIZE) as f32 - 1.0
}

/// The lines under a photo, at most `width` pt wide; the first paragraph is the title.
pub fn words(photo: &Photo, width: f64) -> Vec<(bool, String)> {
    let em = em(width);
    let lines = |(at, text): (usize, &String)| {
        let lines = break_lines(text, em, em, &Conservative).into_iter();
        lines.map(move |line| (at == 0, text[line].trim_end().to_owned())).collect::<Vec<_>>()
    };
    photo.text.iter().enumerate().flat_map(lines).collect()
}

/// Places a photo of `size` pt upright in its part, with room for its words; and the baseline of the first line.
pub fn place(slot: Rect, (width, height): (f64, f64), measured: bool, words: &[(bool, String)]) -> (Matrix, f64) {
    let under = UNDER + words.len() as f64 * PITCH;
    let room = (slot.height() - under).max(slot.height() * LEAST);
    let most = if measured { 1.0 } else { MOST };
    let scale = (slot.width() / width).min(room / height).min(most);
    let (w, h) = (width * scale, height * scale);
    let x = slot.x0 + (slot.width() - w) / 2.0;
    // Photo and words stand in the middle of their part.
    let y = slot.y1 - (room - h) / 2.0 - h;
    (Matrix([scale, 0.0, 0.0, scale, x, y]), y - UNDER - SIZE)
}
