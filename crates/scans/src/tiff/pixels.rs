//! From the packed rows of a TIFF page to grey or RGB.

use jpeg_decoder::ColorTransform;

use super::TiffPage;
use super::unpack::unpack;
use crate::inspected::Trouble;
use crate::jpeg;
use crate::png::on_white;
use crate::raster::Raster;
use crate::rows::Rows;

/// The page as stored, at `wanted` or larger.
pub(super) fn decode(bytes: &[u8], page: &TiffPage, wanted: (u32, u32)) -> Result<Raster, Trouble> {
    if page.compression == 6 {
        return old_jpeg(bytes, page, wanted);
    }
    let colour = Colour::of(page)?;
    let mut rows = Rows::towards(wanted, page.width, page.height, colour.channels());
    let (width, height) = (page.width as usize, page.height as usize);
    let across = page.tile_width.map_or(width, |tile| tile as usize);
    let columns = width.div_ceil(across);
    let down = page.rows_per_strip as usize;
    let samples = usize::from(page.samples);
    let bands = height.div_ceil(down);
    let mut line = Vec::with_capacity(width * samples);
    let mut light = Vec::with_capacity(width * colour.channels());
    for band in 0..bands {
        let tall = down.min(height - band * down);
        // A tile is stored whole even where the picture ends within it.
        let stored = if page.tile_width.is_some() { down } else { tall };
        let chunks =
            (0..columns).map(|column| chunk(bytes, page, band, column, columns, bands, across, stored)).collect::<Result<Vec<_>, _>>()?;
        for y in 0..tall {
            line.clear();
            for (column, chunk) in chunks.iter().enumerate() {
                let shown = across.min(width - column * across);
                line.extend_from_slice(&chunk[y * across * samples..][..shown * samples]);
            }
            light.clear();
            colour.light(&line, samples, &mut light);
            rows.push(&light);
        }
    }
    rows.finish()
}

/// Whether every strip can be unpacked to its end; no picture is made of them.
pub(super) fn check(bytes: &[u8], page: &TiffPage) -> Result<(), Trouble> {
    if matches!(page.compression, 6 | 7) {
        return decode(bytes, page, (1, 1)).map(drop);
    }
    Colour::of(page)?;
    let (width, height) = (page.width as usize, page.height as usize);
    let across = page.tile_width.map_or(width, |tile| tile as usize);
    let down = page.rows_per_strip as usize;
    let samples = usize::from(page.samples);
    let (planes, samples) = if page.planar == 2 && samples > 1 { (samples, 1) } else { (1, samples) };
    let (columns, bands) = (width.div_ceil(across), height.div_ceil(down));
    for strip in 0..planes * bands * columns {
        let band = strip / columns % bands;
        let rows = if page.tile_width.is_some() { down } else { down.min(height - band * down) };
        unpacked(bytes, page, strip, across, rows, samples)?;
    }
    Ok(())
}

/// One strip or tile as samples of 8 bits (or indices), side by side, `across * rows * samples` of them.
#[allow(clippy::too_many_arguments)]
fn chunk(
    bytes: &[u8],
    page: &TiffPage,
    band: usize,
    column: usize,
    columns: usize,
    bands: usize,
    across: usize,
    rows: usize,
) -> Result<Vec<u8>, Trouble> {
    let samples = usize::from(page.samples);
    let at = band * columns + column;
    if page.planar != 2 || samples == 1 {
        return plane(bytes, page, at, across, rows, samples);
    }
    let mut together = vec![0; across * rows * samples];
    for sample in 0..samples {
        let one = plane(bytes, page, sample * columns * bands + at, across, rows, 1)?;
        for (pixel, value) in together.chunks_exact_mut(samples).zip(one) {
            pixel[sample] = value;
        }
    }
    Ok(together)
}

fn plane(bytes: &[u8], page: &TiffPage, strip: usize, across: usize, rows: usize, samples: usize) -> Result<Vec<u8>, Trouble> {
    if page.compression == 7 {
        return jpeg_strip(page, packed(bytes, page, strip)?, across, rows, samples);
    }
    let Unpacked { mut bytes, stride, coarse } = unpacked(bytes, page, strip, across, rows, samples)?;
    if coarse {
        return Ok(coarse_colour(page, &bytes, across, rows));
    }
    if page.predictor == 2 {
        undo_differences(page, &mut bytes, stride, samples);
    }
    Ok(widen(page, bytes, stride, across * samples))
}

fn packed<'b>(bytes: &'b [u8], page: &TiffPage, strip: usize) -> Result<&'b [u8], Trouble> {
    let missing = || Trouble::damaged("its picture is cut short");
    let &(offset, length) = page.strips.get(strip).ok_or_else(missing)?;
    bytes.get(offset as usize..(offset + length) as usize).ok_or_else(missing)
}

/// A strip as it was before it was packed.
struct Unpacked {
    bytes: Vec<u8>,
    /// Bytes of a row.
    stride: usize,
    /// YCbCr in blocks.
    coarse: bool,
}

fn unpacked(bytes: &[u8], page: &TiffPage, strip: usize, across: usize, rows: usize, samples: usize) -> Result<Unpacked, Trouble> {
    let packed = packed(bytes, page, strip)?;
    let coarse = page.photometric == 6 && samples == 3;
    if page.predictor == 3 && !coarse {
        return Err(Trouble::unusual("TIFF of floating numbers"));
    }
    let (rows, stride) = if coarse {
        let (h, v) = (usize::from(page.subsampling.0), usize::from(page.subsampling.1));
        (rows.div_ceil(v), across.div_ceil(h) * (h * v + 2))
    } else {
        (rows, (across * samples * usize::from(page.bits)).div_ceil(8))
    };
    Ok(Unpacked { bytes: unpack(page, packed, rows, across as u32, stride)?, stride, coarse })
}

fn jpeg_strip(page: &TiffPage, packed: &[u8], across: usize, rows: usize, samples: usize) -> Result<Vec<u8>, Trouble> {
    let joined;
    let tables = &page.jpeg_tables;
    let stream = if tables.len() > 4 && packed.len() > 2 {
        // Both are JPEG streams of their own: without the end of one and the start of the other they are one.
        let tables = tables.strip_suffix(&[0xFF, 0xD9]).unwrap_or(tables);
        joined = [tables, &packed[2..]].concat();
        &joined
    } else {
        packed
    };
    let colour = match (page.photometric, samples) {
        (2, 3) => Some(ColorTransform::RGB),
        (6, 3) => Some(ColorTransform::YCbCr),
        (5, 4) => Some(ColorTransform::CMYK),
        _ => None,
    };
    let (width, height, channels, decoded) = jpeg::decode_strip(stream, colour)?;
    let (width, height) = (width as usize, height as usize);
    if channels != samples || width < across || height < rows {
        return Err(Trouble::damaged("its JPEG strips do not fit the page"));
    }
    let mut fitted = Vec::with_capacity(across * rows * samples);
    for row in decoded.chunks_exact(width * samples).take(rows) {
        fitted.extend_from_slice(&row[..across * samples]);
    }
    Ok(fitted)
}

/// YCbCr without JPEG: blocks of light samples followed by one of each colour.
fn coarse_colour(page: &TiffPage, unpacked: &[u8], across: usize, rows: usize) -> Vec<u8> {
    let (h, v) = (usize::from(page.subsampling.0), usize::from(page.subsampling.1));
    let blocks = across.div_ceil(h);
    let block = h * v + 2;
    let mut rgb = vec![0; across * rows * 3];
    for (index, data) in unpacked.chunks_exact(block).enumerate() {
        let (left, top) = (index % blocks * h, index / blocks * v);
        for y in top..(top + v).min(rows) {
            for x in left..(left + h).min(across) {
                let light = data[(y - top) * h + x - left];
                rgb[(y * across + x) * 3..][..3].copy_from_slice(&from_ycbcr(light, data[h * v], data[h * v + 1]));
            }
        }
    }
    rgb
}

fn from_ycbcr(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(|light| light.round() as u8)
}

fn old_jpeg(bytes: &[u8], page: &TiffPage, wanted: (u32, u32)) -> Result<Raster, Trouble> {
    let whole = page.old_jpeg.and_then(|(offset, length)| {
        let end = offset.saturating_add(length).min(bytes.len() as u64);
        bytes.get(offset as usize..end as usize).filter(|stream| stream.starts_with(&[0xFF, 0xD8]))
    });
    let stream = whole.ok_or_else(|| Trouble::unusual("TIFF compression 6 without a whole JPEG"))?;
    let (width, height, channels, samples) = jpeg::decode_strip(stream, None)?;
    let mut rows = Rows::towards(wanted, width, height, if channels == 1 { 1 } else { 3 });
    for row in samples.chunks_exact(width as usize * channels) {
        match channels {
            4 => rows.push(&row.chunks_exact(4).flat_map(|p| jpeg::from_cmyk(p[0], p[1], p[2], p[3])).collect::<Vec<u8>>()),
            _ => rows.push(row),
        }
    }
    rows.finish()
}

fn undo_differences(page: &TiffPage, unpacked: &mut [u8], stride: usize, samples: usize) {
    for row in unpacked.chunks_exact_mut(stride) {
        match page.bits {
            8 => {
                for at in samples..row.len() {
                    row[at] = row[at].wrapping_add(row[at - samples]);
                }
            }
            16 => {
                let read = if page.little_endian { u16::from_le_bytes } else { u16::from_be_bytes };
                let write = if page.little_endian { u16::to_le_bytes } else { u16::to_be_bytes };
                for at in (samples * 2..row.len() - 1).step_by(2) {
                    let before = read([row[at - samples * 2], row[at - samples * 2 + 1]]);
                    let sum = read([row[at], row[at + 1]]).wrapping_add(before);
                    row[at..at + 2].copy_from_slice(&write(sum));
                }
            }
            _ => {}
        }
    }
}

/// The eight values of every byte of one-bit samples.
static OF_BITS: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            table[byte][bit] = (byte >> (7 - bit) & 1) as u8;
            bit += 1;
        }
        byte += 1;
    }
    table
};

/// Samples of any depth to one byte each: small ones as they are, large ones by their highest byte.
fn widen(page: &TiffPage, unpacked: Vec<u8>, stride: usize, values: usize) -> Vec<u8> {
    let bits = usize::from(page.bits);
    match bits {
        8 => unpacked,
        1 => {
            let mut out = Vec::with_capacity(unpacked.len() / stride.max(1) * values);
            for row in unpacked.chunks_exact(stride) {
                let (whole, end) = (out.len() + values / 8 * 8, out.len() + values);
                out.extend(row[..values / 8].iter().flat_map(|byte| OF_BITS[usize::from(*byte)]));
                debug_assert_eq!(out.len(), whole);
                out.extend(row.get(values / 8).into_iter().flat_map(|byte| OF_BITS[usize::from(*byte)]).take(end - whole));
            }
            out
        }
        16 | 32 | 64 => {
            let (size, high) = (bits / 8, if page.little_endian { bits / 8 - 1 } else { 0 });
            unpacked.chunks_exact(size).map(|value| value[high]).collect()
        }
        _ => {
            let value = |row: &[u8], at: usize| {
                let found =
                    (at * bits..(at + 1) * bits).fold(0_u32, |value, bit| value << 1 | u32::from(row[bit / 8] >> (7 - bit % 8) & 1));
                if bits > 8 { (found >> (bits - 8)) as u8 } else { found as u8 }
            };
            unpacked.chunks_exact(stride).flat_map(|row| (0..values).map(move |at| value(row, at))).collect()
        }
    }
}

/// How samples become light.
#[allow(clippy::large_enum_variant, reason = "one lives while a page is decoded")]
enum Colour {
    /// What every value of a sample is in grey.
    Grey([u8; 256]),
    Palette([[u8; 3]; 256]),
    Rgb,
    Cmyk,
    /// Grey or RGB with an alpha behind the colour; `multiplied` when the colour was scaled by it already.
    Alpha {
        colours: usize,
        multiplied: bool,
    },
}

impl Colour {
    fn of(page: &TiffPage) -> Result<Self, Trouble> {
        if page.sample_format == 3 || page.bits > 32 {
            return Err(Trouble::unusual("TIFF of floating numbers"));
        }
        let colours = match page.photometric {
            0 | 1 | 3 | 4 => 1,
            2 | 6 => 3,
            5 => 4,
            other => return Err(Trouble::unusual(format!("TIFF colours of kind {other}"))),
        };
        if usize::from(page.samples) < colours || (colours > 1 && page.bits < 8) || (page.photometric == 6 && page.bits != 8) {
            return Err(Trouble::unusual(format!("TIFF pixels of {} samples of {} bits", page.samples, page.bits)));
        }
        if matches!(page.compression, 2..=4) && (page.bits != 1 || page.samples != 1) {
            return Err(Trouble::damaged("fax code for a picture that is not black and white"));
        }
        if page.compression == 7 && page.bits != 8 {
            return Err(Trouble::unusual(format!("JPEG of {} bits", page.bits)));
        }
        let alpha = page.extra_samples.first().filter(|kind| matches!(kind, 1 | 2) && usize::from(page.samples) > colours);
        Ok(match (page.photometric, alpha) {
            (1, Some(kind)) if page.bits >= 8 => Self::Alpha { colours: 1, multiplied: *kind == 1 },
            (2, Some(kind)) => Self::Alpha { colours: 3, multiplied: *kind == 1 },
            (3, _) => {
                let mut table = [[0; 3]; 256];
                for (entry, colour) in table.iter_mut().zip(&page.palette) {
                    *entry = *colour;
                }
                Self::Palette(table)
            }
            (5, _) => Self::Cmyk,
            (2 | 6, _) => Self::Rgb,
            (kind, _) => {
                let most = if page.bits >= 8 { 255 } else { (1_u32 << page.bits) - 1 };
                let signed = page.sample_format == 2 && page.bits >= 8;
                Self::Grey(std::array::from_fn(|value| {
                    let value = if signed { (value as u32) ^ 0x80 } else { (value as u32).min(most) };
                    let light = (value * 255 / most) as u8;
                    if kind == 0 { 255 - light } else { light }
                }))
            }
        })
    }

    fn channels(&self) -> usize {
        match self {
            Self::Grey(_) | Self::Alpha { colours: 1, .. } => 1,
            Self::Palette(_) | Self::Rgb | Self::Cmyk | Self::Alpha { .. } => 3,
        }
    }

    fn light(&self, line: &[u8], samples: usize, light: &mut Vec<u8>) {
        let pixels = line.chunks_exact(samples);
        match self {
            Self::Grey(table) => light.extend(pixels.map(|pixel| table[usize::from(pixel[0])])),
            Self::Palette(table) => pixels.for_each(|pixel| light.extend_from_slice(&table[usize::from(pixel[0])])),
            Self::Rgb => pixels.for_each(|pixel| light.extend_from_slice(&pixel[..3])),
            Self::Cmyk => pixels.for_each(|p| light.extend_from_slice(&jpeg::from_cmyk(p[0], p[1], p[2], p[3]))),
            Self::Alpha { colours, multiplied } => pixels.for_each(|pixel| {
                let alpha = pixel[*colours];
                let laid = |sample: u8| if *multiplied { sample.saturating_add(255 - alpha) } else { on_white(sample, alpha) };
                light.extend(pixel[..*colours].iter().map(|sample| laid(*sample)));
            }),
        }
    }
}
