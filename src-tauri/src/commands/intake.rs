//! 收集: taking in, with every verdict told as it falls.

use std::sync::Arc;
use std::time::Instant;

use dossier::desk::{BatchId, BatchReport, CandidateId, Received};
use dossier::domain::{DocumentId, IndicatorCode, UnitCode};
use dossier::{Desk, wording};
use scans::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_opener::OpenerExt as _;

use super::long::{self, PAUSE};
use super::{Answer, ask, show_made, wait};
use crate::bench::Bench;
use crate::pick::Pick;
use crate::problem::Problem;
use crate::view::{BatchView, Id, IntakeMessage, ProgressView, ReceivedView, SeparatorsView};

/// Asks for a folder and takes it in; `false` when the clerk chose none.
#[tauri::command]
#[specta::specta]
pub async fn take_in_folder(messages: Channel<IntakeMessage>, app: AppHandle) -> Answer<bool> {
    take_in_picked(app, messages, wording::window::PICK_FOLDER, Pick::Folder).await
}

#[tauri::command]
#[specta::specta]
pub async fn take_in_files(messages: Channel<IntakeMessage>, app: AppHandle) -> Answer<bool> {
    take_in_picked(app, messages, wording::window::PICK_FILES, Pick::Files).await
}

/// Takes in what was dropped on the window.
#[tauri::command]
#[specta::specta]
pub async fn take_in_dropped(messages: Channel<IntakeMessage>, app: AppHandle) -> Answer<bool> {
    let dropped = std::mem::take(&mut app.state::<Bench>().chosen().dropped);
    if dropped.is_empty() {
        return Err(Problem::saying(wording::window::NOTHING_DROPPED));
    }
    let desk = app.state::<Bench>().desk()?;
    start(&app, desk, messages, move |desk, watch, seen| desk.intake(&dropped, watch, seen))?;
    Ok(true)
}

#[tauri::command]
#[specta::specta]
pub async fn resume_batch(batch: Id, messages: Channel<IntakeMessage>, app: AppHandle) -> Answer<()> {
    let desk = app.state::<Bench>().desk()?;
    start(&app, desk, messages, move |desk, watch, seen| desk.resume(BatchId(batch.into()), watch, seen))
}

/// Stops the long act that runs.
#[tauri::command]
#[specta::specta]
pub fn cancel(bench: State<'_, Bench>) {
    bench.cancel();
}

#[tauri::command]
#[specta::specta]
pub async fn batches(bench: State<'_, Bench>) -> Answer<Vec<BatchView>> {
    let batches = ask(&bench, |desk| desk.batches()).await?;
    Ok(batches.iter().map(BatchView::of).collect())
}

/// 接收报告: every file of a batch.
#[tauri::command]
#[specta::specta]
pub async fn batch(id: Id, bench: State<'_, Bench>) -> Answer<Vec<ReceivedView>> {
    let received = ask(&bench, move |desk| desk.batch(BatchId(id.into()))).await?;
    Ok(received.into_iter().map(ReceivedView::from).collect())
}

/// Writes the report of a batch as XLSX where the clerk says; the name of the file, or `None` when it was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn export_batch(id: Id, app: AppHandle) -> Answer<Option<String>> {
    let name = wording::window::batch_report_name(id.into());
    let Some((desk, to)) = long::picked(&app, wording::window::SAVE_REPORT, Pick::Save { name }).await? else { return Ok(None) };
    let shown = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
    wait(move || desk.write_batch_report(BatchId(id.into()), &to)).await??;
    Ok(Some(shown))
}

/// 接收 of a file that waits.
#[tauri::command]
#[specta::specta]
pub async fn confirm_pending(candidate: Id, bench: State<'_, Bench>) -> Answer<ReceivedView> {
    ask(&bench, move |desk| desk.confirm_pending(CandidateId(candidate.into()))).await.map(ReceivedView::from)
}

/// 不收
#[tauri::command]
#[specta::specta]
pub async fn decline_pending(candidate: Id, bench: State<'_, Bench>) -> Answer<ReceivedView> {
    ask(&bench, move |desk| desk.decline_pending(CandidateId(candidate.into()))).await.map(ReceivedView::from)
}

/// 查看: opens the original with the system's own viewer; what lies in an archive, the archive.
#[tauri::command]
#[specta::specta]
pub async fn open_pending(candidate: Id, app: AppHandle) -> Answer<()> {
    let path = ask(&app.state::<Bench>(), move |desk| desk.source_of(CandidateId(candidate.into()))).await?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if !path.exists() {
        return Err(Problem::saying(wording::window::source_gone(&name)));
    }
    app.opener().open_path(path.to_string_lossy(), None::<&str>).map_err(|error| {
        log::warn!("{error}");
        Problem::saying(wording::window::not_opened(&name))
    })
}

/// 输入密码: the password goes to the desk and nowhere else.
#[tauri::command]
#[specta::specta]
pub async fn unlock_pending(candidate: Id, password: String, bench: State<'_, Bench>) -> Answer<ReceivedView> {
    ask(&bench, move |desk| desk.unlock_pending(CandidateId(candidate.into()), &password)).await.map(ReceivedView::from)
}

/// 分隔页 for a leaf (or all of an area), one for each of the units; shown in their folder. How many, and the file's name.
#[tauri::command]
#[specta::specta]
pub async fn make_separators(codes: Vec<String>, units: Vec<String>, app: AppHandle) -> Answer<SeparatorsView> {
    let leaves: Vec<IndicatorCode> = codes.into_iter().map(IndicatorCode).collect();
    let units: Vec<UnitCode> = units.into_iter().map(UnitCode).collect();
    let (made, sheets) = ask(&app.state::<Bench>(), move |desk| desk.separators(&leaves, &units, None)).await?;
    let file = made.file_name().unwrap_or_default().to_string_lossy().into_owned();
    show_made(&app, &made)?;
    Ok(SeparatorsView { file, sheets: sheets as u32 })
}

/// Splits a piece by the sheets in it; how many pieces it became, 0 where there is no sheet.
#[tauri::command]
#[specta::specta]
pub async fn sort_by_sheets(id: Id, told: Channel<ProgressView>, bench: State<'_, Bench>) -> Answer<u32> {
    let sorted = long::ask_long(&bench, told, move |desk, watch| desk.sort_by_sheets(DocumentId(id.into()), watch)).await?;
    Ok(sorted.map_or(0, |sorted| sorted.pieces.len() as u32))
}

async fn take_in_picked(app: AppHandle, messages: Channel<IntakeMessage>, title: &'static str, what: Pick<'static>) -> Answer<bool> {
    let Some((desk, sources)) = long::picked_paths(&app, title, what).await? else { return Ok(false) };
    start(&app, desk, messages, move |desk, watch, seen| desk.intake(&sources, watch, seen))?;
    Ok(true)
}

/// Runs an act of taking in on a thread of its own, and returns at once.
fn start(
    app: &AppHandle,
    desk: Arc<Desk>,
    messages: Channel<IntakeMessage>,
    act: impl FnOnce(&Desk, &Watch, &mut dyn FnMut(&Received)) -> dossier::Result<BatchReport> + Send + 'static,
) -> Answer<()> {
    let bench = app.state::<Bench>();
    let told = messages.clone();
    let running = long::begin(&bench, move |progress| drop(told.send(IntakeMessage::Progress(progress))))?;
    std::thread::spawn(move || {
        let mut waiting: Vec<ReceivedView> = Vec::new();
        let mut sent = Instant::now();
        let ended = act(&desk, &running.watch, &mut |received| {
            waiting.push(received.clone().into());
            if sent.elapsed() >= PAUSE {
                sent = Instant::now();
                let _ = messages.send(IntakeMessage::Received(std::mem::take(&mut waiting)));
            }
        });
        drop(running);
        let _ = messages.send(IntakeMessage::Received(waiting));
        let _ = messages.send(match ended {
            Ok(report) => IntakeMessage::Ended(report.into()),
            Err(error) => IntakeMessage::Failed(error.into()),
        });
    });
    Ok(())
}
