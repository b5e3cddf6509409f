//! The system's own pickers. Paths stay in Rust; the screen is told what to read.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::bench::Bench;

/// What a picker asks for.
pub enum Pick<'a> {
    Folder,
    Files,
    /// One file of these endings, by the name of their kind.
    File {
        kind: &'a str,
        endings: &'a [&'a str],
    },
    /// A file to be written, with the name that is offered.
    Save {
        name: String,
    },
}

/// Asks the clerk; empty when it was cancelled, or while another picker stands open. Waits, so it must not be called on the thread of
/// the window.
pub fn pick<R: Runtime>(app: &AppHandle<R>, title: &str, what: &Pick<'_>) -> Vec<PathBuf> {
    let bench = app.state::<Bench>();
    let Some(_picking) = bench.begin_picking() else { return Vec::new() };
    if let Some(paths) = door::picked() {
        return paths;
    }
    // It stands before our window, which waits for it.
    let dialog = || match app.get_webview_window("main") {
        Some(window) => app.dialog().file().set_title(title).set_parent(&window),
        None => app.dialog().file().set_title(title),
    };
    let ended = |dialog: FileDialogBuilder<R>| dialog.blocking_pick_file().map(|path| vec![path]);
    let picked = match what {
        Pick::Folder => dialog().blocking_pick_folder().map(|path| vec![path]),
        Pick::Files => dialog().blocking_pick_files(),
        Pick::Save { name } => dialog().set_file_name(name).blocking_save_file().map(|path| vec![path]),
        Pick::File { kind, endings } => ended(dialog().add_filter(*kind, endings)),
    };
    picked.unwrap_or_default().into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// Native pickers are out of reach of tests that drive the window, so a program built for tests takes what lies in the file
/// that `HUIJUAN_PICKS` names: a pick a line, paths parted by tabs. A line is used up when it is taken.
#[cfg(debug_assertions)]
mod door {
    use std::path::PathBuf;

    pub fn picked() -> Option<Vec<PathBuf>> {
        let file = PathBuf::from(std::env::var_os("HUIJUAN_PICKS")?);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let (line, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let picked = line.split('\t').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
        std::fs::write(&file, rest).ok()?;
        Some(picked)
    }
}

#[cfg(not(debug_assertions))]
mod door {
    pub fn picked() -> Option<Vec<std::path::PathBuf>> {
        None
    }
}
