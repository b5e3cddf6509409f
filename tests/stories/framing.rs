//! 裁剪 and 扶正: on the screen and in the package as the clerk decided, beside a scan that stays as it came.

use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::compile::Format;
use dossier::{Desk, Error};
use huijuan_tests::Story;
use huijuan_tests::story::code;
use sample::Paper;
use scans::{Framing, Kind, Scale, Watch};
use tempfile::TempDir;

use super::marks::{LINE, drawn, options, red_box, story};
use super::pages::{askew, faces, paper};

const CROPPED: Framing = Framing { tilt: 0, x0: 1_000, y0: 1_000, x1: 9_000, y1: 6_000 };

fn compiled(desk: &Desk, format: Format) -> PathBuf {
    let package = desk.compile(&options(format), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    package.files[0].clone()
}

/// As LibreOffice lays it out.
fn printed(docx: &Path, into: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", into.join("profile").display());
    let out = into.to_str().unwrap();
    let done = Command::new("soffice").args([&profile, "--headless", "--convert-to", "pdf", "--outdir", out]).arg(docx).output().unwrap();
    assert!(done.status.success());
    into.join(docx.with_extension("pdf").file_name().unwrap())
}

/// The box of the red line on the one page that shows red, in shares of the paper.
fn red(desk: &Desk, format: Format) -> [f32; 4] {
    let file = compiled(desk, format);
    let folder = TempDir::new().unwrap();
    let pdf = if format == Format::Docx { printed(&file, folder.path()) } else { file };
    let found: Vec<[f32; 4]> = drawn(&pdf).iter().filter_map(red_box).collect();
    let [only] = found[..] else { panic!("one page shows red: {found:?}") };
    only
}

/// What stands on paper is told by a red line: in both formats it lies where the page's own words went.
#[test]
fn a_page_is_printed_straightened_and_cropped() {
    let story = story("议军会议纪要.tif", 2);
    let (desk, piece) = (story.desk(), story.piece("议军会议纪要.tif"));
    desk.add_mark(piece, 1, LINE).unwrap();
    for format in [Format::Pdf, Format::Docx] {
        desk.frame_page(piece, 1, Framing::default()).unwrap();
        let [left, top, right, bottom] = red(desk, format);
        let whole = right - left;
        assert!(bottom - top < 0.01, "level");

        desk.frame_page(piece, 1, Framing { tilt: 500, ..Framing::default() }).unwrap();
        let [left, top, right, bottom] = red(desk, format);
        // Six tenths of the page's width at five degrees, on paper whose height is 1.41 of its width.
        let rise = (right - left) * 5_f32.to_radians().tan() / 1.414;
        assert!((bottom - top - rise).abs() < 0.008, "{format:?}: {} for {rise}", bottom - top);

        desk.frame_page(piece, 1, CROPPED).unwrap();
        let [left, top, right, bottom] = red(desk, format);
        assert!(bottom - top < 0.01 && (right - left) > whole * 0.99, "{format:?}: what is left is not made smaller");

        // A quarter turn stands on what was cropped.
        desk.turn_page(piece, 1, 180).unwrap();
        let [_, turned, ..] = red(desk, format);
        assert!(turned > top, "{format:?}: {turned} {top}");
        desk.turn_page(piece, 1, 0).unwrap();
    }

    // What is cut off takes its red line along.
    desk.frame_page(piece, 1, Framing { y0: 5_000, ..Framing::default() }).unwrap();
    assert_eq!(drawn(&compiled(desk, Format::Pdf)).iter().filter_map(red_box).count(), 0);
}

/// The bytes of a JPEG go into the package as they came, whatever is shown of them; and nothing of a page is lost.
#[test]
fn the_scan_stays_as_it_came() {
    let story = Story::scanned(&[("慰问.jpg", 1)]);
    let (desk, piece) = (story.desk(), story.piece("慰问.jpg"));
    desk.file(&[piece], &code("01-01")).unwrap();
    let before = story.standing();
    let size = || {
        let jpeg = desk.picture(piece, 0, 400).unwrap();
        let picture = scans::draw(&jpeg, Kind::Jpeg, 0, Scale::Full).unwrap();
        (picture.width, picture.height)
    };
    let whole = size();
    desk.frame_page(piece, 0, CROPPED).unwrap();
    assert_eq!(desk.document(piece).unwrap().pages[0].framing, CROPPED);
    let (width, height) = size();
    let shape = width as f32 / height as f32;
    let wanted = (whole.0 as f32 * 0.8) / (whole.1 as f32 * 0.5);
    assert!((shape - wanted).abs() < 0.02, "{shape} {wanted}");
    desk.frame_page(piece, 0, Framing { tilt: -250, ..CROPPED }).unwrap();

    let mut scan = Vec::new();
    std::io::Read::read_to_end(&mut desk.scan(piece).unwrap(), &mut scan).unwrap();
    let package = std::fs::read(compiled(desk, Format::Pdf)).unwrap();
    assert!(package.windows(scan.len()).any(|window| window == scan), "the JPEG lies in the package");

    desk.undo().unwrap();
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "裁剪、扶正《慰问.jpg》第 1 页");
    assert_eq!((story.standing(), size()), (before, whole));
    for wrong in [Framing { x1: 1_100, ..CROPPED }, Framing { tilt: 1_600, ..Framing::default() }, Framing { y1: 10_001, ..CROPPED }] {
        assert!(matches!(desk.frame_page(piece, 0, wrong), Err(Error::NotAFraming)));
    }
    assert!(matches!(desk.frame_page(piece, 4, CROPPED), Err(Error::NoSuchPage { page: 4, .. })));
}

/// What a page was framed to goes along when it is split off, and comes back when that is undone.
#[test]
fn a_framing_goes_with_its_page() {
    let story = Story::scanned(&[("一叠.pdf", 4)]);
    let (desk, whole) = (story.desk(), story.piece("一叠.pdf"));
    desk.frame_page(whole, 3, CROPPED).unwrap();
    let before = story.standing();
    let parts = desk.split(whole, &[2]).unwrap();
    assert_eq!(desk.document(parts[0]).unwrap().pages[1].framing, CROPPED);
    desk.undo().unwrap();
    assert_eq!(story.standing(), before);
}

/// A page that lies askew is told how to stand, also when it lies on its side; a level one is left alone.
#[test]
fn the_tilt_is_suggested() {
    let story = Story::scanned(&[("通知.png", 1)]);
    let (desk, piece) = (story.desk(), story.piece("通知.png"));
    let level = desk.suggest_tilt(piece, 0).unwrap().unwrap_or(0);
    assert!(level.abs() <= 60, "drawn nearly level: {level}");

    let page = paper(&faces(), Paper::Minutes, 0, 1);
    let askew = askew(&page, 320);
    story.receives(&[("歪斜.png", askew.to_png()), ("横躺.png", askew.turned(90).to_png())]);
    for (name, turn) in [("歪斜.png", 0), ("横躺.png", 270)] {
        let piece = story.piece(name);
        desk.turn_page(piece, 0, turn).unwrap();
        let suggested = desk.suggest_tilt(piece, 0).unwrap().unwrap();
        // The paper itself was drawn askew by up to 0.6°.
        assert!((suggested + 320).abs() <= 100, "{name}: {suggested}");
    }
}

/// The history goes back to a chosen act in one step, and everything can be done again.
#[test]
fn acts_are_undone_up_to_a_chosen_one() {
    let story = Story::scanned(&[("一叠.pdf", 4), ("通知.png", 1)]);
    let (desk, piece) = (story.desk(), story.piece("一叠.pdf"));
    let before = story.standing();
    desk.file(&[piece], &code("01-01")).unwrap();
    let filed = story.standing();
    desk.turn_page(piece, 0, 90).unwrap();
    desk.frame_page(piece, 1, CROPPED).unwrap();
    desk.leave_out(piece, 2, true).unwrap();
    let after = story.standing();
    let acts = desk.history(9).unwrap();
    assert_eq!((acts[3].undoable, acts[4].undoable), (true, false), "taking in is not taken back");

    let undone = desk.undo_to(acts[2].id).unwrap();
    assert_eq!(undone.iter().map(|act| act.id).collect::<Vec<_>>(), [acts[0].id, acts[1].id, acts[2].id]);
    assert_eq!(story.standing(), filed);
    assert!(desk.undo_to(acts[2].id).unwrap().is_empty(), "it is undone already");
    desk.undo_to(acts[3].id).unwrap();
    assert_eq!(story.standing(), before);
    for _ in 0..4 {
        desk.redo().unwrap().unwrap();
    }
    assert_eq!(story.standing(), after);
}
