//! What the shell holds while the window is open: the desk, what runs, and paths that never cross to the screen.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError, Weak};
use std::time::{Duration, Instant};

use dossier::Desk;
use dossier::desk::{Checked, Issued, Surroundings};
use scans::Watch;

use crate::problem::Problem;
use crate::recent::Recent;

/// State of the program, shared by all commands.
pub struct Bench {
    desk: RwLock<Option<Arc<Desk>>>,
    /// The long act that runs; there is one at a time.
    running: Arc<Mutex<Option<Watch>>>,
    /// What goes on behind the clerk while no long act runs.
    behind: Arc<Mutex<Option<Watch>>>,
    pub recent: Mutex<Recent>,
    /// The 核查发现 that the screen was given last: the lines it asks for are of these, also when more has been found since.
    pub found: Mutex<Option<Arc<Checked>>>,
    /// What was chosen in a picker or dropped, until it is used.
    chosen: Mutex<Chosen>,
    /// Why the project did not open that was to be opened at the start.
    pub at_start: Mutex<Option<Problem>>,
    /// A picker stands open.
    picking: Mutex<()>,
    /// When the clerk wanted the window closed; `None` where he does not, or not any more.
    asked_to_close: Mutex<Option<Instant>>,
}

#[derive(Default)]
pub struct Chosen {
    /// Folder in which a new project is made.
    pub place: Option<PathBuf>,
    /// The catalogue that was read, and the name of its file.
    pub issued: Option<(String, Issued)>,
    pub dropped: Vec<PathBuf>,
    /// The project that is to be opened.
    pub project: Option<PathBuf>,
    /// Folder of the 交换包 that was looked into.
    pub bundle: Option<PathBuf>,
    /// The project that did not open, for 恢复项目.
    pub unopened: Option<PathBuf>,
}

/// How long to wait for an act that was stopped to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two looks at whether it has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// Pressed again within this, the button was pressed once by a hand that is used to two clicks.
const DOUBLE_CLICK: Duration = Duration::from_secs(1);

/// While this lives, a long act runs.
pub struct Running {
    slot: Arc<Mutex<Option<Watch>>>,
    pub watch: Watch,
}

impl Drop for Running {
    fn drop(&mut self) {
        *locked(&self.slot) = None;
    }
}

impl Bench {
    pub fn new(recent: Recent) -> Self {
        Self {
            desk: RwLock::default(),
            running: Arc::default(),
            behind: Arc::default(),
            recent: Mutex::new(recent),
            found: Mutex::default(),
            chosen: Mutex::default(),
            at_start: Mutex::default(),
            picking: Mutex::default(),
            asked_to_close: Mutex::default(),
        }
    }

    pub fn chosen(&self) -> MutexGuard<'_, Chosen> {
        locked(&self.chosen)
    }

    pub fn open_desk(&self) -> Option<Arc<Desk>> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn desk(&self) -> Result<Arc<Desk>, Problem> {
        self.open_desk().ok_or_else(Problem::no_project)
    }

    /// The desk that an act was begun on, if its project is still the open one.
    ///
    /// # Errors
    /// Another project was opened since, or none is open any more.
    pub fn still(&self, begun: &Weak<Desk>) -> Result<Arc<Desk>, Problem> {
        let desk = self.desk()?;
        if Weak::ptr_eq(&Arc::downgrade(&desk), begun) { Ok(desk) } else { Err(Problem::saying(dossier::wording::window::ANOTHER_PROJECT)) }
    }

    /// One picker stands open at a time; it does as long as the answer lives.
    pub fn begin_picking(&self) -> Option<MutexGuard<'_, ()>> {
        match self.picking.try_lock() {
            Ok(picking) => Some(picking),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// Opens a project in place of the one that is open, as [`Bench::change`] does.
    pub fn open(&self, dir: &Path) -> Result<Arc<Desk>, Problem> {
        self.change(dir, |around| Desk::open(dir, around))
    }

    /// Changes to the project that `come` opens or makes. The one that was open is closed only once the other is there: where that is
    /// refused, the clerk is still where he was.
    pub fn change(&self, dir: &Path, come: impl FnOnce(Surroundings) -> dossier::Result<Desk>) -> Result<Arc<Desk>, Problem> {
        if self.open_desk().is_some_and(|desk| desk.looking().is_none() && is_same(desk.dir(), dir)) {
            // Nobody opens a project twice.
            let_others_end(self.backed_up()?);
            return self.again(dir, come);
        }
        self.free()?;
        let desk = self.come(dir, come)?;
        self.close()?;
        Ok(self.take_up(desk))
    }

    /// 只读查看, in place of the project that is open. Nobody looks at the project that he works on.
    pub fn look(&self, dir: &Path) -> Result<Arc<Desk>, Problem> {
        if let Some(desk) = self.open_desk().filter(|desk| desk.looking().is_none() && is_same(desk.dir(), dir)) {
            return Ok(desk);
        }
        self.free()?;
        let desk = self.come(dir, |around| Desk::look(dir, around))?;
        self.close()?;
        Ok(self.take_up(desk))
    }

    /// Puts a copy of the index in place. No copy is laid into backups/ at this closing: the oldest would go, which may be the
    /// one that was chosen; restoring makes one itself.
    pub fn restore(&self, dir: &Path, copy: &Path) -> Result<Arc<Desk>, Problem> {
        let_others_end(self.let_go()?);
        self.again(dir, |around| Desk::restore_index(dir, copy, around))
    }

    /// Opens the project that was just closed by `come`; where that is refused, it is open again as it was.
    fn again(&self, dir: &Path, come: impl FnOnce(Surroundings) -> dossier::Result<Desk>) -> Result<Arc<Desk>, Problem> {
        match self.come(dir, come) {
            Ok(desk) => Ok(self.take_up(desk)),
            Err(problem) => {
                if let Ok(desk) = self.come(dir, |around| Desk::open(dir, around)) {
                    self.take_up(desk);
                    self.chosen().unopened = None;
                }
                Err(problem)
            }
        }
    }

    fn come(&self, dir: &Path, come: impl FnOnce(Surroundings) -> dossier::Result<Desk>) -> Result<Desk, Problem> {
        Surroundings::here().and_then(come).map_err(|error| {
            self.chosen().unopened = Some(dir.to_owned());
            error.into()
        })
    }

    fn take_up(&self, desk: Desk) -> Arc<Desk> {
        let desk = Arc::new(desk);
        locked(&self.recent).opened(&desk.assessment().name, desk.dir());
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&desk));
        desk
    }

    /// Closes the project, after a copy of its index was laid into backups/.
    pub fn close(&self) -> Result<(), Problem> {
        self.backed_up().map(drop)
    }

    fn backed_up(&self) -> Result<Option<Arc<Desk>>, Problem> {
        let desk = self.let_go()?;
        // A backup that fails must not keep the project open.
        if let Some(Err(error)) = desk.as_ref().filter(|desk| desk.looking().is_none()).map(|desk| desk.back_up()) {
            log::warn!("no backup at the end: {error}");
        }
        Ok(desk)
    }

    /// Lays a copy of the index into backups/ where one is due; nobody waits for it.
    pub fn keep_copies(&self) {
        let worked_on = self.open_desk().filter(|desk| desk.looking().is_none());
        if let Some(Err(error)) = worked_on.map(|desk| desk.back_up_if_due(jiff::Timestamp::now())) {
            log::warn!("no copy of the index: {error}");
        }
    }

    /// While a long act runs, the project is not changed under it.
    fn free(&self) -> Result<(), Problem> {
        match &*locked(&self.running) {
            Some(_) => Err(Problem::saying(dossier::wording::window::BUSY)),
            None => Ok(()),
        }
    }

    fn let_go(&self) -> Result<Option<Arc<Desk>>, Problem> {
        self.free()?;
        stopped(&self.behind);
        *locked(&self.found) = None;
        Ok(self.desk.write().unwrap_or_else(PoisonError::into_inner).take())
    }

    /// Whether a long act runs.
    pub fn is_running(&self) -> bool {
        locked(&self.running).is_some()
    }

    /// Begins a long act; its progress goes to `report`.
    pub fn begin(&self, report: impl Fn(scans::watch::Progress) + Send + Sync + 'static) -> Result<Running, Problem> {
        let mut running = locked(&self.running);
        if running.is_some() {
            return Err(Problem::saying(dossier::wording::window::BUSY));
        }
        self.stop_behind();
        let watch = Watch::new(report);
        *running = Some(watch.clone());
        Ok(Running { slot: Arc::clone(&self.running), watch })
    }

    /// Begins what a long act, or the closing of the project, stops; `None` while a long act runs, or such a one.
    pub fn begin_behind(&self, report: impl Fn(scans::watch::Progress) + Send + Sync + 'static) -> Option<Running> {
        let running = locked(&self.running);
        let mut behind = locked(&self.behind);
        if running.is_some() || behind.is_some() {
            return None;
        }
        let watch = Watch::new(report);
        *behind = Some(watch.clone());
        Some(Running { slot: Arc::clone(&self.behind), watch })
    }

    pub fn cancel(&self) {
        if let Some(watch) = &*locked(&self.running) {
            watch.cancel();
        }
    }

    /// Stops what goes on behind the clerk.
    pub fn stop_behind(&self) {
        if let Some(watch) = &*locked(&self.behind) {
            watch.cancel();
        }
    }

    /// Waits until nothing goes on behind the clerk any more, after it was stopped: a page that is being read is read to its end.
    pub fn behind_ended(&self) -> impl FnOnce() + Send + 'static + use<> {
        let behind = Arc::clone(&self.behind);
        move || {
            while locked(&behind).is_some() {
                std::thread::sleep(PAUSE);
            }
        }
    }

    /// Whether the window closes now that the clerk wants it to. The first time it stays until the screen has answered, which keeps
    /// what is being typed and asks about what runs. A screen that hangs must not hold it: pressed once more it closes.
    pub fn may_close(&self) -> bool {
        let mut asked = locked(&self.asked_to_close);
        let since = *asked.get_or_insert_with(Instant::now);
        since.elapsed() > DOUBLE_CLICK
    }

    /// The window stays open after all.
    pub fn stay(&self) {
        *locked(&self.asked_to_close) = None;
    }

    /// Stops what runs and waits for its end, then closes the project: the window is going.
    pub fn leave(&self) {
        stopped(&self.running);
        // What still runs is cut off; it is made so that nothing is lost by that.
        let _ = self.close();
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// A project is open as long as anybody draws from it: it can't be opened again before.
fn let_others_end(desk: Option<Arc<Desk>>) {
    let since = Instant::now();
    while desk.as_ref().is_some_and(|desk| Arc::strong_count(desk) > 1) && since.elapsed() < PATIENCE {
        std::thread::sleep(PAUSE);
    }
}

/// Stops what runs, and waits for its end.
fn stopped(slot: &Mutex<Option<Watch>>) {
    if let Some(watch) = &*locked(slot) {
        watch.cancel();
    }
    let since = Instant::now();
    while locked(slot).is_some() && since.elapsed() < PATIENCE {
        std::thread::sleep(PAUSE);
    }
}

pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use dossier::desk::Creation;
    use tempfile::TempDir;

    use super::*;

    /// A bench with a new project, which lies in the folder.
    fn open(folder: &TempDir) -> (Bench, PathBuf) {
        let bench = Bench::new(Recent::read(folder.path().join("recent.json")));
        let dir = folder.path().join("甲");
        let (catalogue, units) = dossier::exchange::reference();
        let creation = Creation { name: "甲".to_owned(), office: "示例办".to_owned(), catalogue, units };
        bench.change(&dir, |around| Desk::create(&dir, creation, around)).map_err(|problem| problem.sentence).expect("there is room");
        (bench, dir)
    }

    /// The project that is open, if it can be worked with.
    fn name(bench: &Bench) -> Option<String> {
        let desk = bench.open_desk()?;
        desk.late().ok()?;
        Some(desk.assessment().name)
    }

    #[test]
    fn what_can_not_be_opened_leaves_the_project_open() {
        let folder = TempDir::new().expect("the system has room for a test");
        let (bench, dir) = open(&folder);
        let none = folder.path().join("空");
        std::fs::create_dir(&none).expect("a folder can be made");
        assert!(bench.open(&none).is_err());
        assert_eq!(name(&bench).as_deref(), Some("甲"));
        assert_eq!(bench.chosen().unopened.as_deref(), Some(&*none));
        // The same for the one that is open, by another way to write its folder.
        assert!(bench.open(&dir.join("..").join("甲")).is_ok());
        assert!(bench.change(&dir, |_| Err(dossier::Error::NoPackage)).is_err());
        assert_eq!(name(&bench).as_deref(), Some("甲"));
    }

    #[test]
    fn an_index_that_can_not_be_put_in_place_leaves_the_project_open() {
        let folder = TempDir::new().expect("the system has room for a test");
        let (bench, dir) = open(&folder);
        let torn = folder.path().join("index-1.sqlite");
        std::fs::write(&torn, "torn").expect("a file can be written");
        assert!(bench.restore(&dir, &torn).is_err());
        assert_eq!(name(&bench).as_deref(), Some("甲"));
    }

    #[test]
    fn what_was_begun_in_one_project_does_not_go_on_in_another() {
        let folder = TempDir::new().expect("the system has room for a test");
        let (bench, dir) = open(&folder);
        let begun = Arc::downgrade(&bench.desk().map_err(|problem| problem.sentence).expect("it is open"));
        assert!(bench.still(&begun).is_ok());
        assert!(bench.open(&dir).is_ok());
        assert!(bench.still(&begun).is_err_and(|problem| problem.sentence == dossier::wording::window::ANOTHER_PROJECT));
    }

    #[test]
    fn one_picker_stands_open_at_a_time() {
        let folder = TempDir::new().expect("the system has room for a test");
        let bench = Bench::new(Recent::read(folder.path().join("recent.json")));
        let picking = bench.begin_picking().expect("none stands open");
        assert!(std::thread::scope(|scope| scope.spawn(|| bench.begin_picking().is_none()).join().expect("it only asks")));
        drop(picking);
        assert!(bench.begin_picking().is_some());
    }

    #[test]
    fn the_window_closes_when_it_is_wanted_once_more() {
        let folder = TempDir::new().expect("the system has room for a test");
        let bench = Bench::new(Recent::read(folder.path().join("recent.json")));
        assert!(!bench.may_close());
        // A double click is one.
        assert!(!bench.may_close());
        std::thread::sleep(DOUBLE_CLICK + Duration::from_millis(10));
        assert!(bench.may_close());
        bench.stay();
        assert!(!bench.may_close());
    }
}
