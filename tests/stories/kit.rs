//! 收集包: what goes out to a unit, and what comes back, however the unit has changed it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dossier::desk::{Creation, KitReview, Returned, Shape};
use dossier::domain::{Catalogue, Kit, UnitCode, Units};
use dossier::store::{Fault, Files};
use dossier::{Desk, wording};
use huijuan_tests::Story;
use huijuan_tests::drawn;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{around, catalogue, code, creation, stopping, worker};
use jiff::civil::date;
use scans::picture::{Scale, draw};
use scans::{Kind, Watch};
use tempfile::TempDir;

/// 示例街道01 leads two indicators and supports a third; one asks something from each unit.
pub(super) fn told() -> Creation {
    let mut table: serde_json::Value = serde_json::to_value(catalogue()).unwrap();
    let areas = &mut table["areas"];
    areas[0]["indicators"][0]["lead_units"] = serde_json::json!(["T01"]);
    areas[0]["indicators"][0]["expected_evidence"][0]["form"] = "F05".into();
    areas[0]["indicators"][0]["requirements"] = serde_json::json!(["有发文日期和印章"]);
    areas[0]["indicators"][1]["lead_units"] = serde_json::json!(["U01"]);
    areas[0]["indicators"][1]["support_units"] = serde_json::json!(["T01"]);
    areas[1]["indicators"][0]["lead_units"] = serde_json::json!(["T01", "U01"]);
    areas[1]["indicators"][0]["expected_evidence"] = serde_json::json!([{ "title": "国防教育活动照片", "per": "unit", "min_count": 2 }]);
    table["carrier_forms"] = serde_json::json!({ "F05": "工作计划、方案" });
    let catalogue: Catalogue = serde_json::from_value(table).unwrap();
    Creation { catalogue, ..creation() }
}

const KIT: &str = "收集包_T01_示例街道01";

struct Office {
    folder: TempDir,
    desk: Desk,
}

impl Office {
    fn new() -> Self {
        Self::of(told())
    }

    fn of(creation: Creation) -> Self {
        let folder = TempDir::new().unwrap();
        let desk = Desk::create(&folder.path().join("项目"), creation, around(Files::real())).unwrap();
        fs::create_dir(folder.path().join("U盘")).unwrap();
        Self { folder, desk }
    }

    fn stick(&self) -> PathBuf {
        self.folder.path().join("U盘")
    }

    /// The kit of 示例街道01, on the stick.
    fn kit(&self) -> PathBuf {
        let receipt = self.desk.make_kits(&[unit("T01")], Shape::Folder, &self.stick(), &Watch::silent()).unwrap();
        receipt.made[0].path.clone()
    }

    fn hand_in(&self, path: &Path) -> KitReview {
        self.desk.intake(&[path.to_owned()], &Watch::silent(), &mut |_| {}).unwrap();
        let came = self.desk.returned().unwrap();
        self.desk.review_kit(came[0].id).unwrap()
    }
}

fn unit(code: &str) -> UnitCode {
    UnitCode(code.to_owned())
}

/// Every folder and file below, with `/`.
fn below(folder: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().map(Result::unwrap);
    walk.map(|entry| {
        entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/") + if entry.file_type().is_dir() { "/" } else { "" }
    })
    .collect()
}

fn shown(review: &KitReview) -> String {
    let Returned { kit, ours, files, unfiled, .. } = &review.returned;
    let mut text = format!("{} ours={ours} files={files} unfiled={unfiled} sure={}\n", kit.unit_name, review.sure);
    for line in &review.lines {
        writeln!(text, "{} {}", line.indicator, line.text).unwrap();
        for piece in &line.came {
            writeln!(text, "  came {} filed={} sure={}", piece.received.name, piece.filed, piece.sure).unwrap();
        }
        for debt in &line.owed {
            writeln!(text, "  owed {} {:?} {}", debt.expected.title, debt.year, debt.lacking()).unwrap();
        }
    }
    for piece in &review.others {
        writeln!(text, "other {} {:?} {}", piece.received.name, piece.indicator.as_ref().map(|code| &code.0), piece.received.reason)
            .unwrap();
    }
    text
}

#[test]
fn a_kit_holds_a_folder_for_everything_that_is_owed() {
    let office = Office::new();
    let kit = office.kit();
    let text = |name: &str| fs::read_to_string(kit.join(name)).unwrap().replace("\r\n", "\n");
    let mut said = below(&kit).join("\n");
    for name in ["【收集包】说明.txt", "01-01 双拥工作列入年度计划/【收集包】01-01.txt", "【收集包】请勿删除.json"]
    {
        write!(said, "\n--- {name}\n{}", text(name).trim_start_matches('\u{feff}')).unwrap();
    }
    let id = office.desk.assessment().id;
    golden("kit", &said.replace(&id, "0123456789abcdef"));
    let pdf = fs::read(kit.join("【收集包】说明.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 2000);
}

#[test]
fn the_form_has_a_row_for_each_material_with_numbers_as_numbers() {
    let office = Office::new();
    let mut form = zip::ZipArchive::new(fs::File::open(office.kit().join("【收集包】报送清单.xlsx")).unwrap()).unwrap();
    let sheet = std::io::read_to_string(form.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    // Four years of the plan, the minutes that it supports, the photos: six rows below three of the head.
    assert_eq!(sheet.matches("<row ").count(), 9, "{sheet}");
    let cell = |name: &str| sheet.split(&format!("<c r=\"{name}\"")).nth(1).unwrap().split("</c>").next().unwrap().to_owned();
    assert!(cell("F4").contains("<v>2020</v>") && !cell("F4").contains("t=\"s\""), "{}", cell("F4"));
    assert!(cell("G9").contains("<v>2</v>"), "{}", cell("G9"));
    assert!(cell("D4").contains("t=\"s\""));
    assert!(sheet.contains("<dataValidation "));
}

#[test]
fn a_unit_that_owes_nothing_gets_no_kit_and_is_named() {
    let office = Office::new();
    let receipt = office.desk.make_kits(&[], Shape::Zip, &office.stick(), &Watch::silent()).unwrap();
    assert_eq!(receipt.made.len(), 2);
    let mut creation = told();
    creation.units.units[0].code = unit("U09");
    let other = Office::of(creation);
    let receipt = other.desk.make_kits(&[], Shape::Zip, &other.stick(), &Watch::silent()).unwrap();
    assert_eq!(receipt.passed, ["示例办公室：没有分到指标，没有制作。"]);
    assert_eq!(below(&other.stick()), ["收集包_T01_示例街道01.zip"]);
}

#[test]
fn a_second_kit_never_takes_the_place_of_the_first() {
    let office = Office::new();
    let first = office.kit();
    fs::write(first.join("01-01 双拥工作列入年度计划/计划.txt"), "放了一半").unwrap();
    let second = office.kit();
    assert_ne!(first, second);
    assert_eq!(fs::read_to_string(first.join("01-01 双拥工作列入年度计划/计划.txt")).unwrap(), "放了一半");
}

#[test]
fn hostile_names_become_names_that_windows_takes() {
    let mut creation = told();
    creation.units.units[1].name = "CON:示例/街道*01?\u{202e}<很长>".to_owned() + &"很长的名称".repeat(30);
    for (at, text) in ["a/b\\c:d*e?f\"g<h>i|j. . .", "\u{202e}反向\u{200b}零宽", "𠀀𠀁".repeat(40).as_str()].into_iter().enumerate()
    {
        let areas = &mut creation.catalogue.areas;
        let indicator = if at < 2 { &mut areas[0].indicators[at] } else { &mut areas[1].indicators[0] };
        text.clone_into(&mut indicator.content);
    }
    let office = Office::of(creation);
    let kit = office.kit();
    let mut all = below(&office.stick());
    all.push(kit.file_name().unwrap().to_string_lossy().into_owned());
    for path in &all {
        assert!(path.encode_utf16().count() < 90, "{path}");
        for part in path.trim_end_matches('/').split('/') {
            assert!(!part.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '\u{202e}', '\u{200b}']), "{part}");
            assert!(!part.ends_with(['.', ' ']), "{part}");
        }
    }
    // What was made so is known again.
    let photo = kit.join(all.iter().find(|path| path.contains("/02-01")).unwrap().split('/').nth(1).unwrap()).join("活动.jpg");
    fs::write(photo, drawn::jpeg(1)).unwrap();
    let review = office.hand_in(&kit);
    assert_eq!(review.sure, 1, "{}", shown(&review));
}

/// Renamed folders, folders of years, a file outside, one that speaks of another indicator, one classified, the same file
/// twice.
fn filled(kit: &Path) {
    let plan = kit.join("01-01 双拥工作列入年度计划");
    fs::write(plan.join("2021年/年度计划.pdf"), drawn::pdf(2, "", 1)).unwrap();
    fs::write(plan.join("2022年/年度计划.pdf"), drawn::pdf(2, "", 2)).unwrap();
    fs::write(plan.join("02-01 学校活动.pdf"), drawn::pdf(1, "", 3)).unwrap();
    fs::write(kit.join("说不清.jpg"), drawn::jpeg(4)).unwrap();
    fs::write(kit.join("名册（秘密★10年）.pdf"), drawn::pdf(1, "", 5)).unwrap();
    let photos = kit.join("我们街道的照片");
    fs::rename(kit.join("02-01 国防教育进学校"), &photos).unwrap();
    fs::write(photos.join("活动1.jpg"), drawn::jpeg(6)).unwrap();
    let minutes = kit.join("01-02 议军会议定期召开");
    fs::write(minutes.join("活动1.jpg"), drawn::jpeg(6)).unwrap();
    fs::write(minutes.join("坏.pdf"), b"%PDF-1.4 broken").unwrap();
    // Somebody tidied up.
    fs::remove_file(minutes.join("【收集包】01-02.txt")).unwrap();
}

#[test]
fn what_comes_back_is_shown_beside_what_is_owed_and_filed_in_one_act() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let review = office.hand_in(&kit);
    let mut said = shown(&review);
    let filed = office.desk.file_kit(review.returned.id).unwrap();
    assert_eq!(filed, review.sure);
    writeln!(said, "--- filed {filed}: {}", office.desk.history(1).unwrap()[0].sentence).unwrap();
    said += &shown(&office.desk.review_kit(review.returned.id).unwrap());
    golden("kit_review", &said);
    let plans = office.desk.evidence(&code("01-01")).unwrap();
    let plan = office.desk.document(plans[0].document).unwrap();
    assert_eq!((plan.description.unit, plan.description.years), (Some(unit("T01")), vec![2021]));
    // The same photo serves two indicators.
    assert_eq!(office.desk.evidence(&code("01-02")).unwrap()[0].document, office.desk.evidence(&code("02-01")).unwrap()[0].document);
    // One step back.
    office.desk.undo().unwrap();
    assert!(office.desk.evidence(&code("01-01")).unwrap().is_empty());
    assert_eq!(office.desk.review_kit(review.returned.id).unwrap().sure, filed);
}

/// One notice serves two units: the second has handed it in as well, once the clerk files its kit. What a unit only copied from a
/// neighbour is sent back or taken out of the count where it is shown.
#[test]
fn the_same_file_in_two_kits_counts_for_both_units() {
    let office = Office::new();
    let missing = |code: &str| office.desk.unit_standings().unwrap().into_iter().find(|one| one.unit == unit(code)).unwrap().missing;
    let receipt = office.desk.make_kits(&[unit("U01"), unit("T01")], Shape::Folder, &office.stick(), &Watch::silent()).unwrap();
    for made in &receipt.made {
        let photos = made.path.join("02-01 国防教育进学校");
        fs::write(photos.join("活动1.jpg"), drawn::jpeg(6)).unwrap();
        fs::write(photos.join("活动2.jpg"), drawn::jpeg(7)).unwrap();
    }
    let first = office.hand_in(&receipt.made[0].path);
    assert_eq!(office.desk.file_kit(first.returned.id).unwrap(), 2);
    let second = office.hand_in(&receipt.made[1].path);
    assert_eq!((second.sure, second.lines.iter().flat_map(|line| &line.came).filter(|piece| piece.filed).count()), (2, 2));
    let line = second.lines.iter().find(|line| line.indicator == code("02-01")).unwrap();
    assert!(line.owed.is_empty(), "nothing is owed once they count: {:?}", line.owed);
    let [one, other] = [&receipt.made[0], &receipt.made[1]].map(|made| made.unit.clone());
    let owed = missing(&other.0);
    assert_eq!(office.desk.file_kit(second.returned.id).unwrap(), 2);
    assert_eq!(owed - missing(&other.0), 2);
    let evidence = office.desk.evidence(&code("02-01")).unwrap();
    assert_eq!(evidence.len(), 2, "each is filed once");
    let said = office.desk.document(evidence[0].document).unwrap().description;
    assert_eq!((said.unit, said.also_from), (Some(one), vec![other]));
    assert_eq!(office.desk.review_kit(second.returned.id).unwrap().sure, 0);
}

/// Two kits of one stick, the one laid into the other: each says what lies in it and in no kit within.
#[test]
fn a_kit_within_a_kit_has_its_own_files() {
    let office = Office::new();
    let receipt = office.desk.make_kits(&[unit("T01"), unit("U01")], Shape::Folder, &office.stick(), &Watch::silent()).unwrap();
    let kit = |code: &str| receipt.made.iter().find(|made| made.unit == unit(code)).unwrap().path.clone();
    let (outer, inner) = (kit("T01"), kit("U01"));
    for (kit, names) in [(&outer, &["街道1.jpg", "街道2.jpg"][..]), (&inner, &["办公室1.jpg"])] {
        for (name, number) in names.iter().zip(6..) {
            let bytes = drawn::jpeg(number + if kit == &inner { 10 } else { 0 });
            fs::write(kit.join("02-01 国防教育进学校").join(name), bytes).unwrap();
        }
    }
    fs::create_dir(outer.join("转交")).unwrap();
    fs::rename(&inner, outer.join("转交/办公室的")).unwrap();
    office.desk.intake(&[outer], &Watch::silent(), &mut |_| {}).unwrap();
    let returned = || office.desk.returned().unwrap();
    let told = || {
        let mut told: Vec<_> = returned().into_iter().map(|one| (one.kit.unit.0, one.files, one.unfiled)).collect();
        told.sort();
        told
    };
    let ids: Vec<_> = returned().iter().map(|one| one.id).collect();
    assert!(ids.len() == 2 && ids[0] > ids[1], "the newest first: {ids:?}");
    assert_eq!(told(), [("T01".to_owned(), 2, 2), ("U01".to_owned(), 1, 1)]);
    for one in returned() {
        let review = office.desk.review_kit(one.id).unwrap();
        let came: Vec<_> = review.lines.iter().flat_map(|line| &line.came).map(|piece| piece.received.name.as_str()).collect();
        assert_eq!(came, if one.kit.unit == unit("T01") { &["街道1.jpg", "街道2.jpg"][..] } else { &["办公室1.jpg"] });
        assert_eq!(review.returned, one);
        if one.kit.unit == unit("T01") {
            assert_eq!(office.desk.file_kit(one.id).unwrap(), 2);
        }
    }
    assert_eq!(told(), [("T01".to_owned(), 2, 0), ("U01".to_owned(), 1, 1)]);
}

/// Types into cells of the 报送清单, as a table program does.
fn fill(form: &Path, cells: &[(&str, &str)]) {
    let mut sheets = zip::ZipArchive::new(fs::File::open(form).unwrap()).unwrap();
    let mut whole = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..sheets.len() {
        let mut entry = sheets.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let mut text = String::from_utf8(bytes).unwrap();
            for (cell, typed) in cells {
                let from = text.find(&format!("<c r=\"{cell}\"")).unwrap();
                let end = from + text[from..].find("/>").unwrap();
                let value = match typed.parse::<f64>() {
                    Ok(_) => format!("><v>{typed}</v></c>"),
                    Err(_) => format!(" t=\"inlineStr\"><is><t>{typed}</t></is></c>"),
                };
                text.replace_range(end..end + 2, &value);
            }
            bytes = text.into_bytes();
        }
        whole.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        whole.write_all(&bytes).unwrap();
    }
    fs::write(form, whole.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn what_a_unit_listed_is_compared_with_what_came() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let form = kit.join("【收集包】报送清单.xlsx");
    // Plans of four years in rows 4 to 7, the minutes in 8, the photos in 9; J pieces, K pages, L remarks.
    fill(&form, &[("J5", "1"), ("K5", "2"), ("J6", "2"), ("K6", "3 页"), ("L7", "正在补办"), ("J8", "1"), ("J9", "两张")]);
    // Another program saved it under its own ending.
    fs::rename(&form, kit.join("【收集包】报送清单(1).XLSX")).unwrap();
    let review = office.hand_in(&kit);
    assert!(review.form);
    let said: Vec<(String, String, Vec<String>)> = review
        .lines
        .iter()
        .map(|line| (line.indicator.0.clone(), wording::kit::listing(line.listing()), wording::kit::remarks(&line.listed)))
        .collect();
    let told = |code: &str, listing: &str, remarks: &[&str]| {
        (code.to_owned(), listing.to_owned(), remarks.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        said,
        [
            told("01-01", "与清单填的 3 件 5 页相符", &["备注（双拥工作年度计划2023年）：正在补办"]),
            told("01-02", "与清单填的 1 件相符", &[]),
            told("02-01", "", &["备注（国防教育活动照片）：本次件数填的是“两张”"]),
        ]
    );
    assert!(review.lines.iter().all(|line| !line.listing().unwrap().differs()));

    let again = Office::new();
    let kit = again.kit();
    filled(&kit);
    fill(&kit.join("【收集包】报送清单.xlsx"), &[("J5", "4"), ("K5", "9")]);
    let review = again.hand_in(&kit);
    let listing = review.lines[0].listing();
    assert_eq!(wording::kit::listing(listing), "清单填 4 件 9 页，交来 3 件 5 页，请核对");
    assert!(listing.unwrap().differs());

    // A sheet that is no table any more says nothing, and keeps nothing from coming in.
    let third = Office::new();
    let kit = third.kit();
    filled(&kit);
    fs::write(kit.join("【收集包】报送清单.xlsx"), b"PK broken").unwrap();
    let review = third.hand_in(&kit);
    assert!(!review.form && review.sure > 0 && review.lines.iter().all(|line| line.listed.is_empty()));
}

#[test]
fn a_kit_that_was_zipped_again_is_known_wherever_its_manifest_lies() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let zipped = office.stick().join("示例街道01交来.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&zipped).unwrap());
    let mut names: Vec<String> = below(&kit).into_iter().filter(|name| !name.ends_with('/')).collect();
    // The manifest last.
    names.sort_by_key(|name| name.contains("请勿删除"));
    for name in names {
        zip.start_file(format!("收到/街道/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(kit.join(&name)).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let by_zip = shown(&office.hand_in(&zipped));
    let other = Office::new();
    let kit = other.kit();
    filled(&kit);
    let by_folder = shown(&other.hand_in(&kit));
    assert_eq!(by_zip.lines().filter(|line| line.contains("came")).count(), by_folder.lines().filter(|line| line.contains("came")).count());
    assert_eq!(by_zip.lines().next(), by_folder.lines().next());
}

#[test]
fn an_act_that_was_stopped_within_a_kit_goes_on_to_the_same_end() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let report = office.desk.intake(&[kit], &stopping(5), &mut |_| {});
    assert!(report.unwrap().unfinished);
    for batch in office.desk.unfinished_batches().unwrap() {
        office.desk.resume(batch.id, &Watch::silent(), &mut |_| {}).unwrap();
    }
    let came = office.desk.returned().unwrap();
    assert_eq!(office.desk.review_kit(came[0].id).unwrap().sure, 4);
}

#[test]
fn a_kit_of_another_round_is_said_to_be_one_and_files_nothing() {
    let mut creation = told();
    creation.name = "示例区双拥创建2019".to_owned();
    let before = Office::of(creation);
    let kit = before.kit();
    filled(&kit);
    let office = Office::new();
    let review = office.hand_in(&kit);
    assert!(!review.returned.ours);
    assert_eq!((review.sure, office.desk.file_kit(review.returned.id).unwrap()), (0, 0));
}

#[test]
fn a_manifest_that_names_a_unit_of_its_own_is_none_of_ours() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let manifest = kit.join("【收集包】请勿删除.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"T01\"", "\"X99\"").replace("示例街道01", "\\u202e示例/街道")).unwrap();
    let review = office.hand_in(&kit);
    assert!(!review.returned.ours);
    assert_eq!((review.sure, review.returned.kit.unit_name.as_str()), (0, "示例_街道"));
}

#[test]
fn a_spoiled_manifest_is_passed_over_and_the_files_are_taken_in_all_the_same() {
    for spoiled in [b"{".to_vec(), b"[]".to_vec(), vec![b'['; 300_000], vec![0; 2 << 20], b"{\"schema\":\"kit/9\"}".to_vec()] {
        let office = Office::new();
        let kit = office.kit();
        fs::write(kit.join("【收集包】请勿删除.json"), spoiled).unwrap();
        fs::write(kit.join("活动.jpg"), drawn::jpeg(1)).unwrap();
        let report = office.desk.intake(&[kit], &Watch::silent(), &mut |_| {}).unwrap();
        assert_eq!((report.accepted, report.refused), (1, 0));
        assert!(office.desk.returned().unwrap().is_empty());
    }
}

#[test]
fn a_stick_that_fails_leaves_no_kit_under_its_name() {
    let whole = below(&Office::new().kit());
    for fault in [Fault::NoSpace, Fault::Broken, Fault::Denied] {
        for ever in [false, true] {
            for at in (1..).step_by(3) {
                let folder = TempDir::new().unwrap();
                let dir = folder.path().join("项目");
                drop(Desk::create(&dir, told(), around(Files::real())).unwrap());
                let stick = folder.path().join("U盘");
                fs::create_dir(&stick).unwrap();
                let mut surroundings = around(Files::real());
                let desk = Desk::open(&dir, surroundings.clone()).unwrap();
                drop(desk);
                surroundings.files = Files::failing(at, fault, ever);
                let Ok(desk) = Desk::open(&dir, surroundings.clone()) else { continue };
                let made = desk.make_kits(&[unit("T01")], Shape::Folder, &stick, &Watch::silent());
                let left = fs::read_dir(&stick).unwrap().count();
                match made {
                    Ok(receipt) => assert_eq!((receipt.made.len(), left), (1, 1)),
                    Err(error) => {
                        assert!(!stick.join(KIT).exists() || below(&stick.join(KIT)) == whole, "{error}");
                        assert!(error.sentence().ends_with('。'), "{}", error.sentence());
                    }
                }
                if !surroundings.files.struck() {
                    break;
                }
            }
        }
    }
}

/// The program is killed while it writes: whatever bears the name of a kit is whole.
#[test]
fn a_kit_that_was_cut_off_does_not_bear_its_name() {
    let office = Office::new();
    let whole = below(&office.kit());
    let Office { folder, desk } = office;
    drop(desk);
    let (mut at, mut cut_off) = (1, 0);
    loop {
        let stick = TempDir::new().unwrap();
        let mut command = Command::new(worker());
        command.arg("--kit").arg(folder.path().join("项目")).arg(stick.path()).args(["T01", &at.to_string()]);
        let ended_well = command.stderr(Stdio::null()).status().unwrap().success();
        let kit = stick.path().join(KIT);
        assert!(!kit.exists() || below(&kit) == whole, "before operation {at}");
        if ended_well {
            assert!(kit.exists());
            break;
        }
        cut_off += fs::read_dir(stick.path()).unwrap().count();
        at += 2;
    }
    assert!(cut_off > 5, "a kit was cut off {cut_off} times");
}

#[test]
fn a_kit_for_a_stick_that_is_gone_is_a_sentence() {
    let office = Office::new();
    let gone = office.folder.path().join("已拔出的U盘");
    let error = office.desk.make_kits(&[unit("T01")], Shape::Folder, &gone, &Watch::silent()).unwrap_err();
    assert_eq!(error.sentence(), "“已拔出的U盘”找不到，没有做完，项目没有改动：U盘可能已拔出，请插好后再做一次。");
    let error = office.desk.make_kits(&[unit("X99")], Shape::Folder, &gone, &Watch::silent()).unwrap_err();
    assert_eq!(error.sentence(), "单位名单里没有“X99”，没有生成：请核对单位的编号。");
}

/// A day that is past is not asked for.
#[test]
fn a_kit_after_the_due_date_asks_for_what_is_late() {
    let office = Office::new();
    let mut assessment = office.desk.assessment();
    assessment.cycle.submission_due = date(2023, 3, 20);
    office.desk.set_assessment(&assessment).unwrap();
    let letter = fs::read_to_string(office.kit().join("【收集包】说明.txt")).unwrap();
    assert!(letter.contains("报送截止日期为2023年3月20日，现已逾期12天，请抓紧补报到示例区双拥办。"), "{letter}");
    assert!(!letter.contains("日前交到"), "{letter}");
}

#[test]
fn the_reference_catalogue_makes_a_kit_for_every_unit() {
    let (catalogue, units): (Catalogue, Units) = dossier::exchange::reference();
    let office = Office::of(Creation { catalogue, units, ..creation() });
    let standings = office.desk.unit_standings().unwrap();
    assert_eq!(standings.len(), 71);
    assert!(standings.iter().all(|standing| standing.indicators == 0 || standing.missing + standing.not_due > 0 || standing.pieces == 0));
    let receipt = office.desk.make_kits(&[], Shape::Zip, &office.stick(), &Watch::silent()).unwrap();
    assert_eq!(receipt.made.len() + receipt.passed.len(), 71);
    assert!(receipt.passed.is_empty(), "{:?}", receipt.passed);
    assert_eq!(standings.iter().filter(|standing| standing.kit).count(), receipt.made.len(), "said before it is made");
    assert!(standings.iter().any(|standing| standing.kit && standing.missing + standing.not_due == 0), "some only help");
}

#[test]
fn a_kit_is_known_again_when_the_project_has_another_name_and_period_by_then() {
    let story = Story::new();
    let desk = story.desk();
    let mut kit: Kit = serde_json::from_value(serde_json::json!({
        "schema": "kit/1", "project": desk.assessment().id, "assessment": desk.assessment().name, "unit": "T01", "unit_name": "示例街道01",
        "period_from": "2020-01-01", "period_to": "2023-12-31", "made_on": "2023-03-01", "due": "2023-04-20", "folders": []
    }))
    .unwrap();
    let mut assessment = desk.assessment();
    assert_eq!(assessment.id.len(), 16);
    assessment.name = "示例区创建2023（改）".to_owned();
    assessment.cycle.period_from = date(2020, 7, 1);
    desk.set_assessment(&assessment).unwrap();
    assert!(kit.is_for(&desk.assessment(), &desk.units()));
    assert!(!kit.is_for(&Story::new().desk().assessment(), &desk.units()), "another project of the same name");
    kit.project.clear();
    assert!(!kit.is_for(&desk.assessment(), &desk.units()), "a kit from before there were ids goes by name and period");
}

#[test]
fn a_unit_that_only_supports_is_not_told_that_nothing_is_missing() {
    let mut told = told();
    let mut table: serde_json::Value = serde_json::to_value(&told.catalogue).unwrap();
    for area in table["areas"].as_array_mut().unwrap() {
        for indicator in area["indicators"].as_array_mut().unwrap() {
            indicator["lead_units"] = serde_json::json!(["U01"]);
            indicator["support_units"] = serde_json::json!(["T01"]);
        }
    }
    table["areas"][1]["indicators"][0]["expected_evidence"][0]["per"] = "cycle".into();
    told.catalogue = serde_json::from_value(table).unwrap();
    let office = Office::of(told);
    let letter = fs::read_to_string(office.kit().join("【收集包】说明.txt")).unwrap();
    assert!(letter.contains("都是配合") && !letter.contains("还缺0件"), "{letter}");
    let receipt = office.desk.make_kits(&[unit("T01")], Shape::Folder, &office.stick(), &Watch::silent()).unwrap();
    assert_eq!(receipt.made[0].lacking, 0);
    let said = dossier::wording::kit::made(&receipt).1.join("\n");
    assert!(said.contains("都是配合") && !said.contains("还缺 0"), "{said}");
}

/// What would be still owed is what is still owed then, also of a file that was here before the kit.
#[test]
fn a_file_that_came_before_its_kit_is_filed_as_the_review_says() {
    let office = Office::new();
    let kit = office.kit();
    let photos = kit.join("02-01 国防教育进学校");
    // By mail, in a folder that names another unit, and one that says a year.
    let mailed = office.folder.path().join("示例办公室/2021年");
    fs::create_dir_all(&mailed).unwrap();
    for (name, number) in [("活动1.jpg", 6), ("活动2.jpg", 7)] {
        fs::write(mailed.join(name), drawn::jpeg(number)).unwrap();
        fs::write(photos.join(name), drawn::jpeg(number)).unwrap();
    }
    office.desk.intake(&[office.folder.path().join("示例办公室")], &Watch::silent(), &mut |_| {}).unwrap();
    let before = office.hand_in(&kit);
    assert_eq!(before.sure, 2, "{}", shown(&before));
    let owed = |review: &KitReview| {
        let lines = review.lines.iter().map(|line| (line.indicator.clone(), line.owed.iter().map(|debt| debt.lacking()).sum::<u32>()));
        lines.collect::<Vec<_>>()
    };
    office.desk.file_kit(before.returned.id).unwrap();
    let after = office.desk.review_kit(before.returned.id).unwrap();
    assert_eq!(owed(&after), owed(&before), "{}", shown(&after));
    let filed = office.desk.evidence(&code("02-01")).unwrap();
    for one in filed {
        assert_eq!(office.desk.document(one.document).unwrap().description.unit, Some(unit("T01")));
    }
}

/// What a person has put elsewhere stays there; what lies in two folders of the kit belongs in both.
#[test]
fn filing_a_kit_puts_nothing_back_that_was_moved() {
    let office = Office::new();
    let kit = office.kit();
    filled(&kit);
    let id = office.hand_in(&kit).returned.id;
    office.desk.file_kit(id).unwrap();
    let plan = office.desk.evidence(&code("01-01")).unwrap()[0].document;
    office.desk.move_to(&[plan], Some(&code("01-01")), &code("V1")).unwrap();
    let photo = office.desk.evidence(&code("02-01")).unwrap()[0].clone();
    office.desk.unfile(&[photo.document], &code("02-01")).unwrap();
    let review = office.desk.review_kit(id).unwrap();
    let pieces: Vec<_> = review.lines.iter().flat_map(|line| &line.came).collect();
    let moved = pieces.iter().find(|piece| piece.document == Some(plan)).unwrap();
    assert_eq!((moved.sure, moved.filed, moved.elsewhere.as_slice()), (false, false, &[code("V1")][..]));
    assert_eq!(review.sure, 1, "{}", shown(&review));
    office.desk.file_kit(id).unwrap();
    assert!(office.desk.evidence(&code("01-01")).unwrap().iter().all(|one| one.document != plan));
    assert_eq!(office.desk.evidence(&code("02-01")).unwrap()[0].document, photo.document);
}

/// As before every act on very many pieces.
#[test]
fn a_copy_is_made_before_a_large_kit_is_filed() {
    for (pieces, copies) in [(99, 0), (100, 1)] {
        let office = Office::new();
        let kit = office.kit();
        for number in 0..pieces {
            fs::write(kit.join("02-01 国防教育进学校").join(format!("活动{number}.jpg")), drawn::photo(16 + number, 16, 96)).unwrap();
        }
        let review = office.hand_in(&kit);
        assert_eq!(office.desk.file_kit(review.returned.id).unwrap(), u32::from(pieces));
        assert_eq!(office.desk.saved().unwrap().len(), copies);
    }
}

/// Sheets that name no unit, in a pile that lies in the kit of one.
#[test]
fn what_a_pile_in_a_kit_holds_comes_from_its_unit() {
    let office = Office::new();
    let kit = office.kit();
    let leaves = [code("01-01"), code("02-01")];
    let (file, _) = office.desk.separators(&leaves, &[], None).unwrap();
    let bytes = fs::read(file).unwrap();
    let sheets = [0, 1].map(|page| draw(&bytes, Kind::Pdf, page, Scale::MaxSide(1300)).unwrap());
    let (papers, _) = super::separator::papers();
    fs::write(kit.join("一摞.pdf"), super::separator::pile(&[&sheets[0], &papers[0], &sheets[1], &papers[1]])).unwrap();
    office.hand_in(&kit);
    for leaf in &leaves {
        let filed = office.desk.evidence(leaf).unwrap();
        assert_eq!(filed.len(), 1, "{leaf}");
        assert_eq!(office.desk.document(filed[0].document).unwrap().description.unit, Some(unit("T01")));
    }
}
