//! The window is to be closed: what the screen answers.

use tauri::{AppHandle, Manager};

use super::Answer;
use crate::bench::Bench;
use crate::problem::Problem;

/// What was being typed is kept and nothing runs, or the clerk wants it stopped: the window closes.
#[tauri::command]
#[specta::specta]
pub async fn close_window(app: AppHandle) -> Answer<()> {
    let Some(window) = app.get_webview_window("main") else { return Ok(()) };
    window.destroy().map_err(|error| Problem::broken(&error))
}

/// The clerk waits for what runs: the window stays.
#[tauri::command]
#[specta::specta]
pub async fn keep_window(app: AppHandle) -> Answer<()> {
    app.state::<Bench>().stay();
    Ok(())
}
