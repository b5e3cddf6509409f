//! 已核对，无需处理: a finding is set aside until what it judged is another thing.

use std::collections::BTreeSet;

use dossier::desk::{About, NextRound, ReportFormat};
use dossier::domain::{Description, DocumentId, Finding, FindingKind};
use dossier::store::Files;
use dossier::{Desk, Error, wording};
use huijuan_tests::Story;
use huijuan_tests::story::{around, code};
use jiff::civil::date;
use scans::{Framing, Watch};

const REASON: &str = "原件如此";

/// A dated paper of two pages that were scanned at 60 dpi, and one without a date.
fn story() -> Story {
    let story = Story::scanned(&[("通知.pdf", 2), ("纪要.jpg", 1)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["通知.pdf", "纪要.jpg"]), &code("01-01")).unwrap();
    desk.describe(story.piece("通知.pdf"), &dated(2021)).unwrap();
    story
}

fn dated(year: i16) -> Description {
    Description { title: "通知".to_owned(), dated: Some(date(year, 3, 5)), ..Description::default() }
}

fn of(desk: &Desk, piece: DocumentId, wanted: fn(&FindingKind) -> bool) -> Option<Finding> {
    desk.check().unwrap().iter().find(|finding| finding.document == Some(piece) && wanted(&finding.kind)).cloned()
}

fn coarse(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::Coarse { .. })
}

fn out_of_period(kind: &FindingKind) -> bool {
    *kind == FindingKind::OutOfPeriod
}

/// How many are left and how many were set aside.
fn count(desk: &Desk) -> (usize, usize) {
    let checked = desk.checked().unwrap();
    (checked.left.len(), checked.set_aside.len())
}

#[test]
fn what_was_set_aside_is_counted_no_more_and_told_with_its_reason() {
    let story = story();
    let (desk, piece) = (story.desk(), story.piece("通知.pdf"));
    let (all, _) = count(desk);
    let finding = of(desk, piece, coarse).unwrap();
    desk.set_aside(std::slice::from_ref(&finding), " 原件如此 ").unwrap();
    assert_eq!(of(desk, piece, coarse), None);
    assert_eq!(count(desk), (all - 1, 1));
    let checked = desk.checked().unwrap();
    let (aside, said) = &checked.set_aside[0];
    assert_eq!(aside, &finding);
    assert_eq!(wording::finding::grounds(said), "原件如此（2023-04-01，示例经办人）");
    let last = |desk: &Desk| desk.history(1).unwrap().remove(0).sentence;
    assert_eq!(last(desk), "将《通知》的一条发现记为已核对，无需处理：原件如此");

    // The last word stands, and undoing brings the one before back.
    let reason = |desk: &Desk| desk.checked().unwrap().set_aside[0].1.reason.clone();
    desk.set_aside(std::slice::from_ref(&finding), "已与报送单位核实").unwrap();
    assert_eq!((reason(desk), count(desk)), ("已与报送单位核实".to_owned(), (all - 1, 1)));
    desk.undo().unwrap();
    assert_eq!(reason(desk), REASON);

    desk.take_up_again(&[finding]).unwrap();
    assert_eq!(count(desk), (all, 0));
    assert_eq!(last(desk), "将《通知》的一条发现重新列为待处理");
    desk.undo().unwrap();
    assert_eq!(count(desk), (all - 1, 1));
    desk.undo().unwrap();
    assert_eq!(count(desk), (all, 0));
    desk.redo().unwrap();
    assert_eq!(count(desk), (all - 1, 1));
}

/// Several in one act, which is one step of undoing.
#[test]
fn a_kind_is_set_aside_in_one_act() {
    let story = story();
    let desk = story.desk();
    let (all, _) = count(desk);
    let both: Vec<Finding> = desk.check().unwrap().iter().filter(|finding| coarse(&finding.kind)).cloned().collect();
    assert_eq!(both.len(), 2);
    desk.set_aside(&both, REASON).unwrap();
    assert_eq!(count(desk), (all - 2, 2));
    desk.undo().unwrap();
    assert_eq!(count(desk), (all, 0));
}

#[test]
fn it_comes_back_when_what_was_judged_is_another_thing() {
    let story = story();
    let (desk, piece) = (story.desk(), story.piece("通知.pdf"));
    desk.describe(piece, &dated(2015)).unwrap();
    let findings = [of(desk, piece, coarse).unwrap(), of(desk, piece, out_of_period).unwrap()];
    desk.set_aside(&findings, REASON).unwrap();
    let back = || (of(desk, piece, coarse).is_some(), of(desk, piece, out_of_period).is_some());
    assert_eq!(back(), (false, false));

    // What was not judged changes nothing: another place, another piece, a note.
    desk.file(&[piece], &code("02-01")).unwrap();
    desk.unfile(&[piece], &code("01-01")).unwrap();
    desk.turn_page(story.piece("纪要.jpg"), 0, 90).unwrap();
    desk.describe(piece, &Description { note: "背景材料".to_owned(), ..dated(2015) }).unwrap();
    assert_eq!(back(), (false, false));

    let changes: [(&str, fn(&Desk, DocumentId), (bool, bool)); 4] = [
        ("turned", |desk, piece| desk.turn_page(piece, 1, 90).unwrap(), (true, false)),
        ("framed", |desk, piece| desk.frame_page(piece, 0, Framing { tilt: 100, ..Framing::default() }).unwrap(), (true, false)),
        ("a page left out", |desk, piece| desk.leave_out(piece, 1, true).unwrap(), (true, false)),
        ("dated otherwise", |desk, piece| desk.describe(piece, &dated(2016)).unwrap(), (false, true)),
    ];
    for (change, act, wanted) in changes {
        act(desk, piece);
        assert_eq!(back(), wanted, "{change}");
        // As it was again, the word on it stands again.
        desk.undo().unwrap();
        assert_eq!(back(), (false, false), "{change}, taken back");
    }
}

#[test]
fn facts_are_answered_by_their_acts_only() {
    let story = Story::scanned(&[("甲.pdf", 1), ("乙.pdf", 1), ("丙.pdf", 1)]);
    let (desk, returned, unprinted) = (story.desk(), story.piece("甲.pdf"), story.piece("乙.pdf"));
    desk.file(&[returned, unprinted], &code("01-01")).unwrap();
    desk.demand(dossier::domain::DemandKind::Return, &[returned], None, "没有盖章").unwrap();
    desk.leave_out(unprinted, 0, true).unwrap();
    let before = desk.check().unwrap();
    let facts: Vec<&Finding> = before.iter().filter(|finding| !finding.kind.is_judgement()).collect();
    let kinds: BTreeSet<String> =
        facts.iter().map(|fact| serde_json::to_value(&fact.kind).unwrap()["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["demanded", "missing", "nothing_printed", "unfiled", "veto_unproven"]);
    let judgement = before.iter().find(|finding| finding.kind.is_judgement()).unwrap();
    for fact in facts {
        let refused = desk.set_aside(&[judgement.clone(), fact.clone()], REASON);
        assert!(matches!(refused, Err(Error::NotAJudgement)), "{fact:?}: {refused:?}");
    }
    let refused = desk.set_aside(std::slice::from_ref(judgement), "  ");
    assert!(matches!(refused, Err(Error::Unsaid { .. })), "{refused:?}");
    assert_eq!(desk.checked().unwrap().set_aside, []);
}

#[test]
fn it_is_kept_with_the_project_and_begins_anew_with_the_next_round() {
    let mut story = story();
    let finding = of(story.desk(), story.piece("通知.pdf"), coarse).unwrap();
    story.desk().set_aside(&[finding], REASON).unwrap();
    let now = count(story.desk());
    story.close();
    assert_eq!(count(story.open().unwrap()), now);

    let place = tempfile::tempdir().unwrap();
    let copied = story.desk().back_up_to(place.path(), &Watch::silent()).unwrap();
    let other = Desk::open(&copied.dir, around(Files::real())).unwrap();
    assert_eq!(count(&other), now);
    drop(other);

    let round = NextRound { name: "示例区双拥创建2027".to_owned(), years: (2024, 2027), due: date(2027, 4, 20) };
    let next = story.desk().start_next_round(&place.path().join("下一轮"), &round, around(Files::real())).unwrap();
    assert!(next.dossier().unwrap().set_aside.is_empty());
}

#[test]
fn the_list_that_is_handed_out_says_what_was_set_aside() {
    let story = story();
    let (desk, piece) = (story.desk(), story.piece("通知.pdf"));
    let finding = of(desk, piece, coarse).unwrap();
    let sentence = wording::finding::finding(&finding, &desk.dossier().unwrap());
    desk.set_aside(&[finding], REASON).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for format in [ReportFormat::Docx, ReportFormat::Xlsx] {
        let file = folder.path().join(desk.report_name(&About::Findings, format));
        desk.report(&About::Findings, format, &file).unwrap();
        let text = scans::inspect(&std::fs::read(file).unwrap()).text;
        for words in ["核查清单", "待处理", "已核对，无需处理1条", &sentence, "原件如此（2023-04-01，示例经办人）"]
        {
            assert!(text.contains(words), "{words} in {format:?}: {text}");
        }
    }
}
