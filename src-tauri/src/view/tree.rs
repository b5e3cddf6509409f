//! The tree: places that a list of pieces comes from.

use dossier::desk::{Node, Place};
use dossier::domain::{IndicatorCode, UnitCode, YearState};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Where a list of pieces comes from.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "code", rename_all = "camelCase")]
pub enum PlaceView {
    Leaf(String),
    Area(String),
    Unit(String),
    Vetoes,
    Bonuses,
    All,
    Unfiled,
    Removed,
}

impl From<PlaceView> for Place {
    fn from(place: PlaceView) -> Self {
        match place {
            PlaceView::Leaf(code) => Self::Leaf(IndicatorCode(code)),
            PlaceView::Area(code) => Self::Area(code),
            PlaceView::Unit(code) => Self::Unit(UnitCode(code)),
            PlaceView::Vetoes => Self::Vetoes,
            PlaceView::Bonuses => Self::Bonuses,
            PlaceView::All => Self::All,
            PlaceView::Unfiled => Self::Unfiled,
            PlaceView::Removed => Self::Removed,
        }
    }
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        match place {
            Place::Leaf(code) => Self::Leaf(code.0),
            Place::Area(code) => Self::Area(code),
            Place::Unit(code) => Self::Unit(code.0),
            Place::Vetoes => Self::Vetoes,
            Place::Bonuses => Self::Bonuses,
            Place::All => Self::All,
            Place::Unfiled => Self::Unfiled,
            Place::Removed => Self::Removed,
        }
    }
}

/// One line of the tree.
#[derive(Serialize, Type)]
pub struct NodeView {
    pub place: PlaceView,
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Pieces, each counted once.
    pub pieces: u32,
    pub years: Vec<YearView>,
    pub state: Option<StateView>,
    /// For areas and groups: leaves that are complete, of all.
    pub complete: u32,
    pub leaves: u32,
}

impl From<Node> for NodeView {
    fn from(node: Node) -> Self {
        Self {
            place: node.key.into(),
            depth: node.depth,
            code: node.code,
            title: node.title,
            pieces: node.documents,
            years: node.years.into_iter().map(|(year, state)| YearView { year, state: state.into() }).collect(),
            state: node.state.map(Into::into),
            complete: node.complete,
            leaves: node.leaves,
        }
    }
}

#[derive(Serialize, Type)]
pub struct YearView {
    pub year: i16,
    pub state: StateView,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StateView {
    /// 齐
    Complete,
    /// 未到期
    NotDue,
    /// 待补
    Awaited,
    /// 缺
    Missing,
    /// 退回
    Returned,
}

impl From<YearState> for StateView {
    fn from(state: YearState) -> Self {
        match state {
            YearState::Complete => Self::Complete,
            YearState::NotDue => Self::NotDue,
            YearState::Awaited => Self::Awaited,
            YearState::Missing => Self::Missing,
            YearState::Returned => Self::Returned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::letter;
    use super::*;

    /// One name all the way to the screen, and in the grid its first letter.
    #[test]
    fn a_state_keeps_its_name() {
        for state in [YearState::Complete, YearState::NotDue, YearState::Awaited, YearState::Missing, YearState::Returned] {
            let name = format!("{state:?}").to_lowercase();
            let shown = serde_json::to_value(StateView::from(state)).expect("a state is plain data");
            assert_eq!(shown.as_str().map(str::to_lowercase), Some(name.clone()));
            assert_eq!(name.chars().next(), Some(letter(Some(state))));
        }
    }
}
