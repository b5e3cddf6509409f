//! Whatever bytes an OFD has, it becomes a PDF that can be read again, or is refused by name.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(pdf) = scans::alone::paged(bytes) {
        let seen = scans::inspect(&pdf);
        assert!(seen.trouble.is_none() && !seen.pages.is_empty(), "{:?}", seen.trouble);
    }
});
