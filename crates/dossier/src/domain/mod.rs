//! The nouns and their rules: no IO, no SQL, no clock.

pub mod assessment;
pub mod caption;
pub mod catalogue;
pub mod coverage;
pub mod debt;
pub mod document;
pub mod dossier;
pub mod finding;
pub mod likeness;
pub mod mark;
pub mod natural;
pub mod personal;
pub mod points;
pub mod sheet;
pub mod unit;
pub mod verdict;

pub use assessment::Assessment;
pub use caption::Caption;
pub use catalogue::{Area, Bonus, Catalogue, Expected, Indicator, IndicatorCode, Leaf, Per, ScoringPart, Veto};
pub use coverage::YearState;
pub use debt::Debt;
pub use document::{Description, Document, DocumentId, Evidence, EvidenceId, Page, Rendition};
pub use dossier::Dossier;
pub use finding::{Finding, FindingKind, Scored, Severity};
pub use mark::{Line, MarkId, ProofMark};
pub use personal::{PersonalKind, PersonalNumber};
pub use points::Points;
pub use sheet::SheetCode;
pub use unit::{Duty, Unit, UnitCode, Units};
pub use verdict::{Because, Mark, Reason, Suggestion, Verdict};
