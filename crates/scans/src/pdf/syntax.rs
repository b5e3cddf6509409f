//! How names and strings are spelt in a PDF.

/// `/Name`, with everything but regular characters as `#xx`.
pub fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte <= b' ' || byte >= 127 || b"()<>[]{}/%#".contains(&byte) {
            out.extend_from_slice(format!("#{byte:02x}").as_bytes());
        } else {
            out.push(byte);
        }
    }
}

/// A string of bytes, in hexadecimal, so that nothing has to be escaped.
pub fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(b'<');
    for byte in bytes {
        out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    out.push(b'>');
}
