//! 交换: 收集包 that go out to the units and come back.

use dossier::desk::{KitId, Shape};
use dossier::domain::UnitCode;
use dossier::wording;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

use super::long::{picked, run};
use super::{Answer, ask};
use crate::bench::Bench;
use crate::pick::Pick;
use crate::view::{DoneView, ExchangeMessage, Id, KitReviewView, ReturnedView, UnitStandingView};

/// Units in the order issued, with what they owe.
#[tauri::command]
#[specta::specta]
pub async fn unit_standings(bench: State<'_, Bench>) -> Answer<Vec<UnitStandingView>> {
    ask(&bench, |desk| {
        let units = desk.units();
        Ok(desk.unit_standings()?.iter().map(|standing| UnitStandingView::of(standing, &units)).collect())
    })
    .await
}

/// Asks where to, and makes a kit for each of the units, for all that owe something where none is named; `false` when the
/// clerk chose no place.
#[tauri::command]
#[specta::specta]
pub async fn make_kits(units: Vec<String>, zip: bool, messages: Channel<ExchangeMessage>, app: AppHandle) -> Answer<bool> {
    let Some((desk, place)) = picked(&app, wording::window::PICK_KITS, Pick::Folder).await? else { return Ok(false) };
    let units: Vec<UnitCode> = units.into_iter().map(UnitCode).collect();
    let shape = if zip { Shape::Zip } else { Shape::Folder };
    run(&app, desk, messages, move |desk, watch| {
        let receipt = desk.make_kits(&units, shape, &place, watch)?;
        let shown = receipt.made.first().map(|kit| kit.path.clone());
        Ok((DoneView::of(wording::kit::made(&receipt)), shown))
    })?;
    Ok(true)
}

/// Kits that came back, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn returned_kits(bench: State<'_, Bench>) -> Answer<Vec<ReturnedView>> {
    Ok(ask(&bench, |desk| desk.returned()).await?.iter().map(ReturnedView::from).collect())
}

/// 核对: what came in a kit, beside what is owed.
#[tauri::command]
#[specta::specta]
pub async fn review_kit(id: Id, bench: State<'_, Bench>) -> Answer<KitReviewView> {
    ask(&bench, move |desk| desk.review_kit(KitId(id.into()))).await.map(KitReviewView::from)
}

/// Files what lies in the folders of a kit, in one act; how many pieces.
#[tauri::command]
#[specta::specta]
pub async fn file_kit(id: Id, bench: State<'_, Bench>) -> Answer<u32> {
    ask(&bench, move |desk| desk.file_kit(KitId(id.into()))).await
}
