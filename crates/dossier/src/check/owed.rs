//! Everything that is asked for, with who owes it: what letters and lists to the units are made of.

use jiff::civil::Date;

use super::{coverage, grid, matching};
use crate::domain::{Debt, Dossier, UnitCode, YearState};

/// Every material of every indicator in the order issued, also what is complete.
pub fn owed(dossier: &Dossier, today: Date) -> Vec<Debt> {
    let mut out = Vec::new();
    for indicator in dossier.catalogue.indicators() {
        let lead = matching::owing_units(dossier, indicator.lead_units.iter());
        let by = if lead.is_empty() { matching::owing_units(dossier, indicator.support_units.iter()) } else { lead };
        for slot in matching::found(dossier, indicator) {
            let debt = Debt {
                indicator: indicator.code.clone(),
                expected: slot.expected.clone(),
                year: slot.year,
                asked: slot.asked,
                found: slot.found,
                state: coverage::state(dossier, &indicator.code, &slot, today),
                by: by.clone(),
            };
            if slot.units.is_empty() {
                out.push(debt);
                continue;
            }
            let asked = slot.expected.min_count;
            out.extend(slot.units.into_iter().map(|(unit, found)| Debt {
                asked,
                found,
                state: match found >= asked {
                    true => YearState::Complete,
                    false => grid::demanded(dossier, indicator, &unit).unwrap_or(YearState::Missing),
                },
                by: vec![unit],
                ..debt.clone()
            }));
        }
    }
    out
}

/// The units that these codes name, groups opened.
pub fn units(dossier: &Dossier, codes: &[UnitCode]) -> Vec<UnitCode> {
    matching::owing_units(dossier, codes.iter())
}
