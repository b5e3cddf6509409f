//! Packages as PDF, judged by readers that did not write them: qpdf, poppler, and our own re-opening.

mod pdf_fixtures;

use std::process::Command;

use paper::manuscript::{Align, Anchor, Block, Body, Bookmark, Cell, Folio, Look, RemarkKind, Table, WriteError};
use paper::pdf;
use pdf_fixtures::{Bench, Seen, jpeg, jpeg_oriented, png, source, tiff_g4};
use scans::{Digest, Watch};

/// A package with every kind of sheet: cover, contents, and evidence of four kinds.
fn package(bench: &mut Bench) -> Digest {
    let photo = bench.keep(&jpeg(90, 120));
    let screenshot = bench.keep(&png(60, 80, png::ColorType::Rgb, png::BitDepth::Eight));
    let fax = bench.keep(&tiff_g4());
    let paper = bench.keep(&source(&[source::plain(), source::rotated(90)]));
    bench.text("", Folio::None, &["cover"], vec![Block::Paragraph { look: Look::CoverTitle, text: "示例双拥工作申报材料".into() }]);
    let line =
        |text: &str, folio, anchor: &str| Block::Contents { level: 1, text: text.into(), folio, target: Some(Anchor(anchor.into())) };
    let cell = |text: &str, anchor: &str| Cell::new(text, Align::Right).link(Anchor(anchor.into()));
    let table = Table {
        widths: vec![0.7, 0.3],
        head: vec![],
        rows: vec![vec![Cell::new("01-03", Align::Left), cell("4", "p4")]],
        continued: false,
        dense: false,
    };
    bench.text(
        "总目录",
        Folio::Front(1),
        &["contents"],
        vec![line("组织领导", Folio::Body(1), "p1"), line("领导小组", Folio::Body(3), "p3"), Block::Table(table)],
    );
    for (index, (digest, page)) in [(photo, 0), (screenshot, 0), (fax, 0), (paper, 0), (paper, 1), (photo, 0)].into_iter().enumerate() {
        bench.scan(digest, page, 0, &format!("01-03-00{}  关于成立领导小组的通知（1/4）", index + 1));
        let sheet = bench.manuscript.sheets.last_mut().expect("just added");
        sheet.anchors = vec![Anchor(format!("p{}", index + 1))];
    }
    let mark = |title: &str, sheet, children| Bookmark { title: title.into(), sheet, children };
    bench.manuscript.outline = vec![
        mark("封面", 0, vec![]),
        mark("一 组织领导", 2, vec![mark("01-03 领导小组", 2, vec![mark("01-03-001 通知", 2, vec![]), mark("01-03-004", 5, vec![])])]),
    ];
    photo
}

#[test]
fn the_package_agrees_with_itself() {
    let mut bench = Bench::new();
    let photo = package(&mut bench);
    let (path, receipt) = bench.write();
    assert_eq!(receipt.sheets, 8);
    assert_eq!(receipt.bytes, std::fs::metadata(&path).unwrap().len());
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);

    let found = pdf::reopen(&path, &pdf::Bars::new()).unwrap();
    let labels: Vec<&str> = found.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(labels, ["", "i", "1", "2", "3", "4", "5", "6"]);
    for (page, sheet) in found.pages.iter().zip(&bench.manuscript.sheets) {
        assert_eq!(page.foot, sheet.folio.printed());
        match &sheet.body {
            Body::Text(_) => assert_eq!(page.head, sheet.header),
            Body::Photos(_) => unreachable!("no photos were laid"),
            Body::Scan(scan) => {
                assert_eq!(page.head, pdf::printed(&scan.caption));
                assert_eq!(page.scans, [(scan.digest, scan.page)]);
            }
        }
    }
    assert_eq!((found.pages[2].jpeg, found.pages[7].jpeg), (Some(photo), Some(photo)));
    let outline: Vec<(usize, &str, Option<usize>)> =
        found.outline.iter().map(|mark| (mark.depth, mark.title.as_str(), mark.page)).collect();
    let expected = [(0, "封面", 0), (0, "一 组织领导", 2), (1, "01-03 领导小组", 2), (2, "01-03-001 通知", 2), (2, "01-03-004", 5)];
    assert_eq!(outline, expected.map(|(depth, title, page)| (depth, title, Some(page))));
    let from_contents: Vec<Option<usize>> = found.links.iter().filter(|link| link.page == 1).map(|link| link.target).collect();
    assert_eq!(from_contents, [Some(2), Some(4), Some(5)]);
    assert!(found.links.iter().filter(|link| link.page > 1).all(|link| link.target == Some(1)), "the way back: {:?}", found.links);
    assert!(!found.fonts.is_empty() && found.fonts.iter().all(|font| font.embedded), "{:?}", found.fonts);
    assert!(!found.scripts && !found.launches && !found.attachments);
    assert_eq!(found.title, bench.manuscript.title);

    // The same by qpdf.
    let json = Command::new("qpdf").args(["--json", "--json-key=pagelabels", "--json-key=outlines"]).arg(&path).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["outlines"][1]["kids"][0]["kids"][1]["destpageposfrom1"], 6);
    assert_eq!(json["outlines"][1]["open"], true);
    assert_eq!(json["outlines"][1]["kids"][0]["open"], false);
    assert_eq!(json["pagelabels"][2]["index"], 2);
    let text = Command::new("pdftotext").arg(&path).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap().replace(' ', "");
    assert!(text.contains("—6—") && text.contains("示例双拥工作申报材料") && text.contains("关于成立领导小组的通知（1/4）"), "{text}");
}

#[test]
fn the_same_manuscript_gives_the_same_bytes_and_equal_scans_lie_there_once() {
    let mut bench = Bench::new();
    package(&mut bench);
    let (first, _) = bench.write();
    let first = std::fs::read(first).unwrap();
    let (second, _) = bench.write();
    assert!(first == std::fs::read(second).unwrap());
    let jpegs = first.windows(10).filter(|bytes| bytes == b"/DCTDecode").count();
    assert_eq!(jpegs, 1);
}

#[test]
fn every_kind_is_shown_upright_and_in_its_colours() {
    use png::{BitDepth, ColorType};
    let mut bench = Bench::new();
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for orientation in 1..=8 {
        cases.push((format!("EXIF {orientation}"), jpeg_oriented(60, 90, orientation)));
    }
    let depths = [BitDepth::Eight, BitDepth::Sixteen];
    for depth in depths {
        for colour in [ColorType::Rgb, ColorType::Rgba] {
            cases.push((format!("PNG {colour:?} {depth:?}"), png(60, 80, colour, depth)));
        }
    }
    for depth in [BitDepth::Two, BitDepth::Four, BitDepth::Eight] {
        cases.push((format!("PNG palette {depth:?}"), png(60, 80, ColorType::Indexed, depth)));
    }
    cases.push(("PDF".into(), source(&[source::plain()])));
    for turn in [90, 180, 270] {
        cases.push((format!("PDF /Rotate {turn}"), source(&[source::rotated(turn)])));
    }
    cases.push(("PDF cropped".into(), source(&[source::cropped()])));
    cases.push(("PDF with unbalanced q and its content in parts".into(), source(&[source::unbalanced()])));
    cases.push(("PDF with the look of a stamp".into(), source(&[source::stamped()])));
    let plain = source(&[source::plain()]);
    cases.push(("PDF with object streams".into(), bench.qpdf(&plain, &["--object-streams=generate"])));
    cases.push(("PDF restricted by AES".into(), bench.qpdf(&plain, &["--encrypt", "", "owner", "256", "--"])));
    cases.push(("PDF restricted by RC4".into(), bench.qpdf(&plain, &["--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"])));
    let path = bench.each_passed(&cases);
    for (index, (name, _)) in cases.iter().enumerate() {
        let seen = bench.seen(&path, index + 1);
        assert_eq!(seen.quarters(), Some(Seen::UPRIGHT), "{name}");
    }
}

#[test]
fn a_page_is_turned_as_the_clerk_says() {
    let mut bench = Bench::new();
    let digest = bench.keep(&jpeg_oriented(60, 60, 6));
    let turns = [(90, ['b', 'r', 'y', 'g']), (180, ['y', 'b', 'g', 'r']), (270, ['g', 'y', 'r', 'b'])];
    for (turn, _) in turns {
        bench.scan(digest, 0, turn, "转");
    }
    let (path, _) = bench.write();
    for (index, (turn, expected)) in turns.into_iter().enumerate() {
        assert_eq!(bench.seen(&path, index + 1).quarters(), Some(expected), "{turn}");
    }
}

#[test]
fn a_fax_is_stitched_without_a_seam() {
    let mut bench = Bench::new();
    let digest = bench.keep(&tiff_g4());
    bench.scan(digest, 0, 0, "");
    let (path, receipt) = bench.write();
    assert_eq!(receipt.remarks, vec![]);
    bench.sound(&path);
    let out = bench.dir.path().join("fax");
    assert!(Command::new("pdfimages").arg("-png").arg(&path).arg(&out).status().unwrap().success());
    let (width, height, pixels) = pdf_fixtures::read_png(&std::fs::read(bench.dir.path().join("fax-000.png")).unwrap());
    let expected = pdf_fixtures::fax_pixels();
    assert_eq!((width, height), (pdf_fixtures::FAX_WIDTH, expected.len() / pdf_fixtures::FAX_WIDTH));
    assert!(pixels == expected);
}

#[test]
fn a_landscape_table_has_its_head_at_the_binding_edge() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source(&[source::landscape(800, 500)]));
    bench.scan(digest, 0, 0, "右面");
    bench.scan(digest, 0, 0, "左面");
    let (path, _) = bench.write();
    // Upright it reads red, green above blue, yellow.
    assert_eq!(bench.seen(&path, 1).quarters(), Some(['g', 'y', 'r', 'b']));
    assert_eq!(bench.seen(&path, 2).quarters(), Some(['b', 'r', 'y', 'g']));
}

#[test]
fn a_page_that_is_damaged_is_drawn_and_said_so() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source(&[source::plain(), source::damaged()]));
    bench.scan(digest, 0, 0, "好");
    bench.scan(digest, 1, 0, "坏");
    let (path, receipt) = bench.write();
    let remarks: Vec<(usize, RemarkKind)> = receipt.remarks.iter().map(|remark| (remark.sheet, remark.kind)).collect();
    assert_eq!(remarks, [(1, RemarkKind::Drawn)]);
    bench.sound(&path);
}

#[test]
fn what_acts_by_itself_stays_out_and_addresses_stay_in() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source::active());
    bench.scan(digest, 0, 0, "带脚本");
    let (path, receipt) = bench.write();
    assert!(!receipt.remarks.is_empty() && receipt.remarks.iter().all(|remark| remark.kind == RemarkKind::ActiveContentDropped));
    bench.sound(&path);
    let found = pdf::reopen(&path, &pdf::Bars::new()).unwrap();
    assert!(!found.scripts && !found.launches && !found.attachments);
    let plain = Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(&path).arg("-").output().unwrap();
    let has = |word: &[u8]| plain.stdout.windows(word.len()).any(|window| window == word);
    assert!(!has(b"JavaScript") && !has(b"Launch") && !has(b"EmbeddedFile") && !has(b"secret of the attachment"));
    assert!(has(b"/URI"));
}

#[test]
fn what_brings_no_look_of_its_own_is_named_where_it_would_be_seen() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source::source(&[source::lookless()]));
    bench.scan(digest, 0, 0, "表单");
    let (path, receipt) = bench.write();
    let remarks: Vec<(RemarkKind, &str)> = receipt.remarks.iter().map(|remark| (remark.kind, remark.detail.as_str())).collect();
    assert_eq!(remarks, [(RemarkKind::LookMissing, "3 annotations")]);
    bench.sound(&path);
}

#[test]
fn a_filled_field_with_the_look_of_an_empty_one_is_named_where_readers_draw_it_anew() {
    for (redrawn, expected) in [(true, vec![(RemarkKind::LookMissing, "1 annotations")]), (false, vec![])] {
        let mut bench = Bench::new();
        let digest = bench.keep(&source::filled_form(redrawn));
        bench.scan(digest, 0, 0, "申报表");
        let (path, receipt) = bench.write();
        let remarks: Vec<(RemarkKind, &str)> = receipt.remarks.iter().map(|remark| (remark.kind, remark.detail.as_str())).collect();
        assert_eq!(remarks, expected);
        bench.sound(&path);
    }
}

#[test]
fn a_font_that_was_not_handed_in_is_named_and_stops_nothing() {
    let mut bench = Bench::new();
    let digest = bench.keep(&source::source(&[source::lettered()]));
    bench.scan(digest, 0, 0, "字体未嵌入");
    let (path, receipt) = bench.write();
    let remarks: Vec<(RemarkKind, &str)> = receipt.remarks.iter().map(|remark| (remark.kind, remark.detail.as_str())).collect();
    assert_eq!(remarks, [(RemarkKind::FontNotEmbedded, "Helvetica")]);
    bench.sound(&path);
    let found = pdf::reopen(&path, &pdf::Bars::new()).unwrap();
    assert!(found.fonts.iter().all(|font| font.embedded), "{:?}", found.fonts);
}

/// Readers that do not know a width of 5 bytes search the whole file for objects: 200 times slower, with all of it in memory.
#[test]
fn the_places_of_objects_are_as_wide_as_every_reader_knows() {
    let mut bench = Bench::new();
    package(&mut bench);
    let (path, _) = bench.write();
    let bytes = std::fs::read(path).unwrap();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(has(b"/W[1 4 2]"));
}

#[test]
fn stopping_leaves_nothing() {
    let mut bench = Bench::new();
    package(&mut bench);
    let stop = std::sync::Arc::new(std::sync::OnceLock::<Watch>::new());
    let inner = std::sync::Arc::clone(&stop);
    let watch = Watch::new(move |progress| {
        if progress.done == 4 {
            inner.get().expect("set below").cancel();
        }
    });
    stop.set(watch.clone()).ok().expect("set once");
    let out = bench.dir.path().join("stopped.part");
    let result = pdf::write(&bench.manuscript, &bench.shelf(), &bench.fonts, &out, &watch);
    assert!(matches!(result, Err(WriteError::Cancelled(_))), "{result:?}");
    assert!(!out.exists());
}

#[test]
fn a_scan_that_is_gone_is_named_and_nothing_is_left() {
    let mut bench = Bench::new();
    bench.scan(Digest::of(b"never kept"), 2, 0, "缺");
    let out = bench.dir.path().join("failed.part");
    match pdf::write(&bench.manuscript, &bench.shelf(), &bench.fonts, &out, &Watch::silent()) {
        Err(WriteError::Scan { name, page, .. }) => assert_eq!((name.as_str(), page), ("缺.jpg", 3)),
        other => panic!("{other:?}"),
    }
    assert!(!out.exists());
}
