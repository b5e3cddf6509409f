//! 汇编 looked through before it is compiled, and what is set changes what is seen.

use fantoccini::key::Key;

use crate::stage::{Home, Stage};
use crate::walk::{open, sample_project};

#[tokio::test]
async fn the_package_is_looked_through_before_it_is_compiled() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.press(&[], Key::F9).await;
    stage.see("#preview .preview-sheet").await;
    stage.read("[data-preview-folio]", "不编页码").await;
    stage.shot("preview-cover").await;
    stage.write("[data-preview-go]", "2").await;
    stage.client.active_element().await.expect("the field has the focus").send_keys("\u{e007}").await.expect("Enter can be pressed");
    stage.read("[data-preview-folio]", "— 2 —").await;
    stage.click("#preview [data-act='preview.on']").await;
    stage.read("[data-preview-folio]", "— 3 —").await;
    stage.click("#preview [data-stop='2']").await;
    stage.read("[data-preview-folio]", "iii").await;
    stage.shot("preview-contents").await;
    let before = proof(&stage).await;
    assert_ne!(before, "", "a proof is shown");
    stage.click("#foreseen [data-sheet='boxes']").await;
    stage.see("#boxes [data-box='1']").await;
    stage.shot("boxes").await;

    stage.click("#compile [data-act='project.settings']").await;
    stage.write("#set-inner", "40").await;
    stage.write("#set-outer", "16").await;
    stage.write("#set-boxes", "30、60").await;
    stage.shot("settings-print").await;
    stage.click("dialog [data-sheet='fonts']").await;
    stage.read("dialog", "仿宋").await;
    stage.see("dialog .note.good").await;
    stage.shot("settings-fonts").await;
    stage.click("dialog [data-act='settings.done']").await;
    stage.gone("dialog[open]").await;
    stage.click("#foreseen [data-sheet='preview']").await;
    // The dialog is gone as soon as its act is done; the screen asks then.
    stage.see(&format!("#preview .preview-sheet:not([src*='sheet%2F{before}%2F'])")).await;
    assert_ne!(proof(&stage).await, before, "another proof is shown");
    stage.shot("preview-margins").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let print = desk.assessment().print;
    assert_eq!((print.inner, print.outer, print.boxes), (40, 16, vec![30, 60]));
}

/// Number of the proof whose sheet is shown; empty while another tab is.
async fn proof(stage: &Stage) -> String {
    let script = "return /sheet%2F(\\d+)%2F/.exec(document.querySelector('.preview-sheet')?.src ?? '')?.[1] ?? ''";
    let shown = stage.client.execute(script, Vec::new()).await.expect("the window answers");
    shown.as_str().unwrap_or_default().to_owned()
}
