//! 核查 told through the window: self-score, a return, a signed word, the grid, the leader's page.

use std::path::Path;

use dossier::desk::Place;
use dossier::domain::{DocumentId, FindingKind, IndicatorCode, Points};
use fantoccini::key::Key;
use sample::{Canvas, Faces, Paper, files, pages};
use scans::{Framing, Pixels, Raster, Watch};

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
    stage.proposed("#declare-signer").await;
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

/// A PDF of five pages: well, on its side, askew, blank, black.
fn badly_scanned(into: &Path) {
    const DPI: f32 = 100.0;
    let faces =
        Faces::load(&dossier::desk::Surroundings::here().expect("the program knows where it lies").fonts).expect("the fonts are there");
    let subject = sample::Subject {
        title: "双拥工作会议纪要".to_owned(),
        number: String::new(),
        issuer: "示例街道01".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    };
    let raster =
        |sheet: &Canvas<'_>| Raster { width: sheet.width as u32, height: sheet.height as u32, pixels: Pixels::Rgb(sheet.pixels.clone()) };
    let mut rng = sample::Rng::with_seed(5);
    let text = raster(&pages::draw(&faces, Paper::Minutes, &subject, 0, 5, DPI, &mut rng));
    let plain = |ground| raster(&Canvas::new(&faces, 210.0, 297.0, DPI, ground));
    let askew = text.clone().framed(Framing { tilt: 320, ..Framing::default() });
    let all = [text.clone(), text.turned(90), askew, plain([250, 249, 245]), plain([22, 22, 24])];
    let jpeg = |page: &Raster| (page.to_jpeg(80).expect("it fits a JPEG"), (page.width as usize, page.height as usize));
    let pictures: Vec<_> = all.iter().map(jpeg).collect();
    std::fs::write(into, files::pdf(&pictures, DPI, false, "会议纪要")).expect("it can be written");
}

#[tokio::test]
async fn pages_that_were_scanned_badly_are_put_right_in_the_window() {
    let home = Home::new();
    let project = sample_project(home.path(), 12);
    let scan = home.path().join("会议纪要.pdf");
    badly_scanned(&scan);
    let piece = {
        let desk = open(&project);
        let mut taken = None;
        desk.intake(&[scan], &Watch::silent(), &mut |received| {
            if let dossier::domain::Verdict::Accepted { document, .. } = received.verdict {
                taken = Some(document);
            }
        })
        .expect("it is taken in");
        let piece: DocumentId = taken.expect("it is accepted");
        desk.move_to(&[piece], None, &IndicatorCode("01-02".to_owned())).expect("it can be filed");
        piece
    };
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.press(&[], Key::F7).await;
    // Found behind the clerk, who does nothing but wait.
    for kind in ["sideways", "askew", "blank", "black"] {
        stage.see(&format!("[data-kind='{kind}']")).await;
    }
    stage.shot("check-pages").await;
    // The blank page is one of the paper itself.
    stage.click("[data-kind='blank']").await;
    stage.click("#finding-0").await;
    stage.press(&[Key::Control], 'd').await;
    stage.write("#aside-reason", "原件如此").await;
    stage.shot("check-set-aside").await;
    stage.click("dialog [data-act='dialog.take']").await;
    stage.gone("[data-kind='blank']").await;
    stage.read("#status", "已核对，无需处理：原件如此").await;
    stage.click("[data-act='finding.showAside']").await;
    stage.click("[data-kind='blank']").await;
    stage.read("#findings", "已核对：原件如此").await;
    stage.shot("check-aside").await;
    stage.click("[data-act='finding.showAside']").await;
    // Three are chosen by keys and set aside with one reason, and all of their kind taken up again.
    stage.click("[data-kind='selfScore']").await;
    stage.click("#finding-0").await;
    stage.press(&[Key::Shift], Key::Down).await;
    stage.press(&[Key::Shift], Key::Down).await;
    stage.read("#check [data-chosen]", "选中 3 条").await;
    stage.press(&[Key::Control], 'd').await;
    stage.read("dialog", "选中的 3 条发现").await;
    stage.write("#aside-reason", "原件如此").await;
    stage.shot("check-several").await;
    stage.click("dialog [data-act='dialog.take']").await;
    stage.read("#status", "3 条发现").await;
    stage.read("[data-act='finding.showAside']", "4 项").await;
    stage.click("[data-act='finding.showAside']").await;
    stage.press(&[Key::Control], 'a').await;
    stage.shot("check-chosen").await;
    stage.press(&[Key::Control, Key::Shift], 'd').await;
    stage.read("[data-act='finding.showAside']", "1 项").await;
    stage.click("[data-act='finding.showAside']").await;
    stage.click("[data-kind='sideways']").await;
    stage.read("#findings", "第2页横躺着").await;
    stage.shot("check-sideways").await;
    stage.click("#findings [data-act='finding.lead']").await;
    stage.read("#inspector .page-count", "2/5").await;
    stage.shot("sideways-page").await;
    stage.click("#inspector [data-act='page.turnLeft']").await;
    stage.press(&[], Key::F7).await;
    stage.gone("[data-kind='sideways']").await;
    stage.click("[data-kind='askew']").await;
    stage.click("#findings [data-act='finding.lead']").await;
    stage.click("dialog [data-act='frame.level']").await;
    stage.read("dialog", "建议转").await;
    stage.shot("askew-page").await;
    stage.click("dialog [data-act='frame.take']").await;
    stage.press(&[], Key::F7).await;
    stage.gone("[data-kind='askew']").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let findings = desk.check().expect("readable");
    let left = findings.iter().filter(|finding| finding.document == Some(piece));
    let left: Vec<_> =
        left.filter_map(|finding| Some((finding.kind.page()?, matches!(finding.kind, FindingKind::Coarse { .. })))).collect();
    assert_eq!(left.iter().filter(|(_, coarse)| !coarse).map(|(page, _)| *page).collect::<Vec<_>>(), [5]);
}

/// 彻底清除: said, confirmed, and gone.
#[tokio::test]
async fn a_classified_paper_is_purged_in_the_window() {
    let home = Home::new();
    let project = sample_project(home.path(), 12);
    let leaf = IndicatorCode("01-02".to_owned());
    let (piece, scan, count) = {
        let desk = open(&project);
        let first = desk.documents(&Place::All).expect("readable").into_iter().next().expect("the sample has some");
        desk.move_to(&[first.id], None, &leaf).expect("it can be filed");
        (first.id, first.scan.to_string(), desk.evidence(&leaf).expect("readable").len())
    };
    let stage = Stage::open(home, Some(&project)).await;
    stage.write("#tree input", "01-02").await;
    stage.click("[data-leaf='01-02']").await;
    stage.listed(count).await;
    stage.click(&format!("#pieces [data-piece='{}']", piece.0)).await;
    stage.see("#inspector img").await;
    stage.press(&[Key::Control, Key::Shift], Key::Delete).await;
    stage.read("dialog", "清除以后不能恢复").await;
    stage.shot("purge").await;
    stage.click("dialog [data-act='purge.sure']").await;
    stage.click("dialog [data-act='dialog.purge']").await;
    stage.read("dialog", "已彻底清除").await;
    stage.shot("purged").await;
    stage.click("dialog [data-act='dialog.read']").await;
    stage.read("#pieces", "本件另存，现场备查").await;
    let _home = stage.close().await;

    let desk = open(&project);
    assert!(desk.document(piece).is_err());
    assert!(!project.join("vault").join(&scan[..2]).join(&scan).exists());
}
