//! Table `page_order` (decided): 页序. It has a row for a piece only where its pages stand in another order than its scan has them, or
//! are no range of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::{DocumentId, Page};
use crate::error::Result;

use super::column::{from_json, json};

/// Writes which pages a piece has, and in which order; where they stand as they would without a row, there is none.
pub fn put(index: &Connection, document: DocumentId, order: &[u32]) -> Result<()> {
    if order == as_scanned(index, document)? {
        index.prepare_cached("DELETE FROM page_order WHERE document = ?1")?.execute([document.0])?;
    } else {
        index
            .prepare_cached(
                "INSERT INTO page_order (document, pages) VALUES (?1, ?2) ON CONFLICT (document) DO UPDATE SET pages = excluded.pages",
            )?
            .execute((document.0, json("pages", &order)?))?;
    }
    Ok(())
}

/// Positions within the scan of the pages of a piece, in their order.
pub(super) fn of(index: &Connection, document: DocumentId) -> Result<Vec<u32>> {
    let mut select = index.prepare_cached("SELECT pages FROM page_order WHERE document = ?1")?;
    let said = select.query_row([document.0], |row| from_json(0, &row.get::<_, String>(0)?)).optional()?;
    said.map_or_else(|| as_scanned(index, document), Ok)
}

/// The rows that there are, of one piece or of all.
pub(super) fn rows(index: &Connection, document: Option<DocumentId>) -> Result<BTreeMap<DocumentId, Vec<u32>>> {
    let mut select = index.prepare_cached("SELECT document, pages FROM page_order WHERE ?1 IS NULL OR document = ?1")?;
    let rows =
        select.query_map([document.map(|id| id.0)], |row| Ok((DocumentId(row.get(0)?), from_json(1, &row.get::<_, String>(1)?)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pages, told in the order of the scan, as a row has them; what it names twice, or is not there, is passed over.
pub(super) fn arranged(pages: Vec<Page>, order: &[u32]) -> Vec<Page> {
    let mut pages: BTreeMap<u32, Page> = pages.into_iter().map(|page| (page.index, page)).collect();
    order.iter().filter_map(|index| pages.remove(index)).collect()
}

fn as_scanned(index: &Connection, document: DocumentId) -> Result<Vec<u32>> {
    let mut select = index.prepare_cached(
        "SELECT idx FROM page LEFT JOIN extent ON extent.document = page.document
         WHERE page.document = ?1 AND (extent.first IS NULL OR idx >= extent.first AND idx < extent.first + extent.count) ORDER BY idx",
    )?;
    let rows = select.query_map([document.0], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
