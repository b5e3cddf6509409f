//! Table `self_assessment` (decided): 自评分 and 自评说明 of a leaf.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::domain::{IndicatorCode, Points, SelfAssessment};
use crate::error::Result;

use super::column::{from_json, json};

/// Writes what is said of a leaf; where nothing is said there is no row.
pub fn put(index: &Connection, code: &IndicatorCode, said: &SelfAssessment) -> Result<()> {
    if said.is_empty() {
        index.prepare_cached("DELETE FROM self_assessment WHERE indicator = ?1")?.execute([&code.0])?;
        return Ok(());
    }
    let points: Vec<Option<i64>> = said.points.iter().map(|points| points.map(|points| points.0)).collect();
    index
        .prepare_cached(
            "INSERT INTO self_assessment (indicator, points, narrative) VALUES (?1, ?2, ?3)
             ON CONFLICT (indicator) DO UPDATE SET points = excluded.points, narrative = excluded.narrative",
        )?
        .execute((&code.0, json("points", &points)?, &said.narrative))?;
    Ok(())
}

pub fn all(index: &Connection) -> Result<BTreeMap<IndicatorCode, SelfAssessment>> {
    let mut select = index.prepare_cached("SELECT indicator, points, narrative FROM self_assessment")?;
    let rows = select.query_map([], |row| {
        let points: Vec<Option<i64>> = from_json(1, &row.get::<_, String>(1)?)?;
        let points = points.into_iter().map(|points| points.map(Points)).collect();
        Ok((IndicatorCode(row.get(0)?), SelfAssessment { points, narrative: row.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
