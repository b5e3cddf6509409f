//! A whole day's work without a mouse: from nothing to a package, and what an inspector asks.

use dossier::desk::Place;
use fantoccini::key::Key;

use crate::stage::{Home, Stage};
use crate::walk::{open, papers, sample_project};

#[tokio::test]
async fn a_day_is_worked_by_keyboard_alone() {
    let home = Home::new();
    let folder = papers(home.path(), 12);
    let project = home.path().join("示例区双拥创建2023");
    let stage = Stage::open(home, None).await;

    // 新建
    stage.see("#start").await;
    stage.press(&[Key::Control], 'n').await;
    stage.tab_to("#create-name").await;
    stage.type_anew("示例区创建全国双拥模范城申报材料").await;
    stage.tab_to("#create-office").await;
    stage.type_anew("示例区双拥办").await;
    stage.will_pick(&[project.parent().expect("it lies in the home")]);
    stage.tab_to("[data-act='create.place']").await;
    stage.press(&[], Key::Enter).await;
    stage.tab_to("#create-folder").await;
    stage.type_anew("示例区双拥创建2023").await;
    for (field, said) in [("#create-from", "2020"), ("#create-to", "2023"), ("#create-due", "2023-04-20")] {
        stage.tab_to(field).await;
        stage.type_anew(said).await;
    }
    stage.tab_to("[data-act='create.done']").await;
    stage.press(&[], Key::Enter).await;
    stage.see("#complete").await;

    // 收集
    stage.will_pick(&[&folder]);
    stage.press(&[Key::Control, Key::Shift], 'o').await;
    stage.read("#intake", "接收 12").await;
    stage.press(&[Key::Control], '2').await;

    // 整理: what waits, with its suggestions
    stage.tab_to("#tree [role='tree']").await;
    stage.press(&[], Key::End).await;
    stage.press(&[], Key::Up).await;
    stage.read(".list-count", "件").await;
    stage.tab_to("#pieces").await;
    stage.see("#inspector img").await;
    stage.press(&[], Key::Enter).await;
    stage.read("#status", "按建议归类").await;
    stage.press(&[Key::Control], 'm').await;
    stage.tab_to("input[aria-controls='leaves-found']").await;
    stage.type_anew("37").await;
    stage.read("#leaves-found", "05-02").await;
    stage.press(&[], Key::Enter).await;
    stage.read("#status", "归入 05-02").await;
    stage.press(&[Key::Control], 'g').await;
    stage.tab_to("input[aria-controls='goals']").await;
    stage.type_anew("05-02").await;
    stage.see("[data-found='05-02']").await;
    stage.shot("go-to").await;
    stage.press(&[], Key::Enter).await;
    stage.see("[data-leaf='05-02'][aria-selected='true']").await;
    // The piece was in sight before, too: its new list has come once its number there is shown.
    stage.read("#pieces", "05-02-001").await;
    stage.read("#inspector", "05-02 第 1 件").await;
    stage.press(&[], Key::F2).await;
    stage.tab_to("#piece-field-title").await;
    stage.type_anew("双拥工作会议纪要").await;
    stage.tab_to("#piece-field-number").await;
    stage.read("#status", "修改").await;

    // The page: turned, straightened, compared with what came, and all of it taken back.
    stage.tab_to("#inspector [data-act='page.turnRight']").await;
    stage.read(".tip", "Ctrl+→").await;
    stage.shot("tip").await;
    stage.tab_to("#pieces").await;
    stage.press(&[Key::Control], Key::Right).await;
    stage.read("#status", "顺时针转 90°").await;
    stage.press(&[Key::Control], 'z').await;
    stage.press(&[Key::Control], 'k').await;
    stage.tab_to("[data-field='tilt']").await;
    for _ in 0..8 {
        stage.press(&[], Key::Right).await;
    }
    stage.tab_to("[data-field='top']").await;
    stage.type_anew("20").await;
    stage.tab_to("[data-field='bottom']").await;
    stage.shot("frame").await;
    stage.press(&[], Key::Enter).await;
    stage.read("#status", "裁剪、扶正").await;
    stage.tab_to("#pieces").await;
    stage.shot("framed").await;
    stage.press(&[Key::Control], 'i').await;
    stage.read("#page", "原样").await;
    stage.press(&[Key::Control], 'i').await;

    // 操作记录: back to before the title was changed.
    stage.press(&[Key::Control], 'h').await;
    stage.see("[data-history]").await;
    stage.tab_to(".history-list").await;
    for _ in 0..3 {
        stage.press(&[], Key::Down).await;
    }
    stage.shot("history").await;
    stage.tab_to("[data-act='history.back']").await;
    stage.press(&[], Key::Enter).await;
    // What was undone before says 已撤销, too.
    stage.read(".toasts", "逐步重做").await;
    stage.press(&[], Key::Escape).await;
    stage.press(&[Key::Control], 'y').await;
    stage.read("#status", "修改").await;

    // 查找, 核查, 汇编, 查阅
    stage.press(&[Key::Control, Key::Shift], 'f').await;
    stage.tab_to("#search").await;
    stage.type_anew("会议").await;
    stage.see("[data-found-leaf]").await;
    stage.shot("found").await;
    stage.press(&[], Key::Escape).await;
    stage.press(&[], Key::F7).await;
    stage.read("#findings", "一票否决项").await;
    stage.press(&[], Key::F9).await;
    stage.read("#foreseen", "页").await;
    stage.tab_to("#compile [data-act='compile.accept']").await;
    stage.press(&[], ' ').await;
    stage.tab_to("#compile [data-act='compile.start']").await;
    stage.press(&[], Key::Enter).await;
    stage.read("#package", "核对无误").await;
    stage.press(&[], Key::F8).await;
    stage.tab_to("#consult input").await;
    stage.type_anew("37").await;
    stage.see("[data-hit]").await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#consult").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let titles: Vec<String> = desk.documents(&Place::All).expect("readable").into_iter().map(|piece| piece.description.title).collect();
    assert!(titles.contains(&"双拥工作会议纪要".to_owned()), "{titles:?}");
    assert!(desk.packages().expect("readable")[0].verification.ok);
}

#[tokio::test]
async fn a_pile_is_split_where_the_clerk_ticks() {
    let home = Home::new();
    let project = sample_project(home.path(), 40);
    let longest = |project: &std::path::Path| {
        let desk = open(project);
        let all = desk.documents(&Place::All).expect("readable");
        let longest = all.iter().filter(|piece| !piece.is_slip()).max_by_key(|piece| piece.pages.len()).expect("there are some");
        (all.len(), longest.id, longest.pages.len())
    };
    let (before, piece, pages) = longest(&project);
    assert!(pages > 2, "one has pages to split");
    let stage = Stage::open(home, Some(&project)).await;
    stage.click("[data-place='all']").await;
    stage.see("#pieces [data-piece]").await;
    let find = "const list = document.querySelector('#pieces .virtual-list'); list.scrollTop = 0; return true";
    let _ = stage.client.execute(find, Vec::new()).await;
    // A list of 40 pieces holds more rows than the screen; the piece is brought up by its number.
    for _ in 0..before {
        if stage.client.find(fantoccini::Locator::Css(&format!("#pieces [data-piece='{}'][aria-selected='true']", piece.0))).await.is_ok() {
            break;
        }
        stage.press(&[Key::Control], Key::PageDown).await;
    }
    stage.see(&format!("#pieces [data-piece='{}'][aria-selected='true']", piece.0)).await;
    stage.see(".page-strip").await;
    // Its pages were fed in the wrong order: one is dragged, one moved by key, and all are turned round.
    stage.see("#inspector [data-page='2'] img").await;
    stage.drag("#inspector [data-page='2']", "#inspector [data-page='0']").await;
    stage.read("#status", "第 3 页移到第 1 页").await;
    stage.shot("page-order").await;
    stage.press(&[Key::Control], 'z').await;
    stage.read(".toasts", "已撤销").await;
    stage.tab_to("#pieces").await;
    stage.press(&[Key::Alt], Key::Right).await;
    stage.read("#status", "页移到第").await;
    stage.press(&[Key::Control], 'z').await;
    stage.press(&[Key::Control, Key::Shift], 'y').await;
    stage.read("#status", "的页倒序").await;
    // The page that was looked at is the last one now: a split is offered before it, and one more is ticked.
    stage.press(&[Key::Control], 'b').await;
    stage.click("[data-start='1']").await;
    stage.see("[data-start='2']").await;
    stage.shot("split").await;
    stage.click("[data-act='split.take']").await;
    stage.read("#status", "拆成 3 件").await;
    let _home = stage.close().await;
    let (after, ..) = longest(&project);
    assert_eq!(after, before + 2);
    let order = |piece| open(&project).document(piece).expect("it is there").page_order();
    assert_eq!(order(piece), [pages as u32 - 1], "it begins with what was the last page");
}
