//! READS LETTERS OFF A PICTURE: pixels in, lines out. Knows no files and no index.
//!
//! Two networks of PP-OCRv6 do the work: one says where lines of text are ([`find`]), one reads a strip of 48 pixels
//! height ([`recognise`]). What is ours lies between them: which way the page lies ([`turn`]), in which order its lines are
//! read ([`order`]), and where on the page every single letter stands.
//!
//! [`find`]: mod@find
//! [`recognise`]: mod@recognise

mod find;
mod network;
mod order;
mod picture;
mod recognise;
mod strip;
mod turn;

use find::Finder;
use recognise::Recogniser;

pub use network::Error;
pub use picture::Picture;

/// A box in pixels of the picture: left, upper, right and lower edge.
pub type Corners = [f32; 4];

/// A line of text, or a row of a table with its cells set apart by a space.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// Where each character of `text` stands; a space stands nowhere, its box is all zeros.
    pub letters: Vec<Corners>,
}

/// How sure the reader must be of the letters of a line, on the mean: what it makes of photos, stains and the arcs of seals
/// lies below. Drawn pages that are read right lie above 0.9, bad faxes above 0.7.
const SURE: f32 = 0.6;

/// Both networks, ready to read page after page on one thread.
pub struct Reader {
    finder: Finder,
    recogniser: Recogniser,
}

impl Reader {
    /// Loads the networks from the bytes of their ONNX files: the one that finds lines, and the one that reads them.
    ///
    /// # Errors
    /// [`Error::Model`] where one is damaged, or is another network.
    pub fn new(detect: Vec<u8>, recognise: Vec<u8>) -> Result<Self, Error> {
        let threads = network::one_thread();
        Ok(Self { finder: Finder::load(detect, &threads)?, recogniser: Recogniser::load(recognise, &threads)? })
    }

    /// The lines of a page in reading order, whichever way it lies: upright, on its side or upside down. Nothing on a page
    /// without letters.
    ///
    /// # Errors
    /// [`Error::Run`] where a network gives up.
    pub fn read(&self, picture: &Picture<'_>) -> Result<Vec<Line>, Error> {
        let page = turn::upright(&self.finder, &self.recogniser, picture)?;
        let mut read = Vec::with_capacity(page.strips.len());
        for strip in &page.strips {
            let line = self.recogniser.read(picture, strip)?;
            if line.sure() >= SURE {
                read.push(line);
            }
        }
        Ok(order::lines(read, page.across))
    }
}
