//! A long act, as it goes.

use serde::Serialize;
use specta::Type;

use crate::problem::Problem;

#[derive(Clone, Serialize, Type)]
pub struct ProgressView {
    /// `total` is 0 while it is not known yet.
    pub done: u32,
    pub total: u32,
    /// What it is on.
    pub on: String,
}

impl From<scans::watch::Progress> for ProgressView {
    fn from(progress: scans::watch::Progress) -> Self {
        Self { done: progress.done as u32, total: progress.total as u32, on: progress.on }
    }
}

/// A long act of exchanging, as it goes.
#[derive(Serialize, Type)]
#[serde(tag = "message", content = "with", rename_all = "camelCase")]
pub enum ExchangeMessage {
    Progress(ProgressView),
    Ended(DoneView),
    Stopped,
    Failed(Problem),
}

/// What an act made.
#[derive(Clone, Serialize, Type)]
pub struct DoneView {
    pub title: String,
    pub lines: Vec<String>,
}

impl DoneView {
    pub fn of((title, lines): (String, Vec<String>)) -> Self {
        Self { title, lines }
    }
}
