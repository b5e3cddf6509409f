//! Table `mask` (decided): bars over what of a page nobody may read outside.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};
use scans::Mask;

use crate::domain::{DocumentId, MaskId, PageMask};
use crate::error::{Error, Result};

pub fn add(index: &Connection, document: DocumentId, page: u32, area: Mask) -> Result<MaskId> {
    let Mask { x0, y0, x1, y1 } = area;
    let id = index
        .prepare_cached("INSERT INTO mask (document, idx, x0, y0, x1, y1) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .insert((document.0, page, x0, y0, x1, y1))?;
    Ok(MaskId(id))
}

pub fn take_away(index: &Connection, mask: MaskId) -> Result<()> {
    match index.prepare_cached("DELETE FROM mask WHERE id = ?1")?.execute([mask.0])? {
        0 => Err(Error::NoSuchMask(mask)),
        _ => Ok(()),
    }
}

/// A bar, and the piece it lies on.
pub fn one(index: &Connection, mask: MaskId) -> Result<(DocumentId, PageMask)> {
    let found = index.prepare_cached(&format!("{MASKS} WHERE id = ?1"))?.query_row([mask.0], mask_of).optional()?;
    found.ok_or(Error::NoSuchMask(mask))
}

/// Bars of a piece, or of all pieces: page by page, in the order drawn.
pub(super) fn of(index: &Connection, document: Option<DocumentId>) -> Result<BTreeMap<DocumentId, Vec<PageMask>>> {
    let mut select = index.prepare_cached(&format!("{MASKS} WHERE ?1 IS NULL OR document = ?1 ORDER BY document, idx, id"))?;
    let mut out: BTreeMap<DocumentId, Vec<PageMask>> = BTreeMap::new();
    for row in select.query_map([document.map(|id| id.0)], mask_of)? {
        let (document, mask) = row?;
        out.entry(document).or_default().push(mask);
    }
    Ok(out)
}

const MASKS: &str = "SELECT document, id, idx, x0, y0, x1, y1 FROM mask";

fn mask_of(row: &Row<'_>) -> rusqlite::Result<(DocumentId, PageMask)> {
    let area = Mask { x0: row.get(3)?, y0: row.get(4)?, x1: row.get(5)?, y1: row.get(6)? };
    Ok((DocumentId(row.get(0)?), PageMask { id: MaskId(row.get(1)?), page: row.get(2)?, area }))
}
