//! JBIG2 (ITU-T T.88): pictures of two colours. A PDF holds the segments of a page one behind the other (its 7.4.7); a file
//! that is made so is passed on, any other is unpacked.

use hayro_jbig2::{DecodeSettings, Decoder, File, Page};

use super::write::Book;
use crate::inspected::{Trouble, Undrawn};
use crate::limits;
use crate::pdf::objects::Stopped;

/// How a file of its own begins.
const SIGNATURE: &[u8] = b"\x97JB2\r\n\x1A\n";
/// Types of segments (T.88, 7.3).
const PAGE_INFORMATION: u8 = 48;
const END_OF_PAGE: u8 = 49;
const END_OF_FILE: u8 = 51;

/// Whether it is a file of its own, or begins with what describes a page.
pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE) || matches!(bytes, [_, _, _, _, flags, 0, 1, 0, 0, 0, 19, ..] if *flags == PAGE_INFORMATION)
}

/// Writes the picture, with these entries besides; the number of its object.
pub(super) fn write(book: &mut Book<'_, '_>, bytes: &[u8], more: &str) -> Result<u32, Stopped> {
    let (width, height, rows) = unpacked(bytes)?;
    let number = book.objects.reserve();
    let entries = format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray{more}");
    match segments(bytes) {
        Some(segments) => book.objects.stream(number, format!("{entries}/Filter/JBIG2Decode").as_bytes(), &segments)?,
        None => book.objects.packed(number, entries.as_bytes(), &rows)?,
    }
    Ok(number)
}

/// Width, height, and rows of bits in whole bytes, 0 for black. What is passed on is read too, for a picture that no reader
/// can show would be missing in silence.
fn unpacked(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Trouble> {
    let unread = |_| Trouble::from(Undrawn::Picture);
    let settings = DecodeSettings::default();
    if !bytes.starts_with(SIGNATURE) {
        return rows(&Page::new_embedded(bytes, None, &settings).map_err(unread)?);
    }
    let file = File::new(bytes, &settings).map_err(unread)?;
    match (file.page(0), file.page_count()) {
        (Some(page), 1) => rows(&page),
        _ => Err(Undrawn::Picture.into()),
    }
}

fn rows(page: &Page<'_>) -> Result<(u32, u32, Vec<u8>), Trouble> {
    let (width, height) = (page.width(), page.height());
    limits::picture(width.into(), height.into())?;
    let mut rows = Rows { packed: Vec::new(), byte: 0, bits: 0 };
    page.decode(&mut rows).map_err(|_| Trouble::from(Undrawn::Picture))?;
    Ok((width, height, rows.packed))
}

struct Rows {
    packed: Vec<u8>,
    byte: u8,
    bits: u8,
}

impl Decoder for Rows {
    fn push_pixel(&mut self, black: bool) {
        self.byte = self.byte << 1 | u8::from(!black);
        self.bits += 1;
        if self.bits == 8 {
            self.packed.push(self.byte);
            (self.byte, self.bits) = (0, 0);
        }
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        self.packed.extend(std::iter::repeat_n(if black { 0 } else { 0xFF }, chunk_count as usize));
    }

    fn next_line(&mut self) {
        while self.bits != 0 {
            self.push_pixel(false);
        }
    }
}

/// The segments as a PDF holds them, without those that end a page and a file; `None` where they don't lie one behind the
/// other, or are of no page or another one than the first.
fn segments(bytes: &[u8]) -> Option<Vec<u8>> {
    const SEQUENTIAL: u8 = 1;
    const PAGES_UNKNOWN: u8 = 2;
    let mut rest = bytes;
    if bytes.starts_with(SIGNATURE) {
        let flags = *bytes.get(SIGNATURE.len())?;
        if flags & SEQUENTIAL == 0 {
            return None;
        }
        let pages = if flags & PAGES_UNKNOWN == 0 { 4 } else { 0 };
        rest = bytes.get(SIGNATURE.len() + 1 + pages..)?;
    }
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (kind, length) = segment(rest)?;
        let whole = rest.get(..length)?;
        if !matches!(kind, END_OF_PAGE | END_OF_FILE) {
            out.extend_from_slice(whole);
        }
        rest = &rest[length..];
    }
    Some(out)
}

/// The type of the segment that comes next and its length with its header (T.88, 7.2).
fn segment(bytes: &[u8]) -> Option<(u8, usize)> {
    let number = u32::from_be_bytes(*bytes.first_chunk()?);
    let flags = *bytes.get(4)?;
    let short = usize::from(*bytes.get(5)? >> 5);
    let (referred, counted) = match short {
        0..=4 => (short, 1),
        7 => {
            let long = u32::from_be_bytes(*bytes.get(5..)?.first_chunk()?) as usize & 0x1FFF_FFFF;
            (long, 4 + (long + 8) / 8)
        }
        _ => return None,
    };
    let each = match number {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    let page_at = 5 + counted + referred * each;
    let (page, length_at) = match flags & 0x40 {
        0 => (u32::from(*bytes.get(page_at)?), page_at + 1),
        _ => (u32::from_be_bytes(*bytes.get(page_at..)?.first_chunk()?), page_at + 4),
    };
    let length = u32::from_be_bytes(*bytes.get(length_at..)?.first_chunk()?);
    // A length that is not known ends where its data does.
    (page <= 1 && length != u32::MAX).then_some((flags & 0x3F, length_at + 4 + length as usize))
}
