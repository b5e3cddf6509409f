//! 汇编 under way: what is printed meanwhile leaves it alone, and what fails at any moment leaves nothing of it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use dossier::compile::{Options, Package, Volumes, verify};
use dossier::store::{Fault, Files};
use dossier::{Desk, Result};
use huijuan_tests::Story;
use huijuan_tests::story::{self, around, code};
use scans::Watch;

/// A project with evidence under two areas, closed.
fn closed() -> Story {
    let mut story = Story::scanned(&[("年度计划.pdf", 2), ("通知.jpg", 1), ("纪要.tif", 1)]);
    let desk = story.desk();
    desk.file(&story.pieces(&["年度计划.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["通知.jpg"]), &code("02-01")).unwrap();
    story.close();
    story
}

fn options(volumes: Volumes) -> Options {
    Options { volumes, ..story::options() }
}

/// Names in the folder of packages, sorted.
fn names(project: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(project.join("packages")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_printed_meanwhile_takes_no_volume_away() {
    let story = closed();
    let desk = Arc::new(Desk::open(&story.dir(), around(Files::real())).unwrap());
    let (other, printed) = (Arc::clone(&desk), Arc::new(AtomicU32::new(0)));
    let count = Arc::clone(&printed);
    let watch = Watch::new(move |progress| {
        // While the first volume is written, and while a later one is.
        if [3, 20].contains(&progress.done) {
            other.separators(&[code("01-01")], &[], None).unwrap();
            other.leader(None).unwrap();
            other.labels(&options(Volumes::Area), None).unwrap();
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    let package = desk.compile(&options(Volumes::Area), None, &watch).unwrap();
    assert!(printed.load(Ordering::Relaxed) == 2 && package.files.len() == 4);
    for file in &package.files {
        assert!(verify(file).unwrap().ok, "{}", file.display());
    }
    assert!(!names(&story.dir()).iter().any(|name| name.ends_with(".part")));
}

/// What a stopped program left goes with the next opening.
#[test]
fn parts_of_a_stopped_program_are_swept_when_the_project_is_opened() {
    let mut story = closed();
    story.open().unwrap();
    let left = story.dir().join("packages/汇编_2023-04-18.1.pdf.part");
    std::fs::write(&left, b"%PDF-1.7").unwrap();
    story.desk().separators(&[code("01-01")], &[], None).unwrap();
    assert!(left.exists(), "it may be of something that is being made");
    story.open().unwrap();
    assert!(!left.exists());
}

/// Fails every operation on a file in turn until an act passes untouched; whatever fails leaves packages and editions as they were.
/// An act that comes to its end all the same is taken back.
fn at_every_operation(project: &Path, act: impl Fn(&Desk) -> Result<Package>, take_back: impl Fn(&Desk)) {
    let standing = |desk: &Desk| (names(project), desk.packages().unwrap(), desk.issue().unwrap().map(|issue| issue.packs));
    let mut failed = 0;
    for at in 1.. {
        let before = standing(&Desk::open(project, around(Files::real())).unwrap());
        let files = Files::failing(at, Fault::NoSpace, false);
        // A fault before the act begins is another story.
        let Ok(desk) = Desk::open(project, around(files.clone())) else { continue };
        let done = act(&desk);
        if !files.struck() {
            assert!(done.unwrap().verification.ok);
            break;
        }
        match done {
            Ok(_) => take_back(&desk),
            Err(error) => {
                assert!(error.is_disk_full(), "{at}: {error:?}");
                assert_eq!(standing(&desk), before, "{at}");
                failed += 1;
            }
        }
    }
    assert!(failed > 8, "it failed {failed} times only");
}

#[test]
fn a_package_that_fails_leaves_nothing_at_any_moment() {
    let story = closed();
    at_every_operation(&story.dir(), |desk| desk.compile(&options(Volumes::Area), None, &Watch::silent()), |_| {});
}

#[test]
fn a_change_pack_that_fails_leaves_nothing_at_any_moment() {
    let mut story = closed();
    story.open().unwrap();
    let desk = story.desk();
    desk.compile(&options(Volumes::One), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    desk.file(&story.pieces(&["纪要.tif"]), &code("01-02")).unwrap();
    story.close();
    at_every_operation(&story.dir(), |desk| desk.make_change_pack(None, &Watch::silent()), |desk| drop(desk.undo().unwrap()));
}
