//! 核查发现

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use dossier::desk::Checked;
use dossier::domain::{Document, DocumentId, Finding, FindingKind, Severity};
use dossier::wording;
use serde::Serialize;
use specta::Type;

use super::Id;
use super::ids::id;

/// Kind and severity of every finding, the gravest first; what is said of those in sight is asked for. What was set aside stands
/// behind what is left to do.
#[derive(Serialize, Type)]
pub struct FindingsView {
    /// Of the check; said with the places of findings that an act is about.
    pub check: u32,
    pub kinds: Vec<FindingKindView>,
    pub severities: Vec<SeverityView>,
    /// Which of them the program judged: those can be set aside.
    pub judged: Vec<bool>,
    /// The same number for the same finding of every check, whatever was counted since.
    pub marks: Vec<u32>,
    /// So many, from the first on, are left to do.
    pub left: u32,
}

impl FindingsView {
    pub fn of(checked: &Checked) -> Self {
        let all = || checked.left.iter().chain(checked.set_aside.iter().map(|(finding, _)| finding));
        Self {
            check: checked.number,
            kinds: all().map(|finding| kind_of(&finding.kind)).collect(),
            severities: all().map(severity_of).collect(),
            judged: all().map(|finding| finding.kind.is_judgement()).collect(),
            marks: all().map(mark_of).collect(),
            left: checked.left.len() as u32,
        }
    }
}

/// 核查发现
#[derive(Serialize, Type)]
pub struct FindingView {
    pub severity: SeverityView,
    pub kind: FindingKindView,
    pub sentence: String,
    pub code: Option<String>,
    pub document: Option<Id>,
    /// The batch whose files wait.
    pub batch: Option<Id>,
    /// The page of its scan (from 0) that is to be looked at first.
    pub page: Option<u32>,
    /// Title of the piece or wording of the leaf it is about.
    pub about: String,
    /// The program judged it, and it can be set aside.
    pub judged: bool,
    /// Why it was set aside, when and by whom.
    pub aside: Option<String>,
}

impl FindingView {
    /// What is left to do on a piece.
    pub fn on(checked: &Checked, piece: DocumentId) -> Vec<Self> {
        let own = (0..).zip(checked.left.iter()).filter(|(_, finding)| finding.document == Some(piece));
        own.filter_map(|(at, _)| Self::of(checked, at)).collect()
    }

    /// The finding at a place of [`FindingsView`].
    pub fn of(checked: &Checked, at: usize) -> Option<Self> {
        let (finding, aside) = checked.at(at)?;
        let dossier = &*checked.dossier;
        let document = finding.document.and_then(|id| dossier.document(id));
        let piece = document.map(|document| {
            let title = &document.description.title;
            if title.is_empty() { document.original_name.clone() } else { title.clone() }
        });
        let leaf = || finding.indicator.as_ref().and_then(|code| dossier.catalogue.leaf(code)).map(|leaf| leaf.text().to_owned());
        Some(Self {
            severity: severity_of(finding),
            kind: kind_of(&finding.kind),
            judged: finding.kind.is_judgement(),
            aside: aside.map(wording::finding::grounds),
            sentence: wording::finding::finding(finding, dossier),
            about: piece.or_else(leaf).unwrap_or_default(),
            code: finding.indicator.as_ref().map(|code| code.0.clone()),
            document: finding.document.map(|document| id(document.0)),
            batch: batch_of(&finding.kind),
            page: document.and_then(|document| leads_to(finding, document)),
        })
    }
}

/// A number for a finding by what it is about, so that it stays the same when its details change. Two that share a number only share a
/// highlight.
fn mark_of(finding: &Finding) -> u32 {
    let mut mark = DefaultHasher::new();
    mem::discriminant(&finding.kind).hash(&mut mark);
    (&finding.indicator, finding.document).hash(&mut mark);
    match &finding.kind {
        FindingKind::Missing { expected, year, .. } => (expected, year).hash(&mut mark),
        FindingKind::Demanded { demand } => demand.hash(&mut mark),
        FindingKind::Pending { batch, .. } => batch.hash(&mut mark),
        FindingKind::ScoreSum { of, .. } => of.hash(&mut mark),
        _ => {}
    }
    mark.finish() as u32
}

pub(super) fn kind_of(kind: &FindingKind) -> FindingKindView {
    match kind {
        FindingKind::VetoUnproven | FindingKind::Unsigned => FindingKindView::VetoUnproven,
        FindingKind::Demanded { .. } => FindingKindView::Demanded,
        FindingKind::NoNumber => FindingKindView::NoNumber,
        FindingKind::NoCaption => FindingKindView::NoCaption,
        FindingKind::Coarse { .. } => FindingKindView::Coarse,
        FindingKind::Blank { .. } => FindingKindView::Blank,
        FindingKind::Black { .. } => FindingKindView::Black,
        FindingKind::Sideways { .. } => FindingKindView::Sideways,
        FindingKind::Askew { .. } => FindingKindView::Askew,
        FindingKind::NoSeal => FindingKindView::NoSeal,
        FindingKind::UsedOften { .. } => FindingKindView::UsedOften,
        FindingKind::TooLong { .. } => FindingKindView::TooLong,
        FindingKind::OtherPages { .. } => FindingKindView::OtherPages,
        FindingKind::LetInShort { .. } => FindingKindView::LetInShort,
        FindingKind::ScoreAbove { .. } | FindingKind::ScoreUnproven { .. } | FindingKind::BonusAbove { .. } => FindingKindView::SelfScore,
        FindingKind::Missing { not_due_yet: true, .. } => FindingKindView::NotDue,
        FindingKind::Missing { .. } => FindingKindView::Missing,
        FindingKind::Unfiled => FindingKindView::Unfiled,
        FindingKind::Pending { .. } => FindingKindView::Pending,
        FindingKind::Alike { .. } => FindingKindView::Alike,
        FindingKind::NoDate => FindingKindView::NoDate,
        FindingKind::OutOfPeriod => FindingKindView::OutOfPeriod,
        FindingKind::NothingPrinted => FindingKindView::NothingPrinted,
        FindingKind::ClassifiedRead { .. } => FindingKindView::ClassifiedRead,
        FindingKind::SensitiveRead { .. } => FindingKindView::SensitiveRead,
        FindingKind::PersonalNumbers => FindingKindView::PersonalNumbers,
        FindingKind::ScoreSum { .. } => FindingKindView::ScoreSum,
    }
}

fn batch_of(kind: &FindingKind) -> Option<Id> {
    match kind {
        FindingKind::Pending { batch, .. } => Some(id(batch.0)),
        _ => None,
    }
}

fn severity_of(finding: &Finding) -> SeverityView {
    match finding.severity {
        Severity::Error => SeverityView::Error,
        Severity::Warning => SeverityView::Warning,
        Severity::Notice => SeverityView::Notice,
    }
}

/// The page of the scan that is to be looked at first.
fn leads_to(finding: &Finding, document: &Document) -> Option<u32> {
    if finding.kind == FindingKind::PersonalNumbers {
        let open = document.open_numbers().find_map(|number| number.page);
        return open.or_else(|| document.numbers.iter().find_map(|number| number.page));
    }
    document.pages.get(finding.kind.page()? as usize - 1).map(|page| page.index)
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeverityView {
    Error,
    Warning,
    Notice,
}

/// What findings are gathered by.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FindingKindView {
    VetoUnproven,
    Missing,
    NotDue,
    Unfiled,
    /// 待确认
    Pending,
    /// 画面相同、相似
    Alike,
    NoDate,
    OutOfPeriod,
    NothingPrinted,
    ClassifiedRead,
    SensitiveRead,
    PersonalNumbers,
    ScoreSum,
    /// 退回 and 待补
    Demanded,
    NoNumber,
    NoCaption,
    Coarse,
    Blank,
    Black,
    Sideways,
    Askew,
    NoSeal,
    UsedOften,
    TooLong,
    OtherPages,
    LetInShort,
    /// Self-scores that table or evidence do not bear out.
    SelfScore,
}
