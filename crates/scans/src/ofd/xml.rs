//! An XML part as a tree of its elements.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::inspected::{Limit, Trouble};
use crate::limits;

#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    /// Without its prefix.
    pub(super) name: String,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn all<'e>(&'e self, name: &str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// `true` or `false`, where it says so.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.attribute(name)? {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

pub(super) fn read(xml: &str) -> Result<Element, Trouble> {
    let mut reader = Reader::from_str(xml);
    // The bottom holds the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| Trouble::damaged(error.to_string()))?;
        match &event {
            Event::Start(start) => {
                open.push(begun(start));
                let depth = open.len() as u64;
                if depth > limits::XML_NESTING {
                    return Err(Trouble::OverLimit { limit: Limit::Elements, found: depth, most: limits::XML_NESTING });
                }
            }
            Event::Empty(start) => top(&mut open).children.push(begun(start)),
            Event::End(_) if open.len() > 1 => {
                let ended = open.pop().unwrap_or_default();
                top(&mut open).children.push(ended);
            }
            Event::Text(text) => top(&mut open).text.push_str(text),
            Event::CData(text) => top(&mut open).text.push_str(text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &**name);
                top(&mut open).text.push_str(&quick_xml::escape::unescape(&reference).unwrap_or_default());
            }
            Event::DocType(_) => return Err(Trouble::damaged("a document type, which such a part never has")),
            Event::Eof => break,
            Event::End(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(mut bottom), true) if bottom.children.len() == 1 => Ok(bottom.children.swap_remove(0)),
        _ => Err(Trouble::damaged("an XML part that does not end")),
    }
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the bottom is never closed")
}

fn begun(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().filter_map(|attribute| {
        let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
        Some((attribute.key.local_name().as_ref().to_owned(), value))
    });
    Element { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}
