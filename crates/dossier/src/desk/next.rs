//! 下一轮: a new project from this one: the table, the units and the office go along, the evidence does not, nor what was said of it:
//! findings that were set aside are about papers and points of this round.

use std::ops::RangeInclusive;
use std::path::Path;

use jiff::civil::Date;

use super::{Creation, Desk, Surroundings};
use crate::domain::Assessment;
use crate::domain::catalogue::Cycle;
use crate::error::{Error, Result};

/// When the next round is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextRound {
    /// Name of the assessment.
    pub name: String,
    /// First and last year of the evidence.
    pub years: (i16, i16),
    pub due: Date,
}

/// Years of evidence, and when the package is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// First and last year of the evidence.
    pub years: (i16, i16),
    pub due: Date,
}

impl Term {
    pub fn of(cycle: &Cycle) -> Self {
        Self { years: (cycle.period_from.year(), cycle.period_to.year()), due: cycle.submission_due }
    }

    /// That of a cycle while its due date lies ahead; else of the first round after it whose does.
    pub fn ahead(cycle: &Cycle, today: Date) -> Self {
        let (term, by) = (Self::of(cycle), length(cycle));
        let behind = (today.year() - term.due.year()).max(0);
        let next = term.later(behind - behind % by);
        if next.due < today { next.later(by) } else { next }
    }

    /// With other years, or another due date; where only the years are said, the due date moves along.
    pub fn with(self, years: Option<(i16, i16)>, due: Option<Date>) -> Self {
        let years = years.unwrap_or(self.years);
        Self { years, due: due.unwrap_or_else(|| moved(self.due, years.1 - self.years.1)) }
    }

    fn later(self, by: i16) -> Self {
        Self { years: (self.years.0 + by, self.years.1 + by), due: moved(self.due, by) }
    }

    /// The cycle of this term, which begins and ends in the year as `before` does.
    ///
    /// # Errors
    /// [`Error::NoPeriod`] where the years or the due date can't be.
    pub fn cycle(self, before: &Cycle) -> Result<Cycle> {
        let (from, to) = self.years;
        if self == Self::of(before) {
            return Ok(before.clone());
        }
        let cycle = Cycle {
            period_from: in_year(before.period_from, from),
            period_to: in_year(before.period_to, to),
            partial_years: Cycle::open_years(from, to, self.due),
            years: (from..=to).collect(),
            submission_due: self.due,
            onsite_from: before.onsite_from.map(|day| moved(day, self.due.year() - before.submission_due.year())),
            note: before.note.clone(),
        };
        cycle.examine().map_err(Error::NoPeriod)?;
        Ok(cycle)
    }
}

/// Years from one round to the next. A period need not begin in January: from April to March, four years touch five.
fn length(cycle: &Cycle) -> i16 {
    let last = cycle.period_to.year();
    (cycle.period_to.tomorrow().map_or(last, Date::year) - cycle.period_from.year()).max(1)
}

impl Desk {
    /// The next round as it is offered: as long as this one, from the day after its last.
    pub fn next_round(&self) -> NextRound {
        let assessment = self.assessment();
        let cycle = &assessment.cycle;
        let (term, by) = (Term::of(cycle), length(cycle));
        let (first, last) = term.years;
        let name = with_years_moved(&assessment.name, first..=last + 1, by);
        let Term { years, due } = term.later(by);
        NextRound { name, years, due }
    }

    /// Makes a project for the next round in a new or empty folder, and opens it.
    ///
    /// # Errors
    /// As [`Desk::create`]; [`Error::NoPeriod`] where the years or the due date can't be.
    pub fn start_next_round(&self, dir: &Path, round: &NextRound, around: Surroundings) -> Result<Self> {
        let Assessment { office, cycle: before, print, .. } = self.assessment();
        let cycle = Term { years: round.years, due: round.due }.cycle(&before)?;
        let mut catalogue = (*self.catalogue).clone();
        catalogue.cycle = cycle;
        let creation = Creation { name: round.name.clone(), office, catalogue, units: (*self.units).clone() };
        // The same office prints on the same paper.
        Self::made(dir, creation, print, around)
    }
}

/// A name whose years, as far as they are of the round, are so many later: 2020—2023年 becomes 2024—2027年.
fn with_years_moved(name: &str, of_round: RangeInclusive<i16>, by: i16) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (number, behind) = from.split_at(from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len()));
        let year = number.parse::<i16>().ok().filter(|year| number.len() == 4 && of_round.contains(year));
        out.push_str(before);
        out.push_str(&year.map_or_else(|| number.to_owned(), |year| (year + by).to_string()));
        rest = behind;
    }
    out + rest
}

/// The day so many years later; 29 February becomes the 28th where there is none.
fn moved(day: Date, years: i16) -> Date {
    in_year(day, day.year() + years)
}

fn in_year(day: Date, year: i16) -> Date {
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, day.month(), 28)).unwrap_or(day)
}
