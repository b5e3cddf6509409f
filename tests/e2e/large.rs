//! How quick the window is on a project as large as real ones. Run by command, with a project that may be written to:
//! `HUIJUAN_LARGE=DIR cargo test -p huijuan-desktop --test window large -- --ignored --nocapture`

use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::stage::{Home, Stage};

/// Pictures that are looked at in one list before the next view is gone to.
const PAGED: usize = 200;

/// How long is paged where `HUIJUAN_MINUTES` says nothing.
const MINUTES: u64 = 5;

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
    let project = PathBuf::from(std::env::var("HUIJUAN_LARGE").expect("HUIJUAN_LARGE names a project"));
    let since = Instant::now();
    let stage = Stage::open(Home::new(), Some(&project)).await;
    stage.see("#pieces [data-piece]").await;
    println!("session and first list      {:>7.0} ms", ms(since.elapsed()));
    let usable = stage.client.execute("return performance.timing.domInteractive - performance.timing.navigationStart", Vec::new()).await;
    println!("page interactive            {usable:?} ms");
    stage.see("#inspector img").await;
    stage.click("[data-place='all']").await;
    stage.see("#inspector img").await;
    println!("pieces                      {}", stage.read(".list-count", "件").await.trim());
    for (name, click, watched) in [
        ("place: all → unfiled", "[data-place='unfiled']", ".list-count"),
        ("place: unfiled → all", "[data-place='all']", ".list-count"),
        ("turn a page", "#inspector [data-act='page.turnRight']", "#status"),
        ("undo", "[data-act='edit.undo']", "#status"),
        ("turn it again", "#inspector [data-act='page.turnRight']", "#status"),
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
    stage.close().await;
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

/// Pages through pictures and views for `HUIJUAN_MINUTES`, and says each minute what the window holds. See
/// docs/benchmarks.md.
#[tokio::test]
#[ignore = "it measures, on a project that is handed in"]
async fn large_projects_leave_no_pictures_behind() {
    let project = PathBuf::from(std::env::var("HUIJUAN_LARGE").expect("HUIJUAN_LARGE names a project"));
    let minutes = std::env::var("HUIJUAN_MINUTES").map_or(MINUTES, |minutes| minutes.parse().expect("HUIJUAN_MINUTES is a number"));
    let stage = Stage::open(Home::new(), Some(&project)).await;
    stage.see("#inspector img").await;
    let mut curve = Curve { since: Instant::now(), pictures: 0, told: None, said: Vec::new() };
    while curve.since.elapsed() < Duration::from_secs(60 * minutes) {
        // From the other end of the long list each time.
        stage.click("[data-place='all']").await;
        stage.click("#pieces [data-piece]").await;
        stage.tab_to("#pieces").await;
        let down = (curve.pictures / PAGED).is_multiple_of(2);
        let (edge, step) = if down { (Key::Home, Key::PageDown) } else { (Key::End, Key::PageUp) };
        stage.press(&[], edge).await;
        for page in 1..=PAGED {
            stage.press(&[Key::Control], step).await;
            if page % 4 == 0 {
                stage.see("#inspector img").await;
            }
            curve.pictures += 1;
            curve.tell(&stage);
        }
        for view in ["intake", "check", "compile", "exchange", "arrange"] {
            stage.click(&format!("[data-view='{view}']")).await;
            tokio::time::sleep(Duration::from_millis(800)).await;
            curve.tell(&stage);
        }
    }
    stage.close().await;
    curve.judge();
}

/// What the processes of the window hold, minute by minute.
struct Curve {
    since: Instant,
    pictures: usize,
    /// Minute that was told last.
    told: Option<u64>,
    /// In MB, all processes together.
    said: Vec<u64>,
}

impl Curve {
    fn tell(&mut self, stage: &Stage) {
        let minute = self.since.elapsed().as_secs() / 60;
        if self.told == Some(minute) {
            return;
        }
        self.told = Some(minute);
        let held = stage.memory();
        let words: Vec<String> = held.iter().map(|(name, mb)| format!("{name} {mb} MB")).collect();
        println!("minute {minute:>3}, {:>6} pictures   {}", self.pictures, words.join(", "));
        self.said.push(held.iter().map(|(_, mb)| mb).sum());
    }

    /// What is held must have stopped growing: the last quarter, at its most, is at most a tenth above the second.
    fn judge(&self) {
        let quarter = self.said.len() / 4;
        if quarter == 0 {
            return;
        }
        let most = |from: usize, to: usize| self.said[from..to].iter().max().copied().unwrap_or_default();
        let (early, late) = (most(quarter, 2 * quarter), most(3 * quarter, self.said.len()));
        assert!(late <= early + early / 10, "what is held grows: {early} MB, then {late} MB");
    }
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
