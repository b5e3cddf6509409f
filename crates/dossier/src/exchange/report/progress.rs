//! 通报: how far every unit is.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Cell, List, Report};
use crate::domain::{Debt, Dossier, IndicatorCode, UnitCode, YearState};
use crate::wording::report as words;

/// Where the whole assessment stands; counts of indicators and of veto items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub areas: usize,
    pub indicators: usize,
    /// Indicators of which everything is there, something is missing, or only what is not due yet.
    pub complete: usize,
    pub missing: usize,
    pub not_due: usize,
    pub vetoes: usize,
    pub unproven: Vec<IndicatorCode>,
    pub pieces: usize,
    pub pages: usize,
}

pub fn report(dossier: &Dossier, debts: &[Debt], today: Date) -> Report {
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
    Report {
        name: words::PROGRESS.to_owned(),
        title: words::titled(&dossier.assessment.name, words::PROGRESS_TITLE),
        wide: false,
        to: String::new(),
        opening: words::progress(&dossier.assessment, &standing(dossier, debts), &late, today),
        columns: words::PROGRESS_COLUMNS.to_vec(),
        grouped: "",
        lists: vec![List { heading: String::new(), rows: (1..).zip(&dossier.units.units).map(row).collect() }],
        note: words::PROGRESS_NOTE.to_owned(),
        signed: words::signed(&dossier.assessment.office, today),
    }
}

fn standing(dossier: &Dossier, debts: &[Debt]) -> Standing {
    let mut worst: BTreeMap<&IndicatorCode, YearState> = BTreeMap::new();
    for debt in debts {
        let state = worst.entry(&debt.indicator).or_insert(debt.state);
        *state = debt.state.max(*state);
    }
    let count = |state| worst.values().filter(|worst| **worst == state).count();
    let vetoes = &dossier.catalogue.veto_items;
    let unproven = vetoes.iter().map(|veto| &veto.code).filter(|code| dossier.filed(code).next().is_none());
    Standing {
        areas: dossier.catalogue.areas.len(),
        indicators: dossier.catalogue.indicators().count(),
        complete: count(YearState::Complete),
        missing: worst.values().filter(|worst| worst.is_lacking()).count(),
        not_due: count(YearState::NotDue),
        vetoes: vetoes.len(),
        unproven: unproven.cloned().collect(),
        pieces: dossier.documents.len(),
        pages: dossier.documents.values().map(|document| document.pages.len()).sum(),
    }
}
