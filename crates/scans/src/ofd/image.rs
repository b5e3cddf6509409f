//! Pictures as a PDF holds them: a JPEG as it is, any other without loss, what is see-through with its alpha beside it.

use hayro::kurbo::Affine;

use super::jbig2;
use super::package::Package;
use super::write::Book;
use crate::inspected::{Trouble, Undrawn};
use crate::jpeg::{self, JpegHeader};
use crate::kind::Kind;
use crate::limits;
use crate::pdf::objects::Stopped;
use crate::picture::{self, Scale};

/// From the square of 1 × 1 that a PDF draws a picture in, its foot at 0, to the one of an OFD, its head at 0.
pub(super) fn upright(placed: Affine) -> Affine {
    placed * Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 1.0])
}

/// The bytes of a picture.
pub(super) fn read(package: &mut Package<'_>, path: &str) -> Result<Vec<u8>, Trouble> {
    package.raw(path, limits::HELD_IN_MEMORY)
}

/// Writes a picture, seen through the mask that is object `mask`; the number of its object.
pub(super) fn write(book: &mut Book<'_, '_>, bytes: &[u8], mask: Option<u32>) -> Result<u32, Stopped> {
    let through = mask.map(|mask| format!("/SMask {mask} 0 R")).unwrap_or_default();
    if jbig2::is(bytes) {
        return jbig2::write(book, bytes, &through);
    }
    let kind = Kind::sniff(bytes);
    if let (Kind::Jpeg, Ok(JpegHeader { width, height, components: components @ (1 | 3), bits: 8, frame: 0xC0..=0xC2, .. })) =
        (kind, jpeg::header(bytes))
    {
        let number = book.objects.reserve();
        let entries = format!("{}{through}/Filter/DCTDecode", entries(width, height, usize::from(components)));
        book.objects.stream(number, entries.as_bytes(), bytes)?;
        return Ok(number);
    }
    if !matches!(kind, Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Bmp | Kind::Gif) {
        return Err(Trouble::from(Undrawn::Picture).into());
    }
    if let Some(picture) = picture::see_through(bytes, kind)? {
        if mask.is_some() {
            return Err(Trouble::from(Undrawn::Mask).into());
        }
        let (number, mask) = (book.objects.reserve(), book.objects.reserve());
        let entries = format!("{}/SMask {mask} 0 R", entries(picture.width, picture.height, picture.channels));
        book.objects.packed(number, entries.as_bytes(), &picture.colours)?;
        book.objects.packed(mask, self::entries(picture.width, picture.height, 1).as_bytes(), &picture.alpha)?;
        return Ok(number);
    }
    let raster = picture::draw(bytes, kind, 0, Scale::Full)?;
    let number = book.objects.reserve();
    let entries = format!("{}{through}", entries(raster.width, raster.height, raster.channels()));
    book.objects.packed(number, entries.as_bytes(), raster.samples())?;
    Ok(number)
}

/// Writes a picture as the mask of another, which is seen where this one is white (GB/T 33190-2016, 10); its object's number.
pub(super) fn mask(book: &mut Book<'_, '_>, bytes: &[u8]) -> Result<u32, Stopped> {
    if jbig2::is(bytes) {
        return jbig2::write(book, bytes, "");
    }
    let kind = Kind::sniff(bytes);
    if !matches!(kind, Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Bmp | Kind::Gif) {
        return Err(Trouble::from(Undrawn::Mask).into());
    }
    let raster = picture::draw(bytes, kind, 0, Scale::Full)?;
    let grey = |pixel: &[u8]| pixel.iter().map(|sample| u32::from(*sample)).sum::<u32>() / pixel.len() as u32;
    let samples: Vec<u8> = raster.samples().chunks_exact(raster.channels()).map(|pixel| grey(pixel) as u8).collect();
    let number = book.objects.reserve();
    book.objects.packed(number, entries(raster.width, raster.height, 1).as_bytes(), &samples)?;
    Ok(number)
}

fn entries(width: impl std::fmt::Display, height: impl std::fmt::Display, channels: usize) -> String {
    let space = if channels == 1 { "DeviceGray" } else { "DeviceRGB" };
    format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/{space}")
}
