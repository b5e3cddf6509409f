//! 预览: a package is looked through sheet by sheet before it is compiled.

use std::collections::HashSet;

use dossier::Error;
use dossier::compile::ledger::Shows;
use dossier::compile::{self, BoxSize, Format, Options, Volumes};
use dossier::domain::{Assessment, Description, PrintSetup};
use huijuan_tests::Story;
use huijuan_tests::story::{self, code};
use scans::{Digest, Watch};

fn story() -> Story {
    let story = Story::scanned(&[("2021年度计划.pdf", 3), ("领导小组通知.jpg", 1), ("议军会议纪要.tif", 2)]);
    story.desk().file(&story.pieces(&["2021年度计划.pdf", "领导小组通知.jpg"]), &code("01-01")).unwrap();
    story.desk().file(&story.pieces(&["议军会议纪要.tif"]), &code("01-02")).unwrap();
    story
}

fn options(volumes: Volumes) -> Options {
    Options { volumes, ..story::options() }
}

#[test]
fn every_sheet_is_drawn_as_it_would_be_printed_and_each_looks_its_own_way() {
    let story = story();
    let desk = story.desk();
    let proof = desk.proof(&options(Volumes::One)).unwrap();
    let mut looks = HashSet::new();
    for sheet in &proof.ledger.sheets {
        let jpeg = desk.proof_picture(proof.number, sheet.volume, sheet.sheet, 400).unwrap().unwrap();
        assert!(jpeg.starts_with(&[0xff, 0xd8]), "{sheet:?}");
        // A cover or a divider has its own words, and every other sheet its own folio.
        let alike = !looks.insert(Digest::of(&jpeg));
        assert!(!alike || matches!(sheet.shows, Shows::Blank), "{sheet:?}");
    }
    assert!(looks.len() > 15, "{}", looks.len());
    assert!(desk.proof_picture(proof.number, 1, proof.ledger.sheets.len() as u32, 400).unwrap().is_none());
    assert!(desk.proof_picture(proof.number, 2, 0, 400).unwrap().is_none());
    assert!(desk.proof_picture(proof.number, 0, 0, 400).unwrap().is_none());
}

#[test]
fn the_proof_follows_what_the_clerk_does() {
    let story = story();
    let desk = story.desk();
    let before = desk.proof(&options(Volumes::One)).unwrap();
    assert_eq!(desk.proof(&options(Volumes::One)).unwrap().number, before.number, "nothing has changed");
    let drawn = |number| desk.proof_picture(number, 1, 0, 400).unwrap();
    let cover = drawn(before.number).unwrap();
    let mut assessment = desk.assessment();
    assessment.name = "示例区双拥创建第二轮".to_owned();
    desk.set_assessment(&assessment).unwrap();
    let after = desk.proof(&options(Volumes::One)).unwrap();
    assert_ne!(after.number, before.number);
    assert_ne!(drawn(after.number).unwrap(), cover);
    assert!(drawn(before.number).is_none(), "an older proof is gone");
}

#[test]
fn what_begins_where_is_told_in_the_order_of_the_paper() {
    let story = story();
    let proof = story.desk().proof(&options(Volumes::Area)).unwrap();
    let stops = compile::guide(&proof.plan, &proof.ledger);
    let texts: Vec<&str> = stops.iter().filter(|stop| stop.volume == 2).map(|stop| stop.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "封面",
            "本册目录",
            "01　组织领导坚强有力",
            "分目录",
            "01-01　双拥工作列入年度计划",
            "卷内目录",
            "01-01-001　2021年度计划",
            "01-01-002　领导小组通知",
            "01-02　议军会议定期召开",
            "卷内目录",
            "01-02-001　议军会议纪要",
            "备考表"
        ]
    );
    assert!(stops.is_sorted_by_key(|stop| (stop.volume, stop.sheet)));
    for stop in &stops {
        let sheet = proof.ledger.of_volume(stop.volume).nth(stop.sheet as usize).unwrap();
        assert_eq!(sheet.folio, stop.folio, "{stop:?}");
    }
}

#[test]
fn a_volume_that_no_box_takes_is_seen_before_it_is_printed() {
    let story = Story::scanned(&[("整本台账.pdf", 260)]);
    story.desk().file(&story.pieces(&["整本台账.pdf"]), &code("01-01")).unwrap();
    let single = Options { duplex: false, ..options(Volumes::One) };
    let filled = |options: &Options| {
        let proof = story.desk().proof(options).unwrap();
        compile::filled(&proof.plan, &proof.ledger)
    };
    let one = filled(&single)[0];
    assert_eq!(one.size, BoxSize(50));
    assert!(one.leaves > 260 && one.leaves <= one.holds, "{one:?}");
    assert!(filled(&options(Volumes::One))[0].leaves < one.leaves, "both sides of a leaf are printed");
    let thin = filled(&Options { boxes: BoxSize(20), duplex: false, ..options(Volumes::Box) });
    assert!(thin.len() > 2 && thin.iter().all(|filled| filled.leaves <= filled.holds), "{thin:?}");
}

#[test]
fn the_package_obeys_the_margins_and_the_boxes_that_are_set() {
    let story = story();
    let desk = story.desk();
    let cover = |options: &Options| {
        let proof = desk.proof(options).unwrap();
        let sheet = proof.ledger.sheets.iter().find(|sheet| matches!(sheet.shows, Shows::Indicator)).unwrap();
        (proof.plan.setup(), desk.proof_picture(proof.number, sheet.volume, sheet.sheet, 400).unwrap().unwrap())
    };
    let (usual, drawn) = cover(&options(Volumes::One));
    assert_eq!(usual, paper::PageSetup::default(), "GB/T 9704 where nothing is set");
    let mut assessment = desk.assessment();
    assessment.print =
        PrintSetup { inner: 40, outer: 16, top: 30, bottom: 30, boxes: vec![60, 15, 60], leaf: 120, ..PrintSetup::default() };
    desk.set_assessment(&assessment).unwrap();
    assert_eq!(desk.assessment().print.boxes, [15, 60], "each once, the thinnest first");
    let (set, moved) = cover(&options(Volumes::One));
    assert_eq!((set.inner, set.outer, set.top, set.bottom), (40.0, 16.0, 30.0, 30.0));
    assert_ne!(drawn, moved);
    let proof = desk.proof(&options(Volumes::One)).unwrap();
    assert_eq!(compile::filled(&proof.plan, &proof.ledger)[0].size, BoxSize(15), "the thinnest that takes it");
    for format in [Format::Pdf, Format::Docx] {
        let package = desk.compile(&Options { format, ..options(Volumes::One) }, None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{format:?} {:#?}", package.verification);
    }
    desk.undo().unwrap();
    assert_eq!(cover(&options(Volumes::One)), (usual, drawn), "taken back");
}

#[test]
fn margins_that_no_page_has_are_refused() {
    let story = Story::new();
    let desk = story.desk();
    let set = |print: PrintSetup| desk.set_assessment(&Assessment { print, ..desk.assessment() });
    for print in [
        PrintSetup { inner: 12, ..PrintSetup::default() },
        PrintSetup { top: 90, ..PrintSetup::default() },
        PrintSetup { boxes: Vec::new(), ..PrintSetup::default() },
        PrintSetup { boxes: vec![20, 5], ..PrintSetup::default() },
        PrintSetup { leaf: 10, ..PrintSetup::default() },
    ] {
        assert!(matches!(set(print.clone()), Err(Error::OutOfBounds(_))), "{print:?}");
    }
    assert_eq!(desk.assessment().print, PrintSetup::default());
}

/// Offices give rare names characters of their own making, which stand in the private use area.
#[test]
fn a_character_that_no_font_has_is_named_with_its_place() {
    let story = story();
    let desk = story.desk();
    assert!(desk.missing_characters(&options(Volumes::One)).unwrap().is_empty());
    let id = story.piece("领导小组通知.jpg");
    desk.describe(id, &Description { title: "关于张\u{e000}同志的通知".to_owned(), ..Description::default() }).unwrap();
    let missing = desk.missing_characters(&options(Volumes::One)).unwrap();
    assert_eq!(missing.0.keys().collect::<String>(), "\u{e000}");
    assert!(missing.0[&'\u{e000}'].contains("关于张\u{e000}同志的通知"), "{missing:?}");
    assert_eq!(desk.font_roles().len(), 4);
}
