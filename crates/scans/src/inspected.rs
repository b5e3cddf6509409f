//! What the worker found in a file: facts, never sentences.

use serde::{Deserialize, Serialize};

use crate::{Kind, Shot};

/// A file that was looked into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inspected {
    pub kind: Kind,
    /// Every page in order; never empty when `trouble` is `None`.
    pub pages: Vec<PageFacts>,
    /// The text layer of the first pages, at most [`crate::limits::TEXT_KEPT`] characters, a form feed between the pages of
    /// a PDF; empty where there is none.
    pub text: String,
    /// How much it is, of a file without pages of its own.
    #[serde(default)]
    pub extent: Option<Extent>,
    /// Of a picture that a camera took.
    #[serde(default)]
    pub shot: Option<Shot>,
    /// 电子签名: a PDF with a field of its form signed.
    #[serde(default)]
    pub signed: bool,
    pub trouble: Option<Trouble>,
}

/// How much a file is that has no pages of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    Seconds(u32),
    Pages(u32),
}

/// One page as it lies in its file, before any edit by the clerk.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Width and height as shown (EXIF and /Rotate already applied), in pt; for pictures without a stated
    /// resolution the page is taken as 200 dpi.
    pub width_pt: f32,
    pub height_pt: f32,
    /// Width and height in pixels as shown; `None` for a PDF page that is not one single picture.
    pub pixels: Option<(u32, u32)>,
    /// Dots per inch as stated by the file or as the picture stands on its PDF page; `None` when unknown.
    pub dpi: Option<f32>,
}

/// Why a file can't be taken in as pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    // Indexes of before MSG was read hold this of such files.
    #[serde(alias = "outlook")]
    #[error("recognised, but not a kind that is taken in")]
    Unsupported,
    #[error("needs a password")]
    Encrypted,
    #[error("damaged: {detail}")]
    Damaged { detail: String },
    #[error("states {stated} pages, {found} can be read")]
    FewerPages { stated: u32, found: u32 },
    #[error("has no page")]
    NoPages,
    #[error("over the limit {limit}: {found} of {most}")]
    OverLimit { limit: Limit, found: u64, most: u64 },
    /// The worker took longer than its time.
    #[error("took more than {seconds} s")]
    TimedOut { seconds: u64 },
    /// The worker died: out of memory, or crashed by the file.
    #[error("the reader stopped")]
    WorkerDied,
    /// What it lies on, or what is to read it, does not give it.
    #[error("can't be read: {detail}")]
    Unreadable { detail: String },
    /// Whole, as far as can be told, but written in a way that is not read here.
    #[error("written in an unusual way: {detail}")]
    Unusual { detail: String },
    /// Pages that would not be what they are: a part of them can't be drawn.
    #[error("can't be drawn as it is: {part:?}")]
    Undrawn { part: Undrawn },
    /// Entries of an archive that lie over one another, which only a bomb has.
    #[error("entries lie over one another")]
    Overlaps,
    /// A name in an archive that points out of it: absolute, with a drive, or with `..`.
    #[error("a name that points elsewhere")]
    UnsafeName,
}

/// What can't be drawn as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Undrawn {
    /// Part of a page that is not known, by the name it has in the file.
    Element { name: String },
    /// An area filled with a pattern that has no cell.
    Pattern,
    /// An area whose colour changes across it in a way that a PDF can't say, or that is not whole.
    Shading,
    /// A colour space that is not known.
    Colour,
    /// A clip that is made of other things than paths and letters.
    Clip,
    /// A picture of a kind that is not read.
    Picture,
    /// A picture shown through another that can't be read, or that can be seen through already.
    Mask,
    /// Fonts that are not embedded, or lack glyphs, and that no font of this computer stands in for.
    Fonts { names: Vec<String> },
    /// An embedded font whose glyphs can't be read.
    Font { name: String },
    /// A seal whose picture is not found in its signature, or can't be read.
    Seal,
    /// More than one document in a file.
    Documents,
    /// Objects, templates or seals in one another beyond all measure.
    Nested,
    /// No page shows anything.
    Blank,
}

impl From<Undrawn> for Trouble {
    fn from(part: Undrawn) -> Self {
        Self::Undrawn { part }
    }
}

impl Trouble {
    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged { detail: detail.into() }
    }

    pub(crate) fn unreadable(detail: impl Into<String>) -> Self {
        Self::Unreadable { detail: detail.into() }
    }

    pub(crate) fn unusual(detail: impl Into<String>) -> Self {
        Self::Unusual { detail: detail.into() }
    }
}

/// The limits of reliability that a file can run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    Megapixels,
    SidePixels,
    Pages,
    Bytes,
    /// Files in an archive.
    Members,
    /// Bytes that an archive unpacks to.
    UnpackedBytes,
    /// How many times as large a file is unpacked.
    Ratio,
    /// Archives within archives.
    Nesting,
    /// Places of a table.
    Cells,
    /// Bytes of text in a table.
    TableText,
    /// Elements of an XML part within one another.
    Elements,
    /// Objects on the pages of a file.
    Drawn,
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Megapixels => "megapixels",
            Self::SidePixels => "pixels a side",
            Self::Pages => "pages",
            Self::Bytes => "bytes",
            Self::Members => "files in an archive",
            Self::UnpackedBytes => "bytes unpacked",
            Self::Ratio => "times as large unpacked",
            Self::Nesting => "archives in one another",
            Self::Cells => "cells",
            Self::TableText => "bytes of text in tables",
            Self::Elements => "elements within one another",
            Self::Drawn => "objects on pages",
        })
    }
}

impl PageFacts {
    /// Facts of a picture by its stored size, its believable resolution (across, down) and its orientation tag.
    pub(crate) fn of_picture(width: u32, height: u32, dpi: Option<(f32, f32)>, orientation: u8) -> Self {
        let (across, down) = dpi.unwrap_or((crate::picture::ASSUMED_DPI, crate::picture::ASSUMED_DPI));
        let pt = |length: u32, dpi: f32| length as f32 * 72.0 / dpi;
        let (width_pt, height_pt) = (pt(width, across), pt(height, down));
        let lies = orientation >= 5;
        Self {
            width_pt: if lies { height_pt } else { width_pt },
            height_pt: if lies { width_pt } else { height_pt },
            pixels: Some(if lies { (height, width) } else { (width, height) }),
            // The coarser of the two is what can be read by.
            dpi: dpi.map(|(across, down)| across.min(down)),
        }
    }
}
