//! Which sheets share one numbering, one head and one set of margins: the sections of the document.

use std::ops::Range;

use docx_rs::{BuildXML, PageMargin, PageNumType, PageOrientationType, PageSize, SectionProperty};

use super::geometry::{self, twips};
use super::heads::Heads;
use super::order::normalise;
use super::tree::{Element, parse};
use crate::manuscript::{Body, Folio, Manuscript, PageSetup, Sheet, WriteError};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub sheets: Range<usize>,
    pub series: Series,
    /// Number that the first sheet is given; `None` goes on counting.
    pub start: Option<u32>,
    pub header: String,
    /// Evidence pages have wider room than text.
    pub evidence: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    Unnumbered,
    Roman,
    Decimal,
}

/// A section ends where the manuscript says so, and wherever Word could not go on by itself: another head, other
/// margins, or a folio that is not the one after.
pub fn divide(manuscript: &Manuscript) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut before: Option<&Sheet> = None;
    for (index, sheet) in manuscript.sheets.iter().enumerate() {
        if before.is_none_or(|previous| !goes_on(previous, sheet)) {
            sections.push(Section {
                sheets: index..index,
                series: series(sheet.folio),
                start: start(before.map(|sheet| sheet.folio), sheet.folio),
                header: sheet.header.clone(),
                evidence: is_evidence(sheet),
            });
        }
        sections.last_mut().expect("the first sheet opens a section").sheets.end = index + 1;
        before = Some(sheet);
    }
    start_of_cover(&mut sections);
    sections
}

/// The `w:sectPr` of a section.
pub fn property(section: &Section, setup: &PageSetup, heads: &Heads) -> Result<Element, WriteError> {
    let margins = if section.evidence { geometry::scan_margins(setup) } else { geometry::text_margins(setup) };
    let mut size = PageSize::new().size(twips(setup.width).unsigned_abs(), twips(setup.height).unsigned_abs());
    if setup.width > setup.height {
        size = size.orient(PageOrientationType::Landscape);
    }
    let margin = PageMargin {
        top: margins.top,
        bottom: margins.bottom,
        // With mirrored margins, left means the inner edge.
        left: margins.inner,
        right: margins.outer,
        header: margins.header,
        footer: margins.footer,
        gutter: 0,
    };
    let mut built = SectionProperty::new().page_size(size).page_margin(margin);
    built.page_num_type = Some(PageNumType { start: section.start, chap_style: None });
    let mut element = parse(&heads.refer(section, built).build())?;
    let format = if section.series == Series::Roman { "lowerRoman" } else { "decimal" };
    element.ensure("w:pgNumType").set("w:fmt", format);
    normalise(&mut element);
    Ok(element)
}

fn goes_on(previous: &Sheet, sheet: &Sheet) -> bool {
    previous.section == sheet.section
        && previous.header == sheet.header
        && is_evidence(previous) == is_evidence(sheet)
        && follows(previous.folio, sheet.folio)
}

fn follows(previous: Folio, folio: Folio) -> bool {
    match (previous, folio) {
        (Folio::None, Folio::None) => true,
        (Folio::Front(a), Folio::Front(b)) | (Folio::Body(a), Folio::Body(b)) => a + 1 == b,
        (Folio::None | Folio::Front(_) | Folio::Body(_) | Folio::Behind { .. }, _) => false,
    }
}

fn start(previous: Option<Folio>, folio: Folio) -> Option<u32> {
    match folio {
        Folio::None | Folio::Behind { .. } => None,
        Folio::Front(number) | Folio::Body(number) => {
            let counted = previous.is_some_and(|previous| follows(previous, folio));
            if counted { None } else { Some(number) }
        }
    }
}

/// Word and LibreOffice put a blank page between two pages that both count as odd; the cover is counted so that the
/// page after it has the other parity.
fn start_of_cover(sections: &mut [Section]) {
    if let [cover, next, ..] = sections
        && cover.series == Series::Unnumbered
        && let Some(first) = next.start
    {
        let sheets = u32::try_from(cover.sheets.len()).unwrap_or(u32::MAX);
        cover.start = Some(first.wrapping_sub(sheets) % 2);
    }
}

fn series(folio: Folio) -> Series {
    match folio {
        // A field counts, and can't say `45-1`; what is printed on an edition's numbers is a PDF.
        Folio::None | Folio::Behind { .. } => Series::Unnumbered,
        Folio::Front(_) => Series::Roman,
        Folio::Body(_) => Series::Decimal,
    }
}

fn is_evidence(sheet: &Sheet) -> bool {
    match sheet.body {
        Body::Scan(_) | Body::Photos(_) => true,
        Body::Text(_) => false,
    }
}
