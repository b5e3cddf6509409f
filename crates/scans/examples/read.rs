//! Reads the letters on pictures and PDFs by a worker, and says what that took: `read [--quiet] FILE…`.

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use scans::{Models, Worker};

fn main() -> Result<(), Box<dyn Error>> {
    scans::worker::serve_if_asked();
    let models = Models::locate().ok_or("no models")?;
    let mut worker = Worker::new(std::env::current_exe()?).with_patience(Duration::from_secs(120));
    let mut files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let quiet = files.first().is_some_and(|first| first == Path::new("--quiet"));
    let mut pages = 0_u32;
    for path in files.drain(usize::from(quiet)..) {
        let (file, bytes) = (File::open(&path)?, fs::metadata(&path)?.len());
        let mut text = String::new();
        for page in 0..worker.inspect(&file, bytes)?.pages.len() as u32 {
            text.push_str(&worker.read(&models, &file, bytes, page)??.text);
            pages += 1;
        }
        if !quiet {
            println!("== {}\n{text}", path.display());
        }
    }
    drop(worker);
    println!("{pages} pages, {}", taken(pages));
    Ok(())
}

/// What all workers took that have ended.
#[cfg(unix)]
fn taken(pages: u32) -> String {
    // SAFETY: the call fills a struct of numbers.
    let usage = unsafe {
        let mut usage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let all = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    format!("{:.2} CPU s a page, peak {} MiB", all / f64::from(pages.max(1)), usage.ru_maxrss / 1024)
}

#[cfg(not(unix))]
fn taken(_: u32) -> String {
    String::new()
}
