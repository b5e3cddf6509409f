//! What the units of a catalogue would hand in: which papers, from whom, of which year.

use dossier::domain::{Catalogue, Expected, Leaf, Per, UnitCode, Units};
use fastrand::Rng;

use crate::{Ask, Paper};

/// One leaf in twelve stays empty, so that every kind of gap can be seen.
const EMPTY_EVERY: usize = 12;

/// `documents` pieces over all leaves of the catalogue, the first round one for each thing asked for, later rounds from
/// other units. The same seed asks for the same pieces.
pub fn asks(catalogue: &Catalogue, units: &Units, documents: usize, seed: u64) -> Vec<Ask> {
    let mut rng = Rng::with_seed(seed);
    let wanted = wanted(catalogue);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(documents);
    // With fewer pieces than things asked for, every so many-th is taken, so that all areas have something.
    let step = (wanted.len() / documents.max(1)).max(1);
    for round in 0.. {
        for want in wanted.iter().skip(round % step).step_by(step) {
            if out.len() == documents {
                return out;
            }
            let code = want.units.get(round % want.units.len().max(1)).cloned();
            out.push(Ask {
                code: want.code.clone(),
                area: want.area.clone(),
                title: want.title.clone(),
                unit: code.map(|code| unit_name(units, &code, &mut rng)).unwrap_or_else(|| "区双拥工作领导小组办公室".to_owned()),
                year: want.year,
                paper: want.paper,
                pages: pages(want.paper, &mut rng),
            });
        }
    }
    out
}

/// One thing that is asked for, in one year.
struct Want {
    code: String,
    area: String,
    title: String,
    units: Vec<UnitCode>,
    year: i16,
    paper: Paper,
}

fn wanted(catalogue: &Catalogue) -> Vec<Want> {
    let years = &catalogue.cycle.years;
    let last = years.last().copied().unwrap_or(catalogue.cycle.period_to.year());
    let mut out = Vec::new();
    for (_, area) in catalogue.all_areas() {
        for (index, indicator) in area.indicators.iter().enumerate() {
            if (index + area.indicators.len()).is_multiple_of(EMPTY_EVERY) {
                continue;
            }
            let owing: Vec<UnitCode> = indicator.lead_units.iter().chain(&indicator.support_units).cloned().collect();
            for expected in &indicator.expected_evidence {
                for year in years_of(expected, years, last) {
                    out.push(Want {
                        code: indicator.code.0.clone(),
                        area: format!("{} {}", area.code, area.title),
                        title: expected.title.clone(),
                        units: owing.clone(),
                        year,
                        paper: paper(&expected.form),
                    });
                }
            }
        }
    }
    for leaf in catalogue.leaves() {
        // Two veto items stay unproven.
        if let Leaf::Veto(veto) = leaf
            && !veto.code.0.ends_with(['3', '6'])
        {
            for proof in &veto.typical_proof {
                let want = Want {
                    code: veto.code.0.clone(),
                    area: "一票否决".into(),
                    title: proof.clone(),
                    units: Vec::new(),
                    year: last - 1,
                    paper: Paper::Official,
                };
                // Spread among the rest, so that a small sample has some too.
                let at = (out.len() / 7 * (1 + veto.code.0.len() + out.len() % 5)).min(out.len());
                out.insert(at, want);
            }
        }
    }
    out
}

fn years_of(expected: &Expected, years: &[i16], last: i16) -> Vec<i16> {
    match expected.per {
        Per::Year => years.to_vec(),
        Per::Cycle | Per::Unit => vec![last - 2],
    }
}

/// The paper that a 载体形式 usually is.
fn paper(form: &str) -> Paper {
    match form {
        "F02" | "F04" | "F06" | "F17" => Paper::Minutes,
        "F03" => Paper::SignIn,
        "F07" | "F08" | "F13" | "F18" | "F19" => Paper::Photos,
        "F10" | "F11" | "F12" => Paper::Ledger,
        "F09" | "F20" => Paper::Screenshot,
        _ => Paper::Official,
    }
}

/// About 4.2 pages a piece over all.
fn pages(paper: Paper, rng: &mut Rng) -> u32 {
    match paper {
        Paper::Official => rng.u32(2..8),
        Paper::Minutes => rng.u32(2..10),
        Paper::SignIn => rng.u32(1..4),
        Paper::Ledger => rng.u32(1..11),
        Paper::Photos => rng.u32(1..5),
        Paper::Screenshot => 1,
    }
}

/// A group (各乡镇街道) is drawn as one of its members.
fn unit_name(units: &Units, code: &UnitCode, rng: &mut Rng) -> String {
    if units.unit(code).is_some() {
        return units.name_of(code).to_owned();
    }
    let letter = code.0.chars().next().unwrap_or('T');
    let members: Vec<&str> = units.units.iter().filter(|unit| unit.code.0.starts_with(letter)).map(|unit| unit.name.as_str()).collect();
    rng.choice(&members).map_or_else(|| code.0.clone(), |name| (*name).to_owned())
}
