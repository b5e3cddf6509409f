//! What is looked at: tree, lists, one piece, one indicator.

use dossier::desk::Place;
use tauri::State;

use super::{Answer, ask};
use crate::bench::Bench;
use crate::problem::Problem;
use crate::view::{ConsultedView, Id, LeafName, LeafView, NodeView, PieceView, PlaceView, RowView, made};

/// Leaves that are offered for what was typed.
const OFFERED: usize = 50;

#[tauri::command]
#[specta::specta]
pub async fn tree(bench: State<'_, Bench>) -> Answer<Vec<NodeView>> {
    let nodes = ask(&bench, |desk| desk.tree()).await?;
    Ok(nodes.into_iter().map(NodeView::from).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn units_tree(bench: State<'_, Bench>) -> Answer<Vec<NodeView>> {
    let nodes = ask(&bench, |desk| desk.units_tree()).await?;
    Ok(nodes.into_iter().map(NodeView::from).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn pieces(place: PlaceView, bench: State<'_, Bench>) -> Answer<Vec<RowView>> {
    let place = Place::from(place);
    ask(&bench, move |desk| Ok(made::rows(desk, desk.rows(&place)?))).await
}

#[tauri::command]
#[specta::specta]
pub async fn search(words: String, bench: State<'_, Bench>) -> Answer<Vec<RowView>> {
    ask(&bench, move |desk| Ok(made::rows(desk, desk.found(&words)?))).await
}

#[tauri::command]
#[specta::specta]
pub async fn piece(id: Id, bench: State<'_, Bench>) -> Answer<PieceView> {
    ask(&bench, move |desk| PieceView::of(desk, made::document(id))).await
}

#[tauri::command]
#[specta::specta]
pub async fn leaf(code: String, bench: State<'_, Bench>) -> Answer<LeafView> {
    let code = made::code(code);
    let asked = code.clone();
    let found = ask(&bench, move |desk| LeafView::of(desk, &asked)).await?;
    found.ok_or_else(|| Problem::from(dossier::Error::NoSuchIndicator { code }))
}

/// What the typed number or word may mean; the first is what it means.
#[tauri::command]
#[specta::specta]
pub async fn find_leaves(typed: String, bench: State<'_, Bench>) -> Answer<Vec<LeafName>> {
    let catalogue = bench.desk()?.catalogue();
    let exact = catalogue.typed(&typed);
    let word = typed.trim();
    let begins = catalogue.leaves().filter(|leaf| leaf.code().0.starts_with(word));
    let holds = catalogue.leaves().filter(|leaf| !leaf.code().0.starts_with(word) && leaf.text().contains(word));
    let others = begins.chain(holds).filter(|leaf| exact.is_none_or(|exact| exact.code() != leaf.code()));
    Ok(exact.into_iter().chain(others).take(OFFERED).map(|leaf| LeafName::of(leaf, &catalogue)).collect())
}

/// What an inspector asks for, and where it lies.
#[tauri::command]
#[specta::specta]
pub async fn consult(asked: String, bench: State<'_, Bench>) -> Answer<ConsultedView> {
    ask(&bench, move |desk| Ok(ConsultedView::of(desk, desk.consult(&asked)?))).await
}
