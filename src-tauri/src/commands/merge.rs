//! 并入: what was done on a copy of the project, on another computer.

use std::collections::BTreeSet;

use dossier::desk::ConflictKey;
use dossier::wording;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};

use super::Answer;
use super::long::{ask_long, picked, run};
use crate::bench::Bench;
use crate::pick::Pick;
use crate::problem::Problem;
use crate::view::{DoneView, ExchangeMessage, MergingView, ProgressView};

/// Asks for the folder of a 交换包, and says what it would bring; `None` when the clerk chose none.
#[tauri::command]
#[specta::specta]
pub async fn choose_bundle(told: Channel<ProgressView>, app: AppHandle) -> Answer<Option<MergingView>> {
    let Some((_, folder)) = picked(&app, wording::window::PICK_BUNDLE, Pick::Folder).await? else { return Ok(None) };
    let bench = app.state::<Bench>();
    let place = folder.clone();
    let foreseen =
        ask_long(&bench, told, move |desk, watch| Ok(MergingView::of(&desk.preview_merge(&place, watch)?, &desk.units()))).await?;
    bench.chosen().bundle = Some(folder);
    Ok(Some(foreseen))
}

/// Merges what was chosen last; `theirs`: the conflicts in which the other project is right.
#[tauri::command]
#[specta::specta]
pub async fn merge_bundle(theirs: Vec<String>, messages: Channel<ExchangeMessage>, app: AppHandle) -> Answer<bool> {
    let folder = app.state::<Bench>().chosen().bundle.clone();
    let folder = folder.ok_or_else(|| Problem::saying(wording::window::NO_BUNDLE))?;
    let theirs: BTreeSet<ConflictKey> = theirs.into_iter().map(ConflictKey).collect();
    let desk = app.state::<Bench>().desk()?;
    run(&app, desk, messages, move |desk, watch| {
        let merged = desk.merge(&folder, &theirs, watch)?;
        Ok((DoneView::of(wording::merge::done(&merged)), None))
    })?;
    Ok(true)
}
