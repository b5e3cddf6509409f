//! What a package promises: one set of numbers, nothing twice, nothing lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dossier::compile::ledger::{LedgerSheet, Shows};
use dossier::compile::plan::{GroupKind, Place};
use dossier::compile::{self, BoxSize, Ledger, Options, PhotoPages, Plan, Volumes};
use dossier::domain::{
    Assessment, Demand, DemandId, DemandKind, Description, Document, DocumentId, Dossier, Evidence, EvidenceId, IndicatorCode, Page,
    Points, PrintSetup, SelfAssessment,
};
use dossier::exchange;
use dossier::wording::package as words;
use huijuan_tests::golden::golden;
use huijuan_tests::story;
use jiff::civil::date;
use paper::manuscript::{Block, Body, Folio};
use scans::{Digest, Kind, PageFacts};

const CATALOGUE: &str = include_str!("../golden/two-areas.json");
const UNITS: &str = include_str!("../golden/three-units.json");

/// A dossier told line by line: documents of so many pages, filed under codes.
pub(super) struct Told {
    pub(super) dossier: Dossier,
}

impl Told {
    pub(super) fn new() -> Self {
        let catalogue = exchange::catalogue(CATALOGUE).unwrap();
        let assessment = Assessment {
            id: String::new(),
            name: "示例区创建申报材料".to_owned(),
            office: "示例区双拥办".to_owned(),
            cycle: catalogue.cycle.clone(),
            print: PrintSetup::default(),
        };
        let units = Arc::new(exchange::units(UNITS).unwrap());
        let (documents, evidence) = (BTreeMap::new(), BTreeMap::new());
        let (assessed, demands, declared) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let catalogue = Arc::new(catalogue);
        Self {
            dossier: Dossier {
                assessment,
                catalogue,
                units,
                documents,
                evidence,
                assessed,
                demands,
                declared,
                set_aside: BTreeMap::new(),
                pending: Vec::new(),
                alike: 0,
            },
        }
    }

    /// A piece of `pages` pages under each of the codes, at the end.
    pub(super) fn piece(mut self, title: &str, pages: u32, codes: &[&str]) -> Self {
        let id = DocumentId(self.dossier.documents.len() as i64 + 1);
        let facts = PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: Some((1654, 2339)), dpi: Some(200.0) };
        let page = |index| Page { index, facts, turn: 0, framing: scans::Framing::default(), left_out: false };
        let document = Document {
            id,
            scan: Digest::of(title.as_bytes()),
            kind: Kind::Pdf,
            bytes: 1000,
            original_name: format!("{title}.pdf"),
            original_folder: String::new(),
            rendition: None,
            description: Description { title: title.to_owned(), ..Description::default() },
            pages: (0..pages).map(page).collect(),
            caption: Default::default(),
            marks: Vec::new(),
            masks: Vec::new(),
            trouble: None,
            part_of: None,
            given_title: None,
            scan_pages: pages,
            numbers: Vec::new(),
            read_marks: Vec::new(),
            removed: false,
        };
        self.dossier.documents.insert(id, Arc::new(document));
        for code in codes {
            let count: usize = self.dossier.evidence.values().map(Vec::len).sum();
            let code = IndicatorCode((*code).to_owned());
            let filed = self.dossier.evidence.entry(code.clone()).or_default();
            let position = filed.len() as u32 + 1;
            filed.push(Evidence { id: EvidenceId(count as i64 + 1), document: id, indicator: code, position, reprinted: false });
        }
        self
    }

    fn leave_out(mut self, title: &str, pages: &[usize]) -> Self {
        let document = self.dossier.documents.values_mut().find(|document| document.description.title == title).unwrap();
        let document = Arc::make_mut(document);
        for page in pages {
            document.pages[page - 1].left_out = true;
        }
        self
    }

    /// Indicators in areas, told as a tree of catalogue/1, without veto and bonus items.
    fn areas(mut self, areas: serde_json::Value) -> Self {
        let mut catalogue = (*self.dossier.catalogue).clone();
        catalogue.areas = serde_json::from_value(areas).unwrap();
        (catalogue.veto_items, catalogue.bonus_items) = (Vec::new(), Vec::new());
        self.dossier.catalogue = Arc::new(catalogue);
        self
    }

    fn ledger(&self, volumes: Volumes, duplex: bool) -> (Plan, Ledger) {
        self.in_boxes(volumes, BoxSize::default(), duplex)
    }

    fn in_boxes(&self, volumes: Volumes, boxes: BoxSize, duplex: bool) -> (Plan, Ledger) {
        let options = Options { volumes, boxes, duplex, ..story::options() };
        let plan = compile::plan(&self.dossier, &options);
        let ledger = compile::ledger(&plan, &plan.setup());
        for volume in &ledger.volumes {
            compile::manuscript(&plan, &ledger, &plan.setup(), volume.number);
        }
        (plan, ledger)
    }
}

fn small() -> Told {
    Told::new()
        .piece("区委常委会议军会议纪要", 3, &["01-01"])
        .piece("双拥工作领导小组调整通知", 2, &["01-01", "02-01-01"])
        .piece("国防教育主题活动照片", 1, &["02-01-01"])
        .piece("无重大事故证明", 1, &["V1"])
        .piece("没有归类的通知", 1, &[])
}

#[test]
fn the_ledger_counts_every_sheet() {
    let (_, ledger) = small().ledger(Volumes::One, true);
    golden("ledger", &ledger.to_string());
}

#[test]
fn a_piece_in_two_indicators_is_printed_once() {
    let (plan, ledger) = small().ledger(Volumes::One, false);
    let numbers: Vec<&str> = plan.pieces().map(|piece| piece.number.0.as_str()).collect();
    assert_eq!(numbers, ["V1-001", "01-01-001", "01-01-002", "02-01-01-002"]);
    let second = plan.leaves().find(|leaf| leaf.code.0 == "02-01-01").unwrap();
    let Place::Elsewhere { piece, anchor } = &second.entries[0].place else { panic!("it is printed under 01-01") };
    assert_eq!(piece.0, "01-01-002");
    let printed = ledger.places()[anchor];
    assert!(matches!(&printed.shows, Shows::Piece { piece, page: 1, of: 2, .. } if piece.0 == "01-01-002"));
}

#[test]
fn what_comes_late_moves_nothing_in_front() {
    let (_, before) = small().ledger(Volumes::One, true);
    let (_, after) = small().piece("迟到的照片", 5, &["02-01-01"]).ledger(Volumes::One, true);
    let body = |ledger: &Ledger| -> Vec<String> {
        let lines = ledger.sheets.iter().filter(|sheet| matches!(sheet.folio, Folio::Body(number) if number <= 25));
        lines.map(|sheet| format!("{:?} {:?}", sheet.folio, sheet.shows)).collect()
    };
    assert_eq!(body(&before), body(&after));
    assert_eq!(after.sheets.len(), before.sheets.len() + 4, "five pages, the first on the side that was blank");
}

#[test]
fn contents_never_move_the_body() {
    // A hundred indicators fill many pages of contents; the first divider still stands on folio 1.
    let mut told = small();
    let mut catalogue = (*told.dossier.catalogue).clone();
    let indicator = catalogue.areas[0].indicators[1].clone();
    for number in 3..103 {
        let mut more = indicator.clone();
        more.code = IndicatorCode(format!("01-{number:02}"));
        catalogue.areas[0].indicators.push(more);
    }
    told.dossier.catalogue = Arc::new(catalogue);
    let (_, ledger) = told.ledger(Volumes::One, true);
    let contents = ledger.sheets.iter().filter(|sheet| sheet.shows == Shows::Contents).count();
    assert!(contents > 3, "{contents}");
    let first = ledger.sheets.iter().find(|sheet| sheet.shows == Shows::Divider).unwrap();
    assert_eq!(first.folio, Folio::Body(1));
    assert_eq!(first.sheet % 2, 0, "a right-hand page");
}

#[test]
fn volumes_by_area_are_numbered_through() {
    let (_, ledger) = small().ledger(Volumes::Area, true);
    let titles: Vec<&str> = ledger.volumes.iter().map(|volume| volume.title.as_str()).collect();
    assert_eq!(titles, ["一票否决事项证明", "01　组织领导坚强有力", "02　宣传教育广泛深入", "加分材料"]);
    let body: Vec<u32> =
        ledger.sheets.iter().filter_map(|sheet| if let Folio::Body(number) = sheet.folio { Some(number) } else { None }).collect();
    assert_eq!(body, (1..=body.len() as u32).collect::<Vec<_>>());
    for volume in &ledger.volumes {
        assert_eq!(volume.folios.0 % 2, 1, "a volume opens on a right-hand page");
        assert!(ledger.of_volume(volume.number).any(|sheet| sheet.shows == Shows::Closing));
    }
}

#[test]
fn a_box_holds_one_area_and_whole_pieces() {
    let mut told = small();
    for number in 0..30 {
        told = told.piece(&format!("台账第{number}本"), 90, &["01-02"]);
    }
    let (plan, ledger) = told.piece("大型台账", 1500, &["02-01-01"]).ledger(Volumes::Box, true);
    let room = 650;
    assert!(ledger.volumes.len() > 6, "{}", ledger.volumes.len());
    for volume in &ledger.volumes {
        assert!(volume.sheets <= room, "volume {} has {} sides", volume.number, volume.sheets);
        let tops: BTreeSet<String> = ledger
            .of_volume(volume.number)
            .filter_map(|sheet| sheet.indicator.as_ref().map(|code| code.0.split('-').next().unwrap().to_owned()))
            .collect();
        assert!(tops.len() <= 1, "{tops:?} lie in one box");
    }
    for piece in plan.pieces().filter(|piece| piece.pages.len() < 200) {
        let volumes: BTreeSet<u32> = ledger
            .sheets
            .iter()
            .filter(|sheet| matches!(&sheet.shows, Shows::Piece { piece: number, .. } if *number == piece.number))
            .map(|sheet| sheet.volume)
            .collect();
        assert_eq!(volumes.len(), 1, "{} is cut", piece.number);
    }
    let printed: usize = plan.pieces().map(|piece| piece.pages.len()).sum();
    let shown = ledger.sheets.iter().filter(|sheet| matches!(sheet.shows, Shows::Piece { .. })).count();
    assert_eq!(printed, shown);
}

#[test]
fn a_thinner_box_holds_less() {
    let mut told = small();
    for number in 0..12 {
        told = told.piece(&format!("台账第{number}本"), 90, &["01-02"]);
    }
    let boxes = [20, 30, 40, 50].map(BoxSize).map(|boxes| {
        let options = Options { volumes: Volumes::Box, boxes, ..story::options() };
        let plan = compile::plan(&told.dossier, &options);
        let ledger = compile::ledger(&plan, &plan.setup());
        let room = boxes.leaves(plan.print.leaf) as u32 * 2;
        assert!(ledger.volumes.iter().all(|volume| volume.sheets <= room), "{boxes:?}");
        ledger.volumes.len()
    });
    assert!(boxes.is_sorted_by(|thin, thick| thin >= thick) && boxes[0] > boxes[3], "{boxes:?}");
}

/// The divider of an inner area, and its listing, lie in the box of what they head.
#[test]
fn an_inner_area_opens_where_its_first_indicator_lies() {
    let leaf = |seq: u32, code: &str| serde_json::json!({ "seq": seq, "code": code, "content": "双拥工作有部署有检查" });
    let inner = |code: &str, leaf: serde_json::Value| serde_json::json!({ "code": code, "title": "组织领导", "indicators": [leaf] });
    let deep = serde_json::json!({ "code": "01-2", "title": "宣传教育", "areas": [inner("01-2-1", leaf(2, "01-2-1-1"))] });
    let areas = serde_json::json!([{ "code": "01", "title": "双拥", "areas": [inner("01-1", leaf(1, "01-1-1")), deep] }]);
    for first in 60..95 {
        let told = Told::new().areas(areas.clone()).piece("台账", first, &["01-1-1"]).piece("画册", 30, &["01-2-1-1"]);
        let (plan, ledger) = told.in_boxes(Volumes::Box, BoxSize(20), false);
        let volume = |anchor: &paper::manuscript::Anchor| ledger.places()[anchor].volume;
        for at in 0..plan.groups.len() {
            let leaf = plan.groups[plan.with_inner(at)].iter().flat_map(|group| &group.leaves).next().unwrap();
            assert_eq!(volume(&plan.groups[at].anchor), volume(&leaf.anchor), "{first}: {}", plan.groups[at].code);
        }
        // Nor is it torn from them where a file would be too large.
        let mut plan = plan;
        plan.volumes = Volumes::One;
        plan.most_bytes = Some(1500);
        let ledger = compile::ledger(&plan, &plan.setup());
        assert_eq!(ledger.volumes.len(), 2);
        assert_eq!(ledger.places()[&plan.groups[2].anchor].volume, 2);
    }
}

#[test]
fn the_first_box_holds_what_leads_into_the_package() {
    let leaves: Vec<_> = (1..=200)
        .map(|seq| serde_json::json!({ "seq": seq, "code": format!("01-{seq:03}"), "content": "双拥工作列入年度计划，有部署有检查；".repeat(8) }))
        .collect();
    let mut told = Told::new().areas(serde_json::json!([{ "code": "01", "title": "组织领导", "indicators": leaves }]));
    for seq in 1..=200 {
        told = told.piece(&format!("材料{seq}"), 1 + seq % 4, &[&format!("01-{seq:03}")]);
    }
    for duplex in [false, true] {
        for boxes in [20, 30, 50].map(BoxSize) {
            let (plan, ledger) = told.in_boxes(Volumes::Box, boxes, duplex);
            assert!(ledger.front(1).len() > 15, "more than a box leaves free and its last piece: {}", ledger.front(1).len());
            let filled = compile::filled(&plan, &ledger);
            assert!(filled.iter().all(|filled| filled.leaves <= filled.holds), "{boxes:?} {duplex}: {filled:?}");
        }
    }
}

/// Two sheets of it would be two forms once they are printed.
#[test]
fn a_closing_form_is_one_sheet_at_all_margins() {
    let mut told = small();
    for top in [25, 37, 50] {
        for bottom in [25, 35, 50] {
            for (inner, outer) in [(20, 15), (28, 26), (45, 40)] {
                told.dossier.assessment.print = PrintSetup { top, bottom, inner, outer, ..PrintSetup::default() };
                let (_, ledger) = told.ledger(Volumes::Area, false);
                let forms = ledger.sheets.iter().filter(|sheet| sheet.shows == Shows::Closing).count();
                assert_eq!(forms, ledger.volumes.len(), "{top} {bottom} {inner} {outer}");
            }
        }
    }
}

/// However much was said of it, and however wide the margins are.
#[test]
fn a_slip_is_one_sheet_and_what_stands_on_it_fits() {
    let long = "双拥工作宣传片".repeat(30);
    let mut told = small();
    let piece =
        told.dossier.documents.values_mut().find(|document| document.description.title == "国防教育主题活动照片").map(Arc::make_mut);
    let film = piece.unwrap();
    (film.kind, film.original_name, film.original_folder) = (Kind::Video, format!("{long}.mp4"), long.clone());
    film.description = Description { title: long.clone(), note: long.clone(), ..Description::default() };
    for print in [PrintSetup::default(), PrintSetup { top: 50, bottom: 50, inner: 45, outer: 40, ..PrintSetup::default() }] {
        told.dossier.assessment.print = print;
        let (plan, ledger) = told.ledger(Volumes::One, true);
        let at = ledger.sheets.iter().position(|sheet| matches!(sheet.shows, Shows::Slip { .. })).unwrap();
        let Body::Text(blocks) = compile::manuscript(&plan, &ledger, &plan.setup(), 1).sheets.swap_remove(at).body else {
            panic!("it is text")
        };
        assert_eq!(paper::layout::deal(&blocks, &plan.setup()).len(), 1, "{:?}", plan.print);
        let table = blocks.into_iter().find_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).unwrap();
        assert_eq!(table.rows.len(), 7, "nothing is left out");
    }
}

/// The sheets that show this, each with its leaf and what is written on it.
fn sheets(plan: &Plan, ledger: &Ledger, wanted: &Shows) -> Vec<(Option<IndicatorCode>, Vec<Block>)> {
    let mut out = Vec::new();
    for volume in &ledger.volumes {
        let laid = compile::manuscript(plan, ledger, &plan.setup(), volume.number).sheets;
        for (sheet, fact) in laid.into_iter().zip(ledger.of_volume(volume.number)).filter(|(_, fact)| fact.shows == *wanted) {
            let Body::Text(blocks) = sheet.body else { panic!("it is text") };
            out.push((fact.indicator.clone(), blocks));
        }
    }
    out
}

/// The rows of all tables on the sheets that show this.
fn rows(plan: &Plan, ledger: &Ledger, wanted: &Shows) -> Vec<Vec<String>> {
    let blocks = sheets(plan, ledger, wanted).into_iter().flat_map(|(_, blocks)| blocks);
    let rows = blocks.flat_map(|block| if let Block::Table(table) = block { table.rows } else { Vec::new() });
    rows.map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
}

/// What a 备考表 says of its box.
fn accounts(plan: &Plan, ledger: &Ledger) -> Vec<String> {
    let mut rows = rows(plan, ledger, &Shows::Closing);
    rows.retain(|row| row[0] == words::ACCOUNT);
    rows.into_iter().map(|mut row| row.swap_remove(1)).collect()
}

/// From the first page of the body to the last one in front of the form itself.
#[test]
fn a_closing_form_says_which_pages_lie_in_its_volume() {
    for (volumes, duplex) in [Volumes::One, Volumes::Area, Volumes::Box].into_iter().flat_map(|volumes| [(volumes, false), (volumes, true)])
    {
        let (plan, ledger) = small().ledger(volumes, duplex);
        let said = accounts(&plan, &ledger);
        assert_eq!(said.len(), ledger.volumes.len());
        for (said, volume) in said.iter().zip(&ledger.volumes) {
            let pages = ledger.of_volume(volume.number).take_while(|sheet| sheet.shows != Shows::Closing);
            let body: Vec<u32> =
                pages.filter_map(|sheet| if let Folio::Body(number) = sheet.folio { Some(number) } else { None }).collect();
            let wanted = format!("汇编页码第 {} 页至第 {} 页。", body[0], body[body.len() - 1]);
            assert!(said.ends_with(&wanted), "{volumes:?} {duplex}: {said}, {wanted}");
        }
    }
}

#[test]
fn a_register_says_what_each_piece_is_and_where_it_lies() {
    let mut told = small();
    for (id, document) in &mut told.dossier.documents {
        let said = &mut Arc::make_mut(document).description;
        let id = id.0;
        (said.issuer, said.number, said.form) = (format!("示例单位{id}"), format!("示双拥〔2021〕{id}号"), "F01".to_owned());
        said.dated = Some(date(2021, 5, id as i8));
    }
    for (volumes, elsewhere) in [(Volumes::One, "互见"), (Volumes::Box, "互见\n第2盒")] {
        let (plan, ledger) = told.ledger(volumes, false);
        let starts = |piece: &str| {
            let of_piece = |sheet: &&LedgerSheet| sheet.shows.pieces().iter().any(|number| number.0 == piece);
            ledger.sheets.iter().find(of_piece).unwrap().folio.label()
        };
        let row = |order: u32, piece: &str, id: u32, title: &str, pages: u32, note: &str| -> Vec<String> {
            let (issuer, number, day) = (format!("示例单位{id}"), format!("示双拥〔2021〕{id}号"), format!("2021050{id}"));
            let cells: [&str; 10] =
                [&order.to_string(), piece, &issuer, &number, title, &day, "红头文件", &pages.to_string(), &starts(piece), note];
            cells.map(str::to_owned).into()
        };
        let wanted = [
            row(1, "V1-001", 4, "无重大事故证明", 1, ""),
            row(1, "01-01-001", 1, "区委常委会议军会议纪要", 3, ""),
            row(2, "01-01-002", 2, "双拥工作领导小组调整通知", 2, ""),
            row(1, "01-01-002", 2, "双拥工作领导小组调整通知", 2, elsewhere),
            row(2, "02-01-01-002", 3, "国防教育主题活动照片", 1, ""),
        ];
        assert_eq!(rows(&plan, &ledger, &Shows::Register { section: None }), wanted, "{volumes:?}");
    }
}

/// Line by line, and below them what they add up to.
#[test]
fn the_summary_adds_up() {
    let mut told = small();
    for (leaf, points) in [("01-01", 150), ("02-01-01", 275)] {
        let said = SelfAssessment { points: vec![Some(Points(points))], narrative: String::new() };
        told.dossier.assessed.insert(IndicatorCode(leaf.to_owned()), said);
    }
    let (plan, ledger) = told.ledger(Volumes::One, false);
    let wanted = [
        ["一票否决事项证明", "1", "—", "—", "1", "1", "0"],
        ["01　组织领导坚强有力", "2", "3", "1.5", "2", "5", "1"],
        ["02　宣传教育广泛深入", "1", "4（各项合计 3）", "2.75", "1", "1", "0"],
        ["加分材料", "1", "最高 1", "—", "0", "0", "—"],
        ["合计", "3", "7", "4.25", "4", "7", "1"],
    ];
    assert_eq!(rows(&plan, &ledger, &Shows::Summary), wanted);
}

#[test]
fn an_indicator_is_due_up_to_the_day_and_names_who_leads_first() {
    for (made_on, last) in [(date(2023, 4, 20), "未到期"), (date(2023, 4, 21), "缺")] {
        let told = small();
        let plan = compile::plan(&told.dossier, &Options { made_on, ..story::options() });
        let ledger = compile::ledger(&plan, &plan.setup());
        let rows = rows(&plan, &ledger, &Shows::Indicator);
        let row = |label: &str| rows.iter().find(|row| row[0] == label).unwrap()[1..].to_vec();
        assert_eq!(row(words::PIECES), ["缺", "缺", "缺", last], "{made_on}");
        assert_eq!(row(words::DUTIES), ["牵头：示例区委办公室\n配合：示例区政府办公室"]);
    }
}

#[test]
fn what_lacks_and_what_is_not_official_is_said_where_it_is_so() {
    let holds = |blocks: &[Block], wanted: &str| {
        let says = |block: &Block| if let Block::Paragraph { text, .. } = block { text == wanted } else { false };
        blocks.iter().any(says)
    };
    for official in [false, true] {
        let mut told = small();
        Arc::make_mut(&mut told.dossier.catalogue).official = official;
        let (plan, ledger) = told.ledger(Volumes::One, false);
        let (_, cover) = sheets(&plan, &ledger, &Shows::Cover).remove(0);
        assert_eq!(holds(&cover, words::UNOFFICIAL), !official);
        let without = sheets(&plan, &ledger, &Shows::Indicator).into_iter().filter(|(_, blocks)| {
            [GroupKind::Area, GroupKind::Veto, GroupKind::Bonus].iter().any(|kind| holds(blocks, words::no_evidence(*kind)))
        });
        assert_eq!(without.filter_map(|(leaf, _)| leaf).map(|leaf| leaf.0).collect::<Vec<_>>(), ["01-02", "J1"]);
    }
}

/// A box that goes on with an indicator, or with a piece, holds one.
#[test]
fn a_box_that_goes_on_counts_what_lies_in_it() {
    let mut told = small();
    for number in 0..8 {
        told = told.piece(&format!("台账第{number}本"), 150, &["01-02"]);
    }
    let (plan, ledger) = told.piece("大型台账", 1500, &["02-01-01"]).ledger(Volumes::Box, true);
    let said = accounts(&plan, &ledger);
    let of = |wanted: &str| said.iter().filter(|said| said.contains(wanted)).count();
    assert_eq!(of(" 0 项"), 0, "{said:#?}");
    // The second box of 台账 begins with a piece of its own, that of the large one goes on with it.
    assert_eq!(of("收入考评事项 1 项（含续前盒 1 项）、佐证材料 3 件 450 页，"), 1, "{said:#?}");
    assert_eq!(of("收入考评事项 1 项（含续前盒 1 项）、佐证材料 1 件 584 页（含续前盒 1 件），"), 1, "{said:#?}");
    let (plan, ledger) = small().ledger(Volumes::Area, true);
    assert!(!accounts(&plan, &ledger).iter().any(|said| said.contains("续")), "nothing is cut");
}

#[test]
fn a_year_counts_what_is_printed() {
    let counted = |told: Told| {
        let (plan, _) = told.ledger(Volumes::One, true);
        let leaf = plan.leaves().find(|leaf| leaf.code.0 == "02-01-01").unwrap().clone();
        leaf.years.iter().map(|year| year.pieces).sum::<u32>()
    };
    let dated = || {
        let mut told = small();
        for document in told.dossier.documents.values_mut() {
            Arc::make_mut(document).description.dated = Some("2021-05-01".parse().unwrap());
        }
        told
    };
    assert_eq!(counted(dated()), 2);
    assert_eq!(counted(dated().leave_out("国防教育主题活动照片", &[1])), 1, "nothing of it is printed");
}

#[test]
fn what_is_left_out_is_said() {
    let told =
        small().leave_out("区委常委会议军会议纪要", &[2]).leave_out("国防教育主题活动照片", &[1]).piece("旧目录的材料", 1, &["09-99"]);
    let (plan, _) = told.ledger(Volumes::One, true);
    let said: Vec<String> = plan.left_out.iter().map(dossier::wording::package::left_out).collect();
    golden("left-out", &(said.join("\n") + "\n"));
}

#[test]
fn the_overview_says_where_each_indicator_lies() {
    let told = small().piece("大型台账", 700, &["01-02"]);
    for volumes in [Volumes::One, Volumes::Box] {
        let (plan, ledger) = told.ledger(volumes, true);
        let several = ledger.volumes.len() > 1;
        let rows = rows(&plan, &ledger, &Shows::Overview);
        for leaf in plan.leaves() {
            let row = rows.iter().find(|row| row[0] == leaf.code.0).unwrap();
            let own: Vec<_> =
                ledger.sheets.iter().filter(|sheet| sheet.indicator.as_ref() == Some(&leaf.code) && sheet.shows != Shows::Blank).collect();
            let (first, last) = (own[0], own[own.len() - 1]);
            let through = |first: String, last: String| if first == last { first } else { format!("{first}—{last}") };
            assert_eq!(row[row.len() - 2], through(first.folio.label(), last.folio.label()), "{}", leaf.code);
            assert_eq!(row[row.len() - 1], leaf.entries.len().to_string());
            if several {
                assert_eq!(row[4], through(first.volume.to_string(), last.volume.to_string()));
            }
        }
        assert_eq!(several, volumes == Volumes::Box);
        assert_eq!(rows.iter().filter(|row| row[0].starts_with("01　")).count(), 1, "a line for each area: {rows:?}");
    }
}

#[test]
fn a_photo_filed_elsewhere_parts_no_two_photos() {
    let mut told =
        Told::new().piece("走访", 1, &["01-01"]).piece("慰问", 1, &["01-02"]).piece("通知", 1, &["01-02"]).piece("座谈", 1, &["02-01-01"]);
    for document in told.dossier.documents.values_mut().filter(|document| document.description.title != "通知").map(Arc::make_mut) {
        document.kind = Kind::Jpeg;
        document.caption.time = "2022年7月28日".to_owned();
    }
    // 02-01-01 holds 座谈, 互见 走访, then one more photo.
    let again = |told: &mut Told, title: &str| {
        let id = told.dossier.documents.values().find(|document| document.description.title == title).unwrap().id;
        let filed = told.dossier.evidence.entry(IndicatorCode("02-01-01".to_owned())).or_default();
        let position = filed.len() as u32 + 1;
        filed.push(Evidence {
            id: EvidenceId(90),
            document: id,
            indicator: IndicatorCode("02-01-01".to_owned()),
            position,
            reprinted: false,
        });
    };
    again(&mut told, "走访");
    let mut told = told.piece("授牌", 1, &["02-01-01"]);
    let last = told.dossier.documents.values_mut().next_back().map(Arc::make_mut).unwrap();
    last.kind = Kind::Jpeg;
    last.caption.time = "2022年8月1日".to_owned();
    let options = Options { photos: PhotoPages::Two, ..story::options() };
    let plan = compile::plan(&told.dossier, &options);
    let ledger = compile::ledger(&plan, &plan.setup());
    let photos = |code: &str| -> Vec<usize> {
        let own = ledger.sheets.iter().filter(|sheet| sheet.indicator.as_ref().is_some_and(|leaf| leaf.0 == code));
        own.map(|sheet| sheet.shows.evidence().len()).filter(|count| *count > 0).collect()
    };
    assert_eq!(photos("02-01-01"), [2], "座谈 and 授牌 share a sheet");
    assert_eq!(photos("01-02"), [1, 1]);
}

#[test]
fn what_was_sent_back_is_not_printed() {
    let mut told = small();
    let (id, document) = told.dossier.documents.iter().find(|(_, one)| one.description.title == "双拥工作领导小组调整通知").unwrap();
    let demand = Demand {
        id: DemandId(1),
        kind: DemandKind::Return,
        document: Some(*id),
        indicator: Some(IndicatorCode("01-01".to_owned())),
        year: None,
        unit: document.description.unit.clone(),
        reason: "没有盖章。".to_owned(),
        day: "2023-04-10".parse().unwrap(),
        settled: None,
        after: EvidenceId(90),
    };
    told.dossier.demands.push(demand);
    let said = |told: &Told| {
        let (plan, _) = told.ledger(Volumes::One, true);
        let printed: Vec<String> = plan.pieces().map(|piece| piece.name.clone()).collect();
        let left: Vec<String> = plan.left_out.iter().map(dossier::wording::package::left_out).collect();
        (printed.iter().any(|name| name == "双拥工作领导小组调整通知.pdf"), left)
    };
    let (printed, left) = said(&told);
    assert!(!printed);
    assert!(
        left.contains(&"《双拥工作领导小组调整通知》已退回（没有盖章），未收入汇编；仍要收入的，请在指标页上把退回了结。".to_owned()),
        "{left:?}"
    );
    // Another has come: the one that was sent back is not printed beside it.
    let mut answered = told.piece("双拥工作领导小组调整通知（盖章）", 2, &["01-01"]);
    answered.dossier.evidence.get_mut(&IndicatorCode("01-01".to_owned())).unwrap().last_mut().unwrap().id = EvidenceId(91);
    let (printed, left) = said(&answered);
    assert!(!printed);
    assert!(left.contains(&"《双拥工作领导小组调整通知》已退回（没有盖章），重报的材料已归入，这一件不再收入。".to_owned()), "{left:?}");
    // The clerk takes it all the same.
    answered.dossier.demands[0].settled = Some("2023-04-12".parse().unwrap());
    assert!(said(&answered).0);
}

#[test]
fn a_wrong_catalogue_is_told_what_is_wrong() {
    let reversed = CATALOGUE.replace("2020-01-01", "2024-01-01");
    let late = CATALOGUE.replace("2023-04-20", "四月二十日").replace("\"name\": \"示例考评目录\",", "");
    let twice = CATALOGUE.replace("01-02", "01-01").replace("\"J1\"", "\"J 1\"").replace("\"score\": 1}", "\"score\": -1}");
    let empty = r#"{"schema":"catalogue/1","name":"空","cycle":{"period_from":"2020-01-01","period_to":"2020-12-31","years":[2020,2021],"submission_due":"2021-01-01"},"areas":[{"code":"1","title":"空方面"}]}"#;
    let cases = [
        "{",
        "目录",
        r#"{"schema":"catalogue/9"}"#,
        "{}",
        r#"{"schema":"catalogue/1"}"#,
        CATALOGUE.split_at(CATALOGUE.find("考评目录").unwrap()).0,
        &late,
        &reversed,
        &twice,
        empty,
    ];
    let mut told = String::new();
    for case in cases {
        told.push_str(&dossier::wording::catalogue::sentences(&exchange::catalogue(case).unwrap_err()).join("\n"));
        told.push_str("\n\n");
    }
    let units = exchange::units(&UNITS.replace("U03", "U02")).unwrap_err();
    told.push_str(&dossier::wording::catalogue::sentences(&units).join("\n"));
    let two = exchange::units(&UNITS.replace("U03", "U09")).unwrap();
    let unknown = exchange::examine(&exchange::catalogue(CATALOGUE).unwrap(), &two).unwrap_err();
    told.push_str(&format!("\n{}\n", dossier::wording::catalogue::sentences(&unknown).join("\n")));
    golden("catalogue-problems", &told);
}

#[test]
fn the_reference_catalogue_is_read_and_says_what_it_is() {
    let (catalogue, units) = exchange::reference();
    exchange::examine(&catalogue, &units).unwrap();
    assert_eq!((catalogue.areas.len(), catalogue.indicators().count(), units.units.len()), (10, 78, 71));
    assert!(!catalogue.official);
    // A leader signs a table that is whole: its sum never stands alone on a second sheet.
    let mut told = Told::new();
    (told.dossier.catalogue, told.dossier.units) = (Arc::new(catalogue), Arc::new(units));
    let (_, ledger) = told.ledger(Volumes::One, false);
    assert_eq!(ledger.sheets.iter().filter(|sheet| sheet.shows == Shows::Summary).count(), 1);
}
