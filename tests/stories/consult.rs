//! 查阅: an inspector names an indicator, a piece, a folio or a word, and is told where it lies on paper.

use dossier::compile::ledger::Shows;
use dossier::compile::{BoxSize, Format, Options, Volumes};
use dossier::desk::{Consulted, Hit};
use dossier::domain::Description;
use dossier::domain::fold::{Field, Run};
use dossier::wording;
use huijuan_tests::Story;
use huijuan_tests::story::{self, code};
use jiff::civil::date;
use rusqlite::Connection;
use scans::Watch;

const SCANS: [(&str, u32); 3] = [("计划.pdf", 3), ("通知.jpg", 1), ("没有归类.pdf", 1)];

fn filed() -> Story {
    let story = Story::scanned(&SCANS);
    let desk = story.desk();
    desk.file(&story.pieces(&["计划.pdf"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["通知.jpg"]), &code("02-01")).unwrap();
    let description = Description {
        title: "双拥工作计划".to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        note: "由示例办公室提供".to_owned(),
        ..Description::default()
    };
    desk.describe(story.piece("计划.pdf"), &description).unwrap();
    story
}

fn compile(story: &Story) {
    let made_on = date(2023, 4, 18);
    let options = Options {
        format: Format::Pdf,
        volumes: Volumes::Box,
        boxes: BoxSize::default(),
        duplex: false,
        photos: Default::default(),
        sections: Default::default(),
        letters: true,
        made_on,
    };
    story.desk().compile(&options, None, &Watch::silent()).unwrap();
}

fn names(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.document.original_name.as_str()).collect()
}

fn headings(story: &Story, consulted: &Consulted) -> Vec<String> {
    consulted.answers.iter().map(|answer| wording::consult::heading(&answer.heading, &story.desk().catalogue())).collect()
}

fn shown(runs: &[Run]) -> String {
    runs.iter().map(|run| if run.hit { format!("[{}]", run.text) } else { run.text.clone() }).collect()
}

#[test]
fn a_number_leads_to_the_box_and_the_page_on_which_it_is_printed() {
    let story = filed();
    compile(&story);
    let desk = story.desk();

    // 3 is the third indicator, 02-01, and a folio.
    let asked = desk.consult("3").unwrap();
    assert_eq!(headings(&story, &asked)[0], "3　02-01　国防教育进学校");
    assert_eq!(names(&asked.answers[0].hits), ["通知.jpg"]);
    let places = asked.places.as_deref().unwrap();
    let lies = asked.answers[0].hits[0].lies.as_ref().unwrap();
    assert_eq!((lies.number.0.as_str(), lies.pages.len()), ("02-01-001", 1));
    // It is what the ledger says.
    let (_, ledger) = desk.foresee(&Options { volumes: Volumes::Box, duplex: false, ..story::options() }).unwrap();
    let sheet = ledger.sheets.iter().find(|sheet| matches!(&sheet.shows, Shows::Piece { piece, .. } if *piece == lies.number)).unwrap();
    assert_eq!((lies.volume, lies.pages[0].1), (sheet.volume, sheet.folio));
    assert_eq!(wording::consult::volume(places, lies), format!("第{:02}盒", sheet.volume));

    for said in ["01-01-001", "1-1-1", "１-1-1"] {
        assert_eq!(names(&desk.consult(said).unwrap().answers[0].hits), ["计划.pdf"], "{said}");
    }
    // The folio of the second page of the plan opens the plan there.
    let plan = desk.consult("01-01-001").unwrap();
    let folio = plan.answers[0].hits[0].lies.as_ref().unwrap().pages[1].1;
    let paged = desk.consult(&format!("第{}页", folio.label())).unwrap();
    assert_eq!(headings(&story, &paged), [format!("汇编页码 {}　材料", folio.label())]);
    assert_eq!((names(&paged.answers[0].hits), paged.answers[0].hits[0].page), (vec!["计划.pdf"], 1));
    assert_eq!(headings(&story, &desk.consult("第9999页").unwrap())[0], "汇编页码 9999　成品里没有这一页");
}

/// Parts of one file, and an attachment for which a slip stands.
#[test]
fn each_part_of_a_file_and_each_slip_is_told_where_it_lies() {
    let story = Story::scanned(&[("一摞.pdf", 4)]);
    story.receives(&[("宣传片.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec())]);
    let desk = story.desk();
    let whole = story.piece("一摞.pdf");
    let part = desk.split(whole, &[2]).unwrap()[0];
    let filed = [("01-01", whole), ("01-02", part), ("02-01", story.piece("宣传片.mp4"))];
    filed.iter().for_each(|(leaf, piece)| desk.file(&[*piece], &code(leaf)).unwrap());
    compile(&story);
    let (_, ledger) = desk.foresee(&Options { volumes: Volumes::Box, duplex: false, ..story::options() }).unwrap();
    for (leaf, piece) in filed {
        let own = ledger.sheets.iter().filter(|sheet| sheet.indicator == Some(code(leaf)) && !sheet.shows.pieces().is_empty());
        let (folios, volumes): (Vec<_>, Vec<_>) = own.map(|sheet| (sheet.folio, sheet.volume)).unzip();
        assert_eq!(folios.len(), if leaf == "02-01" { 1 } else { 2 });
        for said in [leaf.to_owned(), format!("{leaf}-001")] {
            let asked = desk.consult(&said).unwrap();
            let [hit] = &asked.answers[0].hits[..] else { panic!("{said}: {asked:?}") };
            let lies = hit.lies.as_ref().unwrap();
            let told: Vec<_> = lies.pages.iter().map(|(_, folio)| *folio).collect();
            assert_eq!((hit.document.id, lies.volume, &told), (piece, volumes[0], &folios), "{said}");
        }
    }
}

#[test]
fn words_are_found_and_it_is_shown_where() {
    let story = filed();
    let found = story.desk().consult("工作 [2021]3").unwrap();
    assert_eq!(names(&found.answers[0].hits), ["计划.pdf"]);
    let trace = &found.answers[0].hits[0].trace;
    assert_eq!(shown(&trace.title), "双拥[工作]计划");
    let (field, runs) = trace.other.as_ref().unwrap();
    assert_eq!((*field, shown(runs).as_str()), (Field::Number, "示双拥[〔2021〕3]号"));
    // In the list of the desk it is the same.
    let list = story.desk().found("办公室", None).unwrap();
    let rows = story.desk().rows(&list.pieces, None, "办公室").unwrap();
    let (field, runs) = rows[0].trace.as_ref().unwrap().other.as_ref().unwrap();
    assert_eq!((*field, shown(runs).as_str()), (Field::Note, "由示例[办公室]提供"));
}

#[test]
fn before_anything_is_compiled_and_after_a_package_is_gone_pieces_are_still_found() {
    let story = filed();
    let asked = story.desk().consult("01-01").unwrap();
    assert!(asked.places.is_none());
    assert_eq!((names(&asked.answers[0].hits), &asked.answers[0].hits[0].lies), (vec!["计划.pdf"], &None));
    assert_eq!(names(&story.desk().consult("01-01-001").unwrap().answers[0].hits), ["计划.pdf"]);
    assert!(story.desk().consult("  ").unwrap().answers.is_empty());

    compile(&story);
    // What is filed nowhere is found, and is not in the package.
    let found = story.desk().consult("没有归类").unwrap();
    assert!(found.places.is_some());
    assert_eq!(found.answers[0].hits[0].lies, None);
    for package in story.desk().packages().unwrap() {
        std::fs::remove_file(package.report).unwrap();
    }
    let mut story = story;
    story.close();
    assert!(story.open().unwrap().consult("01-01").unwrap().places.is_none());
}

/// Packages that were made before, and all of them once it is known where the paper lies, are not read: each may name thousands of
/// pieces, and an inspector's words are asked for letter by letter.
#[test]
fn for_a_question_no_more_is_read_than_tells_where_the_paper_lies() {
    let story = filed();
    compile(&story);
    compile(&story);
    let spoil = |which: &str| {
        let index = Connection::open(story.dir().join("index.sqlite")).unwrap();
        index.execute(&format!("UPDATE package SET json = '{{}}' WHERE {which}"), []).unwrap();
    };
    let asked = || story.desk().consult("01-01").unwrap();
    let newest = story.desk().packages().unwrap().remove(0);
    spoil("id = (SELECT min(id) FROM package)");
    assert_eq!(asked().places.unwrap().name, newest.name);
    let index = Connection::open(story.dir().join("index.sqlite")).unwrap();
    index.execute("DELETE FROM package WHERE id = (SELECT min(id) FROM package)", []).unwrap();
    story.desk().issue_package(0).unwrap();
    assert_eq!(asked().places.unwrap().packs, Some(0));
    spoil("true");
    assert_eq!((asked().places.unwrap().packs, names(&asked().answers[0].hits)), (Some(0), vec!["计划.pdf"]));
}
