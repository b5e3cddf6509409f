//! Office files and OFD: what can be told without their programs. Their pages are drawn by those programs alone; the text is
//! read so that marks of secrecy are seen at the door, and names can be found.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::inspected::{Extent, Trouble};
use crate::kind::Kind;
use crate::limits;

/// Bytes of one part that are read.
const PART: u64 = 64 << 20;
/// Shortest run of characters in an old binary file that counts as text.
const RUN: usize = 4;

/// Text, and how much it is where the file says so.
pub(crate) fn read(bytes: &[u8], kind: Kind) -> Result<(String, Option<Extent>), Trouble> {
    match kind {
        Kind::Ooxml => packed(bytes, &["word/document.xml", "xl/sharedStrings.xml", "ppt/slides/slide"]),
        Kind::Odf if encrypted(bytes) => Err(Trouble::Encrypted),
        Kind::Odf => packed(bytes, &["content.xml", "styles.xml"]),
        Kind::Ofd => {
            let (text, _) = packed(bytes, &["Doc_0/Pages/"])?;
            let (document, _) = packed_raw(bytes, &["Doc_0/Document.xml"])?;
            let pages = document.matches("<ofd:Page ").count() as u32;
            Ok((text, (pages > 0).then_some(Extent::Pages(pages))))
        }
        Kind::Ole if holds_wide(bytes, "EncryptedPackage") => Err(Trouble::Encrypted),
        Kind::Ole => Ok((wide_runs(bytes), None)),
        Kind::Rtf => Ok((rtf(bytes), None)),
        _ => Ok((String::new(), None)),
    }
}

fn packed(bytes: &[u8], parts: &[&str]) -> Result<(String, Option<Extent>), Trouble> {
    let (xml, _) = packed_raw(bytes, parts)?;
    Ok((plain(&xml), None))
}

/// The XML of the parts whose names begin so, in the order of their names.
fn packed_raw(bytes: &[u8], parts: &[&str]) -> Result<(String, usize), Trouble> {
    let damaged = |error: zip::result::ZipError| Trouble::damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut wanted: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|place| Some((archive.name_for_index(place)?.ok()?.into_owned(), place)))
        .filter(|(name, _)| name.ends_with(".xml") && parts.iter().any(|part| name.starts_with(part)))
        .collect();
    wanted.sort_by_key(|(name, _)| (name.len(), name.clone()));
    let (mut xml, count) = (String::new(), wanted.len());
    let mut left = PART;
    for (_, place) in wanted {
        let mut raw = Vec::new();
        let read = archive.by_index(place).map_err(damaged)?.take(left).read_to_end(&mut raw);
        left -= read.map_err(|error| Trouble::damaged(error.to_string()))? as u64;
        xml.push_str(&String::from_utf8_lossy(&raw));
    }
    Ok((xml, count))
}

/// Whether the manifest names a cipher for any part.
fn encrypted(bytes: &[u8]) -> bool {
    packed_raw(bytes, &["META-INF/manifest.xml"]).is_ok_and(|(manifest, _)| manifest.contains("encryption-data"))
}

/// What stands between the tags; a paragraph, a cell or a line of an OFD ends a line.
fn plain(xml: &str) -> String {
    const ENDS: [&str; 9] = ["/w:p", "/a:p", "/si", "/ofd:TextCode", "/text:p", "/text:h", "text:line-break/", "w:br/", "w:tab/"];
    let mut out = String::new();
    let mut kept = 0;
    for part in xml.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name = tag.split_whitespace().next().unwrap_or_default();
        if ENDS.contains(&name) && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        let text = text.trim_matches(['\r', '\n']);
        out.push_str(&text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&"));
        kept += text.len();
        // A character takes at most four bytes.
        if kept > limits::TEXT_KEPT * 4 {
            break;
        }
    }
    out.chars().take(limits::TEXT_KEPT).collect()
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

/// Characters of an RTF: `\\uN` and `\\'hh` in GBK; paragraphs end lines.
fn rtf(bytes: &[u8]) -> String {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'\\' if after.first() == Some(&b'\'') => {
                let digits = after.get(1..3).and_then(|two| std::str::from_utf8(two).ok());
                out.extend(digits.and_then(|two| u8::from_str_radix(two, 16).ok()));
                rest = after.get(3..).unwrap_or_default();
            }
            b'\\' => {
                let length = after.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
                let word = std::str::from_utf8(&after[..length]).unwrap_or_default();
                rest = &after[length.max(1).min(after.len())..];
                if rest.first() == Some(&b' ') {
                    rest = &rest[1..];
                }
                let unit = word.strip_prefix('u').and_then(|number| number.parse::<i32>().ok()).map(|number| number as u16);
                match (word, unit.and_then(|unit| char::from_u32(u32::from(unit)))) {
                    ("par" | "line", _) => out.push(b'\n'),
                    (_, Some(letter)) => {
                        let letter = letter.to_string();
                        out.extend_from_slice(&encoding_rs::GB18030.encode(&letter).0);
                        // One character that stands for it in old readers follows.
                        rest = rest.get(usize::from(rest.first() == Some(&b'?'))..).unwrap_or_default();
                    }
                    _ => {}
                }
            }
            b'{' | b'}' | b'\r' | b'\n' => {}
            byte => out.push(*byte),
        }
    }
    encoding_rs::GB18030.decode(&out).0.chars().take(limits::TEXT_KEPT).collect()
}
