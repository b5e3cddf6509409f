//! Compiles the sample beside `cat` and `cp -r` of the same evidence, and prints ratios of one run.
//!
//! `cargo build --release -p huijuan-cli && cargo run --release -p huijuan-benches --bin bench-compile -- [--documents N] [--dir DIR]`
//! The evidence is read once before anything is measured, so that every way finds it in memory alike.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use huijuan_benches::measure::{Result, concatenate, head, measure, row};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut documents, mut dir) = ("300".to_owned(), std::env::temp_dir().join("huijuan-bench"));
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or("an option needs a value")?;
        match argument.as_str() {
            "--documents" => documents = value,
            "--dir" => dir = PathBuf::from(value),
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let huijuan = std::env::current_exe()?.with_file_name(if cfg!(windows) { "huijuan.exe" } else { "huijuan" });
    if !huijuan.is_file() {
        return Err("build the program first: cargo build --release -p huijuan-cli".into());
    }
    let project = dir.join(format!("project-{documents}"));
    if !project.join("index.sqlite").is_file() {
        fs::create_dir_all(&dir)?;
        let drawn = measure(Command::new(&huijuan).arg("demo").arg(&project).args(["--documents", &documents]))?;
        println!("sample of {documents} documents drawn and taken in: {:.1} s, peak {} MiB", drawn.time.as_secs_f64(), drawn.peak >> 20);
    }
    let evidence = files(&project.join("vault"))?;
    let bytes = evidence.iter().map(|path| Ok(fs::metadata(path)?.len())).sum::<io::Result<u64>>()?;
    for path in &evidence {
        io::copy(&mut File::open(path)?, &mut io::sink())?;
    }
    println!("evidence: {} files, {} MiB", evidence.len(), bytes >> 20);

    let cat = concatenate(evidence.iter().map(PathBuf::as_path), &dir.join("cat.bin"))?;
    let copy = dir.join("copy");
    let cp =
        measure(Command::new("sh").arg("-c").arg("cp -r \"$1\" \"$2\" && sync -f \"$2\"").arg("sh").arg(project.join("vault")).arg(&copy))?;
    fs::remove_dir_all(&copy)?;
    head("cat");
    row("cat of the evidence, synced", cat, cat, None);
    row("cp -r of the vault, synced", cp.time, cat, None);
    for format in ["pdf", "docx"] {
        let out = dir.join(format!("out-{format}"));
        let done = measure(Command::new(&huijuan).arg("compile").arg(&project).args(["--format", format, "--out"]).arg(&out))?;
        row(&format!("compile to {format}, verified"), done.time, cat, Some(done.peak));
        fs::remove_dir_all(&out)?;
    }
    Ok(())
}

fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { out.extend(files(&path)?) } else { out.push(path) }
    }
    out.sort();
    Ok(out)
}
