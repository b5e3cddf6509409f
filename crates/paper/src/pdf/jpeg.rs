//! A JPEG goes into the package as it is; only how it is shown is written anew.

use scans::jpeg::{self, JpegHeader};

use super::mapped::Mapped;
use super::objects::Objects;
use super::piece::Piece;
use super::refusal::Refusal;

/// The frame comes within so many bytes, behind thumbnails and colour profiles, in all but odd files. Its picture data is
/// not looked at, so that a large scan is not read twice.
const FRONT: usize = 256 << 10;

pub fn pass(objects: &mut Objects, mapped: &Mapped) -> Result<Piece, Refusal> {
    let bytes: &[u8] = mapped.as_ref();
    let header = jpeg::header(&bytes[..bytes.len().min(FRONT)]).or_else(|_| jpeg::header(bytes));
    let header = header.map_err(|trouble| Refusal::unfit(trouble.to_string()))?;
    let id = objects.reserve();
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent 8/Filter/DCTDecode{}",
        header.width,
        header.height,
        colours(&header)?
    );
    match mapped.place_of(bytes) {
        Some((file, offset)) => objects.stream_from(id, entries.as_bytes(), file, offset, bytes.len() as u64)?,
        None => objects.stream(id, entries, bytes)?,
    }
    Ok(Piece::image(id, header.width, header.height, header.orientation, header.dpi))
}

/// Baseline, extended and progressive frames of 8 bits are what a PDF may hold.
fn colours(header: &JpegHeader) -> Result<&'static str, Refusal> {
    if header.bits != 8 || !matches!(header.frame, 0xC0..=0xC2) {
        return Err(Refusal::unfit(format!("a JPEG of frame {:02x} and {} bits", header.frame, header.bits)));
    }
    match (header.components, header.adobe_transform) {
        (1, _) => Ok("/ColorSpace/DeviceGray"),
        (3, _) => Ok("/ColorSpace/DeviceRGB"),
        // Adobe writes ink as what is left white.
        (4, Some(_)) => Ok("/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]"),
        (4, None) => Ok("/ColorSpace/DeviceCMYK"),
        (other, _) => Err(Refusal::unfit(format!("a JPEG of {other} components"))),
    }
}
