//! An inspector at the table: 查阅, on the screens that offices have; and the manual behind F1.

use dossier::desk::Place;
use fantoccini::key::Key;

use crate::stage::{Home, Screen, Stage};
use crate::walk::{compiled_in_boxes, open, sample_project};

#[tokio::test]
async fn an_inspector_gets_box_and_page_and_changes_nothing() {
    let home = Home::new();
    let project = sample_project(home.path(), 60);
    let (number, word, before) = {
        let desk = open(&project);
        compiled_in_boxes(&desk);
        let all = desk.documents(&Place::All).expect("readable");
        let piece = all.iter().find(|piece| piece.printed_pages().count() > 1 && !desk.filed_under(piece.id).expect("readable").is_empty());
        let piece = piece.expect("one has several pages");
        let asked = desk.consult(&piece.description.title).expect("readable");
        let hit = asked.answers.iter().flat_map(|answer| &answer.hits).find(|hit| hit.document.id == piece.id).expect("it is found");
        let number = hit.lies.as_ref().expect("it is in the package").number.0.clone();
        let word: String = piece.description.title.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        (number, word, desk.history(500).expect("readable"))
    };
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.shot("window").await;
    stage.press(&[], Key::F8).await;
    stage.see("#consult input").await;
    stage.shot("consult-empty").await;
    stage.write("#consult input", &number).await;
    stage.read(".consult-place", &number).await;
    stage.read(".consult-box", "盒").await;
    stage.see("#consult .page-sheet img").await;
    let first = stage.read(".consult-folio", "页").await;
    stage.press(&[], Key::PageDown).await;
    stage.read(".consult-place", "本件 2/").await;
    assert_ne!(stage.read(".consult-folio", "页").await, first);
    stage.shot("consult-piece").await;
    stage.write("#consult input", "37").await;
    stage.read("#consult-hits", "05-02").await;
    stage.shot("consult-leaf").await;
    stage.write("#consult input", &word).await;
    stage.see("#consult-hits mark").await;
    stage.shot("consult-words").await;
    // Acts of the clerk are not there.
    stage.press(&[Key::Control], 'z').await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#consult").await;

    stage.press(&[], Key::F1).await;
    stage.read("#manual h2", "整理").await;
    stage.write("#manual input", "盒脊").await;
    stage.read("#manual h2", "汇编").await;
    stage.shot("manual").await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#manual").await;
    stage.write("#search", &word).await;
    stage.see("#pieces mark").await;
    stage.shot("search").await;
    let _home = stage.close().await;
    assert_eq!(open(&project).history(500).expect("readable"), before);
}

#[tokio::test]
async fn it_is_the_same_on_a_large_screen_a_scaled_one_and_in_the_dark() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let mut home = Some(home);
    let screens = [
        ("large", Screen { width: 1920, height: 1080, ..Screen::default() }),
        ("scaled", Screen { percent: 150, ..Screen::default() }),
        ("dark", Screen { dark: true, ..Screen::default() }),
    ];
    for (name, screen) in screens {
        let stage = Stage::on(screen, home.take().expect("the window was closed"), Some(&project)).await;
        stage.see("#inspector img").await;
        stage.shot(&format!("arrange-{name}")).await;
        stage.press(&[], Key::F8).await;
        stage.write("#consult input", "37").await;
        stage.read("#consult-hits", "05-02").await;
        stage.shot(&format!("consult-{name}")).await;
        stage.press(&[], Key::Escape).await;
        stage.gone("#consult").await;
        stage.press(&[], Key::F1).await;
        stage.see("#manual h2").await;
        stage.shot(&format!("manual-{name}")).await;
        stage.press(&[], Key::Escape).await;
        stage.press(&[], Key::F7).await;
        stage.see("#findings").await;
        stage.shot(&format!("check-{name}")).await;
        stage.press(&[], Key::F9).await;
        stage.see("#foreseen").await;
        stage.shot(&format!("compile-{name}")).await;
        home = Some(stage.close().await);
    }
}
