//! 搜索: pieces by the words of their pages, and leaves while their code or their words are typed.

use std::collections::{BTreeMap, BTreeSet};

use dossier::Desk;
use dossier::desk::Place;
use dossier::domain::fold::{folded, words};
use dossier::domain::{Document, DocumentId};
use dossier::exchange;
use huijuan_tests::{Story, drawn};
use rusqlite::Connection;
use sample::Rng;
use sample::words::paragraph;

/// What was written on the pages of each scan.
type Written = BTreeMap<DocumentId, Vec<String>>;

/// However the text is looked through, it finds what a plain look through the pages of every piece finds: words of one letter and
/// of more, over the ends of lines, in other widths, on pages of split pieces, and none that stands in 回收站.
#[test]
fn words_are_found_where_a_plain_look_finds_them() {
    let mut story = Story::scanned(&[("甲.pdf", 6), ("乙.pdf", 5), ("丙.tif", 3), ("丁.pdf", 2), ("戊.jpg", 1)]);
    let mut rng = Rng::with_seed(20_230_401);
    let written = written(&mut story, &mut rng);
    let desk = story.desk();
    // One whose letters were read off its pages, and one whose file says them.
    desk.split(story.piece("甲.pdf"), &[2, 5]).unwrap();
    desk.split(story.piece("乙.pdf"), &[3]).unwrap();
    desk.split(story.piece("丁.pdf"), &[1]).unwrap();
    desk.undo().unwrap();
    desk.remove(&story.pieces(&["丙.tif"])).unwrap();

    let mut found = 0;
    for _ in 0..400 {
        let typed = typed(&written, &mut rng);
        let plain = looked_through(desk, &written, &typed);
        let searched: BTreeSet<DocumentId> = desk.search(&typed).unwrap().into_iter().map(|document| document.id).collect();
        assert_eq!(searched, plain, "{typed:?}");
        found += plain.len();
    }
    assert!(found > 400, "{found}");
}

/// What is typed, and of what stands on a page what it finds.
#[test]
fn words_are_found_however_they_are_written() {
    let pages = ["示双拥〔２０２１〕３号", "ＷＰＳ文字 Wi-Fi", "双拥\n工作", "第1行\n2行"];
    let story = Story::new();
    let files: Vec<(&str, Vec<u8>)> = ["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf"]
        .into_iter()
        .zip(pages)
        .zip(1..)
        .map(|((name, text), number)| (name, drawn::pdf(1, text, number)))
        .collect();
    story.receives(&files);
    for (typed, found) in [
        ("[2021]3", "甲"),
        ("（2021）3号", "甲"),
        ("双拥", "甲丙"),
        ("双 拥", "甲丙"),
        ("拥双", ""),
        ("wps", "乙"),
        ("ｗｉ-fi 文字", "乙"),
        ("wps文字", "乙"),
        ("拥工", "丙"),
        ("工作 双拥", "丙"),
        ("号工作", ""),
        ("2行", "丁"),
        ("12行", ""),
        ("%", ""),
    ] {
        let mut names: Vec<String> = story.desk().search(typed).unwrap().into_iter().map(|found| found.original_name).collect();
        names.sort_by_key(|name| files.iter().position(|(known, _)| *known == *name));
        assert_eq!(names.concat().replace(".pdf", ""), found, "{typed}");
    }
}

/// Writes text for every page, as reading and files say it; lines end where a page is narrow.
fn written(story: &mut Story, rng: &mut Rng) -> Written {
    let scans = story.desk().documents(&Place::All).unwrap();
    story.close();
    let index = Connection::open(story.dir().join("index.sqlite")).unwrap();
    let mut written = Written::new();
    for Document { id, pages, original_name, .. } in scans {
        let texts: Vec<String> = pages.iter().map(|_| page(rng)).collect();
        if original_name == "乙.pdf" || original_name == "戊.jpg" {
            let text = texts.join("\u{c}");
            let row = (id.0, &text, folded(&text));
            index.execute("INSERT OR REPLACE INTO text_layer (document, text, folded) VALUES (?1, ?2, ?3)", row).unwrap();
        } else {
            for (at, text) in texts.iter().enumerate() {
                let row = (id.0, at as u32, text, folded(text));
                index.execute("INSERT INTO reading (document, idx, text, folded) VALUES (?1, ?2, ?3, ?4)", row).unwrap();
            }
        }
        written.insert(id, texts);
    }
    drop(index);
    story.open().unwrap();
    written
}

fn page(rng: &mut Rng) -> String {
    let others = ["ＷＰＳ文字 2021", "示双拥〔２０２１〕３号", "Wi-Fi 5G", "（一）", "％"];
    let mut text = paragraph(rng, 60);
    text.push_str(others[rng.usize(..others.len())]);
    // Letters that stand on one page alone.
    text.extend((0..4).filter_map(|_| char::from_u32(rng.u32(0x4e00..0x9fa5))));
    text.push_str(&paragraph(rng, 40));
    let narrow = rng.usize(9..15);
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(narrow).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

/// One to five letters that stand on a page, at times with others from elsewhere.
fn typed(written: &Written, rng: &mut Rng) -> String {
    let first = taken(written, rng);
    match rng.u8(..4) {
        0 => format!("{first} {}", taken(written, rng)),
        1 => format!("{first}{}", taken(written, rng)),
        _ => first,
    }
}

fn taken(written: &Written, rng: &mut Rng) -> String {
    let pages: Vec<&String> = written.values().flatten().collect();
    let letters: Vec<char> = pages[rng.usize(..pages.len())].chars().collect();
    let from = rng.usize(..letters.len());
    letters[from..].iter().take(rng.usize(1..=5)).collect()
}

fn looked_through(desk: &Desk, written: &Written, typed: &str) -> BTreeSet<DocumentId> {
    let sought = words(typed);
    let holds = |document: &Document| {
        let texts = &written[&document.part_of.unwrap_or(document.id)];
        let own = document.pages.iter().map(|page| folded(&texts[page.index as usize]));
        let said: Vec<String> = own.chain([folded(&document.description.title), folded(&document.original_name)]).collect();
        !sought.is_empty() && sought.iter().all(|word| said.iter().any(|text| text.contains(word)))
    };
    desk.documents(&Place::All).unwrap().iter().filter(|document| holds(document)).map(|document| document.id).collect()
}

/// A code is offered from its first digit on, the likeliest first, with or without its strokes and noughts; so are words.
#[test]
fn leaves_are_offered_while_their_code_is_typed() {
    let (catalogue, _) = exchange::reference();
    let offered = |typed: &str| catalogue.offered(typed).into_iter().map(|leaf| leaf.code().0.clone()).collect::<Vec<_>>();
    let area = |code: &str, count: usize| (1..=count).map(|at| format!("{code}-{at:02}")).collect::<Vec<_>>();
    for (typed, first) in [
        ("02", area("02", 9)),
        ("020", area("02", 9)),
        ("02-", area("02", 9)),
        ("０２－０", area("02", 9)),
        ("2.", area("02", 9)),
        ("0203", vec!["02-03".to_owned()]),
        ("02-03", vec!["02-03".to_owned()]),
        ("2-3", vec!["02-03".to_owned()]),
        ("203", vec!["02-03".to_owned()]),
        ("05-1", vec!["05-01".to_owned(), "05-10".to_owned(), "05-11".to_owned(), "05-12".to_owned()]),
        ("v", (1..=6).map(|at| format!("V{at}")).collect()),
        // A serial number that is whole comes first; behind it what goes on from it.
        ("37", vec!["05-02".to_owned()]),
        ("7", [vec!["01-07".to_owned()], area("07", 7), (70..=73).map(|at| format!("09-{:02}", at - 67)).collect()].concat()),
        // Words, in any order; in the wording before those of the area.
        ("大中小学 国防教育", vec!["02-03".to_owned()]),
        ("宣传教育 公园", vec!["02-09".to_owned()]),
        ("02 公园", vec!["02-09".to_owned()]),
    ] {
        let all = offered(typed);
        assert!(all.starts_with(&first), "{typed}: {all:?}");
    }
    assert_eq!(offered("").len(), catalogue.leaves().count());
    assert_eq!((offered("0299"), offered("没有这样的指标")), (vec![], vec![]));
    // What names a leaf is offered first.
    for leaf in catalogue.leaves() {
        let code = &leaf.code().0;
        assert_eq!(&offered(code)[0], code);
        assert_eq!(&offered(&code.replace('-', ""))[0], code);
    }
}
