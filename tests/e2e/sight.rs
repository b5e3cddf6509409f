//! What waits for the clerk, and what is damaged, is in sight and leads to where it is settled.

use std::fs;

use dossier::desk::Place;
use dossier::domain::IndicatorCode;
use dossier::store::shelf;
use fantoccini::key::Key;
use scans::Watch;

use crate::stage::{Home, Stage};
use crate::walk::{open, papers, sample_project};

#[tokio::test]
async fn what_waits_and_what_is_damaged_is_in_sight() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let folder = papers(home.path(), 4);
    fs::write(folder.join("机密★10年 名册.jpg"), "never read").expect("it can be written");
    let backups = home.path().join("备份盘");
    fs::create_dir(&backups).expect("a folder can be made");
    let damaged = {
        let desk = open(&project);
        desk.intake(&[folder], &Watch::silent(), &mut |_| {}).expect("they can be taken in");
        desk.back_up_to(&backups, &Watch::silent()).expect("it can be backed up");
        desk.documents(&Place::All).expect("readable")[0].scan
    };
    let original = shelf(&project, damaged);
    let mut bytes = fs::read(&original).expect("it lies there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(&original).expect("it can be taken away");
    fs::write(&original, bytes).expect("it can be written");

    let stage = Stage::open(home, Some(&project)).await;
    stage.read("#pending", "待确认 1").await;
    stage.click("#pending").await;
    stage.see("#batch [data-verdict-row='pending']").await;
    stage.shot("pending").await;
    stage.click("[data-verdict='refused']").await;
    stage.see("[data-act='batch.hold']").await;
    stage.shot("refused").await;
    stage.click("[data-act='batch.hold']").await;
    stage.write("dialog input", "01-02").await;
    stage.read("#leaves-held", "01-02").await;
    stage.shot("hold").await;
    stage.click("dialog [data-act='dialog.take']").await;
    stage.gone("dialog").await;

    stage.press(&[], Key::F7).await;
    stage.click("[data-kind='pending']").await;
    stage.read("#findings", "1个文件待确认").await;
    stage.shot("check-pending").await;
    stage.click("[data-finding='pending'] [data-act='finding.lead']").await;
    stage.see("#batch [data-verdict-row='pending']").await;

    stage.press(&[], Key::F9).await;
    stage.read("#foreseen", "个文件待确认").await;
    stage.see("[data-act='compile.accept']").await;
    stage.shot("compile-pending").await;

    stage.click("[data-menu='工具']").await;
    stage.click("[role='menu'] [data-act='exchange.examine']").await;
    stage.read("#examined", "有 1 份损坏").await;
    stage.shot("examined").await;
    stage.click("[data-act='examine.putBack']").await;
    stage.read("dialog", "已从备份补回 1 份原件").await;
    stage.read("#examined", "都和收取时一样").await;
    stage.shot("put-back").await;
    let _home = stage.close().await;

    let desk = open(&project);
    assert_eq!(desk.examine().expect("it can be examined"), []);
    let held = desk.documents(&Place::Leaf(IndicatorCode("01-02".to_owned()))).expect("readable");
    assert!(held.iter().any(|piece| piece.is_placeholder()), "{held:?}");
}
