//! 自评, 退回 and 待补, 未发生承诺: what the clerk decides about places rather than pieces. Each is one step of undoing.

use crate::domain::{
    Declaration, Demand, DemandId, DemandKind, Document, DocumentId, EvidenceId, IndicatorCode, Leaf, SelfAssessment, UnitCode,
};
use crate::error::{Error, Result, Unsaid};
use crate::store::{Deed, assessed, declared, demand};

use super::arrange::present;
use super::{Desk, Place, Row};

/// The cell of the grid (indicator, year, unit) that a demand without a piece is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub indicator: IndicatorCode,
    /// `None`: every year, or what is asked once.
    pub year: Option<i16>,
    /// `None`: whoever owes it.
    pub unit: Option<UnitCode>,
}

impl Desk {
    /// Writes 自评分, part by part, and 自评说明 of an indicator or a bonus item.
    ///
    /// # Errors
    /// [`Error::NotAScore`]: more than a part is worth, or no whole steps; nothing was written.
    pub fn self_assess(&self, code: &IndicatorCode, said: &SelfAssessment) -> Result<()> {
        let leaf = self.leaf(code)?;
        let (parts, step) = (leaf.parts(), self.catalogue.score_step);
        for (at, points) in said.points.iter().enumerate() {
            let Some(points) = *points else { continue };
            let most = parts.get(at).map(|part| part.points).unwrap_or_default();
            if !parts.get(at).is_some_and(|part| part.allows(points, step)) {
                return Err(Error::NotAScore { code: code.clone(), part: at + 1, points, most, step });
            }
        }
        self.act(|_| Ok(Deed::SelfAssess { code: code.clone(), points: said.total() }), |index| assessed::put(index, code, said))
    }

    /// 退回 or 待补 of pieces. `under` is the leaf in whose list they are; what they lacked there is owed again.
    ///
    /// # Errors
    /// [`Error::Unsaid`] without a reason.
    pub fn demand(&self, kind: DemandKind, documents: &[DocumentId], under: Option<&IndicatorCode>, reason: &str) -> Result<()> {
        let reason = said(reason, Unsaid::Reason)?;
        self.act(
            |index| Ok(Deed::Demand { kind, pieces: present(index, documents)? }),
            |index| {
                documents.iter().try_for_each(|id| {
                    let found = crate::store::document::one(index, *id)?;
                    let first = || Ok(crate::store::evidence::of(index, *id)?.into_iter().next().map(|evidence| evidence.indicator));
                    let indicator = under.cloned().map_or_else(first, |code| Ok::<_, Error>(Some(code)))?;
                    let year = match found.years().as_slice() {
                        [year] => Some(*year),
                        _ => None,
                    };
                    let unit = found.description.unit.clone();
                    demand::make(index, &self.new_demand(kind, Some(*id), indicator, year, unit, reason)).map(drop)
                })
            },
        )
    }

    /// 待补 or 退回 of a place where nothing lies.
    ///
    /// # Errors
    /// [`Error::Unsaid`] without a reason, [`Error::NoSuchIndicator`].
    pub fn demand_at(&self, kind: DemandKind, cell: &Cell, reason: &str) -> Result<()> {
        let reason = said(reason, Unsaid::Reason)?;
        self.leaf(&cell.indicator)?;
        let Cell { indicator, year, unit } = cell;
        let made = self.new_demand(kind, None, Some(indicator.clone()), *year, unit.clone(), reason);
        self.act(|_| Ok(Deed::DemandAt { kind, code: indicator.clone(), year: *year }), |index| demand::make(index, &made).map(drop))
    }

    /// The clerk calls a demand settled.
    pub fn settle(&self, id: DemandId) -> Result<()> {
        let today = self.today();
        self.act(
            |index| {
                let Demand { kind, indicator, .. } = demand::one(index, id)?;
                Ok(Deed::SettleDemand { kind, code: indicator })
            },
            |index| demand::settle(index, id, today),
        )
    }

    /// Records that a veto item was declared not to have happened, or takes the record away. The signed paper is filed
    /// under the item with it.
    ///
    /// # Errors
    /// [`Error::NotAVeto`], [`Error::Unsaid`] without a signer.
    pub fn declare(&self, code: &IndicatorCode, declaration: Option<&Declaration>) -> Result<()> {
        if !matches!(self.leaf(code)?, Leaf::Veto(_)) {
            return Err(Error::NotAVeto { code: code.clone() });
        }
        let Some(declaration) = declaration else {
            return self.act(|_| Ok(Deed::WithdrawDeclaration { code: code.clone() }), |index| declared::withdraw(index, code));
        };
        let signer = said(&declaration.signer, Unsaid::Signer)?.to_owned();
        let written = Declaration { signer: signer.clone(), ..declaration.clone() };
        self.act(
            |index| {
                present(index, written.document.as_slice())?;
                Ok(Deed::Declare { code: code.clone(), signer: signer.clone() })
            },
            |index| {
                declared::put(index, code, &written)?;
                written.document.iter().try_for_each(|paper| crate::store::evidence::file(index, *paper, code))
            },
        )
    }

    /// Papers that may be the signed word on a veto item: what lies there, then what waits and is called so, then what lies elsewhere
    /// and is plainly called so: one paper may be signed for several items.
    pub fn papers(&self, code: &IndicatorCode) -> Result<Vec<Row>> {
        /// Words in the titles of such papers; the last two are in many others.
        const CALLED: [&str; 4] = ["承诺", "声明", "说明", "证明"];
        let dossier = self.dossier()?;
        let called = |id: &DocumentId, words: &[&str]| {
            let is_in =
                |paper: &Document| words.iter().any(|word| paper.description.title.contains(word) || paper.original_name.contains(word));
            dossier.document(*id).is_some_and(is_in)
        };
        let here = self.standing_at(&dossier, &Place::Leaf(code.clone()))?;
        let mut waiting = self.standing_at(&dossier, &Place::Unfiled)?;
        waiting.retain(|id| called(id, &CALLED));
        let mut elsewhere = self.standing_at(&dossier, &Place::All)?;
        elsewhere.retain(|id| called(id, &CALLED[..2]) && !here.contains(id) && !waiting.contains(id));
        self.rows(&[here, waiting, elsewhere].concat(), None, "")
    }

    fn new_demand(
        &self,
        kind: DemandKind,
        document: Option<DocumentId>,
        indicator: Option<IndicatorCode>,
        year: Option<i16>,
        unit: Option<UnitCode>,
        reason: &str,
    ) -> Demand {
        let (id, after) = (DemandId(0), EvidenceId(0));
        Demand { id, kind, document, indicator, year, unit, reason: reason.to_owned(), day: self.today(), settled: None, after }
    }

    fn leaf(&self, code: &IndicatorCode) -> Result<Leaf<'_>> {
        self.catalogue.leaf(code).ok_or_else(|| Error::NoSuchIndicator { code: code.clone() })
    }
}

/// Trims what the clerk typed.
pub(super) fn said(text: &str, what: Unsaid) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() { Err(Error::Unsaid { what }) } else { Ok(text) }
}
