//! 彻底清除: after it nothing of the paper is found anywhere in the project, and the project is whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dossier::compile::Format;
use dossier::desk::Surroundings;
use dossier::domain::{Description, FindingKind, Verdict};
use dossier::store::{Fault, Files};
use dossier::{Desk, wording};
use huijuan_tests::Story;
use huijuan_tests::drawn::{self as files, Zip};
use huijuan_tests::story::{around, code, models, stopping};
use sample::{Canvas, Face, Faces};
use scans::Watch;
use tempfile::TempDir;

use super::mail::message;
use super::marks::options;

const NAME: &str = "联合演练总体方案.pdf";
const TITLE: &str = "示例区联合演练的题名";
const SAID: &str = "只写在第一页上的字句";

/// Two pages as a scanner hands them over; the second is marked.
fn paper() -> Vec<u8> {
    let faces = Faces::load(&around(Files::real()).fonts).unwrap();
    let pages = [["示例演练", SAID], ["机密★10年", "不得外传的内容"]].map(|lines| {
        let mut sheet = Canvas::new(&faces, 210.0, 297.0, 150.0, [252, 252, 250]);
        for (at, line) in lines.iter().enumerate() {
            sheet.text(Face::Fang, 18.0, [20, 20, 24], 40.0, 60.0 + 20.0 * at as f32, line);
        }
        (sample::files::jpeg(&sheet, 80, false), (sheet.width, sheet.height))
    });
    sample::files::pdf(&pages, 150.0, false, "扫描件")
}

fn described(desk: &Desk, piece: dossier::domain::DocumentId, title: &str) {
    desk.describe(piece, &Description { title: title.to_owned(), number: "示演〔2021〕77号".to_owned(), ..Description::default() })
        .unwrap();
}

/// Every file of a project, with its bytes; the ballast was there before, and is long.
fn everything(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let entries = entries.filter(|entry| entry.file_name() != "reserve");
    entries.map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).unwrap_or_default())).collect()
}

/// Files that hold one of these stretches, or are named so.
fn holding(dir: &Path, wanted: &[&[u8]]) -> Vec<PathBuf> {
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let found = everything(dir).into_iter().filter(|(path, bytes)| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        wanted.iter().any(|part| holds(bytes, part) || holds(name.as_bytes(), part))
    });
    found.map(|(path, _)| path).collect()
}

fn is_gone(dir: &Path, wanted: &[&[u8]]) {
    for part in wanted {
        assert_eq!(holding(dir, &[part]), Vec::<PathBuf>::new(), "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn nothing_of_it_is_left() {
    let mut story = Story::with(|around| around.models = Some(models()));
    let scan = paper();
    story.receives(&[(NAME, scan.clone()), ("走访慰问通知.jpg", files::photo(800, 1100, 150))]);
    let desk = story.desk();
    let piece = story.piece(NAME);
    let digest = desk.document(piece).unwrap().scan.to_string();
    described(desk, piece, "先前的一个题名");
    described(desk, piece, TITLE);
    desk.read_pages(&Watch::silent()).unwrap();
    // Called misread at first: else no package would have it.
    let found = desk.check().unwrap();
    let marked: Vec<_> = found.iter().filter(|finding| matches!(finding.kind, FindingKind::ClassifiedRead { .. })).cloned().collect();
    assert_eq!(marked.len(), 1);
    desk.set_aside(&marked, &format!("已对照{TITLE}")).unwrap();
    desk.file(&[piece], &code("01-01")).unwrap();
    desk.file(&[piece], &code("01-02")).unwrap();
    desk.file(&story.pieces(&["走访慰问通知.jpg"]), &code("01-02")).unwrap();
    desk.undo().unwrap();
    desk.file(&story.pieces(&["走访慰问通知.jpg"]), &code("02-01")).unwrap();
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let elsewhere = TempDir::new().unwrap();
    let carried = desk.compile(&options(Format::Pdf), Some(elsewhere.path()), &Watch::silent()).unwrap();
    desk.back_up().unwrap();
    let (stick, thrown_away) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for place in [&stick, &thrown_away] {
        desk.back_up_to(place.path(), &Watch::silent()).unwrap();
    }
    drop(thrown_away);

    let middle = &scan[scan.len() / 2..scan.len() / 2 + 64];
    let wanted: [&[u8]; 8] = [
        middle,
        NAME.as_bytes(),
        "联合演练总体方案".as_bytes(),
        TITLE.as_bytes(),
        "先前的一个题名".as_bytes(),
        SAID.as_bytes(),
        "示演〔2021〕77号".as_bytes(),
        digest.as_bytes(),
    ];
    for part in wanted {
        assert!(!holding(&story.dir(), &[part]).is_empty(), "what is looked for can be found: {}", String::from_utf8_lossy(part));
    }

    assert_eq!(desk.purged_with(piece).unwrap().len(), 1);
    let purged = desk.purge(piece).unwrap();
    assert_eq!((purged.pieces, purged.packages), (1, 1));
    let mut elsewhere = [&carried.files[..], &[stick.path().to_owned()]].concat();
    elsewhere.sort();
    assert_eq!(purged.elsewhere, elsewhere, "what lies elsewhere is said");
    assert!(!package.files[0].exists());
    is_gone(&story.dir(), &wanted);

    // A placeholder stands where it was, and what was done can be read, but for the names.
    for leaf in ["01-01", "01-02"] {
        assert_eq!(story.under(leaf), ["本件另存，现场备查.txt"]);
    }
    assert_eq!(story.under("02-01"), ["走访慰问通知.jpg"]);
    let history = desk.history(100).unwrap();
    let sentences: Vec<&str> = history.iter().map(|act| act.sentence.as_str()).collect();
    assert!(sentences.contains(&"彻底清除 1 件，名称不保留"), "{sentences:?}");
    assert!(sentences.contains(&"将《（名称不保留）》同时归入 01-02"), "{sentences:?}");
    // What was done is told as done, and can't be taken back; what was undone before is told as undone.
    let stands = |leaf: &str| {
        let of_notice = |act: &&dossier::desk::Act| act.sentence.contains("走访慰问通知") && act.sentence.ends_with(leaf);
        history.iter().filter(of_notice).map(|act| (act.undoable, act.undone)).collect::<Vec<_>>()
    };
    assert_eq!((stands("归入 02-01"), stands("归入 01-02")), (vec![(false, false)], vec![(true, true)]));
    assert!(history.iter().filter(|act| act.undoable && !act.undone).all(|act| act.sentence.contains("本件另存")), "{sentences:?}");
    assert_eq!(history.iter().filter(|act| act.undoable && !act.undone).count(), 2, "the placeholders are filed like any piece");
    let report = &desk.batches().unwrap();
    assert!(!report.is_empty());
    assert!(desk.document(piece).is_err() && desk.search("演练").unwrap().is_empty());

    // The project is whole.
    assert!(desk.examine().unwrap().is_empty());
    assert!(desk.check().unwrap().iter().all(|finding| !matches!(finding.kind, FindingKind::ClassifiedRead { .. })));
    assert!(desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap().verification.ok);
    // A leaf of paper that showed it is to be pulled from its box.
    assert!(!desk.changes().unwrap().2.changes.is_empty());
    story.close();
    story.open().unwrap();
    assert!(story.desk().examine().unwrap().is_empty());
    is_gone(&story.dir(), &wanted);
}

/// What shares its bytes goes with it, and is said before.
#[test]
fn what_holds_its_bytes_goes_with_it() {
    let story = Story::new();
    story.receives(&[("一份.pdf", files::pdf(3, "first", 1)), ("另一份.pdf", files::pdf(1, "second", 2))]);
    let desk = story.desk();
    let (whole, other) = (story.piece("一份.pdf"), story.piece("另一份.pdf"));
    let part = desk.split(whole, &[1]).unwrap()[0];
    let joined = desk.join(&[part, other], &Watch::silent()).unwrap();
    let with = |id| {
        let mut ids: Vec<_> = desk.purged_with(id).unwrap().into_iter().map(|document| document.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(with(part), [whole, part, joined].into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    assert_eq!(with(other), [other, joined]);
    assert_eq!(with(joined).len(), 4, "what a joined piece was made of lies in 回收站");
    assert_eq!(desk.purge(part).unwrap().pieces, 3);
    assert!(desk.document(other).is_ok() && desk.document(whole).is_err() && desk.document(joined).is_err());
    assert!(desk.examine().unwrap().is_empty());
}

/// A message holds what was attached to it; an archive is not kept.
#[test]
fn a_message_goes_with_what_was_attached() {
    let story = Story::new();
    let mail = message("报送", b"hello", &[("里面.jpg", &files::photo(400, 500, 150))]);
    let zip = Zip::default().with("另外.jpg", &files::photo(500, 600, 150)).finish();
    let (_, _stick) = story.hands_in(&[("来信.eml", mail), ("包.zip", zip)]);
    let desk = story.desk();
    let with =
        |name: &str| desk.purged_with(story.piece(name)).unwrap().into_iter().map(|document| document.original_name).collect::<Vec<_>>();
    assert_eq!(with("里面.jpg"), ["里面.jpg", "来信.eml"]);
    assert_eq!(with("另外.jpg"), ["另外.jpg"]);
    assert_eq!(desk.purge(story.piece("里面.jpg")).unwrap().pieces, 2);
    let left: Vec<_> = desk.dossier().unwrap().documents.values().map(|document| document.original_name.clone()).collect();
    assert_eq!(left, ["另外.jpg"]);
}

/// Wherever it is stopped, it is ended when the project is opened next.
#[test]
fn a_purge_that_was_stopped_is_ended() {
    let mut story = Story::new();
    let scan = files::photo(600, 800, 150);
    story.receives(&[("联合演练照片.jpg", scan.clone()), ("别的.jpg", files::photo(700, 900, 150))]);
    let piece = story.piece("联合演练照片.jpg");
    let leaves = ["01-01", "01-02", "02-01"].map(code);
    leaves.iter().for_each(|leaf| story.desk().file(&[piece], leaf).unwrap());
    story.desk().back_up().unwrap();
    story.close();
    let middle = &scan[scan.len() / 2..scan.len() / 2 + 64];
    let wanted: [&[u8]; 2] = [middle, "联合演练照片".as_bytes()];
    let mut stopped = 0;
    for at in 1.. {
        let copy = TempDir::new().unwrap();
        copied(&story.dir(), copy.path());
        let failing = Files::failing(at, Fault::NoSpace, true);
        let Ok(desk) = Desk::open(copy.path(), around(failing.clone())) else { continue };
        let done = desk.purge(piece);
        drop(desk);
        if !failing.struck() {
            assert!(done.is_ok());
            break;
        }
        if let Err(error) = done {
            stopped += 1;
            assert!(!wording::error::sentence(&error).is_empty());
        }
        let desk = Desk::open(copy.path(), around(Files::real())).unwrap();
        if desk.document(piece).is_ok() {
            desk.purge(piece).unwrap();
        }
        is_gone(copy.path(), &wanted);
        for leaf in &leaves {
            assert_eq!(desk.evidence(leaf).unwrap().len(), 1, "one placeholder under {leaf}, stopped at {at}");
        }
        assert!(desk.unfinished_batches().unwrap().is_empty());
        assert!(desk.examine().unwrap().is_empty());
        assert!(desk.history(100).unwrap().iter().any(|act| act.sentence.starts_with("彻底清除")));
    }
    assert!(stopped > 5, "it was stopped {stopped} times");
}

/// A project in which something was purged by a program that told all acts before it as undone.
#[test]
fn what_was_done_before_an_earlier_purge_is_told_as_done_again() {
    let mut story = Story::holding(&["甲.pdf"]);
    let desk = story.desk();
    let piece = story.pieces(&["甲.pdf"]);
    desk.file(&piece, &code("01-01")).unwrap();
    desk.file(&piece, &code("01-02")).unwrap();
    desk.undo().unwrap();
    desk.redo().unwrap();
    desk.file(&piece, &code("02-01")).unwrap();
    desk.undo().unwrap();
    story.close();
    let index = rusqlite::Connection::open(story.dir().join("index.sqlite")).unwrap();
    index
        .execute_batch(
            "UPDATE standing SET state = 'cut'; ALTER TABLE purge DROP COLUMN asked_at; DROP INDEX candidate_pending; DROP INDEX candidate_duplicate; DROP TABLE alike;
              DROP TABLE further; DROP TABLE reprint; ALTER TABLE document DROP COLUMN given_title;
              ALTER TABLE document DROP COLUMN trouble; PRAGMA user_version = 17;",
        )
        .unwrap();
    drop(index);
    let history = story.open().unwrap().history(100).unwrap();
    let filed = history.iter().filter(|act| act.sentence.contains("归入"));
    let told: Vec<_> = filed.map(|act| (&act.sentence[act.sentence.len() - 5..], act.undone)).collect();
    assert_eq!(told, [("02-01", true), ("01-02", false), ("01-01", false)]);
}

pub(crate) fn copied(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let there = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(there).unwrap();
        } else if entry.file_name() != "reserve" {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

/// A package that came from elsewhere may have a report that names whatever its writer liked.
#[test]
fn a_report_leads_to_no_file_outside_of_its_folder() {
    let story = Story::new();
    story.receives(&[(NAME, paper())]);
    let desk = story.desk();
    let piece = story.piece(NAME);
    desk.file(&[piece], &code("01-01")).unwrap();
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    let beside = story.dir().join("另有用处.txt");
    std::fs::write(&beside, "不是本包的文件").unwrap();
    let mut report: serde_json::Value = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
    let files = report["files"].as_array_mut().unwrap();
    let mut named = files[0].clone();
    named["name"] = "../另有用处.txt".into();
    files.push(named);
    std::fs::write(&package.report, serde_json::to_vec(&report).unwrap()).unwrap();
    assert_eq!(desk.purge(piece).unwrap().packages, 1);
    assert!(!package.files[0].exists());
    assert!(beside.exists());
}

/// A file that waits is another one, whatever it is called: it is looked into, and may come in.
#[test]
fn files_that_wait_outlast_a_purge_of_what_is_called_so() {
    let story = Story::new();
    story.receives(&[("双拥工作总结.pdf", files::pdf(1, "", 1))]);
    let asked = |number| files::pdf(1, "北纬30°15′", number);
    let zip = Zip::default().with("训练场.pdf", &asked(2)).with("双拥工作总结附图.jpg", &files::jpeg(3)).finish();
    let (received, _stick) = story.hands_in(&[("示例街道01双拥工作总结.pdf", asked(4)), ("双拥工作总结材料.zip", zip)]);
    let stopped = TempDir::new().unwrap();
    for (name, number) in [("甲.pdf", 5), ("示例街道02双拥工作总结.pdf", 6)] {
        std::fs::write(stopped.path().join(name), files::pdf(1, "", number)).unwrap();
    }
    let desk = story.desk();
    assert!(desk.intake(&[stopped.path().to_owned()], &stopping(1), &mut |_| {}).unwrap().unfinished);

    desk.purge(story.piece("双拥工作总结.pdf")).unwrap();
    let waiting: Vec<_> = received.iter().filter(|one| matches!(one.verdict, Verdict::Pending { .. })).collect();
    assert_eq!(waiting.len(), 2);
    for one in waiting {
        let let_in = desk.confirm_pending(one.candidate).unwrap();
        assert!(matches!(let_in.verdict, Verdict::Accepted { .. }), "{let_in:?}");
        assert_eq!(let_in.path, one.path);
    }
    story.resume();
    let mut names = story.names(&dossier::desk::Place::All);
    names.sort();
    assert_eq!(names, ["双拥工作总结附图.jpg", "甲.pdf", "示例街道01双拥工作总结.pdf", "示例街道02双拥工作总结.pdf", "训练场.pdf"]);
}

/// Whoever reads or draws a page does not wait for a purge: what it makes of it then is not kept.
#[test]
fn a_page_that_is_read_while_it_is_purged_leaves_nothing() {
    let mut story = Story::new();
    story.receives(&[(NAME, paper()), ("别的.jpg", files::jpeg(2))]);
    let (piece, digest) = (story.piece(NAME), story.desk().document(story.piece(NAME)).unwrap().scan.to_string());
    story.close();
    let desk = Arc::new(Desk::open(&story.dir(), Surroundings { models: Some(models()), ..around(Files::real()) }).unwrap());
    let purging = Arc::clone(&desk);
    let watch = Watch::new(move |progress| {
        if progress.on == NAME && progress.done == 1 {
            purging.purge(piece).unwrap();
        }
    });
    desk.read_pages(&watch).unwrap();
    assert_eq!(desk.unread().unwrap(), 0, "the others are read");
    is_gone(&story.dir(), &[digest.as_bytes()]);
    drop((desk, watch));

    // The purge begins after the page was looked for.
    let store = dossier::store::Store::open(&story.dir(), &Files::real(), "示例经办人").unwrap();
    let other = store.now().unwrap().documents[0].id;
    let (kept, late) = (story.dir().join("derived/aa/kept.letters"), story.dir().join("derived/bb/late.letters"));
    store.keep_derived(other, &kept, b"letters").unwrap();
    store.condemn(&[other]).unwrap();
    store.keep_derived(other, &late, b"letters").unwrap();
    assert!(kept.exists() && !late.exists());
}
