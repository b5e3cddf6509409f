//! 页序: the pages of a piece stand in another order than its file has them. Whatever is said of a page stays on it, and wherever pages
//! are shown, printed or named, they are as the clerk has put them.

use std::path::Path;
use std::process::Command;

use dossier::compile::change::Act;
use dossier::compile::ledger::Shows;
use dossier::compile::{Format, Ledger};
use dossier::desk::Place;
use dossier::domain::merge::Field;
use dossier::domain::{Arrangement, DocumentId, Finding, FindingKind, Line};
use dossier::{Desk, Error, wording};
use huijuan_tests::story::code;
use huijuan_tests::{Story, drawn as files};
use scans::{Mask, Watch};

use super::marks::options;
use super::merge::{Other, merge};

const WORDS: [&str; 6] = ["page one", "page two", "page three", "page four", "page five", "page six"];
const OVER_TEXT: Mask = Mask { x0: 1_000, y0: 1_400, x1: 5_000, y1: 6_600 };

/// 扫描件.pdf of six pages with a word each, filed.
fn six() -> (Story, DocumentId) {
    let story = Story::new();
    story.receives(&[("扫描件.pdf", files::sharing_pdf(&WORDS).0)]);
    let piece = story.piece("扫描件.pdf");
    story.desk().file(&[piece], &code("01-01")).unwrap();
    (story, piece)
}

fn order(desk: &Desk, piece: DocumentId) -> Vec<u32> {
    desk.document(piece).unwrap().page_order()
}

/// Numbers of the pages with a word that a file shows, in its order.
fn told(pdf: &Path) -> Vec<usize> {
    let text = String::from_utf8(Command::new("pdftotext").arg(pdf).arg("-").output().unwrap().stdout).unwrap();
    let on = |page: &str| WORDS.iter().position(|word| page.lines().any(|line| line.trim_start().starts_with(word)));
    text.split('\u{c}').filter_map(|page| on(page).map(|at| at + 1)).collect()
}

fn printed(desk: &Desk) -> Vec<usize> {
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    told(&package.files[0])
}

fn last(desk: &Desk) -> String {
    desk.history(1).unwrap().remove(0).sentence
}

#[test]
fn a_pile_that_was_scanned_the_other_way_up_is_printed_in_its_order() {
    let (story, piece) = six();
    let desk = story.desk();
    desk.arrange_pages(piece, Arrangement::Reversed).unwrap();
    assert_eq!(order(desk, piece), [5, 4, 3, 2, 1, 0]);
    assert_eq!(last(desk), "将《扫描件.pdf》的页倒序");
    assert_eq!(printed(desk), [6, 5, 4, 3, 2, 1]);
    let word = desk.compile(&options(Format::Docx), None, &Watch::silent()).unwrap();
    assert!(word.verification.ok, "{:#?}", word.verification);
    // A page is left out by what it is, and told by the number that is seen.
    desk.leave_out(piece, 4, true).unwrap();
    assert_eq!(last(desk), "不收入《扫描件.pdf》第 2 页");
    assert_eq!(printed(desk), [6, 4, 3, 2, 1]);
    desk.undo().unwrap();

    // Fronts first, then the backs of the pile that was turned over.
    desk.arrange_pages(piece, Arrangement::AsScanned).unwrap();
    assert_eq!((last(desk), order(desk, piece)), ("恢复《扫描件.pdf》的原页序".to_owned(), vec![0, 1, 2, 3, 4, 5]));
    desk.arrange_pages(piece, Arrangement::Interleaved).unwrap();
    assert_eq!((last(desk), order(desk, piece)), ("将《扫描件.pdf》的页正反面交错".to_owned(), vec![0, 5, 1, 4, 2, 3]));
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(printed(desk), [6, 5, 4, 3, 2, 1]);
    desk.undo().unwrap();
    assert_eq!(printed(desk), [1, 2, 3, 4, 5, 6]);
    desk.redo().unwrap();
    assert_eq!(order(desk, piece), [5, 4, 3, 2, 1, 0]);
}

#[test]
fn pages_are_moved_to_their_place_and_back() {
    let (mut story, piece) = six();
    let desk = story.desk();
    desk.move_pages(piece, &[5], Some(0)).unwrap();
    assert_eq!((last(desk), order(desk, piece)), ("将《扫描件.pdf》第 6 页移到第 1 页".to_owned(), vec![5, 0, 1, 2, 3, 4]));
    desk.move_pages(piece, &[1, 0], None).unwrap();
    assert_eq!((last(desk), order(desk, piece)), ("将《扫描件.pdf》的 2 页移到第 5—6 页".to_owned(), vec![5, 2, 3, 4, 0, 1]));
    let standing = story.standing();
    // What changes nothing is no act.
    desk.move_pages(piece, &[0], Some(1)).unwrap();
    desk.move_pages(piece, &[], None).unwrap();
    assert_eq!(last(desk), "将《扫描件.pdf》的 2 页移到第 5—6 页");
    assert!(matches!(desk.move_pages(piece, &[6], None), Err(Error::NoSuchPage { page: 6, .. })));
    assert!(matches!(desk.move_pages(piece, &[0], Some(9)), Err(Error::NoSuchPage { page: 9, .. })));
    assert_eq!(story.standing(), standing);
    // It stands when the project is opened again.
    story.close();
    let desk = story.open().unwrap();
    assert_eq!(order(desk, piece), [5, 2, 3, 4, 0, 1]);
    desk.undo().unwrap();
    desk.undo().unwrap();
    assert_eq!(order(desk, piece), [0, 1, 2, 3, 4, 5]);
    desk.remove(&[piece]).unwrap();
    assert!(matches!(desk.arrange_pages(piece, Arrangement::Reversed), Err(Error::Removed { .. })));
}

#[test]
fn what_is_said_of_a_page_goes_with_it() {
    let (story, piece) = six();
    let desk = story.desk();
    desk.arrange_pages(piece, Arrangement::Reversed).unwrap();
    desk.add_mask(piece, 1, OVER_TEXT).unwrap();
    assert_eq!(last(desk), "遮盖《扫描件.pdf》第 5 页一处");
    desk.add_mark(piece, 5, Line { x0: 100, y0: 500, x1: 900, y1: 500 }).unwrap();
    assert_eq!(last(desk), "在《扫描件.pdf》第 1 页画红线");
    // The page that is covered is not read any more, and all others are where they were put.
    assert_eq!(printed(desk), [6, 5, 4, 3, 1]);
    desk.move_pages(piece, &[1], Some(5)).unwrap();
    let document = desk.document(piece).unwrap();
    assert_eq!((document.masks_on(1), document.marks[0].page), (vec![OVER_TEXT], 5));
    assert_eq!(printed(desk), [6, 5, 4, 3, 1]);
    let (plan, ledger) = desk.foresee(&options(Format::Pdf)).unwrap();
    let masked: Vec<usize> = plan
        .pieces()
        .flat_map(|piece| piece.pages.iter().zip(1..))
        .filter(|(page, _)| !page.masks.is_empty())
        .map(|(_, number)| number)
        .collect();
    assert_eq!(masked, [1], "the bar lies on the page that was moved");
    assert_eq!(scanned(&ledger).iter().map(|(page, _)| *page).collect::<Vec<_>>(), [1, 5, 4, 3, 2, 0]);
    // A word is found on the page it stands on.
    assert_eq!(desk.pages_holding(piece, "six").unwrap(), [5]);
    assert!(desk.page_text(piece, 5).unwrap().contains("page six"));
}

/// Pages of scans in the order printed, by their positions within it, with their folios.
fn scanned(ledger: &Ledger) -> Vec<(u32, String)> {
    let of = |shows: &Shows| if let Shows::Piece { scan_page, .. } = shows { Some(*scan_page) } else { None };
    ledger.sheets.iter().filter_map(|sheet| Some((of(&sheet.shows)?, sheet.folio.label()))).collect()
}

#[test]
fn a_piece_is_split_where_the_clerk_sees_it() {
    let (story, whole) = six();
    let desk = story.desk();
    desk.arrange_pages(whole, Arrangement::Reversed).unwrap();
    desk.move_pages(whole, &[0], Some(5)).unwrap();
    desk.add_mask(whole, 2, OVER_TEXT).unwrap();
    let before = story.standing();
    assert_eq!(order(desk, whole), [0, 5, 4, 3, 2, 1]);
    let parts = desk.split(whole, &[2, 4]).unwrap();
    assert_eq!((order(desk, whole), order(desk, parts[0]), order(desk, parts[1])), (vec![0, 5], vec![4, 3], vec![2, 1]));
    let title = |piece| desk.document(piece).unwrap().description.title;
    assert_eq!((title(parts[0]), title(parts[1])), ("扫描件.pdf（原件第5—4页）".to_owned(), "扫描件.pdf（原件第3—2页）".to_owned()));
    assert_eq!(desk.document(parts[1]).unwrap().masks_on(2), [OVER_TEXT]);
    assert_eq!(desk.masks(whole).unwrap(), []);
    // Words are found in the piece that shows them, and nowhere else.
    let found = |words: &str| desk.search(words).unwrap().into_iter().map(|piece| piece.id).collect::<Vec<_>>();
    assert_eq!((found("six"), found("four"), found("two")), (vec![whole], vec![parts[0]], vec![parts[1]]));
    assert_eq!(printed(desk), [1, 6, 5, 4, 2]);
    // The pages of what is left are no range of the file; they can be put in order all the same.
    desk.arrange_pages(whole, Arrangement::Reversed).unwrap();
    assert_eq!(order(desk, whole), [5, 0]);
    desk.arrange_pages(parts[0], Arrangement::AsScanned).unwrap();
    assert_eq!(order(desk, parts[0]), [3, 4]);
    let [single] = desk.split(whole, &[0]).unwrap()[..] else { panic!("one part") };
    assert_eq!((order(desk, whole), order(desk, single)), (vec![5], vec![0]));
    assert!(matches!(desk.split(whole, &[5]), Err(Error::NoSuchPage { .. })), "nothing is split off");
    for _ in 0..4 {
        desk.undo().unwrap();
    }
    assert_eq!(story.standing(), before);
    desk.redo().unwrap();
    assert_eq!((order(desk, whole), order(desk, parts[0]), order(desk, parts[1])), (vec![0, 5], vec![4, 3], vec![2, 1]));
    // Joined, the pages stand as each of the parts showed them.
    let joined = desk.join(&[parts[1], whole, parts[0]], &Watch::silent()).unwrap();
    assert_eq!(order(desk, joined), [0, 1, 2, 3, 4, 5]);
    assert_eq!(desk.document(joined).unwrap().masks_on(0), [OVER_TEXT]);
    assert_eq!(printed(desk), [2, 1, 6, 5, 4]);
}

/// Findings name pages by the numbers that are seen; what was looked at and called right stays so.
#[test]
fn findings_name_pages_as_they_are_seen() {
    let story = Story::new();
    story.receives(&[("件.pdf", files::pdf(3, "", 1))]);
    let (desk, piece) = (story.desk(), story.piece("件.pdf"));
    desk.file(&[piece], &code("01-01")).unwrap();
    desk.leave_out(piece, 1, true).unwrap();
    desk.look_over(&Watch::silent()).unwrap();
    let blank = || -> Option<Finding> {
        let findings = desk.check().unwrap();
        findings.iter().find(|finding| matches!(finding.kind, FindingKind::Blank { .. })).cloned()
    };
    let pages = || blank().map(|finding| finding.kind.pages().to_vec());
    assert_eq!(pages(), Some(vec![1, 3]));
    desk.move_pages(piece, &[1], Some(0)).unwrap();
    assert_eq!(pages(), Some(vec![2, 3]));
    assert!(wording::finding::finding(&blank().unwrap(), &desk.dossier().unwrap()).contains("第2、3页"));
    desk.set_aside(&[blank().unwrap()], "原件如此").unwrap();
    assert_eq!(pages(), None);
    for arrangement in [Arrangement::Reversed, Arrangement::AsScanned] {
        desk.arrange_pages(piece, arrangement).unwrap();
        assert_eq!(pages(), None, "the same pages in another order: {arrangement:?}");
    }
    desk.turn_page(piece, 0, 90).unwrap();
    assert_eq!(pages(), Some(vec![1, 3]));
}

/// Once it was printed, pages in another order are leaves that are swapped; none is added, and no other sheet gets another number.
#[test]
fn after_printing_an_order_swaps_the_leaves_it_changes() {
    let (story, piece) = six();
    let desk = story.desk();
    desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    desk.issue_package(0).unwrap();
    let printed = desk.issue().unwrap().unwrap();
    let folios: Vec<String> = printed
        .sheets
        .iter()
        .filter(|issued| matches!(issued.sheet.shows, Shows::Piece { .. }))
        .map(|issued| issued.sheet.folio.label())
        .collect();
    assert_eq!(folios.len(), 6);

    desk.move_pages(piece, &[4], Some(3)).unwrap();
    let (_, ledger, changes) = desk.changes().unwrap();
    let now = scanned(&ledger);
    assert_eq!(now.iter().map(|(page, _)| *page).collect::<Vec<_>>(), [0, 1, 2, 4, 3, 5]);
    assert_eq!(now.iter().map(|(_, folio)| folio.clone()).collect::<Vec<_>>(), folios, "every side keeps its number");
    assert!(changes.changes.iter().all(|change| change.act == Act::Swap), "{changes:?}");
    let put: Vec<String> = changes.changes.iter().flat_map(|change| &change.put).map(|folio| folio.label()).collect();
    assert!(put.contains(&folios[3]) && put.contains(&folios[4]), "{put:?}");
    assert!(!put.contains(&folios[0]) && !put.contains(&folios[1]), "{put:?}");
    let pack = desk.make_change_pack(None, &Watch::silent()).unwrap();
    assert!(pack.verification.ok, "{:#?}", pack.verification);
    let shown = told(&pack.files[0]);
    assert!(shown.windows(2).any(|pair| pair == [5, 4]), "{shown:?}");
    assert_eq!(desk.changes().unwrap().2.changes, [], "what was put into the boxes is no change any more");

    // A page that is left out besides leaves its side empty, and the others keep theirs.
    desk.arrange_pages(piece, Arrangement::Reversed).unwrap();
    desk.leave_out(piece, 0, true).unwrap();
    let (_, ledger, _) = desk.changes().unwrap();
    assert_eq!(scanned(&ledger).iter().map(|(page, _)| *page).collect::<Vec<_>>(), [5, 3, 4, 2, 1]);
    let own: Vec<String> = scanned(&ledger).into_iter().map(|(_, folio)| folio).collect();
    assert!(own.iter().all(|folio| folios.contains(folio)), "{own:?}");
}

#[test]
fn an_inspector_is_led_to_the_page_where_it_stands() {
    let (story, piece) = six();
    let desk = story.desk();
    desk.arrange_pages(piece, Arrangement::Reversed).unwrap();
    desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    let hit = &desk.consult("01-01").unwrap().answers[0].hits[0];
    assert_eq!(hit.page, 5, "it opens at its first page");
    let lies = hit.lies.clone().unwrap();
    assert_eq!(lies.pages.iter().map(|(page, _)| *page).collect::<Vec<_>>(), [5, 4, 3, 2, 1, 0]);
    let third = desk.consult(&lies.pages[2].1.label()).unwrap();
    let on_folio = third.answers.last().unwrap().hits.iter().find(|hit| hit.document.id == piece).unwrap();
    assert_eq!(on_folio.page, 3);
}

#[test]
fn an_order_comes_in_from_another_computer() {
    let story = Story::scanned(&[("甲.pdf", 3), ("乙.pdf", 3), ("丙.pdf", 4), ("丁.pdf", 4)]);
    let desk = story.desk();
    let [one, both, split, parted] = story.pieces(&["甲.pdf", "乙.pdf", "丙.pdf", "丁.pdf"])[..] else { panic!("four pieces") };
    let other = Other::of(&story);
    let there = |name: &str| other.piece(name);
    other.desk().arrange_pages(there("甲.pdf"), Arrangement::Reversed).unwrap();
    desk.turn_page(one, 2, 90).unwrap();
    other.desk().arrange_pages(there("乙.pdf"), Arrangement::Reversed).unwrap();
    desk.move_pages(both, &[2], Some(0)).unwrap();
    // Put in order there and split; put in order here, and split there.
    other.desk().arrange_pages(there("丙.pdf"), Arrangement::Reversed).unwrap();
    other.desk().split(there("丙.pdf"), &[1]).unwrap();
    desk.arrange_pages(parted, Arrangement::Reversed).unwrap();
    other.desk().split(there("丁.pdf"), &[2]).unwrap();
    other.receives(&[("新收.pdf", files::pdf(3, "新收", 7))]);
    other.desk().move_pages(there("新收.pdf"), &[2], Some(0)).unwrap();
    let (_stick, dir) = other.closed();
    let standing = story.standing();

    let merging = desk.preview_merge(&dir, &Watch::silent()).unwrap();
    let asked: Vec<Field> = merging.merge.conflicts.iter().map(|conflict| conflict.field).collect();
    assert_eq!(asked, [Field::PageOrder]);
    let said = wording::merge::conflict(&merging.merge.conflicts[0], &desk.units());
    assert_eq!((said.field.as_str(), said.ours.as_str(), said.theirs.as_str()), ("页序", "原件第3、1—2页", "原件第3—1页"));
    merge(&story, &dir);
    assert_eq!((order(desk, one), desk.document(one).unwrap().pages[0].turn), (vec![2, 1, 0], 90));
    assert_eq!(order(desk, both), [2, 0, 1], "ours stands until theirs is chosen");
    assert_eq!(order(desk, split), [3, 2]);
    assert_eq!(order(desk, parted), [1, 0]);
    let all = desk.documents(&Place::All).unwrap();
    let mut parts: Vec<(Option<DocumentId>, Vec<u32>)> =
        all.iter().filter(|piece| piece.part_of.is_some()).map(|piece| (piece.part_of, piece.page_order())).collect();
    parts.sort();
    assert_eq!(parts, [(Some(split), vec![1, 0]), (Some(parted), vec![3, 2])]);
    assert_eq!(order(desk, story.piece("新收.pdf")), [2, 0, 1]);
    assert!(merge(&story, &dir).merge.is_nothing(), "nothing comes twice");
    desk.undo().unwrap().unwrap();
    assert_eq!(story.standing(), standing);
    let chosen = [merging.merge.conflicts[0].key.clone()].into();
    desk.merge(&dir, &chosen, &Watch::silent()).unwrap();
    assert_eq!(order(desk, both), [2, 1, 0]);
}
