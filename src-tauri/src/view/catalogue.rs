//! A catalogue that is not taken over yet: its tree, and the columns of an issued table.

use dossier::desk::Term;
use dossier::domain::{Area, Catalogue, Indicator, Points, Units};
use dossier::exchange::table::{Cell, Columns, Grid, Layout, Role, Sheet};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A catalogue file that was chosen.
#[derive(Serialize, Type)]
pub struct CatalogueView {
    pub file: String,
    pub name: String,
    pub official: bool,
    pub areas: u32,
    pub indicators: u32,
    pub vetoes: u32,
    pub bonuses: u32,
    /// What to look at in a table that was taken over, a sentence each.
    pub warnings: Vec<String>,
    /// Why the table makes no catalogue as its columns are; empty when it does.
    pub problem: String,
    /// Years and due date as it states them.
    pub period: Option<PeriodView>,
    /// The tree that it makes.
    pub outline: Vec<OutlineView>,
    /// The issued table, whose columns can be corrected.
    pub table: Option<TableView>,
}

impl CatalogueView {
    pub fn of(catalogue: &Catalogue, units: &Units, file: &str) -> Self {
        let outline = catalogue.all_areas().into_iter().map(|(depth, area)| OutlineView::of(depth, area, units));
        Self {
            warnings: Vec::new(),
            file: file.to_owned(),
            name: catalogue.name.clone(),
            official: catalogue.official,
            areas: catalogue.areas.len() as u32,
            indicators: catalogue.indicators().count() as u32,
            vetoes: catalogue.veto_items.len() as u32,
            bonuses: catalogue.bonus_items.len() as u32,
            problem: String::new(),
            period: Some(Term::of(&catalogue.cycle).into()),
            outline: outline.collect(),
            table: None,
        }
    }

    /// A table that makes no catalogue as its columns are.
    pub fn none(problem: String, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            name: String::new(),
            official: true,
            areas: 0,
            indicators: 0,
            vetoes: 0,
            bonuses: 0,
            warnings: Vec::new(),
            problem,
            period: None,
            outline: Vec::new(),
            table: None,
        }
    }
}

/// Years of evidence, and when the package is due.
#[derive(Serialize, Type)]
pub struct PeriodView {
    /// First and last year of the evidence.
    pub from: i16,
    pub to: i16,
    pub due: String,
}

impl From<Term> for PeriodView {
    fn from(term: Term) -> Self {
        Self { from: term.years.0, to: term.years.1, due: term.due.to_string() }
    }
}

/// An area of a catalogue that is not taken over yet.
#[derive(Serialize, Type)]
pub struct OutlineView {
    pub depth: u32,
    pub code: String,
    pub title: String,
    /// Points as issued, and what its indicators add up to; empty where there are none.
    pub score: String,
    pub sum: String,
    pub indicators: Vec<OutlineLeaf>,
}

impl OutlineView {
    fn of(depth: usize, area: &Area, units: &Units) -> Self {
        let score = |points: Option<Points>| points.map(|points| points.to_string()).unwrap_or_default();
        let leaf = |indicator: &Indicator| OutlineLeaf {
            code: indicator.code.0.clone(),
            text: indicator.content.clone(),
            score: score(indicator.score),
            units: indicator.lead_units.iter().map(|unit| units.name_of(unit)).collect::<Vec<_>>().join("、"),
        };
        let sum: Points = area.indicators.iter().filter_map(|indicator| indicator.score).sum();
        Self {
            depth: depth as u32,
            code: area.code.clone(),
            title: area.title.clone(),
            score: score(area.score),
            sum: if area.indicators.is_empty() { String::new() } else { sum.to_string() },
            indicators: area.indicators.iter().map(leaf).collect(),
        }
    }
}

#[derive(Serialize, Type)]
pub struct OutlineLeaf {
    pub code: String,
    pub text: String,
    pub score: String,
    pub units: String,
}

/// Rows of a sheet that are shown.
const SHOWN_ROWS: usize = 60;

/// The grid of an issued table.
#[derive(Serialize, Type)]
pub struct TableView {
    pub sheets: Vec<SheetView>,
}

impl TableView {
    pub fn of(grid: &Grid, columns: &Columns) -> Self {
        let cell = |cell: &Cell| if cell.above || cell.left { String::new() } else { cell.text.clone() };
        let sheet = |(sheet, layout): (&Sheet, &Layout)| SheetView {
            name: sheet.name.clone(),
            layout: LayoutView {
                used: layout.used,
                first: layout.first as u32,
                roles: layout.roles.iter().map(|role| RoleView::from(*role)).collect(),
            },
            rows: sheet.rows.iter().take(SHOWN_ROWS).map(|row| row.iter().map(cell).collect()).collect(),
            total: sheet.rows.len() as u32,
        };
        Self { sheets: grid.sheets.iter().zip(&columns.layouts).map(sheet).collect() }
    }
}

#[derive(Serialize, Type)]
pub struct SheetView {
    pub name: String,
    pub layout: LayoutView,
    /// The first rows; text of a merged cell stands once.
    pub rows: Vec<Vec<String>>,
    /// All rows there are.
    pub total: u32,
}

/// How one sheet is taken.
#[derive(Clone, Serialize, Deserialize, Type)]
pub struct LayoutView {
    pub used: bool,
    /// Rows of titles and head above the first indicator.
    pub first: u32,
    pub roles: Vec<RoleView>,
}

impl LayoutView {
    /// Takes the sheet as the clerk says; labels of columns stay.
    pub fn lay(&self, layout: &mut Layout) {
        layout.used = self.used;
        layout.first = self.first as usize;
        for (role, said) in layout.roles.iter_mut().zip(&self.roles) {
            *role = (*said).into();
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RoleView {
    Area,
    Number,
    Content,
    Score,
    Rule,
    Lead,
    Support,
    Forms,
    Requirements,
    Expected,
    Other,
}

/// Conversions between [`Role`] and [`RoleView`], which have the same variants.
macro_rules! roles {
    ($($role:ident),*) => {
        impl From<Role> for RoleView {
            fn from(role: Role) -> Self {
                match role { $(Role::$role => Self::$role),* }
            }
        }

        impl From<RoleView> for Role {
            fn from(role: RoleView) -> Self {
                match role { $(RoleView::$role => Self::$role),* }
            }
        }
    };
}

roles!(Area, Number, Content, Score, Rule, Lead, Support, Forms, Requirements, Expected, Other);
