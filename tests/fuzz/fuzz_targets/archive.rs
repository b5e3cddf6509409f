//! Whatever bytes an archive or a saved message has, it is unpacked as it was listed, or refused by name.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((members, unpacked)) = scans::alone::unpacked(bytes) {
        assert!(members as u64 <= scans::limits::MEMBERS && unpacked <= scans::limits::UNPACKED_BYTES);
    }
});
