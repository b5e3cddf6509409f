//! What a PDF has beside its pages: its 电子签名 is said to be void in the bound copy, its bookmarks go along.

use dossier::compile::{BoxSize, Format, Options, Package, PhotoPages, Volumes, verify};
use dossier::domain::Verdict;
use huijuan_tests::Story;
use huijuan_tests::drawn::pdf_with;
use huijuan_tests::story::code;
use jiff::civil::date;
use scans::{Mask, Watch};

fn compiled(story: &Story, format: Format) -> Package {
    let options = Options {
        format,
        volumes: Volumes::One,
        boxes: BoxSize::default(),
        duplex: true,
        photos: PhotoPages::One,
        letters: true,
        made_on: date(2023, 4, 18),
    };
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

