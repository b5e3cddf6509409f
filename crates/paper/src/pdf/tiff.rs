//! A G4 page of a TIFF goes into the package without being decoded; its strips become one picture.
//!
//! Strips side by side as pictures of their own show white seams when a viewer makes them smaller.

use std::borrow::Cow;

use scans::tiff::{self, TiffPage};

use super::g4;
use super::mapped::Mapped;
use super::objects::Objects;
use super::piece::Piece;
use super::refusal::Refusal;

const G4: u16 = 4;

/// # Errors
/// [`Refusal::Unfit`] for every other compression, which has to be decoded.
pub fn pass(objects: &mut Objects, mapped: &Mapped, pages: &[TiffPage], index: usize) -> Result<Piece, Refusal> {
    let page = pages.get(index).ok_or_else(|| Refusal::unfit("the file has no such page"))?;
    if page.compression != G4 || page.photometric > 1 || page.bits != 1 || page.samples != 1 || page.tile_width.is_some() {
        return Err(Refusal::unfit("a TIFF that is not plain G4"));
    }
    let strips = strips(mapped.as_ref(), page).ok_or_else(|| Refusal::unfit("a strip lies outside of the file"))?;
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode\
         /DecodeParms<</K -1/Columns {width}/Rows {height}/BlackIs1 {black_is_1}>>",
        width = page.width,
        height = page.height,
        black_is_1 = page.photometric == 1,
    );
    let id = objects.reserve();
    match strips.as_slice() {
        [(only, _)] => objects.stream(id, entries, only)?,
        many => {
            let stitched = g4::stitch(many, page.width).ok_or_else(|| Refusal::unfit("a damaged G4 strip"))?;
            objects.stream(id, entries, &stitched)?;
        }
    }
    Ok(Piece::image(id, page.width, page.height, page.orientation, page.dpi))
}

/// The strips with their numbers of rows, the first pixel in the highest bit.
fn strips<'a>(bytes: &'a [u8], page: &TiffPage) -> Option<Vec<(Cow<'a, [u8]>, u32)>> {
    let mut row = 0;
    let mut strips = Vec::with_capacity(page.strips.len());
    for (offset, length) in &page.strips {
        let begin = usize::try_from(*offset).ok()?;
        let strip = bytes.get(begin..begin.checked_add(usize::try_from(*length).ok()?)?)?;
        let strip = if page.fill_order == 2 { strip.iter().map(|byte| byte.reverse_bits()).collect() } else { Cow::Borrowed(strip) };
        let rows = page.rows_per_strip.min(page.height.checked_sub(row)?);
        row += rows;
        strips.push((strip, rows));
    }
    Some(strips)
}

/// The pages of a TIFF, or why they can't be told.
pub fn pages(mapped: &Mapped) -> Result<Vec<TiffPage>, String> {
    tiff::pages(mapped.as_ref()).map_err(|trouble| trouble.to_string())
}
