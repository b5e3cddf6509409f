//! 核查 on the screen.

use dossier::desk::Cell;
use dossier::domain::{DemandId, DemandKind, Finding, Points, SelfAssessment, UnitCode};
use dossier::wording;
use tauri::{AppHandle, Manager, State};

use super::{Answer, ask, show_made};
use crate::bench::{Bench, locked};
use crate::problem::Problem;
use crate::view::{DeclarationView, DemandKindView, FindingView, FindingsView, GridView, Id, RowView, StandingView, UnitDutyView, ids};

#[tauri::command]
#[specta::specta]
pub async fn findings(bench: State<'_, Bench>) -> Answer<FindingsView> {
    let checked = ask(&bench, |desk| desk.checked()).await?;
    let view = FindingsView::of(&checked);
    *locked(&bench.found) = Some(checked);
    Ok(view)
}

/// What is said of findings, each by its place in the last answer of `findings`.
#[tauri::command]
#[specta::specta]
pub async fn finding_lines(findings: Vec<Id>, bench: State<'_, Bench>) -> Answer<Vec<(Id, FindingView)>> {
    let Some(checked) = locked(&bench.found).clone() else { return Ok(Vec::new()) };
    Ok(findings.into_iter().filter_map(|at| Some((at, FindingView::of(&checked, at as usize)?))).collect())
}

/// What is left to do on a piece.
#[tauri::command]
#[specta::specta]
pub async fn findings_on(piece: Id, bench: State<'_, Bench>) -> Answer<Vec<FindingView>> {
    ask(&bench, move |desk| Ok(FindingView::on(&*desk.checked()?, ids::document(piece)))).await
}

/// 已核对，无需处理: findings by their places in the answer of `findings` with this number.
#[tauri::command]
#[specta::specta]
pub async fn set_aside(check: u32, findings: Vec<Id>, reason: String, bench: State<'_, Bench>) -> Answer<()> {
    let findings = told(&bench, check, &findings)?;
    ask(&bench, move |desk| desk.set_aside(&findings, &reason)).await
}

/// Lists findings again that were set aside, by their places in the answer of `findings` with this number.
#[tauri::command]
#[specta::specta]
pub async fn take_up_again(check: u32, findings: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    let findings = told(&bench, check, &findings)?;
    ask(&bench, move |desk| desk.take_up_again(&findings)).await
}

/// The findings that the clerk saw at these places. Pages are looked at behind the clerk: the places may be of the check before.
fn told(bench: &Bench, check: u32, places: &[Id]) -> Answer<Vec<Finding>> {
    let checked = locked(&bench.found).clone().filter(|checked| checked.number == check);
    let checked = checked.ok_or_else(|| Problem::saying(wording::window::CHECKED_ANEW))?;
    Ok(places.iter().filter_map(|at| Some(checked.at(*at as usize)?.0.clone())).collect())
}

/// The grid indicator × year × unit.
#[tauri::command]
#[specta::specta]
pub async fn grid(bench: State<'_, Bench>) -> Answer<GridView> {
    ask(&bench, |desk| Ok(GridView::of(desk.grid()?, &*desk.dossier()?))).await
}

/// Where the whole stands.
#[tauri::command]
#[specta::specta]
pub async fn standing(bench: State<'_, Bench>) -> Answer<StandingView> {
    ask(&bench, StandingView::of).await
}

/// What one unit owes and has handed in.
#[tauri::command]
#[specta::specta]
pub async fn unit_duties(unit: String, bench: State<'_, Bench>) -> Answer<Vec<UnitDutyView>> {
    ask(&bench, move |desk| {
        let dossier = desk.dossier()?;
        Ok(desk.unit_duties(&UnitCode(unit))?.into_iter().map(|duty| UnitDutyView::of(duty, &dossier)).collect())
    })
    .await
}

/// 自评: hundredths of a point by scoring part, and the narrative.
#[tauri::command]
#[specta::specta]
pub async fn self_assess(code: String, points: Vec<Option<i32>>, narrative: String, bench: State<'_, Bench>) -> Answer<()> {
    let points = points.into_iter().map(|points| points.map(|points| Points(points.into()))).collect();
    ask(&bench, move |desk| desk.self_assess(&ids::code(code), &SelfAssessment { points, narrative })).await
}

/// 退回 or 待补 of pieces, seen under a leaf or elsewhere.
#[tauri::command]
#[specta::specta]
pub async fn demand(kind: DemandKindView, pieces: Vec<Id>, under: Option<String>, reason: String, bench: State<'_, Bench>) -> Answer<()> {
    let under = under.map(ids::code);
    ask(&bench, move |desk| desk.demand(DemandKind::from(kind), &ids::documents(&pieces), under.as_ref(), &reason)).await
}

/// 待补 or 退回 of a place where nothing lies.
#[tauri::command]
#[specta::specta]
pub async fn demand_at(
    kind: DemandKindView,
    code: String,
    year: Option<i16>,
    unit: Option<String>,
    reason: String,
    bench: State<'_, Bench>,
) -> Answer<()> {
    let cell = Cell { indicator: ids::code(code), year, unit: unit.map(UnitCode) };
    ask(&bench, move |desk| desk.demand_at(DemandKind::from(kind), &cell, &reason)).await
}

#[tauri::command]
#[specta::specta]
pub async fn settle(demand: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.settle(DemandId(demand.into()))).await
}

/// 未发生承诺 of a veto item; `null` takes it away.
#[tauri::command]
#[specta::specta]
pub async fn declare(code: String, declaration: Option<DeclarationView>, bench: State<'_, Bench>) -> Answer<()> {
    let said = declaration.map(|said| said.said().ok_or_else(|| Problem::saying(wording::window::NOT_A_DAY))).transpose()?;
    ask(&bench, move |desk| desk.declare(&ids::code(code), said.as_ref())).await
}

/// Papers that may be the signed word on a veto item.
#[tauri::command]
#[specta::specta]
pub async fn papers(code: String, bench: State<'_, Bench>) -> Answer<Vec<RowView>> {
    ask(&bench, move |desk| Ok(RowView::all(desk, desk.papers(&ids::code(code))?))).await
}

/// Makes 进展一页 as a PDF, and shows it in its folder; the answer is its name.
#[tauri::command]
#[specta::specta]
pub async fn leader_page(app: AppHandle) -> Answer<String> {
    let made = ask(&app.state::<Bench>(), |desk| desk.leader(None)).await?;
    let name = made.file_name().unwrap_or(made.as_os_str()).to_string_lossy().into_owned();
    show_made(&app, &made)?;
    Ok(name)
}
