//! What is decided of places rather than pieces: 自评, 未发生承诺, 退回 and 待补; and pairs that are both kept.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{BySide, Field, Key, Piece, Planning, Said, Step, Subject, Three, What};
use crate::domain::{Demand, DemandKind, DocumentId, IndicatorCode, Points, SelfAssessment, UnitCode};

/// A declaration in two indexes: by whom, when, and the paper.
type Declared<'a> = Option<(&'a str, Date, Option<Key>)>;

/// Whether both are one declaration, of which only theirs has the paper.
fn lacks_paper(ours: &Declared<'_>, theirs: &Declared<'_>) -> bool {
    matches!((ours, theirs), (Some((signer, day, None)), Some((theirs, on, Some(_)))) if (signer, day) == (theirs, on))
}

/// A demand in two indexes.
type DemandKey<'a> = (Option<Key>, Asked<'a>);

/// What a demand says, of whichever piece.
type Asked<'a> = (DemandKind, Option<&'a IndicatorCode>, Option<i16>, Option<&'a UnitCode>, &'a str, Date);

fn demand_key<'a>(side: &BySide<'_>, demand: &'a Demand) -> DemandKey<'a> {
    (demand.document.and_then(|id| side.key_of(id)), asked(demand))
}

fn asked(demand: &Demand) -> Asked<'_> {
    let Demand { kind, indicator, year, unit, reason, day, .. } = demand;
    (*kind, indicator.as_ref(), *year, unit.as_ref(), reason, *day)
}

impl<'a> BySide<'a> {
    /// A declaration with its paper told by what it is, so that two sides can be compared.
    fn declaration(&self, code: &IndicatorCode) -> Declared<'a> {
        let said = self.side.declared.get(code)?;
        Some((&said.signer, said.signed_on, said.document.and_then(|id| self.key_of(id))))
    }
}

impl Planning<'_> {
    pub(super) fn places(&mut self) {
        // Of what they had when they parted, too: it may have been taken away there.
        let (theirs, base) = (self.theirs.side, self.base.map(|base| base.side));
        let assessed: BTreeSet<_> = theirs.assessed.keys().chain(base.into_iter().flat_map(|base| base.assessed.keys())).collect();
        assessed.into_iter().for_each(|code| self.assess(code));
        let declared: BTreeSet<_> = theirs.declared.keys().chain(base.into_iter().flat_map(|base| base.declared.keys())).collect();
        declared.into_iter().for_each(|code| self.declare(code));
        self.demands();
        for (one, other) in &theirs.kept_both {
            self.keep_both(*one, *other);
        }
    }

    fn assess(&mut self, code: &IndicatorCode) {
        let said = |side: &BySide<'_>| side.side.assessed.get(code).cloned().unwrap_or_default();
        let (ours, theirs, base) = (said(self.ours), said(self.theirs), self.base.map(said));
        // What is empty is filled only as long as it is not known that it was emptied.
        let fills = base.is_none();
        let subject = Subject::leaf(code);
        let at = |said: &SelfAssessment, part: usize| said.points.get(part).copied().flatten();
        let parts = ours.points.len().max(theirs.points.len());
        let points: Vec<Option<Points>> = (0..parts)
            .map(|part| {
                let base = base.as_ref().map(|base| at(base, part));
                let three = Three { ours: &at(&ours, part), theirs: &at(&theirs, part), base: base.as_ref() };
                let is_empty = |points: &Option<Points>| fills && points.is_none();
                self.field(&subject, Field::Points(part), three, is_empty, |points| Said::Points(*points))
            })
            .collect();
        let three = Three { ours: &ours.narrative, theirs: &theirs.narrative, base: base.as_ref().map(|base| &base.narrative) };
        let is_empty = |text: &String| fills && text.is_empty();
        let narrative = self.field(&subject, Field::Narrative, three, is_empty, |text| Said::Text(text.clone()));
        let merged = SelfAssessment { points, narrative };
        if merged.narrative != ours.narrative || (0..parts).any(|part| at(&merged, part) != at(&ours, part)) {
            self.filing.push(Step::Assess(code.clone(), merged));
        }
        self.told(subject);
    }

    /// A declaration that one side made or took back is followed; one that is not known to be new there is asked for.
    fn declare(&mut self, code: &IndicatorCode) {
        let subject = Subject::leaf(code);
        let (ours, theirs) = (self.ours.declaration(code), self.theirs.declaration(code));
        let base = self.base.map(|base| base.declaration(code));
        let told = |side: &BySide<'_>| side.side.declared.get(code).cloned();
        let (our, their) = (told(self.ours), told(self.theirs));
        let paper = their.as_ref().and_then(|said| said.document).and_then(|id| self.matched.get(&id).copied());
        let base = if lacks_paper(&ours, &theirs) && matches!(paper, Some(Piece::Theirs(_))) {
            // It was declared here before its paper could come in.
            Some(ours.clone())
        } else {
            base
        };
        let three = Three { ours: &ours, theirs: &theirs, base: base.as_ref() };
        let merged = self.field(
            &subject,
            Field::Declaration,
            three,
            |_| false,
            |said| Said::Declaration(if *said == ours { our.clone() } else { their.clone() }),
        );
        if merged != ours {
            self.filing.push(their.map_or_else(|| Step::Withdraw(code.clone()), |said| Step::Declare(code.clone(), said, paper)));
        }
        self.told(subject);
    }

    /// Theirs are added; one that they have called settled is settled here. One that is open on both sides is not answered by what is
    /// filed now: they have split or joined what lay there.
    fn demands(&mut self) {
        let (ours_answered, theirs_answered) = (&self.ours.side.answered, &self.theirs.side.answered);
        let known: Vec<(DemandKey<'_>, &Demand)> =
            self.ours.side.demands.iter().map(|demand| (demand_key(self.ours, demand), demand)).collect();
        let before: Vec<DemandKey<'_>> =
            self.base.map(|base| base.side.demands.iter().map(|demand| demand_key(base, demand)).collect()).unwrap_or_default();
        let (mut answered, mut open) = (Vec::new(), Vec::new());
        for theirs in &self.theirs.side.demands {
            let key = demand_key(self.theirs, theirs);
            let piece = theirs.document.and_then(|id| self.matched.get(&id).copied());
            // Every demand is about a leaf, or a piece that was filed nowhere.
            let about = || theirs.document.and_then(|id| self.theirs.piece(id)).map(Subject::piece);
            let about = theirs.indicator.as_ref().map(Subject::leaf).or_else(about);
            let Some(subject) = about else { continue };
            // A piece that they have split is still the one of ours, and has other pages.
            let is_of_ours = |ours: &Demand| piece.is_some() && ours.document.map(Piece::Ours) == piece && asked(ours) == asked(theirs);
            if let Some((_, ours)) = known.iter().find(|(known, ours)| *known == key || is_of_ours(ours)) {
                match (ours.settled, theirs.settled) {
                    (None, Some(day)) => {
                        self.filing.push(Step::Settle(ours.id, day));
                        self.changed.push(What::Settled(theirs.clone()));
                    }
                    (None, None) if !ours_answered.contains(&ours.id) && !theirs_answered.contains(&theirs.id) => {
                        open.push((ours.indicator.clone(), Step::AskOn(ours.id)));
                    }
                    _ => continue,
                }
            } else if (!before.contains(&key) || matches!(piece, Some(Piece::Theirs(_)))) && theirs.document.is_some() == piece.is_some() {
                // What is said of a piece that comes in only now comes with it, however old it is.
                // A demand is answered by what is filed after it: one that was answered there goes before their filings.
                let step = Step::Demand(theirs.clone(), piece);
                let steps = if theirs_answered.contains(&theirs.id) { &mut answered } else { &mut self.filing };
                steps.push(step);
                self.changed.push(What::Demanded(theirs.clone()));
            }
            self.told(subject);
        }
        self.filing.splice(0..0, answered);
        let is_filed_under = |leaf: &Option<IndicatorCode>| {
            self.filing.iter().any(|step| matches!(step, Step::File(_, under) if Some(under) == leaf.as_ref()))
        };
        open.retain(|(leaf, _)| is_filed_under(leaf));
        self.filing.extend(open.into_iter().map(|(_, step)| step));
    }

    fn keep_both(&mut self, one: DocumentId, other: DocumentId) {
        let (Some(one), Some(other)) = (self.matched.get(&one).copied(), self.matched.get(&other).copied()) else { return };
        if let (Piece::Ours(one), Piece::Ours(other)) = (one, other)
            && self.ours.side.kept_both.contains(&(one.min(other), one.max(other)))
        {
            return;
        }
        self.filing.push(Step::KeepBoth(one, other));
    }
}
