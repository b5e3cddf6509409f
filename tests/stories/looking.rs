//! 只读查看: a project that somebody works on is looked at, and is as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use dossier::desk::{About, Beside, Looking, Place, ReportFormat, Shape};
use dossier::domain::Description;
use dossier::store::Files;
use dossier::{Desk, Error, wording};
use huijuan_tests::drawn;
use huijuan_tests::story::{Story, around, code, options, piece_of};
use jiff::civil::date;
use jiff::tz::TimeZone;
use scans::{Digest, Watch};
use tempfile::TempDir;

/// Copies stand in one folder for all: stories that look at it go one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// Everything in a folder: when it was written, and its bytes.
fn print(dir: &Path) -> BTreeMap<PathBuf, (SystemTime, Option<Digest>)> {
    let one = |entry: walkdir::DirEntry| {
        let written = entry.metadata().unwrap().modified().unwrap();
        let digest = entry.file_type().is_file().then(|| Digest::of(&fs::read(entry.path()).unwrap()));
        (entry.into_path(), (written, digest))
    };
    walkdir::WalkDir::new(dir).into_iter().map(|entry| one(entry.unwrap())).collect()
}

fn copies() -> BTreeSet<PathBuf> {
    let found = fs::read_dir(std::env::temp_dir()).unwrap().flatten().map(|entry| entry.path());
    found.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("huijuan-look-")).collect()
}

fn look(story: &Story) -> Desk {
    Desk::look(&story.dir(), around(Files::real())).unwrap()
}

fn said(title: &str) -> Description {
    Description { title: title.to_owned(), ..Description::default() }
}

/// Held by a desk, with a copy of its index, and work that no copy knows.
fn held() -> Story {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    story.desk().file(&[story.piece("计划.pdf")], &code("01-01")).unwrap();
    story.desk().back_up().unwrap();
    story.desk().describe(story.piece("会议.jpg"), &said("后来的题名")).unwrap();
    story
}

#[test]
fn what_is_open_elsewhere_is_looked_at_as_of_its_last_copy() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let story = held();
    assert!(matches!(Desk::open(&story.dir(), around(Files::real())), Err(Error::InUse { .. })));
    let (before, others) = (print(&story.dir()), copies());
    let desk = look(&story);
    assert_eq!(copies().difference(&others).count(), 1);

    let Looking { beside: Beside::Open(Some(holder)), .. } = desk.looking().unwrap() else { panic!("{:?}", desk.looking()) };
    assert_eq!(holder.pid, std::process::id());
    let [plan, meeting] = ["计划.pdf", "会议.jpg"].map(|name| piece_of(&desk, name));
    assert_eq!(desk.documents(&Place::All).unwrap().len(), 2);
    assert_eq!(desk.evidence(&code("01-01")).unwrap().len(), 1);
    assert_eq!(desk.document(meeting).unwrap().description.title, "", "what came after the copy is not shown");
    assert!(!desk.picture(plan, 1, 120).unwrap().is_empty());
    assert_eq!(desk.search("计划").unwrap().len(), 1);
    assert_eq!(desk.consult("01-01").unwrap().answers[0].hits.len(), 1);
    assert!(!desk.checked().unwrap().left.is_empty());
    assert!(!desk.grid().unwrap().rows.is_empty());
    let proof = desk.proof(&options()).unwrap();
    assert!(desk.proof_picture(proof.number, 1, 0, 200).unwrap().is_some_and(|sheet| !sheet.is_empty()));
    assert!(desk.examine_originals(&Watch::silent()).unwrap().damaged.is_empty());
    assert!(!desk.history(10).unwrap().is_empty());
    // Letters that leave the house are no acts.
    let away = TempDir::new().unwrap();
    desk.report(&About::Gaps, ReportFormat::Xlsx, &away.path().join("缺项.xlsx")).unwrap();
    assert!(away.path().join("缺项.xlsx").is_file());

    drop(desk);
    assert_eq!(print(&story.dir()), before, "not a byte of the project was written");
    assert_eq!(copies(), others, "the copy and its pictures are gone");
    // Whoever works there was not disturbed.
    story.desk().describe(meeting, &said("接着做")).unwrap();
}

#[test]
fn every_act_is_refused_with_one_sentence() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let story = held();
    let before = print(&story.dir());
    let desk = look(&story);
    let [plan, meeting] = ["计划.pdf", "会议.jpg"].map(|name| piece_of(&desk, name));
    let (away, watch) = (TempDir::new().unwrap(), Watch::silent());
    let handed = away.path().join("新交.png");
    fs::write(&handed, drawn::png(9)).unwrap();
    let place = away.path().join("放这里");
    fs::create_dir(&place).unwrap();
    let inside = story.dir().join("packages");
    let refused: Vec<(&str, Result<(), Error>)> = vec![
        ("file", desk.file(&[meeting], &code("01-02"))),
        ("describe", desk.describe(meeting, &said("改"))),
        ("remove", desk.remove(&[plan])),
        ("turn", desk.turn_page(plan, 0, 90)),
        ("undo", desk.undo().map(drop)),
        ("join", desk.join(&[plan, meeting], &watch).map(drop)),
        ("intake", desk.intake(&[handed], &watch, &mut |_| {}).map(drop)),
        ("look over", desk.look_over(&watch)),
        ("read", desk.read_pages(&watch)),
        ("alike", desk.look_alikes(&watch).map(drop)),
        ("purge", desk.purge(plan).map(drop)),
        ("hold", desk.hold_place(&code("01-01"), "").map(drop)),
        ("set", desk.set_assessment(&desk.assessment())),
        ("compile", desk.compile(&options(), Some(&place), &watch).map(drop)),
        ("compile inside", desk.compile(&options(), None, &watch).map(drop)),
        ("kits", desk.make_kits(&[], Shape::Zip, &place, &watch).map(drop)),
        ("labels", desk.labels(&options(), None).map(drop)),
        ("leader", desk.leader(None).map(drop)),
        ("leader inside", desk.leader(Some(&inside.join("..").join("packages"))).map(drop)),
        ("report inside", desk.report(&About::Gaps, ReportFormat::Xlsx, &inside.join("缺项.xlsx"))),
        ("back up", desk.back_up()),
        ("back up to", desk.back_up_to(&place, &watch).map(drop)),
    ];
    for (act, done) in refused {
        let Err(error @ Error::ReadOnly { .. }) = done else { panic!("{act}: {done:?}") };
        assert!(wording::error::sentence(&error).contains("只读查看，这一步没有做"), "{act}");
    }
    assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
    drop(desk);
    assert_eq!(print(&story.dir()), before, "not a byte of the project was written");
}

#[test]
fn the_newest_copy_that_is_sound_is_shown_and_a_newer_one_when_asked_again() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let story = held();
    let first = look(&story);
    // One whose disk failed is passed over.
    let torn = story.dir().join("backups").join("index-20990101T000000.000000.sqlite");
    let whole = fs::read(&story.desk().saved().unwrap()[0].path).unwrap();
    fs::write(&torn, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(look(&story).looking(), first.looking());
    fs::remove_file(torn).unwrap();
    story.desk().back_up().unwrap();
    let again = look(&story);
    assert!(again.looking().unwrap().until > first.looking().unwrap().until);
    let title = |desk: &Desk| desk.document(piece_of(desk, "会议.jpg")).unwrap().description.title;
    assert_eq!((title(&first), title(&again)), (String::new(), "后来的题名".to_owned()));
}

#[test]
fn where_there_is_no_copy_a_sentence_says_so() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let story = Story::holding(&["甲.pdf"]);
    for entry in fs::read_dir(story.dir().join("backups")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    let (before, others) = (print(&story.dir()), copies());
    let error = Desk::look(&story.dir(), around(Files::real())).unwrap_err();
    assert!(matches!(error, Error::NoCopy { .. }), "{error:?}");
    assert!(wording::error::sentence(&error).contains("还没有可以看的副本"));
    assert!(matches!(Desk::look(TempDir::new().unwrap().path(), around(Files::real())), Err(Error::NotAProject { .. })));
    assert_eq!((print(&story.dir()), copies()), (before, others));
}

#[test]
fn a_copy_that_was_left_behind_goes_when_somebody_looks() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let left = std::env::temp_dir().join("huijuan-look-left");
    fs::create_dir_all(left.join("项目").join("derived")).unwrap();
    fs::write(left.join("项目").join("LOCK"), "1\n甲\n2023-04-01T00:00:00Z\n").unwrap();
    let story = held();
    let other = look(&story);
    assert!(!left.exists());
    // That of somebody who still looks stays.
    let one = look(&story);
    assert!(!other.picture(piece_of(&other, "计划.pdf"), 0, 120).unwrap().is_empty());
    drop((one, other));
}

#[test]
fn the_banner_says_of_which_moment_it_is() {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    let looking = |beside| Looking { until: "2023-04-01T02:30:00Z".parse().unwrap(), beside };
    let holder = dossier::store::Holder { pid: 7, host: "甲电脑".to_owned(), since: String::new() };
    let said = |looking: &Looking, today| wording::window::looking(looking, today, &zone);
    let open = looking(Beside::Open(Some(holder)));
    assert_eq!(said(&open, date(2023, 4, 1)), "只读 · 显示到 10:30 为止的内容 · 在“甲电脑”上打开着");
    assert_eq!(said(&looking(Beside::Share), date(2023, 4, 2)), "只读 · 显示到 4月1日 10:30 为止的内容 · 在网络共享盘上");
}
