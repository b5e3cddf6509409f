//! 缺项清单: everything that is still to come, area by area.

use super::{Cell, Gap, List, Report, content, names};
use crate::domain::standing::VetoStanding;
use crate::domain::{Area, Debt, Dossier, Indicator, Leaf, Standing, UnitCode, Veto, YearState};
use crate::wording::report as words;

pub fn report(dossier: &Dossier, debts: &[Debt], standing: &Standing) -> Report {
    let open: Vec<&Debt> = debts.iter().filter(|debt| debt.state != YearState::Complete).collect();
    let mut lists = vec![vetoes(dossier, standing)];
    lists.extend(dossier.catalogue.areas.iter().map(|area| {
        let within = indicators(area);
        let is_within = |debt: &&&Debt| within.iter().any(|indicator| indicator.code == debt.indicator);
        let of_area: Vec<&Debt> = open.iter().filter(is_within).copied().collect();
        let rows = Gap::all(&of_area).iter().map(|gap| row(dossier, gap)).collect();
        List { heading: words::area(&area.code, &area.title), rows }
    }));
    lists.retain(|list| !list.rows.is_empty());
    Report {
        name: words::GAPS.to_owned(),
        title: words::titled(&dossier.assessment.name, words::GAPS),
        wide: true,
        to: String::new(),
        opening: words::gaps(&open, lists.is_empty(), standing.today),
        columns: words::GAPS_COLUMNS.to_vec(),
        grouped: words::AREA,
        lists,
        note: String::new(),
        signed: Vec::new(),
    }
}

fn row(dossier: &Dossier, gap: &Gap<'_>) -> Vec<Cell> {
    let debt = gap.debt;
    vec![
        Cell::centred(debt.indicator.0.clone()),
        Cell::text(words::content(content(dossier, debt))),
        Cell::text(words::material(&debt.expected)),
        Cell::centred(words::years(&gap.years)),
        Cell::Number(gap.asked),
        Cell::Number(gap.found),
        Cell::text(names(dossier, &debt.by)),
        Cell::centred(words::state(debt.state)),
    ]
}

/// Veto items without proof; who owes it is who leads the indicators that belong to it.
fn vetoes(dossier: &Dossier, standing: &Standing) -> List {
    let items = dossier.catalogue.veto_items.iter().zip(&standing.vetoes);
    let row = |(veto, stands): (&Veto, &VetoStanding)| {
        let mut units: Vec<UnitCode> = Vec::new();
        for code in &veto.related_indicators {
            if let Some(Leaf::Indicator(indicator)) = dossier.catalogue.leaf(code) {
                units.extend(indicator.lead_units.iter().filter(|unit| !units.contains(unit)).cloned().collect::<Vec<_>>());
            }
        }
        vec![
            Cell::centred(veto.code.0.clone()),
            Cell::text(words::content(&veto.text)),
            Cell::text(veto.typical_proof.join("、")),
            Cell::centred(words::years(&[])),
            Cell::Number(1),
            Cell::Number(0),
            Cell::text(names(dossier, &units)),
            Cell::centred(words::state(stands.state)),
        ]
    };
    List { heading: words::VETOES.to_owned(), rows: items.filter(|(_, stands)| !stands.proven).map(row).collect() }
}

fn indicators(area: &Area) -> Vec<&Indicator> {
    let mut out: Vec<&Indicator> = area.indicators.iter().collect();
    area.areas.iter().for_each(|inner| out.extend(indicators(inner)));
    out
}
