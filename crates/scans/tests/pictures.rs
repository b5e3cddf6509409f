//! Every page comes out upright, in its colours, with its facts.
#![expect(clippy::unwrap_used, reason = "helpers of a test end it where the system fails")]

use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use scans::{Kind, PageFacts, Pixels, Raster, Scale, draw, inspect};

mod shelf;
use shelf::{CORNERS, Tiff, Value, quarters, tags};

const BLACK: [u8; 3] = [0; 3];
const WHITE: [u8; 3] = [255; 3];

/// The colours in the middle of the four quarters.
fn corners(raster: &Raster) -> [[u8; 3]; 4] {
    let (left, top) = (raster.width / 4, raster.height / 4);
    let (right, bottom) = (raster.width - 1 - left, raster.height - 1 - top);
    [raster.colour(left, top), raster.colour(right, top), raster.colour(left, bottom), raster.colour(right, bottom)]
}

#[track_caller]
fn looks_like(name: &str, raster: &Raster, expected: [[u8; 3]; 4], apart: i16) {
    let found = corners(raster);
    let near = found.iter().flatten().zip(expected.iter().flatten()).all(|(a, b)| (i16::from(*a) - i16::from(*b)).abs() <= apart);
    assert!(near, "{name}: {found:?} and not {expected:?}");
}

fn facts(bytes: &[u8]) -> PageFacts {
    let seen = inspect(bytes);
    assert_eq!(seen.trouble, None);
    seen.pages[0]
}

#[test]
fn all_eight_orientations_come_out_upright() {
    for orientation in 1..=8 {
        let bytes = shelf::jpeg(60, 40, orientation);
        let page = facts(&bytes);
        assert_eq!((page.pixels, page.dpi), (Some((60, 40)), Some(300.0)), "{orientation}");
        assert!((page.width_pt - 14.4).abs() < 0.01 && (page.height_pt - 9.6).abs() < 0.01, "{orientation}: {page:?}");
        for scale in [Scale::Full, Scale::MaxSide(30), Scale::Dpi(150.0)] {
            let drawn = draw(&bytes, Kind::Jpeg, 0, scale).unwrap();
            let expected = if scale == Scale::Full { (60, 40) } else { (30, 20) };
            assert_eq!((drawn.width, drawn.height), expected, "{orientation} {scale:?}");
            looks_like(&format!("orientation {orientation} at {scale:?}"), &drawn, CORNERS, 12);
        }
        // The same tag in a TIFF.
        let plain = draw(&bytes, Kind::Jpeg, 0, Scale::Full).unwrap();
        let mut with = tags(60, 40, &[8, 8, 8], 1, 2);
        with.push((274, Value::Short(vec![orientation.into()])));
        let tiff = Tiff::new().page(with, plain.samples().to_vec()).finish();
        let drawn = draw(&tiff, Kind::Tiff, 0, Scale::Full).unwrap();
        assert_eq!(drawn, plain.oriented(orientation));
    }
}

#[test]
fn a_webp_comes_out_upright_however_its_exif_begins() {
    let exif = Tiff::new().page(vec![(274, Value::Short(vec![3]))], Vec::new()).finish();
    for head in [&b""[..], b"Exif\0\0"] {
        let mut bytes = Vec::new();
        let mut encoder = WebPEncoder::new_lossless(&mut bytes);
        encoder.set_exif_metadata([head, &exif].concat()).unwrap();
        encoder.write_image(&quarters(40, 40), 40, 40, ExtendedColorType::Rgb8).unwrap();
        let [a, b, c, d] = CORNERS;
        looks_like(&format!("behind {head:?}"), &draw(&bytes, Kind::Webp, 0, Scale::Full).unwrap(), [d, c, b, a], 0);
    }
}

#[test]
fn grey_progressive_and_cmyk_jpegs_keep_their_colours() {
    let rgb = quarters(64, 64);
    let encode = |samples: &[u8], colour, progressive| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
        encoder.set_progressive(progressive);
        encoder.encode(samples, 64, 64, colour).unwrap();
        bytes
    };
    let grey: Vec<u8> = rgb.chunks_exact(3).map(|pixel| pixel[0]).collect();
    let cmyk: Vec<u8> = rgb.chunks_exact(3).flat_map(|pixel| [255 - pixel[0], 255 - pixel[1], 255 - pixel[2], 0]).collect();
    let of_red = CORNERS.map(|[red, ..]| [red; 3]);
    for (name, bytes, expected) in [
        ("grey", encode(&grey, jpeg_encoder::ColorType::Luma, false), of_red),
        ("progressive", encode(&rgb, jpeg_encoder::ColorType::Rgb, true), CORNERS),
        ("CMYK", encode(&cmyk, jpeg_encoder::ColorType::Cmyk, false), CORNERS),
        ("YCCK", encode(&cmyk, jpeg_encoder::ColorType::CmykAsYcck, false), CORNERS),
    ] {
        assert_eq!(facts(&bytes).dpi, None, "{name} states no resolution");
        assert_eq!(facts(&bytes).width_pt, 64.0 * 72.0 / 200.0);
        for side in [64, 16] {
            looks_like(name, &draw(&bytes, Kind::Jpeg, 0, Scale::MaxSide(side)).unwrap(), expected, 14);
        }
    }
}

#[test]
fn a_jpeg_of_one_row_is_drawn_whole() {
    let row: Vec<u8> = (0..64).map(|x| if x < 32 { 0 } else { 255 }).collect();
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, 95).encode(&row, 64, 1, jpeg_encoder::ColorType::Luma).unwrap();
    let drawn = draw(&bytes, Kind::Jpeg, 0, Scale::Full).unwrap();
    let at = |x: u32| drawn.colour(x, 0)[0];
    assert!(at(30) < 30 && at(33) > 225, "{} {}", at(30), at(33));
}

#[test]
fn every_colour_type_of_png_lies_on_white() {
    use png::{BitDepth, ColorType};
    let rgb = quarters(64, 64);
    let alpha = |pixels: &[u8], size: usize| -> Vec<u8> {
        // The right half is transparent.
        pixels.chunks_exact(size).enumerate().flat_map(|(at, pixel)| [pixel, &[if at % 64 < 32 { 255 } else { 0 }]].concat()).collect()
    };
    let grey: Vec<u8> = rgb.chunks_exact(3).map(|pixel| pixel[0]).collect();
    let wide: Vec<u8> = rgb.iter().flat_map(|sample| [*sample, 0]).collect();
    let index: Vec<u8> = (0..64 * 64).map(|at| u8::from(at % 64 >= 32) + 2 * u8::from(at / 64 >= 32)).collect();
    let bits: Vec<u8> = (0..64 * 8).map(|at| if at / 8 < 32 && at % 8 < 4 { 0 } else { 255 }).collect();
    let of_red = CORNERS.map(|[red, ..]| [red; 3]);
    for (name, bytes, expected) in [
        ("rgb", shelf::png(64, 64, ColorType::Rgb, BitDepth::Eight, &rgb), CORNERS),
        ("rgb of 16 bits", shelf::png(64, 64, ColorType::Rgb, BitDepth::Sixteen, &wide), CORNERS),
        ("rgba", shelf::png(64, 64, ColorType::Rgba, BitDepth::Eight, &alpha(&rgb, 3)), [CORNERS[0], WHITE, CORNERS[2], WHITE]),
        ("grey", shelf::png(64, 64, ColorType::Grayscale, BitDepth::Eight, &grey), of_red),
        (
            "grey and alpha",
            shelf::png(64, 64, ColorType::GrayscaleAlpha, BitDepth::Eight, &alpha(&grey, 1)),
            [of_red[0], WHITE, of_red[2], WHITE],
        ),
        ("palette", shelf::png(64, 64, ColorType::Indexed, BitDepth::Eight, &index), CORNERS),
        ("bilevel", shelf::png(64, 64, ColorType::Grayscale, BitDepth::One, &bits), [BLACK, WHITE, WHITE, WHITE]),
    ] {
        assert_eq!(facts(&bytes).pixels, Some((64, 64)), "{name}");
        for side in [64, 16, 8] {
            looks_like(name, &draw(&bytes, Kind::Png, 0, Scale::MaxSide(side)).unwrap(), expected, if side == 64 { 1 } else { 12 });
        }
    }
}

#[test]
fn every_tiff_is_drawn_in_its_colours() {
    let rgb = quarters(64, 64);
    let grey: Vec<u8> = rgb.chunks_exact(3).map(|pixel| pixel[0]).collect();
    let of_red = CORNERS.map(|[red, ..]| [red; 3]);
    let with = |mut tags: Vec<(u16, Value)>, more: Vec<(u16, Value)>| {
        tags.extend(more);
        tags
    };
    let plain = |bits: &[u16], photometric| tags(64, 64, bits, 1, photometric);
    let packed = |compression, bits: &[u16], photometric| tags(64, 64, bits, compression, photometric);
    let differences: Vec<u8> =
        rgb.chunks_exact(192).flat_map(|row| (0..192).map(|at| row[at].wrapping_sub(if at < 3 { 0 } else { row[at - 3] }))).collect();
    let zlib = |samples: &[u8]| {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, samples).unwrap();
        packer.finish().unwrap()
    };
    let lzw = |samples: &[u8]| weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(samples).unwrap();
    let pack_bits = |samples: &[u8]| {
        samples
            .chunks(32)
            .flat_map(|run| if run.iter().all(|byte| *byte == run[0]) { vec![225, run[0]] } else { [&[31], run].concat() })
            .collect::<Vec<u8>>()
    };
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 95).encode(&rgb, 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    let cmyk: Vec<u8> = rgb.chunks_exact(3).flat_map(|pixel| [255 - pixel[0], 255 - pixel[1], 255 - pixel[2], 0]).collect();
    let planes: Vec<u8> = (0..3).flat_map(|plane| rgb.chunks_exact(3).map(move |pixel| pixel[plane])).collect();
    let wide: Vec<u8> = rgb.iter().flat_map(|sample| [0, *sample]).collect();
    let index: Vec<u8> = (0..64 * 32)
        .map(|at| {
            let right = u8::from(at % 32 >= 16);
            let value = right + 2 * u8::from(at / 32 >= 32);
            value << 4 | value
        })
        .collect();
    let mut map = vec![0; 48];
    for (at, colour) in CORNERS.iter().enumerate() {
        for plane in 0..3 {
            map[plane * 16 + at] = u16::from(colour[plane]) * 257;
        }
    }
    let tile = |left: usize, top: usize| (top..top + 32).flat_map(|y| rgb[(y * 64 + left) * 3..][..96].to_vec()).collect::<Vec<u8>>();
    let fax = shelf::g4(64, 64);
    let turned_over: Vec<u8> = fax.iter().map(|byte| byte.reverse_bits()).collect();
    let rgba: Vec<u8> =
        rgb.chunks_exact(3).enumerate().flat_map(|(at, pixel)| [pixel, &[if at % 64 < 32 { 255 } else { 0 }]].concat()).collect();
    let g3: Vec<u8> = (0..64).flat_map(|y| one_row_of_g3(y < 32)).collect();
    let one_black = [BLACK, WHITE, WHITE, WHITE];
    let mut strips = packed(8, &[8, 8, 8], 2);
    strips.retain(|(tag, _)| *tag != 278);
    let all = [
        ("rgb", Tiff::new().page(plain(&[8, 8, 8], 2), rgb.clone()), CORNERS),
        ("grey", Tiff::new().page(plain(&[8], 1), grey.clone()), of_red),
        ("grey, white is zero", Tiff::new().page(plain(&[8], 0), grey.iter().map(|sample| 255 - sample).collect()), of_red),
        ("16 bits", Tiff::new().page(plain(&[16, 16, 16], 2), wide), CORNERS),
        (
            "planes",
            Tiff::new().page(
                with(
                    plain(&[8, 8, 8], 2),
                    vec![
                        (284, Value::Short(vec![2])),
                        (273, Value::Long(vec![8, 8 + 4096, 8 + 8192])),
                        (279, Value::Long(vec![4096; 3])),
                        (700, Value::Bytes(Vec::new())),
                    ],
                ),
                Vec::new(),
            ),
            CORNERS,
        ),
        ("cmyk", Tiff::new().page(plain(&[8; 4], 5), cmyk), CORNERS),
        (
            "rgba",
            Tiff::new().page(with(plain(&[8; 4], 2), vec![(338, Value::Short(vec![2]))]), rgba),
            [CORNERS[0], WHITE, CORNERS[2], WHITE],
        ),
        ("palette of 4 bits", Tiff::new().page(with(plain(&[4], 3), vec![(320, Value::Short(map))]), index), CORNERS),
        ("Deflate", Tiff::new().page(strips, zlib(&rgb)), CORNERS),
        (
            "Deflate of differences",
            Tiff::new().page(with(packed(32946, &[8, 8, 8], 2), vec![(317, Value::Short(vec![2]))]), zlib(&differences)),
            CORNERS,
        ),
        ("LZW", Tiff::new().page(packed(5, &[8, 8, 8], 2), lzw(&rgb)), CORNERS),
        ("PackBits", Tiff::new().page(packed(32773, &[8], 1), pack_bits(&grey)), of_red),
        ("JPEG", Tiff::new().page(packed(7, &[8, 8, 8], 6), jpeg.clone()), CORNERS),
        (
            "JPEG, tables apart",
            {
                let (tables, scan) = apart(&jpeg);
                Tiff::new().page(with(packed(7, &[8, 8, 8], 6), vec![(347, Value::Bytes(tables))]), scan)
            },
            CORNERS,
        ),
        ("G4", Tiff::new().page(packed(4, &[1], 0), fax.clone()), one_black),
        ("G4, black is zero", Tiff::new().page(packed(4, &[1], 1), fax.clone()), one_black.map(|colour| colour.map(|sample| 255 - sample))),
        ("G4, bits turned over", Tiff::new().page(with(packed(4, &[1], 0), vec![(266, Value::Short(vec![2]))]), turned_over), one_black),
        ("G3", Tiff::new().page(packed(3, &[1], 0), bits(&g3)), one_black),
        ("tiles", tiles(&[tile(0, 0), tile(32, 0), tile(0, 32), tile(32, 32)]), CORNERS),
    ];
    for (name, tiff, expected) in all {
        let mut bytes = tiff.finish();
        if name == "planes" {
            // The planes go where the directory said: at the start, everything else behind them.
            bytes = moved_behind(&bytes, &planes);
        }
        assert_eq!(facts(&bytes).dpi, Some(200.0), "{name}");
        for side in [64, 16] {
            // A sharp filter overshoots a little beside an edge.
            let apart = if name.starts_with("JPEG") || side == 16 { 12 } else { 1 };
            looks_like(name, &draw(&bytes, Kind::Tiff, 0, Scale::MaxSide(side)).unwrap(), expected, apart);
        }
    }
}

/// The tables of a JPEG, and the JPEG without them, as TIFF keeps them.
fn apart(jpeg: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mut tables, mut scan) = (vec![0xFF, 0xD8], vec![0xFF, 0xD8]);
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if matches!(jpeg[at + 1], 0xC4 | 0xDB) { &mut tables } else { &mut scan }.extend(&jpeg[at..end]);
        at = end;
    }
    tables.extend([0xFF, 0xD9]);
    scan.extend(&jpeg[at..]);
    (tables, scan)
}

fn tiles(tiles: &[Vec<u8>]) -> Tiff {
    let mut with = tags(64, 64, &[8, 8, 8], 1, 2);
    let place = |at: usize| 8 + (at * 32 * 32 * 3) as u32;
    with.retain(|(tag, _)| *tag != 278);
    with.push((322, Value::Long(vec![32])));
    with.push((323, Value::Long(vec![32])));
    with.push((324, Value::Long((0..4).map(place).collect())));
    with.push((325, Value::Long(vec![32 * 32 * 3; 4])));
    Tiff::new().page(with, tiles.concat())
}

/// One row of G3, 64 pixels, as a string of bits: an end of line, then 32 black and 32 white, or 64 white.
fn one_row_of_g3(half_black: bool) -> Vec<u8> {
    let code = if half_black { "00110101 000001101010 00011011" } else { "11011 00110101" };
    format!("000000000001{code}").bytes().filter(|bit| *bit != b' ').map(|bit| bit - b'0').collect()
}

fn bits(bits: &[u8]) -> Vec<u8> {
    bits.chunks(8).map(|eight| eight.iter().enumerate().fold(0, |byte, (at, bit)| byte | bit << (7 - at))).collect()
}

/// Puts `front` behind the header of a TIFF of one page and sets every place in its directory right again.
fn moved_behind(tiff: &[u8], front: &[u8]) -> Vec<u8> {
    let long = |at: usize| u32::from_le_bytes(tiff[at..at + 4].try_into().unwrap());
    let by = front.len() as u32;
    let mut rest = tiff.to_vec();
    let directory = long(4) as usize;
    for entry in 0..usize::from(u16::from_le_bytes([tiff[directory], tiff[directory + 1]])) {
        let at = directory + 2 + entry * 12;
        let kind = u16::from_le_bytes([tiff[at + 2], tiff[at + 3]]);
        let size = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        if size * long(at + 4) > 4 {
            rest[at + 8..at + 12].copy_from_slice(&(long(at + 8) + by).to_le_bytes());
        }
    }
    rest[4..8].copy_from_slice(&(directory as u32 + by).to_le_bytes());
    [&rest[..8], front, &rest[8..]].concat()
}

#[test]
fn a_fax_pixel_that_is_not_square_is_drawn_as_it_was_sent() {
    let mut with = tags(408, 196, &[1], 4, 0);
    with.retain(|(tag, _)| !matches!(tag, 282 | 283));
    with.push((282, Value::Ratio(204, 1)));
    with.push((283, Value::Ratio(98, 1)));
    let bytes = Tiff::new().page(with, shelf::g4(408, 196)).finish();
    let page = facts(&bytes);
    assert_eq!((page.width_pt, page.height_pt, page.dpi), (144.0, 144.0, Some(98.0)));
    let drawn = draw(&bytes, Kind::Tiff, 0, Scale::Dpi(204.0)).unwrap();
    assert_eq!((drawn.width, drawn.height), (408, 408));
    looks_like("fax", &drawn, [BLACK, WHITE, WHITE, WHITE], 2);
}

#[test]
fn all_pages_of_a_tiff_are_counted_and_drawn() {
    let mut reduced = tags(8, 8, &[8], 1, 1);
    reduced.push((254, Value::Long(vec![1])));
    let bytes = Tiff::new()
        .page(tags(200, 300, &[1], 4, 0), shelf::g4(200, 300))
        .page(reduced, vec![0; 64])
        .page(tags(64, 64, &[8, 8, 8], 1, 2), quarters(64, 64))
        .page(tags(300, 200, &[1], 4, 0), shelf::g4(300, 200))
        .finish();
    let seen = inspect(&bytes);
    let sizes: Vec<_> = seen.pages.iter().map(|page| page.pixels.unwrap()).collect();
    assert_eq!((sizes, seen.trouble), (vec![(200, 300), (64, 64), (300, 200)], None));
    let [first, second, third] = [0, 1, 2].map(|page| draw(&bytes, Kind::Tiff, page, Scale::Full).unwrap());
    looks_like("first", &first, [BLACK, WHITE, WHITE, WHITE], 0);
    looks_like("second", &second, CORNERS, 0);
    looks_like("third", &third, [BLACK, WHITE, WHITE, WHITE], 0);
    assert!(matches!(first.pixels, Pixels::Grey(_)) && first.is_bilevel());
    assert!(draw(&bytes, Kind::Tiff, 3, Scale::Full).is_err());
    // What the assembler of packages passes through.
    let pages = scans::tiff::pages(&bytes).unwrap();
    let (offset, length) = pages[2].strips[0];
    assert_eq!(bytes[offset as usize..(offset + length) as usize], shelf::g4(300, 200));
}

#[test]
fn a_pdf_page_is_drawn_as_it_is_shown() {
    let upright = CORNERS;
    let [a, b, c, d] = upright;
    for (rotate, size, pixels, expected) in [
        (0, (288.0, 192.0), (600, 400), upright),
        (90, (192.0, 288.0), (400, 600), [c, a, d, b]),
        (180, (288.0, 192.0), (600, 400), [d, c, b, a]),
        (270, (192.0, 288.0), (400, 600), [b, d, a, c]),
    ] {
        for unit in [1.0, 2.0] {
            let bytes = shelf::pdf_of_a_picture(rotate, unit);
            let page = facts(&bytes);
            assert_eq!((page.width_pt, page.height_pt), (size.0 * unit, size.1 * unit), "{rotate}");
            assert_eq!((page.pixels, page.dpi), (Some(pixels), Some(150.0 / unit)), "{rotate}");
            let drawn = draw(&bytes, Kind::Pdf, 0, Scale::MaxSide(300)).unwrap();
            assert_eq!(drawn.width.max(drawn.height), 300);
            looks_like(&format!("/Rotate {rotate}"), &drawn, expected, 12);
            let full = draw(&bytes, Kind::Pdf, 0, Scale::Full).unwrap();
            assert_eq!((full.width, full.height), pixels);
        }
    }
}

#[test]
fn the_text_layer_is_read_and_a_page_of_text_is_no_picture() {
    let bytes = shelf::pdf(2);
    let seen = inspect(&bytes);
    assert_eq!(seen.text, "Sheet 1 of proof\nsecond line\n\u{c}Sheet 2 of proof\nsecond line");
    assert_eq!(seen.pages[0], PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: None, dpi: None });
    let drawn = draw(&bytes, Kind::Pdf, 1, Scale::Dpi(72.0)).unwrap();
    assert_eq!((drawn.width, drawn.height), (595, 842));
    let dark = |top: u32, bottom: u32| (top..bottom).any(|y| (60..300).any(|x| drawn.colour(x, y)[0] < 128));
    // The baseline stands 122 pt below the head of the page.
    assert!(dark(100, 125) && !dark(200, 842) && drawn.colour(5, 5) == WHITE);
}

#[test]
fn a_drawn_page_goes_out_as_jpeg_and_as_png() {
    let picture = draw(&shelf::jpeg(60, 40, 1), Kind::Jpeg, 0, Scale::Full).unwrap();
    let again = picture.to_jpeg(90).unwrap();
    looks_like("JPEG", &draw(&again, Kind::Jpeg, 0, Scale::Full).unwrap(), CORNERS, 16);
    assert_eq!(draw(&picture.to_png(), Kind::Png, 0, Scale::Full).unwrap(), picture);
    let fax = Tiff::new().page(tags(203, 101, &[1], 4, 0), shelf::g4(203, 101)).finish();
    let fax = draw(&fax, Kind::Tiff, 0, Scale::Full).unwrap();
    assert_eq!(draw(&fax.to_png(), Kind::Png, 0, Scale::Full).unwrap(), fax);
    let [a, b, c, d] = CORNERS;
    looks_like("turned", &picture.turned(90), [c, a, d, b], 16);
}

#[test]
fn only_what_a_camera_took_says_when() {
    let exposed = |text: &str| shelf::exif_of(vec![(0x829A, Value::Ratio(1, 125)), (0x9003, Value::Bytes(format!("{text}\0").into()))], 28);
    let shot = |exif: &[u8]| inspect(&shelf::jpeg_with(exif)).shot;
    let day = |text: &str| shot(&exposed(text)).map(|shot| shot.day.map(|day| day.to_string()).unwrap_or_default());
    for (text, told) in [
        ("2022:08:01 09:30:00", "2022-08-01"),
        ("2022-08-01 09:30:00", "2022-08-01"),
        ("0000:00:00 00:00:00", ""),
        ("    :  :     :  :  ", ""),
        ("2022:02:30 09:30:00", ""),
    ] {
        assert_eq!(day(text).as_deref(), Some(told), "{text}");
    }
    // A scanner says when, and nothing of an exposure.
    assert_eq!(shot(&shelf::exif_of(vec![(0x9003, Value::Bytes(b"2022:08:01 09:30:00\0".to_vec()))], 20)), None);
    assert_eq!(shot(b"II*\0\x08"), None, "a block that is cut short says nothing");
    assert_eq!(inspect(&shelf::jpeg(60, 40, 6)).shot, None);
}
