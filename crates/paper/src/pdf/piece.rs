//! What is shown on a sheet: an image or a form that was written once and can be placed any number of times.

use super::geometry::{Matrix, Rect};
use super::objects::Id;

pub struct Piece {
    pub object: Id,
    /// From the object's own space to a box of `width` × `height` pt with its corner at the origin, upright.
    pub upright: Matrix,
    pub width: f64,
    pub height: f64,
    /// The size is stated by the file, so it is not enlarged.
    pub measured: bool,
    /// Links to the outside, in the object's own space.
    pub links: Vec<OutsideLink>,
    /// `/Group` of the page that it was, with its key: how it is mixed with the paper. It goes to the sheet, for readers take
    /// that of a page and that of a form differently; empty where there was none.
    pub group: String,
    /// Why it had to be drawn as a picture.
    pub drawn: Option<String>,
}

pub struct OutsideLink {
    pub rect: Rect,
    pub uri: Vec<u8>,
}

/// Resolution taken for a picture that states none.
const ASSUMED_DPI: f32 = 200.0;

impl Piece {
    /// An image of `width` × `height` pixels as stored, with the orientation that EXIF and TIFF number 1–8.
    pub fn image(object: Id, width: u32, height: u32, orientation: u8, dpi: Option<(f32, f32)>) -> Self {
        let (across, down) = dpi.unwrap_or((ASSUMED_DPI, ASSUMED_DPI));
        let inches = (f64::from(width) / f64::from(across), f64::from(height) / f64::from(down));
        let (width, height) = if orientation >= 5 { (inches.1 * 72.0, inches.0 * 72.0) } else { (inches.0 * 72.0, inches.1 * 72.0) };
        let upright = Matrix::upright(orientation, width, height);
        Self { object, upright, width, height, measured: dpi.is_some(), links: Vec::new(), group: String::new(), drawn: None }
    }
}
