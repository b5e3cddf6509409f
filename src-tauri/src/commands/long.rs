//! Long acts: they run on threads of their own, tell how far they are through a channel, and can be stopped.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dossier::{Desk, Error};
use scans::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tauri_plugin_opener::OpenerExt;

use super::{Answer, wait};
use crate::bench::{Bench, Running, locked};
use crate::pick::{Pick, pick};
use crate::view::{DoneView, ExchangeMessage, ProgressView};

/// Messages are not sent more often than a screen is drawn.
pub const PAUSE: Duration = Duration::from_millis(33);

/// Asks for paths for an act of the project that is open, with its desk; `None` when the clerk chose none.
///
/// # Errors
/// No project is open, or another one by the time that the clerk has chosen.
pub async fn picked_paths(app: &AppHandle, title: &'static str, what: Pick<'static>) -> Answer<Option<(Arc<Desk>, Vec<PathBuf>)>> {
    let asker = app.clone();
    let begun = Arc::downgrade(&app.state::<Bench>().desk()?);
    let picked = wait(move || pick(&asker, title, &what)).await?;
    if picked.is_empty() { Ok(None) } else { Ok(Some((app.state::<Bench>().still(&begun)?, picked))) }
}

/// Asks for one path, as [`picked_paths`] does.
pub async fn picked(app: &AppHandle, title: &'static str, what: Pick<'static>) -> Answer<Option<(Arc<Desk>, PathBuf)>> {
    let paths = picked_paths(app, title, what).await?;
    Ok(paths.and_then(|(desk, paths)| Some((desk, paths.into_iter().next()?))))
}

/// Begins a long act that tells how far it is, a few times a second.
pub fn begin(bench: &Bench, tell: impl Fn(ProgressView) + Send + Sync + 'static) -> Answer<Running> {
    let telling = Mutex::default();
    bench.begin(move |progress| {
        if due(&telling, progress.done == progress.total) {
            tell(progress.into());
        }
    })
}

/// Does a long act, and answers when it is done.
pub async fn ask_long<T: Send + 'static>(
    bench: &Bench,
    told: Channel<ProgressView>,
    act: impl FnOnce(&Desk, &Watch) -> dossier::Result<T> + Send + 'static,
) -> Answer<T> {
    let desk = bench.desk()?;
    let running = begin(bench, move |progress| drop(told.send(progress)))?;
    Ok(wait(move || act(&desk, &running.watch)).await??)
}

/// Whether it is time for a message again; the last step is always told.
pub fn due(last: &Mutex<Option<Instant>>, is_last: bool) -> bool {
    let mut last = locked(last);
    if !is_last && last.is_some_and(|last| last.elapsed() < PAUSE) {
        return false;
    }
    *last = Some(Instant::now());
    true
}

/// Begins an act of a desk and returns at once. What it made is shown by the file manager.
pub fn run(
    app: &AppHandle,
    desk: Arc<Desk>,
    messages: Channel<ExchangeMessage>,
    act: impl FnOnce(&Desk, &Watch) -> dossier::Result<(DoneView, Option<PathBuf>)> + Send + 'static,
) -> Answer<()> {
    let bench = app.state::<Bench>();
    let told = messages.clone();
    let running = begin(&bench, move |progress| drop(told.send(ExchangeMessage::Progress(progress))))?;
    let app = app.clone();
    std::thread::spawn(move || {
        let ended = act(&desk, &running.watch);
        drop(running);
        let _ = messages.send(match ended {
            Ok((done, shown)) => {
                // The receipt says where it lies; a file manager that does not come up is no failure.
                if let Some(Err(error)) = shown.map(|path| app.opener().reveal_item_in_dir(&path)) {
                    log::warn!("{error}");
                }
                ExchangeMessage::Ended(done)
            }
            Err(Error::Cancelled(_)) => ExchangeMessage::Stopped,
            Err(error) => ExchangeMessage::Failed(error.into()),
        });
    });
    Ok(())
}
