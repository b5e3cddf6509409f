//! The real window under Xvfb: the program is started by WebKitWebDriver and driven with mouse and keys as a clerk would.
#![cfg(target_os = "linux")]

mod check;
mod compile;
mod consult;
mod day;
mod edition;
mod keeping;
mod large;
mod memory;
mod moments;
mod screens;
mod sight;
mod stage;
mod walk;
