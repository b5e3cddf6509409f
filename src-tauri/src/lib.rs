//! The window of Huijuan: commands, the types that cross to the screen, and pictures by address.
//!
//! A command is one call of the desk and one conversion; everything the product knows lies below.

mod bench;
mod commands;
mod drawers;
mod pages;
mod pick;
mod problem;
mod recent;
mod view;

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use tauri::webview::PlatformWebview;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, RunEvent, WindowEvent};

use bench::{Bench, locked};
use drawers::Drawers;
use recent::Recent;

pub use commands::builder;

/// What the screen is told of files that are dragged over it; their paths stay here.
#[derive(Clone, Serialize)]
struct Drop {
    phase: &'static str,
    count: usize,
}

/// Opens the window, or serves as worker when asked to.
pub fn run() {
    scans::worker::serve_if_asked();
    spare_memory();
    // Some drivers show an empty window with the DMA-BUF renderer, and in software it draws three times slower.
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: no other thread runs yet.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
    let drawers = Drawers::default();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| show(app)))
        .plugin(tauri_plugin_log::Builder::new().level(log::LevelFilter::Info).max_file_size(2 << 20).build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands::builder().invoke_handler())
        .register_asynchronous_uri_scheme_protocol("scan", move |context, request, responder| {
            let desk = context.app_handle().state::<Bench>().open_desk();
            let path = request.uri().path().to_owned();
            drawers.fetch(move || responder.respond(pages::answer(desk, &path)));
        })
        .setup(|app| {
            let bench = Bench::new(Recent::read(app.path().app_config_dir()?.join("recent.json")));
            at_start(&bench);
            app.manage(bench);
            keep_copies(app.handle().clone());
            app.get_webview_window("main").map_or(Ok(()), |window| window.with_webview(keep_little))?;
            Ok(())
        })
        .on_window_event(|window, event| match event {
            WindowEvent::DragDrop(event) => dragged(window.app_handle(), event),
            WindowEvent::CloseRequested { api, .. } if !window.state::<Bench>().may_close() => {
                api.prevent_close();
                let _ = window.emit("closing", ());
            }
            _ => {}
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<Bench>().leave();
            }
        }),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(2);
        }
    }
}

/// Acts and pictures run on many threads, and glibc gives them up to eight heaps a core, each of which keeps room for the largest
/// it has met: the window held 60 MB more, and went on growing. Few threads ever allocate at once, so two heaps do.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn spare_memory() {
    const HEAPS: i32 = 2;
    // SAFETY: it sets a number of the allocator.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, HEAPS) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn spare_memory() {}

/// The web process keeps no pictures that are not in sight: they are drawn here, and kept under `derived/`.
#[cfg(target_os = "linux")]
fn keep_little(webview: PlatformWebview) {
    use webkit2gtk::{CacheModel, WebContextExt, WebViewExt};
    if let Some(context) = webview.inner().context() {
        context.set_cache_model(CacheModel::DocumentViewer);
    }
}

#[cfg(not(target_os = "linux"))]
fn keep_little(_webview: PlatformWebview) {}

/// Looks every minute whether a copy of the index is due.
fn keep_copies(app: AppHandle) {
    const PAUSE: Duration = Duration::from_secs(60);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            app.state::<Bench>().keep_copies();
        }
    });
}

/// Opens the project that was named, or the one that was open last.
fn at_start(bench: &Bench) {
    let named = std::env::args_os().skip(1).map(PathBuf::from).find(|path| path.is_dir());
    let last = || locked(&bench.recent).entries().first().map(|entry| entry.dir.clone()).filter(|dir| dir.is_dir());
    if let Some(dir) = named.or_else(last)
        && let Err(problem) = bench.open(&dir)
    {
        *locked(&bench.at_start) = Some(problem);
    }
}

/// A second start brings the first window up.
fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

fn dragged(app: &AppHandle, event: &DragDropEvent) {
    let (phase, count) = match event {
        DragDropEvent::Enter { paths, .. } => ("over", paths.len()),
        DragDropEvent::Leave => ("leave", 0),
        DragDropEvent::Drop { paths, .. } => {
            app.state::<Bench>().chosen().dropped.clone_from(paths);
            ("dropped", paths.len())
        }
        _ => return,
    };
    let _ = app.emit("drop", Drop { phase, count });
}
