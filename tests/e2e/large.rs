//! How quick the window is on a project as large as real ones. Run by command, with a project that may be written to:
//! `HUIJUAN_LARGE=DIR cargo test -p huijuan-desktop --test window large -- --ignored --nocapture`

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::stage::{Home, Screen, Stage};

/// What was done last, without what is read behind the clerk.
const LAST: &str = "#status .last-act";

/// Clicks, and waits until a text has changed and is painted; answers with the milliseconds.
const ACT: &str = r"
  const [click, watched, done] = arguments;
  const box = document.querySelector(watched), before = box?.textContent, from = performance.now();
  const answer = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
  const look = new MutationObserver(() => { const now = document.querySelector(watched); if (now && now.textContent !== before) { look.disconnect(); answer(); } });
  look.observe(document.body, { subtree: true, childList: true, characterData: true });
  setTimeout(() => { look.disconnect(); done(-1); }, 20000);
  document.querySelector(click).click();
";

/// Scrolls by so many px a frame, and back from an end; answers with the milliseconds between frames, and how many of what is
/// counted were in the document at most.
const SCROLL: &str = r"
  const [scroller, across, down, counted, done] = arguments, box = document.querySelector(scroller), frames = [];
  let last = performance.now(), most = 0, way = 1;
  const step = (now) => {
    frames.push(now - last); last = now;
    const before = [box.scrollLeft, box.scrollTop];
    box.scrollLeft += way * across; box.scrollTop += way * down;
    if (box.scrollLeft === before[0] && box.scrollTop === before[1]) way = -way;
    most = Math.max(most, document.querySelectorAll(counted).length);
    if (frames.length < 200) requestAnimationFrame(step); else done([frames.slice(5), most]);
  };
  requestAnimationFrame(step);
";

#[tokio::test]
#[ignore = "it measures, on a project that is handed in"]
async fn large_projects_are_worked_on_quickly() {
    worked_on(false).await;
}

/// The same while letters are read off scans behind the clerk. That begins once all pages have been looked at: `huijuan check`
/// looks at them beforehand.
#[tokio::test]
#[ignore = "it measures, on a project that is handed in"]
async fn large_projects_are_worked_on_quickly_while_they_are_read() {
    worked_on(true).await;
}

async fn worked_on(reads: bool) {
    let project = project();
    let since = Instant::now();
    let stage = Stage::on(Screen { reads, ..Screen::default() }, Home::new(), Some(&project)).await;
    stage.see("#pieces [data-piece]").await;
    println!("session and first list      {:>7.0} ms", ms(since.elapsed()));
    let usable = stage.client.execute("return performance.timing.domInteractive - performance.timing.navigationStart", Vec::new()).await;
    println!("page interactive            {usable:?} ms");
    stage.see("#inspector img").await;
    stage.click("[data-place='all']").await;
    stage.see("#inspector img").await;
    println!("pieces                      {}", stage.read(".list-count", "件").await.trim());
    if reads {
        stage.see("#status [data-letters]").await;
    }
    for (name, click, watched) in [
        ("place: all → unfiled", "[data-place='unfiled']", ".list-count"),
        ("place: unfiled → all", "[data-place='all']", ".list-count"),
        ("turn a page", "#inspector [data-act='page.turnRight']", LAST),
        ("undo", "[data-act='edit.undo']", LAST),
        ("turn it again", "#inspector [data-act='page.turnRight']", LAST),
        ("undo that", "[data-act='edit.undo']", LAST),
        ("remove", ".bar [data-act='piece.remove']", ".list-count"),
        ("undo the removing", "[data-act='edit.undo']", ".list-count"),
        ("view: check", "[data-view='check']", ".view"),
        ("view: compile", "[data-view='compile']", ".view"),
        ("view: exchange", "[data-view='exchange']", ".view"),
        ("view: arrange", "[data-view='arrange']", ".view"),
    ] {
        stage.there(click).await;
        let took = stage.client.execute_async(ACT, vec![json!(click), json!(watched)]).await;
        println!("{name:<28}{:>7.0} ms", took.ok().and_then(|took| took.as_f64()).unwrap_or(-1.0));
        tokio::time::sleep(Duration::from_millis(800)).await;
    }
    let since = Instant::now();
    stage.write("#search", "慰问").await;
    stage.read(".arrange-middle", "慰问").await;
    println!("search                      {:>7.0} ms (with 180 ms of waiting for more letters)", ms(since.elapsed()));
    stage.write("#search", "").await;
    filed_by_keys(&stage).await;
    stage.click("[data-place='all']").await;
    stage.see("#pieces [data-piece]").await;
    scroll(&stage, "#pieces .virtual-list", (0, 336), "[data-piece]").await;
    stage.click("[data-view='check']").await;
    stage.click("[data-sheet='grid']").await;
    stage.see("#grid .grid-cell").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    for by in [(0, 26), (46, 0), (46, 26), (400, 300)] {
        scroll(&stage, "#grid", by, ".grid-cell").await;
    }
    if reads {
        println!("read meanwhile              {}", stage.read("#status [data-letters]", "页").await);
    }
    stage.close().await;
}

/// Files what waits first, and takes it back.
async fn filed_by_keys(stage: &Stage) {
    stage.click("[data-place='unfiled']").await;
    stage.read(".list-count", "件").await;
    stage.click("#pieces [data-piece]").await;
    stage.press(&[Key::Control], 'm').await;
    stage.tab_to("input[aria-controls='leaves-found']").await;
    stage.type_anew("0203").await;
    stage.read("#leaves-found", "02-03").await;
    let since = Instant::now();
    stage.press(&[], Key::Enter).await;
    stage.read("#status", "归入 02-03").await;
    println!("file by keys                {:>7.0} ms (asked for every 50 ms)", ms(since.elapsed()));
    stage.press(&[Key::Control], 'z').await;
    stage.read(".toasts", "已撤销").await;
}

/// The project that is handed in.
pub fn project() -> PathBuf {
    PathBuf::from(std::env::var("HUIJUAN_LARGE").expect("HUIJUAN_LARGE names a project"))
}

/// Scrolls, and says how long the frames took.
async fn scroll(stage: &Stage, scroller: &str, (across, down): (u32, u32), counted: &str) {
    let asked = vec![json!(scroller), json!(across), json!(down), json!(counted)];
    let Ok(Value::Array(answer)) = stage.client.execute_async(SCROLL, asked).await else { return };
    let mut frames: Vec<f64> = answer[0].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    frames.sort_by(f64::total_cmp);
    let at = |share: f64| frames.get((frames.len() as f64 * share) as usize).copied().unwrap_or_default();
    let most = &answer[1];
    println!(
        "{scroller} by {across}, {down} px: frame median {:.0} ms, 95 % {:.0} ms, worst {:.0} ms; {most} of {counted}",
        at(0.5),
        at(0.95),
        at(0.999)
    );
    assert!(most.as_u64().is_some_and(|most| most < 3_000), "only what is seen is drawn: {most}");
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
