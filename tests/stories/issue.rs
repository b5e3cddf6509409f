//! 定稿: what is printed keeps its numbers, and a 变更包 changes only the leaves of paper that differ.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use dossier::compile::change::{Act, Changes};
use dossier::compile::ledger::{LedgerSheet, Shows};
use dossier::compile::package::CompileError;
use dossier::compile::places::Heading;
use dossier::compile::{self, BoxSize, Format, Ledger, Options, PhotoPages, Report, Volumes, verify};
use dossier::domain::{Assessment, Caption, Description, DocumentId, EvidenceId, Line, PrintSetup};
use dossier::{Desk, Error, wording};
use huijuan_tests::Story;
use huijuan_tests::story::{self, code};
use jiff::civil::date;
use paper::manuscript::Folio;
use scans::{Framing, Mask, Watch};

const SCANS: [(&str, u32); 8] = [
    ("年度计划.pdf", 3),
    ("领导小组通知.pdf", 2),
    ("议军会议纪要.pdf", 2),
    ("国防教育通知.pdf", 1),
    ("补报.pdf", 3),
    ("再报.pdf", 1),
    ("更正.pdf", 2),
    ("证明.pdf", 1),
];

fn options(volumes: Volumes, duplex: bool) -> Options {
    Options { volumes, boxes: BoxSize(20), duplex, photos: PhotoPages::Two, ..story::options() }
}

/// A package that was printed and is an edition.
fn printed(volumes: Volumes, duplex: bool) -> Story {
    let story = Story::scanned(&SCANS);
    let desk = story.desk();
    desk.file(&story.pieces(&["年度计划.pdf", "领导小组通知.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["议军会议纪要.pdf", "领导小组通知.pdf"]), &code("01-02")).unwrap();
    desk.file(&story.pieces(&["国防教育通知.pdf"]), &code("02-01")).unwrap();
    desk.compile(&options(volumes, duplex), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    story
}

/// The paper as it lies in the boxes.
struct Boxes(Vec<LedgerSheet>);

impl Boxes {
    fn of(desk: &Desk) -> Self {
        Self(desk.issue().unwrap().unwrap().sheets.iter().map(|issued| issued.sheet.clone()).collect())
    }

    /// What a clerk does who has only the list and the leaves.
    fn carry_out(&mut self, changes: &Changes) {
        for change in &changes.changes {
            let find = |folio: Folio, sheets: &[LedgerSheet]| {
                sheets
                    .iter()
                    .position(|sheet| (sheet.volume, sheet.folio) == (change.volume, folio))
                    .unwrap_or_else(|| panic!("{folio:?} lies there"))
            };
            let at = match (change.pulled.first(), change.behind) {
                (Some(first), _) => find(*first, &self.0),
                (None, Some(behind)) => find(behind, &self.0) + 1,
                (None, None) => panic!("it is said where {:?} goes", change.put),
            };
            for folio in &change.pulled {
                assert_eq!(self.0.remove(at).folio, *folio, "leaves that are pulled lie together");
            }
            let put = change.put.iter().zip(change.shows.iter().filter(|_| change.act != Act::Pull));
            let put = put.map(|(folio, (shows, indicator))| LedgerSheet {
                volume: change.volume,
                sheet: 0,
                folio: *folio,
                shows: shows.clone(),
                anchors: Vec::new(),
                indicator: indicator.clone(),
            });
            self.0.splice(at..at, put.collect::<Vec<_>>());
        }
    }

    /// Compares with a whole package.
    fn agree_with(&self, ledger: &Ledger) {
        let plain = |sheets: &[LedgerSheet]| -> Vec<(u32, Folio, Shows)> {
            sheets.iter().map(|sheet| (sheet.volume, sheet.folio, sheet.shows.clone())).collect()
        };
        let (own, wanted) = (plain(&self.0), plain(&ledger.sheets));
        for (own, wanted) in own.iter().zip(&wanted) {
            assert_eq!(own, wanted);
        }
        assert_eq!(own.len(), wanted.len());
    }
}

/// Makes the pack, carries it out, and compares with a whole package; what it changed.
pub(super) fn pack(story: &Story) -> Changes {
    let desk = story.desk();
    let mut boxes = Boxes::of(desk);
    let before = boxes.0.clone();
    let (_, ledger, changes) = desk.changes().unwrap();
    boxes.carry_out(&changes);
    boxes.agree_with(&ledger);
    // No printed page has another number than it had.
    for sheet in &ledger.sheets {
        if let Shows::Piece { piece, scan_page, .. } = &sheet.shows {
            let was = before
                .iter()
                .find(|was| matches!(&was.shows, Shows::Piece { piece: own, scan_page: page, .. } if (own, page) == (piece, scan_page)));
            assert!(was.is_none_or(|was| was.folio == sheet.folio), "{piece} moved to {:?}", sheet.folio);
        }
    }
    let package = desk.make_change_pack(None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    sound(&package.files[0]);
    // Behind the list leaf after leaf, each with its own back.
    let report: Report = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
    let mut sides = report.ledger.sheets.iter().map(|sheet| &sheet.shows).peekable();
    let listed = std::iter::from_fn(|| sides.next_if(|shows| **shows == Shows::Changes)).count();
    assert!(listed > 0);
    if report.options.duplex && listed % 2 == 1 {
        assert_eq!(sides.next(), Some(&Shows::Blank));
    }
    let put = changes.changes.iter().filter(|change| change.act != Act::Pull).flat_map(|change| &change.shows);
    assert_eq!(sides.collect::<Vec<_>>(), put.map(|(shows, _)| shows).collect::<Vec<_>>());
    // A 备考表 is signed: it is printed anew only where it is the back of a leaf that is swapped.
    assert!(report.options.duplex || report.ledger.sheets.iter().all(|sheet| sheet.shows != Shows::Closing));
    if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
        std::fs::copy(&package.files[0], Path::new(&folder).join(package.files[0].file_name().unwrap())).unwrap();
    }
    assert!(verify(&package.files[0]).unwrap().ok);
    assert_eq!(desk.changes().unwrap().2.changes, [], "what was put into the boxes is no change any more");
    assert!(matches!(desk.make_change_pack(None, &Watch::silent()), Err(Error::Compile(CompileError::NothingChanged))));
    Boxes::of(desk).agree_with(&ledger);
    changes
}

fn sound(file: &Path) {
    let done = Command::new("qpdf").arg("--check").arg(file).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

fn evidence(story: &Story, leaf: &str, name: &str) -> EvidenceId {
    let dossier = story.desk().dossier().unwrap();
    let found = dossier.filed(&code(leaf)).find(|(_, document)| document.original_name == name).map(|(evidence, _)| evidence.id);
    found.unwrap()
}

/// Number and folios of a piece as it would be printed now.
fn lies(story: &Story, name: &str) -> (String, Vec<String>) {
    let (plan, ledger) = story.desk().foresee(&options(Volumes::One, true)).unwrap();
    let piece = plan.pieces().find(|piece| piece.name == name).unwrap();
    let on = ledger.sheets.iter().filter(|sheet| sheet.shows.pieces().contains(&&piece.number));
    (piece.number.0.clone(), on.map(|sheet| sheet.folio.label()).collect())
}

fn acts(changes: &Changes) -> Vec<Act> {
    changes
        .changes
        .iter()
        .filter(|change| !matches!(change.put.first().or(change.pulled.first()), Some(Folio::Front(_))))
        .map(|change| change.act)
        .collect()
}

#[test]
fn a_piece_in_the_middle_is_numbered_behind() {
    for (volumes, duplex) in [(Volumes::One, true), (Volumes::One, false), (Volumes::Box, true), (Volumes::Area, false)] {
        let story = printed(volumes, duplex);
        let (_, first) = lies(&story, "年度计划.pdf");
        story.desk().file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
        story.desk().reorder(&[evidence(&story, "01-01", "补报.pdf")], 2).unwrap();
        let (number, folios) = lies(&story, "补报.pdf");
        let last = first.last().unwrap();
        assert_eq!(number, "01-01-001-1");
        assert_eq!(folios, [format!("{last}-1"), format!("{last}-2"), format!("{last}-3")]);
        assert_eq!(lies(&story, "年度计划.pdf").1, first);
        let changes = pack(&story);
        // The 卷内目录, and the leaves of the piece; where it stands between two sides of one leaf, that leaf is made anew.
        assert!(acts(&changes).iter().all(|act| *act != Act::Pull), "{changes:?}");
        // The whole on the same numbers proves itself as well.
        let whole = story.desk().compile(&options(Volumes::One, true), None, &Watch::silent()).unwrap();
        assert!(whole.verification.ok, "{:#?}", whole.verification);
        assert_eq!(whole.volumes, volumes);
        whole.files.iter().for_each(|file| sound(file));
    }
}

#[test]
fn an_inspector_is_led_to_what_lies_in_the_boxes() {
    let story = printed(Volumes::Box, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    desk.reorder(&[evidence(&story, "01-01", "补报.pdf")], 2).unwrap();
    let (number, folios) = lies(&story, "补报.pdf");
    let on_folio = || {
        let asked = desk.consult(&folios[1]).unwrap();
        let answer = asked.answers.into_iter().find(|answer| matches!(answer.heading, Heading::Folio { .. }));
        (asked.places.unwrap(), answer)
    };
    // A package made to look at is no paper in a box.
    desk.compile(&options(Volumes::Box, true), None, &Watch::silent()).unwrap();
    let (places, answer) = on_folio();
    assert!(answer.is_none_or(|answer| answer.hits.is_empty()));
    assert!(wording::consult::source(&places).ends_with("按盒分册，定稿）"), "{}", wording::consult::source(&places));
    let printed = desk.consult("01-01-001").unwrap().answers[0].hits[0].lies.clone().unwrap();
    assert!(!printed.volume_title.is_empty());

    pack(&story);
    let (places, answer) = on_folio();
    let hit = &answer.unwrap().hits[0];
    assert_eq!((hit.document.original_name.as_str(), hit.page), ("补报.pdf", 1));
    let lies = hit.lies.as_ref().unwrap();
    assert_eq!((lies.number.0.as_str(), lies.volume, &lies.volume_title), (number.as_str(), printed.volume, &printed.volume_title));
    assert_eq!(lies.pages.iter().map(|(_, folio)| folio.label()).collect::<Vec<_>>(), folios);
    assert!(wording::consult::source(&places).ends_with("定稿，含 1 个变更包）"));
    // The number as it is printed, and as it is said.
    for said in [number.as_str(), "０１-01-001－1", "1-1-1-1", "01.01.001.1"] {
        let asked = desk.consult(said).unwrap();
        let found: Vec<&str> =
            asked.answers.iter().flat_map(|answer| &answer.hits).map(|hit| hit.document.original_name.as_str()).collect();
        assert_eq!(found, ["补报.pdf"], "{said}");
    }
    assert_eq!(desk.consult("01-01-001").unwrap().answers[0].hits[0].document.original_name, "年度计划.pdf");
}

#[test]
fn what_comes_at_the_end_takes_the_next_number() {
    let story = printed(Volumes::One, true);
    story.desk().file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    let (number, folios) = lies(&story, "补报.pdf");
    assert_eq!((number.as_str(), folios.len()), ("01-01-003", 3));
    assert!(folios.iter().all(|folio| folio.contains('-')), "{folios:?}");
    pack(&story);
}

#[test]
fn what_is_withdrawn_leaves_its_numbers_empty() {
    for duplex in [true, false] {
        let story = printed(Volumes::Box, duplex);
        let (_, gone) = lies(&story, "领导小组通知.pdf");
        story.desk().unfile(&story.pieces(&["领导小组通知.pdf"]), &code("01-01")).unwrap();
        story.desk().unfile(&story.pieces(&["领导小组通知.pdf"]), &code("01-02")).unwrap();
        let changes = pack(&story);
        assert_eq!(changes.withdrawn.len(), 1);
        // What comes then takes neither its number nor its folios.
        story.desk().file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
        let (number, folios) = lies(&story, "补报.pdf");
        assert_eq!(number, "01-01-003");
        assert!(folios.iter().all(|folio| !gone.contains(folio)), "{folios:?}");
        pack(&story);
    }
}

#[test]
fn one_piece_is_replaced_by_another() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["更正.pdf"]), &code("01-01")).unwrap();
    desk.reorder(&[evidence(&story, "01-01", "更正.pdf")], 1).unwrap();
    desk.unfile(&story.pieces(&["年度计划.pdf"]), &code("01-01")).unwrap();
    let (number, _) = lies(&story, "更正.pdf");
    assert_eq!(number, "01-01-000-1", "in front of all that is printed");
    let changes = pack(&story);
    assert_eq!(changes.withdrawn[0].number.0, "01-01-001");
}

#[test]
fn a_new_title_swaps_the_sheets_it_stands_on() {
    let story = printed(Volumes::One, true);
    let description = Description { title: "关于调整双拥工作领导小组的通知".to_owned(), ..Description::default() };
    story.desk().describe(story.piece("领导小组通知.pdf"), &description).unwrap();
    let changes = pack(&story);
    assert!(changes.changes.iter().all(|change| change.act == Act::Swap && change.pulled == change.put), "{changes:?}");
    let shown: Vec<&Shows> = changes.changes.iter().flat_map(|change| &change.shows).map(|(shows, _)| shows).collect();
    // Two 卷内目录: it is filed under two indicators.
    assert_eq!(shown.iter().filter(|shows| **shows == &Shows::Register { section: None }).count(), 2);
    assert!(changes.withdrawn.is_empty());
}

#[test]
fn what_is_edited_on_a_page_swaps_its_leaf() {
    let story = printed(Volumes::One, true);
    let (_, folios) = lies(&story, "国防教育通知.pdf");
    let edits: [(&str, fn(&Desk, DocumentId)); 3] = [
        ("framed", |desk, piece| {
            desk.frame_page(piece, 0, Framing { tilt: 150, x0: 500, ..Framing::default() }).unwrap();
        }),
        ("covered", |desk, piece| {
            desk.add_mask(piece, 0, Mask { x0: 1_000, y0: 1_000, x1: 4_000, y1: 1_500 }).unwrap();
        }),
        ("underlined", |desk, piece| {
            desk.add_mark(piece, 0, Line { x0: 2_000, y0: 3_000, x1: 8_000, y1: 3_000 }).unwrap();
        }),
    ];
    for (name, edit) in edits {
        edit(story.desk(), story.piece("国防教育通知.pdf"));
        swaps(&pack(&story), &folios[0], name);
    }
}

/// One leaf is changed, the one with this folio.
fn swaps(changes: &Changes, folio: &str, why: &str) {
    let [change] = &changes.changes[..] else { panic!("{why}: {changes:?}") };
    assert_eq!(change.act, Act::Swap, "{why}");
    assert!(change.put.iter().any(|put| put.label() == folio), "{why}: {change:?}");
}

/// Boxes of ten sheets, one of them with nothing but the second piece in it.
#[test]
fn a_box_that_is_emptied_stays_a_box() {
    let names = ["上册.pdf", "中册.pdf", "下册.pdf"];
    let story = Story::scanned(&names.map(|name| (name, 8)));
    let desk = story.desk();
    let print = PrintSetup { leaf: 200, boxes: vec![10], ..PrintSetup::default() };
    desk.set_assessment(&Assessment { print, ..desk.assessment() }).unwrap();
    desk.file(&story.pieces(&names), &code("01-01")).unwrap();
    let options = Options { boxes: BoxSize(10), ..options(Volumes::Box, false) };
    desk.compile(&options, None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let volumes = desk.foresee(&options).unwrap().1.volumes;
    desk.unfile(&story.pieces(&["中册.pdf"]), &code("01-01")).unwrap();
    let changes = pack(&story);
    assert_eq!(changes.withdrawn.len(), 1);
    let left = desk.foresee(&options).unwrap().1.volumes;
    let emptied: Vec<u32> = left.iter().filter(|volume| volume.pages == 0).map(|volume| volume.number).collect();
    assert!(emptied.contains(&changes.changes.iter().find(|change| change.act == Act::Pull).unwrap().volume), "{left:?}");
    assert_eq!(left.iter().map(|volume| volume.folios).collect::<Vec<_>>(), volumes.iter().map(|volume| volume.folios).collect::<Vec<_>>());
    assert!(left.iter().zip(&volumes).all(|(left, was)| left.title.starts_with(was.title.split('（').next().unwrap())), "{left:#?}");
    assert_eq!(desk.labels(&options, None).unwrap().volumes, volumes.len());
    let whole = desk.compile(&options, None, &Watch::silent()).unwrap();
    assert!(whole.verification.ok && whole.files.len() == volumes.len(), "{:#?}", whole.verification);
}

/// A whole reprint with all that changed may become the edition: it remembers what lies in other copies.
#[test]
fn an_edition_that_is_printed_anew_keeps_its_history() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    let between = |name: &str| {
        desk.file(&story.pieces(&[name]), &code("01-01")).unwrap();
        desk.reorder(&[evidence(&story, "01-01", name)], 2).unwrap();
    };
    let issue_again = || {
        desk.compile(&Options { made_on: date(2023, 4, 20), ..options(Volumes::One, true) }, None, &Watch::silent()).unwrap();
        desk.issue_package(0).unwrap();
        assert_eq!(desk.changes().unwrap().2.changes, [], "what was printed just now lies in the box");
    };
    between("补报.pdf");
    pack(&story);
    issue_again();
    let first = lies(&story, "补报.pdf");
    between("再报.pdf");
    let second = lies(&story, "再报.pdf");
    assert!(second.0 != first.0 && second.1.iter().all(|folio| !first.1.contains(folio)), "{first:?} {second:?}");
    pack(&story);

    desk.unfile(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    issue_again();
    let issue = desk.issue().unwrap().unwrap();
    assert_eq!(issue.withdrawn.iter().map(|gone| gone.number.0.as_str()).collect::<Vec<_>>(), [first.0.as_str()]);
    between("证明.pdf");
    let third = lies(&story, "证明.pdf");
    assert!(third.0 != first.0 && third.1.iter().all(|folio| !first.1.contains(folio) && !second.1.contains(folio)), "{third:?}");
    pack(&story);
}

/// Printed first and printed on its own numbers, a volume that opens inside a piece names what it goes on with.
#[test]
fn a_volume_goes_on_with_the_same_bookmarks_on_its_numbers() {
    let story = Story::scanned(&[("年度计划.pdf", 450), ("领导小组通知.pdf", 2)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["年度计划.pdf", "领导小组通知.pdf"]), &code("01-01")).unwrap();
    let options = options(Volumes::Box, false);
    let outlines = || -> Vec<_> {
        let (plan, ledger) = desk.foresee(&options).unwrap();
        let of = ledger.volumes.len() as u32;
        (1..=of).map(|number| compile::manuscript(&plan, &ledger, &plan.setup(), number).outline).collect()
    };
    let first = outlines();
    desk.compile(&options, None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let kept = outlines();
    let goes_on = |title: &str| title.contains("年度计划") && title.ends_with("（续）");
    assert!(format!("{kept:?}").split('"').any(goes_on), "{kept:#?}");
    assert_eq!(first, kept);
}

/// 备考表 of two sheets were laid whole on each of their sides.
#[test]
fn wide_margins_multiply_no_closing_form() {
    let story = Story::scanned(&SCANS[..1]);
    let desk = story.desk();
    let print = PrintSetup { top: 50, bottom: 50, inner: 45, outer: 40, ..PrintSetup::default() };
    desk.set_assessment(&Assessment { print, ..desk.assessment() }).unwrap();
    desk.file(&story.pieces(&["年度计划.pdf"]), &code("01-01")).unwrap();
    desk.compile(&options(Volumes::Area, false), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    assert_eq!(desk.changes().unwrap().2.changes, []);
}

/// What is stuck on the boxes says where the paper lies, whatever format was chosen last.
#[test]
fn labels_and_preview_are_of_the_edition() {
    let story = printed(Volumes::Box, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    let docx = Options { format: Format::Docx, ..options(Volumes::One, false) };
    let (plan, ledger) = desk.foresee(&docx).unwrap();
    assert_eq!((&plan, &ledger), (&desk.changes().unwrap().0, &desk.changes().unwrap().1));
    assert_eq!(desk.proof(&docx).unwrap().ledger, ledger);
    let made = desk.labels(&docx, None).unwrap();
    assert_eq!(made.volumes, ledger.volumes.len());
    let done = Command::new("pdftotext").arg(&made.spines).arg("-").output().unwrap();
    let said: String = String::from_utf8(done.stdout).unwrap().chars().filter(|character| !character.is_whitespace()).collect();
    for volume in &ledger.volumes {
        let (first, last) = volume.folios;
        assert!(said.contains(&format!("{first}—{last}")), "{first} to {last}: {said}");
    }
}

/// A leaf that is swapped brings along no picture of the leaves that stay.
#[test]
fn a_pack_holds_nothing_of_pages_that_stay() {
    let story = Story::new();
    let (pdf, pictures) = huijuan_tests::drawn::sharing_pdf(&["one", "two", "three", "four"]);
    story.receives(&[("登记表.pdf", pdf)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["登记表.pdf"]), &code("01-01")).unwrap();
    desk.compile(&options(Volumes::One, false), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    desk.turn_page(story.piece("登记表.pdf"), 1, 90).unwrap();
    let made = desk.make_change_pack(None, &Watch::silent()).unwrap();
    let bytes = std::fs::read(&made.files[0]).unwrap();
    let held: Vec<bool> = pictures.iter().map(|data| bytes.windows(64).any(|window| window == &data[3000..3064])).collect();
    assert_eq!(held, [false, true, false, false]);
}

#[test]
fn new_margins_wait_for_a_new_edition() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    let wide = PrintSetup { inner: 40, outer: 16, ..PrintSetup::default() };
    desk.set_assessment(&Assessment { print: wide.clone(), ..desk.assessment() }).unwrap();
    assert_eq!(desk.changes().unwrap().2.changes, vec![], "what is printed is not set anew");
    let kept = desk.compile(&options(Volumes::One, true), None, &Watch::silent()).unwrap();
    assert!(kept.verification.ok, "{:#?}", kept.verification);
    assert_eq!(desk.foresee(&options(Volumes::One, true)).unwrap().0.print, PrintSetup::default());
    desk.begin_new_edition().unwrap();
    assert_eq!(desk.foresee(&options(Volumes::One, true)).unwrap().0.print, wide);
}

#[test]
fn packs_follow_one_another_and_can_be_taken_back() {
    let story = printed(Volumes::Box, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    desk.reorder(&[evidence(&story, "01-01", "补报.pdf")], 2).unwrap();
    let first = pack(&story);
    assert_eq!(first.number, 1);
    let (number, folios) = lies(&story, "补报.pdf");
    // Between the same two pieces once more.
    desk.file(&story.pieces(&["再报.pdf"]), &code("01-01")).unwrap();
    desk.reorder(&[evidence(&story, "01-01", "再报.pdf")], 2).unwrap();
    desk.file(&story.pieces(&["证明.pdf"]), &code("V1")).unwrap();
    let second = pack(&story);
    assert_eq!(second.number, 2);
    assert_eq!(lies(&story, "补报.pdf"), (number, folios), "what the first pack brought stays");
    assert_eq!(lies(&story, "再报.pdf").0, "01-01-001-2");
    assert_eq!(lies(&story, "证明.pdf").0, "V1-001");
    desk.undo().unwrap();
    assert_eq!(desk.issue().unwrap().unwrap().packs, 1);
    assert_eq!(desk.changes().unwrap().2.changes, second.changes, "what was taken back would be changed again");
    desk.redo().unwrap();
    desk.unfile(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    assert_eq!(pack(&story).withdrawn[0].number.0, "01-01-001-1");
}

/// What holds only some leaves is no edition, also where none stands; and it is not what inspectors carry.
#[test]
fn a_pack_is_neither_issued_nor_carried_about() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    pack(&story);
    for anew in [false, true] {
        if anew {
            desk.begin_new_edition().unwrap();
        }
        let standing = desk.issue().unwrap();
        assert_eq!(standing.is_none(), anew);
        assert!(matches!(desk.issue_package(0), Err(Error::Compile(CompileError::NotIssuable { .. }))));
        assert_eq!(desk.issue().unwrap(), standing);
    }
    let packages = desk.packages().unwrap();
    assert_eq!(packages.iter().map(|package| package.is_issuable()).collect::<Vec<_>>(), [false, true]);
    let stick = tempfile::tempdir().unwrap();
    let carried = desk.make_stick(None, stick.path(), &Watch::silent()).unwrap();
    assert!(carried.dir.join(packages[1].files[0].file_name().unwrap()).exists());
    assert!(matches!(desk.make_stick(Some(0), stick.path(), &Watch::silent()), Err(Error::NoPackage)));
}

#[test]
fn photos_that_share_a_sheet_stay_together() {
    let names = ["走访.jpg", "慰问.jpg", "座谈.jpg", "授牌.jpg"];
    let story = Story::scanned(&names.map(|name| (name, 1)));
    let desk = story.desk();
    desk.file(&story.pieces(&names[..3]), &code("01-01")).unwrap();
    let caption = Caption { time: "2022年7月28日".to_owned(), ..Caption::default() };
    desk.set_caption(&story.pieces(&names), &caption).unwrap();
    desk.compile(&options(Volumes::One, true), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let (_, folio) = lies(&story, "走访.jpg");
    desk.set_caption(&story.pieces(&["慰问.jpg"]), &Caption { place: "示例街道01".to_owned(), ..caption }).unwrap();
    swaps(&pack(&story), &folio[0], "another caption");
    desk.file(&story.pieces(&["授牌.jpg"]), &code("01-01")).unwrap();
    desk.reorder(&[evidence(&story, "01-01", "授牌.jpg")], 2).unwrap();
    assert_eq!(lies(&story, "慰问.jpg").1, folio);
    pack(&story);
    desk.unfile(&story.pieces(&["走访.jpg"]), &code("01-01")).unwrap();
    assert_eq!(lies(&story, "慰问.jpg").1, folio);
    pack(&story);
}

#[test]
fn an_edition_stands_until_it_is_taken_back_or_made_anew() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    let docx = Options { format: Format::Docx, ..options(Volumes::One, true) };
    assert!(matches!(desk.compile(&docx, None, &Watch::silent()), Err(Error::Compile(CompileError::KeptInPdf))));
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    assert!(lies(&story, "补报.pdf").1[0].contains('-'));
    desk.begin_new_edition().unwrap();
    assert!(!lies(&story, "补报.pdf").1[0].contains('-'), "numbers are given anew");
    assert!(matches!(desk.changes(), Err(Error::Compile(CompileError::NoIssue))));
    desk.undo().unwrap();
    assert!(lies(&story, "补报.pdf").1[0].contains('-'));
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(desk.issue().unwrap(), None, "定稿 was taken back");
    desk.compile(&docx, None, &Watch::silent()).unwrap();
    assert!(matches!(desk.issue_package(0), Err(Error::Compile(CompileError::NotIssuable { .. }))));
}

/// Each look at 汇编 asks for it, and to compare all sheets of a large package takes seconds.
#[test]
fn while_nothing_is_written_the_edition_is_compared_once() {
    let story = printed(Volumes::Box, true);
    let desk = story.desk();
    let edition = || desk.edition().unwrap().unwrap();
    let first = edition();
    assert_eq!((first.issue.name.as_str(), first.next, first.changes.as_slice()), (desk.packages().unwrap()[0].name.as_str(), 1, &[][..]));
    assert!(Arc::ptr_eq(&first, &edition()));
    assert!(Arc::ptr_eq(&desk.issue().unwrap().unwrap(), &first.issue), "it is read once");
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    let (plan, ledger, changes) = desk.changes().unwrap();
    let several = ledger.volumes.len() > 1;
    let lines: Vec<String> = changes.changes.iter().map(|change| wording::issue::line(change, &changes, plan.volumes, several)).collect();
    assert_eq!(edition().changes, lines);
    assert!(!lines.is_empty() && Arc::ptr_eq(&edition(), &edition()));
    desk.make_change_pack(None, &Watch::silent()).unwrap();
    assert_eq!((edition().next, edition().changes.len()), (2, 0));
    desk.undo().unwrap();
    assert_eq!((edition().next, &edition().changes), (1, &lines));
    desk.begin_new_edition().unwrap();
    assert!(desk.edition().unwrap().is_none());
}

/// The proof is the same one while nothing has changed; that an edition stands no more changes every number of it.
#[test]
fn the_proof_is_of_the_edition_that_stands() {
    let story = printed(Volumes::One, true);
    let desk = story.desk();
    desk.file(&story.pieces(&["补报.pdf"]), &code("01-01")).unwrap();
    let options = options(Volumes::One, true);
    let kept = desk.proof(&options).unwrap();
    assert_eq!(desk.proof(&options).unwrap().number, kept.number);
    desk.begin_new_edition().unwrap();
    let anew = desk.proof(&options).unwrap();
    assert_ne!((anew.number, &anew.ledger), (kept.number, &kept.ledger));
    assert_eq!(anew.ledger, desk.foresee(&options).unwrap().1);
}
