//! PDFs of five pages made into one, with contents and a stamp on each page, beside tools that only merge.
//!
//! `cargo run --release -p huijuan-benches --bin bench-merge -- [--files 300] [--dir DIR] [--python PROGRAM] [--only-ours]`
//! The evidence is read once before anything is measured. Peers are run where they are installed: qpdf, mutool,
//! `pip install pikepdf pymupdf`; lopdf is built in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use huijuan_benches::asked::Asked;
use huijuan_benches::corpus::{Kept, corpus, pages, read};
use huijuan_benches::manuscript::{Shelved, manuscript};
use huijuan_benches::measure::{Result, head, is_there, measure, peer, row};
use lopdf::{Document, Object, ObjectId, dictionary};
use paper::font::{Faces, Fonts, locate};
use scans::Watch;

const PEERS: &str = include_str!("peers.py");

fn main() -> Result<()> {
    // What is measured runs by itself, as a part, so that its memory is its own.
    let asked = Asked::read(&["--files", "--dir", "--python", "--part"], &["--only-ours"])?;
    let files: usize = asked.get("--files", 300)?;
    let dir = asked.get("--dir", std::env::temp_dir().join("huijuan-bench-merge"))?;
    let python = asked.find("--python").unwrap_or("python3");
    let evidence = dir.join(format!("evidence-{files}"));
    let kept = corpus(&evidence, 0, files, 0)?;
    match asked.find("--part") {
        Some("write") => {
            let fonts = Fonts::load(&locate().ok_or("no fonts")?, Faces::Bundled)?;
            paper::pdf::write(&manuscript(&kept), &Shelved(&kept), &fonts, &dir.join("ours.pdf"), &Watch::silent())?;
            return Ok(());
        }
        Some("lopdf") => return with_lopdf(&kept, &dir.join("peer.pdf")),
        Some(other) => return Err(format!("unknown part {other}").into()),
        None => {}
    }
    let bytes = read(&kept)?;
    println!("evidence: {} PDF, {} pages, {} MiB", kept.len(), pages(&kept), bytes >> 20);
    let copy = dir.join("copy");
    let cp = measure(Command::new("sh").args(["-c", "cp -r \"$1\" \"$2\" && sync -f \"$2\"", "sh"]).arg(&evidence).arg(&copy))?;
    fs::remove_dir_all(&copy)?;
    head("cp -r");
    row("cp -r, synced", cp.time, cp.time, None);
    let own = |part: &str| -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--part", part, "--files", &files.to_string(), "--dir"]).arg(&dir);
        Ok(command)
    };
    let written = measure(&mut own("write")?)?;
    row("ours: contents, stamps, outline, labels", written.time, cp.time, Some(written.peak));
    fs::remove_file(dir.join("ours.pdf"))?;
    if asked.has("--only-ours") {
        return Ok(());
    }
    let out = dir.join("peer.pdf");
    let paths = || kept.iter().map(|kept| kept.path.as_path());
    peer("lopdf (merge only)", &own("lopdf")?, &out, cp.time);
    if is_there("qpdf", &["--version"]) {
        peer("qpdf (merge only)", Command::new("qpdf").args(["--empty", "--pages"]).args(paths()).arg("--").arg(&out), &out, cp.time);
    } else {
        println!("{:<40}  not installed", "qpdf");
    }
    if is_there("mutool", &["-v"]) {
        peer("mutool (merge only)", Command::new("mutool").args(["merge", "-o"]).arg(&out).args(paths()), &out, cp.time);
    } else {
        println!("{:<40}  not installed", "mutool");
    }
    let script = dir.join("peers.py");
    fs::write(&script, PEERS)?;
    for (name, way) in [("pikepdf (merge only)", "pikepdf"), ("PyMuPDF (the same stamps)", "pymupdf")] {
        if is_there(python, &["-c", &format!("import {way}")]) {
            peer(name, Command::new(python).arg(&script).arg(way).arg(&evidence).arg(&out), &out, cp.time);
        } else {
            println!("{name:<40}  not installed");
        }
    }
    Ok(())
}

/// As lopdf's own example merges: every object renumbered, all pages below one new node.
fn with_lopdf(kept: &[Kept], out: &Path) -> Result<()> {
    let mut merged = Document::with_version("1.5");
    let mut next = 1;
    let mut objects: BTreeMap<ObjectId, Object> = BTreeMap::new();
    let mut kids: Vec<ObjectId> = Vec::new();
    for Kept { path, .. } in kept {
        let mut source = Document::load(path)?;
        source.renumber_objects_with(next);
        next = source.max_id + 1;
        kids.extend(source.get_pages().into_values());
        objects.extend(source.objects);
    }
    let tree = (next, 0);
    for page in &kids {
        let inherited = objects.get(page).and_then(|page| page.as_dict().ok()?.get(b"Parent").ok()?.as_reference().ok());
        let media = inherited.and_then(|parent| objects.get(&parent)?.as_dict().ok()?.get(b"MediaBox").ok().cloned());
        if let Some(page) = objects.get_mut(page) {
            let page = page.as_dict_mut()?;
            page.set("Parent", tree);
            if let Some(media) = media {
                page.set("MediaBox", media);
            }
        }
    }
    let count = i64::try_from(kids.len())?;
    let pages = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids.into_iter().map(Object::from).collect::<Vec<_>>() };
    objects.insert(tree, pages.into());
    merged.objects = objects;
    merged.max_id = next;
    let catalog = merged.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    merged.trailer.set("Root", catalog);
    merged.prune_objects();
    merged.save(out)?;
    Ok(())
}
