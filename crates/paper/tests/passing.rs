//! Evidence as it is: pictures come out of the package as they went in, pages of PDFs look as they looked.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod pdf_fixtures;

use std::process::Command;

use jpeg_encoder::{ColorType, Encoder};
use paper::manuscript::{Body, Receipt, RemarkKind, Slice};
use pdf_fixtures::{Bench, Seen, jpeg, source};

/// The first picture of a page, as poppler takes it out of the file.
fn taken_out(bench: &Bench, page: usize, how: &str) -> Vec<u8> {
    let (number, root) = (page.to_string(), bench.dir.path().join(format!("out{page}")));
    let path = bench.dir.path().join("package.pdf");
    let done = Command::new("pdfimages").args([how, "-f", &number, "-l", &number]).arg(&path).arg(&root).status().unwrap();
    assert!(done.success());
    let mut found: Vec<_> = std::fs::read_dir(bench.dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.to_string_lossy().contains(&format!("out{page}-000")));
    std::fs::read(&found[0]).unwrap()
}

fn four_colours(width: usize, height: usize, ink: impl Fn([u8; 3]) -> Vec<u8>) -> Vec<u8> {
    (0..width * height).flat_map(|at| ink(pdf_fixtures::colour_at(at % width, at / width, width, height))).collect()
}

#[test]
fn every_jpeg_passes_byte_by_byte() {
    let encode = |colour, pixels: &[u8], progressive| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        encoder.set_progressive(progressive);
        encoder.encode(pixels, 64, 96, colour).unwrap();
        bytes
    };
    let rgb = four_colours(64, 96, |colour| colour.to_vec());
    let cmyk = four_colours(64, 96, |[r, g, b]| vec![255 - r, 255 - g, 255 - b, 0]);
    let grey = four_colours(64, 96, |[r, _, _]| vec![r]);
    let cases = [
        ("RGB", encode(ColorType::Rgb, &rgb, false), true),
        ("progressive", encode(ColorType::Rgb, &rgb, true), true),
        ("CMYK, inverted as Adobe does", encode(ColorType::Cmyk, &cmyk, false), true),
        ("YCCK, inverted as Adobe does", encode(ColorType::CmykAsYcck, &cmyk, false), true),
        ("grey", encode(ColorType::Luma, &grey, false), false),
    ];
    let mut bench = Bench::new();
    for (name, bytes, _) in &cases {
        let digest = bench.keep(bytes);
        bench.scan(digest, 0, 0, name);
    }
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    for (index, (name, bytes, coloured)) in cases.iter().enumerate() {
        assert!(taken_out(&bench, index + 1, "-all") == *bytes, "{name}");
        if *coloured {
            assert_eq!(bench.seen(&path, index + 1).quarters(), Some(Seen::UPRIGHT), "{name}");
        }
    }
}

#[test]
fn every_png_keeps_its_pixels() {
    use png::{BitDepth, ColorType};
    let (width, height) = (61, 47);
    // Grey 0–255 down to one bit, told apart by place.
    let ramp = |x: usize, y: usize| ((x * 5 + y * 3) % 256) as u8;
    let of = |depth: BitDepth, colour: ColorType, data: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        encoder.write_header().unwrap().write_image_data(data).unwrap();
        bytes
    };
    let each =
        |make: &dyn Fn(usize, usize) -> Vec<u8>| -> Vec<u8> { (0..width * height).flat_map(|at| make(at % width, at / width)).collect() };
    let grey = each(&|x, y| vec![ramp(x, y)]);
    let bits: Vec<u8> = (0..height)
        .flat_map(|y| {
            let row: Vec<bool> = (0..width).map(|x| ramp(x, y) > 127).collect();
            row.chunks(8)
                .map(|bits| bits.iter().enumerate().fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at)))
                .collect::<Vec<u8>>()
        })
        .collect();
    let on_white = |value: u8, alpha: u8| (f32::from(value) * f32::from(alpha) / 255.0 + 255.0 - f32::from(alpha)).round() as u8;
    let cases: [(&str, Vec<u8>, Vec<u8>); 6] = [
        ("grey", of(BitDepth::Eight, ColorType::Grayscale, &grey), grey.clone()),
        ("one bit", of(BitDepth::One, ColorType::Grayscale, &bits), each(&|x, y| vec![if ramp(x, y) > 127 { 255 } else { 0 }])),
        ("sixteen bits", of(BitDepth::Sixteen, ColorType::Grayscale, &each(&|x, y| vec![ramp(x, y); 2])), grey.clone()),
        ("colour", of(BitDepth::Eight, ColorType::Rgb, &each(&|x, y| vec![ramp(x, y), 9, 200])), grey.clone()),
        ("interlaced", pdf_fixtures::interlaced(width, height, ramp), grey.clone()),
        (
            "half transparent",
            of(BitDepth::Eight, ColorType::GrayscaleAlpha, &each(&|x, y| vec![ramp(x, y), if x < 30 { 255 } else { 100 }])),
            each(&|x, y| vec![on_white(ramp(x, y), if x < 30 { 255 } else { 100 })]),
        ),
    ];
    let mut bench = Bench::new();
    for (name, bytes, _) in &cases {
        let digest = bench.keep(bytes);
        bench.scan(digest, 0, 0, name);
    }
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    for (index, (name, _, expected)) in cases.iter().enumerate() {
        let (found_width, found_height, pixels) = pdf_fixtures::read_png(&taken_out(&bench, index + 1, "-png"));
        assert_eq!((found_width, found_height), (width, height), "{name}");
        let off = pixels.iter().zip(expected).map(|(found, wanted)| found.abs_diff(*wanted)).max();
        // Mixing with white rounds.
        assert!(off <= Some(u8::from(*name == "half transparent")), "{name}: off by {off:?}");
    }
}

#[test]
fn what_lies_over_a_page_is_seen_and_what_is_hidden_is_not() {
    let cases =
        [("the look of a field in its state", source::field(0)), ("a turn that the tree of pages says", source::turned_by_its_tree())];
    let mut bench = Bench::new();
    for (name, bytes) in &cases {
        let digest = bench.keep(bytes);
        bench.scan(digest, 0, 0, name);
    }
    // Flag 2 hides it (ISO 32000-1 12.5.3).
    let hidden = bench.keep(&source::field(2));
    bench.scan(hidden, 0, 0, "hidden");
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    for (index, (name, _)) in cases.iter().enumerate() {
        assert_eq!(bench.seen(&path, index + 1).quarters(), Some(Seen::UPRIGHT), "{name}");
    }
    assert_eq!(bench.seen(&path, 3).quarters(), None);
}

/// Who draws a page goes no further among its annotations than an entry that leads to none.
#[test]
fn a_page_that_is_drawn_says_that_it_lacks_looks() {
    let note = "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]>>";
    let kinds = |receipt: Receipt| receipt.remarks.into_iter().map(|remark| remark.kind).collect::<Vec<_>>();
    for (annotations, lacking) in [(format!("/Annots[{note} null]"), false), (format!("/Annots[null 999 0 R {note}]"), true)] {
        for mut leaf in [source::damaged(), source::plain()] {
            leaf.add(&annotations);
            let mut bench = Bench::new();
            let digest = bench.keep(&source::source(&[leaf]));
            bench.scan(digest, 0, 0, "通知");
            let in_pdf = kinds(bench.write().1);
            let out = bench.dir.path().join("out.docx");
            let in_word = kinds(paper::docx::write(&bench.manuscript, &bench.shelf(), &out, &scans::Watch::silent()).unwrap());
            assert!(in_word.contains(&RemarkKind::Drawn), "a page of a PDF is drawn there");
            for kinds in [in_pdf, in_word] {
                let drawn = kinds.contains(&RemarkKind::Drawn);
                assert_eq!(kinds.contains(&RemarkKind::LooksBroken), drawn && lacking, "{annotations}: {kinds:?}");
            }
        }
    }
}

#[test]
fn a_page_that_leads_to_itself_comes_to_an_end() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source::looping());
    bench.scan(digest, 0, 0, "圈");
    let (path, _) = bench.write();
    let done = Command::new("qpdf").arg("--check").arg(&path).status().unwrap();
    assert!(done.success());
    assert_eq!(bench.seen(&path, 1).quarters(), Some(Seen::UPRIGHT));
}

#[test]
fn a_long_picture_is_cut_over_sheets() {
    let mut bench = Bench::new();
    let digest = bench.keep(&jpeg(60, 400));
    for (from, to) in [(0, 5000), (5000, Slice::WHOLE), (2500, 7500)] {
        bench.scan(digest, 0, 0, "长截图");
        let Body::Scan(page) = &mut bench.manuscript.sheets.last_mut().unwrap().body else { unreachable!("a scan was just added") };
        page.slice = Some(Slice { from, to });
    }
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    let seen: Vec<_> = (1..=3).map(|page| bench.seen(&path, page).quarters()).collect();
    assert_eq!(seen, [Some(['r', 'g', 'r', 'g']), Some(['b', 'y', 'b', 'y']), Some(Seen::UPRIGHT)]);
    // The picture lies there once.
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(bytes.windows(10).filter(|bytes| bytes == b"/DCTDecode").count(), 1);
}
