//! 文字层: what was read off scans is found in the package where it is printed, nothing of it is seen, and none of it stands under
//! a bar. (The number is made for tests: nobody has it.)

use std::path::Path;
use std::process::Command;

use dossier::Desk;
use dossier::Error;
use dossier::compile::ledger::Shows;
use dossier::compile::package::CompileError;
use dossier::compile::{Claims, Format, Options, Package, Question, Report, examine, verify};
use dossier::domain::FindingKind;
use huijuan_tests::drawn as files;
use huijuan_tests::story::{Story, code, models};
use sample::{Canvas, Face, Faces};
use scans::{Framing, Raster, Watch};

use super::marks::{drawn, options};

const INK: [u8; 3] = [20, 20, 24];
const NUMBER: &str = "11010519491231002X";
const LINES: [&str; 5] = ["双拥工作领导小组", "召开第二次会议", "研究走访慰问安排", "讨论年度经费预算", "部署国防教育活动"];

/// Lines on paper of this size in mm, 22 pt, the first 60 mm from the head and 45 mm from the left.
fn sheet<'f>(faces: &'f Faces, (width, height): (f32, f32), askew: f32, lines: &[&str]) -> Canvas<'f> {
    let mut sheet = Canvas::new(faces, width, height, 150.0, [252, 252, 250]);
    if askew != 0.0 {
        sheet.askew(askew);
    }
    for (at, line) in lines.iter().enumerate() {
        sheet.text(Face::Fang, 22.0, INK, 45.0, 60.0 + 22.0 * at as f32, line);
    }
    sheet
}

fn jpeg(sheet: &Canvas<'_>) -> Vec<u8> {
    sample::files::jpeg(sheet, 85, false)
}

fn story(scans: &[(&str, Vec<u8>)]) -> Story {
    let story = Story::with(|around| around.models = Some(models()));
    story.receives(scans);
    for (name, _) in scans {
        story.desk().file(&story.pieces(&[name]), &code("01-01")).unwrap();
    }
    story
}

fn compiled(desk: &Desk) -> std::path::PathBuf {
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    let file = package.files[0].clone();
    if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
        std::fs::copy(&file, Path::new(&folder).join(file.file_name().unwrap())).unwrap();
    }
    let sound = Command::new("qpdf").arg("--check").arg(&file).output().unwrap();
    assert!(sound.status.success(), "{}", String::from_utf8_lossy(&sound.stdout));
    assert!(verify(&file).unwrap().ok);
    file
}

/// A word that poppler finds, with its box in shares of the paper.
#[derive(Debug, Clone)]
struct Found {
    text: String,
    at: [f32; 4],
}

/// What poppler finds on every page between head and foot.
fn found(file: &Path) -> Vec<Vec<Found>> {
    let told = Command::new("pdftotext").arg("-bbox").arg(file).arg("-").output().unwrap();
    assert!(told.stderr.is_empty(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    let number = |line: &str, name: &str| -> f32 {
        let value = line.split_once(&format!("{name}=\"")).unwrap().1;
        value[..value.find('"').unwrap()].parse().unwrap()
    };
    let page = |page: &str| {
        let (width, height) = (number(page, "width"), number(page, "height"));
        let words = page.lines().filter(|line| line.contains("<word")).map(|line| Found {
            text: line[line.find('>').unwrap() + 1..line.rfind("</word>").unwrap()].to_owned(),
            at: [number(line, "xMin") / width, number(line, "yMin") / height, number(line, "xMax") / width, number(line, "yMax") / height],
        });
        words.filter(|word| is_body(word.at[1]) && is_body(word.at[3])).collect()
    };
    told.split("<page ").skip(1).map(page).collect()
}

/// Pages of the package that show evidence.
fn evidence(desk: &Desk) -> Vec<usize> {
    let (_, ledger) = desk.foresee(&options(Format::Pdf)).unwrap();
    (0..).zip(&ledger.sheets).filter(|(_, sheet)| matches!(sheet.shows, Shows::Piece { .. })).map(|(at, _)| at).collect()
}

fn is_body(share: f32) -> bool {
    (0.07..0.93).contains(&share)
}

fn text(words: &[Found]) -> String {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// The box of what is printed dark on a page between head and foot, in shares of it.
fn ink(page: &Raster) -> [f32; 4] {
    let mut found = [1.0_f32, 1.0, 0.0, 0.0];
    for y in (0..page.height).filter(|y| is_body(*y as f32 / page.height as f32)) {
        for x in (0..page.width).filter(|x| page.colour(*x, y)[0] < 90) {
            let (x, y) = (x as f32 / page.width as f32, y as f32 / page.height as f32);
            found = [found[0].min(x), found[1].min(y), found[2].max(x), found[3].max(y)];
        }
    }
    found
}

fn around(words: &[Found]) -> [f32; 4] {
    let join = |a: [f32; 4], b: [f32; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    words.iter().map(|word| word.at).reduce(join).unwrap_or_default()
}

#[test]
fn words_are_found_where_they_are_printed() {
    let faces = faces();
    let upright = (210.0, 297.0);
    let mut on_its_side = sheet(&faces, upright, 0.0, &LINES);
    on_its_side.turn();
    let scans = [
        ("平放.jpg", jpeg(&sheet(&faces, upright, 0.0, &LINES))),
        ("相机转过.jpg", sample::files::jpeg(&sheet(&faces, upright, 0.0, &LINES), 85, true)),
        ("倒着.jpg", jpeg(&on_its_side)),
        ("横页.jpg", jpeg(&sheet(&faces, (297.0, 210.0), 0.0, &LINES))),
        // Not the same file as the first.
        ("裁过.jpg", sample::files::jpeg(&sheet(&faces, upright, 0.0, &LINES), 84, false)),
        ("歪斜.jpg", jpeg(&sheet(&faces, upright, 2.0, &LINES))),
    ];
    let story = story(&scans);
    let desk = story.desk();
    // On its side, and turned upside down.
    desk.turn_page(story.piece("倒着.jpg"), 0, 90).unwrap();
    // Between the first line and the last two.
    let middle = Framing { y0: 2_350, y1: 3_900, x0: 1_000, ..Framing::default() };
    desk.frame_page(story.piece("裁过.jpg"), 0, middle).unwrap();
    desk.frame_page(story.piece("歪斜.jpg"), 0, Framing { tilt: -200, ..Framing::default() }).unwrap();

    let before = compiled(desk);
    let on = evidence(desk);
    assert_eq!(on.len(), scans.len());
    let words = found(&before);
    assert!(on.iter().all(|at| words[*at].is_empty()), "nothing was read yet");
    desk.read_pages(&Watch::silent()).unwrap();
    let after = compiled(desk);
    let (pictures, words) = (drawn(&after), found(&after));
    assert!(drawn(&before) == pictures, "nothing of it is seen");

    for ((name, _), at) in scans.iter().zip(on) {
        let (page, words) = (&pictures[at], &words[at]);
        let lines: &[&str] = if *name == "裁过.jpg" { &LINES[1..3] } else { &LINES };
        let mut told: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let mut wanted = lines.to_vec();
        told.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(told, wanted, "{name}");
        let (printed, laid) = (ink(page), around(words));
        assert!(printed.iter().zip(laid).all(|(printed, laid)| (printed - laid).abs() < 0.012), "{name}: {printed:?} {laid:?}");
        for word in words {
            let [x0, y0, x1, y1] = word.at;
            let (length, height) =
                if x1 - x0 > y1 - y0 { ((x1 - x0) * 210.0, (y1 - y0) * 297.0) } else { ((y1 - y0) * 297.0, (x1 - x0) * 210.0) };
            let letters = word.text.chars().count() as f32;
            assert!((0.6..1.4).contains(&(length / letters / height)), "{name}: {word:?} is as high as its letters");
        }
    }
}

#[test]
fn nothing_stands_under_a_bar() {
    let number = format!("号码{NUMBER}已核");
    let lines = ["优抚对象登记表", &number, "以上情况属实", "经办人示例甲"];
    let faces = faces();
    let upright = sheet(&faces, (210.0, 297.0), 0.0, &lines);
    let story = story(&[("登记表.jpg", jpeg(&upright)), ("公开.pdf", files::sharing_pdf(&["first words"]).0)]);
    let desk = story.desk();
    desk.read_pages(&Watch::silent()).unwrap();
    // Of the two pages of evidence, and nothing of what stands around them.
    let told = |file: &Path| {
        let pages = found(file).into_iter().map(|words| text(&words));
        pages.filter(|page| page.contains(lines[0]) || page.contains("firstwords")).collect::<String>()
    };
    let open = told(&compiled(desk));
    assert!(open.contains(NUMBER) && open.contains("以上情况属实"), "{open}");
    assert_eq!(open.matches("words").count(), 1, "what a file says itself is not said twice");

    desk.mask_numbers(story.piece("登记表.jpg")).unwrap();
    let covered = told(&compiled(desk));
    let digits = covered.split(|character: char| !character.is_ascii_digit()).map(str::len).max();
    assert!(digits < Some(3), "no part of the number: {covered}");
    for line in [lines[0], lines[2], lines[3]] {
        assert!(covered.contains(line), "{line} is not covered: {covered}");
    }
}

#[test]
fn of_a_classified_page_nothing_is_laid() {
    let faces = faces();
    let page = sheet(&faces, (210.0, 297.0), 0.0, &["机密★10年", "示例演练方案", "绝不外传的字句"]);
    let story = story(&[("扫描件.jpg", jpeg(&page))]);
    story.desk().read_pages(&Watch::silent()).unwrap();
    // Held back until somebody says that it was misread.
    let desk = story.desk();
    let marked: Vec<_> =
        desk.check().unwrap().iter().filter(|finding| matches!(finding.kind, FindingKind::ClassifiedRead { .. })).cloned().collect();
    desk.set_aside(&marked, "不是涉密件").unwrap();
    let told = text(&found(&compiled(desk)).concat());
    assert!(!told.contains("绝不外传") && !told.contains("演练"), "{told}");
}

/// What is said of the layer in the report of a package.
fn told(package: &Package) -> Option<String> {
    package.verification.told(Question::Letters).next().map(|check| check.detail.clone())
}

#[test]
fn the_report_proves_the_letters_of_every_page() {
    let faces = faces();
    let number = format!("号码{NUMBER}已核");
    let page = |lines: &[&str]| jpeg(&sheet(&faces, (210.0, 297.0), 0.0, lines));
    let story = story(&[
        ("通知.jpg", page(&LINES)),
        ("登记表.jpg", page(&["优抚对象登记表", &number])),
        ("公开.pdf", files::sharing_pdf(&["words"]).0),
    ]);
    let desk = story.desk();
    desk.turn_page(story.piece("登记表.jpg"), 0, 90).unwrap();
    let compile = || desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    assert_eq!(told(&compile()), None, "nothing was laid");
    desk.read_pages(&Watch::silent()).unwrap();
    let open = compile();
    assert_eq!(told(&open).as_deref(), Some("共 2 页"));
    desk.mask_numbers(story.piece("登记表.jpg")).unwrap();
    let covered = compile();
    assert_eq!(told(&covered).as_deref(), Some("共 2 页"));
    let report = std::fs::read_to_string(covered.report.with_extension("txt")).unwrap();
    assert!(report.contains("通过  文字层与识别的文字一致、不可见，遮盖之下没有文字：共 2 页"), "{report}");
    let printed = Command::new("pdftotext").arg(covered.report.with_extension("pdf")).arg("-").output().unwrap();
    assert!(String::from_utf8_lossy(&printed.stdout).contains("文字层与识别的文字一致"));
    assert!(verify(&covered.files[0]).unwrap().ok);

    // Had the bars been drawn after the letters were laid, they would lie below.
    let (claimed, _) = Report::of(&covered.files[0]).unwrap();
    let under = claimed.ledger.sheets.iter().position(|sheet| sheet.shows.evidence().iter().any(|on| claimed.masked[0].piece == *on.piece));
    let failed = |file: &Path, claims: &Claims| -> Vec<String> {
        let told = examine(file, Format::Pdf, (&claimed.ledger, 1), claims).unwrap();
        told.told(Question::Letters).filter(|check| !check.passed).map(|check| check.detail.clone()).collect()
    };
    let (open_claims, claims) = (Report::of(&open.files[0]).unwrap().0.claims(1), claimed.claims(1));
    let both = Claims { letters: open_claims.letters, bars: claims.bars };
    assert_eq!(failed(&open.files[0], &both), [format!("文件第 {} 页的遮盖之下有文字层的字", under.unwrap() + 1)]);
    // Other words than those that were planned.
    let other = Claims { letters: claims.letters, bars: open_claims.bars };
    assert_eq!(failed(&open.files[0], &other), [format!("文件第 {} 页的文字层与识别的文字不同", under.unwrap() + 1)]);
}

#[test]
fn the_letters_may_be_left_out() {
    let faces = faces();
    let story = story(&[("通知.jpg", jpeg(&sheet(&faces, (210.0, 297.0), 0.0, &LINES)))]);
    let desk = story.desk();
    desk.read_pages(&Watch::silent()).unwrap();
    let with = compiled(desk);
    let bare = desk.compile(&Options { letters: false, ..options(Format::Pdf) }, None, &Watch::silent()).unwrap();
    assert_eq!(told(&bare), None);
    assert!(text(&found(&with).concat()).contains(LINES[0]) && !text(&found(&bare.files[0]).concat()).contains(LINES[0]));
    assert!(drawn(&with) == drawn(&bare.files[0]), "the same is printed");
}

#[test]
fn pages_that_were_not_read_are_named_and_letters_that_were_thrown_away_are_read_again() {
    let faces = faces();
    let page = jpeg(&sheet(&faces, (210.0, 297.0), 0.0, &LINES));
    let blank = jpeg(&sheet(&faces, (210.0, 297.0), 0.0, &[]));
    let said = files::sharing_pdf(&["words"]).0;
    let story = story(&[("通知.jpg", page), ("空白.jpg", blank), ("公开.pdf", said)]);
    let desk = story.desk();
    let wanting = |options: &Options| desk.to_be_read(&desk.foresee(options).unwrap().1, options).unwrap();
    // A side a leaf, so that a 变更包 has no other page on its back.
    let pdf = Options { duplex: false, ..options(Format::Pdf) };
    assert_eq!(wanting(&pdf), 2, "the third says its words itself");
    assert_eq!((wanting(&options(Format::Docx)), wanting(&Options { letters: false, ..pdf })), (0, 0));
    let package = desk.compile(&pdf, None, &Watch::silent()).unwrap();
    let sentence = "有 2 页扫描件尚未识别文字，在成品中查找不到这些页上的字。";
    assert!(package.remarks.iter().any(|remark| remark == sentence), "{:?}", package.remarks);
    assert!(std::fs::read_to_string(package.report.with_extension("txt")).unwrap().contains(sentence));

    // A 变更包 tells of its own pages.
    desk.issue_package(0).unwrap();
    desk.turn_page(story.piece("通知.jpg"), 0, 180).unwrap();
    let pack = desk.make_change_pack(None, &Watch::silent()).unwrap();
    assert!(pack.remarks.iter().any(|remark| remark == &sentence.replace('2', "1")), "{:?}", pack.remarks);
    desk.begin_new_edition().unwrap();

    desk.read_pages(&Watch::silent()).unwrap();
    assert_eq!((wanting(&pdf), desk.unread().unwrap()), (0, 0));
    std::fs::remove_dir_all(story.dir().join("derived")).unwrap();
    assert_eq!((wanting(&pdf), desk.unread().unwrap()), (1, 1));
    desk.read_pages(&Watch::silent()).unwrap();
    assert_eq!((wanting(&pdf), desk.unread().unwrap()), (0, 0));
    assert!(text(&found(&compiled(desk)).concat()).contains(LINES[0]));
}

/// A printed page is the same page whether its letters were read before or after.
#[test]
fn reading_changes_nothing_that_is_printed() {
    let faces = faces();
    let story = story(&[("通知.jpg", jpeg(&sheet(&faces, (210.0, 297.0), 0.0, &LINES)))]);
    let desk = story.desk();
    compiled(desk);
    desk.issue_package(0).unwrap();
    desk.read_pages(&Watch::silent()).unwrap();
    assert!(desk.changes().unwrap().2.changes.is_empty());
    assert!(matches!(desk.make_change_pack(None, &Watch::silent()), Err(Error::Compile(CompileError::NothingChanged))));
    assert!(text(&found(&compiled(desk)).concat()).contains(LINES[0]));
}

fn faces() -> Faces {
    Faces::load(&huijuan_tests::story::around(dossier::store::Files::real()).fonts).unwrap()
}
