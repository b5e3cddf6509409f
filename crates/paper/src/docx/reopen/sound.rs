//! What would make Word ask for repair, looked for in a finished package by its own XML.

use std::collections::{BTreeSet, HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::super::order;
use super::{attribute, text_of};

/// Word opens no file of this size or above.
const MOST: u64 = 512 << 20;
/// So many are told; a package with one is thrown away.
const TOLD: usize = 8;
const NAME: usize = 40;

/// Something for which Word would ask for repair, or would not open the file at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Name of the part within the package.
    pub part: String,
    pub kind: FlawKind,
    /// The element, number or name that it is about.
    pub what: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlawKind {
    /// 512 MB or more.
    TooLarge,
    /// A part whose type is not said.
    Untyped,
    /// A type, relationship, number or name that is given twice.
    Twice,
    /// A type or relationship of a part that is not there.
    NoPart,
    /// A relationship that is used and not defined.
    NoRelationship,
    /// A link to a bookmark that is not there.
    NoBookmark,
    /// A name that Word does not take for a bookmark.
    BadName,
    /// A bookmark or field that is not closed.
    Unclosed,
    /// A cell that does not end with a paragraph.
    OpenCell,
    /// Children that are not in the order of the schema.
    Order,
    /// An element where the schema has no place for it.
    Stray,
    /// A document that does not end with the properties of its last section.
    NoSection,
    /// A character that XML does not allow.
    Character,
    /// A prefix that is not declared.
    Prefix,
    /// A picture that is not what its name says.
    NotThatPicture,
    /// A picture without extent.
    NoExtent,
}

/// Follows a package from part to part: first the relationships, last the document.
#[derive(Default)]
pub(super) struct Sound {
    flaws: Vec<Flaw>,
    /// What leads out of the file or may be run.
    pub outward: Vec<String>,
    parts: BTreeSet<String>,
    /// Endings and parts whose type is said.
    typed: HashSet<String>,
    /// Part → ids of the relationships that it may use.
    relationships: HashMap<String, HashSet<String>>,
    part: String,
    open: Vec<Open>,
    numbers: HashSet<String>,
    bookmark_ids: HashSet<String>,
    bookmarks: HashSet<String>,
    targets: BTreeSet<String>,
    marked: i32,
    fields: i32,
}

/// An element that is open.
struct Open {
    name: String,
    /// How far its children have come in the order of the schema.
    at: usize,
    last: String,
    prefixes: Vec<String>,
}

impl Sound {
    pub fn of(parts: impl IntoIterator<Item = String>, bytes: u64) -> Self {
        let mut sound = Self { parts: parts.into_iter().collect(), ..Self::default() };
        if bytes >= MOST {
            sound.tell(FlawKind::TooLarge, "");
        }
        let active: Vec<String> = sound.parts.iter().filter(|part| is_active(part)).cloned().collect();
        sound.outward = active;
        sound
    }

    /// From here on events are those of this part.
    pub fn begin(&mut self, part: &str) {
        part.clone_into(&mut self.part);
        self.open.clear();
    }

    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => self.opens(start),
            Event::Empty(start) => {
                self.opens(start);
                self.closes();
            }
            Event::End(_) => self.closes(),
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) if text_of(event).chars().any(forbidden) => {
                let within = self.open.last().map(|open| open.name.clone()).unwrap_or_default();
                self.tell(FlawKind::Character, &within);
            }
            _ => {}
        }
    }

    /// The first bytes of a picture.
    pub fn picture(&mut self, name: &str, head: &[u8]) {
        let as_named = match name.rsplit('.').next() {
            Some("jpeg") => head.starts_with(&[0xFF, 0xD8, 0xFF]),
            Some("png") => head.starts_with(b"\x89PNG\r\n\x1a\n"),
            _ => false,
        };
        if !as_named {
            name.clone_into(&mut self.part);
            self.tell(FlawKind::NotThatPicture, "");
        }
    }

    /// A field shows the page of this bookmark.
    pub fn refers(&mut self, bookmark: &str) {
        self.targets.insert(bookmark.to_owned());
    }

    /// What was found, once every part was read.
    pub fn finish(mut self) -> (Vec<Flaw>, Vec<String>) {
        if self.marked != 0 || self.fields != 0 {
            self.tell(FlawKind::Unclosed, "");
        }
        let nowhere: Vec<String> = self.targets.iter().filter(|target| !self.bookmarks.contains(*target)).cloned().collect();
        for target in nowhere {
            self.tell(FlawKind::NoBookmark, &target);
        }
        for part in self.parts.clone() {
            let ending = part.rsplit('.').next().unwrap_or_default();
            if part != TYPES && !part.ends_with('/') && !self.typed.contains(&format!("/{part}")) && !self.typed.contains(ending) {
                self.part = part;
                self.tell(FlawKind::Untyped, "");
            }
        }
        (self.flaws, self.outward)
    }

    fn tell(&mut self, kind: FlawKind, what: &str) {
        if self.flaws.len() < TOLD {
            self.flaws.push(Flaw { part: self.part.clone(), kind, what: what.to_owned() });
        }
    }

    fn opens(&mut self, start: &BytesStart<'_>) {
        let name = start.name().as_ref().to_owned();
        let mut open = Open { name, at: 0, last: String::new(), prefixes: Vec::new() };
        let mut used: Vec<String> = prefix(&open.name).into_iter().map(str::to_owned).collect();
        for found in start.attributes() {
            let Ok(found) = found else {
                self.tell(FlawKind::Twice, &open.name);
                break;
            };
            let key = found.key.as_ref();
            if let Some(declared) = key.strip_prefix("xmlns:") {
                open.prefixes.push(declared.to_owned());
            } else if let Some(prefix) = prefix(key) {
                used.push(prefix.to_owned());
            }
            if let Ok(value) = quick_xml::escape::unescape(&found.value)
                && value.chars().any(forbidden)
            {
                self.tell(FlawKind::Character, &open.name);
            }
        }
        for prefix in used {
            let declares = |open: &Open| open.prefixes.contains(&prefix);
            if !matches!(prefix.as_str(), "xml" | "xmlns") && !declares(&open) && !self.open.iter().any(declares) {
                self.tell(FlawKind::Prefix, &open.name);
            }
        }
        self.place(&open.name);
        self.element(start, &open.name);
        self.open.push(open);
    }

    /// Whether the element may stand where it stands.
    fn place(&mut self, name: &str) {
        let Some(parent) = self.open.last_mut() else { return };
        let order = order::sequence(&parent.name);
        let found = if !order.is_empty() {
            match order.iter().position(|known| name.strip_prefix("w:") == Some(known)) {
                None => Some(FlawKind::Stray),
                Some(at) if at < parent.at => Some(FlawKind::Order),
                Some(at) => {
                    parent.at = at;
                    None
                }
            }
        } else if !held(&parent.name).is_empty() {
            let first = name.ends_with("Pr") && name != "w:sectPr";
            let late = (first && !parent.last.is_empty()) || parent.last == "w:sectPr";
            match (held(&parent.name).contains(&name), late) {
                (false, _) => Some(FlawKind::Stray),
                (true, true) => Some(FlawKind::Order),
                (true, false) => None,
            }
        } else {
            None
        };
        name.clone_into(&mut parent.last);
        if let Some(kind) = found {
            self.tell(kind, name);
        }
    }

    fn closes(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.name.as_str() {
            "w:tc" if open.last != "w:p" => self.tell(FlawKind::OpenCell, ""),
            "w:body" if open.last != "w:sectPr" => self.tell(FlawKind::NoSection, ""),
            _ => {}
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, name: &str) {
        let value = |key| attribute(start, key).unwrap_or_default();
        if self.part == TYPES {
            return self.type_of(name, value("Extension"), value("PartName"));
        }
        if self.part.ends_with(".rels") {
            if name == "Relationship" {
                self.relationship(&value("Id"), &value("Target"), value("TargetMode") == "External");
            }
            return;
        }
        for found in start.attributes().flatten().filter(|found| found.key.as_ref().starts_with("r:")) {
            if !self.relationships.get(&self.part).is_some_and(|known| known.contains(&*found.value)) {
                self.tell(FlawKind::NoRelationship, &found.value);
            }
        }
        match name {
            "wp:docPr" if !self.numbers.insert(value("id")) => self.tell(FlawKind::Twice, &value("id")),
            // Of the drawing on the page, and of the picture within it.
            "wp:extent" | "a:ext" if ["cx", "cy"].into_iter().any(|side| !value(side).parse::<i64>().is_ok_and(|length| length > 0)) => {
                self.tell(FlawKind::NoExtent, "");
            }
            "w:bookmarkStart" => self.bookmark(value("w:id"), value("w:name")),
            "w:bookmarkEnd" => self.marked -= 1,
            "w:hyperlink" => self.targets.extend(attribute(start, "w:anchor")),
            "w:fldChar" => match value("w:fldCharType").as_str() {
                "begin" => self.fields += 1,
                "end" => self.fields -= 1,
                _ => {}
            },
            _ => {}
        }
    }

    fn bookmark(&mut self, id: String, name: String) {
        self.marked += 1;
        if name.is_empty() || name.chars().count() > NAME {
            self.tell(FlawKind::BadName, &name);
        } else if !(self.bookmark_ids.insert(id) & self.bookmarks.insert(name.clone())) {
            self.tell(FlawKind::Twice, &name);
        }
    }

    fn type_of(&mut self, element: &str, ending: String, part: String) {
        let said = match element {
            "Default" => ending,
            "Override" => part,
            _ => return,
        };
        if element == "Override" && !self.parts.contains(said.trim_start_matches('/')) {
            self.tell(FlawKind::NoPart, &said);
        }
        if !self.typed.insert(said.clone()) {
            self.tell(FlawKind::Twice, &said);
        }
    }

    fn relationship(&mut self, id: &str, target: &str, external: bool) {
        let (folder, source) = of_relationships(&self.part);
        if external {
            self.outward.push(target.to_owned());
        } else if !self.parts.contains(&resolved(&folder, target)) {
            self.tell(FlawKind::NoPart, target);
        }
        if !self.relationships.entry(source).or_default().insert(id.to_owned()) {
            self.tell(FlawKind::Twice, id);
        }
    }
}

pub(super) const TYPES: &str = "[Content_Types].xml";

/// What the elements of a text hold here; empty where anything may stand, or where their order is told elsewhere.
fn held(parent: &str) -> &'static [&'static str] {
    match parent {
        "w:document" => &["w:body"],
        "w:body" => &["w:p", "w:tbl", "w:sectPr", "w:bookmarkStart", "w:bookmarkEnd"],
        "w:hdr" | "w:ftr" => &["w:p", "w:tbl"],
        "w:p" => &["w:pPr", "w:r", "w:hyperlink", "w:bookmarkStart", "w:bookmarkEnd"],
        "w:hyperlink" => &["w:r", "w:bookmarkStart", "w:bookmarkEnd"],
        "w:r" => &["w:rPr", "w:t", "w:tab", "w:br", "w:drawing", "w:fldChar", "w:instrText"],
        "w:tc" => &["w:tcPr", "w:p", "w:tbl", "w:bookmarkStart", "w:bookmarkEnd"],
        _ => &[],
    }
}

/// Folder of the targets, and the part that may use them: `word/_rels/document.xml.rels` → `word/`, `word/document.xml`.
fn of_relationships(part: &str) -> (String, String) {
    let (before, name) = part.rsplit_once("_rels/").unwrap_or_default();
    (before.to_owned(), format!("{before}{}", name.trim_end_matches(".rels")))
}

fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Macros, controls and embedded files.
fn is_active(part: &str) -> bool {
    part.ends_with(".bin") || part.contains("/embeddings/") || part.contains("/activeX/") || part.contains("/afchunk")
}

fn prefix(name: &str) -> Option<&str> {
    name.split_once(':').map(|(prefix, _)| prefix)
}

/// Outside of what XML 1.0 calls a character.
fn forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
