//! The file whose pages are being taken, kept open from page to page.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page, Rotation};
use hayro_syntax::{Filter, Pdf, PdfData};
use memmap2::Mmap;
use scans::picture::{self, Scale};
use scans::{Digest, Kind, Raster, pdf};

/// One file at a time: the pages of a piece follow one another.
#[derive(Default)]
pub struct Book(Option<(Digest, Pages)>);

enum Pages {
    /// The same bytes, opened to be drawn and opened to be looked into.
    Pdf(Box<(pdf::Book, Option<Pdf>)>),
    /// A kind of picture that has to be decoded, and the size of each of its pages in pt.
    Picture(Kind, Arc<Mmap>, Vec<(f32, f32)>),
}

/// The JPEG that a page of a PDF consists of. Sizes in pt, at 100 %.
pub struct OwnJpeg {
    pub bytes: Vec<u8>,
    pub width: f32,
    pub height: f32,
}

impl Book {
    /// Opens the file, unless it is open already.
    pub fn turn_to(&mut self, digest: Digest, kind: Kind, file: &File) -> Result<(), String> {
        if self.is_open(digest) {
            return Ok(());
        }
        // SAFETY: scans are write-once files of the vault; nobody changes one while a package is written.
        let bytes = Arc::new(unsafe { Mmap::map(file) }.map_err(|error| error.to_string())?);
        let pages = match kind {
            Kind::Pdf => {
                let data = PdfData::from(bytes);
                let book = pdf::Book::open(data.clone()).map_err(|trouble| trouble.to_string())?;
                let inside = catch_unwind(AssertUnwindSafe(|| Pdf::new(data).ok())).unwrap_or_default();
                Pages::Pdf(Box::new((book, inside)))
            }
            _ => {
                let sizes = scans::inspect(&bytes).pages.iter().map(|page| (page.width_pt, page.height_pt)).collect();
                Pages::Picture(kind, bytes, sizes)
            }
        };
        self.0 = Some((digest, pages));
        Ok(())
    }

    pub fn is_open(&self, digest: Digest) -> bool {
        self.0.as_ref().is_some_and(|(open, _)| *open == digest)
    }

    /// The picture of a page that is nothing but one JPEG, upright and from edge to edge.
    pub fn own_jpeg(&self, page: u32) -> Option<OwnJpeg> {
        let Some((_, Pages::Pdf(opened))) = &self.0 else { return None };
        let pdf = opened.1.as_ref()?;
        catch_unwind(AssertUnwindSafe(|| own_jpeg(pdf.pages().get(page as usize)?))).unwrap_or_default()
    }

    /// Drawn, the page lacks looks of its annotations.
    pub fn breaks_off(&self, page: u32) -> bool {
        let Some((_, Pages::Pdf(opened))) = &self.0 else { return false };
        let inside = || opened.1.as_ref().is_some_and(|pdf| crate::pdf::break_off(pdf, page));
        catch_unwind(AssertUnwindSafe(inside)).unwrap_or_default()
    }

    /// The file that is open is a PDF, and signed.
    pub fn is_signed(&self) -> bool {
        let Some((_, Pages::Pdf(opened))) = &self.0 else { return false };
        let inside = || opened.1.as_ref().is_some_and(pdf::is_signed);
        catch_unwind(AssertUnwindSafe(inside)).unwrap_or_default()
    }

    /// Size of a page at 100 %, in pt, as a picture says it; a page of a PDF is as large as it is drawn.
    pub fn size(&self, page: u32) -> Option<(f32, f32)> {
        match &self.0 {
            Some((_, Pages::Picture(_, _, sizes))) => sizes.get(page as usize).copied(),
            _ => None,
        }
    }

    pub fn draw(&self, page: u32, scale: Scale) -> Result<Raster, String> {
        let (_, pages) = self.0.as_ref().expect("a page is drawn after its file was opened");
        match pages {
            Pages::Pdf(opened) => opened.0.draw(page, scale),
            Pages::Picture(kind, bytes, _) => picture::draw(bytes, *kind, page, scale),
        }
        .map_err(|trouble| trouble.to_string())
    }
}

fn own_jpeg(page: &Page<'_>) -> Option<OwnJpeg> {
    let raw = page.raw();
    if !matches!(page.rotation(), Rotation::None) || raw.contains_key("Annots") || raw.contains_key("UserUnit") {
        return None;
    }
    let (name, matrix) = only_picture(page.page_stream()?)?;
    let image = page.resources().x_objects.get::<Stream<'_>>(&name)?;
    let dict = image.dict();
    let filters = image.filters();
    if dict.get::<Name<'_>>("Subtype")?.as_ref() != b"Image"
        || !matches!(filters.as_slice(), [Filter::DctDecode])
        || ["SMask", "Mask", "Decode", "ImageMask", "OC"].iter().any(|key| dict.contains_key(key))
        || !plain_colour(dict)
    {
        return None;
    }
    let shown = page.intersected_crop_box();
    let [a, b, c, d, e, f] = matrix;
    let (width, height) = (shown.width(), shown.height());
    let near = |value: f64, wanted: f64| (value - wanted).abs() <= width.max(height) * 0.005;
    if !(near(b, 0.0) && near(c, 0.0) && near(a, width) && near(d, height) && near(e, shown.x0) && near(f, shown.y0)) {
        return None;
    }
    let bytes = image.raw_data().into_owned();
    let header = scans::jpeg::header(&bytes).ok()?;
    // Ink and Adobe's inversions are shown differently by different programs: such a page is drawn.
    let plain = matches!((header.components, header.adobe_transform), (1, _) | (3, None | Some(1)));
    plain.then_some(OwnJpeg { bytes, width: width as f32, height: height as f32 })
}

fn plain_colour(dict: &Dict<'_>) -> bool {
    let named = |name: &[u8]| matches!(name, b"DeviceRGB" | b"DeviceGray" | b"ICCBased" | b"CalRGB" | b"CalGray");
    match dict.get::<Object<'_>>("ColorSpace") {
        Some(Object::Name(name)) => named(name.as_ref()),
        Some(Object::Array(array)) => dict_name(&array).is_some_and(|name| named(&name)),
        _ => false,
    }
}

fn dict_name(array: &Array<'_>) -> Option<Vec<u8>> {
    array.iter::<Name<'_>>().next().map(|name| name.as_ref().to_vec())
}

/// The name and the matrix of the picture, when the content draws it and nothing else.
fn only_picture(content: &[u8]) -> Option<(Vec<u8>, [f64; 6])> {
    let mut found = None;
    let mut matrix = None;
    let mut instructions = UntypedIter::new(content);
    while let Some(instruction) = instructions.next() {
        let operator: &[u8] = instruction.operator.as_ref();
        match operator {
            b"q" | b"Q" => {}
            b"cm" if matrix.is_none() => {
                let numbers: Vec<f64> = instruction.operands().filter_map(number).collect();
                matrix = Some(numbers.try_into().ok()?);
            }
            b"Do" if found.is_none() => {
                let Some(Object::Name(name)) = instruction.operands().last() else { return None };
                found = Some(name.as_ref().to_vec());
            }
            _ => return None,
        }
    }
    found.zip(matrix)
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(Number::as_f64(number)),
        _ => None,
    }
}
