//! Filing, ordering, describing, 回收站, and taking it all back.

use std::collections::BTreeSet;
use std::sync::{Arc, Once};

use dossier::Desk;
use dossier::desk::{Act, Order, OrderBy, Place};
use dossier::domain::{Arrangement, Caption, Description, DocumentId, EvidenceId, Field, Line, UnitCode};
use dossier::store::Files;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{around, code};
use huijuan_tests::{Story, drawn};
use jiff::civil::date;
use scans::{Mask, Watch};

#[test]
fn pieces_are_filed_in_order_and_close_up() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]), &code("01-01")).unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "乙.pdf", "丙.pdf"]);
    assert_eq!(story.names(&Place::Unfiled), ["丁.pdf"]);

    desk.reorder(&[story.evidence("丙.pdf", "01-01").id], 1).unwrap();
    assert_eq!(story.under("01-01"), ["丙.pdf", "甲.pdf", "乙.pdf"]);
    desk.reorder(&[story.evidence("丙.pdf", "01-01").id], 99).unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "乙.pdf", "丙.pdf"]);

    desk.unfile(&[story.piece("甲.pdf")], &code("01-01")).unwrap();
    assert_eq!(story.under("01-01"), ["乙.pdf", "丙.pdf"]);
    desk.move_to(&story.pieces(&["乙.pdf"]), Some(&code("01-01")), &code("V1")).unwrap();
    assert_eq!((story.under("01-01"), story.under("V1")), (vec!["丙.pdf".to_owned()], vec!["乙.pdf".to_owned()]));
}

/// The window chooses what was taken back: the pieces of the act, not those that close up behind them.
#[test]
fn what_is_undone_says_which_pieces_it_was_about() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]), &code("01-01")).unwrap();
    desk.reorder(&[story.evidence("丙.pdf", "01-01").id], 1).unwrap();
    let about = |act: Option<Act>| desk.about(act.unwrap().id).unwrap();
    assert_eq!(about(desk.undo().unwrap()), story.pieces(&["丙.pdf"]));
    assert_eq!(about(desk.undo().unwrap()), story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]));
    assert_eq!(about(desk.redo().unwrap()), story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]));
}

/// As in the file manager: by a column, and by it the other way.
#[test]
fn a_list_is_sorted_by_a_column_in_natural_order() {
    let story = Story::holding(&["第十件.pdf", "第二件.pdf", "第1件.pdf"]);
    let desk = story.desk();
    let said = |name: &str, number: &str, dated| Description {
        number: number.to_owned(),
        dated,
        ..desk.document(story.piece(name)).unwrap().description
    };
    desk.describe(story.piece("第十件.pdf"), &said("第十件.pdf", "示双拥〔2021〕10号", Some(date(2021, 3, 1)))).unwrap();
    desk.describe(story.piece("第二件.pdf"), &said("第二件.pdf", "示双拥〔2021〕9号", None)).unwrap();
    desk.file(&story.pieces(&["第十件.pdf", "第二件.pdf", "第1件.pdf"]), &code("01-01")).unwrap();
    let place = Place::Leaf(code("01-01"));
    let sorted = |by, descending| {
        let list = desk.sorted(desk.list(&place).unwrap(), Order { by, descending }).unwrap();
        let names: Vec<_> = list.pieces.iter().map(|piece| desk.document(*piece).unwrap().original_name).collect();
        let filed: Vec<_> = names.iter().map(|name| story.evidence(name, "01-01").id).collect();
        assert_eq!(list.evidence, filed, "each keeps its own filing");
        names.join(" ")
    };
    for (by, upwards) in [
        (OrderBy::Title, "第1件.pdf 第二件.pdf 第十件.pdf"),
        (OrderBy::Number, "第二件.pdf 第十件.pdf 第1件.pdf"),
        (OrderBy::Dated, "第十件.pdf 第二件.pdf 第1件.pdf"),
    ] {
        assert_eq!(sorted(by, false), upwards, "{by:?}");
    }
    assert_eq!(sorted(OrderBy::Title, true), "第十件.pdf 第二件.pdf 第1件.pdf");
    assert_eq!(sorted(OrderBy::Dated, true), "第二件.pdf 第1件.pdf 第十件.pdf", "equals stay as they stood");
}

/// Filed elsewhere than suggested, a piece keeps what was read of it; in the same act, and only where nobody has said anything.
#[test]
fn the_first_filing_takes_the_suggested_unit_and_number_along() {
    let story = Story::new();
    let name = "关于成立领导小组的通知（示双拥〔2021〕3号）.pdf";
    let stick = tempfile::tempdir().unwrap();
    let folder = stick.path().join("示例街道01");
    std::fs::create_dir(&folder).unwrap();
    for (file, number) in [(name, 1), ("计划.pdf", 2)] {
        std::fs::write(folder.join(file), drawn::pdf(1, file, number)).unwrap();
    }
    let desk = story.desk();
    desk.intake(&[folder], &Watch::silent(), &mut |_| {}).unwrap();
    let (notice, plan) = (story.piece(name), story.piece("计划.pdf"));
    let street = || Some(UnitCode("T01".to_owned()));
    let said = |id: DocumentId| desk.document(id).unwrap().description;
    let untold = said(notice);
    let other = Description { unit: Some(UnitCode("U01".to_owned())), ..said(plan) };
    desk.describe(plan, &other).unwrap();

    desk.move_to(&[notice, plan], None, &code("02-01")).unwrap();
    assert_eq!((said(notice).unit, said(notice).number.as_str()), (street(), "示双拥〔2021〕3号"));
    assert_eq!(said(plan), Description { form: said(plan).form, ..other }, "what a person said stays");
    assert_eq!(desk.history(1).unwrap()[0].sentence, "将 2 件归入 02-01，填入单位、文号、载体形式");
    desk.undo().unwrap();
    assert_eq!((said(notice), story.names(&Place::Unfiled).len()), (untold, 2));
    desk.redo().unwrap();

    // Emptied by a person, and filed already: it stays empty.
    desk.describe(notice, &Description::default()).unwrap();
    desk.move_to(&[notice], Some(&code("02-01")), &code("01-01")).unwrap();
    assert_eq!(said(notice), Description::default());
    let last = desk.history(1).unwrap().remove(0).sentence;
    assert!(last.ends_with("从 02-01 改归 01-01"), "{last}");
}

/// 接受有把握的建议 takes no guess along.
#[test]
fn only_what_is_sure_may_be_accepted_unseen() {
    let story = Story::new();
    story.receives(&[("01-01 年度计划.pdf", drawn::pdf(1, "", 1)), ("扫描件001.pdf", drawn::pdf(1, "党委议军会议纪要", 2))]);
    let list = story.desk().list(&Place::Unfiled).unwrap();
    let (sure, guessed) = (story.piece("01-01 年度计划.pdf"), story.piece("扫描件001.pdf"));
    let suggested: BTreeSet<_> = list.suggested.into_iter().collect();
    assert_eq!((suggested, list.sure), (BTreeSet::from([sure, guessed]), vec![sure]));
}

#[test]
fn several_pieces_are_ordered_and_unfiled_in_one_act() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf", "戊.pdf"]);
    let desk = story.desk();
    let all = story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf", "戊.pdf"]);
    desk.file(&all, &code("01-01")).unwrap();
    desk.file(&all[..1], &code("02-01")).unwrap();
    let standing = |name: &str| story.evidence(name, "01-01").id;
    desk.reorder(&[standing("丁.pdf"), standing("乙.pdf")], 1).unwrap();
    assert_eq!(story.under("01-01"), ["丁.pdf", "乙.pdf", "甲.pdf", "丙.pdf", "戊.pdf"]);
    desk.reorder(&[standing("丁.pdf"), standing("甲.pdf")], 3).unwrap();
    assert_eq!(story.under("01-01"), ["乙.pdf", "丙.pdf", "丁.pdf", "甲.pdf", "戊.pdf"]);
    let elsewhere = desk.reorder(&[standing("丁.pdf"), story.evidence("甲.pdf", "02-01").id], 1);
    assert!(matches!(elsewhere, Err(dossier::Error::NoSuchEvidence(_))), "{elsewhere:?}");

    desk.unfile(&all[1..4], &code("01-01")).unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "戊.pdf"]);
    desk.undo().unwrap();
    assert_eq!(story.under("01-01"), ["乙.pdf", "丙.pdf", "丁.pdf", "甲.pdf", "戊.pdf"]);
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf", "戊.pdf"]);
}

/// The desk keeps the last dossier; whatever is written, the next one is read anew.
#[test]
fn what_is_written_is_in_the_next_dossier() {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    let desk = story.desk();
    let piece = [story.piece("甲.pdf")];
    let first = desk.dossier().unwrap();
    assert!(Arc::ptr_eq(&first, &desk.dossier().unwrap()), "nothing was written");
    desk.tree().unwrap();
    assert!(Arc::ptr_eq(&first, &desk.dossier().unwrap()), "looking writes nothing");

    let filed = |desk: &dossier::Desk| desk.dossier().unwrap().filed(&code("01-01")).count();
    let steps: [(&dyn Fn(), usize, usize); 5] = [
        (&|| desk.file(&piece, &code("01-01")).unwrap(), 1, 2),
        (&|| drop(desk.undo().unwrap()), 0, 2),
        (&|| drop(desk.redo().unwrap()), 1, 2),
        (&|| desk.remove(&piece).unwrap(), 0, 1),
        (&|| desk.restore(&piece).unwrap(), 1, 2),
    ];
    for (at, (step, under, pieces)) in steps.into_iter().enumerate() {
        let before = desk.dossier().unwrap();
        step();
        assert!(!Arc::ptr_eq(&before, &desk.dossier().unwrap()), "step {at}");
        assert_eq!((filed(desk), desk.dossier().unwrap().documents.len()), (under, pieces), "step {at}");
    }

    story.receives(&[("丙.pdf", drawn::pdf(1, "", 1))]);
    assert_eq!(desk.dossier().unwrap().documents.len(), 3);

    desk.back_up().unwrap();
    desk.unfile(&piece, &code("01-01")).unwrap();
    assert_eq!(filed(desk), 0);
    story.close();
    std::fs::write(story.dir().join("index.sqlite"), b"damaged").unwrap();
    let desk = story.recover().unwrap();
    assert_eq!(filed(desk), 1, "the backup is what stands");
}

#[test]
fn filing_twice_is_no_act() {
    let story = Story::holding(&["甲.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    desk.describe(story.piece("甲.pdf"), &Description::default()).unwrap();
    desk.unfile(&[story.piece("甲.pdf")], &code("V1")).unwrap();
    assert_eq!(said(&story), ["将《甲.pdf》同时归入 01-01"]);
}

#[test]
fn one_field_is_said_of_several_pieces_in_one_act() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let desk = story.desk();
    let all = story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let own = Description { title: "乙的题名".to_owned(), years: vec![2021], ..Description::default() };
    desk.describe(all[1], &own).unwrap();
    let unit = Some(UnitCode("T01".to_owned()));
    desk.describe(
        all[0],
        &Description { unit: unit.clone(), issuer: "示例办公室".to_owned(), years: vec![2022], ..Description::default() },
    )
    .unwrap();
    let said = |at: usize| desk.document(all[at]).unwrap().description;

    desk.describe_alike(all[0], Field::Unit, &all[1..]).unwrap();
    assert_eq!(said(1), Description { unit: unit.clone(), ..own.clone() });
    assert_eq!(said(2).unit, unit);
    desk.describe_alike(all[0], Field::Years, &all[1..]).unwrap();
    assert_eq!((said(1).years, said(2).years), (vec![2022], vec![2022]));
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!((said(1), said(2)), (own, Description::default()));
}

/// A line that a red line may be.
const UNDER_WORDS: Line = Line { x0: 1000, y0: 5000, x1: 6000, y1: 5010 };

/// A box that a mask may be.
const OVER_WORDS: Mask = Mask { x0: 1000, y0: 5000, x1: 6000, y1: 5300 };

/// One act of every kind; after each, undoing and redoing stands as before and after.
#[test]
fn every_act_can_be_taken_back_and_done_again() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let desk = story.desk();
    let all = story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let piece = story.piece("乙.pdf");
    let described = Description {
        title: "关于“双拥”的通知\n第二行".to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        dated: Some(date(2021, 3, 5)),
        unit: Some(UnitCode("T01".to_owned())),
        years: vec![2021, 2022],
        note: "'; DROP TABLE act; --".to_owned(),
        ..Description::default()
    };
    let caption = Caption { subject: "走访慰问".to_owned(), ..Caption::default() };
    let acts: &[&dyn Fn() -> dossier::Result<()>] = &[
        &|| desk.file(&all, &code("01-01")),
        &|| desk.move_to(&all[..2], None, &code("02-01")),
        &|| desk.file(&all[..2], &code("01-01")),
        &|| desk.move_to(&all[..1], Some(&code("02-01")), &code("01-01")),
        &|| desk.reorder(&[story.evidence("甲.pdf", "01-01").id], 1),
        &|| desk.describe(piece, &described),
        &|| desk.turn_page(piece, 1, 270),
        &|| desk.leave_out(piece, 1, true),
        &|| desk.turn_page(piece, 1, 0),
        &|| desk.leave_out(piece, 1, false),
        &|| desk.move_pages(piece, &[1], Some(0)),
        &|| desk.turn_page(piece, 1, 90),
        &|| desk.arrange_pages(piece, Arrangement::AsScanned),
        &|| desk.arrange_pages(piece, Arrangement::Reversed),
        &|| desk.move_pages(piece, &[1], None),
        &|| desk.add_mark(piece, 1, UNDER_WORDS).map(drop),
        &|| desk.add_mark(piece, 0, UNDER_WORDS).map(drop),
        &|| desk.remove_mark(desk.marks(piece)?[0].id),
        &|| desk.add_mask(piece, 1, OVER_WORDS).map(drop),
        &|| desk.add_mask(piece, 0, OVER_WORDS).map(drop),
        &|| desk.remove_mask(desk.masks(piece)?[0].id),
        &|| desk.set_caption(&all, &caption),
        &|| desk.set_caption(&all[..1], &Caption { time: "2022年7月".to_owned(), ..caption.clone() }),
        &|| desk.set_caption(&all[1..2], &Caption::default()),
        &|| desk.remove(&all),
        &|| desk.restore(&all[1..]),
        &|| desk.unfile(&[piece], &code("02-01")),
    ];
    let mut stood = vec![story.standing()];
    for act in acts {
        act().unwrap();
        let now = story.standing();
        assert_ne!(Some(&now), stood.last());
        assert!(desk.undo().unwrap().is_some());
        assert_eq!(Some(&story.standing()), stood.last());
        assert!(desk.redo().unwrap().is_some());
        assert_eq!(story.standing(), now);
        stood.push(now);
    }
    golden("acts", &(said(&story).join("\n") + "\n"));
    for before in stood.iter().rev().skip(1) {
        desk.undo().unwrap().expect("every act can be taken back");
        assert_eq!(&story.standing(), before);
    }
    assert_eq!(desk.undo().unwrap(), None);
    assert_eq!(said(&story), [""; 0]);
    for after in &stood[1..] {
        desk.redo().unwrap().expect("every act can be done again");
        assert_eq!(&story.standing(), after);
    }
    assert_eq!(desk.redo().unwrap(), None);
}

#[test]
fn a_new_act_leaves_nothing_to_be_done_again() {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    story.desk().file(&story.pieces(&["甲.pdf", "乙.pdf"]), &code("01-01")).unwrap();
    story.desk().undo().unwrap();
    story.open().unwrap();
    let (undo, redo) = story.desk().at_hand().unwrap();
    assert_eq!((undo, redo.map(|act| act.sentence)), (None, Some("将 2 件同时归入 01-01".to_owned())));
    story.desk().file(&story.pieces(&["甲.pdf"]), &code("02-01")).unwrap();
    assert_eq!(story.desk().redo().unwrap(), None);
    assert_eq!(said(&story), ["将《甲.pdf》同时归入 02-01"]);
    assert!(story.desk().history(9).unwrap().iter().any(|act| act.undone && act.who == "示例经办人"), "the trail keeps what was undone");
}

#[test]
fn what_is_restored_is_back_in_its_place() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf"]), &code("01-01")).unwrap();
    desk.remove(&story.pieces(&["乙.pdf"])).unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "丙.pdf"]);
    assert_eq!(story.names(&Place::Removed), ["乙.pdf"]);
    assert!(desk.search("乙").unwrap().is_empty());

    let refused = desk.file(&story.pieces(&["乙.pdf"]), &code("02-01")).unwrap_err();
    assert_eq!(refused.sentence(), "《乙.pdf》在回收站里，没有改动：请先还原。");

    desk.restore(&story.pieces(&["乙.pdf"])).unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf", "乙.pdf", "丙.pdf"]);
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let story = Story::holding(&["甲.pdf"]);
    let desk = story.desk();
    let piece = story.piece("甲.pdf");
    let before = story.standing();
    let refusals = [
        desk.file(&[piece], &code("99-99")),
        desk.file(&[piece, DocumentId(77)], &code("01-01")),
        desk.move_to(&[DocumentId(77)], None, &code("01-01")),
        desk.reorder(&[EvidenceId(77)], 1),
        desk.turn_page(piece, 0, 45),
        desk.turn_page(piece, 2, 90),
        desk.leave_out(piece, 2, true),
        desk.describe(DocumentId(77), &Description::default()),
        desk.remove(&[piece, DocumentId(77)]),
    ];
    let sentences: Vec<String> = refusals.into_iter().map(|refused| refused.unwrap_err().sentence()).collect();
    golden("refusals", &(sentences.join("\n") + "\n"));
    assert_eq!(story.standing(), before);
    assert_eq!(said(&story), [""; 0]);
}

#[test]
fn the_tree_counts_each_piece_once() {
    let story = Story::holding(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["甲.pdf", "乙.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["甲.pdf"]), &code("01-02")).unwrap();
    desk.file(&story.pieces(&["丙.pdf"]), &code("V1")).unwrap();
    desk.remove(&story.pieces(&["乙.pdf"])).unwrap();
    let description = Description { years: vec![2021], unit: Some(UnitCode("U01".to_owned())), ..Description::default() };
    desk.describe(story.piece("甲.pdf"), &description).unwrap();
    let lines = desk.tree().unwrap().into_iter().chain(desk.units_tree().unwrap()).map(|node| {
        let years: Vec<String> = node.years.iter().map(|(year, state)| format!("{year} {state:?}")).collect();
        let indent = "  ".repeat(node.depth as usize);
        format!(
            "{indent}{:?} {} {} 件 {:?} {}/{} [{}]\n",
            node.key,
            node.title,
            node.documents,
            node.state,
            node.complete,
            node.leaves,
            years.join(", ")
        )
    });
    golden("tree", &lines.collect::<String>());
    assert_eq!(story.names(&Place::Area("01".to_owned())), ["甲.pdf"]);
    assert_eq!(story.names(&Place::Unit(UnitCode("U01".to_owned()))), ["甲.pdf"]);
}

#[test]
fn words_are_found_wherever_they_stand() {
    let story = Story::holding(&["甲 慰问照片.jpg", "乙.pdf", "丙.pdf"]);
    let desk = story.desk();
    let describe = |name: &str, description: Description| desk.describe(story.piece(name), &description).unwrap();
    describe(
        "乙.pdf",
        Description {
            title: "春节慰问活动总结".to_owned(), number: "示双拥〔２０２１〕3号".to_owned(), ..Description::default()
        },
    );
    describe(
        "丙.pdf",
        Description {
            issuer: "示例区双拥办ABC".to_owned(),
            unit: Some(UnitCode("T01".to_owned())),
            note: "一百%_".to_owned(),
            ..Description::default()
        },
    );
    let found = |words: &str| desk.search(words).unwrap().into_iter().map(|document| document.original_name).collect::<Vec<_>>();
    // Titles come first.
    assert_eq!(found("慰问"), ["乙.pdf", "甲 慰问照片.jpg"]);
    assert_eq!(found("[2021]3号"), ["乙.pdf"]);
    assert_eq!(found("（2021）3号"), ["乙.pdf"]);
    assert_eq!(found("ａｂｃ 街道01"), ["丙.pdf"]);
    assert_eq!(found("%_"), ["丙.pdf"]);
    assert_eq!(found("慰问 街道"), [""; 0]);
    assert_eq!(found("  "), [""; 0]);
}

/// The acts that stand, the newest first, without those of making and taking in.
fn said(story: &Story) -> Vec<String> {
    let mut acts = story.desk().history(99).unwrap();
    acts.retain(|act| !act.undone && !act.sentence.starts_with("收集") && !act.sentence.starts_with("新建"));
    acts.into_iter().map(|act| act.sentence).collect()
}

/// A pile that was scanned in one go becomes pieces; each shows and prints its own pages, and one step takes it all back.
#[test]
fn a_piece_is_split_into_ranges_of_its_pages() {
    let story = Story::scanned(&[("一叠.pdf", 6), ("另一件.png", 1)]);
    let desk = story.desk();
    let whole = story.piece("一叠.pdf");
    desk.file(&[whole, story.piece("另一件.png")], &code("01-01")).unwrap();
    desk.turn_page(whole, 4, 90).unwrap();
    desk.leave_out(whole, 5, true).unwrap();
    let line = dossier::domain::Line { x0: 100, y0: 500, x1: 900, y1: 500 };
    desk.add_mark(whole, 4, line).unwrap();
    desk.add_mask(whole, 5, OVER_WORDS).unwrap();
    let before = story.standing();

    let parts = desk.split(whole, &[4, 2]).unwrap();
    assert_eq!(parts.len(), 2);
    let indexes = |id| desk.document(id).unwrap().pages.iter().map(|page| page.index).collect::<Vec<_>>();
    assert_eq!((indexes(whole), indexes(parts[0]), indexes(parts[1])), (vec![0, 1], vec![2, 3], vec![4, 5]));
    let last = desk.document(parts[1]).unwrap();
    assert_eq!((last.pages[0].turn, last.pages[1].left_out, last.part_of), (90, true, Some(whole)));
    assert_eq!(last.description.title, "一叠.pdf（原件第5—6页）");
    assert_eq!((last.marks.len(), desk.marks(whole).unwrap().len()), (1, 0), "the red line goes with its page");
    assert_eq!((last.masks_on(5), desk.masks(whole).unwrap()), (vec![OVER_WORDS], vec![]), "and so does a bar");
    assert_eq!(last.scan, desk.document(whole).unwrap().scan);
    // They stand where the whole stood, before what came behind it.
    let standing: Vec<_> = desk.documents(&Place::Leaf(code("01-01"))).unwrap().into_iter().map(|piece| piece.id).collect();
    assert_eq!(standing, [whole, parts[0], parts[1], story.piece("另一件.png")]);
    // Page 3 of the file is the first of the second piece, and is drawn from the same bytes.
    assert!(!desk.picture(parts[0], 2, 120).unwrap().is_empty());
    assert!(matches!(desk.picture(parts[0], 0, 120), Err(dossier::Error::NoSuchPage { .. })));
    // A part can be split again; the received file is a duplicate as before.
    let again = desk.split(parts[0], &[3]).unwrap();
    assert_eq!((indexes(parts[0]), indexes(again[0])), (vec![2], vec![3]));
    assert!(desk.look_alikes(&scans::Watch::silent()).is_ok());

    desk.undo().unwrap();
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "将《一叠.pdf》拆成 3 件");
    assert_eq!((story.standing(), desk.marks(whole).unwrap().len()), (before, 1));
    assert!(matches!(desk.document(parts[0]), Err(dossier::Error::NoSuchDocument(_))));
    assert!(desk.look_alikes(&scans::Watch::silent()).is_ok());
    desk.redo().unwrap();
    assert_eq!((indexes(whole), indexes(parts[0]), indexes(parts[1])), (vec![0, 1], vec![2, 3], vec![4, 5]));

    for nowhere in [0, 2, 9] {
        let refused = desk.split(whole, &[nowhere]);
        assert!(matches!(refused, Err(dossier::Error::NoSuchPage { .. })), "{nowhere}: {refused:?}");
    }
}

/// A paper that was handed in page by page becomes one piece, with what the clerk did to its pages; one step takes it back.
#[test]
fn pieces_are_joined_in_the_order_given() {
    let story = Story::scanned(&[("第1页.jpg", 1), ("第2页.png", 1), ("第3、4页.pdf", 2), ("第5页.tif", 1), ("另一件.jpg", 1)]);
    let desk = story.desk();
    let parts = story.pieces(&["第1页.jpg", "第2页.png", "第3、4页.pdf", "第5页.tif"]);
    desk.file(&[parts[1], story.piece("另一件.jpg")], &code("01-01")).unwrap();
    desk.file(&[parts[3], parts[0]], &code("01-02")).unwrap();
    desk.turn_page(parts[2], 1, 90).unwrap();
    desk.leave_out(parts[3], 0, true).unwrap();
    let framing = scans::Framing { tilt: 200, y1: 8_000, ..Default::default() };
    desk.frame_page(parts[0], 0, framing).unwrap();
    desk.add_mark(parts[2], 1, dossier::domain::Line { x0: 100, y0: 500, x1: 900, y1: 500 }).unwrap();
    desk.describe(parts[1], &Description { number: "示双拥〔2021〕3号".to_owned(), ..Description::default() }).unwrap();
    let before = story.standing();

    let joined = desk.join(&parts, &scans::Watch::silent()).unwrap();
    let document = desk.document(joined).unwrap();
    let edits: Vec<(u32, u16, bool)> = document.pages.iter().map(|page| (page.index, page.turn, page.left_out)).collect();
    assert_eq!(edits, [(0, 0, false), (1, 0, false), (2, 0, false), (3, 90, false), (4, 0, true)]);
    let framed: Vec<_> = document.pages.iter().filter(|page| !page.framing.is_whole()).map(|page| (page.index, page.framing)).collect();
    assert_eq!(framed, [(0, framing)]);
    assert_eq!(document.marks.iter().map(|mark| mark.page).collect::<Vec<_>>(), [3]);
    assert_eq!((document.description.title.as_str(), document.description.number.as_str()), ("第1页.jpg", "示双拥〔2021〕3号"));
    // Each page shows what its piece showed.
    for (page, (part, of_part)) in [(parts[0], 0), (parts[1], 0), (parts[2], 0), (parts[2], 1), (parts[3], 0)].into_iter().enumerate() {
        let drawn = |id, page| {
            let jpeg = desk.picture(id, page, 200).unwrap();
            scans::draw(&jpeg, scans::Kind::Jpeg, 0, scans::Scale::Full).unwrap()
        };
        let (ours, theirs) = (drawn(joined, page as u32), drawn(part, of_part));
        assert!(ours.width.abs_diff(theirs.width) < 2 && ours.height.abs_diff(theirs.height) < 2, "page {page}");
        let (width, height) = (ours.width.min(theirs.width), ours.height.min(theirs.height));
        let apart = |x, y| u32::from(ours.colour(x, y)[0].abs_diff(theirs.colour(x, y)[0]));
        let sum: u32 = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| apart(x, y)).sum();
        assert!(sum / (width * height) < 12, "page {page} looks another way: {}", sum / (width * height));
    }
    let standing = |leaf: &str| desk.documents(&Place::Leaf(code(leaf))).unwrap().into_iter().map(|piece| piece.id).collect::<Vec<_>>();
    assert_eq!((standing("01-01"), standing("01-02")), (vec![joined, story.piece("另一件.jpg")], vec![joined]));
    assert_eq!(desk.documents(&Place::Removed).unwrap().len(), 4);
    assert_eq!(desk.examine().unwrap(), []);

    assert_eq!(desk.undo().unwrap().unwrap().sentence, "将 4 件合并成一件");
    assert_eq!(story.standing(), before);
    assert!(matches!(desk.document(joined), Err(dossier::Error::NoSuchDocument(_))));
    desk.redo().unwrap();
    assert_eq!(standing("01-02"), [joined]);
    desk.undo().unwrap();
    // The same pieces can be joined again, otherwise.
    let again = desk.join(&[parts[3], parts[0]], &scans::Watch::silent()).unwrap();
    assert_eq!(desk.document(again).unwrap().pages.len(), 2);
    assert_ne!(desk.join(&parts[1..3], &scans::Watch::silent()).unwrap(), joined);

    for wrong in [vec![parts[0]], vec![again, again], vec![]] {
        assert!(matches!(desk.join(&wrong, &scans::Watch::silent()), Err(dossier::Error::NothingToJoin)), "{wrong:?}");
    }
    assert!(matches!(desk.join(&[parts[0], again], &scans::Watch::silent()), Err(dossier::Error::Removed { .. })));
}

/// What is said of one of them alone is said of what is made of them.
#[test]
fn a_joined_piece_keeps_what_was_said_of_any_of_its_parts() {
    let story = Story::scanned(&[("正面.jpg", 1), ("背面.jpg", 1)]);
    let desk = story.desk();
    let (front, back) = (story.piece("正面.jpg"), story.piece("背面.jpg"));
    let said = Description {
        issuer: "示例办公室".to_owned(),
        dated: Some(date(2022, 7, 28)),
        form: "F07".to_owned(),
        unit: Some(UnitCode("U01".to_owned())),
        note: "由示例办公室提供".to_owned(),
        ..Description::default()
    };
    let caption = Caption { time: "2022年7月28日".to_owned(), place: "示例街道01".to_owned(), ..Caption::default() };
    desk.describe(back, &said).unwrap();
    desk.set_caption(&[back], &caption).unwrap();
    let before = [front, back].map(|piece| desk.document(piece).unwrap());
    let joined = desk.document(desk.join(&[front, back], &Watch::silent()).unwrap()).unwrap();
    assert_eq!((joined.description, joined.caption), (Description { title: "正面.jpg".to_owned(), ..said }, caption));
    desk.undo().unwrap();
    assert_eq!([front, back].map(|piece| desk.document(piece).unwrap()), before);
}

/// While the joined file is written the clerk goes on: what is said and covered meanwhile is on the joined piece.
#[test]
fn what_is_done_to_pieces_while_they_are_joined_is_carried_over() {
    let mut story = Story::scanned(&[("一.pdf", 2), ("二.pdf", 2)]);
    let ids = story.pieces(&["一.pdf", "二.pdf"]);
    let bar = Mask { x0: 100, y0: 200, x1: 900, y1: 400 };
    story.close();
    let while_joined = |act: fn(&Desk, DocumentId, DocumentId)| {
        let desk = Arc::new(Desk::open(&story.dir(), around(Files::real())).unwrap());
        let (clerk, once, [one, two]) = (Arc::clone(&desk), Once::new(), [ids[0], ids[1]]);
        let watch = Watch::new(move |_| once.call_once(|| act(&clerk, one, two)));
        let joined = desk.join(&ids, &watch);
        drop(watch);
        (Arc::into_inner(desk).unwrap(), joined)
    };
    let held =
        || walkdir::WalkDir::new(story.dir().join("vault")).into_iter().flatten().filter(|entry| entry.file_type().is_file()).count();
    let (desk, refused) = while_joined(|desk, one, _| drop(desk.split(one, &[1]).unwrap()));
    let Err(error @ dossier::Error::OtherPages { .. }) = refused else { panic!("{refused:?}") };
    assert!(error.sentence().contains("《一.pdf》被拆分"), "{}", error.sentence());
    assert_eq!(held(), 2, "nothing is left of what was written");
    desk.undo().unwrap();
    drop(desk);
    let (desk, joined) = while_joined(|desk, one, two| {
        desk.add_mask(two, 0, Mask { x0: 100, y0: 200, x1: 900, y1: 400 }).unwrap();
        desk.turn_page(one, 1, 90).unwrap();
        desk.file(&[two], &code("02-01")).unwrap();
        desk.describe(one, &Description { title: "会议材料".to_owned(), ..Description::default() }).unwrap();
    });
    let joined = desk.document(joined.unwrap()).unwrap();
    assert_eq!((joined.masks_on(2), joined.pages[1].turn, joined.title()), (vec![bar], 90, "会议材料"));
    assert_eq!(desk.filed_under(joined.id).unwrap().iter().map(|filed| filed.indicator.clone()).collect::<Vec<_>>(), [code("02-01")]);
}
