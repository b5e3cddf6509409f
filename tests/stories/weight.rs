//! What a volume will weigh is known before it is written: near enough for no reader to be given more than it opens.

use dossier::compile::{self, Format, Options, Package, Report};
use dossier::wording::package::proof;
use huijuan_tests::story::{self, code};
use huijuan_tests::{Story, drawn};
use scans::Watch;

fn options(format: Format) -> Options {
    Options { format, ..story::options() }
}

/// What the printed pieces of a project are taken to weigh, in bytes.
fn weights(story: &Story, format: Format) -> Vec<u64> {
    compile::plan(&story.desk().dossier().unwrap(), &options(format)).pieces().map(|piece| piece.bytes).collect()
}

fn compiled(story: &Story, format: Format) -> Package {
    story.desk().compile(&options(format), None, &Watch::silent()).unwrap()
}

#[test]
fn parts_weigh_as_much_as_their_scan() {
    let story = Story::new();
    let (pdf, _) = drawn::sharing_pdf(&["one", "two", "three", "four", "five", "six"]);
    let whole = pdf.len() as u64;
    story.receives(&[("全部.pdf", pdf)]);
    let (desk, pile) = (story.desk(), story.piece("全部.pdf"));
    desk.file(&[pile], &code("01-01")).unwrap();
    assert_eq!(weights(&story, Format::Pdf), [whole]);
    desk.split(pile, &[1, 2, 4]).unwrap();
    let parts = weights(&story, Format::Pdf);
    assert_eq!(parts.len(), 4);
    let sum: u64 = parts.iter().sum();
    assert!(sum <= whole && sum + 4 >= whole, "{parts:?} of {whole}");
    desk.leave_out(pile, 0, true).unwrap();
    desk.unfile(&[pile], &code("01-01")).unwrap();
    assert!(weights(&story, Format::Pdf).iter().sum::<u64>() < whole * 9 / 10);
}

/// A film is a page that says where it is kept.
#[test]
fn a_film_splits_nothing() {
    let story = Story::new();
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.resize(3 << 20, 7);
    story.receives(&[("宣传片.mp4", film), ("通知.jpg", drawn::jpeg(1))]);
    story.desk().file(&story.pieces(&["宣传片.mp4", "通知.jpg"]), &code("01-01")).unwrap();
    let dossier = story.desk().dossier().unwrap();
    for format in [Format::Pdf, Format::Docx] {
        let mut plan = compile::plan(&dossier, &options(format));
        plan.most_bytes = Some(1 << 20);
        assert_eq!(compile::ledger(&plan, &plan.setup()).volumes.len(), 1, "{format:?}");
    }
}

/// Noise in colours, which no way of packing makes small.
fn noise(side: u32, samples: usize) -> Vec<u8> {
    let mut noise = 1_u32;
    let mut next = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 26) as u8 * 4
    };
    (0..side as usize * side as usize * samples).map(|_| next()).collect()
}

/// Kinds of pictures that are decoded and written anew, each far larger in the package than it came.
fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    const SIDE: u32 = 500;
    let rgb = noise(SIDE, 3);
    let image = image::RgbImage::from_raw(SIDE, SIDE, rgb.clone()).unwrap();
    let mut webp = std::io::Cursor::new(Vec::new());
    image.write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    let heic = heifer::encode::encode_rgb8(SIDE, SIDE, &rgb, &heifer::encode::EncodeOptions::default()).unwrap();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, SIDE, SIDE);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&noise(SIDE, 4)).unwrap();
    vec![("照片.heic", heic), ("微信.webp", webp.into_inner()), ("截图.png", png)]
}

#[test]
fn what_is_decoded_weighs_its_pixels() {
    let bare = Story::new();
    for format in [Format::Pdf, Format::Docx, Format::Review] {
        let nothing = compiled(&bare, format).bytes;
        for (name, bytes) in pictures() {
            let story = Story::new();
            let came = bytes.len() as u64;
            story.receives(&[(name, bytes)]);
            story.desk().file(&story.pieces(&[name]), &code("01-01")).unwrap();
            let (written, weight) = (compiled(&story, format).bytes - nothing, weights(&story, format)[0]);
            // Its own sheets and the register weigh a little, too.
            assert!(written < weight + 40_000, "{format:?} {name}: {written} bytes for {weight} ({came} came)");
        }
    }
}

/// Estimates may be wrong: what came out too large is said.
#[test]
fn what_came_out_too_large_is_said() {
    let story = Story::scanned(&[("通知.jpg", 1)]);
    story.desk().file(&story.pieces(&["通知.jpg"]), &code("01-01")).unwrap();
    let package = compiled(&story, Format::Docx);
    let (mut report, _) = Report::of(&package.files[0]).unwrap();
    assert_eq!((report.most_bytes, proof::oversized(&report)), (Some(400 << 20), Vec::new()));
    report.most_bytes = Some(1024);
    let [said] = &proof::oversized(&report)[..] else { panic!("one file") };
    assert!(said.starts_with("“汇编_2023-04-18.docx”有 ") && said.contains("超过每册 1 KB 的限度，Word 可能打不开"), "{said}");
    assert!(proof::report(&report).contains(said));
}
