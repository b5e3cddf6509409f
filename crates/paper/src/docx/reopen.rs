//! Reads a finished document back, by its own XML and knowing nothing of how it was written.

mod sound;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use scans::Digest;
use scans::digest::Hasher;
use zip::ZipArchive;

use crate::manuscript::Folio;

pub use sound::{Flaw, FlawKind};
use sound::{Sound, TYPES};

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reopened {
    pub title: String,
    pub creator: String,
    /// The folio of every page that is opened by force, in order, as Word will count it.
    pub folios: Vec<Folio>,
    /// Bookmark → index of its page.
    pub bookmarks: BTreeMap<String, usize>,
    /// Paragraphs of headings 1 and 2.
    pub headings: Vec<Heading>,
    /// Lines of the table of contents that is a field.
    pub contents: Vec<ContentsLine>,
    /// PAGEREF fields everywhere else.
    pub references: Vec<Reference>,
    /// Every picture where it is shown: page, and index into [`Reopened::media`].
    pub shown: Vec<(usize, usize)>,
    pub media: Vec<Medium>,
    /// For each of these Word would ask for repair; empty in a good one.
    pub flaws: Vec<Flaw>,
    /// What leads out of the file or may be run; empty in a good one.
    pub outward: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub page: usize,
    pub level: u8,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsLine {
    pub text: String,
    /// Bookmark and number of its PAGEREF; `None` where the line is plain text.
    pub folio: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Index of the page on which the field stands.
    pub page: usize,
    pub bookmark: String,
    /// The number that is shown until somebody updates fields.
    pub shown: String,
}

/// A picture in the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    pub name: String,
    pub digest: Digest,
}

#[derive(Debug, thiserror::Error)]
pub enum ReopenError {
    #[error(transparent)]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Package(#[from] zip::result::ZipError),
    #[error("{part}: {detail}")]
    Part { part: String, detail: String },
}

/// Reads the whole package; pictures pass through in pieces.
///
/// # Errors
/// [`ReopenError`] when a part is missing or is not well-formed.
pub fn reopen(path: &Path) -> Result<Reopened, ReopenError> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut package = ZipArchive::new(BufReader::new(file))?;
    let names = names(&package)?;
    let mut sound = Sound::of(names.iter().cloned(), bytes);
    let mut found = Reopened::default();
    properties(&mut package, &mut found)?;
    let targets = relationships(&mut package)?;
    found.media = media(&mut package, &names, &mut sound)?;
    small_parts(&mut package, &names, &mut sound)?;
    let numbered = numbered_footers(&mut package, &targets)?;
    let mut reading = Reading { found, targets, numbered, page: 0, ..Reading::default() };
    sound.begin(DOCUMENT);
    each(&mut package, DOCUMENT, |event| {
        reading.event(event);
        sound.event(event);
        Ok(())
    })?;
    reading.number_pages();
    let fields = reading.found.contents.iter().filter_map(|line| line.folio.as_ref()).map(|(bookmark, _)| bookmark);
    fields.chain(reading.found.references.iter().map(|field| &field.bookmark)).for_each(|bookmark| sound.refers(bookmark));
    (reading.found.flaws, reading.found.outward) = sound.finish();
    Ok(reading.found)
}

type Package = ZipArchive<BufReader<File>>;

const DOCUMENT: &str = "word/document.xml";
/// Pictures are read in pieces of this many bytes.
const PIECE: usize = 256 << 10;

/// Hands every event of a part to `act`.
fn each(package: &mut Package, part: &str, mut act: impl FnMut(&Event<'_>) -> Result<(), String>) -> Result<(), ReopenError> {
    let wrong = |detail: String| ReopenError::Part { part: part.to_owned(), detail };
    let entry = package.by_name(part).map_err(|error| wrong(error.to_string()))?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, entry));
    let mut buffer = Vec::new();
    let mut depth = 0_u32;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| wrong(error.to_string()))?;
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(wrong("it ends in the middle".to_owned())),
            _ => {}
        }
        act(&event).map_err(wrong)?;
    }
}

fn properties(package: &mut Package, found: &mut Reopened) -> Result<(), ReopenError> {
    let mut inside = String::new();
    each(package, "docProps/core.xml", |event| {
        match event {
            Event::Start(start) => inside = start.name().as_ref().to_owned(),
            Event::End(_) => inside.clear(),
            other => {
                let text = text_of(other);
                match inside.as_str() {
                    "dc:title" => found.title.push_str(&text),
                    "dc:creator" => found.creator.push_str(&text),
                    _ => {}
                }
            }
        }
        Ok(())
    })
}

/// Relationship id → target.
fn relationships(package: &mut Package) -> Result<BTreeMap<String, String>, ReopenError> {
    let mut targets = BTreeMap::new();
    each(package, "word/_rels/document.xml.rels", |event| {
        if let Event::Start(start) | Event::Empty(start) = event
            && let (Some(id), Some(target)) = (attribute(start, "Id"), attribute(start, "Target"))
        {
            targets.insert(id, target);
        }
        Ok(())
    })?;
    Ok(targets)
}

fn names(package: &Package) -> Result<Vec<String>, ReopenError> {
    let mut names = Vec::with_capacity(package.len());
    for name in package.file_names() {
        names.push(name?.into_owned());
    }
    names.sort();
    Ok(names)
}

fn media(package: &mut Package, names: &[String], sound: &mut Sound) -> Result<Vec<Medium>, ReopenError> {
    let mut media = Vec::new();
    let mut piece = vec![0; PIECE];
    for name in names.iter().filter(|name| name.starts_with("word/media/")) {
        let mut entry = package.by_name(name)?;
        let mut hasher = Hasher::default();
        let mut first = true;
        loop {
            let read = match entry.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => &piece[..read],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(ReopenError::Part { part: name.clone(), detail: error.to_string() }),
            };
            if std::mem::take(&mut first) {
                sound.picture(name, read);
            }
            hasher.update(read);
        }
        media.push(Medium { name: name.clone(), digest: hasher.finish() });
    }
    Ok(media)
}

/// Every part that is XML but for the document: the types first, then the relationships, which the others use.
fn small_parts(package: &mut Package, names: &[String], sound: &mut Sound) -> Result<(), ReopenError> {
    let relationships = names.iter().filter(|name| name.ends_with(".rels"));
    let others = names.iter().filter(|name| name.ends_with(".xml") && *name != TYPES && *name != DOCUMENT);
    for name in [TYPES].into_iter().chain(relationships.chain(others).map(String::as_str)) {
        sound.begin(name);
        each(package, name, |event| {
            sound.event(event);
            Ok(())
        })?;
    }
    Ok(())
}

/// Relationship ids of the footers that print a page number.
fn numbered_footers(package: &mut Package, targets: &BTreeMap<String, String>) -> Result<Vec<String>, ReopenError> {
    let mut numbered = Vec::new();
    for (id, target) in targets.iter().filter(|(_, target)| target.starts_with("footer")) {
        let mut prints = false;
        each(package, &format!("word/{target}"), |event| {
            prints |= text_of(event).split_whitespace().next() == Some("PAGE");
            Ok(())
        })?;
        if prints {
            numbered.push(id.clone());
        }
    }
    Ok(numbered)
}

/// Where the reading of the document has got to.
#[derive(Default)]
struct Reading {
    found: Reopened,
    targets: BTreeMap<String, String>,
    numbered: Vec<String>,
    page: usize,
    /// Names of the elements that are open.
    open: Vec<String>,
    paragraph: Paragraph,
    fields: Vec<Field>,
    section: Section,
    sections: Vec<Section>,
}

#[derive(Default)]
struct Paragraph {
    style: String,
    text: String,
    reference: Option<(String, String)>,
    within_contents: bool,
    ends_section: bool,
}

#[derive(Default)]
struct Field {
    instruction: String,
    result: String,
    /// Behind the separator.
    shows: bool,
}

/// The pages of a section end before `end`.
#[derive(Default)]
struct Section {
    end: usize,
    start: Option<u32>,
    roman: bool,
    numbered: bool,
}

impl Reading {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => {
                self.element(start);
                self.open.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => self.element(start),
            Event::End(end) => {
                self.open.pop();
                match end.name().as_ref() {
                    "w:p" => self.end_of_paragraph(),
                    "w:sectPr" => self.end_of_section(),
                    _ => {}
                }
            }
            other => self.text(&text_of(other)),
        }
    }

    fn element(&mut self, start: &BytesStart<'_>) {
        let value = |key| attribute(start, key).unwrap_or_default();
        match start.name().as_ref() {
            "w:p" => self.paragraph = Paragraph::default(),
            "w:pStyle" => self.paragraph.style = value("w:val"),
            "w:pageBreakBefore" if !matches!(value("w:val").as_str(), "0" | "false") => self.page += 1,
            "w:bookmarkStart" => {
                self.found.bookmarks.insert(value("w:name"), self.page);
            }
            "w:fldChar" => self.field(&value("w:fldCharType")),
            "a:blip" => {
                let name = self.targets.get(&value("r:embed")).map(|target| format!("word/{target}"));
                if let Some(medium) = name.and_then(|name| self.found.media.iter().position(|medium| medium.name == name)) {
                    self.found.shown.push((self.page, medium));
                }
            }
            "w:footerReference" => self.section.numbered |= self.numbered.contains(&value("r:id")),
            "w:pgNumType" => {
                self.section.start = attribute(start, "w:start").and_then(|start| start.parse().ok());
                self.section.roman = value("w:fmt") == "lowerRoman";
            }
            _ => {}
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => {
                if let Some(field) = self.fields.pop() {
                    self.end_of_field(field);
                }
            }
            _ => {}
        }
    }

    fn end_of_field(&mut self, field: Field) {
        let mut words = field.instruction.split_whitespace();
        let ("PAGEREF", Some(bookmark)) = (words.next().unwrap_or_default(), words.next()) else { return };
        if self.within_contents() {
            self.paragraph.reference = Some((bookmark.to_owned(), field.result));
        } else {
            self.found.references.push(Reference { page: self.page, bookmark: bookmark.to_owned(), shown: field.result });
        }
    }

    fn within_contents(&self) -> bool {
        self.fields.first().is_some_and(|field| field.instruction.trim_start().starts_with("TOC ") && field.shows)
    }

    fn text(&mut self, text: &str) {
        let within_contents = self.within_contents();
        match (self.open.last().map(String::as_str), self.fields.last_mut()) {
            (Some("w:instrText"), Some(field)) => field.instruction.push_str(text),
            (Some("w:t"), Some(field)) if !field.instruction.trim_start().starts_with("TOC ") => field.result.push_str(text),
            (Some("w:t"), _) => {
                self.paragraph.within_contents |= within_contents;
                self.paragraph.text.push_str(text);
            }
            _ => {}
        }
    }

    fn end_of_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.within_contents && paragraph.style.starts_with("TOC") {
            self.found.contents.push(ContentsLine { text: paragraph.text, folio: paragraph.reference });
        } else if let Some(level @ 1..=3) = paragraph.style.strip_prefix("Heading").and_then(|level| level.parse().ok()) {
            self.found.headings.push(Heading { page: self.page, level, text: paragraph.text });
        }
        if paragraph.ends_section {
            self.page += 1;
        }
    }

    fn end_of_section(&mut self) {
        self.section.end = self.page + 1;
        self.paragraph.ends_section = self.open.iter().any(|name| name == "w:p");
        self.sections.push(std::mem::take(&mut self.section));
    }

    /// Counts as Word does: on from section to section, unless a section starts anew.
    fn number_pages(&mut self) {
        let mut next = 1;
        for section in &self.sections {
            next = section.start.unwrap_or(next);
            while self.found.folios.len() < section.end {
                self.found.folios.push(match (section.numbered, section.roman) {
                    (false, _) => Folio::None,
                    (true, true) => Folio::Front(next),
                    (true, false) => Folio::Body(next),
                });
                next += 1;
            }
        }
    }
}

fn attribute(start: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == key)?;
    Some(quick_xml::escape::unescape(&found.value).ok()?.into_owned())
}

fn text_of(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.to_string(),
        Event::GeneralRef(name) => {
            let reference = format!("&{};", &**name);
            quick_xml::escape::unescape(&reference).map(std::borrow::Cow::into_owned).unwrap_or_default()
        }
        _ => String::new(),
    }
}
