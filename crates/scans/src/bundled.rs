//! Where files lie that come with the program.

use std::path::{Path, PathBuf};

/// Folders in which bundled files may lie, in this order: the one that an environment variable names, beside the program, where
/// a package installs them, and in the working tree.
pub fn folders(variable: &str, name: &str) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    folders.extend(std::env::var_os(variable).map(PathBuf::from));
    let program = std::env::current_exe().and_then(|program| program.canonicalize()).ok();
    let within = |home: &Path| ["", "assets", "_up_/assets"].map(|part| home.join(part).join(name));
    if let Some(home) = program.as_deref().and_then(Path::parent) {
        folders.extend(within(home));
        // The layout of an installed window program: bin/ beside lib/<name of the product>/.
        for lib in ["../lib", "../Resources"] {
            let mut products: Vec<PathBuf> =
                std::fs::read_dir(home.join(lib)).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
            products.sort();
            folders.extend(products.iter().flat_map(|product| within(product)));
            folders.push(home.join(lib).join("assets").join(name));
        }
    }
    folders.push(Path::new("/usr/lib/huijuan-desktop").join(name));
    folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets").join(name));
    folders
}
