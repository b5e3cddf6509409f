//! A bench for packages: scans drawn by code, a shelf to keep them on, and eyes to look at the result.
//!
//! Every coloured picture has four quarters: red and green above, blue and yellow below.
//!
//! Each test program uses a part of it.
#![allow(dead_code, unused_imports)]
#![allow(clippy::unwrap_used, reason = "files are drawn into memory or a folder of the test")]

pub mod features;
pub mod source;

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use paper::font::{Faces, Fonts, locate};
use paper::manuscript::{Block, Body, Folio, Manuscript, PageSetup, Receipt, ScanPage, Sheet, Shelf};
use scans::{Digest, Watch};
pub use source::source;

pub struct Bench {
    pub dir: tempfile::TempDir,
    pub fonts: Fonts,
    pub manuscript: Manuscript,
    kept: HashMap<Digest, PathBuf>,
}

pub struct Kept(HashMap<Digest, PathBuf>);

impl Shelf for Kept {
    fn open(&self, digest: Digest) -> io::Result<File> {
        File::open(self.0.get(&digest).ok_or(io::ErrorKind::NotFound)?)
    }
}

impl Bench {
    pub fn new() -> Self {
        let manuscript = Manuscript {
            title: "示例区双拥工作申报材料".into(),
            office: "示例区双拥办".into(),
            producer: "汇卷 test".into(),
            made_on: "2023-04-18".into(),
            setup: PageSetup::default(),
            sheets: Vec::new(),
            outline: Vec::new(),
        };
        let fonts = Fonts::load(&locate().expect("the bundled fonts"), Faces::Bundled).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), fonts, manuscript, kept: HashMap::new() }
    }

    pub fn keep(&mut self, bytes: &[u8]) -> Digest {
        let digest = Digest::of(bytes);
        let path = self.dir.path().join(digest.to_string());
        std::fs::write(&path, bytes).unwrap();
        self.kept.insert(digest, path);
        digest
    }

    pub fn shelf(&self) -> Kept {
        Kept(self.kept.clone())
    }

    pub fn text(&mut self, header: &str, folio: Folio, anchors: &[&str], blocks: Vec<Block>) {
        let anchors = anchors.iter().map(|anchor| paper::manuscript::Anchor((*anchor).into())).collect();
        self.manuscript.sheets.push(Sheet { folio, header: header.into(), anchors, section: 0, body: Body::Text(blocks) });
    }

    /// Adds a page of evidence with the next folio.
    pub fn scan(&mut self, digest: Digest, page: u32, turn: u16, caption: &str) {
        let before = self.manuscript.sheets.iter().filter(|sheet| matches!(sheet.body, Body::Scan(_))).count();
        let body = Body::Scan(ScanPage {
            digest,
            page,
            turn,
            framing: scans::Framing::default(),
            slice: None,
            masks: Vec::new(),
            apart: false,
            strokes: Vec::new(),
            caption: caption.into(),
            name: format!("{caption}.jpg"),
        });
        let folio = Folio::Body(u32::try_from(before).unwrap() + 1);
        self.manuscript.sheets.push(Sheet { folio, header: String::new(), anchors: Vec::new(), section: 1, body });
    }

    pub fn write(&self) -> (PathBuf, Receipt) {
        let out = self.dir.path().join("package.pdf");
        let receipt = paper::pdf::write(&self.manuscript, &self.shelf(), &self.fonts, &out, &Watch::silent()).unwrap();
        if let Some(kept) = std::env::var_os("KEEP_PACKAGES") {
            let name = std::thread::current().name().unwrap_or("package").replace("::", "_");
            std::fs::copy(&out, Path::new(&kept).join(name + ".pdf")).unwrap();
        }
        (out, receipt)
    }

    /// Each on a page of its own, in order, and passed through without a remark.
    pub fn each_passed(&mut self, cases: &[(String, Vec<u8>)]) -> PathBuf {
        for (name, bytes) in cases {
            let digest = self.keep(bytes);
            self.scan(digest, 0, 0, name);
        }
        let (path, receipt) = self.write();
        assert_eq!(receipt.remarks, vec![]);
        self.sound(&path);
        path
    }

    /// qpdf has nothing to say, and poppler counts the same pages.
    pub fn sound(&self, path: &Path) {
        let check = Command::new("qpdf").arg("--check").arg(path).output().unwrap();
        assert!(check.status.success(), "{}{}", String::from_utf8_lossy(&check.stdout), String::from_utf8_lossy(&check.stderr));
        let info = Command::new("pdfinfo").arg(path).output().unwrap();
        assert!(info.stderr.is_empty(), "{}", String::from_utf8_lossy(&info.stderr));
        let info = String::from_utf8_lossy(&info.stdout).into_owned();
        let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
        assert_eq!(pages, self.manuscript.sheets.len().to_string());
    }

    /// The bytes of a PDF after qpdf has worked on it.
    pub fn qpdf(&self, bytes: &[u8], options: &[&str]) -> Vec<u8> {
        let (from, to) = (self.dir.path().join("from.pdf"), self.dir.path().join("to.pdf"));
        std::fs::write(&from, bytes).unwrap();
        let done = Command::new("qpdf").args(options).arg(&from).arg(&to).status().unwrap();
        assert!(done.success());
        std::fs::read(to).unwrap()
    }

    /// A page as poppler draws it.
    pub fn seen(&self, path: &Path, page: usize) -> Seen {
        let page = page.to_string();
        let drawn = Command::new("pdftoppm").args(["-r", "72", "-f", &page, "-l", &page]).arg(path).output().unwrap();
        assert!(drawn.stderr.is_empty(), "{}", String::from_utf8_lossy(&drawn.stderr));
        Seen::read(&drawn.stdout)
    }
}

/// A drawn page.
pub struct Seen {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

impl Seen {
    pub const UPRIGHT: [char; 4] = ['r', 'g', 'b', 'y'];

    fn read(ppm: &[u8]) -> Self {
        let mut fields = ppm.splitn(4, |byte| byte.is_ascii_whitespace());
        assert_eq!(fields.next(), Some(&b"P6"[..]));
        let mut number = || std::str::from_utf8(fields.next().unwrap()).unwrap().parse::<usize>().unwrap();
        let (width, _height) = (number(), number());
        let rest = fields.next().unwrap();
        let data = &rest[rest.iter().position(|byte| *byte == b'\n').unwrap() + 1..];
        Self { width, pixels: data.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect() }
    }

    /// Colours in the middle of the quarters of what is coloured on the page: above left, above right, below left, below right.
    pub fn quarters(&self) -> Option<[char; 4]> {
        let coloured: Vec<usize> = (0..self.pixels.len()).filter(|at| colour(self.pixels[*at]).is_some()).collect();
        let (top, bottom) = (coloured.first()? / self.width, coloured.last()? / self.width);
        let (left, right) = (coloured.iter().map(|at| at % self.width).min()?, coloured.iter().map(|at| at % self.width).max()?);
        let at = |x: usize, y: usize| colour(self.pixels[y * self.width + x]);
        let (across, down) = ((right - left) / 4, (bottom - top) / 4);
        Some([
            at(left + across, top + down)?,
            at(right - across, top + down)?,
            at(left + across, bottom - down)?,
            at(right - across, bottom - down)?,
        ])
    }
}

fn colour([r, g, b]: [u8; 3]) -> Option<char> {
    // Printing inks are duller than lamps, and still told apart.
    match (r > 130, g > 130, b > 130) {
        (true, false, false) if g < 110 && b < 110 => Some('r'),
        (false, true, false) if r < 110 && b < 110 => Some('g'),
        (false, false, true) if r < 110 && g < 110 => Some('b'),
        (true, true, false) if b < 110 => Some('y'),
        _ => None,
    }
}

fn quarter(x: usize, y: usize, width: usize, height: usize) -> usize {
    usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2)
}

const COLOURS: [[u8; 3]; 4] = [[230, 20, 20], [20, 200, 20], [20, 20, 230], [230, 230, 20]];

/// The colour of a pixel of a picture in four quarters.
pub fn colour_at(x: usize, y: usize, width: usize, height: usize) -> [u8; 3] {
    COLOURS[quarter(x, y, width, height)]
}

/// An interlaced grey PNG, written pass by pass (PNG 8.2, Adam7): encoders here write none.
pub fn interlaced(width: usize, height: usize, grey: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    const PASSES: [[usize; 4]; 7] = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let mut rows = Vec::new();
    for [x0, y0, dx, dy] in PASSES {
        for y in (y0..height).step_by(dy) {
            if x0 < width {
                rows.push(0);
                rows.extend((x0..width).step_by(dx).map(|x| grey(x, y)));
            }
        }
    }
    let mut data = Vec::new();
    let mut encoder = flate2::write::ZlibEncoder::new(&mut data, flate2::Compression::fast());
    io::Write::write_all(&mut encoder, &rows).unwrap();
    encoder.finish().unwrap();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [(width as u32).to_be_bytes(), (height as u32).to_be_bytes()].concat();
    header.extend([8, 0, 0, 0, 1]);
    for (name, data) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
        bytes.extend((data.len() as u32).to_be_bytes());
        let named = [name.as_slice(), &data].concat();
        bytes.extend(&named);
        bytes.extend(crc32fast::hash(&named).to_be_bytes());
    }
    bytes
}

pub fn jpeg(width: usize, height: usize) -> Vec<u8> {
    jpeg_oriented(width, height, 1)
}

/// A JPEG that is upright once its EXIF orientation is followed; `width` and `height` are those shown.
pub fn jpeg_oriented(width: usize, height: usize, orientation: u8) -> Vec<u8> {
    let (w, h) = (width - 1, height - 1);
    let (stored_width, stored_height) = if orientation >= 5 { (height, width) } else { (width, height) };
    let mut pixels = vec![0; width * height * 3];
    for y in 0..height {
        for x in 0..width {
            // CIPA DC-008: which side of what is seen row 0 and column 0 are.
            let (sx, sy) = match orientation {
                2 => (w - x, y),
                3 => (w - x, h - y),
                4 => (x, h - y),
                5 => (y, x),
                6 => (y, w - x),
                7 => (h - y, w - x),
                8 => (h - y, x),
                _ => (x, y),
            };
            let at = (sy * stored_width + sx) * 3;
            pixels[at..at + 3].copy_from_slice(&COLOURS[quarter(x, y, width, height)]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    encoder.add_app_segment(1, exif).unwrap();
    encoder.encode(&pixels, stored_width as u16, stored_height as u16, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

pub fn png(width: usize, height: usize, colour: png::ColorType, depth: png::BitDepth) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == png::ColorType::Indexed {
        encoder.set_palette(COLOURS.concat());
    }
    let mut data = Vec::new();
    for y in 0..height {
        if colour == png::ColorType::Indexed {
            let bits = depth as usize;
            let row: Vec<u8> = (0..width).map(|x| quarter(x, y, width, height) as u8).collect();
            data.extend(
                row.chunks(8 / bits).map(|part| part.iter().enumerate().fold(0, |byte, (at, index)| byte | index << (8 - bits * (at + 1)))),
            );
            continue;
        }
        for x in 0..width {
            let mut samples = COLOURS[quarter(x, y, width, height)].to_vec();
            if colour == png::ColorType::Rgba {
                samples.push(255);
            }
            for sample in samples {
                data.extend(std::iter::repeat_n(sample, if depth == png::BitDepth::Sixteen { 2 } else { 1 }));
            }
        }
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Grey pixels of a PNG, one byte each.
pub fn read_png(bytes: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut decoder = png::Decoder::new(io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let samples = info.color_type.samples();
    (info.width as usize, info.height as usize, pixels.chunks_exact(samples).map(|pixel| pixel[0]).collect())
}

pub const FAX_WIDTH: usize = 400;
const FAX_HEIGHT: usize = 250;

/// Slanted lines that cross every strip.
fn is_black(x: usize, y: usize) -> bool {
    (x + y * 3) % 37 < 4 || (x * 2 + 400 - y) % 91 < 3
}

pub fn fax_pixels() -> Vec<u8> {
    (0..FAX_WIDTH * FAX_HEIGHT).map(|at| if is_black(at % FAX_WIDTH, at / FAX_WIDTH) { 0 } else { 255 }).collect()
}

/// A TIFF of G4 in strips of 32 rows, at 200 dpi.
pub fn tiff_g4() -> Vec<u8> {
    const ROWS: usize = 32;
    let mut strips = Vec::new();
    for first in (0..FAX_HEIGHT).step_by(ROWS) {
        let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
        for y in first..(first + ROWS).min(FAX_HEIGHT) {
            let row = (0..FAX_WIDTH).map(|x| if is_black(x, y) { fax::Color::Black } else { fax::Color::White });
            encoder.encode_line(row, FAX_WIDTH as u32).unwrap();
        }
        strips.push(encoder.finish().unwrap().finish());
    }
    let mut bytes = b"II\x2a\0\0\0\0\0".to_vec();
    let mut places = Vec::new();
    for strip in &strips {
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
    let resolution = list(&mut bytes, vec![200, 1]);
    let directory = bytes.len() as u32;
    bytes[4..8].copy_from_slice(&directory.to_le_bytes());
    let count = places.len() as u32;
    let entries: [(u16, u16, u32, u32); 11] = [
        (256, 4, 1, FAX_WIDTH as u32),
        (257, 4, 1, FAX_HEIGHT as u32),
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
    bytes.extend([0; 4]);
    bytes
}
