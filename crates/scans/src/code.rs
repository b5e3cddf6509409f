//! What a page says to the program: the text of a QR code on it, and whether anything stands on it at all.

use crate::raster::Raster;

/// Luminance (0–255) below which a sample is ink; paper that was scanned grey stays above.
const INK: u8 = 160;
/// Share of samples that may be ink on a page with nothing on it: dust, punch holes, the shadow of an edge.
const SPECKS: f64 = 0.002;
/// Edge of a page that is not looked at, in parts of a side: shadows and holes lie there.
const EDGE: u32 = 25;

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
    let (across, down) = (width / EDGE, height / EDGE);
    let mut ink = 0_u64;
    for y in down..height - down {
        ink += (across..width - across).filter(|x| grey(*x, y) < INK).count() as u64;
    }
    let blank = (ink as f64) < f64::from(width) * f64::from(height) * SPECKS;
    if blank {
        return Sighted { code: None, blank };
    }
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| grey(x as u32, y as u32));
    let code = image.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text);
    Sighted { code, blank }
}
