//! Evidence as offices hand it in, drawn once: JPEG of a page, PDF of five pages, TIFF of ten pages in G4.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::measure::Result;

/// A4 at 200 dpi.
const WIDTH: usize = 1654;
const HEIGHT: usize = 2339;
/// Pictures that are really encoded; the files differ by a comment, so that no two have equal bytes.
const DRAWN: usize = 12;
const PDF_PAGES: usize = 5;
const TIFF_PAGES: usize = 10;

/// A file and its pages.
#[derive(Clone)]
pub struct Kept {
    pub path: PathBuf,
    pub pages: u32,
}

/// Draws what is not there yet, so many files of each kind, and lists all in order.
pub fn corpus(dir: &Path, jpegs: usize, pdfs: usize, tiffs: usize) -> Result<Vec<Kept>> {
    fs::create_dir_all(dir)?;
    let pictures: Vec<Vec<u8>> = (0..DRAWN).map(|number| picture(number as u32)).collect::<Result<_>>()?;
    let mut out = Vec::new();
    let mut keep = |name: String, pages: usize, bytes: &dyn Fn() -> Result<Vec<u8>>| -> Result<()> {
        let path = dir.join(name);
        if !path.is_file() {
            fs::write(&path, bytes()?)?;
        }
        out.push(Kept { path, pages: pages as u32 });
        Ok(())
    };
    for number in 0..jpegs {
        keep(format!("a{number:05}.jpg"), 1, &|| Ok(commented(&pictures[number % DRAWN], number)))?;
    }
    for number in 0..pdfs {
        keep(format!("b{number:05}.pdf"), PDF_PAGES, &|| Ok(pdf(&pictures, number)?))?;
    }
    for number in 0..tiffs {
        keep(format!("c{number:05}.tif"), TIFF_PAGES, &|| tiff(number))?;
    }
    Ok(out)
}

/// Reads all of it, so that every way finds it in memory alike, and brings to the disk what was just drawn, so that none
/// pays for it; gives the bytes.
pub fn read(kept: &[Kept]) -> io::Result<u64> {
    for kept in kept {
        File::open(&kept.path)?.sync_all()?;
    }
    kept.iter().map(|kept| io::copy(&mut File::open(&kept.path)?, &mut io::sink())).sum()
}

pub fn pages(kept: &[Kept]) -> u32 {
    kept.iter().map(|kept| kept.pages).sum()
}

/// A page with the grain of a scan: about a megabyte.
fn picture(seed: u32) -> Result<Vec<u8>> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut pixels = Vec::with_capacity(WIDTH * HEIGHT * 3);
    for at in 0..WIDTH * HEIGHT {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let ink = (at / WIDTH % 50 < 18 && at % WIDTH % 37 < 20) as u32 * 150;
        let grey = 245 - ink - state % 24;
        pixels.extend([grey as u8, (grey - 2) as u8, (grey - 8) as u8]);
    }
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 80).encode(&pixels, WIDTH as u16, HEIGHT as u16, jpeg_encoder::ColorType::Ycbcr)?;
    Ok(bytes)
}

/// With a comment behind its JFIF header, which some readers want first.
fn commented(jpeg: &[u8], number: usize) -> Vec<u8> {
    let words = format!("{number:08}");
    let header = 4 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]]));
    let mut out = jpeg[..header].to_vec();
    out.extend([0xFF, 0xFE, 0, words.len() as u8 + 2]);
    out.extend(words.bytes());
    out.extend(&jpeg[header..]);
    out
}

fn pdf(pictures: &[Vec<u8>], number: usize) -> io::Result<Vec<u8>> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let kids: String = (0..PDF_PAGES).map(|page| format!("{} 0 R ", 3 + page * 3)).collect();
    let mut object = |bytes: &mut Vec<u8>, head: String, data: Option<&[u8]>| -> io::Result<()> {
        places.push(bytes.len());
        let number = places.len();
        write!(bytes, "{number} 0 obj\n{head}\n")?;
        if let Some(data) = data {
            bytes.extend(b"stream\n");
            bytes.extend(data);
            bytes.extend(b"\nendstream\n");
        }
        bytes.extend(b"endobj\n");
        Ok(())
    };
    object(&mut bytes, "<</Type/Catalog/Pages 2 0 R>>".to_owned(), None)?;
    object(&mut bytes, format!("<</Type/Pages/Count {PDF_PAGES}/Kids[{kids}]/MediaBox[0 0 595 842]>>"), None)?;
    for page in 0..PDF_PAGES {
        let (content, image) = (4 + page * 3, 5 + page * 3);
        let resources = format!("/Resources<</XObject<</I {image} 0 R>>>>");
        object(&mut bytes, format!("<</Type/Page/Parent 2 0 R/Contents {content} 0 R{resources}>>"), None)?;
        let show = b"q 595 0 0 842 0 0 cm /I Do Q";
        object(&mut bytes, format!("<</Length {}>>", show.len()), Some(show))?;
        let data = commented(&pictures[(number + page) % DRAWN], number * PDF_PAGES + page);
        let head = format!(
            "<</Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {}>>",
            data.len()
        );
        object(&mut bytes, head, Some(&data))?;
    }
    let start = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1)?;
    for place in &places {
        writeln!(bytes, "{place:010} 00000 n ")?;
    }
    write!(bytes, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1)?;
    Ok(bytes)
}

/// Pages of 300 dpi in strips of 128 rows, as office machines write them.
fn tiff(number: usize) -> Result<Vec<u8>> {
    const ACROSS: usize = 2480;
    const DOWN: usize = 3508;
    const ROWS: usize = 128;
    let mut bytes = b"II\x2a\0\0\0\0\0".to_vec();
    let mut link = 4;
    for page in 0..TIFF_PAGES {
        let shift = number * TIFF_PAGES + page;
        let black = |x: usize, y: usize| y % 60 < 30 && (x / 9 + y / 7 * 5 + shift) % 11 < 4 && x > 200 && x < 2280;
        let mut places = Vec::new();
        for first in (0..DOWN).step_by(ROWS) {
            let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
            for y in first..(first + ROWS).min(DOWN) {
                let row = (0..ACROSS).map(|x| if black(x, y) { fax::Color::Black } else { fax::Color::White });
                encoder.encode_line(row, ACROSS as u32).map_err(|error| format!("{error:?}"))?;
            }
            let strip = encoder.finish().map_err(|error| format!("{error:?}"))?.finish();
            places.push((bytes.len() as u32, strip.len() as u32));
            bytes.extend(strip);
        }
        let list = |bytes: &mut Vec<u8>, values: Vec<u32>| {
            let at = bytes.len() as u32;
            bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
            at
        };
        let offsets = list(&mut bytes, places.iter().map(|place| place.0).collect());
        let lengths = list(&mut bytes, places.iter().map(|place| place.1).collect());
        let resolution = list(&mut bytes, vec![300, 1]);
        let directory = bytes.len() as u32;
        bytes[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let count = places.len() as u32;
        let entries: [(u16, u16, u32, u32); 11] = [
            (256, 4, 1, ACROSS as u32),
            (257, 4, 1, DOWN as u32),
            (258, 3, 1, 1),
            (259, 3, 1, 4),
            (262, 3, 1, 0),
            (273, 4, count, offsets),
            (277, 3, 1, 1),
            (278, 4, 1, ROWS as u32),
            (279, 4, count, lengths),
            (282, 5, 1, resolution),
            (283, 5, 1, resolution),
        ];
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        link = bytes.len();
        bytes.extend([0; 4]);
    }
    Ok(bytes)
}
