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
    let (width, height) = (raster.width, raster.height);
    let grey = |x: u32, y: u32| {
        let [red, green, blue] = raster.colour(x, y);
        ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8
    };
    let blank = is_blank(raster, PRINTED);
    if blank {
        return Sighted { code: None, blank };
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| grey(x as u32, y as u32));
    let code = image.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text);
    Sighted { code, blank }
}
