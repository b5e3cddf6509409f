//! A page of a PDF in the package is the page as it came, pixel by pixel, as two renderers see them.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod pdf_fixtures;

use std::path::{Path, PathBuf};
use std::process::Command;

use paper::PageSetup;
use paper::manuscript::{Block, Body, Folio, Look};
use pdf_fixtures::source::{self, Leaf, source};
use pdf_fixtures::{Bench, features};
use scans::Raster;
use scans::pdf::Book;
use scans::picture::Scale;

const DPI: f32 = 144.0;
/// On paper of this size in mm the middle of the box for evidence stands at whole points, so that pixels fall upon pixels.
const PAPER: (f32, f32) = (212.25, 283.75);
const MIDDLE: (f64, f64) = (315.0, 405.0);

struct Case {
    name: String,
    bytes: Vec<u8>,
    /// Of the file, from 0.
    page: u32,
    /// Size of a unit of the page in pt: poppler does not ask for it.
    unit: f32,
    /// Who can tell; not one who draws the source itself otherwise than the standard says.
    judges: &'static [Renderer],
}

impl Case {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let judges = match name {
            // Of a `Q` without a `q` it draws nothing that follows, and of looks it does not see that they are groups.
            "unbalanced, in parts" | "a highlight" => &[Renderer::Hayro][..],
            // It does not turn them back, and goes no further than an entry that leads to none.
            "a note that stands upright whichever way the page is turned" | "behind entries that lead to none" => &[Renderer::Poppler],
            // At edges that lie between pixels it depends on how its numbers of 32 bits are rounded.
            "along an axis" | "left open" | "over a page that left its clip and its scale" => &[Renderer::Poppler],
            _ => &[Renderer::Poppler, Renderer::Hayro],
        };
        Self { name: name.to_owned(), bytes, page: 0, unit: 1.0, judges }
    }
}

/// Somebody who draws pages.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Renderer {
    Poppler,
    Hayro,
}

impl Renderer {
    fn draw(self, file: &Path, page: u32, dpi: f32) -> Raster {
        match self {
            Self::Poppler => poppler(file, page, dpi),
            Self::Hayro => Book::open(std::fs::read(file).unwrap()).unwrap().draw(page, Scale::Dpi(dpi)).unwrap(),
        }
    }
}

/// What is seen of a page, by poppler.
fn poppler(file: &Path, page: u32, dpi: f32) -> Raster {
    let (number, dpi) = ((page + 1).to_string(), dpi.to_string());
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("page");
    let how = ["-cropbox", "-singlefile", "-png", "-r", &dpi, "-f", &number, "-l", &number];
    assert!(Command::new("pdftoppm").args(how).arg(file).arg(&out).status().unwrap().success());
    let bytes = std::fs::read(out.with_extension("png")).unwrap();
    scans::picture::draw(&bytes, scans::Kind::Png, 0, Scale::Full).unwrap()
}

/// The package with the paper of each of its pages cut to a box (left, bottom, right, top in pt): nothing else of it is changed.
fn cut(package: &Path, boxes: &[[f64; 4]]) -> PathBuf {
    let (plain, out) = (package.with_extension("plain.pdf"), package.with_extension("cut.pdf"));
    let spelt = ["--qdf", "--object-streams=disable", "--stream-data=preserve"];
    assert!(Command::new("qpdf").args(spelt).arg(package).arg(&plain).status().unwrap().success());
    let mut bytes = std::fs::read(&plain).unwrap();
    let find = |bytes: &[u8], from: usize, word: &str| {
        from + bytes[from..].windows(word.len()).position(|window| window == word.as_bytes()).expect(word)
    };
    for (of, number) in boxes.iter().zip(1..) {
        let page = find(&bytes, 0, &format!("%% Page {number}\n"));
        let from = find(&bytes, page, "/MediaBox [");
        let end = find(&bytes, from, "]") + 1;
        let of = of.map(|side| side.to_string()).join(" ");
        bytes.splice(from..end, format!("/MediaBox [{of}]").into_bytes());
    }
    std::fs::write(&plain, bytes).unwrap();
    // Every object stands somewhere else now.
    let mended = Command::new("fix-qdf").arg(&plain).output().unwrap();
    assert!(mended.status.success());
    std::fs::write(&out, mended.stdout).unwrap();
    out
}

/// How many pixels differ, and by how much at most.
fn difference(one: &Raster, other: &Raster) -> (usize, u8) {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let pixels = (0..one.height).flat_map(|y| (0..one.width).map(move |x| (x, y)));
    let off = pixels.map(|(x, y)| one.colour(x, y).iter().zip(other.colour(x, y)).map(|(one, other)| one.abs_diff(other)).max());
    let off: Vec<u8> = off.flatten().filter(|off| *off > 0).collect();
    (off.len(), off.iter().copied().max().unwrap_or_default())
}

/// Puts every case into one package, and compares each page with its source.
fn compare(cases: &[Case], apart: bool) {
    let mut bench = Bench::new();
    bench.manuscript.setup = PageSetup { width: PAPER.0, height: PAPER.1, duplex: false, ..PageSetup::default() };
    let mut sources = Vec::new();
    for case in cases {
        let digest = bench.keep(&case.bytes);
        bench.scan(digest, case.page, 0, &case.name);
        let Body::Scan(page) = &mut bench.manuscript.sheets.last_mut().unwrap().body else { unreachable!("a scan was just added") };
        page.apart = apart;
        sources.push(bench.dir.path().join(digest.to_string()));
    }
    let (package, receipt) = bench.write();
    let drawn: Vec<_> = receipt.remarks.iter().filter(|remark| remark.kind == paper::manuscript::RemarkKind::Drawn).collect();
    assert!(drawn.is_empty(), "{drawn:?}");
    let before: Vec<Raster> =
        sources.iter().zip(cases).map(|(file, case)| Renderer::Poppler.draw(file, case.page, DPI * case.unit)).collect();
    let side = |pixels: u32| f64::from(pixels) / f64::from(DPI) * 72.0;
    let boxes: Vec<[f64; 4]> = before
        .iter()
        .map(|page| {
            let (width, height) = (side(page.width) / 2.0, side(page.height) / 2.0);
            [MIDDLE.0 - width, MIDDLE.1 - height, MIDDLE.0 + width, MIDDLE.1 + height]
        })
        .collect();
    let package = cut(&package, &boxes);
    let mut wrong = Vec::new();
    for (((case, file), at), before) in cases.iter().zip(&sources).zip(0..).zip(&before) {
        for renderer in case.judges {
            let now = renderer.draw(&package, at, DPI);
            let (count, most) = match renderer {
                Renderer::Poppler => difference(before, &now),
                Renderer::Hayro => difference(&renderer.draw(file, case.page, DPI), &now),
            };
            if count > 0 {
                wrong.push(format!("{renderer:?}, {}: {count} pixels by up to {most}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn cases(pages: Vec<(&str, Leaf)>) -> Vec<Case> {
    pages.into_iter().map(|(name, page)| Case::new(name, source(&[page]))).collect()
}

/// Once as it is, once with what it shares with other pages thinned out.
fn both_ways(cases: &[Case]) {
    compare(cases, false);
    compare(cases, true);
}

#[test]
fn however_it_is_boxed_and_turned() {
    let mut cases = cases(features::boxes());
    cases.push(Case::new("plain", source(&[source::plain()])));
    cases.extend([90, 180, 270].map(|turn| Case::new(&format!("turned by {turn}"), source(&[source::rotated(turn)]))));
    cases.push(Case::new("turned by its tree", source::turned_by_its_tree()));
    cases.push(Case { unit: 1.5, ..Case::new("cropped, in larger units", source(&[source::cropped()])) });
    cases.push(Case { page: 1, ..Case::new("the second of three", source(&[source::plain(), source::lettered(), source::plain()])) });
    both_ways(&cases);
}

#[test]
fn however_it_is_written() {
    let bench = Bench::new();
    let plain = source(&[source::lettered()]);
    let ways: [(&str, &[&str]); 6] = [
        ("object streams", &["--object-streams=generate"]),
        ("linearised", &["--linearize"]),
        ("AES 256", &["--encrypt", "", "owner", "256", "--"]),
        ("AES 128", &["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--"]),
        ("RC4 128", &["--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"]),
        ("RC4 40", &["--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"]),
    ];
    let mut cases: Vec<Case> = ways.iter().map(|(name, how)| Case::new(name, bench.qpdf(&plain, how))).collect();
    cases.push(Case::new("unbalanced, in parts", source(&[source::unbalanced()])));
    cases.push(Case::new("left open", source(&[source::left_open()])));
    both_ways(&cases);
}

#[test]
fn whatever_it_draws_with() {
    let mut cases = cases(features::drawing());
    cases.extend(self::cases(features::letters()));
    cases.extend(self::cases(features::paints()));
    cases.extend(self::cases(features::pictures()));
    both_ways(&cases);
}

#[test]
fn whatever_shines_through() {
    both_ways(&cases(features::transparency()));
}

#[test]
fn whatever_lies_over_it() {
    let mut cases = cases(features::looks());
    cases.push(Case::new("a stamp", source(&[source::stamped()])));
    cases.push(Case::new("a field in its state", source::field(0)));
    cases.push(Case::new("a field that is hidden", source::field(2)));
    both_ways(&cases);
}

/// Where the scale is 1 and nothing lies between pixels, also on its side.
#[test]
fn a_landscape_page_is_the_same_on_its_side() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source(&[source::landscape(600, 400)]));
    bench.manuscript.setup = PageSetup { width: PAPER.0, height: PAPER.1, duplex: false, ..PageSetup::default() };
    bench.scan(digest, 0, 0, "横页");
    let (package, _) = bench.write();
    let now = poppler(&cut(&package, &[[MIDDLE.0 - 200.0, MIDDLE.1 - 300.0, MIDDLE.0 + 200.0, MIDDLE.1 + 300.0]]), 0, DPI);
    let before = poppler(&bench.dir.path().join(digest.to_string()), 0, DPI);
    assert_eq!((now.width, now.height), (before.height, before.width));
    // Its head is at the left.
    let places = (0..now.height).flat_map(|y| (0..now.width).map(move |x| (x, y)));
    assert!(places.into_iter().all(|(x, y)| now.colour(x, y) == before.colour(before.width - 1 - y, x)));
}

/// A page of A4 has to make room for what is printed around it: it is the same at its smaller size, but for how that is rounded.
#[test]
fn a_page_that_is_made_smaller_is_the_same_but_for_rounding() {
    let a4 = "/MediaBox[0 0 595 842]";
    let mut pages: Vec<(&str, Leaf)> = features::letters();
    pages.extend(features::drawing());
    pages.push(features::transparency().remove(0));
    let mut bench = Bench::new();
    for (name, page) in &mut pages {
        page.add(a4);
        let digest = bench.keep(&source(std::slice::from_ref(page)));
        bench.scan(digest, 0, 0, name);
    }
    let (package, _) = bench.write();
    // GB/T 9704 paper less what the stamps and the holes of the binder need, in mm; the folio says on which side those are.
    let (width, height) = (180.0_f64 / 25.4 * 72.0, 261.0_f64 / 25.4 * 72.0);
    let scale = (width / 595.0).min(height / 842.0);
    let boxes: Vec<[f64; 4]> = (0..pages.len())
        .map(|at| {
            let (x, y) = (if at % 2 == 0 { 110.0 } else { 100.0 } / 25.4 * 72.0, 149.5 / 25.4 * 72.0);
            [x - 297.5 * scale, y - 421.0 * scale, x + 297.5 * scale, y + 421.0 * scale]
        })
        .collect();
    let package = cut(&package, &boxes);
    for ((name, page), at) in pages.iter().zip(0..) {
        let file = bench.dir.path().join("source.pdf");
        std::fs::write(&file, source(std::slice::from_ref(page))).unwrap();
        let (before, now) = (poppler(&file, 0, DPI * scale as f32), poppler(&package, at, DPI));
        let (width, height) = (before.width.min(now.width), before.height.min(now.height));
        assert!(before.width.abs_diff(now.width) <= 1 && before.height.abs_diff(now.height) <= 1, "{name}");
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let far = |(x, y): &(u32, u32)| before.colour(*x, *y).iter().zip(now.colour(*x, *y)).any(|(one, other)| one.abs_diff(other) > 24);
        let off = places.filter(far).count();
        assert!(off * 1000 < (width * height) as usize, "{name}: {off} of {} pixels", width * height);
    }
}

/// Text in five faces with fonts that lie in the file, and pages that were imported before.
#[test]
fn a_package_within_a_package() {
    let mut bench = Bench::new();
    bench.manuscript.setup = PageSetup { width: 127.0, height: 190.5, top: 20.0, bottom: 20.0, inner: 12.0, outer: 12.0, duplex: true };
    let looks = [Look::CoverTitle, Look::Heading, Look::Body, Look::Note];
    let words = "关于成立双拥工作领导小组的通知〔2021〕3号";
    bench.text("总目录", Folio::Front(1), &[], looks.map(|look| Block::Paragraph { look, text: words.into() }).to_vec());
    let digest = bench.keep(&source(&[features::transparency().remove(0).1]));
    bench.scan(digest, 0, 0, "01-03-001");
    let (path, _) = bench.write();
    let bytes = std::fs::read(path).unwrap();
    both_ways(&[0, 1].map(|page| Case { page, ..Case::new(&format!("sheet {page}"), bytes.clone()) }));
}
