//! A display, a session bus, a driver and the window, in folders of their own; all of it ends with the story.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a clerk would wait on two busy cores before thinking that nothing comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers with what has the focus where that is not to be seen: no ring about it or what it stands in, or out of the window.
const UNSEEN_FOCUS: &str = r"
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const ringed = (it) => { const style = getComputedStyle(it); return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; };
  const current = document.getElementById(one.getAttribute('aria-activedescendant') ?? '');
  const about = [one, one.parentElement, one.closest('.el-select__wrapper'), current, ...one.querySelectorAll('[aria-selected=true]')];
  const box = one.getBoundingClientRect();
  const inSight = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return inSight && about.some((it) => it && ringed(it)) ? null : one.outerHTML.slice(0, 160);
";

/// Empties a field and tells the page in one breath. The driver's own emptying tells nothing: whatever is drawn before the
/// first key would bring the old text back, and the new would stand behind it.
const EMPTY: &str = r"
  const [field] = arguments;
  field.focus();
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
";

/// One story at a time, from the first piece that is drawn for it: two would fight for the two cores, and the second window
/// would bring the first up.
static STAGE: Mutex<()> = Mutex::new(());

pub struct Stage {
    pub client: Client,
    /// Home of the clerk: projects, picks and the settings of the system.
    pub home: PathBuf,
    processes: Cleared,
    display: String,
    /// Px of the display that a px of the page takes.
    scale: f64,
    shots: PathBuf,
    clerk: Home,
}

/// What the clerk looks at.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    /// Scaling of the desktop: at 150 a screen of 1366 × 768 px has 911 × 512 px for the page, and draws them larger.
    pub percent: u32,
    pub dark: bool,
    /// Letters are read off scans, which takes a core for as long as there are pages.
    pub reads: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self { width: 1366, height: 768, percent: 100, dark: false, reads: false }
    }
}

/// What a process of the window is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Web,
    Network,
    Window,
    Worker,
}

/// Memory of a process, in MB.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    pub role: Role,
    /// Its number.
    pub process: String,
    pub rss: u64,
    /// The same, with what several processes share counted in parts.
    pub pss: u64,
}

/// A home for the clerk, before the window opens. Who has it has the stage.
pub struct Home {
    folder: TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl Home {
    pub fn new() -> Self {
        let alone = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        Self { folder: TempDir::new().expect("the system has room for a test"), _alone: alone }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Stage {
    /// Opens the window on a display of 1366 × 768 px, with the project named, if any.
    pub async fn open(home: Home, project: Option<&Path>) -> Self {
        Self::on(Screen::default(), home, project).await
    }

    /// Opens the window on a screen of the clerk's.
    pub async fn on(screen: Screen, home: Home, project: Option<&Path>) -> Self {
        let folder = home.path().to_owned();
        let (server, display) = display(&screen);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port is free").port();
        let mut driver = Command::new("dbus-run-session");
        driver.args(["--", "WebKitWebDriver", &format!("--port={port}")]);
        // What the desk of whoever runs this says of letters and looks.
        for name in ["LC_ALL", "LC_CTYPE", "LANGUAGE", "GTK_IM_MODULE", "GTK_THEME", "GDK_SCALE"] {
            driver.env_remove(name);
        }
        driver.env("DISPLAY", &display).env("HOME", &folder).env("HUIJUAN_PICKS", folder.join("picks"));
        for (name, below) in
            [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run")]
        {
            std::fs::create_dir_all(folder.join(below)).expect("a folder can be made");
            driver.env(name, folder.join(below));
        }
        driver.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true").env("LANG", "C.UTF-8");
        // Quiet where the accessibility bus is missing, and no graphics card is asked for.
        driver.env("NO_AT_BRIDGE", "1").env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
        if !screen.reads {
            // A folder without models.
            driver.env("HUIJUAN_READING", folder.join("config"));
        }
        // What a desktop sets for letters, GTK takes from here; WebKitGTK scales the whole page by it.
        driver.env("GDK_DPI_SCALE", format!("{:.2}", f64::from(screen.percent) / 100.0));
        if screen.dark {
            driver.env("GTK_THEME", "Adwaita:dark");
        }
        driver.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let driver = driver.spawn().expect("dbus-run-session and WebKitWebDriver are installed");
        let processes = Cleared(vec![driver, server]);
        let arguments: Vec<&Path> = project.into_iter().collect();
        let options = json!({ "binary": env!("CARGO_BIN_EXE_huijuan-desktop"), "args": arguments });
        let capabilities = [("webkitgtk:browserOptions".to_owned(), options)].into_iter().collect();
        let client = connect(port, &capabilities).await;
        // There is no window manager that would fill the screen.
        client.set_window_rect(0, 0, screen.width, screen.height).await.expect("the window can be sized");
        let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/shots");
        std::fs::create_dir_all(&shots).expect("a folder can be made");
        let scale = f64::from(screen.percent) / 100.0;
        Self { client, home: folder, processes, display, scale, shots, clerk: home }
    }

    /// What the next picker answers.
    pub fn will_pick(&self, paths: &[&Path]) {
        let line: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        std::fs::write(self.home.join("picks"), line.join("\t") + "\n").expect("the picks can be written");
    }

    /// Waits until something is there and shown.
    pub async fn see(&self, selector: &str) -> Element {
        let since = Instant::now();
        loop {
            if let Ok(element) = self.client.find(Locator::Css(selector)).await
                && element.is_displayed().await.unwrap_or(false)
            {
                return element;
            }
            self.patience(since, selector).await;
        }
    }

    /// Waits until something is there; lines of a drawing count as not displayed.
    pub async fn there(&self, selector: &str) -> Element {
        let since = Instant::now();
        loop {
            if let Ok(element) = self.client.find(Locator::Css(selector)).await {
                return element;
            }
            self.patience(since, selector).await;
        }
    }

    /// Waits until the text of something holds `words`, and answers with the whole of it.
    pub async fn read(&self, selector: &str, words: &str) -> String {
        let since = Instant::now();
        loop {
            let text = self.text(selector).await;
            if text.contains(words) {
                return text;
            }
            self.patience(since, &format!("{selector}: {words}")).await;
        }
    }

    /// Waits until the list of pieces is that of so many.
    pub async fn listed(&self, pieces: usize) {
        let since = Instant::now();
        while self.text(".list-count").await != format!("{pieces} 件") {
            self.patience(since, &format!("listed: {pieces}")).await;
        }
    }

    /// Waits until the program has put something into a field by itself.
    pub async fn proposed(&self, selector: &str) {
        let since = Instant::now();
        while !self.see(selector).await.prop("value").await.is_ok_and(|text| text.is_some_and(|text| !text.is_empty())) {
            self.patience(since, &format!("proposed: {selector}")).await;
        }
    }

    /// Text of something, also where it is cut off with dots: the driver takes that for hidden.
    async fn text(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let text = self.client.execute(script, vec![json!(selector)]).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until something is gone.
    pub async fn gone(&self, selector: &str) {
        let since = Instant::now();
        while self.client.find(Locator::Css(selector)).await.is_ok() {
            self.patience(since, &format!("gone: {selector}")).await;
        }
    }

    async fn patience(&self, since: Instant, what: &str) {
        if since.elapsed() > PATIENCE {
            self.shot("gave-up").await;
            let text = self.text("body").await;
            panic!("waited in vain for {what}; see tests/shots/gave-up.png. On the screen:\n{text}");
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    pub async fn click(&self, selector: &str) {
        let since = Instant::now();
        // What was found may be drawn anew before it is clicked.
        while !self.try_click(self.see(selector).await).await.unwrap_or(false) {
            self.patience(since, &format!("click: {selector}")).await;
        }
    }

    /// Whether it could be clicked: a button that waits for an answer would take a click without a word.
    async fn try_click(&self, element: Element) -> Result<bool, CmdError> {
        if !element.is_enabled().await? {
            return Ok(false);
        }
        // On a scaled page the driver would click where the element lay without scaling.
        if self.scale > 1.0 {
            let into_sight = "arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest' })";
            self.client.execute(into_sight, vec![serde_json::to_value(&element)?]).await?;
            let (x, y) = self.middle_of(&element).await?;
            let there = PointerAction::MoveTo { duration: None, x, y };
            let actions = MouseActions::new("mouse".to_owned()).then(there);
            let actions = actions.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
            self.client.perform_actions(actions.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })).await?;
        } else {
            element.click().await?;
        }
        Ok(true)
    }

    /// Writes into a field, in place of what stands there.
    pub async fn write(&self, selector: &str, text: &str) {
        let field = self.see(selector).await;
        field.clear().await.expect("the field can be emptied");
        let told = vec![serde_json::to_value(&field).expect("an element is a reference")];
        self.client.execute(EMPTY, told).await.expect("the field can be emptied");
        // The driver takes no empty text.
        if !text.is_empty() {
            field.send_keys(text).await.expect("the field takes text");
        }
        let written = field.prop("value").await.expect("the field can be read").unwrap_or_default();
        assert_eq!(written, text, "what stands in {selector}");
    }

    /// Presses one key with others held: `press(&[Key::Control], 'm')`.
    pub async fn press(&self, held: &[Key], key: impl Into<char>) {
        let key = key.into();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for held in held {
            actions = actions.then(KeyAction::Down { value: char::from(*held) });
        }
        actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
        for held in held.iter().rev() {
            actions = actions.then(KeyAction::Up { value: char::from(*held) });
        }
        self.client.perform_actions(actions).await.expect("keys can be pressed");
    }

    /// Goes on with Tab until the focus is there, as a clerk without a mouse does; who sees where it is at every step.
    pub async fn tab_to(&self, selector: &str) {
        const MOST: usize = 120;
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        self.there(selector).await;
        for _ in 0..MOST {
            let there = self.client.execute(script, vec![json!(selector)]).await;
            if there.is_ok_and(|there| there == json!(true)) {
                return;
            }
            self.press(&[], Key::Tab).await;
            self.focus_is_seen().await;
        }
        self.shot("gave-up").await;
        panic!("no number of Tabs leads to {selector}");
    }

    async fn focus_is_seen(&self) {
        let unseen = self.client.execute(UNSEEN_FOCUS, Vec::new()).await.expect("the window can be asked");
        if unseen != Value::Null {
            self.shot("gave-up").await;
            panic!("nobody sees that the focus is on {unseen}; see tests/shots/gave-up.png");
        }
    }

    /// Types where the focus is, in place of what stands there.
    pub async fn type_anew(&self, text: &str) {
        self.press(&[Key::Control], 'a').await;
        self.client.active_element().await.expect("something has the focus").send_keys(text).await.expect("it takes text");
    }

    /// Drags with the mouse from the middle of one thing to the middle of another.
    pub async fn drag(&self, from: &str, to: &str) {
        let from = self.middle(from).await;
        let to = self.middle(to).await;
        let slow = Some(Duration::from_millis(120));
        let to_point = |(x, y): (f64, f64), duration| PointerAction::MoveTo { duration, x, y };
        let half = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        let actions = MouseActions::new("mouse".to_owned())
            .then(to_point(from, None))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(to_point(half, slow))
            .then(to_point(to, slow))
            .pause(Duration::from_millis(120))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(actions).await.expect("the mouse can be moved");
    }

    async fn middle(&self, selector: &str) -> (f64, f64) {
        self.middle_of(&self.see(selector).await).await.expect("it has a place")
    }

    /// Where the mouse finds the middle of something, in px of the display.
    async fn middle_of(&self, element: &Element) -> Result<(f64, f64), CmdError> {
        let (x, y, width, height) = element.rectangle().await?;
        Ok(((x + width / 2.0) * self.scale, (y + height / 2.0) * self.scale))
    }

    /// Keeps a picture of the display in `tests/shots/`. The driver's own way to picture the window never answers on a
    /// display without a compositor, so the display is pictured.
    pub async fn shot(&self, name: &str) {
        // What is in the document is painted a little later, and pictures come when they are drawn.
        let since = Instant::now();
        let drawn = "return [...document.images].every((image) => image.complete)";
        while since.elapsed() < Duration::from_secs(5) && self.client.execute(drawn, Vec::new()).await.is_ok_and(|all| all == json!(false))
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
        let file = self.shots.join(format!("{name}.png"));
        let done = Command::new("maim").arg("--hidecursor").arg(&file).env("DISPLAY", &self.display).status().expect("maim is installed");
        assert!(done.success(), "the display can be pictured");
    }

    /// What the processes on this display hold.
    pub fn memory(&self) -> Vec<Held> {
        let display = format!("DISPLAY={}", self.display);
        let mut held = Vec::new();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let read = |file: &str| std::fs::read(entry.path().join(file)).unwrap_or_default();
            let text = |file: &str| String::from_utf8_lossy(&read(file)).trim().to_owned();
            let has = |file: &str, word: &[u8]| read(file).split(|byte| *byte == 0).any(|one| one == word);
            // The kernel cuts names at 15 letters.
            let role = match text("comm").as_str() {
                "WebKitWebProces" => Role::Web,
                "WebKitNetworkPr" => Role::Network,
                "huijuan-desktop" if has("cmdline", b"--worker") => Role::Worker,
                "huijuan-desktop" => Role::Window,
                _ => continue,
            };
            if !has("environ", display.as_bytes()) {
                continue;
            }
            let sums = text("smaps_rollup");
            let mb = |key: &str| sums.lines().find_map(|line| line.strip_prefix(key)?.strip_suffix(" kB")?.trim().parse::<u64>().ok());
            // One that has just ended says nothing any more.
            if let (Some(rss), Some(pss)) = (mb("Rss:"), mb("Pss:")) {
                held.push(Held { role, process: entry.file_name().to_string_lossy().into_owned(), rss: rss / 1024, pss: pss / 1024 });
            }
        }
        held.sort();
        held
    }

    /// Ends the window and all that was started with it.
    pub async fn close(self) -> Home {
        let _ = self.client.clone().close().await;
        drop(self.processes);
        self.clerk
    }
}

/// Programs that end with the story, also with one that failed.
struct Cleared(Vec<Child>);

impl Drop for Cleared {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // The whole group: the driver leaves the program behind otherwise.
            let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status();
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn display(screen: &Screen) -> (Child, String) {
    let mut display = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", &format!("{}x{}x24", screen.width, screen.height), "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("Xvfb is installed");
    let mut line = String::new();
    BufReader::new(display.stdout.take().expect("it is piped")).read_line(&mut line).expect("Xvfb tells its number");
    (display, format!(":{}", line.trim()))
}

async fn connect(port: u16, capabilities: &serde_json::Map<String, serde_json::Value>) -> Client {
    let since = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(capabilities.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(error) if since.elapsed() > PATIENCE => panic!("the window does not open: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}
