//! Where the whole stands: complete by area, self-score with what is at risk, late units, veto items, days left.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::coverage::Coverage;
use super::owed::owed;
use super::veto::is_proven;
use crate::domain::standing::{AreaStanding, LateUnit, Standing, VetoStanding};
use crate::domain::{Area, Dossier, IndicatorCode, Points, UnitCode, YearState};

/// What the leader reads on one page.
pub fn standing(dossier: &Dossier, today: Date, coverage: &Coverage) -> Standing {
    let catalogue = &dossier.catalogue;
    let due = dossier.assessment.cycle.submission_due;
    let bonus: Points = catalogue.bonus_items.iter().filter_map(|item| dossier.assessed.get(&item.code)?.total()).sum();
    let vetoes = catalogue.veto_items.iter().map(|veto| VetoStanding {
        code: veto.code.clone(),
        text: veto.text.clone(),
        pieces: dossier.filed(&veto.code).count() as u32,
        declared: dossier.declared.get(&veto.code).cloned(),
        state: coverage[&veto.code].whole,
        proven: is_proven(coverage, &veto.code),
    });
    Standing {
        today,
        due,
        days_left: today.until(due).map_or(0, |span| span.get_days()),
        areas: catalogue.areas.iter().map(|area| of_area(dossier, area, coverage)).collect(),
        vetoes: vetoes.collect(),
        bonus,
        bonus_counted: catalogue.bonus_cap.map_or(bonus, |cap| cap.min(bonus)),
        bonus_cap: catalogue.bonus_cap,
        late: late(dossier, today),
        pieces: dossier.documents.len() as u32,
        unfiled: (dossier.documents.len() - dossier.filed_anywhere().len()) as u32,
    }
}

fn of_area(dossier: &Dossier, area: &Area, coverage: &Coverage) -> AreaStanding {
    let mut out = AreaStanding {
        code: area.code.clone(),
        title: area.title.clone(),
        indicators: 0,
        states: BTreeMap::new(),
        stated: area.score,
        sum: Points::default(),
        said: Points::default(),
        assessed: 0,
        risk: Points::default(),
    };
    add(dossier, area, coverage, &mut out);
    out
}

fn add(dossier: &Dossier, area: &Area, coverage: &Coverage, out: &mut AreaStanding) {
    let plus = |to: &mut Points, more: Points| to.0 += more.0;
    for indicator in &area.indicators {
        let state = coverage[&indicator.code].whole;
        out.indicators += 1;
        *out.states.entry(state).or_default() += 1;
        plus(&mut out.sum, indicator.score.unwrap_or_default());
        if let Some(said) = dossier.assessed.get(&indicator.code).and_then(|said| said.total()) {
            out.assessed += 1;
            plus(&mut out.said, said);
            if state.is_lacking() {
                plus(&mut out.risk, said);
            }
        }
    }
    for inner in &area.areas {
        add(dossier, inner, coverage, out);
    }
}

/// By the debts of which letters and lists are made, so that both name the same units.
fn late(dossier: &Dossier, today: Date) -> Vec<LateUnit> {
    let mut came: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    for unit in dossier.documents.values().filter_map(|document| document.description.unit.as_ref()) {
        *came.entry(unit).or_default() += 1;
    }
    let debts = owed(dossier, today);
    let of = |unit: &UnitCode| {
        // Whether any of it was sent back or asked for, by indicator.
        let mut lacking: BTreeMap<&IndicatorCode, bool> = BTreeMap::new();
        for debt in debts.iter().filter(|debt| debt.state.is_lacking() && debt.is_of(unit)) {
            *lacking.entry(&debt.indicator).or_default() |= debt.state != YearState::Missing;
        }
        let demanded = lacking.values().filter(|is_demanded| **is_demanded).count() as u32;
        LateUnit { unit: unit.clone(), owes: lacking.len() as u32, demanded, pieces: came.get(unit).copied().unwrap_or(0) }
    };
    let mut out: Vec<LateUnit> = dossier.units.units.iter().map(|unit| of(&unit.code)).filter(|late| late.owes > 0).collect();
    // The sort is stable: units that owe the same stay in the order issued.
    out.sort_by_key(|late| std::cmp::Reverse(late.owes));
    out
}
