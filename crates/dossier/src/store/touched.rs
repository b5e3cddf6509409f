//! What was written since the dossier was read last, so that only that is read again.
//!
//! Temporary triggers on the writer's connection name every piece and leaf that a transaction writes to. They stand on the
//! tables, not in the acts, so no act can forget to tell.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::domain::{DocumentId, IndicatorCode};
use crate::error::Result;

/// Pieces and leaves of which something was written.
#[derive(Debug, Default)]
pub struct Touched {
    pub pieces: BTreeSet<DocumentId>,
    pub leaves: BTreeSet<IndicatorCode>,
}

/// The tables that a [`Document`](crate::domain::Document) is read from, and the column that names the piece.
const PIECES: &[(&str, &str)] = &[
    ("document", "id"),
    ("page", "document"),
    ("description", "document"),
    ("further", "document"),
    ("page_edit", "document"),
    ("framing", "document"),
    ("extent", "document"),
    ("caption", "document"),
    ("proof_mark", "document"),
    ("mask", "document"),
];

/// From now on, what this connection writes is remembered.
pub fn watch(writer: &Connection) -> Result<()> {
    writer.pragma_update(None, "temp_store", "MEMORY")?;
    // Without a key: a conflict in a trigger would be handled as the statement outside says, and end an act.
    writer.execute_batch("CREATE TEMP TABLE touched_piece (id INTEGER); CREATE TEMP TABLE touched_leaf (code TEXT);")?;
    for (table, column) in PIECES {
        name_rows(writer, table, column, "touched_piece")?;
    }
    name_rows(writer, "evidence", "indicator", "touched_leaf")?;
    name_rows(writer, "reprint", "indicator", "touched_leaf")
}

fn name_rows(writer: &Connection, table: &str, column: &str, into: &str) -> Result<()> {
    for (event, rows) in [("INSERT", &["NEW"][..]), ("UPDATE", &["OLD", "NEW"]), ("DELETE", &["OLD"])] {
        let named: String = rows.iter().map(|row| format!("INSERT INTO {into} VALUES ({row}.{column}); ")).collect();
        writer.execute_batch(&format!("CREATE TEMP TRIGGER {table}_{event}_told AFTER {event} ON main.{table} BEGIN {named}END;"))?;
    }
    Ok(())
}

impl Touched {
    /// What the transaction that is under way has written; the next one begins with nothing.
    pub fn taken(writer: &Connection) -> Result<Self> {
        let mut pieces = writer.prepare_cached("SELECT DISTINCT id FROM touched_piece")?;
        let mut leaves = writer.prepare_cached("SELECT DISTINCT code FROM touched_leaf")?;
        let taken = Self {
            pieces: pieces.query_map([], |row| Ok(DocumentId(row.get(0)?)))?.collect::<rusqlite::Result<_>>()?,
            leaves: leaves.query_map([], |row| Ok(IndicatorCode(row.get(0)?)))?.collect::<rusqlite::Result<_>>()?,
        };
        writer.execute_batch("DELETE FROM touched_piece; DELETE FROM touched_leaf;")?;
        Ok(taken)
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.leaves.is_empty()
    }

    pub fn add(&mut self, later: Self) {
        self.pieces.extend(later.pieces);
        self.leaves.extend(later.leaves);
    }
}
