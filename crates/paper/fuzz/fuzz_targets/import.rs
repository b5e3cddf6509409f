//! Whatever bytes a scan has, it becomes a page, a drawing or a refusal; and what was written can be read again.
//!
//! PDF, JPEG, PNG and TIFF alike: the importer looks at the bytes. In `crates/paper`, with `cargo install cargo-fuzz`:
//! `cargo run --example mutate -- --originals fuzz/corpus/import`, then `RUSTC_BOOTSTRAP=1 cargo fuzz run import`
//! (the variable stands in for a nightly compiler, which the sanitizer needs).
#![no_main]

#[path = "../../tests/spoiled/one.rs"]
mod one;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use one::{One, manuscript};
use paper::font::{Faces, Fonts, locate};
use paper::manuscript::WriteError;
use scans::Watch;

static FONTS: OnceLock<Fonts> = OnceLock::new();

fuzz_target!(
    init: {
        // A decoder that panics is caught and its page refused; only what is not caught is a find.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let fonts = FONTS.get_or_init(|| Fonts::load(&locate().expect("the bundled fonts"), Faces::Bundled).expect("they can be read"));
        let folder = tempfile::tempdir().expect("a folder");
        let (scan, out) = (folder.path().join("scan"), folder.path().join("out.pdf"));
        std::fs::write(&scan, bytes).expect("a scan");
        match paper::pdf::write(&manuscript(), &One(scan), fonts, &out, &Watch::silent()) {
            Ok(_) => assert_eq!(paper::pdf::reopen(&out).expect("it can be read again").pages.len(), 1),
            Err(WriteError::Scan { .. }) => assert!(!out.exists(), "a refused package leaves nothing"),
            Err(other) => panic!("{other}"),
        }
    }
);
