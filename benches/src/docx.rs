//! The Word writer on JPEG of a megabyte, beside `cat` and what others would use; ratios of one run.
//!
//! `cargo run --release -p huijuan-benches --bin bench-docx -- [--pictures 2000] [--peers 2000] [--dir DIR] [--python PROGRAM]
//! [--node-modules DIR] [--only-ours]`
//! Peers get the first `--peers` of the pictures and stand beside a `cat` of as many; each is stopped after ten minutes.
//! They are run where they are installed: `pip install python-docx`, `npm install docx`, pandoc; docx-rs is built in.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use docx_rs::{Docx, Paragraph, Pic, Run};
use huijuan_benches::asked::Asked;
use huijuan_benches::corpus::{Kept, corpus, read};
use huijuan_benches::manuscript::{Shelved, manuscript};
use huijuan_benches::measure::{Result, concatenate, head, is_there, measure, peer, row};
use paper::docx::FlawKind;
use scans::Watch;

const PYTHON: &str = include_str!("docx_peer.py");
const NODE: &str = include_str!("docx_peer.js");
/// As the product's 审阅版.
const REVIEW_DPI: u16 = 150;

fn main() -> Result<()> {
    // What is measured runs by itself, as a part, so that its memory is its own.
    let asked = Asked::read(&["--pictures", "--peers", "--dir", "--python", "--node-modules", "--part"], &["--only-ours"])?;
    let pictures: usize = asked.get("--pictures", 2000)?;
    let dir = asked.get("--dir", std::env::temp_dir().join("huijuan-bench-docx"))?;
    let evidence = dir.join("evidence");
    let kept = corpus(&evidence, pictures, 0, 0)?;
    let out = dir.join("ours.docx");
    match asked.find("--part") {
        Some("write") => drop(paper::docx::write(&manuscript(&kept), &Shelved(&kept), &out, &Watch::silent())?),
        Some("review") => drop(paper::docx::write_reduced(&manuscript(&kept), &Shelved(&kept), REVIEW_DPI, &out, &Watch::silent())?),
        Some("reopen") => reopen(&out, &kept)?,
        Some("docx-rs") => docx_rs_alone(&kept, &dir.join("peer.docx"))?,
        Some(other) => return Err(format!("unknown part {other}").into()),
        None => {
            ours(&kept, &dir, &out)?;
            if !asked.has("--only-ours") {
                let few = &kept[..asked.get("--peers", pictures)?.min(pictures)];
                let modules = asked.get("--node-modules", PathBuf::from("node_modules"))?;
                others(few, &dir, asked.find("--python").unwrap_or("python3"), &modules)?;
            }
        }
    }
    Ok(())
}

/// This program again, for one part of the work.
fn own(part: &str, pictures: usize, dir: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--part", part, "--pictures", &pictures.to_string(), "--dir"]).arg(dir);
    Ok(command)
}

fn ours(kept: &[Kept], dir: &Path, out: &Path) -> Result<()> {
    let bytes = read(kept)?;
    println!("evidence: {} JPEG, {} MiB", kept.len(), bytes >> 20);
    let cat = concatenate(kept.iter().map(|kept| kept.path.as_path()), &dir.join("cat.bin"))?;
    head("cat");
    row("cat, synced", cat, cat, None);
    let written = measure(&mut own("write", kept.len(), dir)?)?;
    row("ours, synced", written.time, cat, Some(written.peak));
    let read = measure(&mut own("reopen", kept.len(), dir)?)?;
    row("ours, and read again", written.time + read.time, cat, Some(written.peak.max(read.peak)));
    let size = fs::metadata(out)?.len();
    println!("{:<40}{:>9} MiB, {:.3} of the evidence", "  its size", size >> 20, size as f64 / bytes as f64);
    fs::remove_file(out)?;
    let review = measure(&mut own("review", kept.len(), dir)?)?;
    let read = measure(&mut own("reopen", kept.len(), dir)?)?;
    row("ours, reduced to 150 dpi, and read", review.time + read.time, cat, Some(review.peak.max(read.peak)));
    println!("{:<40}{:>9} MiB in one file", "  its size", fs::metadata(out)?.len() >> 20);
    Ok(fs::remove_file(out)?)
}

fn others(few: &[Kept], dir: &Path, python: &str, modules: &Path) -> Result<()> {
    read(few)?;
    let cat = concatenate(few.iter().map(|kept| kept.path.as_path()), &dir.join("cat.bin"))?;
    println!("\n{} JPEG:", few.len());
    head("cat");
    row("cat, synced", cat, cat, None);
    let out = dir.join("peer.docx");
    let list = dir.join("files.txt");
    fs::write(&list, few.iter().map(|kept| format!("{}\n", kept.path.display())).collect::<String>())?;
    let script = |name: &str, text: &str| -> Result<PathBuf> {
        let path = dir.join(name);
        fs::write(&path, text)?;
        Ok(path)
    };
    peer("docx-rs alone (pictures become PNG)", &own("docx-rs", few.len(), dir)?, &out, cat);
    if is_there(python, &["-c", "import docx"]) {
        peer("python-docx", Command::new(python).arg(script("peer.py", PYTHON)?).arg(&list).arg(&out), &out, cat);
    } else {
        println!("{:<40}  not installed", "python-docx");
    }
    if modules.join("docx").is_dir() && is_there("node", &["--version"]) {
        let mut node = Command::new("node");
        node.arg("--max-old-space-size=16000").arg(script("peer.cjs", NODE)?).arg(&list).arg(&out).env("NODE_PATH", modules);
        peer("npm docx", &node, &out, cat);
    } else {
        println!("{:<40}  not installed", "npm docx");
    }
    if is_there("pandoc", &["--version"]) {
        let text = few.iter().enumerate().map(|(at, kept)| format!("01-01-{at:04}\n\n![]({}){{width=15cm}}\n\n", kept.path.display()));
        peer("pandoc", Command::new("pandoc").arg(script("peer.md", &text.collect::<String>())?).arg("-o").arg(&out), &out, cat);
    } else {
        println!("{:<40}  not installed", "pandoc");
    }
    Ok(())
}

/// As the verification does: every page, picture, field and flaw.
fn reopen(path: &Path, kept: &[Kept]) -> Result<()> {
    let mut found = paper::docx::reopen(path)?;
    // The product splits such a package.
    found.flaws.retain(|flaw| flaw.kind != FlawKind::TooLarge);
    if !found.flaws.is_empty() || found.shown.len() != kept.len() {
        return Err(format!("{} pictures of {}, {:?}", found.shown.len(), kept.len(), found.flaws).into());
    }
    Ok(())
}

/// A caption and a picture a page, packed by docx-rs itself.
fn docx_rs_alone(kept: &[Kept], out: &Path) -> Result<()> {
    let mut document = Docx::new();
    for (at, kept) in kept.iter().enumerate() {
        let picture = Pic::new(&fs::read(&kept.path)?).size(5_400_000, 7_636_000);
        document = document
            .add_paragraph(Paragraph::new().add_run(Run::new().add_text(format!("01-01-{at:04}"))).page_break_before(true))
            .add_paragraph(Paragraph::new().add_run(Run::new().add_image(picture)));
    }
    let mut file = BufWriter::new(File::create(out)?);
    document.build().pack(&mut file)?;
    Ok(file.flush()?)
}
