//! The pictures of the evidence: copied into the package as they are, or drawn once and copied.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek};

use scans::picture::Scale;
use scans::{Digest, Kind, Mask, Watch};

use super::attitude::Attitude;
use super::package::Package;
use super::{png, source};
use crate::manuscript::{Manuscript, Remark, RemarkKind, ScanPage, Shelf, Slice, Stroke, WriteError};

/// Resolution at which pages are drawn that are no picture of their own.
const DPI: f32 = 200.0;
/// Quality of drawn colour and grey pages.
const QUALITY: u8 = 85;
/// The same for pages with masks or red lines, and straightened ones.
const MARKED_DPI: f32 = Mask::DPI;
const MARKED_QUALITY: u8 = Mask::QUALITY;
const RED: [u8; 3] = [219, 13, 13];
/// Bytes in which the header of a picture is looked for first.
const HEAD: u64 = 128 << 10;

/// A picture as it lies in the package.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// Index among the media.
    pub media: usize,
    /// Size at 100 %, in pt, before it is turned.
    pub width: f32,
    pub height: f32,
    /// How it must be turned to stand as the scan is shown.
    pub attitude: Attitude,
    /// What is cut off at the left, top, right and bottom before it is turned, in shares of its size.
    pub cut: [f32; 4],
}

impl Picture {
    /// Less what is cut off at the left, top, right and bottom as it is shown now, in shares.
    fn within(self, [left, top, right, bottom]: [f64; 4]) -> Self {
        let mut cut = match self.attitude.turn {
            90 => [top, right, bottom, left],
            180 => [right, bottom, left, top],
            270 => [bottom, left, top, right],
            _ => [left, top, right, bottom],
        }
        .map(|share| share as f32);
        // It is mirrored after it was cut.
        if self.attitude.mirrored {
            cut.swap(0, 2);
        }
        let across = 1.0 - self.cut[0] - self.cut[2];
        let down = 1.0 - self.cut[1] - self.cut[3];
        let (width, height) = (self.width * (1.0 - cut[0] - cut[2]), self.height * (1.0 - cut[1] - cut[3]));
        let of = [across, down, across, down];
        Self { width, height, cut: std::array::from_fn(|side| self.cut[side] + cut[side] * of[side]), ..self }
    }
}

/// All pictures of the package.
#[derive(Debug, Default)]
pub struct Pictures {
    names: Vec<String>,
    by_sheet: HashMap<usize, Vec<Picture>>,
    pub remarks: Vec<Remark>,
}

impl Pictures {
    /// Relationship id and file name of every picture.
    pub fn media(&self) -> impl Iterator<Item = (String, &str)> {
        self.names.iter().enumerate().map(|(media, name)| (id(media), name.as_str()))
    }

    /// Pictures on a sheet, in order; text has none.
    pub fn on(&self, sheet: usize) -> &[Picture] {
        self.by_sheet.get(&sheet).map_or(&[], Vec::as_slice)
    }
}

pub fn id(media: usize) -> String {
    format!("rId_picture{}", media + 1)
}

/// Puts every picture into the package, each only once, one after another; reduced to `dpi` where that is asked for.
pub fn store(
    package: &mut Package,
    manuscript: &Manuscript,
    shelf: &dyn Shelf,
    dpi: Option<f32>,
    watch: &Watch,
) -> Result<Pictures, WriteError> {
    let mut pictures = Pictures::default();
    let mut stored: HashMap<(Digest, u32, &[Mask], &[Stroke], i16), (Picture, [Option<Changed>; 2])> = HashMap::new();
    let mut book = source::Book::default();
    let mut last = None;
    let total = manuscript.sheets.len() as u64;
    for (sheet, photo, scan) in manuscript.scans() {
        watch.go_on()?;
        let key = (scan.digest, scan.page, scan.masks.as_slice(), scan.strokes.as_slice(), scan.framing.tilt);
        let (picture, changed) = match stored.get(&key) {
            Some(known) => *known,
            None => {
                let (picture, changed) = add(package, &mut pictures.names, shelf, &mut book, dpi, scan)?;
                let broken = (changed.is_some() && book.breaks_off(scan.page)).then_some((RemarkKind::LooksBroken, crate::pdf::BROKEN));
                if last.replace(scan.digest) != Some(scan.digest) && book.is_open(scan.digest) && book.is_signed() {
                    let (kind, detail) = (RemarkKind::SignatureVoid, crate::pdf::SIGNED.to_owned());
                    pictures.remarks.push(Remark { sheet, photo, kind, detail });
                }
                let fresh = (picture, [changed, broken]);
                stored.insert(key, fresh);
                fresh
            }
        };
        for (kind, detail) in changed.into_iter().flatten() {
            pictures.remarks.push(Remark { sheet, photo, kind, detail: detail.to_owned() });
        }
        let cropped = picture.within(scan.framing.cut());
        let turned = Picture { attitude: cropped.attitude.turned(scan.turn), ..cropped };
        let (above, below) = scan.slice.map_or((0.0, 0.0), Slice::around);
        pictures.by_sheet.entry(sheet).or_default().push(turned.within([0.0, above, 0.0, below]));
        watch.step(pictures.by_sheet.len() as u64, total, scan.name.as_str());
    }
    Ok(pictures)
}

/// What became of a page that is not in the package as it came, and why.
type Changed = (RemarkKind, &'static str);

/// Puts one picture into the package; says why when it had to be drawn.
fn add(
    package: &mut Package,
    names: &mut Vec<String>,
    shelf: &dyn Shelf,
    book: &mut source::Book,
    dpi: Option<f32>,
    scan: &ScanPage,
) -> Result<(Picture, Option<Changed>), WriteError> {
    let mut file = shelf.open(scan.digest).map_err(|error| fault(scan, error))?;
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head).map_err(|error| fault(scan, error))?;
    let kind = Kind::sniff(&head);
    if !scan.masks.is_empty() || !scan.strokes.is_empty() || scan.framing.tilt != 0 {
        return redrawn(package, names, book, dpi, &file, kind, scan);
    }
    if let (Some(dpi), Kind::Jpeg | Kind::Png) = (dpi, kind) {
        book.turn_to(scan.digest, kind, &file).map_err(|detail| fault(scan, detail))?;
        let drawn = Drawn::of(book, scan, dpi)?;
        if (drawn.bytes.len() as u64) < file.metadata().map_err(|error| fault(scan, error))?.len() {
            let picture = drawn.store(package, names)?;
            return Ok((picture, Some(REDUCED)));
        }
    }
    match kind {
        Kind::Jpeg if scan.page == 0 => {
            let header = jpeg_header(&mut file, &mut head).map_err(|error| fault(scan, error))?;
            if header.components == 4 {
                // Inks: Word and WPS show them in different colours, or not at all.
                return from_pages(package, names, book, dpi, &file, Kind::Jpeg, scan);
            }
            let picture = of_jpeg(names.len(), &header);
            copy(package, names, "jpeg", &mut file, scan)?;
            Ok((picture, None))
        }
        Kind::Png if scan.page == 0 => {
            let (width, height) = png::size(&head).ok_or_else(|| fault(scan, "its header can't be read"))?;
            let picture = Picture { media: names.len(), width, height, attitude: Attitude::default(), cut: [0.0; 4] };
            copy(package, names, "png", &mut file, scan)?;
            Ok((picture, None))
        }
        kind @ (Kind::Pdf | Kind::Tiff | Kind::Bmp | Kind::Gif | Kind::Webp | Kind::Heic) => {
            from_pages(package, names, book, dpi, &file, kind, scan)
        }
        other => Err(fault(scan, format!("{other:?} is not taken in as pages"))),
    }
}

/// The header of a JPEG lies before its picture data, but profiles and previews may stand before it.
fn jpeg_header(file: &mut File, head: &mut Vec<u8>) -> Result<scans::jpeg::JpegHeader, String> {
    match scans::jpeg::header(head) {
        Ok(header) => Ok(header),
        Err(_) if head.len() as u64 == HEAD => {
            file.read_to_end(head).map_err(|error| error.to_string())?;
            scans::jpeg::header(head).map_err(|trouble| trouble.to_string())
        }
        Err(trouble) => Err(trouble.to_string()),
    }
}

fn of_jpeg(media: usize, header: &scans::jpeg::JpegHeader) -> Picture {
    let (across, down) = header.dpi.unwrap_or((scans::picture::ASSUMED_DPI, scans::picture::ASSUMED_DPI));
    Picture {
        media,
        width: header.width as f32 / across * 72.0,
        height: header.height as f32 / down * 72.0,
        attitude: Attitude::of_orientation(header.orientation),
        cut: [0.0; 4],
    }
}

fn copy(package: &mut Package, names: &mut Vec<String>, ending: &str, file: &mut File, scan: &ScanPage) -> Result<(), WriteError> {
    file.rewind().map_err(|error| fault(scan, error))?;
    let name = name(names, ending);
    package.copy(&name, file)?.map_err(|error| fault(scan, error))
}

/// A page with red lines becomes one picture with them: lines beside a picture don't keep their place in every program. So does
/// one that was straightened: Word turns a picture with its frame, and would show its corners.
fn redrawn(
    package: &mut Package,
    names: &mut Vec<String>,
    book: &mut source::Book,
    dpi: Option<f32>,
    file: &File,
    kind: Kind,
    scan: &ScanPage,
) -> Result<(Picture, Option<Changed>), WriteError> {
    let media = names.len();
    book.turn_to(scan.digest, kind, file).map_err(|detail| fault(scan, detail))?;
    let asked = dpi.unwrap_or(MARKED_DPI);
    let mut raster = book.draw(scan.page, Scale::Dpi(asked)).map_err(|detail| fault(scan, detail))?.masked(&scan.masks);
    let (across, down) = (raster.width as f32, raster.height as f32);
    let (width, height) = book.size(scan.page).unwrap_or((across / asked * 72.0, down / asked * 72.0));
    for stroke in &scan.strokes {
        let ends = stroke.ends().map(|(x, y)| (x as f32 * across, y as f32 * down));
        raster = raster.with_line(ends, Stroke::THICK as f32 * across / width, RED);
    }
    raster = raster.framed(scan.framing.uncut());
    let masked = !scan.masks.is_empty();
    if masked && raster.is_bilevel() {
        package.picture(&name(names, "png"), &raster.to_png())?;
    } else {
        package.picture(&name(names, "jpeg"), &raster.to_jpeg(MARKED_QUALITY).map_err(|trouble| fault(scan, trouble))?)?;
    }
    let picture = Picture { media, width, height, attitude: Attitude::default(), cut: [0.0; 4] };
    let changed = match dpi {
        _ if masked => (RemarkKind::Masked, "a page with masks, drawn at 300 dpi or as reduced"),
        Some(_) => REDUCED,
        None => (RemarkKind::Drawn, "a page with red lines or straightened, drawn at 300 dpi"),
    };
    Ok((picture, Some(changed)))
}

/// A page of a PDF or TIFF: its own JPEG where it is nothing else, and drawn where it is not.
fn from_pages(
    package: &mut Package,
    names: &mut Vec<String>,
    book: &mut source::Book,
    dpi: Option<f32>,
    file: &File,
    kind: Kind,
    scan: &ScanPage,
) -> Result<(Picture, Option<Changed>), WriteError> {
    book.turn_to(scan.digest, kind, file).map_err(|detail| fault(scan, detail))?;
    let own = book.own_jpeg(scan.page);
    if own.is_none() || dpi.is_some() {
        let drawn = Drawn::of(book, scan, dpi.unwrap_or(DPI))?;
        if own.as_ref().is_none_or(|own| drawn.bytes.len() < own.bytes.len()) {
            let picture = drawn.store(package, names)?;
            return Ok((picture, Some(if dpi.is_some() { REDUCED } else { (RemarkKind::Drawn, why(kind)) })));
        }
    }
    let own = own.expect("what is no JPEG of its own was drawn");
    let media = names.len();
    package.picture(&name(names, "jpeg"), &own.bytes)?;
    Ok((Picture { media, width: own.width, height: own.height, attitude: Attitude::default(), cut: [0.0; 4] }, None))
}

const REDUCED: Changed = (RemarkKind::Reduced, "reduced to the resolution of the review");

/// A page that was drawn, and how large it is at 100 %, in pt.
struct Drawn {
    bytes: Vec<u8>,
    ending: &'static str,
    width: f32,
    height: f32,
}

impl Drawn {
    fn of(book: &source::Book, scan: &ScanPage, dpi: f32) -> Result<Self, WriteError> {
        let raster = book.draw(scan.page, Scale::Dpi(dpi)).map_err(|detail| fault(scan, detail))?;
        // A picture is never enlarged, so one that is coarser than asked has fewer pixels than its size says.
        let drawn = (raster.width as f32 / dpi * 72.0, raster.height as f32 / dpi * 72.0);
        let (width, height) = book.size(scan.page).unwrap_or(drawn);
        let (bytes, ending) = if raster.is_bilevel() {
            (raster.to_png(), "png")
        } else {
            (raster.to_jpeg(QUALITY).map_err(|trouble| fault(scan, trouble))?, "jpeg")
        };
        Ok(Self { bytes, ending, width, height })
    }

    fn store(self, package: &mut Package, names: &mut Vec<String>) -> Result<Picture, WriteError> {
        let Self { bytes, ending, width, height } = self;
        let media = names.len();
        package.picture(&name(names, ending), &bytes)?;
        Ok(Picture { media, width, height, attitude: Attitude::default(), cut: [0.0; 4] })
    }
}

fn why(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "a PDF page, drawn at 200 dpi",
        Kind::Tiff => "a TIFF page, drawn at 200 dpi",
        Kind::Jpeg => "a JPEG in inks, drawn at 200 dpi",
        _ => "a picture that Word can't hold, drawn at 200 dpi",
    }
}

/// Names the next picture; gives its place in the package.
fn name(names: &mut Vec<String>, ending: &str) -> String {
    let name = format!("page{:05}.{ending}", names.len() + 1);
    let entry = format!("word/media/{name}");
    names.push(name);
    entry
}

fn fault(scan: &ScanPage, detail: impl ToString) -> WriteError {
    WriteError::Scan { name: scan.name.clone(), page: scan.page + 1, detail: detail.to_string() }
}
