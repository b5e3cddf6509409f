//! From a dossier to a package that proves itself: plan → ledger → manuscript → files → verification.
//!
//! Everything up to the manuscript is pure: the same dossier and options give the same sheets. Nobody counts pages a
//! second time; contents, stamps, outline, labels and the verification all read the [`Ledger`].

mod boxes;
pub mod change;
pub mod guide;
mod held;
pub mod issue;
mod kept;
pub mod labels;
pub mod leader;
pub mod ledger;
pub mod manuscript;
mod overview;
pub mod package;
pub mod places;
pub mod plan;
mod press;
pub mod report;
mod run;
mod sections;
mod seen;
mod slices;
mod stack;
mod text;
pub mod verify;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use boxes::{Filled, filled};
pub use change::{Changes, changes};
pub use guide::{Stop, guide};
pub use issue::Issue;
pub use labels::Labels;
pub use ledger::{Ledger, ledger};
pub use manuscript::{manuscript, slip};
pub use package::{CompileError, Package, Report};
pub use places::{Lies, Places};
pub use plan::{Plan, Printing, plan, plan_on, printing};
pub use press::Stands;
pub use sections::{Section, Sections};
pub use verify::{Check, Claims, Question, Verification, digest, examine, sound, verify};

/// What the clerk chooses before compiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    pub format: Format,
    pub volumes: Volumes,
    /// How thick the boxes are; asked only for [`Volumes::Box`].
    #[serde(default)]
    pub boxes: BoxSize,
    /// Printed on both sides: dividers and indicators start on an odd page, margins mirror.
    pub duplex: bool,
    #[serde(default)]
    pub photos: PhotoPages,
    /// 分节: whether each leaf is arranged by years.
    #[serde(default)]
    pub sections: Sections,
    /// 文字层: what was read off scans is laid over them unseen. Asked only for [`Format::Pdf`].
    #[serde(default = "with_letters")]
    pub letters: bool,
    /// Day of the package; passed in, never read from a clock.
    pub made_on: Date,
}

/// Default for packages that were compiled before there was a choice: with the text layer.
fn with_letters() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Pdf,
    Docx,
    /// 审阅版: a Word document whose pictures are reduced to [`REVIEW_DPI`]; to be read through, not to be printed.
    Review,
}

/// 照片页: how many photos stand on a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PhotoPages {
    #[default]
    One,
    Two,
}

impl PhotoPages {
    pub fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// Resolution of the pictures of a 审阅版.
pub const REVIEW_DPI: u16 = 150;

/// 分册: what becomes a file, and a binder, of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Volumes {
    /// Everything in one file.
    One,
    /// The veto items with the front matter, then an area a volume, then the bonus items.
    Area,
    /// As much of one area as a box holds, see [`BoxSize`].
    Box,
}

/// 档案盒 by its thickness in mm; 310 mm tall all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BoxSize(pub u8);

impl Default for BoxSize {
    fn default() -> Self {
        Self(50)
    }
}

impl BoxSize {
    pub fn mm(self) -> u8 {
        self.0
    }

    /// Leaves of paper so many µm thick that fill it: with 80 g paper (about 100 µm, holes and folds counted) 100, 175, 250
    /// and 325 for 20, 30, 40 and 50 mm.
    pub fn leaves(self, leaf: u16) -> usize {
        let ten_micrometres = (usize::from(self.0) * 75).saturating_sub(500).max(100);
        ten_micrometres * 10 / usize::from(leaf.max(1))
    }
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx | Self::Review => "docx",
        }
    }
}
