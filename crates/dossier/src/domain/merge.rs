//! 并入: what was done on a copy of the project, on another computer, comes into this one. A pure function of what both decide, and
//! of what they decided alike before they parted; it says what is written, what is asked, and what stays out.
//!
//! Pieces are told by their scan and their pages. Where only one side changed a thing since they parted, or since the last merge, that side is right; where
//! both did, ours stands unless the clerk chooses theirs. Nothing is known of the moment they parted in an index out of which
//! something was purged since, or where each was merged into the other before it knew of that: then what is empty here is filled, but
//! for declarations, and whatever else differs is asked.
//!
//! What lies in 回收站 is merged like the rest: a merge notes how far it has seen, and looks at nothing before that again.

mod pieces;
mod places;
#[cfg(test)]
mod tests;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use scans::{Digest, Framing, Mask};
use serde::{Deserialize, Serialize};

use super::{
    Caption, Declaration, Demand, DemandId, Description, Document, DocumentId, IndicatorCode, Line, Page, Points, SelfAssessment, UnitCode,
};

/// What one project decides, as far as it is merged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Pieces, those in 回收站 too, in the order received.
    pub documents: Vec<Document>,
    /// What is filed under a leaf, in order; of pieces in 回收站 too.
    pub filed: BTreeMap<IndicatorCode, Vec<DocumentId>>,
    /// Filings under which the piece is printed again (另印).
    pub reprinted: BTreeSet<(DocumentId, IndicatorCode)>,
    pub assessed: BTreeMap<IndicatorCode, SelfAssessment>,
    pub demands: Vec<Demand>,
    /// Demands that something filed later has answered.
    pub answered: BTreeSet<DemandId>,
    pub declared: BTreeMap<IndicatorCode, Declaration>,
    /// Pairs that look alike and are both kept, the one received first in front.
    pub kept_both: BTreeSet<(DocumentId, DocumentId)>,
}

/// A piece, in our project or in the one that is merged in, by its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    Ours(DocumentId),
    /// One that came from there in an earlier step.
    Theirs(DocumentId),
}

/// What is written, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A piece of theirs comes in with all that is decided of it alone.
    Bring(DocumentId),
    /// A piece of ours is split as theirs is: the last pages become theirs `part`.
    SplitOff {
        whole: DocumentId,
        part: DocumentId,
    },
    Describe(Piece, Description),
    Caption(Piece, Caption),
    /// Turn, framing and leaving out of a page.
    Edit(Piece, Page),
    Line(Piece, u32, Line),
    Cover(Piece, u32, Mask),
    KeepBoth(Piece, Piece),
    /// The piece it is about stands beside it, as numbers of theirs mean nothing here.
    Demand(Demand, Option<Piece>),
    Settle(DemandId, Date),
    /// Nothing that was filed by then is its answer.
    AskOn(DemandId),
    File(Piece, IndicatorCode),
    Unfile(Piece, IndicatorCode),
    /// 另印, or 互见, where it is filed by then.
    Reprint(Piece, IndicatorCode, bool),
    /// Into 回收站.
    Remove(Piece),
    /// Out of 回收站.
    Restore(Piece),
    Assess(IndicatorCode, SelfAssessment),
    /// With its paper, as far as that is here or comes in.
    Declare(IndicatorCode, Declaration, Option<Piece>),
    /// The declaration stands no more.
    Withdraw(IndicatorCode),
}

/// One thing that is said of a piece or a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Number,
    Issuer,
    Dated,
    Form,
    Unit,
    Years,
    Note,
    Sealed,
    Secrecy,
    LiesAt,
    AlsoFrom,
    Caption,
    /// Turn, framing and leaving out of a page, by its position within the scan.
    Page(u32),
    /// Whether it lies in 回收站.
    Removed,
    /// The leaves under which it is filed.
    Filed,
    /// 自评分 of a scoring part, from 0.
    Points(usize),
    Narrative,
    Declaration,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Text(String),
    Date(Option<Date>),
    Years(Vec<i16>),
    Unit(Option<UnitCode>),
    Units(Vec<UnitCode>),
    Sealed(Option<bool>),
    Caption(Caption),
    Page { turn: u16, framing: Framing, left_out: bool },
    Removed(bool),
    Leaves(Vec<IndicatorCode>),
    Points(Option<Points>),
    Declaration(Option<Declaration>),
}

/// The subject of a change or conflict: a piece by its title, or a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    Piece { title: String },
    Leaf(IndicatorCode),
}

/// Key of a conflict, the same from one preview to the next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConflictKey(pub String);

/// Both said something else of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    pub key: ConflictKey,
    pub about: About,
    pub field: Field,
    pub ours: Said,
    pub theirs: Said,
    /// The clerk has chosen theirs.
    pub theirs_chosen: bool,
}

/// A change of ours that the clerk is not asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub about: About,
    pub what: Vec<What>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Said(Field, Said),
    Filed(IndicatorCode),
    Unfiled(IndicatorCode),
    /// 另印 there, or 互见 again.
    Reprinted(IndicatorCode, bool),
    Lines(usize),
    Masks(usize),
    /// Into so many pieces.
    Split(usize),
    Demanded(Demand),
    Settled(Demand),
}

/// Why something of theirs stays out, or is left to the clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It was purged here (彻底清除), or holds what was.
    Purged,
    /// It is marked as a classified paper.
    Classified,
    /// It was purged there, and lies here still; nothing is done about it.
    PurgedThere,
    /// It lies in our 回收站; what they did with it comes in, and it stays there.
    InBin,
    /// It lies in our 回收站, and they have split it: ours stays whole.
    SplitInBin,
    /// Both have split the file, and not alike.
    SplitOtherwise,
    /// Its bytes there are not those that were received.
    Damaged,
    /// Its bytes are not there.
    Missing,
    Unreadable {
        detail: String,
    },
}

impl Why {
    /// Not even its name is shown.
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Purged | Self::Classified)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Empty where not even the name is shown.
    pub title: String,
    pub why: Why,
}

/// A piece that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its number there.
    pub document: DocumentId,
    pub title: String,
    pub pages: u32,
    pub leaves: Vec<IndicatorCode>,
}

/// 并入, planned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merge {
    pub arrivals: Vec<Arrival>,
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    pub left: Vec<Left>,
    pub steps: Vec<Step>,
}

impl Merge {
    /// There is nothing to write; what stays out may still be said.
    pub fn is_nothing(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many of our things become other than they were, with the conflicts in which theirs is chosen.
    pub fn written(&self) -> usize {
        self.changes.len() + self.conflicts.iter().filter(|conflict| conflict.theirs_chosen).count()
    }

    /// Pieces of theirs whose bytes have to come along.
    pub fn brought(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.steps.iter().filter_map(|step| if let Step::Bring(id) = step { Some(*id) } else { None })
    }
}

/// What lies in a 交换包, and what it would bring, or has brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Merging {
    /// Name of the folder that was found.
    pub from: String,
    /// When something was last done there, and by whom.
    pub last: (jiff::Timestamp, String),
    /// It is not known here yet: also where nothing comes in, the clerk says that it was looked at.
    pub unknown: bool,
    /// Files there that still wait for a verdict or a yes: they do not come along.
    pub waiting: u32,
    pub merge: Merge,
}

/// What merging `theirs` into `ours` writes, asks and leaves out. `base`: as both stood when they parted, where that is known.
/// `barred`: pieces of theirs that may not come in, or can't. `chosen`: conflicts in which theirs is right.
pub fn plan(ours: &Side, theirs: &Side, base: Option<&Side>, barred: &BTreeMap<DocumentId, Why>, chosen: &BTreeSet<ConflictKey>) -> Merge {
    let (ours, theirs, base) = (BySide::of(ours), BySide::of(theirs), base.map(BySide::of));
    let mut planning = Planning {
        ours: &ours,
        theirs: &theirs,
        base: base.as_ref(),
        chosen,
        matched: BTreeMap::new(),
        before: BTreeMap::new(),
        parts: BTreeMap::new(),
        changed: Vec::new(),
        changes: Vec::new(),
        told: HashMap::new(),
        filing: Vec::new(),
        out: Merge::default(),
    };
    planning.pieces(barred);
    planning.filings();
    planning.reprints();
    planning.places();
    let Planning { mut out, changes, filing, .. } = planning;
    out.changes = changes;
    out.steps.extend(filing);
    out
}

struct Planning<'a> {
    ours: &'a BySide<'a>,
    theirs: &'a BySide<'a>,
    base: Option<&'a BySide<'a>>,
    chosen: &'a BTreeSet<ConflictKey>,
    /// Where a piece of theirs is, or will be, in our project.
    matched: BTreeMap<DocumentId, Piece>,
    /// The piece of the base that a piece of theirs was when they parted; for a part, the whole.
    before: BTreeMap<DocumentId, DocumentId>,
    /// Parts of theirs that are split off ours, by their number there, and of what.
    parts: BTreeMap<DocumentId, DocumentId>,
    /// What was said of the subject under hand.
    changed: Vec<What>,
    changes: Vec<Change>,
    /// Places among the changes, by the key of their subject.
    told: HashMap<String, usize>,
    /// Steps that come after all pieces are there.
    filing: Vec<Step>,
    out: Merge,
}

/// A side, and what it says by piece.
struct BySide<'a> {
    side: &'a Side,
    pieces: HashMap<DocumentId, &'a Document>,
    /// Leaves under which it is filed, in their order.
    leaves: HashMap<DocumentId, Vec<&'a IndicatorCode>>,
}

impl<'a> BySide<'a> {
    fn of(side: &'a Side) -> Self {
        let mut leaves: HashMap<DocumentId, Vec<&'a IndicatorCode>> = HashMap::new();
        for (leaf, filed) in &side.filed {
            filed.iter().for_each(|id| leaves.entry(*id).or_default().push(leaf));
        }
        Self { side, pieces: side.documents.iter().map(|document| (document.id, document)).collect(), leaves }
    }

    fn piece(&self, id: DocumentId) -> Option<&'a Document> {
        self.pieces.get(&id).copied()
    }

    fn key_of(&self, id: DocumentId) -> Option<Key> {
        self.piece(id).map(key)
    }

    fn leaves(&self, id: DocumentId) -> &[&'a IndicatorCode] {
        self.leaves.get(&id).map_or(&[], Vec::as_slice)
    }

    fn is_filed(&self, id: DocumentId, leaf: &IndicatorCode) -> bool {
        self.leaves(id).contains(&leaf)
    }

    fn is_reprinted(&self, id: DocumentId, leaf: &IndicatorCode) -> bool {
        !self.side.reprinted.is_empty() && self.side.reprinted.contains(&(id, leaf.clone()))
    }
}

/// A piece in two indexes: its scan, and which of its pages.
type Key = (Digest, u32, usize);

fn key(document: &Document) -> Key {
    (document.scan, document.pages.first().map_or(0, |page| page.index), document.pages.len())
}

/// The piece or leaf that is being merged: how it is called, and the prefix of its conflicts' keys.
struct Subject {
    about: About,
    key: String,
}

impl Subject {
    fn piece(document: &Document) -> Self {
        let (scan, first, count) = key(document);
        Self { about: About::Piece { title: document.title().to_owned() }, key: format!("{scan}:{first}+{count}") }
    }

    fn leaf(code: &IndicatorCode) -> Self {
        Self { about: About::Leaf(code.clone()), key: code.0.clone() }
    }

    fn key(&self, field: Field) -> ConflictKey {
        ConflictKey(format!("{}/{field:?}", self.key))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    Ours,
    Theirs,
    Conflict,
}

fn settled<T: PartialEq>(ours: &T, theirs: &T, base: Option<&T>, is_empty: impl Fn(&T) -> bool) -> Settled {
    match base {
        _ if ours == theirs => Settled::Ours,
        Some(base) if base == theirs => Settled::Ours,
        Some(base) if base == ours => Settled::Theirs,
        _ if is_empty(theirs) => Settled::Ours,
        _ if is_empty(ours) => Settled::Theirs,
        _ => Settled::Conflict,
    }
}

/// One thing as the three sides say it.
struct Three<'a, T> {
    ours: &'a T,
    theirs: &'a T,
    base: Option<&'a T>,
}

impl<'a, T> Three<'a, T> {
    /// A part of it.
    fn part<P>(&self, part: impl Fn(&'a T) -> &'a P) -> Three<'a, P> {
        Three { ours: part(self.ours), theirs: part(self.theirs), base: self.base.map(part) }
    }
}

impl Planning<'_> {
    /// Merges one field of a subject.
    fn field<T: Clone + PartialEq>(
        &mut self,
        subject: &Subject,
        field: Field,
        three: Three<'_, T>,
        is_empty: impl Fn(&T) -> bool,
        said: impl Fn(&T) -> Said,
    ) -> T {
        let Three { ours, theirs, base } = three;
        match settled(ours, theirs, base, is_empty) {
            Settled::Ours => ours.clone(),
            Settled::Theirs => {
                self.changed.push(What::Said(field, said(theirs)));
                theirs.clone()
            }
            Settled::Conflict => {
                let key = subject.key(field);
                let theirs_chosen = self.chosen.contains(&key);
                let (about, ours_said, theirs_said) = (subject.about.clone(), said(ours), said(theirs));
                self.out.conflicts.push(Conflict { key, about, field, ours: ours_said, theirs: theirs_said, theirs_chosen });
                if theirs_chosen { theirs.clone() } else { ours.clone() }
            }
        }
    }

    /// Reports the fields of a subject that were changed unasked.
    fn told(&mut self, subject: Subject) {
        let what = std::mem::take(&mut self.changed);
        if what.is_empty() {
            return;
        }
        match self.told.entry(subject.key) {
            Entry::Occupied(at) => self.changes[*at.get()].what.extend(what),
            Entry::Vacant(vacant) => {
                vacant.insert(self.changes.len());
                self.changes.push(Change { about: subject.about, what });
            }
        }
    }
}
