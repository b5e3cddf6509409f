//! A picture that had to be decoded goes into the package without any loss, or as a JPEG where it was drawn anew.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use scans::Raster;

use super::objects::{Id, Objects};
use super::refusal::Refusal;

/// Half the time of zlib's own choice (6), for pictures that are less than one in a hundred larger.
const LEVEL: u32 = 4;

/// Writes the picture: bilevel as one bit a pixel, all else as it is, each row as the difference to the row above.
pub fn write(objects: &mut Objects, raster: &Raster) -> io::Result<Id> {
    let id = objects.reserve();
    let (width, height) = (raster.width, raster.height);
    let bilevel = raster.is_bilevel();
    let (bits, colours) = if bilevel { (1, 1) } else { (8, raster.channels()) };
    let space = if colours == 1 { "DeviceGray" } else { "DeviceRGB" };
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent {bits}/ColorSpace/{space}/Filter/FlateDecode\
         /DecodeParms<</Predictor 15/Colors {colours}/BitsPerComponent {bits}/Columns {width}>>"
    );
    let samples = width as usize * raster.channels();
    let mut above = Vec::new();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
    for row in raster.samples().chunks_exact(samples.max(1)) {
        let row = if bilevel { packed(row) } else { row.to_vec() };
        above.resize(row.len(), 0);
        let difference: Vec<u8> = row.iter().zip(&above).map(|(now, up)| now.wrapping_sub(*up)).collect();
        encoder.write_all(&[2])?;
        encoder.write_all(&difference)?;
        above = row;
    }
    objects.stream(id, entries, &encoder.finish()?)?;
    Ok(id)
}

/// Writes the picture as a JPEG of a quality (1–100); a bilevel one loses nothing.
pub fn write_jpeg(objects: &mut Objects, raster: &Raster, quality: u8) -> Result<Id, Refusal> {
    if raster.is_bilevel() {
        return Ok(write(objects, raster)?);
    }
    let jpeg = raster.to_jpeg(quality).map_err(|trouble| Refusal::unfit(trouble.to_string()))?;
    let space = if raster.channels() == 1 { "DeviceGray" } else { "DeviceRGB" };
    let (width, height) = (raster.width, raster.height);
    let entries =
        format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/{space}/Filter/DCTDecode");
    let id = objects.reserve();
    objects.stream(id, entries, &jpeg)?;
    Ok(id)
}

fn packed(row: &[u8]) -> Vec<u8> {
    row.chunks(8).map(|eight| eight.iter().enumerate().fold(0, |byte, (at, sample)| byte | (sample & 0x80) >> at)).collect()
}
