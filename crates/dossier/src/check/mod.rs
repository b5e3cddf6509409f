//! 核查: what is missing or wrong in a dossier, found from the snapshot alone.
//!
//! One file a rule; [`examine`] puts what they find in order. Nothing here can fail, and the day is handed in. Of a project that
//! is open, [`examine_after`] looks only at what changed since the last time.

use std::collections::HashMap;

use coverage::Coverage;
use filed::Filed;
use jiff::civil::Date;

use crate::domain::{Conditions, Dossier, Finding, FindingKind, IndicatorCode, Scored};

mod alike;
pub mod aside;
mod assessed;
pub mod coverage;
mod dates;
mod demanded;
mod filed;
pub mod grid;
mod known;
mod matching;
mod missing;
pub mod owed;
mod pages;
mod papers;
mod pending;
mod personal;
mod printed;
mod read_marks;
mod scores;
mod short;
pub mod standing;
mod unfiled;
pub mod veto;

pub use known::Known;
pub use papers::lacking;

/// Every finding: the gravest first, then in the order of the table, then in the order of the pieces. `conditions` are those of
/// the pages that were looked at.
pub fn examine(dossier: &Dossier, conditions: &Conditions, today: Date) -> Vec<Finding> {
    examine_after(dossier, &coverage::leaves(dossier, today), conditions, &mut Known::default())
}

/// The same with the state of the leaves, where what is `known` of an earlier dossier of the project is not looked for again.
/// `conditions` only ever grow from one examination to the next.
pub fn examine_after(dossier: &Dossier, coverage: &Coverage, conditions: &Conditions, known: &mut Known) -> Vec<Finding> {
    known.within(&dossier.assessment.cycle);
    let (filed, mut findings) = (Filed::of(dossier), Vec::new());
    missing::find(dossier, coverage, &mut findings);
    veto::find(dossier, coverage, &mut findings);
    demanded::find(dossier, &mut findings);
    known.find(dossier, &filed, conditions, &mut findings);
    filed.used_often(&mut findings);
    read_marks::find(dossier, &mut findings);
    personal::find(dossier, &mut findings);
    short::find(dossier, &mut findings);
    pending::find(dossier, &mut findings);
    alike::find(dossier, &mut findings);
    known.loose.find(dossier, &filed, &mut findings);
    assessed::find(dossier, coverage, &mut findings);
    scores::find(dossier, &mut findings);
    let order = Order::of(dossier);
    // The sort is stable: findings of one leaf and rule stay in the order of its pieces.
    findings.sort_by_cached_key(|finding| (finding.severity, order.place(finding), rule(&finding.kind)));
    findings
}

/// Points of the issued table that do not add up; no piece is looked at.
pub fn sums(dossier: &Dossier) -> Vec<Finding> {
    let mut findings = Vec::new();
    scores::find(dossier, &mut findings);
    findings
}

/// Where the leaves and areas stand in the table as issued.
struct Order {
    leaves: HashMap<IndicatorCode, usize>,
    areas: HashMap<String, usize>,
}

impl Order {
    fn of(dossier: &Dossier) -> Self {
        let (mut leaves, mut areas, mut place) = (HashMap::new(), HashMap::new(), 0);
        for (_, area) in dossier.catalogue.all_areas() {
            place += 1;
            areas.entry(area.code.clone()).or_insert(place);
            for indicator in &area.indicators {
                place += 1;
                leaves.entry(indicator.code.clone()).or_insert(place);
            }
        }
        for leaf in dossier.catalogue.leaves() {
            place += 1;
            leaves.entry(leaf.code().clone()).or_insert(place);
        }
        Self { leaves, areas }
    }

    /// 0 for the whole table, its place for a leaf or an area, the end for what is filed nowhere.
    fn place(&self, finding: &Finding) -> usize {
        match (&finding.kind, &finding.indicator) {
            (FindingKind::ScoreSum { of: Scored::Total, .. }, _) => 0,
            (FindingKind::ScoreSum { of: Scored::Area { code }, .. }, _) => self.areas.get(code).copied().unwrap_or(usize::MAX),
            (_, Some(code)) => self.leaves.get(code).copied().unwrap_or(usize::MAX),
            (_, None) => usize::MAX,
        }
    }
}

/// Order of the rules within one place.
fn rule(kind: &FindingKind) -> u8 {
    match kind {
        FindingKind::VetoUnproven | FindingKind::Unsigned | FindingKind::ClassifiedRead { .. } => 0,
        FindingKind::Demanded { .. } => 1,
        FindingKind::Missing { .. } => 2,
        FindingKind::NothingPrinted => 3,
        FindingKind::OutOfPeriod => 4,
        FindingKind::NoDate => 5,
        FindingKind::NoNumber | FindingKind::NoCaption => 6,
        FindingKind::NoSeal
        | FindingKind::Sideways { .. }
        | FindingKind::Askew { .. }
        | FindingKind::Black { .. }
        | FindingKind::Blank { .. }
        | FindingKind::Coarse { .. } => 7,
        FindingKind::TooLong { .. } | FindingKind::OtherPages { .. } | FindingKind::LetInShort { .. } => 8,
        FindingKind::UsedOften { .. } => 9,
        FindingKind::Unfiled | FindingKind::Pending { .. } | FindingKind::Alike { .. } => 10,
        FindingKind::ScoreSum { .. } => 11,
        FindingKind::ScoreAbove { .. } | FindingKind::BonusAbove { .. } => 12,
        FindingKind::ScoreUnproven { .. } => 13,
        FindingKind::PersonalNumbers | FindingKind::SensitiveRead { .. } => 14,
    }
}
