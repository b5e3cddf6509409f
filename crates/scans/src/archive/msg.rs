//! A message as Outlook saves it: properties of MAPI in a compound file (MS-OXMSG).

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;
use mail_parser::decoders::html::html_to_text;

use super::mail::{Attachment, Letter, shows};
use super::name::decoded;
use crate::inspected::Trouble;
use crate::limits;
use crate::office::holds_wide;

/// Names that the format gives (MS-OXMSG 2.2): the properties of fixed length, an attachment, and a message that is attached.
const PROPERTIES: &str = "__properties_version1.0";
const ATTACHMENT: &str = "__attach_version1.0_#";
const ATTACHED_MESSAGE: &str = "__substg1.0_3701000D";

/// Properties (MS-OXPROPS).
const SUBJECT: u16 = 0x0037;
const SENDER: [u16; 2] = [0x0C1A, 0x5D01];
const TO: u16 = 0x0E04;
const SENT: [u16; 2] = [0x0039, 0x0E06];
const BODY: u16 = 0x1000;
const HTML: u16 = 0x1013;
const CONTENT: u16 = 0x3701;
const CONTENT_ID: u16 = 0x3712;
/// Long name, short name, name shown.
const NAMES: [u16; 3] = [0x3707, 0x3704, 0x3001];

/// Types of properties (MS-OXCDATA 2.11.1).
const UNICODE: u16 = 0x001F;
const OF_A_CODE_PAGE: u16 = 0x001E;
const BINARY: u16 = 0x0102;
const TIME: u16 = 0x0040;

/// Bytes before the properties of a message, and of one that is attached, which has no ids for more (MS-OXMSG 2.4.1).
const HEADER: usize = 32;
const HEADER_ATTACHED: usize = 24;

type Store<'b> = CompoundFile<Cursor<&'b [u8]>>;

/// Whether it is a compound file at all.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// Whether it is a message, and not a paper of an office program, which are kept in compound files too and may have
/// messages put in. What is damaged is told by the name alone.
pub(crate) fn is_message(bytes: &[u8]) -> bool {
    match open(bytes) {
        Ok(store) => store.is_stream(Path::new("/").join(PROPERTIES)),
        Err(_) => holds_wide(bytes, PROPERTIES),
    }
}

/// # Errors
/// [`Trouble::Damaged`] for what can't be read as a whole.
pub(super) fn read(bytes: &[u8]) -> Result<Letter, Trouble> {
    let mut store = open(bytes)?;
    let root = Path::new("/");
    let mut head: Vec<String> = text(&mut store, root, SUBJECT)?.into_iter().collect();
    let mut sender = Vec::new();
    for property in SENDER {
        sender.extend(text(&mut store, root, property)?);
    }
    if !sender.is_empty() {
        head.push(sender.join(" "));
    }
    head.extend(text(&mut store, root, TO)?);
    head.extend(sent(&mut store)?);
    let html = match stream(&mut store, root, HTML, BINARY)? {
        Some(html) => decoded(&html),
        None => text(&mut store, root, HTML)?.unwrap_or_default(),
    };
    let body = text(&mut store, root, BODY)?.unwrap_or_else(|| html_to_text(&html));
    let mut folders: Vec<PathBuf> = store
        .read_root_storage()
        .filter(|entry| entry.is_storage() && entry.name().starts_with(ATTACHMENT))
        .map(|entry| entry.path().to_owned())
        .collect();
    folders.sort();
    let attachments = folders.iter().map(|folder| attachment(&mut store, folder, &html)).collect::<Result<_, _>>()?;
    Ok(Letter { head, body, attachments })
}

fn open(bytes: &[u8]) -> Result<Store<'_>, Trouble> {
    CompoundFile::open(Cursor::new(bytes)).map_err(damaged)
}

fn attachment(store: &mut Store<'_>, folder: &Path, html: &str) -> Result<Attachment, Trouble> {
    let attached = folder.join(ATTACHED_MESSAGE);
    if store.is_storage(&attached) {
        let subject = text(store, &attached, SUBJECT)?;
        let name = subject.map(|subject| format!("{subject}.msg"));
        return Ok(Attachment { name, content: alone(store, &attached)?, is_shown: false });
    }
    let is_shown = text(store, folder, CONTENT_ID)?.is_some_and(|id| shows(html, &id));
    let content = stream(store, folder, CONTENT, BINARY)?.unwrap_or_default();
    for property in NAMES {
        if let Some(name) = text(store, folder, property)?.filter(|name| !name.is_empty()) {
            return Ok(Attachment { name: Some(name), content, is_shown });
        }
    }
    Ok(Attachment { name: None, content, is_shown })
}

/// An attached message as a file of its own.
fn alone(store: &mut Store<'_>, attached: &Path) -> Result<Vec<u8>, Trouble> {
    let entries: Vec<(PathBuf, bool)> =
        store.walk_storage(attached).map_err(damaged)?.map(|entry| (entry.path().to_owned(), entry.is_storage())).collect();
    let mut own = CompoundFile::create(Cursor::new(Vec::new())).map_err(damaged)?;
    for (path, is_storage) in entries {
        let Ok(within) = path.strip_prefix(attached) else { continue };
        let to = Path::new("/").join(within);
        if is_storage {
            if within.components().next().is_some() {
                own.create_storage(&to).map_err(damaged)?;
            }
            continue;
        }
        let mut content = whole(store, &path)?;
        if within == Path::new(PROPERTIES) && content.len() >= HEADER_ATTACHED {
            content.splice(HEADER_ATTACHED..HEADER_ATTACHED, [0; HEADER - HEADER_ATTACHED]);
        }
        own.create_stream(&to).and_then(|mut stream| stream.write_all(&content)).map_err(damaged)?;
    }
    own.flush().map_err(damaged)?;
    Ok(own.into_inner().into_inner())
}

/// When it was sent, or else when it came, to the minute of Beijing.
fn sent(store: &mut Store<'_>) -> Result<Option<String>, Trouble> {
    /// Seconds from 1601, where this clock begins, to 1970.
    const TO_1970: i64 = 11_644_473_600;
    const BEIJING: i64 = 8 * 3600;
    let properties = whole(store, &Path::new("/").join(PROPERTIES))?;
    let time = |wanted: u16| {
        let held = properties.get(HEADER..)?.chunks_exact(16).find(|held| held[..4] == tag(wanted, TIME).to_le_bytes())?;
        Some(u64::from_le_bytes(held[8..].try_into().ok()?))
    };
    let Some(time) = SENT.into_iter().find_map(time) else { return Ok(None) };
    let seconds = i64::try_from(time / 10_000_000).unwrap_or(i64::MAX).saturating_sub(TO_1970).saturating_add(BEIJING);
    let date = mail_parser::DateTime::from_timestamp(seconds);
    Ok(Some(format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute)))
}

/// A text; what is of a code page is taken for UTF-8 or GB18030, as of old programs here.
fn text(store: &mut Store<'_>, folder: &Path, property: u16) -> Result<Option<String>, Trouble> {
    if let Some(wide) = stream(store, folder, property, UNICODE)? {
        let units = wide.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        return Ok(Some(text.trim_end_matches('\0').to_owned()));
    }
    Ok(stream(store, folder, property, OF_A_CODE_PAGE)?.map(|narrow| decoded(&narrow).trim_end_matches('\0').to_owned()))
}

fn stream(store: &mut Store<'_>, folder: &Path, property: u16, kind: u16) -> Result<Option<Vec<u8>>, Trouble> {
    let path = folder.join(format!("__substg1.0_{:08X}", tag(property, kind)));
    if store.is_stream(&path) { whole(store, &path).map(Some) } else { Ok(None) }
}

fn tag(property: u16, kind: u16) -> u32 {
    u32::from(property) << 16 | u32::from(kind)
}

fn whole(store: &mut Store<'_>, path: &Path) -> Result<Vec<u8>, Trouble> {
    let mut content = Vec::new();
    store.open_stream(path).and_then(|stream| stream.take(limits::UNPACKED_BYTES).read_to_end(&mut content)).map_err(damaged)?;
    Ok(content)
}

fn damaged(error: std::io::Error) -> Trouble {
    Trouble::damaged(error.to_string())
}
