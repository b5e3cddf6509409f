//! What a row of an issued table is: a heading, a leaf or more of one, a sum, a head again, a note.

use scans::table::{Cell, Sheet};

use super::columns::{Layout, Role};
use super::text::{any_score, one_line, score, scored, squeezed};
use crate::domain::Points;

/// Longest heading that stands in a row of its own, in characters; longer text is a note.
const LONGEST_HEADING: usize = 40;

/// A row of a sheet with what its columns are.
pub(super) struct Row<'a> {
    pub cells: &'a [Cell],
    layout: &'a Layout,
}

pub(super) enum Kind {
    Blank,
    /// The head again, as on every printed page.
    Head,
    /// 合计, 小计: the stated number.
    Sum {
        area: bool,
        stated: Option<Points>,
    },
    /// One text across the row.
    Heading(String),
    Note(String),
    Entry,
}

/// The rows behind the head.
pub(super) fn rows<'a>(sheet: &'a Sheet, layout: &'a Layout) -> impl Iterator<Item = Row<'a>> {
    sheet.rows.iter().skip(layout.first).map(move |cells| Row { cells, layout })
}

impl Row<'_> {
    pub fn kind(&self) -> Kind {
        let own: Vec<&Cell> = self.cells.iter().filter(|cell| !cell.left && !cell.text.is_empty()).collect();
        let (Some(first), fresh) = (own.first(), own.iter().filter(|cell| !cell.above).count()) else { return Kind::Blank };
        if fresh == 0 {
            return Kind::Blank;
        }
        if self.is_head() {
            return Kind::Head;
        }
        if let Some(sum) = self.sum(&own) {
            return sum;
        }
        if let [only] = own[..] {
            let wide = self.cells.iter().filter(|cell| cell.left && cell.text == only.text).count() + 1;
            // One text over most of the table, or one that stands where contents never do.
            if wide * 2 > self.cells.len() || self.own(Role::Content).is_none() && self.own(Role::Area).is_none() && self.cells.len() > 2 {
                return heading_or_note(&only.text);
            }
        }
        if is_note(&first.text) && own.len() <= 2 {
            return Kind::Note(own.iter().map(|cell| one_line(&cell.text)).collect::<Vec<_>>().join(" "));
        }
        Kind::Entry
    }

    fn is_head(&self) -> bool {
        let labelled = self.cells.iter().zip(&self.layout.labels).filter(|(cell, _)| !cell.text.is_empty());
        let (mut same, mut all) = (0, 0);
        for (cell, label) in labelled {
            all += 1;
            same += usize::from(squeezed(&cell.text) == squeezed(label));
        }
        same >= 2 && same * 2 > all
    }

    fn sum(&self, own: &[&Cell]) -> Option<Kind> {
        let word = own.iter().map(|cell| squeezed(&cell.text)).find(|text| text.chars().count() <= 14)?;
        let area = word.starts_with("小计");
        if !area && !["合计", "总计", "总分", "共计"].iter().any(|start| word.starts_with(start)) || self.own(Role::Rule).is_some()
        {
            return None;
        }
        let stated = self.own(Role::Score).and_then(|text| score(&text));
        let stated = stated.or_else(|| own.iter().find_map(|cell| score(&cell.text).or_else(|| any_score(&cell.text))));
        Some(Kind::Sum { area, stated })
    }

    /// Text of the columns of a role, merged ones included.
    pub fn all(&self, role: Role) -> String {
        self.texts(role, |_| true).join("\n")
    }

    /// The same, but only what begins in this row; `None` where nothing does.
    pub fn own(&self, role: Role) -> Option<String> {
        let texts = self.texts(role, |cell| !cell.above);
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    /// Whether the cell of a role began in a row above.
    pub fn goes_on(&self, role: Role) -> bool {
        self.cells.iter().zip(&self.layout.roles).any(|(cell, is)| *is == role && cell.above && !cell.text.is_empty())
    }

    /// Texts of columns without a role, behind their labels.
    pub fn others(&self) -> Vec<String> {
        let places = self.cells.iter().zip(&self.layout.roles).zip(&self.layout.labels);
        let others = places.filter(|((cell, role), _)| **role == Role::Other && !cell.left && !cell.above && !cell.text.is_empty());
        others.map(|((cell, _), label)| if label.is_empty() { cell.text.clone() } else { format!("{label}：{}", cell.text) }).collect()
    }

    fn texts(&self, role: Role, wanted: impl Fn(&Cell) -> bool) -> Vec<String> {
        let of_role = self.cells.iter().zip(&self.layout.roles).filter(|(_, is)| **is == role).map(|(cell, _)| cell);
        of_role.filter(|cell| !cell.left && !cell.text.is_empty() && wanted(cell)).map(|cell| cell.text.clone()).collect()
    }
}

fn heading_or_note(text: &str) -> Kind {
    let (title, _) = scored(text);
    if is_note(text) || title.chars().count() > LONGEST_HEADING { Kind::Note(text.to_owned()) } else { Kind::Heading(text.to_owned()) }
}

fn is_note(text: &str) -> bool {
    let text = squeezed(text);
    ["注:", "注1", "备注:", "说明:", "填表", "注、", "单位:"].iter().any(|start| text.starts_with(start))
}
