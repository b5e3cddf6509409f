//! What a PDF has beside its pages: its 电子签名 is said to be void in the bound copy, its bookmarks go along.

use dossier::compile::{Format, Options, Package, verify};
use dossier::domain::Verdict;
use huijuan_tests::Story;
use huijuan_tests::drawn::pdf_with;
use huijuan_tests::story::{self, code};
use scans::{Mask, Watch};

fn compiled(story: &Story, format: Format) -> Package {
    let options = Options { format, ..story::options() };
    let package = story.desk().compile(&options, None, &Watch::silent()).unwrap();
    assert!(package.verification.ok && verify(&package.files[0]).unwrap().ok, "{:#?}", package.verification);
    package
}

const FORM: &str = "/AcroForm << /SigFlags 3 /Fields [4 0 R] >>";

#[test]
fn a_signature_is_said_to_be_void_in_the_bound_copy() {
    let signature = "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 10 20 10] /Contents <00> >>";
    // The kind is that of the field above; a field that nobody signed has no value.
    let signed = pdf_with(1, FORM, &["<< /FT /Sig /T (A) /Kids [5 0 R] >>", "<< /Parent 4 0 R /T (B) /V 6 0 R >>", signature]);
    let empty = pdf_with(1, FORM, &["<< /FT /Sig /T (A) >>", "% not signed"]);
    let looped = pdf_with(1, FORM, &["<< /T (A) /Kids [4 0 R 4 0 R] >>"]);
    let story = Story::new();
    let (received, _stick) = story.hands_in(&[("批复.pdf", signed), ("空白.pdf", empty), ("循环.pdf", looped)]);
    assert!(received.iter().all(|one| matches!(one.verdict, Verdict::Accepted { .. })), "{received:?}");
    let said: Vec<&str> = received.iter().filter(|one| one.reason.contains("电子签名")).map(|one| one.name.as_str()).collect();
    assert_eq!(said, ["批复.pdf"]);
    assert!(received[0].reason.contains("不再带有效签名") && received[0].reason.contains("原件照存"), "{}", received[0].reason);

    story.desk().file(&story.pieces(&["批复.pdf", "空白.pdf", "循环.pdf"]), &code("01-01")).unwrap();
    for format in [Format::Pdf, Format::Docx] {
        let package = compiled(&story, format);
        let told: Vec<&String> = package.remarks.iter().filter(|remark| remark.contains("电子签名")).collect();
        assert!(matches!(told[..], [one] if one.contains("01-01-001") && one.contains("不再带有效签名")), "{format:?}: {told:?}");
        let report = std::fs::read_to_string(package.report.with_extension("txt")).unwrap();
        assert!(report.contains(told[0].as_str()), "{report}");
    }
}

/// Depth and title of each bookmark, with the folio of the sheet it leads to.
fn bookmarks(package: &Package) -> Vec<(usize, String, String)> {
    let found = paper::pdf::reopen(&package.files[0], &Default::default()).unwrap();
    found.outline.iter().map(|mark| (mark.depth, mark.title.clone(), found.pages[mark.page.unwrap()].label.clone())).collect()
}

#[test]
fn bookmarks_of_a_scan_go_along_with_the_pages_that_are_printed() {
    // 正文, in it 一、概况 by name and 二、安排 by an action; then 附件, whose next is the first again; one leads out of the file.
    let pdf = pdf_with(
        4,
        "/Outlines 7 0 R /Names << /Dests << /Kids [12 0 R] >> >>",
        &[
            "<< /Type /Outlines /First 8 0 R /Last 11 0 R /Count 2 >>",
            "<< /Title <FEFF6B636587> /Parent 7 0 R /Dest [3 0 R /Fit] /First 9 0 R /Last 10 0 R /Next 11 0 R >>",
            "<< /Title <FEFF4E00300169820020000A51B5> /Parent 8 0 R /Dest (one) /Next 10 0 R >>",
            "<< /Title <B6FEA1A2B0B2C5C5> /Parent 8 0 R /A << /S /GoTo /D [5 0 R /XYZ null null null] >> /Next 13 0 R >>",
            "<< /Title <FEFF96444EF6> /Parent 7 0 R /Dest [6 0 R /Fit] /Next 8 0 R /First 11 0 R >>",
            "<< /Names [(one) << /D [4 0 R /Fit] >>] >>",
            "<< /Title (elsewhere) /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >> >>",
        ],
    );
    let story = Story::new();
    story.receives(&[("方案.pdf", pdf)]);
    let (desk, piece) = (story.desk(), story.piece("方案.pdf"));
    desk.file(&[piece], &code("01-01")).unwrap();
    let below = |package: &Package| {
        let all = bookmarks(package);
        let at = all.iter().position(|(_, title, _)| title.starts_with("01-01-001")).unwrap();
        let own = all[at].0;
        let first: usize = all[at].2.parse().unwrap();
        let below = all[at + 1..].iter().take_while(|(depth, ..)| *depth > own);
        below.map(|(depth, title, folio)| (depth - own, title.clone(), folio.parse::<usize>().unwrap() - first)).collect::<Vec<_>>()
    };
    let told = |list: &[(usize, &str, usize)]| list.iter().map(|(depth, title, at)| (*depth, (*title).to_owned(), *at)).collect::<Vec<_>>();
    let package = compiled(&story, Format::Pdf);
    assert_eq!(below(&package), told(&[(1, "正文", 0), (2, "一、概 况", 1), (2, "二、安排", 2), (1, "附件", 3)]));
    // What is not printed, and what is covered, is not told either.
    desk.leave_out(piece, 0, true).unwrap();
    desk.add_mask(piece, 2, Mask { x0: 1_000, y0: 1_000, x1: 4_000, y1: 1_500 }).unwrap();
    assert_eq!(below(&compiled(&story, Format::Pdf)), told(&[(1, "一、概 况", 0), (1, "附件", 2)]));
}
