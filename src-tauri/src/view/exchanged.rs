//! How what crosses in 交换 is made from what the desk answers.

use dossier::desk::{Difference, Differs, KitLine, KitPiece, KitReview, NextRound, Returned, Saved, UnitStanding};
use dossier::domain::Units;
use dossier::wording;

use super::made::{id, local};
use super::{DifferenceView, DoneView, KitLineView, KitPieceView, KitReviewView, NextRoundView, ReturnedView, SavedView, UnitStandingView};

impl UnitStandingView {
    pub fn of(standing: &UnitStanding, units: &Units) -> Self {
        let UnitStanding { unit, indicators, missing, not_due, pieces } = standing;
        Self {
            code: unit.0.clone(),
            name: units.name_of(unit).to_owned(),
            group: units.unit(unit).map(|unit| unit.group.clone()).unwrap_or_default(),
            indicators: *indicators,
            missing: *missing,
            not_due: *not_due,
            pieces: *pieces,
        }
    }
}

impl DoneView {
    pub fn of((title, lines): (String, Vec<String>)) -> Self {
        Self { title, lines }
    }
}

impl From<&Returned> for ReturnedView {
    fn from(returned: &Returned) -> Self {
        let Returned { id: kit_id, at, kit, ours, files, unfiled, .. } = returned;
        Self {
            id: id(kit_id.0),
            unit: kit.unit.0.clone(),
            unit_name: kit.unit_name.clone(),
            at: local(*at),
            made_on: kit.made_on.to_string(),
            ours: *ours,
            files: *files,
            unfiled: *unfiled,
            sentence: wording::kit::returned(kit, *ours, *files),
        }
    }
}

impl From<KitReview> for KitReviewView {
    fn from(review: KitReview) -> Self {
        let line = |line: KitLine| KitLineView {
            listed: wording::kit::listing(line.listing()),
            remarks: wording::kit::remarks(&line.listed),
            differs: line.listing().is_some_and(|listing| listing.differs()),
            code: line.indicator.0,
            text: line.text,
            came: line.came.into_iter().map(KitPieceView::from).collect(),
            owes: line.owes,
            owed: wording::kit::owed(&line.owed),
        };
        Self {
            returned: ReturnedView::from(&review.returned),
            lines: review.lines.into_iter().map(line).collect(),
            others: review.others.into_iter().map(KitPieceView::from).collect(),
            sure: review.sure,
            unlisted: if review.form { String::new() } else { wording::kit::NO_FORM.to_owned() },
        }
    }
}

impl From<KitPiece> for KitPieceView {
    fn from(piece: KitPiece) -> Self {
        let KitPiece { received, pages, indicator, document, filed, sure } = piece;
        Self {
            candidate: id(received.candidate.0),
            name: received.name,
            path: received.path,
            word: wording::verdict::verdict(&received.verdict).to_owned(),
            reason: received.reason,
            pages,
            document: document.map(|document| id(document.0)),
            code: indicator.map(|code| code.0),
            filed,
            sure,
        }
    }
}

impl From<&Saved> for SavedView {
    fn from(saved: &Saved) -> Self {
        Self {
            file: saved.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            at: saved.at.map(local).unwrap_or_default(),
            bytes: u32::try_from(saved.bytes).unwrap_or(u32::MAX),
        }
    }
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        let said = |differs: Vec<Differs>| differs.into_iter().map(|one| format!("《{}》　{}", one.title, one.what)).collect();
        let Difference { unknown, back, unfiled, filed, described } = difference;
        Self { unknown, back, unfiled: said(unfiled), filed: said(filed), described: said(described) }
    }
}

impl From<NextRound> for NextRoundView {
    fn from(round: NextRound) -> Self {
        Self { name: round.name, from: round.years.0, to: round.years.1, due: round.due.to_string() }
    }
}
