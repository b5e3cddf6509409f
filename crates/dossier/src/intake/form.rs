//! 报送清单 that come back: what the unit wrote into its columns.

use scans::table::{Cell, Grid};

use crate::domain::IndicatorCode;
use crate::domain::fold::folded;
use crate::domain::kit::FormRow;
use crate::domain::kit::column::{CODE, MATERIAL, NOTE, PAGES, PIECES, YEAR};

/// Rows into which the unit wrote something, wherever its program has put the columns.
pub fn read(grid: &Grid) -> Vec<FormRow> {
    grid.sheets.iter().flat_map(|sheet| rows(&sheet.rows)).collect()
}

fn rows(rows: &[Vec<Cell>]) -> Vec<FormRow> {
    let column = |row: &[Cell], label: &str| row.iter().position(|cell| cell.text.trim() == label);
    let labels = [CODE, MATERIAL, YEAR, PIECES, PAGES, NOTE];
    let head = rows.iter().enumerate().find_map(|(at, row)| {
        let columns: Vec<usize> = labels.iter().filter_map(|label| column(row, label)).collect();
        Some((at, <[usize; 6]>::try_from(columns).ok()?))
    });
    let Some((head, columns)) = head else { return Vec::new() };
    let filled = rows[head + 1..].iter().filter_map(|row| {
        let [code, title, year, pieces, pages, note] = columns.map(|column| row.get(column).map_or("", |cell| cell.text.trim()));
        let mut unread = Vec::new();
        let mut number = |label: &str, text: &str| {
            let number = count(text);
            if number.is_none() && !text.is_empty() {
                unread.push((label.to_owned(), text.to_owned()));
            }
            number
        };
        let (pieces, pages) = (number(PIECES, pieces), number(PAGES, pages));
        let year = year.split('.').next().and_then(|year| year.parse().ok());
        let said = pieces.is_some() || pages.is_some() || !unread.is_empty() || !note.is_empty();
        (said && !code.is_empty()).then(|| {
            let (indicator, title, note) = (IndicatorCode(code.to_owned()), title.to_owned(), note.to_owned());
            FormRow { indicator, title, year, pieces, pages, unread, note }
        })
    });
    filled.collect()
}

/// `3`, `３件`, `12.0`, `共 12 页`; nothing for what is no whole number.
fn count(text: &str) -> Option<u32> {
    let folded = folded(text);
    let bare = folded.trim().trim_start_matches('共').trim_end_matches(['件', '页']).trim();
    let whole = bare.strip_suffix(".0").unwrap_or(bare);
    whole.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_typed() {
        for (typed, read) in [("3", Some(3)), ("３件", Some(3)), ("12.0", Some(12)), ("共12页", Some(12)), ("0", Some(0))] {
            assert_eq!(count(typed), read, "{typed}");
        }
        for typed in ["", "三", "3.5", "约3", "-1", "3-4"] {
            assert_eq!(count(typed), None, "{typed}");
        }
    }
}
