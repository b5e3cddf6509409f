//! Ids and codes as they cross, and back.

use dossier::domain::{DocumentId, IndicatorCode};

/// Ids of rows. SQLite counts from 1, and no project has four thousand million pieces.
pub type Id = u32;

/// SQLite counts rows from 1, and no project has four thousand million of anything.
pub fn id(row: i64) -> Id {
    Id::try_from(row).unwrap_or_default()
}

pub fn document(id: Id) -> DocumentId {
    DocumentId(i64::from(id))
}

pub fn documents(ids: &[Id]) -> Vec<DocumentId> {
    ids.iter().map(|id| document(*id)).collect()
}

pub fn code(text: String) -> IndicatorCode {
    IndicatorCode(text)
}
