//! How long a program ran, and how much memory it held.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub struct Measured {
    pub time: Duration,
    /// Peak resident memory in bytes, of the program or the largest it waited for; 0 where the system does not tell.
    pub peak: u64,
}

/// Runs a program to its end. Exit code 1 of `huijuan` means: done, with findings.
pub fn measure(command: &mut Command) -> Result<Measured> {
    let start = Instant::now();
    let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
    let (code, peak) = wait(child)?;
    if code != 0 && code != 1 {
        return Err(format!("{command:?} ended with {code}").into());
    }
    Ok(Measured { time: start.elapsed(), peak })
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
