//! What the plan says, told in lines.

use jiff::civil::date;
use scans::{Kind, PageFacts};

use super::*;
use crate::domain::{DemandKind, EvidenceId, MarkId, MaskId, PageMask, ProofMark};

fn piece(id: i64, scan: &str, pages: std::ops::Range<u32>) -> Document {
    let facts = PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: None, dpi: None };
    Document {
        id: DocumentId(id),
        scan: Digest::of(scan.as_bytes()),
        kind: Kind::Pdf,
        bytes: 1,
        original_name: format!("{scan}.pdf"),
        original_folder: String::new(),
        description: Description::default(),
        caption: Caption::default(),
        rendition: None,
        pages: pages.map(|index| Page { index, facts, turn: 0, framing: Framing::default(), left_out: false }).collect(),
        marks: Vec::new(),
        masks: Vec::new(),
        trouble: None,
        part_of: None,
        given_title: None,
        scan_pages: 1,
        numbers: Vec::new(),
        read_marks: Vec::new(),
        removed: false,
    }
}

fn code(text: &str) -> IndicatorCode {
    IndicatorCode(text.to_owned())
}

fn side(documents: Vec<Document>, filed: &[(&str, &[i64])]) -> Side {
    let filed = filed.iter().map(|(leaf, ids)| (code(leaf), ids.iter().copied().map(DocumentId).collect())).collect();
    Side { documents, filed, ..Side::default() }
}

fn titled(id: i64, scan: &str, title: &str) -> Document {
    let mut piece = piece(id, scan, 0..2);
    title.clone_into(&mut piece.description.title);
    piece
}

const AREA: Mask = Mask { x0: 0, y0: 0, x1: 100, y1: 100 };

fn removed(piece: Document) -> Document {
    Document { removed: true, ..piece }
}

fn supplement() -> Demand {
    Demand {
        id: DemandId(7),
        kind: DemandKind::Supplement,
        document: None,
        indicator: Some(code("a")),
        year: Some(2021),
        unit: None,
        reason: "缺附件".to_owned(),
        day: date(2023, 4, 1),
        settled: None,
        after: EvidenceId(0),
    }
}

fn planned(ours: &Side, theirs: &Side, base: Option<&Side>) -> Merge {
    plan(ours, theirs, base, &BTreeMap::new(), &BTreeSet::new())
}

fn described(merge: &Merge) -> Vec<&str> {
    merge.steps.iter().filter_map(|step| if let Step::Describe(_, said) = step { Some(said.title.as_str()) } else { None }).collect()
}

#[test]
fn what_we_do_not_have_comes_in_with_its_places() {
    let ours = side(vec![piece(1, "甲", 0..2)], &[("01-01", &[1])]);
    let theirs = side(vec![piece(1, "甲", 0..2), titled(2, "乙", "会议纪要")], &[("01-01", &[1, 2]), ("01-02", &[2])]);
    let merge = planned(&ours, &theirs, Some(&ours));
    let arrival =
        Arrival { document: DocumentId(2), title: "会议纪要".to_owned(), pages: 2, leaves: vec![code("01-01"), code("01-02")] };
    assert_eq!(merge.arrivals, [arrival]);
    let there = Piece::Theirs(DocumentId(2));
    assert_eq!(merge.steps, [Step::Bring(DocumentId(2)), Step::File(there, code("01-01")), Step::File(there, code("01-02"))]);
    assert!(merge.changes.is_empty() && merge.conflicts.is_empty() && merge.left.is_empty());
}

/// Title here, there, and when they parted (`None`: not known); what is written, and whether it is asked.
#[test]
fn of_a_thing_that_only_one_side_changed_that_side_is_right() {
    for (here, there, before, written, asked) in [
        ("甲", "甲", Some("旧"), None, false),
        ("旧", "新", Some("旧"), Some("新"), false),
        ("新", "旧", Some("旧"), None, false),
        ("甲", "乙", Some("旧"), None, true),
        ("旧", "", Some("旧"), Some(""), false),
        ("", "新", Some("旧"), Some("新"), false),
        ("", "新", None, Some("新"), false),
        ("新", "", None, None, false),
        ("甲", "乙", None, None, true),
    ] {
        let [ours, theirs] = [here, there].map(|title| side(vec![titled(1, "甲", title)], &[]));
        let base = before.map(|title| side(vec![titled(1, "甲", title)], &[]));
        let merge = planned(&ours, &theirs, base.as_ref());
        let told = (described(&merge).first().copied(), !merge.conflicts.is_empty());
        assert_eq!(told, (written, asked), "{here} {there} {before:?}");
    }
}

#[test]
fn ours_stands_in_a_conflict_unless_theirs_is_chosen() {
    let (ours, theirs) = (side(vec![titled(1, "甲", "本机")], &[]), side(vec![titled(9, "甲", "对方")], &[]));
    let merge = planned(&ours, &theirs, None);
    assert!(merge.is_nothing());
    let [conflict] = merge.conflicts.as_slice() else { panic!("{:?}", merge.conflicts) };
    assert_eq!((conflict.field, &conflict.theirs), (Field::Title, &Said::Text("对方".to_owned())));
    let chosen = plan(&ours, &theirs, None, &BTreeMap::new(), &[conflict.key.clone()].into());
    assert_eq!(described(&chosen), ["对方"]);
    assert!(chosen.conflicts[0].theirs_chosen);
}

/// Leaves here, there, and when they parted; leaves that are added and taken away.
#[test]
fn filings_are_united_and_moves_are_followed() {
    type Case<'a> = (&'a [&'a str], &'a [&'a str], Option<&'a [&'a str]>, &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 6] = [
        (&[], &["b"], None, &["b"], &[]),
        (&["a"], &["b"], Some(&["a"]), &["b"], &["a"]),
        (&["b"], &["a"], Some(&["a"]), &[], &[]),
        (&["b"], &["c"], Some(&["a"]), &["c"], &[]),
        // Taken out there and filed nowhere instead: nothing that is filed gets lost.
        (&["a"], &[], Some(&["a"]), &[], &[]),
        (&[], &["a"], Some(&["a"]), &[], &[]),
    ];
    for (here, there, before, added, gone) in cases {
        let at = |leaves: &[&str]| {
            let filed: Vec<(&str, &[i64])> = leaves.iter().map(|leaf| (*leaf, &[1][..])).collect();
            side(vec![piece(1, "甲", 0..2)], &filed)
        };
        let merge = planned(&at(here), &at(there), before.map(at).as_ref());
        let piece = Piece::Ours(DocumentId(1));
        let filed = added.iter().map(|leaf| Step::File(piece, code(leaf)));
        let steps: Vec<Step> = filed.chain(gone.iter().map(|leaf| Step::Unfile(piece, code(leaf)))).collect();
        assert_eq!(merge.steps, steps, "{here:?} {there:?} {before:?}");
    }
}

/// What is told of a piece is told at its place, however many others are told of between.
#[test]
fn all_that_changes_of_a_piece_is_one_change() {
    let before = side(vec![titled(1, "甲", "甲"), titled(2, "乙", "乙")], &[("a", &[1, 2])]);
    let theirs = side(vec![titled(1, "甲", "新甲"), titled(2, "乙", "新乙")], &[("b", &[2, 1])]);
    let merge = planned(&before, &theirs, Some(&before));
    let what = |title: &str| vec![What::Said(Field::Title, Said::Text(title.to_owned())), What::Filed(code("b")), What::Unfiled(code("a"))];
    let told: Vec<(About, Vec<What>)> = merge.changes.into_iter().map(|change| (change.about, change.what)).collect();
    let about = |title: &str| About::Piece { title: title.to_owned() };
    assert_eq!(told, [(about("甲"), what("新甲")), (about("乙"), what("新乙"))]);
}

#[test]
fn masks_and_lines_come_in_and_none_is_taken_away() {
    let area = |x0| Mask { x0, y0: 0, x1: x0 + 100, y1: 100 };
    let masked = |areas: &[u16]| {
        let mut piece = piece(1, "甲", 0..2);
        piece.masks = areas.iter().map(|x0| PageMask { id: MaskId(1), page: 1, area: area(*x0) }).collect();
        let line = Line { x0: 0, y0: 0, x1: areas.len() as u16, y1: 0 };
        piece.marks = vec![ProofMark { id: MarkId(1), page: 0, line }];
        side(vec![piece], &[])
    };
    let merge = planned(&masked(&[10]), &masked(&[500, 700]), None);
    let piece = Piece::Ours(DocumentId(1));
    let line = Step::Line(piece, 0, Line { x0: 0, y0: 0, x1: 2, y1: 0 });
    assert_eq!(merge.steps, [line, Step::Cover(piece, 1, area(500)), Step::Cover(piece, 1, area(700))]);
    // They took one away since: it stays. We took one away since: it does not come back.
    assert!(planned(&masked(&[10, 20]), &masked(&[10]), Some(&masked(&[10, 20]))).steps.iter().all(|step| matches!(step, Step::Line(..))));
    assert!(planned(&masked(&[10]), &masked(&[10, 20]), Some(&masked(&[10, 20]))).is_nothing());
}

#[test]
fn what_lies_in_our_bin_stays_there_and_is_named() {
    let mut gone = titled(1, "甲", "旧题名");
    gone.removed = true;
    let (ours, theirs) = (side(vec![gone.clone()], &[]), side(vec![titled(1, "甲", "新题名")], &[("a", &[1])]));
    let merge = planned(&ours, &theirs, None);
    assert!(!merge.steps.iter().any(|step| matches!(step, Step::Restore(_))));
    assert_eq!(merge.left, [Left { title: "旧题名".to_owned(), why: Why::InBin }]);
    // They have left it alone since.
    assert!(planned(&ours, &theirs, Some(&theirs)).left.is_empty());
    // Theirs alone in their bin does not come.
    let merge = planned(&Side::default(), &ours, None);
    assert!(merge.is_nothing() && merge.left.is_empty());
}

/// A merge notes how far it has seen: what is not carried over then never is.
#[test]
fn what_they_did_with_a_piece_in_our_bin_comes_to_it_there() {
    let masked = |mut piece: Document| {
        piece.masks = vec![PageMask { id: MaskId(1), page: 0, area: AREA }];
        piece
    };
    let base = side(vec![titled(1, "甲", "旧题名")], &[("a", &[1])]);
    let ours = side(vec![removed(titled(1, "甲", "旧题名"))], &[("a", &[1])]);
    let theirs = side(vec![masked(titled(1, "甲", "新题名"))], &[("b", &[1])]);
    let merge = planned(&ours, &theirs, Some(&base));
    let piece = Piece::Ours(DocumentId(1));
    assert_eq!(described(&merge), ["新题名"]);
    assert_eq!(merge.steps[1..], [Step::Cover(piece, 0, AREA), Step::File(piece, code("b")), Step::Unfile(piece, code("a"))]);
    assert_eq!(merge.left, [Left { title: "旧题名".to_owned(), why: Why::InBin }]);
    // Nothing but a mask: it is named, too.
    let covered = side(vec![masked(titled(1, "甲", "旧题名"))], &[("a", &[1])]);
    assert_eq!(planned(&ours, &covered, Some(&base)).left.len(), 1);
    // What they covered and then removed is covered here, before it goes.
    let gone = side(vec![removed(masked(titled(1, "甲", "旧题名")))], &[("a", &[1])]);
    assert_eq!(planned(&base, &gone, Some(&base)).steps, [Step::Cover(piece, 0, AREA), Step::Remove(piece)]);
}

#[test]
fn what_lay_in_both_bins_and_they_took_out_is_taken_out() {
    let (gone, back) = (side(vec![removed(piece(1, "甲", 0..2))], &[]), side(vec![piece(1, "甲", 0..2)], &[]));
    let merge = planned(&gone, &back, Some(&gone));
    assert_eq!(merge.steps, [Step::Restore(Piece::Ours(DocumentId(1)))]);
    assert_eq!(merge.changes[0].what, [What::Said(Field::Removed, Said::Removed(false))]);
    assert!(planned(&back, &gone, Some(&gone)).is_nothing(), "we took it out");
}

#[test]
fn what_they_removed_goes_unless_it_was_worked_on_here() {
    let base = side(vec![piece(1, "甲", 0..2)], &[]);
    let theirs = side(vec![removed(piece(1, "甲", 0..2))], &[]);
    let merge = planned(&base, &theirs, Some(&base));
    assert_eq!(merge.steps, [Step::Remove(Piece::Ours(DocumentId(1)))]);
    let worked: [fn(&mut Document); 5] = [
        |piece| piece.description.title = "题名".to_owned(),
        |piece| piece.caption.place = "示例街道01".to_owned(),
        |piece| piece.pages[1].turn = 90,
        |piece| piece.marks = vec![ProofMark { id: MarkId(1), page: 0, line: Line { x0: 0, y0: 0, x1: 9, y1: 0 } }],
        |piece| piece.masks = vec![PageMask { id: MaskId(1), page: 0, area: AREA }],
    ];
    for (work, at) in worked.into_iter().zip(0..) {
        let mut ours = base.clone();
        work(&mut ours.documents[0]);
        let merge = planned(&ours, &theirs, Some(&base));
        assert!(merge.is_nothing(), "{at}");
        assert_eq!(merge.conflicts.iter().map(|conflict| conflict.field).collect::<Vec<_>>(), [Field::Removed], "{at}");
    }
}

/// How they parted is not known: a move here can't be told from one there.
#[test]
fn with_no_record_of_the_parting_what_stands_here_is_neither_filed_again_nor_revived() {
    let at = |leaf: &str| side(vec![piece(1, "甲", 0..2)], &[(leaf, &[1])]);
    let (ours, mut theirs) = (at("a"), at("b"));
    theirs.declared.insert(code("V1"), Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: None });
    let merge = planned(&ours, &theirs, None);
    assert!(merge.is_nothing(), "{:?}", merge.steps);
    let asked: Vec<Field> = merge.conflicts.iter().map(|conflict| conflict.field).collect();
    assert_eq!(asked, [Field::Filed, Field::Declaration]);
    let chosen = merge.conflicts.iter().map(|conflict| conflict.key.clone()).collect();
    let piece = Piece::Ours(DocumentId(1));
    let declared = Step::Declare(code("V1"), theirs.declared[&code("V1")].clone(), None);
    let steps = plan(&ours, &theirs, None, &BTreeMap::new(), &chosen).steps;
    assert_eq!(steps, [Step::File(piece, code("b")), Step::Unfile(piece, code("a")), declared]);
}

/// Declared, or scored, here, there, and when they parted; what is written, and whether it is asked.
#[test]
fn what_they_took_back_is_taken_back_unless_both_changed_it() {
    let (one, other) = (date(2023, 3, 1), date(2023, 3, 2));
    for (here, there, before, written, asked) in [
        (Some(one), None, Some(one), true, false),
        (Some(other), None, Some(one), false, true),
        (None, Some(other), Some(one), false, true),
        (None, Some(one), Some(one), false, false),
        (None, None, Some(one), false, false),
        (Some(one), None, None, false, false),
    ] {
        let at = |day: Option<Date>| {
            let mut side = Side::default();
            if let Some(signed_on) = day {
                side.declared.insert(code("V1"), Declaration { signer: "示例区双拥办".to_owned(), signed_on, document: None });
                let points = vec![Some(Points(i64::from(signed_on.day())))];
                side.assessed.insert(code("a"), SelfAssessment { points, narrative: String::new() });
            }
            side
        };
        let merge = planned(&at(here), &at(there), Some(&at(before)));
        let emptied = SelfAssessment { points: vec![None], narrative: String::new() };
        let steps = if written { vec![Step::Assess(code("a"), emptied), Step::Withdraw(code("V1"))] } else { Vec::new() };
        assert_eq!((merge.steps, merge.conflicts.len()), (steps, if asked { 2 } else { 0 }), "{here:?} {there:?} {before:?}");
    }
}

/// Its bytes were not there at the first merge, which has noted all the rest.
#[test]
fn what_is_said_of_a_file_that_comes_late_comes_with_it() {
    let paper = piece(4, "承诺书", 0..1);
    let mut theirs = side(vec![paper], &[("V1", &[4])]);
    let declared = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: Some(DocumentId(4)) };
    theirs.declared.insert(code("V1"), declared.clone());
    let demand = Demand { document: Some(DocumentId(4)), ..supplement() };
    theirs.demands.push(demand.clone());
    let mut ours = Side::default();
    ours.declared.insert(code("V1"), Declaration { document: None, ..declared.clone() });
    let merge = planned(&ours, &theirs, Some(&theirs));
    let late = Piece::Theirs(DocumentId(4));
    let steps = [
        Step::Bring(DocumentId(4)),
        Step::File(late, code("V1")),
        Step::Declare(code("V1"), declared, Some(late)),
        Step::Demand(demand, Some(late)),
    ];
    assert_eq!(merge.steps, steps);
    assert!(merge.conflicts.is_empty());
}

fn parts(ranges: &[std::ops::Range<u32>]) -> Vec<Document> {
    (1..)
        .zip(ranges)
        .map(|(id, range)| {
            let mut part = piece(id, "甲", range.clone());
            part.description.title = format!("第{id}件");
            part.part_of = (id > 1).then_some(DocumentId(1));
            part
        })
        .collect()
}

#[test]
fn a_file_that_only_they_split_is_split_alike() {
    let ours = side(vec![piece(1, "甲", 0..6)], &[("a", &[1])]);
    let theirs = side(parts(&[0..2, 2..4, 4..6]), &[("a", &[1]), ("b", &[2, 3])]);
    let merge = planned(&ours, &theirs, Some(&ours));
    let split = |part| Step::SplitOff { whole: DocumentId(1), part: DocumentId(part) };
    assert_eq!(merge.steps[..2], [split(3), split(2)]);
    assert_eq!(described(&merge), ["第1件", "第2件", "第3件"]);
    let filed: Vec<&Step> = merge.steps.iter().filter(|step| matches!(step, Step::File(..))).collect();
    assert_eq!(filed, [&Step::File(Piece::Theirs(DocumentId(2)), code("b")), &Step::File(Piece::Theirs(DocumentId(3)), code("b"))]);
    assert_eq!(merge.changes[0].what[0], What::Split(3));
}

#[test]
fn what_was_said_here_of_a_file_that_they_split_goes_for_its_parts() {
    let base = side(vec![piece(1, "甲", 0..4)], &[("a", &[1])]);
    let mut ours = side(vec![piece(1, "甲", 0..4)], &[("c", &[1])]);
    ours.documents[0].description.issuer = "示例街道01".to_owned();
    ours.documents[0].description.number = "本机1号".to_owned();
    let mut theirs = side(parts(&[0..2, 2..4]), &[("a", &[1, 2]), ("b", &[2])]);
    theirs.documents[1].description.number = "对方1号".to_owned();
    let merge = planned(&ours, &theirs, Some(&base));
    let said = merge.steps.iter().filter_map(|step| if let Step::Describe(_, said) = step { Some(said) } else { None });
    let said: Vec<_> = said.map(|said| (said.title.as_str(), said.issuer.as_str(), said.number.as_str())).collect();
    assert_eq!(said, [("第1件", "示例街道01", "本机1号"), ("第2件", "示例街道01", "本机1号")]);
    assert_eq!(merge.conflicts.iter().map(|conflict| conflict.field).collect::<Vec<_>>(), [Field::Number]);
    let filed: Vec<&Step> = merge.steps.iter().filter(|step| matches!(step, Step::File(..) | Step::Unfile(..))).collect();
    let part = Piece::Theirs(DocumentId(2));
    assert_eq!(filed, [&Step::File(part, code("b")), &Step::File(part, code("c"))]);
}

#[test]
fn a_file_that_both_split_is_left_to_the_clerk_but_covered() {
    let (ours, base) = (side(parts(&[0..3, 3..6]), &[]), side(vec![piece(1, "甲", 0..6)], &[]));
    let area = Mask { x0: 0, y0: 0, x1: 100, y1: 100 };
    let mut split = parts(&[0..2, 2..6]);
    split[1].masks = vec![PageMask { id: MaskId(1), page: 4, area }];
    let merge = planned(&ours, &side(split, &[]), Some(&base));
    assert_eq!(merge.steps, [Step::Cover(Piece::Ours(DocumentId(2)), 4, area)]);
    assert_eq!(merge.left.iter().map(|left| &left.why).collect::<Vec<_>>(), [&Why::SplitOtherwise, &Why::SplitOtherwise]);
    // Only ours was split: nothing of theirs is left behind.
    let merge = planned(&ours, &base, Some(&base));
    assert!(merge.is_nothing() && merge.left.is_empty());
}

#[test]
fn what_may_not_come_in_has_no_name() {
    let theirs = side(vec![titled(1, "甲", "联合演练方案"), titled(2, "乙", "坏的")], &[]);
    let barred = BTreeMap::from([(DocumentId(1), Why::Purged), (DocumentId(2), Why::Damaged)]);
    let merge = plan(&Side::default(), &theirs, None, &barred, &BTreeSet::new());
    assert!(merge.is_nothing());
    let left = |title: &str, why| Left { title: title.to_owned(), why };
    assert_eq!(merge.left, [left("", Why::Purged), left("坏的", Why::Damaged)]);
}

#[test]
fn scores_are_filled_part_by_part_and_demands_come_once() {
    let said = |points: &[Option<i64>], narrative: &str| SelfAssessment {
        points: points.iter().map(|points| points.map(Points)).collect(),
        narrative: narrative.to_owned(),
    };
    let demand = supplement();
    let mut ours = Side { assessed: [(code("a"), said(&[Some(100), None], ""))].into(), ..Side::default() };
    let theirs =
        Side { assessed: [(code("a"), said(&[Some(50), Some(75)], "说明"))].into(), demands: vec![demand.clone()], ..Side::default() };
    let merge = planned(&ours, &theirs, None);
    assert_eq!(merge.steps, [Step::Assess(code("a"), said(&[Some(100), Some(75)], "说明")), Step::Demand(demand.clone(), None)]);
    assert_eq!(merge.conflicts.iter().map(|conflict| conflict.field).collect::<Vec<_>>(), [Field::Points(0)]);
    ours.demands = vec![Demand { id: DemandId(3), ..demand.clone() }];
    let settled = Demand { settled: Some(date(2023, 4, 2)), ..demand };
    let merge = planned(&ours, &Side { demands: vec![settled], ..Side::default() }, None);
    assert_eq!(merge.steps, [Step::Settle(DemandId(3), date(2023, 4, 2))]);
}

#[test]
fn a_declaration_comes_with_its_paper() {
    let paper = piece(4, "承诺书", 0..1);
    let declared = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: Some(DocumentId(4)) };
    let mut theirs = side(vec![paper], &[("V1", &[4])]);
    theirs.declared.insert(code("V1"), declared.clone());
    let merge = planned(&Side::default(), &theirs, Some(&Side::default()));
    let there = Piece::Theirs(DocumentId(4));
    assert_eq!(merge.steps.last(), Some(&Step::Declare(code("V1"), declared, Some(there))));
}
