//! Draws text pages with printpdf, as small PDFs that the assembler takes in like any other.
//!
//! What to know of printpdf 0.12.8: the whole document is in memory, so pages are drawn some at a time. It copies every
//! font it is given two or three times over, so it gets fonts already cut down to the glyphs of the pages at hand, and
//! embeds those as they are. Told glyph ids, it neither shapes nor looks characters up, and writes into ToUnicode what
//! comes with them. Ids that it makes up are random, and so is `/ID`, which the assembler leaves behind.

use super::sfnt;
use crate::font::{Face, Fonts};
use crate::layout::{Line, Placed, PlacedRun};
use crate::manuscript::{PageSetup, WriteError};
use printpdf::{
    Codepoint, FontEmbeddingMode, FontId, LinePoint, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfParseErrorSeverity, PdfSaveOptions, Point, PrintpdfFontMeta, Pt, TextItem, TextMatrix,
};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// Pages drawn in one batch: each font is cut down once for all of them.
pub const BATCH: usize = 64;

/// One PDF with a page for each sheet, in order; the number beside it is the sheet's index in the package. Links are not
/// drawn: they lead to pages that only the assembler knows.
///
/// # Errors
/// [`WriteError::NoGlyph`] names every character that no font has.
pub fn draw(sheets: &[(usize, Placed)], setup: &PageSetup, fonts: &Fonts) -> Result<Vec<u8>, WriteError> {
    let first = sheets.first().map_or(0, |sheet| sheet.0);
    let cuts = cut_down(sheets, first, fonts)?;
    let mut document = PdfDocument::new("");
    for cut in cuts.values() {
        document.resources.fonts.map.insert(cut.id.clone(), PdfFont::with_meta(cut.parsed.clone(), embedded_whole()));
    }
    document.pages = sheets.iter().map(|(_, placed)| page(placed, setup, fonts, &cuts)).collect();
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let bytes = document.save(&options, &mut warnings);
    // A font that can't be embedded is left out with only a warning.
    match warnings.iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        Some(warning) => Err(WriteError::Internal(format!("printpdf: {}", warning.msg))),
        None => Ok(bytes),
    }
}

/// A font with the glyphs of some pages only.
struct Cut {
    id: FontId,
    parsed: ParsedFont,
    /// Maps glyph ids of the font to those of its subset.
    glyphs: GlyphRemapper,
}

fn cut_down(sheets: &[(usize, Placed)], first: usize, fonts: &Fonts) -> Result<BTreeMap<Face, Cut>, WriteError> {
    let mut used: BTreeMap<Face, BTreeMap<char, u16>> = BTreeMap::new();
    let mut missing = String::new();
    for run in sheets.iter().flat_map(|(_, placed)| &placed.runs) {
        let glyphs = used.entry(run.face).or_default();
        for character in run.text.chars() {
            match fonts.glyph(run.face, character) {
                Some(glyph) => _ = glyphs.insert(character, glyph),
                None if !missing.contains(character) => missing.push(character),
                None => {}
            }
        }
    }
    if !missing.is_empty() {
        return Err(WriteError::NoGlyph { characters: missing });
    }
    used.into_iter().map(|(face, characters)| Ok((face, cut(face, &characters, first, fonts)?))).collect()
}

fn cut(face: Face, characters: &BTreeMap<char, u16>, first: usize, fonts: &Fonts) -> Result<Cut, WriteError> {
    let broken = |detail: String| WriteError::Internal(format!("{}: {detail}", fonts.path(face).display()));
    let mut glyphs = GlyphRemapper::new();
    let characters: Vec<(char, u16)> = characters.iter().map(|(&character, &glyph)| (character, glyphs.remap(glyph))).collect();
    let whole = fonts.bytes(face);
    let bytes = subsetter::subset(whole.data, whole.index, &glyphs).map_err(|error| broken(error.to_string()))?;
    let bytes = sfnt::with_characters(&bytes, &characters).ok_or_else(|| broken("cut down to no font".to_owned()))?;
    let mut trouble = Vec::new();
    let mut parsed = ParsedFont::from_bytes(&bytes, 0, &mut trouble).ok_or_else(|| broken(format!("{trouble:?}")))?;
    let name =
        fonts.path(face).file_stem().unwrap_or_default().to_string_lossy().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    parsed.font_name = Some(format!("{}+{name}", tag(face, first)));
    Ok(Cut { id: FontId(tag(face, first)), parsed, glyphs })
}

/// Ours are cut down already.
fn embedded_whole() -> PrintpdfFontMeta {
    PrintpdfFontMeta { embedding_mode: FontEmbeddingMode::Full, requires_subsetting: false, ..PrintpdfFontMeta::default() }
}

fn page(placed: &Placed, setup: &PageSetup, fonts: &Fonts, cuts: &BTreeMap<Face, Cut>) -> PdfPage {
    let mut ops = Vec::new();
    rules(&placed.rules, &mut ops);
    ops.push(Op::StartTextSection);
    let mut state = (None, 0.0, 0.0);
    for run in &placed.runs {
        let (font, size, spacing) = (Some(run.face), run.size_pt, run.spacing_pt);
        let cut = &cuts[&run.face];
        if (state.0, state.1) != (font, size) {
            ops.push(Op::SetFont { font: PdfFontHandle::External(cut.id.clone()), size: Pt(size) });
        }
        if state.2 != spacing {
            ops.push(Op::SetCharacterSpacing { multiplier: spacing });
        }
        state = (font, size, spacing);
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Mm(run.x_mm).into(), Mm(run.y_mm).into()) });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs(run, fonts, cut))] });
    }
    ops.push(Op::EndTextSection);
    PdfPage::new(Mm(setup.width), Mm(setup.height), ops)
}

fn glyphs(run: &PlacedRun, fonts: &Fonts, cut: &Cut) -> Vec<Codepoint> {
    let glyph = |character: char| {
        let whole = fonts.glyph(run.face, character).and_then(|glyph| cut.glyphs.get(glyph));
        Codepoint::with_cid(whole.expect("the font was cut down to these very runs"), 0.0, character.to_string())
    };
    run.text.chars().map(glyph).collect()
}

fn rules(rules: &[Line], ops: &mut Vec<Op>) {
    let mut thickness = None;
    for rule in rules {
        if thickness != Some(rule.width_pt) {
            thickness = Some(rule.width_pt);
            ops.push(Op::SetOutlineThickness { pt: Pt(rule.width_pt) });
        }
        let point = |x, y| LinePoint { p: Point { x: Mm(x).into(), y: Mm(y).into() }, bezier: false };
        let points = vec![point(rule.x1_mm, rule.y1_mm), point(rule.x2_mm, rule.y2_mm)];
        ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
    }
}

/// Six capitals, different for every face and batch (ISO 32000-1 9.6.4).
fn tag(face: Face, batch: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    let batch = (0..5).rev().map(|place| letter(batch / 26_usize.pow(place)));
    std::iter::once(letter(face as usize)).chain(batch).collect()
}
