//! The fonts that everything of this project is set in: opened once; which there are, and what none of them has.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use paper::Manuscript;
use paper::font::{self, Face, Faces, Fonts, Installed};
use paper::manuscript::{Block, Body};

use super::Desk;
use crate::compile::{self, CompileError, Options};
use crate::domain::{FontChoice, PrintSetup};
use crate::error::{Error, Made, Result};

/// The fonts that were opened last, and which ones were preferred.
#[derive(Debug, Default)]
pub(super) struct Opened(Mutex<Option<(Faces, Fonts)>>);

/// 小标宋, 仿宋, 楷体 or 黑体, and the official fonts for it that are installed, the preferred one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontRole {
    pub face: Face,
    pub installed: Vec<Installed>,
}

/// Characters that no font has, each with the first text that it stands in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing(pub BTreeMap<char, String>);

impl Desk {
    /// # Errors
    /// [`Error::NotMade`] when a font that comes with the program is gone.
    pub(super) fn fonts(&self) -> Result<Fonts> {
        self.fonts_of(&self.assessment().print)
    }

    /// Those that a package is set in; a printed edition keeps its own.
    ///
    /// # Errors
    /// [`Error::NotMade`] when a font that comes with the program is gone.
    pub(super) fn fonts_of(&self, setup: &PrintSetup) -> Result<Fonts> {
        let faces = match setup.fonts {
            FontChoice::Bundled => Faces::Bundled,
            FontChoice::Installed => Faces::Installed,
        };
        let mut opened = self.opened_fonts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, fonts)) = &*opened
            && *known == faces
        {
            return Ok(fonts.clone());
        }
        let fonts = Fonts::load(&self.around.fonts, faces).map_err(|error| Error::writing(Made::Package, error, &self.around.fonts))?;
        *opened = Some((faces, fonts.clone()));
        Ok(fonts)
    }

    /// What each role of GB/T 9704 can be set in on this computer.
    pub fn font_roles(&self) -> Vec<FontRole> {
        let installed = font::installed();
        let of = |face: Face| FontRole { face, installed: installed.iter().filter(|font| font.face == face).cloned().collect() };
        [Face::Song, Face::Fang, Face::Kai, Face::Hei].map(of).into()
    }

    /// What a package could not be compiled for: characters that no font has.
    ///
    /// # Errors
    /// What the index says; [`Error::NotMade`] when a font that comes with the program is gone.
    pub fn missing_characters(&self, options: &Options) -> Result<Missing> {
        let proof = self.proof(options)?;
        let fonts = self.fonts_of(&proof.plan.print)?;
        let mut out = Missing::default();
        for volume in &proof.ledger.volumes {
            let manuscript = compile::manuscript(&proof.plan, &proof.ledger, &proof.plan.setup(), volume.number);
            for (character, text) in missing(&fonts, &manuscript).0 {
                out.0.entry(character).or_insert(text);
            }
        }
        Ok(out)
    }
}

impl Missing {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_error(self) -> CompileError {
        let mut places: Vec<String> = self.0.values().cloned().collect();
        places.dedup();
        CompileError::NoGlyph { characters: self.0.into_keys().collect(), places }
    }
}

pub(super) fn missing(fonts: &Fonts, manuscript: &Manuscript) -> Missing {
    let mut missing = Missing::default();
    for text in printed(manuscript) {
        for character in fonts.missing(text).chars() {
            missing.0.entry(character).or_insert_with(|| text.to_owned());
        }
    }
    missing
}

/// Every text that is printed.
fn printed(manuscript: &Manuscript) -> impl Iterator<Item = &str> {
    manuscript.sheets.iter().flat_map(|sheet| {
        let mut texts: Vec<&str> = vec![&sheet.header];
        match &sheet.body {
            Body::Scan(page) => texts.push(&page.caption),
            Body::Photos(photos) => {
                for photo in photos {
                    texts.push(&photo.scan.caption);
                    texts.extend(photo.text.iter().map(String::as_str));
                }
            }
            Body::Text(blocks) => {
                for block in blocks {
                    match block {
                        Block::Space(_) => {}
                        Block::Paragraph { text, .. } | Block::Contents { text, .. } => texts.push(text),
                        Block::Table(table) => {
                            texts.extend(table.head.iter().chain(table.rows.iter().flatten()).map(|cell| cell.text.as_str()))
                        }
                    }
                }
            }
        }
        texts
    })
}
