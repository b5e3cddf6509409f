//! What Word would call damage, looked for in everything before it is written.

use std::collections::{BTreeSet, HashSet};

use super::tree::{Element, Node};
use crate::manuscript::WriteError;

/// Follows a document from its first element to its last.
pub struct Lint {
    relationships: HashSet<String>,
    drawings: HashSet<String>,
    bookmark_ids: HashSet<String>,
    bookmarks: BTreeSet<String>,
    targets: BTreeSet<String>,
    /// Fields and bookmarks that are open.
    fields: i32,
    open: i32,
}

impl Lint {
    /// `relationships` are the ids that the document's relationships define.
    pub fn new(relationships: impl IntoIterator<Item = String>) -> Self {
        Self {
            relationships: relationships.into_iter().collect(),
            drawings: HashSet::new(),
            bookmark_ids: HashSet::new(),
            bookmarks: BTreeSet::new(),
            targets: BTreeSet::new(),
            fields: 0,
            open: 0,
        }
    }

    /// # Errors
    /// [`WriteError::Internal`] names the first thing that is not as it must be.
    pub fn look(&mut self, root: &Element) -> Result<(), WriteError> {
        let mut found = None;
        root.each(&mut |element| {
            if found.is_none() {
                found = self.wrong(element);
            }
        });
        found.map_or(Ok(()), broken)
    }

    /// # Errors
    /// When a link leads nowhere, or a field or bookmark was never closed.
    pub fn finish(self) -> Result<(), WriteError> {
        if let Some(target) = self.targets.difference(&self.bookmarks).next() {
            return broken(format!("link to {target}, which is nowhere"));
        }
        if self.fields != 0 || self.open != 0 {
            return broken("a field or bookmark stays open".to_owned());
        }
        Ok(())
    }

    fn wrong(&mut self, element: &Element) -> Option<String> {
        let text_is_clean = element.children.iter().all(|node| match node {
            Node::Text(text) => text.chars().all(|c| !c.is_control()),
            Node::Element(_) => true,
        });
        if !text_is_clean {
            return Some(format!("control character in {}", element.name));
        }
        if let Some((_, id)) = element.attributes.iter().find(|(key, id)| key.starts_with("r:") && !self.relationships.contains(id)) {
            return Some(format!("relationship {id} is not defined"));
        }
        let attribute = |key| element.attribute(key).unwrap_or_default().to_owned();
        match element.name.as_str() {
            "wp:docPr" => {
                let id = attribute("id");
                (!self.drawings.insert(id.clone())).then(|| format!("drawing {id} twice"))
            }
            "w:bookmarkStart" => {
                self.open += 1;
                let (id, name) = (attribute("w:id"), attribute("w:name"));
                if name.is_empty() || name.len() > 40 {
                    return Some(format!("bookmark {name:?} is no name for Word"));
                }
                let fresh = self.bookmark_ids.insert(id) & self.bookmarks.insert(name.clone());
                (!fresh).then(|| format!("bookmark {name} twice"))
            }
            "w:bookmarkEnd" => {
                self.open -= 1;
                None
            }
            "w:hyperlink" => {
                self.targets.extend(element.attribute("w:anchor").map(str::to_owned));
                None
            }
            "w:fldChar" => {
                match element.attribute("w:fldCharType") {
                    Some("begin") => self.fields += 1,
                    Some("end") => self.fields -= 1,
                    _ => {}
                }
                None
            }
            "w:tc" if element.elements().last().is_none_or(|last| last.name != "w:p") => Some("a cell ends without a paragraph".to_owned()),
            _ => None,
        }
    }
}

fn broken<T>(detail: String) -> Result<T, WriteError> {
    Err(WriteError::Internal(format!("document: {detail}")))
}
