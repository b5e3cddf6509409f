//! Nothing drops out of sight: what waits for a decision, and what must not leave the house, is told wherever figures stand.

use std::process::Command;

use dossier::compile::package::CompileError;
use dossier::compile::plan::Why;
use dossier::compile::{Format, Package};
use dossier::desk::CandidateId;
use dossier::domain::{Finding, FindingKind, Severity, YearState};
use dossier::{Desk, Error, wording};
use huijuan_tests::story::{code, models};
use huijuan_tests::{Story, drawn as files};
use scans::{Framing, Mask, Watch};

use super::marks::options;
use super::reading::pages;

fn findings(desk: &Desk, wanted: fn(&FindingKind) -> bool) -> Vec<Finding> {
    desk.check().unwrap().iter().filter(|finding| wanted(&finding.kind)).cloned().collect()
}

fn pending(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::Pending { .. })
}

fn classified(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::ClassifiedRead { .. })
}

fn unproven(kind: &FindingKind) -> bool {
    *kind == FindingKind::VetoUnproven
}

fn compiled(desk: &Desk, format: Format) -> Package {
    let package = desk.compile(&options(format), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    package
}

/// What the report of a package says to a person, as text and on paper, without the spaces.
fn reported(package: &Package) -> [String; 2] {
    let read = std::fs::read_to_string(package.report.with_extension("txt")).unwrap();
    let printed = Command::new("pdftotext").arg("-raw").arg(package.report.with_extension("pdf")).arg("-").output().unwrap();
    [read, String::from_utf8_lossy(&printed.stdout).into_owned()].map(|text| text.split_whitespace().collect())
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
        assert!(said.contains("有1个文件待确认，还没有收进项目"), "{said}");
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

/// 研判记录.pdf, the only proof of the veto item, of which the second page bears a mark that only reading finds, and 计划.pdf; both
/// filed.
fn marked() -> Story {
    let story = Story::with(|around| around.models = Some(models()));
    let scan = pages(&[&["示例街道01研判记录", "出席情况另附"], &["机密★10年", "示例演练方案"], &["第三页的内容"]]);
    story.receives(&[("研判记录.pdf", scan), ("计划.pdf", files::pdf(2, "plan", 1))]);
    let desk = story.desk();
    desk.file(&story.pieces(&["研判记录.pdf", "计划.pdf"]), &code("01-02")).unwrap();
    desk.file(&story.pieces(&["研判记录.pdf"]), &code("V1")).unwrap();
    story
}

fn state(desk: &Desk, leaf: &str) -> YearState {
    desk.tree().unwrap().into_iter().find(|node| node.key == dossier::desk::Place::Leaf(code(leaf))).and_then(|node| node.state).unwrap()
}

/// Titles of what would be printed, and why the rest would not.
fn foreseen(desk: &Desk, format: Format) -> (Vec<String>, Vec<(String, Why)>) {
    let (plan, _) = desk.foresee(&options(format)).unwrap();
    let printed = plan.leaves().flat_map(|leaf| &leaf.entries).map(|entry| entry.title.clone()).collect();
    (printed, plan.left_out.into_iter().map(|left| (left.title, left.why)).collect())
}

#[test]
fn a_piece_that_is_read_as_classified_counts_for_nothing_and_leaves_the_house_nowhere() {
    let story = marked();
    let (desk, place) = (story.desk(), tempfile::tempdir().unwrap());
    let stick = || desk.make_stick(None, place.path(), &Watch::silent());
    compiled(desk, Format::Pdf);
    desk.issue_package(0).unwrap();
    assert_eq!((state(desk, "V1"), state(desk, "01-02")), (YearState::Complete, YearState::Complete));
    stick().unwrap();

    desk.read_pages(&Watch::silent()).unwrap();
    assert_eq!((findings(desk, classified).len(), findings(desk, unproven).len()), (1, 1));
    assert_eq!((state(desk, "V1"), state(desk, "01-02")), (YearState::Missing, YearState::Complete), "the other piece stands there");
    for format in [Format::Pdf, Format::Docx, Format::Review] {
        assert_eq!(foreseen(desk, format), (vec!["计划".to_owned()], vec![(String::new(), Why::Held)]), "{format:?}");
    }
    // What was printed before is not carried about any more, and its leaves are pulled.
    let carried = stick();
    assert!(matches!(carried, Err(Error::HeldSince { pieces: 1 })), "{carried:?}");
    let (_, _, changes) = desk.changes().unwrap();
    assert!(changes.changes.iter().any(|change| !change.pulled.is_empty()), "{:?}", changes.changes);
    let pack = desk.make_change_pack(None, &Watch::silent()).unwrap();
    let kept = compiled(desk, Format::Pdf);
    desk.begin_new_edition().unwrap();
    let word = compiled(desk, Format::Docx);
    for package in [&pack, &kept, &word] {
        assert!(package.left_out.iter().any(|said| said.contains("读出密级标志") && !said.contains("研判记录")), "{:?}", package.left_out);
    }
    // The list of packages does not carry them: they may be thousands.
    assert!(desk.packages().unwrap().iter().all(|package| package.left_out.is_empty()));
    assert_eq!([0, 1, 2].map(|at| desk.left_out(at).unwrap()), [&word, &kept, &pack].map(|package| package.left_out.clone()));
    assert!(matches!(desk.left_out(4), Err(Error::NoPackage)));
    for package in [&kept, &word] {
        assert!(!reported(package).concat().contains("研判记录"), "nothing of it is named");
        let found = scans::inspect(&std::fs::read(&package.files[0]).unwrap()).text;
        assert!(!found.contains("研判记录"), "{found}");
    }
    assert!(matches!(desk.make_change_pack(None, &Watch::silent()), Err(Error::Compile(CompileError::NoIssue))));
}

#[test]
fn nothing_of_a_mark_is_covered_or_cut_until_it_was_called_misread() {
    let story = marked();
    let (desk, piece, other) = (story.desk(), story.piece("研判记录.pdf"), story.piece("计划.pdf"));
    let bar = Mask { x0: 1_000, y0: 1_000, x1: 9_000, y1: 3_000 };
    desk.add_mask(piece, 0, bar).unwrap();
    desk.read_pages(&Watch::silent()).unwrap();
    let acts: [(&str, &dyn Fn() -> dossier::Result<()>); 6] = [
        ("a bar", &|| desk.add_mask(piece, 1, bar).map(drop)),
        ("bars on numbers", &|| desk.mask_numbers(piece).map(drop)),
        ("a crop", &|| desk.frame_page(piece, 1, Framing { y0: 3_000, ..Framing::default() })),
        ("a page left out", &|| desk.leave_out(piece, 1, true)),
        ("split", &|| desk.split(piece, &[1]).map(drop)),
        ("joined", &|| desk.join(&[other, piece], &Watch::silent()).map(drop)),
    ];
    let before = desk.dossier().unwrap();
    for (act, perform) in acts {
        let refused = perform();
        assert!(matches!(&refused, Err(Error::Held { name }) if name.contains("研判记录")), "{act}: {refused:?}");
        let sentence = wording::error::sentence(&refused.unwrap_err());
        assert!(sentence.contains("彻底清除") && sentence.contains("已核对"), "{sentence}");
    }
    assert_eq!(*desk.dossier().unwrap(), *before);
    // To be looked at it may be turned, and what was covered before is laid open.
    desk.turn_page(piece, 1, 90).unwrap();
    desk.remove_mask(desk.masks(piece).unwrap()[0].id).unwrap();

    desk.set_aside(&findings(desk, classified), "是演练方案的样例，不是涉密件").unwrap();
    assert_eq!((findings(desk, classified).len(), findings(desk, unproven).len()), (0, 0));
    desk.turn_page(piece, 1, 0).unwrap();
    assert_eq!(findings(desk, classified), [], "a mark that was misread stays so, however the page lies");
    let (printed, left) = foreseen(desk, Format::Pdf);
    assert_eq!((printed.len(), left), (3, vec![]));
    acts[..4].iter().for_each(|(act, perform)| assert!(perform().is_ok(), "{act}"));
    // Taken back, the word on it stands no more.
    desk.take_up_again(&desk.checked().unwrap().set_aside.iter().map(|(finding, _)| finding.clone()).collect::<Vec<_>>()).unwrap();
    assert_eq!(findings(desk, unproven).len(), 1);
}

/// What is kept with a package of what it lacks, and who knew of it.
#[test]
fn who_knew_of_unproven_veto_items_is_kept_with_the_package() {
    let story = Story::scanned(&[("会议纪要.pdf", 1), ("证明.pdf", 1)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["会议纪要.pdf"]), &code("01-02")).unwrap();
    let lacking = desk.lacking().unwrap();
    assert_eq!(lacking.vetoes.iter().map(|veto| veto.code.0.as_str()).collect::<Vec<_>>(), ["V1"]);
    // A plan of each year that is due, and a piece for the indicator of which the table asks nothing.
    assert_eq!(lacking.gaps.len(), 4, "{:?}", lacking.gaps);

    let unasked = compiled(desk, Format::Pdf);
    let known = desk.compile_accepting(&options(Format::Docx), None, &Watch::silent()).unwrap();
    for (package, said) in [(&unasked, "汇编时没有人确认知悉。"), (&known, "2023年4月1日由示例经办人在汇编前确认知悉。")]
    {
        assert!(
            package.remarks.iter().any(|remark| remark.contains("1 项尚无证明（V1）") && remark.contains(said)),
            "{:?}",
            package.remarks
        );
        for text in reported(package) {
            let wanted = [
                "三、一票否决和缺项（5项）",
                "一票否决项V1（未发生涉军重大案件）尚无证明。",
                said,
                "指标01-01：“双拥工作年度计划”差3件（2020、2021、2022年）。",
            ];
            assert!(wanted.iter().all(|words| text.contains(words)), "{text}");
        }
    }
    let report: dossier::compile::Report = serde_json::from_slice(&std::fs::read(&known.report).unwrap()).unwrap();
    assert_eq!(
        report.lacking.accepted.map(|accepted| (accepted.who, accepted.on.to_string())),
        Some(("示例经办人".to_owned(), "2023-04-01".to_owned()))
    );

    // With everything proven there is nothing to know of.
    desk.file(&story.pieces(&["证明.pdf"]), &code("V1")).unwrap();
    let proven = desk.compile_accepting(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    assert!(reported(&proven).iter().all(|text| !text.contains("确认知悉") && text.contains("三、一票否决和缺项（4项）")));
}

fn short(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::LetInShort { .. })
}

/// A yes at the door ends the question, not the damage.
#[test]
fn damage_that_the_clerk_accepted_is_told_until_it_was_looked_at() {
    let mut story = Story::new();
    let (received, _stick) =
        story.hands_in(&[("年度计划.pdf", files::pdf_with_fewer_pages(2, 5, 1)), ("完整.pdf", files::pdf(2, "whole", 2))]);
    let waits = received.iter().find(|one| one.name == "年度计划.pdf").unwrap().candidate;
    story.desk().confirm_pending(waits).unwrap();
    story.close();
    story.open().unwrap();
    let (desk, piece) = (story.desk(), story.piece("年度计划.pdf"));
    let found = findings(desk, short);
    assert_eq!(found.iter().map(|finding| (finding.document, finding.severity)).collect::<Vec<_>>(), [(Some(piece), Severity::Warning)]);
    let sentence = wording::finding::finding(&found[0], &desk.dossier().unwrap());
    assert!(sentence.contains("收下时已知不完整：文件写明5页，只读出2页"), "{sentence}");
    // Joined with another, what was short stays short.
    let joined = desk.join(&[story.piece("完整.pdf"), piece], &Watch::silent()).unwrap();
    assert_eq!(findings(desk, short)[0].document, Some(joined));
    desk.undo().unwrap();
    // In a copy of the project that is merged in, it is told as well.
    let place = tempfile::tempdir().unwrap();
    let copied = desk.back_up_to(place.path(), &Watch::silent()).unwrap();
    let copy = Desk::open(&copied.dir, huijuan_tests::story::around(dossier::store::Files::real())).unwrap();
    assert_eq!(findings(&copy, short).len(), 1);

    desk.set_aside(&found, "缺的是空白页").unwrap();
    assert_eq!(findings(desk, short), []);
}

fn alike(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::Alike { .. })
}

/// What a comparison found is told until each pair was settled, and never looked for while checking.
#[test]
fn what_looked_alike_is_told_until_it_was_settled() {
    let mut story = Story::scanned(&[("通知.jpg", 1)]);
    let one = story.piece("通知.jpg");
    // Smaller, and in another quality: other bytes, the same picture.
    story.receives(&[("转发.jpg", story.desk().picture(one, 0, 900).unwrap())]);
    let another = story.piece("转发.jpg");
    assert_eq!(findings(story.desk(), alike), [], "nobody has compared them yet");
    assert_eq!(story.desk().look_alikes(&Watch::silent()).unwrap().len(), 1);
    story.close();
    story.open().unwrap();
    let desk = story.desk();
    let found = findings(desk, alike);
    let said: Vec<_> = found.iter().map(|finding| (&finding.kind, finding.severity)).collect();
    assert_eq!(said, [(&FindingKind::Alike { pairs: 1 }, Severity::Notice)]);
    let sentence = wording::finding::finding(&found[0], &desk.dossier().unwrap());
    assert!(sentence.contains("有 1 对画面相同、相似的材料"), "{sentence}");
    // Settled either way, and open again when that is taken back.
    desk.keep_both(one, another).unwrap();
    assert_eq!(findings(desk, alike), []);
    desk.undo().unwrap();
    assert_eq!(findings(desk, alike).len(), 1);
    desk.keep_one(one, another).unwrap();
    assert_eq!(findings(desk, alike), []);
}
