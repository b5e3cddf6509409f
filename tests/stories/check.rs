//! 核查: findings and coverage of small dossiers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::check::{self, coverage};
use dossier::domain::{
    Assessment, Catalogue, Conditions, Description, Document, DocumentId, Dossier, Evidence, EvidenceId, FindingKind, IndicatorCode, Page,
    Points, PrintSetup, SelfAssessment, Severity, UnitCode, Units, YearState,
};
use dossier::wording;
use huijuan_tests::golden::golden;
use jiff::civil::{Date, date};
use scans::{Digest, Kind, PageFacts};

const BEFORE_DUE: Date = date(2023, 4, 20);
const AFTER_DUE: Date = date(2023, 4, 21);

/// Two areas, three indicators, one veto item, one bonus item; the arithmetic of the table is wrong in two places.
fn table() -> Catalogue {
    serde_json::from_value(serde_json::json!({
        "schema": "catalogue/1", "name": "考评目录（试）", "total_score": 5, "official": false,
        "cycle": { "period_from": "2021-01-01", "period_to": "2023-12-31", "years": [2021, 2022, 2023],
                   "submission_due": "2023-04-20", "partial_years": [2023] },
        "areas": [
            { "code": "01", "title": "组织领导", "score": 3, "indicators": [
                { "seq": 1, "code": "01-01", "content": "领导小组每年召开全体会议，有纪要。", "score": 2, "lead_units": ["U01"],
                  "scoring_parts": [ { "points": 1, "condition": "开会" }, { "points": 0.5, "condition": "纪要" } ],
                  "expected_evidence": [
                      { "title": "全体会议纪要", "form": "F02", "per": "year" },
                      { "title": "全体会议照片", "form": "F07", "per": "year", "min_count": 2 } ] },
                { "seq": 2, "code": "01-02", "content": "双拥办机构健全。", "score": 1, "lead_units": ["U01"],
                  "expected_evidence": [ { "title": "机构编制文件", "form": "F01", "per": "cycle" } ] } ] },
            { "code": "02", "title": "宣传教育", "score": 1, "indicators": [
                { "seq": 3, "code": "02-01", "content": "各街道悬挂标语牌。", "score": 1, "lead_units": ["TALL"],
                  "expected_evidence": [ { "title": "标语牌照片", "form": "F07", "per": "unit" } ] } ] } ],
        "veto_items": [ { "code": "V1", "text": "发生重大军民纠纷的" } ],
        "bonus_items": [ { "code": "J1", "text": "经验被推广" } ],
    }))
    .unwrap()
}

fn units() -> Units {
    serde_json::from_value(serde_json::json!({
        "schema": "units/1", "groups": { "TALL": "各乡镇街道（2个）" },
        "units": [ { "code": "U01", "name": "区委办公室", "group": "区直单位" },
                   { "code": "T01", "name": "示例街道01", "group": "乡镇街道" },
                   { "code": "T02", "name": "示例街道02", "group": "乡镇街道" } ],
    }))
    .unwrap()
}

/// A dossier built piece by piece.
struct Pieces(Dossier);

impl Pieces {
    fn of(catalogue: Catalogue, units: Units) -> Self {
        Self(Dossier {
            assessment: Assessment {
                id: String::new(),
                name: "示例区".to_owned(),
                office: "双拥办".to_owned(),
                cycle: catalogue.cycle.clone(),
                print: PrintSetup::default(),
            },
            catalogue: Arc::new(catalogue),
            units: Arc::new(units),
            documents: BTreeMap::new(),
            evidence: BTreeMap::new(),
            assessed: BTreeMap::new(),
            demands: Vec::new(),
            declared: BTreeMap::new(),
            set_aside: BTreeMap::new(),
            pending: Vec::new(),
            alike: 0,
        })
    }

    fn piece(&mut self, title: &str, say: impl FnOnce(&mut Description)) -> DocumentId {
        let id = DocumentId(self.0.documents.len() as i64 + 1);
        let mut description = Description { title: title.to_owned(), ..Description::default() };
        say(&mut description);
        let facts = PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: None, dpi: None };
        let document = Document {
            id,
            scan: Digest::of(&id.0.to_le_bytes()),
            kind: Kind::Pdf,
            bytes: 1,
            original_name: format!("{title}.pdf"),
            original_folder: String::new(),
            rendition: None,
            description,
            pages: vec![Page { index: 0, facts, turn: 0, framing: scans::Framing::default(), left_out: false }],
            caption: Default::default(),
            marks: Vec::new(),
            masks: Vec::new(),
            trouble: None,
            part_of: None,
            given_title: None,
            scan_pages: 1,
            numbers: Vec::new(),
            read_marks: Vec::new(),
            removed: false,
        };
        self.0.documents.insert(id, Arc::new(document));
        id
    }

    fn change(&mut self, id: DocumentId) -> &mut Document {
        Arc::make_mut(self.0.documents.get_mut(&id).unwrap())
    }

    fn file(&mut self, document: DocumentId, code: &str) {
        let code = IndicatorCode(code.to_owned());
        let list = self.0.evidence.entry(code.clone()).or_default();
        let position = list.len() as u32 + 1;
        list.push(Evidence {
            id: EvidenceId(document.0 * 100 + i64::from(position)),
            document,
            indicator: code,
            position,
            reprinted: false,
        });
    }

    fn filed(&mut self, code: &str, title: &str, form: &str, day: Option<Date>) -> DocumentId {
        let id = self.piece(title, |description| {
            description.form = form.to_owned();
            description.dated = day;
        });
        self.file(id, code);
        id
    }
}

fn small() -> Pieces {
    let mut pieces = Pieces::of(table(), units());
    pieces.filed("01-01", "2021年全体会议纪要", "F02", Some(date(2021, 3, 5)));
    pieces.filed("01-01", "会场照片", "F07", Some(date(2021, 3, 5)));
    pieces.filed("01-01", "签到照片", "F07", Some(date(2021, 3, 5)));
    pieces.filed("01-01", "主席台照片", "F07", Some(date(2021, 3, 5)));
    pieces.filed("01-01", "会场照片（二）", "F07", Some(date(2022, 3, 5)));
    pieces.filed("01-02", "编制文件", "", Some(date(2019, 6, 1)));
    let from_street = pieces.filed("02-01", "标语牌", "F07", None);
    pieces.change(from_street).description.unit = Some(UnitCode("T01".to_owned()));
    let year_only = pieces.filed("02-01", "标语牌补充", "F07", None);
    pieces.change(year_only).description.years = vec![2022];
    let blank = pieces.filed("J1", "推广材料", "", Some(date(2022, 1, 1)));
    pieces.change(blank).pages[0].left_out = true;
    pieces.piece("还没有归类的通知", |_| {});
    pieces.piece("附件10", |_| {});
    pieces.piece("附件2", |_| {});
    pieces
}

/// Photos of one occasion have one title; each is told by its number, and what is filed nowhere by its unit and date.
#[test]
fn pieces_of_one_title_are_told_apart() {
    let mut pieces = Pieces::of(table(), units());
    for _ in 0..3 {
        pieces.filed("02-01", "走访慰问", "F07", None);
    }
    for day in [1, 2] {
        pieces.piece("会议签到", |description| {
            description.unit = Some(UnitCode("T01".to_owned()));
            description.dated = Some(date(2022, 8, day));
        });
    }
    let dossier = pieces.0;
    let found = check::examine(&dossier, &Conditions::default(), BEFORE_DUE);
    let said: Vec<String> =
        found.iter().filter(|finding| finding.document.is_some()).map(|finding| wording::finding::finding(finding, &dossier)).collect();
    let (photos, waiting): (Vec<_>, Vec<_>) = said.iter().partition(|sentence| sentence.contains("走访慰问"));
    for number in 1..=3 {
        assert!(photos.iter().any(|sentence| sentence.starts_with(&format!("《走访慰问》（02-01-00{number}）"))), "{photos:?}");
    }
    for day in [1, 2] {
        assert!(waiting.iter().any(|sentence| sentence.contains(&format!("，2022年8月{day}日）已接收"))), "{waiting:?}");
    }
}

#[test]
fn every_gap_is_named_with_what_to_do() {
    let dossier = small().0;
    let mut text = String::new();
    for (name, today) in [("4月20日，到期日当天", BEFORE_DUE), ("4月21日，过期", AFTER_DUE)] {
        writeln!(text, "== {name}").unwrap();
        for finding in check::examine(&dossier, &Conditions::default(), today) {
            writeln!(text, "{}　{}", wording::finding::severity(finding.severity), wording::finding::finding(&finding, &dossier)).unwrap();
        }
    }
    golden("findings", &text);
}

#[test]
fn the_tree_shows_each_year_of_each_leaf() {
    let dossier = small().0;
    let mut text = String::new();
    for (name, today) in [("到期日当天", BEFORE_DUE), ("过期", AFTER_DUE)] {
        writeln!(text, "== {name}").unwrap();
        for (code, leaf) in coverage::leaves(&dossier, today) {
            let years: Vec<_> = leaf.years.iter().map(|(year, state)| format!("{year} {}", word(*state))).collect();
            writeln!(text, "{code}　{}　{}", years.join(" "), word(leaf.whole)).unwrap();
        }
    }
    golden("coverage", &text);
}

fn word(state: YearState) -> &'static str {
    match state {
        YearState::Complete => "齐",
        YearState::Missing => "缺",
        YearState::NotDue => "未到期",
        YearState::Awaited => "待补",
        YearState::Returned => "退回",
    }
}

/// A seventh photo is no minutes; a piece of no stated form is counted for what lacks; a piece without a year for no year.
#[test]
fn a_piece_is_counted_once_and_for_what_it_is() {
    let found = |pieces: &Pieces, title: &str, year| {
        check::examine(&pieces.0, &Conditions::default(), AFTER_DUE)
            .into_iter()
            .find_map(|finding| match finding.kind {
                FindingKind::Missing { expected, year: in_year, found, .. } if expected == title && in_year == year => Some(found),
                _ => None,
            })
            .unwrap_or(u32::MAX)
    };
    let whole = u32::MAX;

    let mut photos = Pieces::of(table(), units());
    for at in 0..7 {
        photos.filed("01-01", &format!("照片{at}"), "F07", Some(date(2021, 1, 1)));
    }
    assert_eq!((found(&photos, "全体会议纪要", Some(2021)), found(&photos, "全体会议照片", Some(2021))), (0, whole));

    let mut formless = Pieces::of(table(), units());
    formless.filed("01-01", "材料甲", "", Some(date(2021, 1, 1)));
    assert_eq!((found(&formless, "全体会议纪要", Some(2021)), found(&formless, "全体会议照片", Some(2021))), (whole, 0));
    formless.filed("01-01", "材料乙", "", Some(date(2021, 1, 2)));
    assert_eq!(found(&formless, "全体会议照片", Some(2021)), 1);

    let mut by_title = Pieces::of(table(), units());
    by_title.filed("01-01", "双拥全体会议照片", "", Some(date(2021, 1, 1)));
    assert_eq!((found(&by_title, "全体会议纪要", Some(2021)), found(&by_title, "全体会议照片", Some(2021))), (0, 1));

    let mut undated = Pieces::of(table(), units());
    undated.filed("01-01", "全体会议纪要", "F02", None);
    assert_eq!(found(&undated, "全体会议纪要", Some(2021)), 0);

    let mut twice = Pieces::of(table(), units());
    let both_years = twice.filed("01-01", "两年纪要", "F02", None);
    twice.change(both_years).description.years = vec![2021, 2022];
    assert_eq!((found(&twice, "全体会议纪要", Some(2021)), found(&twice, "全体会议纪要", Some(2022))), (whole, whole));
    assert_eq!(found(&twice, "全体会议纪要", Some(2023)), 0);
}

#[test]
fn a_paper_may_be_of_the_first_and_of_the_last_day_of_the_period() {
    for (day, outside) in [(date(2020, 12, 31), true), (date(2021, 1, 1), false), (date(2023, 12, 31), false), (date(2024, 1, 1), true)] {
        let mut pieces = Pieces::of(table(), units());
        pieces.filed("01-02", "编制文件", "", Some(day));
        let found = check::examine(&pieces.0, &Conditions::default(), BEFORE_DUE);
        assert_eq!(found.iter().any(|finding| finding.kind == FindingKind::OutOfPeriod), outside, "{day}");
    }
}

/// At the limit nothing is said, one above it is.
#[test]
fn what_is_too_much_is_told_from_one_above_the_limit() {
    type Told = fn(&mut Pieces, u32);
    let limits: [(u32, Told, fn(&FindingKind) -> bool); 3] = [
        // 01-02 is worth one point.
        (
            100,
            |pieces, points| {
                let said = SelfAssessment { points: vec![Some(Points(points.into()))], narrative: String::new() };
                pieces.0.assessed.insert(IndicatorCode("01-02".to_owned()), said);
            },
            |kind| matches!(kind, FindingKind::ScoreAbove { .. }),
        ),
        (
            3,
            |pieces, times| {
                let id = pieces.piece("通知", |_| {});
                ["01-01", "01-02", "02-01", "V1"].into_iter().take(times as usize).for_each(|leaf| pieces.file(id, leaf));
            },
            |kind| matches!(kind, FindingKind::UsedOften { .. }),
        ),
        (
            200,
            |pieces, pages| {
                let id = pieces.filed("01-02", "台账", "", None);
                let document = pieces.change(id);
                document.pages = (0..pages).map(|index| Page { index, ..document.pages[0] }).collect();
            },
            |kind| matches!(kind, FindingKind::TooLong { .. }),
        ),
    ];
    for (limit, tell, is_told) in limits {
        for (count, above) in [(limit, false), (limit + 1, true)] {
            let mut pieces = Pieces::of(table(), units());
            tell(&mut pieces, count);
            let found = check::examine(&pieces.0, &Conditions::default(), BEFORE_DUE);
            assert_eq!(found.iter().any(|finding| is_told(&finding.kind)), above, "{count}: {found:?}");
        }
    }
}

/// A unit that hands in twice does not make up for one that hands in nothing.
#[test]
fn each_unit_that_owes_is_asked() {
    let mut pieces = Pieces::of(table(), units());
    for _ in 0..2 {
        let id = pieces.filed("02-01", "标语牌", "F07", Some(date(2021, 5, 1)));
        pieces.change(id).description.unit = Some(UnitCode("T01".to_owned()));
    }
    let findings = check::examine(&pieces.0, &Conditions::default(), AFTER_DUE);
    let missing = findings.iter().find(|finding| finding.indicator == Some(IndicatorCode("02-01".to_owned()))).unwrap();
    let kind = FindingKind::Missing { expected: "标语牌照片".to_owned(), year: None, asked: 2, found: 1, not_due_yet: false };
    assert_eq!((&missing.kind, missing.severity), (&kind, Severity::Warning));
}

/// A unit that leads, and has handed in its own share, still owes what is asked of all.
#[test]
fn a_share_does_not_stand_for_the_whole() {
    let mut table = serde_json::to_value(table()).unwrap();
    let asked = &mut table["areas"][1]["indicators"][0]["expected_evidence"];
    asked.as_array_mut().unwrap().push(serde_json::json!({ "title": "年度汇总表", "form": "F01", "per": "year" }));
    let table: Catalogue = serde_json::from_value(table).unwrap();
    let mut pieces = Pieces::of(table, units());
    let share = pieces.filed("02-01", "标语牌", "F07", Some(date(2021, 5, 1)));
    pieces.change(share).description.unit = Some(UnitCode("T01".to_owned()));
    let states = |pieces: &Pieces, unit: u32| {
        let grid = check::grid::grid(&pieces.0, &coverage::leaves(&pieces.0, BEFORE_DUE));
        let cells = &grid.rows.iter().find(|row| row.code.0 == "02-01").unwrap().cells;
        let cell = cells.iter().find(|cell| cell.unit == unit).unwrap();
        cell.years.iter().map(|state| word(state.unwrap())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(states(&pieces, 1), "缺 缺 未到期");
    pieces.filed("02-01", "年度汇总表", "F01", Some(date(2021, 12, 1)));
    assert_eq!((states(&pieces, 1), states(&pieces, 2)), ("齐 缺 未到期".to_owned(), "缺 缺 缺".to_owned()));
}

/// The window asks for the states after every act. How long that takes is measured elsewhere; here it ends.
#[test]
fn two_thousand_pieces_are_looked_over_at_once() {
    let catalogue: Catalogue = serde_json::from_str(include_str!("../../assets/catalogue/reference.json")).unwrap();
    let units: Units = serde_json::from_str(include_str!("../../assets/catalogue/units.json")).unwrap();
    let leaves: Vec<_> = catalogue.leaves().map(|leaf| leaf.code().0.clone()).collect();
    let titles: Vec<String> =
        catalogue.indicators().flat_map(|indicator| &indicator.expected_evidence).map(|expected| expected.title.clone()).collect();
    let mut pieces = Pieces::of(catalogue, units);
    for at in 0..2000_usize {
        let day = date(2020 + (at % 4) as i16, 1 + (at % 12) as i8, 1 + (at % 28) as i8);
        let id = pieces.filed(&leaves[at % leaves.len()], &titles[at % titles.len()], "", Some(day));
        if at % 5 == 0 {
            pieces.file(id, &leaves[(at * 7 + 3) % leaves.len()]);
        }
    }
    let began = Instant::now();
    let states = coverage::coverage(&pieces.0, AFTER_DUE);
    assert!(began.elapsed() < Duration::from_secs(30), "a few milliseconds in a release");
    assert_eq!(states.len(), leaves.len());
    assert!(states.values().flatten().any(|(_, state)| *state == YearState::Complete));
}
