//! PNG: every colour type, read to its end, alpha on white.

use std::io::Cursor;

use crate::inspected::{PageFacts, Trouble};
use crate::limits;
use crate::picture::{self, Scale, SeeThrough};
use crate::raster::Raster;
use crate::rows::Rows;
use crate::whole;

type Reader<'a> = png::Reader<Cursor<&'a [u8]>>;

/// The one page, after every row was read and every checksum compared.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Vec<PageFacts>, Trouble> {
    let mut reader = open(bytes)?;
    let (width, height, dpi) = said(&reader);
    while reader.next_row().map_err(trouble)?.is_some() {}
    reader.finish().map_err(trouble)?;
    Ok(vec![PageFacts::of_picture(width, height, dpi, 1)])
}

pub(crate) fn draw(bytes: &[u8], scale: Scale) -> Result<Raster, Trouble> {
    let mut reader = open(bytes)?;
    let (width, height, dpi) = said(&reader);
    let wanted = picture::wanted(width, height, dpi, scale);
    let (colour, _) = reader.output_color_type();
    let (samples, channels) = (colour.samples(), if colour.samples() < 3 { 1 } else { 3 });
    let mut rows = Rows::towards(wanted, width, height, channels);
    if reader.info().interlaced {
        let size = reader.output_buffer_size().ok_or_else(|| Trouble::unusual("too large"))?;
        let mut whole = vec![0; size];
        reader.next_frame(&mut whole).map_err(trouble)?;
        for row in whole.chunks_exact(width as usize * samples) {
            rows.push(&opaque(row, samples));
        }
    } else {
        while let Some(row) = reader.next_row().map_err(trouble)? {
            rows.push(&opaque(row.data(), samples));
        }
    }
    Ok(rows.finish()?.resized(wanted.0, wanted.1))
}

/// The picture apart from its alpha.
pub(crate) fn see_through(bytes: &[u8]) -> Result<Option<SeeThrough>, Trouble> {
    let mut reader = open(bytes)?;
    let (colour, _) = reader.output_color_type();
    if !matches!(colour.samples(), 2 | 4) {
        return Ok(None);
    }
    let (width, height, _) = said(&reader);
    whole::fits(width, height)?;
    let size = reader.output_buffer_size().ok_or_else(|| Trouble::unusual("too large"))?;
    let mut mixed = vec![0; size];
    reader.next_frame(&mut mixed).map_err(trouble)?;
    Ok(SeeThrough::apart(width, height, colour.samples(), &mixed))
}

fn open(bytes: &[u8]) -> Result<Reader<'_>, Trouble> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let info = decoder.read_header_info().map_err(trouble)?;
    limits::picture(info.width.into(), info.height.into())?;
    decoder.read_info().map_err(trouble)
}

fn said(reader: &Reader<'_>) -> (u32, u32, Option<(f32, f32)>) {
    let info = reader.info();
    let dpi = info.pixel_dims.filter(|dims| dims.unit == png::Unit::Meter).and_then(|dims| {
        let per_inch = |per_metre: u32| per_metre as f32 * 0.0254;
        picture::believed(per_inch(dims.xppu), per_inch(dims.yppu))
    });
    (info.width, info.height, dpi)
}

/// A row without alpha: what is transparent shows the white paper.
fn opaque(row: &[u8], samples: usize) -> std::borrow::Cow<'_, [u8]> {
    match samples {
        2 | 4 => row
            .chunks_exact(samples)
            .flat_map(|pixel| {
                let (alpha, colour) = pixel.split_last().expect("a pixel has samples");
                colour.iter().map(|sample| on_white(*sample, *alpha))
            })
            .collect::<Vec<u8>>()
            .into(),
        _ => row.into(),
    }
}

/// A sample of the given opacity laid on white.
pub(crate) fn on_white(sample: u8, alpha: u8) -> u8 {
    let (sample, alpha) = (u32::from(sample), u32::from(alpha));
    ((sample * alpha + 255 * (255 - alpha) + 127) / 255) as u8
}

fn trouble(error: png::DecodingError) -> Trouble {
    match error {
        png::DecodingError::IoError(_) => Trouble::damaged("the PNG ends before its picture does"),
        png::DecodingError::LimitsExceeded => Trouble::unusual("the PNG asks for too much memory"),
        other => Trouble::damaged(other.to_string()),
    }
}
