//! Everything the desk may ask of the outside.

use std::path::PathBuf;

use jiff::civil::Date;
use scans::Models;

use crate::error::{Error, Result};
use crate::store::{FileAct, Files};

#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Program that is started with `--worker`.
    pub worker: PathBuf,
    /// Folder of the bundled fonts.
    pub fonts: PathBuf,
    /// What letters on scans are read with; `None`: they are not.
    pub models: Option<Models>,
    /// The clock.
    pub today: fn() -> Date,
    /// Name written in the journal.
    pub who: String,
    /// The office program that prints DOCX, XLSX and the like; `None`: they are kept as attachments.
    pub office: Option<PathBuf>,
    /// How files of the project are written; tests make it fail.
    pub files: Files,
}

impl Surroundings {
    /// This program as its own worker, the bundled fonts, today, and the user of the system.
    ///
    /// # Errors
    /// When the system does not say where this program lies.
    pub fn here() -> Result<Self> {
        let worker = std::env::current_exe().map_err(|source| Error::file(FileAct::Read, "program".as_ref(), source))?;
        Ok(Self {
            worker,
            fonts: paper::font::locate().unwrap_or_else(|| PathBuf::from("assets/fonts")),
            models: Models::locate(),
            today: || jiff::ZonedDateTime::now().date(),
            who: ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default(),
            office: crate::intake::office::find(),
            files: Files::real(),
        })
    }
}
