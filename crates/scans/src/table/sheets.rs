//! Spreadsheets, read by calamine cell by cell: a range that claims a million rows is never laid out.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Xls, Xlsx};

use super::{Cell, Grid, Measure, Sheet};
use crate::inspected::Trouble;

pub(super) fn xlsx(bytes: &[u8]) -> Result<Grid, Trouble> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut out, mut measure) = (Grid::default(), Measure::default());
    for name in book.sheet_names() {
        // A sheet that is a chart has no cells.
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut placed = Placed::default();
        if let Ok(mut cells) = book.worksheet_cells_reader(&name) {
            while let Some(cell) = cells.next_cell().map_err(damaged)? {
                placed.put(cell.get_position(), of_ref(cell.get_value()), &mut measure)?;
            }
        }
        out.sheets.push(placed.sheet(name, &merged, &mut measure)?);
    }
    Ok(out)
}

pub(super) fn xls(bytes: &[u8]) -> Result<Grid, Trouble> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut out, mut measure) = (Grid::default(), Measure::default());
    for name in book.sheet_names() {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut placed = Placed::default();
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            placed.put((top + row as u32, left + column as u32), of_data(value), &mut measure)?;
        }
        out.sheets.push(placed.sheet(name, &merged, &mut measure)?);
    }
    Ok(out)
}

fn damaged(error: impl std::fmt::Display) -> Trouble {
    Trouble::damaged(error.to_string())
}

/// Cells that hold text, by row and column.
#[derive(Default)]
struct Placed(BTreeMap<(u32, u32), String>);

impl Placed {
    fn put(&mut self, at: (u32, u32), text: String, measure: &mut Measure) -> Result<(), Trouble> {
        let text = text.replace("\r\n", "\n").replace("_x000D_", "");
        if text.trim().is_empty() {
            return Ok(());
        }
        measure.text(&text)?;
        measure.cells(1)?;
        self.0.insert(at, text.trim().to_owned());
        Ok(())
    }

    /// A grid from A1 to the last cell that holds text, merged cells filled.
    fn sheet(self, name: String, merged: &[Dimensions], measure: &mut Measure) -> Result<Sheet, Trouble> {
        let rows = self.0.keys().map(|(row, _)| *row as usize + 1).max().unwrap_or(0);
        let columns = self.0.keys().map(|(_, column)| *column as usize + 1).max().unwrap_or(0);
        measure.cells(rows.saturating_mul(columns))?;
        let mut grid = vec![vec![Cell::default(); columns]; rows];
        for ((row, column), text) in self.0 {
            grid[row as usize][column as usize].text = text;
        }
        for area in merged {
            let (top, left) = (area.start.0 as usize, area.start.1 as usize);
            let (bottom, right) = ((area.end.0 as usize + 1).min(rows), (area.end.1 as usize + 1).min(columns));
            let Some(text) = grid.get(top).and_then(|row| row.get(left)).map(|cell| cell.text.clone()) else { continue };
            for (row, cells) in grid.iter_mut().enumerate().take(bottom).skip(top) {
                for (column, cell) in cells.iter_mut().enumerate().take(right).skip(left) {
                    measure.text(&text)?;
                    *cell = Cell { text: text.clone(), above: row > top, left: column > left };
                }
            }
        }
        Ok(Sheet { name, before: String::new(), rows: grid })
    }
}

fn of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => plain(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => truth(*value).to_owned(),
        DataRef::DateTime(date) => day(date),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn of_data(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => truth(*value).to_owned(),
        Data::DateTime(date) => day(date),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// As a sheet shows it: `0.3` where the file says 0.30000000000000004.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

fn day(date: &ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
