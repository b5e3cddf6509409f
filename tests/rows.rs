//! What stands in an index, as text: two that say the same are alike, however their pages lie.

use std::collections::BTreeMap;

use rusqlite::Connection;

/// Tables and their columns; SQLite's own are left out.
pub fn shape(index: &Connection) -> BTreeMap<String, Vec<String>> {
    let mut select = index
        .prepare(
            "SELECT tables.name, columns.name FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'",
        )
        .expect("every index has a schema");
    let columns = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("it can be asked");
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in columns.map(|column| column.expect("names are text")) {
        out.entry(table).or_default().push(column);
    }
    out
}

/// These columns of every row of a table, a line each.
pub fn told(index: &Connection, table: &str, columns: &[String]) -> Vec<String> {
    let shown: Vec<String> = columns.iter().map(|column| format!("'{column}=' || quote({column})")).collect();
    let mut select = index.prepare(&format!("SELECT {} FROM {table} ORDER BY 1", shown.join(" || ' ' || "))).expect("the table is there");
    select.query_map([], |row| row.get(0)).expect("it can be asked").map(|row| row.expect("a quoted value is text")).collect()
}

/// Every row of an index, table by table, but for moments.
pub fn all(index: &Connection) -> BTreeMap<String, Vec<String>> {
    shape(index)
        .into_iter()
        .map(|(table, columns)| {
            let columns: Vec<String> = columns.into_iter().filter(|column| column != "at" && !column.ends_with("ed_at")).collect();
            let rows = told(index, &table, &columns);
            (table, rows)
        })
        .collect()
}

/// The schema, as `user_version` counts.
pub fn version(index: &Connection) -> usize {
    index.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0)).expect("every index has one") as usize
}
