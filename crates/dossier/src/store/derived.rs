//! derived/: what is drawn of pages may be thrown away, and would otherwise grow with all that is ever looked at.

use std::path::Path;
use std::time::SystemTime;

use crate::error::Result;

use super::Files;

/// How the names of files end in which letters lie with their places.
pub const LETTERS: &str = ".letters";
/// Bytes of drawings that are kept: as much as 20,000 pages have at 1,200 pixels.
const MOST: u64 = 4 << 30;

/// Takes away the drawings that were made first, until the others are few enough. Letters stay: to read them takes long.
pub fn thin_out(dir: &Path, files: &Files) -> Result<()> {
    let mut drawn = Vec::new();
    for entry in walkdir::WalkDir::new(dir.join(super::layout::DERIVED)).follow_links(false).into_iter().flatten() {
        let is_letters = entry.file_name().to_string_lossy().ends_with(LETTERS);
        let Some(about) = entry.metadata().ok().filter(|about| about.is_file() && !is_letters) else { continue };
        drawn.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len(), entry.into_path()));
    }
    let mut all: u64 = drawn.iter().map(|(_, bytes, _)| bytes).sum();
    drawn.sort_unstable();
    for (_, bytes, path) in drawn {
        if all <= MOST {
            break;
        }
        files.remove(&path)?;
        all -= bytes;
    }
    Ok(())
}
