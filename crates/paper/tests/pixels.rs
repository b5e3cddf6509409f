//! What is decoded loses nothing: the pixels that poppler takes out of the package are those that went in.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod pdf_fixtures;

use std::path::Path;
use std::process::Command;

use pdf_fixtures::Bench;
use tiff::encoder::{Compression, TiffEncoder, colortype};

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
    let path = bench.each_passed(&cases);
    for (index, (name, _)) in cases.iter().enumerate() {
        let (width, height, pixels) = taken_out(&bench, &path, index + 1);
        assert_eq!((width, height), (WIDTH as usize, HEIGHT as usize), "{name}");
        assert!(pixels == grey, "{name}");
    }
}
