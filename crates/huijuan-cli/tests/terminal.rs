//! The program as a person and as another program meet it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn huijuan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huijuan")).args(arguments).output().unwrap()
}

/// Runs it, expects this exit code, and gives what it said.
fn said(arguments: &[&str], code: i32) -> String {
    let done = huijuan(arguments);
    let (out, aside) = (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap());
    assert_eq!(done.status.code(), Some(code), "huijuan {}\n{out}\n{aside}", arguments.join(" "));
    format!("{out}{aside}")
}

fn objects(arguments: &[&str], code: i32) -> Vec<Value> {
    said(arguments, code).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[test]
fn a_sample_project_goes_through_all_acts() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("示例项目");
    let dir = dir.to_str().unwrap();
    let made = &objects(&["demo", dir, "--documents", "24", "--seed", "7", "--json"], 0)[0];
    assert_eq!((made["accepted"].as_u64(), made["duplicate"].as_u64(), made["refused"].as_u64()), (Some(24), Some(1), Some(1)));
    assert_eq!(made["filed"].as_u64(), Some(23), "one is left for the clerk");

    let findings = objects(&["check", dir, "--json"], 1);
    let kinds: std::collections::BTreeSet<&str> = findings.iter().filter_map(|line| line["finding"]["kind"]["kind"].as_str()).collect();
    for kind in ["missing", "veto_unproven", "no_date", "unfiled"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
    assert!(findings.iter().all(|line| !line["sentence"].as_str().unwrap().is_empty()));

    let found = objects(&["search", dir, "示双拥", "--json"], 0);
    assert!(!found.is_empty());
    let document = found[0]["document"].to_string();
    assert!(said(&["file", dir, &document, "1-2"], 0).contains("归入 01-02"));
    assert!(said(&["file", dir, &document, "99-99"], 2).contains("没有编号“99-99”"));

    // What was done on a copy comes back.
    let stick = folder.path().join("U盘");
    std::fs::create_dir(&stick).unwrap();
    let copy = objects(&["backup", dir, stick.to_str().unwrap(), "--json"], 0)[0]["dir"].as_str().unwrap().to_owned();
    assert!(said(&["merge", dir, &copy], 0).contains("没有要并入的内容"));
    assert!(said(&["file", &copy, &document, "3-2"], 0).contains("归入 03-02"));
    assert!(said(&["merge", dir, &copy], 1).contains("归入 03-02"));
    assert!(said(&["merge", dir, &copy, "--yes", "--theirs", "7"], 2).contains("没有编号为“7”"));
    assert!(said(&["merge", dir, &copy, "--yes"], 0).contains("已并入：新到 0 件，改动 1 处"));
    assert!(said(&["merge", dir, &copy, "--yes"], 0).contains("没有要并入的内容"));

    let letters = folder.path().join("函件");
    let letters = letters.to_str().unwrap();
    for (kind, ending) in [("progress", "docx"), ("duties", "xlsx"), ("gaps", "xlsx")] {
        let made = &objects(&["report", dir, kind, "--format", ending, "--out", letters, "--json"], 0)[0];
        assert!(made["files"][0].as_str().unwrap().ends_with(ending), "{made}");
    }
    let made = &objects(&["report", dir, "reminder", "--out", letters, "--json"], 0)[0];
    assert!(made["files"].as_array().unwrap().len() > 1, "more than one unit is late");
    assert!(said(&["report", dir, "reminder", "--unit", "X9", "--out", letters], 2).contains("没有“X9”"));
    assert!(said(&["report", dir, "received", "--out", letters], 0).contains("接收情况第1批.xlsx"));

    let out = folder.path().join("成品");
    for format in ["pdf", "docx"] {
        let package = &objects(&["compile", dir, "--format", format, "--out", out.to_str().unwrap(), "--json"], 0)[0];
        let file = package["files"][0].as_str().unwrap().to_owned();
        assert!(file.ends_with(&format!(".{format}")) && Path::new(&file).is_file(), "{file}");
        assert!(said(&["verify", &file], 0).contains("核对无误"));
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.truncate(bytes.len() - 100);
        std::fs::write(&file, bytes).unwrap();
        assert!(said(&["verify", &file], 1).contains("请勿使用"));
    }

    // A piece that stands elsewhere, too, is printed there again; without being filed it is not.
    assert!(said(&["reprint", dir, &document, "99-99"], 2).contains("没有编号“99-99”"));
    assert!(said(&["reprint", dir, &document, "V1"], 2).contains("没有归入 V1"));
    assert!(said(&["reprint", dir, &document, "3-2"], 0).contains("另印一份"));
    assert!(said(&["reprint", dir, &document, "3-2", "--refer"], 0).contains("互见"));

    // How indicators are parted is remembered with the project.
    let parted = |more: &[&str]| {
        let asked = [&["compile", dir, "--format", "pdf", "--out", out.to_str().unwrap(), "--json"][..], more].concat();
        objects(&asked, 0)[0]["sections"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        [&[][..], &["--sections", "year"], &[], &["--sections", "indicator"], &[]].map(parted),
        ["indicator", "year", "year", "indicator", "indicator"]
    );
}

#[test]
fn a_new_project_takes_files_in() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalogue/reference.json");
    let units = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalogue/units.json");
    assert!(
        said(&["new", &path("项目"), "--catalogue", catalogue, "--office", "示例区双拥办", "--units", units], 0)
            .contains("10 个方面，78 项指标")
    );
    assert!(said(&["new", &path("项目"), "--catalogue", catalogue, "--office", "示例区双拥办"], 2).contains("项目"), "it is there already");

    std::fs::create_dir(path("U盘")).unwrap();
    std::fs::write(path("U盘/不是图片.jpg"), "只有文字").unwrap();
    std::fs::write(path("U盘/Thumbs.db"), "x").unwrap();
    let verdicts = objects(&["intake", &path("项目"), &path("U盘"), "--json"], 1);
    assert_eq!(verdicts.len(), 1, "{verdicts:?}");
    let keys: Vec<&str> = verdicts[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["candidate", "document", "kind", "pages", "path", "reason", "verdict"]);
    assert_eq!(verdicts[0]["verdict"], "refused");
    assert!(said(&["intake", &path("项目"), &path("U盘")], 1).contains("拒收"));
    let from_there =
        |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_huijuan")).args(arguments).current_dir(folder.path()).output().unwrap();
    // What waits is found again from any folder.
    std::fs::write(path("走访72345部队.bmp"), bitmap()).unwrap();
    let waits = from_there(&["intake", "项目", "走访72345部队.bmp", "--json"]);
    let waits: Value = serde_json::from_slice(&waits.stdout).unwrap();
    assert_eq!(waits["verdict"], "pending", "{waits}");
    assert!(said(&["confirm", &path("项目"), &waits["candidate"].to_string()], 0).contains("接收"));
    let here = from_there(&["check", "项目"]);
    assert!(String::from_utf8(here.stdout).unwrap().contains("V1"), "a project is found from the folder it lies in");
    assert_eq!(from_there(&["new", "另一个", "--catalogue", catalogue, "--office", "示例区双拥办"]).status.code(), Some(0));
}

/// Whoever asked may stop reading; what was begun is done.
#[test]
fn an_act_goes_on_when_nobody_reads_any_more() {
    const FILES: usize = 12;
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalogue/reference.json");
    assert!(said(&["new", &path("项目"), "--catalogue", catalogue, "--office", "示例区双拥办"], 0).contains("已新建"));
    std::fs::create_dir(path("U盘")).unwrap();
    for at in 0..FILES {
        let mut picture = bitmap();
        *picture.last_mut().unwrap() = at as u8;
        std::fs::write(path(&format!("U盘/走访{at}.bmp")), picture).unwrap();
    }
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_huijuan")).args(["intake", &path("项目"), &path("U盘")]).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("接收"), "{first}");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let desk = dossier::Desk::open(Path::new(&path("项目")), dossier::desk::Surroundings::here().unwrap()).unwrap();
    assert_eq!(desk.documents(&dossier::desk::Place::All).unwrap().len(), FILES);
    assert!(desk.unfinished_batches().unwrap().is_empty());
}

/// The period that is said goes for a catalogue of our own as well.
#[test]
fn the_period_is_said_beside_a_catalogue() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalogue/reference.json");
    assert!(said(&["new", &path("错"), "--catalogue", catalogue, "--office", "示例区双拥办", "--columns", "序号"], 2).contains("没有新建"));
    said(&["new", &path("项目"), "--catalogue", catalogue, "--office", "示例区双拥办", "--period", "2024-2027", "--due", "2027-04-20"], 0);
    let desk = dossier::Desk::open(Path::new(&path("项目")), dossier::desk::Surroundings::here().unwrap()).unwrap();
    let cycle = desk.assessment().cycle;
    assert_eq!((cycle.years, cycle.partial_years), ((2024..=2027).collect(), vec![2027]));
    assert_eq!(cycle.submission_due.to_string(), "2027-04-20");
}

/// The same file begins the same project from the terminal and in the window.
#[test]
fn a_project_begins_by_the_rules_of_the_window() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/catalogue/reference.json");
    let new = |name: &str, more: &[&str], code| {
        let dir = path(name);
        said(&[&["new", &dir, "--catalogue", catalogue, "--office", "示例区双拥办"][..], more].concat(), code)
    };
    assert!(new("早", &["--due", "1999-01-01"], 2).contains("报送日"));
    assert!(new("长", &["--period", "2000-2020"], 2).contains("20"));
    assert!(!Path::new(&path("早")).exists() && !Path::new(&path("长")).exists());
    new("项目", &["--period", "2024-2027", "--due", "2027-04-20"], 0);
    let desk = dossier::Desk::open(Path::new(&path("项目")), dossier::desk::Surroundings::here().unwrap()).unwrap();
    assert!(!desk.units().units.is_empty(), "a catalogue that names no others goes with the reference list");
    assert_eq!(desk.assessment().cycle.onsite_from.map(|day| day.to_string()).as_deref(), Some("2027-05-01"));
}

/// A picture of two white pixels by two.
fn bitmap() -> Vec<u8> {
    let head = [70_u32, 0, 54, 40, 2, 2].map(u32::to_le_bytes).concat();
    let format = [1_u16, 24].map(u16::to_le_bytes).concat();
    [b"BM".as_slice(), &head, &format, &[0; 24], &[0xFF; 16]].concat()
}

#[test]
fn a_new_project_begins_with_the_issued_table() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["考评项目", "序号", "考评内容", "分值", "责任单位"],
        ["一、组织领导（5分）", "1", "双拥工作列入计划", "2分", "区双拥办、区财政局"],
        ["", "2", "议军会议定期召开", "2分", "区人武部"],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(row as u32, column as u16, *text).unwrap();
        }
    }
    book.save(path("任务分解表.xlsx")).unwrap();
    let (dir, table) = (path("项目"), path("任务分解表.xlsx"));
    let made = said(
        &["new", &dir, "--catalogue", &table, "--office", "示例区双拥办", "--period", "2020-2023", "--due", "2023-04-20", "--name", "示例"],
        1,
    );
    assert!(made.contains("1 个方面，2 项指标"), "{made}");
    assert!(made.contains("5 分") && made.contains("4 分"), "both numbers are shown: {made}");
    assert!(said(&["check", &dir], 1).contains("向区双拥办催报"), "units go by their names");
    assert!(
        said(&["new", &path("又一个"), "--catalogue", &table, "--office", "示例区双拥办", "--period", "2023-2020"], 2)
            .contains("止日不能早于起日")
    );
}

#[test]
fn mistakes_are_told_in_chinese() {
    for (arguments, wanted) in [
        (&["compile"][..], "缺少"),
        (&["compile", "项目", "--format", "xls"], "可以是：pdf、docx"),
        (&["开始"], "没有“开始”这个命令"),
        (&["check", "项目", "--quick"], "不认识“--quick”"),
        (&["check", "没有这个文件夹"], "没有这个文件夹"),
        (&["new", "项目", "--catalogue", "没有.json", "--office", "示例区双拥办"], "目录文件打不开"),
        (&["verify", "没有.pdf"], "没有.pdf"),
    ] {
        let told = said(arguments, 2);
        assert!(told.contains(wanted), "{arguments:?}: {told}");
    }
    let help = said(&["--help"], 0);
    for word in ["用法：huijuan", "汇编", "退出码", "显示帮助"] {
        assert!(help.contains(word), "{help}");
    }
}
