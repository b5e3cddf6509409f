//! Red lines under words: on the page of the package where they were drawn, and nowhere else.

use std::path::Path;
use std::process::Command;

use dossier::compile::ledger::LedgerSheet;
use dossier::compile::{Format, Options, PhotoPages};
use dossier::domain::{Caption, Line};
use dossier::{Desk, Error};
use huijuan_tests::story::{self, code};
use huijuan_tests::{LaidOut, Story};
use scans::Watch;

pub(super) const LINE: Line = Line { x0: 2000, y0: 3000, x1: 8000, y1: 3000 };

pub(super) fn story(name: &str, pages: u32) -> Story {
    let story = Story::scanned(&[(name, pages)]);
    story.desk().file(&story.pieces(&[name]), &code("01-01")).unwrap();
    story
}

pub(super) fn options(format: Format) -> Options {
    Options { format, ..story::options() }
}

/// Compiles, and gives the pages that show red with the box of it, in shares of the page.
fn red(desk: &Desk) -> Vec<(usize, [f32; 4])> {
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    red_pages(&package.files[0])
}

fn red_pages(file: &Path) -> Vec<(usize, [f32; 4])> {
    drawn(file).iter().enumerate().filter_map(|(at, page)| Some((at, red_box(page)?))).collect()
}

/// Every page of a file, as poppler draws it.
pub(super) fn drawn(file: &Path) -> Vec<scans::Raster> {
    let folder = tempfile::TempDir::new().unwrap();
    let done = Command::new("pdftoppm").args(["-r", "100", "-png"]).arg(file).arg(folder.path().join("p")).status().unwrap();
    assert!(done.success());
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let draw = |path| scans::picture::draw(&std::fs::read(path).unwrap(), scans::Kind::Png, 0, scans::picture::Scale::Full).unwrap();
    names.into_iter().map(draw).collect()
}

pub(super) fn red_box(page: &scans::Raster) -> Option<[f32; 4]> {
    let mut found: Option<[u32; 4]> = None;
    for y in 0..page.height {
        for x in 0..page.width {
            let [red, green, blue] = page.colour(x, y);
            if red > 180 && green < 120 && blue < 120 {
                let [x0, y0, x1, y1] = found.unwrap_or([x, y, x, y]);
                found = Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)]);
            }
        }
    }
    let [x0, y0, x1, y1] = found?.map(|pixel| pixel as f32);
    let (width, height) = (page.width as f32, page.height as f32);
    Some([x0 / width, y0 / height, x1 / width, y1 / height])
}

#[test]
fn a_red_line_is_printed_where_it_was_drawn() {
    // The drawn seal is red too: the line lies on a page that has none.
    let story = story("议军会议纪要.tif", 2);
    let (desk, piece) = (story.desk(), story.piece("议军会议纪要.tif"));
    assert_eq!(red(desk), []);
    let mark = desk.add_mark(piece, 1, LINE).unwrap();
    let [(page, [x0, y0, x1, y1])] = red(desk)[..] else { panic!("one page shows red") };
    assert!(x1 - x0 > 0.45 && y1 - y0 < 0.01, "{x0} {y0} {x1} {y1}");
    assert!((0.25..0.4).contains(&y0), "{y0}");

    // Upside down, it is still under its words.
    desk.turn_page(piece, 1, 180).unwrap();
    let [(turned, [x0, y0, x1, y1])] = red(desk)[..] else { panic!("one page shows red") };
    assert_eq!(turned, page);
    assert!(x1 - x0 > 0.45 && y1 - y0 < 0.01, "{x0} {y0} {x1} {y1}");
    assert!((0.6..0.75).contains(&y0), "{y0}");

    desk.remove_mark(mark).unwrap();
    assert_eq!(red(desk), []);
    desk.undo().unwrap();
    assert_eq!(red(desk).len(), 1);
}

/// In Word too, over a picture that would be copied and over one that is drawn: in its place, and nowhere else.
#[test]
fn a_red_line_is_seen_in_word() {
    let story = story("议军会议纪要.tif", 2);
    story.receives(&[("走访.jpg", huijuan_tests::drawn::photo(1240, 1754, 150))]);
    let desk = story.desk();
    desk.file(&story.pieces(&["走访.jpg"]), &code("01-01")).unwrap();
    desk.add_mark(story.piece("走访.jpg"), 0, LINE).unwrap();
    desk.add_mark(story.piece("议军会议纪要.tif"), 1, LINE).unwrap();
    for format in [Format::Docx, Format::Review] {
        let package = desk.compile(&options(format), None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{:#?}", package.verification);
        let (_, ledger) = desk.foresee(&options(format)).unwrap();
        let marked = |sheet: &LedgerSheet| sheet.shows.evidence().iter().any(|on| on.page == on_page(on.caption));
        let wanted: Vec<usize> = (0..ledger.sheets.len()).filter(|at| marked(&ledger.sheets[*at])).collect();
        let red = red_pages(&LaidOut::of(&package.files[0]).pdf);
        assert_eq!(red.iter().map(|(page, _)| *page).collect::<Vec<_>>(), wanted);
        for (page, [x0, y0, x1, y1]) in red {
            // Six tenths of a picture that fills the room of an evidence page.
            assert!(x1 - x0 > 0.4 && y1 - y0 < 0.012, "{page}: {x0} {y0} {x1} {y1}");
            assert!((0.25..0.45).contains(&y0), "{page}: {y0}");
        }
    }
}

/// Which page of each piece has a line.
fn on_page(caption: &str) -> u32 {
    if caption.contains("走访") { 1 } else { 2 }
}

#[test]
fn photos_share_pages_and_are_told_under_them() {
    let names = ["走访.jpg", "慰问.jpg", "座谈.png", "通知.pdf"];
    let story = Story::scanned(&names.map(|name| (name, 1)));
    let desk = story.desk();
    desk.file(&story.pieces(&names), &code("01-01")).unwrap();
    let caption = Caption {
        time: "2022年7月28日".to_owned(),
        place: "驻区部队甲营区".to_owned(),
        people: "示例区双拥办、示例街道01有关负责同志，驻区部队甲官兵代表".to_owned(),
        subject: "“八一”走访慰问".to_owned(),
        background: "建军95周年前夕，区四套班子分组走访驻区部队".to_owned(),
        cause: "送去慰问品并听取部队对驻地工作的意见建议，现场协调解决随军家属就业和子女入学事宜".to_owned(),
    };
    desk.set_caption(&story.pieces(&names[..3]), &caption).unwrap();
    desk.add_mark(story.piece("慰问.jpg"), 0, LINE).unwrap();
    let sheets = |photos, format| {
        let options = Options { photos, ..options(format) };
        let package = desk.compile(&options, None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{:#?}", package.verification);
        assert_eq!((package.pieces, package.pages), (4, 4));
        if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
            std::fs::copy(&package.files[0], Path::new(&folder).join(format!("{photos:?}.{}", format.ending()))).unwrap();
        }
        let (_, ledger) = desk.foresee(&options).unwrap();
        ledger.sheets.iter().map(|sheet| sheet.shows.evidence().len()).filter(|count| *count > 0).collect::<Vec<_>>()
    };
    for format in [Format::Pdf, Format::Docx] {
        assert_eq!(sheets(PhotoPages::One, format), [1, 1, 1, 1]);
        // What is no photo stands alone.
        assert_eq!(sheets(PhotoPages::Two, format), [2, 1, 1]);
    }
}

/// Whatever is said of a photo stands on its sheet; what has no room there ends in an ellipsis, and the clerk is told.
#[test]
fn long_words_under_a_photo_stay_on_its_sheet() {
    let names = ["走访.jpg", "慰问.jpg", "通知.pdf"];
    let story = Story::scanned(&names.map(|name| (name, 1)));
    let desk = story.desk();
    desk.file(&story.pieces(&names), &code("01-01")).unwrap();
    let said =
        |count: usize| Caption {
            cause: "慰问驻区部队官兵并听取意见".repeat(count), subject: "走访".to_owned(), ..Caption::default()
        };
    for (count, long) in [(30, [false, false]), (60, [false, true]), (150, [true, true])] {
        desk.set_caption(&story.pieces(&names[..2]), &said(count)).unwrap();
        for (photos, cut) in [PhotoPages::One, PhotoPages::Two].into_iter().zip(long) {
            for format in [Format::Pdf, Format::Docx] {
                let package = desk.compile(&Options { photos, ..options(format) }, None, &Watch::silent()).unwrap();
                assert!(package.verification.ok, "{:#?}", package.verification);
                let told = package.remarks.iter().filter(|remark| remark.contains("照片说明太长")).count();
                assert_eq!(told, if cut { 2 } else { 0 }, "{count} {photos:?} {format:?}: {:?}", package.remarks);
                if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
                    let name = format!("long-{count}-{photos:?}.{}", format.ending());
                    std::fs::copy(&package.files[0], Path::new(&folder).join(name)).unwrap();
                }
                // As another program lays it out: as many pages as sheets, and all words on their own.
                let pages = match format {
                    Format::Pdf => pages(&package.files[0]),
                    _ => LaidOut::of(&package.files[0]).pages(),
                };
                assert_eq!(pages.len(), package.sheets as usize, "{count} {photos:?} {format:?}");
                let on_sheets: Vec<&String> = pages.iter().filter(|page| page.contains("主题：走访")).collect();
                assert_eq!(on_sheets.len(), if photos == PhotoPages::One { 2 } else { 1 });
                let words: usize = on_sheets.iter().map(|page| page.matches("慰问驻区部队官兵并听取意见").count()).sum();
                assert!(
                    if cut { words < count * 2 && words > 40 } else { words == count * 2 },
                    "{words} of {count}, {photos:?} {format:?}"
                );
            }
        }
    }
}

/// The words on each page of a PDF, within the paper, without spaces.
pub(super) fn pages(file: &Path) -> Vec<String> {
    let text =
        Command::new("pdftotext").args(["-raw", "-x", "0", "-y", "0", "-W", "595", "-H", "842"]).arg(file).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(|page| page.chars().filter(|c| !c.is_whitespace()).collect()).collect();
    pages.pop();
    pages
}

#[test]
fn what_is_no_line_is_not_drawn() {
    let story = story("领导小组通知.jpg", 1);
    let (desk, piece) = (story.desk(), story.piece("领导小组通知.jpg"));
    for line in [Line { x1: 2000, ..LINE }, Line { x1: 10_001, ..LINE }] {
        assert!(matches!(desk.add_mark(piece, 0, line), Err(Error::NotALine)));
    }
    assert!(matches!(desk.add_mark(piece, 7, LINE), Err(Error::NoSuchPage { page: 7, .. })));
    assert_eq!(desk.marks(piece).unwrap(), []);
}
