//! 比对相似 in a project whose pieces were looked at already: every pair of them is compared each time.
//!
//! `cargo run --release -p huijuan-benches --bin bench-alike -- [--pieces N] [--dir DIR]`
//! Looks and texts are made up: pieces are of ten forms, of which any two share more than half of the text and lie within the distance
//! at which texts are asked; every hundredth piece is one before it, scanned anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use dossier::desk::{Creation, Surroundings};
use dossier::{Desk, exchange};
use huijuan_benches::asked::Asked;
use huijuan_benches::measure::Result;
use rusqlite::Connection;
use scans::Watch;

const FORMS: usize = 10;
/// Letters of a text, and how many of them are those of the form.
const LETTERS: usize = 600;
const OF_FORM: usize = 400;
/// One in so many bits differs from the form.
const NOISE: u32 = 10;

fn main() -> Result<()> {
    let asked = Asked::read(&["--pieces", "--dir"], &[])?;
    let pieces: usize = asked.get("--pieces", 3_000)?;
    let dir = asked.find("--dir").map_or_else(|| std::env::temp_dir().join("huijuan-bench"), PathBuf::from).join("alike");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir)?;
    let project = dir.join("project");
    let (catalogue, units) = exchange::reference();
    let (name, office) = ("比对相似".to_owned(), "示例办公室".to_owned());
    drop(Desk::create(&project, Creation { name, office, catalogue, units }, Surroundings::here()?)?);
    fill(&project.join("index.sqlite"), pieces)?;
    let desk = Desk::open(&project, Surroundings::here()?)?;
    let start = Instant::now();
    let found = desk.look_alikes(&Watch::silent())?.len();
    println!("{pieces} pieces, {found} pairs: {:.2} s, peak {} MiB", start.elapsed().as_secs_f64(), peak());
    drop(desk);
    fs::remove_dir_all(&dir)?;
    Ok(())
}

/// The rows that intake and a first comparing leave behind.
fn fill(index: &Path, pieces: usize) -> Result<()> {
    let mut chance = Chance(1);
    let forms: Vec<_> = (0..FORMS).map(|_| (chance.bits(2), chance.text(OF_FORM))).collect();
    let mut index = Connection::open(index)?;
    let transaction = index.transaction()?;
    let mut before = forms[0].clone();
    for id in 1..=pieces {
        let (look, text) = if id % 100 == 0 {
            before.clone()
        } else {
            let (look, text) = &forms[chance.below(FORMS as u32) as usize];
            let noise = chance.bits(NOISE);
            (std::array::from_fn(|at| look[at] ^ noise[at]), format!("{text}\n{}", chance.text(LETTERS - OF_FORM)))
        };
        transaction
            .prepare_cached(
                "INSERT INTO document (id, digest, kind, bytes, name, folder, received_at)
                 VALUES (?1, printf('%064x', ?1), 'pdf', 1, ?1 || '.pdf', '', '2023-04-01T08:00:00Z')",
            )?
            .execute([id as u32])?;
        transaction.prepare_cached("INSERT INTO description (document) VALUES (?1)")?.execute([id as u32])?;
        transaction
            .prepare_cached("INSERT INTO page (document, idx, facts) VALUES (?1, 0, '{\"width_pt\":595.0,\"height_pt\":842.0}')")?
            .execute([id as u32])?;
        transaction.prepare_cached("INSERT INTO text_layer (document, text, folded) VALUES (?1, ?2, ?2)")?.execute((id as u32, &text))?;
        transaction.prepare_cached("INSERT INTO look (document, bits) VALUES (?1, ?2)")?.execute((id as u32, &look[..]))?;
        before = (look, text);
    }
    transaction.commit()?;
    Ok(())
}

/// The same for each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % most
    }

    /// Bits of which one in so many is set.
    fn bits(&mut self, one_in: u32) -> [u8; 32] {
        std::array::from_fn(|_| (0..8).fold(0, |byte, bit| byte | u8::from(self.below(one_in) == 0) << bit))
    }

    fn text(&mut self, letters: usize) -> String {
        (0..letters).map(|_| char::from_u32(0x4e00 + self.below(2_000)).unwrap_or('文')).collect()
    }
}

/// Peak resident memory of this process in MiB; 0 where the system does not tell.
fn peak() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    line.unwrap_or(0) >> 10
}
