//! Spoils scans at random and puts them into packages: no panic, no hang, and every package is a sound PDF.
//!
//! `cargo run -p paper --example mutate -- [COUNT] [SEED]` (1,000 and 1). What went wrong is kept in the folder that is
//! named at the end, and the program ends with 1. It needs qpdf. A few hundred stand in the tests. `-- --originals DIR`
//! writes the sound ones, from which a fuzzer starts.

#[path = "../tests/pdf_fixtures/mod.rs"]
mod pdf_fixtures;
#[path = "../tests/spoiled/mod.rs"]
mod spoiled;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if_eq("--originals").is_some() {
        let folder = std::path::PathBuf::from(arguments.next().expect("--originals has a folder"));
        std::fs::create_dir_all(&folder).expect("a folder for the originals");
        for (number, bytes) in spoiled::originals().iter().enumerate() {
            std::fs::write(folder.join(format!("{number:02}")), bytes).expect("an original");
        }
        return ExitCode::SUCCESS;
    }
    let mut arguments = arguments.map(|argument| argument.parse().expect("COUNT and SEED are numbers"));
    let (count, seed) = (arguments.next().unwrap_or(1_000), arguments.next().unwrap_or(1));
    let folder = std::env::temp_dir().join(format!("huijuan-mutate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the spoiled");
    let spoiled::Tally { passed, drawn, refused, warned, wrong } = spoiled::try_all(count, seed, &folder);
    println!("{count} spoiled scans: {passed} passed through, {drawn} drawn, {refused} refused with their name, {} wrong", wrong.len());
    println!("{warned} of the packages hold damage that came with the scan (qpdf warns, and reads them)");
    if !wrong.is_empty() {
        wrong.iter().for_each(|wrong| println!("{wrong}"));
        println!("kept in {}", folder.display());
        return ExitCode::FAILURE;
    }
    let _ = std::fs::remove_dir_all(&folder);
    ExitCode::SUCCESS
}
