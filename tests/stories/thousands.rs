//! 并入 of thousands of pieces, run by hand: what each act takes, in a process of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use dossier::Desk;
use dossier::domain::{Description, DocumentId};
use dossier::store::Files;
use huijuan_tests::drawn;
use huijuan_tests::story::around;
use scans::Watch;
use tempfile::TempDir;

use super::merge::colleague;
use super::purge::copied;

const NEW: usize = 3000;
const ITSELF: &str = "thousands::thousands_of_pieces_come_in_and_are_taken_back";

/// `HUIJUAN_LARGE` is a project, as `huijuan demo` makes one; it is only copied.
#[test]
#[ignore = "takes minutes, and needs a large project"]
fn thousands_of_pieces_come_in_and_are_taken_back() {
    if let Ok(part) = env::var("HUIJUAN_PART") {
        return perform(&part);
    }
    let large = env::var("HUIJUAN_LARGE").expect("HUIJUAN_LARGE names a large project");
    let place = TempDir::new().unwrap();
    let [here, there] = ["本机", "另一台"].map(|name| place.path().join(name));
    copied(Path::new(&large), &here);
    // An older one is brought up to date before anything is measured.
    let old = pieces(&open(&here)).len();
    copied(&here, &there);
    for (part, project) in [("there", &there), ("here", &here)] {
        run(part, project, &there);
    }
    println!("{old} pieces, {NEW} new ones there\n{:<44}{:>8}{:>10}", "act", "s", "peak MiB");
    for (act, part, now) in [
        ("open", "open", old),
        ("look at what would come in", "preview", old),
        ("merge", "merge", old + NEW),
        ("undo the merge", "undo", old),
        ("one other act", "act", old),
        ("open: what the merge has left is taken away", "open", old),
        ("open", "open", old),
    ] {
        let [seconds, peak, pieces] = run(part, &here, &there);
        println!("{act:<44}{seconds:>8}{peak:>10}");
        assert_eq!(pieces, now.to_string(), "after {act}");
    }
}

/// Runs a part as a process of its own; the seconds that it took, the most that it held, in MiB, and how many pieces there are then.
fn run(part: &str, project: &Path, there: &Path) -> [String; 3] {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([ITSELF, "--exact", "--ignored", "--nocapture"]);
    let ended = command.env("HUIJUAN_PART", part).env("HUIJUAN_HERE", project).env("HUIJUAN_THERE", there).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{part}: {said}{}", String::from_utf8_lossy(&ended.stderr));
    let (_, told) = said.split_once("told ").expect("a part tells what it took");
    let mut told = told.split_whitespace().map(str::to_owned);
    std::array::from_fn(|_| told.next().unwrap())
}

fn perform(part: &str) {
    let [here, there] = ["HUIJUAN_HERE", "HUIJUAN_THERE"].map(|name| PathBuf::from(env::var_os(name).unwrap()));
    let watch = Watch::silent();
    let began = Instant::now();
    let desk = open(&here);
    match part {
        "open" => {}
        "there" => work_there(&desk),
        "here" => note(&desk, pieces(&desk).iter().skip(1).step_by(4), "本机说的"),
        "preview" => drop(desk.preview_merge(&there, &watch).unwrap()),
        "merge" => drop(desk.merge(&there, &BTreeSet::new(), &watch).unwrap()),
        "undo" => drop(desk.undo().unwrap().unwrap()),
        "act" => note(&desk, pieces(&desk).iter().take(1), "又一处"),
        other => unreachable!("{other} is no part"),
    }
    println!("told {:.2} {} {}", began.elapsed().as_secs_f64(), peak(), pieces(&desk).len());
}

/// New files come in, half of them are filed, and something is said of every other piece that was there.
fn work_there(desk: &Desk) {
    let old = pieces(desk);
    let stick = TempDir::new().unwrap();
    for number in 0..NEW {
        let (name, bytes) = if number % 3 == 0 {
            (format!("{number}.pdf"), drawn::pdf(1, &format!("第{number}件"), number as u8))
        } else {
            (format!("{number}.jpg"), commented(&drawn::jpeg(number as u8), number))
        };
        fs::write(stick.path().join(name), bytes).unwrap();
    }
    let report = desk.intake(&[stick.path().to_owned()], &Watch::silent(), &mut |_| {}).unwrap();
    assert_eq!(report.accepted as usize, NEW, "{report:?}");
    let leaf = desk.catalogue().leaves().next().unwrap().code().clone();
    pieces(desk)[old.len()..].iter().take(NEW / 2).for_each(|piece| desk.file(&[*piece], &leaf).unwrap());
    note(desk, old.iter().step_by(2), "第二台说的");
}

/// A JPEG with a comment behind its JFIF header, which makes it another file.
fn commented(jpeg: &[u8], number: usize) -> Vec<u8> {
    let words = format!("{number:08}");
    let (header, rest) = jpeg.split_at(4 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]])));
    [header, &[0xFF, 0xFE, 0, words.len() as u8 + 2], words.as_bytes(), rest].concat()
}

fn open(project: &Path) -> Desk {
    Desk::open(project, if project.ends_with("另一台") { colleague() } else { around(Files::real()) }).unwrap()
}

/// In the order received.
fn pieces(desk: &Desk) -> Vec<DocumentId> {
    desk.dossier().unwrap().documents.keys().copied().collect()
}

/// Writes a note on each piece, an act for each.
fn note<'a>(desk: &Desk, pieces: impl Iterator<Item = &'a DocumentId>, text: &str) {
    for piece in pieces {
        let said = desk.document(*piece).unwrap().description;
        desk.describe(*piece, &Description { note: text.to_owned(), ..said }).unwrap();
    }
}

/// The most that this process held, where the system says it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    held.unwrap_or_default() >> 10
}
