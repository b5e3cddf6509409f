//! Draws the files that stories hand in: the smallest of each kind, each told apart by its number.

pub mod ofd;

use std::fmt::Write as _;

/// A grey picture of 60 × 80 pixels.
pub fn jpeg(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&shade(number), 60, 80, jpeg_encoder::ColorType::Luma).expect("a small picture can be encoded");
    bytes
}

/// The same as a camera writes it, with the moment by its clock (`2022:08:01 09:30:00`).
pub fn shot(number: u8, taken: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.add_app_segment(1, [b"Exif\0\0".as_slice(), &exif(taken)].concat()).expect("EXIF fits a segment");
    encoder.encode(&shade(number), 60, 80, jpeg_encoder::ColorType::Luma).expect("a small picture can be encoded");
    bytes
}

/// A main directory that leads to the one of the camera: the time of exposure, and when it was.
fn exif(taken: &str) -> Vec<u8> {
    // Each directory: count, entries of twelve bytes (tag, kind, count, value or its place), place of the next.
    const CAMERA: u32 = 8 + 2 + 12 + 4;
    const VALUES: u32 = CAMERA + 2 + 24 + 4;
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mut out = b"II*\0\x08\0\0\0\x01\0".to_vec();
    out.extend(entry(0x8769, 4, 1, CAMERA));
    out.extend([0; 4]);
    out.extend(2_u16.to_le_bytes());
    out.extend(entry(0x829A, 5, 1, VALUES));
    out.extend(entry(0x9003, 2, taken.len() as u32 + 1, VALUES + 8));
    out.extend([0; 4]);
    out.extend([1_u32.to_le_bytes(), 125_u32.to_le_bytes()].concat());
    out.extend(taken.as_bytes());
    out.push(0);
    out
}

/// A grey photo full of detail, of this size in pixels and with this resolution.
pub fn photo(width: u16, height: u16, dpi: u16) -> Vec<u8> {
    let samples = noise(1, usize::from(width) * usize::from(height));
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 85);
    encoder.set_density(jpeg_encoder::PixelDensity::dpi(dpi));
    encoder.encode(&samples, width, height, jpeg_encoder::ColorType::Luma).expect("a photo can be encoded");
    out
}

pub fn png(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 60, 80);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a small picture has a header");
    writer.write_image_data(&shade(number)).expect("a small picture can be encoded");
    writer.finish().expect("a small picture can be ended");
    bytes
}

fn shade(number: u8) -> Vec<u8> {
    (0..80_u32).flat_map(|y| (0..60_u32).map(move |x| ((x + y * 2 + u32::from(number) * 7) % 256) as u8)).collect()
}

/// A PDF of empty A4 pages; `text` stands on the first, and can be read as text.
pub fn pdf(pages: usize, text: &str, number: u8) -> Vec<u8> {
    Pdf { pages, stated: pages, text, number, encrypted: false }.write()
}

/// States more pages than it has.
pub fn pdf_with_fewer_pages(pages: usize, stated: usize, number: u8) -> Vec<u8> {
    Pdf { pages, stated, text: "", number, encrypted: false }.write()
}

/// Opens only with a password.
pub fn locked_pdf(number: u8) -> Vec<u8> {
    Pdf { pages: 1, stated: 1, text: "", number, encrypted: true }.write()
}

/// A PDF whose pages show a line of text each, and a grey picture below it, full of detail and not packed. As office programs
/// write it: one and the same resources serve every page, with the pictures of all. Those of a form that shows the last picture,
/// and of a font whose letter is drawn, are the same once more. The second value is the data of each picture.
pub fn sharing_pdf(lines: &[&str]) -> (Vec<u8>, Vec<Vec<u8>>) {
    const SIDE: usize = 80;
    const SHARED: &str = "/Resources 3 0 R";
    const PLACED: &str = "q 200 0 0 200 72 300 cm";
    // Catalogue, tree, resources, form, font and its letter come first.
    let (picture, content, page) = (7, 7 + lines.len(), 7 + lines.len() * 2);
    let pictures: Vec<Vec<u8>> = (0..lines.len()).map(|page| noise(page as u32 + 1, SIDE * SIDE)).collect();
    let names: String = (0..lines.len()).map(|at| format!("/Im{at} {} 0 R ", picture + at)).collect();
    let kids: String = (0..lines.len()).map(|at| format!("{} 0 R ", page + at)).collect();
    let stream = |entries: &str, data: &[u8]| {
        [format!("<< {entries} /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    };
    let last = lines.len() - 1;
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842] {SHARED} >>", lines.len()).into_bytes(),
        format!("<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier >> /T 5 0 R >> /XObject << {names}/Fm 4 0 R >> >>")
            .into_bytes(),
        // Without resources of its own a form takes those of its page.
        stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", format!("{PLACED} /Im{last} Do Q").as_bytes()),
        format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 6 0 R >>
             /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1000] {SHARED} >>"
        )
        .into_bytes(),
        stream("", b"1000 0 0 0 750 750 d1 0 0 750 750 re f"),
    ];
    let head = format!("/Type /XObject /Subtype /Image /Width {SIDE} /Height {SIDE} /BitsPerComponent 8 /ColorSpace /DeviceGray");
    objects.extend(pictures.iter().map(|data| stream(&head, data)));
    for (at, line) in lines.iter().enumerate() {
        let shows = if at == last { "/Fm Do".to_owned() } else { format!("{PLACED} /Im{at} Do Q") };
        let words = format!("BT /F 18 Tf 72 700 Td ({line}) Tj /T 18 Tf 0 -40 Td (a) Tj ET");
        objects.push(stream("", format!("{words} {shows}").as_bytes()));
    }
    objects.extend((0..lines.len()).map(|at| format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", content + at).into_bytes()));
    (assembled(&objects), pictures)
}

/// A PDF of empty A4 pages, objects 3 and on, whose catalogue has these entries; `more` are the objects behind the pages.
pub fn pdf_with(pages: usize, catalogue: &str, more: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", 3 + page)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        format!("<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 595 842] >>"),
    ];
    objects.extend((0..pages).map(|_| "<< /Type /Page /Parent 2 0 R /Resources << >> >>".to_owned()));
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    assembled(&objects)
}

/// Objects from 1 on, the first the catalogue, as a file.
fn assembled(objects: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        out.extend_from_slice(object.as_ref());
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let rows: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    let tail = format!("xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    out.extend_from_slice(tail.as_bytes());
    out
}

fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut noise = seed;
    let mut next = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 25) as u8
    };
    (0..length).map(|_| next()).collect()
}

struct Pdf<'a> {
    pages: usize,
    stated: usize,
    text: &'a str,
    number: u8,
    encrypted: bool,
}

impl Pdf<'_> {
    fn write(&self) -> Vec<u8> {
        // Each character of the text is one code of a font whose ToUnicode says what it reads as.
        let mut letters: Vec<char> = self.text.chars().filter(|c| *c != '\n').collect();
        letters.sort_unstable();
        letters.dedup();
        let code = |letter: char| letters.binary_search(&letter).expect("every letter was listed") + 33;
        let mut shown = String::from("BT /F 16 Tf 72 770 Td 20 TL\n");
        for line in self.text.lines() {
            let codes: String = line.chars().map(|letter| format!("{:02x}", code(letter))).collect();
            writeln!(shown, "<{codes}> Tj T*").expect("text takes text");
        }
        writeln!(shown, "ET % {}", self.number).expect("text takes text");
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /A def /CMapType 2 def\n\
             1 begincodespacerange <00> <ff> endcodespacerange\n",
        );
        writeln!(map, "{} beginbfchar", letters.len()).expect("text takes text");
        for letter in &letters {
            writeln!(map, "<{:02x}> <{:04x}>", code(*letter), *letter as u32).expect("text takes text");
        }
        map.push_str("endbfchar endcmap CMapName currentdict /CMap defineresource pop end end\n");

        let kids: String = (0..self.pages).map(|page| format!("{} 0 R ", 6 + page)).collect();
        let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}endstream", text.len());
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.stated),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>".to_owned(),
            stream(&shown),
            stream(&map),
        ];
        for page in 0..self.pages {
            let contents = if page == 0 { "/Contents 4 0 R " } else { "" };
            objects
                .push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {contents}/Resources << /Font << /F 3 0 R >> >> >>"));
        }
        let mut out = String::from("%PDF-1.4\n");
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(out.len());
            write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1).expect("text takes text");
        }
        let start = out.len();
        write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).expect("text takes text");
        for place in places {
            writeln!(out, "{place:010} 00000 n ").expect("text takes text");
        }
        let id = format!("{:02x}", self.number).repeat(16);
        // Neither key fits the empty password.
        let key = "5a".repeat(32);
        let encrypt = if self.encrypted {
            format!("/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /O <{key}> /U <{key}> /P -44 >> ")
        } else {
            String::new()
        };
        let size = objects.len() + 1;
        write!(out, "trailer << /Size {size} /Root 1 0 R /ID [<{id}> <{id}>] {encrypt}>>\nstartxref\n{start}\n%%EOF\n")
            .expect("text takes text");
        out.into_bytes()
    }
}

/// A ZIP written entry by entry, so that anything odd can be written. Nothing is packed.
#[derive(Default)]
pub struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

/// What a [`Zip`] says of an entry, where that is not the truth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lie {
    /// Size unpacked.
    pub size: Option<u32>,
    /// Flags: bit 0 encrypted, bit 11 the name is UTF-8.
    pub flags: u16,
    /// How it is packed: 0 not at all.
    pub method: u16,
    /// Where its header lies.
    pub offset: Option<u32>,
}

impl Zip {
    #[must_use]
    pub fn with(self, name: &str, data: &[u8]) -> Self {
        self.entry(name.as_bytes(), data, Lie::default())
    }

    #[must_use]
    pub fn entry(mut self, name: &[u8], data: &[u8], lie: Lie) -> Self {
        let offset = lie.offset.unwrap_or(self.bytes.len() as u32);
        let mut common = vec![20, 0];
        common.extend(lie.flags.to_le_bytes());
        common.extend(lie.method.to_le_bytes());
        common.extend([0, 0, 0x21, 0x56]);
        common.extend(crc32(data).to_le_bytes());
        common.extend((data.len() as u32).to_le_bytes());
        common.extend(lie.size.unwrap_or(data.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        if lie.offset.is_none() {
            self.bytes.extend(b"PK\x03\x04");
            self.bytes.extend(&common);
            self.bytes.extend(name);
            self.bytes.extend(data);
        }
        self.directory.extend(b"PK\x01\x02\x14\0");
        self.directory.extend(&common);
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name);
        self.entries += 1;
        self
    }

    pub fn finish(mut self) -> Vec<u8> {
        let (start, length) = (self.bytes.len() as u32, self.directory.len() as u32);
        self.bytes.extend(self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

/// A 7z of files that are not packed, each in a block of its own (7zFormat.txt of the LZMA SDK).
pub fn seven_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    // A number of eight bytes behind a byte of ones.
    let number = |out: &mut Vec<u8>, value: usize| {
        out.push(0xff);
        out.extend((value as u64).to_le_bytes());
    };
    let mut header = vec![1, 4, 6];
    number(&mut header, 0);
    number(&mut header, files.len());
    header.push(9);
    files.iter().for_each(|(_, data)| number(&mut header, data.len()));
    header.extend([0, 7, 0x0b]);
    number(&mut header, files.len());
    header.push(0);
    // One coder without properties: copying.
    files.iter().for_each(|_| header.extend([1, 1, 0]));
    header.push(0x0c);
    files.iter().for_each(|(_, data)| number(&mut header, data.len()));
    header.extend([0x0a, 1]);
    files.iter().for_each(|(_, data)| header.extend(crc32(data).to_le_bytes()));
    header.extend([0, 8, 0, 0, 5]);
    number(&mut header, files.len());
    let names: Vec<u8> = files.iter().flat_map(|(name, _)| name.encode_utf16().chain([0])).flat_map(u16::to_le_bytes).collect();
    header.push(0x11);
    number(&mut header, names.len() + 1);
    header.push(0);
    header.extend(names);
    header.extend([0, 0]);
    let packed: Vec<u8> = files.iter().flat_map(|(_, data)| data.iter().copied()).collect();
    let mut start = (packed.len() as u64).to_le_bytes().to_vec();
    start.extend((header.len() as u64).to_le_bytes());
    start.extend(crc32(&header).to_le_bytes());
    [b"7z\xbc\xaf\x27\x1c\0\x04", &crc32(&start).to_le_bytes()[..], &start, &packed, &header].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg())))
}

/// The same picture as each kind that telephones and chats make, 60 × 80 pixels in colour.
pub fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    let rgb: Vec<u8> = (0..80_u32).flat_map(|y| (0..60_u32).flat_map(move |x| [(x * 4) as u8, (y * 3) as u8, 90])).collect();
    let picture = image::RgbImage::from_raw(60, 80, rgb.clone()).expect("the samples fit the size");
    let written = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("a small picture can be encoded");
        bytes.into_inner()
    };
    let heic = heifer::encode::encode_rgb8(60, 80, &rgb, &heifer::encode::EncodeOptions::default());
    vec![
        ("bmp", written(image::ImageFormat::Bmp)),
        ("gif", written(image::ImageFormat::Gif)),
        ("webp", written(image::ImageFormat::WebP)),
        ("heic", heic.expect("a small picture can be encoded")),
    ]
}

/// Bytes in letters (RFC 4648, 4).
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|three| {
            let word = three.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            let letter = |at: usize| if at > three.len() { '=' } else { char::from(LETTERS[(word >> (18 - 6 * at) & 63) as usize]) };
            (0..4).map(letter).collect::<Vec<_>>()
        })
        .collect()
}
