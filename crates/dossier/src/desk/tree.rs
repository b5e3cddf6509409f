//! The tree on the left: areas and leaves with their counts and years.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::check::coverage::{self, Coverage};
use crate::domain::{Area, DocumentId, Dossier, IndicatorCode, UnitCode, YearState};
use crate::error::Result;
use crate::store::document;

use super::Desk;

/// Where a list of pieces comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// An indicator, a veto item or a bonus item.
    Leaf(IndicatorCode),
    /// An area with the areas within it.
    Area(String),
    /// 一票否决项, all of them.
    Vetoes,
    /// 加分项, all of them.
    Bonuses,
    /// 来源单位
    Unit(UnitCode),
    /// 未归类
    Unfiled,
    /// 回收站
    Removed,
    All,
}

/// One line of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub key: Place,
    pub depth: u32,
    /// Code as issued; empty where there is none.
    pub code: String,
    /// Wording as issued; empty for the places that have no name of their own.
    pub title: String,
    /// Pieces, each counted once.
    pub documents: u32,
    /// State of each year of the period; empty where nothing is asked by year, and for areas.
    pub years: Vec<(i16, YearState)>,
    /// The worst of what is asked; `None` where nothing is asked.
    pub state: Option<YearState>,
    /// Indicators and veto items that are complete, and all of them; for areas and groups.
    pub complete: u32,
    pub leaves: u32,
}

/// The last tree, with what it was made of: the next is made of what changed since.
#[derive(Debug, Default)]
pub(super) struct LastTree(Mutex<Option<Grown>>);

#[derive(Debug)]
struct Grown {
    dossier: Arc<Dossier>,
    today: Date,
    coverage: Arc<Coverage>,
    nodes: Vec<Node>,
}

impl Desk {
    /// Areas with their leaves, veto items, bonus items, then 全部, 未归类 and 回收站; depth first.
    pub fn tree(&self) -> Result<Vec<Node>> {
        self.grown(&self.dossier()?, self.today(), |grown| grown.nodes.clone())
    }

    /// State of every leaf.
    pub(super) fn coverage(&self, dossier: &Arc<Dossier>, today: Date) -> Result<Arc<Coverage>> {
        self.grown(dossier, today, |grown| Arc::clone(&grown.coverage))
    }

    fn grown<T>(&self, dossier: &Arc<Dossier>, today: Date, take: impl FnOnce(&Grown) -> T) -> Result<T> {
        let mut last = self.last_tree.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last.as_ref().filter(|grown| grown.today == today);
        if let Some(grown) = before.filter(|grown| Arc::ptr_eq(&grown.dossier, dossier)) {
            return Ok(take(grown));
        }
        let coverage = Arc::new(match before {
            Some(grown) => coverage::leaves_after(dossier, today, &grown.dossier, &grown.coverage),
            None => coverage::leaves(dossier, today),
        });
        let nodes = self.nodes(dossier, &coverage)?;
        Ok(take(last.insert(Grown { dossier: Arc::clone(dossier), today, coverage, nodes })))
    }

    fn nodes(&self, dossier: &Dossier, coverage: &Coverage) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        for area in &self.catalogue.areas {
            add_area(&mut nodes, dossier, coverage, area, 0);
        }
        let vetoes = self.catalogue.veto_items.iter().map(|veto| (&veto.code, veto.text.as_str()));
        add_group(&mut nodes, dossier, coverage, Place::Vetoes, vetoes);
        let bonuses = self.catalogue.bonus_items.iter().map(|bonus| (&bonus.code, bonus.text.as_str()));
        add_group(&mut nodes, dossier, &Coverage::new(), Place::Bonuses, bonuses);
        let filed = dossier.filed_anywhere();
        let unfiled = dossier.documents.keys().filter(|id| !filed.contains(id)).count();
        nodes.push(plain(Place::All, dossier.documents.len()));
        nodes.push(plain(Place::Unfiled, unfiled));
        nodes.push(plain(Place::Removed, self.store.read(document::removed)?));
        Ok(nodes)
    }

    /// Units in the order issued, with the pieces that came from each; the second view of the tree.
    pub fn units_tree(&self) -> Result<Vec<Node>> {
        let mut counts: BTreeMap<UnitCode, usize> = BTreeMap::new();
        for document in self.dossier()?.documents.values() {
            if let Some(unit) = &document.description.unit {
                *counts.entry(unit.clone()).or_default() += 1;
            }
        }
        let node = |unit: &crate::domain::Unit| Node {
            code: unit.code.0.clone(),
            title: unit.name.clone(),
            ..plain(Place::Unit(unit.code.clone()), counts.get(&unit.code).copied().unwrap_or(0))
        };
        Ok(self.units.units.iter().map(node).collect())
    }
}

/// Adds an area and what is below it; the answer is the pieces within, each once.
fn add_area(nodes: &mut Vec<Node>, dossier: &Dossier, coverage: &Coverage, area: &Area, depth: u32) -> HashSet<DocumentId> {
    let at = nodes.len();
    nodes.push(Node { depth, code: area.code.clone(), title: area.title.clone(), ..plain(Place::Area(area.code.clone()), 0) });
    let mut within = HashSet::new();
    for indicator in &area.indicators {
        within.extend(add_leaf(nodes, dossier, coverage, &indicator.code, &indicator.content, depth + 1));
    }
    for area in &area.areas {
        within.extend(add_area(nodes, dossier, coverage, area, depth + 1));
    }
    sum_up(nodes, at, within.len());
    within
}

fn add_group<'a>(
    nodes: &mut Vec<Node>,
    dossier: &Dossier,
    coverage: &Coverage,
    place: Place,
    leaves: impl Iterator<Item = (&'a IndicatorCode, &'a str)>,
) {
    let at = nodes.len();
    nodes.push(plain(place, 0));
    let mut within = HashSet::new();
    for (code, text) in leaves {
        within.extend(add_leaf(nodes, dossier, coverage, code, text, 1));
    }
    if nodes.len() == at + 1 {
        nodes.pop();
    } else {
        sum_up(nodes, at, within.len());
    }
}

fn add_leaf(
    nodes: &mut Vec<Node>,
    dossier: &Dossier,
    coverage: &Coverage,
    code: &IndicatorCode,
    text: &str,
    depth: u32,
) -> Vec<DocumentId> {
    let filed: Vec<DocumentId> = dossier.filed(code).map(|(_, document)| document.id).collect();
    let covered = coverage.get(code);
    nodes.push(Node {
        depth,
        code: code.0.clone(),
        title: text.to_owned(),
        years: covered.map(|covered| covered.years.clone()).unwrap_or_default(),
        state: covered.map(|covered| covered.whole),
        ..plain(Place::Leaf(code.clone()), filed.len())
    });
    filed
}

/// State and counts of the node at `at` from the leaves that follow it.
fn sum_up(nodes: &mut [Node], at: usize, documents: usize) {
    let states: Vec<YearState> =
        nodes[at + 1..].iter().filter(|node| matches!(node.key, Place::Leaf(_))).filter_map(|node| node.state).collect();
    let node = &mut nodes[at];
    node.documents = documents as u32;
    node.state = states.iter().max().copied();
    node.leaves = states.len() as u32;
    node.complete = states.iter().filter(|state| **state == YearState::Complete).count() as u32;
}

fn plain(key: Place, documents: usize) -> Node {
    Node {
        key,
        depth: 0,
        code: String::new(),
        title: String::new(),
        documents: documents as u32,
        years: Vec::new(),
        state: None,
        complete: 0,
        leaves: 0,
    }
}
