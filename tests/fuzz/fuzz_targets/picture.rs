//! Whatever bytes a file has, it is looked into and drawn, or refused by name; no pages are never success.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scans::{Kind, Scale};

fuzz_target!(|bytes: &[u8]| {
    let seen = scans::inspect(bytes);
    let has_pages = matches!(
        seen.kind,
        Kind::Pdf | Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Bmp | Kind::Gif | Kind::Webp | Kind::Heic
    );
    assert!(!has_pages || !seen.pages.is_empty() || seen.trouble.is_some(), "no pages are taken for success");
    for page in 0..2 {
        let _ = scans::draw(bytes, seen.kind, page, Scale::MaxSide(200));
    }
});
