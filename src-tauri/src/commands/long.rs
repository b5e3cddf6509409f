//! Long acts that end in a receipt: run on a thread of their own, told through a channel.

use std::path::PathBuf;
use std::sync::Mutex;

use dossier::{Desk, Error};
use scans::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tauri_plugin_opener::OpenerExt;

use super::intake::due;
use super::{Answer, wait};
use crate::bench::Bench;
use crate::pick::{Pick, pick};
use crate::view::{DoneView, ExchangeMessage};

/// Asks for a place; `None` when the clerk chose none.
pub async fn picked(app: &AppHandle, title: &'static str, what: Pick<'static>) -> Answer<Option<PathBuf>> {
    let asker = app.clone();
    Ok(wait(move || pick(&asker, title, &what)).await?.into_iter().next())
}

/// Begins an act and returns at once. What it made is shown by the file manager.
pub fn run(
    app: &AppHandle,
    messages: Channel<ExchangeMessage>,
    act: impl FnOnce(&Desk, &Watch) -> dossier::Result<(DoneView, Option<PathBuf>)> + Send + 'static,
) -> Answer<()> {
    let bench = app.state::<Bench>();
    let desk = bench.desk()?;
    let (told, telling) = (messages.clone(), Mutex::default());
    let running = bench.begin(move |progress| {
        if due(&telling, progress.done == progress.total) {
            let _ = told.send(ExchangeMessage::Progress(progress.into()));
        }
    })?;
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
