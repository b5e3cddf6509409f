//! Reads the letters on pictures and PDFs by a worker, and says what that took: `read [--quiet] FILE…`. Where a text file of the
//! same name lies beside one, the share of characters that were read otherwise is said, without regard to the order of lines.

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
    let (mut pages, mut wrong, mut letters) = (0_u32, 0, 0);
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
        if let Ok(expected) = fs::read_to_string(path.with_extension("txt")) {
            let (missed, of) = missed(&expected, &text);
            println!("{:.2} % of {of}: {}", f64::from(missed) * 100.0 / f64::from(of), path.display());
            (wrong, letters) = (wrong + missed, letters + of);
        }
    }
    drop(worker);
    println!("{pages} pages, {:.2} % of {letters} letters; {}", f64::from(wrong) * 100.0 / f64::from(letters.max(1)), taken(pages));
    Ok(())
}

/// Characters of one text that the other lacks or has otherwise, line by line: a line is compared with the part of the
/// other text that is most like it.
fn missed(expected: &str, read: &str) -> (u32, u32) {
    let plain = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<Vec<char>>();
    let read = plain(read);
    let lines = expected.lines().map(plain).filter(|line| !line.is_empty());
    lines.fold((0, 0), |(missed, of), line| (missed + least_changes(&line, &read), of + line.len() as u32))
}

/// Changes that make the line a part of the text: of Levenshtein's table, whose first row is free and whose last is searched.
fn least_changes(line: &[char], text: &[char]) -> u32 {
    let mut row = vec![0; text.len() + 1];
    for letter in line {
        let mut corner = row[0];
        row[0] += 1;
        for (at, other) in text.iter().enumerate() {
            let change = corner + u32::from(letter != other);
            corner = row[at + 1];
            row[at + 1] = change.min(corner + 1).min(row[at] + 1);
        }
    }
    row.into_iter().min().unwrap_or_default()
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
