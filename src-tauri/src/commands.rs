//! The commands: one call of the desk, one conversion. A file a verb.

mod arrange;
mod check;
mod compile;
mod intake;
mod look;
mod project;

use dossier::Desk;
use tauri::{State, Wry};
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::bench::Bench;
use crate::problem::Problem;

type Answer<T> = Result<T, Problem>;

/// Every command, with its types. `build.rs` lists the same names, else they would not be granted.
pub fn builder() -> Builder<Wry> {
    Builder::new().error_handling(ErrorHandlingMode::Throw).commands(collect_commands![
        project::opening,
        project::project,
        project::status,
        project::open_project,
        project::open_recent,
        project::open_sample,
        project::recover_project,
        project::choose_place,
        project::choose_catalogue,
        project::create_project,
        project::close_project,
        look::tree,
        look::units_tree,
        look::pieces,
        look::search,
        look::piece,
        look::leaf,
        look::find_leaves,
        arrange::file,
        arrange::move_to,
        arrange::unfile,
        arrange::reorder,
        arrange::describe,
        arrange::turn_page,
        arrange::leave_out,
        arrange::remove,
        arrange::restore,
        arrange::accept_suggestions,
        arrange::undo,
        arrange::redo,
        arrange::history,
        intake::take_in_folder,
        intake::take_in_files,
        intake::take_in_dropped,
        intake::resume_batch,
        intake::cancel,
        intake::batches,
        intake::batch,
        intake::confirm_pending,
        check::findings,
        compile::foresee,
        compile::compile_package,
        compile::packages,
        compile::open_package,
    ])
}

/// Asks the desk on a thread that may wait.
async fn ask<T: Send + 'static>(bench: &State<'_, Bench>, act: impl FnOnce(&Desk) -> dossier::Result<T> + Send + 'static) -> Answer<T> {
    let desk = bench.desk()?;
    Ok(wait(move || act(&desk)).await??)
}

/// Does what may wait, off the threads that serve the window. A panic is a broken promise of ours: said, and logged.
async fn wait<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(act).await.map_err(|error| Problem::broken(&error))
}
