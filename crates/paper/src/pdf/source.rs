//! A source PDF that is open while its pages are taken in.

use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, Name};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};
use scans::limits;

use super::copy::Numbers;
use super::mapped::Mapped;

pub struct Source {
    pub pdf: Pdf,
    pub mapped: Arc<Mapped>,
    pub numbers: Numbers,
    /// Active content of the file as a whole (scripts, attachments), which stays out of the package.
    pub active: Option<String>,
    /// A field of its form is signed.
    pub signed: bool,
    /// Some layers are hidden: without the source's catalogue they would show.
    pub hidden_layers: bool,
}

impl Source {
    /// # Errors
    /// A detail for the log when the file can't be read as a PDF.
    pub fn open(mapped: Arc<Mapped>) -> Result<Self, String> {
        let pdf = Pdf::new(mapped.clone()).map_err(|error| match error {
            LoadPdfError::Decryption(_) => "needs a password".to_owned(),
            LoadPdfError::Invalid => "not a readable PDF".to_owned(),
        })?;
        if pdf.pages().len() as u64 > limits::PAGES {
            return Err(format!("has more than {} pages", limits::PAGES));
        }
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let active = root.as_ref().and_then(active_content);
        let hidden_layers = root.as_ref().is_some_and(hides_layers);
        drop(root);
        let signed = scans::pdf::is_signed(&pdf);
        Ok(Self { pdf, mapped, numbers: Numbers::new(), active, signed, hidden_layers })
    }
}

/// What a document does by itself or carries along.
fn active_content(root: &Dict<'_>) -> Option<String> {
    let mut found = Vec::new();
    if root.get::<Dict<'_>>(b"OpenAction").as_ref().is_some_and(is_active) {
        found.push("action on opening");
    }
    if root.contains_key(b"AA") {
        found.push("actions of the document");
    }
    let names = root.get::<Dict<'_>>(b"Names");
    if names.as_ref().is_some_and(|names| names.contains_key(b"JavaScript")) {
        found.push("JavaScript");
    }
    if names.as_ref().is_some_and(|names| names.contains_key(b"EmbeddedFiles")) || root.contains_key(b"AF") {
        found.push("attached files");
    }
    (!found.is_empty()).then(|| found.join(", "))
}

/// Going to a page or to an address is not active; all else is.
pub fn is_active(action: &Dict<'_>) -> bool {
    action.get::<Name<'_>>(b"S").is_some_and(|kind| !matches!(kind.as_ref(), b"GoTo" | b"GoToR" | b"URI" | b"Named" | b"Thread"))
}

fn hides_layers(root: &Dict<'_>) -> bool {
    let Some(usual) = root.get::<Dict<'_>>(b"OCProperties").and_then(|layers| layers.get::<Dict<'_>>(b"D")) else { return false };
    usual.get::<Array<'_>>(b"OFF").is_some_and(|off| off.raw_iter().next().is_some())
        || usual.get::<Name<'_>>(b"BaseState").is_some_and(|state| state.as_ref() == b"OFF")
}

/// A value of a page that may be inherited from the nodes above it; loops are cut.
pub fn inherited<'a, T>(page: &Page<'a>, look: impl Fn(&Dict<'a>) -> Option<T>) -> Option<T> {
    let mut node = page.raw().clone();
    for _ in 0..limits::NESTING {
        if let Some(found) = look(&node) {
            return Some(found);
        }
        node = node.get::<Dict<'a>>(b"Parent")?;
    }
    None
}
