//! What holds a piece back, and what is signed on it, goes along where pieces are split, joined, or put in each other's place.

use dossier::compile::Format;
use dossier::domain::{Declaration, Demand, DemandKind, DocumentId, Finding, FindingKind, IndicatorCode, YearState};
use huijuan_tests::Story;
use huijuan_tests::story::code;
use jiff::civil::date;
use scans::Watch;

use crate::assess::{dated, state};

/// Pieces of one unit and of 2021; the first is filed under 01-01.
fn handed_in(scans: &[(&str, u32)]) -> Story {
    let story = Story::scanned(scans);
    scans.iter().for_each(|(name, _)| dated(&story, name, 2021, "U01"));
    story.desk().file(&[story.piece(scans[0].0)], &code("01-01")).unwrap();
    story
}

fn asked(story: &Story, kind: DemandKind, name: &str) {
    story.desk().demand(kind, &story.pieces(&[name]), Some(&code("01-01")), "没有盖章").unwrap();
}

fn demands(story: &Story) -> Vec<Demand> {
    story.desk().dossier().unwrap().demands.clone()
}

fn printed(story: &Story) -> usize {
    story.desk().foresee(&crate::marks::options(Format::Pdf)).unwrap().0.pieces().count()
}

fn settle_all(story: &Story) {
    let open: Vec<_> = story.desk().dossier().unwrap().open_demands().map(|demand| demand.id).collect();
    open.into_iter().for_each(|id| story.desk().settle(id).unwrap());
}

type Act = fn(&Story);
const ACTS: [(&str, Act); 3] = [
    ("split", |story| {
        story.desk().split(story.piece("计划.pdf"), &[2]).unwrap();
    }),
    ("join", |story| {
        story.desk().join(&story.pieces(&["附页.jpg", "计划.pdf"]), &Watch::silent()).unwrap();
    }),
    ("keep one", |story| story.desk().keep_one(story.piece("附页.jpg"), story.piece("计划.pdf")).unwrap()),
];

#[test]
fn a_demand_is_not_answered_by_what_is_made_of_the_same_papers() {
    let kinds = [(DemandKind::Return, YearState::Returned), (DemandKind::Supplement, YearState::Awaited)];
    for ((name, act), (kind, held)) in ACTS.into_iter().flat_map(|act| kinds.map(|kind| (act, kind))) {
        let story = handed_in(&[("计划.pdf", 3), ("附页.jpg", 1), ("重报.jpg", 1)]);
        asked(&story, kind, "计划.pdf");
        let (before, standing) = (demands(&story), story.standing());
        act(&story);
        assert_eq!(state(&story, "01-01", 2021), held, "{name} {kind:?}");
        if kind == DemandKind::Return {
            assert_eq!(printed(&story), 0, "{name}: what was sent back is not printed");
        }
        let after = demands(&story);
        story.desk().undo().unwrap();
        assert_eq!((demands(&story), story.standing()), (before, standing), "{name} {kind:?}");
        story.desk().redo().unwrap();
        assert_eq!(demands(&story), after, "{name} {kind:?}");
        // What comes for it still answers all of it …
        story.desk().file(&story.pieces(&["重报.jpg"]), &code("01-01")).unwrap();
        assert_eq!(state(&story, "01-01", 2021), YearState::Complete, "{name} {kind:?}");
        assert_eq!(story.desk().dossier().unwrap().open_demands().count(), 0, "{name} {kind:?}");
        story.desk().undo().unwrap();
        // … and the clerk can take it as it is.
        settle_all(&story);
        assert_eq!(state(&story, "01-01", 2021), YearState::Complete, "{name} {kind:?}");
        assert!(printed(&story) > 0, "{name} {kind:?}");
    }
}

/// Of what was split one part is taken as it is: that is no answer for the rest.
#[test]
fn each_part_of_what_was_sent_back_is_settled_by_itself() {
    let story = handed_in(&[("计划.pdf", 3)]);
    asked(&story, DemandKind::Return, "计划.pdf");
    let part = story.desk().split(story.piece("计划.pdf"), &[2]).unwrap()[0];
    let of_part = demands(&story).into_iter().find(|demand| demand.document == Some(part)).unwrap();
    story.desk().settle(of_part.id).unwrap();
    assert_eq!((state(&story, "01-01", 2021), printed(&story)), (YearState::Returned, 1));
}

/// Others lie beside what was sent back: what becomes of them is no answer.
#[test]
fn a_demand_is_not_answered_by_what_is_made_of_other_papers_there() {
    for (name, act) in ACTS {
        let story = handed_in(&[("退回.jpg", 1), ("计划.pdf", 3), ("附页.jpg", 1)]);
        // It was there before, and the clerk wants another one all the same.
        story.desk().file(&story.pieces(&["计划.pdf"]), &code("01-01")).unwrap();
        asked(&story, DemandKind::Return, "退回.jpg");
        act(&story);
        assert_eq!(state(&story, "01-01", 2021), YearState::Returned, "{name}");
        assert_eq!(story.desk().dossier().unwrap().open_demands().count(), 1, "{name}");
    }
}

/// What was answered before stays so, and what was sent back stays out of what is printed beside its answer.
#[test]
fn what_was_sent_back_and_answered_is_held_back_in_parts_too() {
    for (name, act) in &ACTS[..2] {
        let story = handed_in(&[("计划.pdf", 3), ("附页.jpg", 1), ("重报.jpg", 1)]);
        asked(&story, DemandKind::Return, "计划.pdf");
        story.desk().file(&story.pieces(&["重报.jpg"]), &code("01-01")).unwrap();
        act(&story);
        assert_eq!((state(&story, "01-01", 2021), printed(&story)), (YearState::Complete, 1), "{name}");
        assert_eq!(story.desk().dossier().unwrap().open_demands().count(), 0, "{name}");
    }
}

fn veto() -> IndicatorCode {
    code("V1")
}

/// Two photos of the signed paper, of which the first was chosen as the word on V1.
fn declared() -> Story {
    let story = Story::scanned(&[("承诺书1.jpg", 1), ("承诺书2.jpg", 1)]);
    let paper = Some(story.piece("承诺书1.jpg"));
    let said = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 4, 1), document: paper };
    story.desk().declare(&veto(), Some(&said)).unwrap();
    story
}

/// The paper whose signer and day are printed with the item.
fn paper(story: &Story) -> Option<DocumentId> {
    let (plan, _) = story.desk().foresee(&crate::marks::options(Format::Pdf)).unwrap();
    let leaf = plan.leaves().find(|leaf| leaf.code == veto())?;
    leaf.declared.as_ref()?.document
}

#[test]
fn the_signed_paper_is_still_the_word_on_its_item_where_it_was_joined_or_kept_once() {
    let acts: [fn(&Story) -> DocumentId; 2] = [
        |story| story.desk().join(&story.pieces(&["承诺书1.jpg", "承诺书2.jpg"]), &Watch::silent()).unwrap(),
        |story| {
            let kept = story.piece("承诺书2.jpg");
            story.desk().keep_one(kept, story.piece("承诺书1.jpg")).unwrap();
            kept
        },
    ];
    for act in acts {
        let story = declared();
        let (before, first) = (paper(&story), story.piece("承诺书1.jpg"));
        assert_eq!(before, Some(first));
        let now = act(&story);
        assert_eq!(paper(&story), Some(now));
        story.desk().undo().unwrap();
        assert_eq!(paper(&story), before);
        story.desk().redo().unwrap();
        assert_eq!(paper(&story), Some(now));
    }
}

#[test]
fn a_declaration_whose_paper_went_is_told_where_another_proof_lies_too() {
    let story = declared();
    let desk = story.desk();
    desk.file(&story.pieces(&["承诺书2.jpg"]), &veto()).unwrap();
    let unsigned = || desk.check().unwrap().iter().filter(|found: &&Finding| found.kind == FindingKind::Unsigned).count();
    assert_eq!(unsigned(), 0);
    desk.remove(&story.pieces(&["承诺书1.jpg"])).unwrap();
    assert_eq!((unsigned(), paper(&story)), (1, None));
}
