//! Names in archives: which encoding, and what may be shown of them.

/// Longest path that is shown, in characters.
const LONGEST: usize = 1_000;

/// The text of a name: UTF-8 where it holds together, else GB18030, which WinRAR, 360压缩 and Windows write.
pub fn decoded(raw: &[u8]) -> String {
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
    let path: String = plain(&parts.join("/")).chars().take(LONGEST).collect();
    (!path.is_empty()).then_some(path)
}

/// A name as it may be shown: without what is not seen and turns the reading about (`报送\u{202e}gpj.exe` would read as a
/// picture), and with a mark for control characters.
pub fn plain(name: &str) -> String {
    let is_unseen = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    name.chars().filter(|c| !is_unseen(c)).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn is_drive(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic()) && chars.next() == Some(':')
}
