//! 新建: from a catalogue of our own form, or from the table that was issued. There is no project yet, and so no desk.

use std::path::Path;

use scans::Worker;

use super::{Creation, Surroundings, Term};
use crate::domain::{Catalogue, Units};
use crate::error::{Error, Result, Unsaid};
use crate::exchange::table::{self, Columns, Grid, Warnings};
use crate::exchange::{self, CatalogueError};

/// What a project is to begin with, as it was read.
#[derive(Debug)]
pub struct Issued {
    source: Source,
    listed: Units,
}

#[derive(Debug)]
enum Source {
    Own(Box<Catalogue>),
    Table(Grid, Columns),
}

impl Issued {
    /// Reads a catalogue, and guesses the columns of a table. `listed` are the units where there is a list of them: a catalogue of our
    /// own form goes with the reference list where that knows them all, else they are shown as issued.
    ///
    /// # Errors
    /// The file can't be read, is none of these, or names units that are not in the list.
    pub fn read(path: &Path, listed: Option<Units>, around: &Surroundings) -> Result<Self, CatalogueError> {
        if path.extension().is_none_or(|ending| ending.eq_ignore_ascii_case("json")) {
            let catalogue = exchange::catalogue(&exchange::read(path)?)?;
            let listed = match listed {
                Some(listed) => exchange::examine(&catalogue, &listed).map(|()| listed)?,
                None => Some(exchange::reference().1).filter(|known| exchange::examine(&catalogue, known).is_ok()).unwrap_or_default(),
            };
            return Ok(Self { source: Source::Own(Box::new(catalogue)), listed });
        }
        let grid = table::read(path, &mut Worker::new(around.worker.clone()))?;
        let columns = table::guess(&grid, (around.today)());
        Ok(Self { source: Source::Table(grid, columns), listed: listed.unwrap_or_default() })
    }

    /// The issued table, and what its columns are taken for.
    pub fn table(&self) -> Option<(&Grid, &Columns)> {
        match &self.source {
            Source::Own(_) => None,
            Source::Table(grid, columns) => Some((grid, columns)),
        }
    }

    /// Says otherwise what the columns of a table are.
    pub fn lay(&mut self, said: impl FnOnce(&mut Columns)) {
        if let Source::Table(_, columns) = &mut self.source {
            said(columns);
        }
    }

    /// The catalogue, its units, and what to look at in them.
    ///
    /// # Errors
    /// [`CatalogueError::Problems`] where a table makes no catalogue as its columns are.
    pub fn taken(&self) -> Result<(Catalogue, Units, Warnings), CatalogueError> {
        match &self.source {
            Source::Own(catalogue) => Ok(((**catalogue).clone(), self.listed.clone(), Warnings::new())),
            Source::Table(grid, columns) => table::taken(grid, columns, self.listed.clone()),
        }
    }
}

impl Creation {
    /// A project with this catalogue and these units, called as the catalogue where no name is said; `term` where it is another than
    /// that of the catalogue.
    ///
    /// # Errors
    /// [`Error::Unsaid`] without an office, [`Error::NoPeriod`] where the years or the due date can't be.
    pub fn of((mut catalogue, units): (Catalogue, Units), name: &str, office: &str, term: Option<Term>) -> Result<Self> {
        let name = if name.trim().is_empty() { catalogue.name.clone() } else { name.trim().to_owned() };
        let office = office.trim().to_owned();
        if office.is_empty() {
            return Err(Error::Unsaid { what: Unsaid::Name });
        }
        if let Some(term) = term {
            catalogue.cycle = term.cycle(&catalogue.cycle)?;
        }
        Ok(Self { name, office, catalogue, units })
    }
}
