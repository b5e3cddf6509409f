//! The PDF writer alone on mixed evidence, beside `cat`, `cp -r`, and what others would use; ratios of one run.
//!
//! `cargo run --release -p huijuan-benches --bin bench-mixed -- [--scale 1.0] [--repeat 1] [--dir DIR] [--python PROGRAM] [--only-ours]`
//! At scale 1: 2,000 JPEG, 300 PDF of five pages, 50 TIFF of ten pages in G4; 4,000 pages. Repeated, the same files are
//! filed again and again as others, for the memory of a larger package. The evidence is read once before anything is measured. Peers are run where they are installed: `pip install img2pdf pikepdf pymupdf`, and qpdf.

use std::fs;
use std::path::Path;
use std::process::Command;

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
        Some("write") => return write(&kept, &dir.join("ours.pdf")),
        Some("reopen") => return reopen(&dir.join("ours.pdf"), &kept),
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
    let (written, read) = (own("write")?, own("reopen")?);
    row("ours: contents, stamps, outline, labels", written.time, cp.time, Some(written.peak));
    row("ours, and read again", written.time + read.time, cp.time, Some(written.peak.max(read.peak)));
    let ours = fs::metadata(dir.join("ours.pdf"))?.len();
    println!("{:<40}{:>9} MiB, {:.3} of the evidence", "  its size", ours >> 20, ours as f64 / bytes as f64);
    fs::remove_file(dir.join("ours.pdf"))?;
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

/// As the product does: contents, stamps, outline, labels.
fn write(kept: &[Kept], out: &Path) -> Result<()> {
    let fonts = Fonts::load(&locate().ok_or("no fonts")?, Faces::Bundled)?;
    let receipt = paper::pdf::write(&manuscript(kept), &Shelved(kept), &fonts, out, &Watch::silent())?;
    if receipt.remarks.is_empty() { Ok(()) } else { Err(format!("not passed through: {:?}", receipt.remarks[0]).into()) }
}

/// As the verification does: every page, stamp, link and font, by a reader that did not write it.
fn reopen(path: &Path, kept: &[Kept]) -> Result<()> {
    let found = paper::pdf::reopen(path).map_err(|error| format!("{error:?}"))?;
    let wanted = pages(kept);
    let evidence = found.pages.iter().filter(|page| !page.scans.is_empty()).count();
    if evidence == wanted as usize { Ok(()) } else { Err(format!("{evidence} pages of {wanted}").into()) }
}
