//! Scans on their way into the package: opened, recognised, passed through, or drawn where that can't be.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use scans::pdf::Book;
use scans::picture::{self, Scale};
use scans::tiff::TiffPage;
use scans::{Digest, Kind, Mask, Raster, Trouble};

use super::mapped::Mapped;
use super::objects::Objects;
use super::piece::Piece;
use super::refusal::Refusal;
use super::source::Source;
use super::within::{self, Marks};
use super::{form, jpeg, looks, png, raster, tiff};
use crate::manuscript::{Remark, RemarkKind, ScanPage, Shelf, WriteError};

/// Dots per inch of a page that has to be drawn.
const DRAWN_DPI: f32 = 300.0;

pub struct Evidence<'s> {
    shelf: &'s dyn Shelf,
    /// Pages that are in the package already: the same page filed twice is written once.
    written: HashMap<(Digest, u32, Vec<Mask>), Rc<Piece>>,
    /// Bookmarks that the scans have.
    pub marks: Marks,
    /// The scan whose pages come one after the other.
    open: Option<(Digest, Scan)>,
}

/// An open scan.
enum Scan {
    Jpeg(Mapped),
    Png(Mapped),
    Tiff(Mapped, Vec<TiffPage>),
    /// BMP, GIF, WebP, HEIC: kinds that a PDF has no word for, decoded and written without loss.
    Whole(Mapped, Kind),
    Pdf(Box<Source>),
}

impl<'s> Evidence<'s> {
    pub fn new(shelf: &'s dyn Shelf) -> Self {
        Self { shelf, written: HashMap::new(), marks: Marks::new(), open: None }
    }

    /// The page, written to the package if it is not there yet; what has to be said about it, as standing `on` a sheet and the
    /// photo of it, goes to `remarks`.
    pub fn piece(
        &mut self,
        objects: &mut Objects,
        on: (usize, usize),
        page: &ScanPage,
        remarks: &mut Vec<Remark>,
    ) -> Result<Rc<Piece>, WriteError> {
        let key = (page.digest, page.page, page.masks.clone());
        let piece = match self.written.get(&key) {
            Some(known) => Rc::clone(known),
            None => {
                let piece = Rc::new(self.write(objects, on, page, remarks)?);
                self.written.insert(key, Rc::clone(&piece));
                piece
            }
        };
        if !page.masks.is_empty() {
            remarks.push(remark(on, RemarkKind::Masked, format!("{} masks, drawn at {} dpi", page.masks.len(), Mask::DPI)));
        } else if let Some(why) = &piece.drawn {
            remarks.push(remark(on, RemarkKind::Drawn, why.clone()));
        }
        Ok(piece)
    }

    fn write(
        &mut self,
        objects: &mut Objects,
        on: (usize, usize),
        page: &ScanPage,
        remarks: &mut Vec<Remark>,
    ) -> Result<Piece, WriteError> {
        let failed = |detail: String| WriteError::Scan { name: page.name.clone(), page: page.page + 1, detail };
        if self.open.as_ref().is_none_or(|(digest, _)| *digest != page.digest) {
            // The scan before is closed first, so that two large ones are never open at a time.
            self.open = None;
            let scan = Scan::open(self.shelf, page.digest).map_err(failed)?;
            if let Scan::Pdf(source) = &scan {
                let active = source.active.iter().map(|active| remark(on, RemarkKind::ActiveContentDropped, active.clone()));
                remarks.extend(active);
                self.marks.entry(page.digest).or_insert_with(|| within::of(&source.pdf));
                remarks.extend(source.signed.then(|| remark(on, RemarkKind::SignatureVoid, SIGNED.to_owned())));
            }
            self.open = Some((page.digest, scan));
        }
        let (_, scan) = self.open.as_mut().expect("opened above");
        let piece = if page.masks.is_empty() {
            match scan.pass(objects, page.page, page.apart) {
                Ok((piece, said)) => {
                    remarks.extend(said.into_iter().map(|(kind, detail)| remark(on, kind, detail)));
                    return Ok(piece);
                }
                Err(Refusal::Unfit(why)) => scan.draw(objects, page.page, why),
                Err(other) => Err(other),
            }
        } else {
            scan.mask(objects, page.page, &page.masks)
        };
        if scan.breaks_off(page.page) {
            remarks.push(remark(on, RemarkKind::LooksBroken, looks::BROKEN.to_owned()));
        }
        piece.map_err(|refusal| refusal.into_error(failed))
    }
}

/// What is said of a scan that is signed.
pub const SIGNED: &str = "the signature of the file holds for none of its pages here";

fn remark((sheet, photo): (usize, usize), kind: RemarkKind, detail: String) -> Remark {
    Remark { sheet, photo, kind, detail }
}

impl Scan {
    fn open(shelf: &dyn Shelf, digest: Digest) -> Result<Self, String> {
        let mapped = shelf.open(digest).and_then(Mapped::new).map_err(|error| error.to_string())?;
        match kind(mapped.as_ref()) {
            Kind::Jpeg => Ok(Self::Jpeg(mapped)),
            Kind::Png => Ok(Self::Png(mapped)),
            Kind::Tiff => {
                let pages = tiff::pages(&mapped)?;
                Ok(Self::Tiff(mapped, pages))
            }
            Kind::Pdf => Ok(Self::Pdf(Box::new(Source::open(Arc::new(mapped))?))),
            kind @ (Kind::Bmp | Kind::Gif | Kind::Webp | Kind::Heic) => Ok(Self::Whole(mapped, kind)),
            other => Err(format!("{other:?} has no pages")),
        }
    }

    /// The page as it is, and what has to be said of it; `apart` from the other pages of its scan.
    fn pass(&mut self, objects: &mut Objects, page: u32, apart: bool) -> Result<(Piece, Vec<form::Said>), Refusal> {
        match self {
            Self::Jpeg(_) | Self::Png(_) if page != 0 => Err(Refusal::unfit("the file has no such page")),
            Self::Whole(..) => Err(Refusal::unfit("a kind of picture that a PDF can't hold")),
            Self::Jpeg(mapped) => Ok((jpeg::pass(objects, mapped)?, Vec::new())),
            Self::Png(mapped) => Ok((png::pass(objects, mapped)?, Vec::new())),
            Self::Tiff(mapped, pages) => Ok((tiff::pass(objects, mapped, pages, page as usize)?, Vec::new())),
            Self::Pdf(source) => form::take_in(objects, source, page as usize, apart).inspect_err(|_| {
                // Some of its objects have numbers but were not written: the next page starts anew.
                source.numbers.clear();
            }),
        }
    }

    /// The page as a picture. PNG and TIFF lose nothing by that; for the others the piece says why.
    fn draw(&self, objects: &mut Objects, page: u32, why: String) -> Result<Piece, Refusal> {
        let scale = if matches!(self, Self::Pdf(_)) { Scale::Dpi(DRAWN_DPI) } else { Scale::Full };
        let drawn = self.drawn(page, scale).map_err(|trouble| Refusal::unfit(format!("{why}; drawing it: {trouble}")))?;
        let id = raster::write(objects, &drawn)?;
        let mut piece = Piece::image(id, drawn.width, drawn.height, 1, self.stated(page));
        let lossless = matches!(self, Self::Png(_) | Self::Tiff(..) | Self::Whole(..));
        piece.drawn = (!lossless).then_some(why);
        Ok(piece)
    }

    /// The page as a picture with its masks: what lies below them is not written, nor is anything else of the page as it came.
    fn mask(&self, objects: &mut Objects, page: u32, masks: &[Mask]) -> Result<Piece, Refusal> {
        let drawn = self.drawn(page, Scale::Dpi(Mask::DPI)).map_err(|trouble| Refusal::unfit(trouble.to_string()))?.masked(masks);
        let id = raster::write_jpeg(objects, &drawn, Mask::QUALITY)?;
        // A picture is drawn with pixels that are square, and never with more of them than it has.
        let dpi = self.stated(page).map(|(across, down)| across.max(down).min(Mask::DPI));
        Ok(Piece::image(id, drawn.width, drawn.height, 1, dpi.map(|dpi| (dpi, dpi))))
    }

    /// Drawn, the page lacks looks of its annotations.
    fn breaks_off(&self, page: u32) -> bool {
        matches!(self, Self::Pdf(source) if looks::break_off(&source.pdf, page))
    }

    fn drawn(&self, page: u32, scale: Scale) -> Result<Raster, Trouble> {
        match self {
            Self::Jpeg(mapped) => picture::draw(mapped.as_ref(), Kind::Jpeg, page, scale),
            Self::Png(mapped) => picture::draw(mapped.as_ref(), Kind::Png, page, scale),
            Self::Whole(mapped, kind) => picture::draw(mapped.as_ref(), *kind, page, scale),
            Self::Tiff(mapped, _) => picture::draw(mapped.as_ref(), Kind::Tiff, page, scale),
            Self::Pdf(source) => Book::open(Arc::clone(&source.mapped))?.draw(page, scale),
        }
    }

    /// Dots per inch of a page that is drawn, across and down as it is shown; a page of a PDF has those it is drawn with.
    fn stated(&self, page: u32) -> Option<(f32, f32)> {
        let shown = |orientation: u8, (across, down): (f32, f32)| if orientation >= 5 { (down, across) } else { (across, down) };
        match self {
            Self::Jpeg(mapped) => {
                let header = scans::jpeg::header(mapped.as_ref()).ok()?;
                Some(shown(header.orientation, header.dpi?))
            }
            Self::Png(mapped) => png::dpi(mapped),
            Self::Whole(mapped, kind) => scans::whole::dpi(mapped.as_ref(), *kind),
            Self::Tiff(_, pages) => pages.get(page as usize).and_then(|page| Some(shown(page.orientation, page.dpi?))),
            Self::Pdf(_) => Some((DRAWN_DPI, DRAWN_DPI)),
        }
    }
}

/// The kinds that have pages, by how they begin.
fn kind(bytes: &[u8]) -> Kind {
    /// A PDF may have something before its mark.
    const ROOM: usize = 1024;
    match bytes {
        [0xFF, 0xD8, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Kind::Png,
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Kind::Tiff,
        _ if bytes[..bytes.len().min(ROOM)].windows(5).any(|five| five == b"%PDF-") => Kind::Pdf,
        _ => Kind::sniff(&bytes[..bytes.len().min(scans::kind::HEAD)]),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{File, OpenOptions};
    use std::io;

    use memmap2::Mmap;
    use scans::Framing;

    use super::*;
    use crate::pdf::sink::Sink;

    struct Bare;

    impl Shelf for Bare {
        fn open(&self, _: Digest) -> io::Result<File> {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    /// A scan whose disk gives no more of it is named, however long it is; the disk of the package is not blamed.
    #[test]
    fn a_scan_that_can_not_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for side in [40, 900] {
            let path = folder.path().join("scan.jpg");
            let pixels: Vec<u8> = (0..side * side).map(|at: usize| (at * at / 7 % 251) as u8).collect();
            let encoder = jpeg_encoder::Encoder::new_file(&path, 95).unwrap();
            encoder.encode(&pixels, side as u16, side as u16, jpeg_encoder::ColorType::Luma).unwrap();
            // It can be looked into, and not be read.
            let map = unsafe { Mmap::map(&File::open(&path).unwrap()).unwrap() };
            let mapped = Mapped::File { file: OpenOptions::new().append(true).open(&path).unwrap(), map };
            assert_eq!(mapped.as_ref().len() > 64 << 10, side == 900);
            let digest = Digest::of(mapped.as_ref());
            let mut evidence = Evidence { open: Some((digest, Scan::Jpeg(mapped))), ..Evidence::new(&Bare) };
            let mut objects = Objects::begin(Sink::create(&folder.path().join("out.pdf")).unwrap()).unwrap();
            let page = ScanPage {
                digest,
                page: 0,
                turn: 0,
                framing: Framing::default(),
                slice: None,
                masks: Vec::new(),
                apart: false,
                strokes: Vec::new(),
                caption: String::new(),
                name: "会议纪要.jpg".to_owned(),
            };
            let refused = evidence.piece(&mut objects, (0, 0), &page, &mut Vec::new()).err();
            assert!(matches!(&refused, Some(WriteError::Scan { name, page: 1, .. }) if name == "会议纪要.jpg"), "{refused:?}");
        }
    }
}
