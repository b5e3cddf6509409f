//! 责任分解表: unit by unit, which indicators it leads or supports, and what it hands in.

use jiff::civil::Date;

use super::{Cell, List, Report};
use crate::domain::{Dossier, Duty, Indicator, Unit, UnitCode};
use crate::wording::report as words;

/// The 责任分解表 of one unit, or of all that have a duty. `opened` gives the units that codes stand for, groups opened.
pub fn report(dossier: &Dossier, of: Option<&UnitCode>, opened: &dyn Fn(&[UnitCode]) -> Vec<UnitCode>, today: Date) -> Report {
    let owing: Vec<(&Indicator, Vec<UnitCode>, Vec<UnitCode>)> = dossier
        .catalogue
        .indicators()
        .map(|indicator| (indicator, opened(&indicator.lead_units), opened(&indicator.support_units)))
        .collect();
    let units = dossier.units.units.iter().filter(|unit| of.is_none_or(|of| unit.code == *of));
    let lists = units.map(|unit| list(dossier, unit, &owing)).filter(|list| !list.rows.is_empty()).collect();
    Report {
        name: words::DUTIES.to_owned(),
        title: words::titled(&dossier.assessment.name, words::DUTIES),
        wide: true,
        to: of.map(|unit| words::unit(dossier.units.name_of(unit))).unwrap_or_default(),
        opening: words::duties(&dossier.assessment, today),
        columns: words::DUTIES_COLUMNS.to_vec(),
        grouped: words::UNIT,
        lists,
        note: String::new(),
        signed: Vec::new(),
    }
}

fn list(dossier: &Dossier, unit: &Unit, owing: &[(&Indicator, Vec<UnitCode>, Vec<UnitCode>)]) -> List {
    let duties = owing.iter().filter_map(|(indicator, lead, support)| {
        let duty = if lead.contains(&unit.code) {
            Duty::Lead
        } else if support.contains(&unit.code) {
            Duty::Support
        } else {
            return None;
        };
        Some((*indicator, duty))
    });
    let row = |(indicator, duty): (&Indicator, Duty)| {
        let form = |code: &String| words::form(dossier.catalogue.form_name(code));
        let forms: Vec<String> = indicator.carrier_forms.iter().map(form).collect();
        vec![
            Cell::centred(indicator.code.0.clone()),
            Cell::text(indicator.content.clone()),
            Cell::centred(indicator.score.map(|score| score.to_string()).unwrap_or_default()),
            Cell::centred(words::duty(duty)),
            Cell::text(words::materials(&indicator.expected_evidence)),
            Cell::text(forms.join("、")),
        ]
    };
    // What a unit leads stands before what it supports.
    let mut duties: Vec<(&Indicator, Duty)> = duties.collect();
    duties.sort_by_key(|(_, duty)| *duty == Duty::Support);
    List { heading: unit.name.clone(), rows: duties.into_iter().map(row).collect() }
}
