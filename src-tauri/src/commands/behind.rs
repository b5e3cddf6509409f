//! What goes on behind the clerk until nothing is left or something else has to be done: one at a time, and never beside a long
//! act.

use std::sync::Mutex;

use dossier::Desk;
use scans::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

use super::{Answer, long, wait};
use crate::bench::Bench;
use crate::view::ProgressView;

/// Looks at how pages were scanned that came in.
#[tauri::command]
#[specta::specta]
pub async fn look_over(messages: Channel<ProgressView>, app: AppHandle) -> Answer<()> {
    behind(messages, &app, Desk::look_over).await
}

/// 文字识别: reads the letters off pages that came in.
#[tauri::command]
#[specta::specta]
pub async fn read_pages(messages: Channel<ProgressView>, app: AppHandle) -> Answer<()> {
    behind(messages, &app, Desk::read_pages).await
}

/// Stops what goes on behind the clerk; what was done is kept.
#[tauri::command]
#[specta::specta]
pub fn stop_behind(bench: State<'_, Bench>) {
    bench.stop_behind();
}

async fn behind(
    messages: Channel<ProgressView>,
    app: &AppHandle,
    act: impl FnOnce(&Desk, &Watch) -> dossier::Result<()> + Send + 'static,
) -> Answer<()> {
    let bench = app.state::<Bench>();
    let telling = Mutex::default();
    let running = bench.begin_behind(move |progress| {
        if long::due(&telling, false) {
            let _ = messages.send(progress.into());
        }
    });
    let Some(running) = running else { return Ok(()) };
    let desk = bench.desk()?;
    wait(move || {
        let done = act(&desk, &running.watch);
        // The project may be closed once nothing runs: it must be let go of before.
        drop(desk);
        drop(running);
        done
    })
    .await??;
    Ok(())
}
