//! 收集包: which units owe what, and what came back.

use dossier::desk::{KitLine, KitPiece, KitReview, Returned, UnitStanding};
use dossier::domain::Units;
use dossier::wording;
use serde::Serialize;
use specta::Type;

use super::ids::id;
use super::{Id, local};

/// A unit, and how far it is.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnitStandingView {
    pub code: String,
    pub name: String,
    pub group: String,
    pub indicators: u32,
    /// Pieces that are missing, and those that are not due yet.
    pub missing: u32,
    pub not_due: u32,
    /// Pieces that came from it.
    pub pieces: u32,
    /// A 收集包 is made for it: it owes something, or helps where something is missing.
    pub kit: bool,
}

impl UnitStandingView {
    pub fn of(standing: &UnitStanding, units: &Units) -> Self {
        let UnitStanding { unit, indicators, missing, not_due, pieces, kit } = standing;
        Self {
            code: unit.0.clone(),
            name: units.name_of(unit).to_owned(),
            group: units.unit(unit).map(|unit| unit.group.clone()).unwrap_or_default(),
            indicators: *indicators,
            missing: *missing,
            not_due: *not_due,
            pieces: *pieces,
            kit: *kit,
        }
    }
}

/// A 收集包 that came back.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReturnedView {
    pub id: Id,
    pub unit: String,
    pub unit_name: String,
    pub at: String,
    pub made_on: String,
    /// Made for this round.
    pub ours: bool,
    pub files: u32,
    pub unfiled: u32,
    pub sentence: String,
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

/// 核对
#[derive(Serialize, Type)]
pub struct KitReviewView {
    pub returned: ReturnedView,
    pub lines: Vec<KitLineView>,
    pub others: Vec<KitPieceView>,
    /// Pieces that filing in one act would file.
    pub sure: u32,
    /// Why nothing is compared with the 报送清单; empty where it is.
    pub unlisted: String,
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

#[derive(Serialize, Type)]
pub struct KitLineView {
    pub code: String,
    pub text: String,
    pub came: Vec<KitPieceView>,
    /// The unit has to hand something in itself; else it only helps.
    pub owes: bool,
    /// What is still owed, a material each.
    pub owed: Vec<String>,
    /// What the unit listed beside what came, and its remarks.
    pub listed: String,
    pub remarks: Vec<String>,
    /// Other numbers came than it listed.
    pub differs: bool,
}

#[derive(Serialize, Type)]
pub struct KitPieceView {
    pub candidate: Id,
    pub name: String,
    pub path: String,
    /// 接收结论
    pub word: String,
    pub reason: String,
    pub pages: u32,
    pub document: Option<Id>,
    pub code: Option<String>,
    pub filed: bool,
    /// Where it is filed instead.
    pub elsewhere: Vec<String>,
    pub sure: bool,
}

impl From<KitPiece> for KitPieceView {
    fn from(piece: KitPiece) -> Self {
        let KitPiece { received, pages, indicator, document, filed, elsewhere, sure, .. } = piece;
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
            elsewhere: elsewhere.into_iter().map(|code| code.0).collect(),
            sure,
        }
    }
}
