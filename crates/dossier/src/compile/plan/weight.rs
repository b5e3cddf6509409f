//! Bytes that a piece takes in a file, foreseen: by them a package is parted.

use scans::picture::ASSUMED_DPI;
use scans::{Kind, PageFacts};

use crate::compile::{Format, Options, REVIEW_DPI, Volumes};
use crate::domain::Document;

/// Word opens no file over 512 MB; what is beside the pictures, and pages that turn out larger, need room.
const WORD_BYTES: u64 = 400 << 20;
/// Viewers tire of larger files, readers that count with 31 bits search them through from end to end, and most sticks take
/// none over 4 GiB.
const PDF_BYTES: u64 = 1_900_000_000;
/// Bytes of a page that is drawn anew.
const DRAWN_PAGE: u64 = 400 << 10;

/// A box is one volume, however much lies in it.
pub(super) fn most_bytes(options: &Options) -> Option<u64> {
    match (options.format, options.volumes) {
        (Format::Pdf, Volumes::Box) => None,
        (Format::Pdf, Volumes::One | Volumes::Area) => Some(PDF_BYTES),
        (Format::Docx | Format::Review, _) => Some(WORD_BYTES),
    }
}

/// Bytes that a piece takes in a file. A PDF takes most pages as they are, a Word document only pictures: pages of PDF and
/// TIFF become pictures of about the same size. A slip is text.
pub(super) fn weight(document: &Document, format: Format) -> u64 {
    if document.is_slip() {
        return 0;
    }
    let as_it_is = printed_bytes(document);
    let drawn = || document.printed_pages().count() as u64 * DRAWN_PAGE;
    match (format, document.kind) {
        (Format::Pdf, Kind::Png) => (as_it_is * PNG_ANEW).min(pixels(document, None) * RGB),
        (Format::Pdf, _) if is_decoded(document) => pixels(document, None) * RGB,
        (Format::Pdf, _) => as_it_is,
        (Format::Docx, _) if is_decoded(document) => (pixels(document, Some(DRAWN_DPI)) * RGB / JPEG).max(drawn()),
        (Format::Review, _) if is_decoded(document) => pixels(document, Some(REVIEW_DPI)) * RGB / JPEG,
        (Format::Docx, Kind::Jpeg | Kind::Png) => as_it_is,
        (Format::Docx, _) => as_it_is.max(drawn()),
        (Format::Review, Kind::Jpeg | Kind::Png) => reduced(document, as_it_is),
        (Format::Review, _) => reduced(document, as_it_is.max(drawn())),
    }
}

/// Channels of a picture in colour, a byte each.
const RGB: u64 = 3;
/// A PNG that can be seen through is written anew: with its alpha gone, but in plainer rows and without its palette.
const PNG_ANEW: u64 = 2;
/// How many times smaller than its samples a JPEG of good quality is at least.
const JPEG: u64 = 6;
/// Resolution at which a Word document has what was decoded.
const DRAWN_DPI: u16 = 200;
/// Bits a pixel over which a TIFF is no fax: grey and colours, in whatever way they are compressed.
const FAX_BITS: f64 = 0.3;

/// The share of the scan's bytes that its printed pages have.
fn printed_bytes(document: &Document) -> u64 {
    let (printed, all) = (document.printed_pages().count() as u64, document.scan_pages.max(1));
    document.shown().bytes * printed / u64::from(all)
}

/// Neither a PDF nor Word has a word for it: its pixels are written anew.
fn is_decoded(document: &Document) -> bool {
    match document.kind {
        _ if document.rendition.is_some() => false,
        Kind::Heic | Kind::Webp | Kind::Bmp | Kind::Gif => true,
        Kind::Tiff => printed_bytes(document) as f64 * 8.0 > pixels(document, None) as f64 * FAX_BITS,
        _ => false,
    }
}

/// Pixels of the printed pages, of finer ones as many as `dpi` gives.
fn pixels(document: &Document, dpi: Option<u16>) -> u64 {
    let page = |facts: &PageFacts| {
        let (width, height) = facts.pixels.unwrap_or_default();
        let finer = dpi.map_or(1.0, |dpi| f64::from(dpi) / f64::from(facts.dpi.unwrap_or(ASSUMED_DPI)));
        (f64::from(width) * f64::from(height) * finer.min(1.0).powi(2)) as u64
    };
    document.printed_pages().map(|printed| page(&printed.facts)).sum()
}

/// What the pictures weigh at the resolution of a 审阅版; those that are coarser stay as they are.
fn reduced(document: &Document, weight: u64) -> u64 {
    let coarsest = document.printed_pages().map(|page| page.facts.dpi.unwrap_or(ASSUMED_DPI)).fold(f32::INFINITY, f32::min);
    let share = (f32::from(REVIEW_DPI) / coarsest).min(1.0).powi(2);
    (weight as f64 * f64::from(share)) as u64
}
