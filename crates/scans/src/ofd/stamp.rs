//! Where a seal stands on a page, and its picture there.

use hayro::kurbo::{Affine, Rect};

use super::document::Document;
use super::page::Painter;
use super::xml::Element;
use super::{image, page};
use crate::inspected::{Trouble, Undrawn};
use crate::kind::Kind;
use crate::pdf::objects::Stopped;

/// A seal, and the object that shows it once it was met.
pub(super) struct Seal {
    pub(super) picture: Vec<u8>,
    shown: Option<u32>,
}

impl Seal {
    pub(super) fn new(picture: Vec<u8>) -> Self {
        Self { picture, shown: None }
    }
}

/// A stamp of a signature (StampAnnot).
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    /// The page it stands on.
    pub(super) page: String,
    /// In mm of the page.
    place: Rect,
    /// The part of it that is shown, from its upper left corner: a seal across the edges of several pages.
    clip: Option<Rect>,
    /// Which picture.
    seal: usize,
}

impl Stamp {
    pub(super) fn read(stamp: &Element, seal: usize) -> Result<Self, Trouble> {
        let place = stamp.area("Boundary")?.ok_or_else(|| Trouble::damaged("a stamp without a place"))?;
        let page = stamp.attribute("PageRef").unwrap_or_default().to_owned();
        Ok(Self { page, place, clip: stamp.area("Clip")?, seal })
    }
}

impl Painter<'_, '_, '_, '_> {
    /// The paper and the text under a seal show through its white, as ink would let them.
    pub(super) fn stamp(&mut self, stamp: &Stamp, paper: Affine) -> Result<(), Stopped> {
        let shown = self.seal(stamp.seal)?;
        let Rect { x0, y0, .. } = stamp.place;
        let over = self.book.state("/BM/Multiply")?;
        self.canvas.out.say("q\n");
        if let Some(clip) = stamp.clip {
            self.canvas.out.area(paper * Affine::translate((x0, y0)), clip);
            self.canvas.out.say("W n\n");
        }
        self.canvas.apply(over);
        let matrix = paper * image::upright(Affine::new([stamp.place.width(), 0.0, 0.0, stamp.place.height(), x0, y0]));
        self.canvas.show(shown, matrix);
        self.canvas.out.say("Q\n");
        Ok(())
    }

    /// The object that shows a seal in a square of 1 × 1, made when it is first met.
    fn seal(&mut self, at: usize) -> Result<u32, Stopped> {
        if let Some(known) = self.document.seals[at].shown {
            return Ok(known);
        }
        let bytes = std::mem::take(&mut self.document.seals[at].picture);
        let number = match Kind::sniff(&bytes) {
            Kind::Ofd => self.seal_page(&bytes)?,
            _ => image::write(self.book, &bytes, None).map_err(|stopped| match stopped {
                Stopped::Trouble(Trouble::Unsupported | Trouble::Undrawn { .. } | Trouble::Damaged { .. }) => {
                    Trouble::from(Undrawn::Seal).into()
                }
                stopped => stopped,
            })?,
        };
        self.document.seals[at].shown = Some(number);
        self.book.remarks.seals += 1;
        Ok(number)
    }

    /// A seal that is an OFD: its first page. One within it, sealed again, is not followed.
    fn seal_page(&mut self, bytes: &[u8]) -> Result<u32, Stopped> {
        let mut inner = Document::open(bytes)?;
        if self.within || !inner.stamps.is_empty() {
            return Err(Trouble::from(Undrawn::Nested).into());
        }
        let sheet = inner.sheet(0)?;
        let (width, height) = (sheet.width * page::MM, sheet.height * page::MM);
        let mut painter = Painter::new(self.book, &mut inner, true);
        painter.sheet(&sheet)?;
        let entries = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 {width:.3} {height:.3}]/Matrix[{:.8} 0 0 {:.8} 0 0]/Group<</S/Transparency>>",
            1.0 / width,
            1.0 / height
        );
        let canvas = painter.finish();
        if !canvas.marked {
            return Err(Trouble::from(Undrawn::Seal).into());
        }
        self.book.form(&entries, canvas)
    }
}
