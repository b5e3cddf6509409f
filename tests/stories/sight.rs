//! Nothing drops out of sight: what waits for a decision is told wherever figures stand.

use std::process::Command;

use dossier::compile::{Format, Package};
use dossier::desk::CandidateId;
use dossier::domain::{Finding, FindingKind, Severity};
use dossier::{Desk, Error, wording};
use huijuan_tests::story::code;
use huijuan_tests::{Story, drawn as files};
use scans::Watch;

use super::marks::options;

fn findings(desk: &Desk, wanted: fn(&FindingKind) -> bool) -> Vec<Finding> {
    desk.check().unwrap().iter().filter(|finding| wanted(&finding.kind)).cloned().collect()
}

fn pending(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::Pending { .. })
}

fn compiled(desk: &Desk, format: Format) -> Package {
    let package = desk.compile(&options(format), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    package
}

/// What the report of a package says to a person, as text and on paper.
fn reported(package: &Package) -> [String; 2] {
    let read = std::fs::read_to_string(package.report.with_extension("txt")).unwrap();
    let printed = Command::new("pdftotext").args(["-raw"]).arg(package.report.with_extension("pdf")).arg("-").output().unwrap();
    [read, String::from_utf8_lossy(&printed.stdout).replace('\n', "")]
}

/// Two files of which one is asked about, and one that is not; the file asked about.
fn waiting() -> (Story, CandidateId, tempfile::TempDir) {
    let story = Story::new();
    let asked = files::pdf(1, "北纬30°15′", 2);
    let (received, stick) = story.hands_in(&[("训练场.pdf", asked), ("年度计划.pdf", files::pdf(1, "2021 plan", 1))]);
    let asked = received.iter().find(|one| one.name == "训练场.pdf").unwrap().candidate;
    (story, asked, stick)
}

#[test]
fn a_file_that_waits_stays_in_sight_until_somebody_decides() {
    let (mut story, asked, _stick) = waiting();
    story.desk().file(&story.pieces(&["年度计划.pdf"]), &code("01-01")).unwrap();
    story.close();
    story.open().unwrap();
    let desk = story.desk();
    let batch = desk.batches().unwrap().remove(0);
    assert_eq!((batch.files, batch.pending), (2, 1));
    let found = findings(desk, pending);
    assert_eq!(found.iter().map(|finding| &finding.kind).collect::<Vec<_>>(), [&FindingKind::Pending { batch: batch.id, files: 1 }]);
    assert_eq!(found[0].severity, Severity::Warning);
    let dossier = desk.dossier().unwrap();
    let sentence = wording::finding::finding(&found[0], &dossier);
    assert!(sentence.contains("收集的一批里有1个文件待确认") && sentence.contains("请逐个决定"), "{sentence}");
    assert!(matches!(desk.set_aside(&found, "以后再说"), Err(Error::NotAJudgement)));

    let package = compiled(desk, Format::Pdf);
    assert!(package.remarks.iter().any(|said| said.contains("有 1 个文件待确认")), "{:?}", package.remarks);
    for said in reported(&package) {
        assert!(said.contains("有 1 个文件待确认，还没有收进项目"), "{said}");
    }

    // Seen at once, although no piece was written to.
    desk.decline_pending(asked).unwrap();
    assert_eq!((findings(desk, pending), desk.batches().unwrap()[0].pending), (vec![], 0));
    let after = compiled(desk, Format::Pdf);
    assert!(!reported(&after).concat().contains("待确认"));
}

#[test]
fn a_file_that_was_let_in_waits_no_more() {
    let (story, asked, _stick) = waiting();
    story.desk().confirm_pending(asked).unwrap();
    assert_eq!(findings(story.desk(), pending), []);
}
