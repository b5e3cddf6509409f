//! A finished package read again, by a reader that did not write it: what is printed on every page, where everything leads.

mod content;
mod lettering;
mod numbers;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, ObjRef, Object, ObjectIdentifier, Stream, String as PdfString};
use scans::{Digest, Mask};

use super::bookmarks::{self, Bookmark, Places, text};
use super::looks;
use super::mapped::Mapped;
use super::source::is_active;
use crate::manuscript::UnseenText;
use lettering::Letters;

/// A package as it lies on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Reopened {
    pub title: String,
    pub pages: Vec<Page>,
    pub outline: Vec<Bookmark>,
    pub links: Vec<Link>,
    /// Fonts of our own pages and stamps; those of evidence are as they were handed in.
    pub fonts: Vec<Font>,
    pub scripts: bool,
    pub launches: bool,
    pub attachments: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// As a viewer shows it in its page box.
    pub label: String,
    /// Head and foot as printed: the caption or the running head, and the folio with its dashes.
    pub head: String,
    pub foot: String,
    /// Width and height in pt.
    pub size: (f32, f32),
    /// The scans and the pages of them that the writer says stand here.
    pub scans: Vec<(Digest, u32)>,
    /// Digest of the JPEG on the page, where it is the only picture: equals that of the scan when it was passed through.
    pub jpeg: Option<Digest>,
    /// Text sheets and evidence show something; a page that shows nothing at all has lost its body.
    pub shows: bool,
    /// It shows nothing but pictures of its own: no page of another PDF, which would bring its text along.
    pub pictured: bool,
    /// The text layer: what can be found and copied but is not seen.
    pub unseen: Option<UnseenText>,
    /// How many letters of that stand under a bar.
    pub covered: u32,
}

/// Bars that should lie on pages: by the page (from 0), and by the piece shown on it (from 0).
pub type Bars = BTreeMap<usize, Vec<(usize, Vec<Mask>)>>;

#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Index of the page it stands on.
    pub page: usize,
    pub rect: [f32; 4],
    /// `None` when it leads nowhere; links to addresses are not listed.
    pub target: Option<usize>,
    /// The number that is printed there, on sheets of text: at the end of a line over the page, alone in a cell. Empty where none
    /// is seen.
    pub number: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Font {
    pub name: String,
    pub embedded: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    #[error(transparent)]
    Unreadable(#[from] std::io::Error),
    #[error("not a PDF that can be read: {0}")]
    Damaged(&'static str),
}

/// Bookmarks that are read.
const MOST_BOOKMARKS: usize = 1_000_000;
/// Pages after which what was read of the file is let go.
const LET_GO_EVERY: usize = 128;

/// Reads the package at `path`, of which these pages should have bars.
///
/// # Errors
/// [`ReopenError`] when it is not a PDF with a catalogue; what is merely missing in it shows as missing.
pub fn reopen(path: &Path, bars: &Bars) -> Result<Reopened, ReopenError> {
    let mapped = Arc::new(Mapped::new(File::open(path)?)?);
    let pdf = Pdf::new(Arc::clone(&mapped)).map_err(|_| ReopenError::Damaged("no cross-reference table"))?;
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).ok_or(ReopenError::Damaged("no catalogue"))?;
    let places = Places::of(&pdf);
    let labels = labels(&root, pdf.pages().len());
    let mut letters = Letters::default();
    let mut found = Reopened {
        title: pdf.metadata().title.as_deref().map(text).unwrap_or_default(),
        pages: Vec::with_capacity(labels.len()),
        outline: bookmarks::read(&pdf, &places, MOST_BOOKMARKS),
        links: Vec::new(),
        fonts: Vec::new(),
        scripts: root.contains_key(b"OpenAction") || root.contains_key(b"AA"),
        launches: false,
        attachments: root.contains_key(b"AF"),
    };
    if let Some(names) = root.get::<Dict<'_>>(b"Names") {
        found.scripts |= names.contains_key(b"JavaScript");
        found.attachments |= names.contains_key(b"EmbeddedFiles");
    }
    for (index, (page, label)) in pdf.pages().iter().zip(labels).enumerate() {
        let raw = page.raw();
        let resources = raw.get::<Dict<'_>>(b"Resources").unwrap_or_default();
        let printed = content::read(raw, &resources, &mut letters, bars.get(&index).map_or(&[], Vec::as_slice));
        let shown = resources.get::<Dict<'_>>(b"XObject").unwrap_or_default();
        found.pages.push(Page {
            label,
            head: printed.head,
            foot: printed.foot,
            size: page.base_dimensions(),
            scans: scans(raw),
            jpeg: only_jpeg(&shown, &mapped),
            shows: shown.keys().next().is_some(),
            pictured: shown.keys().all(|name| is_picture(&shown, &name)),
            unseen: UnseenText::of(&printed.unseen),
            covered: printed.covered,
        });
        let before = found.links.len();
        annotations(&pdf, raw, index, &places, &mut found);
        if found.pages[index].scans.is_empty() {
            numbers::read(&pdf, found.pages[index].size, &mut found.links[before..]);
        }
        letters.note_fonts(&resources, found.pages[index].scans.is_empty());
        if index % LET_GO_EVERY == LET_GO_EVERY - 1 {
            mapped.let_go();
        }
    }
    found.fonts = letters.fonts();
    Ok(found)
}

/// What the page labels say, for every page.
fn labels(root: &Dict<'_>, count: usize) -> Vec<String> {
    let ranges: Vec<(usize, Dict<'_>)> = root
        .get::<Dict<'_>>(b"PageLabels")
        .and_then(|labels| labels.get::<Array<'_>>(b"Nums"))
        .map(|nums| {
            let items: Vec<Object<'_>> = nums.iter::<Object<'_>>().collect();
            items.chunks_exact(2).filter_map(|pair| Some((pair[0].clone().into_i32()? as usize, pair[1].clone().into_dict()?))).collect()
        })
        .unwrap_or_default();
    let mut range = None;
    (0..count)
        .map(|index| {
            range = ranges.iter().rev().find(|(first, _)| *first <= index).or(range);
            let Some((first, dict)) = range else { return String::new() };
            let number = dict.get::<i32>(b"St").unwrap_or(1) as usize + index - first;
            let prefix = dict.get::<PdfString<'_>>(b"P").map(|prefix| text(&prefix)).unwrap_or_default();
            match dict.get::<Name<'_>>(b"S").as_deref() {
                Some(b"D") => format!("{prefix}{number}"),
                Some(b"r") => crate::manuscript::Folio::Front(number as u32).label(),
                _ => String::new(),
            }
        })
        .collect()
}

fn annotations<'a>(pdf: &'a Pdf, page: &Dict<'a>, index: usize, places: &Places<'a>, found: &mut Reopened) {
    found.scripts |= page.contains_key(b"AA");
    for annotation in looks::annotations(pdf, page).flatten() {
        let action = annotation.get::<Dict<'_>>(b"A");
        if let Some(action) = action.as_ref().filter(|action| is_active(action)) {
            let launches = action.get::<Name<'_>>(b"S").is_some_and(|kind| kind.as_ref() == b"Launch");
            found.launches |= launches;
            found.scripts |= !launches;
        }
        found.scripts |= annotation.contains_key(b"AA");
        found.attachments |= annotation.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"FileAttachment");
        if action.is_some_and(|action| action.contains_key(b"URI")) {
            continue;
        }
        let rect: Vec<f32> = annotation.get::<Array<'_>>(b"Rect").map(|rect| rect.iter::<f32>().collect()).unwrap_or_default();
        found.links.push(Link { page: index, rect: rect.try_into().unwrap_or_default(), target: places.target(&annotation), number: None });
    }
}

/// What the writer says stands on the page.
fn scans(page: &Dict<'_>) -> Vec<(Digest, u32)> {
    let Some(said) = page.get::<Array<'_>>(b"HJScan") else { return Vec::new() };
    let said: Vec<Object<'_>> = said.iter::<Object<'_>>().collect();
    let one = |pair: &[Object<'_>]| {
        let digest = pair[0].clone().into_string()?;
        let page = pair[1].clone().into_number().as_ref().map(Number::as_i64)?;
        Some((Digest(digest.as_bytes().try_into().ok()?), u32::try_from(page).ok()?))
    };
    said.chunks_exact(2).filter_map(one).collect()
}

/// The digest is taken from the file and not from the mapping, so that a large package does not pile up in memory.
fn is_picture(shown: &Dict<'_>, name: &Name<'_>) -> bool {
    let stream = shown.get::<Stream<'_>>(name.as_ref());
    stream.and_then(|stream| stream.dict().get::<Name<'_>>(b"Subtype")).is_some_and(|kind| kind.as_ref() == b"Image")
}

fn only_jpeg(shown: &Dict<'_>, mapped: &Mapped) -> Option<Digest> {
    let mut names = shown.keys();
    let (only, None) = (names.next()?, names.next()) else { return None };
    let stream = shown.get::<Stream<'_>>(&*only)?;
    if stream.dict().get::<Name<'_>>(b"Filter")?.as_ref() != b"DCTDecode" {
        return None;
    }
    let data = stream.raw_data();
    let Some((file, offset)) = mapped.place_of(&data) else { return Some(Digest::of(&data)) };
    let mut bytes = Vec::with_capacity(data.len());
    let mut file = file;
    std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(offset)).ok()?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, data.len() as u64), &mut bytes).ok()?;
    Some(Digest::of(&bytes))
}

/// The object a reference leads to, for keeping what was read of it.
fn key(reference: ObjRef) -> ObjectIdentifier {
    reference.into()
}
