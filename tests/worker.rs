//! The program that stories start: as a worker, or as one that writes or takes in until it is killed.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use dossier::desk::Desk;
use dossier::store::{Files, Store};
use huijuan_tests::story::{accept, around, code};
use scans::Watch;

fn main() -> ExitCode {
    scans::worker::serve_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--write", dir, from] => write(Path::new(dir), from.parse().expect("a number")),
        ["--intake", dir, source] => take_in(Path::new(dir), Path::new(source)),
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

/// Takes in a folder, and says the name of each file whose verdict is safe.
fn take_in(dir: &Path, source: &Path) {
    let mut around = around(Files::real());
    around.worker = std::env::current_exe().expect("a program knows where it lies");
    let desk = Desk::open(dir, around).expect("the project opens");
    desk.intake(&[source.to_owned()], &Watch::silent(), &mut |received| say(&received.name)).expect("the batch ends");
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().expect("the story listens");
}
