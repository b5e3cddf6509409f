//! 核查 looks again only at what an act changed, and finds what it would find from the beginning.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dossier::desk::{Cell, Checked, Place};
use dossier::domain::{
    Arrangement, Caption, Declaration, DemandId, DemandKind, Description, DocumentId, Finding, IndicatorCode, Points, SelfAssessment,
    UnitCode,
};
use dossier::store::Files;
use dossier::{Desk, Result};
use huijuan_tests::story::{around, code, stopping};
use huijuan_tests::{Story, drawn};
use jiff::civil::date;
use sample::Rng;
use scans::{Framing, Mask, Watch};
use tempfile::TempDir;

/// Acts of one story.
const ACTS: usize = 170;
/// Pairs that are tried before an act of joining is given up.
const TRIES: usize = 8;
const LEAVES: [&str; 5] = ["01-01", "01-02", "02-01", "V1", "J1"];
/// An act of a clerk who does anything anywhere; what the desk refuses changes nothing.
type Act = fn(&Clerk<'_>, &mut Rng) -> Result<()>;

/// Every kind of act, the frequent ones several times.
const KINDS: [(&str, Act); 37] = [
    ("file", |clerk, rng| clerk.desk.file(&clerk.some(rng), &leaf(rng))),
    ("file", |clerk, rng| clerk.desk.file(&clerk.some(rng), &leaf(rng))),
    ("file one", |clerk, rng| clerk.desk.file(&[clerk.one(rng)], &leaf(rng))),
    ("move", |clerk, rng| clerk.desk.move_to(&clerk.some(rng), None, &leaf(rng))),
    ("unfile", |clerk, rng| clerk.desk.unfile(&clerk.some(rng), &leaf(rng))),
    ("reorder", |clerk, rng| {
        let filed = clerk.desk.evidence(&leaf(rng))?;
        let Some(last) = filed.last() else { return Ok(()) };
        clerk.desk.reorder(&[last.id], rng.u32(1..4))
    }),
    ("describe", |clerk, rng| clerk.desk.describe(clerk.one(rng), &description(rng))),
    ("describe", |clerk, rng| clerk.desk.describe(clerk.one(rng), &description(rng))),
    ("caption", |clerk, rng| {
        let said = || "示例".to_owned();
        let whole = Caption { time: said(), place: said(), people: said(), subject: said(), background: said(), cause: said() };
        let caption = if rng.bool() { whole } else { Caption { people: said(), ..Caption::default() } };
        clerk.desk.set_caption(&clerk.some(rng), &caption)
    }),
    ("turn", |clerk, rng| {
        let (piece, page) = clerk.page(rng);
        clerk.desk.turn_page(piece, page, [0, 90, 180, 270][rng.usize(..4)])
    }),
    ("leave out", |clerk, rng| {
        let (piece, page) = clerk.page(rng);
        clerk.desk.leave_out(piece, page, rng.bool())
    }),
    ("move a page", |clerk, rng| {
        let ((piece, page), (_, before)) = (clerk.page(rng), clerk.page(rng));
        // Where the other page is not the piece's: nothing is done.
        clerk.desk.move_pages(piece, &[page], Some(before))
    }),
    ("reverse the pages", |clerk, rng| clerk.desk.arrange_pages(clerk.one(rng), Arrangement::Reversed)),
    ("frame", |clerk, rng| {
        let (piece, page) = clerk.page(rng);
        clerk.desk.frame_page(piece, page, Framing { tilt: rng.i16(-200..200), ..Framing::default() })
    }),
    ("mask", |clerk, rng| {
        let (piece, page) = clerk.page(rng);
        clerk.desk.add_mask(piece, page, Mask { x0: 100, y0: 500, x1: 900, y1: 700 }).map(drop)
    }),
    ("take a mask away", |clerk, rng| match clerk.desk.masks(clerk.one(rng))?.first() {
        Some(mask) => clerk.desk.remove_mask(mask.id),
        None => Ok(()),
    }),
    ("split", |clerk, rng| {
        let (piece, page) = clerk.page(rng);
        clerk.desk.split(piece, &[page]).map(drop)
    }),
    ("join", |clerk, rng| {
        let mut join = || clerk.desk.join(&[clerk.one(rng), clerk.one(rng)], &Watch::silent()).map(drop);
        // Many a pair can't be joined: one twice, what was removed, what has no pages.
        let mut done = join();
        for _ in 0..TRIES {
            done = done.or_else(|_| join());
        }
        done
    }),
    ("remove", |clerk, rng| clerk.desk.remove(&[clerk.one(rng)])),
    ("restore", |clerk, rng| clerk.desk.restore(&drawn_from(&clerk.desk.list(&Place::Removed)?.pieces, rng))),
    ("return", |clerk, rng| clerk.desk.demand(DemandKind::Return, &[clerk.one(rng)], Some(&leaf(rng)), "没有盖章")),
    ("ask for more", |clerk, rng| {
        let cell = Cell { indicator: leaf(rng), year: rng.bool().then_some(2021), unit: rng.bool().then(unit) };
        clerk.desk.demand_at(DemandKind::Supplement, &cell, "请补报")
    }),
    ("settle", |clerk, rng| {
        let open: Vec<DemandId> = clerk.desk.dossier()?.open_demands().map(|demand| demand.id).collect();
        rng.choice(open).map_or(Ok(()), |demand| clerk.desk.settle(demand))
    }),
    ("self-assess", |clerk, rng| {
        let said = SelfAssessment { points: vec![rng.bool().then_some(Points(100))], narrative: String::new() };
        clerk.desk.self_assess(&leaf(rng), &said)
    }),
    ("declare", |clerk, rng| {
        let said =
            Declaration {
                signer: "示例区双拥办".to_owned(), signed_on: date(2023, 4, 1), document: rng.bool().then(|| clerk.one(rng))
            };
        clerk.desk.declare(&code("V1"), rng.bool().then_some(&said))
    }),
    ("set aside", |clerk, rng| clerk.desk.set_aside(&clerk.judged(rng), "原件如此")),
    ("set aside", |clerk, rng| clerk.desk.set_aside(&clerk.judged(rng), "已与报送单位核实")),
    ("take up again", |clerk, rng| {
        let aside: Vec<Finding> = clerk.desk.checked()?.set_aside.iter().map(|(finding, _)| finding.clone()).collect();
        clerk.desk.take_up_again(&drawn_from(&aside, rng))
    }),
    ("set the period", |clerk, rng| {
        let mut assessment = clerk.desk.assessment();
        assessment.cycle.period_from = date(rng.i16(2019..2022), 1, 1);
        clerk.desk.set_assessment(&assessment)
    }),
    ("take in", |clerk, rng| {
        let (name, number) = (format!("新来的{}（共2页）.pdf", rng.u32(..)), rng.u8(..));
        clerk.story.receives(&[(name.as_str(), drawn::pdf(rng.usize(1..3), if rng.bool() { &name } else { "" }, number))]);
        Ok(())
    }),
    ("hold a place", |clerk, rng| clerk.desk.hold_place(&leaf(rng), "").map(drop)),
    ("look over", |clerk, rng| {
        // Stopped within it, mostly.
        let _ = clerk.desk.look_over(&stopping(rng.u64(2..9)));
        Ok(())
    }),
    ("look over", |clerk, _| clerk.desk.look_over(&Watch::silent())),
    ("undo", |clerk, _| clerk.desk.undo().map(drop)),
    ("undo", |clerk, _| clerk.desk.undo().map(drop)),
    ("redo", |clerk, _| clerk.desk.redo().map(drop)),
    ("undo several", |clerk, rng| {
        let undoable: Vec<_> = clerk.desk.history(6)?.into_iter().filter(|act| act.undoable && !act.undone).collect();
        rng.choice(undoable).map_or(Ok(()), |act| clerk.desk.undo_to(act.id).map(drop))
    }),
];

struct Clerk<'a> {
    story: &'a Story,
    desk: &'a Desk,
}

impl Clerk<'_> {
    fn one(&self, rng: &mut Rng) -> DocumentId {
        let all = self.desk.list(&Place::All).unwrap().pieces;
        // A piece that is not there is refused.
        rng.choice(all).unwrap_or(DocumentId(999))
    }

    fn some(&self, rng: &mut Rng) -> Vec<DocumentId> {
        drawn_from(&self.desk.list(&Place::All).unwrap().pieces, rng)
    }

    fn page(&self, rng: &mut Rng) -> (DocumentId, u32) {
        let piece = self.one(rng);
        let pages = self.desk.document(piece).map_or(Vec::new(), |document| document.pages);
        (piece, rng.choice(pages).map_or(0, |page| page.index))
    }

    fn judged(&self, rng: &mut Rng) -> Vec<Finding> {
        let left = self.desk.check().unwrap();
        let judged: Vec<Finding> = left.iter().filter(|finding| finding.kind.is_judgement()).cloned().collect();
        drawn_from(&judged, rng)
    }
}

fn drawn_from<T: Clone>(all: &[T], rng: &mut Rng) -> Vec<T> {
    all.iter().filter(|_| rng.u8(..3) == 0).cloned().collect()
}

fn leaf(rng: &mut Rng) -> IndicatorCode {
    code(LEAVES[rng.usize(..LEAVES.len())])
}

fn unit() -> UnitCode {
    UnitCode("T01".to_owned())
}

fn description(rng: &mut Rng) -> Description {
    let forms = ["", "照片", "红头文件"];
    Description {
        title: if rng.bool() { String::new() } else { "议军会议纪要".to_owned() },
        number: if rng.bool() { String::new() } else { "示双拥〔2021〕3号".to_owned() },
        dated: rng.bool().then(|| date(rng.i16(2018..2025), 3, 5)),
        years: if rng.bool() { Vec::new() } else { vec![rng.i16(2020..2024)] },
        form: forms[rng.usize(..forms.len())].to_owned(),
        unit: rng.bool().then(unit),
        ..Description::default()
    }
}

/// A project with the same index, opened on a desk that knows nothing yet.
struct Copy(TempDir);

impl Copy {
    fn checked(&self, project: &Path) -> (Vec<Finding>, String) {
        let dir: PathBuf = self.0.path().join("项目");
        fs::create_dir_all(&dir).unwrap();
        for file in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
            let _ = fs::remove_file(dir.join(file));
        }
        // Nobody writes meanwhile, so the index and what was not written into it yet are of one moment.
        for file in ["index.sqlite", "index.sqlite-wal"] {
            fs::copy(project.join(file), dir.join(file)).unwrap();
        }
        said(&Desk::open(&dir, around(Files::real())).unwrap().checked().unwrap())
    }
}

fn said(checked: &Checked) -> (Vec<Finding>, String) {
    (checked.left.to_vec(), format!("{:#?}", checked.set_aside))
}

#[test]
fn after_any_act_a_desk_finds_what_one_finds_that_was_just_opened() {
    let (mut kinds, mut done, mut aside) = (BTreeSet::new(), BTreeSet::new(), 0);
    for seed in 1..=3 {
        let scans = [("一叠（共9页）.pdf", 4), ("通知.jpg", 1), ("纪要.pdf", 2), ("合影.png", 1), ("登记表11010519491231002X.pdf", 2)];
        let story = Story::scanned(&scans);
        story.receives(&[("空白.pdf", drawn::pdf(3, "", 1))]);
        let clerk = Clerk { story: &story, desk: story.desk() };
        let (mut rng, copy) = (Rng::with_seed(seed), Copy(TempDir::new().unwrap()));
        for at in 0..ACTS {
            let (name, act) = KINDS[rng.usize(..KINDS.len())];
            if act(&clerk, &mut rng).is_ok() {
                done.insert(name);
            }
            let checked = clerk.desk.checked().unwrap();
            assert_eq!(said(&checked), copy.checked(&story.dir()), "seed {seed}, act {at}: {name}");
            kinds.extend(checked.left.iter().map(|finding| serde_json::to_value(&finding.kind).unwrap()["kind"].to_string()));
            aside = aside.max(checked.set_aside.len());
        }
    }
    let all: BTreeSet<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    assert_eq!(done, all, "every kind of act was done");
    assert!(kinds.len() >= 15 && kinds.contains("\"blank\"") && aside > 5, "{kinds:?}, {aside} set aside");
}
