//! 文字识别: what stands on scans is searched, suggested, warned of and covered, though no file says it.

use dossier::Desk;
use dossier::desk::Surroundings;
use dossier::domain::{Description, Document, FindingKind, Mark, PersonalKind, ReadMark, Severity};
use dossier::store::Files;
use dossier::wording;
use huijuan_tests::drawn as files;
use huijuan_tests::story::{Story, around, code, models, stopping};
use sample::{Canvas, Face, Faces, Paper, Rng, Subject};
use scans::Watch;

const INK: [u8; 3] = [20, 20, 24];
/// Made for this test: its check is right, no person has it.
const NUMBER: &str = "11010519491231002X";

fn subject() -> Subject {
    Subject {
        title: "关于调整示例区双拥工作领导小组成员的通知".to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        issuer: "示例区双拥工作领导小组".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    }
}

/// A story whose scans are read.
fn story() -> Story {
    Story::with(|around| around.models = Some(models()))
}

/// An official paper of one page, as a scanner at 200 dpi hands it over.
fn official(seed: u64) -> Vec<u8> {
    let faces = faces();
    let sheet = sample::pages::draw(&faces, Paper::Official, &subject(), 0, 1, 200.0, &mut Rng::with_seed(seed));
    sample::files::jpeg(&sheet, 80, false)
}

fn faces() -> Faces {
    Faces::load(&huijuan_tests::story::around(dossier::store::Files::real()).fonts).unwrap()
}

/// Pages with a few lines each, as a PDF of pictures; every line 16 pt from 28 mm across.
pub(super) fn pages(pages: &[&[&str]]) -> Vec<u8> {
    let faces = faces();
    let drawn = pages.iter().map(|lines| {
        let mut sheet = Canvas::new(&faces, 210.0, 297.0, 150.0, [252, 252, 250]);
        for (at, line) in lines.iter().enumerate() {
            sheet.text(Face::Fang, 16.0, INK, 28.0, 50.0 + 12.0 * at as f32, line);
        }
        (sample::files::jpeg(&sheet, 80, false), (sheet.width, sheet.height))
    });
    sample::files::pdf(&drawn.collect::<Vec<_>>(), 150.0, false, "扫描件")
}

fn read(desk: &Desk) {
    desk.read_pages(&Watch::silent()).unwrap();
}

fn found(desk: &Desk, word: &str) -> Vec<String> {
    desk.search(word).unwrap().into_iter().map(|document| document.original_name).collect()
}

/// A scan that a machine named comes to a title, a 文号, an organ and a date; one act writes them.
#[test]
fn a_nameless_scan_says_what_it_is() {
    let story = story();
    story.receives(&[("CamScanner 20230301.jpg", official(7))]);
    let (desk, piece) = (story.desk(), story.piece("CamScanner 20230301.jpg"));
    let wanted = subject();
    assert_eq!((desk.unread().unwrap(), found(desk, "领导小组成员").len()), (1, 0));
    read(desk);
    assert_eq!(desk.unread().unwrap(), 0);
    // A word, one that stands over the end of a line, and the same in another width.
    for word in ["领导小组成员", "成员的通知", "〔２０２１〕3号"] {
        assert_eq!(found(desk, word), ["CamScanner 20230301.jpg"], "{word}");
    }
    let suggestion = desk.suggestion(piece).unwrap().expect("its text suggests something");
    assert_eq!(suggestion.title, wanted.title);
    assert_eq!(suggestion.number, wanted.number);
    assert_eq!(suggestion.issuer, wanted.issuer);
    assert_eq!(suggestion.dated.map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
    let because: Vec<String> =
        suggestion.because.iter().map(|because| wording::verdict::because(because, &desk.catalogue(), &desk.units())).collect();
    assert!(because.contains(&format!("正文标题是“{}”", wanted.title)), "{because:?}");
    assert!(because.contains(&"落款日期“2021年3月5日”读作2021年3月5日，请对照原件核对".to_owned()), "{because:?}");

    let description = |desk: &Desk| desk.document(piece).unwrap().description;
    let before = description(desk);
    assert_eq!((before.title.as_str(), before.dated), ("", None), "nothing is said before a person says it");
    desk.fill_as_read(piece).unwrap();
    let filled = description(desk);
    assert_eq!((&filled.title, &filled.number, &filled.issuer), (&wanted.title, &wanted.number, &wanted.issuer));
    assert_eq!(filled.dated.map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "按读到的填写《CamScanner 20230301.jpg》的著录");
    assert_eq!(description(desk), before);

    // Where the word stands is shown on the page: below the head, in the upper half.
    let hits = desk.hits(piece, 0, "领导小组成员").unwrap();
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.y0 > 3_000 && hit.y1 < 5_000 && hit.x0 > 1_000 && hit.x1 < 9_000), "{hits:?}");
    assert_eq!((desk.pages_holding(piece, "领导小组成员").unwrap(), desk.pages_holding(piece, "没有").unwrap()), (vec![0], vec![]));
    assert!(desk.hits(piece, 0, "没有这个词").unwrap().is_empty());
}

/// A person confirms a date: it is taken over of a piece that is looked at, not of many that are accepted at once.
#[test]
fn dates_are_not_taken_over_unseen() {
    let story = story();
    story.receives(&[("IMG_0001.jpg", official(7)), ("IMG_0002.jpg", official(8))]);
    let (desk, pieces) = (story.desk(), story.pieces(&["IMG_0001.jpg", "IMG_0002.jpg"]));
    read(desk);
    let said = || pieces.iter().map(|piece| desk.document(*piece).unwrap().description).collect::<Vec<_>>();
    desk.accept_suggestion(&pieces).unwrap();
    assert!(said().iter().all(|said| said.number == subject().number && said.dated.is_none()), "{:?}", said());
    desk.undo().unwrap();
    desk.accept_suggestion(&pieces[..1]).unwrap();
    let dates: Vec<_> = said().iter().map(|said| said.dated.map(|date| date.to_string())).collect();
    assert_eq!(dates, [Some("2021-03-05".to_owned()), None]);
}

/// What reading finds that the door could not: numbers of persons, which are covered where they stand, marks of internal papers,
/// and marks of classified ones, of which nothing but the mark is kept.
#[test]
fn what_the_door_could_not_read_is_warned_of() {
    let story = story();
    let scan = pages(&[
        &["优抚对象登记表", &format!("证件号码{NUMBER}"), "以上情况属实"],
        &["驻区部队联系表", "示例72345部队甲"],
        &["机密★10年", "示例演练方案", "绝不外传的字句"],
    ]);
    story.receives(&[("扫描件.pdf", scan)]);
    let (desk, piece) = (story.desk(), story.piece("扫描件.pdf"));
    assert_eq!(kinds(desk), [], "a picture says nothing at the door");
    read(desk);
    let document: Document = desk.document(piece).unwrap();
    let numbers: Vec<_> = document.numbers.iter().map(|number| (number.kind, number.page, number.masked.as_str())).collect();
    assert_eq!(numbers, [(PersonalKind::Identity, Some(0), "110105…002X")]);
    let troops = Mark::Troops { texts: vec!["72345部队".to_owned()] };
    assert_eq!(document.read_marks, [ReadMark::Sensitive { page: 1, mark: troops }, ReadMark::Classified { page: 2 }]);
    assert_eq!(found(desk, "情况属实"), ["扫描件.pdf"]);
    assert_eq!(found(desk, "绝不外传"), Vec::<String>::new());
    assert_eq!(desk.page_text(piece, 2).unwrap(), "");

    let dossier = desk.dossier().unwrap();
    let said = kinds(desk);
    let sentences: Vec<_> = said.iter().map(|finding| (finding.severity, wording::finding::finding(finding, &dossier))).collect();
    assert!(
        matches!(&sentences[..], [(Severity::Error, classified), (Severity::Warning, troops), (Severity::Warning, number)]
            if classified.starts_with("《扫描件.pdf》第3页上读出密级标志。") && troops.contains("第2页写有部队番号（72345部队）")
                && number.contains("第1页有公民身份号码110105…002X")),
        "{sentences:?}"
    );
    // A reader of letters may be wrong: a person who has looked says so.
    desk.set_aside(&said[..1], "是演练方案的样例，不是涉密件").unwrap();
    assert_eq!(kinds(desk).len(), 2);

    assert_eq!(desk.mask_numbers(piece).unwrap(), 1);
    let mask = desk.masks(piece).unwrap()[0].area;
    // The second line stands 62 mm from the head; its number begins behind four letters of 16 pt.
    let (base, left) = (62.0 / 297.0 * 10_000.0, (28.0 + 4.0 * 16.0 * 25.4 / 72.0) / 210.0 * 10_000.0);
    assert!(f64::from(mask.y0) < base - 80.0 && f64::from(mask.y1) > base - 20.0 && f64::from(mask.y1) < base + 150.0, "{mask:?} {base}");
    assert!((f64::from(mask.x0) - left).abs() < 120.0 && f64::from(mask.x1) > left + 1_500.0, "{mask:?} {left}");
    assert!(desk.hits(piece, 0, "登记表").unwrap().is_empty(), "nothing is told of a page with bars");
}

fn kinds(desk: &Desk) -> Vec<dossier::domain::Finding> {
    let wanted = |kind: &FindingKind| {
        matches!(kind, FindingKind::ClassifiedRead { .. } | FindingKind::SensitiveRead { .. } | FindingKind::PersonalNumbers)
    };
    desk.check().unwrap().iter().filter(|finding| wanted(&finding.kind)).cloned().collect()
}

/// A stop keeps what was read; what is split off has its own words; what a file says itself is not read off its pages.
#[test]
fn reading_goes_on_where_it_was_stopped() {
    let story = story();
    let (said, _) = files::sharing_pdf(&["first words", "second words"]);
    story.receives(&[("扫描件.pdf", pages(&[&["第一份材料甲子"], &["第二份材料乙丑"]])), ("文字.pdf", said)]);
    let desk = story.desk();
    let pages = desk.unread().unwrap();
    assert!(matches!(desk.read_pages(&stopping(1)), Err(dossier::Error::Cancelled(_))));
    assert_eq!((found(desk, "甲子").len(), found(desk, "乙丑").len()), (1, 0));
    assert_eq!(desk.unread().unwrap(), pages - 1);
    read(desk);
    assert_eq!((desk.unread().unwrap(), found(desk, "乙丑").len()), (0, 1));
    assert!(desk.page_text(story.piece("文字.pdf"), 0).unwrap().starts_with("first words\n"));

    let whole = story.piece("扫描件.pdf");
    desk.split(whole, &[1]).unwrap();
    let holding = |word: &str| desk.search(word).unwrap().into_iter().map(|document| document.id).collect::<Vec<_>>();
    let (first, second) = (holding("甲子"), holding("乙丑"));
    assert_eq!((first.as_slice(), second.len()), (&[whole][..], 1));
    assert_ne!(second[0], whole);
    assert!(desk.page_text(second[0], 1).unwrap().contains("乙丑"));
}

/// A pile is split as soon as it is in, and read behind that: what stands on the pages of the parts is known of the parts.
#[test]
fn what_is_read_after_a_split_is_known_of_every_part() {
    let mut story = story();
    let number = format!("证件号码{NUMBER}");
    let mut lines: Vec<&[&str]> = vec![&["驻区部队联系表", "示例72345部队甲"], &["第二份材料"]];
    let listed = [number.as_str(), "以上情况属实"];
    lines.push(&listed);
    // Pages are written down eight at a time: the second mark comes with others than the first.
    lines.extend([&["附页"][..]; 7]);
    lines.push(&["机密★10年", "示例演练方案"]);
    story.receives(&[("扫描件.pdf", pages(&lines))]);
    let whole = story.piece("扫描件.pdf");
    let parts = story.desk().split(whole, &[1, 2]).unwrap();
    read(story.desk());
    let troops = Mark::Troops { texts: vec!["72345部队".to_owned()] };
    let told = |desk: &Desk| {
        let known = |id| {
            let Document { numbers, read_marks, .. } = desk.document(id).unwrap();
            (numbers.iter().map(|number| number.page).collect::<Vec<_>>(), read_marks)
        };
        assert_eq!(known(whole), (vec![], vec![ReadMark::Sensitive { page: 0, mark: troops.clone() }]));
        assert_eq!(known(parts[0]), (vec![], vec![]));
        assert_eq!(known(parts[1]), (vec![Some(2)], vec![ReadMark::Classified { page: 10 }]));
        let found: Vec<_> = kinds(desk).into_iter().map(|finding| (finding.document.unwrap(), finding.severity)).collect();
        assert_eq!(found, [(parts[1], Severity::Error), (whole, Severity::Warning), (parts[1], Severity::Warning)]);
    };
    told(story.desk());

    // Where a program before has lost them, they are told anew; of pages of which no text was kept, by reading them once more.
    story.close();
    let index = rusqlite::Connection::open(story.dir().join("index.sqlite")).unwrap();
    index
        .execute_batch(
            "UPDATE document SET numbers = '[]', marks = NULL;
             ALTER TABLE purge DROP COLUMN asked_at; DROP INDEX candidate_pending; DROP INDEX candidate_duplicate; DROP TABLE alike;
              DROP TABLE further; DROP TABLE reprint; ALTER TABLE document DROP COLUMN given_title;
              ALTER TABLE document DROP COLUMN trouble; PRAGMA user_version = 17;",
        )
        .unwrap();
    drop(index);
    let around = Surroundings { models: Some(models()), ..around(Files::real()) };
    let desk = Desk::open(&story.dir(), around).unwrap();
    assert_eq!((desk.document(parts[1]).unwrap().numbers.len(), desk.document(whole).unwrap().read_marks.len()), (1, 1));
    assert_eq!(desk.unread().unwrap(), 1);
    read(&desk);
    told(&desk);
}

/// What the first part of a pile says nobody waits for, once it lies in 回收站; the others are read.
#[test]
fn parts_are_read_though_the_first_lies_in_the_bin() {
    let story = story();
    story.receives(&[("扫描件.pdf", pages(&[&["第一份材料甲子"], &["第二份材料乙丑"]]))]);
    let (desk, whole) = (story.desk(), story.piece("扫描件.pdf"));
    let part = desk.split(whole, &[1]).unwrap()[0];
    desk.file(&[part], &code("01-01")).unwrap();
    desk.remove(&[whole]).unwrap();
    assert_eq!(desk.unread().unwrap(), 1);
    let options = super::marks::options(dossier::compile::Format::Pdf);
    let (_, ledger) = desk.foresee(&options).unwrap();
    assert_eq!(desk.to_be_read(&ledger, &options).unwrap(), 1, "the package would be without its letters");
    read(desk);
    assert_eq!((desk.unread().unwrap(), found(desk, "乙丑").len(), found(desk, "甲子").len()), (0, 1, 0));
    assert_eq!(desk.to_be_read(&ledger, &options).unwrap(), 0);
    // Where the letters stand is wanted again after `derived/` was thrown away.
    std::fs::remove_dir_all(story.dir().join("derived")).unwrap();
    assert_eq!(desk.unread().unwrap(), 1);
    read(desk);
    assert_eq!(desk.unread().unwrap(), 0);
    desk.restore(&[whole]).unwrap();
    assert_eq!(desk.unread().unwrap(), 1);
    read(desk);
    assert_eq!(found(desk, "甲子").len(), 1);
}

/// A part is a paper as good as any: its title, 文号, organ and date are read off its own first page, split before or after reading.
#[test]
fn a_part_says_what_it_is() {
    let faces = faces();
    let mut rng = Rng::with_seed(7);
    let mut sheet = sample::pages::draw(&faces, Paper::Official, &subject(), 0, 1, 200.0, &mut rng);
    let paper = (sample::files::jpeg(&sheet, 80, false), (sheet.width, sheet.height));
    sheet = Canvas::new(&faces, 210.0, 297.0, 200.0, [252, 252, 250]);
    sheet.text(Face::Fang, 16.0, INK, 28.0, 50.0, "附件：示例材料");
    let other = (sample::files::jpeg(&sheet, 80, false), (sheet.width, sheet.height));
    let pile = sample::files::pdf(&[other, paper], 200.0, false, "一叠");
    for read_first in [false, true] {
        let story = story();
        story.receives(&[("01-03 一叠材料.pdf", pile.clone())]);
        let (desk, whole) = (story.desk(), story.piece("01-03 一叠材料.pdf"));
        if read_first {
            read(desk);
        }
        let part = desk.split(whole, &[1]).unwrap()[0];
        read(desk);
        let suggestion = desk.suggestion(part).unwrap().expect("its text suggests something");
        let wanted = subject();
        assert_eq!((&suggestion.title, &suggestion.number, &suggestion.issuer), (&wanted.title, &wanted.number, &wanted.issuer));
        assert_eq!(suggestion.dated.map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
        // The title that the split gave it is nobody's word.
        desk.fill_as_read(part).unwrap();
        let filled = desk.document(part).unwrap().description;
        assert_eq!((&filled.title, &filled.number), (&wanted.title, &wanted.number));
        // What the clerk called it is, though it ends as the title of a part does.
        desk.undo().unwrap();
        let own = Description { title: "任命通知（原件第2页）".to_owned(), ..Description::default() };
        desk.describe(part, &own).unwrap();
        desk.fill_as_read(part).unwrap();
        let filled = desk.document(part).unwrap().description;
        assert_eq!((&filled.title, &filled.number), (&own.title, &wanted.number));
    }
}

/// Models that are spoiled are no fault of the pages: they wait, and are read once the program is whole again.
#[test]
fn spoiled_models_leave_pages_unread() {
    let spoiled = tempfile::TempDir::new().unwrap();
    let whole = models();
    for from in [&whole.detect, &whole.recognise] {
        let mut bytes = std::fs::read(from).unwrap();
        bytes.truncate(bytes.len() / 2);
        std::fs::write(spoiled.path().join(from.file_name().unwrap()), bytes).unwrap();
    }
    let story = Story::with(|around| around.models = scans::Models::in_folder(spoiled.path()));
    story.receives(&[("扫描件.pdf", pages(&[&["第一份材料甲子"]]))]);
    let desk = story.desk();
    let error = desk.read_pages(&Watch::silent()).unwrap_err();
    assert!(error.sentence().starts_with("识别“扫描件.pdf”上的文字时，识别用的模型打不开"), "{error}");
    assert_eq!(desk.unread().unwrap(), 1);
}

/// Without the models nothing is read, and nothing else is other than before.
#[test]
fn without_models_scans_stay_pictures() {
    let story = Story::new();
    story.receives(&[("扫描件.pdf", pages(&[&["第一份材料甲子"]]))]);
    let desk = story.desk();
    assert!(!desk.can_read());
    read(desk);
    assert_eq!((desk.unread().unwrap(), found(desk, "甲子").len()), (1, 0));
}
