//! The program that stories start: as a worker, or as one that writes or takes in until it is killed.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Once;

use dossier::compile::{BoxSize, Format, Options, PhotoPages, Sections, Volumes};
use dossier::desk::{Desk, Place, Shape, Surroundings};
use dossier::domain::UnitCode;
use dossier::store::{Files, Store};
use huijuan_tests::story::{accept, around, code, creation};
use scans::Watch;

fn main() -> ExitCode {
    scans::worker::serve_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--write", dir, from] => write(Path::new(dir), from.parse().expect("a number")),
        ["--intake", dir, source] => take_in(Path::new(dir), Path::new(source), Files::real()),
        ["--intake", dir, source, "ending", at] => take_in(Path::new(dir), Path::new(source), Files::ending(at.parse().expect("a number"))),
        ["--kit", dir, stick, unit, at] => make_kit(Path::new(dir), Path::new(stick), unit, at.parse().expect("a number")),
        ["--fill", disk, source, more] => fill(Path::new(disk), Path::new(source), more.parse().expect("a number")),
        ["--press", disk, source, more] => press(Path::new(disk), Path::new(source), more.parse().expect("a number")),
        _ => return ExitCode::from(2),
    }
    ExitCode::SUCCESS
}

/// Takes in and files pieces for ever, and says so of each one that is safe, until somebody kills it.
fn write(dir: &Path, from: u32) {
    for number in from.. {
        let name = format!("第{number}件.pdf");
        let store = Store::open(dir, &Files::real(), "写").expect("the project opens");
        let document = accept(&store, &name).expect("the piece is accepted");
        say(&format!("accepted {name}"));
        drop(store);
        let desk = Desk::open(dir, around(Files::real())).expect("the project opens");
        for leaf in ["01-01", "01-02", "02-01"] {
            desk.file(&[document], &code(leaf)).expect("it can be filed");
            say(&format!("{leaf} {name}"));
        }
        desk.back_up().expect("the index can be copied");
    }
}

/// Takes in a folder, or goes on with it, and says the name of each file whose verdict is safe.
fn take_in(dir: &Path, source: &Path, files: Files) {
    let desk = Desk::open(dir, here(files)).expect("the project opens");
    desk.intake(&[source.to_owned()], &Watch::silent(), &mut |received| say(&received.name)).expect("the batch ends");
}

/// Makes the kit of a unit, and ends before operation `at`.
fn make_kit(dir: &Path, stick: &Path, unit: &str, at: u64) {
    let desk = Desk::open(dir, here(Files::ending(at))).expect("the project opens");
    desk.make_kits(&[UnitCode(unit.to_owned())], Shape::Folder, stick, &Watch::silent()).expect("the kit is made");
}

/// Takes in a folder on a disk (one in memory, mounted by the story) that is made to have only `more` KiB left once the
/// first file is decided on; then gives it room again, and goes on.
fn fill(disk: &Path, source: &Path, more: u64) {
    let desk = on(disk);
    let left = sized_to(disk, more);
    let watch = Watch::new(move |progress| {
        if progress.done == 1 {
            left();
        }
    });
    let mut told = Vec::new();
    let stopped = desk.intake(&[source.to_owned()], &watch, &mut |received| told.push(received.name.clone()));
    match &stopped {
        Ok(_) => say("whole"),
        Err(error) => say(&format!("stopped {} {}", error.is_disk_full(), error.sentence())),
    }
    let here: Vec<String> = desk.documents(&Place::All).expect("readable").into_iter().map(|document| document.original_name).collect();
    assert!(told.iter().all(|name| here.contains(name)), "what was told of is there: {told:?} {here:?}");
    widen(disk);
    for batch in desk.unfinished_batches().expect("readable") {
        desk.resume(batch.id, &Watch::silent(), &mut |_| {}).expect("there is room again");
    }
    assert_eq!(desk.examine().expect("readable"), []);
    say(&format!("accepted {}", desk.documents(&Place::All).expect("readable").len()));
}

/// Compiles what a folder holds, as PDF and as DOCX, on a disk that has only `more` KiB left for each; then again with room.
fn press(disk: &Path, source: &Path, more: u64) {
    let desk = on(disk);
    desk.intake(&[source.to_owned()], &Watch::silent(), &mut |_| {}).expect("the batch ends");
    let pieces: Vec<_> = desk.documents(&Place::All).expect("readable").iter().map(|piece| piece.id).collect();
    desk.file(&pieces, &code("01-01")).expect("it can be filed");
    let packages = desk.dir().join("packages");
    let entries = || std::fs::read_dir(&packages).map_or(0, Iterator::count);
    for format in [Format::Pdf, Format::Docx] {
        let before = (entries(), desk.packages().expect("readable").len());
        sized_to(disk, more)();
        match desk.compile(&options(format), None, &Watch::silent()) {
            Ok(_) => say("whole"),
            Err(error) => {
                assert_eq!((entries(), desk.packages().expect("readable").len()), before, "nothing is left of it");
                say(&format!("stopped {} {}", error.is_disk_full(), error.sentence()));
            }
        }
        widen(disk);
        let package = desk.compile(&options(format), None, &Watch::silent()).expect("there is room again");
        say(if package.verification.ok { "proven" } else { "not proven" });
    }
    assert_eq!(desk.examine().expect("readable"), []);
}

fn options(format: Format) -> Options {
    let made_on = jiff::civil::date(2023, 4, 18);
    Options {
        format,
        volumes: Volumes::One,
        boxes: BoxSize::default(),
        duplex: true,
        photos: PhotoPages::One,
        sections: Sections::Indicator,
        letters: true,
        made_on,
    }
}

/// A project on a disk.
fn on(disk: &Path) -> Desk {
    let project = disk.join("项目");
    drop(Desk::create(&project, creation(), here(Files::real())).expect("a project is made"));
    Desk::open(&project, here(Files::real())).expect("the project opens")
}

/// Gives the disk room again.
fn widen(disk: &Path) {
    let done = Command::new("mount").args(["-o", "remount,size=4g"]).arg(disk).status().expect("mount is there");
    assert!(done.success(), "the disk can be resized");
}

/// Shrinks the disk, once, to what is used on it and `more` KiB.
fn sized_to(disk: &Path, more: u64) -> impl Fn() + Send + Sync + 'static {
    let disk = disk.to_owned();
    let once = Once::new();
    move || {
        once.call_once(|| {
            let told = Command::new("df").args(["-k", "--output=used"]).arg(&disk).output().expect("df is there").stdout;
            let used = String::from_utf8_lossy(&told).lines().nth(1).and_then(|used| used.trim().parse::<u64>().ok());
            let size = format!("remount,size={}k", used.expect("df says a number") + more);
            // A disk on which more came meanwhile stays as it is; the story tries many sizes.
            let _ = Command::new("mount").args(["-o", &size]).arg(&disk).status();
        });
    }
}

/// This program is its own worker.
fn here(files: Files) -> Surroundings {
    let worker = std::env::current_exe().expect("a program knows where it lies");
    Surroundings { worker, ..around(files) }
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().expect("the story listens");
}
