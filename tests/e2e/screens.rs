//! Every view and dialog on the screens that offices have, light and dark: nothing is cut off, nothing is said in English. The
//! pictures in `tests/shots/` are for looking at.

use std::path::Path;

use dossier::desk::Place;
use dossier::domain::IndicatorCode;
use fantoccini::key::Key;
use serde_json::Value;

use crate::moments;
use crate::stage::{Home, Screen, Stage};
use crate::walk::{compiled_in_boxes, open, sample_project};

/// What does not fit: words that are cut without dots, and whatever reaches beyond the window.
const CUT: &str = r#"
  const faults = [];
  const root = document.querySelector(".menu") ?? [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const shown = (one) => one.checkVisibility?.() ?? one.offsetParent !== null;
  for (const one of root.querySelectorAll("button, label, th, dt, h1, h2, h3, legend, [role=tab], .badge")) {
    if (!shown(one) || one.clientWidth === 0 || one.closest(".cut, .picture-failed, .el-select, .el-date-editor")) continue;
    if (getComputedStyle(one).textOverflow === "ellipsis") continue;
    if (one.scrollWidth > one.clientWidth + 1) faults.push(`cut: ${one.className} ${one.textContent.trim().slice(0, 40)}`);
    const box = one.getBoundingClientRect();
    const scrolls = (() => { for (let up = one.parentElement; up; up = up.parentElement) { const o = getComputedStyle(up); if (/(auto|scroll)/.test(o.overflowX)) return true; } return false; })();
    for (let up = one.parentElement; up && up !== root; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (/(auto|scroll)/.test(style.overflowX)) break;
      if (style.overflowX === "hidden" && box.right > up.getBoundingClientRect().right + 1) { faults.push(`behind an edge: ${one.className} ${one.textContent.trim().slice(0, 40)}`); break; }
    }
    if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`beyond: ${one.className} ${one.textContent.trim().slice(0, 40)}`);
  }
  for (const one of root.querySelectorAll(".bar > *, .card-head > *, .modal-foot > *")) {
    const edge = one.parentElement.getBoundingClientRect().right;
    if (shown(one) && one.getBoundingClientRect().right > edge + 1) faults.push(`wider than its bar: ${one.className} ${one.textContent.trim().slice(0, 40)}`);
  }
  const scroller = (one) => { for (let up = one.parentElement; up; up = up.parentElement) if (/(auto|scroll)/.test(getComputedStyle(up).overflow)) return up; return null; };
  for (const one of root.querySelectorAll("button, input, select, textarea, [role=tab], [role=menuitem], [role=option]")) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (!shown(one) || box.width < 2 || box.height < 2 || style.opacity === "0" || style.pointerEvents === "none") continue;
    const name = `${one.className} ${one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 40)}`, around = scroller(one)?.getBoundingClientRect();
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    // What lies in a part that scrolls can be brought into sight.
    if (around && (x < around.left || x > around.right || y < around.top || y > around.bottom)) continue;
    if (!around && (box.top < -1 || box.bottom > innerHeight + 1 || box.left < -1 || box.right > innerWidth + 1)) faults.push(`out of the window: ${name}`);
    const met = document.elementFromPoint(x, y);
    if (met && !met.closest(".toasts") && !met.contains(one) && !one.contains(met) && !met.closest("label")?.contains(one)) faults.push(`covered by ${met.className || met.tagName}: ${name}`);
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
  // Pages before the first are numbered in Roman figures.
  const known = /^([ivxl]+$|Ctrl|Shift|Home|PageUp|PageDown|Delete|DOCX|XLSX|JSON|JPEG|TIFF|Word|Excel|LibreOffice|BLAKE|index|sqlite|packages|vault|Linux|Windows|GitHub|huijuan|Huijuan|Apache|http|https|WebKit|Tauri)/;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement || !shown(node.parentElement) || node.parentElement.closest(".text, code, pre, .origin")) continue;
    for (const word of node.textContent.match(/(?<![\w.\/_])[A-Za-z]{4,}(?![\w.\/_])/g) ?? []) if (!known.test(word)) faults.push(`English: ${word}`);
  }
  return [...new Set(faults)];
"#;

#[tokio::test]
async fn every_view_fits_every_screen() {
    let home = Home::new();
    let project = sample_project(home.path(), 60);
    let table = moments::issued_table(home.path());
    let leaf = {
        let desk = open(&project);
        let all = desk.documents(&Place::All).expect("readable");
        let leaf = IndicatorCode("01-02".to_owned());
        desk.move_to(&all.iter().map(|piece| piece.id).take(7).collect::<Vec<_>>(), None, &leaf).expect("they can be filed");
        compiled_in_boxes(&desk);
        moments::handed_in_late(&desk, home.path());
        leaf
    };
    let mut home = Some(home);
    let mut faults = Vec::new();
    for (width, height, percent) in [(1366, 768, 100), (1920, 1080, 100), (1366, 768, 150), (1920, 1080, 150)] {
        for dark in [false, true] {
            let stage = Stage::on(
                Screen { width, height, percent, dark, reads: false },
                home.take().expect("the window was closed"),
                Some(&project),
            )
            .await;
            let walk = Walk { stage: &stage, name: format!("{width}at{percent}{}", if dark { "-dark" } else { "" }) };
            walk.views(&leaf, &mut faults).await;
            walk.dialogs(&mut faults).await;
            walk.menus(&mut faults).await;
            walk.moments(&table, &mut faults).await;
            home = Some(stage.close().await);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

const UNFOLD: &str = r"document.querySelector(`#sheet [data-act='sheet.toggle'][aria-expanded='false']`)?.click()";

struct Walk<'a> {
    stage: &'a Stage,
    name: String,
}

impl Walk<'_> {
    async fn look(&self, at: &str, faults: &mut Vec<String>) {
        self.stage.shot(&format!("screen-{at}-{}", self.name)).await;
        let found = self.stage.client.execute(CUT, Vec::new()).await.expect("the window can be asked");
        for fault in found.as_array().into_iter().flatten().filter_map(Value::as_str) {
            println!("{at} {}: {fault}", self.name);
            faults.push(format!("{at} {}: {fault}", self.name));
        }
    }

    async fn views(&self, leaf: &IndicatorCode, faults: &mut Vec<String>) {
        let stage = self.stage;
        stage.see("#inspector img").await;
        stage.write("#tree input", &leaf.0).await;
        stage.click(&format!("[data-leaf='{leaf}']")).await;
        stage.see("#inspector img").await;
        self.look("leaf", faults).await;
        // On a low screen it is folded until somebody opens it, and then stays open.
        stage.see("#sheet").await;
        stage.client.execute(UNFOLD, Vec::new()).await.expect("the window can be asked");
        stage.click("#sheet [data-tab='self']").await;
        self.look("self-score", faults).await;
        stage.write("#tree input", "").await;
        stage.click("[data-place='unfiled']").await;
        stage.see("#inspector img").await;
        self.look("unfiled", faults).await;
        stage.click("[data-place='removed']").await;
        self.look("removed", faults).await;
        stage.click("[data-act='view.byUnit']").await;
        stage.click("#tree [data-unit]").await;
        stage.see("#unit-sheet").await;
        self.look("unit", faults).await;
        stage.click("[data-act='view.byLeaf']").await;
        stage.press(&[Key::Control, Key::Shift], 'f').await;
        stage.write("#search", "会议").await;
        stage.see("[data-found-leaf]").await;
        self.look("found", faults).await;
        stage.write("#search", "").await;
        stage.press(&[Key::Control], '1').await;
        stage.see("#intake").await;
        self.look("intake", faults).await;
        stage.press(&[], Key::F7).await;
        stage.see("[data-sheet='findings']").await;
        for sheet in ["findings", "vetoes", "grid", "scores", "leader"] {
            stage.click(&format!("[data-sheet='{sheet}']")).await;
            self.look(sheet, faults).await;
            if sheet == "findings" {
                self.set_aside(faults).await;
            }
        }
        stage.press(&[], Key::F9).await;
        stage.read("#foreseen", "页").await;
        self.look("compile", faults).await;
        stage.press(&[Key::Control], '5').await;
        stage.see("#exchange").await;
        self.look("exchange", faults).await;
        stage.press(&[Key::Control], '2').await;
    }

    /// On each screen another one is set aside.
    async fn set_aside(&self, faults: &mut Vec<String>) {
        let stage = self.stage;
        stage.click("[data-kind='selfScore']").await;
        stage.click("#findings [data-act='finding.setAside']").await;
        stage.see("#aside-reason").await;
        self.look("set-aside", faults).await;
        stage.write("#aside-reason", "已与报送单位核实").await;
        stage.click("dialog [data-act='dialog.take']").await;
        stage.gone("dialog[open]").await;
        stage.read("#status", "已核对，无需处理").await;
        stage.click("[data-act='finding.showAside']").await;
        stage.tab_to("#findings").await;
        stage.press(&[], Key::End).await;
        stage.see("#findings [data-act='finding.takeUp']").await;
        self.look("aside", faults).await;
    }

    async fn dialogs(&self, faults: &mut Vec<String>) {
        let stage = self.stage;
        stage.click("[data-place='all']").await;
        stage.click("#pieces [data-piece]").await;
        stage.see("#inspector img").await;
        for (name, held, key) in [
            ("quick-look", &[][..], ' '),
            ("frame", &[Key::Control][..], 'k'),
            ("move-to", &[Key::Control], 'm'),
            ("demand", &[Key::Control], 't'),
            ("history", &[Key::Control], 'h'),
            ("go-to", &[Key::Control], 'g'),
            ("create", &[Key::Control], 'n'),
            ("manual", &[], char::from(Key::F1)),
            ("consult", &[], char::from(Key::F8)),
        ] {
            stage.tab_to("#pieces").await;
            stage.press(held, key).await;
            stage.see("dialog[open]").await;
            if name == "consult" {
                stage.write("#consult input", "01-02").await;
                stage.see("#consult .page-sheet img").await;
            }
            self.left(name, faults).await;
        }
    }

    /// Every menu, and the dialogs that only a menu opens.
    async fn menus(&self, faults: &mut Vec<String>) {
        let stage = self.stage;
        for menu in ["文件", "编辑", "查看", "页面", "工具", "帮助"] {
            stage.click(&format!("[data-menu='{menu}']")).await;
            stage.see(".menu").await;
            self.look(&format!("menu-{menu}"), faults).await;
            stage.press(&[], Key::Escape).await;
            stage.gone(".menu").await;
        }
        stage.tab_to("#pieces").await;
        stage.press(&[Key::Shift], Key::F10).await;
        stage.see(".menu").await;
        self.look("menu-of-a-piece", faults).await;
        stage.press(&[], Key::Escape).await;
        for (menu, act) in [("文件", "project.settings"), ("文件", "exchange.nextRound"), ("帮助", "help.keys"), ("帮助", "help.about")]
        {
            stage.click(&format!("[data-menu='{menu}']")).await;
            stage.click(&format!(".menu [data-act='{act}']")).await;
            stage.see("dialog[open]").await;
            self.left(act, faults).await;
        }
    }

    /// Dialogs that stand only where something calls for them.
    async fn moments(&self, table: &Path, faults: &mut Vec<String>) {
        let stage = self.stage;
        stage.press(&[Key::Control], '2').await;
        stage.click("[data-place='unfiled']").await;
        stage.see("#inspector img").await;
        stage.press(&[Key::Control], Key::Enter).await;
        stage.see("dialog [data-act='dialog.accept']").await;
        self.left("accept-sure", faults).await;
        stage.tab_to("#pieces").await;
        stage.press(&[Key::Control, Key::Shift], Key::Delete).await;
        stage.see("dialog [data-act='dialog.purge']").await;
        self.left("purge", faults).await;

        // What was changed since is what restoring would change back.
        stage.press(&[Key::Control], Key::Right).await;
        stage.read("#status", "转 90°").await;
        stage.press(&[Key::Control], '5').await;
        stage.click("[data-saved]:last-child [data-act='backup.preview']").await;
        stage.see("dialog .restore-part").await;
        self.left("restore", faults).await;
        stage.press(&[Key::Control], 'z').await;
        stage.read(".toasts", "已撤销").await;

        stage.press(&[], Key::F7).await;
        stage.click("[data-sheet='vetoes']").await;
        stage.click("[data-veto='V1'] [data-act='veto.declare']").await;
        stage.see("#declare-paper").await;
        self.left("declare", faults).await;

        stage.press(&[Key::Control], '1').await;
        // The newest of the batches of before.
        stage.there(".batch-choice option:nth-child(2)").await.click().await.expect("a batch can be chosen");
        stage.click("#batch [data-act='batch.unlock']").await;
        stage.write("dialog input[data-first]", "不是这个").await;
        stage.click("dialog [data-act='password.enter']").await;
        stage.see("dialog .note.bad").await;
        self.left("password", faults).await;

        stage.click("[data-menu='工具']").await;
        // Far down in a menu that scrolls, where the mouse of the driver misses it on a scaled page.
        let alike = "document.querySelector(\".menu [data-act='piece.alike']\").click()";
        stage.there(".menu [data-act='piece.alike']").await;
        stage.client.execute(alike, Vec::new()).await.expect("the window can be asked");
        stage.see(".alike-page:nth-child(2) img").await;
        self.left("alike", faults).await;

        stage.press(&[Key::Control], 'n').await;
        stage.see("#create-form").await;
        stage.will_pick(&[table]);
        stage.click("[data-act='create.catalogue']").await;
        stage.see("#columns .columns-tree summary").await;
        self.look("columns", faults).await;
        stage.click("#columns .columns-tree summary").await;
        self.look("columns-open", faults).await;
        stage.press(&[], Key::Escape).await;
        stage.gone("#columns").await;
        self.left("create-of-a-table", faults).await;
    }

    /// Looks at the dialog that is open, and leaves it.
    async fn left(&self, at: &str, faults: &mut Vec<String>) {
        self.look(at, faults).await;
        self.stage.press(&[], Key::Escape).await;
        self.stage.gone("dialog[open]").await;
    }
}
