//! What is decided of places rather than pieces: 自评, 未发生承诺, 退回 and 待补; and pairs that are both kept.

use jiff::civil::Date;

use super::{Field, Key, Piece, Planning, Said, Side, Step, Subject, Three, What, key};
use crate::domain::{Declaration, Demand, DemandKind, DocumentId, IndicatorCode, Points, SelfAssessment, UnitCode};

/// A demand in two indexes.
type DemandKey<'a> = (DemandKind, Option<Key>, Option<&'a IndicatorCode>, Option<i16>, Option<&'a UnitCode>, &'a str, Date);

fn demand_key<'a>(side: &Side, demand: &'a Demand) -> DemandKey<'a> {
    let piece = demand.document.and_then(|id| side.key_of(id));
    let Demand { kind, indicator, year, unit, reason, day, .. } = demand;
    (*kind, piece, indicator.as_ref(), *year, unit.as_ref(), reason, *day)
}

impl Side {
    fn key_of(&self, id: DocumentId) -> Option<Key> {
        self.documents.iter().find(|document| document.id == id).map(key)
    }

    /// A declaration with its paper told by what it is, so that two sides can be compared.
    fn declaration(&self, code: &IndicatorCode) -> Option<(&str, Date, Option<Key>)> {
        let said = self.declared.get(code)?;
        Some((&said.signer, said.signed_on, said.document.and_then(|id| self.key_of(id))))
    }
}

impl Planning<'_> {
    pub(super) fn places(&mut self) {
        for (code, theirs) in &self.theirs.assessed {
            self.assess(code, theirs);
        }
        for (code, theirs) in &self.theirs.declared {
            self.declare(code, theirs);
        }
        self.demands();
        for (one, other) in &self.theirs.kept_both {
            self.keep_both(*one, *other);
        }
    }

    fn assess(&mut self, code: &IndicatorCode, theirs: &SelfAssessment) {
        let nothing = SelfAssessment::default();
        let ours = self.ours.assessed.get(code).unwrap_or(&nothing);
        let base = self.base.map(|base| base.assessed.get(code).unwrap_or(&nothing));
        let subject = Subject::leaf(code);
        let at = |said: &SelfAssessment, part: usize| said.points.get(part).copied().flatten();
        let parts = ours.points.len().max(theirs.points.len());
        let points: Vec<Option<Points>> = (0..parts)
            .map(|part| {
                let base = base.map(|base| at(base, part));
                let three = Three { ours: &at(ours, part), theirs: &at(theirs, part), base: base.as_ref() };
                self.field(&subject, Field::Points(part), three, Option::is_none, |points| Said::Points(*points))
            })
            .collect();
        let three = Three { ours: &ours.narrative, theirs: &theirs.narrative, base: base.map(|base| &base.narrative) };
        let narrative = self.field(&subject, Field::Narrative, three, String::is_empty, |text| Said::Text(text.clone()));
        let merged = SelfAssessment { points, narrative };
        if merged.narrative != ours.narrative || (0..parts).any(|part| at(&merged, part) != at(ours, part)) {
            self.filing.push(Step::Assess(code.clone(), merged));
        }
        self.told(subject);
    }

    fn declare(&mut self, code: &IndicatorCode, declaration: &Declaration) {
        let subject = Subject::leaf(code);
        let (ours, theirs) = (self.ours.declaration(code), self.theirs.declaration(code));
        let base = self.base.map(|base| base.declaration(code));
        let told = |side: &Side| side.declared.get(code).cloned();
        let (our, their) = (told(self.ours), told(self.theirs));
        let three = Three { ours: &ours, theirs: &theirs, base: base.as_ref() };
        let merged = self.field(&subject, Field::Declaration, three, Option::is_none, |said| {
            Said::Declaration(if *said == ours { our.clone() } else { their.clone() })
        });
        if merged != ours {
            let paper = declaration.document.and_then(|id| self.matched.get(&id).copied());
            self.filing.push(Step::Declare(code.clone(), declaration.clone(), paper));
        }
        self.told(subject);
    }

    /// Theirs are added; one that they have called settled is settled here.
    fn demands(&mut self) {
        let known: Vec<(DemandKey<'_>, &Demand)> = self.ours.demands.iter().map(|demand| (demand_key(self.ours, demand), demand)).collect();
        let before: Vec<DemandKey<'_>> =
            self.base.map(|base| base.demands.iter().map(|demand| demand_key(base, demand)).collect()).unwrap_or_default();
        let mut answered = Vec::new();
        for theirs in &self.theirs.demands {
            let key = demand_key(self.theirs, theirs);
            let piece = theirs.document.and_then(|id| self.matched.get(&id).copied());
            // Every demand is about a leaf, or a piece that was filed nowhere.
            let about = theirs.indicator.as_ref().map(Subject::leaf).or_else(|| self.theirs_piece(theirs.document));
            let Some(subject) = about else { continue };
            if let Some((_, ours)) = known.iter().find(|(known, _)| *known == key) {
                let (None, Some(day)) = (ours.settled, theirs.settled) else { continue };
                self.filing.push(Step::Settle(ours.id, day));
                self.changed.push(What::Settled(theirs.clone()));
            } else if !before.contains(&key) && theirs.document.is_some() == piece.is_some() {
                // A demand is answered by what is filed after it: one that was answered there goes before their filings.
                let step = Step::Demand(theirs.clone(), piece);
                let steps = if self.theirs.answered.contains(&theirs.id) { &mut answered } else { &mut self.filing };
                steps.push(step);
                self.changed.push(What::Demanded(theirs.clone()));
            }
            self.told(subject);
        }
        self.filing.splice(0..0, answered);
    }

    fn theirs_piece(&self, id: Option<DocumentId>) -> Option<Subject> {
        self.theirs.documents.iter().find(|document| Some(document.id) == id).map(Subject::piece)
    }

    fn keep_both(&mut self, one: DocumentId, other: DocumentId) {
        let (Some(one), Some(other)) = (self.matched.get(&one).copied(), self.matched.get(&other).copied()) else { return };
        if let (Piece::Ours(one), Piece::Ours(other)) = (one, other)
            && self.ours.kept_both.contains(&(one.min(other), one.max(other)))
        {
            return;
        }
        self.filing.push(Step::KeepBoth(one, other));
    }
}
