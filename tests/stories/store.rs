//! What lies on the disk: one desk at a time, versions, crashes, faults, damage.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use dossier::desk::{Desk, Place};
use dossier::store::{Fault, Files, Loss, Store};
use dossier::{Error, Result};
use huijuan_tests::story::{accept, around, code, creation, take_in, worker};
use huijuan_tests::{Story, drawn};
use scans::{Digest, Framing};

#[test]
fn a_project_is_one_folder_that_can_be_moved() {
    let mut story = Story::holding(&["甲.pdf"]);
    story.desk().file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    story.close();
    let elsewhere = story.dir().with_file_name("搬到别处");
    fs::rename(story.dir(), &elsewhere).unwrap();
    let desk = Desk::open(&elsewhere, around(Files::real())).unwrap();
    let dossier = desk.dossier().unwrap();
    let (_, document) = dossier.filed(&code("01-01")).next().expect("it is filed");
    assert_eq!(document.scan, Digest::of("甲.pdf".as_bytes()));
    assert_eq!(fs::read(vault_path(&elsewhere, document.scan)).unwrap(), "甲.pdf".as_bytes());
    assert!(fs::metadata(vault_path(&elsewhere, document.scan)).unwrap().permissions().readonly());
    let note = elsewhere.join("notes").join(&document.scan.to_string()[..2]).join(format!("{}.json", document.scan));
    assert!(fs::read_to_string(note).unwrap().contains("甲.pdf"));
}

#[test]
fn one_desk_at_a_time() {
    let mut story = Story::new();
    let Err(Error::InUse { holder: Some(holder), .. }) = Desk::open(&story.dir(), around(Files::real())) else {
        panic!("a project was opened twice")
    };
    assert_eq!(holder.pid, std::process::id());
    story.close();
    story.open().expect("the lock is let go with the desk");
}

/// A program that was killed while it started a worker: the worker has the lock until it runs.
#[test]
fn a_lock_that_is_just_being_let_go_is_waited_for() {
    let mut story = Story::new();
    story.close();
    let held = fs::File::open(story.dir().join("LOCK")).unwrap();
    held.lock().unwrap();
    let ending = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        drop(held);
    });
    story.open().expect("the lock was waited for");
    ending.join().unwrap();
}

#[test]
fn the_same_bytes_are_kept_once() {
    let mut story = Story::new();
    story.close();
    let store = Store::open(&story.dir(), &Files::real(), "").unwrap();
    let first = accept(&store, "甲.pdf").unwrap();
    assert_eq!(accept(&store, "甲.pdf").unwrap(), first);
    drop(store);
    assert_eq!(story.open().unwrap().documents(&Place::All).unwrap().len(), 1);
}

#[test]
fn what_is_newer_or_not_ours_is_refused_unchanged() {
    let mut story = Story::holding(&["甲.pdf"]);
    story.close();
    let index = story.dir().join("index.sqlite");
    let ours = fs::read(&index).unwrap();
    // Offsets of user_version and application_id in the header of SQLite's file format.
    for (at, bytes, newer) in [(60, 99_u32.to_be_bytes(), true), (68, *b"ABCD", false), (60, [0; 4], false), (0, *b"MOVE", false)] {
        let mut file = fs::OpenOptions::new().write(true).open(&index).unwrap();
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&bytes).unwrap();
        drop(file);
        let before = listing(&story.dir());
        let refused = story.open().expect_err("it must be refused");
        assert!(
            match refused {
                Error::NewerProject { found: 99, known, .. } => newer && known < 99,
                // By its notes the folder is ours: its index can be told again.
                Error::Damaged { .. } => !newer,
                _ => false,
            },
            "{refused:?}"
        );
        assert_eq!(listing(&story.dir()), before);
        fs::write(&index, &ours).unwrap();
    }
    story.open().expect("with its own header it opens again");
    story.close();
    fs::remove_dir_all(story.dir().join("notes")).unwrap();
    fs::write(&index, b"MOVE").unwrap();
    assert!(matches!(story.open(), Err(Error::NotAProject { .. })), "nothing says that it is ours");
}

/// So whoever looks whether to open a project or to make one opens it, and is offered to recover it.
#[test]
fn a_project_without_its_index_is_a_project() {
    let mut story = Story::holding(&["甲.pdf"]);
    story.close();
    let dir = story.dir();
    assert!(Desk::is_project(&dir));
    fs::remove_file(dir.join("index.sqlite")).unwrap();
    assert!(Desk::is_project(&dir));
    assert!(matches!(story.open(), Err(Error::Damaged { .. })));
    fs::remove_dir_all(dir.join("notes")).unwrap();
    assert!(!Desk::is_project(&dir) && matches!(story.open(), Err(Error::NotAProject { .. })));
    assert!(!Desk::is_project(&dir.join("没有")));
}

/// An update of the program meets projects of the one before, also where the clerk has cleared out what seemed useless.
#[test]
fn a_project_of_an_older_program_opens_after_a_backup() {
    let mut story = Story::holding(&["甲.pdf"]);
    story.desk().file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    let now = story.standing();
    story.close();
    let index = rusqlite::Connection::open(story.dir().join("index.sqlite")).unwrap();
    // What schemas 8 to 24 have brought.
    index.execute_batch("DROP TRIGGER act_stays; DROP TRIGGER change_is_kept").unwrap();
    for table in [
        "framing",
        "issue",
        "issue_state",
        "kept_both",
        "mask",
        "kit_form",
        "condition",
        "set_aside",
        "reading",
        "purge",
        "joined",
        "purged",
        "alike",
        "further",
        "reprint",
    ] {
        index.execute_batch(&format!("DROP TABLE {table}")).unwrap();
    }
    index.execute_batch("DROP INDEX document_by_origin; ALTER TABLE document DROP COLUMN marks; DROP INDEX candidate_pending; DROP INDEX candidate_duplicate; ALTER TABLE document DROP COLUMN given_title; ALTER TABLE document DROP COLUMN trouble").unwrap();
    index.execute_batch("PRAGMA user_version = 7; PRAGMA journal_mode = DELETE;").unwrap();
    drop(index);
    for folder in ["backups", "derived", "packages", "incoming"] {
        fs::remove_dir_all(story.dir().join(folder)).unwrap();
    }
    story.open().expect("it is brought up to date");
    assert_eq!(story.standing(), now);
    assert_eq!(fs::read_dir(story.dir().join("backups")).unwrap().count(), 1, "the older index is kept");
    story.desk().frame_page(story.piece("甲.pdf"), 0, Framing { tilt: 100, ..Framing::default() }).unwrap();
}

#[test]
fn a_new_project_takes_an_empty_folder_only() {
    let story = Story::new();
    let again = Desk::create(&story.dir(), creation(), around(Files::real())).unwrap_err();
    assert!(matches!(again, Error::AlreadyAProject { .. }), "{again:?}");
    let other = story.dir().with_file_name("别的");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("照片.jpg"), "照片").unwrap();
    let refused = Desk::create(&other, creation(), around(Files::real())).unwrap_err();
    assert!(matches!(refused, Error::NotEmpty { .. }), "{refused:?}");
    assert_eq!(listing(&other).len(), 1);
    let nothing = Desk::open(&story.dir().with_file_name("没有"), around(Files::real())).unwrap_err();
    assert!(matches!(nothing, Error::NotAProject { .. }), "{nothing:?}");
}

#[test]
fn the_index_in_a_backup_opens_as_a_project() {
    let mut story = Story::holding(&["甲.pdf"]);
    for _ in 0..12 {
        story.desk().back_up().unwrap();
    }
    story.desk().file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    story.close();
    let mut backups: Vec<PathBuf> = fs::read_dir(story.dir().join("backups")).unwrap().map(|entry| entry.unwrap().path()).collect();
    backups.sort();
    assert_eq!(backups.len(), 10);
    for gone in ["index.sqlite-wal", "index.sqlite-shm"] {
        let _ = fs::remove_file(story.dir().join(gone));
    }
    fs::copy(backups.last().unwrap(), story.dir().join("index.sqlite")).unwrap();
    story.open().unwrap();
    assert_eq!(story.names(&Place::Unfiled), ["甲.pdf"]);
}

#[test]
fn a_flipped_bit_is_found_and_named() {
    let story = Story::holding(&["甲.pdf", "乙.pdf"]);
    assert_eq!(story.desk().examine().unwrap(), []);
    let path = vault_path(&story.dir(), Digest::of("乙.pdf".as_bytes()));
    let mut bytes = fs::read(&path).unwrap();
    bytes[2] ^= 8;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    let damaged: Vec<String> = story.desk().examine().unwrap().into_iter().map(|document| document.original_name).collect();
    assert_eq!(damaged, ["乙.pdf"]);
}

/// The writer is killed at many moments; whatever it acknowledged is there, once, and whole.
#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    let mut story = Story::new();
    story.close();
    let rounds: u32 = std::env::var("HUIJUAN_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(12);
    let mut acknowledged: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for round in 0..rounds {
        let mut writer = Command::new(worker())
            .args(["--write".as_ref(), story.dir().as_os_str(), format!("{}", round * 1000).as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let mut lines = BufReader::new(writer.stdout.take().expect("it is piped")).lines();
        // Moments spread over the first pieces, and over the time that each of their steps takes.
        for _ in 0..1 + round % 7 {
            acknowledge(&mut acknowledged, &lines.next().expect("the writer lives").expect("it speaks UTF-8"));
        }
        let moment = Instant::now();
        let pause = Duration::from_micros(u64::from(round) * 7919 % 60_000);
        while moment.elapsed() < pause {
            std::thread::sleep(Duration::from_micros(50));
        }
        writer.kill().expect("it can be killed");
        writer.wait().expect("it ends");
        lines.map_while(|line| line.ok()).for_each(|line| acknowledge(&mut acknowledged, &line));

        let desk = story.open().expect("what a killed writer left opens");
        assert_eq!(desk.examine().unwrap(), [], "round {round}");
        for (name, leaves) in &acknowledged {
            let found: Vec<_> = desk.documents(&Place::All).unwrap().into_iter().filter(|found| found.original_name == *name).collect();
            assert_eq!(found.len(), 1, "{name} in round {round}");
            assert_eq!(found[0].pages.len(), 2);
            let filed: Vec<String> = desk.filed_under(found[0].id).unwrap().into_iter().map(|evidence| evidence.indicator.0).collect();
            assert!(leaves.iter().all(|leaf| filed.contains(leaf)), "{name}: {leaves:?} acknowledged, {filed:?} found");
        }
        assert!(listing(&story.dir()).keys().all(|path| !path.to_string_lossy().ends_with(".part")), "round {round}");
        story.close();
    }
    assert!(acknowledged.len() as u32 >= rounds);
}

fn acknowledge(acknowledged: &mut BTreeMap<String, Vec<String>>, line: &str) {
    let (what, name) = line.split_once(' ').expect("two words");
    let leaves = acknowledged.entry(name.to_owned()).or_default();
    if what != "accepted" {
        leaves.push(what.to_owned());
    }
}

/// Operation 1, 2, 3 … of making a project and taking a piece in fails, once or from then on, until a run passes
/// untouched. After each fault the project opens, holds what was acknowledged, and takes the piece in.
#[test]
fn no_fault_of_the_disk_loses_anything() {
    let mut struck = 0;
    // Each operation fails in two of the six ways; in all of them when HUIJUAN_FAULTS is set.
    let step = if std::env::var_os("HUIJUAN_FAULTS").is_some() { 1 } else { 3 };
    for (way, fault) in [Fault::NoSpace, Fault::Broken, Fault::Denied].into_iter().enumerate() {
        for ever in [false, true] {
            let mut untouched = false;
            for at in (1 + way as u64 % step..200).step_by(step as usize) {
                let files = Files::failing(at, fault, ever);
                let folder = tempfile::TempDir::new().unwrap();
                let dir = folder.path().join("项目");
                let told = tell(&dir, &files);
                if !files.struck() {
                    assert_eq!(told.unwrap(), 2);
                    untouched = true;
                    break;
                }
                struck += 1;
                let acknowledged = *told.as_ref().ok().unwrap_or(&0);
                if let Err(error) = &told {
                    assert!(
                        match error {
                            Error::DiskFull { .. } => fault == Fault::NoSpace,
                            Error::File { .. } => fault != Fault::NoSpace,
                            _ => false,
                        },
                        "operation {at}: {error:?}"
                    );
                }
                again(&dir, acknowledged);
            }
            assert!(untouched, "some run must pass untouched");
        }
    }
    assert!(struck > 60, "only {struck} operations were made to fail");
}

#[test]
fn a_power_cut_takes_what_was_not_synced() {
    for (loss, left) in [(Loss::All, None), (Loss::Torn, Some(4)), (Loss::Reordered, Some(0))] {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("甲");
        // Made, written, named: the power goes before the fourth.
        let files = Files::powerless(4, loss);
        files.write_derived(&path, b"12345678").unwrap();
        assert!(files.sync(&path).is_err());
        assert_eq!(fs::metadata(&path).ok().map(|found| found.len()), left, "{loss:?}");
    }
}

/// The power goes at operation 1, 2, 3 …, and what was not synced is lost, all of it, or some, or half of its bytes: the project
/// opens, and holds what was acknowledged.
#[test]
fn no_power_cut_loses_what_was_acknowledged() {
    let mut cuts = 0;
    let step = if std::env::var_os("HUIJUAN_FAULTS").is_some() { 1 } else { 2 };
    for (way, loss) in [Loss::All, Loss::Torn, Loss::Reordered].into_iter().enumerate() {
        for at in (1 + way as u64 % step..).step_by(step as usize) {
            let files = Files::powerless(at, loss);
            let folder = tempfile::TempDir::new().unwrap();
            let dir = folder.path().join("项目");
            let told = tell(&dir, &files);
            if !files.struck() {
                break;
            }
            cuts += 1;
            again(&dir, *told.as_ref().ok().unwrap_or(&0));
        }
    }
    assert!(cuts > 60, "only {cuts} power cuts");
}

/// Makes a project, takes in two pieces, copies the index; the pieces acknowledged.
fn tell(dir: &Path, files: &Files) -> Result<usize> {
    Desk::create(dir, creation(), around(files.clone())).map(drop)?;
    let store = Store::open(dir, files, "示例经办人")?;
    let mut acknowledged = 0;
    for name in ["甲.pdf", "乙.pdf"] {
        match accept(&store, name) {
            Ok(_) => acknowledged += 1,
            Err(error) if acknowledged == 0 => return Err(error),
            Err(_) => return Ok(acknowledged),
        }
    }
    // A copy that failed takes nothing away.
    let _ = store.back_up();
    Ok(acknowledged)
}

/// The same folder on a disk that works again.
fn again(dir: &Path, acknowledged: usize) {
    if !dir.join("index.sqlite").exists() {
        Desk::create(dir, creation(), around(Files::real())).map(drop).expect("a creation that failed can be done again");
    }
    let store = Store::open(dir, &Files::real(), "示例经办人").expect("the project opens");
    assert_eq!(store.examine().unwrap(), []);
    let before = listing(dir);
    assert!(before.keys().all(|path| !path.to_string_lossy().ends_with(".part")), "{before:?}");
    for name in ["甲.pdf", "乙.pdf"].iter().take(acknowledged) {
        assert!(store.by_digest(Digest::of(name.as_bytes())).unwrap().is_some(), "{name} was acknowledged");
    }
    for name in ["甲.pdf", "乙.pdf"] {
        accept(&store, name).expect("the piece comes in now");
    }
    assert_eq!(store.examine().unwrap(), []);
}

#[test]
fn a_damaged_index_is_said_to_be_one_wherever_it_is_damaged() {
    let mut story = Story::scanned(&[("甲.pdf", 1)]);
    story.close();
    let index = story.dir().join("index.sqlite");
    let whole = fs::read(&index).unwrap();
    // Its tables of contents, and what lies behind; the header tells that it is ours.
    for (from, to) in [(100, 4096), (4096, whole.len() / 2), (4096, whole.len())] {
        let mut damaged = whole.clone();
        damaged[from..to].fill(0xA5);
        fs::write(&index, damaged).unwrap();
        let opened = Desk::open(&story.dir(), around(Files::real()));
        assert!(matches!(opened, Err(Error::Damaged { .. })), "{from}–{to}: {:?}", opened.err());
    }
}

#[test]
fn every_failed_act_is_a_sentence() {
    let dir = PathBuf::from("某处/示例区双拥创建2023");
    let holder = dossier::store::Holder { pid: 4321, host: "示例电脑".to_owned(), since: String::new() };
    let file = |act, kind: std::io::ErrorKind| Error::file(act, &dir.join("vault"), kind.into());
    let errors = [
        Error::InUse { dir: dir.clone(), holder: Some(holder.clone()) },
        Error::InUse { dir: dir.clone(), holder: None },
        Error::CopyInUse { dir: PathBuf::from("U盘/汇卷备份_示例区双拥创建2023"), holder: Some(holder) },
        Error::NewerProject { dir: dir.clone(), found: 9, known: 1 },
        Error::NotAProject { dir: dir.clone() },
        Error::AlreadyAProject { dir: dir.clone() },
        Error::NotEmpty { dir: dir.clone() },
        Error::Damaged { dir: dir.clone(), detail: "row 3 missing".to_owned() },
        Error::DiskFull { path: dir.clone(), needed: Some(3_435_973_837) },
        Error::DiskFull { path: dir.clone(), needed: None },
        file(dossier::store::FileAct::Write, std::io::ErrorKind::PermissionDenied),
        file(dossier::store::FileAct::Create, std::io::ErrorKind::ReadOnlyFilesystem),
        file(dossier::store::FileAct::Read, std::io::ErrorKind::NotFound),
        file(dossier::store::FileAct::Sync, std::io::ErrorKind::Other),
        Error::NoSuchCandidate,
        Error::SourceGone { name: "会议纪要.pdf".to_owned() },
        Error::NothingToJoin,
        Error::NotJoinable { name: "视频资料".to_owned() },
        Error::OtherPages { name: "会议纪要".to_owned() },
        Error::NotALine,
        Error::Held { name: "扫描件".to_owned() },
        Error::HeldSince { pieces: 2 },
        Error::NotAScore {
            code: code("01-01"),
            part: 1,
            points: dossier::domain::Points(175),
            most: dossier::domain::Points(150),
            step: dossier::domain::Points(25),
        },
        Error::Unsaid { what: dossier::error::Unsaid::Name },
        Error::NoPeriod(dossier::domain::NoPeriod::TooLong { most: 20 }),
        Error::OutOfBounds(dossier::domain::OutOfBounds { what: dossier::domain::Bound::Inner, least: 20, most: 45 }),
        Error::Unsaid { what: dossier::error::Unsaid::Reason },
        Error::Unsaid { what: dossier::error::Unsaid::Signer },
        Error::Unsaid { what: dossier::error::Unsaid::Grounds },
        Error::NotAJudgement,
        Error::NoSuchDemand(dossier::domain::DemandId(1)),
        Error::NotAVeto { code: code("01-01") },
        Error::NoSuchMark(dossier::domain::MarkId(1)),
        Error::NotMade {
            made: dossier::error::Made::Joined,
            source: paper::manuscript::WriteError::Scan { name: "年度计划.pdf".to_owned(), page: 2, detail: String::new() },
        },
        Error::Cancelled(scans::Cancelled),
        Error::OnShare { dir: dir.clone() },
        Error::OutsideFull { path: PathBuf::from("U盘"), needed: 5 << 30 },
    ];
    let sentences: String = errors.iter().map(|error| error.sentence() + "\n").collect();
    huijuan_tests::golden::golden("errors", &sentences);
}

fn vault_path(dir: &Path, digest: Digest) -> PathBuf {
    let name = digest.to_string();
    dir.join("vault").join(&name[..2]).join(name)
}

/// Every file below a folder with the digest of its bytes; LOCK is written by every opening.
fn listing(dir: &Path) -> BTreeMap<PathBuf, Digest> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "LOCK" && entry.file_name() != "reserve")
        .map(|entry| (entry.path().to_owned(), Digest::of(&fs::read(entry.path()).expect("readable"))))
        .collect()
}

#[test]
fn an_index_that_is_gone_is_told_again_from_vault_and_notes() {
    let mut story = Story::new();
    story.receives(&[("甲.pdf", drawn::pdf(2, "", 1)), ("乙.pdf", drawn::pdf(1, "", 2))]);
    story.desk().file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    story.desk().back_up().unwrap();
    story.receives(&[("丙.jpg", drawn::jpeg(3))]);

    // The index is cut short: what came after the backup is listed, and comes in again.
    story.close();
    fs::write(story.dir().join("index.sqlite"), [0; 4096]).unwrap();
    assert!(matches!(story.open(), Err(Error::Damaged { .. })), "so that the window offers to recover it");
    story.recover().unwrap();
    assert_eq!(story.under("01-01"), ["甲.pdf"]);
    story.resume();
    assert_eq!(story.names(&Place::All), ["丙.jpg", "乙.pdf", "甲.pdf"]);
    assert_eq!(story.desk().examine().unwrap(), []);

    // Index and backups are gone: the scans are all there is, with their names.
    story.close();
    for gone in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = fs::remove_file(story.dir().join(gone));
    }
    fs::remove_dir_all(story.dir().join("backups")).unwrap();
    story.recover().unwrap();
    story.resume();
    assert_eq!(story.names(&Place::Unfiled), ["丙.jpg", "乙.pdf", "甲.pdf"]);
    assert_eq!(story.desk().catalogue().name, "示例考评目录");
    let acts: Vec<String> = story.desk().history(2).unwrap().into_iter().map(|act| act.sentence).collect();
    assert_eq!(acts, ["收集：接收 3 件", "用原件重建项目，3 件原件待重新收集"]);
}

/// Of several backups the newest that is sound is taken.
#[test]
fn an_index_is_recovered_from_the_newest_backup_that_is_sound() {
    let mut story = Story::holding(&["甲.pdf"]);
    let piece = story.piece("甲.pdf");
    for leaf in ["01-01", "01-02", "02-01"] {
        story.desk().file(&[piece], &code(leaf)).unwrap();
        story.desk().back_up().unwrap();
    }
    let backups = story.desk().saved().unwrap();
    assert_eq!(backups.len(), 3);
    for (newest, filed) in backups.iter().zip([3, 2, 1]) {
        story.close();
        fs::write(story.dir().join("index.sqlite"), [0; 4096]).unwrap();
        assert_eq!(story.recover().unwrap().filed_under(piece).unwrap().len(), filed);
        fs::write(&newest.path, "不是索引").unwrap();
    }
}

#[test]
fn a_page_is_shown_as_the_clerk_turned_it() {
    let story = Story::new();
    story.receives(&[("照片.jpg", drawn::jpeg(1)), ("纪要.pdf", drawn::pdf(2, "议军会议", 2))]);
    let desk = story.desk();
    let size = |name: &str, page| jpeg_size(&desk.picture(story.piece(name), page, 200).unwrap());
    let (width, height) = size("照片.jpg", 0);
    assert!(width < height, "{width} × {height}");
    desk.turn_page(story.piece("照片.jpg"), 0, 90).unwrap();
    assert_eq!(size("照片.jpg", 0), (height, width));
    assert_eq!(size("纪要.pdf", 1).1, 200);
    let refused = desk.picture(story.piece("照片.jpg"), 1, 200).unwrap_err();
    assert!(matches!(refused, Error::NoSuchPage { page: 1, .. }), "{refused:?}");

    // What was drawn is kept, and drawn again when it was torn or thrown away.
    let kept: Vec<PathBuf> = listing(&story.dir().join("derived")).into_keys().collect();
    assert_eq!(kept.len(), 3);
    for path in &kept {
        let whole = fs::read(path).unwrap();
        fs::write(path, &whole[..whole.len() / 2]).unwrap();
    }
    assert_eq!(size("照片.jpg", 0), (height, width));
    fs::remove_dir_all(story.dir().join("derived")).unwrap();
    assert_eq!(size("照片.jpg", 0), (height, width));
}

/// Width and height as the frame header of a baseline JPEG says (ITU T.81, B.2.2).
fn jpeg_size(jpeg: &[u8]) -> (u16, u16) {
    let at = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).expect("it is a baseline JPEG");
    let number = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (number(at + 7), number(at + 5))
}

/// Index and copies are gone; what the vault holds waits to be taken in from there.
fn made_anew(story: &mut Story) {
    story.close();
    for gone in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = fs::remove_file(story.dir().join(gone));
    }
    fs::remove_dir_all(story.dir().join("backups")).unwrap();
    story.recover().unwrap();
}

/// Files of the vault, and notes of scans.
fn held(story: &Story) -> (usize, usize) {
    let files = |folder: &str| listing(&story.dir().join(folder)).into_keys().filter(|path| !path.ends_with("issued.json")).count();
    (files("vault"), files("notes"))
}

/// What is refused then goes, for nothing would lead to it any more.
#[test]
fn what_is_refused_after_the_index_was_made_anew_is_taken_out_of_the_vault() {
    let mut story = Story::new();
    let (received, _stick) = story.hands_in(&[("名册.pdf", drawn::pdf(1, "走访72345部队", 1))]);
    story.desk().confirm_pending(received[0].candidate).unwrap();
    story.close();
    let store = Store::open(&story.dir(), &Files::real(), "示例经办人").unwrap();
    let page = scans::PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: None, dpi: None };
    // It came in past a door that did not know this mark.
    take_in(&store, "安排.pdf", &drawn::pdf(1, "机密★10年", 2), scans::Kind::Pdf, &[page]).unwrap();
    drop(store);
    story.open().unwrap();
    story.receives(&[("甲.pdf", drawn::pdf(1, "", 3))]);
    assert_eq!(held(&story), (3, 3));

    made_anew(&mut story);
    story.resume();
    assert_eq!((story.names(&Place::All), held(&story)), (vec!["甲.pdf".to_owned()], (2, 2)));
    let desk = story.desk();
    let waits = desk.batch(desk.batches().unwrap()[0].id).unwrap().into_iter().find(|one| one.name == "名册.pdf").unwrap();
    desk.decline_pending(waits.candidate).unwrap();
    assert_eq!(held(&story), (1, 1));

    made_anew(&mut story);
    story.resume();
    assert_eq!((story.names(&Place::All), held(&story)), (vec!["甲.pdf".to_owned()], (1, 1)));
    assert!(story.desk().examine().unwrap().is_empty());
}

/// What is drawn may be drawn again, and would grow with all that is ever looked at. Files with holes are as long and take no room.
#[cfg(unix)]
#[test]
fn the_oldest_drawings_go_when_there_are_too_many() {
    let mut story = Story::new();
    let folder = story.dir().join("derived/ab");
    fs::create_dir_all(&folder).unwrap();
    let lay = |name: &str, gib: u64, age: u64| {
        let file = fs::File::create(folder.join(name)).unwrap();
        file.set_len(gib << 30).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
    };
    let left = || {
        let mut names: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    for (name, gib, age) in [("a.jpg", 1, 100), ("b.jpg", 2, 400), ("c.jpg", 2, 200), ("d.letters", 3, 500)] {
        lay(name, gib, age);
    }
    story.open().unwrap();
    assert_eq!(left(), ["a.jpg", "c.jpg", "d.letters"]);
    story.open().unwrap();
    assert_eq!(left(), ["a.jpg", "c.jpg", "d.letters"], "so many may lie there");
}
