//! Rows of the issued table become areas and leaves, with everything that stood in them.

use scans::table::{Grid, Sheet};

use super::columns::{self, Columns, Layout, Role};
use super::duties::{duties, pieces};
use super::forms;
use super::group::{self, Section};
use super::row::{self, Kind, Row};
use super::text::{numbered, one_line, score, scored, squeezed};
use super::{Warning, Warnings};
use crate::domain::catalogue::Cycle;
use crate::domain::{Catalogue, Points};
use crate::exchange::CatalogueError;

/// A leaf while its rows are read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// As issued; empty where there is none.
    pub number: String,
    pub content: String,
    /// Points with their conditions; one of them is the score of the leaf itself.
    pub parts: Vec<(Points, String)>,
    pub rules: Vec<String>,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub forms: Vec<String>,
    pub requirements: Vec<String>,
    pub expected: Vec<String>,
    /// What stood under 分值 and is no number.
    pub unread: Vec<String>,
    /// What was joined to the content.
    pub joined: Vec<String>,
}

/// The catalogue of a grid, in which units go by their names as issued: [`assign`](super::assign) gives them codes.
///
/// # Errors
/// [`CatalogueError::Problems`] when no indicator is found, or something has no text.
pub fn catalogue(grid: &Grid, columns: &Columns) -> Result<(Catalogue, Warnings), CatalogueError> {
    let mut reading = Reading::default();
    let named = columns.layouts.iter().filter(|layout| layout.used).count() > 1;
    for (sheet, layout) in grid.sheets.iter().zip(&columns.layouts) {
        reading.between(&sheet.before, columns);
        if layout.used {
            let tab = named && !layout.roles.contains(&Role::Area) && !is_plain_tab(&sheet.name);
            if tab {
                reading.enter(&sheet.name);
            }
            reading.above(sheet, layout, &columns.name);
            reading.rows(sheet, layout);
        } else {
            reading.passed_over(sheet);
        }
    }
    reading.between(&grid.after, columns);
    reading.finish(columns)
}

/// Sheet1, 工作表2: a name that says nothing.
fn is_plain_tab(name: &str) -> bool {
    let words = squeezed(name);
    let words = words.trim_end_matches(|character: char| character.is_ascii_digit());
    ["", "Sheet", "sheet", "工作表", "表"].contains(&words)
}

#[derive(Default)]
struct Reading {
    sections: Vec<Section>,
    /// Index of the section that rows go to.
    at: Option<usize>,
    /// Text of the area's cell, to see where it changes.
    area: String,
    notes: Vec<String>,
    total: Option<Points>,
    warnings: Warnings,
}

impl Reading {
    /// Paragraphs between two tables: a numbered heading opens an area, anything but the name of the table is kept.
    fn between(&mut self, text: &str, columns: &Columns) {
        for line in text.lines().filter(|line| one_line(line) != columns.name) {
            match numbered(line) {
                Some(_) if line.chars().count() <= 40 && !line.ends_with(['。', '；']) => self.enter(line),
                _ => self.notes.push(line.to_owned()),
            }
        }
    }

    /// What stands above the head of a sheet, apart from the name of the table.
    fn above(&mut self, sheet: &Sheet, layout: &Layout, name: &str) {
        let cells = sheet
            .rows
            .iter()
            .take(columns::head_of(sheet, layout))
            .flatten()
            .filter(|cell| !cell.above && !cell.left && !cell.text.is_empty());
        let kept = cells.filter(|cell| one_line(&cell.text) != name);
        self.notes.extend(kept.map(|cell| one_line(&cell.text)));
    }

    fn passed_over(&mut self, sheet: &Sheet) {
        let rows = sheet.rows.iter().map(|row| {
            let own = row.iter().filter(|cell| !cell.above && !cell.left && !cell.text.is_empty());
            own.map(|cell| one_line(&cell.text)).collect::<Vec<_>>().join(" ")
        });
        let lines: Vec<String> = rows.filter(|line| !line.is_empty()).collect();
        if let Some(first) = lines.first() {
            let table = if sheet.name.is_empty() { first.clone() } else { sheet.name.clone() };
            self.warnings.push(Warning::PassedOver { table });
        }
        self.notes.extend(lines);
    }

    fn rows(&mut self, sheet: &Sheet, layout: &Layout) {
        let numbers = row::rows(sheet, layout).any(|row| row.own(Role::Number).is_some());
        for row in row::rows(sheet, layout) {
            match row.kind() {
                Kind::Blank | Kind::Head => {}
                Kind::Sum { area, stated } => self.sum(area, stated),
                Kind::Heading(text) => self.enter(&text),
                Kind::Note(text) => self.note(text),
                Kind::Entry => self.entry(&row, numbers),
            }
        }
    }

    fn note(&mut self, text: String) {
        self.warnings.push(Warning::Noted { text: text.clone() });
        self.notes.push(text);
    }

    fn sum(&mut self, area: bool, stated: Option<Points>) {
        if !area {
            self.total = stated.or(self.total);
        } else if let Some(section) = self.at.and_then(|at| self.sections.get_mut(at)) {
            section.stated = section.stated.or(stated);
        }
    }

    /// Opens the area of a heading, or goes on with it.
    fn enter(&mut self, text: &str) {
        let section = Section::named(text);
        let known = self.sections.iter().position(|known| known.kind == section.kind && squeezed(&known.title) == squeezed(&section.title));
        self.at = Some(known.unwrap_or_else(|| {
            self.sections.push(section);
            self.sections.len() - 1
        }));
    }

    fn entry(&mut self, row: &Row<'_>, numbers: bool) {
        let area = row.all(Role::Area);
        let entered = !area.is_empty() && squeezed(&area) != self.area;
        if entered {
            self.area = squeezed(&area);
            self.enter(&area.lines().map(str::trim).collect::<String>());
        }
        let (number, content) = (row.own(Role::Number), row.own(Role::Content));
        let same_number = row.goes_on(Role::Number);
        let begins = match (&number, &content) {
            (Some(_), Some(_)) => true,
            (Some(_), None) => row.goes_on(Role::Content),
            (None, Some(_)) => {
                let torn = numbers && row.own(Role::Score).is_none() && !entered;
                !same_number && (!torn || self.last().is_none())
            }
            (None, None) => false,
        };
        if begins {
            let number = number.clone().unwrap_or_default();
            let content = content.clone().unwrap_or_else(|| row.all(Role::Content));
            self.section().leaves.push(Draft { number: one_line(&number), content, ..Draft::default() });
        } else if let (Some(text), Some(leaf)) = (&content, self.last()) {
            leaf.content = format!("{}\n{text}", leaf.content);
            if !same_number {
                leaf.joined.push(text.clone());
            }
        }
        match self.last() {
            Some(leaf) => leaf.take(row, content.as_deref().unwrap_or_default()),
            None => {
                let own = row.cells.iter().filter(|cell| !cell.above && !cell.left && !cell.text.is_empty());
                let text = own.map(|cell| one_line(&cell.text)).collect::<Vec<_>>().join(" ");
                if squeezed(&text) != self.area {
                    self.note(text);
                }
            }
        }
    }

    /// The section that rows go to; one without a name where none was opened.
    fn section(&mut self) -> &mut Section {
        let at = *self.at.get_or_insert_with(|| {
            self.sections.push(Section::default());
            self.sections.len() - 1
        });
        &mut self.sections[at]
    }

    fn last(&mut self) -> Option<&mut Draft> {
        self.at.and_then(|at| self.sections[at].leaves.last_mut())
    }

    fn finish(mut self, columns: &Columns) -> Result<(Catalogue, Warnings), CatalogueError> {
        if !columns.period_stated {
            let Cycle { period_from, period_to, .. } = &columns.cycle;
            self.warnings.push(Warning::PeriodAssumed { years: (period_from.year(), period_to.year()) });
        }
        for empty in self.sections.extract_if(.., |section| section.leaves.is_empty()) {
            self.notes.push(empty.issued.clone());
            self.warnings.push(Warning::Noted { text: empty.issued });
        }
        let (name, stated) = scored(&columns.name);
        let mut built = group::build(self.sections, &name, &mut self.warnings);
        let catalogue = Catalogue {
            schema: "catalogue/1".to_owned(),
            name: columns.name.clone(),
            edition: String::new(),
            official: true,
            disclaimer: String::new(),
            total_score: self.total.or(stated),
            score_step: Points(25),
            cycle: Cycle { note: self.notes.join("\n"), ..columns.cycle.clone() },
            carrier_forms: forms::coded(&mut built.areas),
            areas: built.areas,
            veto_items: built.vetoes,
            bonus_items: built.bonuses,
            bonus_cap: built.bonus_cap,
        };
        group::sums(&catalogue, &mut self.warnings);
        Ok((crate::exchange::catalogue::sound_catalogue(catalogue)?, self.warnings))
    }
}

impl Draft {
    /// Adds what begins in this row; `content` is the row's own.
    fn take(&mut self, row: &Row<'_>, content: &str) {
        let rule = row.own(Role::Rule);
        if let Some(text) = row.own(Role::Score) {
            match score(&text) {
                Some(points) => self.parts.push((points, rule.clone().unwrap_or_else(|| content.to_owned()))),
                None => self.unread.push(one_line(&text)),
            }
        }
        self.rules.extend(rule);
        for (role, supports) in [(Role::Lead, false), (Role::Support, true)] {
            let found = duties(&row.own(role).unwrap_or_default(), supports);
            add(&mut self.lead, found.lead);
            add(&mut self.support, found.support);
        }
        add(&mut self.forms, pieces(&row.own(Role::Forms).unwrap_or_default()));
        let lines = |role| row.own(role).unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
        self.requirements.extend(lines(Role::Requirements));
        self.requirements.extend(row.others());
        self.expected.extend(lines(Role::Expected));
    }
}

fn add(list: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !list.contains(&name) {
            list.push(name);
        }
    }
}
