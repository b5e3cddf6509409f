//! PDF with a password: asked for once, kept as it came, printed from a copy that needs none.

use std::process::Command;

use dossier::domain::{Mark, Reason, Verdict};
use dossier::{Error, wording};
use huijuan_tests::story::code;
use huijuan_tests::{Story, drawn};
use scans::Kind;

/// The same file, to be opened with `password` only; `bits` 40 (RC4) to 256 (AES).
pub(super) fn locked(plain: &[u8], password: &str, bits: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("plain.pdf"), folder.path().join("locked.pdf"));
    std::fs::write(&from, plain).unwrap();
    let done = Command::new("qpdf")
        .args(["--allow-weak-crypto", "--encrypt", password, "owner", bits, "--"])
        .args([&from, &to])
        .status()
        .expect("qpdf is installed");
    assert!(done.success());
    std::fs::read(to).unwrap()
}

#[test]
fn a_pdf_with_a_password_is_asked_for_it_once() {
    for bits in ["40", "128", "256"] {
        let mut story = Story::new();
        let plain = drawn::pdf(3, "2021 plan", 1);
        let bytes = locked(&plain, "mi ma 123", bits);
        let (received, _stick) = story.hands_in(&[("01-01 年度计划.pdf", bytes.clone())]);
        assert_eq!(received[0].verdict, Verdict::Pending { reason: Reason::Locked { marks: Vec::new(), fewer: None } }, "{bits}");
        assert!(received[0].reason.contains("打开需要密码"), "{}", received[0].reason);

        let desk = story.desk();
        let wrong = desk.unlock_pending(received[0].candidate, "mi ma 124");
        assert!(matches!(&wrong, Err(Error::WrongPassword { name }) if name == "01-01 年度计划.pdf"), "{wrong:?}");
        assert!(wording::error::sentence(&wrong.unwrap_err()).contains("密码打不开"));
        let opened = desk.unlock_pending(received[0].candidate, "mi ma 123").unwrap();
        let Verdict::Accepted { document, .. } = opened.verdict else { panic!("{opened:?}") };
        assert!(opened.reason.contains("不带密码的转换件，共3页"), "{}", opened.reason);
        assert_eq!(desk.batch(desk.batches().unwrap()[0].id).unwrap()[0].reason, opened.reason);

        // As it came, and a copy that is shown, printed and found by its words.
        let piece = desk.document(document).unwrap();
        assert_eq!((piece.kind, piece.pages.len(), piece.bytes), (Kind::Pdf, 3, bytes.len() as u64));
        let mut kept = Vec::new();
        std::io::Read::read_to_end(&mut desk.scan(document).unwrap(), &mut kept).unwrap();
        assert_eq!(kept, bytes);
        assert!(!desk.picture(document, 2, 120).unwrap().is_empty());
        assert_eq!(desk.search("plan").unwrap().len(), 1);
        let copy =
            std::fs::read(desk.dir().join("vault").join(&piece.shown().digest.to_string()[..2]).join(piece.shown().digest.to_string()));
        std::fs::write(story.dir().join("incoming").join("copy.pdf"), copy.unwrap()).unwrap();
        let checked = Command::new("qpdf").arg("--check").arg(story.dir().join("incoming").join("copy.pdf")).output().unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));

        // Asked once: the same file is a duplicate now. The password stands nowhere in the project.
        assert!(matches!(desk.unlock_pending(received[0].candidate, "mi ma 123"), Err(Error::NoSuchCandidate)));
        assert_eq!(story.hands_in(&[("再交一次.pdf", bytes)]).0[0].verdict, Verdict::Duplicate { of: document });
        story.desk().file(&[document], &code("01-01")).unwrap();
        story.close();
        for entry in walkdir::WalkDir::new(story.dir()).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
            let bytes = std::fs::read(entry.path()).unwrap();
            assert!(!bytes.windows(9).any(|window| window == b"mi ma 123"), "{}", entry.path().display());
        }
        story.open().unwrap();
        assert!(story.desk().examine().unwrap().is_empty());
    }
}

/// What the clerk would be asked about is asked about behind the password as well; what is classified stays out.
#[test]
fn what_a_password_hid_is_looked_at_before_it_comes_in() {
    let story = Story::new();
    let asked = locked(&drawn::pdf(1, "北纬30°15′", 2), "a", "256");
    let secret = locked(&drawn::pdf(1, "机密★10年", 3), "a", "256");
    let (received, _stick) = story.hands_in(&[("训练场.pdf", asked), ("通知.pdf", secret)]);
    let desk = story.desk();
    let once = desk.unlock_pending(received[0].candidate, "a").unwrap();
    let Verdict::Pending { reason: Reason::Locked { marks, .. } } = &once.verdict else { panic!("{once:?}") };
    assert!(matches!(marks[..], [Mark::Coordinates { .. }]), "{marks:?}");
    assert!(once.reason.starts_with("密码正确，但写有地理坐标"), "{}", once.reason);
    assert!(matches!(desk.unlock_pending(received[0].candidate, "a").unwrap().verdict, Verdict::Accepted { .. }));

    let refused = desk.unlock_pending(received[1].candidate, "a").unwrap();
    assert_eq!(refused.verdict, Verdict::Refused { reason: Reason::Classified });
    assert!(!refused.path.contains("通知"), "{}", refused.path);
}

/// As without a password: the clerk may say that the pages that are there are all.
#[test]
fn a_pdf_that_was_cut_short_comes_in_with_its_password_given_twice() {
    let story = Story::new();
    let (received, _stick) = story.hands_in(&[("计划.pdf", locked(&drawn::pdf_with_fewer_pages(2, 5, 1), "a", "256"))]);
    let desk = story.desk();
    let once = desk.unlock_pending(received[0].candidate, "a").unwrap();
    assert!(once.reason.starts_with("密码正确，但自称5页，只能读出2页，可能没有传完整"), "{once:?}");
    let twice = desk.unlock_pending(received[0].candidate, "a").unwrap();
    let Verdict::Accepted { document, .. } = twice.verdict else { panic!("{twice:?}") };
    assert_eq!(desk.document(document).unwrap().pages.len(), 2);
}
