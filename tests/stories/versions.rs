//! A project of every earlier program opens in this one: after a checked copy of its index, with all that was in it, once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dossier::desk::{Desk, Place, Shape};
use dossier::domain::{
    Arrangement, Caption, Declaration, DemandKind, Description, DocumentId, Line, Points, SelfAssessment, UnitCode, Verdict,
};
use dossier::store::reading::PageRead;
use dossier::store::{Files, Store};
use huijuan_tests::drawn::{self, Zip};
use huijuan_tests::story::{around, code, options};
use huijuan_tests::{Story, rows};
use jiff::civil::date;
use rusqlite::Connection;
use scans::{Framing, Mask, Watch};
use tempfile::TempDir;

use super::kit;

/// What offices did with a program of this schema and could not do before: the story of one project, in its order.
const STAGES: [(usize, fn(&mut Story)); 18] = [
    (1, |story| {
        let numbers = "身份证号 11010519491231002X";
        story.receives(&[
            ("计划.pdf", drawn::pdf(4, numbers, 1)),
            ("会议.jpg", drawn::jpeg(2)),
            ("纪要.pdf", drawn::pdf(2, "", 3)),
            ("通知.pdf", drawn::pdf(1, "", 4)),
            ("误收.pdf", drawn::pdf(1, "", 5)),
        ]);
        story.hands_in(&[("同一份.jpg", drawn::jpeg(2)), ("坏.pdf", b"%PDF-1.4".to_vec())]);
        let (desk, plan) = (story.desk(), story.piece("计划.pdf"));
        desk.file(&story.pieces(&["计划.pdf", "会议.jpg"]), &code("01-01")).unwrap();
        desk.file(&[plan], &code("02-01")).unwrap();
        let said =
            Description {
                title: "2021年度计划".to_owned(), years: vec![2021], dated: Some(date(2021, 3, 5)), ..Description::default()
            };
        desk.describe(plan, &said).unwrap();
        desk.turn_page(plan, 1, 90).unwrap();
        desk.leave_out(plan, 2, true).unwrap();
        desk.compile(&options(), None, &Watch::silent()).unwrap();
        desk.remove(&story.pieces(&["通知.pdf"])).unwrap();
        desk.file(&story.pieces(&["纪要.pdf"]), &code("01-02")).unwrap();
        desk.undo().unwrap();
    }),
    (2, |story| {
        story.hands_in(&[("一包.zip", Zip::default().with("合影.png", &drawn::png(6)).finish())]);
        story.desk().look_alikes(&Watch::silent()).unwrap();
    }),
    (3, |story| {
        let caption = Caption { time: "2021年春".to_owned(), subject: "慰问".to_owned(), ..Caption::default() };
        story.desk().set_caption(&story.pieces(&["会议.jpg"]), &caption).unwrap();
        story.desk().add_mark(story.piece("计划.pdf"), 0, Line { x0: 1000, y0: 2000, x1: 5000, y1: 2000 }).unwrap();
    }),
    (4, |story| drop(story.desk().split(story.piece("计划.pdf"), &[3]).unwrap())),
    (5, |story| {
        let stick = TempDir::new().unwrap();
        let unit = UnitCode("T01".to_owned());
        let kit = story.desk().make_kits(&[unit], Shape::Folder, stick.path(), &Watch::silent()).unwrap().made.remove(0);
        fs::write(kit.path.join("02-01 国防教育进学校/活动.jpg"), drawn::jpeg(7)).unwrap();
        story.desk().intake(&[kit.path], &Watch::silent(), &mut |_| {}).unwrap();
    }),
    (6, |story| {
        let (desk, papers) = (story.desk(), story.pieces(&["会议.jpg"]));
        let said = SelfAssessment { points: vec![None::<Points>], narrative: "已按要求做到".to_owned() };
        desk.self_assess(&code("01-01"), &said).unwrap();
        desk.demand(DemandKind::Return, &papers, Some(&code("01-01")), "没有盖章").unwrap();
        let declared = Declaration { signer: "示例区双拥办".to_owned(), signed_on: date(2023, 4, 1), document: Some(papers[0]) };
        desk.declare(&code("V1"), Some(&declared)).unwrap();
    }),
    (8, |story| {
        let framing = Framing { tilt: 120, ..Framing::default() };
        story.desk().frame_page(story.piece("会议.jpg"), 0, framing).unwrap();
    }),
    (9, |story| story.desk().issue_package(0).unwrap()),
    (10, |story| story.desk().keep_both(story.piece("会议.jpg"), story.piece("合影.png")).unwrap()),
    (11, |story| {
        story.desk().add_mask(story.piece("纪要.pdf"), 1, Mask { x0: 1000, y0: 1000, x1: 4000, y1: 1400 }).map(drop).unwrap();
    }),
    (13, |story| story.desk().look_over(&Watch::silent()).unwrap()),
    (14, |story| {
        let found = story.desk().check().unwrap();
        let judged = found.iter().find(|finding| finding.kind.is_judgement()).expect("something is judged").clone();
        story.desk().set_aside(&[judged], "原件如此").unwrap();
    }),
    (15, |story| {
        let pages = [(story.piece("会议.jpg"), "示例街道01走访慰问"), (story.piece("合影.png"), "")];
        story.close();
        let store = Store::open(&story.dir(), &Files::real(), "示例经办人").unwrap();
        let read = |(document, text): (DocumentId, &str)| PageRead { document, page: 0, text: text.to_owned(), marks: Vec::new() };
        store.keep_readings(&pages.map(read)).unwrap();
        drop(store);
        story.open().unwrap();
    }),
    (16, |story| {
        story.desk().join(&story.pieces(&["会议.jpg", "合影.png"]), &Watch::silent()).map(drop).unwrap();
    }),
    (17, |story| {
        story.desk().purge(story.piece("误收.pdf")).map(drop).unwrap();
    }),
    (19, |story| {
        let said = Description { sealed: Some(true), lies_at: "3号柜".to_owned(), ..Description::default() };
        story.desk().describe(story.piece("纪要.pdf"), &said).unwrap();
        let (received, _stick) = story.hands_in(&[("少页.pdf", drawn::pdf_with_fewer_pages(1, 3, 8))]);
        assert!(matches!(received[0].verdict, Verdict::Pending { .. }), "{received:?}");
        story.desk().confirm_pending(received[0].candidate).unwrap();
        story.hands_in(&[("待定.pdf", drawn::pdf_with_fewer_pages(1, 3, 9))]);
    }),
    (23, |story| story.desk().arrange_pages(story.piece("计划.pdf"), Arrangement::Reversed).unwrap()),
    (24, |story| story.desk().print_again(&[story.piece("计划.pdf")], &code("02-01"), true).unwrap()),
];

/// Tables of which no row is there at rest, or that say nothing of the project.
const EMPTY: [&str; 4] = ["purge", "kit_form", "alike", "recording"];
/// What an older index is told anew when it is opened, as its migrations say: it is compared with nothing.
const TOLD_ANEW: [(&str, &str); 1] = [("document", "numbers")];

/// One project as each program left it, by schema; of one that brought nothing new it is that of the one before.
struct Ages {
    folder: TempDir,
}

impl Ages {
    fn lived() -> Self {
        let folder = TempDir::new().unwrap();
        let mut story = Story::of(kit::told());
        let mut stages = STAGES.iter().peekable();
        for schema in 1..=schema() {
            while let Some((_, act)) = stages.next_if(|(since, _)| *since <= schema) {
                act(&mut story);
            }
            story.close();
            let dir = folder.path().join(schema.to_string());
            copy_project(&story.dir(), &dir);
            older(&dir.join("index.sqlite"), schema);
            story.open().unwrap();
        }
        Self { folder }
    }

    fn of(&self, schema: usize) -> PathBuf {
        self.folder.path().join(schema.to_string())
    }
}

/// The files of a project, but for what is made anew at once.
fn copy_project(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_name().to_str() {
            _ if entry.file_type().is_dir() => fs::create_dir_all(place).unwrap(),
            Some("reserve" | "LOCK") => {}
            _ => drop(fs::copy(entry.path(), place).unwrap()),
        }
    }
}

/// The steps from one schema to the next, as they lie in the repository.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/dossier/src/store/migrations");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn schema() -> usize {
    migrations().len()
}

/// Writes an index of today as a program of this schema would have had it: its own tables, with the same rows.
fn older(index: &Path, schema: usize) {
    let today = index.with_extension("today");
    fs::rename(index, &today).unwrap();
    let old = Connection::open(index).unwrap();
    for sql in &migrations()[..schema] {
        old.execute_batch(sql).unwrap();
    }
    old.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = {schema}; PRAGMA foreign_keys = OFF; ATTACH '{}' AS today; BEGIN",
        dossier::store::index::APPLICATION,
        today.display()
    ))
    .unwrap();
    for (table, columns) in rows::shape(&old) {
        let columns = columns.join(", ");
        old.execute_batch(&format!("DELETE FROM {table}; INSERT INTO {table} ({columns}) SELECT {columns} FROM today.{table}")).unwrap();
    }
    old.execute_batch("COMMIT; DETACH today").unwrap();
    drop(old);
    fs::remove_file(today).unwrap();
}

/// All that an index of this schema says, but for what is told anew.
fn said(dir: &Path, schema: usize) -> BTreeMap<String, Vec<String>> {
    let known = Connection::open_in_memory().unwrap();
    migrations()[..schema].iter().for_each(|sql| known.execute_batch(sql).unwrap());
    let index = Connection::open(dir.join("index.sqlite")).unwrap();
    let anew = |table: &str, column: &str| TOLD_ANEW.contains(&(table, column));
    rows::shape(&known)
        .into_iter()
        .map(|(table, columns)| {
            let columns: Vec<String> = columns.into_iter().filter(|column| !anew(&table, column)).collect();
            let told = rows::told(&index, &table, &columns);
            (table, told)
        })
        .collect()
}

#[test]
fn a_project_of_every_earlier_program_opens_with_all_that_was_in_it() {
    let ages = Ages::lived();
    for version in 1..schema() {
        let dir = ages.of(version);
        let before = said(&dir, version);
        let copies = || fs::read_dir(dir.join("backups")).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        let earlier = copies();
        let desk = Desk::open(&dir, around(Files::real())).unwrap_or_else(|error| panic!("schema {version}: {error:?}"));
        assert_eq!(desk.examine().unwrap(), [], "schema {version}");
        // A copy of the index as it was, which stands alone.
        let new: Vec<PathBuf> = copies().into_iter().filter(|copy| !earlier.contains(copy)).collect();
        assert_eq!(new.len(), 1, "schema {version}: {new:?}");
        let copy = Connection::open(&new[0]).unwrap();
        assert_eq!(rows::version(&copy), version);
        for (table, columns) in rows::shape(&copy).into_iter().filter(|(table, _)| table != "document") {
            assert_eq!(rows::told(&copy, &table, &columns), before[&table], "schema {version}: {table} of the copy");
        }
        // What is there can be worked with, and taken back.
        let pieces: Vec<DocumentId> = desk.documents(&Place::All).unwrap().iter().map(|piece| piece.id).collect();
        assert!(pieces.len() >= 3, "schema {version}");
        desk.checked().unwrap();
        desk.tree().unwrap();
        desk.history(100).unwrap();
        desk.packages().unwrap();
        desk.issue().unwrap();
        drop(desk);
        let after = said(&dir, version);
        for (table, rows) in &before {
            assert_eq!(&after[table], rows, "schema {version}: {table}");
        }
        let desk = Desk::open(&dir, around(Files::real())).unwrap();
        assert_eq!(copies().len(), earlier.len() + 1, "schema {version}: it is migrated once");
        desk.file(&[pieces[0]], &code("J1")).unwrap();
        desk.undo().unwrap().expect("it is undone");
        assert_eq!(desk.examine().unwrap(), [], "schema {version}");
    }
}

/// So that the story above is one of real rows, also of what a later schema brings.
#[test]
fn the_project_of_all_programs_has_rows_of_everything() {
    let ages = Ages::lived();
    let empty: Vec<String> =
        said(&ages.of(schema()), schema()).into_iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
    assert!(empty.iter().all(|table| EMPTY.contains(&table.as_str())), "{empty:?}");
}

/// Whatever the next program writes, this one leaves it: also where its migration stands in the log alone, as a crash leaves it.
#[test]
fn a_project_of_the_next_program_is_refused_with_every_byte_as_it_was() {
    let story = {
        let mut story = Story::holding(&["甲.pdf"]);
        story.close();
        story
    };
    let dir = story.dir();
    let next = Connection::open(dir.join("index.sqlite")).unwrap();
    let mode: String = next.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    next.pragma_update(None, "user_version", schema() as u32 + 1).unwrap();
    // Held open, it is not put from the log into the index.
    let bytes = || ["index.sqlite", "index.sqlite-wal"].map(|name| fs::read(dir.join(name)).unwrap());
    let before = bytes();
    let refused = Desk::open(&dir, around(Files::real())).unwrap_err();
    assert!(matches!(refused, dossier::Error::NewerProject { found, .. } if found as usize == schema() + 1), "{refused:?}");
    assert!(bytes() == before, "every byte is as it was");
    drop(next);
    assert!(matches!(Desk::open(&dir, around(Files::real())), Err(dossier::Error::NewerProject { .. })));
}
