//! Grants are by name: a command that is not listed here can't be allowed, and one that is not allowed can't be called.

const COMMANDS: &[&str] = &[
    "opening",
    "status",
    "open_project",
    "open_recent",
    "open_sample",
    "recover_project",
    "choose_place",
    "choose_catalogue",
    "create_project",
    "close_project",
    "tree",
    "units_tree",
    "pieces",
    "search",
    "piece",
    "leaf",
    "find_leaves",
    "file",
    "move_to",
    "unfile",
    "reorder",
    "describe",
    "turn_page",
    "leave_out",
    "remove",
    "restore",
    "accept_suggestions",
    "hold_place",
    "export_batch",
    "make_labels",
    "undo",
    "redo",
    "history",
    "take_in_folder",
    "take_in_files",
    "take_in_dropped",
    "resume_batch",
    "cancel",
    "batches",
    "batch",
    "confirm_pending",
    "findings",
    "foresee",
    "compile_package",
    "packages",
    "open_package",
];

fn main() {
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}
