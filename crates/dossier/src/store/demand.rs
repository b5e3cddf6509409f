//! Table `demand` (decided): 退回 and 待补.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::{Demand, DemandId, DemandKind, DocumentId, EvidenceId, IndicatorCode, UnitCode};
use crate::error::{Error, Result};

use super::column::parsed;

/// Writes a demand; id and last filing are given here.
pub fn make(index: &Connection, demand: &Demand) -> Result<DemandId> {
    let Demand { kind, document, indicator, year, unit, reason, day, .. } = demand;
    let id = index
        .prepare_cached(
            "INSERT INTO demand (kind, document, indicator, year, unit, reason, day, after)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT coalesce(max(id), 0) FROM evidence))",
        )?
        .insert((
            name(*kind),
            document.map(|document| document.0),
            indicator.as_ref().map(|code| &code.0),
            year,
            unit.as_ref().map(|unit| &unit.0),
            reason,
            day.to_string(),
        ))?;
    Ok(DemandId(id))
}

/// Makes a demand on one piece more, as old as it is; where that is asked of it already, nothing changes.
pub fn make_too(index: &Connection, id: DemandId, document: DocumentId) -> Result<()> {
    const MAKE: &str = "INSERT INTO demand (kind, document, indicator, year, unit, reason, day, after)
        SELECT kind, ?2, indicator, year, unit, reason, day, after FROM demand AS asked WHERE id = ?1 AND NOT EXISTS (
            SELECT 1 FROM demand AS known WHERE known.document = ?2 AND known.settled IS NULL
            AND (known.kind, known.reason, known.day) = (asked.kind, asked.reason, asked.day)
            AND known.indicator IS asked.indicator AND known.year IS asked.year AND known.unit IS asked.unit)";
    index.prepare_cached(MAKE)?.execute((id.0, document.0))?;
    Ok(())
}

/// Nothing that is filed by now is the answer to a demand.
pub fn ask_on(index: &Connection, id: DemandId) -> Result<()> {
    const ASK: &str = "UPDATE demand SET after = (SELECT coalesce(max(id), 0) FROM evidence) WHERE id = ?1";
    index.prepare_cached(ASK)?.execute([id.0])?;
    Ok(())
}

pub fn settle(index: &Connection, id: DemandId, day: Date) -> Result<()> {
    // With it those of the same piece that another has come for: they are shown nowhere any more.
    const SETTLE: &str = "UPDATE demand SET settled = ?2 WHERE settled IS NULL AND (id = ?1
        OR (document, kind) IN (SELECT document, kind FROM demand WHERE id = ?1))";
    index.prepare_cached(SETTLE)?.execute((id.0, day.to_string()))?;
    Ok(())
}

/// Settles one demand and no other: what was settled on another computer says nothing of what was asked for here since.
pub fn settle_alone(index: &Connection, id: DemandId, day: Date) -> Result<()> {
    index.prepare_cached("UPDATE demand SET settled = ?2 WHERE settled IS NULL AND id = ?1")?.execute((id.0, day.to_string()))?;
    Ok(())
}

pub fn one(index: &Connection, id: DemandId) -> Result<Demand> {
    index.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?.query_row([id.0], demand_of).optional()?.ok_or(Error::NoSuchDemand(id))
}

/// All demands in the order they were made.
pub fn all(index: &Connection) -> Result<Vec<Demand>> {
    let mut select = index.prepare_cached(&format!("{SELECT} ORDER BY id"))?;
    let rows = select.query_map([], demand_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

const SELECT: &str = "SELECT id, kind, document, indicator, year, unit, reason, day, settled, after FROM demand";

fn name(kind: DemandKind) -> &'static str {
    match kind {
        DemandKind::Return => "return",
        DemandKind::Supplement => "supplement",
    }
}

fn demand_of(row: &Row<'_>) -> rusqlite::Result<Demand> {
    let kind = if row.get::<_, String>(1)? == name(DemandKind::Return) { DemandKind::Return } else { DemandKind::Supplement };
    Ok(Demand {
        id: DemandId(row.get(0)?),
        kind,
        document: row.get::<_, Option<i64>>(2)?.map(DocumentId),
        indicator: row.get::<_, Option<String>>(3)?.map(IndicatorCode),
        year: row.get(4)?,
        unit: row.get::<_, Option<String>>(5)?.map(UnitCode),
        reason: row.get(6)?,
        day: parsed(7, &row.get::<_, String>(7)?)?,
        settled: row.get::<_, Option<String>>(8)?.map(|day| parsed(8, &day)).transpose()?,
        after: EvidenceId(row.get(9)?),
    })
}
