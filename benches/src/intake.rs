//! Takes in the sample's files beside `cp -r` and a BLAKE3 of the copies, and draws a thumbnail of each; ratios of one run.
//!
//! `cargo build --release -p huijuan-cli && cargo run --release -p huijuan-benches --bin bench-intake -- [--documents N] [--dir DIR]`
//! The files are read once before anything is measured, so that every way finds them in memory alike.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use dossier::Desk;
use dossier::desk::{Place, Surroundings};
use huijuan_benches::measure::{Result, head, measure, row};

/// Longer side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 200;

fn main() -> Result<()> {
    scans::worker::serve_if_asked();
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
    let sample = dir.join(format!("project-{documents}"));
    if !sample.join("index.sqlite").is_file() {
        fs::create_dir_all(&dir)?;
        measure(Command::new(&huijuan).arg("demo").arg(&sample).args(["--documents", &documents]))?;
    }
    let source = sample.join("vault");
    let found = files(&source)?;
    let bytes = found.iter().map(|path| Ok(fs::metadata(path)?.len())).sum::<io::Result<u64>>()?;
    hash(&found)?;
    println!("{} files, {} MiB", found.len(), bytes >> 20);

    let copy = dir.join("copy");
    let copied = measure(Command::new("cp").arg("-r").arg(&source).arg(&copy))?;
    // What the copy costs once it shall survive a power cut, as every file does that is acknowledged.
    let synced = measure(Command::new("find").arg(&copy).args(["-type", "f", "-exec", "sync", "{}", "+"]))?;
    let hashed = hash(&files(&copy)?)?;
    fs::remove_dir_all(&copy)?;
    let floor = copied.time + hashed;

    let project = dir.join("taken-in");
    let _ = fs::remove_dir_all(&project);
    let catalogue = dir.join("catalogue.json");
    fs::write(&catalogue, include_str!("../../assets/catalogue/reference.json"))?;
    measure(Command::new(&huijuan).arg("new").arg(&project).arg("--catalogue").arg(&catalogue).args(["--office", "示例区双拥办"]))?;
    let taken = measure(Command::new(&huijuan).arg("intake").arg(&project).arg(&source))?;

    let desk = Desk::open(&project, Surroundings::here()?)?;
    let pieces = desk.documents(&Place::All)?;
    let start = Instant::now();
    for piece in &pieces {
        desk.picture(piece.id, 0, THUMBNAIL)?;
    }
    let drawn = start.elapsed();
    drop(desk);
    fs::remove_dir_all(&project)?;

    let rate = |count: u64, time: Duration| count as f64 / time.as_secs_f64();
    head("cp and hash");
    row("cp -r and BLAKE3 of the copies", floor, floor, None);
    row("the same, every copy synced", floor + synced.time, floor, None);
    row("intake, every file acknowledged", taken.time, floor, Some(taken.peak));
    let (files, mib) = (rate(found.len() as u64, taken.time), rate(bytes >> 20, taken.time));
    println!("intake: {files:.1} files/s, {mib:.1} MiB/s");
    println!("thumbnails, one worker: {:.1}/s", rate(pieces.len() as u64, drawn));
    Ok(())
}

fn hash(files: &[PathBuf]) -> Result<Duration> {
    let start = Instant::now();
    let mut chunk = vec![0; 1 << 20];
    for path in files {
        let mut hasher = scans::digest::Hasher::default();
        let mut file = File::open(path)?;
        loop {
            match file.read(&mut chunk)? {
                0 => break,
                read => hasher.update(&chunk[..read]),
            }
        }
        std::hint::black_box(hasher.finish());
    }
    Ok(start.elapsed())
}

/// Every file below a folder, sorted.
fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { out.extend(files(&path)?) } else { out.push(path) }
    }
    out.sort();
    Ok(out)
}
