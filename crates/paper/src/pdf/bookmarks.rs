//! Bookmarks of a PDF as they are found: ours read again, and those that a scan has.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, String as PdfString};

#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    pub depth: usize,
    pub title: String,
    /// Index of the page it leads to; `None` when it leads nowhere.
    pub page: Option<usize>,
}

/// Places of a file by name that are known, and nodes of the tree they stand in.
const MOST_NAMES: usize = 100_000;

/// Where places of a file lie.
pub struct Places<'a> {
    pages: HashMap<ObjectIdentifier, usize>,
    named: HashMap<Vec<u8>, Array<'a>>,
}

impl<'a> Places<'a> {
    pub fn of(pdf: &'a Pdf) -> Self {
        let pages = pdf.pages().iter().enumerate().filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect();
        let root = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id());
        Self { pages, named: root.map(|root| named(&root)).unwrap_or_default() }
    }

    /// The page that `/Dest`, or an action to go there, leads to.
    pub fn target(&self, dict: &Dict<'a>) -> Option<usize> {
        let goes = |action: &Dict<'a>| action.get::<Name<'_>>(b"S").is_none_or(|kind| kind.as_ref() == b"GoTo");
        let action = || dict.get::<Dict<'a>>(b"A").filter(goes)?.get::<Object<'a>>(b"D");
        match dict.get::<Object<'a>>(b"Dest").or_else(action)? {
            Object::Array(place) => self.page(&place),
            Object::String(name) => self.page(self.named.get(name.as_bytes())?),
            Object::Name(name) => self.page(self.named.get(name.as_ref())?),
            _ => None,
        }
    }

    fn page(&self, place: &Array<'a>) -> Option<usize> {
        match place.raw_iter().next()? {
            MaybeRef::Ref(page) => self.pages.get(&ObjectIdentifier::from(page)).copied(),
            MaybeRef::NotRef(_) => None,
        }
    }
}

/// Places by their names: the tree of them, and the dictionary of older files.
fn named<'a>(root: &Dict<'a>) -> HashMap<Vec<u8>, Array<'a>> {
    let mut out = HashMap::new();
    if let Some(old) = root.get::<Dict<'a>>(b"Dests") {
        let places = old.keys().take(MOST_NAMES).filter_map(|name| Some((name.to_vec(), place(old.get::<Object<'a>>(name.as_ref())?)?)));
        out.extend(places.collect::<Vec<_>>());
    }
    let tree = root.get::<Dict<'a>>(b"Names").and_then(|names| names.get::<Dict<'a>>(b"Dests"));
    let mut waiting: Vec<Dict<'a>> = tree.into_iter().collect();
    for _ in 0..MOST_NAMES {
        let Some(node) = waiting.pop().filter(|_| out.len() < MOST_NAMES) else { break };
        let all = node.get::<Array<'a>>(b"Names").unwrap_or_default();
        let all: Vec<Object<'a>> = all.iter::<Object<'a>>().take(2 * MOST_NAMES).collect();
        for pair in all.chunks_exact(2) {
            if let (Object::String(name), Some(place)) = (&pair[0], place(pair[1].clone())) {
                out.insert(name.as_bytes().to_vec(), place);
            }
        }
        waiting.extend(node.get::<Array<'a>>(b"Kids").unwrap_or_default().iter::<Dict<'a>>().take(MOST_NAMES));
        waiting.truncate(MOST_NAMES);
    }
    out
}

fn place<'a>(said: Object<'a>) -> Option<Array<'a>> {
    match said {
        Object::Array(place) => Some(place),
        Object::Dict(dict) => dict.get::<Array<'a>>(b"D"),
        _ => None,
    }
}

/// The bookmarks in the order shown, at most so many; none is followed twice.
pub fn read<'a>(pdf: &'a Pdf, places: &Places<'a>, most: usize) -> Vec<Bookmark> {
    let first = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id()).and_then(|root| root.get::<Dict<'a>>(b"Outlines")?.get(b"First"));
    let mut waiting: Vec<(usize, Dict<'a>)> = first.map(|first| (0, first)).into_iter().collect();
    let mut known: HashSet<ObjectIdentifier> = HashSet::new();
    let mut out = Vec::new();
    while let Some((depth, mark)) = waiting.pop().filter(|_| out.len() < most) {
        if mark.obj_id().is_some_and(|id| !known.insert(id)) {
            continue;
        }
        let title = mark.get::<PdfString<'_>>(b"Title").map(|title| text(&title)).unwrap_or_default();
        out.push(Bookmark { depth, title, page: places.target(&mark) });
        waiting.extend(mark.get::<Dict<'a>>(b"Next").map(|next| (depth, next)));
        waiting.extend(mark.get::<Dict<'a>>(b"First").map(|first| (depth + 1, first)));
    }
    out
}

/// A text string: UTF-16 or UTF-8 with its mark; else plain, which programs of here write in GB18030.
pub fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, plain @ ..] | plain => scans::archive::decoded(plain),
    }
}
