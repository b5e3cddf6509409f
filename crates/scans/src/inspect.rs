//! Looks into a file: its kind, its pages, its text, or what is wrong with it.

use hayro_syntax::PdfData;

use crate::archive::{mail, msg};
use crate::inspected::{Inspected, PageFacts, Trouble};
use crate::kind::Kind;
use crate::picture::guarded;
use crate::shot::Shot;
use crate::{jpeg, media, office, pdf, png, tiff, whole};

type PagesRead = Result<Vec<PageFacts>, Trouble>;

/// Bytes of a file that can be read as a slice and, by a PDF, be shared.
pub(crate) trait Held: AsRef<[u8]> {
    fn data(&self) -> PdfData;
}

impl Held for &[u8] {
    fn data(&self) -> PdfData {
        PdfData::from(self.to_vec())
    }
}

/// Looks into bytes that are at hand. The program itself does so only in the worker: see [`crate::worker`].
pub fn inspect(bytes: &[u8]) -> Inspected {
    look(&bytes)
}

pub(crate) fn look(held: &impl Held) -> Inspected {
    let bytes = held.as_ref();
    let kind = match Kind::of(bytes) {
        // Deep in the file, where the first bytes say nothing of it.
        Kind::Ole if guarded(|| Ok(msg::is_message(bytes))).unwrap_or_default() => Kind::Mail,
        kind => kind,
    };
    let picture = |read: &dyn Fn(&[u8]) -> PagesRead| match guarded(|| read(bytes)) {
        Ok(pages) => (pages, String::new(), None),
        Err(trouble) => (Vec::new(), String::new(), Some(trouble)),
    };
    let (mut extent, mut signed) = (None, false);
    let (pages, text, trouble) = match kind {
        _ if bytes.is_empty() => (Vec::new(), String::new(), Some(Trouble::damaged("the file is empty"))),
        Kind::Jpeg => picture(&jpeg::inspect),
        Kind::Png => picture(&png::inspect),
        Kind::Tiff => picture(&tiff::inspect),
        Kind::Pdf => {
            let (pages, text, is_signed, trouble) = pdf::inspect(held.data());
            signed = is_signed;
            (pages, text, trouble)
        }
        Kind::Gif | Kind::Bmp | Kind::Webp | Kind::Heic => picture(&|bytes| whole::inspect(bytes, kind)),
        Kind::Ofd | Kind::Ooxml | Kind::Ole | Kind::Rtf | Kind::Odf => match guarded(|| office::read(bytes, kind)) {
            Ok((text, found)) => {
                extent = found;
                (Vec::new(), text, Some(Trouble::Unsupported))
            }
            Err(trouble) => (Vec::new(), String::new(), Some(trouble)),
        },
        Kind::Mail => match guarded(|| mail::text(bytes)) {
            Ok(text) => (Vec::new(), text, Some(Trouble::Unsupported)),
            Err(trouble) => (Vec::new(), String::new(), Some(trouble)),
        },
        Kind::Video | Kind::Audio => {
            extent = guarded(|| Ok(media::duration(bytes))).unwrap_or_default();
            (Vec::new(), String::new(), Some(Trouble::Unsupported))
        }
        Kind::Zip | Kind::Rar | Kind::SevenZip | Kind::Text | Kind::Unknown => (Vec::new(), String::new(), Some(Trouble::Unsupported)),
    };
    let trouble = if pages.is_empty() { trouble.or(Some(Trouble::NoPages)) } else { trouble };
    let shot = Shot::of(bytes, kind);
    Inspected { kind, pages, text, extent, shot, signed, trouble }
}
