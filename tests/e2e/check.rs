//! 核查 told through the window: self-score, a return, a signed word, the grid, the leader's page.

use dossier::desk::Place;
use dossier::domain::{IndicatorCode, Points};
use fantoccini::key::Key;

use crate::stage::{Home, Stage};
use crate::walk::{open, sample_project};

#[tokio::test]
async fn what_was_checked_is_decided_in_the_window() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let (filed, waiting) = {
        let desk = open(&project);
        let one = |place| desk.documents(&place).expect("readable").into_iter().next().expect("the sample has some").id;
        let filed = one(Place::All);
        desk.move_to(&[filed], None, &IndicatorCode("01-02".to_owned())).expect("it can be filed");
        (filed, desk.documents(&Place::All).expect("readable").len())
    };
    assert!(waiting > 1);
    let stage = Stage::open(home, Some(&project)).await;

    stage.write("#tree input", "01-02").await;
    stage.click("[data-leaf='01-02']").await;
    stage.click("#sheet [data-tab='self']").await;
    stage.see("#self-score [data-part='0']").await;
    // The inspector has settled when the first picture is there; nothing moves under the mouse any more.
    stage.see("#inspector img").await;
    stage.shot("self-score").await;
    stage.click("#self-score [data-act='self.all']").await;
    stage.read("#status", "自评 01-02").await;

    stage.click(&format!("#pieces [data-piece='{}']", filed.0)).await;
    stage.press(&[Key::Control], 't').await;
    stage.write("#demand-reason", "没有盖章").await;
    stage.shot("demand").await;
    stage.click("dialog [data-act='dialog.take']").await;
    stage.read("#sheet .demands", "没有盖章").await;
    stage.read("#pieces", "退回").await;
    stage.shot("returned").await;

    stage.press(&[], Key::F7).await;
    stage.read("#findings", "退回：没有盖章").await;
    stage.shot("check-findings").await;
    stage.click("[data-sheet='vetoes']").await;
    stage.click("[data-veto='V1'] [data-act='veto.declare']").await;
    stage.write("#declare-signer", "示例区双拥办").await;
    stage.shot("declare").await;
    stage.click("dialog [data-act='dialog.take']").await;
    stage.read("[data-veto='V1']", "示例区双拥办").await;
    stage.shot("vetoes").await;

    stage.click("[data-sheet='grid']").await;
    stage.see("#grid [data-column]").await;
    stage.click("#grid [data-column]").await;
    stage.press(&[Key::Control], Key::Down).await;
    stage.press(&[Key::Control], Key::Right).await;
    stage.shot("grid-end").await;
    stage.press(&[Key::Control], Key::Up).await;
    stage.press(&[Key::Control], Key::Left).await;
    stage.shot("grid").await;
    stage.click("[data-sheet='scores']").await;
    stage.see("#scores").await;
    stage.shot("scores").await;
    stage.click("[data-sheet='leader']").await;
    stage.see("#leader").await;
    stage.shot("leader").await;
    stage.press(&[Key::Control], '2').await;
    stage.click("[data-act='view.byUnit']").await;
    stage.click("#tree input").await;
    stage.press(&[], Key::Escape).await;
    stage.click("#tree [data-unit]").await;
    stage.see("#unit-sheet [data-duty]").await;
    stage.shot("unit").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let dossier = desk.dossier().expect("readable");
    let said = dossier.assessed.get(&IndicatorCode("01-02".to_owned())).and_then(|said| said.total());
    assert!(said.is_some_and(|points| points > Points(0)), "{said:?}");
    assert!(dossier.is_returned(filed));
    assert_eq!(dossier.declared[&IndicatorCode("V1".to_owned())].signer, "示例区双拥办");
}
