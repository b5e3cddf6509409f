//! Tables `evidence` (decided): what is filed where, in which order; and `reprint` (decided): where of that it is printed again.
//!
//! Ranks are kept for pieces in 回收站 too, so that a restored piece is back in its place; a position counts only the
//! pieces that are not removed, so positions have no gaps.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use crate::domain::{DocumentId, Evidence, EvidenceId, IndicatorCode};
use crate::error::{Error, Result};

/// Files a piece at the end of a leaf; where it is filed there already, nothing changes.
pub fn file(index: &Connection, document: DocumentId, under: &IndicatorCode) -> Result<()> {
    index
        .prepare_cached(
            "INSERT INTO evidence (document, indicator, rank)
             VALUES (?1, ?2, (SELECT coalesce(max(rank), 0) + 1 FROM evidence WHERE indicator = ?2))
             ON CONFLICT (document, indicator) DO NOTHING",
        )?
        .execute((document.0, &under.0))?;
    Ok(())
}

/// Files a piece under a leaf, at a position from 1; the others close up behind it.
pub fn stand(index: &Connection, document: DocumentId, under: &IndicatorCode, position: u32) -> Result<()> {
    file(index, document, under)?;
    let own: Vec<_> = self::under(index, under)?.into_iter().filter(|filed| filed.document == document).map(|filed| filed.id).collect();
    reorder(index, &own, position)
}

/// Takes a piece out of a leaf, or out of every leaf but `but`.
pub fn unfile(index: &Connection, document: DocumentId, from: Option<&IndicatorCode>, but: Option<&IndicatorCode>) -> Result<()> {
    for table in ["evidence", "reprint"] {
        let out = format!("DELETE FROM {table} WHERE document = ?1 AND (?2 IS NULL OR indicator = ?2) AND (?3 IS NULL OR indicator <> ?3)");
        index.prepare_cached(&out)?.execute((document.0, from.map(|code| &code.0), but.map(|code| &code.0)))?;
    }
    Ok(())
}

/// 另印 or 互见: whether a piece is printed under a leaf also where it is printed elsewhere. Where it is not filed, nothing changes.
pub fn reprint(index: &Connection, document: DocumentId, under: &IndicatorCode, again: bool) -> Result<()> {
    let said = if again {
        "INSERT INTO reprint (document, indicator) SELECT document, indicator FROM evidence WHERE document = ?1 AND indicator = ?2
         ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM reprint WHERE document = ?1 AND indicator = ?2"
    };
    index.prepare_cached(said)?.execute((document.0, &under.0))?;
    Ok(())
}

/// Every filing under which the piece is printed again; of pieces in 回收站 too.
pub fn reprinted(index: &Connection) -> Result<BTreeSet<(DocumentId, IndicatorCode)>> {
    let mut select = index.prepare("SELECT document, indicator FROM reprint")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), IndicatorCode(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts pieces of one leaf one after the other, the first at a position from 1; beyond the end they are the last.
pub fn reorder(index: &Connection, moved: &[EvidenceId], position: u32) -> Result<()> {
    let Some(first) = moved.first() else { return Ok(()) };
    let indicator = leaf_of(index, *first)?;
    let mut select =
        index.prepare("SELECT id, rank, removed FROM evidence JOIN description USING (document) WHERE indicator = ?1 ORDER BY rank, id")?;
    let rows = select.query_map([&indicator.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let standing: Vec<(i64, i64, bool)> = rows.collect::<rusqlite::Result<_>>()?;
    let there: HashMap<i64, _> = standing.iter().filter(|(.., removed)| !removed).map(|filed| (filed.0, filed)).collect();
    let taken = moved.iter().map(|id| there.get(&id.0).copied().ok_or(Error::NoSuchEvidence(*id))).collect::<Result<Vec<_>>>()?;
    let moved: HashSet<i64> = moved.iter().map(|id| id.0).collect();
    let mut order: Vec<_> = standing.iter().filter(|(id, ..)| !moved.contains(id)).collect();
    // Before the piece that stands at that position now; those in 回收站 keep their neighbours in front.
    let before = order.iter().enumerate().filter(|(_, (.., removed))| !removed).nth((position.max(1) - 1) as usize).map(|(at, _)| at);
    let at = before.unwrap_or(order.len());
    order.splice(at..at, taken);
    let mut update = index.prepare_cached("UPDATE evidence SET rank = ?2 WHERE id = ?1")?;
    for ((id, rank, _), wanted) in order.into_iter().zip(1..) {
        if *rank != wanted {
            update.execute((id, wanted))?;
        }
    }
    Ok(())
}

/// Evidence of pieces that are not removed, by leaf and position.
pub fn all(index: &Connection) -> Result<Vec<Evidence>> {
    select(index, "1", [])
}

/// Every filing, of pieces in 回收站 too, in the order they were made.
pub fn every(index: &Connection) -> Result<Vec<(DocumentId, IndicatorCode)>> {
    let mut select = index.prepare("SELECT document, indicator FROM evidence ORDER BY id")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), IndicatorCode(row.get(1)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The pieces of every leaf in order; those in 回收站 too.
pub fn ranked(index: &Connection) -> Result<BTreeMap<IndicatorCode, Vec<DocumentId>>> {
    let mut select = index.prepare("SELECT indicator, document FROM evidence ORDER BY indicator, rank, id")?;
    let rows = select.query_map([], |row| Ok((IndicatorCode(row.get(0)?), DocumentId(row.get(1)?))))?;
    let mut out: BTreeMap<IndicatorCode, Vec<DocumentId>> = BTreeMap::new();
    for row in rows {
        let (leaf, document) = row?;
        out.entry(leaf).or_default().push(document);
    }
    Ok(out)
}

/// Where a piece is filed. A removed piece is shown at the end of no leaf: it has no position until it is restored.
pub fn of(index: &Connection, document: DocumentId) -> Result<Vec<Evidence>> {
    select(index, "indicator IN (SELECT indicator FROM evidence WHERE document = ?1)", [document.0])
        .map(|found| found.into_iter().filter(|evidence| evidence.document == document).collect())
}

/// Whether a piece is filed anywhere; one in 回收站, too.
pub fn is_filed(index: &Connection, document: DocumentId) -> Result<bool> {
    const FILED: &str = "SELECT EXISTS (SELECT 1 FROM evidence WHERE document = ?1)";
    Ok(index.prepare_cached(FILED)?.query_row([document.0], |row| row.get(0))?)
}

/// Leaves under which any of these pieces is filed, a JSON array of their numbers; those in 回收站 too.
pub fn leaves_of(index: &Connection, pieces: &str) -> Result<Vec<IndicatorCode>> {
    let mut select = index.prepare_cached("SELECT DISTINCT indicator FROM evidence WHERE document IN (SELECT value FROM json_each(?1))")?;
    let rows = select.query_map([pieces], |row| Ok(IndicatorCode(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is filed under a leaf, in order.
pub fn under(index: &Connection, code: &IndicatorCode) -> Result<Vec<Evidence>> {
    select(index, "indicator = ?1", [&code.0])
}

/// The leaf of a filing.
pub fn leaf_of(index: &Connection, id: EvidenceId) -> Result<IndicatorCode> {
    let code = index.query_row("SELECT indicator FROM evidence WHERE id = ?1", [id.0], |row| row.get(0).map(IndicatorCode)).optional()?;
    code.ok_or(Error::NoSuchEvidence(id))
}

fn select(index: &Connection, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<Evidence>> {
    let mut select = index.prepare_cached(&format!(
        "SELECT id, document, indicator, row_number() OVER (PARTITION BY indicator ORDER BY rank, id),
             EXISTS (SELECT 1 FROM reprint WHERE reprint.document = evidence.document AND reprint.indicator = evidence.indicator)
         FROM evidence JOIN description USING (document) WHERE removed = 0 AND ({condition}) ORDER BY indicator, rank, id"
    ))?;
    let rows = select.query_map(parameters, |row| {
        Ok(Evidence {
            id: EvidenceId(row.get(0)?),
            document: DocumentId(row.get(1)?),
            indicator: IndicatorCode(row.get(2)?),
            position: row.get(3)?,
            reprinted: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
