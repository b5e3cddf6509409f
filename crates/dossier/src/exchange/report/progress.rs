//! 通报: how far every unit is.

use std::collections::BTreeMap;

use super::{Cell, List, Report};
use crate::domain::{Debt, Dossier, IndicatorCode, Standing, UnitCode, YearState};
use crate::wording::report as words;

/// Who owes what is told by the debts, how far the whole is by where it stands for everybody else.
pub fn report(dossier: &Dossier, debts: &[Debt], standing: &Standing) -> Report {
    let today = standing.today;
    let mut received: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    for unit in dossier.documents.values().filter_map(|document| document.description.unit.as_ref()) {
        *received.entry(unit).or_default() += 1;
    }
    let row = |(number, unit): (u32, &crate::domain::Unit)| {
        let own: Vec<&Debt> = debts.iter().filter(|debt| debt.is_of(&unit.code)).collect();
        let mut led: Vec<&IndicatorCode> = own.iter().map(|debt| &debt.indicator).collect();
        led.dedup();
        let (asked, had) = words::asked_and_had(&own);
        let lacking = |state| own.iter().filter(|debt| debt.counts_as(state)).map(|debt| debt.lacking()).sum();
        vec![
            Cell::Number(number),
            Cell::text(unit.name.clone()),
            Cell::Number(led.len() as u32),
            Cell::Number(asked),
            Cell::Number(had),
            Cell::Number(lacking(YearState::Missing)),
            Cell::Number(lacking(YearState::NotDue)),
            Cell::centred(words::share(had, asked)),
            Cell::Number(received.get(&unit.code).copied().unwrap_or(0)),
        ]
    };
    let late = super::reminder::late(dossier, debts);
    let late: Vec<(&str, u32)> = late.iter().map(|(unit, missing)| (dossier.units.name_of(unit), *missing)).collect();
    let pages = dossier.documents.values().map(|document| document.pages.len()).sum();
    Report {
        name: words::PROGRESS.to_owned(),
        title: words::titled(&dossier.assessment.name, words::PROGRESS_TITLE),
        wide: false,
        to: String::new(),
        opening: words::progress(&dossier.assessment, standing, pages, &late),
        columns: words::PROGRESS_COLUMNS.to_vec(),
        grouped: "",
        lists: vec![List { heading: String::new(), rows: (1..).zip(&dossier.units.units).map(row).collect() }],
        note: words::PROGRESS_NOTE.to_owned(),
        signed: words::signed(&dossier.assessment.office, today),
    }
}
