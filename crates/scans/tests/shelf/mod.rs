//! Files drawn by code: whole ones, and spoiled ones.
#![allow(dead_code)]
#![expect(clippy::unwrap_used, reason = "files are drawn into memory, where nothing fails")]

use std::io::Write;

/// The colours of the four corners of every drawn picture: above left, above right, below left, below right.
pub const CORNERS: [[u8; 3]; 4] = [[220, 30, 30], [30, 160, 30], [30, 30, 200], [240, 220, 40]];

/// RGB samples with a colour in each quarter.
pub fn quarters(width: usize, height: usize) -> Vec<u8> {
    let quarter = |x, y| usize::from(x * 2 >= width) + 2 * usize::from(y * 2 >= height);
    (0..height).flat_map(|y| (0..width).flat_map(move |x| CORNERS[quarter(x, y)])).collect()
}

/// A JPEG of quarters as they look upright, stored so that EXIF orientation `orientation` brings it upright.
pub fn jpeg(width: usize, height: usize, orientation: u8) -> Vec<u8> {
    let (stored_width, stored_height) = if orientation >= 5 { (height, width) } else { (width, height) };
    let upright = quarters(width, height);
    let mut stored = vec![0; upright.len()];
    for y in 0..height {
        for x in 0..width {
            // Where the pixel that is shown at (x, y) lies in the file.
            let (sx, sy) = match orientation {
                1 => (x, y),
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, width - 1 - x),
                7 => (height - 1 - y, width - 1 - x),
                _ => (height - 1 - y, x),
            };
            stored[(sy * stored_width + sx) * 3..][..3].copy_from_slice(&upright[(y * width + x) * 3..][..3]);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(Tiff::new().page(vec![(274, Value::Short(vec![orientation.into()]))], Vec::new()).finish());
    encoder.add_app_segment(1, exif).unwrap();
    encoder.set_density(jpeg_encoder::PixelDensity::dpi(300));
    encoder.encode(&stored, stored_width as u16, stored_height as u16, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A JPEG with an EXIF block, as cameras and scanners write it.
pub fn jpeg_with(exif: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    encoder.add_app_segment(1, [b"Exif\0\0", exif].concat()).unwrap();
    encoder.encode(&quarters(16, 16), 16, 16, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// EXIF with a directory of its own for how the picture was taken; the values of its tags have `held` bytes outside of it.
pub fn exif_of(own: Vec<(u16, Value)>, held: usize) -> Vec<u8> {
    let main = |at: usize| Tiff::new().page(vec![(0x8769, Value::Long(vec![at as u32]))], Vec::new());
    let at = main(0).finish().len() + held;
    main(at).page(own, Vec::new()).finish()
}

pub fn png(width: u32, height: u32, colour: png::ColorType, depth: png::BitDepth, samples: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == png::ColorType::Indexed {
        encoder.set_palette(CORNERS.concat());
    }
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    bytes
}

/// A value of a TIFF tag.
pub enum Value {
    Short(Vec<u16>),
    Long(Vec<u32>),
    Ratio(u32, u32),
    Bytes(Vec<u8>),
}

/// Writes TIFF pages tag by tag, so that anything odd can be written.
pub struct Tiff {
    bytes: Vec<u8>,
    /// Where the place of the next directory is to be written.
    link: usize,
}

impl Tiff {
    pub fn new() -> Self {
        Self { bytes: b"II*\0\0\0\0\0".to_vec(), link: 4 }
    }

    /// Adds a page of one strip; tags 273 and 279 are set to it where it is not empty.
    pub fn page(mut self, mut tags: Vec<(u16, Value)>, strip: Vec<u8>) -> Self {
        if !strip.is_empty() {
            tags.push((273, Value::Long(vec![self.bytes.len() as u32])));
            tags.push((279, Value::Long(vec![strip.len() as u32])));
            self.bytes.extend(strip);
        }
        tags.sort_by_key(|(tag, _)| *tag);
        let mut entries = Vec::new();
        for (tag, value) in &tags {
            let (kind, count, raw): (u16, usize, Vec<u8>) = match value {
                Value::Short(values) => (3, values.len(), values.iter().flat_map(|value| value.to_le_bytes()).collect()),
                Value::Long(values) => (4, values.len(), values.iter().flat_map(|value| value.to_le_bytes()).collect()),
                Value::Ratio(above, below) => (5, 1, [above.to_le_bytes(), below.to_le_bytes()].concat()),
                Value::Bytes(bytes) => (7, bytes.len(), bytes.clone()),
            };
            entries.extend(tag.to_le_bytes());
            entries.extend(kind.to_le_bytes());
            entries.extend((count as u32).to_le_bytes());
            let mut place = raw.clone();
            if raw.len() > 4 {
                place = (self.bytes.len() as u32).to_le_bytes().to_vec();
                self.bytes.extend(raw);
            }
            place.resize(4, 0);
            entries.extend(place);
        }
        let at = self.bytes.len() as u32;
        self.bytes[self.link..self.link + 4].copy_from_slice(&at.to_le_bytes());
        self.bytes.extend((tags.len() as u16).to_le_bytes());
        self.bytes.extend(entries);
        self.link = self.bytes.len();
        self.bytes.extend([0; 4]);
        self
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// The last directory points to the first.
    pub fn in_a_circle(mut self) -> Vec<u8> {
        let first: [u8; 4] = self.bytes[4..8].try_into().unwrap();
        self.bytes[self.link..self.link + 4].copy_from_slice(&first);
        self.bytes
    }
}

/// The tags of a page; more may be added.
pub fn tags(width: u32, height: u32, bits: &[u16], compression: u16, photometric: u16) -> Vec<(u16, Value)> {
    vec![
        (256, Value::Long(vec![width])),
        (257, Value::Long(vec![height])),
        (258, Value::Short(bits.to_vec())),
        (259, Value::Short(vec![compression])),
        (262, Value::Short(vec![photometric])),
        (277, Value::Short(vec![bits.len() as u16])),
        (278, Value::Long(vec![height])),
        (282, Value::Ratio(200, 1)),
        (283, Value::Ratio(200, 1)),
    ]
}

/// A G4 strip whose upper left quarter is black.
pub fn g4(width: u32, height: u32) -> Vec<u8> {
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for y in 0..height {
        let row = (0..width).map(|x| if x * 2 < width && y * 2 < height { fax::Color::Black } else { fax::Color::White });
        encoder.encode_line(row, width).unwrap();
    }
    encoder.finish().unwrap().finish()
}

/// A PDF of our own making: objects as they are given, from number 1; the first is the root.
pub fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        writeln!(bytes, "{} 0 obj", at + 1).unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    bytes
}

pub fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    bytes.extend(data);
    bytes.extend(b"\nendstream");
    bytes
}

/// A PDF of A4 pages with a line of Latin text, its page tree stating `stated` pages.
pub fn pdf_stating(pages: usize, stated: usize) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", 4 + page)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {stated}/Kids[{kids}]/MediaBox[0 0 595 842]>>").into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for page in 0..pages {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>", 4 + pages + page).into_bytes());
    }
    for page in 0..pages {
        objects.push(stream("", format!("BT /F 24 Tf 72 720 Td (Sheet {} of proof) Tj 0 -40 Td (second line) Tj ET", page + 1).as_bytes()));
    }
    pdf_of(&objects)
}

pub fn pdf(pages: usize) -> Vec<u8> {
    pdf_stating(pages, pages)
}

/// One page that is one JPEG of 600 × 400 pixels over 288 × 192 pt (150 dpi), the page turned by `rotate`, cropped
/// to the picture, and measured in `unit` pt.
pub fn pdf_of_a_picture(rotate: u16, unit: f32) -> Vec<u8> {
    let picture = jpeg(600, 400, 1);
    pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/CropBox[50 60 338 252]/Rotate {rotate}/UserUnit {unit}/Contents 4 0 R\
             /Resources<</XObject<</P 5 0 R>>>>>>"
        )
        .into_bytes(),
        stream("", b"q 288 0 0 192 50 60 cm /P Do Q"),
        stream("/Type/XObject/Subtype/Image/Width 600/Height 400/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", &picture),
    ])
}

/// One page whose content unpacks to 2 GiB of blanks.
pub fn pdf_with_a_bomb() -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..(2 << 10) {
        packer.write_all(&blanks).unwrap();
    }
    pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>".to_vec(),
        stream("/Filter/FlateDecode", &packer.finish().unwrap()),
    ])
}
