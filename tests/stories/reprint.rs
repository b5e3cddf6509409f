//! 另印: a piece that serves several indicators is printed again where the clerk wants it, and all numbers agree.

use std::path::Path;

use dossier::compile::change::Act;
use dossier::compile::ledger::Shows;
use dossier::compile::plan::Place;
use dossier::compile::{self, BoxSize, Claims, Format, Ledger, Options, Plan, Printing, Question, Report, Volumes, verify};
use dossier::domain::Description;
use huijuan_tests::story::{self, Story, code};
use huijuan_tests::{LaidOut, drawn};
use paper::manuscript::{Body, Folio};
use scans::{Mask, Watch};
use tempfile::TempDir;

use crate::issue::pack;
use crate::merge::{Other, merge};
use crate::package::{Kept, numbers_agree, plain, run};

const SCANS: [(&str, u32); 4] = [("计划.pdf", 3), ("通知.jpg", 1), ("纪要.tif", 2), ("补报.pdf", 1)];

fn options(format: Format) -> Options {
    Options { format, ..story::options() }
}

/// 计划 stands under three leaves, and is printed under the first of them; 通知 stands behind it under the second.
fn filed() -> Story {
    let story = Story::scanned(&SCANS);
    let desk = story.desk();
    for leaf in ["01-01", "01-02", "02-01"] {
        desk.file(&story.pieces(&["计划.pdf"]), &code(leaf)).unwrap();
    }
    desk.file(&story.pieces(&["通知.jpg"]), &code("01-02")).unwrap();
    desk.file(&story.pieces(&["纪要.tif"]), &code("02-01")).unwrap();
    story
}

fn again(story: &Story, leaf: &str) {
    story.desk().print_again(&story.pieces(&["计划.pdf"]), &code(leaf), true).unwrap();
}

fn foreseen(story: &Story) -> (Plan, Ledger) {
    story.desk().foresee(&options(Format::Pdf)).unwrap()
}

/// Every number under which a file is printed, with its folios.
fn lies(story: &Story, name: &str) -> Vec<(String, Vec<String>)> {
    let (plan, ledger) = foreseen(story);
    let on = |number| ledger.sheets.iter().filter(move |sheet| sheet.shows.pieces().contains(&number)).map(|sheet| sheet.folio.label());
    let own = plan.pieces().filter(|piece| piece.name == name);
    own.map(|piece| (piece.number.0.clone(), on(&piece.number).collect())).collect()
}

fn numbers(story: &Story, name: &str) -> Vec<String> {
    lies(story, name).into_iter().map(|(number, _)| number).collect()
}

fn printing(story: &Story, name: &str) -> Vec<(String, Printing)> {
    let filed = story.desk().printed_under(story.piece(name)).unwrap();
    filed.into_iter().map(|(evidence, printing)| (evidence.indicator.0, printing)).collect()
}

#[test]
fn it_is_printed_again_only_where_the_clerk_says_so_and_back() {
    let story = filed();
    let at = |first, second, third| {
        [("01-01", first), ("01-02", second), ("02-01", third)].map(|(leaf, printing)| (leaf.to_owned(), printing)).to_vec()
    };
    assert_eq!(printing(&story, "计划.pdf"), at(Printing::First, Printing::Referred, Printing::Referred));
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001"], "互见 is the default");
    let before = story.standing();

    again(&story, "02-01");
    assert_eq!(printing(&story, "计划.pdf"), at(Printing::First, Printing::Referred, Printing::Again));
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001", "02-01-001"]);
    // Under the second leaf it is referred to where it is printed first.
    let (plan, ledger) = foreseen(&story);
    let second = plan.leaves().find(|leaf| leaf.code.0 == "01-02").unwrap();
    let Place::Elsewhere { piece, anchor } = &second.entries[0].place else { panic!("互见") };
    assert_eq!(piece.0, "01-01-001");
    assert!(matches!(&ledger.places()[anchor].shows, Shows::Piece { piece, page: 1, .. } if piece.0 == "01-01-001"));

    // One act, told and undone; said twice it is said once.
    let told = || story.desk().history(1).unwrap()[0].sentence.clone();
    assert_eq!(told(), "《计划.pdf》在 02-01 另印一份");
    again(&story, "02-01");
    let marked = story.standing();
    story.desk().undo().unwrap().unwrap();
    assert_eq!((story.standing(), numbers(&story, "计划.pdf").len()), (before.clone(), 1));
    story.desk().redo().unwrap().unwrap();
    assert_eq!((story.standing(), numbers(&story, "计划.pdf").len()), (marked.clone(), 2));
    story.desk().print_again(&story.pieces(&["计划.pdf"]), &code("02-01"), false).unwrap();
    assert_eq!((told().as_str(), story.standing()), ("《计划.pdf》在 02-01 改为互见", before));

    // Where it is not filed there is nothing to print; taken out and put back it is 互见 again.
    again(&story, "V1");
    assert_eq!(printing(&story, "计划.pdf").len(), 3);
    again(&story, "02-01");
    story.desk().unfile(&story.pieces(&["计划.pdf"]), &code("02-01")).unwrap();
    story.desk().undo().unwrap().unwrap();
    assert_eq!(printing(&story, "计划.pdf"), at(Printing::First, Printing::Referred, Printing::Again));
    story.desk().unfile(&story.pieces(&["计划.pdf"]), &code("02-01")).unwrap();
    story.desk().file(&story.pieces(&["计划.pdf"]), &code("02-01")).unwrap();
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001"]);
}

/// What is made of a piece that is printed again stands in the same places, printed alike.
#[test]
fn parts_and_joined_pieces_are_printed_as_the_whole_was() {
    let story = filed();
    again(&story, "02-01");
    let part = story.desk().split(story.piece("计划.pdf"), &[1]).unwrap();
    let at = |id| story.desk().printed_under(id).unwrap().into_iter().map(|(_, printing)| printing).collect::<Vec<_>>();
    assert_eq!(at(part[0]), [Printing::First, Printing::Referred, Printing::Again]);
    story.desk().undo().unwrap().unwrap();
    let joined = story.desk().join(&story.pieces(&["计划.pdf", "补报.pdf"]), &Watch::silent());
    // Without a worker nothing is joined.
    if let Ok(joined) = joined {
        assert_eq!(at(joined), [Printing::First, Printing::Referred, Printing::Again]);
    }
}

#[test]
fn every_printing_has_its_number_and_folio_in_the_files() {
    let story = filed();
    let size = |package: &compile::Package| package.bytes;
    let once = story.desk().compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    again(&story, "02-01");
    for format in [Format::Pdf, Format::Docx] {
        let package = story.desk().compile(&options(format), None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{:#?}", package.verification);
        assert!(verify(&package.files[0]).unwrap().ok);
        assert_eq!((package.pieces, package.pages), (4, 9), "each printing counts");
        let laid = (format != Format::Pdf).then(|| LaidOut::of(&package.files[0]));
        let pdf = laid.as_ref().map_or_else(|| package.files[0].clone(), |laid| laid.pdf.clone());
        numbers_agree(&pdf, &package);
        let report: Report = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
        let printed: Vec<(&str, bool)> = report.pieces.iter().map(|piece| (piece.number.0.as_str(), piece.again)).collect();
        assert_eq!(printed, [("01-01-001", false), ("01-02-002", false), ("02-01-001", true), ("02-01-002", false)]);
        // The register of the second leaf has the number and the page of the second printing.
        let text = run("pdftotext", &["-layout", "FILE", "-"], &pdf);
        let page = |at: u32| plain(text.split('\u{c}').nth(at as usize).unwrap());
        let register = |leaf: &str| {
            let on = |sheet: &&compile::ledger::LedgerSheet| {
                sheet.shows == Shows::Register { section: None } && sheet.indicator.as_ref() == Some(&code(leaf))
            };
            page(report.ledger.sheets.iter().find(on).unwrap().sheet)
        };
        let folio = |number: &str| report.pieces.iter().find(|piece| piece.number.0 == number).unwrap().folio.clone();
        let (first, second) = (folio("01-01-001"), folio("02-01-001"));
        assert!(register("02-01").contains(&format!("3{second}另印")), "{}", register("02-01"));
        assert!(register("01-02").contains(&format!("3{first}互见")), "{}", register("01-02"));
        let stamped = report.ledger.sheets.iter().find(|sheet| sheet.folio.label() == second).unwrap();
        assert!(page(stamped.sheet).contains("02-01-001计划.pdf（1/3）") || page(stamped.sheet).contains("02-01-001计划（1/3）"));
        assert!(page(stamped.sheet).contains(&format!("—{second}—")));
        let notes = report.ledger.sheets.iter().find(|sheet| sheet.shows == Shows::Notes).unwrap();
        assert!(page(notes.sheet).contains("注明“另印”的在该处再印一份"), "{}", page(notes.sheet));
        let readable = std::fs::read_to_string(package.report.to_string_lossy().replace(".json", ".txt")).unwrap();
        assert!(readable.contains("（另印）") && readable.contains("02-01-001"));
        if format == Format::Pdf {
            // Three pages and no picture more: the scan lies in the file once.
            let scan = story.desk().document(story.piece("计划.pdf")).unwrap().bytes;
            assert!(size(&package) < size(&once) + scan / 2, "{} {} {scan}", size(&package), size(&once));
        }
    }
}

/// A page of the second printing is as much missed as one of the first.
#[test]
fn a_place_that_lacks_a_page_is_found_out() {
    let story = filed();
    again(&story, "02-01");
    let (plan, ledger) = foreseen(&story);
    let whole = compile::manuscript(&plan, &ledger, &plan.setup(), 1);
    let fonts = drawn::ofd::fonts();
    let out = story.dir().join("packages/spoiled.pdf");
    let pieces = |manuscript: &paper::Manuscript| {
        let receipt = paper::pdf::write(manuscript, &Kept(story.dir().join("vault")), &fonts, &out, &Watch::silent()).unwrap();
        let found = compile::examine(&out, Format::Pdf, (&ledger, 1), &Claims::new(manuscript, &receipt)).unwrap();
        found.told(Question::Pieces).next().map(|check| (check.passed, check.detail.clone())).unwrap()
    };
    assert_eq!(pieces(&whole), (true, "佐证材料 9 页".to_owned() + &proven(&pieces(&whole).1)));
    for number in ["01-01-001", "02-01-001"] {
        let lacking =
            ledger.sheets.iter().position(|sheet| matches!(&sheet.shows, Shows::Piece { piece, page: 2, .. } if piece.0 == number));
        let mut spoiled = whole.clone();
        spoiled.sheets[lacking.unwrap()].body = Body::Text(Vec::new());
        let (passed, detail) = pieces(&spoiled);
        assert!(!passed && detail.contains("缺少材料") && detail.contains(number), "{detail}");
    }
}

fn proven(detail: &str) -> String {
    detail.split_once('，').map(|(_, rest)| format!("，{rest}")).unwrap_or_default()
}

/// Printed twice it takes paper twice: in boxes, on their spines, in the forecast.
#[test]
fn boxes_weigh_the_second_printing() {
    let story = Story::scanned(&[("大册.tif", 60), ("通知.jpg", 1)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["大册.tif"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["大册.tif", "通知.jpg"]), &code("01-02")).unwrap();
    let asked = Options { volumes: Volumes::Box, boxes: BoxSize(20), duplex: false, ..story::options() };
    let planned = || {
        let (plan, ledger) = desk.foresee(&asked).unwrap();
        let leaves: usize = compile::filled(&plan, &ledger).iter().map(|filled| filled.leaves).sum();
        let holds = compile::filled(&plan, &ledger).iter().all(|filled| filled.leaves <= filled.holds);
        (ledger.volumes.iter().map(|volume| volume.pages).collect::<Vec<_>>(), leaves, holds)
    };
    let (pages, leaves, _) = planned();
    assert_eq!(pages.iter().sum::<u32>(), 61);
    desk.print_again(&story.pieces(&["大册.tif"]), &code("01-02"), true).unwrap();
    let (more, thicker, holds) = planned();
    assert_eq!(more.iter().sum::<u32>(), 121);
    assert!(holds && more.len() > pages.len() && thicker >= leaves + 60, "{pages:?} {more:?} {leaves} {thicker}");
    let labels = desk.labels(&asked, None).unwrap();
    assert_eq!(labels.volumes, more.len());
}

#[test]
fn an_inspector_is_led_to_the_printing_that_was_asked_for() {
    let story = filed();
    again(&story, "02-01");
    let desk = story.desk();
    desk.describe(story.piece("计划.pdf"), &Description { title: "双拥工作计划".to_owned(), ..Description::default() }).unwrap();
    desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    let printed = lies(&story, "计划.pdf");
    let found = |asked: &str| {
        let consulted = desk.consult(asked).unwrap();
        let hit = consulted.answers[0].hits.iter().find(|hit| hit.document.original_name == "计划.pdf").unwrap();
        let (lies, also) = (hit.lies.clone().unwrap(), dossier::wording::consult::also(consulted.places.as_ref().unwrap(), &hit.also));
        (lies.number.0, lies.pages.iter().map(|(_, folio)| folio.label()).collect::<Vec<_>>(), also)
    };
    let said = |at: usize| {
        let (number, folios) = &printed[at];
        format!("另印：{number}（{}—{} 页）", folios[0], folios[2])
    };
    for (asked, at, other) in [("01-01", 0, 1), ("02-01", 1, 0), ("01-01-001", 0, 1), ("02-01-001", 1, 0), ("工作计划", 0, 1)] {
        let (number, folios) = printed[at].clone();
        assert_eq!(found(asked), (number, folios, said(other)), "{asked}");
    }
    // By the number on the page, at that page.
    let consulted = desk.consult(&printed[1].1[1]).unwrap();
    let hits: Vec<_> = consulted.answers.iter().flat_map(|answer| &answer.hits).collect();
    assert!(hits.iter().any(|hit| hit.page == 1 && hit.lies.as_ref().unwrap().number.0 == "02-01-001"), "{hits:?}");

    // On the stick of the inspectors both stand, each with its page.
    let stick = TempDir::new().unwrap();
    let made = desk.make_stick(None, stick.path(), &Watch::silent()).unwrap();
    assert_eq!(made.pieces, 4);
    let index = index_of(&made.dir);
    for (number, folios) in &printed {
        assert!(index.contains(&format!("{number}　双拥工作计划")) && index.contains(&folios[0]), "{index}");
    }
}

fn index_of(dir: &Path) -> String {
    let pages = std::fs::read_dir(dir).unwrap().flatten().map(|entry| entry.path());
    std::fs::read_to_string(pages.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "html")).unwrap()).unwrap()
}

/// A bar covers the page wherever it is printed.
#[test]
fn a_bar_covers_both_printings() {
    let story = filed();
    again(&story, "02-01");
    story.desk().add_mask(story.piece("计划.pdf"), 1, Mask { x0: 1000, y0: 1000, x1: 4000, y1: 2000 }).unwrap();
    let package = story.desk().compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    let report: Report = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
    assert!(package.verification.ok);
    assert_eq!(report.masked.iter().map(|masked| masked.piece.0.as_str()).collect::<Vec<_>>(), ["01-01-001", "02-01-001"]);
}

/// After 定稿 the second printing is put in and pulled by leaves, and nothing printed is numbered anew.
#[test]
fn a_change_pack_puts_in_and_pulls_the_second_printing() {
    for duplex in [true, false] {
        let story = filed();
        let desk = story.desk();
        desk.compile(&Options { duplex, ..story::options() }, None, &Watch::silent()).unwrap();
        desk.issue_package(0).unwrap();
        let before = lies(&story, "计划.pdf");
        again(&story, "02-01");
        let printed = lies(&story, "计划.pdf");
        assert_eq!(printed[0], before[0]);
        assert_eq!(printed[1].0, "02-01-000-1", "in front of what is printed there");
        assert!(printed[1].1.iter().all(|folio| folio.contains('-')), "{printed:?}");
        let changes = pack(&story);
        assert!(changes.withdrawn.is_empty() && changes.changes.iter().all(|change| change.act != Act::Pull));
        assert_eq!(printing(&story, "计划.pdf")[2].1, Printing::Again);

        // Back to 互见: its leaves are pulled, its number is used up.
        desk.print_again(&story.pieces(&["计划.pdf"]), &code("02-01"), false).unwrap();
        let changes = pack(&story);
        assert_eq!(changes.withdrawn.iter().map(|gone| gone.number.0.as_str()).collect::<Vec<_>>(), ["02-01-000-1"]);
        again(&story, "02-01");
        assert_eq!(lies(&story, "计划.pdf")[1].0, "02-01-000-2");
    }
}

/// Taken out where it was printed first, what was printed again stays where it lies.
#[test]
fn the_second_printing_stays_when_the_first_is_withdrawn() {
    let story = filed();
    again(&story, "02-01");
    let desk = story.desk();
    desk.compile(&story::options(), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let before = lies(&story, "计划.pdf");
    desk.unfile(&story.pieces(&["计划.pdf"]), &code("01-01")).unwrap();
    assert_eq!(lies(&story, "计划.pdf"), before[1..]);
    assert_eq!(printing(&story, "计划.pdf"), [("01-02".to_owned(), Printing::Referred), ("02-01".to_owned(), Printing::First)]);
    let changes = pack(&story);
    assert_eq!(changes.withdrawn[0].number.0, "01-01-001");
    let folios: Vec<Folio> = changes.withdrawn.iter().map(|gone| gone.folios.0).collect();
    assert_eq!(folios[0].label(), before[0].1[0]);
}

#[test]
fn what_another_computer_says_of_it_comes_in() {
    let story = filed();
    let other = Other::of(&story);
    other.desk().print_again(&[other.piece("计划.pdf")], &code("02-01"), true).unwrap();
    let (_stick, dir) = other.closed();
    let merging = merge(&story, &dir);
    assert_eq!((merging.merge.written(), merging.merge.conflicts.len()), (1, 0));
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001", "02-01-001"]);
    assert!(merge(&story, &dir).merge.is_nothing(), "it is known here");
    story.desk().undo().unwrap().unwrap();
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001"]);
    story.desk().redo().unwrap().unwrap();

    // Who changed it last since both parted is right; what nobody touched stays.
    let other = Other::of(&story);
    other.desk().print_again(&[other.piece("计划.pdf")], &code("02-01"), false).unwrap();
    story.desk().print_again(&story.pieces(&["计划.pdf"]), &code("01-02"), true).unwrap();
    let (_stick, dir) = other.closed();
    let merging = merge(&story, &dir);
    assert_eq!(merging.merge.conflicts, []);
    assert_eq!(numbers(&story, "计划.pdf"), ["01-01-001", "01-02-001"]);

    // A piece that comes in is printed there as it is printed with them.
    let other = Other::of(&story);
    other.receives(&[("走访.png", drawn::png(5))]);
    for leaf in ["01-01", "01-02"] {
        other.desk().file(&[other.piece("走访.png")], &code(leaf)).unwrap();
    }
    other.desk().print_again(&[other.piece("走访.png")], &code("01-02"), true).unwrap();
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    assert_eq!(numbers(&story, "走访.png"), ["01-01-002", "01-02-003"]);
}
