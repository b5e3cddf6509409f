//! The containers in which pages are handed in: JPEG, PNG, multi-page PDF, G4 and colour TIFF.

use std::io::Cursor;

use fax::{Color, VecWriter, encoder::Encoder};
use jpeg_encoder::{ColorType, PixelDensity};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};

use crate::canvas::Canvas;

/// A colour JPEG; `quarter` lays the pixels on their side and says so in EXIF, as a phone does.
pub fn jpeg(sheet: &Canvas, quality: u8, quarter: bool) -> Vec<u8> {
    let (width, height, pixels) = if quarter {
        // EXIF 8 turns the stored picture by 270 degrees to the right, which undoes a quarter clockwise.
        sheet.turned()
    } else {
        (sheet.width, sheet.height, sheet.pixels.clone())
    };
    let orientation = quarter.then_some(8);
    encode_jpeg(&pixels, (width, height), ColorType::Rgb, sheet.dpi, quality, orientation)
}

pub fn grey_jpeg(sheet: &Canvas, quality: u8) -> Vec<u8> {
    encode_jpeg(&sheet.grey(), (sheet.width, sheet.height), ColorType::Luma, sheet.dpi, quality, None)
}

fn encode_jpeg(
    pixels: &[u8],
    (width, height): (usize, usize),
    colour: ColorType,
    dpi: f32,
    quality: u8,
    orientation: Option<u8>,
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality);
    encoder.set_density(PixelDensity::dpi(dpi as u16));
    if let Some(orientation) = orientation {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
        encoder.add_app_segment(1, exif).expect("an EXIF block of 34 bytes fits a segment");
    }
    encoder.encode(pixels, width as u16, height as u16, colour).expect("a drawn page fits a JPEG");
    out
}

pub fn png(sheet: &Canvas) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, sheet.width as u32, sheet.height as u32);
    encoder.set_color(png::ColorType::Rgb);
    let per_metre = (sheet.dpi / 0.0254) as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    let mut writer = encoder.write_header().expect("a PNG in memory can be begun");
    writer.write_image_data(&sheet.pixels).expect("the pixels are as many as the head says");
    writer.finish().expect("a PNG in memory can be ended");
    out
}

/// A scanner's PDF: one JPEG a page, grey or colour. `pages` are JPEG bytes with their size in pixels.
pub fn pdf(pages: &[(Vec<u8>, (usize, usize))], dpi: f32, grey: bool, title: &str) -> Vec<u8> {
    let mut next = Ref::new(1);
    let (catalogue, tree, info) = (next.bump(), next.bump(), next.bump());
    let ids: Vec<(Ref, Ref, Ref)> = pages.iter().map(|_| (next.bump(), next.bump(), next.bump())).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalogue).pages(tree);
    pdf.document_info(info).title(pdf_writer::TextStr(title)).producer(pdf_writer::TextStr("示例扫描仪"));
    pdf.pages(tree).kids(ids.iter().map(|(page, _, _)| *page)).count(ids.len() as i32);
    for ((jpeg, (width, height)), (page, picture, content)) in pages.iter().zip(&ids) {
        let (wide, tall) = (*width as f32 / dpi * 72.0, *height as f32 / dpi * 72.0);
        let mut sheet = pdf.page(*page);
        sheet.media_box(Rect::new(0.0, 0.0, wide, tall)).parent(tree).contents(*content);
        sheet.resources().x_objects().pair(Name(b"Scan"), *picture);
        sheet.finish();
        let mut image = pdf.image_xobject(*picture, jpeg);
        image.filter(Filter::DctDecode);
        image.width(*width as i32).height(*height as i32).bits_per_component(8);
        if grey {
            image.color_space().device_gray()
        } else {
            image.color_space().device_rgb()
        };
        image.finish();
        let mut drawing = Content::new();
        drawing.save_state().transform([wide, 0.0, 0.0, tall, 0.0, 0.0]).x_object(Name(b"Scan")).restore_state();
        pdf.stream(*content, &drawing.finish());
    }
    pdf.finish()
}

pub fn colour_tiff(sheets: &[Canvas]) -> Vec<u8> {
    use tiff::encoder::{Compression, Rational, TiffEncoder, colortype::RGB8};
    use tiff::tags::ResolutionUnit;
    let mut out = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut out).expect("a TIFF in memory can be begun").with_compression(Compression::Lzw);
    for sheet in sheets {
        let mut image = encoder.new_image::<RGB8>(sheet.width as u32, sheet.height as u32).expect("a drawn page fits a TIFF");
        image.resolution(ResolutionUnit::Inch, Rational { n: sheet.dpi as u32, d: 1 });
        image.write_data(&sheet.pixels).expect("the pixels are as many as the head says");
    }
    out.into_inner()
}

/// Rows of a strip: scanners cut a page into many.
const STRIP: usize = 512;

/// A fax-coded (T.6) black and white TIFF, each page in strips.
pub fn g4_tiff(sheets: &[Canvas]) -> Vec<u8> {
    let mut out = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for sheet in sheets {
        let grey = sheet.grey();
        let rows: Vec<&[u8]> = grey.chunks_exact(sheet.width).collect();
        let strips: Vec<Vec<u8>> = rows.chunks(STRIP).map(|strip| t6(strip, sheet.width)).collect();
        let mut offsets = Vec::new();
        for strip in &strips {
            offsets.push(out.len() as u32);
            out.extend_from_slice(strip);
            out.resize(out.len().next_multiple_of(2), 0);
        }
        let table = |out: &mut Vec<u8>, values: &[u32]| -> u32 {
            let at = out.len() as u32;
            values.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
            at
        };
        let lengths: Vec<u32> = strips.iter().map(|strip| strip.len() as u32).collect();
        let many = strips.len() as u32;
        let place = |out: &mut Vec<u8>, values: &[u32]| if values.len() == 1 { values[0] } else { table(out, values) };
        let (offsets_at, lengths_at) = (place(&mut out, &offsets), place(&mut out, &lengths));
        let density = table(&mut out, &[sheet.dpi as u32, 1]);
        let here = out.len() as u32;
        out[link..link + 4].copy_from_slice(&here.to_le_bytes());
        let (short, long, ratio) = (3, 4, 5);
        let entries: [(u16, u16, u32, u32); 13] = [
            (256, long, 1, sheet.width as u32),
            (257, long, 1, sheet.height as u32),
            (258, short, 1, 1),
            (259, short, 1, 4),
            (262, short, 1, 0),
            (266, short, 1, 1),
            (273, long, many, offsets_at),
            (277, short, 1, 1),
            (278, long, 1, STRIP as u32),
            (279, long, many, lengths_at),
            (282, ratio, 1, density),
            (283, ratio, 1, density),
            (296, short, 1, 2),
        ];
        out.extend_from_slice(&(entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            out.extend_from_slice(&tag.to_le_bytes());
            out.extend_from_slice(&kind.to_le_bytes());
            out.extend_from_slice(&count.to_le_bytes());
            out.extend_from_slice(&value.to_le_bytes());
        }
        link = out.len();
        out.extend_from_slice(&[0; 4]);
    }
    out
}

fn t6(rows: &[&[u8]], width: usize) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    for row in rows {
        let ink = row.iter().map(|grey| if *grey < 150 { Color::Black } else { Color::White });
        let Ok(()) = encoder.encode_line(ink, width as u32);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}
