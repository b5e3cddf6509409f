//! 自评, 退回 and 待补, 未发生承诺, the grid and the leader's page.

use dossier::compile::{Format, Options};
use dossier::desk::{About, Cell, Creation, Place, ReportFormat};
use dossier::domain::{Declaration, DemandKind, Description, Finding, FindingKind, NoPeriod, Points, SelfAssessment, UnitCode, YearState};
use dossier::store::Files;
use dossier::{Desk, Error};
use huijuan_tests::Story;
use huijuan_tests::story::{self, TODAY, around, code, creation};
use jiff::civil::date;
use scans::Watch;

/// Two scoring parts under 01-01, a bonus item with a cap, and units that owe.
fn scored() -> Creation {
    let mut made = creation();
    let mut table = serde_json::to_value(&made.catalogue).unwrap();
    table["bonus_cap"] = serde_json::json!(1);
    table["bonus_items"][0]["max_points"] = serde_json::json!(2);
    let leaf = &mut table["areas"][0]["indicators"][0];
    leaf["score"] = serde_json::json!(2);
    leaf["scoring_parts"] = serde_json::json!([{ "points": 1.5, "condition": "列入计划" }, { "points": 0.3, "condition": "有总结" }]);
    leaf["lead_units"] = serde_json::json!(["U01"]);
    table["areas"][0]["indicators"][1]["score"] = serde_json::json!(1);
    made.catalogue = serde_json::from_value(table).unwrap();
    made
}

/// The project of [`Story::holding`], with the table of [`scored`].
struct Office {
    _folder: tempfile::TempDir,
    desk: Desk,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("项目");
        let desk = Desk::create(&dir, scored(), around(Files::real())).unwrap();
        Self { _folder: folder, desk }
    }

    fn says(&self, leaf: &str, points: &[Option<i64>], narrative: &str) -> dossier::Result<()> {
        let points = points.iter().map(|points| points.map(Points)).collect();
        self.desk.self_assess(&code(leaf), &SelfAssessment { points, narrative: narrative.to_owned() })
    }

    fn total(&self, leaf: &str) -> Option<Points> {
        self.desk.dossier().unwrap().assessed.get(&code(leaf)).and_then(|said| said.total())
    }

    fn found(&self, of: impl Fn(&FindingKind) -> bool) -> Vec<Finding> {
        self.desk.check().unwrap().iter().filter(|finding| of(&finding.kind)).cloned().collect()
    }
}

#[test]
fn a_self_score_goes_in_steps_up_to_what_a_part_is_worth() {
    let office = Office::new();
    for wrong in [[Some(175), None], [Some(110), None], [Some(-25), None], [None, Some(55)]] {
        let refused = office.says("01-01", &wrong, "");
        assert!(matches!(refused, Err(Error::NotAScore { .. })), "{wrong:?}: {refused:?}");
    }
    assert!(matches!(office.says("V1", &[Some(25)], ""), Err(Error::NotAScore { .. })), "nothing is given for a veto item");
    let refused = office.says("01-01", &[Some(175), None], "").unwrap_err().sentence();
    assert_eq!(refused, "01-01 第 1 个得分点的自评分 1.75 没有保存：请填 0 到 1.5 之间、以 0.25 为一档的分数。");

    office.says("01-01", &[Some(125), None], "").unwrap();
    assert_eq!(office.total("01-01"), Some(Points(125)));
    // All of a part may be given, also where the issued points are no whole steps.
    office.says("01-01", &[Some(125), Some(30)], "每年列入年度计划").unwrap();
    assert_eq!(office.total("01-01"), Some(Points(155)));
    let (last, _) = office.desk.at_hand().unwrap();
    assert_eq!(last.unwrap().sentence, "自评 01-01：1.55 分");

    office.desk.undo().unwrap();
    assert_eq!(office.total("01-01"), Some(Points(125)));
    office.desk.undo().unwrap();
    assert_eq!(office.total("01-01"), None);
    office.desk.redo().unwrap();
    assert_eq!(office.total("01-01"), Some(Points(125)));
    // Said again without points and words, nothing is said any more.
    office.says("01-01", &[None, None], "").unwrap();
    assert!(office.desk.dossier().unwrap().assessed.is_empty());
}

#[test]
fn totals_show_what_is_at_risk_and_where_the_cap_is() {
    let office = Office::new();
    office.says("01-01", &[Some(150), Some(30)], "").unwrap();
    office.says("01-02", &[Some(100)], "").unwrap();
    office.says("J1", &[Some(200)], "").unwrap();
    let standing = office.desk.standing().unwrap();
    let area = &standing.areas[0];
    // Nothing is filed: all that was given is at risk.
    assert_eq!((area.said, area.risk, area.assessed), (Points(280), Points(280), 2));
    assert_eq!((standing.bonus, standing.bonus_counted), (Points(200), Points(100)));
    assert_eq!(standing.days_left, 19);
    assert_eq!(office.found(|kind| matches!(kind, FindingKind::ScoreUnproven { .. })).len(), 3);
    let above = office.found(|kind| matches!(kind, FindingKind::BonusAbove { .. }));
    assert_eq!(above[0].kind, FindingKind::BonusAbove { said: Points(200), cap: Points(100) });
    // The table says 2, its parts say 1.8: both are shown, and neither is mended.
    let sums = office.found(|kind| matches!(kind, FindingKind::ScoreSum { .. }));
    assert!(sums.iter().any(|sum| sum.indicator == Some(code("01-01"))), "{sums:?}");
}

pub(crate) fn dated(story: &Story, name: &str, year: i16, unit: &str) {
    let said = Description {
        title: name.to_owned(),
        dated: Some(date(year, 3, 5)),
        unit: Some(UnitCode(unit.to_owned())),
        ..Description::default()
    };
    story.desk().describe(story.piece(name), &said).unwrap();
}

pub(crate) fn state(story: &Story, leaf: &str, year: i16) -> YearState {
    let tree = story.desk().tree().unwrap();
    let node = tree.iter().find(|node| node.key == Place::Leaf(code(leaf))).unwrap();
    node.years.iter().find(|(of, _)| *of == year).unwrap().1
}

#[test]
fn what_was_sent_back_counts_for_nothing_until_another_comes() {
    let story = Story::holding(&["计划2021.pdf", "计划2021重报.pdf", "计划2022.pdf"]);
    for (name, year) in [("计划2021.pdf", 2021), ("计划2021重报.pdf", 2021), ("计划2022.pdf", 2022)] {
        dated(&story, name, year, "U01");
    }
    let desk = story.desk();
    desk.file(&story.pieces(&["计划2021.pdf", "计划2022.pdf"]), &code("01-01")).unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Complete);

    let piece = story.pieces(&["计划2021.pdf"]);
    assert!(matches!(desk.demand(DemandKind::Return, &piece, Some(&code("01-01")), "  "), Err(Error::Unsaid { .. })));
    desk.demand(DemandKind::Return, &piece, Some(&code("01-01")), "没有盖章").unwrap();
    assert_eq!((state(&story, "01-01", 2021), state(&story, "01-01", 2022)), (YearState::Returned, YearState::Complete));
    let list = desk.list(&Place::Leaf(code("01-01"))).unwrap();
    let rows = desk.rows(&list.pieces, Some(&code("01-01")), "").unwrap();
    let demand = rows[0].demand.as_ref().unwrap();
    assert_eq!((demand.reason.as_str(), demand.day, demand.year), ("没有盖章", TODAY, Some(2021)));
    let found = desk.check().unwrap();
    let sent_back = found.iter().find(|finding| matches!(finding.kind, FindingKind::Demanded { .. })).unwrap();
    assert_eq!(
        dossier::wording::finding::finding(sent_back, &desk.dossier().unwrap()),
        "《计划2021.pdf》（01-01-001，示例办公室）于2023年4月1日退回：没有盖章。重报的材料归入后自动了结。"
    );
    // The gap is told once, by the return.
    let missing = |finding: &Finding| matches!(finding.kind, FindingKind::Missing { year: Some(2021), .. });
    assert!(!found.iter().any(missing));

    desk.undo().unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Complete);
    desk.redo().unwrap();

    // One of the same year and unit is the answer.
    desk.file(&story.pieces(&["计划2021重报.pdf"]), &code("01-01")).unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Complete);
    assert!(desk.dossier().unwrap().open_demands().next().is_none());
    desk.undo().unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Returned);

    let id = desk.dossier().unwrap().open_demands().next().unwrap().id;
    desk.settle(id).unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Complete, "the clerk takes it as it is");
}

/// What another unit hands in, or the same unit for another year, is no answer.
#[test]
fn an_answer_comes_from_the_unit_and_of_the_year_that_were_asked() {
    let files = [
        ("计划.pdf", 2021, "U01", YearState::Complete),
        ("别的单位.pdf", 2021, "T01", YearState::Returned),
        ("别的年度.pdf", 2022, "U01", YearState::Returned),
        ("重报.pdf", 2021, "U01", YearState::Complete),
    ];
    let story = Story::holding(&files.map(|(name, ..)| name));
    for (name, year, unit, wanted) in files {
        dated(&story, name, year, unit);
        story.desk().file(&story.pieces(&[name]), &code("01-01")).unwrap();
        assert_eq!(state(&story, "01-01", 2021), wanted, "{name}");
        if name == "计划.pdf" {
            story.desk().demand(DemandKind::Return, &story.pieces(&[name]), Some(&code("01-01")), "没有盖章").unwrap();
        }
    }
}

/// What was sent back and what came for it count as the package prints them: never both, and none of two that were sent back.
#[test]
fn an_answer_that_was_sent_back_is_no_answer() {
    let mut made = creation();
    made.catalogue.areas[0].indicators[0].expected_evidence[0].min_count = 2;
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::create(&folder.path().join("项目"), made, around(Files::real())).unwrap();
    let stick = tempfile::tempdir().unwrap();
    for at in 1..=3 {
        std::fs::write(stick.path().join(format!("计划{at}.jpg")), huijuan_tests::drawn::jpeg(at)).unwrap();
    }
    desk.intake(&[stick.path().to_owned()], &Watch::silent(), &mut |_| {}).unwrap();
    let mut pieces: Vec<_> = desk.documents(&Place::All).unwrap();
    pieces.sort_by(|one, other| one.original_name.cmp(&other.original_name));
    let pieces: Vec<_> = pieces.into_iter().map(|document| document.id).collect();
    for piece in &pieces {
        let said = Description { dated: Some(date(2021, 3, 5)), unit: Some(UnitCode("U01".to_owned())), ..Description::default() };
        desk.describe(*piece, &said).unwrap();
    }
    let leaf = code("01-01");
    let there = || {
        let tree = desk.tree().unwrap();
        let node = tree.iter().find(|node| node.key == Place::Leaf(leaf.clone())).unwrap();
        let state = node.years.iter().find(|(year, _)| *year == 2021).unwrap().1;
        let is_2021 = |slot: &&dossier::check::coverage::Slot| slot.year == Some(2021);
        let slots = dossier::check::coverage::slots(&desk.dossier().unwrap(), desk.catalogue().indicators().next().unwrap(), TODAY);
        (slots.iter().find(is_2021).unwrap().found, state)
    };
    let printed = || {
        let (plan, _) = desk.foresee(&super::marks::options(Format::Pdf)).unwrap();
        plan.pieces().count() as u32
    };
    let back = |piece: usize| desk.demand(DemandKind::Return, &pieces[piece..=piece], Some(&leaf), "没有盖章").unwrap();
    desk.file(&pieces[..1], &leaf).unwrap();
    back(0);
    desk.file(&pieces[1..2], &leaf).unwrap();
    // The first is answered, and is not printed beside its answer: one of two is there, and the list says why.
    assert_eq!((there(), printed()), ((1, YearState::Missing), 1));
    let held_back = desk.rows(&pieces, Some(&leaf), "").unwrap().into_iter().map(|row| row.demand.is_some()).collect::<Vec<_>>();
    assert_eq!(held_back, [true, false, false]);
    back(1);
    assert_eq!((there(), printed()), ((0, YearState::Returned), 0));
    assert_eq!(desk.dossier().unwrap().open_demands().count(), 2);
    desk.file(&pieces[2..], &leaf).unwrap();
    assert_eq!((there(), printed()), ((1, YearState::Missing), 1));
    // Taken as it is, it counts and is printed again.
    desk.settle(desk.dossier().unwrap().demands[0].id).unwrap();
    assert_eq!((there(), printed()), ((2, YearState::Complete), 2));
}

#[test]
fn an_empty_place_that_was_asked_for_is_awaited() {
    let story = Story::holding(&["计划2021.pdf"]);
    dated(&story, "计划2021.pdf", 2021, "U01");
    let desk = story.desk();
    assert_eq!(state(&story, "01-01", 2021), YearState::Missing);
    let cell = Cell { indicator: code("01-01"), year: Some(2021), unit: None };
    desk.demand_at(DemandKind::Supplement, &cell, "已电话催报").unwrap();
    assert_eq!((state(&story, "01-01", 2021), state(&story, "01-01", 2020)), (YearState::Awaited, YearState::Missing));
    desk.file(&story.pieces(&["计划2021.pdf"]), &code("01-01")).unwrap();
    assert_eq!(state(&story, "01-01", 2021), YearState::Complete);
}

#[test]
fn a_veto_item_is_proven_by_a_signed_word() {
    let story = Story::holding(&["承诺书.pdf"]);
    let desk = story.desk();
    let unsigned = Declaration { signer: " 示例区双拥办 ".to_owned(), signed_on: date(2023, 4, 1), document: None };
    assert!(matches!(desk.declare(&code("01-01"), Some(&unsigned)), Err(Error::NotAVeto { .. })));
    desk.declare(&code("V1"), Some(&unsigned)).unwrap();
    let veto = |story: &Story| story.desk().standing().unwrap().vetoes.remove(0);
    assert!(!veto(&story).proven, "a word without paper proves nothing");
    assert!(desk.check().unwrap().iter().any(|finding| finding.kind == FindingKind::Unsigned));

    let paper = Some(story.piece("承诺书.pdf"));
    desk.declare(&code("V1"), Some(&Declaration { document: paper, ..unsigned })).unwrap();
    assert!(veto(&story).proven);
    assert_eq!(veto(&story).declared.unwrap().signer, "示例区双拥办");
    assert_eq!(story.under("V1"), ["承诺书.pdf"], "the paper is filed with it");
    let options = Options { duplex: false, made_on: TODAY, ..story::options() };
    let (plan, _) = desk.foresee(&options).unwrap();
    assert!(plan.leaves().next().unwrap().declared.is_some());

    desk.undo().unwrap();
    assert!(!veto(&story).proven);
    assert!(story.under("V1").is_empty());
    desk.declare(&code("V1"), None).unwrap();
    assert!(veto(&story).declared.is_none());
}

/// One paper may be signed for several items: it is offered also where it lies under another leaf. What is called less plainly is
/// offered only while it waits.
#[test]
fn a_signed_word_is_offered_wherever_it_lies() {
    let story = Story::holding(&["1承诺书.pdf", "2情况说明.pdf", "3通知.pdf", "4证明.pdf"]);
    let desk = story.desk();
    let offered = || {
        let papers = desk.papers(&code("V1")).unwrap();
        papers.into_iter().map(|row| row.document.original_name).collect::<Vec<_>>()
    };
    assert_eq!(offered(), ["1承诺书.pdf", "2情况说明.pdf", "4证明.pdf"]);
    desk.file(&story.pieces(&["1承诺书.pdf", "2情况说明.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["3通知.pdf"]), &code("V1")).unwrap();
    assert_eq!(offered(), ["3通知.pdf", "4证明.pdf", "1承诺书.pdf"]);
}

/// Whoever says whether a veto item is proven says the same: the tree, the board, 核查, the letters, the leader's page.
#[test]
fn everybody_says_the_same_of_a_veto_item() {
    let filed = |story: &Story| story.desk().file(&story.pieces(&["证明.pdf"]), &code("V1")).unwrap();
    let unsigned = |story: &Story| {
        let declared = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 4, 1), document: None };
        story.desk().declare(&code("V1"), Some(&declared)).unwrap();
    };
    let returned = |story: &Story| {
        story.desk().demand(DemandKind::Return, &story.pieces(&["证明.pdf"]), Some(&code("V1")), "没有盖章").unwrap();
    };
    let of_2023 = |story: &Story| dated(story, "证明.pdf", 2023, "U01");
    let both = |story: &Story| story.desk().file(&story.pieces(&["证明.pdf", "另一证明.pdf"]), &code("V1")).unwrap();
    let awaited = |story: &Story| {
        story.desk().demand(DemandKind::Supplement, &story.pieces(&["证明.pdf"]), Some(&code("V1")), "缺公章").unwrap();
    };
    type Does<'a> = &'a dyn Fn(&Story);
    let cases: [(&str, &[Does<'_>], bool, &[FindingKind]); 8] = [
        ("nothing", &[], false, &[FindingKind::VetoUnproven]),
        ("proof", &[&filed], true, &[]),
        ("proof returned", &[&filed, &returned], false, &[FindingKind::VetoUnproven]),
        ("unsigned", &[&unsigned], false, &[FindingKind::Unsigned]),
        ("unsigned, and a proof", &[&unsigned, &filed], true, &[FindingKind::Unsigned]),
        ("dated proof", &[&of_2023, &filed], true, &[]),
        ("dated, 待补", &[&of_2023, &filed, &awaited], false, &[]),
        ("dated, one of two returned", &[&of_2023, &both, &returned], false, &[]),
    ];
    for (name, does, proven, kinds) in cases {
        let story = Story::holding(&["证明.pdf", "另一证明.pdf"]);
        does.iter().for_each(|act| act(&story));
        let desk = story.desk();
        let found = desk.check().unwrap();
        let of_veto = |finding: &&Finding| matches!(finding.kind, FindingKind::VetoUnproven | FindingKind::Unsigned);
        assert_eq!(found.iter().filter(of_veto).map(|finding| finding.kind.clone()).collect::<Vec<_>>(), kinds, "{name}");
        let standing = desk.standing().unwrap();
        assert_eq!(standing.vetoes[0].proven, proven, "{name}");
        let node = desk.tree().unwrap().into_iter().find(|node| node.key == Place::Vetoes).unwrap();
        assert_eq!(node.complete == 1, proven, "{name}");
        let said = |about: About| {
            let to = story.dir().join("packages/单.docx");
            desk.report(&about, ReportFormat::Docx, &to).unwrap();
            scans::inspect(&std::fs::read(to).unwrap()).text
        };
        let progress = said(About::Progress);
        assert!(progress.contains(if proven { "已有证明的1项。" } else { "已有证明的0项，待补1项（V1）" }), "{name}: {progress}");
        assert_eq!(said(About::Gaps).contains("V1"), !proven, "{name}");
        let read = super::marks::pages(&desk.leader(None).unwrap()).concat();
        assert_eq!(read.contains("未发生涉军重大案件"), !proven, "{name}: {read}");
    }
}

/// What a piece says of its year may be no year of the period: what was asked of it shows all the same.
#[test]
fn a_demand_of_a_year_outside_the_period_shows() {
    let story = Story::holding(&["计划2018.pdf"]);
    dated(&story, "计划2018.pdf", 2018, "U01");
    let piece = story.pieces(&["计划2018.pdf"]);
    story.desk().file(&piece, &code("02-01")).unwrap();
    assert_eq!(state(&story, "02-01", 2021), YearState::Complete);
    story.desk().demand(DemandKind::Supplement, &piece, Some(&code("02-01")), "缺公章").unwrap();
    assert_eq!(state(&story, "02-01", 2021), YearState::Awaited);
    let grid = story.desk().grid().unwrap();
    assert_eq!(grid.rows.iter().find(|row| row.code == code("02-01")).unwrap().whole, YearState::Awaited);
}

/// A piece that was sent back where enough others lie: the whole is told alike by the letter and by the leader's page.
#[test]
fn a_letter_counts_what_is_complete_as_the_leader_reads_it() {
    let story = Story::holding(&["教育1.pdf", "教育2.pdf"]);
    let desk = story.desk();
    desk.file(&story.pieces(&["教育1.pdf", "教育2.pdf"]), &code("02-01")).unwrap();
    let told = || {
        let to = story.dir().join("packages/通报.docx");
        desk.report(&About::Progress, ReportFormat::Docx, &to).unwrap();
        let text = scans::inspect(&std::fs::read(to).unwrap()).text;
        let (complete, _) = desk.standing().unwrap().complete();
        assert!(text.contains(&format!("材料齐全的{complete}项")), "{complete}: {text}");
        complete
    };
    assert_eq!(told(), 1);
    desk.demand(DemandKind::Return, &story.pieces(&["教育2.pdf"]), Some(&code("02-01")), "看不清").unwrap();
    assert_eq!(told(), 0, "something is to come yet");
}

#[test]
fn the_grid_shows_who_owes_and_what_came() {
    let office = Office::new();
    let grid = office.desk.grid().unwrap();
    assert_eq!((grid.units.len(), grid.rows.len(), grid.years.len()), (2, 3, 4));
    let owed = &grid.rows[0].cells[0];
    assert_eq!((owed.unit, owed.pieces), (0, 0));
    assert_eq!(owed.years, [YearState::Missing, YearState::Missing, YearState::Missing, YearState::NotDue].map(Some));
    assert!(grid.rows[1].cells.is_empty(), "nobody owes it, nothing came");
    let late = &office.desk.standing().unwrap().late;
    assert_eq!((late[0].unit.0.as_str(), late[0].owes), ("U01", 1));
    let duties = office.desk.unit_duties(&UnitCode("U01".to_owned())).unwrap();
    assert_eq!(duties.iter().map(|duty| duty.code.0.as_str()).collect::<Vec<_>>(), ["01-01"]);
    assert!(office.desk.unit_duties(&UnitCode("T01".to_owned())).unwrap().is_empty());
    office.says("01-01", &[Some(25), None], "").unwrap();
}

#[test]
fn the_grid_counts_every_piece_of_a_unit() {
    let names = ["计划.pdf", "总结.pdf", "台账.pdf"];
    let story = Story::holding(&names);
    names.into_iter().for_each(|name| dated(&story, name, 2021, "U01"));
    let desk = story.desk();
    desk.file(&story.pieces(&names), &code("01-01")).unwrap();
    desk.demand(DemandKind::Return, &story.pieces(&["总结.pdf"]), Some(&code("01-01")), "没有盖章").unwrap();
    let grid = desk.grid().unwrap();
    let [cell] = &grid.rows[0].cells[..] else { panic!("one unit has handed in something") };
    assert_eq!((cell.pieces, cell.first), (3, Some(story.piece("计划.pdf"))));
}

#[test]
fn the_leader_reads_one_page() {
    let office = Office::new();
    office.says("01-01", &[Some(150), None], "").unwrap();
    let made = office.desk.leader(None).unwrap();
    let bytes = std::fs::read(&made).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    let seen = paper::pdf::reopen(&made, &paper::pdf::Bars::new()).map_err(|_| "it can't be read").unwrap();
    assert_eq!(seen.pages.len(), 1);
    // With ten areas, six open veto items and many late units it is still one.
    let folder = tempfile::tempdir().unwrap();
    let (catalogue, units) = dossier::exchange::reference();
    let district = Creation { name: creation().name, office: creation().office, catalogue, units };
    let desk = Desk::create(&folder.path().join("项目"), district, around(Files::real())).unwrap();
    let whole = paper::pdf::reopen(&desk.leader(None).unwrap(), &paper::pdf::Bars::new()).map_err(|_| "it can't be read").unwrap();
    assert_eq!((desk.standing().unwrap().areas.len(), whole.pages.len()), (10, 1));
    let again = office.desk.leader(None).unwrap();
    assert_ne!(made, again, "the page of before stays");
}

/// What the office says of itself stands on paper: in the summary and on the sheet of the indicator.
#[test]
fn the_self_score_is_printed() {
    let office = Office::new();
    office.says("01-01", &[Some(150), Some(25)], "每年列入年度计划，有总结").unwrap();
    let options = Options { duplex: false, made_on: TODAY, ..story::options() };
    let package = office.desk.compile(&options, None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:?}", package.verification);
    let (plan, ledger) = office.desk.foresee(&options).unwrap();
    let manuscript = dossier::compile::manuscript(&plan, &ledger, &plan.setup(), 1);
    let text = format!("{manuscript:?}");
    for words in ["自评得分汇总", "1.75 分（各得分点依次为 1.5、0.25）", "每年列入年度计划，有总结"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn the_period_is_a_setting_of_the_project() {
    let mut story = Story::holding(&[]);
    let mut wanted = story.desk().assessment();
    wanted.name = " 示例区双拥创建2024 ".to_owned();
    wanted.cycle.period_from = date(2021, 4, 1);
    wanted.cycle.period_to = date(2024, 3, 31);
    wanted.cycle.submission_due = date(2024, 4, 20);
    wanted.cycle.partial_years = vec![2020, 2024];
    story.desk().set_assessment(&wanted).unwrap();
    let years = |story: &Story| story.desk().grid().unwrap().years;
    assert_eq!(years(&story), [2021, 2022, 2023, 2024]);
    let now = story.desk().assessment();
    assert_eq!((now.name.as_str(), now.cycle.partial_years), ("示例区双拥创建2024", vec![2024]));
    wanted.cycle.period_to = date(2020, 1, 1);
    assert!(matches!(story.desk().set_assessment(&wanted), Err(Error::NoPeriod(NoPeriod::Reversed))));
    story.open().unwrap();
    assert_eq!(years(&story), [2021, 2022, 2023, 2024], "it is kept");
    story.desk().undo().unwrap();
    assert_eq!(years(&story), [2020, 2021, 2022, 2023]);
    // Begun anew from what lies beside the scans, the project is as it was last.
    story.desk().redo().unwrap();
    let dir = story.dir();
    story.close();
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = std::fs::remove_file(dir.join(name));
    }
    for backup in std::fs::read_dir(dir.join("backups")).unwrap() {
        std::fs::remove_file(backup.unwrap().path()).unwrap();
    }
    std::fs::write(dir.join("index.sqlite"), b"").unwrap();
    story.recover().unwrap();
    assert_eq!(years(&story), [2021, 2022, 2023, 2024]);
}

/// A catalogue may look at four of the five years that its period touches: that stays so whatever else is set.
#[test]
fn years_stay_as_issued_while_the_period_does() {
    let mut made = creation();
    made.catalogue.cycle.period_from = date(2019, 4, 1);
    made.catalogue.cycle.period_to = date(2023, 3, 31);
    made.catalogue.cycle.years = vec![2019, 2020, 2021, 2022];
    made.catalogue.cycle.partial_years = vec![2022];
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::create(&folder.path().join("项目"), made, around(Files::real())).unwrap();
    let mut wanted = desk.assessment();
    wanted.office = "示例区双拥工作办公室".to_owned();
    wanted.cycle.submission_due = date(2023, 5, 20);
    desk.set_assessment(&wanted).unwrap();
    let cycle = desk.assessment().cycle;
    assert_eq!((cycle.years, cycle.partial_years), (vec![2019, 2020, 2021, 2022], vec![2022]));
    wanted.cycle.period_from = date(2020, 4, 1);
    desk.set_assessment(&wanted).unwrap();
    assert_eq!(desk.assessment().cycle.years, [2020, 2021, 2022, 2023]);
}
