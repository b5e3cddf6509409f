//! Whatever bytes an issued table has, its cells are read and its columns guessed, or it is refused by name.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(grid) = scans::table::read(bytes) {
        assert!(grid.sheets.iter().all(|sheet| sheet.rows.iter().all(|row| row.len() == sheet.rows[0].len())));
    }
});
