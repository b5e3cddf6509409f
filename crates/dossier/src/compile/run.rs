//! The body of a package item by item, before it is laid on sheets.

use std::collections::HashMap;

use super::Section;
use super::plan::{Entry, LeafPlan, Piece, PieceNumber, Plan};
use crate::wording::package as words;

/// The run of the body: what is laid down one after another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'a> {
    Divider(usize),
    Listing(usize),
    Leaf(&'a LeafPlan),
    /// 卷内目录 of a leaf, or of one of its sections.
    Register(&'a LeafPlan, &'a [Entry]),
    Piece(&'a LeafPlan, &'a Entry, &'a Piece),
    /// Photos that share a sheet, with 互见 lines between them.
    Photos(&'a LeafPlan, &'a [Entry]),
}

impl Item<'_> {
    /// Belongs to the item in front of it.
    pub(super) fn follows(&self) -> bool {
        match self {
            Self::Divider(_) | Self::Leaf(_) => false,
            Self::Listing(_) | Self::Register(..) | Self::Piece(..) | Self::Photos(..) => true,
        }
    }

    /// It is the 卷内目录 of a section behind another one of its leaf, which begins on a sheet of paper of its own.
    pub(super) fn opens_section(&self) -> bool {
        match self {
            Self::Register(leaf, entries) => {
                leaf.entries.first().map(|entry| entry.document) != entries.first().map(|entry| entry.document)
            }
            _ => false,
        }
    }

    /// The section that it opens.
    pub(super) fn section(&self) -> Option<Section> {
        if let Self::Register(_, entries) = self { entries.first().and_then(|entry| entry.section) } else { None }
    }

    /// Depth of the bookmarks that it opens; `area` is that of the area it stands in.
    pub fn depth(&self, plan: &Plan, area: usize) -> Option<usize> {
        match *self {
            Self::Divider(group) => Some(plan.groups[group].depth),
            Self::Leaf(_) => Some(area + 1),
            Self::Piece(leaf, ..) | Self::Photos(leaf, _) if leaf.is_parted() => Some(area + 3),
            Self::Piece(..) | Self::Photos(..) => Some(area + 2),
            Self::Register(..) => self.section().map(|_| area + 2),
            Self::Listing(_) => None,
        }
    }

    /// Titles of these bookmarks; photos that share a sheet have one each.
    pub fn titles(&self, plan: &Plan) -> Vec<String> {
        match *self {
            Self::Divider(group) => vec![words::group(&plan.groups[group])],
            Self::Leaf(leaf) => vec![words::leaf(leaf)],
            Self::Piece(_, entry, piece) => vec![words::piece(piece, entry)],
            Self::Photos(_, entries) => entries.iter().filter_map(|entry| Some(words::piece(entry.piece()?, entry))).collect(),
            Self::Register(leaf, _) => self.section().map(|section| words::section(leaf, section)).into_iter().collect(),
            Self::Listing(_) => Vec::new(),
        }
    }
}

pub(super) fn items(plan: &Plan) -> Vec<Item<'_>> {
    let mut out = Vec::new();
    let printed = plan.issue.as_ref().map(|issue| issue.photo_sheets()).unwrap_or_default();
    for (index, group) in plan.groups.iter().enumerate() {
        out.extend([Item::Divider(index), Item::Listing(index)]);
        for leaf in &group.leaves {
            out.push(Item::Leaf(leaf));
            for section in leaf.sections() {
                out.push(Item::Register(leaf, section));
                pieces(plan, (leaf, section), &printed, &mut out);
            }
        }
    }
    out
}

/// The pieces of a section; photos that follow one another share sheets, also where a 互见 line stands between them.
fn pieces<'a>(plan: &Plan, (leaf, section): (&'a LeafPlan, &'a [Entry]), printed: &Printed<'_>, out: &mut Vec<Item<'a>>) {
    let mut rest = section;
    while let Some((entry, after)) = rest.split_first() {
        rest = match entry.piece() {
            Some(piece) if piece.photo.is_some() => {
                let end = photos(rest, plan.photos.count(), printed);
                out.push(Item::Photos(leaf, &rest[..end]));
                &rest[end..]
            }
            Some(piece) => {
                out.push(Item::Piece(leaf, entry, piece));
                after
            }
            None => after,
        }
    }
}

/// The printed side of each photo.
type Printed<'a> = HashMap<&'a PieceNumber, usize>;

/// How many lines, the first of them a photo, share a sheet that holds so many photos; what is printed together stays so.
fn photos(entries: &[Entry], most: usize, printed: &Printed<'_>) -> usize {
    let (mut count, mut end) = (0, 0);
    let side = |piece: &Piece| printed.get(&piece.number);
    let first = entries.iter().find_map(Entry::piece).and_then(side);
    for (at, entry) in entries.iter().enumerate() {
        let Some(piece) = entry.piece() else { continue };
        if piece.photo.is_none() || side(piece) != first || first.is_none() && count == most {
            break;
        }
        (count, end) = (count + 1, at + 1);
    }
    end
}
