//! Scans that are spoiled at random, each put into a package that a judge looks at.

mod one;
mod spoil;

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use paper::font::{Faces, Fonts, locate};
use paper::manuscript::{Receipt, WriteError};
use scans::Watch;

use one::{One, manuscript};
use spoil::{Chance, spoil};

use crate::pdf_fixtures::{self, Bench, jpeg, jpeg_oriented, png, source, tiff_g4};

/// Longer than this for one page is a hang.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Default)]
pub struct Tally {
    pub passed: usize,
    pub drawn: usize,
    pub refused: usize,
    pub warned: usize,
    /// What went wrong with which scan.
    pub wrong: Vec<String>,
}

/// The same seed spoils the same; what went wrong stays in the folder.
pub fn try_all(count: u64, seed: u64, folder: &Path) -> Tally {
    let scans = originals();
    let fonts = Fonts::load(&locate().expect("the bundled fonts"), Faces::Bundled).expect("they can be read");
    let mut chance = Chance::of(seed);
    let mut tally = Tally::default();
    for number in 0..count {
        let mut bytes = scans[chance.below(scans.len())].clone();
        spoil(&mut bytes, &mut chance);
        let scan = folder.join(format!("{number}.scan"));
        std::fs::write(&scan, &bytes).expect("a spoiled scan");
        let out = folder.join(format!("{number}.pdf"));
        if let Some(wrong) = try_one(&scan, &out, &fonts, &mut tally) {
            tally.wrong.push(format!("{}: {wrong}", scan.display()));
        } else {
            let _ = std::fs::remove_file(&scan);
            let _ = std::fs::remove_file(&out);
        }
    }
    tally
}

/// Scans of every kind that is passed through, as offices and strange programs write them.
pub fn originals() -> Vec<Vec<u8>> {
    let bench = Bench::new();
    let plain = source(&[source::plain(), source::rotated(90)]);
    vec![
        jpeg(60, 80),
        jpeg_oriented(60, 80, 6),
        png(60, 80, png::ColorType::Rgb, png::BitDepth::Eight),
        png(60, 80, png::ColorType::Indexed, png::BitDepth::Four),
        pdf_fixtures::interlaced(61, 47, |x, y| (x * y) as u8),
        tiff_g4(),
        source(&[source::cropped()]),
        source(&[source::unbalanced()]),
        source(&[source::stamped()]),
        source(&[source::damaged()]),
        source::field(0),
        source::looping(),
        source::active(),
        source::turned_by_its_tree(),
        bench.qpdf(&plain, &["--object-streams=generate"]),
        bench.qpdf(&plain, &["--encrypt", "", "owner", "256", "--"]),
        bench.qpdf(&plain, &["--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"]),
        plain,
    ]
}

/// What went wrong, if anything did.
fn try_one(scan: &Path, out: &Path, fonts: &Fonts, tally: &mut Tally) -> Option<String> {
    let (tell, told) = channel();
    let (shelf, to, fonts) = (One(scan.to_owned()), out.to_owned(), fonts.clone());
    let work = thread::spawn(move || {
        let done = paper::pdf::write(&manuscript(), &shelf, &fonts, &to, &Watch::silent());
        let _ = tell.send(done);
    });
    let done: Result<Receipt, WriteError> = match told.recv_timeout(PATIENCE) {
        Ok(done) => done,
        Err(RecvTimeoutError::Timeout) => return Some("hangs".to_owned()),
        Err(RecvTimeoutError::Disconnected) => {
            let _ = work.join();
            return Some("panics".to_owned());
        }
    };
    match done {
        Ok(receipt) if receipt.remarks.is_empty() => tally.passed += 1,
        Ok(_) => tally.drawn += 1,
        Err(WriteError::Scan { .. }) => {
            tally.refused += 1;
            return out.exists().then(|| "is refused and leaves a file".to_owned());
        }
        Err(other) => return Some(other.to_string()),
    }
    let check = Command::new("qpdf").arg("--check").arg(out).output().expect("qpdf is installed");
    match check.status.code() {
        Some(0) => None,
        Some(3) => {
            tally.warned += 1;
            None
        }
        _ => Some(String::from_utf8_lossy(&check.stderr).into_owned()),
    }
}
