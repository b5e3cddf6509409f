//! The text of Office files that are packages: of every part that says something, whatever it is called.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::inspected::Trouble;
use crate::kind::Kind;
use crate::limits;

/// Bytes of all parts that are read.
const PARTS: u64 = 64 << 20;
/// Characters that are kept of what stands around the paper, where the paper itself has many.
const AROUND_KEPT: usize = limits::TEXT_KEPT / 5;
/// Stands between parts, as between the pages of a PDF: each has a head of its own.
const PART_BREAK: char = '\u{c}';
/// What is said of the file, and numbers of the program's own.
const UNSAID: [&str; 3] = ["docProps/", "customXml/", "META-INF/"];
/// What stands around the paper: names of parts as every program writes them.
const AROUND: [&str; 10] =
    ["header", "footer", "footnotes", "endnotes", "comments", "slideLayout", "slideMaster", "notesMaster", "handoutMaster", "notesSlide"];

/// The paper, then each part of what stands around it.
pub(super) fn text(bytes: &[u8], kind: Kind) -> Result<String, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Trouble::damaged(error.to_string()))?;
    let declared = declared(&mut archive);
    let mut wanted: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|place| Some((archive.name_for_index(place)?.ok()?.into_owned(), place)))
        .filter(|(name, _)| is_said(name, kind, &declared))
        .collect();
    wanted.sort_by_cached_key(|(name, _)| (name.len(), name.clone()));
    let (mut paper, mut around) = (String::new(), String::new());
    let mut left = PARTS;
    for (name, place) in wanted {
        let xml = part(&mut archive, place, &mut left)?;
        let (out, most) = if is_around(&name) { (&mut around, AROUND_KEPT) } else { (&mut paper, limits::TEXT_KEPT) };
        let said = said(&xml, kind, most);
        if !said.trim().is_empty() && out.chars().count() < most {
            if !out.is_empty() {
                out.push(if is_around(&name) { PART_BREAK } else { '\n' });
            }
            out.push_str(&said);
        }
    }
    let around: String = around.chars().take(AROUND_KEPT).collect();
    let mut out: String = paper.chars().take(limits::TEXT_KEPT - around.chars().count()).collect();
    if !around.is_empty() {
        out.push(PART_BREAK);
        out.push_str(&around);
    }
    Ok(out)
}

/// The XML of one part, if it is there.
pub(super) fn named(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let place = archive.index_for_name(name)?;
    part(&mut archive, place, &mut { PARTS }).ok()
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, place: usize, left: &mut u64) -> Result<String, Trouble> {
    let entry = archive.by_index(place).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Trouble::Encrypted,
        other => Trouble::damaged(other.to_string()),
    })?;
    let mut raw = Vec::new();
    let read = entry.take(*left).read_to_end(&mut raw).map_err(|error| Trouble::damaged(error.to_string()))?;
    *left -= read as u64;
    // UTF-16 has a mark.
    Ok(encoding_rs::UTF_8.decode(&raw).0.into_owned())
}

fn is_said(name: &str, kind: Kind, declared: &[String]) -> bool {
    if UNSAID.iter().any(|folder| name.starts_with(folder)) || name == CONTENT_TYPES {
        return false;
    }
    match kind {
        Kind::Odf => name.ends_with("content.xml") || name.ends_with("styles.xml"),
        _ => name.ends_with(".xml") || declared.iter().any(|part| part == name),
    }
}

fn is_around(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    AROUND.iter().any(|begin| last.starts_with(begin)) || last == "styles.xml" || name.starts_with("word/glossary/")
}

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Parts that the package says to be XML (ECMA-376-2 7.2.3), whatever their names end with.
fn declared(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    let Some(types) = archive.index_for_name(CONTENT_TYPES).and_then(|place| part(archive, place, &mut { PARTS }).ok()) else {
        return Vec::new();
    };
    let mut reader = Reader::from_str(&types);
    let mut out = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => out.extend(xml_part(&start)),
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

fn xml_part(start: &BytesStart<'_>) -> Option<String> {
    let said = |name: &str| {
        let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(unescape(&found.value).ok()?.into_owned())
    };
    let name = said("PartName")?;
    said("ContentType")?.ends_with("xml").then(|| name.trim_start_matches('/').to_owned())
}

/// What stands between the tags, at most so many characters; of what is no XML, what stands before it breaks.
fn said(xml: &str, kind: Kind, most: usize) -> String {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut out = String::new();
    // The element that text stands in, as long as no other has begun or ended in it.
    let mut element = String::new();
    while out.len() < most * 4 {
        let Ok(event) = reader.read_event() else { break };
        match event {
            Event::Start(start) => start.local_name().as_ref().clone_into(&mut element),
            Event::Empty(empty) => end_line(&mut out, empty.local_name().as_ref()),
            Event::End(end) => {
                element.clear();
                end_line(&mut out, end.local_name().as_ref());
            }
            Event::Text(text) if is_text(&element, &text, kind) => out.push_str(text.trim_matches(['\r', '\n'])),
            Event::CData(text) if is_text(&element, &text, kind) => out.push_str(&text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let letter = unescape(&reference).unwrap_or_default();
                if is_text(&element, &letter, kind) {
                    out.push_str(&letter);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    out.chars().take(most).collect()
}

/// An OFD says what it says in `TextCode`; a sheet's formulas, numbers and places of texts are none.
fn is_text(element: &str, text: &str, kind: Kind) -> bool {
    match element {
        _ if kind == Kind::Ofd => element == "TextCode",
        // Between tags that stand on lines of their own.
        _ if text.contains('\n') && text.trim().is_empty() => false,
        "f" => false,
        "v" => !text.is_ascii(),
        _ => true,
    }
}

/// A paragraph, a cell, a line of an OFD and the like end a line.
fn end_line(out: &mut String, element: &str) {
    const ENDS: [&str; 17] = [
        "p",
        "h",
        "si",
        "is",
        "v",
        "TextCode",
        "comment",
        "br",
        "cr",
        "tab",
        "line-break",
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
    ];
    if ENDS.contains(&element) && !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
