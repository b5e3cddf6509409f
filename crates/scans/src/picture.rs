//! A page of any kind that is taken in, drawn upright on white.

use std::panic::{self, AssertUnwindSafe};

use hayro_syntax::PdfData;

use crate::inspected::Trouble;
use crate::kind::Kind;
use crate::raster::Raster;
use crate::{jpeg, pdf, png, tiff, whole};

/// Resolution that is taken where a picture states none, or an absurd one.
pub const ASSUMED_DPI: f32 = 200.0;
/// Resolution at which a PDF page that is not one single picture is drawn by [`Scale::Full`].
pub const FULL_DPI: f32 = 300.0;

/// How large a page is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// The longer side has this many pixels. Pictures are never enlarged, PDF pages are drawn as large as asked.
    MaxSide(u32),
    /// So many pixels an inch of paper. Pictures are never enlarged.
    Dpi(f32),
    /// As `Dpi`, but at most so many pixels in all; a few times as many for a page that is much longer than wide.
    Bounded { dpi: f32, pixels: u32 },
    /// A picture with its own pixels; a PDF page at the resolution of its single picture, else [`FULL_DPI`].
    Full,
}

/// Draws page `page` (counted from 0) of a file.
///
/// Alpha is laid on white; EXIF orientation, TIFF orientation and /Rotate are applied. Every call reads the file anew;
/// for many pages of one PDF see [`pdf::Book`].
///
/// # Errors
/// The [`Trouble`] that keeps the page from being drawn; [`Trouble::Unsupported`] for kinds that have no pages.
pub fn draw(bytes: &[u8], kind: Kind, page: u32, scale: Scale) -> Result<Raster, Trouble> {
    guarded(|| match kind {
        Kind::Jpeg if page == 0 => jpeg::draw(bytes, scale),
        Kind::Png if page == 0 => png::draw(bytes, scale),
        Kind::Gif | Kind::Bmp | Kind::Webp | Kind::Heic if page == 0 => whole::draw(bytes, kind, scale),
        Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Bmp | Kind::Webp | Kind::Heic => Err(no_such_page(page)),
        Kind::Tiff => tiff::draw(bytes, page, scale),
        Kind::Pdf => pdf::Book::open(PdfData::from(bytes.to_vec()))?.draw(page, scale),
        Kind::Zip
        | Kind::Rar
        | Kind::SevenZip
        | Kind::Ofd
        | Kind::Ooxml
        | Kind::Ole
        | Kind::Rtf
        | Kind::Odf
        | Kind::Mail
        | Kind::Video
        | Kind::Audio
        | Kind::Text
        | Kind::Unknown => Err(Trouble::Unsupported),
    })
}

/// A picture that can be seen through: its colours, and apart from them how much each pixel covers (255 all).
pub(crate) struct SeeThrough {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Samples a pixel of `colours`: 1 or 3.
    pub(crate) channels: usize,
    pub(crate) colours: Vec<u8>,
    pub(crate) alpha: Vec<u8>,
}

impl SeeThrough {
    /// Takes the alpha channel, which is the last sample of each pixel, out of `mixed`; `None` where every pixel is opaque.
    pub(crate) fn apart(width: u32, height: u32, samples: usize, mixed: &[u8]) -> Option<Self> {
        let alpha: Vec<u8> = mixed.chunks_exact(samples).map(|pixel| pixel[samples - 1]).collect();
        if alpha.iter().all(|covers| *covers == 255) {
            return None;
        }
        let colours = mixed.chunks_exact(samples).flat_map(|pixel| &pixel[..samples - 1]).copied().collect();
        Some(Self { width, height, channels: samples - 1, colours, alpha })
    }
}

/// A picture with its alpha, where it has any that can be seen.
///
/// # Errors
/// The [`Trouble`] that keeps it from being read.
pub(crate) fn see_through(bytes: &[u8], kind: Kind) -> Result<Option<SeeThrough>, Trouble> {
    match kind {
        Kind::Png => png::see_through(bytes),
        Kind::Gif | Kind::Bmp | Kind::Webp => whole::see_through(bytes, kind),
        _ => Ok(None),
    }
}

pub(crate) fn no_such_page(page: u32) -> Trouble {
    Trouble::unreadable(format!("there is no page {}", u64::from(page) + 1))
}

/// Foreign bytes may make a reader panic: that is damage of the file, not an end of the program.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Trouble::damaged("the reader gave up")))
}

/// A stated resolution, or `None` where it is absurd (below 30, above 2400, or stretched more than four times).
pub(crate) fn believed(across: f32, down: f32) -> Option<(f32, f32)> {
    let sane = |dpi: f32| (30.0..=2400.0).contains(&dpi);
    let stretch = across / down;
    (sane(across) && sane(down) && (0.25..=4.0).contains(&stretch)).then_some((across, down))
}

/// How many pixels of a bound a page of this shape may have: a screenshot that was scrolled has letters no larger than those of a
/// page, and would lose them in as many pixels. From four times as long as wide its width stays, up to four times the bound.
pub(crate) fn bound(pixels: u32, width: f64, height: f64) -> f64 {
    let slender = width.max(height) / width.min(height);
    f64::from(pixels) * (slender / 4.0).clamp(1.0, 4.0)
}

/// The size in pixels at which a stored picture is to be drawn, before it is turned upright.
pub(crate) fn wanted(width: u32, height: u32, dpi: Option<(f32, f32)>, scale: Scale) -> (u32, u32) {
    let (across, down) = dpi.unwrap_or((ASSUMED_DPI, ASSUMED_DPI));
    let (width, height) = (f64::from(width), f64::from(height));
    // Fax pixels are not square: what is shown has the finer of the two resolutions on both sides.
    let finest = f64::from(across.max(down));
    let (shown_width, shown_height) = (width * finest / f64::from(across), height * finest / f64::from(down));
    let factor = match scale {
        Scale::Full => return (width as u32, height as u32),
        Scale::MaxSide(side) => f64::from(side.max(1)) / shown_width.max(shown_height),
        Scale::Dpi(wanted) if wanted.is_finite() && wanted > 0.0 => f64::from(wanted) / finest,
        Scale::Bounded { dpi, pixels } => {
            let most = (bound(pixels, shown_width, shown_height) / (shown_width * shown_height)).sqrt();
            (f64::from(dpi) / finest).min(most)
        }
        Scale::Dpi(_) => 1.0,
    };
    let side = |length: f64| (length * factor.min(1.0)).round().max(1.0) as u32;
    (side(shown_width), side(shown_height))
}
