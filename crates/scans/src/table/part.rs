//! Which part of an Office file holds what it is about, found by its relationships and never by its usual name.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::inspected::Trouble;
use crate::limits;

pub(super) enum Main {
    Sheets,
    /// Path of the document within the package.
    Word(String),
}

/// The part that the package's own relationships name as its document.
pub(super) fn main(bytes: &[u8]) -> Result<Main, Trouble> {
    let relationships = part(bytes, "_rels/.rels")?;
    let mut reader = Reader::from_str(&relationships);
    let target = loop {
        let event = reader.read_event().map_err(|error| Trouble::damaged(error.to_string()))?;
        match &event {
            Event::Start(start) | Event::Empty(start) if names_document(start) => break attribute(start, "Target").unwrap_or_default(),
            Event::Eof => return Err(Trouble::Unsupported),
            _ => {}
        }
    };
    let target = target.trim_start_matches('/').to_owned();
    if target.starts_with("xl/") {
        return Ok(Main::Sheets);
    }
    if target.starts_with("ppt/") {
        return Err(Trouble::Unsupported);
    }
    Ok(Main::Word(target))
}

fn names_document(start: &BytesStart<'_>) -> bool {
    attribute(start, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
}

/// Text of one part; of a bomb no more than the limit is unpacked.
pub(super) fn part(bytes: &[u8], path: &str) -> Result<String, Trouble> {
    let damaged = |detail: String| Trouble::damaged(format!("{path}: {detail}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let file = archive.by_name(path).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => Trouble::Encrypted,
        other => damaged(other.to_string()),
    })?;
    let mut text = String::new();
    file.take(limits::XML_BYTES + 1).read_to_string(&mut text).map_err(|error| damaged(error.to_string()))?;
    super::within(crate::inspected::Limit::Bytes, text.len() as u64, limits::XML_BYTES)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Value of an attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

/// Office keeps a file with a password as a stream of this name.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    names_stream(bytes, "EncryptedPackage")
}

pub(super) fn is_old_word(bytes: &[u8]) -> bool {
    names_stream(bytes, "WordDocument")
}

/// Whether a compound file has a stream so named; names stand in its directory as UTF-16.
fn names_stream(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
