//! Whatever bytes a catalogue has, it is taken, or refused with a sentence.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use dossier::desk::{Issued, Surroundings};
use dossier::store::Files;
use libfuzzer_sys::fuzz_target;

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder for the catalogue"));
/// A JSON asks for no worker and no fonts.
static AROUND: LazyLock<Surroundings> = LazyLock::new(|| Surroundings {
    worker: PathBuf::new(),
    fonts: PathBuf::new(),
    today: || "2023-04-01".parse().expect("a day"),
    who: String::new(),
    office: None,
    models: None,
    files: Files::real(),
});

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("目录.json");
    std::fs::write(&path, bytes).expect("it can be written");
    if let Err(error) = Issued::read(&path, None, &AROUND).and_then(|issued| issued.taken().map(drop)) {
        assert!(!dossier::wording::catalogue::sentences(&error).is_empty());
    }
});
