//! How sizes, days and names are put, whoever speaks of them.

use std::path::Path;

use jiff::civil::Date;

/// `12 KB`, `350 MB`, `1.2 GB`; rather too much than too little.
pub fn size(bytes: u64) -> String {
    let megabytes = bytes.div_ceil(1 << 20);
    match bytes {
        0..0x10_0000 => format!("{} KB", bytes.div_ceil(1024)),
        _ if megabytes < 1024 => format!("{megabytes} MB"),
        _ => format!("{:.1} GB", megabytes as f64 / 1024.0),
    }
}

/// `2023年4月20日`
pub fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// At most so many characters; what is cut is shown by an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// Last part of a path; the whole of it where there is none.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
