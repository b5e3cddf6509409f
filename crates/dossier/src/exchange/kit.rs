//! 收集包: what a unit is handed to fill: a folder an indicator, 说明, 报送清单, and what it is known again by.

use std::path::PathBuf;

use paper::font::Fonts;
use serde::Serialize;

use crate::domain::{Duty, IndicatorCode, Kit, UnitCode, YearState, kit};
use crate::error::{Error, Result};
use crate::store::Files;
use crate::wording::kit as words;

mod form;
mod letter;
pub mod put;

pub use put::Shape;

/// A kit before it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub kit: Kit,
    /// The office that asks for the material.
    pub office: String,
    /// In the order issued; named as in `kit`.
    pub folders: Vec<Folder>,
}

/// What is asked for one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    pub name: String,
    pub indicator: IndicatorCode,
    /// The wording as issued.
    pub text: String,
    pub duty: Duty,
    pub requirements: Vec<String>,
    pub asks: Vec<Ask>,
}

/// One material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub title: String,
    /// Name of its 载体形式; empty where any will do.
    pub form: String,
    pub year: Option<i16>,
    pub asked: u32,
    pub found: u32,
    pub state: YearState,
    /// The unit has to hand it in itself; what it may add to another's indicator is never counted against it.
    pub own: bool,
}

/// What lies in a kit; paths with `/`, a folder before what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Folder(String),
    File(String, Vec<u8>),
}

/// The kits that were made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KitReceipt {
    pub made: Vec<MadeKit>,
    /// Units that got none, a sentence each.
    pub passed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MadeKit {
    pub unit: UnitCode,
    pub name: String,
    pub path: PathBuf,
    pub indicators: u32,
    /// Pieces that it has to hand in itself.
    pub lacking: u32,
}

impl Ask {
    /// Pieces that are still to come.
    pub fn lacking(&self) -> u32 {
        self.asked.saturating_sub(self.found)
    }
}

impl Draft {
    /// Pieces that the unit itself still has to hand in.
    pub fn lacking(&self) -> u32 {
        self.folders.iter().flat_map(|folder| &folder.asks).filter(|ask| ask.own).map(Ask::lacking).sum()
    }
}

impl Folder {
    /// Years for which something is asked; each has a folder of its own.
    fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.asks.iter().filter(|ask| ask.state != YearState::Complete).filter_map(|ask| ask.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}

/// Everything that lies in a kit. `files` writes the PDF that `spare` names before it is read back and removed.
///
/// # Errors
/// What the writer of the PDF says.
pub fn entries(draft: &Draft, fonts: &Fonts, files: &Files, spare: &std::path::Path) -> Result<Vec<Entry>> {
    let manifest = serde_json::to_vec_pretty(&draft.kit).map_err(|source| Error::Json { what: "kit", source })?;
    let mut out = vec![
        Entry::File(kit::MANIFEST.to_owned(), manifest),
        Entry::File(kit::LETTER.to_owned(), notepad(&words::letter(draft))),
        Entry::File(kit::PRINTED_LETTER.to_owned(), letter::pdf(draft, fonts, files, spare)?),
        Entry::File(kit::FORM.to_owned(), form::xlsx(draft)),
    ];
    for folder in &draft.folders {
        out.push(Entry::Folder(folder.name.clone()));
        out.push(Entry::File(format!("{}/{}", folder.name, kit::marker(&folder.indicator)), notepad(&words::marker(folder))));
        out.extend(folder.years().into_iter().map(|year| Entry::Folder(format!("{}/{year}年", folder.name))));
    }
    Ok(out)
}

/// As the editor of every Windows reads it: with a byte order mark and its ends of lines.
fn notepad(text: &str) -> Vec<u8> {
    format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()
}
