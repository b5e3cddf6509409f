//! Everything at one moment, immutable: what check and compile see.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::{
    Assessment, Catalogue, Declaration, Demand, DemandKind, Document, DocumentId, Evidence, Finding, FindingKey, IndicatorCode,
    PendingFiles, SelfAssessment, SetAside, Units,
};

/// 卷宗: read from the store in one transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub assessment: Assessment,
    pub catalogue: Arc<Catalogue>,
    pub units: Arc<Units>,
    /// Documents that are not in 回收站. While nothing of one changes, it is shared with the dossier before.
    pub documents: BTreeMap<DocumentId, Arc<Document>>,
    /// Evidence of those documents by indicator, each list in its order.
    pub evidence: BTreeMap<IndicatorCode, Vec<Evidence>>,
    /// 自评 by leaf.
    pub assessed: BTreeMap<IndicatorCode, SelfAssessment>,
    /// 退回 and 待补, settled ones too, in the order they were made.
    pub demands: Vec<Demand>,
    /// 未发生承诺 by veto item.
    pub declared: BTreeMap<IndicatorCode, Declaration>,
    /// Findings that were looked at and need nothing; also what is found no more, or otherwise.
    pub set_aside: BTreeMap<FindingKey, SetAside>,
    /// Batches of which files wait for the clerk, in the order they were begun.
    pub pending: Vec<PendingFiles>,
    /// Pairs of pieces that looked alike when they were compared last, and were not settled yet.
    pub alike: u32,
}

impl Dossier {
    /// A piece that is not in 回收站.
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.get(&id).map(AsRef::as_ref)
    }

    /// What is filed under a leaf, in order.
    pub fn filed(&self, code: &IndicatorCode) -> impl Iterator<Item = (&Evidence, &Document)> {
        self.evidence.get(code).into_iter().flatten().filter_map(|evidence| Some((evidence, self.document(evidence.document)?)))
    }

    /// Every piece that is filed.
    pub fn filed_anywhere(&self) -> HashSet<DocumentId> {
        self.evidence.values().flatten().map(|evidence| evidence.document).collect()
    }

    /// Whether a leaf holds the same pieces in the same order as in an earlier dossier, and nothing of them changed.
    pub fn is_as_before(&self, before: &Self, code: &IndicatorCode) -> bool {
        let shared = |document: &DocumentId| match (self.documents.get(document), before.documents.get(document)) {
            (Some(now), Some(then)) => Arc::ptr_eq(now, then),
            (now, then) => now.is_none() && then.is_none(),
        };
        let (now, then) = (self.evidence.get(code), before.evidence.get(code));
        now == then && now.into_iter().flatten().all(|evidence| shared(&evidence.document))
    }

    /// Files that wait for the clerk.
    pub fn pending_files(&self) -> u32 {
        self.pending.iter().map(|pending| pending.files).sum()
    }

    /// The signed word on a veto item, where its paper is there.
    pub fn declared(&self, code: &IndicatorCode) -> Option<&Declaration> {
        let is_there = |paper: DocumentId| self.document(paper).is_some_and(|paper| !self.is_held(paper));
        self.declared.get(code).filter(|declared| declared.document.is_some_and(is_there))
    }

    /// A demand is open until the clerk settles it, or until an answer is filed where it was made: another piece of the year
    /// and the unit that it names, which was not sent back itself.
    pub fn is_open(&self, demand: &Demand) -> bool {
        let gone = || demand.indicator.is_none() && demand.document.is_some_and(|piece| !self.documents.contains_key(&piece));
        demand.settled.is_none() && !gone() && !self.is_answered(demand)
    }

    fn is_answered(&self, demand: &Demand) -> bool {
        let Some(code) = &demand.indicator else { return false };
        self.filed(code).any(|(evidence, document)| {
            evidence.id > demand.after
                && Some(document.id) != demand.document
                && demand.year.is_none_or(|year| document.years().contains(&year))
                && demand.unit.as_ref().is_none_or(|unit| document.description.unit.as_ref() == Some(unit))
                && self.counts(document)
        })
    }

    /// Demands that are open.
    pub fn open_demands(&self) -> impl Iterator<Item = &Demand> {
        self.demands.iter().filter(|demand| self.is_open(demand))
    }

    /// What holds a piece back: a return that is not settled, else an open demand.
    pub fn demand_on(&self, document: DocumentId) -> Option<&Demand> {
        let here = |demand: &&Demand| demand.document == Some(document) && self.is_open(demand);
        self.returned(document).or_else(|| self.demands.iter().rfind(here))
    }

    /// The return of a piece that the clerk has not settled: it counts for nothing and is not printed, not even beside the one that
    /// came for it.
    pub fn returned(&self, document: DocumentId) -> Option<&Demand> {
        let returns = self.demands.iter().rev().filter(|demand| demand.kind == DemandKind::Return && demand.settled.is_none());
        returns.into_iter().find(|demand| demand.document == Some(document))
    }

    /// Sent back, and not taken as it is: see [`Dossier::returned`].
    pub fn is_returned(&self, document: DocumentId) -> bool {
        self.returned(document).is_some()
    }

    /// A mark of a classified paper was read off it, and nobody has said that it was misread. Until then it counts for nothing, stands
    /// in no output, and nothing of it is covered or cut off.
    pub fn is_held(&self, document: &Document) -> bool {
        let Some(marked) = Finding::classified(document) else { return false };
        FindingKey::of(&marked, self).is_none_or(|key| !self.set_aside.contains_key(&key))
    }

    /// Whether a piece proves anything where it is filed: it was not sent back, and is not held back.
    pub fn counts(&self, document: &Document) -> bool {
        !self.is_returned(document.id) && !self.is_held(document)
    }
}
