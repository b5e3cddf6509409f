//! PDF: its pages by a reader that was checked, their facts, their text and their pictures.

pub(crate) mod objects;
pub(crate) mod plain;
mod signed;
mod single;
pub mod syntax;
mod text;

use std::thread;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf, PdfData};

use crate::inspected::{PageFacts, Trouble};
use crate::limits;
use crate::picture::{self, Scale};
use crate::raster::Raster;

pub use signed::is_signed;
pub use text::Lettered;

/// Stack of the thread in which a page is interpreted: forms within forms within patterns go deep.
const STACK: usize = 32 << 20;

/// An opened PDF.
pub struct Book {
    pdf: Pdf,
}

impl Book {
    /// Opens a PDF; one that is restricted but has no user password opens like any other.
    ///
    /// # Errors
    /// [`Trouble::Encrypted`], [`Trouble::Damaged`], [`Trouble::NoPages`] or [`Trouble::OverLimit`].
    pub fn open(data: impl Into<PdfData>) -> Result<Self, Trouble> {
        let data = data.into();
        let pdf = picture::guarded(move || {
            Pdf::new(data).map_err(|error| match error {
                LoadPdfError::Decryption(_) => Trouble::Encrypted,
                LoadPdfError::Invalid => Trouble::damaged("the PDF can't be read"),
            })
        })?;
        if pdf.pages().is_empty() {
            return Err(Trouble::NoPages);
        }
        limits::pages(pdf.pages().len() as u64)?;
        Ok(Self { pdf })
    }

    /// Pages found; never 0.
    pub fn pages(&self) -> u32 {
        self.pdf.pages().len() as u32
    }

    /// Facts of every page in order.
    pub fn facts(&self) -> Vec<PageFacts> {
        self.pdf.pages().iter().map(facts).collect()
    }

    /// The text layer of the first pages, at most [`limits::TEXT_KEPT`] characters.
    pub fn text(&self) -> String {
        aside(|| Ok(text::of_first_pages(&self.pdf))).unwrap_or_default()
    }

    /// The text layer of a page (counted from 0) with the places of its letters; empty where there is none.
    ///
    /// # Errors
    /// Where there is no such page, or it can't be read.
    pub fn lettered(&self, page: u32) -> Result<Lettered, Trouble> {
        lettered(&self.pdf, page)
    }

    /// Draws a page (counted from 0) on white, its crop box and /Rotate applied.
    ///
    /// # Errors
    /// Where there is no such page, or it can't be drawn.
    pub fn draw(&self, page: u32, scale: Scale) -> Result<Raster, Trouble> {
        let page = self.pdf.pages().get(page as usize).ok_or_else(|| picture::no_such_page(page))?;
        aside(|| Ok(draw(page, scale)))
    }

    /// What is wrong with the whole although it could be opened.
    fn check(&self) -> Result<(), Trouble> {
        let found = self.pages();
        let xref = self.pdf.xref();
        let tree = xref.get::<Dict<'_>>(xref.root_id()).and_then(|root| root.get::<Dict<'_>>("Pages"));
        // Without the tree the reader gathers whatever looks like a page: order and number are then a guess.
        let tree = tree.filter(|tree| tree.get::<Array<'_>>("Kids").is_some());
        let tree = tree.ok_or_else(|| Trouble::damaged(format!("its page tree is lost; {found} loose pages were found")))?;
        let stated = tree.get::<i32>("Count").and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
        if stated > found {
            return Err(Trouble::FewerPages { stated, found });
        }
        match self.pdf.pages().iter().position(|page| !has_its_content(page)) {
            Some(at) => Err(Trouble::damaged(format!("page {}: its content is missing", at + 1))),
            None => Ok(()),
        }
    }
}

/// The text layer of a page (counted from 0) of a PDF that is open already, see [`Book::lettered`].
///
/// # Errors
/// Where there is no such page, or it can't be read.
pub fn lettered(pdf: &Pdf, page: u32) -> Result<Lettered, Trouble> {
    let page = pdf.pages().get(page as usize).ok_or_else(|| picture::no_such_page(page))?;
    aside(|| Ok(text::of_page(pdf, page)))
}

/// Runs what interprets a page in a thread of its own, with room for deep nesting; a panic there is damage.
fn aside<T: Send>(read: impl FnOnce() -> Result<T, Trouble> + Send) -> Result<T, Trouble> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        let thread = thread.map_err(|error| Trouble::unreadable(error.to_string()))?;
        thread.join().unwrap_or_else(|_| Err(Trouble::damaged("the page can't be interpreted")))
    })
}

/// Every page, the text layer, and whether it is signed, or what keeps the file from being taken in; pages that could be read come
/// along.
pub(crate) fn inspect(data: impl Into<PdfData>) -> (Vec<PageFacts>, String, bool, Option<Trouble>) {
    match Book::open(data) {
        Ok(book) => match picture::guarded(|| Ok((book.facts(), is_signed(&book.pdf), book.check().err()))) {
            Ok((facts, signed, trouble)) => (facts, book.text(), signed, trouble),
            Err(trouble) => (Vec::new(), String::new(), false, Some(trouble)),
        },
        Err(trouble) => (Vec::new(), String::new(), false, Some(trouble)),
    }
}

/// Whether the content a page names is there; a page that names none is blank, and whole.
fn has_its_content(page: &Page<'_>) -> bool {
    let raw = page.raw();
    if !raw.contains_key("Contents") || raw.get::<Stream<'_>>("Contents").is_some() {
        return true;
    }
    raw.get::<Array<'_>>("Contents").is_some_and(|parts| parts.raw_iter().count() == parts.iter::<Stream<'_>>().count())
}

/// Width and height as shown, in pt.
fn size(page: &Page<'_>) -> (f32, f32) {
    let unit = page.raw().get::<f32>("UserUnit").filter(|unit| (0.01..=1000.0).contains(unit)).unwrap_or(1.0);
    let (width, height) = page.render_dimensions();
    (width * unit, height * unit)
}

fn facts(page: &Page<'_>) -> PageFacts {
    let (width_pt, height_pt) = size(page);
    let single = single::picture(page);
    PageFacts { width_pt, height_pt, pixels: single.map(|single| single.pixels), dpi: single.and_then(|single| single.dpi) }
}

fn draw(page: &Page<'_>, scale: Scale) -> Raster {
    let (width_pt, height_pt) = size(page);
    let dpi = match scale {
        Scale::MaxSide(side) => side as f32 * 72.0 / width_pt.max(height_pt),
        Scale::Dpi(dpi) if dpi.is_finite() && dpi > 0.0 => dpi,
        Scale::Dpi(_) => picture::FULL_DPI,
        Scale::Bounded { dpi, pixels } => {
            let most = picture::bound(pixels, width_pt.into(), height_pt.into()) as f32;
            dpi.min(72.0 * (most / (width_pt * height_pt)).sqrt())
        }
        Scale::Full => single::picture(page).and_then(|single| single.dpi).unwrap_or(picture::FULL_DPI),
    };
    let most = limits::DRAWN_SIDE as f32;
    let factor = (dpi / 72.0).min(most / width_pt.max(height_pt));
    let side = |length: f32| (length * factor).round().clamp(1.0, most);
    let (width, height) = (side(width_pt), side(height_pt));
    let (own_width, own_height) = page.render_dimensions();
    // Half a pixel more, for the drawing cuts fractions off.
    let settings = PixmapSettings { x_scale: (width + 0.5) / own_width, y_scale: (height + 0.5) / own_height, bg_color: WHITE };
    let settings = PixmapSettings {
        x_scale: if (own_width * settings.x_scale) as u32 == width as u32 { settings.x_scale } else { width / own_width },
        ..settings
    };
    let drawn = hayro::render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let pixels = drawn.data_as_u8_slice();
    if pixels.chunks_exact(4).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]) {
        return Raster::new(width, height, 1, pixels.chunks_exact(4).map(|pixel| pixel[0]).collect());
    }
    let mut rgb = Vec::with_capacity(pixels.len() / 4 * 3);
    pixels.chunks_exact(4).for_each(|pixel| rgb.extend_from_slice(&pixel[..3]));
    Raster::new(width, height, 3, rgb)
}
