//! The PDF writer alone on mixed evidence, beside `cat`, `cp -r`, and what others would use; ratios of one run.
//!
//! `cargo run --release -p huijuan-benches --bin bench-mixed -- [--scale 1.0] [--dir DIR] [--python PROGRAM] [--only-ours]`
//! At scale 1: 2,000 JPEG, 300 PDF of five pages, 50 TIFF of ten pages in G4; 4,000 pages. The evidence is read once before
//! anything is measured. Peers are run where they are installed: `pip install img2pdf pikepdf pymupdf`, and qpdf.

mod corpus;
mod measure;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use corpus::{Kept, corpus};
use measure::{Result, head, measure, row};
use paper::font::{Faces, Fonts, locate};
use paper::manuscript::{Anchor, Block, Body, Bookmark, Folio, Look, Manuscript, PageSetup, ScanPage, Sheet, Shelf};
use scans::{Digest, Watch};

const PEERS: &str = include_str!("peers.py");
/// Lines of contents on a page.
const LINES: usize = 20;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut scale, mut dir, mut python) = (1.0, std::env::temp_dir().join("huijuan-bench-mixed"), "python3".to_owned());
    let (mut part, mut only_ours) = (None, false);
    while let Some(argument) = arguments.next() {
        if argument == "--only-ours" {
            only_ours = true;
            continue;
        }
        let value = arguments.next().ok_or("an option needs a value")?;
        match argument.as_str() {
            "--scale" => scale = value.parse()?,
            "--dir" => dir = PathBuf::from(value),
            "--python" => python = value,
            // What is measured runs by itself, so that its memory is its own.
            "--part" => part = Some(value),
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let evidence = dir.join(format!("evidence-{scale}"));
    let kept = corpus(&evidence, scale)?;
    match part.as_deref() {
        Some("write") => return write(&kept, &dir.join("ours.pdf")),
        Some("reopen") => return reopen(&dir.join("ours.pdf"), &kept),
        Some(other) => return Err(format!("unknown part {other}").into()),
        None => {}
    }
    compare(&kept, &evidence, &dir, scale, (!only_ours).then_some(python.as_str()))
}

fn compare(kept: &[Kept], evidence: &Path, dir: &Path, scale: f64, python: Option<&str>) -> Result<()> {
    let pages: u32 = kept.iter().map(|kept| kept.pages).sum();
    let mut bytes = 0;
    for kept in kept {
        bytes += io::copy(&mut File::open(&kept.path)?, &mut io::sink())?;
    }
    println!("evidence: {} files, {pages} pages, {} MiB", kept.len(), bytes >> 20);
    let start = Instant::now();
    let joined = dir.join("cat.bin");
    let mut file = File::create(&joined)?;
    for kept in kept {
        io::copy(&mut File::open(&kept.path)?, &mut file)?;
    }
    file.sync_all()?;
    let cat = start.elapsed();
    fs::remove_file(&joined)?;
    let copy = dir.join("copy");
    let cp = measure(Command::new("sh").args(["-c", "cp -r \"$1\" \"$2\" && sync -f \"$2\"", "sh"]).arg(evidence).arg(&copy))?;
    fs::remove_dir_all(&copy)?;
    head("cp -r");
    row("cat, synced", cat, cp.time, None);
    row("cp -r, synced", cp.time, cp.time, None);
    let own = |part: &str| {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--part", part, "--scale", &scale.to_string(), "--dir"]).arg(dir);
        measure(&mut command)
    };
    let (written, read) = (own("write")?, own("reopen")?);
    row("ours: contents, stamps, outline, labels", written.time, cp.time, Some(written.peak));
    row("ours, and read again", written.time + read.time, cp.time, Some(written.peak.max(read.peak)));
    let ours = fs::metadata(dir.join("ours.pdf"))?.len();
    println!("{:<40}{:>9} MiB, {:.3} of the evidence", "  its size", ours >> 20, ours as f64 / bytes as f64);
    fs::remove_file(dir.join("ours.pdf"))?;
    let Some(python) = python else { return Ok(()) };
    let script = dir.join("peers.py");
    fs::write(&script, PEERS)?;
    for (name, peer, modules) in [
        ("img2pdf + pikepdf (no stamps)", "pikepdf", "img2pdf, pikepdf"),
        ("img2pdf + qpdf (no stamps)", "qpdf", "img2pdf"),
        ("PyMuPDF (the same stamps)", "pymupdf", "pymupdf"),
    ] {
        let there = Command::new(python).args(["-c", &format!("import {modules}")]).stderr(Stdio::null()).status();
        if !there.is_ok_and(|status| status.success()) {
            println!("{name}: not installed");
            continue;
        }
        let out = dir.join("peer.pdf");
        match measure(Command::new(python).arg(&script).arg(peer).arg(evidence).arg(&out)) {
            Ok(done) => row(name, done.time, cp.time, Some(done.peak)),
            Err(error) => println!("{name}: {error}"),
        }
        let _ = fs::remove_file(&out);
    }
    Ok(())
}

/// Hands out the files by their place in the list, which stands in the first bytes of a digest.
struct Shelved<'a>(&'a [Kept]);

fn digest(place: usize) -> Digest {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(place as u64).to_be_bytes());
    Digest(bytes)
}

impl Shelf for Shelved<'_> {
    fn open(&self, digest: Digest) -> io::Result<File> {
        let (place, _) = digest.0.split_first_chunk().expect("a digest is longer than a number");
        let kept = self.0.get(u64::from_be_bytes(*place) as usize).ok_or(io::ErrorKind::NotFound)?;
        File::open(&kept.path)
    }
}

/// Contents, then every page with its caption and folio, a bookmark a file.
fn write(kept: &[Kept], out: &Path) -> Result<()> {
    let fonts = Fonts::load(&locate().ok_or("no fonts")?, Faces::Bundled)?;
    let title = |place: usize| format!("01-01-{place:04}　关于双拥工作的佐证材料");
    let mut next = 1;
    let start = |kept: &Kept| {
        let start = next;
        next += kept.pages;
        start
    };
    let starts: Vec<u32> = kept.iter().map(start).collect();
    let anchor = |place: usize| Anchor(format!("piece_{place}"));
    let mut sheets = Vec::new();
    for (page, lines) in starts.chunks(LINES).enumerate() {
        let mut blocks = Vec::new();
        if page == 0 {
            blocks.push(Block::Paragraph { look: Look::Title, text: "目　录".to_owned() });
        }
        blocks.extend(lines.iter().enumerate().map(|(line, start)| {
            let place = page * LINES + line;
            Block::Contents { level: 1, text: title(place), folio: Folio::Body(*start), target: Some(anchor(place)) }
        }));
        let folio = Folio::Front(page as u32 + 1);
        sheets.push(Sheet { folio, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(blocks) });
    }
    let mut outline = Vec::new();
    for (place, (kept, start)) in kept.iter().zip(&starts).enumerate() {
        outline.push(Bookmark { title: title(place), sheet: sheets.len(), children: Vec::new() });
        for page in 0..kept.pages {
            let caption = format!("{}（{}/{}）", title(place), page + 1, kept.pages);
            let body = Body::Scan(ScanPage {
                digest: digest(place),
                page,
                turn: 0,
                framing: scans::Framing::default(),
                slice: None,
                strokes: Vec::new(),
                caption,
                name: title(place),
            });
            let anchors = if page == 0 { vec![anchor(place)] } else { Vec::new() };
            sheets.push(Sheet { folio: Folio::Body(start + page), header: String::new(), anchors, section: 1, body });
        }
    }
    let manuscript = Manuscript {
        title: "示例".to_owned(),
        office: "示例".to_owned(),
        producer: "bench".to_owned(),
        made_on: "2023-04-18".to_owned(),
        setup: PageSetup::default(),
        sheets,
        outline,
    };
    let receipt = paper::pdf::write(&manuscript, &Shelved(kept), &fonts, out, &Watch::silent())?;
    if receipt.remarks.is_empty() { Ok(()) } else { Err(format!("not passed through: {:?}", receipt.remarks[0]).into()) }
}

/// As the verification does: every page, stamp, link and font, by a reader that did not write it.
fn reopen(path: &Path, kept: &[Kept]) -> Result<()> {
    let found = paper::pdf::reopen(path).map_err(|error| format!("{error:?}"))?;
    let wanted: u32 = kept.iter().map(|kept| kept.pages).sum();
    let evidence = found.pages.iter().filter(|page| !page.scans.is_empty()).count();
    if evidence == wanted as usize { Ok(()) } else { Err(format!("{evidence} pages of {wanted}").into()) }
}
