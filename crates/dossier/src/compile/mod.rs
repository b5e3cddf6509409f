//! From a dossier to a package that proves itself: plan → ledger → manuscript → files → verification.
//!
//! Everything up to the manuscript is pure: the same dossier and options give the same sheets. Nobody counts pages a
//! second time; contents, stamps, outline, labels and the verification all read the [`Ledger`].

mod boxes;
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
mod seen;
mod slices;
mod text;
pub mod verify;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use labels::Labels;
pub use ledger::{Ledger, ledger};
pub use manuscript::{manuscript, slip};
pub use package::{CompileError, Package, Report};
pub use places::{Lies, Places};
pub use plan::{Plan, plan};
pub use verify::{Check, Verification, digest, examine, sound, verify};

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
    /// Day of the package; passed in, never read from a clock.
    pub made_on: Date,
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum BoxSize {
    Mm20,
    Mm30,
    Mm40,
    #[default]
    Mm50,
}

impl BoxSize {
    pub const ALL: [Self; 4] = [Self::Mm20, Self::Mm30, Self::Mm40, Self::Mm50];

    pub fn mm(self) -> u8 {
        match self {
            Self::Mm20 => 20,
            Self::Mm30 => 30,
            Self::Mm40 => 40,
            Self::Mm50 => 50,
        }
    }

    /// Leaves of 80 g paper (about 0.10 mm each, holes and folds counted) that fill it.
    pub fn leaves(self) -> usize {
        match self {
            Self::Mm20 => 100,
            Self::Mm30 => 175,
            Self::Mm40 => 250,
            Self::Mm50 => 325,
        }
    }
}

impl From<BoxSize> for u8 {
    fn from(size: BoxSize) -> Self {
        size.mm()
    }
}

impl TryFrom<u8> for BoxSize {
    type Error = String;

    fn try_from(mm: u8) -> Result<Self, String> {
        Self::ALL.into_iter().find(|size| size.mm() == mm).ok_or_else(|| format!("there is no box of {mm} mm"))
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

impl Options {
    pub fn setup(&self) -> paper::PageSetup {
        paper::PageSetup { duplex: self.duplex, ..paper::PageSetup::default() }
    }
}
