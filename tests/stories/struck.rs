//! Editing, compiling, backing up and the migration of an older project, struck at any operation: what a clerk was told is done is
//! there, once and whole; what failed is a sentence, and is not there; and the project goes on.
//!
//! Two layers are struck: files that we write, and what SQLite writes by itself. `HUIJUAN_KILLS` is the number of kills of each act,
//! and with `HUIJUAN_FAULTS` every operation fails in every way; otherwise some, spread over all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dossier::desk::{Desk, Place};
use dossier::store::Files;
use huijuan_tests::acts::{self, Step};
use huijuan_tests::story::{around, code, worker};
use huijuan_tests::{Story, rows};
use paper::pdf::Bars;
use rusqlite::Connection;
use scans::Watch;
use tempfile::TempDir;

use super::versions::{Ages, copy_project, said, schema};

const LAYERS: [&str; 2] = ["files", "index"];
const WAYS: [&str; 6] = ["no space", "no space for ever", "broken", "broken for ever", "denied", "denied for ever"];
/// Operations of a layer that fail in each way where not every one does.
const FEW: u64 = 5;

/// An act on copies of one project.
struct Bench {
    folder: TempDir,
    act: &'static str,
    project: PathBuf,
    /// What the index says after each step, where the act writes there; at first, before any.
    steps: Vec<BTreeMap<String, Vec<String>>>,
}

/// What a struck process said until it ended.
#[derive(Debug, Default)]
struct Told {
    /// The last step that was said to be done; `None` before the project was open.
    done: Option<usize>,
    /// Sentences of what failed, each with whether it says that the disk is full.
    failed: Vec<(bool, String)>,
    /// It went on to the end for all that.
    operations: Option<u64>,
    status: bool,
}

impl Bench {
    fn of(act: &'static str, project: &Path) -> Self {
        let bench = Self { folder: TempDir::new().unwrap(), act, project: project.to_owned(), steps: Vec::new() };
        let dir = bench.copy();
        let desk = Desk::open(&dir, around(Files::real())).unwrap();
        let standing = |step: Option<&Step>| {
            if let Some(step) = step {
                step(&desk, &bench.beside()).unwrap();
            }
            rows::all(&Connection::open(dir.join("index.sqlite")).unwrap())
        };
        let steps = std::iter::once(None).chain(acts::of(act).iter().map(Some)).map(standing).collect();
        drop(desk);
        Self { steps, ..bench }
    }

    fn beside(&self) -> PathBuf {
        self.folder.path().join("U盘")
    }

    /// The project as it was before the act.
    fn copy(&self) -> PathBuf {
        let dir = self.folder.path().join("项目");
        let _ = fs::remove_dir_all(&dir);
        let _ = fs::remove_dir_all(self.beside());
        fs::create_dir(self.beside()).unwrap_or_default();
        copy_project(&self.project, &dir);
        dir
    }

    fn begin(&self, dir: &Path, layer: &str, way: &str, at: u64) -> Child {
        let mut command = Command::new(worker());
        command.args(["--struck", self.act]).arg(dir).args([layer, way, &at.to_string()]);
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn told(mut child: Child, kill: Option<Duration>) -> Told {
        let out = BufReader::new(child.stdout.take().unwrap());
        if let Some(pause) = kill {
            std::thread::sleep(pause);
            child.kill().unwrap();
        }
        let mut told = Told::default();
        for line in out.lines().map_while(Result::ok) {
            match line.split_once(' ').unwrap_or_default() {
                ("done", step) => told.done = step.parse().ok(),
                ("operations", count) => told.operations = count.parse().ok(),
                ("failed" | "stopped", said) => {
                    let (full, sentence) = said.split_once(' ').unwrap();
                    told.failed.push((full == "true", sentence.to_owned()));
                }
                _ => panic!("{line}"),
            }
        }
        told.status = child.wait().unwrap().success();
        told
    }

    /// Operations of a layer, and how long it takes, where nothing is struck.
    fn untouched(&self, layer: &str) -> (u64, Duration) {
        let dir = self.copy();
        let begun = Instant::now();
        let told = Self::told(self.begin(&dir, layer, "end", u64::MAX), None);
        assert_eq!((told.done, told.failed.len()), (Some(acts::of(self.act).len()), 0), "{told:?}");
        (told.operations.unwrap(), begun.elapsed())
    }

    /// Fails operations of both layers in all ways.
    fn fails(&self, check: impl Fn(&Path, &Told, &str)) {
        let mut struck = 0;
        for layer in LAYERS {
            let (operations, _) = self.untouched(layer);
            let step = if std::env::var_os("HUIJUAN_FAULTS").is_some() { 1 } else { (operations / FEW).max(1) };
            for (way, offset) in WAYS.into_iter().zip(0..) {
                for at in (1 + offset * step / WAYS.len() as u64..=operations).step_by(step as usize) {
                    let when = format!("{}: {layer} {way} at {at} of {operations}", self.act);
                    let dir = self.copy();
                    let told = Self::told(self.begin(&dir, layer, way, at), None);
                    assert!(told.status && told.operations.is_some(), "it stays up: {when}: {told:?}");
                    for (full, sentence) in &told.failed {
                        assert!(sentence.ends_with(['。', '：']) && *full == way.starts_with("no space"), "{when}: {full} {sentence}");
                    }
                    if !way.ends_with("for ever") {
                        assert_eq!(told.done, Some(acts::of(self.act).len()), "what failed once can be done: {when}: {told:?}");
                    }
                    check(&dir, &told, &when);
                    struck += 1;
                }
            }
            println!("{}: {operations} operations of {layer}", self.act);
        }
        assert!(struck > 40, "only {struck} operations were made to fail");
    }

    /// Ends the process at operations of both layers, and at moments that nobody chose.
    fn is_killed(&self, check: impl Fn(&Path, &Told, &str)) {
        let rounds = std::env::var("HUIJUAN_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(21);
        let (counts, times): (Vec<u64>, Vec<Duration>) = LAYERS.into_iter().map(|layer| self.untouched(layer)).unzip();
        let mut early = 0;
        for round in 0..rounds {
            let dir = self.copy();
            // Of every three one strikes files, one the index, one the clock.
            let (kind, part) = ((round % 3) as usize, round / 3 * 3);
            let (child, pause, when) = match kind {
                2 => {
                    let pause = times[0] * (part as u32 * 7 % rounds as u32) / rounds as u32;
                    (self.begin(&dir, "files", "end", u64::MAX), Some(pause), format!("killed after {pause:?}"))
                }
                layer => {
                    let at = 1 + part * counts[layer] / rounds;
                    (self.begin(&dir, LAYERS[layer], "end", at), None, format!("ended at {at} of {} of {}", counts[layer], LAYERS[layer]))
                }
            };
            let told = Self::told(child, pause);
            early += u64::from(told.operations.is_none());
            check(&dir, &told, &format!("{}: {when}", self.act));
        }
        println!("{}: {early} of {rounds} ended early", self.act);
        assert!(early * 2 > rounds, "{early} of {rounds} ended early");
    }

    /// Opens what is left and compares: every row is that after a step, and the last one that was told of is in.
    fn stands(&self, dir: &Path, told: &Told, when: &str) -> Desk {
        let desk = Desk::open(dir, around(Files::real())).unwrap_or_else(|error| panic!("{when}: {error:?}"));
        assert_eq!(desk.examine().unwrap(), [], "{when}");
        let parts =
            walkdir::WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.path().extension().is_some_and(|end| end == "part"));
        assert_eq!(parts.count(), 0, "{when}");
        let now = rows::all(&Connection::open(dir.join("index.sqlite")).unwrap());
        let done = told.done.unwrap_or(0);
        // The last step may be in and not said: the process ended between the two, or its end could not be put in order.
        let stands = self.steps.iter().skip(done).take(2).position(|step| *step == now);
        assert!(stands.is_some(), "{when}: neither before nor after the step: {told:?}");
        desk
    }
}

fn edited() -> Bench {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    story.close();
    Bench::of("edit", &story.dir())
}

fn bound() -> Bench {
    let mut story = Story::scanned(&[("计划.pdf", 1), ("会议.jpg", 1)]);
    story.desk().file(&story.pieces(&["计划.pdf", "会议.jpg"]), &code("01-01")).unwrap();
    story.close();
    Bench::of("compile", &story.dir())
}

fn copied() -> Bench {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    story.close();
    Bench::of("back up", &story.dir())
}

#[test]
fn edits_that_fail_are_not_done_and_can_be_done_again() {
    let bench = edited();
    bench.fails(|dir, told, when| drop(bench.stands(dir, told, when)));
}

#[test]
fn a_killed_edit_is_done_or_not_done() {
    let bench = edited();
    bench.is_killed(|dir, told, when| {
        let desk = bench.stands(dir, told, when);
        desk.file(&[desk.documents(&Place::All).unwrap()[0].id], &code("02-01")).unwrap_or_else(|error| panic!("{when}: {error:?}"));
    });
}

/// What is said to be compiled lies there, and whatever lies there under a final name is whole.
fn whole_packages(dir: &Path, told: &Told, when: &str) {
    let desk = Desk::open(dir, around(Files::real())).unwrap_or_else(|error| panic!("{when}: {error:?}"));
    assert_eq!(desk.examine().unwrap(), [], "{when}");
    let packages = desk.packages().unwrap();
    assert!(packages.len() >= told.done.unwrap_or(0), "{when}: {told:?}");
    assert!(packages.iter().flat_map(|package| &package.files).all(|file| file.is_file()), "{when}");
    for entry in fs::read_dir(dir.join("packages")).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
            "pdf" => assert!(!paper::pdf::reopen(&path, &Bars::new()).unwrap().pages.is_empty(), "{when}"),
            "docx" => drop(zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap_or_else(|error| panic!("{when}: {error}"))),
            "part" => panic!("{when}: {}", path.display()),
            _ => {}
        }
    }
}

#[test]
fn a_package_that_fails_is_not_there() {
    let bench = bound();
    bench.fails(whole_packages);
}

#[test]
fn a_killed_package_is_there_whole_or_not_at_all() {
    let bench = bound();
    bench.is_killed(|dir, told, when| {
        whole_packages(dir, told, when);
        let desk = Desk::open(dir, around(Files::real())).unwrap();
        let again = desk.compile(&huijuan_tests::story::options(), None, &Watch::silent());
        assert!(again.unwrap_or_else(|error| panic!("{when}: {error:?}")).verification.ok, "{when}");
    });
}

/// Every copy that has a name is whole: those in the project, and the one on the stick.
fn whole_copies(bench: &Bench, dir: &Path, told: &Told, when: &str) {
    let desk = Desk::open(dir, around(Files::real())).unwrap_or_else(|error| panic!("{when}: {error:?}"));
    assert_eq!(desk.examine().unwrap(), [], "{when}");
    let copies = desk.saved().unwrap();
    assert!(copies.len() >= told.done.unwrap_or(0).min(1), "{when}: {told:?}");
    for copy in copies {
        let word: String = Connection::open(&copy.path).unwrap().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(word, "ok", "{when}");
    }
    let stick: Vec<PathBuf> = fs::read_dir(bench.beside()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let carried: Vec<&PathBuf> = stick.iter().filter(|copy| Desk::is_project(copy) && copy.join("index.sqlite").exists()).collect();
    assert!(carried.len() >= usize::from(told.done == Some(2)), "{when}: {stick:?}");
    for copy in carried {
        let there = Desk::open(copy, around(Files::real())).unwrap_or_else(|error| panic!("{when}: {error:?}"));
        assert_eq!((there.examine().unwrap(), there.documents(&Place::All).unwrap().len()), (Vec::new(), 2), "{when}");
    }
    let again = desk.back_up_to(&bench.beside(), &Watch::silent()).unwrap_or_else(|error| panic!("{when}: {error:?}"));
    assert_eq!((again.copied + again.present, again.damaged.len()), (2, 0), "{when}");
}

#[test]
fn a_backup_that_fails_leaves_every_copy_whole() {
    let bench = copied();
    bench.fails(|dir, told, when| whole_copies(&bench, dir, told, when));
}

#[test]
fn a_killed_backup_leaves_every_copy_whole() {
    let bench = copied();
    bench.is_killed(|dir, told, when| whole_copies(&bench, dir, told, when));
}

/// Before it is opened again the index is as the older program left it, or as this one makes it; opened, it has all that it had.
fn whole_migration(dir: &Path, from: usize, before: &BTreeMap<String, Vec<String>>, when: &str) {
    let aside = dir.with_file_name("照看");
    let _ = fs::remove_dir_all(&aside);
    copy_project(dir, &aside);
    let index = Connection::open(aside.join("index.sqlite")).unwrap();
    let word: String = index.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(word, "ok", "{when}");
    assert!([from, schema()].contains(&rows::version(&index)), "{when}: schema {}", rows::version(&index));
    drop(index);
    same(&said(&aside, from), before, when);
    let desk = Desk::open(dir, around(Files::real())).unwrap_or_else(|error| panic!("{when}: {error:?}"));
    assert_eq!(desk.examine().unwrap(), [], "{when}");
    assert!(!desk.saved().unwrap().is_empty(), "{when}: the older index is kept");
    drop(desk);
    same(&said(dir, from), before, when);
}

fn same(now: &BTreeMap<String, Vec<String>>, before: &BTreeMap<String, Vec<String>>, when: &str) {
    for (table, rows) in before {
        assert_eq!(&now[table], rows, "{when}: {table}");
    }
}

/// Schemas from which a project is struck on its way: many steps, and some that write rows.
const STRUCK_FROM: [usize; 2] = [5, 17];

#[test]
fn a_migration_that_fails_leaves_the_older_project_whole() {
    let ages = Ages::lived();
    for from in STRUCK_FROM {
        let before = said(&ages.of(from), from);
        let bench = Bench::of("open", &ages.of(from));
        bench.fails(|dir, _, when| whole_migration(dir, from, &before, when));
    }
}

#[test]
fn a_killed_migration_leaves_the_older_project_whole() {
    let ages = Ages::lived();
    let from = STRUCK_FROM[0];
    let before = said(&ages.of(from), from);
    let bench = Bench::of("open", &ages.of(from));
    bench.is_killed(|dir, _, when| whole_migration(dir, from, &before, when));
}
