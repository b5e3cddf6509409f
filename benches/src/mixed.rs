//! The PDF writer alone on mixed evidence, beside `cat`, `cp -r`, and what others would use; ratios of one run.
//!
//! `cargo run --release -p huijuan-benches --bin bench-mixed -- [--scale 1.0] [--repeat 1] [--dir DIR] [--python PROGRAM] [--only-ours]`
//! At scale 1: 2,000 JPEG, 300 PDF of five pages, 50 TIFF of ten pages in G4; 4,000 pages. Repeated, the same files are
//! filed again and again as others, for the memory of a larger package. The evidence is read once before anything is
//! measured. As in the product, a volume takes 1.9 GB, and is read again while the next one is written. Peers are run where
//! they are installed: `pip install img2pdf pikepdf pymupdf`, and qpdf.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use huijuan_benches::asked::Asked;
use huijuan_benches::corpus::{Kept, corpus, pages, read};
use huijuan_benches::manuscript::{Shelved, manuscript};
use huijuan_benches::measure::{Measured, Result, concatenate, head, is_there, measure, peer, row};
use paper::font::{Faces, Fonts, locate};
use scans::Watch;

const PEERS: &str = include_str!("peers.py");

fn main() -> Result<()> {
    // What is measured runs by itself, as a part, so that its memory is its own.
    let asked = Asked::read(&["--scale", "--repeat", "--dir", "--python", "--part"], &["--only-ours"])?;
    let scale: f64 = asked.get("--scale", 1.0)?;
    let repeat: usize = asked.get("--repeat", 1)?;
    let dir = asked.get("--dir", std::env::temp_dir().join("huijuan-bench-mixed"))?;
    let python = asked.find("--python").unwrap_or("python3");
    let evidence = dir.join(format!("evidence-{scale}"));
    let count = |whole: f64| (whole * scale).ceil() as usize;
    let once = corpus(&evidence, count(2000.0), count(300.0), count(50.0))?;
    let kept: Vec<Kept> = std::iter::repeat_n(&once, repeat).flatten().cloned().collect();
    match asked.find("--part") {
        Some("write") => return write(&kept, &dir, |_, _| Ok(())),
        Some("proven") => return proven(&kept, &dir),
        Some(other) => return Err(format!("unknown part {other}").into()),
        None => {}
    }
    let own = |part: &str| {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--part", part, "--scale", &scale.to_string(), "--repeat", &repeat.to_string(), "--dir"]).arg(&dir);
        measure(&mut command)
    };
    compare(&kept, &evidence, &dir, &own, (!asked.has("--only-ours")).then_some(python))
}

/// `own` runs a part of this program by itself.
fn compare(kept: &[Kept], evidence: &Path, dir: &Path, own: &dyn Fn(&str) -> Result<Measured>, python: Option<&str>) -> Result<()> {
    let bytes = read(kept)?;
    println!("evidence: {} files, {} pages, {} MiB", kept.len(), pages(kept), bytes >> 20);
    let cat = concatenate(kept.iter().map(|kept| kept.path.as_path()), &dir.join("cat.bin"))?;
    let copy = dir.join("copy");
    let cp = measure(Command::new("sh").args(["-c", "cp -r \"$1\" \"$2\" && sync -f \"$2\"", "sh"]).arg(evidence).arg(&copy))?;
    fs::remove_dir_all(&copy)?;
    head("cp -r");
    row("cat, synced", cat, cp.time, None);
    row("cp -r, synced (of each file once)", cp.time, cp.time, None);
    for (name, part) in [("ours: contents, stamps, outline, labels", "write"), ("ours, and read again", "proven")] {
        let done = own(part)?;
        row(name, done.time, cp.time, Some(done.peak));
    }
    let mut ours = 0;
    for path in volumes(kept)?.iter().enumerate().map(|(at, _)| file(dir, at)) {
        ours += fs::metadata(&path)?.len();
        fs::remove_file(&path)?;
    }
    println!("{:<40}{:>9} MiB, {:.3} of the evidence", "  its size", ours >> 20, ours as f64 / bytes as f64);
    let Some(python) = python else { return Ok(()) };
    let script = dir.join("peers.py");
    fs::write(&script, PEERS)?;
    for (name, way, modules) in [
        ("img2pdf + pikepdf (no stamps)", "pikepdf", "img2pdf, pikepdf"),
        ("img2pdf + qpdf (no stamps)", "qpdf", "img2pdf"),
        ("PyMuPDF (the same stamps)", "pymupdf", "pymupdf"),
    ] {
        if !is_there(python, &["-c", &format!("import {modules}")]) {
            println!("{name:<40}  not installed");
            continue;
        }
        let out = dir.join("peer.pdf");
        peer(name, Command::new(python).arg(&script).arg(way).arg(evidence).arg(&out), &out, cp.time);
    }
    Ok(())
}

/// Bytes of evidence in a volume.
const VOLUME: u64 = 1_900_000_000;

/// The evidence of each volume.
fn volumes(kept: &[Kept]) -> Result<Vec<&[Kept]>> {
    let mut out = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (at, one) in kept.iter().enumerate() {
        let own = fs::metadata(&one.path)?.len();
        if bytes + own > VOLUME {
            out.push(&kept[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += own;
    }
    out.push(&kept[from..]);
    Ok(out)
}

fn file(dir: &Path, volume: usize) -> PathBuf {
    dir.join(format!("ours{volume}.pdf"))
}

/// As the product does: contents, stamps, outline, labels. `then` is called with every volume that is written.
fn write<'k>(kept: &'k [Kept], dir: &Path, mut then: impl FnMut(PathBuf, &'k [Kept]) -> Result<()>) -> Result<()> {
    let fonts = Fonts::load(&locate().ok_or("no fonts")?, Faces::Bundled)?;
    for (at, kept) in volumes(kept)?.into_iter().enumerate() {
        let path = file(dir, at);
        let receipt = paper::pdf::write(&manuscript(kept), &Shelved(kept), &fonts, &path, &Watch::silent())?;
        if let Some(remark) = receipt.remarks.first() {
            return Err(format!("not passed through: {remark:?}").into());
        }
        then(path, kept)?;
    }
    Ok(())
}

/// As the verification does: every page, stamp, link and font by a reader that did not write it, and the digest of the whole;
/// one volume while the next one is written.
fn proven(kept: &[Kept], dir: &Path) -> Result<()> {
    thread::scope(|scope| {
        let mut reading: Option<thread::ScopedJoinHandle<'_, std::result::Result<(), String>>> = None;
        let end =
            |reading: thread::ScopedJoinHandle<'_, std::result::Result<(), String>>| reading.join().map_err(|_| "a reader panicked")?;
        write(kept, dir, |path, kept| {
            reading.take().map_or(Ok(()), end)?;
            reading = Some(scope.spawn(move || reopen(&path, kept)));
            Ok(())
        })?;
        Ok(reading.map_or(Ok(()), end)?)
    })
}

fn reopen(path: &Path, kept: &[Kept]) -> std::result::Result<(), String> {
    let (found, digest) = thread::scope(|scope| {
        let digest = scope.spawn(|| dossier::compile::digest(path));
        (paper::pdf::reopen(path, &paper::pdf::Bars::new()), digest.join())
    });
    digest.map_err(|_| "the digest panicked")?.map_err(|error| error.to_string())?;
    let found = found.map_err(|error| format!("{error:?}"))?;
    let wanted = pages(kept) as usize;
    let evidence = found.pages.iter().filter(|page| !page.scans.is_empty()).count();
    if evidence == wanted { Ok(()) } else { Err(format!("{evidence} pages of {wanted}")) }
}
