//! What is stopped is gone on with, what is damaged comes back, and one round leads to the next.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use dossier::Desk;
use dossier::desk::{Place, Surroundings};
use dossier::domain::IndicatorCode;
use fantoccini::Locator;
use fantoccini::key::Key;
use scans::Watch;

use crate::stage::{Home, Stage};
use crate::walk::{open, sample_project};

/// Pictures of one page, each of other bytes and named by its number.
fn pictures(folder: &Path, numbers: RangeInclusive<u32>) {
    let faces = sample::Faces::load(&Surroundings::here().expect("the program knows where it lies").fonts).expect("the fonts are there");
    let subject = sample::Subject {
        title: "双拥工作台账".to_owned(),
        number: String::new(),
        issuer: "示例办公室".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    };
    let page = sample::pages::draw(&faces, sample::Paper::Official, &subject, 0, 1, 60.0, &mut sample::Rng::with_seed(7));
    let jpeg = sample::files::jpeg(&page, 70, false);
    fs::create_dir_all(folder).expect("a folder can be made");
    for number in numbers {
        // A comment behind the start of the image (ITU-T T.81, B.2.4.5).
        let comment = [&[0xFF, 0xFE, 0, 6][..], &number.to_be_bytes()].concat();
        let bytes = [&jpeg[..2], &comment, &jpeg[2..]].concat();
        fs::write(folder.join(format!("台账{number:03}.jpg")), bytes).expect("it can be written");
    }
}

#[tokio::test]
async fn what_is_stopped_is_gone_on_with() {
    // So many that neither is done before it is stopped.
    const FILED: u32 = 300;
    const COUNT: u32 = 800;
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let before = {
        let desk = open(&project);
        let album = home.path().join("01-01");
        pictures(&album, 1..=FILED);
        desk.intake(&[album], &Watch::silent(), &mut |_| {}).expect("they can be taken in");
        let all = desk.documents(&Place::All).expect("readable");
        let album: Vec<_> = all.iter().filter(|piece| piece.title().contains("台账")).map(|piece| piece.id).collect();
        desk.move_to(&album, None, &IndicatorCode("01-01".to_owned())).expect("they can be filed");
        all.len()
    };
    let folder = home.path().join("台账");
    pictures(&folder, FILED + 1..=FILED + COUNT);
    let stage = Stage::open(home, Some(&project)).await;
    stage.click("[data-view='intake']").await;
    stage.will_pick(&[&folder]);
    stage.click("#intake [data-act='intake.folder']").await;
    // Stopped before the folder was listed, there would be no batch to go on with.
    stage.read("#batch", "台账").await;
    stage.click("#intake [data-act='run.cancel']").await;
    stage.read("#intake", "已停止，剩下的可以继续收集").await;
    stage.shot("intake-stopped").await;
    stage.click("#intake [data-act='intake.resume']").await;
    stage.read("#intake", "收集完毕").await;
    stage.gone("[data-unfinished]").await;

    // A package that is stopped leaves nothing.
    stage.press(&[], Key::F9).await;
    stage.read("#foreseen", "页").await;
    stage.click("#compile [data-act='compile.accept']").await;
    stage.click("#compile [data-act='compile.start']").await;
    stage.click("#compile [data-act='run.cancel']").await;
    stage.read("#compile", "已取消，没有留下未做完的文件").await;
    stage.shot("compile-stopped").await;
    let _home = stage.close().await;
    let desk = open(&project);
    assert_eq!(desk.documents(&Place::All).expect("readable").len(), before + COUNT as usize);
    assert!(desk.packages().expect("readable").is_empty());
    let made: Vec<_> = fs::read_dir(project.join("packages")).expect("readable").collect();
    assert!(made.is_empty(), "{made:?}");
}

#[tokio::test]
async fn a_damaged_index_comes_back_in_the_window() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let count = {
        let desk = open(&project);
        desk.back_up().expect("a copy can be laid aside");
        desk.documents(&Place::All).expect("readable").len()
    };
    let index = project.join("index.sqlite");
    let mut bytes = fs::read(&index).expect("readable");
    let half = bytes.len() / 2;
    bytes[4096..half].fill(0xA5);
    fs::write(&index, bytes).expect("it can be written");

    let stage = Stage::open(home, Some(&project)).await;
    stage.read("#start", "损坏").await;
    stage.shot("damaged").await;
    stage.click("[data-act='project.recover']").await;
    stage.see("#tree").await;
    stage.see("#pieces [data-piece]").await;
    stage.shot("recovered").await;
    let _home = stage.close().await;
    assert_eq!(open(&project).documents(&Place::All).expect("readable").len(), count);
}

#[tokio::test]
async fn what_the_second_clerk_did_is_merged_in() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let said = |desk: &dossier::Desk, number: &str| {
        let piece = desk.documents(&Place::All).expect("readable").swap_remove(0);
        let description = dossier::domain::Description { number: number.to_owned(), ..piece.description.clone() };
        desk.describe(piece.id, &description).expect("it can be described");
        piece.id
    };
    let stick = home.path().join("U盘");
    fs::create_dir(&stick).expect("a folder can be made");
    let (first, there) = {
        let desk = open(&project);
        let there = desk.back_up_to(&stick, &Watch::silent()).expect("there is room").dir;
        let second = desk.documents(&Place::All).expect("readable")[1].id;
        desk.remove(&[second]).expect("it can be removed");
        (said(&desk, "示双拥〔2023〕1号"), there)
    };
    {
        let desk = open(&there);
        said(&desk, "示双拥〔2023〕2号");
        for piece in &desk.documents(&Place::All).expect("readable")[1..3] {
            desk.turn_page(piece.id, 0, 90).expect("it can be turned");
        }
        let folder = home.path().join("台账");
        pictures(&folder, 0..=2);
        desk.intake(&[folder], &Watch::silent(), &mut |_| {}).expect("it can be taken in");
    }
    let before = open(&project).documents(&Place::All).expect("readable").len();
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#tree").await;
    stage.click("[data-view='exchange']").await;
    stage.will_pick(&[&stick]);
    stage.click("#exchange [data-act='exchange.merge']").await;
    stage.read("[data-part='arrivals']", "台账000").await;
    stage.read("[data-part='conflicts']", "示双拥〔2023〕2号").await;
    stage.read("[data-part='changes']", "顺时针转 90°").await;
    stage.read("[data-part='left']", "在本机回收站里").await;
    stage.shot("merge").await;
    stage.click("[data-conflict] [data-side='theirs']").await;
    stage.click("[data-act='dialog.merge']").await;
    stage.read("[data-receipt]", "新到 3 件").await;
    stage.shot("merged").await;
    let _home = stage.close().await;
    let desk = open(&project);
    assert_eq!(desk.documents(&Place::All).expect("readable").len(), before + 3);
    assert_eq!(desk.document(first).expect("it is there").description.number, "示双拥〔2023〕2号");
    desk.undo().expect("it can be undone");
    assert_eq!(desk.document(first).expect("it is there").description.number, "示双拥〔2023〕1号");
}

#[tokio::test]
async fn the_next_round_begins_beside_the_last() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let last = open(&project).assessment();
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#tree").await;
    stage.click("[data-view='exchange']").await;
    stage.click("#exchange [data-act='exchange.nextRound']").await;
    // What is proposed comes a little later, and fills what nobody has written into.
    stage.proposed("#next-name").await;
    stage.write("#next-name", "下一轮申报材料").await;
    stage.will_pick(&[project.parent().expect("it lies in the home")]);
    stage.click("[data-act='next.place']").await;
    stage.click("[data-act='next.done']").await;
    stage.gone("#next-name").await;
    stage.see("#intake").await;
    stage.shot("next-round").await;
    let complaints = stage.client.find_all(Locator::Css(".toast.problem")).await.expect("readable");
    assert!(complaints.is_empty(), "nothing was asked of the project that went; see tests/shots/next-round.png");
    let home = stage.close().await;
    assert_eq!(open(&project).assessment(), last, "the last round stays as it was");
    let mut begun = fs::read_dir(home.path()).expect("readable").map(|entry| entry.expect("readable").path());
    let begun = begun.find(|path| path.join("index.sqlite").is_file() && *path != project).expect("a project lies beside");
    let desk = open(&begun);
    assert_eq!(desk.assessment().name, "下一轮申报材料");
    assert!(desk.documents(&Place::All).expect("readable").is_empty());
    assert!(desk.assessment().cycle.years.first() > last.cycle.years.first(), "its years follow");
}

/// The first page of a piece as a smaller picture, as it comes through a chat.
pub fn forwarded(desk: &Desk, into: &Path) {
    let first = desk.documents(&Place::All).expect("readable").into_iter().find(|piece| !piece.is_slip()).expect("there are pieces");
    let again = desk.picture(first.id, first.pages[0].index, 1000).expect("it can be drawn");
    fs::create_dir_all(into).expect("a folder can be made");
    fs::write(into.join("转发的图片.jpg"), again).expect("it can be written");
}

#[tokio::test]
async fn what_looks_alike_is_compared_side_by_side() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    {
        let desk = open(&project);
        let folder = home.path().join("转发");
        forwarded(&desk, &folder);
        desk.intake(&[folder], &Watch::silent(), &mut |_| {}).expect("it can be taken in");
    }
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#tree").await;
    stage.click("[data-menu='工具']").await;
    stage.click("[role=menu] [data-act='piece.alike']").await;
    stage.read("#alike-pairs", "转发的图片").await;
    stage.see(".alike-page img").await;
    stage.shot("alike").await;
    stage.click("[data-act='alike.both']").await;
    stage.read("#status", "都保留").await;
    stage.shot("alike-decided").await;
    let _home = stage.close().await;
    let desk = open(&project);
    let forwarded = desk.documents(&Place::All).expect("readable").into_iter().find(|piece| piece.title().contains("转发的图片"));
    let forwarded = forwarded.expect("it was received").id;
    let pairs = desk.look_alikes(&Watch::silent()).expect("they can be compared");
    assert!(pairs.iter().all(|pair| !pair.same || pair.other != forwarded), "{pairs:?}");
}
