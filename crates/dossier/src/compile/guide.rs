//! What a package is looked through by: one line for each thing that begins on a sheet.

use std::collections::HashMap;

use paper::manuscript::Folio;
use serde::Serialize;

use super::ledger::{Ledger, Shows};
use super::plan::{PieceNumber, Plan};
use crate::wording::package as words;

/// A line of the guide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stop {
    pub volume: u32,
    /// Position in the volume, from 0.
    pub sheet: u32,
    /// 0 for front matter, areas and 备考表, 1 for indicators, 2 for what lies under one.
    pub level: u8,
    pub folio: Folio,
    pub text: String,
}

/// Every thing that begins on a sheet, in the order of the paper.
pub fn guide(plan: &Plan, ledger: &Ledger) -> Vec<Stop> {
    let entries = plan.leaves().flat_map(|leaf| &leaf.entries);
    let titles: HashMap<&PieceNumber, String> =
        entries.filter_map(|entry| entry.piece().map(|piece| (&piece.number, words::piece(piece, entry)))).collect();
    let headings: HashMap<(u32, u32), &str> =
        ledger.headings.iter().map(|heading| ((heading.volume, heading.sheet), heading.text.as_str())).collect();
    let mut out = Vec::new();
    let mut before = None;
    for sheet in &ledger.sheets {
        let section = if let Shows::Register { section } = &sheet.shows { *section } else { None };
        let kind = (sheet.volume, std::mem::discriminant(&sheet.shows), sheet.indicator.as_ref(), section);
        // A table of several sheets begins on the first of them.
        let goes_on = before.replace(kind) == Some(kind);
        let piece = |number: &PieceNumber| titles.get(number).cloned().unwrap_or_else(|| number.to_string());
        let heading = || headings.get(&(sheet.volume, sheet.sheet)).map(|text| vec![(*text).to_owned()]);
        let (level, texts) = match &sheet.shows {
            Shows::Blank => continue,
            Shows::Piece { page, .. } if *page > 1 => continue,
            Shows::Piece { piece: number, .. } | Shows::Slip { piece: number, .. } => (2, vec![piece(number)]),
            Shows::Photos { photos } => (2, photos.iter().map(|photo| piece(&photo.piece)).collect()),
            Shows::Divider => (0, heading().unwrap_or_default()),
            Shows::Indicator => (1, heading().unwrap_or_default()),
            _ if goes_on => continue,
            Shows::Listing => (1, vec![words::LISTING.to_owned()]),
            Shows::Register { section } => (2, vec![section.map_or_else(|| words::REGISTER.to_owned(), words::register_of)]),
            Shows::Closing => (0, vec![words::CLOSING.to_owned()]),
            Shows::Cover | Shows::Notes | Shows::Overview | Shows::Contents | Shows::Summary | Shows::Changes => {
                (0, vec![words::front(&sheet.shows, ledger.volumes.len()).to_owned()])
            }
        };
        out.extend(texts.into_iter().map(|text| Stop { volume: sheet.volume, sheet: sheet.sheet, level, folio: sheet.folio, text }));
    }
    out
}
