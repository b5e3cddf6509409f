//! 备份, 恢复, 检查原件, 查阅盘 and the next round.

use dossier::desk::{Contents, NextRound};
use dossier::{Desk, wording};
use scans::Digest;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

use super::long::{ask_long, picked, run};
use super::{Answer, ask, wait};
use crate::bench::Bench;
use crate::pick::Pick;
use crate::problem::Problem;
use crate::view::{DifferenceView, DoneView, ExaminedView, ExchangeMessage, NextRoundView, ProgressView, ProjectView, SavedView};

/// Asks where to, and copies the whole project there; `false` when the clerk chose no place.
#[tauri::command]
#[specta::specta]
pub async fn back_up_project(messages: Channel<ExchangeMessage>, app: AppHandle) -> Answer<bool> {
    let Some((desk, place)) = picked(&app, wording::window::PICK_BACKUP, Pick::Folder).await? else { return Ok(false) };
    run(&app, desk, messages, move |desk, watch| {
        let copied = desk.back_up_to(&place, watch)?;
        Ok((DoneView::of(wording::backup::done(&copied)), None))
    })?;
    Ok(true)
}

/// 查阅盘 of a PDF by its place in the list of packages, else of the newest: asks where to; `false` when the clerk chose no place.
#[tauri::command]
#[specta::specta]
pub async fn make_stick(at: Option<u32>, messages: Channel<ExchangeMessage>, app: AppHandle) -> Answer<bool> {
    let Some((desk, place)) = picked(&app, wording::window::PICK_STICK, Pick::Folder).await? else { return Ok(false) };
    run(&app, desk, messages, move |desk, watch| {
        let stick = desk.make_stick(at.map(|at| at as usize), &place, watch)?;
        let done = wording::stick::done(&stick.dir, stick.files, stick.pieces, stick.bytes);
        Ok((DoneView::of(done), Some(stick.dir)))
    })?;
    Ok(true)
}

/// 加密打包 of a package by its place in the list of packages, else of a folder that is asked for; then asks where to. `false` when the
/// clerk chose none.
#[tauri::command]
#[specta::specta]
pub async fn seal(at: Option<u32>, password: String, messages: Channel<ExchangeMessage>, app: AppHandle) -> Answer<bool> {
    let what = match at {
        Some(at) => Contents::Package(Some(at as usize)),
        None => match picked(&app, wording::window::PICK_SEALED, Pick::Folder).await? {
            Some((_, folder)) => Contents::Folder(folder),
            None => return Ok(false),
        },
    };
    let Some((desk, place)) = picked(&app, wording::window::PICK_SEAL, Pick::Folder).await? else { return Ok(false) };
    run(&app, desk, messages, move |desk, watch| {
        let sealed = desk.seal(&what, &place, &password, watch)?;
        let done = wording::seal::done(&sealed.path, sealed.files, sealed.bytes);
        Ok((DoneView::of(done), Some(sealed.path)))
    })?;
    Ok(true)
}

/// 检查原件: reads every original again.
#[tauri::command]
#[specta::specta]
pub async fn examine_originals(told: Channel<ProgressView>, bench: State<'_, Bench>) -> Answer<ExaminedView> {
    Ok(ExaminedView::from(ask_long(&bench, told, |desk, watch| desk.examine_originals(watch)).await?))
}

/// Puts originals back from a backup, by their digests; what was done, in words.
#[tauri::command]
#[specta::specta]
pub async fn put_back_originals(originals: Vec<String>, told: Channel<ProgressView>, bench: State<'_, Bench>) -> Answer<String> {
    let originals: Vec<Digest> = originals.iter().filter_map(|digest| digest.parse().ok()).collect();
    let asked = originals.len();
    let done = ask_long(&bench, told, move |desk, watch| desk.put_back(&originals, watch)).await?;
    Ok(wording::examine::put_back(done, asked))
}

/// Copies of the index, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn saved_indexes(bench: State<'_, Bench>) -> Answer<Vec<SavedView>> {
    Ok(ask(&bench, |desk| desk.saved()).await?.iter().map(SavedView::from).collect())
}

/// What putting a copy in place would change; `file` is its name in the list.
#[tauri::command]
#[specta::specta]
pub async fn preview_restore(file: String, bench: State<'_, Bench>) -> Answer<DifferenceView> {
    let desk = bench.desk()?;
    wait(move || {
        let copy = chosen(&desk, &file)?;
        Ok(DifferenceView::from(desk.preview_restore(&copy)?))
    })
    .await?
}

/// 恢复: the present index is copied first; the project is opened anew.
#[tauri::command]
#[specta::specta]
pub async fn restore_saved(file: String, app: AppHandle) -> Answer<ProjectView> {
    let desk = wait(move || {
        let bench = app.state::<Bench>();
        let (dir, copy) = {
            let desk = bench.desk()?;
            (desk.dir().to_owned(), chosen(&desk, &file)?)
        };
        bench.restore(&dir, &copy)
    })
    .await??;
    Ok(ProjectView::of(&desk))
}

fn chosen(desk: &Desk, file: &str) -> Answer<std::path::PathBuf> {
    let named = |saved: &dossier::desk::Saved| saved.path.file_name().is_some_and(|name| name == file);
    let found = desk.saved()?.into_iter().find(named);
    found.map(|saved| saved.path).ok_or_else(|| Problem::saying(wording::window::NO_SUCH_BACKUP))
}

/// The next round as it is offered.
#[tauri::command]
#[specta::specta]
pub async fn next_round(bench: State<'_, Bench>) -> Answer<NextRoundView> {
    Ok(ask(&bench, |desk| Ok(desk.next_round())).await?.into())
}

/// Makes a project for the next round in the place chosen, and opens it.
#[tauri::command]
#[specta::specta]
pub async fn start_next_round(round: NextRoundView, folder: String, app: AppHandle) -> Answer<ProjectView> {
    let due = round.due.parse().map_err(|_| Problem::saying(wording::window::NOT_A_DAY))?;
    let round = NextRound { name: round.name.trim().to_owned(), years: (round.from, round.to), due };
    let dir = super::project::in_chosen_place(&app, &folder)?;
    let desk = wait(move || {
        let bench = app.state::<Bench>();
        let before = bench.desk()?;
        let made = before.start_next_round(&dir, &round, dossier::desk::Surroundings::here()?)?;
        drop((before, made));
        bench.open(&dir)
    })
    .await??;
    Ok(ProjectView::of(&desk))
}
