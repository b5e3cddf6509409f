//! Stories told through the desk.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod anew;
mod architecture;
mod archive;
mod arrange;
mod aside;
mod assess;
mod backup;
mod check;
mod compile;
mod consult;
mod framing;
mod hostile;
mod intake;
mod issue;
mod kept;
mod kinds;
mod kit;
mod letters;
mod locked;
mod mail;
mod marks;
mod masks;
mod ofd;
mod package;
mod pages;
mod proof;
mod reading;
mod rechecked;
mod report;
mod search;
mod separator;
mod store;
mod table;
mod word;
