//! The commands: one call of the desk, one conversion. A file a verb.

mod arrange;
mod backup;
mod behind;
mod check;
mod closing;
mod compile;
mod exchange;
mod intake;
mod kit;
mod long;
mod look;
mod merge;
mod project;

use std::path::Path;

use dossier::{Desk, wording};
use tauri::{AppHandle, State, Wry};
use tauri_plugin_opener::OpenerExt as _;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::bench::Bench;
use crate::problem::Problem;

type Answer<T> = Result<T, Problem>;

/// Every command, with its types. `build.rs` lists the same names, else they would not be granted.
pub fn builder() -> Builder<Wry> {
    Builder::new().error_handling(ErrorHandlingMode::Throw).disable_serde_phases().commands(collect_commands![
        project::opening,
        project::status,
        project::choose_project,
        project::open_chosen,
        project::open_recent,
        project::open_sample,
        project::recover_project,
        project::choose_place,
        project::choose_catalogue,
        project::offered_period,
        project::take_columns,
        project::create_project,
        project::set_project,
        project::project,
        project::close_project,
        closing::close_window,
        closing::keep_window,
        look::tree,
        look::units_tree,
        look::pieces,
        look::search,
        look::rows,
        look::chosen,
        look::piece,
        look::pages_holding,
        look::hits,
        look::leaf,
        look::find_leaves,
        look::consult,
        arrange::file,
        arrange::move_to,
        arrange::unfile,
        arrange::print_again,
        arrange::reorder,
        arrange::describe,
        arrange::describe_alike,
        arrange::turn_page,
        arrange::leave_out,
        arrange::frame_page,
        arrange::suggest_tilt,
        arrange::split,
        arrange::marks,
        arrange::add_mark,
        arrange::remove_mark,
        arrange::add_mask,
        arrange::mask_numbers,
        arrange::remove_mask,
        arrange::set_caption,
        arrange::caption_alike,
        arrange::join,
        arrange::look_alikes,
        arrange::keep_both,
        arrange::keep_one,
        arrange::remove,
        arrange::restore,
        arrange::accept_suggestions,
        arrange::fill_as_read,
        arrange::hold_place,
        arrange::ask_purge,
        arrange::purge,
        arrange::undo,
        arrange::redo,
        arrange::history,
        arrange::undo_to,
        intake::take_in_folder,
        intake::take_in_files,
        intake::take_in_dropped,
        intake::resume_batch,
        intake::cancel,
        intake::batches,
        intake::batch,
        intake::export_batch,
        intake::confirm_pending,
        intake::decline_pending,
        intake::open_pending,
        intake::unlock_pending,
        intake::make_separators,
        intake::sort_by_sheets,
        behind::look_over,
        behind::read_pages,
        behind::stop_behind,
        check::findings,
        check::finding_lines,
        check::findings_on,
        check::set_aside,
        check::take_up_again,
        check::grid,
        check::standing,
        check::unit_duties,
        check::self_assess,
        check::demand,
        check::demand_at,
        check::settle,
        check::declare,
        check::papers,
        check::leader_page,
        compile::foresee,
        compile::fonts,
        compile::make_labels,
        compile::compile_package,
        compile::packages,
        compile::package_left_out,
        compile::edition,
        compile::issue_package,
        compile::begin_new_edition,
        compile::make_change_pack,
        compile::open_package,
        exchange::late_units,
        exchange::make_report,
        exchange::make_reminders,
        kit::unit_standings,
        kit::make_kits,
        kit::returned_kits,
        kit::review_kit,
        kit::file_kit,
        backup::back_up_project,
        backup::make_stick,
        backup::examine_originals,
        backup::put_back_originals,
        merge::choose_bundle,
        merge::merge_bundle,
        backup::saved_indexes,
        backup::preview_restore,
        backup::restore_saved,
        backup::next_round,
        backup::start_next_round,
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

/// Shows what was made in its folder.
///
/// # Errors
/// A sentence with its place where no file manager comes up: it was made all the same.
fn show_made(app: &AppHandle, made: &Path) -> Answer<()> {
    app.opener().reveal_item_in_dir(made).map_err(|error| {
        log::warn!("{error}");
        let name = made.file_name().unwrap_or(made.as_os_str()).to_string_lossy();
        Problem::saying(wording::window::made_but_not_shown(&name, &made.display().to_string()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use specta_typescript::Typescript;

    use super::*;

    /// The screen is checked against these types. `HUIJUAN_GOLDEN=write` writes them anew.
    #[test]
    fn the_screen_knows_the_types_of_the_shell() {
        let folder = tempfile::tempdir().expect("the system has room for a test");
        let made = folder.path().join("bindings.ts");
        builder().export(Typescript::default(), &made).expect("every type can be exported");
        let now = std::fs::read_to_string(&made).expect("it was just written");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
        if std::env::var_os("HUIJUAN_GOLDEN").is_some_and(|value| value == "write") {
            std::fs::write(&path, &now).expect("the bindings can be written");
        }
        let known = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(known == now, "ui/src/ipc/bindings.ts is not what the commands say: HUIJUAN_GOLDEN=write cargo test -p huijuan-desktop");
    }

    /// What is granted, what `build.rs` lists and what is served are the same commands; nothing else is granted but to hear
    /// our own events.
    #[test]
    fn only_our_commands_are_granted() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |name: &str| std::fs::read_to_string(here.join(name)).expect("it lies beside the sources");
        let words = |text: &str| -> BTreeSet<String> { text.split('"').skip(1).step_by(2).map(str::to_owned).collect() };
        let build = read("build.rs");
        let listed = words(build.split_once("];").expect("the list ends").0);
        let own = read("src/commands.rs");
        let served = own.split_once("collect_commands![\n").and_then(|(_, rest)| rest.split_once(']')).expect("the list is there").0;
        let served: BTreeSet<String> = served.split(',').filter_map(|line| Some(line.trim().rsplit_once("::")?.1.to_owned())).collect();
        assert_eq!(listed, served);
        let capability: serde_json::Value = serde_json::from_str(&read("capabilities/main.json")).expect("it is JSON");
        let granted: BTreeSet<&str> =
            capability["permissions"].as_array().expect("a list").iter().map(|grant| grant.as_str().expect("a name")).collect();
        let mut wanted: BTreeSet<String> = served.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        wanted.extend(["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()]);
        assert_eq!(granted, wanted.iter().map(String::as_str).collect());
    }

    /// The web view is the untrusted side: nothing from elsewhere, no script but our own files.
    #[test]
    fn the_web_view_is_closed_in() {
        let conf = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tauri.conf.json")).expect("it lies beside");
        let conf: serde_json::Value = serde_json::from_str(&conf).expect("it is JSON");
        assert_eq!(conf["app"]["withGlobalTauri"], false);
        assert_eq!(conf["app"]["security"]["capabilities"], serde_json::json!(["main"]));
        let csp = conf["app"]["security"]["csp"].as_str().expect("there is a policy");
        assert!(csp.starts_with("default-src 'none';"), "{csp}");
        for part in csp.split(';').map(str::trim) {
            for source in part.split_whitespace().skip(1) {
                let known = ["'none'", "'self'", "scan:", "http://scan.localhost", "ipc:", "http://ipc.localhost", "data:", "blob:"];
                assert!(known.contains(&source), "{part}");
            }
        }
        assert!(csp.contains("script-src 'self';") && csp.contains("style-src 'self';"), "{csp}");
    }
}
