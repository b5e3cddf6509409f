//! 汇编: what a package would hold, making it, and opening what was made.

use std::path::PathBuf;

use dossier::compile::Package;
use dossier::{Desk, Error, wording};
use scans::Watch;
use serde::Deserialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_opener::OpenerExt;

use super::{Answer, ask, long, show_made};
use crate::bench::Bench;
use crate::problem::Problem;
use crate::view::{CompileMessage, EditionView, FontsView, ForeseenView, LabelsView, OptionsView, PackageView};

/// What of a package is opened.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Opened {
    /// One volume, by the system's own viewer.
    File,
    /// 校验报告
    Report,
    /// The folder, with the file marked.
    Folder,
}

#[tauri::command]
#[specta::specta]
pub async fn foresee(options: OptionsView, bench: State<'_, Bench>) -> Answer<ForeseenView> {
    ask(&bench, move |desk| {
        let options = options.on(desk.today());
        let proof = desk.proof(&options)?;
        Ok(ForeseenView::of(&proof, &*desk.dossier()?, &desk.lacking()?, desk.to_be_read(&proof.ledger, &options)?))
    })
    .await
}

/// What a package with these options is set in.
#[tauri::command]
#[specta::specta]
pub async fn fonts(options: OptionsView, bench: State<'_, Bench>) -> Answer<FontsView> {
    ask(&bench, move |desk| Ok(FontsView::of(desk.font_roles(), desk.missing_characters(&options.on(desk.today()))?))).await
}

/// Makes 盒脊 and 侧标签 of the package that would be compiled, and shows them in their folder.
#[tauri::command]
#[specta::specta]
pub async fn make_labels(options: OptionsView, app: AppHandle) -> Answer<LabelsView> {
    let labels = ask(&app.state::<Bench>(), move |desk| desk.labels(&options.on(desk.today()), None)).await?;
    let made = labels.spines.clone();
    let view = LabelsView::from(labels);
    show_made(&app, &made)?;
    Ok(view)
}

/// 定稿 as it stands, with what a 变更包 would change now.
#[tauri::command]
#[specta::specta]
pub async fn edition(bench: State<'_, Bench>) -> Answer<Option<EditionView>> {
    ask(&bench, |desk| Ok(desk.edition()?.as_deref().map(EditionView::from))).await
}

/// 定稿, by its place in the list of packages.
#[tauri::command]
#[specta::specta]
pub async fn issue_package(at: u32, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.issue_package(at as usize)).await
}

/// 新版
#[tauri::command]
#[specta::specta]
pub async fn begin_new_edition(bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, Desk::begin_new_edition).await
}

/// Begins to compile, and returns at once. `accepted`: the clerk knows which veto items nothing proves.
#[tauri::command]
#[specta::specta]
pub async fn compile_package(options: OptionsView, accepted: bool, messages: Channel<CompileMessage>, app: AppHandle) -> Answer<()> {
    make(messages, &app, move |desk, watch| {
        let options = options.on(desk.today());
        if accepted { desk.compile_accepting(&options, None, watch) } else { desk.compile(&options, None, watch) }
    })
}

/// Begins to make a 变更包, and returns at once.
#[tauri::command]
#[specta::specta]
pub async fn make_change_pack(messages: Channel<CompileMessage>, app: AppHandle) -> Answer<()> {
    make(messages, &app, |desk, watch| desk.make_change_pack(None, watch))
}

fn make(
    messages: Channel<CompileMessage>,
    app: &AppHandle,
    act: impl FnOnce(&Desk, &Watch) -> dossier::Result<Package> + Send + 'static,
) -> Answer<()> {
    let bench = app.state::<Bench>();
    let desk = bench.desk()?;
    let told = messages.clone();
    let running = long::begin(&bench, move |progress| drop(told.send(CompileMessage::Progress(progress))))?;
    std::thread::spawn(move || {
        let made = act(&desk, &running.watch);
        drop(running);
        let _ = messages.send(match made {
            // The newest is the first of the list.
            Ok(package) => CompileMessage::Ended(PackageView::of(&package, 0)),
            Err(Error::Cancelled(_)) => CompileMessage::Stopped,
            Err(error) => CompileMessage::Failed(error.into()),
        });
    });
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn packages(bench: State<'_, Bench>) -> Answer<Vec<PackageView>> {
    let packages = ask(&bench, |desk| desk.packages()).await?;
    Ok(packages.iter().zip(0..).map(|(package, index)| PackageView::of(package, index)).collect())
}

/// What did not come into a package, a sentence each, by its place in the list of packages.
#[tauri::command]
#[specta::specta]
pub async fn package_left_out(at: u32, bench: State<'_, Bench>) -> Answer<Vec<String>> {
    ask(&bench, move |desk| desk.left_out(at as usize)).await
}

/// Opens a volume (from 0), the report or the folder of a package, by its place in the list of packages.
#[tauri::command]
#[specta::specta]
pub async fn open_package(at: u32, what: Opened, volume: u32, app: AppHandle) -> Answer<()> {
    let bench = app.state::<Bench>();
    let packages = ask(&bench, |desk| desk.packages()).await?;
    let gone = || Problem::saying(wording::window::NO_SUCH_PACKAGE);
    let package = packages.get(at as usize).ok_or_else(gone)?;
    let file = package.files.get(volume as usize).ok_or_else(gone)?;
    let ending = package.format.ending();
    let path: PathBuf = match what {
        Opened::File | Opened::Folder => file.clone(),
        Opened::Report => package.report.with_file_name(wording::package::readable_report_name(&package.name, ending)),
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    if !path.exists() {
        return Err(Problem::saying(wording::window::package_gone(&name)));
    }
    let opened = match what {
        Opened::File | Opened::Report => app.opener().open_path(path.to_string_lossy(), None::<&str>),
        Opened::Folder => app.opener().reveal_item_in_dir(&path),
    };
    opened.map_err(|error| {
        log::warn!("{error}");
        Problem::saying(wording::window::not_opened(&name))
    })
}
