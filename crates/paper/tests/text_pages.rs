//! Text pages as they are drawn: judged by poppler.
#![expect(clippy::unwrap_used, reason = "helpers of a test end it where the system fails")]

use paper::font::{Face, Faces, Fonts, locate};
use paper::layout::{Placed, PlacedRun, deal, place};
use paper::manuscript::{Align, Anchor, Block, Body, Cell, Folio, Look, PageSetup, Sheet, Table, WriteError};
use paper::pdf::text::{BATCH, draw};
use std::path::{Path, PathBuf};
use std::process::Command;

fn fonts() -> Fonts {
    Fonts::load(&locate().expect("the fonts lie in the working tree"), Faces::Bundled).expect("they can be read")
}

fn paragraph(look: Look, text: &str) -> Block {
    Block::Paragraph { look, text: text.to_owned() }
}

fn cell(text: &str) -> Cell {
    Cell::new(text, Align::Centre)
}

fn label(text: &str) -> Cell {
    cell(text).strong()
}

fn left(text: &str) -> Cell {
    Cell::new(text, Align::Left)
}

/// Every kind of page, with its title.
fn samples() -> Vec<(&'static str, Vec<Block>)> {
    let cover = vec![
        Block::Space(55.0),
        paragraph(Look::CoverTitle, "示例区创建全国双拥模范城\n申报材料"),
        Block::Space(12.0),
        paragraph(Look::CoverLine, "（2020—2023 年度）"),
        Block::Space(80.0),
        paragraph(Look::CoverLine, "示例区双拥工作领导小组办公室"),
        paragraph(Look::CoverLine, "二〇二三年四月十八日"),
    ];
    let notes = vec![
        paragraph(Look::Title, "编 制 说 明"),
        paragraph(
            Look::Body,
            "根据《示例市双拥模范城（县）考评办法（试行）》（示双拥〔2021〕3号）要求，区双拥工作领导小组办公室组织 71 个责任单位，\
             对 2020 年 1 月至 2023 年 3 月的佐证材料进行了收集、整理和核查，现汇编成册——共 10 个方面、78 项指标。",
        ),
        paragraph(Look::Heading, "一、编排次序"),
        paragraph(
            Look::Body,
            "材料按考评目录的方面、指标次序编排，每项指标依次为指标页、卷内目录和佐证材料；同一件材料佐证多项指标的，\
             在首次出现处全文印出，其余各处以“互见”注明所在页码。",
        ),
        paragraph(Look::Heading, "二、页码"),
        paragraph(Look::Body, &"正文页码自“1”起连续编排，跨盒不断；目录等前置部分另以罗马数字编页。".repeat(9)),
    ];
    let mut contents = vec![paragraph(Look::Title, "总 目 录")];
    for area in 1..=4 {
        let line = |level, text: String, folio| Block::Contents {
            level,
            text,
            folio: Folio::Body(folio),
            target: Some(Anchor(format!("a{folio}"))),
        };
        contents.push(line(0, format!("第{}方面  组织领导坚强有力", ["一", "二", "三", "四"][area - 1]), area as u32 * 100));
        for item in 1..=5 {
            let text = if item == 3 {
                "双拥工作领导小组及其办公室机构健全，党政军主要领导担任领导，成员单位职责明确，每年召开全体会议不少于两次".to_owned()
            } else {
                "领导小组机构健全、制度完善".to_owned()
            };
            contents.push(line(1, format!("0{area}-0{item}  {text}"), area as u32 * 100 + item * 7));
        }
    }
    let divider = vec![
        Block::Space(70.0),
        paragraph(Look::AreaTitle, "第一方面\n组织领导坚强有力"),
        paragraph(Look::CoverLine, "指标 01-01 至 01-08"),
    ];
    let form = Table::new(vec![0.18, 0.32, 0.18, 0.32], Vec::new()).rows(vec![
        vec![label("指标编号"), cell("01-03"), label("分值"), cell("2.5")],
        vec![label("考评内容"), left("双拥工作领导小组及其办公室机构健全，党政军主要领导担任领导，成员单位职责明确。").span(3)],
        vec![
            label("评分标准"),
            left("机构健全得 1 分；每年召开会议不少于 2 次得 1 分；会议有纪要得 0.5 分。缺一项扣 0.25 分，扣完为止。").span(3),
        ],
        vec![label("责任单位"), left("牵头：区退役军人事务局\n配合：区委组织部、区人武部、驻区部队甲").span(3)],
        vec![label("载体形式"), cell("文件、照片"), label("自评分"), cell("2.25")],
        vec![label("自评说明"), left(&"已调整充实领导小组，印发职责分工文件，会议均有纪要。".repeat(6)).span(3)],
        vec![label("年度覆盖"), left("2020 齐　2021 齐　2022 齐　2023 未到期").span(3)],
    ]);
    let indicator = vec![
        paragraph(Look::IndicatorTitle, "01-03  领导小组机构健全、制度完善"),
        Block::Table(form),
        paragraph(Look::Note, "注：自评分以 0.25 分为一档。"),
    ];
    let head = ["序号", "件号", "责任者", "文号", "题名", "日期", "载体形式", "页数", "起页", "备注"].map(label).to_vec();
    let mut pieces = Table::new(vec![0.05, 0.125, 0.14, 0.13, 0.195, 0.13, 0.06, 0.05, 0.06, 0.06], head).dense();
    for number in 1..=40 {
        pieces.rows.push(vec![
            cell(&number.to_string()),
            cell(&format!("01-03-{number:03}")),
            cell("区双拥工作领导小组"),
            cell(&format!("示双拥〔2021〕{number}号")),
            left("关于调整示例区双拥工作领导小组成员的通知"),
            cell("20210315"),
            cell("文件"),
            cell("4"),
            cell(&(200 + number * 4).to_string()).link(Anchor("a1".into())),
            cell(if number % 7 == 0 { "互见 02-01" } else { "" }),
        ]);
    }
    let inventory = vec![paragraph(Look::Title, "卷 内 目 录"), Block::Table(pieces)];
    let mut scores = Table::new(vec![0.12, 0.46, 0.14, 0.14, 0.14], ["编号", "方面", "分值", "自评分", "盒号"].map(label).to_vec());
    for number in 1..=10 {
        scores.rows.push(vec![cell(&format!("{number:02}")), left("组织领导坚强有力"), cell("10"), cell("9.75"), cell("1—3")]);
    }
    scores.rows.push(vec![label("合计").span(2), label("100"), label("97.5"), cell("")]);
    let summary = vec![paragraph(Look::Title, "自评得分汇总表"), Block::Table(scores), paragraph(Look::Note, "单位：分")];
    vec![
        ("申报材料", cover),
        ("编 制 说 明", notes),
        ("总 目 录", contents),
        ("组织领导坚强有力", divider),
        ("自评说明", indicator),
        ("卷 内 目 录", inventory),
        ("自评得分汇总表", summary),
    ]
}

fn sheets() -> Vec<(&'static str, Sheet)> {
    let setup = PageSetup::default();
    let mut sheets = Vec::new();
    for (index, (title, blocks)) in samples().into_iter().enumerate() {
        for (page, blocks) in deal(&blocks, &setup).into_iter().enumerate() {
            let folio = match index {
                0 => Folio::None,
                1 | 2 => Folio::Front(sheets.len() as u32),
                _ => Folio::Body(sheets.len() as u32 + 8),
            };
            let header = if index < 4 { String::new() } else { "01-03  领导小组机构健全、制度完善".to_owned() };
            let title = if page == 0 { title } else { "" };
            sheets.push((title, Sheet { folio, header, anchors: Vec::new(), section: 0, body: Body::Text(blocks) }));
        }
    }
    sheets
}

fn poppler(tool: &str, arguments: &[&str], pdf: &Path) -> String {
    let output = Command::new(tool).args(arguments).arg(pdf).arg(if tool == "pdftotext" { "-" } else { "" }).output();
    let output = if tool == "pdftotext" { output } else { Command::new(tool).args(arguments).arg(pdf).output() }
        .expect("poppler-utils is installed");
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("poppler writes UTF-8")
}

fn written(dir: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join("text.pdf");
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn every_kind_of_page_is_drawn_and_readable() {
    let (fonts, setup) = (fonts(), PageSetup::default());
    let sheets = sheets();
    let placed: Vec<(usize, Placed)> = sheets.iter().enumerate().map(|(index, (_, sheet))| (index, place(sheet, &setup, &fonts))).collect();
    let bytes = draw(&placed, &setup, &fonts).unwrap();
    if let Some(keep) = std::env::var_os("HUIJUAN_KEEP") {
        std::fs::write(Path::new(&keep).join("text.pdf"), &bytes).unwrap();
    }
    // printpdf makes up an /ID; everything before it is the same again.
    let before_trailer = |bytes: &[u8]| bytes[..bytes.windows(8).rposition(|word| word == b"\ntrailer").unwrap()].to_vec();
    assert_eq!(before_trailer(&bytes), before_trailer(&draw(&placed, &setup, &fonts).unwrap()));
    let dir = tempfile::tempdir().unwrap();
    let pdf = written(&dir, &bytes);
    for (page, (title, sheet)) in sheets.iter().enumerate() {
        let number = (page + 1).to_string();
        let text = poppler("pdftotext", &["-layout", "-f", &number, "-l", &number], &pdf);
        let (bare, wanted) = (text.replace([' ', '\n'], ""), title.replace(' ', ""));
        assert!(bare.contains(&wanted), "page {number}: {title} not in\n{text}");
        assert!(bare.contains(&sheet.folio.printed().replace(' ', "")), "page {number}: {text}");
    }
    let embedded = poppler("pdffonts", &[], &pdf);
    for line in embedded.lines().skip(2) {
        // emb, sub, uni
        assert!(line.contains("yes yes yes"), "{embedded}");
    }
    // Two lines of a head; four faces of text, and that of folios.
    assert_eq!(embedded.lines().count(), 2 + 5, "{embedded}");
    // Nothing stands outside 版心 but head and folio, and nothing outside the paper.
    for (page, placed) in &placed {
        for run in &placed.runs {
            let right = run.x_mm + fonts.width(run.face, &run.text) * run.size_pt * 25.4 / 72.0;
            assert!(run.x_mm >= 25.9 && right <= 184.3, "sheet {page}: {run:?} ends at {right} mm");
            assert!(run.y_mm > 20.0 && run.y_mm < 290.0, "sheet {page}: {run:?}");
        }
    }
}

#[test]
fn a_character_no_font_has_is_named() {
    let fonts = fonts();
    assert_eq!(fonts.missing("双拥\u{200b}\u{e000}办\u{e000}\u{10fffd}"), "\u{e000}\u{10fffd}");
    let run = PlacedRun { x_mm: 30.0, y_mm: 200.0, size_pt: 16.0, spacing_pt: 0.0, face: Face::Fang, text: "双\u{e000}".to_owned() };
    let placed = Placed { runs: vec![run], ..Placed::default() };
    match draw(&[(0, placed)], &PageSetup::default(), &fonts) {
        Err(WriteError::NoGlyph { characters }) => assert_eq!(characters, "\u{e000}"),
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    }
}

#[test]
fn a_rare_character_is_drawn_by_another_font() {
    let fonts = fonts();
    // 堃 is in GBK but not in GB2312, to which the title font is cut.
    assert_eq!(fonts.runs(Face::Song, "王堃甲"), [(Face::Song, 0..3), (Face::Hei, 3..6), (Face::Song, 6..9)]);
}

#[test]
fn fonts_that_are_missing_are_named() {
    let empty = tempfile::tempdir().unwrap();
    match Fonts::load(empty.path(), Faces::Bundled) {
        Err(WriteError::Fonts { detail, .. }) => assert!(detail.contains("NotoSansSC-Regular.ttf"), "{detail}"),
        other => panic!("{other:?}"),
    }
    // Installed faces are a wish: what the computer lacks comes from the bundle.
    let fonts = Fonts::load(&locate().unwrap(), Faces::Installed).unwrap();
    assert_eq!(fonts.missing("双拥工作ABC，—…〔2021〕①★"), "");
}

#[test]
fn a_line_fits_wherever_it_was_planned() {
    // The widths that pages are dealt by are never less than those of the fonts.
    let fonts = fonts();
    for face in Face::ALL {
        for character in ('!'..='~').chain("双，（“—…·①〔★℃々".chars()) {
            let planned = paper::layout::lines::Widths::width(&paper::layout::lines::Conservative, None, character);
            let real = fonts.advance(face, character);
            assert!(real <= planned + 0.001, "{character} {face:?}: {real} > {planned}");
        }
    }
}

#[test]
fn a_title_of_two_lines_is_even() {
    let title = paragraph(Look::Title, "示例区双拥工作领导小组成员单位二〇二〇年履职情况");
    let sheet = Sheet { folio: Folio::None, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(vec![title]) };
    let placed = place(&sheet, &PageSetup::default(), &fonts());
    assert_eq!(
        placed.runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(),
        ["示例区双拥工作领导小组成", "员单位二〇二〇年履职情况"]
    );
}

#[test]
fn folios_stand_at_the_outer_edge() {
    let (fonts, setup) = (fonts(), PageSetup::default());
    let at = |folio, setup: &PageSetup| paper::layout::place::folio(folio, setup, &fonts)[0].x_mm;
    // One character of 4 号 (4.94 mm) in from the edge of 版心, which lies at 26 mm on left-hand sides.
    assert!((at(Folio::Body(12), &setup) - 30.94).abs() < 0.01);
    assert!(at(Folio::Body(13), &setup) > 150.0);
    assert!(at(Folio::Front(2), &setup) < 40.0);
    assert!(at(Folio::Body(12), &PageSetup { duplex: false, ..setup }) > 150.0);
    assert!(paper::layout::place::folio(Folio::None, &setup, &fonts).is_empty());
}

/// Prints time and size of a longer package; run by hand with `--ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measure_two_hundred_pages() {
    let (fonts, setup) = (fonts(), PageSetup::default());
    let blocks: Vec<Block> = (0..40).flat_map(|_| samples().into_iter().skip(4).flat_map(|(_, blocks)| blocks)).collect();
    let start = std::time::Instant::now();
    let pages = deal(&blocks, &setup);
    println!("deal: {} pages in {:?}", pages.len(), start.elapsed());
    let start = std::time::Instant::now();
    let sheet = |(index, blocks)| {
        let sheet =
            Sheet { folio: Folio::Body(index as u32 + 1), header: "01-03".into(), anchors: vec![], section: 0, body: Body::Text(blocks) };
        (index, place(&sheet, &setup, &fonts))
    };
    let placed: Vec<(usize, Placed)> = pages.into_iter().take(200).enumerate().map(sheet).collect();
    println!("place: {} pages in {:?}", placed.len(), start.elapsed());
    for batch in placed.chunks(BATCH) {
        let start = std::time::Instant::now();
        let bytes = draw(batch, &setup, &fonts).unwrap();
        println!("draw: {} pages, {} bytes in {:?}", batch.len(), bytes.len(), start.elapsed());
    }
    println!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap_or_default()
            .lines()
            .filter(|line| line.starts_with("VmHWM"))
            .collect::<String>()
    );
}
