//! Which piece stands for which of the materials that an indicator asks for.
//!
//! Each piece is counted once within an indicator, for the first of these that fits:
//! 1. its 载体形式 is that of a material asked for; among several of that form, the one whose title is most like its own,
//!    and where no title is alike, the one that lacks most;
//! 2. its title is like the title of a material asked for ([`ALIKE`]);
//! 3. whatever still lacks pieces, in the order issued: but a piece whose form the indicator asks for is never counted for
//!    a material of another form (a seventh photo is no minutes).
//!
//! What is asked each year is found only by pieces that say their year.

use crate::domain::likeness::Bigrams;
use crate::domain::{Document, Dossier, Expected, Indicator, Per, UnitCode};

/// Share of a material's title that must stand in a piece's title to be taken for it.
const ALIKE: f32 = 0.34;

/// How much of one material is there, over the whole period or in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub expected: &'a Expected,
    /// `None`: asked once in the period, or from each unit.
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
    /// Where it is asked from each unit: how much each has handed in.
    pub units: Vec<(UnitCode, u32)>,
}

/// Everything an indicator asks for, in the order issued, year by year. An indicator of which the table says nothing
/// asks for one piece in the period.
pub(super) fn found<'a>(dossier: &'a Dossier, indicator: &'a Indicator) -> Vec<Found<'a>> {
    assigned(dossier, indicator).counted()
}

/// The units that owe something each, and whether they have handed it in; empty where nothing is asked by unit.
pub(super) fn by_unit(dossier: &Dossier, indicator: &Indicator) -> Vec<(UnitCode, bool)> {
    if indicator.expected_evidence.iter().all(|item| item.per != Per::Unit) {
        return Vec::new();
    }
    let mut out: Vec<(UnitCode, bool)> = Vec::new();
    for slot in found(dossier, indicator) {
        for (unit, had) in slot.units {
            let done = had >= slot.expected.min_count;
            match out.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, whole)) => *whole &= done,
                None => out.push((unit, done)),
            }
        }
    }
    out
}

/// Pieces that were sent back or are held back count for nothing, nor do those of which no page is printed.
fn assigned<'a>(dossier: &'a Dossier, indicator: &'a Indicator) -> Slots<'a> {
    let counting = dossier.filed(&indicator.code).filter(|(_, document)| dossier.counts(document));
    let counting = counting.filter(|(_, document)| document.printed_pages().next().is_some());
    let pieces: Vec<&Document> = counting.map(|(_, document)| document).collect();
    let expected: &[Expected] = if indicator.expected_evidence.is_empty() { something() } else { &indicator.expected_evidence };
    let owing = if expected.iter().any(|item| item.per == Per::Unit) {
        owing_units(dossier, indicator.lead_units.iter().chain(&indicator.support_units))
    } else {
        Vec::new()
    };
    let mut slots = Slots::new(expected, &dossier.assessment.cycle.years, owing);
    slots.assign(&pieces);
    slots
}

/// Asked for where the table names no material; wording calls it 佐证材料.
fn something() -> &'static [Expected] {
    static SOMETHING: [Expected; 1] = [Expected { title: String::new(), form: String::new(), per: Per::Cycle, min_count: 1 }];
    &SOMETHING
}

/// The units that these codes name, groups opened: `TALL` stands for every unit of the group that its name holds, or
/// whose codes begin with its letters.
pub(super) fn owing_units<'a>(dossier: &Dossier, codes: impl Iterator<Item = &'a UnitCode>) -> Vec<UnitCode> {
    let mut out: Vec<UnitCode> = Vec::new();
    for code in codes {
        match dossier.units.groups.get(code) {
            Some(name) => {
                let by_name = |unit: &&crate::domain::Unit| !unit.group.is_empty() && name.contains(&unit.group);
                let mut members: Vec<_> = dossier.units.units.iter().filter(by_name).map(|unit| unit.code.clone()).collect();
                if members.is_empty() {
                    let letters = code.0.trim_end_matches("ALL");
                    let begins = |unit: &&crate::domain::Unit| !letters.is_empty() && unit.code.0.starts_with(letters);
                    members = dossier.units.units.iter().filter(begins).map(|unit| unit.code.clone()).collect();
                }
                out.extend(members);
            }
            None => out.push(code.clone()),
        }
    }
    out.sort();
    out.dedup();
    out
}

struct Slots<'a> {
    expected: &'a [Expected],
    titles: Vec<Bigrams>,
    years: &'a [i16],
    owing: Vec<UnitCode>,
    /// By material, then by year (one place for what is not asked by year), then by unit where it is asked by unit.
    counts: Vec<Vec<u32>>,
}

impl<'a> Slots<'a> {
    fn new(expected: &'a [Expected], years: &'a [i16], owing: Vec<UnitCode>) -> Self {
        let counts = expected
            .iter()
            .map(|item| match item.per {
                Per::Cycle => vec![0],
                Per::Year => vec![0; years.len()],
                Per::Unit => vec![0; owing.len()],
            })
            .collect();
        // Titles decide only where several materials are asked for.
        let titles = if expected.len() > 1 { expected.iter().map(|item| Bigrams::of(&item.title)).collect() } else { Vec::new() };
        Self { expected, titles, years, owing, counts }
    }

    fn assign(&mut self, pieces: &[&Document]) {
        if let [_] = self.expected {
            pieces.iter().for_each(|piece| self.count(0, piece));
            return;
        }
        let mut rest = Vec::new();
        for piece in pieces {
            let title = Bigrams::of(piece.title());
            match self.by_form(piece, &title).or_else(|| self.by_title(&title)) {
                Some(item) => self.count(item, piece),
                None => rest.push(*piece),
            }
        }
        for piece in rest {
            if let Some(item) = (0..self.expected.len()).find(|item| self.lacks(*item, piece)) {
                self.count(item, piece);
            }
        }
    }

    fn by_form(&self, piece: &Document, title: &Bigrams) -> Option<usize> {
        let form = &piece.description.form;
        let of_form: Vec<usize> = (0..self.expected.len()).filter(|item| !form.is_empty() && self.expected[*item].form == *form).collect();
        match of_form.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => {
                let alike = self.most_alike(several.iter().copied(), title);
                alike.or_else(|| several.iter().copied().find(|item| self.lacks(*item, piece))).or(several.first().copied())
            }
        }
    }

    fn by_title(&self, title: &Bigrams) -> Option<usize> {
        self.most_alike(0..self.expected.len(), title)
    }

    fn most_alike(&self, items: impl Iterator<Item = usize>, title: &Bigrams) -> Option<usize> {
        let mut best: Option<(usize, f32)> = None;
        for item in items {
            let share = self.titles[item].share_in(title);
            if share >= ALIKE && best.is_none_or(|(_, most)| share > most) {
                best = Some((item, share));
            }
        }
        best.map(|(item, _)| item)
    }

    /// Whether this piece would fill a gap of this material.
    fn lacks(&self, item: usize, piece: &Document) -> bool {
        let asked = self.expected[item].min_count;
        self.places(item, piece).into_iter().any(|place| self.counts[item][place] < asked)
    }

    fn count(&mut self, item: usize, piece: &Document) {
        for place in self.places(item, piece) {
            self.counts[item][place] += 1;
        }
    }

    /// The places of a material that a piece counts in.
    fn places(&self, item: usize, piece: &Document) -> Vec<usize> {
        match self.expected[item].per {
            Per::Cycle => vec![0],
            Per::Year => {
                let said = piece.years();
                (0..self.years.len()).filter(|place| said.contains(&self.years[*place])).collect()
            }
            Per::Unit => (0..self.owing.len()).filter(|place| piece.description.is_from(&self.owing[*place])).collect(),
        }
    }

    fn counted(self) -> Vec<Found<'a>> {
        let mut out = Vec::new();
        for (expected, counts) in self.expected.iter().zip(self.counts) {
            match expected.per {
                Per::Cycle => out.push(Found { expected, year: None, asked: expected.min_count, found: counts[0], units: Vec::new() }),
                Per::Year => {
                    out.extend(self.years.iter().zip(counts).map(|(year, found)| Found {
                        expected,
                        year: Some(*year),
                        asked: expected.min_count,
                        found,
                        units: Vec::new(),
                    }));
                }
                // A unit that hands in twice as much does not make up for one that hands in nothing.
                Per::Unit => out.push(Found {
                    expected,
                    year: None,
                    asked: expected.min_count * counts.len() as u32,
                    found: counts.iter().map(|count| (*count).min(expected.min_count)).sum(),
                    units: self.owing.iter().cloned().zip(counts).collect(),
                }),
            }
        }
        out
    }
}
