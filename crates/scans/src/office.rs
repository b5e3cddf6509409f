//! Office files and OFD: what can be told without their programs. Their pages are drawn by those programs alone; the text is
//! read so that marks of secrecy are seen at the door, and names can be found.

mod parts;
mod rtf;

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use crate::inspected::{Extent, Trouble};
use crate::kind::{HIDDEN_OFD, Kind};
use crate::limits;

/// Shortest run of characters in an old binary file that counts as text.
const RUN: usize = 4;

/// Text, and how much it is where the file says so.
pub(crate) fn read(bytes: &[u8], kind: Kind) -> Result<(String, Option<Extent>), Trouble> {
    match kind {
        Kind::Odf if encrypted(bytes) => Err(Trouble::Encrypted),
        Kind::Ooxml | Kind::Odf => Ok((parts::text(bytes, kind)?, None)),
        Kind::Ofd if parts::named(bytes, HIDDEN_OFD).is_some() => Err(Trouble::Encrypted),
        Kind::Ofd => {
            let text = parts::text(bytes, kind)?;
            let document = parts::named(bytes, "Doc_0/Document.xml").unwrap_or_default();
            let pages = document.matches("<ofd:Page ").count() as u32;
            Ok((text, (pages > 0).then_some(Extent::Pages(pages))))
        }
        Kind::Ole if holds_wide(bytes, "EncryptedPackage") || locked(bytes) => Err(Trouble::Encrypted),
        Kind::Ole => Ok((wide_runs(bytes), None)),
        Kind::Rtf => Ok((rtf::text(bytes), None)),
        _ => Ok((String::new(), None)),
    }
}

/// Whether the manifest names a cipher for any part.
fn encrypted(bytes: &[u8]) -> bool {
    parts::named(bytes, "META-INF/manifest.xml").is_some_and(|manifest| manifest.contains("encryption-data"))
}

/// Whether a paper of Word, WPS or PowerPoint of before 2007 says that it is encrypted: a bit of its head (MS-DOC 2.5.2), or the
/// mark of who edited it last (MS-PPT 2.3.2). What Excel encrypts may open without a password all the same, so nothing is said
/// of that.
fn locked(bytes: &[u8]) -> bool {
    const WORD: [u8; 2] = [0xEC, 0xA5];
    const SLIDES: u32 = 0xF3D1_C4DF;
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else { return false };
    let mut head_of = |stream: &str| {
        let mut head = [0; 16];
        file.open_stream(stream).and_then(|mut stream| stream.read_exact(&mut head)).ok().map(|()| head)
    };
    head_of("/WordDocument").is_some_and(|head| head.starts_with(&WORD) && head[11] & 1 != 0)
        || head_of("/Current User").is_some_and(|head| head[12..] == SLIDES.to_le_bytes())
}

/// Runs of Chinese and ASCII characters stored as UTF-16, as Word, WPS and Excel of before 2007 do.
fn wide_runs(bytes: &[u8]) -> String {
    let mut out = String::new();
    for start in [0, 1] {
        let mut run = String::new();
        let mut chinese = false;
        for pair in bytes[start.min(bytes.len())..].chunks_exact(2) {
            let unit = u16::from_le_bytes([pair[0], pair[1]]);
            let letter = char::from_u32(u32::from(unit)).filter(|c| {
                matches!(c, ' '..='~' | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '★' | '☆' | '—' | '“' | '”')
            });
            match letter {
                Some(letter) => {
                    chinese |= letter >= '\u{4e00}';
                    run.push(letter);
                }
                None => {
                    keep(&mut out, &run, chinese);
                    run.clear();
                    chinese = false;
                }
            }
        }
        keep(&mut out, &run, chinese);
    }
    out.chars().take(limits::TEXT_KEPT).collect()
}

fn keep(out: &mut String, run: &str, chinese: bool) {
    // A mark of two characters stands alone on its line.
    let short = matches!(run.trim(), "绝密" | "机密" | "秘密");
    if short || chinese && run.chars().count() >= RUN {
        out.push_str(run);
        out.push('\n');
    }
}

pub(crate) fn holds_wide(bytes: &[u8], word: &str) -> bool {
    let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
