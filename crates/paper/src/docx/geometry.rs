//! Lengths of the page in the units of a DOCX: twips (1/20 pt) for text, EMU (1/12,700 pt) for pictures.

use crate::manuscript::PageSetup;

pub const EMU_PER_TWIP: i64 = 635;

/// Room under the last dealt line, in mm, taken from the bottom margin: Word and WPS may set a row a little higher than
/// was measured, and that must not push it to the next page.
const RESERVE: f32 = 4.5;
/// The dash of a folio stands this far below 版心, in mm (GB/T 9704-2012 7.5).
const FOLIO_BELOW: f32 = 7.0;
/// Height of the folio's line, in twips and in mm.
pub const FOLIO_PITCH: i32 = 280;
const FOLIO_LINE: f32 = 5.0;
/// The rule under a running head stands this far above the text, in mm.
const HEAD_ABOVE: f32 = 5.0;
/// Height of the running head, in twips and in mm.
pub const HEAD_PITCH: i32 = 300;
const HEAD_LINE: f32 = 5.7;

/// Margins of an evidence page, in mm: wider than the type area, so that a scan keeps four fifths of its size.
const SCAN_TOP: f32 = 20.0;
const SCAN_BOTTOM: f32 = 30.0;
const SCAN_INNER: f32 = 25.0;
const SCAN_OUTER: f32 = 15.0;
/// Exact height of the caption with the space below it, in twips.
pub const CAPTION: i32 = 480;
/// Left free below the picture, in twips.
const SCAN_RESERVE: i32 = 160;

/// Margins of one kind of page, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    pub top: i32,
    pub bottom: i32,
    pub inner: i32,
    pub outer: i32,
    pub header: i32,
    pub footer: i32,
}

pub fn twips(mm: f32) -> i32 {
    (mm * 1440.0 / 25.4).round() as i32
}

pub fn text_margins(setup: &PageSetup) -> Margins {
    let footer = (setup.bottom - FOLIO_BELOW - FOLIO_LINE / 2.0).max(0.0);
    let bottom = (setup.bottom - RESERVE).max(footer + FOLIO_LINE);
    Margins {
        top: twips(setup.top),
        bottom: twips(bottom),
        inner: twips(setup.inner),
        outer: twips(setup.outer),
        header: twips(head(setup.top)),
        footer: twips(footer),
    }
}

/// Distance of the running head from the paper's edge.
fn head(top: f32) -> f32 {
    (top - HEAD_ABOVE - HEAD_LINE).max(5.0)
}

/// The folio stands where it stands on text pages.
pub fn scan_margins(setup: &PageSetup) -> Margins {
    let text = text_margins(setup);
    let bottom = twips(SCAN_BOTTOM).max(text.footer + twips(FOLIO_LINE));
    Margins {
        top: twips(SCAN_TOP),
        bottom,
        inner: twips(SCAN_INNER.min(setup.inner)),
        outer: twips(SCAN_OUTER.min(setup.outer)),
        header: twips(head(SCAN_TOP)),
        footer: text.footer,
    }
}

pub fn text_width(setup: &PageSetup) -> i32 {
    let margins = text_margins(setup);
    twips(setup.width) - margins.inner - margins.outer
}

/// Width and height that a picture may take on an evidence page, in twips.
pub fn scan_room(setup: &PageSetup) -> (i32, i32) {
    let margins = scan_margins(setup);
    let width = twips(setup.width) - margins.inner - margins.outer;
    let height = twips(setup.height) - margins.top - margins.bottom - CAPTION - SCAN_RESERVE;
    (width, height)
}
