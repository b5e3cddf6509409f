//! Whatever bytes a scan has, it becomes a page of a package that can be read again, or is refused by name.
//!
//! See `docs/benchmarks.md` for how it is started from sound scans.
#![no_main]

#[path = "../../crates/paper/tests/spoiled/one.rs"]
mod one;

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use one::{One, manuscript};
use paper::font::{Faces, Fonts, locate};
use paper::manuscript::WriteError;
use scans::Watch;

/// Read once; a package of one page takes longer to find its fonts than to be written.
static FONTS: LazyLock<Fonts> =
    LazyLock::new(|| Fonts::load(&locate().expect("the bundled fonts"), Faces::Bundled).expect("they can be read"));
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for the scan"));

fuzz_target!(|bytes: &[u8]| {
    let place = |name: &str| -> PathBuf { FOLDER.path().join(name) };
    let (scan, out) = (place("scan"), place("out.pdf"));
    std::fs::write(&scan, bytes).expect("the scan can be written");
    match paper::pdf::write(&manuscript(), &One(scan), &FONTS, &out, &Watch::silent()) {
        Ok(_) => {
            let again = paper::pdf::reopen(&out, &paper::pdf::Bars::new()).expect("what was written can be read");
            assert_eq!(again.pages.len(), 1);
            assert!(!again.scripts && !again.launches && !again.attachments, "nothing active passes: {again:?}");
            std::fs::remove_file(&out).expect("it can be removed");
        }
        Err(WriteError::Scan { .. }) => assert!(!out.exists(), "a refused scan leaves no file"),
        Err(other) => panic!("{other}"),
    }
});
