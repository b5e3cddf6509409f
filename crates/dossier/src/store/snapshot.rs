//! The dossier: everything at one moment, in one transaction, and kept until the index changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::domain::{Catalogue, Demand, Document, DocumentId, Dossier, Evidence, IndicatorCode, Units};
use crate::error::Result;

use super::column::json;
use super::touched::Touched;
use super::{Store, assessed, batch, declared, demand, document, evidence, issued, look, set_aside};

/// The last dossier that was read, with SQLite's count of the commits that the reader has seen.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<(i64, Arc<Dossier>)>>);

impl Store {
    /// Documents that are not in 回收站, and where they are filed. Catalogue and units are passed in: they do not
    /// change while a project is open.
    ///
    /// Read again only after a commit: `data_version` tells the reader of every one that another connection made, and
    /// whatever is written goes through another one. Then only pieces and leaves that were written to are read; the others
    /// are shared with the dossier before. A commit that changed nothing of it, as of pages that were looked over, leaves the
    /// same one.
    pub fn dossier(&self, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Arc<Dossier>> {
        self.index.catch_up(|index, touched| {
            let version: i64 = index.pragma_query_value(None, "data_version", |row| row.get(0))?;
            let mut kept = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
            let dossier = match &*kept {
                Some((known, dossier)) if *known == version => return Ok(Arc::clone(dossier)),
                Some((_, before)) => after(index, before, touched)?,
                None => Arc::new(snapshot(index, catalogue, units)?),
            };
            *kept = Some((version, Arc::clone(&dossier)));
            Ok(dossier)
        })
    }
}

fn snapshot(index: &Connection, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Dossier> {
    Ok(Dossier {
        assessment: issued::assessment(index)?,
        catalogue: Arc::clone(catalogue),
        units: Arc::clone(units),
        documents: shared(document::select(index, "removed = 0", [])?),
        evidence: by_leaf(evidence::all(index)?),
        assessed: assessed::all(index)?,
        demands: demand::all(index)?,
        declared: declared::all(index)?,
        set_aside: set_aside::all(index)?,
        pending: batch::pending(index)?,
        alike: look::alike(index)?,
    })
}

fn shared(documents: Vec<Document>) -> BTreeMap<DocumentId, Arc<Document>> {
    documents.into_iter().map(|document| (document.id, Arc::new(document))).collect()
}

fn by_leaf(filed: Vec<Evidence>) -> BTreeMap<IndicatorCode, Vec<Evidence>> {
    let mut by_leaf: BTreeMap<IndicatorCode, Vec<Evidence>> = BTreeMap::new();
    for evidence in filed {
        by_leaf.entry(evidence.indicator.clone()).or_default().push(evidence);
    }
    by_leaf
}

/// Demands, and which of them are open: of pieces and leaves only those are read that they are about, as little as that is beside the
/// whole project.
#[derive(Debug)]
pub(crate) struct Asked(Dossier);

impl Asked {
    pub fn read(index: &Connection, catalogue: &Arc<Catalogue>, units: &Arc<Units>) -> Result<Self> {
        const ABOUT: &str = "removed = 0 AND document.id IN (
            SELECT document FROM evidence WHERE indicator IN (SELECT value FROM json_each(?1)) UNION SELECT value FROM json_each(?2))";
        let demands = demand::all(index)?;
        let unsettled = || demands.iter().filter(|demand| demand.settled.is_none());
        let leaves: BTreeSet<&IndicatorCode> = unsettled().filter_map(|demand| demand.indicator.as_ref()).collect();
        let pieces: BTreeSet<DocumentId> = unsettled().filter_map(|demand| demand.document).collect();
        let mut evidence = Vec::new();
        for leaf in &leaves {
            evidence.extend(evidence::under(index, leaf)?);
        }
        let documents = document::select(index, ABOUT, (&json("leaves", &leaves)?, &json("pieces", &pieces)?))?;
        Ok(Self(Dossier {
            assessment: issued::assessment(index)?,
            catalogue: Arc::clone(catalogue),
            units: Arc::clone(units),
            documents: shared(documents),
            evidence: by_leaf(evidence),
            assessed: BTreeMap::new(),
            demands,
            declared: BTreeMap::new(),
            set_aside: set_aside::all(index)?,
            pending: Vec::new(),
            alike: 0,
        }))
    }

    /// All demands, settled ones too.
    pub fn demands(&self) -> &[Demand] {
        &self.0.demands
    }

    pub fn into_demands(self) -> Vec<Demand> {
        self.0.demands
    }

    pub fn is_open(&self, demand: &Demand) -> bool {
        self.0.is_open(demand)
    }
}

/// A dossier with what was written since. What a clerk decides of places rather than pieces is little, and so is what waits: they are
/// read whole.
fn after(index: &Connection, before: &Arc<Dossier>, touched: &Touched) -> Result<Arc<Dossier>> {
    let (assessment, assessed) = (issued::assessment(index)?, assessed::all(index)?);
    let (demands, declared, set_aside) = (demand::all(index)?, declared::all(index)?, set_aside::all(index)?);
    let (pending, alike) = (batch::pending(index)?, look::alike(index)?);
    let known =
        (&before.assessment, &before.assessed, &before.demands, &before.declared, &before.set_aside, &before.pending, &before.alike);
    if touched.is_empty() && known == (&assessment, &assessed, &demands, &declared, &set_aside, &pending, &alike) {
        return Ok(Arc::clone(before));
    }
    let mut dossier = Dossier { assessment, assessed, demands, declared, set_aside, pending, alike, ..Dossier::clone(before) };
    let pieces = json("pieces", &touched.pieces)?;
    for piece in &touched.pieces {
        dossier.documents.remove(piece);
    }
    let written = document::select(index, "removed = 0 AND document.id IN (SELECT value FROM json_each(?1))", [&pieces])?;
    dossier.documents.extend(written.into_iter().map(|document| (document.id, Arc::new(document))));
    // A piece that went to 回收站, or came back, moves the others under its leaves.
    for leaf in touched.leaves.iter().cloned().chain(evidence::leaves_of(index, &pieces)?) {
        let filed = evidence::under(index, &leaf)?;
        if filed.is_empty() {
            dossier.evidence.remove(&leaf);
        } else {
            dossier.evidence.insert(leaf, filed);
        }
    }
    Ok(Arc::new(dossier))
}
