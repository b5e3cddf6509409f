//! What the desk keeps from one act to the next: never more than was written is read anew, and never less.

use std::fmt::Write as _;
use std::sync::Arc;

use dossier::Desk;
use dossier::desk::{Cell, Place};
use dossier::domain::{
    Arrangement, Caption, Declaration, DemandKind, Description, DocumentId, Dossier, Finding, IndicatorCode, Line, SelfAssessment, UnitCode,
};
use huijuan_tests::story::code;
use huijuan_tests::{Story, drawn};
use jiff::civil::date;
use scans::{Framing, Mask, Watch};

type Act = fn(&Story, &Desk);

/// Every way in which a project is written to, one after the other.
const ACTS: [(&str, Act); 40] = [
    ("file", |story, desk| desk.file(&story.pieces(&["一叠.pdf", "通知.jpg", "纪要.pdf"]), &code("01-01")).unwrap()),
    ("file elsewhere", |story, desk| desk.file(&story.pieces(&["通知.jpg"]), &code("02-01")).unwrap()),
    ("undo", |_, desk| drop(desk.undo().unwrap())),
    ("redo", |_, desk| drop(desk.redo().unwrap())),
    ("describe", |story, desk| {
        let dated = Some(date(2021, 3, 5));
        let said =
            Description { title: "十二月通知".to_owned(), dated, unit: Some(UnitCode("T01".to_owned())), ..Description::default() };
        desk.describe(story.piece("通知.jpg"), &said).unwrap();
    }),
    ("reorder", |story, desk| desk.reorder(&[story.evidence("纪要.pdf", "01-01").id], 1).unwrap()),
    ("turn", |story, desk| desk.turn_page(story.piece("一叠.pdf"), 1, 90).unwrap()),
    ("leave out", |story, desk| desk.leave_out(story.piece("一叠.pdf"), 2, true).unwrap()),
    ("frame", |story, desk| {
        desk.frame_page(story.piece("一叠.pdf"), 0, Framing { tilt: 100, ..Framing::default() }).unwrap();
    }),
    ("mark", |story, desk| {
        desk.add_mark(story.piece("一叠.pdf"), 3, Line { x0: 100, y0: 500, x1: 900, y1: 500 }).unwrap();
    }),
    ("mask", |story, desk| {
        desk.add_mask(story.piece("一叠.pdf"), 3, Mask { x0: 100, y0: 500, x1: 900, y1: 700 }).unwrap();
    }),
    ("caption", |story, desk| {
        desk.set_caption(&story.pieces(&["照片.png"]), &Caption { time: "2022年8月1日".to_owned(), ..Caption::default() }).unwrap();
    }),
    ("reverse the pages", |story, desk| desk.arrange_pages(story.piece("一叠.pdf"), Arrangement::Reversed).unwrap()),
    ("undo reversing", |_, desk| drop(desk.undo().unwrap())),
    ("split", |story, desk| drop(desk.split(story.piece("一叠.pdf"), &[2]).unwrap())),
    ("undo the split", |_, desk| drop(desk.undo().unwrap())),
    ("split again", |_, desk| drop(desk.redo().unwrap())),
    ("remove", |story, desk| desk.remove(&story.pieces(&["纪要.pdf"])).unwrap()),
    ("restore", |story, desk| desk.restore(&story.pieces(&["纪要.pdf"])).unwrap()),
    ("join", |story, desk| {
        desk.join(&story.pieces(&["照片.png", "纪要.pdf"]), &Watch::silent()).unwrap();
    }),
    ("undo the joining", |_, desk| drop(desk.undo().unwrap())),
    ("return", |story, desk| {
        desk.demand(DemandKind::Return, &story.pieces(&["通知.jpg"]), Some(&code("01-01")), "没有盖章").unwrap();
    }),
    ("an answer comes", |_, desk| {
        let said = Description { dated: Some(date(2021, 5, 1)), unit: Some(UnitCode("T01".to_owned())), ..Description::default() };
        let answer = desk.documents(&Place::Unfiled).unwrap().remove(0).id;
        desk.describe(answer, &said).unwrap();
        desk.file(&[answer], &code("01-01")).unwrap();
    }),
    ("demand at a place", |_, desk| {
        let cell = Cell { indicator: code("01-02"), year: None, unit: None };
        desk.demand_at(DemandKind::Supplement, &cell, "请补报").unwrap();
    }),
    ("settle", |_, desk| {
        let open = desk.dossier().unwrap().open_demands().map(|demand| demand.id).last().unwrap();
        desk.settle(open).unwrap();
    }),
    ("self-assess", |_, desk| {
        let said = SelfAssessment { points: Vec::new(), narrative: "已经落实。".to_owned() };
        desk.self_assess(&code("01-01"), &said).unwrap();
    }),
    ("declare", |story, desk| {
        let document = Some(story.piece("照片.png"));
        let said = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 4, 1), document };
        desk.declare(&code("V1"), Some(&said)).unwrap();
    }),
    ("withdraw", |_, desk| desk.declare(&code("V1"), None).unwrap()),
    ("set findings aside", |_, desk| {
        let judged: Vec<Finding> = desk.check().unwrap().iter().filter(|finding| finding.kind.is_judgement()).cloned().collect();
        desk.set_aside(&judged, "原件如此").unwrap();
    }),
    ("take one up again", |_, desk| {
        let (aside, _) = desk.checked().unwrap().set_aside[0].clone();
        desk.take_up_again(&[aside]).unwrap();
    }),
    ("move", |story, desk| desk.move_to(&story.pieces(&["纪要.pdf", "通知.jpg"]), None, &code("01-02")).unwrap()),
    ("unfile", |story, desk| desk.unfile(&story.pieces(&["纪要.pdf"]), &code("01-02")).unwrap()),
    ("take in", |story, _| story.receives(&[("新来的.pdf", drawn::pdf(1, "", 1))])),
    ("hold a place", |_, desk| {
        desk.hold_place(&code("02-01"), "").unwrap();
    }),
    ("file all", |_, desk| {
        let all: Vec<DocumentId> = desk.list(&Place::All).unwrap().pieces;
        desk.file(&all, &code("J1")).unwrap();
    }),
    ("remove all", |_, desk| desk.remove(&desk.list(&Place::All).unwrap().pieces).unwrap()),
    ("undo removing all", |_, desk| drop(desk.undo().unwrap())),
    ("set the period", |_, desk| {
        let mut assessment = desk.assessment();
        assessment.cycle.partial_years = Vec::new();
        desk.set_assessment(&assessment).unwrap();
    }),
    ("undo to the beginning", |_, desk| {
        let first = desk.history(999).unwrap().into_iter().rfind(|act| act.undoable).unwrap();
        drop(desk.undo_to(first.id).unwrap());
    }),
    ("redo one", |_, desk| drop(desk.redo().unwrap())),
];

fn story() -> Story {
    Story::scanned(&[("一叠.pdf", 4), ("通知.jpg", 1), ("纪要.pdf", 2), ("照片.png", 1)])
}

/// Everything that a desk answers of what stands.
fn told(desk: &Desk) -> String {
    let dossier = desk.dossier().unwrap();
    let Dossier { documents, evidence, assessed, demands, declared, set_aside, assessment, .. } = &*dossier;
    let mut out = format!("{documents:#?}{evidence:#?}{assessed:#?}{demands:#?}{declared:#?}{set_aside:#?}{:#?}", assessment.cycle);
    write!(out, "{:#?}{:#?}", desk.tree().unwrap(), desk.check().unwrap()).unwrap();
    let leaves = ["01-01", "01-02", "02-01", "V1", "J1"].map(|leaf| Place::Leaf(code(leaf)));
    let others = [Place::Area("01".to_owned()), Place::Unit(UnitCode("T01".to_owned())), Place::All, Place::Unfiled, Place::Removed];
    for place in leaves.iter().chain(&others) {
        let list = desk.list(place).unwrap();
        let rows = desk.rows(&list.pieces, Some(&code("01-01")), "").unwrap();
        write!(out, "{place:?} {list:#?} {rows:#?}").unwrap();
    }
    write!(out, "{:?}", ["通知", "示双拥 PDF", "新来"].map(|words| desk.found(words, None).unwrap())).unwrap();
    // A joined file and a placeholder are written anew in either story, and tell when.
    let of_bytes = |line: &&str| ["scan: ", "bytes: "].iter().any(|field| line.trim_start().starts_with(field));
    out.lines().filter(|line| !of_bytes(line)).collect::<Vec<_>>().join("\n")
}

/// After each act the desk that kept what it knew says what one says that was opened then.
#[test]
fn what_is_kept_is_what_would_be_read_anew() {
    let (keeps, mut reopens) = (story(), story());
    told(keeps.desk());
    for (name, act) in ACTS {
        act(&keeps, keeps.desk());
        act(&reopens, reopens.desk());
        reopens.open().unwrap();
        let (kept, anew) = (told(keeps.desk()), told(reopens.desk()));
        let differ = kept.lines().zip(anew.lines()).find(|(kept, anew)| kept != anew);
        assert!(kept == anew, "after {name}: {differ:#?}");
    }
}

/// However many pieces there are, an act on one of them reads that one anew, and the leaf it moved in.
#[test]
fn an_act_reads_again_only_what_it_wrote() {
    let names: Vec<String> = (1..=60).map(|number| format!("材料{number}.pdf")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let story = Story::holding(&names);
    let desk = story.desk();
    desk.file(&story.pieces(&names), &code("01-01")).unwrap();
    let one = story.pieces(&["材料7.pdf"]);
    let acts: [(&str, &dyn Fn(), usize); 6] = [
        ("turn", &|| desk.turn_page(one[0], 0, 90).unwrap(), 1),
        ("undo", &|| drop(desk.undo().unwrap()), 1),
        ("remove", &|| desk.remove(&one).unwrap(), 0),
        ("restore", &|| desk.restore(&one).unwrap(), 1),
        ("file", &|| desk.file(&one, &code("01-02")).unwrap(), 0),
        ("caption", &|| desk.set_caption(&one, &Caption { people: "示例".to_owned(), ..Caption::default() }).unwrap(), 1),
    ];
    for (name, act, read) in acts {
        let before = desk.dossier().unwrap();
        act();
        let after = desk.dossier().unwrap();
        let shared = |id: &DocumentId, document| before.documents.get(id).is_some_and(|before| Arc::ptr_eq(before, document));
        let anew = after.documents.iter().filter(|(id, document)| !shared(id, document)).count();
        assert_eq!(anew, read, "{name}");
        let untouched: Vec<IndicatorCode> = ["02-01", "V1", "J1"].map(code).into();
        assert!(untouched.iter().all(|leaf| after.is_as_before(&before, leaf)), "{name}");
    }
}

/// What an area lists is numbers; whoever shows it asks for the lines in sight.
#[test]
fn lines_are_made_of_the_pieces_that_are_asked_for() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["丙.pdf", "甲.pdf", "乙.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["甲.pdf"]), &code("02-01")).unwrap();
    let list = desk.list(&Place::Leaf(code("01-01"))).unwrap();
    assert_eq!((list.pieces.len(), list.evidence.len(), list.unfiled), (3, 3, 0));
    let rows = desk.rows(&list.pieces[1..2], Some(&code("01-01")), "").unwrap();
    assert_eq!((rows.len(), rows[0].evidence.as_ref().unwrap().position), (1, 2));
    assert_eq!(rows[0].filed, [code("01-01"), code("02-01")]);
    assert_eq!(rows[0].evidence.as_ref().map(|evidence| evidence.id), list.evidence.get(1).copied());

    assert_eq!(desk.list(&Place::All).unwrap().unfiled, 1);
    let chosen = desk.chosen(&list.pieces).unwrap();
    assert_eq!((chosen.title.as_str(), chosen.several, chosen.leaves), ("丙.pdf", 1, 0));
    // What is gone has no line.
    assert_eq!(desk.rows(&[DocumentId(999), list.pieces[0]], None, "").unwrap().len(), 1);
    let within = desk.found("pdf", Some(&Place::Leaf(code("02-01")))).unwrap();
    assert_eq!(within.pieces, story.pieces(&["甲.pdf"]));
}
