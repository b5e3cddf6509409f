//! The directories of a TIFF (and of EXIF, which is one), classic and of 64 bits, read within their bounds.

use jiff::civil::Date;

use crate::inspected::Trouble;
use crate::picture;
use crate::shot::Shot;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

/// Byte order and width of offsets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    order: Order,
    wide: bool,
}

/// What EXIF says of a picture.
pub(crate) struct Said {
    pub(crate) orientation: u8,
    pub(crate) dpi: Option<(f32, f32)>,
}

/// Reads the first directory of an EXIF block; a block that can't be read says nothing.
pub(crate) fn exif(bytes: &[u8]) -> Said {
    let directory = opening(bytes).ok().and_then(|(layout, first)| Directory::read(bytes, layout, first));
    directory
        .map_or(Said { orientation: 1, dpi: None }, |(directory, _)| Said { orientation: directory.orientation(), dpi: directory.dpi() })
}

/// What EXIF says of how a picture was taken; `None` where it tells of no camera.
pub(crate) fn taken(bytes: &[u8]) -> Option<Shot> {
    const EXIF_DIRECTORY: u16 = 0x8769;
    const EXPOSURE_TIME: u16 = 0x829A;
    const F_NUMBER: u16 = 0x829D;
    const SENSITIVITY: u16 = 0x8827;
    const TAKEN_AT: u16 = 0x9003;
    let (layout, first) = opening(bytes).ok()?;
    let (main, _) = Directory::read(bytes, layout, first)?;
    let (own, _) = Directory::read(bytes, layout, main.number(EXIF_DIRECTORY)?)?;
    let is_exposed = [EXPOSURE_TIME, F_NUMBER, SENSITIVITY].into_iter().any(|tag| own.entry(tag).is_some());
    is_exposed.then(|| Shot { day: day(own.bytes(TAKEN_AT)) })
}

/// `2022:08:01 09:30:00`; a clock that was never set writes noughts or blanks.
fn day(text: &[u8]) -> Option<Date> {
    let text = std::str::from_utf8(text.get(..10)?).ok()?;
    let mut parts = text.split([':', '-', '/']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The layout, and where the first directory lies.
pub(crate) fn opening(bytes: &[u8]) -> Result<(Layout, u64), Trouble> {
    let cut = || Trouble::damaged("the TIFF is cut short");
    let order = match bytes.get(..2) {
        Some(b"II") => Order::Little,
        Some(b"MM") => Order::Big,
        _ => return Err(Trouble::damaged("not a TIFF")),
    };
    let narrow = Layout { order, wide: false };
    let magic = narrow.value(bytes, 2, 2).ok_or_else(cut)?;
    let wide = magic == 43;
    let layout = Layout { order, wide };
    let first = if wide { layout.value(bytes, 8, 8) } else { layout.value(bytes, 4, 4) };
    Ok((layout, first.ok_or_else(cut)?))
}

impl Layout {
    fn value(self, bytes: &[u8], at: u64, size: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let field = bytes.get(at..at.checked_add(size)?)?;
        let add = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(match self.order {
            Order::Little => field.iter().rev().fold(0, add),
            Order::Big => field.iter().fold(0, add),
        })
    }
}

struct Entry {
    tag: u16,
    kind: u16,
    count: u64,
    at: u64,
}

/// One directory.
pub(crate) struct Directory<'a> {
    bytes: &'a [u8],
    layout: Layout,
    entries: Vec<Entry>,
}

impl<'a> Directory<'a> {
    /// The directory at `at` and the place of the next one (0 behind the last).
    pub(crate) fn read(bytes: &'a [u8], layout: Layout, at: u64) -> Option<(Self, u64)> {
        let (head, size, offset) = if layout.wide { (8, 20, 8) } else { (2, 12, 4) };
        let many = layout.value(bytes, at, head)?;
        let first = at.checked_add(head as u64)?;
        let end = first.checked_add(many.checked_mul(size)?)?;
        if end > bytes.len() as u64 {
            return None;
        }
        let mut entries = Vec::with_capacity(many as usize);
        for index in 0..many {
            let entry = first + index * size;
            let kind = layout.value(bytes, entry + 2, 2)? as u16;
            let count = layout.value(bytes, entry + 4, offset)?;
            let inline = entry + 4 + offset as u64;
            let fits = width(kind).checked_mul(count).is_some_and(|many| many <= offset as u64);
            let at = if fits { inline } else { layout.value(bytes, inline, offset)? };
            entries.push(Entry { tag: layout.value(bytes, entry, 2)? as u16, kind, count, at });
        }
        // A file that ends right behind its last directory, without the closing zero, is seen in the wild.
        let next = layout.value(bytes, end, offset).unwrap_or(0);
        Some((Self { bytes, layout, entries }, next))
    }

    pub(crate) fn order(&self) -> Order {
        self.layout.order
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    /// The values of a tag of whole numbers; as many as lie in the file.
    pub(crate) fn numbers(&self, tag: u16) -> Vec<u64> {
        let Some(entry) = self.entry(tag) else { return Vec::new() };
        if !matches!(entry.kind, 1 | 3 | 4 | 6 | 8 | 9 | 13 | 16 | 17 | 18) {
            return Vec::new();
        }
        let size = width(entry.kind);
        (0..entry.count).map_while(|index| self.layout.value(self.bytes, entry.at.checked_add(index * size)?, size as usize)).collect()
    }

    pub(crate) fn number(&self, tag: u16) -> Option<u64> {
        let entry = self.entry(tag)?;
        if entry.count == 0 || !matches!(entry.kind, 1 | 3 | 4 | 13 | 16 | 18) {
            return None;
        }
        self.layout.value(self.bytes, entry.at, width(entry.kind) as usize)
    }

    /// The raw bytes of a tag.
    pub(crate) fn bytes(&self, tag: u16) -> &'a [u8] {
        let range = self.entry(tag).and_then(|entry| {
            let start = usize::try_from(entry.at).ok()?;
            let many = usize::try_from(entry.count.checked_mul(width(entry.kind))?).ok()?;
            self.bytes.get(start..start.checked_add(many)?)
        });
        range.unwrap_or_default()
    }

    fn ratio(&self, tag: u16) -> Option<f32> {
        let entry = self.entry(tag)?;
        match entry.kind {
            5 => {
                let above = self.layout.value(self.bytes, entry.at, 4)?;
                let below = self.layout.value(self.bytes, entry.at.checked_add(4)?, 4)?;
                (below != 0).then(|| (above as f64 / below as f64) as f32)
            }
            11 => Some(f32::from_bits(self.layout.value(self.bytes, entry.at, 4)? as u32)),
            12 => Some(f64::from_bits(self.layout.value(self.bytes, entry.at, 8)?) as f32),
            _ => self.number(tag).map(|value| value as f32),
        }
    }

    pub(crate) fn orientation(&self) -> u8 {
        self.number(274).filter(|value| (1..=8).contains(value)).unwrap_or(1) as u8
    }

    /// Tags 282, 283 and 296, where they can be believed.
    pub(crate) fn dpi(&self) -> Option<(f32, f32)> {
        let per_inch = match self.number(296).unwrap_or(2) {
            2 => 1.0,
            3 => 2.54,
            _ => return None,
        };
        let across = self.ratio(282)?;
        picture::believed(across * per_inch, self.ratio(283).unwrap_or(across) * per_inch)
    }
}

/// Bytes of one value; unknown kinds count as one byte.
fn width(kind: u16) -> u64 {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16 | 17 | 18 => 8,
        _ => 1,
    }
}
