//! What a page says to the program: the text of a QR code on it, and whether anything stands on it at all.

use crate::condition::is_blank;
use crate::raster::Raster;

/// How much darker than the paper what stands on a page is; what is printed on the other side shines through less.
const PRINTED: u8 = 40;

/// What was seen on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sighted {
    /// The text of the first QR code that can be read.
    pub code: Option<String>,
    /// Nothing stands on it.
    pub blank: bool,
}

pub(crate) fn sight(raster: &Raster) -> Sighted {
    let blank = is_blank(raster, PRINTED);
    if blank {
        return Sighted { code: None, blank };
    }
    Sighted { code: codes(raster).into_iter().flatten().next(), blank }
}

/// The text of every QR code that is found; `None` for one that can't be read with so few pixels, or is none after all.
pub(crate) fn codes(raster: &Raster) -> Vec<Option<String>> {
    let grey = |x: usize, y: usize| {
        let [red, green, blue] = raster.colour(x as u32, y as u32);
        ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(raster.width as usize, raster.height as usize, grey);
    image.detect_grids().into_iter().map(|grid| grid.decode().ok().map(|(_, text)| text)).collect()
}
