//! The acts of the clerk from a terminal: for batches, tests and machines without a screen.

mod acts;
mod arguments;
mod demo;
mod exchanging;
mod report;
mod say;

use std::process::ExitCode;

fn main() -> ExitCode {
    scans::worker::serve_if_asked();
    let arguments = match arguments::read() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    match acts::perform(arguments) {
        Ok(outcome) => outcome.into(),
        Err(stopped) => {
            say::stopped(&stopped);
            ExitCode::from(2)
        }
    }
}
