//! Where the whole stands: complete by area, self-score with what is at risk, late units, veto items, days left.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::coverage::Coverage;
use super::grid::grid;
use super::veto::is_proven;
use crate::domain::standing::{AreaStanding, LateUnit, Standing, VetoStanding};
use crate::domain::{Area, Dossier, Duty, Points, YearState};

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
        late: late(dossier, coverage),
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

fn late(dossier: &Dossier, coverage: &Coverage) -> Vec<LateUnit> {
    let grid = grid(dossier, coverage);
    let mut out: Vec<LateUnit> = grid.units.iter().map(|unit| LateUnit { unit: unit.clone(), owes: 0, demanded: 0, pieces: 0 }).collect();
    for cell in grid.rows.iter().flat_map(|row| &row.cells) {
        let late = &mut out[cell.unit as usize];
        late.pieces += cell.pieces;
        let owed = cell.duty == Some(Duty::Lead) || cell.whole() == Some(YearState::Missing);
        match cell.whole().filter(|_| owed) {
            Some(YearState::Missing) => late.owes += 1,
            Some(YearState::Awaited | YearState::Returned) => {
                late.owes += 1;
                late.demanded += 1;
            }
            Some(YearState::Complete | YearState::NotDue) | None => {}
        }
    }
    out.retain(|late| late.owes > 0);
    // The sort is stable: units that owe the same stay in the order issued.
    out.sort_by_key(|late| std::cmp::Reverse(late.owes));
    out
}
