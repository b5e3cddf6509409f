//! Typesetting and writers: a [`Manuscript`] becomes a PDF or a DOCX.
//!
//! Nothing here knows an indicator, an index or a clock. Text is dealt out to sheets once (`layout`); both writers
//! follow that deal, so that a page number means the same page in both.

pub mod docx;
pub mod font;
pub mod layout;
pub mod manuscript;
pub mod pdf;
pub mod photos;

pub use manuscript::{Block, Manuscript, PageSetup, Sheet};
