//! A shelf of spoiled files: each has a verdict with its true cause, and none breaks the reader.
#![expect(clippy::unwrap_used, reason = "a test that has no memory or no files left may end so")]

use std::io::{Cursor, Write as _};
use std::process::Command;

use scans::inspected::Limit;
use scans::{Inspected, Trouble, inspect};

mod shelf;
use shelf::{Tiff, Value, tags};

fn half(bytes: Vec<u8>) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

fn noisy_png() -> Vec<u8> {
    let samples: Vec<u8> = (0..200 * 200_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    shelf::png(200, 200, png::ColorType::Grayscale, png::BitDepth::Eight, &samples)
}

/// A JPEG whose frame claims another size.
fn jpeg_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = shelf::jpeg(64, 64, 1);
    let frame = bytes.windows(4).position(|window| window == [0xFF, 0xC0, 0, 17]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = noisy_png();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    bytes
}

/// A HEIC of a telephone that states another size.
fn heic_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = heifer::encode_rgb8(64, 64, &shelf::quarters(64, 64), &heifer::EncodeOptions::default()).unwrap();
    let stated = bytes.windows(4).position(|window| window == b"ispe").unwrap() + 8;
    bytes[stated..stated + 4].copy_from_slice(&width.to_be_bytes());
    bytes[stated + 4..stated + 8].copy_from_slice(&height.to_be_bytes());
    bytes
}

fn tiff(compression: u16, strip: Vec<u8>) -> Vec<u8> {
    Tiff::new().page(tags(100, 100, &[8], compression, 1), strip).finish()
}

fn encrypted(user: &str, owner: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (plain, locked) = (folder.path().join("plain.pdf"), folder.path().join("locked.pdf"));
    std::fs::write(&plain, shelf::pdf(2)).unwrap();
    let status = Command::new("qpdf").args(["--encrypt", user, owner, "256", "--"]).args([&plain, &locked]).status();
    assert!(status.expect("qpdf is one of the test packages").success());
    std::fs::read(locked).unwrap()
}

/// A compound file of one stream, as Word and PowerPoint of before 2007 begin theirs.
fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(content).unwrap();
    file.into_inner().into_inner()
}

/// The head of a paper of Word 97 to 2003, and of WPS; bit 8 of its flags says that it is encrypted.
fn word(flags: u16) -> Vec<u8> {
    compound("/WordDocument", &[&[0xEC, 0xA5, 0xC1, 0, 0, 0, 4, 8, 0, 0][..], &flags.to_le_bytes(), &[0; 20]].concat())
}

/// What PowerPoint 97 to 2003 says of who edited last, with the mark of whether it is encrypted.
fn slides(mark: u32) -> Vec<u8> {
    compound("/Current User", &[&[0, 0, 0xF6, 0x0F, 20, 0, 0, 0, 20, 0, 0, 0][..], &mark.to_le_bytes(), &[0; 16]].concat())
}

#[test]
fn every_spoiled_file_has_a_verdict_with_its_true_cause() {
    let damaged = |part: &'static str| move |trouble: &Trouble| matches!(trouble, Trouble::Damaged { detail } if detail.contains(part));
    let over = |limit: Limit| move |trouble: &Trouble| matches!(trouble, Trouble::OverLimit { limit: found, .. } if *found == limit);
    let is = |expected: Trouble| move |trouble: &Trouble| *trouble == expected;
    let unusual = |part: &'static str| move |trouble: &Trouble| matches!(trouble, Trouble::Unusual { detail } if detail.contains(part));
    type Expected = Box<dyn Fn(&Trouble) -> bool>;
    let mut lying_strip = Tiff::new().page(tags(100, 100, &[8], 1, 1), vec![1; 10_000]).finish();
    lying_strip.truncate(9_000);
    let cases: Vec<(&str, Vec<u8>, Expected)> = vec![
        ("empty", Vec::new(), Box::new(damaged("empty"))),
        ("rubbish", vec![0; 100], Box::new(is(Trouble::Unsupported))),
        ("a text", b"hello\n".to_vec(), Box::new(is(Trouble::Unsupported))),
        ("half a JPEG", half(shelf::jpeg(640, 480, 1)), Box::new(damaged("ends before"))),
        (
            "a JPEG without its last two bytes",
            shelf::jpeg(640, 480, 1).split_last_chunk::<2>().unwrap().0.to_vec(),
            Box::new(damaged("ends before")),
        ),
        ("a JPEG's first bytes", vec![0xFF, 0xD8, 0xFF, 0xE0], Box::new(damaged("no picture"))),
        ("a JPEG of 60000 × 60000", jpeg_claiming(60_000, 60_000), Box::new(over(Limit::SidePixels))),
        ("a JPEG of 30000 × 30000", jpeg_claiming(30_000, 30_000), Box::new(over(Limit::Megapixels))),
        ("a JPEG without height", jpeg_claiming(64, 0), Box::new(damaged("without width"))),
        ("half a PNG", half(noisy_png()), Box::new(damaged("ends before"))),
        ("a PNG without its end", noisy_png().split_last_chunk::<12>().unwrap().0.to_vec(), Box::new(damaged("ends before"))),
        (
            "a PNG with a flipped bit",
            {
                let mut png = noisy_png();
                let at = png.len() / 2;
                png[at] ^= 4;
                png
            },
            Box::new(|trouble| matches!(trouble, Trouble::Damaged { .. })),
        ),
        ("a PNG of 2³¹ pixels a side", png_claiming(0x7FFF_FFFF, 0x7FFF_FFFF), Box::new(over(Limit::SidePixels))),
        ("a PNG of 400 megapixels", png_claiming(20_000, 20_000), Box::new(over(Limit::Megapixels))),
        ("a HEIC of 200 megapixels", heic_claiming(12_240, 16_320), Box::new(over(Limit::Megapixels))),
        ("a TIFF cut in its strip", lying_strip, Box::new(|trouble| matches!(trouble, Trouble::Damaged { .. }))),
        ("a TIFF whose strip is short", tiff(1, vec![1; 5_000]), Box::new(damaged("page 1: its picture is cut short"))),
        ("a TIFF of rubbish Deflate", tiff(8, vec![0x55; 500]), Box::new(damaged("page 1"))),
        ("a TIFF of rubbish JPEG", tiff(7, vec![0x55; 500]), Box::new(damaged("page 1"))),
        ("a TIFF of rubbish fax", Tiff::new().page(tags(100, 100, &[1], 4, 0), vec![0; 50]).finish(), Box::new(damaged("fax code"))),
        ("a TIFF of an unknown compression", tiff(34_712, vec![0; 500]), Box::new(unusual("34712"))),
        (
            "a TIFF of floating numbers",
            Tiff::new()
                .page(
                    {
                        let mut tags = tags(2, 2, &[32], 1, 1);
                        tags.push((339, Value::Short(vec![3])));
                        tags
                    },
                    vec![0; 16],
                )
                .finish(),
            Box::new(unusual("floating")),
        ),
        (
            "a TIFF in a circle",
            Tiff::new().page(tags(2, 2, &[8], 1, 1), vec![0; 4]).page(tags(2, 2, &[8], 1, 1), vec![0; 4]).in_a_circle(),
            Box::new(damaged("circle")),
        ),
        ("a TIFF without a page", Tiff::new().finish(), Box::new(is(Trouble::NoPages))),
        (
            "a TIFF of 60000 × 60000",
            Tiff::new().page(tags(60_000, 60_000, &[8], 1, 1), vec![0; 4]).finish(),
            Box::new(over(Limit::SidePixels)),
        ),
        (
            "a TIFF's second page is damaged",
            Tiff::new().page(tags(2, 2, &[8], 1, 1), vec![0; 4]).page(tags(2, 2, &[8], 1, 1), vec![0; 3]).finish(),
            Box::new(damaged("page 2")),
        ),
        ("a PDF that states more pages", shelf::pdf_stating(3, 7), Box::new(is(Trouble::FewerPages { stated: 7, found: 3 }))),
        ("a PDF of no pages", shelf::pdf(0), Box::new(is(Trouble::NoPages))),
        ("a PDF of nothing but a header", b"%PDF-1.7\n%%EOF\n".to_vec(), Box::new(|trouble| matches!(trouble, Trouble::Damaged { .. }))),
        ("a PDF of rubbish", [&b"%PDF-1.4\n"[..], &[0xA5; 5_000]].concat(), Box::new(|trouble| matches!(trouble, Trouble::Damaged { .. }))),
        (
            "a PDF cut in half",
            half(shelf::pdf(9)),
            Box::new(|trouble| matches!(trouble, Trouble::Damaged { .. } | Trouble::FewerPages { .. })),
        ),
        ("a PDF with a password", encrypted("secret", "owner"), Box::new(is(Trouble::Encrypted))),
        ("a DOC with a password", word(0x0100), Box::new(is(Trouble::Encrypted))),
        ("a DOC without one", word(0x0200), Box::new(is(Trouble::Unsupported))),
        ("a PPT with a password", slides(0xF3D1_C4DF), Box::new(is(Trouble::Encrypted))),
        ("a PPT without one", slides(0xE391_C05F), Box::new(is(Trouble::Unsupported))),
    ];
    for (name, bytes, expected) in cases {
        let Inspected { trouble, .. } = inspect(&bytes);
        let trouble = trouble.unwrap_or_else(|| panic!("{name}: nothing was found"));
        assert!(expected(&trouble), "{name}: {trouble:?}");
    }
}

#[test]
fn a_restricted_pdf_without_a_user_password_opens_like_any_other() {
    let seen = inspect(&encrypted("", "owner"));
    assert_eq!((seen.pages.len(), seen.trouble), (2, None));
    assert!(seen.text.contains("Sheet 2 of proof"), "{}", seen.text);
}

#[test]
fn a_page_tree_in_a_circle_ends() {
    let circle = shelf::pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R 2 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_vec(),
    ]);
    assert_eq!(inspect(&circle).trouble, Some(Trouble::FewerPages { stated: 3, found: 1 }));
}

#[test]
fn no_flipped_bit_and_no_cut_breaks_the_reader() {
    let mut rows = fastrand_like(7);
    let whole = [
        shelf::jpeg(64, 48, 6),
        noisy_png(),
        Tiff::new().page(tags(64, 64, &[1], 4, 0), shelf::g4(64, 64)).page(tags(8, 8, &[8, 8, 8], 1, 2), vec![7; 192]).finish(),
        shelf::pdf(2),
        shelf::pdf_of_a_picture(90, 1.0),
    ];
    for bytes in whole {
        let kind = inspect(&bytes).kind;
        for _ in 0..60 {
            let mut spoiled = bytes.clone();
            for _ in 0..1 + rows() % 4 {
                let at = rows() % spoiled.len();
                spoiled[at] = rows() as u8;
            }
            if rows().is_multiple_of(3) {
                spoiled.truncate(rows() % spoiled.len());
            }
            let seen = inspect(&spoiled);
            assert!(!seen.pages.is_empty() || seen.trouble.is_some(), "no pages is never success");
            // Whatever comes of it, it comes back.
            let _ = scans::draw(&spoiled, kind, 0, scans::Scale::MaxSide(64));
        }
    }
}

/// Numbers that look random and are the same in every run.
fn fastrand_like(mut state: u64) -> impl FnMut() -> usize {
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    }
}
