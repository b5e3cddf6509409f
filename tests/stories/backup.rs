//! 备份, 恢复 and the next round.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::compile::{Options, Volumes};
use dossier::desk::{NextRound, Place, Surroundings, Term};
use dossier::domain::{Description, DocumentId, Field, NoPeriod, YearState};
use dossier::store::{Fault, Files};
use dossier::{Desk, Error};
use huijuan_tests::story::{self, Story, around, code, creation};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use scans::Watch;
use tempfile::TempDir;

fn stick() -> TempDir {
    TempDir::new().unwrap()
}

fn back_up(story: &Story, place: &Path) -> dossier::desk::Copied {
    story.desk().back_up_to(place, &Watch::silent()).unwrap()
}

fn copies(dir: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(dir.join("vault")).into_iter().map(Result::unwrap);
    walk.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn a_backup_is_a_project_that_opens_anywhere() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    story.desk().file(&[story.piece("计划.pdf")], &code("01-01")).unwrap();
    let place = stick();
    let copied = back_up(&story, place.path());
    assert_eq!((copied.copied, copied.present), (2, 0));
    assert_eq!(copied.dir, place.path().join("汇卷备份_示例区双拥创建2023"));
    let other = Desk::open(&copied.dir, around(Files::real())).unwrap();
    assert_eq!(other.documents(&Place::All).unwrap().len(), 2);
    assert_eq!(other.evidence(&code("01-01")).unwrap().len(), 1);
    assert!(other.examine().unwrap().is_empty());
}

#[test]
fn a_second_backup_copies_only_what_is_new_and_keeps_the_earlier_index() {
    let story = Story::holding(&["甲.pdf"]);
    let place = stick();
    back_up(&story, place.path());
    let again = back_up(&story, place.path());
    assert_eq!((again.copied, again.present), (0, 1));
    assert_eq!(fs::read_dir(again.dir.join("backups")).unwrap().count(), 2);
    // A copy that was cut short is made good.
    let scan = &copies(&again.dir)[0];
    fs::write(scan, "断").unwrap();
    assert_eq!(back_up(&story, place.path()).copied, 1);
    assert_eq!(fs::read(&copies(&again.dir)[0]).unwrap(), "甲.pdf".as_bytes());
}

/// Whatever is set in the project, its backup is gone on with: nothing is copied twice, and what lies there knows how it is called now.
#[test]
fn a_backup_is_known_again_after_the_project_was_set_otherwise() {
    let (story, place) = (Story::holding(&["甲.pdf", "乙.pdf"]), stick());
    let desk = story.desk();
    let first = back_up(&story, place.path());
    let mut wanted = desk.assessment();
    wanted.cycle.submission_due = date(2023, 5, 20);
    desk.set_assessment(&wanted).unwrap();
    let due = back_up(&story, place.path());
    assert_eq!((&due.dir, due.copied, due.present), (&first.dir, 0, 2));
    wanted.name = "示例区双拥模范城创建".to_owned();
    desk.set_assessment(&wanted).unwrap();
    let renamed = back_up(&story, place.path());
    assert_eq!((&renamed.dir, renamed.copied, renamed.present), (&first.dir, 0, 2));
    let read = |dir: &Path| fs::read_to_string(dir.join("notes/issued.json")).unwrap();
    assert_eq!(read(&first.dir), read(&story.dir()));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    let other = Desk::open(&first.dir, around(Files::real())).unwrap();
    assert_eq!(other.assessment(), desk.assessment());
    // Another project, called so before and now, does not go into it.
    let namesake = Story::holding(&["丙.pdf"]);
    drop(other);
    assert_eq!(back_up(&namesake, place.path()).dir, place.path().join("汇卷备份_示例区双拥创建2023(2)"));
}

#[test]
fn a_backup_that_somebody_has_open_is_left_alone() {
    let (story, place) = (Story::holding(&["甲.pdf"]), stick());
    let dir = back_up(&story, place.path()).dir;
    let opened = Desk::open(&dir, around(Files::real())).unwrap();
    let refused = story.desk().back_up_to(place.path(), &Watch::silent()).unwrap_err();
    assert!(matches!(refused, Error::CopyInUse { .. }), "{refused:?}");
    assert!(refused.sentence().starts_with("备份文件夹“汇卷备份_示例区双拥创建2023”正作为项目打开着"), "{}", refused.sentence());
    drop(opened);
    assert_eq!(back_up(&story, place.path()).dir, dir);
    // Opened where it lies, a backup of it goes beside it and not over it.
    let opened = Desk::open(&dir, around(Files::real())).unwrap();
    let beside = opened.back_up_to(place.path(), &Watch::silent()).unwrap();
    assert_eq!(beside.dir, place.path().join("汇卷备份_示例区双拥创建2023(2)"));
}

#[test]
fn a_backup_of_another_project_of_the_same_name_stays_as_it_is() {
    let (first, place) = (Story::holding(&["甲.pdf"]), stick());
    let one = back_up(&first, place.path());
    let issued = one.dir.join("notes/issued.json");
    fs::write(&issued, "{}").unwrap();
    let two = back_up(&first, place.path());
    assert_eq!(two.dir, place.path().join("汇卷备份_示例区双拥创建2023(2)"));
    assert_eq!(fs::read_to_string(&issued).unwrap(), "{}");
}

#[test]
fn what_is_damaged_here_is_named_and_does_not_take_the_place_of_a_good_copy() {
    let (story, place) = (Story::holding(&["甲.pdf", "乙.pdf"]), stick());
    let damage = |dir: &Path| {
        let scan = copies(dir).into_iter().find(|path| fs::read(path).unwrap() == "甲.pdf".as_bytes()).unwrap();
        fs::remove_file(&scan).unwrap();
        fs::write(&scan, "甲.pdX").unwrap();
    };
    damage(&story.dir());
    let copied = back_up(&story, place.path());
    assert_eq!((copied.copied, copied.damaged), (1, vec!["甲.pdf".to_owned()]));
    assert_eq!(copies(&copied.dir).len(), 1);
}

#[test]
fn a_place_in_the_project_or_gone_is_a_sentence() {
    let story = Story::holding(&["甲.pdf"]);
    let inside = story.desk().back_up_to(&story.dir().join("packages"), &Watch::silent()).unwrap_err();
    assert_eq!(inside.sentence(), "“packages”就在项目文件夹里，没有备份：请选U盘或另一块磁盘上的文件夹。");
    let gone = story.desk().back_up_to(&story.dir().join("../已拔出"), &Watch::silent()).unwrap_err();
    assert!(gone.sentence().starts_with("“已拔出”找不到，没有做完，项目没有改动"), "{}", gone.sentence());
}

#[test]
fn a_backup_that_fails_at_any_moment_is_gone_on_with() {
    let (story, place) = (Story::holding(&["甲.pdf", "乙.pdf"]), stick());
    let dir = story.dir();
    drop(story.desk().documents(&Place::All));
    let mut story = story;
    story.close();
    for fault in [Fault::NoSpace, Fault::Broken, Fault::Denied] {
        for at in 1.. {
            let mut surroundings = around(Files::failing(at, fault, false));
            surroundings.who = "示例经办人".to_owned();
            let failed = Desk::open(&dir, surroundings.clone()).and_then(|desk| desk.back_up_to(place.path(), &Watch::silent()));
            if let Err(error) = &failed {
                assert!(error.sentence().ends_with(['。', '：']), "{}", error.sentence());
            }
            // Whatever stands there under a final name is whole.
            let there = place.path().join("汇卷备份_示例区双拥创建2023");
            for scan in if there.join("vault").is_dir() { copies(&there) } else { Vec::new() } {
                if scan.extension().is_none() {
                    assert!(["甲.pdf", "乙.pdf"].iter().any(|bytes| fs::read(&scan).unwrap() == bytes.as_bytes()));
                }
            }
            if !surroundings.files.struck() {
                break;
            }
        }
        let desk = Desk::open(&dir, around(Files::real())).unwrap();
        let whole = desk.back_up_to(place.path(), &Watch::silent()).unwrap();
        assert_eq!((whole.copied + whole.present, whole.damaged.len()), (2, 0));
        let other = Desk::open(&whole.dir, around(Files::real())).unwrap();
        assert!(other.examine().unwrap().is_empty());
        drop(other);
        fs::remove_dir_all(&whole.dir).unwrap();
    }
}

#[test]
fn restoring_says_before_what_would_change_and_can_itself_be_taken_back() {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    let (first, second) = (story.piece("甲.pdf"), story.piece("乙.pdf"));
    story.desk().file(&[first], &code("01-01")).unwrap();
    story.desk().back_up().unwrap();
    let before = story.desk().saved().unwrap()[0].clone();
    let standing = story.standing();
    story.desk().file(&[second], &code("02-01")).unwrap();
    story.desk().unfile(&[first], &code("01-01")).unwrap();
    story.desk().describe(first, &Description { title: "新题名".to_owned(), ..Description::default() }).unwrap();
    story.desk().remove(&[second]).unwrap();

    let difference = story.desk().preview_restore(&before.path).unwrap();
    let said = |differs: &[dossier::desk::Differs]| differs.iter().map(|one| format!("{} {}", one.title, one.what)).collect::<Vec<_>>();
    assert_eq!(said(&difference.filed), ["新题名 01-01"]);
    assert_eq!(said(&difference.unfiled), ["乙.pdf 02-01"]);
    let mut described = said(&difference.described);
    described.sort();
    assert_eq!(described, ["乙.pdf 从回收站还原", "新题名 题名变回空白"]);
    assert!(difference.unknown.is_empty() && difference.back.is_empty());

    let later = story.standing();
    let dir = story.dir();
    story.close();
    let desk = Desk::restore_index(&dir, &before.path, around(Files::real())).unwrap();
    let taken_back = desk.saved().unwrap();
    drop(desk);
    story.open().unwrap();
    assert_eq!(story.standing(), standing);
    // The index as it was before restoring is the newest copy.
    let dir = story.dir();
    story.close();
    drop(Desk::restore_index(&dir, &taken_back[0].path, around(Files::real())).unwrap());
    story.open().unwrap();
    assert_eq!(story.standing(), later);
}

/// What was joined since, or split off what came since, is no file that waits.
#[test]
fn the_files_that_wait_after_restoring_are_those_that_are_named_before() {
    let mut story = Story::scanned(&[("甲.jpg", 1), ("乙.jpg", 1)]);
    story.desk().back_up().unwrap();
    let before = story.desk().saved().unwrap()[0].path.clone();
    story.desk().join(&story.pieces(&["甲.jpg", "乙.jpg"]), &Watch::silent()).unwrap();
    story.receives(&[("一摞.pdf", huijuan_tests::drawn::pdf(3, "一摞", 1))]);
    story.desk().split(story.piece("一摞.pdf"), &[1]).unwrap();
    let difference = story.desk().preview_restore(&before).unwrap();
    assert_eq!((difference.unknown, difference.made), (vec!["一摞".to_owned()], vec!["甲.jpg".to_owned()]));
    let dir = story.dir();
    story.close();
    drop(Desk::restore_index(&dir, &before, around(Files::real())).unwrap());
    story.open().unwrap();
    story.resume();
    assert_eq!(story.names(&Place::All), ["一摞.pdf", "乙.jpg", "甲.jpg"]);
}

/// A project that stays open for days has copies of its index, too.
#[test]
fn a_copy_is_made_half_an_hour_after_the_clerk_has_done_something() {
    let story = Story::holding(&["甲.pdf"]);
    let desk = story.desk();
    let (saved, later) = (|| desk.saved().unwrap().len(), |minutes| Timestamp::now() + SignedDuration::from_mins(minutes));
    assert_eq!(saved(), 0, "it was never closed");
    assert!(desk.back_up_if_due(later(31)).unwrap());
    assert!(!desk.back_up_if_due(later(31)).unwrap(), "nothing was done since");
    std::thread::sleep(std::time::Duration::from_millis(5));
    desk.file(&story.pieces(&["甲.pdf"]), &code("01-01")).unwrap();
    assert!(!desk.back_up_if_due(later(29)).unwrap());
    assert_eq!(saved(), 1);
    assert!(desk.back_up_if_due(later(31)).unwrap());
    assert_eq!(saved(), 2);
    assert!(desk.preview_restore(&desk.saved().unwrap()[0].path).unwrap().is_none());
}

/// What is done with a hundred pieces at once is done to a copy first.
#[test]
fn a_copy_is_made_before_something_is_done_with_very_many_pieces() {
    type Act = fn(&Desk, &[DocumentId]) -> dossier::Result<()>;
    let acts: [(&str, Act); 6] = [
        ("filed", |desk, pieces| desk.file(pieces, &code("01-02"))),
        ("moved", |desk, pieces| desk.move_to(pieces, None, &code("02-01"))),
        ("described", |desk, pieces| desk.describe_alike(pieces[0], Field::Issuer, pieces)),
        ("unfiled", |desk, pieces| desk.unfile(pieces, &code("02-01"))),
        ("accepted", Desk::accept_suggestion),
        ("removed", Desk::remove),
    ];
    let names: Vec<String> = (0..100).map(|number| format!("{number}.pdf")).collect();
    let story = Story::holding(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let desk = story.desk();
    let all: Vec<_> = desk.documents(&Place::All).unwrap().into_iter().map(|document| document.id).collect();
    for ((name, act), before) in acts.into_iter().zip(0..) {
        // Something that no copy knows.
        desk.describe(all[0], &Description { note: name.to_owned(), ..Description::default() }).unwrap();
        act(desk, &all[..9]).unwrap();
        assert_eq!(desk.saved().unwrap().len(), before, "few are {name}");
        act(desk, &all).unwrap();
        assert_eq!(desk.saved().unwrap().len(), before + 1, "all are {name}");
        if name == "filed" {
            let copy = desk.saved().unwrap().remove(0);
            assert_eq!(desk.preview_restore(&copy.path).unwrap().unfiled.len(), 91, "as it stood before");
        }
    }
}

/// With the one that is made there are copies of fourteen days; wherever the clerk is, these are of a day each.
#[test]
fn older_copies_go_when_one_is_made() {
    let story = Story::holding(&["甲.pdf"]);
    let folder = story.dir().join("backups");
    for day in 1..=20 {
        fs::write(folder.join(format!("index-202303{day:02}T120000.000000.sqlite")), "").unwrap();
    }
    story.desk().back_up().unwrap();
    let kept: Vec<_> = story.desk().saved().unwrap().into_iter().skip(1).rev().filter_map(|saved| saved.at).collect();
    let day = |day: u8| format!("2023-03-{day:02}T12:00:00Z").parse::<Timestamp>().unwrap();
    assert_eq!(kept, (8..=20).map(day).collect::<Vec<_>>());
}

#[test]
fn a_stick_that_is_too_small_is_told_with_what_lacks() {
    let full = Error::DiskFull { path: PathBuf::from("U盘/汇卷备份"), needed: Some(5 << 30) }.outside(Path::new("U盘"));
    assert_eq!(full.sentence(), "“U盘”空间不够，没有做完，项目没有改动：还需约 5.0 GB，请清出空间或换一个U盘，再做一次。");
}

#[test]
fn what_came_after_the_copy_waits_to_be_taken_in_again() {
    let mut story = Story::new();
    story.desk().back_up().unwrap();
    let before = story.desk().saved().unwrap()[0].path.clone();
    story.receives(&[("照片.jpg", huijuan_tests::drawn::jpeg(1))]);
    assert_eq!(story.desk().preview_restore(&before).unwrap().unknown, ["照片"]);
    let dir = story.dir();
    story.close();
    drop(Desk::restore_index(&dir, &before, around(Files::real())).unwrap());
    story.open().unwrap();
    assert!(story.names(&Place::All).is_empty());
    story.resume();
    assert_eq!(story.names(&Place::All), ["照片.jpg"]);
}

/// What was joined here came in with its parts, and what was undone stays undone.
#[test]
fn what_was_made_here_or_undone_does_not_come_back_as_if_handed_in() {
    for undone_before in [true, false] {
        let mut story = Story::scanned(&[("甲.jpg", 1), ("乙.jpg", 1)]);
        let parts = story.pieces(&["甲.jpg", "乙.jpg"]);
        let join = |story: &Story| {
            story.desk().join(&parts, &Watch::silent()).unwrap();
            story.desk().undo().unwrap();
        };
        if undone_before {
            join(&story);
        }
        story.desk().back_up().unwrap();
        let before = story.desk().saved().unwrap()[0].path.clone();
        join(&story);
        let dir = story.dir();
        story.close();
        drop(Desk::restore_index(&dir, &before, around(Files::real())).unwrap());
        story.open().unwrap();
        assert!(story.desk().unfinished_batches().unwrap().is_empty(), "{undone_before}");
        assert_eq!(story.names(&Place::All), ["乙.jpg", "甲.jpg"]);
    }
}

#[test]
fn what_is_no_copy_of_ours_changes_nothing() {
    let mut story = Story::holding(&["甲.pdf"]);
    let spoiled = story.dir().join("backups/index-20230401T000000.000000.sqlite");
    fs::write(&spoiled, "不是索引").unwrap();
    assert!(matches!(story.desk().preview_restore(&spoiled), Err(Error::NotAProject { .. })));
    let dir = story.dir();
    let standing = story.standing();
    story.close();
    assert!(Desk::restore_index(&dir, &spoiled, around(Files::real())).is_err());
    story.open().unwrap();
    assert_eq!(story.standing(), standing);
}

#[test]
fn the_next_round_takes_the_table_along_and_leaves_the_evidence() {
    let story = Story::holding(&["甲.pdf"]);
    let offered = story.desk().next_round();
    assert_eq!(offered, NextRound { name: "示例区双拥创建2027".to_owned(), years: (2024, 2027), due: date(2027, 4, 20) });
    let place = stick();
    let next = story.desk().start_next_round(&place.path().join("下一轮"), &offered, around(Files::real())).unwrap();
    let cycle = next.assessment().cycle;
    assert_eq!((cycle.years.clone(), cycle.partial_years), (vec![2024, 2025, 2026, 2027], vec![2027]));
    assert_eq!((cycle.period_from, cycle.period_to), (date(2024, 1, 1), date(2027, 12, 31)));
    assert_eq!(next.catalogue().leaves().count(), story.desk().catalogue().leaves().count());
    assert_eq!((next.units(), next.documents(&Place::All).unwrap().len()), (story.desk().units(), 0));
    let backwards = NextRound { years: (2027, 2024), ..offered };
    let error = story.desk().start_next_round(&place.path().join("反"), &backwards, around(Files::real())).unwrap_err();
    assert!(matches!(error, Error::NoPeriod(NoPeriod::Reversed)));
}

/// What is let through when a project begins can be saved again in 项目设置; what is not leaves nothing behind.
#[test]
fn a_period_is_as_long_here_as_there() {
    let story = Story::new();
    let mut wide = story.desk().assessment();
    wide.print.inner += 1;
    story.desk().set_assessment(&wide).unwrap();
    let place = stick();
    let begin = |folder: &str, years| {
        let round = NextRound { name: "下一轮".to_owned(), years, due: date(2024, 4, 20) };
        story.desk().start_next_round(&place.path().join(folder), &round, around(Files::real()))
    };
    let longest = begin("二十年", (2004, 2023)).unwrap();
    let wanted = longest.assessment();
    assert_eq!(wanted.print, wide.print, "the same office prints on the same paper");
    let refused = begin("二十一年", (2003, 2023)).unwrap_err().sentence();
    assert!(refused.contains("20 年"), "{refused}");
    assert!(!place.path().join("二十一年").exists());
    longest.set_assessment(&wanted).unwrap();
    let mut longer = wanted.clone();
    longer.cycle.period_from = date(2003, 1, 1);
    assert_eq!(longest.set_assessment(&longer).unwrap_err().sentence(), refused);
    let mut early = wanted;
    early.cycle.submission_due = date(2003, 4, 20);
    assert_eq!(longest.set_assessment(&early).unwrap_err().sentence(), begin("早", (2025, 2027)).unwrap_err().sentence());
    // So it is in a table that is taken over.
    let mut table = serde_json::to_value(creation().catalogue).unwrap();
    table["cycle"]["period_from"] = "2003-01-01".into();
    assert!(dossier::exchange::catalogue(&table.to_string()).is_err());
}

/// A new project from the table of a round long past is offered years whose due date lies ahead.
#[test]
fn a_term_that_lies_ahead_is_offered() {
    let cycle = Story::new().desk().assessment().cycle;
    let cases = [
        (date(2023, 4, 20), (2020, 2023), date(2023, 4, 20)),
        (date(2023, 4, 21), (2024, 2027), date(2027, 4, 20)),
        (date(2026, 11, 30), (2024, 2027), date(2027, 4, 20)),
        (date(2027, 5, 1), (2028, 2031), date(2031, 4, 20)),
    ];
    for (today, years, due) in cases {
        assert_eq!(Term::ahead(&cycle, today), Term { years, due }, "on {today}");
    }
    assert_eq!(Term::of(&cycle).cycle(&cycle).unwrap(), cycle, "as issued where nothing is changed");
    let next = Term::ahead(&cycle, date(2026, 11, 30)).cycle(&cycle).unwrap();
    assert_eq!((next.period_from, next.period_to, next.partial_years), (date(2024, 1, 1), date(2027, 12, 31), vec![2027]));
}

/// The last year of the period is open until the package is due, also where that is in the year after it.
#[test]
fn the_last_year_is_open_until_a_due_date_behind_it() {
    let mut made = creation();
    let term = Term { years: (2023, 2026), due: date(2027, 4, 20) };
    made.catalogue.cycle = term.cycle(&made.catalogue.cycle).unwrap();
    let cycle = &made.catalogue.cycle;
    assert_eq!((cycle.years.clone(), cycle.partial_years.clone(), cycle.submission_due), ((2023..=2026).collect(), vec![2026], term.due));
    let place = stick();
    let last = |today: fn() -> jiff::civil::Date, name: &str| {
        let surroundings = Surroundings { today, ..around(Files::real()) };
        let desk = Desk::create(&place.path().join(name), made.clone(), surroundings).unwrap();
        let tree = desk.tree().unwrap();
        let node = tree.into_iter().find(|node| node.key == Place::Leaf(code("01-01"))).unwrap();
        node.years.into_iter().map(|(_, state)| state).collect::<Vec<_>>()
    };
    use YearState::{Missing, NotDue};
    assert_eq!(last(|| date(2026, 11, 30), "甲"), [Missing, Missing, Missing, NotDue]);
    assert_eq!(last(|| date(2027, 4, 20), "乙"), [Missing, Missing, Missing, NotDue]);
    assert_eq!(last(|| date(2027, 4, 21), "丙"), [Missing; 4]);
}

/// Every year in the name moves along with the years of the evidence.
#[test]
fn the_next_round_is_called_by_its_own_years() {
    let cases = [
        ("示例区双拥创建2023", "示例区双拥创建2027"),
        ("示例区2020—2023年创建", "示例区2024—2027年创建"),
        ("示例区2023年创建（2023年度）", "示例区2027年创建（2027年度）"),
        ("示例区创建（第12023号）", "示例区创建（第12023号）"),
        ("示例区双拥创建", "示例区双拥创建"),
    ];
    let story = Story::new();
    for (name, next) in cases {
        let mut wanted = story.desk().assessment();
        wanted.name = name.to_owned();
        story.desk().set_assessment(&wanted).unwrap();
        assert_eq!(story.desk().next_round().name, next);
    }
}

/// What was undone can be done again in a backup, too.
#[test]
fn a_backup_holds_what_its_own_redo_needs() {
    let (story, place) = (Story::scanned(&[("甲.jpg", 1), ("乙.jpg", 1)]), stick());
    story.desk().join(&story.pieces(&["甲.jpg", "乙.jpg"]), &Watch::silent()).unwrap();
    story.desk().undo().unwrap();
    let there = Desk::open(&back_up(&story, place.path()).dir, around(Files::real())).unwrap();
    there.redo().unwrap().unwrap();
    assert_eq!(there.documents(&Place::All).unwrap().len(), 1);
    assert_eq!(there.examine().unwrap(), []);
}

/// The next round begins on the day after the last of this one, in whatever month.
#[test]
fn the_next_round_follows_a_period_that_does_not_begin_in_january() {
    let cases = [
        ((date(2019, 4, 1), date(2023, 3, 31)), (2023, 2027), (date(2023, 4, 1), date(2027, 3, 31))),
        ((date(2020, 1, 1), date(2023, 12, 31)), (2024, 2027), (date(2024, 1, 1), date(2027, 12, 31))),
        ((date(2022, 7, 1), date(2023, 6, 30)), (2023, 2024), (date(2023, 7, 1), date(2024, 6, 30))),
        ((date(2023, 1, 1), date(2023, 6, 30)), (2024, 2024), (date(2024, 1, 1), date(2024, 6, 30))),
    ];
    for ((from, to), years, (next_from, next_to)) in cases {
        let (story, place) = (Story::new(), stick());
        let mut set = story.desk().assessment();
        (set.cycle.period_from, set.cycle.period_to) = (from, to);
        story.desk().set_assessment(&set).unwrap();
        let offered = story.desk().next_round();
        assert_eq!(offered.years, years, "{from} to {to}");
        let next = story.desk().start_next_round(&place.path().join("下一轮"), &offered, around(Files::real())).unwrap();
        let cycle = next.assessment().cycle;
        assert_eq!((cycle.period_from, cycle.period_to), (next_from, next_to));
    }
}

#[test]
fn an_inspector_finds_every_piece_in_a_browser() {
    let story = Story::scanned(&[("计划.pdf", 2), ("会议.jpg", 1)]);
    let place = stick();
    let none = story.desk().make_stick(None, place.path(), &Watch::silent()).unwrap_err();
    assert!(none.sentence().starts_with("还没有汇编好的 PDF"), "{}", none.sentence());
    story.desk().file(&[story.piece("计划.pdf")], &code("01-01")).unwrap();
    story.desk().file(&[story.piece("会议.jpg")], &code("02-01")).unwrap();
    let described = Description { title: "<计划> & \"安排\"".to_owned(), ..Description::default() };
    story.desk().describe(story.piece("计划.pdf"), &described).unwrap();
    let options = Options { volumes: Volumes::Area, ..story::options() };
    let package = story.desk().compile(&options, None, &Watch::silent()).unwrap();
    let made = story.desk().make_stick(None, place.path(), &Watch::silent()).unwrap();
    assert_eq!((made.files, made.pieces), (package.files.len(), 2));
    let html = fs::read_to_string(made.dir.join("打开这里.html")).unwrap();
    assert!(html.contains("01-01-001　&lt;计划&gt; &amp; &quot;安排&quot;"), "{html}");
    assert!(!html.contains("http") && !html.contains("<script>"));
    // Every link leads to the page that bears the folio beside it.
    let links: Vec<_> = html.split("href=\"").filter(|rest| rest.contains("#page=")).collect();
    assert!(links.len() >= 4, "{links:?}");
    for link in links {
        let (file, rest) = link.split_once("#page=").unwrap();
        let page = rest.split('"').next().unwrap();
        let folio = rest.split_once("<span>第 ").unwrap().1.split(' ').next().unwrap();
        let path = made.dir.join(String::from_utf8(decoded(file)).unwrap());
        let read = Command::new("pdftotext").args(["-f", page, "-l", page]).arg(path).arg("-").output().unwrap();
        let read = String::from_utf8(read.stdout).unwrap();
        let plain = |line: &str| line.split_whitespace().collect::<String>();
        assert!(read.lines().any(|line| plain(line) == format!("—{folio}—")), "{link}: {read}");
    }
    let digests = fs::read_to_string(made.dir.join("校验值.txt")).unwrap();
    assert_eq!(digests.lines().count(), package.files.len());
    // A PDF that is not the one that was compiled is not handed to an inspector.
    let mut spoiled = fs::read(&package.files[0]).unwrap();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    fs::write(&package.files[0], spoiled).unwrap();
    assert!(story.desk().make_stick(None, place.path(), &Watch::silent()).is_err());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

fn decoded(text: &str) -> Vec<u8> {
    let (mut out, bytes, mut at) = (Vec::new(), text.as_bytes(), 0);
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}
