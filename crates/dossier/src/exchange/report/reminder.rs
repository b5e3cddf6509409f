//! 催办单: to one unit, what it owes and by when.

use jiff::civil::Date;

use super::{Cell, Gap, List, Report, content};
use crate::domain::{Debt, Dossier, UnitCode, YearState};
use crate::wording::report as words;

/// The letter to a unit; `None` when it owes nothing.
pub fn report(dossier: &Dossier, debts: &[Debt], unit: &UnitCode, today: Date) -> Option<Report> {
    let own: Vec<&Debt> = debts.iter().filter(|debt| debt.is_of(unit)).collect();
    let open: Vec<&Debt> = own.iter().copied().filter(|debt| debt.state != YearState::Complete).collect();
    if open.is_empty() {
        return None;
    }
    let row = |(number, gap): (u32, Gap<'_>)| {
        let debt = gap.debt;
        vec![
            Cell::Number(number),
            Cell::centred(debt.indicator.0.clone()),
            Cell::text(words::content(content(dossier, debt))),
            Cell::text(words::material(&debt.expected)),
            Cell::centred(words::years(&gap.years)),
            Cell::Number(gap.asked),
            Cell::Number(gap.found),
            Cell::centred(words::state(debt.state)),
        ]
    };
    Some(Report {
        name: words::REMINDER.to_owned(),
        title: words::REMINDER_TITLE.to_owned(),
        wide: false,
        to: words::to(dossier.units.name_of(unit)),
        opening: words::reminder(&dossier.assessment, &own, today),
        columns: words::REMINDER_COLUMNS.to_vec(),
        grouped: "",
        lists: vec![List { heading: String::new(), rows: (1..).zip(Gap::all(&open)).map(row).collect() }],
        note: words::REMINDER_NOTE.to_owned(),
        signed: words::signed(&dossier.assessment.office, today),
    })
}

/// Units that owe something that is due, in the order issued, with the pieces that are missing.
pub fn late(dossier: &Dossier, debts: &[Debt]) -> Vec<(UnitCode, u32)> {
    let missing = |unit: &UnitCode| -> u32 {
        debts.iter().filter(|debt| debt.counts_as(YearState::Missing) && debt.is_of(unit)).map(Debt::lacking).sum()
    };
    let units = dossier.units.units.iter().map(|unit| (unit.code.clone(), missing(&unit.code)));
    units.filter(|(_, missing)| *missing > 0).collect()
}
