//! JBIG2 (ITU-T T.88): pictures of two colours. A PDF holds the segments of a page one behind the other (its 7.4.7); a file
//! that is made so is passed on, any other is unpacked.

use std::collections::HashSet;

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
    let passed = segments(bytes)?;
    let (width, height, rows) = unpacked(bytes)?;
    let number = book.objects.reserve();
    let entries = format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray{more}");
    match passed {
        Some(segments) => book.objects.stream(number, format!("{entries}/Filter/JBIG2Decode").as_bytes(), &segments)?,
        None => book.objects.packed(number, entries.as_bytes(), &rows)?,
    }
    Ok(number)
}

/// Width, height, and rows of bits in whole bytes, 0 for black. What is passed on is read too, for a picture that no reader
/// can show would be missing in silence.
fn unpacked(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Trouble> {
    let unread = |_| Trouble::from(Undrawn::Picture);
    if !bytes.starts_with(SIGNATURE) {
        return rows(&Page::new_embedded(bytes, None, &DecodeSettings::default()).map_err(unread)?);
    }
    // What is missing from a file whose parts lie apart is found by being strict.
    let strict = !is_sequential(bytes);
    let file = File::new(bytes, &DecodeSettings { strict }).map_err(unread)?;
    match (file.page(0), file.page_count()) {
        (Some(page), 1) => rows(&page),
        _ => Err(Undrawn::Picture.into()),
    }
}

/// Whether its segments lie one behind the other.
fn is_sequential(bytes: &[u8]) -> bool {
    const SEQUENTIAL: u8 = 1;
    !bytes.starts_with(SIGNATURE) || bytes.get(SIGNATURE.len()).is_some_and(|flags| flags & SEQUENTIAL != 0)
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
/// other, or are not of the first page alone.
///
/// # Errors
/// [`Undrawn::Picture`] where one is cut short, or builds on one that is not there, as those that lie in a PDF may on what its
/// pictures share: readers show what is left as if it were all.
fn segments(bytes: &[u8]) -> Result<Option<Vec<u8>>, Trouble> {
    const PAGES_UNKNOWN: u8 = 2;
    if !is_sequential(bytes) {
        return Ok(None);
    }
    let mut rest = bytes;
    if let Some([flags, behind @ ..]) = bytes.strip_prefix(SIGNATURE) {
        let pages = if flags & PAGES_UNKNOWN == 0 { 4 } else { 0 };
        rest = behind.get(pages..).ok_or(Undrawn::Picture)?;
    }
    let (mut out, mut known) = (Vec::new(), HashSet::new());
    while !rest.is_empty() {
        let Segment { number, builds_on, kind, page, length } = Segment::read(rest).ok_or(Undrawn::Picture)?;
        if !builds_on.iter().all(|other| known.contains(other)) {
            return Err(Undrawn::Picture.into());
        }
        known.insert(number);
        // A length that is not known ends where its data does.
        let Some(length) = length.filter(|_| page <= 1) else { return Ok(None) };
        let (whole, behind) = rest.split_at_checked(length).ok_or(Undrawn::Picture)?;
        if !matches!(kind, END_OF_PAGE | END_OF_FILE) {
            out.extend_from_slice(whole);
        }
        rest = behind;
    }
    Ok(Some(out))
}

/// What a segment says of itself (T.88, 7.2).
struct Segment {
    number: u32,
    builds_on: Vec<u32>,
    kind: u8,
    /// 0 for what all pages share.
    page: u32,
    /// With what it says of itself.
    length: Option<usize>,
}

impl Segment {
    /// `None` where the bytes end within it.
    fn read(bytes: &[u8]) -> Option<Self> {
        let number = u32::from_be_bytes(*bytes.first_chunk()?);
        let flags = *bytes.get(4)?;
        let short = usize::from(*bytes.get(5)? >> 5);
        let (referred, counted) = match short {
            0..=4 => (short, 1),
            _ => {
                let long = u32::from_be_bytes(*bytes.get(5..)?.first_chunk()?) as usize & 0x1FFF_FFFF;
                (long, 4 + (long + 8) / 8)
            }
        };
        let each = match number {
            0..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        };
        let page_at = 5 + counted + referred * each;
        let builds_on = bytes.get(5 + counted..page_at)?.chunks_exact(each);
        let builds_on = builds_on.map(|digits| digits.iter().fold(0, |number, digit| number << 8 | u32::from(*digit))).collect();
        let (page, length_at) = match flags & 0x40 {
            0 => (u32::from(*bytes.get(page_at)?), page_at + 1),
            _ => (u32::from_be_bytes(*bytes.get(page_at..)?.first_chunk()?), page_at + 4),
        };
        let length = u32::from_be_bytes(*bytes.get(length_at..)?.first_chunk()?);
        let length = (length != u32::MAX).then_some(length_at + 4 + length as usize);
        Some(Self { number, builds_on, kind: flags & 0x3F, page, length })
    }
}
