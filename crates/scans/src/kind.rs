//! What a file is, by its content and never by its ending.

use std::io::{Cursor, Read as _};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use crate::picture::guarded;

/// Kinds that are told apart at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Jpeg,
    Png,
    Tiff,
    Pdf,
    Gif,
    Bmp,
    Webp,
    Heic,
    /// Recognised, but without pages of their own: named to the clerk by their true kind.
    Zip,
    Rar,
    SevenZip,
    Ofd,
    /// DOCX, XLSX, PPTX
    Ooxml,
    /// DOC, WPS, XLS, ET, PPT
    Ole,
    Rtf,
    /// ODT, ODS, ODP
    Odf,
    /// A saved message: EML.
    Mail,
    Video,
    Audio,
    Text,
    Unknown,
}

impl Kind {
    /// Whether files of this kind are taken in as pages.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Tiff | Self::Pdf | Self::Gif | Self::Bmp | Self::Webp | Self::Heic)
    }

    /// Whether it holds other files, which are taken in one by one.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::SevenZip)
    }

    /// Whether it is kept as 附件: it has no pages of its own, and a slip stands for it where no program can print it.
    pub fn is_attachment(self) -> bool {
        self.is_office() || matches!(self, Self::Ofd | Self::Mail | Self::Video | Self::Audio)
    }

    /// Whether an office program can print it.
    pub fn is_office(self) -> bool {
        matches!(self, Self::Ooxml | Self::Ole | Self::Rtf | Self::Odf)
    }

    /// The kind of a whole file. What a ZIP is, is told by all that its directory lists and not by what comes first in it.
    pub fn of(bytes: &[u8]) -> Self {
        let sniffed = Self::sniff(bytes);
        if sniffed == Self::Mail && several(bytes) {
            return Self::Text;
        }
        if !matches!(sniffed, Self::Zip | Self::Ofd | Self::Ooxml | Self::Odf) {
            return sniffed;
        }
        guarded(|| Ok(listed(bytes))).ok().flatten().unwrap_or(sniffed)
    }

    /// The kind by the first bytes of a file; up to [`HEAD`] of them are looked at.
    pub fn sniff(head: &[u8]) -> Self {
        let head = &head[..head.len().min(HEAD)];
        let is = |signature: &[u8]| head.starts_with(signature);
        let form = |riff: &[u8]| is(b"RIFF") && head.get(8..12) == Some(riff);
        match head {
            _ if is(&[0xFF, 0xD8, 0xFF]) => Self::Jpeg,
            _ if is(b"\x89PNG\r\n\x1A\n") => Self::Png,
            // Classic and of 64 bits, both byte orders; the 64-bit header states its offsets to be of 8 bytes.
            _ if is(b"II*\0") || is(b"MM\0*") || is(b"II+\0\x08\0") || is(b"MM\0+\0\x08") => Self::Tiff,
            _ if is(b"GIF87a") || is(b"GIF89a") => Self::Gif,
            _ if form(b"WEBP") => Self::Webp,
            _ if form(b"AVI ") => Self::Video,
            _ if form(b"WAVE") => Self::Audio,
            _ if is(b"PK\x03\x04") || is(b"PK\x05\x06") || is(b"PK\x07\x08") => packed(head),
            _ if is(b"Rar!\x1A\x07") => Self::Rar,
            _ if is(b"7z\xBC\xAF\x27\x1C") => Self::SevenZip,
            _ if is(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") => Self::Ole,
            // Readers accept rubbish before the header, and mail gateways put some there; a PDF within an archive is none.
            _ if within(&head[..head.len().min(1024)], b"%PDF-") => Self::Pdf,
            _ if head.get(4..8) == Some(b"ftyp") => media(head),
            // QuickTime without its type box.
            _ if matches!(head.get(4..8), Some(b"moov" | b"mdat" | b"wide")) => Self::Video,
            // Matroska, MPEG programme streams, Flash video, ASF.
            _ if is(&[0x1A, 0x45, 0xDF, 0xA3]) || is(&[0, 0, 1, 0xBA]) || is(&[0, 0, 1, 0xB3]) || is(b"FLV\x01") => Self::Video,
            _ if is(&[0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) => Self::Video,
            _ if is(b"ID3") || is(b"fLaC") || is(b"OggS") || is(b"#!AMR") || is(b"MThd") => Self::Audio,
            // A mark of UTF-16 looks like a frame of MPEG audio.
            [0xFF, 0xFE, ..] => Self::Text,
            // Frames of MPEG audio and AAC.
            [0xFF, second, ..] if second & 0xE0 == 0xE0 && second & 0x06 != 0 || second & 0xF6 == 0xF0 => Self::Audio,
            _ if is(b"{\\rtf") => Self::Rtf,
            _ if is(b"BM") && bitmap(head) => Self::Bmp,
            _ if mail(head) => Self::Mail,
            _ if text(head) => Self::Text,
            _ => Self::Unknown,
        }
    }
}

/// Bytes of a file that are looked at to tell its kind.
pub const HEAD: usize = 64 << 10;

fn within(head: &[u8], what: &[u8]) -> bool {
    head.windows(what.len()).any(|window| window == what)
}

/// What a ZIP holds, by its directory; `None` where that can't be read, or is the directory of an archive within a torn one.
fn listed(bytes: &[u8]) -> Option<Kind> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok().filter(|archive| archive.offset() == 0)?;
    let mut what = Vec::new();
    if let Ok(first) = archive.by_name("mimetype") {
        // What can't be read says nothing.
        let _ = first.take(ODF.len() as u64).read_to_end(&mut what);
    }
    // Folders may be called anything: what lies at the root of a package is what makes it one.
    let has = |name: &str| archive.index_for_name(name).is_some();
    Some(if what == ODF {
        Kind::Odf
    } else if has("[Content_Types].xml") || has("_rels/.rels") {
        Kind::Ooxml
    } else if has("OFD.xml") || has(HIDDEN_OFD) {
        Kind::Ofd
    } else {
        Kind::Zip
    })
}

/// Lies at the root of an OFD that is encrypted, where no other part of it keeps its name (GM/T 0099-2020).
pub(crate) const HIDDEN_OFD: &str = "Encryptions.xml";

/// The first entry of an OpenDocument, stored, begins so (OpenDocument 1.3, part 2, 3.3).
const ODF: &[u8] = b"application/vnd.oasis.opendocument.";

/// What a ZIP holds of which only the head is known, by the names of its first entries.
fn packed(head: &[u8]) -> Kind {
    // Local headers carry the names; an entry whose length comes behind its data is passed over by searching.
    let mut at = 0;
    while let Some(found) = head[at..].windows(4).position(|window| window == b"PK\x03\x04") {
        at += found;
        let Some(lengths) = head.get(at + 26..at + 30) else { break };
        // Where the data is stored its length is known, and what lies in it (a DOCX, say) is not looked at.
        let later = head[at + 6] & 0b1000 != 0;
        let size = if later { 0 } else { u32::from_le_bytes([head[at + 18], head[at + 19], head[at + 20], head[at + 21]]) as usize };
        let extra = usize::from(u16::from_le_bytes([lengths[2], lengths[3]]));
        let name = usize::from(u16::from_le_bytes([lengths[0], lengths[1]]));
        let Some(name) = head.get(at + 30..at + 30 + name) else { break };
        let data = &head[(at + 30 + name.len() + extra).min(head.len())..];
        match name {
            b"mimetype" if data.starts_with(ODF) => return Kind::Odf,
            b"OFD.xml" => return Kind::Ofd,
            name if name == HIDDEN_OFD.as_bytes() => return Kind::Ofd,
            b"[Content_Types].xml" | b"_rels/.rels" => return Kind::Ooxml,
            _ => at = (at + 30 + name.len() + extra).saturating_add(size),
        }
        if at >= head.len() {
            break;
        }
    }
    Kind::Zip
}

/// The brand of an ISO media file.
fn media(head: &[u8]) -> Kind {
    const STILL: [&[u8]; 10] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
    let size = head.get(..4).map_or(0, |size| u32::from_be_bytes([size[0], size[1], size[2], size[3]]) as usize);
    let brands = head.get(8..size.clamp(12, 256).min(head.len())).unwrap_or_default();
    // The major brand decides; the compatible ones behind it (after a version) only where it is of no known kind.
    let major = brands.get(..4).unwrap_or_default();
    match major {
        b"M4A " | b"M4B " | b"M4P " => Kind::Audio,
        _ if STILL.contains(&major) => Kind::Heic,
        b"isom" | b"iso2" | b"mp41" | b"mp42" | b"avc1" | b"qt  " | b"M4V " => Kind::Video,
        _ if brands.chunks_exact(4).skip(2).any(|brand| STILL.contains(&brand)) => Kind::Heic,
        _ => Kind::Video,
    }
}

/// The header fields of a message (RFC 5322, 3.6): lines of a name and a colon from the first one on, among them who
/// wrote it or how it came, and what it is. A name is of any printable characters but the colon (2.2).
fn mail(head: &[u8]) -> bool {
    let mut names = Vec::new();
    for line in without_envelope(head).split(|byte| *byte == b'\n').take(200) {
        match line.first() {
            None | Some(b'\r') => break,
            // A field goes on.
            Some(b' ' | b'\t') if !names.is_empty() => continue,
            Some(_) => {}
        }
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        if name.len() == line.len() || name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |wanted: &[&[u8]]| names.iter().any(|name| wanted.contains(&name.as_slice()));
    has(&[b"from", b"received", b"return-path"]) && has(&[b"mime-version", b"message-id", b"subject", b"date"])
}

/// A message without the line that a mailbox puts before each of its messages (RFC 4155): `From who@where when`.
pub(crate) fn without_envelope(head: &[u8]) -> &[u8] {
    let behind = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |end| end + 1);
    if head.starts_with(ENVELOPE) { &head[behind..] } else { head }
}

const ENVELOPE: &[u8] = b"From ";

/// Whether it is a mailbox of several messages, of which readers would show the first only.
fn several(bytes: &[u8]) -> bool {
    let next = |blank: &[u8]| within(bytes, &[blank, ENVELOPE].concat());
    bytes.starts_with(ENVELOPE) && (next(b"\n\n") || next(b"\n\r\n"))
}

/// "BM" alone also opens many a text: the header must hold together.
fn bitmap(head: &[u8]) -> bool {
    let zeros = head.get(6..10) == Some(&[0; 4]);
    zeros && matches!(head.get(14..18), Some([12 | 16 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

/// No control characters; UTF-8, UTF-16 with a mark, or GB18030 by the look of its bytes.
fn text(head: &[u8]) -> bool {
    if head.is_empty() {
        return false;
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C) || *byte == 0x7F;
    if head.iter().any(control) {
        return false;
    }
    match std::str::from_utf8(head) {
        Ok(_) => true,
        // Cut within a character at the end of the head.
        Err(error) if error.error_len().is_none() => true,
        Err(_) => double_bytes(head),
    }
}

/// Whether every byte above ASCII begins a pair that GB18030 allows.
fn double_bytes(head: &[u8]) -> bool {
    let mut bytes = head.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            0x00..=0x7F => {}
            0x81..=0xFE => match bytes.next() {
                Some(0x30..=0x39 | 0x40..=0x7E | 0x80..=0xFE) | None => {}
                Some(_) => return false,
            },
            _ => return false,
        }
    }
    true
}
