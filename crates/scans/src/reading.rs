//! Letters on a page that is only a picture, read by [`reading`]: which models do it, where they lie, and what they read.

use std::path::{Path, PathBuf};

use ::reading::{Picture, Reader};

use crate::bundled;
use crate::condition::without_seals;
use crate::grey_seal;
use crate::inspected::Trouble;
use crate::pdf::Lettered;
use crate::picture::{Scale, guarded};
use crate::raster::Raster;

/// How a page is drawn to be read: A4 in 1654 × 2339 pixels; the bound is a little over that of A3.
pub(crate) const DRAWN: Scale = Scale::Bounded { dpi: 200.0, pixels: 8_000_000 };

const DETECT: &str = "detect.onnx";
const RECOGNISE: &str = "recognise.onnx";

/// Files of the two models that read letters. The worker opens no files; they are sent along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// Says where lines are.
    pub detect: PathBuf,
    /// Reads a line.
    pub recognise: PathBuf,
}

impl Models {
    /// Those in a folder; `None` where one is missing.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        let models = Self { detect: folder.join(DETECT), recognise: folder.join(RECOGNISE) };
        (models.detect.is_file() && models.recognise.is_file()).then_some(models)
    }

    /// The bundled ones: in the folder named by `HUIJUAN_READING` and no other, else where [`bundled::folders`] says.
    pub fn locate() -> Option<Self> {
        if let Some(folder) = std::env::var_os("HUIJUAN_READING") {
            return Self::in_folder(Path::new(&folder));
        }
        bundled::folders("HUIJUAN_READING", "reading").iter().find_map(|folder| Self::in_folder(folder))
    }
}

/// Makes the models ready from the bytes of their files.
pub(crate) fn reader(detect: Vec<u8>, recognise: Vec<u8>) -> Result<Reader, Trouble> {
    guarded(|| Reader::new(detect, recognise).map_err(|error| Trouble::unreadable(error.to_string())))
}

/// What stands on a page as it lies, line by line, and under its seals, which are red, or of another grey than print.
pub(crate) fn read(reader: &Reader, page: Raster) -> Result<Lettered, Trouble> {
    let page = match grey_seal::colourless(&page) {
        Some(grey) => grey_seal::lightened(grey),
        None => without_seals(page),
    };
    let picture = Picture::new(page.width, page.height, page.samples()).ok_or_else(|| Trouble::damaged("a page without pixels"))?;
    // Models that were loaded and make nothing of this page: the next one may be read.
    let lines = guarded(|| reader.read(&picture).map_err(|error| Trouble::damaged(error.to_string())))?;
    let share = |at: f32, of: u32| (at / of as f32 * 10_000.0).round().clamp(0.0, 10_000.0) as u16;
    let mut read = Lettered::default();
    for line in lines {
        read.text.push_str(&line.text);
        read.text.push('\n');
        read.boxes.extend(line.letters.iter().map(|[left, top, right, bottom]| {
            [share(*left, page.width), share(*top, page.height), share(*right, page.width), share(*bottom, page.height)]
        }));
        read.boxes.push([0; 4]);
    }
    Ok(read)
}
