//! What is passed through is seen as it was, pixel for pixel: poppler draws the source and the package, and both agree.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod pdf_fixtures;

use std::path::Path;
use std::process::Command;

use pdf_fixtures::{Bench, source};
use tiff::encoder::{Compression, TiffEncoder, colortype};

/// Ten pixels a millimetre: margins of whole millimetres are whole pixels.
const DPI: usize = 254;

/// A page as poppler draws it: width, height, pixels.
fn drawn(path: &Path, page: usize) -> (usize, usize, Vec<[u8; 3]>) {
    let number = page.to_string();
    let done = Command::new("pdftoppm").args(["-r", &DPI.to_string(), "-f", &number, "-l", &number]).arg(path).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut fields = done.stdout.splitn(4, |byte| byte.is_ascii_whitespace());
    assert_eq!(fields.next(), Some(&b"P6"[..]));
    let mut size = || std::str::from_utf8(fields.next().unwrap()).unwrap().parse::<usize>().unwrap();
    let (width, height) = (size(), size());
    let rest = fields.next().unwrap();
    let data = &rest[rest.iter().position(|byte| *byte == b'\n').unwrap() + 1..];
    (width, height, data.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect())
}

/// How far the pixels are from those of the source, which stands in the middle of the evidence area at its own size: 10 mm
/// further from the binding edge than from the other, and 2 mm further from the foot than from the head.
fn off(page: &(usize, usize, Vec<[u8; 3]>), source: &(usize, usize, Vec<[u8; 3]>)) -> u8 {
    let (width, height, pixels) = page;
    let (own_width, own_height, own) = source;
    let (left, top) = ((width + 100 - own_width) / 2, (height - 20 - own_height) / 2);
    let far = |(at, pixel): (usize, &[u8; 3])| {
        let found = pixels[(top + at / own_width) * width + left + at % own_width];
        pixel.iter().zip(found).map(|(own, found)| own.abs_diff(found)).max().unwrap_or(0)
    };
    own.iter().enumerate().map(far).max().unwrap_or(0)
}

#[test]
fn pages_of_pdfs_are_drawn_alike() {
    let mut bench = Bench::new();
    bench.manuscript.setup.duplex = false;
    // 100 × 140 mm, a hair less so that no reader begins one pixel more.
    let box_of = |more: &str| format!("/MediaBox[0 0 283.4645 396.8503]{more}");
    let font = "/Resources<</Font<</F0<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    let mut cases = vec![
        ("plain", source(&[source::figured(&box_of(""), "")])),
        ("turned by 90", source(&[source::figured(&box_of("/Rotate 90"), "")])),
        ("turned by 180", source(&[source::figured(&box_of("/Rotate 180"), "")])),
        ("turned by 270", source(&[source::figured(&box_of("/Rotate 270"), "")])),
        ("cropped, not from 0", source(&[source::figured("/MediaBox[-50 -20 400 500]/CropBox[20 30 246.7716 313.4645]", "")])),
        ("a scale that is never taken back", source(&[source::figured(&box_of(""), "Q q 0.5 0 0 0.5 0 0 cm")])),
        ("lettered", source(&[source::figured(&box_of(font), "BT /F0 24 Tf 40.3 40.3 Td (letters) Tj ET")])),
    ];
    let packed = bench.qpdf(&cases[0].1.clone(), &["--object-streams=generate"]);
    let locked = bench.qpdf(&cases[0].1.clone(), &["--encrypt", "", "owner", "256", "--"]);
    cases.extend([("object streams", packed), ("restricted", locked)]);
    for (_, bytes) in &cases {
        let digest = bench.keep(bytes);
        bench.scan(digest, 0, 0, "");
    }
    let (path, receipt) = bench.write();
    assert!(receipt.remarks.iter().all(|remark| remark.kind == paper::manuscript::RemarkKind::FontNotEmbedded), "{:?}", receipt.remarks);
    for (index, (name, bytes)) in cases.iter().enumerate() {
        let own = bench.dir.path().join("own.pdf");
        std::fs::write(&own, bytes).unwrap();
        let (page, own) = (drawn(&path, index + 1), drawn(&own, 1));
        assert!(own.2.iter().any(|pixel| *pixel != [255; 3]), "{name}: something is drawn");
        // Places are written to a hundred-thousandth of a point: an edge may be mixed one part in 256 otherwise.
        assert!(off(&page, &own) <= 1, "{name}: off by {}", off(&page, &own));
    }
}

/// The only picture of a page, as poppler takes it out of the file: its red samples.
fn taken_out(bench: &Bench, path: &Path, page: usize) -> (usize, usize, Vec<u8>) {
    let (number, root) = (page.to_string(), bench.dir.path().join(format!("out{page}")));
    assert!(Command::new("pdfimages").args(["-png", "-f", &number, "-l", &number]).arg(path).arg(&root).status().unwrap().success());
    pdf_fixtures::read_png(&std::fs::read(bench.dir.path().join(format!("out{page}-000.png"))).unwrap())
}

#[test]
fn every_tiff_keeps_its_pixels() {
    const WIDTH: u32 = 61;
    const HEIGHT: u32 = 147;
    let ramp = |at: u32| ((at % WIDTH * 5 + at / WIDTH * 3) % 256) as u8;
    let grey: Vec<u8> = (0..WIDTH * HEIGHT).map(ramp).collect();
    let rgb: Vec<u8> = grey.iter().flat_map(|red| [*red, 9, 200]).collect();
    let deep: Vec<u16> = grey.iter().map(|grey| u16::from(*grey) * 257).collect();
    let write = |how: Compression, what: &dyn Fn(&mut TiffEncoder<&mut std::io::Cursor<Vec<u8>>>)| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        what(&mut TiffEncoder::new(&mut bytes).unwrap().with_compression(how));
        bytes.into_inner()
    };
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    let ways = [
        ("plain", Compression::Uncompressed),
        ("LZW", Compression::Lzw),
        ("Deflate", Compression::Deflate(Default::default())),
        ("PackBits", Compression::Packbits),
    ];
    for (way, how) in ways {
        cases.push((format!("grey {way}"), write(how, &|file| file.write_image::<colortype::Gray8>(WIDTH, HEIGHT, &grey).unwrap())));
        cases.push((format!("RGB {way}"), write(how, &|file| file.write_image::<colortype::RGB8>(WIDTH, HEIGHT, &rgb).unwrap())));
        cases.push((format!("16 bits {way}"), write(how, &|file| file.write_image::<colortype::Gray16>(WIDTH, HEIGHT, &deep).unwrap())));
    }
    let mut bench = Bench::new();
    for (name, bytes) in &cases {
        let digest = bench.keep(bytes);
        bench.scan(digest, 0, 0, name);
    }
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    for (index, (name, _)) in cases.iter().enumerate() {
        let (width, height, pixels) = taken_out(&bench, &path, index + 1);
        assert_eq!((width, height), (WIDTH as usize, HEIGHT as usize), "{name}");
        assert!(pixels == grey, "{name}");
    }
}
