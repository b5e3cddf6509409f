//! 交换: letters and lists to the units.

use dossier::desk::{About, ReportFormat};
use dossier::domain::UnitCode;
use dossier::wording;
use tauri::{AppHandle, Manager, State};

use super::long::picked;
use super::{Answer, ask, show_made, wait};
use crate::bench::Bench;
use crate::pick::Pick;
use crate::problem::Problem;
use crate::view::{LateView, ReportFormatView, ReportView};

/// Units that owe what is due.
#[tauri::command]
#[specta::specta]
pub async fn late_units(bench: State<'_, Bench>) -> Answer<Vec<LateView>> {
    let late = ask(&bench, |desk| desk.late()).await?;
    Ok(late.into_iter().map(LateView::from).collect())
}

/// Writes a report where the clerk says; the name of the file, or `None` when it was cancelled. `unit` is the code of the
/// unit: a 催办单 needs one, a 责任分解表 may have one.
#[tauri::command]
#[specta::specta]
pub async fn make_report(report: ReportView, unit: Option<String>, format: ReportFormatView, app: AppHandle) -> Answer<Option<String>> {
    let unit = unit.filter(|unit| !unit.is_empty()).map(UnitCode);
    let about = match (report, unit) {
        (ReportView::Reminder, Some(unit)) => About::Reminder(unit),
        (ReportView::Reminder, None) => return Err(Problem::saying(wording::window::NO_UNIT)),
        (ReportView::Progress, _) => About::Progress,
        (ReportView::Duties, unit) => About::Duties(unit),
        (ReportView::Gaps, _) => About::Gaps,
        (ReportView::Findings, _) => About::Findings,
    };
    let format = ReportFormat::from(format);
    let offered = about.clone();
    let name = ask(&app.state::<Bench>(), move |desk| Ok(desk.report_name(&offered, format))).await?;
    let Some((desk, to)) = picked(&app, wording::window::SAVE_LETTER, Pick::Save { name }).await? else { return Ok(None) };
    let shown = to.file_name().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
    wait(move || desk.report(&about, format, &to)).await??;
    Ok(Some(shown))
}

/// 催办单 for every unit that is late, into a folder that the clerk chooses and is then shown; how many there are, or `None`
/// when it was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn make_reminders(units: Vec<String>, app: AppHandle) -> Answer<Option<u32>> {
    let Some((desk, folder)) = picked(&app, wording::window::PICK_REMINDERS, Pick::Folder).await? else { return Ok(None) };
    let units: Vec<UnitCode> = units.into_iter().map(UnitCode).collect();
    let made = wait(move || desk.remind_late(&units, &folder)).await??;
    if let Some(first) = made.first() {
        show_made(&app, first)?;
    }
    Ok(Some(made.len() as u32))
}
