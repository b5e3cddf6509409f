//! What a stick may hold beside what our program wrote: work that is not merged yet, what was left by a program that was killed, and
//! what someone has made by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dossier::compile::Format;
use dossier::desk::Place;
use dossier::domain::merge::Why;
use dossier::error::Unmergeable;
use dossier::store::Files;
use dossier::{Desk, Error};
use huijuan_tests::drawn::{pdf, png};
use huijuan_tests::story::{Story, around, code, stopping};
use rusqlite::Connection;
use scans::Watch;
use tempfile::TempDir;

use crate::merge::{Other, colleague, described, merge, names, set, vault_name};

fn titled(dir: &Path) -> String {
    let desk = Desk::open(dir, around(Files::real())).unwrap();
    desk.documents(&Place::All).unwrap().remove(0).description.title
}

/// One stick goes to and fro: what the colleague did on it stays until it was merged in.
#[test]
fn a_backup_does_not_write_over_what_is_not_merged_yet() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let (stick, dir) = Other::of(&story).closed();
    let back_up = || story.desk().back_up_to(stick.path(), &Watch::silent()).unwrap();
    assert_eq!((back_up().dir, back_up().unmerged), (dir.clone(), vec![]), "opened there, and nothing done");
    let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
    let theirs = Desk::open(&dir, colleague()).unwrap();
    theirs.describe(theirs.documents(&Place::All).unwrap()[0].id, &described("同事的题名", "")).unwrap();
    // Killed there: what was done last is in the log alone.
    let left = TempDir::new().unwrap();
    let both = ["index.sqlite", "index.sqlite-wal"];
    let copy = |from: &Path, to: &Path| both.iter().map(|file| fs::copy(from.join(file), to.join(file)).unwrap()).sum::<u64>();
    copy(&dir, left.path());
    drop(theirs);
    copy(left.path(), &dir);

    let beside = back_up();
    assert_eq!((beside.dir.clone(), beside.unmerged.clone()), (stick.path().join(format!("{name}(2)")), vec![name]));
    let (_, lines) = dossier::wording::backup::done(&beside);
    assert!(lines.iter().any(|line| line.contains("里有本机没有的操作")), "{lines:?}");
    merge(&story, &dir);
    assert_eq!(story.desk().document(story.piece("计划.pdf")).unwrap().description.title, "同事的题名");
    story.desk().describe(story.piece("计划.pdf"), &described("并入以后", "")).unwrap();
    let back = back_up();
    assert_eq!((&back.dir, back.unmerged.len()), (&dir, 0), "what was merged in is known here");
    assert_eq!((titled(&dir), titled(&beside.dir)), ("并入以后".to_owned(), String::new()), "her log is not read into our index");
    let kept = fs::read_dir(dir.join("backups")).unwrap().flatten();
    assert!(kept.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("replaced-")), "her index lies aside");
}

/// What was done there brings nothing that is merged: looked at, it is known here, and its folder is gone on with.
#[test]
fn a_backup_goes_on_where_work_that_brings_nothing_was_looked_at() {
    let acts: [(&str, fn(&Other)); 3] = [
        ("in another order", |other| {
            let second = other.desk().evidence(&code("01-01")).unwrap()[1].id;
            other.desk().reorder(&[second], 1).unwrap();
        }),
        ("compiled", |other| {
            drop(other.desk().compile(&crate::marks::options(Format::Pdf), None, &Watch::silent()).unwrap());
        }),
        ("undone", |other| {
            other.desk().describe(other.piece("甲.jpg"), &described("题名", "")).unwrap();
            other.desk().undo().unwrap();
        }),
    ];
    for (name, act) in acts {
        let story = Story::scanned(&[("甲.jpg", 1), ("乙.jpg", 1)]);
        story.desk().file(&story.pieces(&["甲.jpg", "乙.jpg"]), &code("01-01")).unwrap();
        let other = Other::of(&story);
        act(&other);
        let (stick, dir) = other.closed();
        let standing = story.standing();
        let foreseen = story.desk().preview_merge(&dir, &Watch::silent()).unwrap();
        assert_eq!((foreseen.merge.is_nothing(), foreseen.unknown), (true, true), "{name}");
        merge(&story, &dir);
        let acts = story.desk().history(99).unwrap().len();
        assert!(!story.desk().preview_merge(&dir, &Watch::silent()).unwrap().unknown, "{name}");
        merge(&story, &dir);
        assert_eq!((story.standing(), story.desk().history(99).unwrap().len()), (standing, acts), "{name}: noted once");
        let back = story.desk().back_up_to(stick.path(), &Watch::silent()).unwrap();
        assert_eq!((back.dir, back.unmerged), (dir, vec![]), "{name}");
    }
}

/// A purge undoes nothing: what was merged in before it is known here as ever.
#[test]
fn a_backup_after_a_purge_knows_what_was_merged() {
    let story = Story::scanned(&[("计划.pdf", 2), ("涉密.jpg", 1)]);
    let other = Other::of(&story);
    other.desk().describe(other.piece("计划.pdf"), &described("同事的题名", "")).unwrap();
    let (stick, dir) = other.closed();
    merge(&story, &dir);
    story.desk().purge(story.piece("涉密.jpg")).unwrap();
    let back = story.desk().back_up_to(stick.path(), &Watch::silent()).unwrap();
    assert_eq!((back.dir, back.unmerged), (dir, vec![]));
}

#[test]
fn an_index_that_can_not_be_read_is_not_written_over() {
    let story = Story::holding(&["甲.pdf"]);
    let place = TempDir::new().unwrap();
    let back_up = || story.desk().back_up_to(place.path(), &Watch::silent()).unwrap();
    let index = back_up().dir.join("index.sqlite");
    fs::write(&index, "不是索引").unwrap();
    assert_eq!(back_up().unmerged.len(), 1);
    assert_eq!(fs::read(&index).unwrap(), "不是索引".as_bytes());
}

/// What is no plain file of the length that their index says is one piece that stays out, and nothing waits for it.
#[cfg(unix)]
#[test]
fn a_link_a_pipe_and_a_file_without_end_are_pieces_that_stay_out() {
    let story = Story::new();
    let other = Other::of(&story);
    let files = ["好.png", "链接.png", "管道.png", "过长.png"];
    other.receives(&files.iter().zip(3..).map(|(name, seed)| (*name, png(seed))).collect::<Vec<_>>());
    let [_, link, pipe, long] =
        files.map(|name| other.dir.join("vault").join(vault_name(other.desk().document(other.piece(name)).unwrap().scan)));
    let (stick, dir) = other.closed();
    let elsewhere = stick.path().join("别处.png");
    fs::rename(&link, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    fs::remove_file(&pipe).unwrap();
    make_pipe(&pipe);
    fs::remove_file(&long).unwrap();
    fs::File::create(&long).unwrap().set_len(1 << 40).unwrap();
    let left = merge(&story, &dir).merge.left;
    let titles: BTreeSet<_> = left.iter().map(|left| left.title.clone()).collect();
    assert_eq!(titles, set(&["链接", "管道", "过长"]));
    assert!(left.iter().all(|left| left.why == Why::Damaged), "{left:?}");
    assert_eq!(names(&story), set(&["好.png"]));
}

#[cfg(unix)]
fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_index_without_end_is_refused_with_a_sentence() {
    let story = Story::holding(&["甲.pdf"]);
    let (_stick, dir) = Other::of(&story).closed();
    make_pipe(&dir.join("index.sqlite-wal"));
    let refused = || story.desk().preview_merge(&dir, &Watch::silent()).unwrap_err();
    assert!(matches!(refused(), Error::NotMergeable { .. }), "{:?}", refused());
    fs::remove_file(dir.join("index.sqlite-wal")).unwrap();
    fs::File::options().write(true).open(dir.join("index.sqlite")).unwrap().set_len(3 << 30).unwrap();
    assert!(refused().sentence().contains("里的索引超过 2.0 GB，不像是汇卷的索引，没有读取"), "{}", refused().sentence());
}

#[test]
fn looking_into_a_stick_can_be_followed_and_stopped() {
    let story = Story::holding(&["甲.pdf"]);
    let (_stick, dir) = Other::of(&story).closed();
    let standing = story.standing();
    let error = story.desk().preview_merge(&dir, &stopping(0)).unwrap_err();
    assert!(matches!(error, Error::Cancelled(_)), "{error:?}");
    assert_eq!(story.standing(), standing);
}

/// Each is said of theirs, before anything is written here.
#[test]
fn an_index_that_contradicts_itself_is_theirs_to_mend() {
    const WRONG: &[(&str, &str)] = &[
        ("a part without its file", "DELETE FROM description WHERE document = (SELECT max(origin) FROM document)"),
        ("a leaf of no catalogue", "UPDATE evidence SET indicator = '99-99'"),
        ("years", "UPDATE description SET years = '去年'"),
        ("a kind", "UPDATE document SET kind = '{'"),
        ("facts of a page", "UPDATE page SET facts = '[]'"),
        ("units", "UPDATE issued SET json = '{' WHERE name = 'units'"),
        ("a digest", "UPDATE document SET digest = 'zz' || id"),
    ];
    for (what, sql) in WRONG {
        let story = Story::holding(&["甲.pdf"]);
        let (_stick, dir) = split_there(&story);
        let standing = story.standing();
        meddle(&dir, sql);
        let error = story.desk().merge(&dir, &BTreeSet::new(), &Watch::silent()).map(|merged| merged.merge).unwrap_err();
        assert!(matches!(error, Error::NotMergeable { why: Unmergeable::Damaged, .. }), "{what}: {error:?}");
        assert_eq!(story.standing(), standing, "{what}");
        assert!(story.desk().examine().unwrap().is_empty());
    }
}

/// A history that names what was never recorded is one that can't be gone back over.
#[test]
fn a_history_that_can_not_be_read_asks_more_and_stops_nothing() {
    let story = Story::holding(&["甲.pdf"]);
    let (_stick, dir) = split_there(&story);
    meddle(&dir, "DROP TRIGGER change_stays; UPDATE change SET tbl = 'sqlite_master'");
    assert_eq!(merge(&story, &dir).merge.arrivals.len(), 2);
}

fn split_there(story: &Story) -> (TempDir, std::path::PathBuf) {
    let other = Other::of(story);
    other.receives(&[("一摞.pdf", pdf(5, "一摞", 1))]);
    let parts = other.desk().split(other.piece("一摞.pdf"), &[3]).unwrap();
    other.desk().file(&parts, &code("01-02")).unwrap();
    other.closed()
}

fn meddle(dir: &Path, sql: &str) {
    Connection::open(dir.join("index.sqlite")).unwrap().execute_batch(sql).unwrap();
}

/// What was joined there of a part of a file holds its bytes here, too.
#[test]
fn what_was_joined_of_a_part_goes_when_its_file_is_purged() {
    let story = Story::scanned(&[("一摞.pdf", 4), ("另一份.pdf", 1)]);
    let other = Other::of(&story);
    let part = other.desk().split(other.piece("一摞.pdf"), &[2]).unwrap()[0];
    let made = other.desk().join(&[part, other.piece("另一份.pdf")], &Watch::silent()).unwrap();
    let made = other.desk().document(made).unwrap().scan;
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    let goes = story.desk().purged_with(story.piece("一摞.pdf")).unwrap();
    assert!(goes.iter().any(|piece| piece.scan == made), "{goes:?}");
}

/// Whether bytes or a name lie anywhere in a project.
fn lies_in(dir: &Path, parts: &[&[u8]]) -> bool {
    let files = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut files = files.filter(|entry| entry.file_name() != "reserve" && !entry.path().starts_with(dir.join("backups")));
    files.any(|entry| {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        parts.iter().any(|part| bytes.windows(part.len()).any(|window| window == *part))
    })
}

/// What came with a merge that was undone is no piece: nothing of it stays once it can't be done again.
#[test]
fn nothing_stays_of_a_merge_that_was_undone_for_good() {
    let mut story = Story::scanned(&[("计划.pdf", 1)]);
    let other = Other::of(&story);
    other.receives(&[("联合演练照片.png", png(5)), ("一摞.pdf", pdf(3, "一摞", 1))]);
    other.desk().split(other.piece("一摞.pdf"), &[1]).unwrap();
    other.desk().describe(other.piece("联合演练照片.png"), &described("联合演练的题名", "")).unwrap();
    let (_stick, dir) = other.closed();
    let png = png(5);
    let wanted = [&png[..], "联合演练".as_bytes()];
    let standing = story.standing();
    let project = story.dir();
    merge(&story, &dir);
    story.desk().undo().unwrap().unwrap();
    story.close();
    story.open().unwrap();
    story.desk().redo().unwrap().unwrap();
    assert!(story.desk().examine().unwrap().is_empty(), "as long as it can be done again, it is kept");
    story.desk().undo().unwrap().unwrap();
    assert_eq!(story.standing(), standing);
    story.desk().describe(story.piece("计划.pdf"), &described("此后", "")).unwrap();
    story.close();
    assert!(lies_in(&project, &wanted), "what is looked for can be found");
    story.open().unwrap();
    assert_eq!(story.desk().redo().unwrap(), None);
    story.close();
    assert!(!lies_in(&project, &wanted));
    story.open().unwrap();
    assert!(story.desk().examine().unwrap().is_empty());
    // Nothing forbids it to come another time.
    assert_eq!(merge(&story, &dir).merge.arrivals.len(), 3);
    assert!(story.desk().examine().unwrap().is_empty());
}

/// With the pieces of merges that were undone for good goes what the journal would restore of them; what was done before, and since,
/// stays recorded.
#[test]
fn the_journal_forgets_what_undone_merges_brought_and_nothing_before() {
    let mut story = Story::scanned(&[("计划.pdf", 1)]);
    let (plan, project) = (story.piece("计划.pdf"), story.dir());
    let bringing = |name: &str, bytes: Vec<u8>| {
        let other = Other::of(&story);
        other.receives(&[(name, bytes)]);
        other.closed()
    };
    let (first, second) = (bringing("走访.png", png(5)), bringing("慰问.png", png(9)));
    let describe = |title: &str| story.desk().describe(plan, &described(title, "")).unwrap();
    describe("第一次");
    describe("第二次");
    story.desk().undo().unwrap().unwrap();
    merge(&story, &first.1);
    story.desk().file(&[story.piece("走访.png")], &code("01-01")).unwrap();
    merge(&story, &second.1);
    (0..3).for_each(|_| drop(story.desk().undo().unwrap().unwrap()));
    describe("此后");
    let recorded = |project: &Path| -> (Vec<String>, u32) {
        let index = rusqlite::Connection::open(project.join("index.sqlite")).unwrap();
        let mut select =
            index.prepare("SELECT json_extract(deed, '$.deed') FROM act WHERE id IN (SELECT act FROM change) ORDER BY id").unwrap();
        let deeds = select.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        (deeds, index.query_row("SELECT count(*) FROM document", [], |row| row.get(0)).unwrap())
    };
    story.close();
    let deeds = ["describe", "describe", "merge", "file", "merge", "describe"].map(str::to_owned);
    assert_eq!(recorded(&project), (deeds.to_vec(), 3));
    story.open().unwrap();
    story.close();
    assert_eq!(recorded(&project), (vec!["describe".to_owned(); 3], 1));
    story.open().unwrap();
    story.desk().undo().unwrap().unwrap();
    assert_eq!(story.desk().document(plan).unwrap().description.title, "第一次");
    story.desk().undo().unwrap().unwrap();
    assert_eq!(story.desk().document(plan).unwrap().description.title, "");
}

/// A purge of anything takes along what can't be named any more.
#[test]
fn a_purge_takes_what_undone_and_stopped_merges_have_left() {
    for stopped in [false, true] {
        let mut story = Story::scanned(&[("计划.pdf", 1)]);
        let other = Other::of(&story);
        other.receives(&[("联合演练照片.png", png(5)), ("另一张.png", png(9))]);
        let (_stick, dir) = other.closed();
        let (project, png) = (story.dir(), png(5));
        let wanted = [&png[..], "联合演练照片".as_bytes()];
        if stopped {
            // After the last was copied.
            story.desk().merge(&dir, &BTreeSet::new(), &stopping(2)).unwrap_err();
        } else {
            merge(&story, &dir);
            story.desk().undo().unwrap().unwrap();
        }
        assert!(lies_in(&project, &wanted), "what is looked for can be found");
        story.desk().purge(story.piece("计划.pdf")).unwrap();
        story.close();
        assert!(!lies_in(&project, &wanted), "stopped: {stopped}");
        story.open().unwrap();
        assert_eq!(merge(&story, &dir).merge.arrivals.len(), 2);
    }
}

/// What was copied by a merge that was stopped goes when the project is opened next; what was taken in since stays.
#[test]
fn what_a_stopped_merge_has_copied_goes_and_what_was_taken_in_stays() {
    let mut story = Story::new();
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(9))]);
    let (_stick, dir) = other.closed();
    story.desk().merge(&dir, &BTreeSet::new(), &stopping(2)).unwrap_err();
    story.receives(&[("走访.png", png(5))]);
    let project = story.dir();
    story.close();
    assert!(lies_in(&project, &[&png(9)]));
    story.open().unwrap();
    assert!(!lies_in(&project, &[&png(9), "慰问.png".as_bytes()]) && lies_in(&project, &[&png(5)]));
    assert!(story.desk().examine().unwrap().is_empty());
}
