//! Names in archives: which encoding, and what may be shown of them.

/// Longest path that is shown, in characters.
const LONGEST: usize = 1_000;

/// The text of a name: UTF-8 where it holds together, else GB18030, which WinRAR, 360压缩 and Windows write.
pub(super) fn decoded(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    }
}

/// Folders and name with `/`; `None` for a name that points out of the archive (absolute, with a drive, or with `..`).
///
/// Decoded before it is split: the second byte of a GBK character may be a `\`.
pub(super) fn shown(name: &str) -> Option<String> {
    if name.contains('\0') || name.starts_with(['/', '\\']) {
        return None;
    }
    let mut parts = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => return None,
            _ if parts.is_empty() && is_drive(part) => return None,
            _ => parts.push(part),
        }
    }
    let path: String = parts.join("/").chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(LONGEST).collect();
    (!path.is_empty()).then_some(path)
}

fn is_drive(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic()) && chars.next() == Some(':')
}
