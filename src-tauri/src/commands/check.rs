//! 核查 on the screen.

use tauri::State;

use super::{Answer, ask};
use crate::bench::Bench;
use crate::view::FindingView;

#[tauri::command]
#[specta::specta]
pub async fn findings(bench: State<'_, Bench>) -> Answer<Vec<FindingView>> {
    ask(&bench, |desk| {
        let dossier = desk.dossier()?;
        Ok(desk.check()?.iter().map(|finding| FindingView::of(finding, &dossier)).collect())
    })
    .await
}
