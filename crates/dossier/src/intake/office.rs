//! An installed LibreOffice, which makes PDF of what only office programs can print.
//!
//! It is found by itself and is no part of ours. It runs with a profile of its own in a folder that is taken away, within a
//! time; with all that it started it is ended when it is slow or the clerk stops.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use scans::Watch;

use crate::domain::name;
use crate::error::{Error, Result};
use crate::store::{FileAct, wipe};

/// Time for one file; the first start takes some ten seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOKS: Duration = Duration::from_millis(50);

/// Where LibreOffice is put by its own installers, and its names on the search path.
const PLACES: [&str; 5] = [
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
];
const NAMES: [&str; 3] = ["soffice", "libreoffice", "soffice.exe"];

/// The program, where one is installed.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    on_path.chain(PLACES.map(PathBuf::from)).find(|program| program.is_file())
}

/// A PDF that was made; dropped, it is overwritten and taken away with its folder.
pub struct Made {
    folder: Folder,
    path: PathBuf,
}

/// The folder in which the office program works. Its content was not yet allowed to stay, so it is overwritten when dropped.
struct Folder(tempfile::TempDir);

impl Drop for Folder {
    fn drop(&mut self) {
        for entry in fs::read_dir(self.0.path()).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                wipe(&entry.path());
            }
        }
    }
}

impl Made {
    /// # Errors
    /// What the disk says.
    pub fn open(&self) -> Result<File> {
        File::open(&self.path).map_err(|source| Error::file(FileAct::Read, self.folder.0.path(), source))
    }
}

/// Prints a file to PDF; `None` where the program can't, is too slow or can't be started.
///
/// `name` tells the program by its ending what it opens.
///
/// # Errors
/// Of our own disk, and the clerk's stop.
pub fn print(program: &Path, below: &Path, file: &Path, name: &str, watch: &Watch) -> Result<Option<Made>> {
    let failed = |source| Error::file(FileAct::Create, below, source);
    let folder = tempfile::Builder::new().prefix("office-").tempdir_in(below).map_err(failed)?;
    let folder = Folder(folder);
    let ending = name::ending(name).map(str::to_ascii_lowercase);
    let source = folder.0.path().join(format!("material.{}", ending.as_deref().unwrap_or("doc")));
    fs::copy(file, &source).map_err(failed)?;
    let folder_path = folder.0.path().canonicalize().map_err(failed)?;
    let mut command = Command::new(program);
    command
        .arg(format!("-env:UserInstallation={}", address(&folder_path.join("profile"))))
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "pdf", "--outdir"])
        .arg(&folder_path)
        .arg(&source)
        .current_dir(&folder_path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let Ok(child) = command.spawn() else { return Ok(None) };
    let mut running = Running(child);
    let since = Instant::now();
    let done = loop {
        watch.go_on()?;
        match running.0.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if since.elapsed() < PATIENCE => thread::sleep(LOOKS),
            Ok(None) | Err(_) => break false,
        }
    };
    drop(running);
    let path = folder_path.join("material.pdf");
    Ok((done && path.is_file()).then_some(Made { folder, path }))
}

/// Ends the program with all that it started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw) {
            // The group may be gone already.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A path as the address that the program wants.
fn address(path: &Path) -> String {
    let mut out = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.trim_start_matches("//?/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' | b':' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
