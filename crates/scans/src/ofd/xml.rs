//! An XML part as a tree of its elements.

use encoding_rs::{Encoding, UTF_8};
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

/// Reads a part, in the encoding that its first bytes or its declaration say; UTF-8 where they say none. What is not of that
/// encoding would be read as other words than were written.
pub(super) fn read(bytes: &[u8]) -> Result<Element, Trouble> {
    let (text, _, is_broken) = encoding(bytes).decode(bytes);
    if is_broken { Err(Trouble::damaged("an XML part that is not of its encoding")) } else { tree(&text) }
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    /// No declaration is longer.
    const LONGEST: usize = 200;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]);
    let declared = || {
        let (_, behind) = head.strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding")?;
        let quoted = behind.trim_start().strip_prefix('=')?.trim_start();
        let label = quoted.get(1..)?.split(quoted.chars().next()?).next()?;
        // A declaration that can be read here is not of two bytes a letter, whatever it says.
        Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
    };
    declared().unwrap_or(UTF_8)
}

fn tree(xml: &str) -> Result<Element, Trouble> {
    let mut reader = Reader::from_str(xml);
    // The bottom holds the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(damaged)?;
        match &event {
            Event::Start(start) => {
                open.push(begun(start)?);
                let depth = open.len() as u64;
                if depth > limits::XML_NESTING {
                    return Err(Trouble::OverLimit { limit: Limit::Elements, found: depth, most: limits::XML_NESTING });
                }
            }
            Event::Empty(start) => top(&mut open).children.push(begun(start)?),
            Event::End(_) if open.len() > 1 => {
                let ended = open.pop().unwrap_or_default();
                top(&mut open).children.push(ended);
            }
            Event::Text(text) => top(&mut open).text.push_str(text),
            Event::CData(text) => top(&mut open).text.push_str(text),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &**name);
                top(&mut open).text.push_str(&quick_xml::escape::unescape(&reference).map_err(damaged)?);
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

fn damaged(error: impl ToString) -> Trouble {
    Trouble::damaged(error.to_string())
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the bottom is never closed")
}

fn begun(start: &BytesStart<'_>) -> Result<Element, Trouble> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(damaged)?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(damaged)?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Element { name: start.local_name().as_ref().to_owned(), attributes, ..Element::default() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_part_is_read_in_the_encoding_that_it_says() {
        let declared =
            |encoding: &str, text: &[u8]| [format!("<?xml version='1.0' encoding = '{encoding}'?><a>").as_bytes(), text, b"</a>"].concat();
        let words = |bytes: &[u8]| read(bytes).map(|element| element.text).ok();
        assert_eq!(words(&declared("GBK", b"\xB9\xFA")).as_deref(), Some("国"));
        assert_eq!(words(&declared("utf-8", "国".as_bytes())).as_deref(), Some("国"));
        assert_eq!(words("\u{feff}<a>国</a>".as_bytes()).as_deref(), Some("国"));
        let wide: Vec<u8> =
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>国</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(words(&wide).as_deref(), Some("国"));
        assert_eq!(words(&declared("UTF-16", "国".as_bytes())).as_deref(), Some("国"));
        assert_eq!(words(&declared("utf-8", b"\xB9\xFA")), None, "it would be read as other words");
    }

    #[test]
    fn what_is_not_understood_is_not_left_out() {
        for part in ["<a>&nbsp;</a>", "<a b=\"&nbsp;\"/>", "<a b=1/>"] {
            assert!(read(part.as_bytes()).is_err(), "{part}");
        }
        assert_eq!(read(b"<a b=\"&lt;\">&#22269;&amp;</a>").unwrap().text, "国&");
    }
}
