//! Bookmarks: areas open, what is below them closed.

use std::io;

use super::objects::{Id, Objects};
use super::syntax;
use super::tree::Tree;
use crate::manuscript::Bookmark;

/// Writes the bookmarks; `None` where there are none.
pub fn write(objects: &mut Objects, tree: &Tree, bookmarks: &[Bookmark]) -> io::Result<Option<Id>> {
    if bookmarks.is_empty() {
        return Ok(None);
    }
    let root = objects.reserve();
    let (first, last) = branch(objects, tree, bookmarks, root, 0)?;
    let open: usize = bookmarks.iter().map(|mark| 1 + mark.children.len()).sum();
    objects.object(root, format!("<</Type/Outlines/First {first}/Last {last}/Count {open}>>"))?;
    Ok(Some(root))
}

fn branch(objects: &mut Objects, tree: &Tree, marks: &[Bookmark], parent: Id, depth: usize) -> io::Result<(Id, Id)> {
    let first = objects.reserve_many(marks.len());
    let at = |index: usize| Id(first.0 + u32::try_from(index).expect("reserved as 32-bit numbers"));
    for (index, mark) in marks.iter().enumerate() {
        let mut entry =
            format!("<</Title{}/Parent {parent}/Dest[{} /XYZ null null null]", syntax::text(&mark.title), tree.page(mark.sheet));
        if index > 0 {
            entry += &format!("/Prev {}", at(index - 1));
        }
        if index + 1 < marks.len() {
            entry += &format!("/Next {}", at(index + 1));
        }
        if !mark.children.is_empty() {
            let (first, last) = branch(objects, tree, &mark.children, at(index), depth + 1)?;
            let closed = if depth == 0 { "" } else { "-" };
            entry += &format!("/First {first}/Last {last}/Count {closed}{}", mark.children.len());
        }
        entry += ">>";
        objects.object(at(index), entry)?;
    }
    Ok((first, at(marks.len() - 1)))
}
