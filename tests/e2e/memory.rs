//! What the window holds while a clerk pages for hours. Run by command, with a project that may be written to:
//! `HUIJUAN_LARGE=DIR HUIJUAN_MINUTES=60 cargo test -p huijuan-desktop --test window paging -- --ignored --nocapture`

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde_json::json;

use crate::large::project;
use crate::stage::{Home, Role, Stage};

/// How long is paged where `HUIJUAN_MINUTES` says nothing.
const MINUTES: u64 = 5;
const BETWEEN_SAMPLES: Duration = Duration::from_secs(30);

/// Pieces that are paged through before all other views are gone to, where `HUIJUAN_PAGED` says nothing; with 0, only the views are.
const PAGED: usize = 200;
/// Pieces that the page goes on by itself: the driver gives a script 30 s.
const AT_ONCE: usize = 50;

/// Goes on by so many pieces as their key does, and waits for every fourth picture.
const PAGE: &str = r"
  const [key, count, done] = arguments;
  const wait = (ms) => new Promise((over) => setTimeout(over, ms));
  const drawn = () => { const image = document.querySelector('#inspector .page-pane img'); return image === null || (image.complete && image.naturalWidth > 0); };
  (async () => {
    for (let step = 1; step <= count; step += 1) {
      document.querySelector('#pieces').dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
      // A piece is asked for once the cursor has stayed on it for 50 ms.
      await wait(70);
      for (let waited = 0; step % 4 === 0 && !drawn() && waited < 100; waited += 1) await wait(10);
    }
    done(null);
  })();
";

#[tokio::test]
#[ignore = "it measures, on a project that is handed in"]
async fn paging_holds_no_more_after_an_hour() {
    page_on(async |stage, down, count| {
        for _ in 0..count / AT_ONCE {
            let asked = vec![json!(if down { "PageDown" } else { "PageUp" }), json!(AT_ONCE)];
            stage.client.execute_async(PAGE, asked).await.expect("the page goes on");
        }
    })
    .await;
}

/// The same by keys of the driver.
#[tokio::test]
#[ignore = "it measures, on a project that is handed in"]
async fn paging_by_real_keys_holds_no_more_after_an_hour() {
    page_on(async |stage, down, count| {
        stage.tab_to("#pieces").await;
        for at in 1..=count {
            stage.press(&[Key::Control], if down { Key::PageDown } else { Key::PageUp }).await;
            if at % 4 == 0 {
                stage.see("#inspector img").await;
            }
        }
    })
    .await;
}

/// Pages through all pieces, down the list and up again, with a look at all views in between.
async fn page_on(by: impl AsyncFn(&Stage, bool, usize)) {
    let minutes = number("HUIJUAN_MINUTES", MINUTES);
    let at_a_time = number("HUIJUAN_PAGED", PAGED);
    let stage = Stage::open(Home::new(), Some(&project())).await;
    stage.see("#inspector img").await;
    stage.click("[data-place='all']").await;
    let count = stage.read(".list-count", "件").await;
    let pieces: usize = count.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("it says how many");
    stage.click("#pieces [data-piece]").await;
    let mut curve = Curve { since: Instant::now(), paged: 0, told: None, samples: Vec::new() };
    while curve.since.elapsed() < Duration::from_secs(60 * minutes) {
        by(&stage, (curve.paged / pieces).is_multiple_of(2), at_a_time).await;
        curve.paged += at_a_time;
        curve.sample(&stage);
        for view in ["intake", "check", "compile", "exchange", "arrange"] {
            stage.click(&format!("[data-view='{view}']")).await;
            tokio::time::sleep(Duration::from_millis(800)).await;
        }
        stage.see("#inspector img").await;
    }
    stage.close().await;
    println!("{} pieces of {pieces} were paged through", curve.paged);
    curve.judge();
}

fn number<T: std::str::FromStr<Err: std::fmt::Debug>>(name: &str, usual: T) -> T {
    std::env::var(name).map_or(usual, |said| said.parse().unwrap_or_else(|error| panic!("{name} is a number: {error:?}")))
}

/// What the processes of the window hold, over time.
struct Curve {
    since: Instant,
    paged: usize,
    told: Option<Duration>,
    /// Resident MB of the processes by what they are for; of the workers, the largest. What is shared is not counted in parts here:
    /// that would change with whatever else runs on the computer.
    samples: Vec<BTreeMap<Role, u64>>,
}

impl Curve {
    fn sample(&mut self, stage: &Stage) {
        let now = self.since.elapsed();
        if self.told.is_some_and(|told| now - told < BETWEEN_SAMPLES) {
            return;
        }
        self.told = Some(now);
        let held = stage.memory();
        let words: Vec<String> = held.iter().map(|one| format!("{:?} {} {}/{}", one.role, one.process, one.rss, one.pss)).collect();
        println!("{:>5} s {:>6} pieces   RSS/PSS in MB: {}", now.as_secs(), self.paged, words.join(", "));
        let mut most = BTreeMap::new();
        for one in held {
            let most = most.entry(one.role).or_default();
            *most = one.rss.max(*most);
        }
        self.samples.push(most);
    }

    /// No process holds more at the end than once it was warm. The first fifth is for that; the level is the most of the second
    /// and third, and the most of the last two must not be over it by more than a tenth and 10 MB.
    fn judge(&self) {
        let fifth = self.samples.len() / 5;
        assert!(fifth > 0, "{} samples say nothing of growth: page on for longer", self.samples.len());
        let most = |role, samples: &[BTreeMap<Role, u64>]| samples.iter().filter_map(|held| held.get(&role)).max().copied().unwrap_or(0);
        let mut grown = Vec::new();
        for role in [Role::Web, Role::Network, Role::Window, Role::Worker] {
            let (warm, late) = (most(role, &self.samples[fifth..3 * fifth]), most(role, &self.samples[3 * fifth..]));
            println!("{role:?}: {warm} MB once warm, {late} MB later");
            if late > warm + warm / 10 + 10 {
                grown.push(role);
            }
        }
        assert!(grown.is_empty(), "these grow: {grown:?}");
    }
}
