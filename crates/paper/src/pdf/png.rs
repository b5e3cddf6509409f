//! A PNG without transparency goes into the package as it is: a PDF reads the same compressed rows.

use std::ops::Range;

use super::mapped::Mapped;
use super::objects::Objects;
use super::piece::Piece;
use super::refusal::Refusal;
use super::syntax;

/// The facts of a PNG, from its chunks.
struct Header {
    width: u32,
    height: u32,
    bits: u8,
    /// 0 grey, 2 RGB, 3 palette, 4 and 6 with alpha.
    colour: u8,
    interlaced: bool,
    transparent: bool,
    palette: Range<usize>,
    rows: Vec<Range<usize>>,
    dpi: Option<(f32, f32)>,
}

/// # Errors
/// [`Refusal::Unfit`] for transparency and interlacing, which have to be decoded.
pub fn pass(objects: &mut Objects, mapped: &Mapped) -> Result<Piece, Refusal> {
    let bytes: &[u8] = mapped.as_ref();
    let header = header(bytes).ok_or_else(|| Refusal::unfit("a damaged PNG"))?;
    if header.interlaced || header.transparent || matches!(header.colour, 4 | 6) {
        return Err(Refusal::unfit("a PNG that is transparent or interlaced"));
    }
    let (width, height, bits) = (header.width, header.height, header.bits);
    let colours = if header.colour == 2 { 3 } else { 1 };
    let mut entries = format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent {bits}/ColorSpace").into_bytes();
    match header.colour {
        0 => entries.extend_from_slice(b"/DeviceGray"),
        2 => entries.extend_from_slice(b"/DeviceRGB"),
        _ => {
            let palette = &bytes[header.palette.clone()];
            if palette.len() < 3 || !palette.len().is_multiple_of(3) {
                return Err(Refusal::unfit("a PNG without its palette"));
            }
            entries.extend_from_slice(format!("[/Indexed/DeviceRGB {}", palette.len() / 3 - 1).as_bytes());
            syntax::bytes(&mut entries, palette);
            entries.push(b']');
        }
    }
    entries.extend_from_slice(
        format!("/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors {colours}/BitsPerComponent {bits}/Columns {width}>>").as_bytes(),
    );
    let id = objects.reserve();
    objects.stream_of_parts(id, &entries, header.rows.iter().map(|rows| &bytes[rows.clone()]))?;
    Ok(Piece::image(id, width, height, 1, header.dpi))
}

/// Stated dots per inch.
pub fn dpi(mapped: &Mapped) -> Option<(f32, f32)> {
    header(mapped.as_ref())?.dpi
}

fn header(bytes: &[u8]) -> Option<Header> {
    const FIRST_CHUNK: usize = 8;
    let word = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let mut header: Option<Header> = None;
    let mut at = FIRST_CHUNK;
    loop {
        let (length, kind) = (word(at)? as usize, bytes.get(at + 4..at + 8)?);
        let data = at + 8..(at + 8).checked_add(length)?;
        bytes.get(data.clone())?;
        match (kind, &mut header) {
            (b"IHDR", none) if length >= 13 => {
                let [bits, colour, _, _, interlace] = bytes[data.start + 8..data.start + 13] else { return None };
                let (width, height) = (word(data.start)?, word(data.start + 4)?);
                *none = Some(Header {
                    width,
                    height,
                    bits,
                    colour,
                    interlaced: interlace != 0,
                    transparent: false,
                    palette: 0..0,
                    rows: Vec::new(),
                    dpi: None,
                });
            }
            (b"PLTE", Some(header)) => header.palette = data.clone(),
            (b"tRNS", Some(header)) => header.transparent = true,
            (b"pHYs", Some(header)) if length >= 9 && bytes[data.start + 8] == 1 => {
                let per_inch = |per_metre: u32| per_metre as f32 * 0.0254;
                let dpi = (per_inch(word(data.start)?), per_inch(word(data.start + 4)?));
                let sane = |dpi: f32| (30.0..=2400.0).contains(&dpi);
                header.dpi = (sane(dpi.0) && sane(dpi.1)).then_some(dpi);
            }
            (b"IDAT", Some(header)) => header.rows.push(data.clone()),
            (b"IEND", header) => return header.take().filter(|header| !header.rows.is_empty()),
            _ => {}
        }
        at = data.end + 4;
    }
}
