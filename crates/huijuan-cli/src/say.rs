//! What is printed: sentences for a person on standard output, one JSON object a line for a program, progress on standard
//! error where somebody looks at it.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use scans::Watch;
use serde_json::Value;

/// How an act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Done, with findings that need a person.
    NeedsAPerson,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::NeedsAPerson => Self::from(1),
        }
    }
}

pub fn needs_a_person(needed: bool) -> Outcome {
    if needed { Outcome::NeedsAPerson } else { Outcome::Done }
}

/// Why an act was not done, in sentences for a person.
#[derive(Debug)]
pub struct Stopped(pub Vec<String>);

impl From<dossier::Error> for Stopped {
    fn from(error: dossier::Error) -> Self {
        Self(vec![dossier::wording::error::sentence(&error)])
    }
}

impl From<dossier::exchange::CatalogueError> for Stopped {
    fn from(error: dossier::exchange::CatalogueError) -> Self {
        Self(dossier::wording::catalogue::sentences(&error))
    }
}

pub fn stopped(stopped: &Stopped) {
    for sentence in &stopped.0 {
        aside(sentence);
    }
}

/// Set when nobody takes what is printed any more; the act goes on to its end all the same.
static UNHEARD: AtomicBool = AtomicBool::new(false);

/// A line for whoever asked.
pub fn line(text: impl Display) {
    if UNHEARD.load(Ordering::Relaxed) {
        return;
    }
    if let Err(error) = writeln!(io::stdout().lock(), "{}", text.to_string().trim_end()) {
        UNHEARD.store(true, Ordering::Relaxed);
        // Whoever has read enough closes the pipe; a full disk is another matter.
        if error.kind() != ErrorKind::BrokenPipe {
            aside(format!("结果写不出去（{error}），后面的不再显示；正在做的会做完。"));
        }
    }
}

pub fn json(value: &Value) {
    line(value);
}

/// A line beside the output.
pub fn aside(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{}", text.to_string().trim_end());
}

/// Time between two updates of the line: seldom enough to read, often enough to see that it moves.
const PAUSE: Duration = Duration::from_millis(100);
/// Most characters shown of what a long act is on.
const SHOWN: usize = 30;

/// Follows a long act on the terminal, in one line that is written over.
pub fn watch() -> Watch {
    if !io::stderr().is_terminal() {
        return Watch::silent();
    }
    let last = Mutex::new(None::<Instant>);
    Watch::new(move |progress| {
        let mut last = last.lock().expect("printing does not panic");
        let ended = progress.total > 0 && progress.done >= progress.total;
        if !ended && last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        *last = Some(Instant::now());
        let of = if progress.total > 0 { format!("/{}", progress.total) } else { String::new() };
        let on: String = progress.on.chars().take(SHOWN).collect();
        let end = if ended { "\r\u{1b}[K" } else { "" };
        let _ = write!(io::stderr().lock(), "\r\u{1b}[K{}{of}  {on}{end}", progress.done);
    })
}

/// A password that is made up: where somebody sits there it is typed twice.
///
/// # Errors
/// Where there is no input, or the two differ.
pub fn new_password() -> Result<String, Stopped> {
    let typed = password()?;
    if io::stdin().is_terminal() {
        aside("密码不保存，忘了谁也打不开。再输入一次：");
        if password()? != typed {
            return Err(Stopped(vec!["两次输入的密码不一样，没有打包：请再做一次。".to_owned()]));
        }
    }
    Ok(typed)
}

/// One line of standard input, asked for where somebody sits there; what is typed is shown.
///
/// # Errors
/// Where there is no input.
pub fn password() -> Result<String, Stopped> {
    if io::stdin().is_terminal() {
        aside("请输入密码，按回车：");
    }
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    let typed = line.trim_end_matches(['\r', '\n']).to_owned();
    if read.is_err() || typed.is_empty() { Err(Stopped(vec!["没有读到密码，没有做。".to_owned()])) } else { Ok(typed) }
}
