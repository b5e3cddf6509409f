//! Tables `act`, `standing`, `change` (decided): every act, who and when; what it changed, so that it can be undone.
//!
//! Triggers of the index write the rows before and after while [`record`] runs, so no act can forget one. Undoing puts
//! the rows back in reverse order, and is an act of its own in the journal.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::domain::{DemandKind, DocumentId, IndicatorCode, Points};
use crate::error::{Error, Result};

use super::batch::{self, BatchId};
use super::column::{from_json, json, moment, now, parsed};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActId(pub i64);

/// An act as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub id: ActId,
    pub at: jiff::Timestamp,
    pub who: String,
    pub deed: Deed,
    /// It changed what can be put back.
    pub undoable: bool,
    /// It was undone, and stands no more.
    pub undone: bool,
}

/// The suggested fields that filing has filled in besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// 来源单位
    pub unit: bool,
    /// 文号
    pub number: bool,
    /// 载体形式
    #[serde(default)]
    pub form: bool,
}

impl Filled {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What was done, as facts; the sentence is made in `wording::act`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// The project was made.
    Create {
        name: String,
    },
    /// 收集: a batch ended.
    Intake {
        batch: BatchId,
        accepted: u32,
        duplicate: u32,
        refused: u32,
        pending: u32,
    },
    /// A pending file was let in by the clerk.
    Confirm {
        pieces: Pieces,
    },
    File {
        pieces: Pieces,
        under: IndicatorCode,
    },
    Move {
        pieces: Pieces,
        from: Option<IndicatorCode>,
        under: IndicatorCode,
        #[serde(default, skip_serializing_if = "Filled::is_nothing")]
        filled: Filled,
    },
    Unfile {
        pieces: Pieces,
        from: IndicatorCode,
    },
    Reorder {
        pieces: Pieces,
        within: IndicatorCode,
        position: u32,
    },
    Describe {
        pieces: Pieces,
    },
    AcceptSuggestions {
        pieces: Pieces,
    },
    FillAsRead {
        pieces: Pieces,
    },
    TurnPage {
        pieces: Pieces,
        page: u32,
        turn: u16,
    },
    /// 裁剪、扶正; `whole`: all of the page is shown again, as it lay.
    FramePage {
        pieces: Pieces,
        page: u32,
        whole: bool,
    },
    LeaveOut {
        pieces: Pieces,
        page: u32,
        left_out: bool,
    },
    AddMark {
        pieces: Pieces,
        page: u32,
    },
    RemoveMark {
        pieces: Pieces,
        page: u32,
    },
    AddMask {
        pieces: Pieces,
        page: u32,
    },
    RemoveMask {
        pieces: Pieces,
        page: u32,
    },
    /// Numbers of persons, where the text layer has them.
    MaskNumbers {
        pieces: Pieces,
        masks: usize,
    },
    Caption {
        pieces: Pieces,
    },
    /// A pile was split by the sheets in it, and filed as they say.
    Sort {
        pieces: Pieces,
        parts: u32,
    },
    /// A piece was split into so many.
    Split {
        pieces: Pieces,
        parts: u32,
    },
    /// Pieces became one, in this order.
    Join {
        pieces: Pieces,
    },
    /// Two that look alike are both kept.
    KeepBoth {
        pieces: Pieces,
    },
    /// Of two that look alike one is kept, in the places of both.
    KeepOne {
        pieces: Pieces,
        /// Title of the other, which went to 回收站.
        instead_of: String,
    },
    Remove {
        pieces: Pieces,
    },
    Restore {
        pieces: Pieces,
    },
    /// 项目设置: period, due date, names.
    Set {
        name: String,
        due: jiff::civil::Date,
    },
    /// 自评; no points where only the narrative was written.
    SelfAssess {
        code: IndicatorCode,
        points: Option<Points>,
    },
    /// 退回 or 待补 of a piece.
    Demand {
        kind: DemandKind,
        pieces: Pieces,
    },
    /// 待补 or 退回 of a place where nothing lies.
    DemandAt {
        kind: DemandKind,
        code: IndicatorCode,
        year: Option<i16>,
    },
    SettleDemand {
        kind: DemandKind,
        code: Option<IndicatorCode>,
    },
    /// 另印, or 互见 again.
    Reprint {
        pieces: Pieces,
        under: IndicatorCode,
        again: bool,
    },
    /// 未发生承诺
    Declare {
        code: IndicatorCode,
        signer: String,
    },
    WithdrawDeclaration {
        code: IndicatorCode,
    },
    /// 已核对，无需处理: so many findings; `first` is what the first is about.
    SetAside {
        findings: usize,
        first: String,
        reason: String,
    },
    /// Findings that were set aside are to be done again.
    TakeUpAgain {
        findings: usize,
        first: String,
    },
    /// The index was put in place again, from a backup of that moment or anew.
    Recover {
        backup: Option<String>,
        listed: u32,
    },
    /// 收集包 were made for units; `first` is the name of the first.
    Kits {
        units: u32,
        first: String,
    },
    /// What came back in a 收集包 was filed, and by its folders.
    FileKit {
        pieces: Pieces,
        unit: String,
    },
    /// 备份: the whole project was copied.
    BackUp {
        scans: u32,
        place: String,
    },
    /// 检查原件: damaged originals were put back from a backup.
    PutBack {
        originals: u32,
    },
    /// 并入: what was done on a copy of the project came in.
    Merge {
        from: String,
        arrived: u32,
        changed: u32,
        /// The last act there, and its moment: what comes from there later is compared with that.
        upto: ActId,
        at: jiff::Timestamp,
    },
    /// 汇编: a package was made.
    Compile {
        files: Vec<String>,
        sheets: u32,
    },
    /// 定稿: a package was printed and is frozen.
    Issue {
        name: String,
    },
    /// 变更包 of an edition.
    ChangePack {
        name: String,
        number: u32,
    },
    /// 新版: the edition stands no more, and numbers are given anew.
    NewEdition {
        name: String,
    },
    /// 彻底清除; what they were called is not kept.
    Purge {
        pieces: u32,
    },
    Undo {
        of: ActId,
    },
    Redo {
        of: ActId,
    },
}

/// The pieces of an act: all their ids, and the name of the first for the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    pub documents: Vec<DocumentId>,
    pub first: String,
}

/// A table whose rows are recorded: its key and its other columns.
struct Table {
    name: &'static str,
    key: &'static [&'static str],
    rest: &'static [&'static str],
}

const TABLES: &[Table] = &[
    Table {
        name: "description",
        key: &["document"],
        rest: &["title", "number", "issuer", "dated", "form", "unit", "years", "note", "removed"],
    },
    Table { name: "further", key: &["document"], rest: &["sealed", "secrecy", "lies_at", "also_from"] },
    Table { name: "page_edit", key: &["document", "idx"], rest: &["turn", "left_out"] },
    Table { name: "evidence", key: &["id"], rest: &["document", "indicator", "rank"] },
    Table { name: "caption", key: &["document"], rest: &["time", "place", "people", "subject", "background", "cause"] },
    Table { name: "proof_mark", key: &["id"], rest: &["document", "idx", "x0", "y0", "x1", "y1"] },
    Table { name: "mask", key: &["id"], rest: &["document", "idx", "x0", "y0", "x1", "y1"] },
    Table { name: "framing", key: &["document", "idx"], rest: &["tilt", "x0", "y0", "x1", "y1"] },
    Table { name: "extent", key: &["document"], rest: &["first", "count"] },
    Table { name: "self_assessment", key: &["indicator"], rest: &["points", "narrative"] },
    Table { name: "demand", key: &["id"], rest: &["kind", "document", "indicator", "year", "unit", "reason", "day", "settled", "after"] },
    Table { name: "issued", key: &["name"], rest: &["json"] },
    Table { name: "declaration", key: &["indicator"], rest: &["signer", "signed_on", "document"] },
    Table { name: "issue", key: &["id"], rest: &["state", "name", "pack", "day"] },
    Table { name: "set_aside", key: &["key"], rest: &["reason", "day", "who"] },
    Table { name: "kept_both", key: &["first", "other"], rest: &[] },
    Table { name: "reprint", key: &["document", "indicator"], rest: &[] },
];

/// Appends an act that changes nothing to be undone.
pub fn append(index: &Connection, who: &str, deed: &Deed) -> Result<ActId> {
    let id = index.prepare_cached("INSERT INTO act (at, who, deed) VALUES (?1, ?2, ?3)")?.insert((now(), who, json("deed", deed)?))?;
    Ok(ActId(id))
}

/// Runs an act and records what it changes. Where nothing is changed there was no act, and the answer is `None`.
pub fn record(index: &Connection, who: &str, deed: &Deed, act: impl FnOnce() -> Result<()>) -> Result<Option<ActId>> {
    index.execute_batch("SAVEPOINT act")?;
    let id = append(index, who, deed)?;
    index.execute("UPDATE recording SET act = ?1", [id.0])?;
    act()?;
    index.execute("DELETE FROM change WHERE act = ?1 AND before = after", [id.0])?;
    index.execute("UPDATE recording SET act = NULL", [])?;
    let changed: bool = index.query_row("SELECT EXISTS (SELECT 1 FROM change WHERE act = ?1)", [id.0], |row| row.get(0))?;
    if !changed {
        index.execute_batch("ROLLBACK TO act; RELEASE act")?;
        return Ok(None);
    }
    index.execute("UPDATE standing SET state = 'cut' WHERE state = 'undone'", [])?;
    index.execute("INSERT INTO standing (act, state) VALUES (?1, 'done')", [id.0])?;
    index.execute_batch("RELEASE act")?;
    Ok(Some(id))
}

/// Takes the last act back; `None` when there is none.
pub fn undo(index: &Connection, who: &str) -> Result<Option<Recorded>> {
    let Some(id) = next_undo(index)? else { return Ok(None) };
    let brought = brought(index, id)?;
    take_back(index, id)?;
    batch::ask_again(index, &brought)?;
    index.execute("UPDATE standing SET state = 'undone' WHERE act = ?1", [id.0])?;
    append(index, who, &Deed::Undo { of: id })?;
    one(index, id).map(Some)
}

/// Does the last undone act again; `None` when there is none.
pub fn redo(index: &Connection, who: &str) -> Result<Option<Recorded>> {
    let Some(id) = next_redo(index)? else { return Ok(None) };
    do_again(index, id)?;
    index.execute("UPDATE standing SET state = 'done' WHERE act = ?1", [id.0])?;
    append(index, who, &Deed::Redo { of: id })?;
    one(index, id).map(Some)
}

/// The pieces that an act was about; not those that only moved up by it.
pub fn about(index: &Connection, act: ActId) -> Result<Vec<DocumentId>> {
    const PIECES: &str = "SELECT value FROM act, json_each(deed, '$.pieces.documents') WHERE act.id = ?1";
    let mut select = index.prepare_cached(PIECES)?;
    let pieces = select.query_map([act.0], |row| row.get(0).map(DocumentId))?;
    Ok(pieces.collect::<rusqlite::Result<_>>()?)
}

/// The last act of which both know all that was decided up to then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    Ours(ActId),
    Theirs(ActId),
}

/// Where two projects parted last: at the last act of `other` that is known here, one up to which it was merged in, where that merge
/// stands, or the last that both have in common. Where ours came in there since, at the act of ours up to which it did. `None` where
/// there is none, or where each came into the other without knowing of that: then neither has an act of which both know all.
pub fn parting(index: &Connection, other: &Connection) -> Result<Option<Parting>> {
    let Some(here) = merged(index, other, ActId(0))?.max(common(index, other)?) else { return Ok(None) };
    Ok(match merged(other, index, here)? {
        None => Some(Parting::Theirs(here)),
        Some(there) if merged(index, other, there)?.is_none() => Some(Parting::Ours(there)),
        Some(_) => None,
    })
}

/// The last act of `from` that a merge into `index` after an act has seen, of those merges that stand. By the acts of undoing, not by
/// `standing`: a purge leaves nothing there of the acts before it.
fn merged(index: &Connection, from: &Connection, after: ActId) -> Result<Option<ActId>> {
    const ACTS: &str = "SELECT id, deed FROM act
         WHERE id > ?1 AND json_extract(deed, '$.deed') IN ('merge', 'undo', 'redo') ORDER BY id DESC";
    let mut select = index.prepare(ACTS)?;
    let rows = select.query_map([after.0], |row| Ok((ActId(row.get(0)?), from_json(1, &row.get::<_, String>(1)?)?)))?;
    // What was last said of an act is met first.
    let (mut stands, mut last) = (BTreeMap::new(), None);
    for row in rows {
        let (id, deed): (ActId, Deed) = row?;
        match deed {
            Deed::Undo { of } => {
                stands.entry(of).or_insert(false);
            }
            Deed::Redo { of } => {
                stands.entry(of).or_insert(true);
            }
            Deed::Merge { upto, at, .. } if stands.get(&id).copied().unwrap_or(true) && is_known(from, upto, at)? => {
                // An older stick may have come after a newer one.
                last = last.max(Some(upto));
            }
            _ => {}
        }
    }
    Ok(last)
}

/// Whether an act of another journal is one of this, too.
fn is_known(index: &Connection, act: ActId, at: jiff::Timestamp) -> Result<bool> {
    const KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM act WHERE id = ?1 AND at = ?2)";
    Ok(index.query_row(KNOWN, (act.0, moment(at)), |row| row.get(0))?)
}

/// The last act of the journal, and its moment.
pub fn last(index: &Connection) -> Result<Option<Recorded>> {
    Ok(index.query_row(&format!("{SELECT} ORDER BY id DESC LIMIT 1"), [], recorded_of).optional()?)
}

/// When the first act after a moment was done, or the first of all.
pub fn first_since(index: &Connection, moment_of: Option<jiff::Timestamp>) -> Result<Option<jiff::Timestamp>> {
    let after = moment_of.map(moment).unwrap_or_default();
    let first: Option<String> = index.query_row("SELECT min(at) FROM act WHERE at > ?1", [after], |row| row.get(0))?;
    Ok(first.map(|at| parsed(0, &at)).transpose()?)
}

fn common(index: &Connection, other: &Connection) -> Result<Option<ActId>> {
    const ACTS: &str = "SELECT id, at, who FROM act ORDER BY id";
    let (mut ours, mut theirs) = (index.prepare(ACTS)?, other.prepare(ACTS)?);
    let act = |row: &Row<'_>| -> rusqlite::Result<(i64, String, String)> { Ok((row.get(0)?, row.get(1)?, row.get(2)?)) };
    let mut last = None;
    for (ours, theirs) in ours.query_map([], act)?.zip(theirs.query_map([], act)?) {
        let (ours, theirs) = (ours?, theirs?);
        if ours != theirs {
            break;
        }
        last = Some(ActId(ours.0));
    }
    Ok(last)
}

/// Puts a copy of an index back to where it stood after an act, as far as acts are recorded; `false` where something was purged
/// since, which leaves no record of what was before.
pub fn rewind(copy: &Connection, to: ActId) -> Result<bool> {
    let mut select = copy.prepare("SELECT id, deed FROM act WHERE id > ?1 ORDER BY id DESC")?;
    let rows = select.query_map([to.0], |row| Ok((ActId(row.get(0)?), from_json(1, &row.get::<_, String>(1)?)?)))?;
    for (id, deed) in rows.collect::<rusqlite::Result<Vec<(ActId, Deed)>>>()? {
        match deed {
            Deed::Purge { .. } => return Ok(false),
            Deed::Undo { of } => do_again(copy, of)?,
            Deed::Redo { of } => take_back(copy, of)?,
            _ => take_back(copy, id)?,
        }
    }
    Ok(true)
}

/// Pieces that an act has made, or brought in from another computer.
fn brought(index: &Connection, act: ActId) -> Result<Vec<DocumentId>> {
    const BROUGHT: &str = "SELECT json_extract(after, '$.document') FROM change
        WHERE act = ?1 AND tbl = 'description' AND before IS NULL ORDER BY id";
    let mut select = index.prepare_cached(BROUGHT)?;
    let rows = select.query_map([act.0], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn take_back(index: &Connection, act: ActId) -> Result<()> {
    changes(index, act)?.into_iter().rev().try_for_each(|(table, before, after)| turn_into(index, table, after, before))
}

fn do_again(index: &Connection, act: ActId) -> Result<()> {
    changes(index, act)?.into_iter().try_for_each(|(table, before, after)| turn_into(index, table, before, after))
}

/// The act that [`undo`] would take back.
pub fn next_undo(index: &Connection) -> Result<Option<ActId>> {
    next(index, "SELECT max(act) FROM standing WHERE state = 'done'")
}

/// The act that [`redo`] would do again.
pub fn next_redo(index: &Connection) -> Result<Option<ActId>> {
    next(index, "SELECT min(act) FROM standing WHERE state = 'undone'")
}

fn next(index: &Connection, query: &str) -> Result<Option<ActId>> {
    Ok(index.query_row(query, [], |row| row.get::<_, Option<i64>>(0))?.map(ActId))
}

/// The last acts, the newest first; an undone act is marked, and undoing is no line of its own.
pub fn history(index: &Connection, most: usize) -> Result<Vec<Recorded>> {
    let mut select =
        index.prepare(&format!("{SELECT} WHERE json_extract(deed, '$.deed') NOT IN ('undo', 'redo') ORDER BY id DESC LIMIT ?1"))?;
    let rows = select.query_map([i64::try_from(most).unwrap_or(i64::MAX)], recorded_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn one(index: &Connection, id: ActId) -> Result<Recorded> {
    Ok(index.query_row(&format!("{SELECT} WHERE id = ?1"), [id.0], recorded_of)?)
}

const SELECT: &str =
    "SELECT id, at, who, deed, state IS NOT NULL, coalesce(state <> 'done', 0) FROM act LEFT JOIN standing ON standing.act = act.id";

fn recorded_of(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    Ok(Recorded {
        id: ActId(row.get(0)?),
        at: parsed(1, &row.get::<_, String>(1)?)?,
        who: row.get(2)?,
        deed: from_json(3, &row.get::<_, String>(3)?)?,
        undoable: row.get(4)?,
        undone: row.get(5)?,
    })
}

type Cells = serde_json::Map<String, serde_json::Value>;

/// Changed rows of an act in the order they were changed.
fn changes(index: &Connection, act: ActId) -> Result<Vec<(&'static Table, Option<Cells>, Option<Cells>)>> {
    let mut select = index.prepare_cached("SELECT tbl, before, after FROM change WHERE act = ?1 ORDER BY id")?;
    let rows = select.query_map([act.0], |row| {
        let cells = |column: usize| row.get::<_, Option<String>>(column)?.map(|text| from_json::<Cells>(column, &text)).transpose();
        Ok((row.get::<_, String>(0)?, cells(1)?, cells(2)?))
    })?;
    rows.map(|row| {
        let (name, before, after) = row?;
        // Triggers stand on these tables only; an index that came on a stick may say anything.
        let table = TABLES.iter().find(|table| table.name == name).ok_or(rusqlite::Error::InvalidParameterName(name))?;
        Ok((table, before, after))
    })
    .collect()
}

/// Makes one row of the index, which stands as `from`, into `to`.
fn turn_into(index: &Connection, table: &'static Table, from: Option<Cells>, to: Option<Cells>) -> Result<()> {
    let Table { name, key, rest } = table;
    let by_key = key.iter().map(|column| format!("{column} = ?")).collect::<Vec<_>>().join(" AND ");
    let (sql, values) = match (from, to) {
        (None, None) => return Ok(()),
        (Some(from), None) => (format!("DELETE FROM {name} WHERE {by_key}"), values(&from, key)),
        (None, Some(to)) => {
            let columns: Vec<&str> = key.iter().chain(*rest).copied().collect();
            let marks = vec!["?"; columns.len()].join(", ");
            (format!("INSERT INTO {name} ({}) VALUES ({marks})", columns.join(", ")), values(&to, &columns))
        }
        (Some(from), Some(to)) => {
            let set = rest.iter().map(|column| format!("{column} = ?")).collect::<Vec<_>>().join(", ");
            let mut bound = values(&to, rest);
            bound.extend(values(&from, key));
            (format!("UPDATE {name} SET {set} WHERE {by_key}"), bound)
        }
    };
    match index.prepare_cached(&sql)?.execute(params_from_iter(values))? {
        1 => Ok(()),
        _ => Err(Error::Index(rusqlite::Error::QueryReturnedNoRows)),
    }
}

/// Decided columns hold text and whole numbers only.
fn values(cells: &Cells, columns: &[&str]) -> Vec<Value> {
    columns
        .iter()
        .map(|column| match cells.get(*column) {
            Some(serde_json::Value::Number(number)) => Value::Integer(number.as_i64().unwrap_or_default()),
            Some(serde_json::Value::String(text)) => Value::Text(text.clone()),
            _ => Value::Null,
        })
        .collect()
}
