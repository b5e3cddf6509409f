//! Archives at the door: every file in them has its own verdict, and nothing leaves the project's folder.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dossier::Desk;
use dossier::desk::{Place, Received};
use dossier::domain::Verdict;
use dossier::store::{Fault, Files};
use dossier::wording;
use huijuan_tests::drawn::{self, Lie, Zip};
use huijuan_tests::golden::golden;
use huijuan_tests::story::{Story, around, stopping};
use scans::Watch;

/// 双拥照片 in GBK.
const GBK: &[u8] = b"\xcb\xab\xd3\xb5\xd5\xd5\xc6\xac/\xbb\xe1\xb3\xa1.jpg";

fn lines(desk: &Desk) -> String {
    let mut text = String::new();
    for batch in desk.batches().unwrap().iter().rev() {
        for Received { path, verdict, reason, .. } in desk.batch(batch.id).unwrap() {
            writeln!(text, "{}　{path}　{reason}", wording::verdict::verdict(&verdict)).unwrap();
        }
    }
    text
}

fn hand_in(folder: &Path, name: &str, bytes: Vec<u8>) -> std::path::PathBuf {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

pub(super) fn mixed() -> Vec<u8> {
    let docx = Zip::default().with("[Content_Types].xml", b"<Types/>").with("word/document.xml", b"<w:document/>").finish();
    let deepest = Zip::default().with("太深.jpg", &drawn::jpeg(1)).finish();
    let deeper = Zip::default().with("第三层.zip", &deepest).with("第二层.jpg", &drawn::jpeg(2)).finish();
    let inner = Zip::default().with("第二层.zip", &deeper).with("第一层.jpg", &drawn::jpeg(3)).finish();
    Zip::default()
        .with("照片/", b"")
        .with("照片/1.jpg", &drawn::jpeg(4))
        .with("照片/10.jpg", &drawn::jpeg(5))
        .with("照片/2.jpg", &drawn::jpeg(4))
        .with("先存的.docx", &docx)
        .entry(GBK, &drawn::jpeg(6), Lie::default())
        .entry("街道\\活动.png".as_bytes(), &drawn::png(7), Lie { flags: 0x800, ..Lie::default() })
        .with("里面.zip", &inner)
        .with("../../../跑出去.jpg", &drawn::jpeg(8))
        .with("/etc/passwd", b"root")
        .with("C:\\Windows\\坏.jpg", &drawn::jpeg(9))
        .entry("带密码.jpg".as_bytes(), &drawn::jpeg(10), Lie { flags: 1, ..Lie::default() })
        .with("名册（秘密★10年）.pdf", &drawn::pdf(1, "", 11))
        .with("会议.pdf", &drawn::pdf(1, "机密★20年", 12))
        .with("Thumbs.db", b"thumbs")
        .with("__MACOSX/._1.jpg", b"mac")
        .with("空.jpg", b"")
        .finish()
}

#[test]
fn every_file_of_an_archive_gets_its_verdict() {
    let temp = tempfile::tempdir().unwrap();
    let story = Story::new();
    let zip = hand_in(&temp.path().join("U盘"), "街道报来.zip", mixed());
    let seven = drawn::seven_zip(&[("社区/1.jpg", &drawn::jpeg(20)), ("社区/2.png", &drawn::png(21)), ("..\\坏.jpg", &drawn::jpeg(22))]);
    let seven = hand_in(&temp.path().join("U盘"), "社区.7z", seven);
    let report = story.desk().intake(&[zip, seven], &Watch::silent(), &mut |_| {}).unwrap();
    golden("archive", &lines(story.desk()));
    assert_eq!(report.unpacked, 4);
    assert_eq!(story.desk().documents(&Place::All).unwrap().len(), report.accepted as usize);
    // Nothing was written beside the archives, above them, or left in incoming/.
    assert_eq!(walkdir::WalkDir::new(temp.path()).into_iter().filter(|entry| entry.as_ref().unwrap().file_type().is_file()).count(), 2);
    assert!(!walkdir::WalkDir::new(story.dir().join("incoming")).into_iter().any(|entry| entry.unwrap().file_type().is_file()));
    assert!(story.desk().examine().unwrap().is_empty());
}

#[test]
fn an_archive_that_lies_is_told_of() {
    let temp = tempfile::tempdir().unwrap();
    let story = Story::new();
    let photo = drawn::jpeg(1);
    let over = Zip::default().with("1.jpg", &photo).entry(b"2.jpg", &photo, Lie { offset: Some(0), ..Lie::default() }).finish();
    let swells =
        Zip::default().entry(b"1.jpg", &photo, Lie { size: Some(900 << 20), ..Lie::default() }).with("2.jpg", &drawn::jpeg(2)).finish();
    let mut huge = Zip::default();
    let large = vec![7; 6 << 20];
    for number in 0..5 {
        huge = huge.entry(format!("{number}.jpg").as_bytes(), &large, Lie { size: Some(1000 << 20), ..Lie::default() });
    }
    let longer = Zip::default().entry(b"1.jpg", &photo, Lie { size: Some(100), ..Lie::default() }).with("2.jpg", &drawn::jpeg(3)).finish();
    // Zstandard, as newer packers write it.
    let rare = Zip::default().entry(b"1.jpg", &photo, Lie { method: 93, ..Lie::default() }).with("2.jpg", &drawn::jpeg(6)).finish();
    let many = (0..20_001).fold(Zip::default(), |zip, number| zip.with(&format!("{number}"), b""));
    let seven = drawn::seven_zip(&[("1.jpg", &drawn::jpeg(4)), ("2.jpg", &drawn::jpeg(5))]);
    let mut torn = seven.clone();
    let last = drawn::jpeg(4).len() + 32 + drawn::jpeg(5).len() / 2;
    torn[last] ^= 0xff;
    let files = [
        ("重叠.zip", over),
        ("膨胀.zip", swells),
        ("太大.zip", huge.finish()),
        ("谎报.zip", longer),
        ("少见.zip", rare),
        ("太多.zip", many.finish()),
        ("空的.zip", Zip::default().finish()),
        ("半截.zip", mixed()[..3000].to_vec()),
        ("坏一处.7z", torn),
        ("半截.7z", seven[..500].to_vec()),
        ("旧格式.rar", b"Rar!\x1A\x07\x01\0".to_vec()),
    ];
    let folder = temp.path().join("来历不明");
    let sources: Vec<_> = files.into_iter().map(|(name, bytes)| hand_in(&folder, name, bytes)).collect();
    story.desk().intake(&sources, &Watch::silent(), &mut |_| {}).unwrap();
    golden("archive-lies", &lines(story.desk()));
}

#[test]
fn a_batch_that_stopped_within_an_archive_goes_on_within_it() {
    let temp = tempfile::tempdir().unwrap();
    let inner = (1..=3).fold(Zip::default(), |zip, number| zip.with(&format!("{number}.jpg"), &drawn::jpeg(number)));
    let zip = (4..=7)
        .fold(Zip::default().with("里面.zip", &inner.finish()), |zip, number| zip.with(&format!("{number}.jpg"), &drawn::jpeg(number)));
    let zip = hand_in(temp.path(), "材料.zip", zip.finish());
    for after in 1..=7_u64 {
        let story = Story::new();
        let mut told = Vec::new();
        let report =
            story.desk().intake(std::slice::from_ref(&zip), &stopping(after), &mut |received| told.push(received.path.clone())).unwrap();
        assert!(report.unfinished, "stopped after {after}");
        // An archive has its own verdict right behind that of its last file.
        assert!((after..9).contains(&(told.len() as u64)), "what was decided is told");
        let [batch] = story.desk().unfinished_batches().unwrap().try_into().unwrap();
        let done = story.desk().resume(batch.id, &Watch::silent(), &mut |received| told.push(received.path.clone())).unwrap();
        assert_eq!((done.accepted, done.unpacked, done.duplicate, done.unfinished), (7, 2, 0, false), "stopped after {after}");
        let count = told.len();
        told.sort();
        told.dedup();
        assert_eq!((count, told.len()), (9, 9), "each is told of once");
    }
}

/// As the story of single files, with an archive: whatever fails, everything is in once after a new start.
#[test]
fn a_failing_disk_loses_nothing_of_an_archive() {
    let temp = tempfile::tempdir().unwrap();
    let zip = Zip::default().with("1.jpg", &drawn::jpeg(1)).with("2.jpg", &drawn::jpeg(2)).finish();
    let zip = hand_in(temp.path(), "材料.zip", zip);
    let mut at = 1;
    loop {
        let mut story = Story::new();
        story.close();
        let files = Files::failing(at, Fault::NoSpace, true);
        if let Ok(desk) = Desk::open(&story.dir(), around(files.clone())) {
            let _ = desk.intake(std::slice::from_ref(&zip), &Watch::silent(), &mut |_| {});
        }
        story.open().unwrap();
        story.resume();
        if story.desk().batches().unwrap().is_empty() {
            story.desk().intake(std::slice::from_ref(&zip), &Watch::silent(), &mut |_| {}).unwrap();
        }
        assert_eq!(story.desk().documents(&Place::All).unwrap().len(), 2, "at {at}");
        assert!(story.desk().examine().unwrap().is_empty(), "at {at}");
        if !files.struck() {
            break;
        }
        at += 1;
    }
    assert!(at > 10, "the plan never struck");
}

#[test]
fn a_file_in_an_archive_that_waits_comes_in_with_a_yes() {
    let temp = tempfile::tempdir().unwrap();
    let inner = Zip::default().with("1.jpg", &drawn::jpeg(1)).with("少页.pdf", &drawn::pdf_with_fewer_pages(2, 5, 2)).finish();
    let zip = hand_in(temp.path(), "材料.zip", Zip::default().with("里面.zip", &inner).finish());
    let story = Story::new();
    let mut waits = None;
    story
        .desk()
        .intake(&[zip], &Watch::silent(), &mut |received| {
            if matches!(received.verdict, Verdict::Pending { .. }) {
                waits = Some(received.candidate);
            }
        })
        .unwrap();
    let received = story.desk().confirm_pending(waits.unwrap()).unwrap();
    assert!(matches!(received.verdict, Verdict::Accepted { .. }), "{received:?}");
    assert_eq!((received.path.as_str(), received.pages), ("材料.zip/里面.zip/少页.pdf", 2));
}

/// A folder may be called as an office program calls its own.
#[test]
fn an_archive_with_a_folder_named_word_is_unpacked() {
    let story = Story::new();
    let photos = (1..=3).fold(Zip::default(), |zip, number| zip.with(&format!("word/{number}.jpg"), &drawn::jpeg(number)));
    let ofd = Zip::default().with("Doc_0/4.jpg", &drawn::jpeg(4)).finish();
    let (received, _stick) = story.hands_in(&[("word版.zip", photos.finish()), ("Doc_0.zip", ofd)]);
    let told: Vec<String> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    let expected = ["接收 word版.zip/word/1.jpg", "接收 word版.zip/word/2.jpg", "接收 word版.zip/word/3.jpg", "解开 word版.zip"];
    assert_eq!(
        (&told[..4], &told[4..]),
        (&expected.map(str::to_owned)[..], &["接收 Doc_0.zip/Doc_0/4.jpg", "解开 Doc_0.zip"].map(str::to_owned)[..])
    );
}
