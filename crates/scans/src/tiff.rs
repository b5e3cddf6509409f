//! TIFF: every page of the file, by our own reading of its directories.
//!
//! Own, because the readers at hand open only the first page by their simple call and fail on palettes, CMYK, G3 fax and
//! JPEG within; and because the assembler of packages needs the places of the strips.

mod directory;
mod pixels;
mod unpack;

use std::collections::HashSet;

use directory::{Directory, Order};
pub(crate) use directory::{exif, taken};

use crate::inspected::{PageFacts, Trouble};
use crate::limits;
use crate::picture::{self, Scale};
use crate::raster::Raster;

/// One page as its directory describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct TiffPage {
    /// Size as stored, in pixels, before the orientation is applied.
    pub width: u32,
    pub height: u32,
    /// Tag 259: 1 none, 2 modified Huffman, 3 G3, 4 G4, 5 LZW, 6 old JPEG, 7 JPEG, 8 and 32946 Deflate, 32773 PackBits.
    pub compression: u16,
    /// Tag 262: 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 4 mask, 5 CMYK, 6 YCbCr.
    pub photometric: u16,
    /// Tag 266: 1 the first pixel in the highest bit, 2 in the lowest.
    pub fill_order: u16,
    /// Rows of a strip, or of a tile.
    pub rows_per_strip: u32,
    /// Offset and length of every strip (or tile), inside the file.
    pub strips: Vec<(u64, u64)>,
    /// Width of a tile; `None` where the page lies in strips.
    pub tile_width: Option<u32>,
    /// Bits of a sample, the same for all of a pixel.
    pub bits: u16,
    /// Samples of a pixel.
    pub samples: u16,
    /// Tag 284: 1 samples side by side, 2 a plane for each.
    pub planar: u16,
    /// Tag 317: 1 none, 2 differences.
    pub predictor: u16,
    /// Tag 274, 1–8.
    pub orientation: u8,
    /// Believable dots per inch, across and down as stored.
    pub dpi: Option<(f32, f32)>,
    /// Tag 292, for G3: bit 0 two-dimensional, bit 2 filled to bytes before every end of line.
    pub t4_options: u32,
    /// Tag 339: 1 unsigned, 2 signed, 3 floating.
    pub sample_format: u16,
    /// Tag 338: what the samples beyond the colour are (1 alpha already multiplied, 2 alpha).
    pub extra_samples: Vec<u16>,
    /// Tag 320 as RGB; empty where there is none.
    pub palette: Vec<[u8; 3]>,
    /// Tag 530: how much coarser colour is than light, across and down.
    pub subsampling: (u16, u16),
    /// Tag 347: tables shared by the JPEG strips.
    pub jpeg_tables: Vec<u8>,
    /// Tags 513 and 514: the whole JPEG of an old-style page.
    pub old_jpeg: Option<(u64, u64)>,
    /// Samples of 16 bits have their low byte first.
    pub little_endian: bool,
}

/// Every page, in order; reduced copies and masks that lie beside a page are left out.
///
/// # Errors
/// Damage of the chain of directories, a page over the limits, or no page at all.
pub fn pages(bytes: &[u8]) -> Result<Vec<TiffPage>, Trouble> {
    let (order, first) = directory::opening(bytes)?;
    let mut seen = HashSet::new();
    let mut pages = Vec::new();
    let mut beside = Vec::new();
    let mut at = first;
    while at != 0 {
        if !seen.insert(at) {
            return Err(Trouble::damaged("the page directories run in a circle"));
        }
        limits::pages(seen.len() as u64)?;
        let (directory, next) = Directory::read(bytes, order, at)
            .ok_or_else(|| Trouble::damaged(format!("the directory of page {} is cut short", pages.len() + 1)))?;
        // Bit 0: a reduced copy; bit 2: a mask.
        let kept = if directory.number(254).unwrap_or(0) & 0b101 == 0 { &mut pages } else { &mut beside };
        let place = kept.len() + 1;
        match page(&directory, bytes.len() as u64) {
            Ok(page) => kept.push(page),
            Err(Trouble::Damaged { detail }) => return Err(Trouble::damaged(format!("page {place}: {detail}"))),
            Err(other) => return Err(other),
        }
        at = next;
    }
    if pages.is_empty() {
        // Some fax programs mark every page as a reduced copy.
        pages = beside;
    }
    if pages.is_empty() { Err(Trouble::NoPages) } else { Ok(pages) }
}

fn page(directory: &Directory<'_>, length: u64) -> Result<TiffPage, Trouble> {
    let number = |tag| directory.number(tag);
    let small = |tag, otherwise: u16| number(tag).and_then(|value| u16::try_from(value).ok()).unwrap_or(otherwise);
    let side = |tag| number(tag).ok_or_else(|| Trouble::damaged("its size is missing"));
    let (width, height) = (side(256)?, side(257)?);
    limits::picture(width, height)?;
    let samples = small(277, 1);
    let bits = directory.numbers(258);
    let bits = if bits.is_empty() { vec![1] } else { bits };
    if samples == 0 || samples > 16 {
        return Err(Trouble::damaged("a pixel without samples, or with too many"));
    }
    if bits.iter().any(|one| *one != bits[0]) || !(1..=64).contains(&bits[0]) {
        return Err(Trouble::unusual("samples of unequal depth"));
    }
    let old_jpeg = number(513).map(|offset| (offset, number(514).unwrap_or(length)));
    let tile = number(322).zip(number(323));
    let (offsets, counts) = if tile.is_some() { (324, 325) } else { (273, 279) };
    let (offsets, mut lengths) = (directory.numbers(offsets), directory.numbers(counts));
    let planar = small(284, 1);
    let across = tile.map_or(width, |(width, _)| width);
    let rows = tile.map_or_else(|| number(278).unwrap_or(height), |(_, height)| height).min(if tile.is_some() { u64::MAX } else { height });
    limits::picture(across, rows)?;
    let planes = if planar == 2 { u64::from(samples) } else { 1 };
    let expected = width.div_ceil(across) * height.div_ceil(rows) * planes;
    if lengths.is_empty() && offsets.len() == 1 && expected == 1 {
        // Known of old scanners: the only strip has no length; it goes to the end of the file.
        lengths = vec![length.saturating_sub(offsets[0])];
    }
    if old_jpeg.is_none() {
        if (offsets.len() as u64) < expected || (lengths.len() as u64) < expected {
            return Err(Trouble::damaged(format!("{} of {expected} strips are named", offsets.len().min(lengths.len()))));
        }
        let beyond = offsets.iter().zip(&lengths).take(expected as usize).any(|(offset, many)| offset.saturating_add(*many) > length);
        if beyond {
            return Err(Trouble::damaged("its picture lies beyond the end of the file"));
        }
    }
    let strips = offsets.into_iter().zip(lengths).take(expected as usize).collect();
    let subsampling = match directory.numbers(530)[..] {
        [across @ (1 | 2 | 4), down @ (1 | 2 | 4)] => (across as u16, down as u16),
        _ => (2, 2),
    };
    Ok(TiffPage {
        width: width as u32,
        height: height as u32,
        compression: small(259, 1),
        photometric: small(262, 0),
        fill_order: small(266, 1),
        rows_per_strip: rows as u32,
        strips,
        tile_width: tile.map(|(width, _)| width as u32),
        bits: bits[0] as u16,
        samples,
        planar,
        predictor: small(317, 1),
        orientation: directory.orientation(),
        dpi: directory.dpi(),
        t4_options: number(292).unwrap_or(0) as u32,
        sample_format: small(339, 1),
        extra_samples: directory.numbers(338).into_iter().map(|value| value as u16).collect(),
        palette: palette(&directory.numbers(320)),
        subsampling,
        jpeg_tables: directory.bytes(347).to_vec(),
        old_jpeg,
        little_endian: directory.order() == Order::Little,
    })
}

/// Three runs of 16-bit values; some writers fill only 8 bits.
fn palette(values: &[u64]) -> Vec<[u8; 3]> {
    let third = values.len() / 3;
    let narrow = values.iter().all(|value| *value < 256);
    let sample = |at: usize| if narrow { values[at] as u8 } else { (values[at] >> 8) as u8 };
    (0..third).map(|at| [sample(at), sample(third + at), sample(2 * third + at)]).collect()
}

/// Every page; the first of them, up to a budget, are also decoded to their end.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Vec<PageFacts>, Trouble> {
    let pages = pages(bytes)?;
    let mut budget = limits::LOOKED_INTO_MEGAPIXELS * 1_000_000;
    for (at, page) in pages.iter().enumerate() {
        let pixels = u64::from(page.width) * u64::from(page.height);
        if at > 0 && pixels > budget {
            break;
        }
        budget = budget.saturating_sub(pixels);
        pixels::check(bytes, page).map_err(|trouble| match trouble {
            Trouble::Damaged { detail } => Trouble::damaged(format!("page {}: {detail}", at + 1)),
            Trouble::Unusual { detail } => Trouble::unusual(format!("page {}: {detail}", at + 1)),
            other => other,
        })?;
    }
    Ok(pages.iter().map(|page| PageFacts::of_picture(page.width, page.height, page.dpi, page.orientation)).collect())
}

pub(crate) fn draw(bytes: &[u8], page: u32, scale: Scale) -> Result<Raster, Trouble> {
    let pages = pages(bytes)?;
    let page = pages.get(page as usize).ok_or_else(|| picture::no_such_page(page))?;
    let wanted = picture::wanted(page.width, page.height, page.dpi, scale);
    Ok(pixels::decode(bytes, page, wanted)?.resized(wanted.0, wanted.1).oriented(page.orientation))
}
