//! 定稿 in the window: a package is made the edition, a piece comes late, and a 变更包 is made of it.

use dossier::desk::Place;
use fantoccini::key::Key;

use crate::stage::{Home, Stage};
use crate::walk::{compiled_in_boxes, open, sample_project};

#[tokio::test]
async fn what_comes_after_printing_goes_into_a_change_pack() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let late = {
        let desk = open(&project);
        compiled_in_boxes(&desk);
        desk.documents(&Place::Unfiled).expect("readable").first().expect("one is filed nowhere").id
    };
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.press(&[], Key::F9).await;
    stage.click("[data-package='0']").await;
    stage.click("[data-act='package.issue']").await;
    stage.click("[data-act='package.back']").await;
    stage.read("#edition", "没有变更").await;
    stage.click("[data-view='arrange']").await;
    stage.click("[data-place='unfiled']").await;
    stage.write("#tree input", "01-01").await;
    stage.drag(&format!("#pieces [data-piece='{}']", late.0), "[data-leaf='01-01']").await;
    stage.gone(&format!("#pieces [data-piece='{}']", late.0)).await;
    stage.press(&[], Key::F9).await;
    stage.read("#edition", "插入").await;
    stage.shot("edition").await;
    stage.click("[data-act='edition.pack']").await;
    stage.read("#package", "第1号变更包").await;
    stage.shot("change-pack").await;
    let _home = stage.close().await;

    let desk = open(&project);
    assert_eq!(desk.issue().expect("readable").expect("one was issued").packs, 1);
    let package = desk.packages().expect("readable").into_iter().next().expect("one was made");
    assert!(package.verification.ok && package.pack == Some(1), "{package:?}");
}
