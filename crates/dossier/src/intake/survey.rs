//! The walk: every file of what was given, in natural order, before any of them is opened.

use std::collections::{HashMap, HashSet};
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use scans::archive::plain;
use scans::{Cancelled, Watch};
use walkdir::WalkDir;

use super::classified;
use super::path::{joined, split};
use crate::domain::{Reason, Verdict, name, natural};

/// A file that was come across, listed before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies; empty for a classified name, of which nothing is kept.
    pub source: PathBuf,
    /// Folders from the one that was given down to the file, with `/`; as shown.
    pub folder: String,
    /// As shown; for a classified name only its place among the files of its folder.
    pub name: String,
    pub bytes: u64,
}

/// Folders of the system on sticks and disks, which nobody hands in.
const SYSTEM_FOLDERS: [&str; 7] =
    ["$RECYCLE.BIN", "System Volume Information", "__MACOSX", ".Trashes", ".Spotlight-V100", ".fseventsd", ".git"];

/// Walks files and folders. `own` is the project's folder, which is never taken into itself.
///
/// Links are not followed; a file given twice is found once.
///
/// # Errors
/// [`Cancelled`] when the clerk stops the walk: nothing was written yet.
pub fn survey(sources: &[PathBuf], own: &Path, watch: &Watch) -> Result<Vec<Found>, Cancelled> {
    let own = own.canonicalize().unwrap_or_else(|_| own.to_owned());
    let mut found = Vec::new();
    let mut folders = Folders::default();
    let mut seen = HashSet::new();
    for source in sources {
        let top = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut walk = WalkDir::new(source)
            .follow_links(false)
            .follow_root_links(false)
            .sort_by(|a, b| natural::compare(&a.file_name().to_string_lossy(), &b.file_name().to_string_lossy()))
            .into_iter();
        while let Some(entry) = walk.next() {
            watch.go_on()?;
            let (path, bytes) = match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    let is_system = is_system_folder(&entry.file_name().to_string_lossy());
                    if is_system || entry.path().canonicalize().is_ok_and(|path| path == own) {
                        walk.skip_current_dir();
                    }
                    if !is_system {
                        let (folder, name) = shown(source, &top, entry.path());
                        folders.meet(&joined(&folder, &name));
                        continue;
                    }
                    (entry.into_path(), 0)
                }
                Ok(entry) => {
                    let bytes = entry.metadata().map(|metadata| metadata.len()).unwrap_or(0);
                    (entry.into_path(), bytes)
                }
                // What can't be walked is listed as it is, and gets its verdict when it is opened.
                Err(error) => (error.path().unwrap_or(source).to_owned(), 0),
            };
            if seen.insert(path.clone()) {
                let (folder, name) = shown(source, &top, &path);
                watch.step(0, 0, name.clone());
                found.push(Found { source: path, folder, name, bytes });
            }
        }
    }
    hide_classified(&mut found, folders);
    Ok(found)
}

/// Opens a file as it lies now, or says why it is not taken in. Links are not followed.
pub(super) fn open(path: &Path, name: &str) -> Result<(File, Metadata), Verdict> {
    let ignored = |reason| Verdict::Ignored { reason };
    let refused = |reason| Verdict::Refused { reason };
    if is_system_file(name) || is_system_folder(name) {
        return Err(ignored(Reason::SystemFile));
    }
    let metadata = path.symlink_metadata().map_err(|error| refused(trouble(&error)))?;
    if metadata.file_type().is_symlink() {
        return Err(ignored(Reason::Link));
    }
    // What can't be walked is listed as it is: a folder that nobody may read is no pipe.
    if metadata.is_dir() {
        return Err(refused(Reason::Unreadable { detail: "a folder that can't be read".to_owned() }));
    }
    if !metadata.is_file() {
        return Err(ignored(Reason::NotAFile));
    }
    if metadata.len() == 0 {
        return Err(ignored(Reason::Empty));
    }
    let file = itself(path).map_err(|error| refused(trouble(&error)))?;
    let metadata = file.metadata().map_err(|error| refused(trouble(&error)))?;
    if metadata.is_file() { Ok((file, metadata)) } else { Err(ignored(Reason::NotAFile)) }
}

/// Opens what lies there itself: were a link or a pipe put in its place since it was looked at, neither is followed or waited for.
fn itself(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags((rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits() as i32);
    }
    options.open(path)
}

/// What an error of a source means to the clerk; its path is not repeated.
pub(super) fn trouble(error: &io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::NotFound => Reason::Vanished,
        kind => Reason::Unreadable { detail: kind.to_string() },
    }
}

/// Files that systems and editors leave behind: `~$…`, Thumbs.db, .DS_Store, desktop.ini, `._…`.
pub(super) fn is_system_file(name: &str) -> bool {
    ["Thumbs.db", "ehthumbs.db", ".DS_Store", "desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known))
        || ["~$", "._", ".~"].iter().any(|begin| name.starts_with(begin))
}

pub(super) fn is_system_folder(name: &str) -> bool {
    SYSTEM_FOLDERS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Folder and name as shown: from the name of what was given.
fn shown(source: &Path, top: &str, path: &Path) -> (String, String) {
    let mut parts: Vec<String> = if top.is_empty() { Vec::new() } else { vec![top.to_owned()] };
    if let Ok(below) = path.strip_prefix(source) {
        parts.extend(below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()));
    }
    let name = parts.pop().unwrap_or_else(|| path.to_string_lossy().into_owned());
    (plain(&parts.join("/")), plain(&name))
}

/// Of a file whose path carries a mark, from the root of the disk on, nothing is kept but its folder and its place in it. A folder with
/// a mark, and what lies in it, is pointed to by its place as well.
fn hide_classified(found: &mut [Found], mut folders: Folders) {
    let mut places = Places::default();
    for file in found {
        let place = places.next(&file.folder, &file.name);
        // Given by itself, a file lies in a folder too.
        if classified::in_path(&file.folder, &file.name) || classified::unmarked(&file.source) != file.source {
            file.source = PathBuf::new();
            file.name = nameless(place, &file.name);
            file.folder = folders.shown(&file.folder);
        }
    }
}

/// Counts the files of each folder as the file manager shows them, so that a file can be pointed to without its name.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, usize>);

impl Places {
    pub fn next(&mut self, folder: &str, name: &str) -> usize {
        let place = self.0.entry(folder.to_owned()).or_default();
        if !is_system_file(name) {
            *place += 1;
        }
        *place
    }
}

/// Counts the folders of each folder in the same way.
#[derive(Debug, Default)]
pub(super) struct Folders {
    /// By the path of a folder its place in the folder that it lies in.
    places: HashMap<String, usize>,
    /// How many were met in a folder.
    met: HashMap<String, usize>,
}

impl Folders {
    /// Comes to a folder, in the order in which the file manager shows them.
    pub fn meet(&mut self, folder: &str) {
        for path in down_to(folder) {
            if !self.places.contains_key(path) {
                let met = self.met.entry(split(path).0.to_owned()).or_default();
                *met += 1;
                self.places.insert(path.to_owned(), *met);
            }
        }
    }

    /// A folder as it may be shown: from the first one with a mark in its name on, a place stands for each name.
    pub fn shown(&mut self, folder: &str) -> String {
        self.meet(folder);
        let mut is_hidden = false;
        let shown = down_to(folder).map(|path| {
            let name = split(path).1;
            is_hidden |= classified::in_name(name);
            if is_hidden { format!("第{}个文件夹（名称不保留）", self.places[path]) } else { name.to_owned() }
        });
        shown.collect::<Vec<_>>().join("/")
    }
}

/// The paths of the folders on the way to one, itself last.
fn down_to(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    ends.map(|end| &folder[..end]).filter(|path| !path.is_empty())
}

/// The name shown for a classified file: `第3个文件（名称不保留）.pdf`.
pub(super) fn nameless(place: usize, name: &str) -> String {
    match name::ending(name) {
        Some(ending) => format!("第{place}个文件（名称不保留）.{ending}"),
        None => format!("第{place}个文件（名称不保留）"),
    }
}
