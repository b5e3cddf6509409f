//! 并入: two clerks work on copies of one project, and what the second did comes into the first.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use dossier::desk::{ConflictKey, Creation, Merging, Place, Surroundings};
use dossier::domain::merge::{Field, Why};
use dossier::domain::{Caption, Declaration, DemandKind, Description, DocumentId, ReadMark, SelfAssessment, Verdict};
use dossier::store::{Fault, Files, Store};
use dossier::{Desk, Error};
use huijuan_tests::drawn::{pdf, png};
use huijuan_tests::story::{Story, accept, around, code, creation, stopping};
use jiff::civil::date;
use scans::{Digest, Mask, Watch};
use tempfile::TempDir;

/// A copy of a project on another computer: a backup that is opened there.
pub(crate) struct Other {
    place: TempDir,
    pub(crate) dir: PathBuf,
    desk: Option<Desk>,
}

pub(crate) fn colleague() -> Surroundings {
    Surroundings { who: "另一经办人".to_owned(), ..around(Files::real()) }
}

impl Other {
    pub(crate) fn of(story: &Story) -> Self {
        let place = TempDir::new().unwrap();
        let dir = story.desk().back_up_to(place.path(), &Watch::silent()).unwrap().dir;
        let desk = Some(Desk::open(&dir, colleague()).unwrap());
        Self { place, dir, desk }
    }

    pub(crate) fn desk(&self) -> &Desk {
        self.desk.as_ref().unwrap()
    }

    pub(crate) fn receives(&self, files: &[(&str, Vec<u8>)]) {
        let stick = TempDir::new().unwrap();
        for (name, bytes) in files {
            fs::write(stick.path().join(name), bytes).unwrap();
        }
        let report = self.desk().intake(&[stick.path().to_owned()], &Watch::silent(), &mut |_| {}).unwrap();
        assert_eq!(report.accepted as usize, files.len());
    }

    pub(crate) fn piece(&self, name: &str) -> DocumentId {
        let mut all = self.desk().documents(&Place::All).unwrap();
        all.extend(self.desk().documents(&Place::Removed).unwrap());
        all.into_iter().find(|document| document.original_name == name).unwrap().id
    }

    /// The stick in the evening: nobody works on it any more.
    pub(crate) fn closed(mut self) -> (TempDir, PathBuf) {
        self.desk = None;
        (self.place, self.dir)
    }
}

/// Names of all pieces, in no order that says anything.
pub(crate) fn names(story: &Story) -> BTreeSet<String> {
    story.names(&Place::All).into_iter().collect()
}

pub(crate) fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) fn merge(story: &Story, dir: &Path) -> Merging {
    story.desk().merge(dir, &BTreeSet::new(), &Watch::silent()).unwrap()
}

pub(crate) fn described(title: &str, number: &str) -> Description {
    Description { title: title.to_owned(), number: number.to_owned(), ..Description::default() }
}

/// All of both projects is gone over for it, which takes seconds of a large one: whoever shows a page meanwhile does not wait.
#[test]
fn while_a_stick_is_compared_the_project_is_read() {
    let mut story = Story::scanned(&[("计划.pdf", 1)]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5))]);
    let (_stick, dir) = other.closed();
    story.close();
    let desk = Arc::new(Desk::open(&story.dir(), around(Files::real())).unwrap());
    let name = dir.file_name().unwrap().to_string_lossy().into_owned();
    let (told, heard) = mpsc::channel();
    let asked = Arc::clone(&desk);
    let watch = Watch::new(move |progress| {
        if progress.on == name {
            let (answer, answered) = mpsc::channel();
            let desk = Arc::clone(&asked);
            thread::spawn(move || answer.send(desk.documents(&Place::All).unwrap().len()));
            // Only who fails waits so long.
            told.send(answered.recv_timeout(Duration::from_secs(60))).unwrap();
        }
    });
    desk.preview_merge(&dir, &watch).unwrap();
    assert_eq!(heard.try_recv(), Ok(Ok(1)));
    desk.merge(&dir, &BTreeSet::new(), &watch).unwrap();
    assert_eq!(heard.try_recv(), Ok(Ok(1)));
}

#[test]
fn what_the_second_clerk_did_comes_in_once_and_can_be_undone_as_one() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let (plan, meeting) = (story.piece("计划.pdf"), story.piece("会议.jpg"));
    story.desk().file(&[plan], &code("01-01")).unwrap();
    let other = Other::of(&story);
    // Here goes on …
    story.receives(&[("本机新收.png", png(3))]);
    story.desk().describe(plan, &described("年度计划", "")).unwrap();
    // … and there, too.
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(9))]);
    let visit = other.piece("走访.png");
    other.desk().file(&[visit], &code("02-01")).unwrap();
    other.desk().describe(visit, &described("走访慰问", "示双拥〔2022〕1号")).unwrap();
    other.desk().turn_page(visit, 0, 90).unwrap();
    other.desk().set_caption(&[visit], &Caption { place: "示例街道01".to_owned(), ..Caption::default() }).unwrap();
    let mask = Mask { x0: 100, y0: 100, x1: 900, y1: 900 };
    other.desk().add_mask(other.piece("会议.jpg"), 0, mask).unwrap();
    other.desk().move_to(&[other.piece("计划.pdf")], None, &code("01-02")).unwrap();
    other.desk().demand(DemandKind::Supplement, &[visit], Some(&code("02-01")), "缺签到表").unwrap();
    let said = SelfAssessment { points: Vec::new(), narrative: "每年走访".to_owned() };
    other.desk().self_assess(&code("02-01"), &said).unwrap();
    let signed =
        Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: Some(other.piece("慰问.png")) };
    other.desk().declare(&code("V1"), Some(&signed)).unwrap();
    let (stick, dir) = other.closed();
    let before = digests(&dir);

    let standing = story.standing();
    let foreseen = story.desk().preview_merge(stick.path(), &Watch::silent()).unwrap();
    assert_eq!(story.standing(), standing, "looking changes nothing");
    assert_eq!((foreseen.merge.arrivals.len(), foreseen.merge.conflicts.len(), foreseen.merge.left.len()), (2, 0, 0));
    assert_eq!(foreseen.last.1, "另一经办人");
    let merged = merge(&story, &dir);
    assert_eq!(merged.merge.arrivals, foreseen.merge.arrivals);
    assert_eq!(digests(&dir), before, "the stick stays as it was");

    let desk = story.desk();
    assert_eq!(names(&story), set(&["计划.pdf", "会议.jpg", "本机新收.png", "慰问.png", "走访.png"]));
    let visit = desk.document(story.piece("走访.png")).unwrap();
    assert_eq!((visit.description.title.as_str(), visit.pages[0].turn, visit.caption.place.as_str()), ("走访慰问", 90, "示例街道01"));
    assert_eq!(story.under("02-01"), ["走访.png"]);
    assert_eq!((story.under("01-01"), story.under("01-02")), (vec![], vec!["计划.pdf".to_owned()]), "a move is followed");
    assert_eq!(desk.document(plan).unwrap().description.title, "年度计划", "what was done here since stands");
    assert_eq!(desk.document(meeting).unwrap().masks_on(0), [mask]);
    let dossier = desk.dossier().unwrap();
    assert_eq!(dossier.assessed[&code("02-01")].narrative, "每年走访");
    assert_eq!(dossier.declared(&code("V1")).unwrap().document, Some(story.piece("慰问.png")));
    assert_eq!(dossier.open_demands().map(|demand| demand.document).collect::<Vec<_>>(), [Some(visit.id)]);
    assert!(desk.examine().unwrap().is_empty(), "all bytes came along");

    let after = story.standing();
    let again = merge(&story, &dir);
    assert!(again.merge.is_nothing(), "{:?}", again.merge);
    assert_eq!(story.standing(), after);
    let act = story.desk().undo().unwrap().unwrap();
    assert_eq!(act.sentence, "并入“汇卷备份_示例区双拥创建2023”：新到 2 件，改动 4 处");
    assert_eq!(story.standing(), standing, "one step takes all of it back");
    story.desk().redo().unwrap().unwrap();
    assert_eq!(story.standing(), after);
    assert!(story.desk().examine().unwrap().is_empty());
}

fn digests(dir: &Path) -> Vec<(PathBuf, Digest)> {
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), Digest::of(&fs::read(entry.path()).unwrap()))).collect()
}

#[test]
fn a_merge_that_was_undone_can_be_done_again_and_its_files_can_come_another_way() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5))]);
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    story.desk().undo().unwrap().unwrap();
    // The same file from the unit itself: a piece, and no duplicate of what is no piece any more.
    story.receives(&[("走访.png", png(5))]);
    assert_eq!(story.desk().redo().unwrap(), None, "it came another way");
    assert_eq!(names(&story), set(&["计划.pdf", "走访.png"]));
    story.desk().describe(story.piece("走访.png"), &described("本机题名", "")).unwrap();
    assert!(merge(&story, &dir).merge.arrivals.is_empty());
    story.desk().undo().unwrap();
    assert_eq!(story.names(&Place::All).len(), 2);
    // Undone, and merged again.
    let fresh = Story::scanned(&[("计划.pdf", 2)]);
    let other = Other::of(&fresh);
    other.receives(&[("走访.png", png(5))]);
    let (_stick, dir) = other.closed();
    merge(&fresh, &dir);
    fresh.desk().undo().unwrap().unwrap();
    assert_eq!(merge(&fresh, &dir).merge.arrivals.len(), 1);
    assert_eq!(names(&fresh), set(&["计划.pdf", "走访.png"]));
    assert!(fresh.desk().examine().unwrap().is_empty());
}

#[test]
fn what_both_changed_is_asked_and_ours_stands_until_theirs_is_chosen() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let plan = story.piece("计划.pdf");
    let other = Other::of(&story);
    story.desk().describe(plan, &described("本机题名", "本机1号")).unwrap();
    other.desk().describe(other.piece("计划.pdf"), &described("对方题名", "对方1号")).unwrap();
    let (_stick, dir) = other.closed();
    let merged = story.desk().preview_merge(&dir, &Watch::silent()).unwrap();
    assert!(merged.merge.is_nothing());
    let fields: Vec<Field> = merged.merge.conflicts.iter().map(|conflict| conflict.field).collect();
    assert_eq!(fields, [Field::Title, Field::Number]);
    let chosen: BTreeSet<ConflictKey> = [merged.merge.conflicts[0].key.clone()].into();
    story.desk().merge(&dir, &chosen, &Watch::silent()).unwrap();
    let said = story.desk().document(plan).unwrap().description;
    assert_eq!((said.title.as_str(), said.number.as_str()), ("对方题名", "本机1号"));
}

/// Before something comes in, the index is laid aside as it stood.
#[test]
fn a_copy_is_laid_aside_before_a_merge_that_brings_something() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let other = Other::of(&story);
    let desk = story.desk();
    desk.file(&story.pieces(&["计划.pdf"]), &code("01-01")).unwrap();
    for brings in [false, true] {
        if brings {
            other.receives(&[("走访.png", png(5))]);
        }
        let before = desk.saved().unwrap().len();
        assert_eq!(merge(&story, &other.dir).merge.is_nothing(), !brings);
        assert_eq!(desk.saved().unwrap().len() - before, usize::from(brings), "brings something: {brings}");
    }
    let laid_aside = &desk.saved().unwrap()[0].path;
    let since = desk.preview_restore(laid_aside).unwrap();
    assert_eq!((since.unknown, since.unfiled.len()), (vec!["走访".to_owned()], 0), "as it stood before");
}

/// Looked at and kept as it is here, nothing of it is asked on the next evening.
#[test]
fn what_was_kept_as_ours_is_not_asked_again() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let plan = story.piece("计划.pdf");
    let other = Other::of(&story);
    story.desk().describe(plan, &described("本机题名", "")).unwrap();
    other.desk().describe(other.piece("计划.pdf"), &described("对方题名", "")).unwrap();
    assert_eq!(merge(&story, &other.dir).merge.conflicts.len(), 1);
    assert_eq!(merge(&story, &other.dir).merge.conflicts, []);
    assert_eq!(story.desk().document(plan).unwrap().description.title, "本机题名");
    let last = story.desk().history(1).unwrap().remove(0);
    assert_eq!((last.sentence.as_str(), last.undoable), ("核对“汇卷备份_示例区双拥创建2023”：没有并入内容，以本机为准", false));
    // What is said there anew is asked anew.
    other.desk().describe(other.piece("计划.pdf"), &described("次日题名", "")).unwrap();
    assert_eq!(merge(&story, &other.dir).merge.conflicts.len(), 1);
}

/// What they made of the papers that lay there already is filed anew here, and answers nothing that is open on both sides.
#[test]
fn what_was_split_there_is_no_answer_to_what_is_asked_here() {
    let story = Story::scanned(&[("计划.pdf", 3), ("总结.pdf", 1)]);
    story.desk().file(&story.pieces(&["计划.pdf", "总结.pdf"]), &code("02-01")).unwrap();
    for (kind, name) in [(DemandKind::Supplement, "计划.pdf"), (DemandKind::Return, "总结.pdf")] {
        story.desk().demand(kind, &[story.piece(name)], Some(&code("02-01")), "没有盖章").unwrap();
    }
    let open = || story.desk().dossier().unwrap().open_demands().count();
    let other = Other::of(&story);
    other.desk().split(other.piece("计划.pdf"), &[1]).unwrap();
    assert_eq!(other.desk().dossier().unwrap().open_demands().count(), 2);
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    assert_eq!((story.under("02-01").len(), open()), (3, 2));
    assert_eq!(story.desk().dossier().unwrap().demands.len(), 2, "each is one, whichever pages its piece has now");
    story.desk().undo().unwrap().unwrap();
    assert_eq!((story.under("02-01").len(), open()), (2, 2));
}

/// What was joined there came in with its parts: where the index of before is put back, it is no file that was handed in.
#[test]
fn what_was_joined_there_is_not_handed_in_by_a_restored_index() {
    let mut story = Story::scanned(&[("甲.jpg", 1), ("乙.jpg", 1)]);
    let other = Other::of(&story);
    other.desk().join(&[other.piece("甲.jpg"), other.piece("乙.jpg")], &Watch::silent()).unwrap();
    let (_stick, project) = other.closed();
    story.desk().back_up().unwrap();
    let before = story.desk().saved().unwrap()[0].path.clone();
    assert_eq!(merge(&story, &project).merge.arrivals.len(), 1);
    let dir = story.dir();
    story.close();
    drop(Desk::restore_index(&dir, &before, around(Files::real())).unwrap());
    story.open().unwrap();
    assert!(story.desk().unfinished_batches().unwrap().is_empty());
    assert_eq!(names(&story), set(&["甲.jpg", "乙.jpg"]));
}

#[test]
fn on_the_second_evening_only_what_is_new_is_compared() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let (plan, meeting) = (story.piece("计划.pdf"), story.piece("会议.jpg"));
    let other = Other::of(&story);
    let describe = |name: &str, title: &str| other.desk().describe(other.piece(name), &described(title, "")).unwrap();
    story.desk().describe(meeting, &described("本机题名", "")).unwrap();
    describe("计划.pdf", "第一晚");
    describe("会议.jpg", "对方题名");
    assert_eq!(merge(&story, &other.dir).merge.conflicts.len(), 1);
    describe("计划.pdf", "第二晚");
    let second = merge(&story, &other.dir);
    let title = |id| story.desk().document(id).unwrap().description.title;
    assert_eq!((second.merge.conflicts.len(), title(plan), title(meeting)), (0, "第二晚".to_owned(), "本机题名".to_owned()));
    // Without the first evening, both are compared with where they parted.
    story.desk().undo().unwrap();
    story.desk().undo().unwrap();
    let third = merge(&story, &other.dir);
    assert_eq!((third.merge.conflicts.len(), title(plan)), (1, "第二晚".to_owned()));
}

#[test]
fn what_was_purged_or_is_classified_does_not_come_back_and_has_no_name() {
    let story = Story::scanned(&[("演练方案.pdf", 1), ("计划.pdf", 2)]);
    let other = Other::of(&story);
    story.desk().purge(story.piece("演练方案.pdf")).unwrap();
    other.desk().describe(other.piece("演练方案.pdf"), &described("联合演练方案", "")).unwrap();
    let (_stick, dir) = other.closed();
    let merged = merge(&story, &dir);
    assert_eq!(merged.merge.left.iter().map(|left| (left.title.as_str(), &left.why)).collect::<Vec<_>>(), [("", &Why::Purged)]);
    assert!(merged.merge.arrivals.is_empty());
    assert!(!names(&story).contains("演练方案.pdf"));
    // The other way: purged there, and still here.
    let here = Story::scanned(&[("演练方案.pdf", 1)]);
    let other = Other::of(&here);
    other.desk().purge(other.piece("演练方案.pdf")).unwrap();
    let (_stick, dir) = other.closed();
    let left = merge(&here, &dir).merge.left;
    assert_eq!(left.iter().map(|left| (left.title.as_str(), &left.why)).collect::<Vec<_>>(), [("演练方案.pdf", &Why::PurgedThere)]);
}

#[test]
fn what_came_in_past_the_door_with_a_mark_stays_out() {
    let story = Story::new();
    let (_stick, dir) = Other::of(&story).closed();
    let store = Store::open(&dir, &Files::real(), "另一经办人").unwrap();
    accept(&store, "机密★5年 演练方案.pdf").unwrap();
    accept(&store, "年度计划.pdf").unwrap();
    drop(store);
    let merged = merge(&story, &dir);
    assert_eq!(merged.merge.left.iter().map(|left| (left.title.as_str(), &left.why)).collect::<Vec<_>>(), [("", &Why::Classified)]);
    assert_eq!(names(&story), set(&["年度计划.pdf"]));
}

/// Whatever it is called there: its text, and what was read off its pages, is looked at here.
#[test]
fn what_reads_as_classified_stays_out() {
    let story = Story::new();
    let other = Other::of(&story);
    other.receives(&[("计划.pdf", pdf(1, "计划", 1)), ("方案.pdf", pdf(1, "方案", 2)), ("总结.pdf", pdf(1, "总结", 3))]);
    let (_stick, dir) = other.closed();
    let index = rusqlite::Connection::open(dir.join("index.sqlite")).unwrap();
    let of = |name: &str| index.query_row("SELECT id FROM document WHERE name = ?1", [name], |row| row.get::<_, i64>(0)).unwrap();
    let marks = serde_json::to_string(&[ReadMark::Classified { page: 0 }]).unwrap();
    let said = index.execute("UPDATE text_layer SET text = '机密★5年' WHERE document = ?1", [of("方案.pdf")]).unwrap();
    let read = index.execute("UPDATE document SET marks = ?2 WHERE id = ?1", (of("总结.pdf"), marks)).unwrap();
    assert_eq!((said, read), (1, 1));
    drop(index);
    let left = merge(&story, &dir).merge.left;
    assert_eq!(left.iter().map(|left| (left.title.as_str(), &left.why)).collect::<Vec<_>>(), [("", &Why::Classified); 2]);
    assert_eq!((names(&story), digests(&story.dir().join("vault")).len()), (set(&["计划.pdf"]), 1));
}

#[test]
fn a_stick_that_is_pulled_out_leaves_the_project_as_it_was() {
    let story = Story::new();
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(9))]);
    let (_stick, dir) = other.closed();
    let (there, pulled) = (dir.clone(), dir.with_file_name("已拔出"));
    let watch = Watch::new(move |progress| {
        if progress.done == 1 {
            // At the last step it is gone already.
            let _ = fs::rename(&there, &pulled);
        }
    });
    let error = story.desk().merge(&dir, &BTreeSet::new(), &watch).unwrap_err();
    assert!(error.sentence().contains("找不到，没有做完，项目没有改动"), "{}", error.sentence());
    assert!(names(&story).is_empty());
    fs::rename(dir.with_file_name("已拔出"), &dir).unwrap();
    assert_eq!(merge(&story, &dir).merge.arrivals.len(), 2);
}

#[test]
fn what_lies_in_our_bin_stays_there_and_what_they_removed_goes_there() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1), ("总结.jpg", 1)]);
    let other = Other::of(&story);
    story.desk().remove(&story.pieces(&["计划.pdf"])).unwrap();
    other.desk().file(&[other.piece("计划.pdf")], &code("01-01")).unwrap();
    other.desk().remove(&[other.piece("会议.jpg")]).unwrap();
    let (_stick, dir) = other.closed();
    let merged = merge(&story, &dir);
    assert_eq!(merged.merge.left.iter().map(|left| (left.title.as_str(), &left.why)).collect::<Vec<_>>(), [("计划.pdf", &Why::InBin)]);
    assert_eq!(names(&story), set(&["总结.jpg"]));
    assert!(story.under("01-01").is_empty());
}

#[test]
fn a_file_that_was_split_there_is_split_here_and_keeps_what_is_covered() {
    let story = Story::scanned(&[("一摞.pdf", 5)]);
    let pile = story.piece("一摞.pdf");
    story.desk().file(&[pile], &code("01-01")).unwrap();
    let other = Other::of(&story);
    let (here, there) = (Mask { x0: 0, y0: 0, x1: 500, y1: 500 }, Mask { x0: 600, y0: 600, x1: 900, y1: 900 });
    story.desk().add_mask(pile, 3, here).unwrap();
    let parts = other.desk().split(other.piece("一摞.pdf"), &[2, 4]).unwrap();
    other.desk().add_mask(parts[0], 3, there).unwrap();
    other.desk().describe(parts[1], &described("附件", "")).unwrap();
    other.desk().move_to(&[parts[1]], None, &code("02-01")).unwrap();
    let (_stick, dir) = other.closed();
    let standing = story.standing();
    merge(&story, &dir);
    let mut pieces = story.desk().documents(&Place::All).unwrap();
    pieces.sort_by_key(|piece| piece.pages[0].index);
    let pages: Vec<Vec<u32>> = pieces.iter().map(|piece| piece.pages.iter().map(|page| page.index).collect()).collect();
    assert_eq!(pages, [vec![0, 1], vec![2, 3], vec![4]]);
    assert_eq!((pieces[1].masks_on(3), pieces[2].description.title.as_str()), (vec![here, there], "附件"));
    let given = [None, Some("一摞.pdf（原件第3—4页）"), Some("一摞.pdf（原件第5页）")];
    assert_eq!(pieces.iter().map(|piece| piece.given_title.as_deref()).collect::<Vec<_>>(), given);
    assert_eq!((story.under("01-01").len(), story.under("02-01").len()), (2, 1));
    assert!(merge(&story, &dir).merge.is_nothing(), "nothing comes twice");
    story.desk().undo().unwrap().unwrap();
    assert_eq!(story.standing(), standing);
    // Split, a file that is new here comes as its parts.
    let fresh = Story::new();
    let other = Other::of(&fresh);
    other.receives(&[("一摞.pdf", pdf(5, "一摞", 1))]);
    let parts = other.desk().split(other.piece("一摞.pdf"), &[3]).unwrap();
    other.desk().file(&parts, &code("01-02")).unwrap();
    let (_stick, dir) = other.closed();
    merge(&fresh, &dir);
    let mut pieces = fresh.desk().documents(&Place::All).unwrap();
    pieces.sort_by_key(|piece| piece.pages[0].index);
    assert_eq!(pieces.iter().map(|piece| piece.pages.len()).collect::<Vec<_>>(), [3, 2]);
    assert_eq!(fresh.under("01-02").len(), 1);
    assert!(merge(&fresh, &dir).merge.is_nothing());
    fresh.desk().undo().unwrap().unwrap();
    assert_eq!(merge(&fresh, &dir).merge.arrivals.len(), 2);
}

pub(crate) fn vault_name(scan: Digest) -> PathBuf {
    let name = scan.to_string();
    Path::new(&name[..2]).join(&name)
}

#[test]
fn a_damaged_or_missing_file_is_named_and_the_rest_comes_in() {
    let story = Story::new();
    let other = Other::of(&story);
    other.receives(&[("好.png", png(3)), ("坏.png", png(5)), ("缺.png", png(9))]);
    let scan = |name: &str| vault_name(other.desk().document(other.piece(name)).unwrap().scan);
    let (bad, gone) = (scan("坏.png"), scan("缺.png"));
    let (_stick, dir) = other.closed();
    fs::remove_file(dir.join("vault").join(gone)).unwrap();
    let bad = dir.join("vault").join(bad);
    fs::remove_file(&bad).unwrap();
    fs::write(&bad, "坏").unwrap();
    let merged = merge(&story, &dir);
    let why = |first: &str| merged.merge.left.iter().find(|left| left.title.starts_with(first)).map(|left| left.why.clone());
    assert_eq!((why("坏"), why("缺"), merged.merge.left.len()), (Some(Why::Damaged), Some(Why::Missing), 2));
    assert_eq!(names(&story), set(&["好.png"]));
    assert!(story.desk().examine().unwrap().is_empty());
    // Whole again, they come with the next merge.
    fs::remove_file(&bad).unwrap();
    fs::write(&bad, png(5)).unwrap();
    assert_eq!(merge(&story, &dir).merge.arrivals.len(), 1);
}

#[test]
fn a_merge_that_is_stopped_or_fails_at_any_moment_leaves_the_project_whole() {
    let mut story = Story::scanned(&[("计划.pdf", 1)]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(9))]);
    let (_stick, dir) = other.closed();
    let error = story.desk().merge(&dir, &BTreeSet::new(), &stopping(1)).unwrap_err();
    assert!(matches!(error, Error::Cancelled(_)));
    let project = story.dir();
    let before = story.standing();
    story.close();
    for fault in [Fault::NoSpace, Fault::Broken] {
        for at in 1.. {
            let surroundings = around(Files::failing(at, fault, false));
            let desk = Desk::open(&project, surroundings.clone());
            let merged = desk.and_then(|desk| desk.merge(&dir, &BTreeSet::new(), &Watch::silent()));
            if let Err(error) = &merged {
                assert!(error.sentence().ends_with('。'), "{}", error.sentence());
            }
            story.open().unwrap();
            assert!(story.desk().examine().unwrap().is_empty(), "{fault:?} at {at}");
            if merged.is_ok() {
                assert_eq!(story.names(&Place::All).len(), 3);
                story.desk().undo().unwrap().unwrap();
            }
            assert_eq!(story.standing(), before, "{fault:?} at {at}");
            story.close();
            if !surroundings.files.struck() {
                break;
            }
        }
    }
}

#[test]
fn what_is_no_copy_of_this_project_is_refused_with_a_sentence() {
    let story = Story::holding(&["甲.pdf"]);
    let place = TempDir::new().unwrap();
    let refused = |folder: &Path| story.desk().preview_merge(folder, &Watch::silent()).unwrap_err().sentence();
    assert!(refused(place.path()).contains("没有汇卷项目或备份"), "{}", refused(place.path()));
    assert!(refused(&story.dir()).contains("就是本项目"));
    assert!(refused(&place.path().join("已拔出")).contains("找不到"));
    let another = place.path().join("另一项目");
    drop(Desk::create(&another, Creation { name: "另一轮".to_owned(), ..creation() }, around(Files::real())).unwrap());
    assert!(refused(&another).contains("另一个项目“另一轮”"), "{}", refused(&another));
    story.desk().back_up_to(place.path(), &Watch::silent()).unwrap();
    assert!(refused(place.path()).contains("有 2 个项目"), "{}", refused(place.path()));
    fs::write(another.join("index.sqlite"), b"x").unwrap();
    assert!(refused(&another).contains("没有汇卷项目"));
}

#[test]
fn a_project_folder_that_was_not_closed_well_is_read_with_its_log() {
    let story = Story::holding(&["甲.pdf"]);
    let other = Other::of(&story);
    other.desk().describe(other.piece("甲.pdf"), &described("没有写回的", "")).unwrap();
    // Copied as it lies while the program runs there: the last acts are in the write-ahead log alone.
    let stick = TempDir::new().unwrap();
    for name in ["index.sqlite", "index.sqlite-wal"] {
        fs::copy(other.dir.join(name), stick.path().join(name)).unwrap();
    }
    merge(&story, stick.path());
    assert_eq!(story.desk().document(story.piece("甲.pdf")).unwrap().description.title, "没有写回的");
}

#[test]
fn a_purge_here_or_a_merge_there_brings_nothing_back_that_was_changed_here_since() {
    let story = Story::scanned(&[("计划.pdf", 2), ("演练方案.pdf", 1), ("会议.jpg", 1)]);
    let plan = story.piece("计划.pdf");
    let other = Other::of(&story);
    other.desk().file(&[other.piece("计划.pdf")], &code("01-01")).unwrap();
    merge(&story, &other.dir);
    story.desk().move_to(&[plan], None, &code("01-02")).unwrap();
    story.desk().purge(story.piece("演练方案.pdf")).unwrap();
    other.desk().describe(other.piece("会议.jpg"), &described("会议纪要", "")).unwrap();
    let second = merge(&story, &other.dir).merge;
    assert_eq!((second.changes.len(), second.conflicts.len()), (1, 0), "the first merge stands in spite of the purge");
    assert_eq!((story.under("01-01"), story.under("01-02")), (vec![], vec!["计划.pdf".to_owned()]));

    // They took in what was done here; here it was taken back since. What they did beside comes in.
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let plan = story.piece("计划.pdf");
    let other = Other::of(&story);
    let signed = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: None };
    story.desk().declare(&code("V1"), Some(&signed)).unwrap();
    story.desk().file(&[plan], &code("01-01")).unwrap();
    let stick = TempDir::new().unwrap();
    let ours = story.desk().back_up_to(stick.path(), &Watch::silent()).unwrap().dir;
    other.desk().merge(&ours, &BTreeSet::new(), &Watch::silent()).unwrap();
    assert_eq!(other.desk().dossier().unwrap().declared.len(), 1);
    story.desk().declare(&code("V1"), None).unwrap();
    story.desk().move_to(&[plan], None, &code("01-02")).unwrap();
    other.desk().describe(other.piece("会议.jpg"), &described("会议纪要", "")).unwrap();
    let merged = merge(&story, &other.dir).merge;
    assert_eq!((merged.changes.len(), merged.conflicts.len()), (1, 0), "what they saw of ours is compared with ours as it was");
    assert!(story.desk().dossier().unwrap().declared.is_empty());
    assert_eq!((story.under("01-01"), story.under("01-02")), (vec![], vec!["计划.pdf".to_owned()]));
}

/// Sticks that cross: each took in the other as it was before. Nobody knows any more who changed what, so it is asked.
#[test]
fn where_two_sticks_crossed_what_differs_is_asked() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let meeting = story.piece("会议.jpg");
    let other = Other::of(&story);
    story.desk().describe(story.piece("计划.pdf"), &described("本机题名", "")).unwrap();
    other.desk().describe(other.piece("会议.jpg"), &described("对方题名", "")).unwrap();
    let stick = TempDir::new().unwrap();
    let ours = story.desk().back_up_to(stick.path(), &Watch::silent()).unwrap().dir;
    merge(&story, &other.dir);
    other.desk().merge(&ours, &BTreeSet::new(), &Watch::silent()).unwrap();
    story.desk().describe(meeting, &described("本机后改", "")).unwrap();
    let crossed = merge(&story, &other.dir).merge;
    assert_eq!(crossed.conflicts.iter().map(|conflict| conflict.field).collect::<Vec<_>>(), [Field::Title]);
    assert_eq!(story.desk().document(meeting).unwrap().description.title, "本机后改");
}

#[test]
fn what_they_settled_is_settled_and_what_was_asked_for_here_since_stays_open() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let plan = story.piece("计划.pdf");
    story.desk().file(&[plan], &code("01-01")).unwrap();
    let demand = |reason: &str| story.desk().demand(DemandKind::Supplement, &[plan], Some(&code("01-01")), reason).unwrap();
    demand("缺签到表");
    let other = Other::of(&story);
    demand("缺照片");
    let id = other.desk().dossier().unwrap().open_demands().next().unwrap().id;
    other.desk().settle(id).unwrap();
    merge(&story, &other.dir);
    let dossier = story.desk().dossier().unwrap();
    let open: Vec<(&str, bool)> = dossier.demands.iter().map(|demand| (demand.reason.as_str(), demand.settled.is_none())).collect();
    assert_eq!(open, [("缺签到表", false), ("缺照片", true)]);
}

#[test]
fn what_they_took_back_is_taken_back_and_what_they_did_with_a_piece_in_our_bin_is_there_when_it_is_restored() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let plan = story.piece("计划.pdf");
    let signed = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 3, 1), document: None };
    story.desk().declare(&code("V1"), Some(&signed)).unwrap();
    story.desk().remove(&story.pieces(&["会议.jpg"])).unwrap();
    let other = Other::of(&story);
    story.desk().remove(&[plan]).unwrap();
    other.desk().declare(&code("V1"), None).unwrap();
    other.desk().restore(&[other.piece("会议.jpg")]).unwrap();
    let (there, mask) = (other.piece("计划.pdf"), Mask { x0: 100, y0: 100, x1: 900, y1: 900 });
    other.desk().describe(there, &described("年度计划", "")).unwrap();
    other.desk().file(&[there], &code("01-01")).unwrap();
    other.desk().add_mask(there, 0, mask).unwrap();
    let standing = story.standing();
    assert_eq!(merge(&story, &other.dir).merge.left.len(), 1);
    assert!(merge(&story, &other.dir).merge.is_nothing());
    assert_eq!(names(&story), set(&["会议.jpg"]));
    assert!(story.desk().dossier().unwrap().declared.is_empty());
    story.desk().undo().unwrap().unwrap();
    assert_eq!(story.standing(), standing, "one step takes all of it back");
    story.desk().redo().unwrap().unwrap();
    story.desk().restore(&[plan]).unwrap();
    let piece = story.desk().document(plan).unwrap();
    assert_eq!((piece.description.title.as_str(), piece.masks_on(0)), ("年度计划", vec![mask]));
    assert_eq!(story.under("01-01"), ["计划.pdf"]);
}

/// What came in here as the same as a piece that a merge has brought is no duplicate of nothing when the merge is taken back.
#[test]
fn a_file_handed_in_after_a_merge_is_asked_for_again_when_the_merge_is_undone() {
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(6)), ("座谈.png", png(7))]);
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    let zip = huijuan_tests::drawn::Zip::default().with("慰问照片.png", &png(6)).with("街道照片.png", &png(8)).finish();
    let mail = super::mail::message("报送", b"see below", &[("座谈照片.png", &png(7))]);
    let (received, _unit) = story.hands_in(&[("走访照片.png", png(5)), ("照片.zip", zip), ("来信.eml", mail)]);
    assert_eq!(received.iter().filter(|one| matches!(one.verdict, Verdict::Duplicate { .. })).count(), 3);
    let desk = story.desk();
    desk.undo().unwrap().unwrap();
    assert_eq!(desk.unfinished_batches().unwrap().len(), 1, "it is to be gone on with");
    story.resume();
    let here = ["计划.pdf", "走访照片.png", "慰问照片.png", "街道照片.png", "来信.eml"];
    assert_eq!(names(&story), set(&here));
    // A message that was kept is not opened again.
    let told = desk.batch(received_in(desk)).unwrap();
    let of_none = told.iter().find(|one| one.name == "座谈照片.png").unwrap();
    assert!(of_none.reason.contains("请重新收取"), "{of_none:?}");
    assert!(desk.examine().unwrap().is_empty());

    // Done again before it was gone on with, it is the same as the piece once more.
    let story = Story::scanned(&[("计划.pdf", 2)]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5))]);
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    let (_, _unit) = story.hands_in(&[("走访照片.png", png(5))]);
    story.desk().undo().unwrap().unwrap();
    story.desk().redo().unwrap().unwrap();
    story.resume();
    let told = story.desk().batch(received_in(story.desk())).unwrap();
    assert!(matches!(told[0].verdict, Verdict::Duplicate { .. }) && told[0].reason.contains("走访"), "{told:?}");
}

/// Of all that was the same as something, only what was the same as a piece that is none any more is looked into again.
#[test]
fn undoing_a_merge_asks_again_for_what_it_brought_and_for_nothing_else() {
    let story = Story::new();
    story.receives(&[("通知.png", png(2))]);
    let other = Other::of(&story);
    other.receives(&[("走访.png", png(5)), ("慰问.png", png(6))]);
    let (_stick, dir) = other.closed();
    merge(&story, &dir);
    let handed_in = |files: &[(&str, Vec<u8>)]| {
        let (received, unit) = story.hands_in(files);
        assert!(received.iter().all(|one| matches!(one.verdict, Verdict::Duplicate { .. })), "{received:?}");
        (received_in(story.desk()), unit)
    };
    let (visit, _one) = handed_in(&[("走访照片.png", png(5))]);
    let (both, _two) = handed_in(&[("慰问照片.png", png(6)), ("通知副本.png", png(2))]);
    let (notice, _three) = handed_in(&[("通知再交.png", png(2))]);
    let desk = story.desk();
    desk.undo().unwrap().unwrap();
    let told = |batch| desk.batch(batch).unwrap().into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!((told(visit), told(both), told(notice)), (vec![], vec!["通知副本.png".to_owned()], vec!["通知再交.png".to_owned()]));
    let unfinished: BTreeSet<_> = desk.unfinished_batches().unwrap().into_iter().map(|batch| batch.id).collect();
    assert_eq!(unfinished, BTreeSet::from([visit, both]));
    story.resume();
    assert_eq!(names(&story), set(&["通知.png", "走访照片.png", "慰问照片.png"]));
}

/// The batch that was begun last.
fn received_in(desk: &Desk) -> dossier::store::BatchId {
    desk.batches().unwrap()[0].id
}
