//! How long a program ran, and how much memory it held.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub struct Measured {
    pub time: Duration,
    /// Peak resident memory in bytes, of the program or the largest it waited for; 0 where the system does not tell.
    pub peak: u64,
}

/// Seconds after which a peer is stopped.
pub const LIMIT: u32 = 600;

/// A peer and its row, with the sync of what it wrote to `out`, which is then removed. One that fails, or is still not done
/// after [`LIMIT`], is said so.
pub fn peer(name: &str, command: &Command, out: &Path, against: Duration) {
    let mut limited = Command::new("timeout");
    limited.arg(LIMIT.to_string()).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        limited.env(key, value.unwrap_or_default());
    }
    let start = Instant::now();
    match limited.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().map_err(Into::into).and_then(|child| timed(child, start)) {
        Ok((0, done)) => match File::open(out).and_then(|file| file.sync_all()) {
            Ok(()) => row(name, start.elapsed(), against, Some(done.peak)),
            Err(error) => println!("{name:<40}  wrote nothing: {error}"),
        },
        // As `timeout` says it.
        Ok((124, done)) => println!("{name:<40}  stopped after {LIMIT} s, at {} MiB", done.peak >> 20),
        Ok((code, done)) => println!("{name:<40}  failed with {code} after {:.0} s", done.time.as_secs_f64()),
        Err(error) => println!("{name:<40}  not run: {error}"),
    }
    // One that failed may have left nothing.
    let _ = fs::remove_file(out);
}

/// Whether a program is there, and takes these arguments.
pub fn is_there(program: &str, arguments: &[&str]) -> bool {
    let done = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|status| status.success())
}

fn timed(child: std::process::Child, start: Instant) -> Result<(i32, Measured)> {
    let (code, peak) = wait(child)?;
    Ok((code, Measured { time: start.elapsed(), peak }))
}

/// Runs a program to its end. Exit code 1 of `huijuan` means: done, with findings.
pub fn measure(command: &mut Command) -> Result<Measured> {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
    let (code, done) = timed(child, start)?;
    if code != 0 && code != 1 {
        return Err(format!("{command:?} ended with {code}").into());
    }
    Ok(done)
}

/// `cat` of all files, and a sync.
pub fn concatenate<'a>(files: impl IntoIterator<Item = &'a Path>, out: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    let mut file = File::create(out)?;
    for path in files {
        io::copy(&mut File::open(path)?, &mut file)?;
    }
    file.sync_all()?;
    let time = start.elapsed();
    fs::remove_file(out)?;
    Ok(time)
}

pub fn head(against: &str) {
    println!("\n{:<40}{:>9}{:>10}{:>12}", "work", "s", format!("× {against}"), "peak MiB");
}

pub fn row(name: &str, time: Duration, against: Duration, peak: Option<u64>) {
    let peak = peak.map(|bytes| (bytes >> 20).to_string()).unwrap_or_default();
    println!("{name:<40}{:>9.2}{:>10.2}{peak:>12}", time.as_secs_f64(), time.as_secs_f64() / against.as_secs_f64());
}

#[cfg(unix)]
fn wait(child: std::process::Child) -> Result<(i32, u64)> {
    let mut status = 0;
    // SAFETY: all-zero is a valid rusage, and wait4 fills it for a child that is ours and not yet waited for.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        if libc::wait4(child.id() as libc::pid_t, &raw mut status, 0, &raw mut usage) < 0 {
            return Err(io::Error::last_os_error().into());
        }
        usage
    };
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok((if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { -1 }, usage.ru_maxrss as u64 * unit))
}

#[cfg(not(unix))]
fn wait(mut child: std::process::Child) -> Result<(i32, u64)> {
    Ok((child.wait()?.code().unwrap_or(-1), 0))
}
