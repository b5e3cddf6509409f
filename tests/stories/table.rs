//! The issued table becomes a catalogue: as a spreadsheet and as a Word document, tidy and messy.

use std::io::Write as _;
use std::path::Path;

use dossier::desk::Creation;
use dossier::domain::{Catalogue, Description, FindingKind, Units};
use dossier::exchange::CatalogueError;
use dossier::exchange::table::{self, Role, Summed, Warning, Warnings};
use dossier::wording;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{TODAY, creation, worker};
use huijuan_tests::{Story, drawn};
use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook};

/// A cell of a Word table: text, columns it spans, and whether it begins (`^`) or goes on (`|`) downwards.
struct Drawn(&'static str, u32, char);

fn read(path: &Path) -> Result<(Catalogue, Units, Warnings, table::Columns), CatalogueError> {
    let grid = table::read(path, &mut scans::Worker::new(worker()))?;
    let columns = table::guess(&grid, TODAY);
    let (catalogue, units, warnings) = table::taken(&grid, &columns, Units::default())?;
    Ok((catalogue, units, warnings, columns))
}

/// Everything that was taken over, to be read beside the table that was drawn.
fn told((catalogue, units, warnings, columns): &(Catalogue, Units, Warnings, table::Columns)) -> String {
    let mut out =
        format!("{}\n{}–{}，{}\n", catalogue.name, columns.cycle.period_from, columns.cycle.period_to, columns.cycle.submission_due);
    for layout in &columns.layouts {
        let roles: Vec<&str> = layout.roles.iter().map(|role| wording::catalogue::role(*role)).collect();
        out += &format!("栏目（{}）：{}\n", layout.used, roles.join("|"));
    }
    let names = |codes: &[dossier::domain::UnitCode]| codes.iter().map(|code| units.name_of(code)).collect::<Vec<_>>().join("|");
    for area in &catalogue.areas {
        out += &format!("{} {} {:?}\n", area.code, area.title, area.score.map(|score| score.to_string()));
        for one in &area.indicators {
            let score = one.score.map(|score| score.to_string()).unwrap_or_default();
            out += &format!("  {} [{}] {:?} {score}分 {:?}\n", one.code, one.seq, one.content, one.scoring);
            for part in &one.scoring_parts {
                out += &format!("    {}分 {}\n", part.points, part.condition);
            }
            out += &format!("    牵头 {} 配合 {}\n", names(&one.lead_units), names(&one.support_units));
            out += &format!(
                "    载体 {} 要求 {}\n",
                one.carrier_forms.iter().map(|form| catalogue.form_name(form)).collect::<Vec<_>>().join("|"),
                one.requirements.join("|")
            );
        }
    }
    for veto in &catalogue.veto_items {
        out += &format!("{} {}\n", veto.code, veto.text);
    }
    for bonus in &catalogue.bonus_items {
        out += &format!("{} {} {:?}\n", bonus.code, bonus.text, bonus.max_points.map(|score| score.to_string()));
    }
    out += &format!("备注 {}\n", catalogue.cycle.note);
    for warning in warnings {
        out += &format!("! {}\n", wording::catalogue::warning(warning));
    }
    out
}

#[test]
fn a_spreadsheet_with_merged_areas_and_a_repeated_head() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("任务分解表.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("任务分解").unwrap();
    let plain = Format::new();
    let head = ["考评项目", "序号", "考评内容", "分值", "评分标准", "责任单位", "载体形式", "要求", "备注"];
    sheet.merge_range(0, 0, 0, 8, "示例区创建双拥模范城考评任务分解表（2020—2023年）", &plain).unwrap();
    sheet.write(1, 8, "4月20日前报送").unwrap();
    let heads = |sheet: &mut rust_xlsxwriter::Worksheet, row| {
        for (column, label) in head.iter().enumerate() {
            sheet.write(row, column as u16, *label).unwrap();
        }
    };
    heads(sheet, 2);
    sheet.merge_range(3, 0, 6, 0, "一、组织领导坚强有力（６分）", &plain).unwrap();
    let row = |sheet: &mut rust_xlsxwriter::Worksheet, row, cells: [&str; 8]| {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column as u16 + 1, *text).unwrap();
        }
    };
    row(
        sheet,
        3,
        [
            "１",
            "双拥工作列入年度计划",
            "2分",
            "每做到一项得0.5分",
            "区委办公室（区委督查室、保密局）、区双拥办",
            "红头文件、会议纪要",
            "每年一份\n双拥文字下划红线",
            "报原件",
        ],
    );
    row(sheet, 4, ["２", "议军会议定期召开", "", "每年召开一次", "牵头单位：区人武部；配合单位：区财政局，各乡镇街道", "会议纪要", "", ""]);
    sheet.write(4, 3, 3).unwrap();
    // A blank row, a row of one leaf with two scores, the head again in the middle.
    sheet.merge_range(5, 1, 6, 1, "３", &plain).unwrap();
    sheet.merge_range(5, 2, 6, 2, "领导走访慰问", &plain).unwrap();
    row(sheet, 5, ["", "", "1", "春节走访", "区民政局", "照片", "", ""]);
    row(sheet, 6, ["", "", "1", "八一走访", "", "", "", ""]);
    heads(sheet, 8);
    sheet.merge_range(9, 0, 10, 0, "二、宣传教育广泛深入", &plain).unwrap();
    row(sheet, 9, ["4", "=SUM(1)不是公式的文字", "酌情", "", "区委宣传部", "", "", ""]);
    row(sheet, 10, ["5", "国防教育进学校", "0.5", "", "", "", "", ""]);
    sheet.merge_range(11, 0, 11, 8, "一票否决事项", &plain).unwrap();
    row(sheet, 12, ["1", "未发生涉军重大案件", "", "", "", "", "", ""]);
    sheet.merge_range(13, 0, 13, 8, "加分项", &plain).unwrap();
    row(sheet, 14, ["1", "双拥工作有创新", "1.5", "", "", "", "", ""]);
    sheet.write(15, 0, "合计").unwrap();
    sheet.write(15, 3, 10).unwrap();
    sheet.merge_range(16, 0, 16, 8, "注：材料须为2020年以后形成。", &plain).unwrap();
    let extra = book.add_worksheet();
    extra.set_name("联系人").unwrap();
    extra.write(0, 0, "张三　0000-0000").unwrap();
    book.save(&path).unwrap();

    let taken = read(&path).unwrap();
    golden("table-xlsx", &told(&taken));
    let (.., warnings, _) = &taken;
    let of = |wanted: &Summed| warnings.iter().any(|warning| matches!(warning, Warning::Sum { of, .. } if of == wanted));
    assert!(of(&Summed::Area { code: "01".to_owned(), title: "组织领导坚强有力".to_owned() }), "{warnings:?}");
    pieces_are_told_by_their_form(taken);
}

/// The table names three 载体形式; a clerk needs more of them, and what is checked hangs on them.
fn pieces_are_told_by_their_form((catalogue, units, ..): (Catalogue, Units, Warnings, table::Columns)) {
    let names: Vec<&str> = catalogue.carrier_forms.values().map(String::as_str).collect();
    for issued in ["红头文件", "会议纪要", "照片"] {
        assert_eq!(names.iter().filter(|name| name.starts_with(issued)).count(), 1, "{names:?}");
    }
    assert!(names.iter().any(|name| name.starts_with("视频")), "{names:?}");
    let form = |name: &str| catalogue.carrier_forms.iter().find(|(_, called)| *called == name).unwrap().0.clone();
    let (red_head, photo) = (form("红头文件"), form("照片"));
    let leaf = catalogue.indicators().next().unwrap().code.clone();

    let story = Story::of(Creation { catalogue, units, ..creation() });
    story.receives(&[("通知.pdf", drawn::pdf(1, "a notice", 1)), ("走访.jpg", drawn::photo(800, 600, 72))]);
    let lacks = |name: &str, form: &str| {
        let piece = story.piece(name);
        story.desk().file(&[piece], &leaf).unwrap();
        story.desk().describe(piece, &Description { form: form.to_owned(), ..Description::default() }).unwrap();
        let found = story.desk().check().unwrap();
        found.iter().filter(|finding| finding.document == Some(piece)).map(|finding| finding.kind.clone()).collect::<Vec<_>>()
    };
    assert!(lacks("通知.pdf", &red_head).contains(&FindingKind::NoNumber));
    assert!(lacks("走访.jpg", &photo).contains(&FindingKind::NoCaption));
}

#[test]
fn a_word_document_whose_tables_go_on() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("任务分解表.docx");
    let labels = ["考评项目", "序号", "考评内容", "分值", "评分标准"];
    let mut first = vec![labels.map(|label| Drawn(label, 1, '^')).into_iter().collect::<Vec<_>>()];
    first[0].push(Drawn("责任分工", 2, '.'));
    first.push(labels.map(|label| Drawn(label, 1, '|')).into_iter().chain([Drawn("牵头", 1, '.'), Drawn("配合", 1, '.')]).collect());
    first.push(cells(["一、组织领导（3分）", "1", "列入年度计划", "1分", "缺一年扣0.5分", "区双拥办", "区财政局、区人社局"], '^'));
    first.push(cells(["", "2", "议军会议定期召开&amp;议题落实", "2", "", "区人武部", ""], '|'));
    let second = vec![
        cells(["", "", "并形成会议纪要", "", "", "", ""], '.'),
        vec![Drawn("二、宣传教育（1分）", 7, '.')],
        cells(["", "1", "国防教育进学校", "１．０分", "", "区教育局", ""], '.'),
    ];
    let mut body = String::from(
        "<w:p><w:r><w:t>附件1</w:t></w:r></w:p><w:p><w:r><w:t>创建双拥模范城任务</w:t></w:r><w:r><w:t>分解表</w:t></w:r></w:p>",
    );
    body += &table_xml(&first);
    body += "<w:p><w:r><w:t>（续表）</w:t></w:r></w:p>";
    body += &table_xml(&second);
    body += "<w:p><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:r><w:t>联系电话见通知。</w:t></w:r></w:p>";
    docx(&path, "text/main.xml", &body);

    golden("table-docx", &told(&read(&path).unwrap()));
}

fn cells(texts: [&'static str; 7], first: char) -> Vec<Drawn> {
    texts.into_iter().enumerate().map(|(at, text)| Drawn(text, 1, if at == 0 { first } else { '.' })).collect()
}

fn table_xml(rows: &[Vec<Drawn>]) -> String {
    let mut out = String::from("<w:tbl>");
    for row in rows {
        out += "<w:tr>";
        for Drawn(text, span, down) in row {
            let merge = match down {
                '^' => "<w:vMerge w:val=\"restart\"/>",
                '|' => "<w:vMerge/>",
                _ => "",
            };
            let text = if *down == '|' { "" } else { text };
            out += &format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        }
        out += "</w:tr>";
    }
    out + "</w:tbl>"
}

/// A document whose main part has a name of its own, as some programs write it.
pub(super) fn docx(path: &Path, part: &str, body: &str) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{part}\"/></Relationships>"
            ),
        ),
        (
            part,
            format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
            ),
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_clerk_corrects_a_column() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("表.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (label, text)) in [("序号", "1"), ("考评内容", "列入计划"), ("谁来办", "区双拥办、区财政局")].into_iter().enumerate()
    {
        sheet.write(0, column as u16, label).unwrap();
        sheet.write(1, column as u16, text).unwrap();
    }
    book.save(&path).unwrap();
    let grid = table::read(&path, &mut scans::Worker::new(worker())).unwrap();
    let mut columns = table::guess(&grid, TODAY);
    assert_eq!(columns.layouts[0].roles, [Role::Number, Role::Content, Role::Other]);
    let (kept, _) = table::catalogue(&grid, &columns).unwrap();
    assert_eq!(kept.areas[0].indicators[0].requirements, ["谁来办：区双拥办、区财政局"], "nothing is lost");
    columns.layouts[0].roles[2] = Role::Lead;
    let (corrected, _) = table::catalogue(&grid, &columns).unwrap();
    assert_eq!(corrected.areas[0].indicators[0].lead_units.len(), 2);
}

/// As notices write it; a period does not always begin in January.
#[test]
fn the_period_is_read_with_its_months_and_days() {
    let folder = tempfile::TempDir::new().unwrap();
    for (title, from, to, years) in [
        ("示例区任务分解表（2020—2023年）", date(2020, 1, 1), date(2023, 12, 31), 4),
        ("示例区2019年4月至2023年3月任务分解表", date(2019, 4, 1), date(2023, 3, 31), 5),
        ("示例区任务分解表（2019.04—2023.02）", date(2019, 4, 1), date(2023, 2, 28), 5),
        ("示例区2020年1月15日到2023年11月10日任务分解表", date(2020, 1, 15), date(2023, 11, 10), 4),
        ("示例区任务分解表（2020-2023）", date(2020, 1, 1), date(2023, 12, 31), 4),
    ] {
        let path = folder.path().join("任务分解表.xlsx");
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, title).unwrap();
        for (row, cells) in [["序号", "考评内容", "分值", "责任单位"], ["1", "双拥工作列入计划", "2", "区双拥办"]].iter().enumerate()
        {
            for (column, text) in cells.iter().enumerate() {
                sheet.write(row as u32 + 1, column as u16, *text).unwrap();
            }
        }
        book.save(&path).unwrap();
        let (.., columns) = read(&path).unwrap();
        let cycle = &columns.cycle;
        assert_eq!((cycle.period_from, cycle.period_to, cycle.years.len()), (from, to, years), "{title}");
        assert!(columns.period_stated, "{title}");
    }
}

#[test]
fn what_is_no_table_is_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let old =
        [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &"WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
    let locked =
        [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &"EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()]
            .concat();
    let empty = folder.path().join("没有表格.docx");
    docx(&empty, "word/document.xml", "<w:p><w:r><w:t>只有文字</w:t></w:r></w:p>");
    let deep = folder.path().join("很深.docx");
    docx(&deep, "word/document.xml", &("<w:tbl><w:tr><w:tc>".repeat(200) + &"</w:tc></w:tr></w:tbl>".repeat(200)));
    let mut huge = Workbook::new();
    let sheet = huge.add_worksheet();
    sheet.write(0, 0, "考评内容").unwrap();
    sheet.write(1_048_575, 16_383, "很远").unwrap();
    let far = folder.path().join("很大.xlsx");
    huge.save(&far).unwrap();
    let mut out = String::new();
    for path in [
        file("旧.doc", &old),
        file("密码.xlsx", &locked),
        file("图片.docx", b"\xFF\xD8\xFF\xE0"),
        file("坏.xlsx", b"PK\x03\x04 xl/workbook.xml and nothing more"),
        empty,
        deep,
        far,
        folder.path().join("不在.docx"),
    ] {
        let error = read(&path).unwrap_err();
        out += &format!("{}：{}\n", path.file_name().unwrap().to_string_lossy(), wording::catalogue::sentences(&error).join(" "));
    }
    golden("table-refused", &out);
}

#[test]
fn columns_that_were_not_recognised_are_named_by_the_clerk() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("分解表.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["甲", "乙", "丙", "丁", "戊"],
        ["一、组织领导（3分）", "1", "成立领导小组", "2", "示例办公室"],
        ["", "2", "经费列入预算", "2", "示例办公室"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    book.save(&path).unwrap();
    let grid = table::read(&path, &mut scans::Worker::new(worker())).unwrap();
    let mut columns = table::guess(&grid, TODAY);
    assert!(matches!(table::taken(&grid, &columns, Units::default()), Err(CatalogueError::Problems { .. })));
    columns.name_columns(&[Role::Area, Role::Number, Role::Content, Role::Score, Role::Lead]);
    let (catalogue, units, warnings) = table::taken(&grid, &columns, Units::default()).unwrap();
    let codes: Vec<_> = catalogue.indicators().map(|one| (one.code.0.as_str(), one.score.map(|score| score.to_string()))).collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert_eq!(units.units.len(), 1);
    // 3 as issued, 4 as added up: both are kept and said.
    let sum = warnings.iter().find(|warning| matches!(warning, Warning::Sum { of: Summed::Area { .. }, .. })).unwrap();
    let said = wording::catalogue::warning(sum);
    assert!(said.contains("3 分") && said.contains("4 分"), "{said}");
}
