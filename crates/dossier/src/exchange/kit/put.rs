//! A kit on a stick: a folder or a ZIP under a name that is free, whole or not at all.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Entry;
use crate::error::{Error, Result};
use crate::store::{FileAct, Files, free_path};

/// How a kit is handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    Folder,
    Zip,
}

/// Puts a kit into `place`, under `name` or the next free one.
///
/// # Errors
/// What the disk says; nothing is left under a final name then.
pub fn put(files: &Files, entries: &[Entry], place: &Path, name: &str, shape: Shape) -> Result<PathBuf> {
    let ending = match shape {
        Shape::Folder => "",
        Shape::Zip => ".zip",
    };
    let to = free_path(place, name, ending);
    match shape {
        Shape::Zip => files.write_whole(&to, &zipped(entries, name).map_err(|source| Error::file(FileAct::Write, &to, source))?)?,
        Shape::Folder => {
            let part = free_path(place, name, &format!(".{}.part", std::process::id()));
            if let Err(error) = folder(files, entries, &part).and_then(|()| files.rename(&part, &to)) {
                // A stick that was pulled out keeps the part; its name says what it is.
                let _ = std::fs::remove_dir_all(&part);
                return Err(error);
            }
        }
    }
    Ok(to)
}

fn folder(files: &Files, entries: &[Entry], part: &Path) -> Result<()> {
    files.make_folder(part)?;
    for entry in entries {
        match entry {
            Entry::Folder(path) => files.make_folder(&part.join(path))?,
            Entry::File(path, bytes) => {
                let mut draft = files.create(&part.join(path))?;
                draft.write(bytes)?;
                draft.finish()?.keep()?;
            }
        }
    }
    Ok(())
}

/// Kits are small: their files are ours, and the folders empty.
fn zipped(entries: &[Entry], name: &str) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    for entry in entries {
        match entry {
            Entry::Folder(path) => zip.add_directory(format!("{name}/{path}"), options)?,
            Entry::File(path, bytes) => {
                zip.start_file(format!("{name}/{path}"), options)?;
                zip.write_all(bytes)?;
            }
        }
    }
    Ok(zip.finish()?.into_inner())
}
