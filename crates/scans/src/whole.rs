//! Pictures that are decoded whole: BMP, GIF (its first frame), WebP and HEIC, as telephones and chats make them.

use std::io::Cursor;

use heifer::heifer_isobmff::HeifFile;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::inspected::{Limit, PageFacts, Trouble};
use crate::kind::Kind;
use crate::limits;
use crate::picture::{self, Scale, SeeThrough};
use crate::raster::Raster;
use crate::tiff::exif;

/// Millions of pixels that can be held whole, with four bytes each, in the memory of the worker.
const MEGAPIXELS: u64 = 80;

/// The one page of the picture, which was decoded to its end.
pub(crate) fn inspect(bytes: &[u8], kind: Kind) -> Result<Vec<PageFacts>, Trouble> {
    let raster = decode(bytes, kind)?;
    Ok(vec![PageFacts::of_picture(raster.width, raster.height, dpi(bytes, kind), 1)])
}

pub(crate) fn draw(bytes: &[u8], kind: Kind, scale: Scale) -> Result<Raster, Trouble> {
    let raster = decode(bytes, kind)?;
    let wanted = picture::wanted(raster.width, raster.height, dpi(bytes, kind), scale);
    Ok(raster.resized(wanted.0, wanted.1))
}

/// Believable dots per inch; of these kinds only BMP states any worth believing.
pub fn dpi(bytes: &[u8], kind: Kind) -> Option<(f32, f32)> {
    // Pixels per metre stand at 38 and 42 of the header (BITMAPINFOHEADER and what follows it).
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if kind != Kind::Bmp || number(14)? < 40 {
        return None;
    }
    let inch = |metre: u32| metre as f32 * 0.0254;
    picture::believed(inch(number(38)?), inch(number(42)?))
}

fn decode(bytes: &[u8], kind: Kind) -> Result<Raster, Trouble> {
    match kind {
        Kind::Heic => heic(bytes),
        Kind::Bmp => known(bytes, ImageFormat::Bmp),
        Kind::Gif => known(bytes, ImageFormat::Gif),
        Kind::Webp => known(bytes, ImageFormat::WebP),
        _ => Err(Trouble::Unsupported),
    }
}

/// The picture apart from its alpha.
pub(crate) fn see_through(bytes: &[u8], kind: Kind) -> Result<Option<SeeThrough>, Trouble> {
    let format = match kind {
        Kind::Bmp => ImageFormat::Bmp,
        Kind::Gif => ImageFormat::Gif,
        _ => ImageFormat::WebP,
    };
    let (picture, _) = opened(bytes, format)?;
    if !picture.color().has_alpha() {
        return Ok(None);
    }
    Ok(SeeThrough::apart(picture.width(), picture.height(), 4, picture.into_rgba8().as_raw()))
}

/// The picture, and how it is to be turned (EXIF).
fn opened(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, u8), Trouble> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(trouble)?;
    let (width, height) = decoder.dimensions();
    fits(width, height)?;
    let block = decoder.exif_metadata().map_err(trouble)?.unwrap_or_default();
    // Many programs begin the block as it begins in a JPEG.
    let orientation = exif(block.strip_prefix(b"Exif\0\0").unwrap_or(&block)).orientation;
    Ok((DynamicImage::from_decoder(decoder).map_err(trouble)?, orientation))
}

fn known(bytes: &[u8], format: ImageFormat) -> Result<Raster, Trouble> {
    let (picture, orientation) = opened(bytes, format)?;
    let (width, height) = (picture.width(), picture.height());
    let raster = if picture.color().has_alpha() {
        Raster::new(width, height, 3, on_white(picture.into_rgba8().as_raw()))
    } else if picture.color().has_color() {
        Raster::new(width, height, 3, picture.into_rgb8().into_raw())
    } else {
        Raster::new(width, height, 1, picture.into_luma8().into_raw())
    };
    Ok(raster.oriented(orientation))
}

/// Turned and mirrored as the file says by the reader itself; colours as sRGB where its profile can be read.
fn heic(bytes: &[u8]) -> Result<Raster, Trouble> {
    // Asked first: the reader calls a picture over its limit an invalid file.
    let stated = HeifFile::parse(bytes).ok().and_then(|file| file.image_size(file.primary_id).ok().flatten());
    if let Some((width, height)) = stated {
        fits(width, height)?;
    }
    let options = heifer::Options { max_threads: 1, max_pixels: MEGAPIXELS * 1_000_000 };
    let picture = heifer::decode_srgb_rgba8(bytes, &options).or_else(|_| heifer::decode_rgba8(bytes, &options));
    let picture = picture.map_err(|error| match error {
        heifer::Error::Unsupported(_) => Trouble::Unsupported,
        other => Trouble::damaged(other.to_string()),
    })?;
    fits(picture.width, picture.height)?;
    Ok(Raster::new(picture.width, picture.height, 3, on_white(&picture.data)))
}

pub(crate) fn fits(width: u32, height: u32) -> Result<(), Trouble> {
    limits::picture(width.into(), height.into())?;
    let found = (u64::from(width) * u64::from(height)).div_ceil(1_000_000);
    if found > MEGAPIXELS { Err(Trouble::OverLimit { limit: Limit::Megapixels, found, most: MEGAPIXELS }) } else { Ok(()) }
}

fn on_white(rgba: &[u8]) -> Vec<u8> {
    let mut samples = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        samples.extend(pixel[..3].iter().map(|sample| ((u32::from(*sample) * alpha + 255 * (255 - alpha) + 127) / 255) as u8));
    }
    samples
}

fn trouble(error: ImageError) -> Trouble {
    match error {
        ImageError::Unsupported(_) => Trouble::Unsupported,
        ImageError::Limits(_) => Trouble::unusual("needs more memory than it may have"),
        other => Trouble::damaged(other.to_string()),
    }
}
