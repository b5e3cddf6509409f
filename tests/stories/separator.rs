//! 分隔页: printed, laid into a pile, scanned with it, and read back.

use std::sync::{Arc, OnceLock};

use dossier::domain::{DocumentId, FindingKind, SheetCode, UnitCode, Verdict};
use huijuan_tests::Story;
use huijuan_tests::story::code;
use scans::picture::{Scale, draw};
use scans::{Kind, Raster, Watch};

/// The printed sheets as a scanner would see them, at about 110 dpi.
fn scanned(story: &Story, leaves: &[&str], units: &[&str]) -> Vec<Raster> {
    let leaves: Vec<_> = leaves.iter().map(|leaf| code(leaf)).collect();
    let units: Vec<_> = units.iter().map(|unit| UnitCode((*unit).to_owned())).collect();
    let (file, sheets) = story.desk().separators(&leaves, &units, None).unwrap();
    let bytes = std::fs::read(file).unwrap();
    (0..sheets as u32).map(|page| draw(&bytes, Kind::Pdf, page, Scale::MaxSide(1300)).unwrap()).collect()
}

/// One PDF of these pages, each a picture.
pub(super) fn pile(pages: &[&Raster]) -> Vec<u8> {
    let pictures: Vec<_> = pages.iter().map(|page| (page.to_jpeg(60).unwrap(), (page.width as usize, page.height as usize))).collect();
    sample::files::pdf(&pictures, 110.0, true, "一摞")
}

/// Pages of a paper, and an empty one.
pub(super) fn papers() -> (Vec<Raster>, Raster) {
    let story = Story::scanned(&[("纸.pdf", 4)]);
    let id = story.piece("纸.pdf");
    let picture = |page| image::load_from_memory(&story.desk().picture(id, page, 1200).unwrap()).unwrap();
    let raster = |picture: image::DynamicImage| draw(&png(&picture.to_luma8()), Kind::Png, 0, Scale::Full).unwrap();
    let white = image::GrayImage::from_pixel(900, 1270, image::Luma([250]));
    ((0..4).map(|page| raster(picture(page))).collect(), raster(image::DynamicImage::ImageLuma8(white)))
}

fn png(grey: &image::GrayImage) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, grey.width(), grey.height());
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(grey.as_raw())).unwrap();
    out
}

#[test]
fn a_pile_with_sheets_is_split_and_filed_when_it_comes_in() {
    let story = Story::new();
    let sheets = scanned(&story, &["01-01", "02-01"], &["T01"]);
    let (papers, white) = papers();
    // Duplex: the back of a sheet is empty, and so is the back of the last paper.
    let pages = [&sheets[0], &white, &papers[0], &papers[1], &sheets[1], &white, &papers[2], &white];
    let (received, _stick) = story.hands_in(&[("示例街道01.pdf", pile(&pages))]);
    assert!(matches!(received[0].verdict, Verdict::Accepted { .. }), "{received:?}");

    let desk = story.desk();
    let told = |leaf: &str| {
        let pieces = desk.documents(&dossier::desk::Place::Leaf(code(leaf))).unwrap();
        let pages = |id: DocumentId| desk.document(id).unwrap().pages.iter().map(|page| (page.index, page.left_out)).collect::<Vec<_>>();
        pieces.iter().map(|piece| (piece.description.unit.clone(), pages(piece.id))).collect::<Vec<_>>()
    };
    let unit = Some(UnitCode("T01".to_owned()));
    assert_eq!(told("01-01"), [(unit.clone(), vec![(0, true), (1, true), (2, false), (3, false)])]);
    // An empty page that is no back of a sheet is kept and printed: only the clerk can tell.
    assert_eq!(told("02-01"), [(unit, vec![(4, true), (5, true), (6, false), (7, false)])]);
    desk.look_over(&Watch::silent()).unwrap();
    let findings = desk.check().unwrap();
    let blank = findings.iter().filter(|finding| matches!(finding.kind, FindingKind::Blank { .. }));
    let blank: Vec<_> = blank.map(|finding| (finding.indicator.clone().unwrap(), finding.kind.clone())).collect();
    assert_eq!(blank, [(code("02-01"), FindingKind::Blank { pages: vec![4] })], "the back of a sheet is settled, the other is flagged");
    let act = desk.undo().unwrap().unwrap();
    assert_eq!(act.sentence, "按分隔页把《示例街道01》拆成 2 件并归类");
    assert!(told("01-01").is_empty() && told("02-01").is_empty());
}

/// A watch that stops the act at the first step of a piece of so many pages.
fn stopping_in_a_pile_of(pages: u64) -> Watch {
    let itself: Arc<OnceLock<Watch>> = Arc::default();
    let known = Arc::clone(&itself);
    let watch = Watch::new(move |progress| {
        if progress.total == pages
            && let Some(watch) = known.get()
        {
            watch.cancel();
        }
    });
    itself.get_or_init(|| watch.clone());
    watch
}

/// What a stop leaves unsplit is split when the batch is gone on with; until then the batch is not said to have ended.
#[test]
fn a_pile_that_was_not_split_is_split_when_the_batch_goes_on() {
    let mut story = Story::new();
    let sheets = scanned(&story, &["01-01", "02-01"], &[]);
    let (papers, _) = papers();
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("一摞.pdf");
    std::fs::write(&file, pile(&[&sheets[0], &papers[0], &sheets[1], &papers[1]])).unwrap();
    let report = story.desk().intake(std::slice::from_ref(&file), &stopping_in_a_pile_of(4), &mut |_| {}).unwrap();
    assert_eq!((report.accepted, report.sorted, report.unfinished), (1, 0, true));
    let [batch] = story.desk().unfinished_batches().unwrap().try_into().unwrap();

    // However long it waits.
    story.open().unwrap();
    assert!(story.under("01-01").is_empty());
    let report = story.desk().resume(batch.id, &Watch::silent(), &mut |_| {}).unwrap();
    assert_eq!((report.accepted, report.sorted, report.unfinished), (1, 2, false));
    assert!(story.desk().unfinished_batches().unwrap().is_empty());
    assert_eq!((story.under("01-01").len(), story.under("02-01").len()), (1, 1));
}

#[test]
fn a_pile_that_was_put_away_does_not_keep_its_batch_from_ending() {
    let story = Story::new();
    let sheets = scanned(&story, &["01-01"], &[]);
    let (papers, _) = papers();
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("一摞.pdf");
    std::fs::write(&file, pile(&[&sheets[0], &papers[0], &papers[1]])).unwrap();
    story.desk().intake(std::slice::from_ref(&file), &stopping_in_a_pile_of(3), &mut |_| {}).unwrap();
    story.desk().remove(&[story.piece("一摞.pdf")]).unwrap();
    story.resume();
    assert!(story.desk().unfinished_batches().unwrap().is_empty());
}

/// The sheet is no paper: what it stands for is still owed.
#[test]
fn a_sheet_with_nothing_behind_it_is_told_and_proves_nothing() {
    let story = Story::new();
    let sheets = scanned(&story, &["01-01", "02-01", "01-02"], &[]);
    let (papers, white) = papers();
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("一摞.pdf");
    std::fs::write(&file, pile(&[&sheets[0], &white, &sheets[1], &white, &papers[0], &sheets[2]])).unwrap();
    let desk = story.desk();
    let report = desk.intake(&[file], &Watch::silent(), &mut |_| {}).unwrap();
    assert_eq!((report.sorted, report.bare, report.unfinished), (3, 2, false));
    assert_eq!(["01-01", "02-01", "01-02"].map(|leaf| story.under(leaf).len()), [0, 1, 0]);

    // Nor does a piece of which the clerk prints no page.
    let owed = || {
        let findings = desk.check().unwrap();
        let missing = findings.iter().filter(|finding| matches!(finding.kind, FindingKind::Missing { .. }));
        missing.filter_map(|finding| finding.indicator.clone()).any(|leaf| leaf == code("02-01"))
    };
    assert!(!owed());
    let [piece] = desk.documents(&dossier::desk::Place::Leaf(code("02-01"))).unwrap().try_into().unwrap();
    for page in piece.printed_pages() {
        desk.leave_out(piece.id, page.index, true).unwrap();
    }
    assert!(owed());
}

#[test]
fn papers_before_the_first_sheet_and_sheets_of_elsewhere_are_told() {
    let story = Story::new();
    let sheets = scanned(&story, &["01-02"], &[]);
    let (papers, _) = papers();
    let (received, _stick) = story.hands_in(&[("一摞.pdf", pile(&[&papers[0], &sheets[0], &papers[1]]))]);
    let Verdict::Accepted { document, .. } = received[0].verdict else { panic!("{received:?}") };
    // No sheet on top: it is left as it came until the clerk asks.
    let desk = story.desk();
    assert_eq!(desk.document(document).unwrap().pages.len(), 3);
    let sorted = desk.sort_by_sheets(document, &Watch::silent()).unwrap().unwrap();
    assert_eq!(sorted.pieces.iter().map(|(_, leaf)| leaf.clone()).collect::<Vec<_>>(), [None, Some(code("01-02"))]);
    assert_eq!((sorted.pieces[0].0, desk.document(document).unwrap().pages.len()), (document, 1));
    assert_eq!(desk.sort_by_sheets(document, &Watch::silent()).unwrap(), None);
    assert!(matches!(desk.separators(&[code("99")], &[], None), Err(dossier::Error::NoSuchIndicator { .. })));

    assert_eq!(SheetCode::read("https://example.invalid/01-01"), None);
    let sheet = SheetCode { indicator: code("3.4"), unit: None };
    assert_eq!(SheetCode::read(&sheet.spelt()), Some(sheet));
}
