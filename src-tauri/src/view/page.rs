//! A page of a piece: its picture, how it is framed, red lines and bars.

use dossier::domain::{Arrangement, Document, Line, Page, PageMask, ProofMark, mask};
use scans::{Framing, Mask};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Id;
use super::ids::id;

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PageView {
    pub picture: PictureView,
    pub left_out: bool,
    /// As it came, before the clerk's turn, in pt.
    pub width: f32,
    pub height: f32,
    pub dpi: Option<f32>,
}

/// Names one page picture; `scan:` serves it.
#[derive(Serialize, Type)]
pub struct PictureView {
    /// BLAKE3 of the scan: what is at one address never changes.
    pub scan: String,
    pub document: Id,
    /// Where it lies in the file, from 0; not its number in the piece.
    pub page: u32,
    /// The clerk's turn, clockwise, in degrees.
    pub turn: u16,
    pub framing: FramingView,
    /// What is covered, by a short name; empty where nothing is.
    pub masked: String,
}

impl PictureView {
    pub(super) fn of(document: &Document, page: &Page) -> Self {
        let Page { index, turn, framing, .. } = *page;
        let masked = mask::print(&document.masks_on(index));
        Self { scan: document.scan.to_string(), document: id(document.id.0), page: index, turn, framing: framing.into(), masked }
    }
}

/// An order of the pages of a piece that one word asks for.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ArrangementView {
    /// 倒序
    Reversed,
    /// 正反面交错
    Interleaved,
    /// 原页序
    AsScanned,
}

impl From<ArrangementView> for Arrangement {
    fn from(view: ArrangementView) -> Self {
        match view {
            ArrangementView::Reversed => Self::Reversed,
            ArrangementView::Interleaved => Self::Interleaved,
            ArrangementView::AsScanned => Self::AsScanned,
        }
    }
}

/// How a page is straightened and cropped, before it is turned.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct FramingView {
    /// Hundredths of a degree, clockwise, about the middle of the page.
    pub tilt: i16,
    /// The box that is left, in ten-thousandths of width and height of the page as it came, from its upper left corner.
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl From<Framing> for FramingView {
    fn from(framing: Framing) -> Self {
        let Framing { tilt, x0, y0, x1, y1 } = framing;
        Self { tilt, x0, y0, x1, y1 }
    }
}

impl From<FramingView> for Framing {
    fn from(view: FramingView) -> Self {
        let FramingView { tilt, x0, y0, x1, y1 } = view;
        Self { tilt, x0, y0, x1, y1 }
    }
}

/// A red line on a page.
#[derive(Serialize, Type)]
pub struct MarkView {
    pub id: Id,
    /// From 0.
    pub page: u32,
    pub line: LineView,
}

impl From<ProofMark> for MarkView {
    fn from(mark: ProofMark) -> Self {
        let Line { x0, y0, x1, y1 } = mark.line;
        Self { id: id(mark.id.0), page: mark.page, line: LineView { x0, y0, x1, y1 } }
    }
}

/// From one point to another, in ten-thousandths (0–10000) of width and height of the page as it came, upright, before the
/// clerk's turn, from its upper left corner.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct LineView {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl From<LineView> for Line {
    fn from(view: LineView) -> Self {
        let LineView { x0, y0, x1, y1 } = view;
        Self { x0, y0, x1, y1 }
    }
}

/// A bar on a page.
#[derive(Serialize, Type)]
pub struct MaskView {
    pub id: Id,
    /// From 0.
    pub page: u32,
    pub area: MaskAreaView,
}

impl From<PageMask> for MaskView {
    fn from(mask: PageMask) -> Self {
        let Mask { x0, y0, x1, y1 } = mask.area;
        Self { id: id(mask.id.0), page: mask.page, area: MaskAreaView { x0, y0, x1, y1 } }
    }
}

/// A box from its upper left to its lower right corner, in ten-thousandths (0–10000) of width and height of the page as it
/// came, upright, before the clerk's turn.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
pub struct MaskAreaView {
    pub x0: u16,
    pub y0: u16,
    pub x1: u16,
    pub y1: u16,
}

impl From<Mask> for MaskAreaView {
    fn from(Mask { x0, y0, x1, y1 }: Mask) -> Self {
        Self { x0, y0, x1, y1 }
    }
}

impl From<MaskAreaView> for Mask {
    fn from(view: MaskAreaView) -> Self {
        let MaskAreaView { x0, y0, x1, y1 } = view;
        Self { x0, y0, x1, y1 }
    }
}
