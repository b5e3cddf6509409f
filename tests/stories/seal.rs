//! 加密打包: what is handed over is opened by its password alone.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use dossier::desk::{Contents, Place, Shape};
use dossier::domain::{Reason, UnitCode, Verdict};
use dossier::store::Files;
use dossier::{Desk, Error, wording};
use huijuan_tests::story::{Story, around, code, options};
use scans::{Trouble, Watch};
use tempfile::TempDir;
use zip::ZipArchive;

const PASSWORD: &str = "Ju4n-he.2023";

/// A project with a package.
fn compiled() -> Story {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    story.desk().file(&[story.piece("计划.pdf")], &code("01-01")).unwrap();
    story.desk().compile(&options(), None, &Watch::silent()).unwrap();
    story
}

fn opened(path: &Path) -> ZipArchive<File> {
    ZipArchive::new(File::open(path).unwrap()).unwrap()
}

/// Stops an act when it tells for the n-th time how far it is.
fn stopping_at(nth: u32) -> Watch {
    let (told, itself) = (AtomicU32::new(0), Arc::new(OnceLock::<Watch>::new()));
    let known = Arc::clone(&itself);
    let watch = Watch::new(move |_| {
        if told.fetch_add(1, Ordering::Relaxed) + 1 == nth {
            known.get().expect("it is set before the act begins").cancel();
        }
    });
    itself.get_or_init(|| watch.clone());
    watch
}

fn holds(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}

#[test]
fn a_package_is_packed_with_its_report_and_opens_with_its_password_alone() {
    let mut story = compiled();
    let stick = TempDir::new().unwrap();
    let desk = story.desk();
    let sealed = desk.seal(&Contents::Package(None), stick.path(), PASSWORD, &Watch::silent()).unwrap();
    let package = desk.packages().unwrap().remove(0);
    let mut zip = opened(&sealed.path);
    assert_eq!((zip.len(), sealed.files), (4, 4), "PDF, 校验报告 as PDF, as text and as JSON");
    for at in 0..zip.len() {
        let name = {
            let entry = zip.by_index_raw(at).unwrap();
            assert!(entry.encrypted());
            String::from_utf8(entry.name_raw().to_vec()).unwrap()
        };
        assert!(zip.by_index(at).is_err(), "{name} opens without a password");
        assert!(zip.by_index_decrypt(at, b"Ju4n-he.2024").is_err(), "{name} opens with another");
        let (mut read, file) = (Vec::new(), name.strip_prefix(&format!("{}/", package.name)).unwrap());
        zip.by_index_decrypt(at, PASSWORD.as_bytes()).unwrap().read_to_end(&mut read).unwrap();
        assert!(read == fs::read(package.report.with_file_name(file)).unwrap(), "{name} is not what was compiled");
    }
    let bytes = fs::read(&sealed.path).unwrap();
    assert!(!holds(&bytes, b"%PDF-") && !holds(&bytes, b"\"ledger\""), "nothing of it can be read");
    // WinZip AE-2, AES-256, in every entry: no checksum of what lies in it.
    let extra: &[u8] = &[0x01, 0x99, 7, 0, 2, 0, b'A', b'E', 3];
    assert_eq!(bytes.windows(extra.len()).filter(|window| *window == extra).count(), 8, "in each header, and in the directory");

    // A second one does not write over it, and the history knows of both, not of the password.
    let again = desk.seal(&Contents::Package(Some(0)), stick.path(), PASSWORD, &Watch::silent()).unwrap();
    assert_ne!(again.path, sealed.path);
    assert_eq!(fs::read(&sealed.path).unwrap(), bytes);
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 2, "no part is left");
    assert!(desk.history(1).unwrap()[0].sentence.contains("加密打包"));
    story.close();
    for entry in walkdir::WalkDir::new(story.dir()).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        assert!(!holds(&fs::read(entry.path()).unwrap(), PASSWORD.as_bytes()), "{}", entry.path().display());
    }
}

#[test]
fn a_kit_is_packed_with_its_empty_folders() {
    let story = Story::of(super::kit::told());
    let (stick, away) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let made = story.desk().make_kits(&[UnitCode("T01".to_owned())], Shape::Folder, stick.path(), &Watch::silent()).unwrap().made.remove(0);
    let sealed = story.desk().seal(&Contents::Folder(made.path.clone()), away.path(), PASSWORD, &Watch::silent()).unwrap();
    let mut zip = opened(&sealed.path);
    let folders = (0..zip.len()).filter(|at| zip.by_index_raw(*at).unwrap().is_dir()).count();
    assert_eq!(zip.len() - folders, sealed.files);
    assert!(folders > 0);
    // The project, a folder in it, one around it, and one without files are none to be packed.
    for folder in [story.dir(), story.dir().join("packages"), story.dir().join(".."), away.path().join(".").join("空")] {
        let _ = fs::create_dir(away.path().join("空"));
        let refused = story.desk().seal(&Contents::Folder(folder.clone()), stick.path(), PASSWORD, &Watch::silent());
        assert!(matches!(refused, Err(Error::NotSealable { .. })), "{}: {refused:?}", folder.display());
    }
}

#[test]
fn a_password_that_others_would_not_read_is_not_taken() {
    let story = compiled();
    let stick = TempDir::new().unwrap();
    for password in ["", "1234567", "mi ma 123", "密码一二三四五六七八"] {
        let refused = story.desk().seal(&Contents::Package(None), stick.path(), password, &Watch::silent()).unwrap_err();
        assert!(matches!(refused, Error::NotAPassword), "{password}");
        assert!(wording::error::sentence(&refused).contains("8 个以上"));
    }
    assert!(matches!(Story::new().desk().seal(&Contents::Package(None), stick.path(), PASSWORD, &Watch::silent()), Err(Error::NoPackage)));
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
}

/// What a disk makes of it between its last byte and its name is found; so is a package that is not the one that was compiled.
#[test]
fn what_reads_back_otherwise_has_no_name() {
    let mut story = compiled();
    story.close();
    let stick = TempDir::new().unwrap();
    let spoil = |file: &Path| {
        if file.to_string_lossy().contains("加密") {
            let mut bytes = fs::read(file).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(file, bytes).unwrap();
        }
    };
    let desk = Desk::open(&story.dir(), around(Files::meddled(spoil))).unwrap();
    let refused = desk.seal(&Contents::Package(None), stick.path(), PASSWORD, &Watch::silent());
    assert!(matches!(refused, Err(Error::NotMade { .. })), "{refused:?}");
    let pdf = desk.packages().unwrap().remove(0).files.remove(0);
    drop(desk);
    fs::write(&pdf, [fs::read(&pdf).unwrap(), b" ".to_vec()].concat()).unwrap();
    let refused = story.open().unwrap().seal(&Contents::Package(None), stick.path(), PASSWORD, &Watch::silent());
    assert!(matches!(refused, Err(Error::NotMade { .. })), "{refused:?}");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
}

#[test]
fn one_that_is_stopped_leaves_nothing() {
    let story = compiled();
    // While it is written, and while it is read again: a look at the watch before each part, and after it.
    for stop_at in [1, 14] {
        let stick = TempDir::new().unwrap();
        let watch = stopping_at(stop_at);
        let stopped = story.desk().seal(&Contents::Package(None), stick.path(), PASSWORD, &watch);
        assert!(matches!(stopped, Err(Error::Cancelled(_))), "{stopped:?}");
        assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
    }
}

/// What was sealed so and handed in again is named as what it is.
#[test]
fn files_of_an_encrypted_archive_are_refused_by_their_cause() {
    let story = compiled();
    let stick = TempDir::new().unwrap();
    let sealed = story.desk().seal(&Contents::Package(None), stick.path(), PASSWORD, &Watch::silent()).unwrap();
    let pieces = story.desk().documents(&Place::All).unwrap().len();
    let mut received = Vec::new();
    story.desk().intake(&[sealed.path], &Watch::silent(), &mut |one| received.push(one.clone())).unwrap();
    let of_members: Vec<_> = received.iter().filter(|one| !one.path.ends_with(".zip")).collect();
    assert_eq!(of_members.len(), 4, "{received:?}");
    for one in of_members {
        assert!(matches!(one.verdict, Verdict::Refused { reason: Reason::Trouble { trouble: Trouble::Encrypted, .. } }), "{one:?}");
        assert!(one.reason.contains("带密码"), "{}", one.reason);
    }
    assert_eq!(story.desk().documents(&Place::All).unwrap().len(), pieces);
}
