//! 收集, kept: what becomes of a batch that is killed, meets a failing or full disk, a stick that is pulled out, files that
//! change, odd names and wrong clocks. `HUIJUAN_KILLS` is the number of kills of each kind, in place of the few of the suite.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use dossier::Desk;
use dossier::desk::{Place, Received};
use dossier::domain::{Reason, Verdict};
use dossier::store::{Fault, Files};
use huijuan_tests::drawn::{self, Zip};
use huijuan_tests::story::{Story, around, creation};
use scans::Watch;

/// More than one group of verdicts.
const MANY: u16 = 70;

fn put(dir: &Path, path: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

/// Small pictures that differ, and a copy of the first.
fn many(folder: &Path) {
    for number in 1..=MANY {
        put(folder, &format!("{number}.jpg"), &picture(number));
    }
    put(folder, "99 同1.jpg", &picture(1));
}

fn picture(number: u16) -> Vec<u8> {
    drawn::photo(16 + number, 16, 96)
}

/// A pdf, a picture and its copy, an archive, and what is passed over.
fn few(folder: &Path) {
    put(folder, "1.jpg", &drawn::jpeg(1));
    put(folder, "2 同1.jpg", &drawn::jpeg(1));
    put(folder, "3.pdf", &drawn::pdf(2, "", 3));
    put(folder, "4.zip", &Zip::default().with("5.png", &drawn::png(5)).finish());
    put(folder, "Thumbs.db", &[0xd0]);
}

fn kills(few: u64) -> u64 {
    std::env::var("HUIJUAN_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

/// Names that a process told of, which took in a folder until it ended or was killed after so many, and some time.
fn told_by(project: &Path, folder: &Path, ending: Option<u64>, killed: Option<(usize, Duration)>) -> (Vec<String>, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_test-worker"));
    command.arg("--intake").args([project, folder]).stdout(Stdio::piped()).stderr(Stdio::null());
    if let Some(at) = ending {
        command.args(["ending", &at.to_string()]);
    }
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut names = Vec::new();
    if let Some((told, pause)) = killed {
        names.extend(out.by_ref().take(told).map(Result::unwrap));
        std::thread::sleep(pause);
        child.kill().unwrap();
    }
    // What it told of between the last line read and its end counts as well.
    names.extend(out.map_while(Result::ok));
    (names, child.wait().unwrap().success())
}

/// Opens what is left, goes on, and compares: every piece is there once, whole, and nothing half written.
fn goes_on(project: &Path, folder: &Path, told: &[String], pieces: usize, when: &str) {
    let desk = Desk::open(project, around(Files::real())).unwrap();
    let names =
        |desk: &Desk| -> Vec<String> { desk.documents(&Place::All).unwrap().into_iter().map(|document| document.original_name).collect() };
    let kept = names(&desk);
    let batches = desk.batches().unwrap();
    let judged: Vec<Received> = batches.iter().flat_map(|batch| desk.batch(batch.id).unwrap()).collect();
    for name in told {
        let verdicts: Vec<&Verdict> = judged.iter().filter(|one| one.name == *name).map(|one| &one.verdict).collect();
        assert_eq!(verdicts.len(), 1, "{when}: {name} was told of");
        if matches!(verdicts[0], Verdict::Accepted { .. }) {
            assert_eq!(kept.iter().filter(|known| *known == name).count(), 1, "{when}: {name}");
        }
    }
    if batches.is_empty() {
        assert!(told.is_empty(), "{when}");
        desk.intake(&[folder.to_owned()], &Watch::silent(), &mut |_| {}).unwrap();
    }
    for batch in desk.unfinished_batches().unwrap() {
        desk.resume(batch.id, &Watch::silent(), &mut |_| {}).unwrap();
    }
    let mut names = names(&desk);
    assert_eq!(names.len(), pieces, "{when}: {names:?}");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), pieces, "{when}: nothing is there twice");
    assert_eq!(desk.examine().unwrap(), [], "{when}");
    let loose =
        walkdir::WalkDir::new(project).into_iter().flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "part"));
    assert_eq!(loose.count(), 0, "{when}");
}

fn new_project(temp: &Path) -> PathBuf {
    let project = temp.join("项目");
    let _ = fs::remove_dir_all(&project);
    drop(Desk::create(&project, creation(), around(Files::real())).unwrap());
    project
}

/// The process ends before each operation on a file in turn.
#[test]
fn an_intake_that_ends_before_any_operation_loses_nothing_it_told_of() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    few(&folder);
    let step = if std::env::var_os("HUIJUAN_KILLS").is_some() { 1 } else { 4 };
    let mut at = 1;
    loop {
        let project = new_project(temp.path());
        let (told, ended_well) = told_by(&project, &folder, Some(at), None);
        goes_on(&project, &folder, &told, 3, &format!("before operation {at}"));
        if ended_well {
            break;
        }
        at += step;
    }
    println!("{at} operations");
    assert!(at > 30, "the process never ended early");
}

/// The same in the middle of a large group and behind it.
#[test]
fn a_group_that_is_cut_off_is_told_of_by_nobody() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    many(&folder);
    let ends = |at: u64| {
        let project = new_project(temp.path());
        let (told, _) = told_by(&project, &folder, Some(at), None);
        goes_on(&project, &folder, &told, MANY.into(), &format!("before operation {at}"));
        told.len()
    };
    for round in 0..kills(3) {
        ends(60 + round * 640 / kills(3));
    }
    // The more was done the more was told: between nothing and all stands the end of the first group.
    let (mut from, mut to) = (60, 4000);
    while from < to {
        let at = (from + to) / 2;
        match ends(at) {
            0 => from = at + 1,
            told if told >= usize::from(MANY) => to = at,
            _ => return,
        }
    }
    panic!("no process ended behind one group and before the end of the other, up to operation {from}");
}

/// The process is killed at moments that nobody chose.
#[test]
fn a_killed_intake_loses_nothing_it_told_of() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    many(&folder);
    for round in 0..kills(8) {
        let project = new_project(temp.path());
        let told = [0, 0, 1, 64, 65][(round % 5) as usize];
        let pause = Duration::from_millis(round * 83 % 900);
        let (told, _) = told_by(&project, &folder, None, Some((told, pause)));
        goes_on(&project, &folder, &told, MANY.into(), &format!("round {round}"));
    }
}

/// Every write of ours fails once, or from then on, with each error: the act stops or goes through, and after a new start
/// everything comes in.
#[test]
fn a_failing_disk_stops_the_act_and_loses_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    put(&folder, "1.jpg", &drawn::jpeg(1));
    put(&folder, "2.png", &drawn::png(2));
    put(&folder, "3 同1.jpg", &drawn::jpeg(1));
    for (fault, ever) in [Fault::NoSpace, Fault::Broken, Fault::Denied].into_iter().flat_map(|fault| [(fault, false), (fault, true)]) {
        let mut at = 1;
        loop {
            let project = new_project(temp.path());
            let files = Files::failing(at, fault, ever);
            let mut told = Vec::new();
            if let Ok(desk) = Desk::open(&project, around(files.clone())) {
                let done = desk.intake(std::slice::from_ref(&folder), &Watch::silent(), &mut |received| told.push(received.clone()));
                if let Err(error) = done {
                    assert!(!error.sentence().is_empty());
                    assert_eq!(error.is_disk_full(), fault == Fault::NoSpace, "{error:?} at {at}");
                }
            }
            let desk = Desk::open(&project, around(Files::real())).unwrap();
            for batch in desk.unfinished_batches().unwrap() {
                desk.resume(batch.id, &Watch::silent(), &mut |received| told.push(received.clone())).unwrap();
            }
            if desk.batches().unwrap().is_empty() {
                assert!(told.is_empty());
                desk.intake(std::slice::from_ref(&folder), &Watch::silent(), &mut |_| {}).unwrap();
            }
            let documents = desk.documents(&Place::All).unwrap();
            assert_eq!(documents.len(), 2, "{fault:?} ever {ever} at {at}");
            assert!(desk.examine().unwrap().is_empty(), "{fault:?} ever {ever} at {at}");
            drop(desk);
            if !files.struck() {
                break;
            }
            at += 1;
        }
        println!("{fault:?} ever {ever}: {at} operations");
        assert!(at > 10, "the plan never struck");
    }
}

/// A disk in memory that becomes too small at twenty sizes: the act stops with a sentence, what was told of is there, and
/// with room again the rest comes in.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_sentence_and_loses_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, disk) = (temp.path().join("材料"), temp.path().join("盘"));
    fs::create_dir(&disk).unwrap();
    for number in 0..12 {
        put(&folder, &format!("{number}.jpg"), &drawn::photo(400 + number, 300, 200));
    }
    let sizes = kills(20);
    let mut full = 0;
    for round in 0..sizes {
        let more = round * round * 1600 / (sizes * sizes);
        let Some(said) = on_a_small_disk("--fill", &disk, &folder, more) else { return };
        let mut lines = said.lines();
        match lines.next().unwrap() {
            "whole" => {}
            stopped => {
                assert!(stopped.starts_with("stopped true "), "{more} KiB more: {stopped}");
                full += 1;
            }
        }
        assert_eq!(lines.next(), Some("accepted 12"), "{more} KiB more");
    }
    println!("full at {full} of {sizes} sizes");
    assert!(full > 0, "the disk was never full");
}

/// The same while a package is written: nothing is left of it, and with room again it is made and proven.
#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_fills_leaves_no_part_of_a_package() {
    let temp = tempfile::tempdir().unwrap();
    let (folder, disk) = (temp.path().join("材料"), temp.path().join("盘"));
    fs::create_dir(&disk).unwrap();
    put(&folder, "01.pdf", &drawn::pdf(3, "", 1));
    for number in 2..8 {
        put(&folder, &format!("{number:02}.jpg"), &drawn::photo(400 + number, 300, 200));
    }
    let mut full = 0;
    for more in [0, 4, 40, 200, 600, 1_000] {
        let Some(said) = on_a_small_disk("--press", &disk, &folder, more) else { return };
        let (stopped, rest): (Vec<&str>, Vec<&str>) = said.lines().partition(|line| line.starts_with("stopped"));
        assert!(stopped.iter().all(|line| line.starts_with("stopped true 磁盘已满")), "{more} KiB more: {said}");
        assert_eq!(rest.iter().filter(|line| **line == "proven").count(), 2, "{more} KiB more: {said}");
        full += stopped.len();
    }
    println!("full {full} times");
    assert!(full >= 4, "the disk was full {full} times only");
}

/// What the worker says that has a disk in memory for itself; `None` where the system allows none. In CI it has to.
#[cfg(target_os = "linux")]
fn on_a_small_disk(act: &str, disk: &Path, folder: &Path, more: u64) -> Option<String> {
    let script = "mount -t tmpfs -o size=2g none \"$2\" || exit 77; exec \"$0\" \"$1\" \"$2\" \"$3\" \"$4\"";
    // As an administrator of a namespace of his own; where nobody may be that, as the administrator that he is.
    let mounted = ["-Urm", "-m"].into_iter().find_map(|namespace| {
        let run = Command::new("unshare")
            .args([namespace, "sh", "-c", script, env!("CARGO_BIN_EXE_test-worker"), act])
            .args([disk.as_os_str(), folder.as_os_str(), more.to_string().as_ref()])
            .output();
        run.ok().filter(|run| run.status.code() != Some(77) && !refused(&run.stderr))
    });
    let Some(run) = mounted else {
        assert!(std::env::var_os("CI").is_none(), "{act}: this system lets nobody mount a disk of his own, so a full disk is not shown");
        // Past the capture of the test, so that nobody takes it for one that was run.
        let _ = writeln!(std::io::stderr(), "SKIPPED {act}: this system lets nobody mount a disk of his own");
        return None;
    };
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{more} KiB more: {said}{}", String::from_utf8_lossy(&run.stderr));
    Some(said)
}

#[cfg(target_os = "linux")]
fn refused(stderr: &[u8]) -> bool {
    String::from_utf8_lossy(stderr).starts_with("unshare:")
}

/// A file that is still being written when it is read is not kept torn.
#[test]
fn a_file_that_changes_while_it_is_read_is_refused_with_its_cause() {
    let story = Story::new();
    let stick = tempfile::tempdir().unwrap();
    let mut bytes = drawn::pdf(1, "", 1);
    bytes.resize(48 << 20, b'\n');
    let path = put(stick.path(), "还在写.pdf", &bytes);
    put(stick.path(), "写完了.jpg", &drawn::jpeg(1));
    let done = AtomicBool::new(false);
    let writing = Barrier::new(2);
    let mut seen = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            writing.wait();
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"%\n").unwrap();
            }
        });
        writing.wait();
        story.desk().intake(&[stick.path().to_owned()], &Watch::silent(), &mut |received| seen.push(received.clone())).unwrap();
        done.store(true, Ordering::Relaxed);
    });
    let changed = |one: &&Received| matches!(&one.verdict, Verdict::Refused { reason: Reason::Changed });
    assert_eq!(seen.iter().filter(changed).map(|one| one.name.as_str()).collect::<Vec<_>>(), ["还在写.pdf"]);
    assert_eq!(story.names(&Place::All), ["写完了.jpg"]);
}

/// The stick is pulled out in the middle, and put in again.
#[test]
fn a_stick_that_is_pulled_out_is_told_of_file_by_file() {
    let temp = tempfile::tempdir().unwrap();
    let (stick, away) = (temp.path().join("U盘"), temp.path().join("拔掉"));
    many(&stick);
    let story = Story::new();
    let (from, to) = (stick.clone(), away.clone());
    let watch = Watch::new(move |progress| {
        if progress.done == 5 && from.exists() {
            fs::rename(&from, &to).unwrap();
        }
    });
    let report = story.desk().intake(std::slice::from_ref(&stick), &watch, &mut |_| {}).unwrap();
    assert!(report.accepted >= 5 && report.refused > 0 && !report.unfinished, "{report:?}");
    assert_eq!(report.accepted + report.refused + report.duplicate, u32::from(MANY) + 1, "every file has its verdict");
    let vanished = |one: &Received| matches!(&one.verdict, Verdict::Refused { reason: Reason::Vanished });
    let told = story.desk().batch(report.batch).unwrap();
    assert!(
        told.iter().all(|one| vanished(one) || matches!(one.verdict, Verdict::Accepted { .. } | Verdict::Duplicate { .. })),
        "{told:?}"
    );
    fs::rename(&away, &stick).unwrap();
    let again = story.desk().intake(&[stick], &Watch::silent(), &mut |_| {}).unwrap();
    assert_eq!(report.accepted + again.accepted, u32::from(MANY));
    assert_eq!(story.names(&Place::All).len(), usize::from(MANY));
}

/// Paths longer than old Windows programs could open, names that differ by case or width alone, names that would mislead a
/// reader, and clocks that were never set.
#[test]
fn odd_names_and_wrong_clocks_are_taken_in_as_they_are() {
    let stick = tempfile::tempdir().unwrap();
    let deep = (1..=9).map(|level| format!("第{level}层文件夹，名称写得很长很长很长很长很长")).collect::<Vec<_>>().join("/");
    let long = "长".repeat(80);
    let put = |path: String, number| put(stick.path(), &path, &drawn::jpeg(number));
    assert!(put(format!("{deep}/{long}.jpg"), 1).as_os_str().len() > 600);
    put("同名/A.jpg".into(), 2);
    put("同名/Ａ.jpg".into(), 3);
    if !stick.path().join("同名/a.jpg").exists() {
        put("同名/a.jpg".into(), 4);
    }
    put("名称/\u{202e}gpj.纪要.jpg".into(), 5);
    let (old, ahead) = (put("时钟/老.jpg".into(), 6), put("时钟/未来.jpg".into(), 7));
    let year = Duration::from_secs(365 * 86_400);
    for (path, time) in [(&old, SystemTime::UNIX_EPOCH + year * 10), (&ahead, SystemTime::now() + year * 70)] {
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    }
    let story = Story::new();
    let mut seen = Vec::new();
    let report = story.desk().intake(&[stick.path().to_owned()], &Watch::silent(), &mut |received| seen.push(received.clone())).unwrap();
    assert_eq!(report.accepted as usize, seen.len(), "{seen:?}");
    let names = story.names(&Place::All);
    assert!(names.contains(&format!("{long}.jpg")));
    for name in ["A.jpg", "Ａ.jpg", "老.jpg", "未来.jpg"] {
        assert_eq!(names.iter().filter(|known| *known == name).count(), 1, "{name}");
    }
    // A file's time says nothing of the paper.
    let dated = story.desk().documents(&Place::All).unwrap();
    assert!(dated.iter().all(|document| document.description.dated.is_none() && document.description.years.is_empty()));
    assert_eq!(story.desk().examine().unwrap(), []);
}

/// The folder is opened a second time while a batch comes in.
#[test]
fn a_second_desk_is_refused_while_a_batch_comes_in() {
    let story = Story::new();
    let stick = tempfile::tempdir().unwrap();
    few(stick.path());
    let mut refused = 0;
    let report = story
        .desk()
        .intake(&[stick.path().to_owned()], &Watch::silent(), &mut |_| {
            refused += u32::from(matches!(Desk::open(&story.dir(), around(Files::real())), Err(dossier::Error::InUse { .. })));
        })
        .unwrap();
    assert_eq!((report.accepted, refused > 0), (3, true));
}
