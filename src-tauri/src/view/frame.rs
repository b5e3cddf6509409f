//! What the frame shows all the time, and the lines of 操作记录.

use dossier::desk::{Act, Place};
use dossier::{Desk, Result};
use serde::Serialize;
use specta::Type;

use super::ids::id;
use super::intake::BatchView;
use super::{Id, local};

/// What the frame shows all the time.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// Indicators that are complete, of all.
    pub complete: u32,
    pub indicators: u32,
    /// Veto items that are proven, of all.
    pub proven: u32,
    pub vetoes: u32,
    pub pieces: u32,
    pub unfiled: u32,
    /// Files that wait for the clerk, and the batch of the oldest of them.
    pub pending: u32,
    pub pending_batch: Option<Id>,
    pub removed: u32,
    /// What 撤销 and 重做 would take back and do again.
    pub undo: Option<String>,
    pub redo: Option<String>,
    /// Batches that were stopped and can be gone on with, the newest first.
    pub unfinished: Vec<BatchView>,
}

impl StatusView {
    pub fn of(desk: &Desk) -> Result<Self> {
        let (tree, dossier) = (desk.tree()?, desk.dossier()?);
        let (undo, redo) = desk.at_hand()?;
        let count = |place: &Place| tree.iter().find(|node| node.key == *place).map_or(0, |node| node.documents);
        let vetoes = tree.iter().find(|node| node.key == Place::Vetoes);
        let areas = || tree.iter().filter(|node| node.depth == 0 && matches!(node.key, Place::Area(_)));
        Ok(Self {
            complete: areas().map(|area| area.complete).sum(),
            indicators: areas().map(|area| area.leaves).sum(),
            proven: vetoes.map_or(0, |group| group.complete),
            vetoes: vetoes.map_or(0, |group| group.leaves),
            pieces: count(&Place::All),
            unfiled: count(&Place::Unfiled),
            pending: dossier.pending_files(),
            pending_batch: dossier.pending.first().map(|pending| id(pending.batch.0)),
            removed: count(&Place::Removed),
            undo: undo.map(|act| act.sentence),
            redo: redo.map(|act| act.sentence),
            unfinished: desk.unfinished_batches()?.iter().map(BatchView::of).collect(),
        })
    }
}

/// An act that was undone, or done again.
#[derive(Serialize, Type)]
pub struct TakenBackView {
    pub sentence: String,
    /// What it was about.
    pub pieces: Vec<Id>,
}

impl TakenBackView {
    pub fn of(desk: &Desk, act: Act) -> Result<Self> {
        Ok(Self { pieces: desk.about(act.id)?.into_iter().map(|piece| id(piece.0)).collect(), sentence: act.sentence })
    }
}

/// A line of the journal.
#[derive(Serialize, Type)]
pub struct ActView {
    pub id: Id,
    /// `2023-04-12 15:30`, local time.
    pub at: String,
    pub who: String,
    pub sentence: String,
    /// It changed something that can be put back.
    pub undoable: bool,
    pub undone: bool,
}

impl From<Act> for ActView {
    fn from(act: Act) -> Self {
        Self { id: id(act.id.0), at: local(act.at), who: act.who, sentence: act.sentence, undoable: act.undoable, undone: act.undone }
    }
}
