//! JPEG: what its header says, whether it is whole, and its picture.

use jpeg_decoder::{CodingProcess, ColorTransform, Decoder, PixelFormat};

use crate::inspected::{Limit, PageFacts, Trouble};
use crate::limits;
use crate::picture::{self, Scale};
use crate::raster::Raster;
use crate::tiff::exif;

/// What the markers of a JPEG say, without decoding it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JpegHeader {
    /// Size as stored, in pixels, before the orientation is applied.
    pub width: u32,
    pub height: u32,
    /// 1 grey, 3 colour, 4 CMYK.
    pub components: u8,
    /// Bits a sample.
    pub bits: u8,
    pub progressive: bool,
    /// The transform of the Adobe marker: 0 RGB or CMYK, 1 YCbCr, 2 YCCK; `None` without that marker. A picture of
    /// four components with an Adobe marker is stored inverted.
    pub adobe_transform: Option<u8>,
    /// EXIF orientation, 1–8.
    pub orientation: u8,
    /// Believable dots per inch, across and down as stored; JFIF before EXIF.
    pub dpi: Option<(f32, f32)>,
    /// The end marker follows the picture data.
    pub whole: bool,
    /// Number of the frame marker (0xC0 baseline, 0xC1 extended, 0xC2 progressive).
    pub frame: u8,
    /// Product of the sampling factors of all components over that of the largest, in quarters of a full plane.
    sampling: u32,
}

/// Reads the markers.
///
/// # Errors
/// [`Trouble::Damaged`] when there is no frame, [`Trouble::OverLimit`] when the frame claims too much.
pub fn header(bytes: &[u8]) -> Result<JpegHeader, Trouble> {
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return Err(Trouble::damaged("not a JPEG"));
    }
    let mut found: Option<JpegHeader> = None;
    let (mut adobe, mut orientation, mut jfif_dpi, mut exif_dpi) = (None, 1, None, None);
    let mut at = 2;
    let mut scans = 0_u32;
    let mut whole = false;
    while let Some((marker, after)) = next_marker(bytes, at) {
        at = after;
        match marker {
            0xD9 => {
                whole = scans > 0;
                break;
            }
            // Markers without a length.
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let Some(segment) = segment(bytes, at) else { break };
        at += segment.len() + 2;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) && found.is_none() => found = Some(frame(marker, segment)?),
            0xDA => scans += 1,
            0xE0 if segment.starts_with(b"JFIF\0") && segment.len() >= 12 => {
                let density = |at: usize| f32::from(u16::from_be_bytes([segment[at], segment[at + 1]]));
                let per_inch = match segment[7] {
                    1 => 1.0,
                    2 => 2.54,
                    _ => 0.0,
                };
                jfif_dpi = picture::believed(density(8) * per_inch, density(10) * per_inch);
            }
            0xE1 if segment.starts_with(b"Exif\0\0") => {
                let said = exif(&segment[6..]);
                orientation = said.orientation;
                exif_dpi = said.dpi;
            }
            0xEE if segment.starts_with(b"Adobe") && segment.len() >= 12 => adobe = Some(segment[11]),
            _ => {}
        }
    }
    let mut header = found.ok_or_else(|| Trouble::damaged("no picture in the JPEG"))?;
    header.adobe_transform = adobe;
    header.orientation = orientation;
    header.dpi = jfif_dpi.or(exif_dpi);
    header.whole = whole;
    Ok(header)
}

/// The EXIF of a JPEG, which stands before its frame.
pub(crate) fn exif_block(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(bytes, at)?;
        let segment = match marker {
            0xC0..=0xC3 | 0xDA => return None,
            _ => segment(bytes, after)?,
        };
        if marker == 0xE1 && segment.starts_with(b"Exif\0\0") {
            return segment.get(6..);
        }
        at = after + segment.len() + 2;
    }
}

/// The next marker at or behind `at`, and where its segment begins. Entropy-coded data, stuffed bytes, fill bytes and
/// restart markers within a scan are passed over.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        let code = *bytes.get(at + 1)?;
        match code {
            0xFF => at += 1,
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some((code, at + 2)),
        }
    }
}

fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length.max(2))
}

fn frame(marker: u8, segment: &[u8]) -> Result<JpegHeader, Trouble> {
    let &[bits, h1, h0, w1, w0, components, ref rest @ ..] = segment else {
        return Err(Trouble::damaged("the JPEG frame is cut short"));
    };
    let (width, height) = (u32::from(u16::from_be_bytes([w1, w0])), u32::from(u16::from_be_bytes([h1, h0])));
    limits::picture(width.into(), height.into())?;
    if rest.len() < usize::from(components) * 3 {
        return Err(Trouble::damaged("the JPEG frame is cut short"));
    }
    let factors = rest.chunks_exact(3).take(components.into()).map(|one| u32::from(one[1] >> 4) * u32::from(one[1] & 15));
    let (sum, most) = factors.fold((0, 1), |(sum, most), factor| (sum + factor, most.max(factor)));
    Ok(JpegHeader {
        width,
        height,
        components,
        bits,
        progressive: matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE),
        adobe_transform: None,
        orientation: 1,
        dpi: None,
        whole: false,
        frame: marker,
        sampling: (sum * 4).div_ceil(most),
    })
}

/// The one page, after the picture data was read to its end.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Vec<PageFacts>, Trouble> {
    let header = header(bytes)?;
    if !header.whole {
        return Err(Trouble::damaged("the JPEG ends before its picture does"));
    }
    // An eighth of the size: every code is read, little is kept.
    decode(bytes, &header, (1, 1))?;
    Ok(vec![PageFacts::of_picture(header.width, header.height, header.dpi, header.orientation)])
}

pub(crate) fn draw(bytes: &[u8], scale: Scale) -> Result<Raster, Trouble> {
    let header = header(bytes)?;
    let wanted = picture::wanted(header.width, header.height, header.dpi, scale);
    Ok(decode(bytes, &header, wanted)?.resized(wanted.0, wanted.1).oriented(header.orientation))
}

/// The picture at the smallest of 1/8, 1/4, 1/2 and 1 that is not below `wanted`, as stored.
fn decode(bytes: &[u8], header: &JpegHeader, wanted: (u32, u32)) -> Result<Raster, Trouble> {
    if !matches!(header.frame, 0xC0..=0xC2) {
        return Err(Trouble::unusual(format!("a JPEG of an unusual kind (frame {:X})", header.frame)));
    }
    if header.progressive {
        let coefficients = u64::from(header.width) * u64::from(header.height) * u64::from(header.sampling) / 4 * 2;
        if coefficients > limits::COEFFICIENT_BYTES {
            let megapixels = |bytes: u64| bytes * 2 / u64::from(header.sampling.max(1)) / 1_000_000;
            return Err(Trouble::OverLimit {
                limit: Limit::Megapixels,
                found: megapixels(coefficients),
                most: megapixels(limits::COEFFICIENT_BYTES),
            });
        }
    }
    let mut decoder = Decoder::new(bytes);
    let side = |length: u32| length.min(u16::MAX.into()) as u16;
    // The decoder is content with one side: a picture of one row would be made smaller along it.
    if wanted != (header.width, header.height) {
        decoder.scale(side(wanted.0), side(wanted.1)).map_err(trouble)?;
    }
    read(decoder, header.adobe_transform.is_some())
}

/// Decodes a JPEG stream within a TIFF; `colour` says how its samples are to be understood.
pub(crate) fn decode_strip(bytes: &[u8], colour: Option<ColorTransform>) -> Result<(u32, u32, usize, Vec<u8>), Trouble> {
    let mut decoder = Decoder::new(bytes);
    decoder.read_info().map_err(trouble)?;
    let info = decoder.info().ok_or_else(|| Trouble::damaged("no picture in the JPEG"))?;
    limits::picture(info.width.into(), info.height.into())?;
    if info.coding_process == CodingProcess::Lossless {
        return Err(Trouble::unusual("a JPEG without loss"));
    }
    if let Some(colour) = colour {
        decoder.set_color_transform(colour);
    }
    let mut samples = decoder.decode().map_err(trouble)?;
    let channels = info.pixel_format.pixel_bytes();
    if channels == 4 {
        // The decoder takes every CMYK for an inverted one; here it is ink as stored.
        samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    Ok((info.width.into(), info.height.into(), channels, samples))
}

fn read(mut decoder: Decoder<&[u8]>, adobe: bool) -> Result<Raster, Trouble> {
    let samples = decoder.decode().map_err(trouble)?;
    let info = decoder.info().ok_or_else(|| Trouble::damaged("no picture in the JPEG"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        PixelFormat::L8 => Ok(Raster::new(width, height, 1, samples)),
        PixelFormat::RGB24 => Ok(Raster::new(width, height, 3, samples)),
        PixelFormat::CMYK32 => {
            // The decoder takes every CMYK for inverted as Adobe writes it; without Adobe's marker it is ink as it stands.
            let ink = |sample: u8| if adobe { sample } else { 255 - sample };
            let rgb = samples.chunks_exact(4).flat_map(|p| from_cmyk(ink(p[0]), ink(p[1]), ink(p[2]), ink(p[3]))).collect();
            Ok(Raster::new(width, height, 3, rgb))
        }
        PixelFormat::L16 => Err(Trouble::unusual("a JPEG of 16 bits")),
    }
}

/// Ink (255 is full) to light, the plain way.
pub(crate) fn from_cmyk(c: u8, m: u8, y: u8, k: u8) -> [u8; 3] {
    [c, m, y].map(|ink| ((255 - u32::from(ink)) * (255 - u32::from(k)) / 255) as u8)
}

fn trouble(error: jpeg_decoder::Error) -> Trouble {
    match error {
        jpeg_decoder::Error::Unsupported(what) => Trouble::unusual(format!("a JPEG of an unusual kind ({what:?})")),
        jpeg_decoder::Error::Format(what) => Trouble::damaged(what),
        jpeg_decoder::Error::Io(_) => Trouble::damaged("the JPEG ends before its picture does"),
        jpeg_decoder::Error::Internal(what) => Trouble::damaged(what.to_string()),
    }
}
