//! A folder made to do harm, or grown wild: each file of it has its verdict with the true cause, nothing waits for ever, and
//! nothing is written but in the project.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use dossier::desk::{Place, Received};
use dossier::domain::{Reason, Verdict};
use huijuan_tests::{Story, drawn};
use scans::Watch;

/// Longer than anyone would wait for a folder of some forty files, also on two cores that are busy with other stories.
const LONGEST: Duration = Duration::from_secs(180);

fn takes_in(story: &Story, source: &Path) -> Vec<Received> {
    let started = Instant::now();
    let mut seen = Vec::new();
    let report = story.desk().intake(&[source.to_owned()], &Watch::silent(), &mut |one| seen.push(one.clone())).unwrap();
    assert!(!report.unfinished && started.elapsed() < LONGEST, "{:?}", started.elapsed());
    let counted = report.accepted + report.duplicate + report.refused + report.pending + report.ignored;
    assert_eq!(counted as usize, seen.len(), "every file is counted: {report:?}");
    seen
}

/// What became of the file of this name.
fn of<'r>(seen: &'r [Received], name: &str) -> &'r Verdict {
    let mut found = seen.iter().filter(|one| one.name == name);
    match (found.next(), found.next()) {
        (Some(one), None) => &one.verdict,
        other => panic!("{name}: {other:?} of {:?}", seen.iter().map(|one| &one.name).collect::<Vec<_>>()),
    }
}

fn ignored(reason: Reason) -> Verdict {
    Verdict::Ignored { reason }
}

/// Everything below a folder: what it is, its size, when it was written.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (fs::FileType, u64, Option<SystemTime>)> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten();
    walk.map(|entry| {
        let metadata = entry.metadata().unwrap();
        (entry.path().to_owned(), (metadata.file_type(), metadata.len(), metadata.modified().ok()))
    })
    .collect()
}

fn made(command: &str, arguments: &[&OsStr]) -> bool {
    Command::new(command).args(arguments).output().is_ok_and(|done| done.status.success())
}

#[test]
fn what_is_no_file_is_passed_over_and_nothing_outside_is_touched() {
    let outside = tempfile::tempdir().unwrap();
    let stick = outside.path().join("U盘");
    fs::create_dir_all(stick.join("里")).unwrap();
    fs::write(outside.path().join("别处.jpg"), drawn::jpeg(1)).unwrap();
    fs::write(stick.join("好.jpg"), drawn::jpeg(2)).unwrap();
    // Links that point out of it, to nothing, to a device, and in a ring.
    symlink(outside.path().join("别处.jpg"), stick.join("外.jpg")).unwrap();
    symlink(outside.path(), stick.join("外面的文件夹")).unwrap();
    symlink("没有.jpg", stick.join("断.jpg")).unwrap();
    symlink("/dev/zero", stick.join("零.pdf")).unwrap();
    symlink("乙", stick.join("甲")).unwrap();
    symlink("甲", stick.join("乙")).unwrap();
    symlink("..", stick.join("里/上级")).unwrap();
    assert!(made("mkfifo", &[stick.join("管道.pdf").as_os_str()]));
    let _socket = UnixListener::bind(stick.join("套接字.jpg")).unwrap();
    // A device can be made by an administrator alone.
    let device = stick.join("设备.jpg");
    let has_device = made("mknod", &[device.as_os_str(), OsStr::new("c"), OsStr::new("1"), OsStr::new("5")]);
    let locked = stick.join("锁.jpg");
    fs::write(&locked, drawn::jpeg(3)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();

    let story = Story::new();
    let before = listing(outside.path());
    let seen = takes_in(&story, &stick);
    assert_eq!(listing(outside.path()), before, "nothing is written but in the project");
    for link in ["外.jpg", "外面的文件夹", "断.jpg", "零.pdf", "甲", "乙", "上级"] {
        assert_eq!(*of(&seen, link), ignored(Reason::Link), "{link}");
    }
    for other in ["管道.pdf", "套接字.jpg"].into_iter().chain(has_device.then_some("设备.jpg")) {
        assert_eq!(*of(&seen, other), ignored(Reason::NotAFile), "{other}");
    }
    // An administrator reads what nobody may read.
    match fs::File::open(&locked) {
        Ok(_) => assert!(matches!(of(&seen, "锁.jpg"), Verdict::Accepted { .. })),
        Err(_) => assert!(matches!(of(&seen, "锁.jpg"), Verdict::Refused { reason: Reason::Unreadable { .. } })),
    }
    assert!(matches!(of(&seen, "好.jpg"), Verdict::Accepted { .. }));
    assert!(!story.names(&Place::All).contains(&"别处.jpg".to_owned()));

    // A folder that is given by a link is not walked either.
    symlink(&stick, outside.path().join("捷径")).unwrap();
    let seen = takes_in(&story, &outside.path().join("捷径"));
    assert_eq!(seen.iter().map(|one| &one.verdict).collect::<Vec<_>>(), [&ignored(Reason::Link)]);
}

#[test]
fn names_of_every_kind_come_in_and_are_shown_as_they_read() {
    let stick = tempfile::tempdir().unwrap();
    let put = |name: &OsStr, seed: u8| fs::write(stick.path().join(name), drawn::jpeg(seed)).unwrap();
    let long = format!("{}.jpg", "长".repeat(83));
    assert_eq!(long.len(), 253);
    put(OsStr::new(&long), 1);
    put(OsStr::from_bytes(b"\xd5\xd5\xc6\xac.jpg"), 2);
    put(OsStr::new("报送\u{202e}gpj.jpg"), 3);
    put(OsStr::new("换\n行\u{7}.jpg"), 4);
    // Told apart by case, by width and by form alone.
    for (name, seed) in ["A.jpg", "a.jpg", "\u{ff21}.jpg", "\u{e9}.jpg", "e\u{301}.jpg", " a .jpg"].into_iter().zip(5..) {
        put(OsStr::new(name), seed);
    }
    // What a shell, a page or a table would take for something else.
    for (name, seed) in ["--help.jpg", "$(reboot).jpg", "'; DROP TABLE document; --.jpg", "=1+1.jpg", "<b>x.jpg", "con.jpg", "%s%n.jpg"]
        .into_iter()
        .zip(20..)
    {
        put(OsStr::new(name), seed);
    }
    let mut deep = stick.path().to_owned();
    (0..200).for_each(|_| deep.push("层"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("深.jpg"), drawn::jpeg(40)).unwrap();
    assert!(deep.as_os_str().len() > 260);

    let story = Story::new();
    let seen = takes_in(&story, stick.path());
    for one in &seen {
        assert!(matches!(one.verdict, Verdict::Accepted { .. }), "{one:?}");
        assert!(!one.path.chars().any(|c| c.is_control() || c == '\u{202e}'), "{:?}", one.path);
    }
    assert_eq!(seen.len(), 18);
    let names = story.names(&Place::All);
    for name in [
        long.as_str(),
        "报送gpj.jpg",
        "换\u{fffd}行\u{fffd}.jpg",
        "A.jpg",
        "a.jpg",
        "\u{ff21}.jpg",
        "'; DROP TABLE document; --.jpg",
        "深.jpg",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} of {names:?}");
    }
    assert_eq!(story.desk().examine().unwrap(), []);
    // What came in is the same when the project is opened again.
    let mut story = story;
    story.close();
    story.open().unwrap();
    assert_eq!(story.names(&Place::All), names);
}

#[test]
fn a_file_that_shrinks_and_grows_while_it_is_read_is_told_of() {
    let stick = tempfile::tempdir().unwrap();
    let path = stick.path().join("写着.pdf");
    let mut bytes = drawn::pdf(1, "", 1);
    bytes.resize(128 << 20, b'\n');
    fs::write(&path, &bytes).unwrap();
    let story = Story::new();
    let done = AtomicBool::new(false);
    let writing = Barrier::new(2);
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
            writing.wait();
            for megabytes in [160, 128].into_iter().cycle().take_while(|_| !done.load(Ordering::Relaxed)) {
                file.set_len(megabytes << 20).unwrap();
                // Far shorter than it is read, and longer than the clock of a file system stands still.
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        writing.wait();
        let seen = takes_in(&story, stick.path());
        done.store(true, Ordering::Relaxed);
        seen
    });
    assert_eq!(*of(&seen, "写着.pdf"), Verdict::Refused { reason: Reason::Changed });
    assert!(seen[0].reason.contains("正在被改写"), "{}", seen[0].reason);
    assert!(story.names(&Place::All).is_empty());
}
