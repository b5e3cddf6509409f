//! Draws the files that stories hand in: the smallest of each kind, each told apart by its number.

use std::fmt::Write as _;

/// A grey picture of 60 × 80 pixels.
pub fn jpeg(number: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&shade(number), 60, 80, jpeg_encoder::ColorType::Luma).expect("a small picture can be encoded");
    bytes
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
