//! Opening, making and leaving a project.

use std::path::PathBuf;

use dossier::desk::{Creation, Issued, Surroundings, Term};
use dossier::domain::{Catalogue, Units, name};
use dossier::exchange::table;
use dossier::{Desk, exchange, wording};
use sample::project::Made;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

use super::{Answer, ask, long, wait};
use crate::bench::{Bench, locked};
use crate::pick::{Pick, pick};
use crate::problem::Problem;
use crate::view::{
    CatalogueSource, CatalogueView, CreationView, LayoutView, OpeningView, PeriodView, ProgressView, ProjectView, RecentView, SettingsView,
    StatusView, TableView,
};

/// Pieces of the sample project that is made from the start screen: a full binder in a minute.
const SAMPLE_PIECES: usize = 60;
const SAMPLE_SEED: u64 = 1;

#[tauri::command]
#[specta::specta]
pub async fn opening(app: AppHandle, bench: State<'_, Bench>) -> Answer<OpeningView> {
    let recent = locked(&bench.recent)
        .entries()
        .iter()
        .map(|entry| RecentView { name: entry.name.clone(), place: entry.dir.display().to_string() })
        .collect();
    Ok(OpeningView {
        version: app.package_info().version.to_string(),
        project: bench.open_desk().map(|desk| ProjectView::of(&desk)),
        problem: locked(&bench.at_start).take(),
        recent,
        running: bench.is_running(),
    })
}

#[tauri::command]
#[specta::specta]
pub async fn status(bench: State<'_, Bench>) -> Answer<StatusView> {
    ask(&bench, StatusView::of).await
}

/// Asks for the folder of a project; whether one was chosen. Apart from the opening: while the picker stands open, the screen goes
/// on with the project that is open.
#[tauri::command]
#[specta::specta]
pub async fn choose_project(app: AppHandle) -> Answer<bool> {
    let asker = app.clone();
    let picked = wait(move || pick(&asker, wording::window::PICK_PROJECT, &Pick::Folder)).await?;
    let Some(dir) = picked.into_iter().next() else { return Ok(false) };
    app.state::<Bench>().chosen().project = Some(dir);
    Ok(true)
}

/// Opens the project that was chosen.
#[tauri::command]
#[specta::specta]
pub async fn open_chosen(app: AppHandle) -> Answer<ProjectView> {
    let dir = app.state::<Bench>().chosen().project.take().ok_or_else(Problem::no_project)?;
    open(app, dir).await
}

#[tauri::command]
#[specta::specta]
pub async fn open_recent(at: u32, app: AppHandle) -> Answer<ProjectView> {
    let entry = locked(&app.state::<Bench>().recent).entries().get(at as usize).cloned();
    let dir = entry.ok_or_else(Problem::no_project)?.dir;
    if !dir.is_dir() {
        return Err(Problem::saying(wording::window::recent_gone(&dir.display().to_string())));
    }
    open(app, dir).await
}

/// Opens the sample project; the first time it is drawn, which takes some seconds.
#[tauri::command]
#[specta::specta]
pub async fn open_sample(messages: Channel<ProgressView>, app: AppHandle) -> Answer<ProjectView> {
    let home = app.path().document_dir().or_else(|_| app.path().home_dir()).map_err(|error| Problem::broken(&error))?;
    let dir = home.join(wording::window::SAMPLE_FOLDER);
    if Desk::is_project(&dir) {
        return open(app, dir).await;
    }
    let desk = wait(move || {
        let bench = app.state::<Bench>();
        let running = long::begin(&bench, move |progress| drop(messages.send(progress)))?;
        let is_new = !dir.exists();
        let made = Surroundings::here()
            .and_then(|around| sample::project::make(&dir, SAMPLE_PIECES, SAMPLE_SEED, around, &running.watch))
            .map(|Made { .. }| ());
        drop(running);
        if made.is_err() && is_new {
            // Half a sample would be opened the next time as if it were whole.
            let _ = std::fs::remove_dir_all(&dir);
        }
        made.map_err(Problem::from)?;
        bench.open(&dir)
    })
    .await??;
    Ok(ProjectView::of(&desk))
}

/// 恢复项目: the project that did not open because its index is damaged.
#[tauri::command]
#[specta::specta]
pub async fn recover_project(app: AppHandle) -> Answer<ProjectView> {
    let dir = app.state::<Bench>().chosen().unopened.clone().ok_or_else(Problem::no_project)?;
    let desk = wait(move || app.state::<Bench>().change(&dir.clone(), |around| Desk::recover(&dir, around))).await??;
    Ok(ProjectView::of(&desk))
}

/// 只读查看: the project that was chosen, else the one that did not open.
#[tauri::command]
#[specta::specta]
pub async fn look_at_project(app: AppHandle) -> Answer<ProjectView> {
    let dir = {
        let bench = app.state::<Bench>();
        let mut chosen = bench.chosen();
        chosen.project.take().or_else(|| chosen.unopened.clone()).ok_or_else(Problem::no_project)?
    };
    look(app, dir).await
}

/// Looks at the project again, by the copy of its index that is the newest now.
#[tauri::command]
#[specta::specta]
pub async fn look_again(app: AppHandle) -> Answer<ProjectView> {
    let dir = app.state::<Bench>().desk()?.dir().to_owned();
    look(app, dir).await
}

/// Asks where a new project is put; the answer is to be read.
#[tauri::command]
#[specta::specta]
pub async fn choose_place(app: AppHandle) -> Answer<Option<String>> {
    let asker = app.clone();
    let picked = wait(move || pick(&asker, wording::window::PICK_PLACE, &Pick::Folder)).await?;
    let Some(place) = picked.into_iter().next() else { return Ok(None) };
    let shown = place.display().to_string();
    app.state::<Bench>().chosen().place = Some(place);
    Ok(Some(shown))
}

/// Asks for a catalogue, of our own form or the table that was issued, and says what is in it.
#[tauri::command]
#[specta::specta]
pub async fn choose_catalogue(app: AppHandle) -> Answer<Option<CatalogueView>> {
    let asker = app.clone();
    let kinds = Pick::File { kind: wording::window::CATALOGUES, endings: &["docx", "xlsx", "xls", "json"] };
    let picked = wait(move || pick(&asker, wording::window::PICK_CATALOGUE, &kinds)).await?;
    let Some(file) = picked.into_iter().next() else { return Ok(None) };
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let issued = wait(move || -> Answer<Issued> { Ok(Issued::read(&file, None, &Surroundings::here()?)?) }).await??;
    let view = shown(&issued, &name);
    app.state::<Bench>().chosen().issued = Some((name, issued));
    Ok(Some(view))
}

/// Years and due date for the reference catalogue, which is of a round long past: of one that lies ahead.
#[tauri::command]
#[specta::specta]
pub async fn offered_period() -> Answer<PeriodView> {
    let around = Surroundings::here()?;
    Ok(Term::ahead(&exchange::reference().0.cycle, (around.today)()).into())
}

/// Takes the table that was chosen last with its columns as the clerk says: one layout a sheet.
#[tauri::command]
#[specta::specta]
pub async fn take_columns(layouts: Vec<LayoutView>, app: AppHandle) -> Answer<CatalogueView> {
    let bench = app.state::<Bench>();
    let mut chosen = bench.chosen();
    let (name, issued) = chosen.issued.as_mut().ok_or_else(|| Problem::saying(wording::window::NO_CATALOGUE))?;
    issued.lay(|columns| columns.layouts.iter_mut().zip(&layouts).for_each(|(layout, said)| said.lay(layout)));
    Ok(shown(issued, name))
}

/// What it makes; a table also as its columns are, so that they can be corrected.
fn shown(issued: &Issued, name: &str) -> CatalogueView {
    let mut view = match issued.taken() {
        Ok((catalogue, units, warnings)) => {
            let mut view = CatalogueView::of(&catalogue, &units, name);
            // That every unit is new is no news where no list was given.
            let news = warnings.iter().filter(|warning| !matches!(warning, table::Warning::UnitAdded { .. }));
            view.warnings = news.map(wording::catalogue::warning).collect();
            view
        }
        Err(error) => CatalogueView::none(wording::catalogue::sentences(&error).join("\n"), name),
    };
    view.table = issued.table().map(|(grid, columns)| TableView::of(grid, columns));
    view
}

#[tauri::command]
#[specta::specta]
pub async fn create_project(creation: CreationView, app: AppHandle) -> Answer<ProjectView> {
    let CreationView { name, office, folder, catalogue, from, to, due } = creation;
    let due = due.parse().map_err(|_| Problem::saying(wording::window::NOT_A_DAY))?;
    let dir = in_chosen_place(&app, &folder)?;
    let taken = match catalogue {
        CatalogueSource::Reference => exchange::reference(),
        CatalogueSource::Chosen => chosen_catalogue(&app)?,
    };
    let creation = Creation::of(taken, &name, &office, Some(Term { years: (from, to), due }))?;
    let desk = wait(move || app.state::<Bench>().change(&dir.clone(), |around| Desk::create(&dir, creation, around))).await??;
    Ok(ProjectView::of(&desk))
}

fn chosen_catalogue(app: &AppHandle) -> Answer<(Catalogue, Units)> {
    let bench = app.state::<Bench>();
    let chosen = bench.chosen();
    let (_, issued) = chosen.issued.as_ref().ok_or_else(|| Problem::saying(wording::window::NO_CATALOGUE))?;
    let (catalogue, units, _) = issued.taken()?;
    Ok((catalogue, units))
}

/// A folder of that name in the place that was chosen.
pub(super) fn in_chosen_place(app: &AppHandle, folder: &str) -> Answer<PathBuf> {
    let folder = folder.trim();
    if folder.is_empty() || folder.starts_with('.') || name::legal(folder) != folder {
        return Err(Problem::saying(wording::window::BAD_FOLDER_NAME));
    }
    let place = app.state::<Bench>().chosen().place.clone();
    Ok(place.ok_or_else(|| Problem::saying(wording::window::NO_PLACE))?.join(folder))
}

/// 项目设置; the answer is the project as it is now.
#[tauri::command]
#[specta::specta]
pub async fn set_project(settings: SettingsView, bench: State<'_, Bench>) -> Answer<ProjectView> {
    let before = bench.desk()?.assessment();
    let wanted = settings.set(before).ok_or_else(|| Problem::saying(wording::window::NOT_A_DAY))?;
    ask(&bench, move |desk| {
        desk.set_assessment(&wanted)?;
        Ok(ProjectView::of(desk))
    })
    .await
}

/// The project as it is now: undoing may have set names and dates back.
#[tauri::command]
#[specta::specta]
pub async fn project(bench: State<'_, Bench>) -> Answer<ProjectView> {
    ask(&bench, |desk| Ok(ProjectView::of(desk))).await
}

#[tauri::command]
#[specta::specta]
pub async fn close_project(app: AppHandle) -> Answer<()> {
    wait(move || app.state::<Bench>().close()).await?
}

async fn look(app: AppHandle, dir: PathBuf) -> Answer<ProjectView> {
    let desk = wait(move || app.state::<Bench>().look(&dir)).await??;
    Ok(ProjectView::of(&desk))
}

async fn open(app: AppHandle, dir: PathBuf) -> Answer<ProjectView> {
    let desk = wait(move || app.state::<Bench>().open(&dir)).await??;
    Ok(ProjectView::of(&desk))
}
