//! 整理: filing, ordering, describing, page edits, 回收站, and the way back.

use dossier::Desk;
use dossier::desk::ActId;
use dossier::domain::{EvidenceId, MarkId, MaskId};
use dossier::wording;
use scans::Watch;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, State};

use super::{Answer, ask, long};
use crate::bench::Bench;
use crate::problem::Problem;
use crate::view::{
    ActView, AlikeView, CaptionView, DescriptionView, FieldView, FramingView, Id, LineView, MarkView, MaskAreaView, ProgressView,
    TakenBackView, ids,
};

/// Acts that the history shows.
const SHOWN: usize = 500;

/// 同时归入
#[tauri::command]
#[specta::specta]
pub async fn file(pieces: Vec<Id>, under: String, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.file(&ids::documents(&pieces), &ids::code(under))).await
}

/// 归入: out of `from`, or of every other leaf.
#[tauri::command]
#[specta::specta]
pub async fn move_to(pieces: Vec<Id>, from: Option<String>, under: String, bench: State<'_, Bench>) -> Answer<()> {
    let from = from.map(ids::code);
    ask(&bench, move |desk| desk.move_to(&ids::documents(&pieces), from.as_ref(), &ids::code(under))).await
}

#[tauri::command]
#[specta::specta]
pub async fn unfile(pieces: Vec<Id>, from: String, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.unfile(&ids::documents(&pieces), &ids::code(from))).await
}

/// 另印, or 互见 again, where pieces are filed.
#[tauri::command]
#[specta::specta]
pub async fn print_again(pieces: Vec<Id>, under: String, again: bool, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.print_again(&ids::documents(&pieces), &ids::code(under), again)).await
}

/// Puts pieces of a leaf one after the other, the first at a position from 1.
#[tauri::command]
#[specta::specta]
pub async fn reorder(evidence: Vec<Id>, position: u32, bench: State<'_, Bench>) -> Answer<()> {
    let evidence: Vec<EvidenceId> = evidence.into_iter().map(|id| EvidenceId(id.into())).collect();
    ask(&bench, move |desk| desk.reorder(&evidence, position)).await
}

#[tauri::command]
#[specta::specta]
pub async fn describe(piece: Id, description: DescriptionView, bench: State<'_, Bench>) -> Answer<()> {
    let said = description.said().ok_or_else(|| Problem::saying(wording::window::NOT_A_DAY))?;
    ask(&bench, move |desk| desk.describe(ids::document(piece), &said)).await
}

/// One thing is said of other pieces as it is said of `like`.
#[tauri::command]
#[specta::specta]
pub async fn describe_alike(like: Id, field: FieldView, pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.describe_alike(ids::document(like), field.into(), &ids::documents(&pieces))).await
}

/// Turns a page, clockwise from the page as it came: 0, 90, 180 or 270 degrees.
#[tauri::command]
#[specta::specta]
pub async fn turn_page(piece: Id, page: u32, turn: u16, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.turn_page(ids::document(piece), page, turn)).await
}

#[tauri::command]
#[specta::specta]
pub async fn leave_out(piece: Id, page: u32, left_out: bool, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.leave_out(ids::document(piece), page, left_out)).await
}

/// 裁剪、扶正 of a page (from 0); a whole framing shows all of it again, as it lay.
#[tauri::command]
#[specta::specta]
pub async fn frame_page(piece: Id, page: u32, framing: FramingView, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.frame_page(ids::document(piece), page, framing.into())).await
}

/// The tilt that makes the rows of a page level, in hundredths of a degree; nothing where they are level, or there are none.
#[tauri::command]
#[specta::specta]
pub async fn suggest_tilt(piece: Id, page: u32, bench: State<'_, Bench>) -> Answer<Option<i16>> {
    ask(&bench, move |desk| desk.suggest_tilt(ids::document(piece), page)).await
}

/// Splits a piece before each of these pages (from 0); the new pieces in the order of their pages.
#[tauri::command]
#[specta::specta]
pub async fn split(piece: Id, starts: Vec<u32>, bench: State<'_, Bench>) -> Answer<Vec<Id>> {
    let parts = ask(&bench, move |desk| desk.split(ids::document(piece), &starts)).await?;
    Ok(parts.into_iter().map(|part| ids::id(part.0)).collect())
}

/// Red lines of a piece, page by page.
#[tauri::command]
#[specta::specta]
pub async fn marks(piece: Id, bench: State<'_, Bench>) -> Answer<Vec<MarkView>> {
    let marks = ask(&bench, move |desk| desk.marks(ids::document(piece))).await?;
    Ok(marks.into_iter().map(MarkView::from).collect())
}

/// Draws a red line on a page (from 0); its number, for taking it away.
#[tauri::command]
#[specta::specta]
pub async fn add_mark(piece: Id, page: u32, line: LineView, bench: State<'_, Bench>) -> Answer<Id> {
    let mark = ask(&bench, move |desk| desk.add_mark(ids::document(piece), page, line.into())).await?;
    Ok(ids::id(mark.0))
}

#[tauri::command]
#[specta::specta]
pub async fn remove_mark(mark: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.remove_mark(MarkId(mark.into()))).await
}

/// Covers a box of a page (from 0): every output shows a bar there. Its number, for taking it away.
#[tauri::command]
#[specta::specta]
pub async fn add_mask(piece: Id, page: u32, area: MaskAreaView, bench: State<'_, Bench>) -> Answer<Id> {
    let mask = ask(&bench, move |desk| desk.add_mask(ids::document(piece), page, area.into())).await?;
    Ok(ids::id(mask.0))
}

/// Covers the numbers of persons that the text layer of a piece has; how many.
#[tauri::command]
#[specta::specta]
pub async fn mask_numbers(piece: Id, bench: State<'_, Bench>) -> Answer<u32> {
    Ok(ask(&bench, move |desk| desk.mask_numbers(ids::document(piece))).await? as u32)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_mask(mask: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.remove_mask(MaskId(mask.into()))).await
}

/// 照片说明, the same for each piece; an empty one takes it away.
#[tauri::command]
#[specta::specta]
pub async fn set_caption(pieces: Vec<Id>, caption: CaptionView, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.set_caption(&ids::documents(&pieces), &caption.into())).await
}

/// Copies what is said in a caption to other pieces; of what it does not say, theirs stays.
#[tauri::command]
#[specta::specta]
pub async fn caption_alike(like: Id, pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.caption_alike(ids::document(like), &ids::documents(&pieces))).await
}

#[tauri::command]
#[specta::specta]
pub async fn remove(pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.remove(&ids::documents(&pieces))).await
}

/// 合并: pieces become one, in this order; its number.
#[tauri::command]
#[specta::specta]
pub async fn join(pieces: Vec<Id>, told: Channel<ProgressView>, bench: State<'_, Bench>) -> Answer<Id> {
    let joined = long::ask_long(&bench, told, move |desk, watch| desk.join(&ids::documents(&pieces), watch)).await?;
    Ok(ids::id(joined.0))
}

/// Pairs of pieces that look alike, the nearest first.
#[tauri::command]
#[specta::specta]
pub async fn look_alikes(told: Channel<ProgressView>, bench: State<'_, Bench>) -> Answer<Vec<AlikeView>> {
    long::ask_long(&bench, told, |desk, watch| desk.look_alikes(watch)?.iter().map(|pair| AlikeView::of(desk, pair)).collect()).await
}

/// 保留两份
#[tauri::command]
#[specta::specta]
pub async fn keep_both(first: Id, other: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.keep_both(ids::document(first), ids::document(other))).await
}

/// 留一份: the other goes to 回收站, and its places to the one that is kept.
#[tauri::command]
#[specta::specta]
pub async fn keep_one(kept: Id, other: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.keep_one(ids::document(kept), ids::document(other))).await
}

#[tauri::command]
#[specta::specta]
pub async fn restore(pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.restore(&ids::documents(&pieces))).await
}

/// Writes what a piece says of itself where a person has said nothing.
#[tauri::command]
#[specta::specta]
pub async fn fill_as_read(piece: Id, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.fill_as_read(ids::document(piece))).await
}

#[tauri::command]
#[specta::specta]
pub async fn accept_suggestions(pieces: Vec<Id>, bench: State<'_, Bench>) -> Answer<()> {
    ask(&bench, move |desk| desk.accept_suggestion(&ids::documents(&pieces))).await
}

/// Puts a page 「本件另存，现场备查」 under a leaf, for a paper that must not lie on this computer.
#[tauri::command]
#[specta::specta]
pub async fn hold_place(under: String, bench: State<'_, Bench>) -> Answer<Id> {
    let document = ask(&bench, move |desk| desk.hold_place(&ids::code(under), "")).await?;
    Ok(ids::id(document.0))
}

/// What would go with a piece that is purged, and that it can't be undone, in words.
#[tauri::command]
#[specta::specta]
pub async fn ask_purge(piece: Id, bench: State<'_, Bench>) -> Answer<String> {
    let going = ask(&bench, move |desk| desk.purged_with(ids::document(piece))).await?;
    Ok(going.split_first().map(|(piece, others)| wording::purge::question(piece, others)).unwrap_or_default())
}

/// 彻底清除: what was done, in words. Nothing else reads pages meanwhile: what was read before it began has come to its end.
#[tauri::command]
#[specta::specta]
pub async fn purge(piece: Id, told: Channel<ProgressView>, app: AppHandle, bench: State<'_, Bench>) -> Answer<String> {
    let others_ended = bench.behind_ended();
    let purge = move |desk: &Desk, _: &Watch| {
        others_ended();
        desk.purge(ids::document(piece))
    };
    let purged = long::ask_long(&bench, told, purge).await?;
    // The web view keeps pictures, and words that were typed, in places of its own.
    for window in app.webview_windows().values() {
        if let Err(error) = window.clear_all_browsing_data() {
            log::warn!("{error}");
        }
    }
    Ok(wording::purge::done(&purged))
}

/// What was taken back.
#[tauri::command]
#[specta::specta]
pub async fn undo(bench: State<'_, Bench>) -> Answer<Option<TakenBackView>> {
    ask(&bench, |desk| desk.undo()?.map(|act| TakenBackView::of(desk, act)).transpose()).await
}

#[tauri::command]
#[specta::specta]
pub async fn redo(bench: State<'_, Bench>) -> Answer<Option<TakenBackView>> {
    ask(&bench, |desk| desk.redo()?.map(|act| TakenBackView::of(desk, act)).transpose()).await
}

#[tauri::command]
#[specta::specta]
pub async fn history(bench: State<'_, Bench>) -> Answer<Vec<ActView>> {
    let acts = ask(&bench, |desk| desk.history(SHOWN)).await?;
    Ok(acts.into_iter().map(ActView::from).collect())
}

/// Takes back an act of the history and all that came after it; how many they were.
#[tauri::command]
#[specta::specta]
pub async fn undo_to(act: Id, bench: State<'_, Bench>) -> Answer<u32> {
    Ok(ask(&bench, move |desk| desk.undo_to(ActId(act.into()))).await?.len() as u32)
}
