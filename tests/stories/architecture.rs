//! The order of the house, read from its own lines: who may name whom, and what is nowhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of `dossier`, and what each may name of the others besides `domain` and `error`.
const MAY_NAME: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("store", &[]),
    ("intake", &["store"]),
    ("check", &[]),
    ("compile", &["wording"]),
    ("exchange", &["store", "wording"]),
    ("error", &["store", "intake", "compile", "exchange", "wording"]),
    ("wording", &["store", "intake", "check", "compile", "exchange"]),
];

#[test]
fn modules_name_only_what_lies_below_them() {
    let mut broken = Vec::new();
    for (module, allowed) in MAY_NAME {
        for file in sources_of(module) {
            for name in named(&code_of(&file)) {
                let known = ["domain", "error", "Error", "Result", module].contains(&name.as_str());
                if !known && !allowed.contains(&name.as_str()) || (module == "domain" && name == "error") {
                    broken.push(format!("{} names {name}", shown(&file)));
                }
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn what_must_be_nowhere_is_nowhere() {
    let pure: Vec<PathBuf> = ["domain", "check"]
        .into_iter()
        .flat_map(sources_of)
        .chain(["plan", "ledger", "manuscript"].into_iter().flat_map(|part| sources_of(&format!("compile/{part}"))))
        .collect();
    let below: Vec<PathBuf> = ["crates"].into_iter().flat_map(|folder| rust_files(&root().join(folder))).collect();
    let outside_store: Vec<PathBuf> = below.iter().filter(|file| !shown(file).starts_with("crates/dossier/src/store")).cloned().collect();
    let crate_of = |name: &str| rust_files(&root().join("crates").join(name).join("src"));
    let rules: [(&str, &[PathBuf], &[&str]); 7] = [
        (
            "no file, clock or chance",
            &pure,
            &["std::fs", "std::io", "std::time", "Timestamp::now", "ZonedDateTime::now", "fastrand", "std::env", "std::process"],
        ),
        (
            "no SQL outside store",
            &outside_store,
            &["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"PRAGMA ", "execute_batch(", "query_row("],
        ),
        ("no window below the shell", &below, &["tauri"]),
        ("no network", &below, &["std::net", "TcpStream", "TcpListener", "UdpSocket", "reqwest", "hyper::"]),
        ("reading knows no files", &crate_of("reading"), &["std::fs", "std::io", "std::env", "std::path", "std::process", "scans::"]),
        ("paper does not know the product", &crate_of("paper"), &["dossier::", "IndicatorCode", "rusqlite"]),
        ("scans does not know the product", &crate_of("scans"), &["dossier::", "paper::", "IndicatorCode", "rusqlite"]),
    ];
    let mut broken = Vec::new();
    for (rule, files, words) in rules {
        assert!(!files.is_empty(), "{rule}: nothing was read");
        for file in files {
            let code = code_of(file);
            broken.extend(words.iter().filter(|word| code.contains(**word)).map(|word| format!("{rule}: {} has {word}", shown(file))));
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn crates_depend_downwards_only() {
    for (name, never) in [
        ("reading", &["scans", "dossier", "paper", "rusqlite", "tauri"][..]),
        ("scans", &["dossier", "paper", "rusqlite", "tauri"]),
        ("paper", &["dossier", "rusqlite", "tauri"]),
        ("dossier", &["tauri", "sample"]),
        ("huijuan-cli", &["tauri"]),
    ] {
        let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let dependencies = manifest.split_once("[dependencies]").expect("it depends on something").1;
        for line in dependencies.lines() {
            let dependency = line.split(['=', '.', ' ']).next().unwrap_or_default();
            assert!(!never.contains(&dependency) && !dependency.starts_with("tauri"), "{name} depends on {dependency}");
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// `name.rs` and what is in `name/`, within `dossier`.
fn sources_of(module: &str) -> Vec<PathBuf> {
    let base = root().join("crates/dossier/src").join(module);
    let mut files = if base.is_dir() { rust_files(&base) } else { Vec::new() };
    files.extend(Some(base.with_extension("rs")).filter(|file| file.is_file()));
    files
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the sources can be read").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect()
}

/// The lines of a source without comments, and without its tests.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("the sources can be read");
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Modules that a source names by `crate::`.
fn named(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        if let Some(group) = after.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            found.extend(group.split(',').map(|path| first(path.trim())));
        } else {
            found.insert(first(after));
        }
    }
    found.remove("");
    found
}

fn first(path: &str) -> String {
    path.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}
