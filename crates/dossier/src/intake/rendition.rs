//! 转换件: the PDF that is shown and printed of a file that has no pages of its own, or needs a password.

use std::ops::ControlFlow;

use scans::{Inspected, Kind, Lent, Remarks, Rewriting, Told, Trouble, Undrawn, Watch};

use super::ahead::look;
use super::decide::{Piece, SLIP};
use super::door::Door;
use super::office;
use crate::domain::Paging;
use crate::error::Result;
use crate::store::{Incoming, NotReceived, layout};

impl Door<'_> {
    /// Makes the PDF of what has no pages of its own, or gives it the page that stands for an attachment. What is read on the PDF
    /// is given back: it may say more than was read in the file.
    pub(super) fn print(&mut self, name: &str, incoming: &Incoming, piece: &mut Piece, watch: &Watch) -> Result<String> {
        piece.pages = vec![SLIP];
        let made = match piece.kind {
            Kind::Ofd => match self.paged(incoming)? {
                Ok((made, remarks)) => {
                    piece.paging = Some(Paging::Drawn { remarks });
                    Some(made)
                }
                Err(trouble) => {
                    piece.paging = Some(Paging::Undrawn { trouble });
                    None
                }
            },
            kind if kind.is_office() => self.printed(name, incoming, watch)?,
            _ => None,
        };
        let Some(made) = made else { return Ok(String::new()) };
        let Inspected { kind, pages, text, trouble, .. } = look(self.worker, &made)?.inspected;
        if kind == Kind::Pdf && trouble.is_none() {
            // Templates, annotations and glyphs exchanged say more than the file's own order of parts; of old binary files only
            // runs of characters are known.
            let says_more = matches!(piece.kind, Kind::Ofd | Kind::Ole) || piece.text.is_empty();
            if says_more && !text.is_empty() {
                piece.text.clone_from(&text);
            }
            (piece.rendition, piece.pages) = (Some(made), pages);
        } else if let (Some(paging), Some(trouble)) = (&mut piece.paging, trouble) {
            *paging = Paging::Undrawn { trouble };
        }
        Ok(text)
    }

    /// The PDF of an OFD: drawn with its own fonts, and where they are wanting with those that stand in for them.
    fn paged(&self, incoming: &Incoming) -> Result<Result<(Incoming, Remarks), Trouble>> {
        match self.rewritten(incoming, Rewriting::Paged, &[])? {
            Err(Trouble::Undrawn { part: Undrawn::Fonts { names } }) => {
                let lent = (self.fonts)(&names);
                self.rewritten(incoming, Rewriting::Paged, &lent)
            }
            told => Ok(told),
        }
    }

    /// The PDF that an office program makes, where there is one.
    fn printed(&self, name: &str, incoming: &Incoming, watch: &Watch) -> Result<Option<Incoming>> {
        let Some(program) = self.office else { return Ok(None) };
        let Some(made) = office::print(program, &self.store.dir().join(layout::INCOMING), incoming.path(), name, watch)? else {
            return Ok(None);
        };
        match self.store.vault().receive(made.open()?, watch) {
            Ok(made) => Ok(Some(made)),
            Err(NotReceived::Source(_)) => Ok(None),
            Err(NotReceived::Ours(error)) => Err(error),
        }
    }

    /// The PDF that the worker makes, and what is to be said of it.
    pub(super) fn rewritten(&self, incoming: &Incoming, how: Rewriting, fonts: &[Lent]) -> Result<Result<(Incoming, Remarks), Trouble>> {
        let mut receiving = self.store.vault().begin()?;
        let mut failed = Ok(());
        let mut said = Remarks::default();
        let done = self.worker.another().rewrite(&incoming.open()?, incoming.bytes, how, fonts, &mut |told| {
            match told {
                Told::Bytes(part) => failed = receiving.write(part),
                Told::Remarks(remarks) => said = remarks,
                Told::Listed(_) | Told::Begin(_) | Told::End(_) => {}
            }
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        failed?;
        match self.started(done)? {
            Ok(()) => Ok(Ok((receiving.finish(), said))),
            Err(trouble) => Ok(Err(trouble)),
        }
    }
}
