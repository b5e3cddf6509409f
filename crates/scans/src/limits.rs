//! The numbers beyond which a foreign file is refused, in one place.

use crate::inspected::{Limit, Trouble};

/// Picture size, in millions of pixels.
pub const MEGAPIXELS: u64 = 300;
/// Picture side, in pixels.
pub const SIDE_PIXELS: u64 = 32_768;
/// Pages of one PDF or TIFF.
pub const PAGES: u64 = 20_000;
/// Bytes of one file.
pub const FILE_BYTES: u64 = 4 << 30;
/// Files in one archive.
pub const MEMBERS: u64 = 20_000;
/// Bytes that one archive may unpack to.
pub const UNPACKED_BYTES: u64 = 4 << 30;
/// How many times as large a file of an archive may be unpacked, when it is larger than [`RATIO_FROM`].
pub const RATIO: u64 = 200;
/// Bytes up to which no ratio is looked at: short runs of white pack very well.
pub const RATIO_FROM: u64 = 10 << 20;
/// Archives in one another.
pub const ARCHIVE_NESTING: u64 = 2;
/// Memory for the dictionary of a 7z, in bytes.
pub const UNPACKER_MEMORY: u64 = 400 << 20;
/// Nesting of objects in a PDF.
pub const NESTING: usize = 100;
/// Seconds the worker may take for one file.
pub const WORKER_SECONDS: u64 = 10;
/// Memory the worker may take, in bytes.
pub const WORKER_MEMORY: u64 = 768 << 20;
/// Characters of the text layer that are kept.
pub const TEXT_KEPT: usize = 20_000;
/// Memory the coefficients of a progressive JPEG may take while it is read, in bytes: they are held all at once,
/// whatever size is wanted in the end.
pub const COEFFICIENT_BYTES: u64 = 512 << 20;
/// Side of a drawn PDF page, in pixels.
pub const DRAWN_SIDE: u32 = 16_000;
/// Pictures that are decoded to the end while a file of many pages is looked into, in millions of pixels; the pages
/// behind are checked by their directories only.
pub const LOOKED_INTO_MEGAPIXELS: u64 = 600;
/// Bytes above which the worker keeps a file on disk and not in memory.
pub const HELD_IN_MEMORY: u64 = 64 << 20;
/// Places of all tables of one file, merged ones counted where they reach.
pub const TABLE_CELLS: u64 = 200_000;
/// Text of all tables of one file, in bytes, merged cells counted where they reach.
pub const TABLE_TEXT: u64 = 8 << 20;
/// Bytes of one XML part of an Office file.
pub const XML_BYTES: u64 = 64 << 20;
/// Elements of an XML part within one another.
pub const XML_NESTING: u64 = 256;
/// Objects on all pages of an OFD, composites counted where they are shown.
pub const OFD_OBJECTS: u64 = 2_000_000;
/// Bytes of all fonts that an OFD is drawn with.
pub const FONT_BYTES: u64 = 256 << 20;

/// Bytes of both models that read letters.
pub const MODEL_BYTES: u64 = 128 << 20;

/// Refuses a picture by its header, before anything is allocated for it.
///
/// # Errors
/// [`Trouble::OverLimit`] with the limit that is broken; a side of zero is damage.
pub fn picture(width: u64, height: u64) -> Result<(), Trouble> {
    if width == 0 || height == 0 {
        return Err(Trouble::damaged("a picture without width or height"));
    }
    let side = width.max(height);
    if side > SIDE_PIXELS {
        return Err(Trouble::OverLimit { limit: Limit::SidePixels, found: side, most: SIDE_PIXELS });
    }
    let pixels = width * height;
    if pixels > MEGAPIXELS * 1_000_000 {
        return Err(Trouble::OverLimit { limit: Limit::Megapixels, found: pixels.div_ceil(1_000_000), most: MEGAPIXELS });
    }
    Ok(())
}

/// Refuses a file of too many pages.
///
/// # Errors
/// [`Trouble::OverLimit`].
pub fn pages(found: u64) -> Result<(), Trouble> {
    if found > PAGES { Err(Trouble::OverLimit { limit: Limit::Pages, found, most: PAGES }) } else { Ok(()) }
}
