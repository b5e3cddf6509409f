//! The SQL function `holds`: SQLite's `instr` compares letter by letter; this looks for several bytes at a time, so that the text of
//! a large project is looked through in the time of reading it, and needs no index beside it.

use memchr::memmem::Finder;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Result};

/// Makes `holds(text, word)` known to a connection: whether the word stands in the text, both folded.
pub fn offer(index: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    index.create_scalar_function("holds", 2, flags, holds)
}

fn holds(said: &mut Context<'_>) -> Result<bool> {
    // The word is the same from row to row: it is made ready once a statement.
    let word = said.get_or_create_aux(1, |word| Ok::<_, FromSqlError>(Finder::new(word.as_bytes()?).into_owned()))?;
    Ok(word.find(said.get_raw(0).as_bytes()?).is_some())
}
