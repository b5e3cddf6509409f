//! From a dossier to a package that proves itself: plan → ledger → manuscript → files → verification.
//!
//! Everything up to the manuscript is pure: the same dossier and options give the same sheets. Nobody counts pages a
//! second time; contents, stamps, outline, labels and the verification all read the [`Ledger`].

mod boxes;
pub mod ledger;
pub mod manuscript;
pub mod package;
pub mod plan;
mod press;
mod seen;
mod text;
pub mod verify;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use ledger::{Ledger, ledger};
pub use manuscript::{manuscript, slip};
pub use package::{CompileError, Package, Report};
pub use plan::{Plan, plan};
pub use verify::{Check, Verification, digest, examine, verify};

/// What the clerk chooses before compiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    pub format: Format,
    pub volumes: Volumes,
    /// Printed on both sides: dividers and indicators start on an odd page, margins mirror.
    pub duplex: bool,
    /// Day of the package; passed in, never read from a clock.
    pub made_on: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Pdf,
    Docx,
}

/// 分册: what becomes a file, and a binder, of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Volumes {
    /// Everything in one file.
    One,
    /// The veto items with the front matter, then an area a volume, then the bonus items.
    Area,
    /// As much of one area as a box of 50 mm holds.
    Box,
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}

impl Options {
    pub fn setup(&self) -> paper::PageSetup {
        paper::PageSetup { duplex: self.duplex, ..paper::PageSetup::default() }
    }
}
