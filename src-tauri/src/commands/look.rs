//! What is looked at: tree, lists, one piece, one indicator.

use dossier::Desk;
use dossier::desk::{List, Place};
use tauri::State;

use super::{Answer, ask};
use crate::bench::Bench;
use crate::problem::Problem;
use crate::view::{
    ChosenView, ConsultedView, Id, LeafName, LeafView, ListView, MaskAreaView, NodeView, OrderView, PieceView, PlaceView, RowView, ids,
};

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
pub async fn pieces(place: PlaceView, order: Option<OrderView>, bench: State<'_, Bench>) -> Answer<ListView> {
    let place = Place::from(place);
    Ok(ask(&bench, move |desk| in_order(desk, desk.list(&place)?, order)).await?.into())
}

/// Pieces that hold the words, in everything or in the list of a place.
#[tauri::command]
#[specta::specta]
pub async fn search(words: String, within: Option<PlaceView>, order: Option<OrderView>, bench: State<'_, Bench>) -> Answer<ListView> {
    let within = within.map(Place::from);
    Ok(ask(&bench, move |desk| in_order(desk, desk.found(&words, within.as_ref())?, order)).await?.into())
}

fn in_order(desk: &Desk, list: List, order: Option<OrderView>) -> dossier::Result<List> {
    match order {
        Some(order) => desk.sorted(list, order.into()),
        None => Ok(list),
    }
}

/// Lines of pieces that come into sight, in this order: of the list of the leaf `under`, of what holds `words`.
#[tauri::command]
#[specta::specta]
pub async fn rows(pieces: Vec<Id>, under: Option<String>, words: String, bench: State<'_, Bench>) -> Answer<Vec<RowView>> {
    let under = under.map(ids::code);
    ask(&bench, move |desk| Ok(RowView::all(desk, desk.rows(&ids::documents(&pieces), under.as_ref(), &words)?))).await
}

/// What is said of pieces before something is done with all of them.
#[tauri::command]
#[specta::specta]
pub async fn chosen(pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<ChosenView> {
    Ok(ask(&bench, move |desk| desk.chosen(&ids::documents(&pieces))).await?.into())
}

#[tauri::command]
#[specta::specta]
pub async fn piece(id: Id, bench: State<'_, Bench>) -> Answer<PieceView> {
    ask(&bench, move |desk| {
        desk.read_first(ids::document(id))?;
        PieceView::of(desk, ids::document(id))
    })
    .await
}

/// Pages of a piece on which one of the words stands.
#[tauri::command]
#[specta::specta]
pub async fn pages_holding(piece: Id, words: String, bench: State<'_, Bench>) -> Answer<Vec<u32>> {
    ask(&bench, move |desk| desk.pages_holding(ids::document(piece), &words)).await
}

/// Where words stand on a page that is looked at.
#[tauri::command]
#[specta::specta]
pub async fn hits(piece: Id, page: u32, words: String, bench: State<'_, Bench>) -> Answer<Vec<MaskAreaView>> {
    let hits = ask(&bench, move |desk| desk.hits(ids::document(piece), page, &words)).await?;
    Ok(hits.into_iter().map(MaskAreaView::from).collect())
}

#[tauri::command]
#[specta::specta]
pub async fn leaf(code: String, bench: State<'_, Bench>) -> Answer<LeafView> {
    let code = ids::code(code);
    let asked = code.clone();
    let found = ask(&bench, move |desk| LeafView::of(desk, &asked)).await?;
    found.ok_or_else(|| Problem::from(dossier::Error::NoSuchIndicator { code }))
}

/// Leaves that may be meant by what was typed so far, the likeliest first.
#[tauri::command]
#[specta::specta]
pub async fn find_leaves(typed: String, bench: State<'_, Bench>) -> Answer<Vec<LeafName>> {
    let catalogue = bench.desk()?.catalogue();
    Ok(catalogue.offered(&typed).into_iter().take(OFFERED).map(|leaf| LeafName::of(leaf, &catalogue)).collect())
}

/// What an inspector asks for, and where it lies.
#[tauri::command]
#[specta::specta]
pub async fn consult(asked: String, bench: State<'_, Bench>) -> Answer<ConsultedView> {
    ask(&bench, move |desk| Ok(ConsultedView::of(desk, desk.consult(&asked)?))).await
}
