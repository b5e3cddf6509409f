//! Letters and lists that leave the house: what they say, and that they are what they look like.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use dossier::desk::{About, Place, ReportFormat};
use dossier::domain::{DemandKind, Description, DocumentId, UnitCode, Units, YearState};
use dossier::store::Files;
use dossier::{Desk, Error};
use huijuan_tests::Story;
use huijuan_tests::story::{self, code};
use jiff::civil::date;
use scans::Watch;

/// U01 leads 01-01 (a paper each year, a photo once), each street hands in a photo for 01-02.
fn project() -> (tempfile::TempDir, Desk) {
    let catalogue = serde_json::from_value(serde_json::json!({
        "schema": "catalogue/1", "name": "试", "official": true,
        "cycle": { "period_from": "2021-01-01", "period_to": "2023-12-31", "years": [2021, 2022, 2023],
                   "submission_due": "2023-04-20", "partial_years": [2023] },
        "carrier_forms": { "F01": "红头文件（含文号）" },
        "areas": [ { "code": "01", "title": "组织领导", "indicators": [
            { "seq": 1, "code": "01-01", "content": "党委议军。", "score": 2, "lead_units": ["U01"], "support_units": ["T02"],
              "carrier_forms": ["F01"],
              "expected_evidence": [ { "title": "会议纪要", "form": "F01", "per": "year" },
                                     { "title": "=合影", "form": "F07", "per": "cycle", "min_count": 2 } ] },
            { "seq": 2, "code": "01-02", "content": "悬挂标语。", "lead_units": ["TALL"],
              "expected_evidence": [ { "title": "标语照片", "form": "F07", "per": "unit" } ] } ] } ],
        "veto_items": [ { "code": "V1", "text": "发生重大军民纠纷的", "related_indicators": ["01-01"], "typical_proof": ["无记录证明"] } ],
    }));
    let units: Units = serde_json::from_value(serde_json::json!({
        "schema": "units/1", "groups": { "TALL": "各乡镇街道（2个）" },
        "units": [ { "code": "U01", "name": "示例办公室", "group": "区直单位" },
                   { "code": "T01", "name": "示例街道01", "group": "乡镇街道" },
                   { "code": "T02", "name": "示例街道02", "group": "乡镇街道" } ],
    }))
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let creation = dossier::desk::Creation { catalogue: catalogue.unwrap(), units, ..story::creation() };
    let desk = Desk::create(&folder.path().join("项目"), creation, story::around(dossier::store::Files::real())).unwrap();
    (folder, desk)
}

fn unit(code: &str) -> UnitCode {
    UnitCode(code.to_owned())
}

/// Everything that is read in a written file.
fn text(file: &Path) -> String {
    scans::inspect(&std::fs::read(file).unwrap()).text
}

fn written(desk: &Desk, about: &About, format: ReportFormat, folder: &Path) -> String {
    let file = folder.join(desk.report_name(about, format));
    desk.report(about, format, &file).unwrap();
    text(&file)
}

#[test]
fn a_reminder_says_what_is_owed_and_by_when() {
    let (folder, desk) = project();
    let late: Vec<_> = desk.late().unwrap().into_iter().map(|late| (late.unit.0, late.missing)).collect();
    // 2023 is open until the due date; 2021, 2022 and two photos are not. T02 only supports 01-01.
    assert_eq!(late, [("U01".to_owned(), 4), ("T01".to_owned(), 1), ("T02".to_owned(), 1)]);
    let said = written(&desk, &About::Reminder(unit("U01")), ReportFormat::Docx, folder.path());
    for words in [
        "佐证材料催办单",
        "示例办公室：",
        "截至2023年4月1日，贵单位应报材料5件，已收0件，缺4件，另有1件未到期，涉及1项指标",
        "于2023年4月20日前报齐",
        "会议纪要",
        "2021、2022",
        "=合影",
        "示例区双拥办",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("标语照片"), "another unit owes it: {said}");
}

/// Units that are reminded, and those that the leader reads of; of each its own sheet counts as much.
fn late_units(desk: &Desk) -> Vec<String> {
    let reminded: Vec<String> = desk.late().unwrap().into_iter().map(|late| late.unit.0).collect();
    let late = desk.standing().unwrap().late;
    let mut read: Vec<String> = late.iter().map(|late| late.unit.0.clone()).collect();
    read.sort_by_key(|unit| reminded.iter().position(|reminded| reminded == unit));
    assert_eq!(read, reminded);
    for unit in desk.units().units.iter().map(|unit| &unit.code) {
        let owes = late.iter().find(|late| late.unit == *unit).map_or(0, |late| late.owes as usize);
        let duties = desk.unit_duties(unit).unwrap();
        assert_eq!(duties.iter().filter(|duty| duty.owes.is_some()).count(), owes, "{unit:?}: {duties:?}");
    }
    reminded
}

/// Takes in papers of U01 and files them under 01-01, each with its form and year.
fn handed_in(folder: &Path, desk: &Desk, papers: &[(&str, i16)]) -> Vec<DocumentId> {
    let stick = folder.join("U盘");
    std::fs::create_dir(&stick).unwrap();
    for (at, _) in (1..).zip(papers) {
        std::fs::write(stick.join(format!("纪要{at}.jpg")), huijuan_tests::drawn::jpeg(at)).unwrap();
    }
    desk.intake(&[stick], &scans::Watch::silent(), &mut |_| {}).unwrap();
    let taken = desk.documents(&Place::All).unwrap();
    for (document, (form, year)) in taken.iter().zip(papers) {
        let dated = Some(date(*year, 3, 5));
        let said = Description { form: (*form).to_owned(), unit: Some(unit("U01")), dated, ..document.description.clone() };
        desk.describe(document.id, &said).unwrap();
        desk.file(&[document.id], &code("01-01")).unwrap();
    }
    taken.into_iter().map(|document| document.id).collect()
}

/// What is asked once is owed though every year is there.
#[test]
fn the_leader_reads_of_every_unit_that_is_reminded() {
    let (folder, desk) = project();
    assert_eq!(late_units(&desk), ["U01", "T01", "T02"]);
    handed_in(folder.path(), &desk, &[("F01", 2021), ("F01", 2022), ("F01", 2023)]);
    let grid = desk.grid().unwrap();
    assert!(grid.rows[0].cells[0].years.iter().all(|state| *state == Some(YearState::Complete)));
    assert_eq!(late_units(&desk), ["U01", "T01", "T02"], "two photos are asked once");
    let late = desk.standing().unwrap().late;
    assert_eq!(late.iter().map(|late| (late.owes, late.pieces)).collect::<Vec<_>>(), [(1, 3), (1, 0), (1, 0)]);
}

/// It is shown as sent back, and counted as nothing that is to come.
#[test]
fn what_was_sent_back_is_not_owed_where_enough_is_there() {
    let (folder, desk) = project();
    let papers = [("F01", 2021), ("F01", 2022), ("F01", 2023), ("F07", 2021), ("F07", 2021), ("F01", 2021)];
    let taken = handed_in(folder.path(), &desk, &papers);
    assert_eq!(late_units(&desk), ["T01", "T02"]);
    desk.demand(DemandKind::Return, &taken[5..], Some(&code("01-01")), "看不清").unwrap();
    let duties = desk.unit_duties(&unit("U01")).unwrap();
    assert_eq!(duties[0].cell.whole(), Some(YearState::Returned));
    assert_eq!(late_units(&desk), ["T01", "T02"]);
}

#[test]
fn one_act_reminds_every_late_unit_and_nobody_else() {
    let (folder, desk) = project();
    let out = folder.path().join("催办");
    let names = |made: Vec<std::path::PathBuf>| -> Vec<String> {
        made.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let made = names(desk.remind_late(&[], &out).unwrap());
    assert_eq!(made, ["示例办公室", "示例街道01", "示例街道02"].map(|name| format!("催办单_{name}_2023-04-01.docx")));
    // Again: what was made stays.
    assert_eq!(names(desk.remind_late(&[], &out).unwrap())[0], "催办单_示例办公室_2023-04-01(2).docx");
    // Only those that are named, and of them only who is late.
    let two = [unit("T02"), unit("T09")];
    assert_eq!(names(desk.remind_late(&two, &out).unwrap()), ["催办单_示例街道02_2023-04-01(3).docx"]);
}

#[test]
fn what_a_unit_handed_in_is_not_asked_for_again() {
    let (folder, desk) = project();
    let stick = folder.path().join("U盘");
    std::fs::create_dir(&stick).unwrap();
    std::fs::write(stick.join("标语.jpg"), huijuan_tests::drawn::jpeg(1)).unwrap();
    let mut taken = None;
    desk.intake(&[stick], &scans::Watch::silent(), &mut |received| taken = Some(received.clone())).unwrap();
    let Some(dossier::domain::Verdict::Accepted { document, .. }) = taken.map(|received| received.verdict) else { panic!("not accepted") };
    let description = Description { unit: Some(unit("T01")), form: "F07".to_owned(), ..desk.document(document).unwrap().description };
    desk.describe(document, &description).unwrap();
    desk.file(&[document], &code("01-02")).unwrap();
    let late: Vec<String> = desk.late().unwrap().into_iter().map(|late| late.unit.0).collect();
    assert_eq!(late, ["U01", "T02"]);
    let to = folder.path().join("催办单.docx");
    assert!(matches!(desk.report(&About::Reminder(unit("T01")), ReportFormat::Docx, &to), Err(Error::NothingOwed { .. })));
    assert!(matches!(desk.report(&About::Reminder(unit("X9")), ReportFormat::Docx, &to), Err(Error::NoSuchUnit { .. })));
    assert!(!to.exists());
    let said = written(&desk, &About::Progress, ReportFormat::Xlsx, folder.path());
    assert!(said.contains("100%"), "{said}");
}

#[test]
fn lists_are_written_both_ways_and_hold_no_formula() {
    let (folder, desk) = project();
    let kinds = [
        (
            About::Progress,
            &["佐证材料收集进度通报", "一票否决事项1项，已有证明的0项，待补1项（V1）", "欠交到期材料的单位3个", "示例街道02"][..],
        ),
        (About::Duties(None), &["责任分解表", "示例街道01", "会议纪要（每年度1件）", "红头文件", "配合"]),
        (About::Duties(Some(unit("T02"))), &["责任单位：示例街道02", "牵头", "配合"]),
        (About::Gaps, &["缺项清单", "一票否决事项", "无记录证明", "2021、2022", "=合影"]),
    ];
    for (about, words) in &kinds {
        for format in [ReportFormat::Docx, ReportFormat::Xlsx] {
            let said = written(&desk, about, format, folder.path());
            let told = words.iter().filter(|word| format == ReportFormat::Docx || !word.starts_with("责任单位："));
            for word in told {
                assert!(said.contains(word), "{about:?} {format:?} {word}: {said}");
            }
            // A formula would stand in an <f> of the sheet and not among its texts.
            assert!(format == ReportFormat::Docx || !matches!(about, About::Gaps) || said.lines().any(|line| line == "=合影"));
        }
    }
}

/// 应报、已收、缺、未到期 of each unit, the same as its 催办单 says.
#[test]
fn a_row_of_the_report_counts_as_the_reminder_does() {
    let (folder, desk) = project();
    for format in [ReportFormat::Docx, ReportFormat::Xlsx] {
        let file = folder.path().join(desk.report_name(&About::Progress, format));
        desk.report(&About::Progress, format, &file).unwrap();
        let table = scans::table::read(&std::fs::read(&file).unwrap()).unwrap().sheets.remove(0);
        for (unit, wanted) in [
            ("示例办公室", ["1", "5", "0", "4", "1"]),
            ("示例街道01", ["1", "1", "0", "1", "0"]),
            ("示例街道02", ["1", "1", "0", "1", "0"]),
        ] {
            let row = table.rows.iter().find(|row| row[1].text == unit).unwrap();
            assert_eq!(row[2..7].iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), wanted, "{unit} {format:?}");
        }
    }
}

#[test]
fn a_report_of_the_same_day_has_the_same_bytes() {
    let (folder, desk) = project();
    let bytes = |name: &str| {
        let to = folder.path().join(name);
        desk.report(&About::Gaps, ReportFormat::Docx, &to).unwrap();
        std::fs::read(to).unwrap()
    };
    assert_eq!(bytes("一.docx"), bytes("二.docx"));
    assert_eq!(desk.today(), date(2023, 4, 1));
}

/// What a unit is told does not change what the project holds.
#[test]
fn a_report_is_no_act() {
    let (folder, desk) = project();
    let before = desk.history(100).unwrap();
    desk.report(&About::Progress, ReportFormat::Docx, &folder.path().join("通报.docx")).unwrap();
    desk.remind_late(&[], &folder.path().join("催办")).unwrap();
    assert_eq!(desk.history(100).unwrap(), before, "there is nothing to undo");
}

/// Papers beside the package are handed over to the one layer that names files, too, and leave alone what lies beside them.
#[test]
fn what_is_made_is_looked_at_before_it_has_its_name() {
    let seen: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let noted = Arc::clone(&seen);
    let note = move |file: &Path| noted.lock().unwrap().extend(file.file_name().map(|name| name.to_string_lossy().into_owned()));
    let mut story = Story::scanned(&[("计划.pdf", 1)]);
    story.close();
    let desk = Desk::open(&story.dir(), story::around(Files::meddled(note))).unwrap();
    desk.file(&[desk.documents(&Place::All).unwrap()[0].id], &code("01-01")).unwrap();
    let folder = story.dir().join("packages");
    let made = [
        desk.leader(None).unwrap(),
        desk.labels(&story::options(), None).unwrap().tabs,
        desk.labels(&story::options(), None).unwrap().spines,
        desk.separators(&[code("01-01")], &[], None).unwrap().0,
    ];
    for file in made {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(seen.lock().unwrap().iter().any(|seen| seen.starts_with(&name)), "{name}: {seen:?}");
        // Another program's file, which lies there when it is made again.
        let others = file.with_extension("part");
        std::fs::remove_file(&file).unwrap();
        std::fs::write(&others, "别人的").unwrap();
    }
    desk.leader(None).unwrap();
    desk.labels(&story::options(), None).unwrap();
    desk.separators(&[code("01-01")], &[], None).unwrap();
    let file = folder.join(desk.report_name(&About::Gaps, ReportFormat::Docx));
    std::fs::write(file.with_extension("part"), "别人的").unwrap();
    desk.report(&About::Gaps, ReportFormat::Docx, &file).unwrap();
    let left = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().unwrap() == "part");
    let left: Vec<_> = left.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert_eq!(left, ["别人的"; 5]);
}

/// What could not be made is called by its own name.
#[test]
fn joining_that_fails_speaks_of_no_package() {
    let story = Story::scanned(&[("甲.pdf", 1), ("乙.pdf", 1)]);
    let desk = story.desk();
    let scan = desk.document(story.piece("乙.pdf")).unwrap().scan.to_string();
    let path = story.dir().join("vault").join(&scan[..2]).join(&scan);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "不是 PDF").unwrap();
    let refused = desk.join(&story.pieces(&["甲.pdf", "乙.pdf"]), &Watch::silent()).unwrap_err().sentence();
    assert!(refused.contains("合并") && !refused.contains("汇编") && !refused.contains("成品"), "{refused}");
}
