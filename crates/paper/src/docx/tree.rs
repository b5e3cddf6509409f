//! A fragment of XML as a small tree, so that what docx-rs builds can be put right before it is written.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::manuscript::WriteError;

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Element(Element),
    /// Escaped, as read.
    Text(String),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Element {
    pub name: String,
    /// Values are escaped.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// With an attribute whose value needs no escaping.
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.attributes.push((key.to_owned(), value.to_string()));
        self
    }

    pub fn holding(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    pub fn push(&mut self, child: Self) {
        self.children.push(Node::Element(child));
    }

    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Replaces the attribute, or adds it.
    pub fn set(&mut self, key: &str, value: impl ToString) {
        match self.attributes.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value.to_string(),
            None => self.attributes.push((key.to_owned(), value.to_string())),
        }
    }

    /// The first child of that name, made at the front when there is none.
    pub fn ensure(&mut self, name: &str) -> &mut Self {
        let at = self.children.iter().position(|node| matches!(node, Node::Element(e) if e.name == name)).unwrap_or_else(|| {
            self.children.insert(0, Node::Element(Self::new(name)));
            0
        });
        match &mut self.children[at] {
            Node::Element(element) => element,
            Node::Text(_) => unreachable!("the position is that of an element"),
        }
    }

    /// Calls `act` on this element and on everything in it.
    pub fn each_mut(&mut self, act: &mut dyn FnMut(&mut Self)) {
        act(self);
        for node in &mut self.children {
            if let Node::Element(element) = node {
                element.each_mut(act);
            }
        }
    }

    pub fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => out.push_str(text),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Reads the one element of a fragment that a library of ours built.
///
/// # Errors
/// [`WriteError::Internal`] when the library built something that is not one well-formed element.
pub fn parse(xml: &[u8]) -> Result<Element, WriteError> {
    let text = std::str::from_utf8(xml).map_err(|error| WriteError::Internal(format!("fragment: {error}")))?;
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| WriteError::Internal(format!("fragment: {error}")))? {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => last(&mut open).push(element(&start)),
            Event::End(_) => {
                let closed = open.pop().expect("the reader checks that ends match starts");
                last(&mut open).push(closed);
            }
            Event::Text(text) => add_text(last(&mut open), &text),
            Event::GeneralRef(name) => add_text(last(&mut open), &format!("&{};", &*name)),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::CData(_) | Event::DocType(_) => {}
        }
    }
    let root = open.pop().expect("the bottom of the stack is never popped");
    let mut elements = root.children.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    match (elements.next(), elements.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(WriteError::Internal("fragment: not one element".to_owned())),
    }
}

fn last(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the reader checks that ends match starts")
}

fn element(start: &BytesStart) -> Element {
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: start.attributes().flatten().map(|a| (a.key.as_ref().to_owned(), a.value.to_string())).collect(),
        children: Vec::new(),
    }
}

fn add_text(parent: &mut Element, text: &str) {
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}
